//! What happens in a test run: one stream for every reporter.

use super::run::Note;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One step of a test run. Durations are milliseconds of the world's time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Event {
    /// A test begins.
    Started {
        /// The test file.
        file: String,
        /// The test's full name.
        name: String,
    },
    /// It passed.
    Passed {
        /// The test file.
        file: String,
        /// The test's full name.
        name: String,
        /// How long it took.
        ms: f64,
    },
    /// It failed.
    Failed {
        /// The test file.
        file: String,
        /// The test's full name; empty when the file itself failed.
        name: String,
        /// How long it took.
        ms: f64,
        /// Why.
        #[serde(flatten)]
        failure: Failure,
    },
    /// It was not run.
    Skipped {
        /// The test file.
        file: String,
        /// The test's full name.
        name: String,
        /// Whether it is still to be written.
        todo: bool,
    },
    /// All files are through.
    Finished(Totals),
}

/// Why a test failed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
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
}

/// How many tests ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed, and files that could not be run.
    pub failed: usize,
    /// Tests that were not run.
    pub skipped: usize,
    /// Files that were run.
    pub files: usize,
}

impl Totals {
    /// Counts one more event.
    pub fn count(&mut self, event: &Event) {
        match event {
            Event::Passed { .. } => self.passed += 1,
            Event::Failed { .. } => self.failed += 1,
            Event::Skipped { .. } => self.skipped += 1,
            Event::Started { .. } | Event::Finished(_) => {}
        }
    }
}

impl Event {
    /// The event that a world's note stands for; none for a note that is not a test's.
    pub fn of_note(file: &str, note: &Note) -> Option<Self> {
        let (file, properties) = (file.to_owned(), &note.properties);
        let name = properties["name"].as_str().unwrap_or_default().to_owned();
        let ms = properties["ms"].as_f64().unwrap_or_default();
        Some(match note.kind.as_str() {
            "test.start" => Self::Started { file, name },
            "test.pass" => Self::Passed { file, name, ms },
            "test.fail" | "test.broken" => Self::Failed {
                failure: failure(properties, &file),
                file,
                name,
                ms,
            },
            "test.skip" => Self::Skipped {
                file,
                name,
                todo: properties["todo"] == true,
            },
            _ => return None,
        })
    }
}

/// A note that does not fit still has its message. The stack keeps the frames of the test and of
/// the app; in the world the test file is a module in the package's root, known by its name alone.
fn failure(properties: &Value, file: &str) -> Failure {
    let mut failure: Failure = serde_json::from_value(properties.clone()).unwrap_or_else(|_| Failure {
        message: properties["message"].to_string(),
        ..Failure::default()
    });
    let module = file.rsplit('/').next().unwrap_or(file);
    let located = |frame: &str| match frame.strip_prefix("at ") {
        Some(place) if place.starts_with(module) => format!("at {}", place.replacen(module, file, 1)),
        _ => frame.replacen(&format!("({module}"), &format!("({file}"), 1),
    };
    let frames = failure
        .stack
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("at "));
    let frames: Vec<String> = frames.filter(|frame| !is_foreign(frame)).map(located).collect();
    failure.stack = frames.join("\n");
    failure
}

/// Frames of the engine's own files, and those that have no place.
fn is_foreign(frame: &str) -> bool {
    frame.contains("minirun:") || frame.ends_with("(native)") || frame == "at <anonymous>"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_stack_keeps_the_frames_of_test_and_app() {
        let stack = "Error: x\n    at check (minirun:expect.js:1:2)\n    at minirun:testing.js:5:6\n    at  (native)\n    \
             at <anonymous>\n    at f (a.test.js:3:4)\n    at a.test.js:5:6\n    at g (utils/x.js:7:8)\n";
        let note = Note {
            kind: "test.fail".into(),
            properties: json!({ "name": "t", "message": "m", "stack": stack }),
        };
        let Some(Event::Failed { failure, .. }) = Event::of_note("tests/a.test.js", &note) else {
            panic!("a failure");
        };
        let expected = "at f (tests/a.test.js:3:4)\nat tests/a.test.js:5:6\nat g (utils/x.js:7:8)";
        assert_eq!(failure.stack, expected);
    }

    #[test]
    fn other_notes_are_no_events() {
        for kind in ["test.end", "console", "test"] {
            assert_eq!(
                Event::of_note(
                    "f",
                    &Note {
                        kind: kind.into(),
                        properties: json!({})
                    }
                ),
                None
            );
        }
    }
}
