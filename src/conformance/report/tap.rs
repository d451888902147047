//! The Test Anything Protocol, version 14.

use super::{Event, Failure, Reporter, title};
use serde_json::json;
use std::fmt::Write;

/// One line for each test; what is known of a failure stands below it.
#[derive(Debug, Default)]
pub struct Tap {
    tests: usize,
}

impl Tap {
    fn point(&mut self, mark: &str, title: &str, directive: &str) -> String {
        let head = if self.tests == 0 { "TAP version 14\n" } else { "" };
        self.tests += 1;
        // A number sign begins a directive, and a name has one line.
        let title = title.replace('\\', "\\\\").replace('#', "\\#").replace('\n', " ");
        format!("{head}{mark} {} - {title}{directive}\n", self.tests)
    }
}

impl Reporter for Tap {
    fn event(&mut self, event: &Event) -> String {
        match event {
            Event::Passed { file, name, .. } => self.point("ok", &title(file, name), ""),
            Event::Failed {
                file, name, failure, ..
            } => self.point("not ok", &title(file, name), "") + &diagnostics(failure),
            Event::Skipped { file, name, todo } => {
                let directive = if *todo { " # TODO" } else { " # SKIP" };
                self.point("ok", &title(file, name), directive)
            }
            Event::Finished(_) if self.tests == 0 => "TAP version 14\n1..0\n".to_owned(),
            Event::Finished(_) => format!("1..{}\n", self.tests),
            _ => String::new(),
        }
    }
}

/// A block of YAML, whose strings are written as JSON: that is YAML too.
fn diagnostics(failure: &Failure) -> String {
    let mut out = "  ---\n".to_owned();
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(out, "  {key}: {}", json!(value));
    };
    line("message", &failure.message);
    if let Some(expected) = &failure.expected {
        line("wanted", expected);
    }
    if let Some(received) = &failure.received {
        line("found", received);
    }
    if !failure.stack.is_empty() {
        line("stack", &failure.stack);
    }
    if let Some(place) = failure.place {
        let _ = writeln!(out, "  at:\n    line: {}\n    column: {}", place.line, place.column);
    }
    out + "  ...\n"
}
