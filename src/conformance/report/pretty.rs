//! For people: a tree of files and tests, the failures once more at the end, and the counts as the last line.

use super::super::diff::{Compared, compared};
use super::{EntryText, Event, Failure, Reporter, counted, title};
use crate::conformance::event::{SnapshotTally, Totals};
use std::fmt::Write;

/// A tree of files and tests, the failures once more at the end, and as the last line `N passed, N failed`.
pub struct Pretty {
    color: bool,
    entry_text: EntryText,
    file: String,
    failures: String,
    snapshots: SnapshotTally,
}

const GREEN: &str = "32";
const RED: &str = "31";
const YELLOW: &str = "33";
const DIM: &str = "2";

/// From how many milliseconds on a test's duration is told.
const SLOW_MS: u64 = 300;

impl Pretty {
    /// A reporter that has seen nothing.
    pub fn new(color: bool, entry_text: EntryText) -> Self {
        Self {
            color,
            entry_text,
            file: String::new(),
            failures: String::new(),
            snapshots: SnapshotTally::default(),
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

    /// What a test writes to the console, and where it does.
    fn console(&mut self, file: &str, level: &str, text: &str, place: &str) -> String {
        let color = match level {
            "error" => RED,
            "warn" => YELLOW,
            _ => DIM,
        };
        let text = text.replace('\n', &format!("\n{:width$}", "", width = level.len() + 3));
        let text = format!("{text}  {}", self.paint(DIM, &format!("({place})")));
        self.line(file, level, color, &text)
    }

    fn failure(&self, file: &str, name: &str, failure: &Failure) -> String {
        let mut out = format!("\n{}\n", self.paint(RED, &title(file, name)));
        for line in failure.message.lines() {
            let _ = writeln!(out, "  {line}");
        }
        if let (Some(expected), Some(received)) = (&failure.expected, &failure.received) {
            out += &self.compared(expected, received);
        }
        if let Some(excerpt) = &failure.excerpt {
            out.push('\n');
            for (meant, line) in excerpt.lines() {
                let _ = writeln!(
                    out,
                    "  {}",
                    if meant {
                        self.paint(RED, &line)
                    } else {
                        self.paint(DIM, &line)
                    }
                );
            }
            out.push('\n');
        }
        for line in failure.stack.lines() {
            let _ = writeln!(out, "  {}", self.paint(DIM, line));
        }
        if !failure.timeline.is_empty() {
            let _ = writeln!(out, "\n  what the app did before:");
            for entry in &failure.timeline {
                for line in (self.entry_text)(entry).lines() {
                    let _ = writeln!(out, "  {line}");
                }
            }
        }
        out
    }

    fn compared(&self, expected: &str, received: &str) -> String {
        let mut out = String::new();
        let (lines, more) = match compared(expected, received) {
            Compared::Pair(expected, received) => {
                let _ = writeln!(out, "  expected: {}", self.paint(GREEN, &expected));
                let _ = writeln!(out, "  received: {}", self.paint(RED, &received));
                return out;
            }
            Compared::Lines(lines, more) => (lines, more),
        };
        let (expected, received) = (self.paint(GREEN, "- expected"), self.paint(RED, "+ received"));
        let _ = writeln!(out, "  {expected} {received}");
        for (mark, line) in &lines {
            let text = format!("{mark} {line}");
            let painted = match mark {
                '-' => self.paint(GREEN, &text),
                '+' => self.paint(RED, &text),
                '@' => self.paint(DIM, &text),
                _ => text,
            };
            let _ = writeln!(out, "  {painted}");
        }
        if more > 0 {
            let _ = writeln!(out, "  ... {more} lines more");
        }
        out
    }

    fn add_snapshots(&mut self, file: &str, tally: &SnapshotTally) {
        self.snapshots.written += tally.written;
        self.snapshots.updated += tally.updated;
        self.snapshots.removed += tally.removed;
        let obsolete = tally.obsolete.iter().map(|name| title(file, name));
        self.snapshots.obsolete.extend(obsolete);
    }

    fn snapshots(&self) -> String {
        let mut out = String::new();
        let tally = &self.snapshots;
        for (number, what) in [
            (tally.written, "written"),
            (tally.updated, "updated"),
            (tally.removed, "removed"),
        ] {
            if number > 0 {
                let _ = writeln!(out, "{} {what}", counted(number, "snapshot"));
            }
        }
        if !tally.obsolete.is_empty() {
            let told = counted(tally.obsolete.len(), "obsolete snapshot");
            let _ = writeln!(
                out,
                "{}; --update-snapshots removes what no test asks for:",
                self.paint(YELLOW, &told)
            );
            for name in &tally.obsolete {
                let _ = writeln!(out, "  {name}");
            }
        }
        out
    }

    fn end(&mut self, totals: &Totals) -> String {
        let mut out = std::mem::take(&mut self.failures);
        if !self.file.is_empty() {
            out.push('\n');
        }
        out += &self.snapshots();
        if totals.files_left > 0 {
            let _ = writeln!(
                out,
                "{} not run after so many failures",
                counted(totals.files_left, "file")
            );
        }
        if totals.listed > 0 {
            let _ = writeln!(
                out,
                "{} in {}",
                counted(totals.listed, "test"),
                counted(totals.files, "file")
            );
            return out;
        }
        if totals.skipped > 0 {
            let _ = writeln!(out, "{} skipped", totals.skipped);
        }
        let seconds = totals.wall_ms as f64 / 1000.0;
        let _ = writeln!(out, "{} in {seconds:.2} s", counted(totals.files, "file"));
        let _ = writeln!(out, "{} passed, {} failed", totals.passed, totals.failed);
        out
    }
}

impl Reporter for Pretty {
    fn event(&mut self, event: &Event) -> String {
        match event {
            Event::Started { .. } | Event::FileFinished { .. } => String::new(),
            Event::Listed { file, name } => format!("{}\n", title(file, name)),
            Event::Passed {
                file,
                name,
                wall_ms,
                retries,
                ..
            } => {
                let mut text = name.clone();
                if *wall_ms >= SLOW_MS {
                    let _ = write!(text, " ({wall_ms} ms)");
                }
                if *retries > 0 {
                    let _ = write!(text, " {}", self.paint(YELLOW, &format!("(at try {})", retries + 1)));
                }
                self.line(file, "ok", GREEN, &text)
            }
            Event::Console {
                file,
                level,
                text,
                place,
            } => self.console(file, level, text, place),
            Event::AppError { file, message, place } => {
                let text = if place.is_empty() {
                    message.clone()
                } else {
                    format!("{message} ({place})")
                };
                self.line(file, "app error", YELLOW, &text)
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
            Event::Snapshots { file, tally } => {
                self.add_snapshots(file, tally);
                String::new()
            }
            Event::Finished(totals) => self.end(totals),
        }
    }
}
