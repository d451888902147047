//! What happens in a test run: one stream for every reporter.

use super::failure::Failure;
use serde::Serialize;

/// One step of a test run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "type")]
pub enum Event {
    /// A test that would run; only these come where tests are listed.
    Listed {
        /// The test file.
        file: String,
        /// The test's full name.
        name: String,
    },
    /// Nobody caught an error of the app before the file's tests began.
    AppError {
        /// The test file.
        file: String,
        /// What the error says.
        message: String,
        /// File, line and column in the app, where they are known.
        place: String,
    },
    /// The test's own code has written to the console.
    Console {
        /// The test file.
        file: String,
        /// log, info, warn, error or debug.
        level: String,
        /// What it wrote.
        text: String,
        /// File, line and column of the call.
        place: String,
    },
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
        /// How long it took, in milliseconds of the world's time.
        ms: f64,
        /// How long it took, in milliseconds of the machine's time.
        wall_ms: u64,
        /// How often it failed before, where it may be tried again.
        #[serde(skip_serializing_if = "is_zero")]
        retries: u64,
    },
    /// It failed.
    Failed {
        /// The test file.
        file: String,
        /// The test's full name; empty when the file itself failed.
        name: String,
        /// How long it took, in milliseconds of the world's time.
        ms: f64,
        /// How long it took, in milliseconds of the machine's time.
        wall_ms: u64,
        /// Why.
        #[serde(flatten)]
        failure: Box<Failure>,
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
    /// What became of a file's snapshots, where it has any.
    Snapshots {
        /// The test file.
        file: String,
        /// How many did what.
        #[serde(flatten)]
        tally: SnapshotTally,
    },
    /// A file is through.
    FileFinished {
        /// The test file.
        file: String,
        /// How long it took, in milliseconds of the machine's time.
        wall_ms: u64,
    },
    /// All files are through.
    Finished(Totals),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What became of the snapshots of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotTally {
    /// New ones.
    pub written: usize,
    /// Those that were replaced.
    pub updated: usize,
    /// Those that no test asked for, and were taken out.
    pub removed: usize,
    /// Those that no test asked for, by name.
    pub obsolete: Vec<String>,
}

/// How many tests ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed, and files that could not be run.
    pub failed: usize,
    /// Tests that were not run.
    pub skipped: usize,
    /// Files that were run.
    pub files: usize,
    /// Files that were left out after too many failures.
    pub files_left: usize,
    /// Tests that were listed and not run.
    pub listed: usize,
    /// How long it took, in milliseconds of the machine's time.
    pub wall_ms: u64,
}

impl Totals {
    /// Counts one more event.
    pub fn count(&mut self, event: &Event) {
        match event {
            Event::Passed { .. } => self.passed += 1,
            Event::Failed { .. } => self.failed += 1,
            Event::Skipped { .. } => self.skipped += 1,
            Event::Listed { .. } => self.listed += 1,
            Event::FileFinished { .. } => self.files += 1,
            Event::AppError { .. }
            | Event::Console { .. }
            | Event::Started { .. }
            | Event::Snapshots { .. }
            | Event::Finished(_) => {}
        }
    }
}
