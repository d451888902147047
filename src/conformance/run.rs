//! Runs test files, each in a world of its own, and turns what they say into events.

use super::discover::TestFile;
use super::event::{Event, Totals};
use super::failure::Failure;
use super::file_events::file_events;
use super::heard::{Heard, Live};
use super::snapshots::{SnapshotMode, Snapshots};
use crate::app::timeline::Entry;
use crate::engine::protocol::WorldFault;
use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// One file for one world.
#[derive(Clone)]
pub struct FileRun<'a> {
    /// The file, its source, and the app that it wants.
    pub file: &'a TestFile,
    /// What the runner in the world is told besides the file's path: an object.
    pub details: Value,
    /// Hears every entry of the timeline, at once.
    pub heard: Arc<dyn Fn(&Entry) + Send + Sync>,
}

/// What a world left behind besides what it said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorldEnd {
    /// Why the world ended early, or never began.
    pub fault: Option<WorldFault>,
}

impl WorldEnd {
    /// The end of a world that never began.
    pub fn never_began(reason: impl Into<String>) -> Self {
        let fault = WorldFault {
            message: reason.into(),
            ..WorldFault::default()
        };
        Self { fault: Some(fault) }
    }
}

/// Boots a world for a test file. The app room's side of the runner.
#[async_trait]
pub trait Launcher: Send + Sync {
    /// Boots the file's app (or a bare one with one empty page), adds the file's source to the
    /// package as a module, waits for the first page's onReady, runs the tests and returns when
    /// they have ended (the note `test.end`) or the world has. A caller that stops waiting ends the world.
    async fn run_file(&self, run: FileRun<'_>) -> WorldEnd;
}

/// How to run.
#[derive(Clone)]
pub struct Options {
    /// Only tests whose full name contains this.
    pub filter: Option<String>,
    /// Begin no more files after this many failures.
    pub bail: Option<usize>,
    /// Worlds at the same time. The order of the events does not depend on it.
    pub jobs: usize,
    /// Milliseconds of the world's time for a test that names no limit.
    pub timeout_ms: u64,
    /// Time of the machine for a whole file.
    pub file_limit: Duration,
    /// How often a test that failed is tried again, where it does not say so itself.
    pub retry: u64,
    /// Files that run before each test file, in its world.
    pub setup: Vec<PathBuf>,
    /// Whether snapshots may be written.
    pub snapshots: SnapshotMode,
    /// Say which tests there are, and run none.
    pub list: bool,
    /// Hears at once what the files say.
    pub live: Option<Live>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            filter: None,
            bail: None,
            jobs: 1,
            timeout_ms: 300_000,
            file_limit: Duration::from_secs(300),
            retry: 0,
            setup: Vec::new(),
            snapshots: SnapshotMode::New,
            list: false,
            live: None,
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
    let begin = Instant::now();
    let one = |file| run_file(file, launcher, options);
    let mut ends = stream::iter(files).map(one).buffered(options.jobs.max(1));
    while let Some(events) = ends.next().await {
        for event in events {
            totals.count(&event);
            emit(&event);
        }
        if options.bail.is_some_and(|most| totals.failed >= most) {
            break;
        }
    }
    totals.files_left = files.len() - totals.files;
    totals.wall_ms = whole_ms(begin.elapsed());
    emit(&Event::Finished(totals));
    totals
}

async fn run_file(file: &TestFile, launcher: &dyn Launcher, options: &Options) -> Vec<Event> {
    let begin = Instant::now();
    let mut snapshots = match Snapshots::of(&file.path) {
        Ok(snapshots) => snapshots,
        Err(error) => return file_events(file, Vec::new(), Some(Failure::of(error.to_string())), None, begin),
    };
    let heard = Heard::new(file.name(), options.live.clone());
    let run = FileRun {
        file,
        details: json!({
            "filter": options.filter, "timeout": options.timeout_ms, "retry": options.retry, "list": options.list,
            "setup": options.setup,
            "snapshots": { "mode": options.snapshots.word(), "stored": snapshots.stored() },
        }),
        heard: heard.ear(),
    };
    let ended = tokio::time::timeout(options.file_limit, launcher.run_file(run)).await;
    let fault = match ended {
        Ok(end) => end.fault.map(|fault| Failure::of_fault(&fault, file)),
        Err(_) => Some(Failure::of(format!(
            "the file did not end within {} s",
            options.file_limit.as_secs_f64()
        ))),
    };
    let notes = heard.take();
    let told = notes.iter().find(|note| note.kind == "test.snapshots");
    let kept = told.map(|note| snapshots.keep(&note.properties, options.snapshots, file));
    file_events(file, notes, fault, kept, begin)
}

/// Whole milliseconds of a duration.
pub(super) fn whole_ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
