//! Whom a device trusts for an app: the root document, and how it is replaced.

use super::envelope::{self, Requirement};
use super::keys::{KeyId, PublicKey, SecretKey};
use crate::package::AppId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const ROOT_TYPE: &str = "application/vnd.minirun.root+json";

/// Why a document is not trusted. Every one of them means: do not use it, keep what is there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// Longer than any honest document.
    #[error("document of {length} bytes is over the limit of {limit}")]
    TooBig {
        /// Its bytes.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// Not the JSON that it should be, nested too deep, or contradicting itself.
    #[error("malformed {document}: {reason}")]
    Malformed {
        /// `envelope`, `manifest` or `root`.
        document: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A signed document of another kind.
    #[error("document is of type {found:?} instead of {expected:?}")]
    WrongType {
        /// What was asked for.
        expected: &'static str,
        /// What came.
        found: String,
    },
    /// No signature at all.
    #[error("document is not signed")]
    Unsigned,
    /// Signed, but by nobody who is trusted.
    #[error("document is signed by unknown keys only")]
    ForeignKey,
    /// A signature that names a trusted key is wrong: the document was changed.
    #[error("signature of key {key} is wrong")]
    BadSignature {
        /// The key.
        key: KeyId,
    },
    /// Right signatures, but too few.
    #[error("document has {found} of {needed} signatures")]
    TooFewSignatures {
        /// Trusted keys that signed.
        found: usize,
        /// How many must.
        needed: usize,
    },
    /// For another app.
    #[error("document is for app {found} instead of {expected}")]
    WrongApp {
        /// What was asked for.
        expected: AppId,
        /// What came.
        found: AppId,
    },
    /// Older than one that was already seen.
    #[error("manifest {seq} is older than {floor}, which was seen before")]
    Replayed {
        /// Its sequence number.
        seq: u64,
        /// The highest number seen.
        floor: u64,
    },
    /// The manifest was signed when there was a newer root than any that could be followed to.
    #[error("manifest needs root {needed}, and root {have} is the last one that could be followed")]
    RootMissing {
        /// The version at hand.
        have: u64,
        /// The version that the manifest names.
        needed: u64,
    },
    /// Roots are walked one by one, upwards.
    #[error("root {found} does not follow root {have}")]
    RootNotNext {
        /// The version at hand.
        have: u64,
        /// The version that came.
        found: u64,
    },
}

/// The root document: which keys speak for an app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RootDocument {
    /// The app.
    pub app_id: AppId,
    /// 1, 2, 3 and so on, without gaps.
    pub version: u64,
    /// How many of the keys must have signed a document.
    #[serde(default = "one")]
    pub threshold: usize,
    /// The keys.
    pub keys: Vec<PublicKey>,
    /// The sequence number from which manifests count once this root is followed, whatever was seen before. A removed
    /// key may have signed a number so high that no honest manifest would ever reach it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<u64>,
}

fn one() -> usize {
    1
}

impl RootDocument {
    /// Signs it. `keys` must be enough of its own keys, and enough of those of the root before it.
    pub fn seal(&self, keys: &[&SecretKey]) -> Vec<u8> {
        envelope::seal(ROOT_TYPE, &serde_json::to_vec(self).unwrap_or_default(), keys)
    }

    fn keys_by_id(&self) -> BTreeMap<KeyId, PublicKey> {
        self.keys.iter().map(|key| (key.id(), *key)).collect()
    }
}

/// The keys that a device trusts for an app, made from a root document that was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct TrustedKeys {
    root: RootDocument,
    keys: BTreeMap<KeyId, PublicKey>,
    envelope: Vec<u8>,
}

impl TrustedKeys {
    /// Trusts a root on first use, or takes one up again that the device has kept. It must be for this app and signed by
    /// its own keys.
    pub fn pin(app: &AppId, envelope: &[u8]) -> Result<Self, TrustError> {
        let claimed: RootDocument = envelope::parse(&envelope::peek(envelope, ROOT_TYPE)?, "root")?;
        let keys = claimed.keys_by_id();
        let need = Requirement {
            payload_type: ROOT_TYPE,
            keys: &keys,
            threshold: claimed.threshold,
        };
        envelope::open(envelope, &need)?;
        if claimed.app_id != *app {
            return Err(TrustError::WrongApp {
                expected: app.clone(),
                found: claimed.app_id,
            });
        }
        Ok(Self {
            root: claimed,
            keys,
            envelope: envelope.to_vec(),
        })
    }

    /// The root that follows this one: its version is the next, and it is signed by the old keys and by its own.
    pub fn advance(&self, envelope: &[u8]) -> Result<Self, TrustError> {
        envelope::open(envelope, &self.requirement(ROOT_TYPE))?;
        let next = Self::pin(&self.root.app_id, envelope)?;
        if next.root.version != self.root.version.saturating_add(1) {
            return Err(TrustError::RootNotNext {
                have: self.root.version,
                found: next.root.version,
            });
        }
        Ok(next)
    }

    /// The app.
    pub fn app_id(&self) -> &AppId {
        &self.root.app_id
    }

    /// The root document's version.
    pub fn version(&self) -> u64 {
        self.root.version
    }

    /// The signed root, as it must be kept to be pinned again.
    pub fn envelope(&self) -> &[u8] {
        &self.envelope
    }

    /// What the root document says.
    pub fn root(&self) -> &RootDocument {
        &self.root
    }

    /// Whether a key is among them.
    pub fn contains(&self, key: &PublicKey) -> bool {
        self.keys.contains_key(&key.id())
    }

    pub(super) fn requirement(&self, payload_type: &'static str) -> Requirement<'_> {
        Requirement {
            payload_type,
            keys: &self.keys,
            threshold: self.root.threshold,
        }
    }
}
