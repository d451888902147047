//! What the rules do not allow, each with the platform's error code where it has one.

use crate::package::AppId;
use crate::release::{KeyId, ReleaseId, VersionLabel};

/// Why a decision is not allowed. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing to decide about.
    #[error("{0} has no releases in this registry")]
    UnknownApp(AppId),
    /// The label does not go up: choose another one.
    #[error("version {version} is not greater than {greatest}, which {app} has had")]
    NotNewer {
        /// The app.
        app: AppId,
        /// What was asked for.
        version: Box<VersionLabel>,
        /// What there was.
        greatest: Box<VersionLabel>,
    },
    /// There is no release to give to the other users.
    #[error("85079: {0} has no online version, so its first release cannot be a gray release")]
    FirstIsGray(AppId),
    /// Not a share.
    #[error("85081: {0} is not a share of the users; it must be an integer from 0 to 100")]
    NotAPercentage(u8),
    /// A share only rises: who has a release keeps it.
    #[error("85082: {version} is at {current} % already; the share can only rise (`release revoke` withdraws it)")]
    NotRising {
        /// The release's label.
        version: Box<VersionLabel>,
        /// Its share.
        current: u8,
    },
    /// One gray release at a time, and nothing beside it.
    #[error(
        "{version} is in gray release at {percent} %: make it full (`release rollout`) or withdraw it \
         (`release revoke`) first"
    )]
    GrayUnderWay {
        /// The gray release's label.
        version: Box<VersionLabel>,
        /// Its share.
        percent: u8,
    },
    /// There is nothing to withdraw.
    #[error("{0} has no gray release under way")]
    NotGray(AppId),
    /// A gray release is withdrawn, not rolled back.
    #[error("87011: {version} is in gray release, so it cannot be rolled back; `release revoke` withdraws it")]
    RollbackInGray {
        /// The gray release's label.
        version: Box<VersionLabel>,
    },
    /// Only one version was ever online.
    #[error("87012: {0} has no previous online version")]
    NothingBefore(AppId),
    /// A rollback is followed by a new version, not by another rollback.
    #[error("87012: {version} came by a rollback; publish a new version before the next one")]
    RolledBackAlready {
        /// What is online.
        version: Box<VersionLabel>,
    },
    /// Not an earlier online version, or too long ago.
    #[error("87012: {version} is not one of the last 5 online versions before this one: {}", list(.earlier))]
    NotEarlier {
        /// What was asked for.
        version: Box<VersionLabel>,
        /// What there is.
        earlier: Vec<VersionLabel>,
    },
    /// There is no such release, or nobody gets it any more.
    #[error("{app} has no release {release} that anybody gets; `release list` shows the numbers")]
    NoSuchRelease {
        /// The app.
        app: AppId,
        /// Its number.
        release: ReleaseId,
    },
    /// Nothing could be used.
    #[error("minimum version {min} is greater than the release itself, {version}")]
    MinAboveRelease {
        /// The minimum.
        min: Box<VersionLabel>,
        /// The release's label.
        version: Box<VersionLabel>,
    },
    /// A version that may not be used cannot be preferred.
    #[error("preferred local version {prefer} is less than the minimum version {min}")]
    PreferBelowMin {
        /// The preferred version.
        prefer: Box<VersionLabel>,
        /// The minimum.
        min: Box<VersionLabel>,
    },
    /// The manifest would grow too much.
    #[error("the whitelist cannot have more than {0} users; use a gray release for more")]
    WhitelistFull(usize),
    /// Nothing would change.
    #[error("{0} is on the whitelist already")]
    Whitelisted(String),
    /// Nothing would change.
    #[error("{0} is not on the whitelist")]
    NotWhitelisted(String),
    /// Nothing would change.
    #[error("key {0} is one of the keys already")]
    KeyThere(KeyId),
    /// There is no such key.
    #[error("key {0} is not one of the keys")]
    NoSuchKey(KeyId),
    /// Somebody must be left to sign.
    #[error("key {0} signs this change, so it cannot be removed by it; sign with a key that stays")]
    RemovesSigner(KeyId),
    /// A device that asks for more signatures than there are keys would trust nothing any more.
    #[error("{threshold} keys must sign, so {threshold} must be left")]
    TooFewKeys {
        /// How many must sign.
        threshold: usize,
    },
}

impl Refusal {
    /// The code that the platform's server API answers in this case.
    pub fn platform_code(&self) -> Option<u32> {
        self.to_string()
            .split_once(": ")
            .and_then(|(code, _)| code.parse().ok())
    }
}

fn list(versions: &[VersionLabel]) -> String {
    let texts: Vec<&str> = versions.iter().map(VersionLabel::as_str).collect();
    texts.join(", ")
}
