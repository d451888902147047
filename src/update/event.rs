//! What an update tells the app and the timeline.

use crate::release::VersionLabel;
use serde::{Deserialize, Serialize};

/// A step of an update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum UpdateEvent {
    /// `update.check`: the result of the version request.
    Check {
        /// Whether a newer release is there for this user.
        has_update: bool,
        /// Its label.
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<VersionLabel>,
        /// The running version is below the minimum: the app's listeners are
        /// not called, the framework asks for the restart.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        forced: bool,
    },
    /// `update.download`: one object has arrived.
    Download {
        /// How it came. The entry's own `kind` is `update.download`.
        #[serde(rename = "transport")]
        kind: DownloadKind,
        /// Which part: `__APP__` or a subpackage's root.
        part: String,
        /// Bytes that came over the network for it.
        bytes: u64,
    },
    /// Bytes of an object have arrived. Too often for the timeline: for whoever shows the progress.
    Transfer {
        /// As in [`UpdateEvent::Download`].
        part: String,
        /// How many of them are there now.
        done: u64,
        /// How many there are.
        total: u64,
    },
    /// `update.ready`: a newer release is staged.
    Ready {
        /// Its label.
        version: VersionLabel,
        /// As in [`UpdateEvent::Check`].
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        forced: bool,
    },
    /// `update.failed`: a newer release is there and could not be got.
    Failed {
        /// Why, for a person.
        reason: String,
        /// The label of the release that could not be got.
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<VersionLabel>,
    },
    /// `update.check.failed`: the version request came to nothing. The app
    /// is told that there is no update; this is for the log.
    CheckFailed {
        /// Why, for a person.
        reason: String,
    },
}

/// How a part travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DownloadKind {
    /// The whole archive.
    Whole,
    /// The difference from an installed archive.
    Delta,
}

impl UpdateEvent {
    /// The kind of the timeline's entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Check { .. } => "update.check",
            Self::Download { .. } => "update.download",
            Self::Transfer { .. } => "update.transfer",
            Self::Ready { .. } => "update.ready",
            Self::Failed { .. } => "update.failed",
            Self::CheckFailed { .. } => "update.check.failed",
        }
    }

    /// Whether it has a place on the timeline.
    pub fn is_entry(&self) -> bool {
        !matches!(self, Self::Transfer { .. })
    }

    /// Nothing newer is there.
    pub const NO_UPDATE: Self = Self::Check {
        has_update: false,
        version: None,
        forced: false,
    };
}

/// Who is told about the steps of an update.
pub type Progress<'a> = &'a (dyn Fn(UpdateEvent) + Send + Sync);
