//! Root documents in the store: which keys may publish an app.

use super::store::{Store, StoreError};
use crate::package::AppId;
use crate::release::{KeyId, RootDocument, SecretKey, TrustError, TrustedKeys, paths};

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

/// The keys of an app. An app without a root document gets its first one, with `key` as its only key.
pub(super) async fn ensure_root(store: &Store, app: &AppId, key: &SecretKey) -> Result<TrustedKeys, RootError> {
    let path = paths::latest_root(app);
    let envelope = match store.get(&path).await? {
        Some(envelope) => envelope,
        None => first_root(store, app, key).await?,
    };
    let keys = TrustedKeys::pin(app, &envelope).map_err(|error| RootError::Damaged { path, error })?;
    if !keys.contains(&key.public()) {
        return Err(RootError::NotAKeyOf {
            app: app.clone(),
            key: key.public().id(),
        });
    }
    Ok(keys)
}

async fn first_root(store: &Store, app: &AppId, key: &SecretKey) -> Result<bytes::Bytes, RootError> {
    let root = RootDocument {
        app_id: app.clone(),
        version: 1,
        threshold: 1,
        keys: vec![key.public()],
    };
    // Of two first publishers only one writes root 1; the other one finds its key missing from it.
    let path = paths::root(app, 1);
    store.put_if_absent(&path, root.seal(&[key])).await?;
    let envelope = store.get(&path).await?.unwrap_or_default();
    store.put_if_absent(&paths::latest_root(app), envelope.clone()).await?;
    Ok(envelope)
}
