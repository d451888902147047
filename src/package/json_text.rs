//! JSON files with the places of what is in them, for errors that can show the line.

use super::problem::{Problem, Span};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Reads a JSON file; an error names the place.
pub(super) fn parse_json<T: DeserializeOwned>(file: &str, text: &Arc<str>) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| {
        let full = error.to_string();
        // The place is in the span; the reader's own suffix would repeat it.
        let message = full
            .rsplit_once(" at line ")
            .map_or(full.as_str(), |(message, _)| message);
        Problem::error(file, message).at(text, Some(span_of(text, &error)))
    })
}

fn span_of(text: &str, error: &serde_json::Error) -> Span {
    let line_start = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    // The reader counts bytes and points behind the last one that it took.
    let mut offset = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    Span::at(text, offset, 1)
}
