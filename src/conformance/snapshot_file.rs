//! The text of a `.snap` file, which is a script: one template literal for each snapshot.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use swc_core::common::{FileName, SourceMap, sync::Lrc};
use swc_core::ecma::ast::{
    AssignExpr, AssignTarget, EsVersion, Expr, MemberProp, Program, SimpleAssignTarget, Stmt, Tpl,
};
use swc_core::ecma::parser::{EsSyntax, Syntax, parse_file_as_program};

/// What such a file begins with.
const HEADER: &str = "// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n";

/// A `.snap` file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("snapshot file {}: {reason}", path.display())]
pub struct SnapshotFileError {
    path: PathBuf,
    reason: String,
}

impl SnapshotFileError {
    /// It cannot be read or written.
    pub fn of(path: &Path, reason: impl ToString) -> Self {
        Self {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }
}

/// The snapshots of a file by name.
///
/// # Errors
/// It is no script, or one that does anything but to export texts.
pub fn parse(path: &Path, text: &str) -> Result<BTreeMap<String, String>, SnapshotFileError> {
    let sources: Lrc<SourceMap> = Lrc::default();
    let file = sources.new_source_file(FileName::Anon.into(), text.to_owned());
    let syntax = Syntax::Es(EsSyntax::default());
    let mut recovered = Vec::new();
    let program = parse_file_as_program(&file, syntax, EsVersion::EsNext, None, &mut recovered);
    let Some(program) = program.ok().filter(|_| recovered.is_empty()) else {
        let reason = "it is no script; without it, --update-snapshots writes it anew";
        return Err(SnapshotFileError::of(path, reason));
    };
    let statements = match program {
        Program::Script(script) => script.body,
        Program::Module(_) => return Err(SnapshotFileError::of(path, "it is a module")),
    };
    let snapshots: Option<BTreeMap<_, _>> = statements.iter().map(snapshot).collect();
    snapshots.ok_or_else(|| SnapshotFileError::of(path, "it holds more than exports of texts"))
}

/// ``exports[`name`] = `text`;``
fn snapshot(statement: &Stmt) -> Option<(String, String)> {
    let Expr::Assign(AssignExpr { left, right, .. }) = statement.as_expr()?.expr.as_ref() else {
        return None;
    };
    let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = left else {
        return None;
    };
    let MemberProp::Computed(name) = &member.prop else {
        return None;
    };
    Some((text_of(name.expr.as_tpl()?)?, text_of(right.as_tpl()?)?))
}

fn text_of(template: &Tpl) -> Option<String> {
    match template.quasis.as_slice() {
        [only] => Some(only.cooked.as_ref()?.to_string_lossy().into_owned()),
        _ => None,
    }
}

/// The text of a file that holds these, in the order of their names.
pub fn print(snapshots: &BTreeMap<String, String>) -> String {
    let mut sorted: Vec<_> = snapshots.iter().collect();
    sorted.sort_by(|a, b| natural(a.0, b.0));
    let exports = sorted
        .iter()
        .map(|(name, text)| format!("\nexports[{}] = {};\n", template(name), template(text)));
    HEADER.to_owned() + &exports.collect::<String>()
}

/// A text as a template literal.
pub fn template(text: &str) -> String {
    format!(
        "`{}`",
        text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${")
    )
}

/// Numbers within names count as numbers, so that the tenth comes after the ninth.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (pieces(a), pieces(b));
    loop {
        return match (left.next(), right.next()) {
            (None, None) => a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(x), Some(y)) => {
                let order = match (x.parse::<u64>(), y.parse::<u64>()) {
                    (Ok(x), Ok(y)) => x.cmp(&y),
                    _ => x.cmp(y),
                };
                if order == Ordering::Equal {
                    continue;
                }
                order
            }
        };
    }
}

/// Runs of digits, and what stands between them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let digits = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_again_and_sorted_as_people_count() {
        let texts = [
            ("list 10", "\n[\n  1,\n]\n"),
            ("list 9", "\"a `tick` \\ ${dollar} $ { and 'quotes'\""),
            ("list", "\"ünicode \u{1f600}\""),
        ];
        let snapshots: BTreeMap<_, _> = texts.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let text = print(&snapshots);
        assert_eq!(parse(Path::new("a.snap"), &text).unwrap(), snapshots);
        let order = ["exports[`list`]", "exports[`list 9`]", "exports[`list 10`]"].map(|name| text.find(name).unwrap());
        assert!(order.is_sorted(), "{text}");
        assert!(text.starts_with("// Jest Snapshot v1, "));
    }

    #[test]
    fn other_files_are_refused() {
        for text in [
            "exports[`a`] = `",
            "exports.a = 1;",
            "fetch()",
            "exports[`a`] = `${b}`;",
            "export const a = 1",
        ] {
            let read = parse(Path::new("dir/a.snap"), text);
            assert!(read.unwrap_err().to_string().contains("dir/a.snap"), "{text}");
        }
    }
}
