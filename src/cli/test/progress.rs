//! How far a test run is, as a line on the terminal: on standard error, and nowhere else.

use crate::conformance::{Event, Live};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

const TEMPLATE: &str = "[{bar:20}] {pos}/{len} files  {wide_msg}";

/// The line, and what stands in it.
pub struct Progress {
    bar: ProgressBar,
    running: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Progress {
    /// Shows nothing where standard error is no terminal, or a program reads what is printed.
    pub fn of(files: usize, shown: bool) -> Self {
        let target = if shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(files as u64), target);
        // A template that cannot be read leaves the default one.
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self {
            bar,
            running: Arc::default(),
        }
    }

    /// Hears which tests run.
    pub fn live(&self) -> Live {
        let (bar, running) = (self.bar.clone(), Arc::clone(&self.running));
        Arc::new(move |file, note| {
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            match note.kind.as_str() {
                "test.start" => drop(running.insert(file.to_owned(), note.name().to_owned())),
                "test.end" => drop(running.remove(file)),
                _ => return,
            }
            bar.set_message(
                running
                    .iter()
                    .next()
                    .map_or_else(String::new, |(file, name)| format!("{file} > {name}")),
            );
        })
    }

    /// Counts a file that is through.
    pub fn event(&self, event: &Event) {
        if let Event::FileFinished { file, .. } = event {
            self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(file);
            self.bar.inc(1);
        }
    }

    /// Takes the line away while something else is printed.
    pub fn around<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
