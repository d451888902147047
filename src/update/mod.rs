//! The update client.
mod database;
mod event;
pub use event::{DownloadKind, Progress, UpdateEvent};
