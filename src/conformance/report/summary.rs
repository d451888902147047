//! A summary in Markdown that fits below a pull request.

use super::{Event, Reporter, counted, details, title};
use crate::conformance::event::Totals;
use std::fmt::Write;

/// How many characters a comment may have; the sites allow 65,536.
const LONGEST: usize = 60_000;

/// One document, at the end: the counts, and each failure to unfold.
#[derive(Debug, Default)]
pub struct Summary {
    failures: Vec<String>,
    obsolete: usize,
    written: usize,
}

impl Summary {
    fn end(&self, totals: &Totals) -> String {
        let verdict = if totals.failed > 0 {
            format!("❌ {} failed", counted(totals.failed, "test"))
        } else if totals.passed == 0 {
            "⚠️ no tests ran".to_owned()
        } else {
            format!("✅ {} passed", counted(totals.passed, "test"))
        };
        let seconds = totals.wall_ms as f64 / 1000.0;
        let mut out = format!(
            "### minirun: {verdict}\n\n| passed | failed | skipped | files | time |\n|---|---|---|---|---|\n\
             | {} | {} | {} | {} | {seconds:.1} s |\n",
            totals.passed, totals.failed, totals.skipped, totals.files
        );
        if totals.files_left > 0 {
            let _ = writeln!(
                out,
                "\n{} not run after so many failures.",
                counted(totals.files_left, "file")
            );
        }
        if self.written > 0 {
            let _ = writeln!(out, "\n{} written.", counted(self.written, "snapshot"));
        }
        if self.obsolete > 0 {
            let _ = writeln!(out, "\n{}.", counted(self.obsolete, "obsolete snapshot"));
        }
        for (index, failure) in self.failures.iter().enumerate() {
            if out.len() + failure.len() > LONGEST {
                let _ = writeln!(out, "\n{} more.", counted(self.failures.len() - index, "failure"));
                break;
            }
            out += failure;
        }
        out
    }
}

impl Reporter for Summary {
    fn event(&mut self, event: &Event) -> String {
        match event {
            Event::Failed {
                file, name, failure, ..
            } => self.failures.push(format!(
                "\n<details><summary><code>{}</code></summary>\n\n{}\n\n</details>\n",
                html(&title(file, name)),
                fenced(&details(failure))
            )),
            Event::Snapshots { tally, .. } => {
                self.obsolete += tally.obsolete.len();
                self.written += tally.written;
            }
            Event::Finished(totals) => return self.end(totals),
            _ => {}
        }
        String::new()
    }
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A block of code whose fence is longer than any in the text.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}
