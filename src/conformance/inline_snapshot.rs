//! Snapshots within a test file's own text: the call is found by a parser, and its template literal is put in place.

use super::snapshot_file::template;
use serde::Deserialize;
use swc_core::common::{BytePos, FileName, SourceMap, Spanned, sync::Lrc};
use swc_core::ecma::ast::{CallExpr, Callee, EsVersion, Expr, MemberProp};
use swc_core::ecma::parser::{EsSyntax, Syntax, TsSyntax, parse_file_as_program};
use swc_core::ecma::visit::{Visit, VisitWith};

/// The matchers that take such a snapshot.
const MATCHERS: [&str; 2] = ["toMatchInlineSnapshot", "toThrowErrorMatchingInlineSnapshot"];

/// A snapshot to be written, and where its call is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Inline {
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    /// What the call is to hold.
    pub text: String,
    /// The call has none yet.
    pub fresh: bool,
}

/// A call of one of the matchers, as byte offsets.
struct Call {
    /// The whole expression.
    whole: (usize, usize),
    /// The matcher's name.
    name: (usize, usize),
    /// The snapshot that is there: a template literal or a string.
    snapshot: Option<(usize, usize)>,
    /// The last argument, where there is one that is no snapshot.
    argument_end: Option<usize>,
}

/// The source with these snapshots in their calls.
///
/// # Errors
/// A call cannot be found, or is there for two; nothing is written then.
pub fn with_inline(source: &str, is_typescript: bool, snapshots: &[Inline]) -> Result<String, String> {
    let calls = calls(source, is_typescript)?;
    let mut edits = Vec::new();
    for snapshot in snapshots {
        let at = offset(source, snapshot.line, snapshot.column);
        let call = at.and_then(|at| nearest(&calls, source, at, snapshot.line));
        let place = format!("line {}, column {}", snapshot.line, snapshot.column);
        let call = call.ok_or_else(|| {
            format!("the call at {place} cannot be told from others on its line; give it a line of its own")
        })?;
        edits.push(edit(source, call, &snapshot.text));
    }
    edits.sort();
    if edits.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err("one call has two snapshots; use toMatchSnapshot where a call runs several times".into());
    }
    let mut text = source.to_owned();
    for (from, to, with) in edits.into_iter().rev() {
        text.replace_range(from..to, &with);
    }
    Ok(text)
}

/// Every call of one of the matchers.
fn calls(source: &str, is_typescript: bool) -> Result<Vec<Call>, String> {
    let sources: Lrc<SourceMap> = Lrc::default();
    let file = sources.new_source_file(FileName::Anon.into(), source.to_owned());
    let syntax = if is_typescript {
        Syntax::Typescript(TsSyntax::default())
    } else {
        Syntax::Es(EsSyntax::default())
    };
    let program = parse_file_as_program(&file, syntax, EsVersion::EsNext, None, &mut Vec::new())
        .map_err(|error| error.kind().msg().into_owned())?;
    let mut finder = Finder {
        begin: file.start_pos,
        calls: Vec::new(),
    };
    program.visit_with(&mut finder);
    Ok(finder.calls)
}

struct Finder {
    begin: BytePos,
    calls: Vec<Call>,
}

impl Finder {
    fn range(&self, node: &impl Spanned) -> (usize, usize) {
        let span = node.span();
        ((span.lo - self.begin).0 as usize, (span.hi - self.begin).0 as usize)
    }
}

impl Visit for Finder {
    fn visit_call_expr(&mut self, call: &CallExpr) {
        call.visit_children_with(self);
        let Callee::Expr(callee) = &call.callee else { return };
        let Expr::Member(member) = callee.as_ref() else { return };
        let MemberProp::Ident(name) = &member.prop else { return };
        if !MATCHERS.contains(&name.sym.as_ref()) {
            return;
        }
        let last = call.args.last().map(|argument| &argument.expr);
        let snapshot = last.filter(|last| last.is_tpl() || last.is_lit());
        self.calls.push(Call {
            whole: self.range(call),
            name: self.range(name),
            snapshot: snapshot.map(|snapshot| self.range(snapshot)),
            argument_end: last.filter(|_| snapshot.is_none()).map(|last| self.range(last).1),
        });
    }
}

/// The call that an error's place is of: the only one on that line, or the only one that the place is in.
fn nearest<'c>(calls: &'c [Call], source: &str, at: usize, line: usize) -> Option<&'c Call> {
    let line_of = |offset: usize| source[..offset].matches('\n').count() + 1;
    let only = |found: Vec<&'c Call>| if let [call] = found[..] { Some(call) } else { None };
    let on_line = calls.iter().filter(|call| line_of(call.name.0) == line).collect();
    let at_name = || {
        calls
            .iter()
            .filter(|call| (call.name.0..=call.name.1).contains(&at))
            .collect()
    };
    let around = || {
        calls
            .iter()
            .filter(|call| (call.whole.0..call.whole.1).contains(&at))
            .collect()
    };
    only(on_line).or_else(|| only(at_name())).or_else(|| only(around()))
}

/// From where to where, and what comes there.
fn edit(source: &str, call: &Call, text: &str) -> (usize, usize, String) {
    let line_start = source[..call.whole.0].rfind('\n').map_or(0, |at| at + 1);
    let line = &source[line_start..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let literal = template(&indented(text, indent));
    match (call.snapshot, call.argument_end) {
        (Some((from, to)), _) => (from, to, literal),
        (None, Some(end)) => (end, end, format!(", {literal}")),
        (None, None) => (call.whole.1 - 1, call.whole.1 - 1, literal),
    }
}

/// A text of several lines stands two columns to the right of its call.
fn indented(text: &str, indent: &str) -> String {
    let Some(inner) = text.strip_prefix('\n').and_then(|text| text.strip_suffix('\n')) else {
        return text.to_owned();
    };
    let step = if indent.contains('\t') { "\t" } else { "  " };
    let lines = inner.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("\n{indent}{step}{line}"),
    });
    format!("{}\n{indent}", lines.collect::<String>())
}

/// The byte offset of a place; columns count UTF-16 units, as the engine's do.
fn offset(source: &str, line: usize, column: usize) -> Option<usize> {
    let start = match line {
        1 => 0,
        line => source.match_indices('\n').nth(line - 2)?.0 + 1,
    };
    let mut units = 1;
    for (at, c) in source[start..].char_indices() {
        if units >= column || c == '\n' {
            return Some(start + at);
        }
        units += c.len_utf16();
    }
    Some(source.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(line: usize, column: usize, text: &str) -> Inline {
        Inline {
            line,
            column,
            text: text.into(),
            fresh: true,
        }
    }

    #[test]
    fn a_snapshot_comes_into_its_call_and_replaces_the_one_that_is_there() {
        let source = "test('a', async () => {\n  expect(1).toMatchInlineSnapshot()\n  expect({\n    a: 1,\n  }).toMatchInlineSnapshot(`old`);\n\
                      \texpect(o).toMatchInlineSnapshot({ at: expect.any(Number) })\n})\n";
        let snapshots = [
            inline(2, 13, "1"),
            inline(5, 6, "\n{\n  \"a\": `1`,\n}\n"),
            inline(6, 12, "\n{\n  \"at\": Any<Number>,\n}\n"),
        ];
        let expected = "test('a', async () => {\n  expect(1).toMatchInlineSnapshot(`1`)\n  expect({\n    a: 1,\n  }).toMatchInlineSnapshot(`\n    \
                        {\n      \"a\": \\`1\\`,\n    }\n  `);\n\
                        \texpect(o).toMatchInlineSnapshot({ at: expect.any(Number) }, `\n\t\t{\n\t\t  \"at\": Any<Number>,\n\t\t}\n\t`)\n})\n";
        assert_eq!(with_inline(source, false, &snapshots).unwrap(), expected);
    }

    #[test]
    fn a_call_that_cannot_be_told_from_another_is_refused() {
        let source = "expect(1).toMatchInlineSnapshot(); expect(2).toMatchInlineSnapshot()";
        assert!(with_inline(source, false, &[inline(1, 34, "1")]).is_err());
        assert!(
            with_inline(source, false, &[inline(1, 50, "2")])
                .unwrap()
                .ends_with("(`2`)")
        );
        let twice = [inline(1, 50, "2"), inline(1, 50, "3")];
        assert!(
            with_inline(source, false, &twice)
                .unwrap_err()
                .contains("two snapshots")
        );
    }
}
