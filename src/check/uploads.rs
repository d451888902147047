//! What is uploaded: how much, and which kinds of files are not.

use super::Subject;
use super::markup::each_template;
use super::modules::join;
use crate::package::{PackagePath, Problem, Span, is_packed, size_problems};
use std::collections::BTreeMap;

/// Packages that are too large, and files that stay behind.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let mut found = size_problems(subject.app(), subject.files(), &subject.options.limits);
    let left: Vec<&PackagePath> = subject.files().paths().filter(|path| !is_packed(path)).collect();
    found.extend(used(subject, &left));
    found.extend(unused(&left));
    found
}

/// Scripts and templates that name a file which will not be there.
fn used(subject: &Subject<'_>, left: &[&PackagePath]) -> Vec<Problem> {
    let mut found = Vec::new();
    let stays = |file: &str, text: &str| {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let names = [join(folder, text), join("", text)];
        names
            .into_iter()
            .find(|name| left.iter().any(|path| path.as_str() == name))
    };
    let help = "the platform uploads scripts, templates, styles, json, pictures, sounds and certificates only: \
                put it on a server";
    let message = |name: &str| format!("{name} is of a kind that is not uploaded");
    for script in &subject.scripts {
        for (text, span) in &script.facts.paths {
            if let Some(name) = stays(&script.path, text) {
                found.push(script.warning("not-uploaded", *span, message(&name)).help(help));
            }
        }
    }
    each_template(subject, |file, text, tags| {
        for attribute in tags
            .iter()
            .flat_map(|tag| &tag.attributes)
            .filter(|a| a.name == "src" && a.is_fixed())
        {
            if let Some(name) = stays(file, attribute.value) {
                let span = Span::at(text, attribute.at, attribute.value.len());
                let problem = Problem::warning(file, message(&name)).code("not-uploaded").help(help);
                found.push(problem.at(text, Some(span)));
            }
        }
    });
    found
}

/// One note for each kind.
fn unused(left: &[&PackagePath]) -> Vec<Problem> {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in left.iter().map(|path| path.as_str()) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
        kinds.entry(kind).or_default().push(path);
    }
    let note = |(kind, files): (&str, Vec<&str>)| {
        let what = if kind.is_empty() {
            "without an ending".to_owned()
        } else {
            format!("of kind .{kind}")
        };
        let message = match files.as_slice() {
            [_] => format!("a file {what} is not uploaded"),
            more => format!("{} files {what} are not uploaded", more.len()),
        };
        Problem::note(files[0], message).code("stays-behind")
    };
    kinds.into_iter().map(note).collect()
}
