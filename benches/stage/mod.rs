//! What the benchmarks put on stage: generated packages.

use bytes::Bytes;
use minirun::package::SourcePackage;
use std::fmt::Write;

/// A file of a package: its name and its text.
pub type File = (String, String);

/// About `kilobytes` of the code that apps are made of, the same at every call.
pub fn module(kilobytes: usize) -> String {
    let mut text = String::with_capacity(kilobytes * 1100);
    let mut at = 0;
    while text.len() < kilobytes * 1000 {
        let _ = write!(
            text,
            "// Totals of group {at}, by month and by person.
function group{at}(list, options) {{
  const limit = options && options.limit || {at}, seen = {{}};
  let total = 0;
  for (let i = 0; i < list.length && i < limit; i++) {{
    const item = list[i], key = item.month + '-' + (item.name || 'none');
    if (seen[key]) seen[key].count += 1; else seen[key] = {{ key, count: 1, rows: [item.id, i, {at}] }};
    total += item.price * (item.discount ? 1 - item.discount / 100 : 1);
  }}
  return Object.keys(seen).map((key) => Object.assign({{ share: total ? seen[key].count / total : 0 }}, seen[key]));
}}
exports.group{at} = group{at};
"
        );
        at += 1;
    }
    text
}

/// An app with one page, whose app.js is `start` after it has required `modules`.
pub fn app(start: &str, modules: &[File]) -> Vec<File> {
    let requires = modules.iter().map(|(name, _)| format!("require('./{name}');\n"));
    let mut files = vec![
        ("app.json".to_owned(), r#"{"pages":["pages/index/index"]}"#.to_owned()),
        ("app.js".to_owned(), requires.collect::<String>() + start),
        ("pages/index/index.js".to_owned(), "Page({ data: { n: 0 } })".to_owned()),
    ];
    files.extend(modules.iter().cloned());
    files
}

/// The package made of these files.
pub fn package(files: &[File]) -> SourcePackage {
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), Bytes::from(text.clone())));
    SourcePackage::open(files).expect("the package is sound")
}
