//! The one record that a device keeps of an app, and the layout of its folder.
//!
//! ```text
//! <device>/
//!   lock                 held by the process that uses the folder
//!   state.redb           one record (AppState, JSON) an app; every change is one transaction
//!   versions/<digest>/   one part of a release, unpacked; named by the SHA-256 of its canonical archive; never changed
//!   versions/tmp-*       a part that is being written or removed; garbage after a crash
//!   partial/<digest>     the bytes of a download so far, and beside them
//!   partial/<digest>.etag  which object they are of
//!   trusted/<app>.json   a copy of the newest signed manifest, for when state.redb is lost
//! ```
//!
//! What runs is decided by the record alone: files that it does not name are
//! garbage, and files that it names were durable before it named them. So a
//! crash at any point leaves the old or the new release, whole.
//!
//! The other rooms keep their own folders beside these (storage, user files).

use crate::package::Digest;
use crate::release::{Release, ReleaseId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the device knows of one app. Times are milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AppState {
    /// The release that runs at the next start.
    pub active: Option<Release>,
    /// A staged release that becomes active when it is applied, or at the next cold start.
    pub pending: Option<Release>,
    /// The last release that was confirmed, while a later one is active.
    pub previous: Option<Release>,
    /// Set while the active release has not been confirmed.
    pub trial: Option<Trial>,
    /// Releases that failed to start. They are not taken again.
    pub bad: BTreeSet<ReleaseId>,
    /// Those of them that the registry has not been told of.
    pub unreported: BTreeSet<ReleaseId>,
    /// The highest manifest sequence that was accepted. A lower one is a replay.
    pub floor: u64,
    /// When the app was last started or ended.
    pub last_used_ms: Option<f64>,
    /// Who used it then: gray releases are a matter of the person.
    pub last_user: Option<String>,
    /// When the registry last answered a check.
    pub last_check_ms: Option<f64>,
    /// The registry asked not to be asked before.
    pub not_before_ms: Option<f64>,
    /// A release that a periodic check found while the app did not run.
    pub found: Option<ReleaseId>,
    /// The address of the registry that answered last.
    pub registry: Option<String>,
    /// The newest accepted manifest, as it was signed.
    pub manifest: Option<CachedManifest>,
    /// The root document whose keys are trusted, as it was signed.
    pub root: Option<String>,
}

/// How a release on trial has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Starts that neither got ready nor ended in order.
    pub attempts: u32,
}

/// A signed manifest and what is needed to ask whether it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachedManifest {
    /// The signed document.
    pub envelope: String,
    /// The ETag it came with.
    pub etag: Option<String>,
}

impl AppState {
    /// Reads a record.
    ///
    /// # Errors
    /// When the text is not a record.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// The record as it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        // A record has string keys only and no value that JSON cannot hold.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The releases that the record names.
    pub fn releases(&self) -> impl Iterator<Item = &Release> {
        [&self.active, &self.pending, &self.previous].into_iter().flatten()
    }

    /// The digests of the parts that must stay on the disk.
    pub fn digests(&self) -> BTreeSet<Digest> {
        let parts = self.releases().flat_map(|release| &release.parts);
        parts.map(|part| part.digest).collect()
    }

    /// Notes a staged release: it waits beside the active one, or becomes
    /// active where there is none.
    pub fn stage(&mut self, release: Release) {
        if self.found == Some(release.id) {
            self.found = None;
        }
        if self.active.is_some() {
            self.pending = Some(release);
        } else {
            self.active = Some(release);
            self.trial = Some(Trial::default());
        }
    }
}
