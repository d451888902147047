//! The one document that a device asks for: which releases an app has. Signed as a whole; see `signed.rs`.

use super::rollout::Rollout;
use super::settings::{Settings, UpdateMode};
use super::version::VersionLabel;
use super::whitelist::UserMark;
use crate::package::{AppId, Digest, PartName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// The releases of one app. Fields that are not known here are ignored, so that newer registries can add some.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseManifest {
    /// Whose releases.
    pub app_id: AppId,
    /// Grows with every change that the registry makes. A device never goes back below the highest that it has seen.
    pub seq: u64,
    /// When it was signed, milliseconds since 1970.
    pub issued_at: u64,
    /// From when on it counts as stale, milliseconds since 1970.
    pub expires_at: u64,
    /// The root document that was the newest one when this was signed. A device with an older one gets it first, or it
    /// would go on trusting keys that were removed.
    #[serde(default)]
    pub root_version: u64,
    /// Users who get the newest release before its rollout reaches them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub whitelist: BTreeSet<UserMark>,
    /// The newest release first, then the previous ones that a device may still be sent to.
    pub releases: Vec<Release>,
}

/// Names a release of an app: the sequence number at which it was made. A higher number is a later decision of the
/// operator, whatever the version labels say: a rollback is a new release with an old package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReleaseId(pub u64);

impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    /// Its number.
    pub id: ReleaseId,
    /// Its label.
    pub version: VersionLabel,
    /// When it was published, milliseconds since 1970.
    pub released_at: u64,
    /// What changed, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// How it wants to reach devices.
    #[serde(default)]
    pub mode: UpdateMode,
    /// Thresholds.
    #[serde(default)]
    pub settings: Settings,
    /// For whom.
    #[serde(default)]
    pub rollout: Rollout,
    /// The lowest base library that it runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_library: Option<VersionLabel>,
    /// The main package, and each subpackage.
    pub parts: Vec<Part>,
    /// app.json, where the app has a subpackage that starts without the main package: there it stands in for the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<String>,
}

/// One part of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// `__APP__` or the subpackage's root.
    pub name: PartName,
    /// SHA-256 of the canonical archive: the part's identity, also on the device's disk.
    pub digest: Digest,
    /// Bytes of the canonical archive.
    pub length: u64,
    /// The compressed archive.
    pub whole: Object,
    /// Compressed differences from older archives; each smaller than `whole`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deltas: Vec<Delta>,
}

/// Bytes that a registry serves under their digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// SHA-256 of the bytes that travel.
    pub digest: Digest,
    /// How many.
    pub length: u64,
}

/// A part as a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// Digest of the canonical archive that it starts from.
    pub base: Digest,
    /// What travels.
    pub object: Object,
}

impl ReleaseManifest {
    /// The release that is meant for a user: the latest one that is for them. `None` when there is no release for
    /// them at all.
    pub fn release_for(&self, user: &str) -> Option<&Release> {
        let meant = self.releases.iter().filter(|release| self.is_for(release, user));
        meant.max_by_key(|release| release.id)
    }

    /// Whether a release is for a user: its rollout includes them, or they are on the whitelist.
    pub fn is_for(&self, release: &Release, user: &str) -> bool {
        release.rollout.includes(&self.app_id, user, release.id)
            || self.whitelist.contains(&UserMark::of(&self.app_id, user))
    }

    /// Whether the release with this number is still listed, and for a user as it is listed now.
    pub fn is_listed_for(&self, id: ReleaseId, user: &str) -> bool {
        self.find(id).is_some_and(|release| self.is_for(release, user))
    }

    /// The release with this number, if it is still listed.
    pub fn find(&self, id: ReleaseId) -> Option<&Release> {
        self.releases.iter().find(|release| release.id == id)
    }

    /// Whether it is stale at `now_ms`. Not an error by itself: a device that is cut off goes on with what it has, and
    /// says so.
    pub fn is_expired(&self, now_ms: f64) -> bool {
        now_ms >= self.expires_at as f64
    }
}

impl Release {
    /// One of its parts.
    pub fn part(&self, name: &PartName) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == *name)
    }

    /// Whether the other release has the same label and the same code: a device that has one has nothing to fetch for
    /// the other, and nothing that an app could tell apart.
    pub fn is_same_package(&self, other: &Release) -> bool {
        let digests = |release: &Release| -> BTreeSet<(PartName, Digest)> {
            let parts = release.parts.iter();
            parts.map(|part| (part.name.clone(), part.digest)).collect()
        };
        self.version == other.version && digests(self) == digests(other)
    }

    /// Bytes of all canonical archives together.
    pub fn archive_bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.length).sum()
    }
}

impl Part {
    /// Everything that a registry serves of it.
    pub fn objects(&self) -> impl Iterator<Item = Object> {
        self.deltas.iter().map(|delta| delta.object).chain([self.whole])
    }

    /// The delta from `base`, if one is served.
    pub fn delta_from(&self, base: &Digest) -> Option<&Delta> {
        let from = self.deltas.iter().filter(|delta| delta.base == *base);
        from.min_by_key(|delta| delta.object.length)
    }
}
