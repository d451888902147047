//! Packages in the store: compressed archives and deltas, written once each.

use super::error::WriteError;
use super::state::AppState;
use super::store::Store;
use crate::package::{AppId, Digest, PartName, compress, decompress};
use crate::release::{Delta, Object, Part, Release, paths};
use bytes::Bytes;

/// How many older archives deltas are made from.
const DELTA_BASES: usize = 3;

/// Stores a part whole and as deltas from the last releases' archives, where those are smaller.
pub async fn store_part(
    store: &Store,
    app: &AppId,
    state: &AppState,
    (name, archive): (PartName, Bytes),
) -> Result<Part, WriteError> {
    let digest = Digest::of(&archive);
    let whole = store_object(store, app, compressed(store, &name, &archive, None)?).await?;
    let mut deltas: Vec<Delta> = Vec::new();
    for older in delta_bases(state, &name, &digest) {
        let base = load_archive(store, app, older).await?;
        let delta = compressed(store, &name, &archive, Some(&base))?;
        if (delta.len() as u64) < whole.length {
            let object = store_object(store, app, delta).await?;
            deltas.push(Delta {
                base: older.digest,
                object,
            });
        }
    }
    Ok(Part {
        name,
        digest,
        length: archive.len() as u64,
        whole,
        deltas,
    })
}

/// The parts of an older release for the devices that now have a later one: the same archives, other deltas.
pub async fn store_again(
    store: &Store,
    app: &AppId,
    state: &AppState,
    older: &Release,
) -> Result<Vec<Part>, WriteError> {
    let mut parts = Vec::with_capacity(older.parts.len());
    for part in &older.parts {
        let archive = load_archive(store, app, part).await?;
        parts.push(store_part(store, app, state, (part.name.clone(), archive)).await?);
    }
    Ok(parts)
}

/// The last releases' archives of a part. The same files need no delta: a device that has the archive fetches nothing.
fn delta_bases<'s>(state: &'s AppState, name: &PartName, digest: &Digest) -> Vec<&'s Part> {
    let mut bases: Vec<&Part> = Vec::new();
    for part in state.releases.iter().rev().filter_map(|release| release.part(name)) {
        let known = part.digest == *digest || bases.iter().any(|base| base.digest == part.digest);
        if !known && bases.len() < DELTA_BASES {
            bases.push(part);
        }
    }
    bases
}

fn compressed(store: &Store, part: &PartName, archive: &[u8], base: Option<&[u8]>) -> Result<Bytes, WriteError> {
    compress(archive, base, store.effort()).map_err(|error| WriteError::Damaged {
        path: part.to_string(),
        reason: error.to_string(),
    })
}

async fn store_object(store: &Store, app: &AppId, bytes: Bytes) -> Result<Object, WriteError> {
    let object = Object {
        digest: Digest::of(&bytes),
        length: bytes.len() as u64,
    };
    // One that is there has the same bytes, or it would have another name.
    store.put_if_absent(&paths::object(app, &object.digest), bytes).await?;
    Ok(object)
}

/// The archive of an older part, as it was signed.
async fn load_archive(store: &Store, app: &AppId, part: &Part) -> Result<Bytes, WriteError> {
    let path = paths::object(app, &part.whole.digest);
    let damaged = |reason: String| WriteError::Damaged {
        path: path.clone(),
        reason,
    };
    let object = store
        .get(&path)
        .await?
        .ok_or_else(|| damaged("object is missing".into()))?;
    let archive = decompress(&object, None, part.length).map_err(|error| damaged(error.to_string()))?;
    match Digest::of(&archive) {
        digest if digest == part.digest => Ok(archive),
        digest => Err(damaged(format!(
            "archive has digest {digest} instead of {}",
            part.digest
        ))),
    }
}
