//! The source map of a bundle: each line of it comes from one line of a file.

use serde_json::json;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Maps whole lines.
#[derive(Default)]
pub(super) struct SourceMap {
    sources: Vec<String>,
    contents: Vec<String>,
    mappings: String,
    /// Lines of the bundle that are written so far.
    lines: usize,
    /// The last mapped line of a source.
    last: i64,
}

impl SourceMap {
    /// The bundle goes on with lines of its own.
    pub(super) fn skip(&mut self, text: &str) {
        for _ in text.split('\n') {
            self.line_break();
        }
    }

    /// The bundle goes on with all lines of a file.
    pub(super) fn add(&mut self, source: &str, content: &str) {
        for line in 0..content.split('\n').count() {
            self.line_break();
            // Deltas of: column in the bundle, source, line in the source, column in it.
            let source = i64::from(line == 0 && !self.sources.is_empty());
            for delta in [0, source, line as i64 - self.last, 0] {
                encode(delta, &mut self.mappings);
            }
            self.last = line as i64;
        }
        self.sources.push(source.to_owned());
        self.contents.push(content.to_owned());
    }

    fn line_break(&mut self) {
        if self.lines > 0 {
            self.mappings.push(';');
        }
        self.lines += 1;
    }

    /// The file that goes beside `index.js`.
    pub(super) fn to_json(&self) -> String {
        json!({
            "version": 3, "sources": self.sources, "names": [], "mappings": self.mappings,
            "file": "index.js", "sourcesContent": self.contents,
        })
        .to_string()
    }
}

/// A number as base 64 digits of 5 bits each, the sign in the lowest bit.
fn encode(value: i64, text: &mut String) {
    let mut rest = value.unsigned_abs() << 1 | u64::from(value < 0);
    loop {
        let digit = rest & 31;
        rest >>= 5;
        let more = if rest > 0 { 32 } else { 0 };
        text.push(char::from(DIGITS[(digit | more) as usize]));
        if rest == 0 {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_bundle_lead_to_lines_of_the_files() {
        let mut map = SourceMap::default();
        map.skip("one\ntwo");
        map.add("a.js", "a\nb");
        map.skip("}");
        map.add("b.js", "c");
        assert_eq!(map.mappings, ";;AAAA;AACA;;ACDA");
        let mut text = String::new();
        for number in [0, -1, 16, 1000] {
            encode(number, &mut text);
        }
        assert_eq!(text, "ADgBw+B");
    }
}
