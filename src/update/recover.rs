//! When the database is lost: the newest signed manifest has a copy beside it,
//! so that the floor does not fall, and the folders that it names still run.

use super::client::Client;
use super::device::DeviceError;
use super::load::load;
use super::state::{AppState, CachedManifest};
use crate::release::{SignedManifest, TrustedKeys};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Copy {
    root: String,
    manifest: String,
}

/// Keeps a copy of what was just accepted. It only helps, so a failure is no more than logged.
pub(super) fn keep_copy(client: &Client, manifest: &SignedManifest, keys: &TrustedKeys) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let copy = Copy {
        root: text(keys.envelope()),
        manifest: text(manifest.envelope()),
    };
    let path = client.device.trusted(&client.app);
    let bytes = serde_json::to_vec(&copy).unwrap_or_default();
    if client.device.disk().read(&path).is_ok_and(|old| old == bytes) {
        return;
    }
    if let Err(error) = client.device.disk().write_atomic(&path, &bytes) {
        tracing::warn!(%error, "the copy of the manifest could not be kept");
    }
}

/// Fills an empty record from the copy. The release that the copy names is
/// taken to be installed if all its files are there, unchanged.
///
/// # Errors
/// When the record cannot be written.
pub(super) fn recover(client: &Client) -> Result<(), DeviceError> {
    if client.device.state(&client.app)? != AppState::default() {
        return Ok(());
    }
    let Some((manifest, keys)) = read_copy(client) else {
        return Ok(());
    };
    let releases = manifest.manifest().releases.iter();
    let meant = releases.filter(|release| manifest.manifest().is_for(release, &client.user));
    let mut signed: Vec<_> = meant.filter_map(|release| manifest.find(release.id)).collect();
    signed.sort_by_key(|release| std::cmp::Reverse(release.id()));
    let whole = signed.into_iter().find(|release| load(&client.device, release).is_ok());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    tracing::warn!(app = %client.app, floor = manifest.manifest().seq, "taken up from the copy of the manifest");
    client.change(|state| {
        state.floor = manifest.manifest().seq;
        state.root = Some(text(keys.envelope()));
        state.manifest = Some(CachedManifest {
            envelope: text(manifest.envelope()),
            etag: None,
        });
        if let Some(release) = whole {
            state.stage(release.release().clone());
        }
    })
}

fn read_copy(client: &Client) -> Option<(SignedManifest, TrustedKeys)> {
    let bytes = client.device.disk().read(&client.device.trusted(&client.app)).ok()?;
    let copy: Copy = serde_json::from_slice(&bytes).ok()?;
    let keys = TrustedKeys::pin(&client.app, copy.root.as_bytes()).ok()?;
    let manifest = SignedManifest::verify(copy.manifest.as_bytes(), &keys).ok()?;
    Some((manifest, keys))
}
