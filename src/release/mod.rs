//! What both sides of the wire share: releases, their labels, update mode, settings, rollout, and the signed manifest.

mod envelope;
mod failed;
mod keys;
mod manifest;
pub mod paths;
mod rollout;
mod settings;
mod signed;
mod trust;
mod verified;
mod version;
mod whitelist;

pub use envelope::MAX_ENVELOPE_BYTES;
pub use failed::{FAILED_HEADER, read_failed, write_failed};
pub use keys::{KeyError, KeyId, PublicKey, SecretKey};
pub use manifest::{Delta, Object, Part, Release, ReleaseId, ReleaseManifest};
pub use rollout::{Rollout, bucket};
pub use settings::{Settings, UpdateMode};
pub use signed::{SignedManifest, SignedRelease, sign_manifest};
pub use trust::{RootDocument, TrustError, TrustedKeys};
pub use verified::{VerifiedPackage, VerifiedPart, VerifyError};
pub use version::{VersionError, VersionLabel};
pub use whitelist::UserMark;

#[cfg(test)]
mod tests;
