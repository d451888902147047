//! Runs test files, each in a world of its own, and turns what they say into events.

use super::{Event, Failure, TestFile, Totals};
use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use serde_json::Value;

/// One file for one world.
#[derive(Debug, Clone)]
pub struct FileRun<'a> {
    /// The file, its source, and the app that it wants.
    pub file: &'a TestFile,
    /// Only tests whose full name contains this; the payload's `filter`.
    pub filter: Option<&'a str>,
    /// Milliseconds of the world's time for a test that names no limit; the payload's `timeout`.
    pub timeout_ms: u64,
}

/// A timeline entry of the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// For example `test.pass`.
    pub kind: String,
    /// Its properties, an object.
    pub properties: Value,
}

/// What a world left behind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorldEnd {
    /// The notes whose kind begins with `test.`, in order.
    pub notes: Vec<Note>,
    /// Why the world ended early, or never began.
    pub fault: Option<String>,
}

/// Boots a world for a test file. The app room's side of the runner.
#[async_trait]
pub trait Launcher: Send + Sync {
    /// Boots the file's app (or a bare one with one empty page), adds the file's source to the
    /// package as a module, waits for the first page's onReady, runs the tests and returns when
    /// they have ended (the note `test.end`) or the world has.
    async fn run_file(&self, run: FileRun<'_>) -> WorldEnd;
}

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only tests whose full name contains this.
    pub filter: Option<String>,
    /// Stop after the first file with a failure.
    pub bail: bool,
    /// Worlds at the same time. The order of the events does not depend on it.
    pub jobs: usize,
    /// Milliseconds of the world's time for a test that names no limit.
    pub timeout_ms: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            filter: None,
            bail: false,
            jobs: 1,
            timeout_ms: 300_000,
        }
    }
}

/// Runs `files` and hands each event to `emit`, the last being [`Event::Finished`].
pub async fn run(
    files: &[TestFile],
    launcher: &dyn Launcher,
    options: &Options,
    mut emit: impl FnMut(&Event),
) -> Totals {
    let mut totals = Totals::default();
    let one = |file| async move {
        let run = FileRun {
            file,
            filter: options.filter.as_deref(),
            timeout_ms: options.timeout_ms,
        };
        (file, launcher.run_file(run).await)
    };
    let mut ends = stream::iter(files).map(one).buffered(options.jobs.max(1));
    while let Some((file, end)) = ends.next().await {
        totals.files += 1;
        for event in events(&file.path.display().to_string(), end) {
            totals.count(&event);
            emit(&event);
        }
        if options.bail && totals.failed > 0 {
            break;
        }
    }
    emit(&Event::Finished(totals));
    totals
}

/// A file's events. A world that ended before its tests did fails the test that was running.
fn events(file: &str, end: WorldEnd) -> Vec<Event> {
    let ended = end.notes.iter().any(|note| note.kind == "test.end");
    let mut events: Vec<Event> = end.notes.iter().filter_map(|note| Event::of_note(file, note)).collect();
    if ended {
        return events;
    }
    let name = match events.last() {
        Some(Event::Started { name, .. }) => name.clone(),
        _ => String::new(),
    };
    events.push(Event::Failed {
        file: file.to_owned(),
        name,
        ms: 0.0,
        failure: Failure {
            message: end
                .fault
                .unwrap_or_else(|| "the app had nothing left to do before the tests ended".into()),
            ..Failure::default()
        },
    });
    events
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
