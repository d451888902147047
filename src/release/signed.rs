//! The release manifest behind its signature. A [`SignedRelease`] can only come out of a manifest that was verified,
//! and only a [`SignedRelease`] can turn bytes into a `VerifiedPart`.

use super::envelope;
use super::keys::{KeyId, SecretKey};
use super::manifest::{Release, ReleaseId, ReleaseManifest};
use super::trust::{TrustError, TrustedKeys};
use crate::package::{AppId, PartName};
use std::collections::BTreeSet;

const MANIFEST_TYPE: &str = "application/vnd.minirun.release-manifest+json";

/// Signs a manifest: what a registry serves.
pub fn sign_manifest(manifest: &ReleaseManifest, keys: &[&SecretKey]) -> Vec<u8> {
    envelope::seal(MANIFEST_TYPE, &serde_json::to_vec(manifest).unwrap_or_default(), keys)
}

/// A manifest whose signature, app and inner consistency were checked. Whether it is too old is the caller's question:
/// see [`ReleaseManifest::is_expired`] and [`SignedManifest::check_floor`].
#[derive(Debug, Clone, PartialEq)]
pub struct SignedManifest {
    manifest: ReleaseManifest,
    signed_by: Vec<KeyId>,
    envelope: Vec<u8>,
}

impl SignedManifest {
    /// Checks an envelope against the keys trusted for an app.
    pub fn verify(envelope: &[u8], keys: &TrustedKeys) -> Result<Self, TrustError> {
        let (payload, signed_by) = envelope::open(envelope, &keys.requirement(MANIFEST_TYPE))?;
        let manifest: ReleaseManifest = envelope::parse(&payload, "manifest")?;
        if manifest.app_id != *keys.app_id() {
            return Err(TrustError::WrongApp {
                expected: keys.app_id().clone(),
                found: manifest.app_id,
            });
        }
        check_consistency(&manifest)?;
        Ok(Self {
            manifest,
            signed_by,
            envelope: envelope.to_vec(),
        })
    }

    /// Refuses a manifest that is older than the newest one that the device has seen. The same one again is fine.
    pub fn check_floor(&self, floor: u64) -> Result<(), TrustError> {
        let seq = self.manifest.seq;
        (seq >= floor).then_some(()).ok_or(TrustError::Replayed { seq, floor })
    }

    /// What it says.
    pub fn manifest(&self) -> &ReleaseManifest {
        &self.manifest
    }

    /// The trusted keys that signed it.
    pub fn signed_by(&self) -> &[KeyId] {
        &self.signed_by
    }

    /// The bytes that were verified, for keeping on the device: verified again when they are read back.
    pub fn envelope(&self) -> &[u8] {
        &self.envelope
    }

    /// The release that is meant for a user; see [`ReleaseManifest::release_for`].
    pub fn release_for(&self, user: &str) -> Option<SignedRelease> {
        self.manifest.release_for(user).map(|release| self.signed(release))
    }

    /// The release with this number.
    pub fn find(&self, id: ReleaseId) -> Option<SignedRelease> {
        self.manifest.find(id).map(|release| self.signed(release))
    }

    fn signed(&self, release: &Release) -> SignedRelease {
        SignedRelease {
            app_id: self.manifest.app_id.clone(),
            release: release.clone(),
        }
    }
}

/// A release out of a verified manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedRelease {
    app_id: AppId,
    release: Release,
}

impl SignedRelease {
    /// The app.
    pub fn app_id(&self) -> &AppId {
        &self.app_id
    }

    /// Its number.
    pub fn id(&self) -> ReleaseId {
        self.release.id
    }

    /// All that was signed about it.
    pub fn release(&self) -> &Release {
        &self.release
    }
}

fn check_consistency(manifest: &ReleaseManifest) -> Result<(), TrustError> {
    let malformed = |reason: String| TrustError::Malformed {
        document: "manifest",
        reason,
    };
    let mut ids = BTreeSet::new();
    for release in &manifest.releases {
        let id = release.id;
        if !ids.insert(id) {
            return Err(malformed(format!("release {id} is there twice")));
        }
        if id.0 > manifest.seq {
            return Err(malformed(format!(
                "release {id} is later than the manifest, {}",
                manifest.seq
            )));
        }
        let names: BTreeSet<_> = release.parts.iter().map(|part| &part.name).collect();
        if names.len() != release.parts.len() || !names.contains(&PartName::Main) {
            return Err(malformed(format!("release {id} has no main package, or a part twice")));
        }
    }
    Ok(())
}
