//! What the log of an app says, folded.

use super::log::{Event, LogEntry};
use crate::package::AppId;
use crate::release::{Release, ReleaseManifest};

/// Releases that a manifest lists: the newest, and those that a device may be sent back to (WeChat: any of the last 5).
const LISTED: usize = 6;

/// The state of an app in the registry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AppState {
    /// The number of the last entry; 0 for an app without any.
    pub seq: u64,
    /// When that entry was written, milliseconds since 1970.
    pub changed_at: u64,
    /// All releases, in the order in which they were made.
    pub releases: Vec<Release>,
}

impl AppState {
    /// Folds entries in order.
    pub fn of(log: &[LogEntry]) -> Self {
        log.iter().fold(Self::default(), Self::apply)
    }

    fn apply(mut self, entry: &LogEntry) -> Self {
        self.seq = entry.seq;
        self.changed_at = entry.at;
        match &entry.event {
            Event::Publish { release } => self.releases.push((**release).clone()),
        }
        self
    }

    /// The last release.
    pub fn newest(&self) -> Option<&Release> {
        self.releases.last()
    }

    /// What devices are told, valid for `valid_ms` milliseconds from now on.
    pub fn manifest(&self, app: &AppId, now_ms: u64, valid_ms: u64) -> ReleaseManifest {
        ReleaseManifest {
            app_id: app.clone(),
            seq: self.seq,
            issued_at: now_ms,
            expires_at: now_ms.saturating_add(valid_ms),
            releases: self.releases.iter().rev().take(LISTED).cloned().collect(),
        }
    }
}
