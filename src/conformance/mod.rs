//! JavaScript tests that run inside a world, with the app's own `wx`.
//!
//! A test file becomes a module of the app that its header names and is run after
//! the first page is ready. Its results leave the world as timeline notes
//! (`test.start`, `test.pass`, ...), become one stream of [`Event`]s here, and a
//! [`Reporter`](report::Reporter) makes text of them. Nothing in this room prints.

mod diff;
mod discover;
pub mod echo_server;
mod event;
mod excerpt;
mod failure;
mod file_events;
mod heard;
mod inline_snapshot;
mod late_parts;
mod launcher;
pub mod report;
mod run;
mod shard;
mod snapshot_file;
mod snapshots;

pub use discover::{DiscoverError, TestFile, discover};
pub use event::{Event, SnapshotTally, Totals};
pub use excerpt::Excerpt;
pub use failure::{Failure, Place};
pub use heard::{Live, Note};
pub use launcher::AppLauncher;
pub use run::{FileRun, Launcher, Options, WorldEnd, run};
pub use shard::Shard;
pub use snapshots::{SnapshotMode, orphans};

#[cfg(test)]
mod request_tests;
