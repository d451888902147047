//! Root documents in the store: which keys may publish an app. The first one is written by the first publisher; those
//! after it are in the log, and copied out of it to where devices find them.

use super::state::AppState;
use super::store::{Store, StoreError};
use crate::package::AppId;
use crate::release::{KeyId, RootDocument, SecretKey, TrustError, TrustedKeys, paths};
use bytes::Bytes;

/// Why a key cannot be used for an app.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The app was published with other keys.
    #[error("key {key} is not one of the keys of {app}")]
    NotAKeyOf {
        /// The app.
        app: AppId,
        /// The key.
        key: KeyId,
    },
    /// The root document in the store is not right.
    #[error("{path}: {error}")]
    Damaged {
        /// The object.
        path: String,
        /// What is wrong.
        error: TrustError,
    },
}

/// The keys of an app; `None` for one that has no root document yet.
pub async fn keys_of(store: &Store, app: &AppId, state: &AppState) -> Result<Option<TrustedKeys>, RootError> {
    let path = paths::latest_root(app);
    let envelope = match state.roots.last() {
        Some(root) => Some(Bytes::from(root.clone())),
        None => store.get(&path).await?,
    };
    let keys = envelope.map(|envelope| TrustedKeys::pin(app, &envelope));
    keys.transpose().map_err(|error| RootError::Damaged { path, error })
}

/// The keys of an app, if `key` is one of them. An app without a root document gets its first one, with `key` as its
/// only key.
pub(super) async fn ensure_root(
    store: &Store,
    app: &AppId,
    state: &AppState,
    key: &SecretKey,
) -> Result<TrustedKeys, RootError> {
    let keys = match keys_of(store, app, state).await? {
        Some(keys) => keys,
        None => first_root(store, app, key).await?,
    };
    if !keys.contains(&key.public()) {
        return Err(RootError::NotAKeyOf {
            app: app.clone(),
            key: key.public().id(),
        });
    }
    Ok(keys)
}

/// Writes the log's root documents to where devices find them, and gives the keys of the last one.
pub(super) async fn publish_roots(store: &Store, app: &AppId, state: &AppState) -> Result<TrustedKeys, RootError> {
    let path = paths::latest_root(app);
    for (version, root) in (2..).zip(&state.roots) {
        store.put_if_absent(&paths::root(app, version), root.clone()).await?;
    }
    if let Some(latest) = state.roots.last()
        && store.get(&path).await?.as_deref() != Some(latest.as_bytes())
    {
        store.put(&path, latest.clone()).await?;
    }
    let missing = TrustError::Unsigned;
    let keys = keys_of(store, app, state).await?;
    keys.ok_or(RootError::Damaged { path, error: missing })
}

async fn first_root(store: &Store, app: &AppId, key: &SecretKey) -> Result<TrustedKeys, RootError> {
    let root = RootDocument {
        app_id: app.clone(),
        version: 1,
        threshold: 1,
        keys: vec![key.public()],
        floor: None,
    };
    // Of two first publishers only one writes root 1; the other one finds its key missing from it.
    let path = paths::root(app, 1);
    store.put_if_absent(&path, root.seal(&[key])).await?;
    let envelope = store.get(&path).await?.unwrap_or_default();
    store.put_if_absent(&paths::latest_root(app), envelope.clone()).await?;
    TrustedKeys::pin(app, &envelope).map_err(|error| RootError::Damaged { path, error })
}
