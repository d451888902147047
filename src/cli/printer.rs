//! What a run puts on standard output: its timeline, and at the end what was asked for.

use super::downloads::Downloads;
use super::exit_code::Code;
use super::failure::Failure;
use super::timeline_text;
use crate::app::timeline::Entry;
use std::io::Write;

/// Puts the timeline on standard output.
pub struct Printer {
    /// One object a line.
    pub json: bool,
    /// When the last entry was.
    pub last_at: u64,
    /// What is drawn on standard error, which gives way to each line.
    pub downloads: Downloads,
}

impl Printer {
    /// An entry of the timeline.
    pub fn print(&mut self, entry: &Entry) {
        self.last_at = entry.at;
        self.downloads.clear();
        let line = if self.json {
            serde_json::to_string(entry).unwrap_or_default()
        } else {
            timeline_text::line(entry)
        };
        // A reader that went away is no reason to stop the app.
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    /// The tree of the page on the screen, as text or as an entry of its own.
    pub fn tree(&self, tree: &str) {
        let text = if self.json {
            let properties = serde_json::json!({ "text": tree });
            let entry = Entry {
                at: self.last_at,
                kind: "tree".into(),
                properties: properties.as_object().cloned().unwrap_or_default(),
            };
            serde_json::to_string(&entry).unwrap_or_default() + "\n"
        } else {
            tree.to_owned()
        };
        // As with the timeline, a reader may go away.
        let _ = std::io::stdout().write_all(text.as_bytes());
    }

    /// A person sees on standard error why an app was not opened; a program reads it where it reads everything else.
    pub fn refusal(&mut self, failure: &Failure) {
        if !self.json || failure.code != Code::AppFailed {
            return;
        }
        for problem in failure.problems() {
            let (line, column) = (problem.span.map(|span| span.line), problem.span.map(|span| span.column));
            let properties = serde_json::json!({
                "message": problem.message, "file": problem.file, "line": line, "column": column, "origin": "open",
            });
            self.print(&Entry {
                at: self.last_at,
                kind: "error".into(),
                properties: properties.as_object().cloned().unwrap_or_default(),
            });
        }
    }
}
