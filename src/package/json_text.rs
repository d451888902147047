//! JSON files with the places of what is in them, for errors that can show the line.

use super::problem::{Problem, Span};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The text of a JSON file; a byte order mark is dropped, and bytes that are not UTF-8 are replaced.
pub fn text_of(bytes: &[u8]) -> Arc<str> {
    String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').into()
}

/// Reads a JSON file; an error names the place.
pub fn parse_json<T: DeserializeOwned>(file: &str, text: &Arc<str>) -> Result<T, Box<Problem>> {
    serde_json::from_str(text).map_err(|error| {
        let full = error.to_string();
        // The place is in the span; the reader's own suffix would repeat it.
        let message = full
            .rsplit_once(" at line ")
            .map_or(full.as_str(), |(message, _)| message);
        Box::new(
            Problem::error(file, message)
                .code("json")
                .at(text, Some(span_of(text, &error))),
        )
    })
}

fn span_of(text: &str, error: &serde_json::Error) -> Span {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    // The reader counts bytes and points at the last one that it took.
    let mut offset = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    Span::at(text, offset, 1)
}

/// One step into a JSON document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// The value of a key.
    Key(&'a str),
    /// An element of an array.
    Index(usize),
}

/// Where the value at `steps` is, in text that is known to be valid JSON.
pub fn find_value(text: &str, steps: &[Step<'_>]) -> Option<Span> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.enter(steps)?;
    let start = cursor.at;
    cursor.skip_value()?;
    Some(Span::at(text, start, cursor.at - start))
}

/// Where the key `key` of the object at `steps` is.
pub fn find_key(text: &str, steps: &[Step<'_>], key: &str) -> Option<Span> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.enter(steps)?;
    cursor
        .enter_key(key)
        .map(|(start, end)| Span::at(text, start, end - start))
}

/// A place in JSON text that only moves forward.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl Cursor<'_> {
    fn enter(&mut self, steps: &[Step<'_>]) -> Option<()> {
        self.skip_space();
        for step in steps {
            match step {
                Step::Key(key) => drop(self.enter_key(key)?),
                Step::Index(index) => self.enter_index(*index)?,
            }
        }
        Some(())
    }

    /// From an object's brace to the value of `key`; the range of the key itself.
    fn enter_key(&mut self, key: &str) -> Option<(usize, usize)> {
        self.take(b'{')?;
        loop {
            self.skip_space();
            let start = self.at;
            self.skip_string()?;
            let end = self.at;
            self.skip_space();
            self.take(b':')?;
            self.skip_space();
            if serde_json::from_str::<String>(&self.text[start..end]).is_ok_and(|name| name == key) {
                return Some((start, end));
            }
            self.skip_value()?;
            self.skip_space();
            self.take(b',')?;
        }
    }

    /// From an array's bracket to its element.
    fn enter_index(&mut self, index: usize) -> Option<()> {
        self.take(b'[')?;
        self.skip_space();
        for _ in 0..index {
            self.skip_value()?;
            self.skip_space();
            self.take(b',')?;
            self.skip_space();
        }
        (self.peek()? != b']').then_some(())
    }

    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            self.skip_space();
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' => self.at += 1,
                _ => self.skip_word(),
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.take(b'"')?;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.take(b'"')
    }

    /// A number, `true`, `false` or `null`.
    fn skip_word(&mut self) {
        while self
            .peek()
            .is_some_and(|b| !b",:]}".contains(&b) && !b.is_ascii_whitespace())
        {
            self.at += 1;
        }
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"a\": [1, {\"b\\u0063\": \"x\"}, [\"y\"]],\n  \"é\": {\"d\": true}\n}";

    #[test]
    fn values_and_keys_are_found() {
        use Step::{Index, Key};
        let found = |steps: &[Step<'_>]| {
            find_value(TEXT, steps).map(|s| (&TEXT[s.offset..s.offset + s.length], s.line, s.column))
        };
        assert_eq!(found(&[Key("a"), Index(0)]), Some(("1", 2, 9)));
        assert_eq!(found(&[Key("a"), Index(1), Key("bc")]), Some(("\"x\"", 2, 24)));
        assert_eq!(found(&[Key("a"), Index(2)]), Some(("[\"y\"]", 2, 30)));
        assert_eq!(found(&[Key("é"), Key("d")]), Some(("true", 3, 14)));
        assert_eq!(found(&[Key("a"), Index(3)]), None);
        assert_eq!(found(&[Key("z")]), None);
        let key = find_key(TEXT, &[Key("é")], "d").unwrap();
        assert_eq!((key.line, key.column), (3, 9));
    }

    #[test]
    fn a_syntax_error_names_its_place() {
        let text: Arc<str> = "{\n  \"pages\": [\n    \"a\",\n  ]\n}".into();
        let problem = parse_json::<serde_json::Value>("app.json", &text).unwrap_err();
        assert_eq!(problem.to_string(), "app.json:4:3: trailing comma");
    }
}
