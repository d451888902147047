//! Text for people and for programs. A reporter is a pure function of the events that it has seen.

use super::diff::line_diff;
use super::{Event, Failure};
use std::fmt::Write;

/// Makes text of the stream of events.
pub trait Reporter {
    /// The text to print for this event, with its line ends; may be empty.
    fn event(&mut self, event: &Event) -> String;
}

/// One JSON object a line.
#[derive(Debug, Default)]
pub struct Json;

impl Reporter for Json {
    fn event(&mut self, event: &Event) -> String {
        serde_json::to_string(event).map_or_else(|_| String::new(), |line| line + "\n")
    }
}

/// A tree of files and tests, the failures once more at the end, and as the last line `N passed, N failed`.
#[derive(Debug, Default)]
pub struct Pretty {
    /// Whether to use colours.
    pub color: bool,
    file: String,
    failures: String,
}

const GREEN: &str = "32";
const RED: &str = "31";
const DIM: &str = "2";

/// From how many milliseconds on a test's duration is told.
const SLOW_MS: f64 = 300.0;

/// Longest diff that is shown, in lines.
const DIFF_LINES: usize = 60;

impl Pretty {
    /// A reporter that has seen nothing.
    pub fn new(color: bool) -> Self {
        Self {
            color,
            ..Self::default()
        }
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    fn line(&mut self, file: &str, mark: &str, color: &str, text: &str) -> String {
        let mut out = String::new();
        if file != self.file {
            let gap = if self.file.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{gap}{file}");
            file.clone_into(&mut self.file);
        }
        let _ = writeln!(out, "  {} {text}", self.paint(color, mark));
        out
    }

    fn failure(&self, file: &str, name: &str, failure: &Failure) -> String {
        let title = if name.is_empty() {
            file.to_owned()
        } else {
            format!("{file} > {name}")
        };
        let mut out = format!("\n{}\n", self.paint(RED, &title));
        for line in failure.message.lines() {
            let _ = writeln!(out, "  {line}");
        }
        if let (Some(expected), Some(received)) = (&failure.expected, &failure.received) {
            out += &self.compared(expected, received);
        }
        for line in failure
            .stack
            .lines()
            .filter(|line| line.trim_start().starts_with("at "))
        {
            let _ = writeln!(out, "  {}", self.paint(DIM, line.trim_start()));
        }
        out
    }

    fn compared(&self, expected: &str, received: &str) -> String {
        let mut out = String::new();
        if !expected.contains('\n') && !received.contains('\n') {
            let _ = writeln!(out, "  expected: {}", self.paint(GREEN, expected));
            let _ = writeln!(out, "  received: {}", self.paint(RED, received));
            return out;
        }
        let _ = writeln!(
            out,
            "  {} {}",
            self.paint(GREEN, "- expected"),
            self.paint(RED, "+ received")
        );
        let lines = line_diff(expected, received);
        for (mark, line) in lines.iter().take(DIFF_LINES) {
            let text = format!("{mark} {line}");
            let painted = match mark {
                '-' => self.paint(GREEN, &text),
                '+' => self.paint(RED, &text),
                _ => text,
            };
            let _ = writeln!(out, "  {painted}");
        }
        if lines.len() > DIFF_LINES {
            let _ = writeln!(out, "  ... {} lines more", lines.len() - DIFF_LINES);
        }
        out
    }
}

impl Reporter for Pretty {
    fn event(&mut self, event: &Event) -> String {
        match event {
            Event::Started { .. } => String::new(),
            Event::Passed { file, name, ms } => {
                let slow = if *ms >= SLOW_MS {
                    format!(" ({ms} ms)")
                } else {
                    String::new()
                };
                self.line(file, "ok", GREEN, &format!("{name}{slow}"))
            }
            Event::Failed {
                file, name, failure, ..
            } => {
                self.failures += &self.failure(file, name, failure);
                self.line(
                    file,
                    "FAILED",
                    RED,
                    if name.is_empty() { "the file itself" } else { name },
                )
            }
            Event::Skipped { file, name, todo } => self.line(file, if *todo { "todo" } else { "skipped" }, DIM, name),
            Event::Finished(totals) => {
                let gap = if self.file.is_empty() { "" } else { "\n" };
                let skipped = if totals.skipped > 0 {
                    format!("{} skipped\n", totals.skipped)
                } else {
                    String::new()
                };
                let failures = std::mem::take(&mut self.failures);
                format!(
                    "{failures}{gap}{skipped}{} passed, {} failed\n",
                    totals.passed, totals.failed
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::Totals;

    fn events() -> Vec<Event> {
        let file = || "a.test.js".to_owned();
        let failure = Failure {
            message: "expect(received).toEqual failed".into(),
            expected: Some("{\n  a: 1,\n}".into()),
            received: Some("{\n  a: 2,\n}".into()),
            stack: "at f (a.test.js:3:5)".into(),
        };
        vec![
            Event::Started {
                file: file(),
                name: "adds".into(),
            },
            Event::Passed {
                file: file(),
                name: "adds".into(),
                ms: 1.0,
            },
            Event::Passed {
                file: file(),
                name: "waits".into(),
                ms: 400.0,
            },
            Event::Failed {
                file: file(),
                name: "breaks".into(),
                ms: 0.0,
                failure,
            },
            Event::Skipped {
                file: "b.test.js".into(),
                name: "later".into(),
                todo: true,
            },
            Event::Finished(Totals {
                passed: 2,
                failed: 1,
                skipped: 1,
                files: 2,
            }),
        ]
    }

    fn text(reporter: &mut dyn Reporter) -> String {
        events().iter().map(|event| reporter.event(event)).collect()
    }

    #[test]
    fn pretty() {
        let expected = "\
a.test.js
  ok adds
  ok waits (400 ms)
  FAILED breaks

b.test.js
  todo later

a.test.js > breaks
  expect(received).toEqual failed
  - expected + received
    {
  -   a: 1,
  +   a: 2,
    }
  at f (a.test.js:3:5)

1 skipped
2 passed, 1 failed
";
        assert_eq!(text(&mut Pretty::new(false)), expected);
    }

    #[test]
    fn pretty_with_color_marks_failures() {
        assert!(text(&mut Pretty::new(true)).contains("\x1b[31mFAILED\x1b[0m breaks"));
    }

    #[test]
    fn json_is_one_object_a_line() {
        let text = text(&mut Json);
        let lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines.len(), events().len());
        assert_eq!(lines[0]["type"], "started");
        assert_eq!(lines[3]["expected"], "{\n  a: 1,\n}");
        assert_eq!(lines[5]["passed"], 2);
    }
}
