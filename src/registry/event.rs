//! What an operator can decide: the kinds of log entries.

use crate::release::{KeyId, Release, ReleaseId, Settings, UpdateMode};
use serde::{Deserialize, Serialize};

/// A decision. A kind that this build does not know makes the log unreadable for it, as the state would be wrong
/// without it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// A new release; its id is the entry's number.
    Publish {
        /// The release.
        release: Box<Release>,
    },
    /// A gray release reaches more users; 100 makes it full.
    Rollout {
        /// The gray release.
        release: ReleaseId,
        /// The new share.
        percent: u8,
        /// Nobody asked: its time was over.
        #[serde(default)]
        automatic: bool,
    },
    /// A gray release is withdrawn: its users go back to the release before, which is made anew under the entry's
    /// number.
    Revoke {
        /// The gray release.
        revoked: ReleaseId,
        /// What its users get.
        release: Box<Release>,
    },
    /// Everyone goes back to an earlier release, which is made anew with the entry's number.
    Rollback {
        /// The earlier release.
        to: ReleaseId,
        /// What everyone gets.
        release: Box<Release>,
    },
    /// Other thresholds.
    Settings {
        /// Of this release; of the releases to come if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        release: Option<ReleaseId>,
        /// All of them, as they now are.
        settings: Settings,
    },
    /// Another update mode.
    Mode {
        /// Of this release; of the releases to come if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        release: Option<ReleaseId>,
        /// The mode.
        mode: UpdateMode,
    },
    /// More users who get gray releases first.
    WhitelistAdd {
        /// Their ids.
        users: Vec<String>,
    },
    /// Users who get gray releases like everyone else again.
    WhitelistRemove {
        /// Their ids.
        users: Vec<String>,
    },
    /// Other keys may sign.
    Rotate {
        /// The new root document's version.
        version: u64,
        /// New keys.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        added: Vec<KeyId>,
        /// Keys that no longer count.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<KeyId>,
        /// The signed root document.
        root: String,
    },
}
