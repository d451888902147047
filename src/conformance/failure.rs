//! Why a test failed: the message, where in the test, and what the app did before.

use super::discover::TestFile;
use super::excerpt::{Excerpt, excerpt};
use crate::app::timeline::Entry;
use crate::engine::protocol::WorldFault;
use serde::Serialize;
use serde_json::Value;

/// Why a test failed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Failure {
    /// What was wrong.
    pub message: String,
    /// What the test wanted, where a matcher failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What it got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// Frames, innermost first, one a line.
    pub stack: String,
    /// The place in the test file, where it is known.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The lines around that place.
    #[serde(skip)]
    pub excerpt: Option<Excerpt>,
    /// The last that the app did before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<Entry>,
}

/// A place in the test file, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Failure {
    /// One that has a message and no place.
    pub fn of(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    /// The end of a world, in the words of `file`.
    pub fn of_fault(fault: &WorldFault, file: &TestFile) -> Self {
        let place = match (&fault.file, fault.line) {
            (Some(name), Some(line)) => format!("    at {name}:{line}:{}\n", fault.column.unwrap_or(1)),
            _ => String::new(),
        };
        let stack = if fault.stack.is_empty() { &place } else { &fault.stack };
        Self::of(&fault.message).with_stack(stack, file)
    }

    /// What a note of the world says; one that does not fit still has its message.
    pub fn of_note(properties: &Value, file: &TestFile) -> Self {
        let text = |name: &str| properties[name].as_str().map(str::to_owned);
        let failure = Self {
            message: text("message").unwrap_or_else(|| properties.to_string()),
            expected: text("expected"),
            received: text("received"),
            ..Self::default()
        };
        failure.with_stack(&text("stack").unwrap_or_default(), file)
    }

    /// The same failure with its frames and place.
    fn with_stack(mut self, stack: &str, file: &TestFile) -> Self {
        self.stack = frames(stack, file);
        self.place = self.stack.lines().find_map(|frame| place_in(frame, file));
        self.excerpt = match self.place {
            Some(place) => excerpt(&file.source, place),
            None => self.stack.lines().find_map(excerpt_beside),
        };
        self
    }
}

/// The lines of a file beside the test, where a frame is in one: a helper that cannot be loaded has no other place.
fn excerpt_beside(frame: &str) -> Option<Excerpt> {
    let place = frame.rsplit_once([' ', '(']).map_or(frame, |(_, place)| place);
    let mut parts = place.trim_end_matches(')').rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let source = std::fs::read_to_string(parts.next()?).ok()?;
    excerpt(&source, Place { line, column })
}

/// The frames of the test and of the app. In the world the test file is a module in the package's
/// root, known by its name alone.
fn frames(stack: &str, file: &TestFile) -> String {
    let (module, path) = (file.module(), file.name());
    let here = std::env::current_dir().map_or_else(|_| String::new(), |folder| format!("{}/", folder.display()));
    let located = |frame: &str| match frame.strip_prefix("at ") {
        Some(place) if place.starts_with(&module) => format!("at {}", place.replacen(&module, &path, 1)),
        // What the test requires from beside itself is known by its whole path.
        _ if !here.is_empty() && frame.contains(&here) => frame.replacen(&here, "", 1),
        _ => frame.replacen(&format!("({module}"), &format!("({path}"), 1),
    };
    let frames = stack.lines().map(str::trim).filter(|line| line.starts_with("at "));
    let frames: Vec<String> = frames.filter(|frame| !is_foreign(frame)).map(located).collect();
    frames.join("\n")
}

/// Frames of the engine's own files, and those that have no place.
fn is_foreign(frame: &str) -> bool {
    frame.contains("minirun:")
        || frame.ends_with("(native)")
        || frame.ends_with("<anonymous>")
        || frame.ends_with("(<anonymous>)")
}

/// The place of a frame of the test file.
fn place_in(frame: &str, file: &TestFile) -> Option<Place> {
    let at = frame.find(&file.name())?;
    let rest = frame[at + file.name().len()..].strip_prefix(':')?;
    let mut numbers = rest.trim_end_matches(')').split(':').map(str::parse);
    Some(Place {
        line: numbers.next()?.ok()?,
        column: numbers.next()?.ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_stack_keeps_the_frames_of_test_and_app_and_has_a_place() {
        let stack = "Error: x\n    at check (minirun:expect.js:1:2)\n    at minirun:testing.js:5:6\n    at  (native)\n    \
             at <anonymous>\n    at require (<anonymous>)\n    at g (utils/x.js:7:8)\n    at f (a.test.js:3:4)\n    at a.test.js:5:6\n";
        let file = TestFile::in_bare_app("tests/a.test.js", "1\n2\n3 here\n4\n");
        let failure = Failure::of_note(&json!({ "name": "t", "message": "m", "stack": stack }), &file);
        let expected = "at g (utils/x.js:7:8)\nat f (tests/a.test.js:3:4)\nat tests/a.test.js:5:6";
        assert_eq!(failure.stack, expected);
        assert_eq!(failure.place, Some(Place { line: 3, column: 4 }));
        assert!(failure.excerpt.unwrap().to_string().contains("> 3 | 3 here"));
    }

    #[test]
    fn a_note_that_does_not_fit_still_has_its_message() {
        let failure = Failure::of_note(&json!({ "odd": 1 }), &TestFile::in_bare_app("a.test.js", ""));
        assert_eq!(failure.message, "{\"odd\":1}");
    }
}
