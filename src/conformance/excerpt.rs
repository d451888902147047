//! The lines of a test file around a place, that line marked.

use super::failure::Place;
use std::fmt;

/// How many lines are shown before the place, and after it.
const AROUND: usize = 2;

/// Longest line that is shown, in characters: a line of a bundled file says nothing.
const LONGEST: usize = 160;

/// Lines of a source file with their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    lines: Vec<(usize, String)>,
    place: Place,
}

/// The lines around a place; none where the file has no such line.
pub fn excerpt(source: &str, place: Place) -> Option<Excerpt> {
    let first = place.line.saturating_sub(AROUND).max(1);
    let lines = source.lines().enumerate().map(|(index, line)| (index + 1, line));
    let lines: Vec<_> = lines
        .skip(first - 1)
        .take(place.line + AROUND + 1 - first)
        .map(|(number, line)| (number, line.chars().take(LONGEST).collect()))
        .collect();
    let known = lines.iter().any(|(number, _)| *number == place.line);
    known.then_some(Excerpt { lines, place })
}

impl Excerpt {
    /// Each line with its mark, and whether it is the one that is meant.
    pub fn lines(&self) -> Vec<(bool, String)> {
        let width = self.lines.last().map_or(1, |(number, _)| number.to_string().len());
        let mut shown = Vec::new();
        for (number, line) in &self.lines {
            let meant = *number == self.place.line;
            let mark = if meant { '>' } else { ' ' };
            shown.push((meant, format!("{mark} {number:>width$} | {line}").trim_end().to_owned()));
            if meant && self.place.column <= line.chars().count() + 1 {
                // Tabs stay tabs, so that the caret stands below its character.
                let indent = line.chars().take(self.place.column - 1);
                let indent: String = indent.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
                shown.push((true, format!("  {:>width$} | {indent}^", "")));
            }
        }
        shown
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (_, line) in self.lines() {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_marked_and_the_column_below_it() {
        let source = "one\ntwo\nthree\n\tfour()\nfive\nsix\nseven";
        let text = excerpt(source, Place { line: 4, column: 2 }).unwrap().to_string();
        let expected = "  2 | two\n  3 | three\n> 4 | \tfour()\n    | \t^\n  5 | five\n  6 | six\n";
        assert_eq!(text, expected);
        let first = excerpt(source, Place { line: 1, column: 9 }).unwrap().to_string();
        assert_eq!(first, "> 1 | one\n  2 | two\n  3 | three\n");
        assert_eq!(excerpt(source, Place { line: 9, column: 1 }), None);
    }
}
