//! What is given to the engine for a source file.
//!
//! A plain CommonJS script goes in as it is, but for arrow functions that nest and assignments to `length`. ES modules and TypeScript become
//! CommonJS, and `using` as a name (which the engine reserves) becomes another
//! name; their positions are mapped back.

mod array_length;
mod arrows;
mod edits;
mod lexical_this;
mod positions;
mod rename;
mod scan;
mod transform;
mod tree;

pub use positions::PositionMap;
pub use tree::SourceTree;

use crate::engine::protocol::Limits;
use boa_engine::JsError;
use std::borrow::Cow;

/// A script that the engine can take.
#[derive(Debug)]
pub struct Prepared<'a> {
    /// The code, as written wherever that is possible.
    pub code: Cow<'a, str>,
    /// Where the code's positions are in the source; absent when they are the same.
    pub map: Option<PositionMap>,
}

/// A source file that cannot run, at a place in it. The developer has to change the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}:{column}: {message}")]
pub struct SourceError {
    /// Package path of the file.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in the line, from 1.
    pub column: u32,
    /// What is wrong, for a person.
    pub message: String,
}

/// Makes a source file ready for the engine. TypeScript goes by the ending `.ts`.
///
/// # Errors
/// Syntax errors of sources that have to be transformed, constructs that are not supported (decorators), and
/// nesting beyond `limits.nesting`, which would end the parser's native stack (512 MB are enough for 1000).
pub fn prepare<'a>(path: &str, source: &'a str, limits: &Limits) -> Result<Prepared<'a>, SourceError> {
    let found = scan::scan(source, limits.nesting).map_err(|place| too_deep(path, place, limits))?;
    let typescript = path.ends_with(".ts");
    if !(typescript || found.module || found.using) {
        return Ok(kept(Cow::Borrowed(source), None, &found));
    }
    let (code, map) = transform::transform(path, source, typescript, found.using)?;
    // What the transformation nests deeper is the parser's to refuse.
    let found = scan::scan(&code, usize::MAX).unwrap_or_default();
    Ok(kept(Cow::Owned(code), Some(map), &found))
}

fn too_deep(path: &str, place: scan::TooDeep, limits: &Limits) -> SourceError {
    SourceError {
        path: path.to_owned(),
        line: place.line,
        column: place.column,
        message: format!("nested too deep: more than {} levels", limits.nesting),
    }
}

fn kept<'a>(code: Cow<'a, str>, map: Option<PositionMap>, found: &scan::Findings) -> Prepared<'a> {
    let mut edits: Vec<_> = lexical_this::edits(&code, &found.bodies).collect();
    edits.extend(&found.lengths);
    if edits.is_empty() {
        return Prepared { code, map };
    }
    edits.sort_by_key(|edit| edit.at);
    let (code, shifts) = edits::apply(&code, &edits);
    Prepared {
        code: Cow::Owned(code),
        map: Some(map.unwrap_or_default().shifted(shifts)),
    }
}

/// The place and text of a syntax error that the engine found in `path`; `None` for any other error.
///
/// `wrapper` is the length of what was put before the code on its first line, in columns.
pub fn syntax_error(path: &str, error: &JsError, wrapper: u32, map: Option<&PositionMap>) -> Option<SourceError> {
    let native = error.as_native().filter(|n| n.is_syntax())?;
    let (message, line, column) = split_place(native.message());
    let column = if line == 1 {
        column.saturating_sub(wrapper).max(1)
    } else {
        column
    };
    let (line, column) = map.map_or((line, column), |m| m.original(line, column));
    Some(SourceError {
        path: path.to_owned(),
        line,
        column,
        message,
    })
}

/// The engine writes the place of a syntax error into its message: `… at line 1, col 5`, sometimes in the middle.
fn split_place(message: &str) -> (String, u32, u32) {
    let place = message.rfind(" at line ").and_then(|at| {
        let (line, rest) = message[at + 9..].split_once(", col ")?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let text = format!("{}{}", &message[..at], &rest[end..]);
        Some((text, line.parse().ok()?, rest[..end].parse().ok()?))
    });
    place.unwrap_or_else(|| (message.to_owned(), 1, 1))
}

#[cfg(test)]
mod tests;
