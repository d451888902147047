//! JavaScript tests that run inside a world, with the app's own `wx`.
//!
//! A test file becomes a module of the app that its header names and is run after
//! the first page is ready. Its results leave the world as timeline notes
//! (`test.start`, `test.pass`, ...), become one stream of [`Event`]s here, and a
//! [`Reporter`] makes text of them. Nothing in this room prints.

mod diff;
mod discover;
pub mod echo_server;
mod event;
mod late_parts;
mod launcher;
mod report;
mod run;

pub use discover::{DiscoverError, TestFile, discover};
pub use event::{Event, Failure, Totals};
pub use launcher::AppLauncher;
pub use report::{Json, Pretty, Reporter};
pub use run::{FileRun, Launcher, Note, Options, WorldEnd, run};

#[cfg(test)]
mod request_tests;
