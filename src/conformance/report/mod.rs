//! Text for people and for programs. A reporter is a pure function of the events that it has seen.

mod github;
mod junit;
mod pretty;
mod summary;
mod tap;
#[cfg(test)]
mod tests;

pub use github::GitHub;
pub use junit::Junit;
pub use pretty::Pretty;
pub use summary::Summary;
pub use tap::Tap;

use super::diff::{Compared, compared};
use super::event::Event;
use super::failure::Failure;
use crate::app::timeline::Entry;

/// Makes text of the stream of events.
pub trait Reporter {
    /// The text to print for this event, with its line ends; may be empty.
    fn event(&mut self, event: &Event) -> String;
}

/// An entry of an app's timeline as a line for people.
pub type EntryText = fn(&Entry) -> String;

/// One JSON object a line.
#[derive(Debug, Default)]
pub struct Json;

impl Reporter for Json {
    fn event(&mut self, event: &Event) -> String {
        serde_json::to_string(event).map_or_else(|_| String::new(), |line| line + "\n")
    }
}

/// A test as one name, with its file.
fn title(file: &str, name: &str) -> String {
    if name.is_empty() {
        file.to_owned()
    } else {
        format!("{file} > {name}")
    }
}

/// Everything of a failure as plain lines.
fn details(failure: &Failure) -> String {
    let mut text = failure.message.clone();
    if let (Some(expected), Some(received)) = (&failure.expected, &failure.received) {
        text += &match compared(expected, received) {
            Compared::Pair(expected, received) => format!("\nexpected: {expected}\nreceived: {received}"),
            Compared::Lines(lines, more) => diff(&lines, more),
        };
    }
    if let Some(excerpt) = &failure.excerpt {
        text += &format!("\n\n{}", excerpt.to_string().trim_end());
    }
    if !failure.stack.is_empty() {
        text += &format!("\n\n{}", failure.stack);
    }
    text
}

fn diff(lines: &[(char, String)], more: usize) -> String {
    let mut text = "\n- expected + received".to_owned();
    for (mark, line) in lines {
        text += &format!("\n{mark} {line}");
    }
    if more > 0 {
        text += &format!("\n... {more} lines more");
    }
    text
}

/// `1 test`, `2 tests`.
fn counted(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}
