//! Where things are, relative to a registry's base URL and to its store's root alike, so that a plain file server or a
//! CDN in front of the store serves the same addresses as `minirun serve`.

use crate::package::{AppId, Digest};

/// The signed manifest of an app. Changes; has an ETag.
pub fn manifest(app: &AppId) -> String {
    format!("apps/{app}/manifest.json")
}

/// The newest root document of an app. Changes; has an ETag.
pub fn latest_root(app: &AppId) -> String {
    format!("apps/{app}/root.json")
}

/// The root document with this version; immutable.
pub fn root(app: &AppId, version: u64) -> String {
    format!("apps/{app}/root/{version}.json")
}

/// A compressed archive or a delta, by the digest of its bytes; immutable.
pub fn object(app: &AppId, digest: &Digest) -> String {
    format!("apps/{app}/packages/{digest}.zst")
}
