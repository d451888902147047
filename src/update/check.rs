//! Asks the registry which releases there are, and keeps the answer if it can be trusted.

use super::client::{Client, Known};
use super::device::DeviceError;
use super::patience;
use super::state::{AppState, CachedManifest};
use super::thresholds::LIMITS;
use crate::release::{MAX_ENVELOPE_BYTES, SignedManifest, TrustError, TrustedKeys, paths};
use crate::system::{Get, HttpError, Response, before};

/// How many roots are walked at once: more than an operator makes in years.
const MAX_ROOT_STEPS: u32 = 64;

/// Why a check came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// Try again later.
    #[error(transparent)]
    Unreachable(#[from] HttpError),
    /// The registry answered with this status. Try again later.
    #[error("{url}: status {status}")]
    Status {
        /// What was fetched.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The registry has no such app.
    #[error("{url}: no such app")]
    NotFound {
        /// What was fetched.
        url: String,
    },
    /// The answer is not to be trusted: it changes nothing.
    #[error("{url}: {source}")]
    Untrusted {
        /// What was fetched.
        url: String,
        /// Why not.
        source: TrustError,
    },
    /// The device failed.
    #[error(transparent)]
    Device(#[from] DeviceError),
}

/// A manifest that is at least as new as any before it.
#[derive(Debug)]
pub struct Checked {
    /// The manifest.
    pub manifest: SignedManifest,
    /// It is past its expiry: somebody may be holding newer ones back.
    pub stale: bool,
}

/// Fetches and verifies the manifest. It, the keys and the floor are kept in one transaction.
///
/// # Errors
/// See [`CheckError`]; the device then knows what it knew before.
pub async fn check(client: &Client) -> Result<Checked, CheckError> {
    let state = client.state()?;
    let known = client.known(&state);
    #[expect(clippy::cast_precision_loss, reason = "a constant of seconds")]
    let deadline = client.now_ms() + LIMITS.check_ms as f64;
    let fetched = before(client.clock(), deadline, fetch(client, &state, known)).await;
    let url = client.url(&paths::manifest(&client.app));
    let (manifest, etag, keys) = fetched.ok_or_else(|| timed_out(url.clone()))??;
    let refuse = |source| CheckError::Untrusted {
        url: url.clone(),
        source,
    };
    manifest.check_floor(state.floor).map_err(refuse)?;
    let seq = manifest.manifest().seq;
    let now = client.now_ms();
    client.change(|state| {
        state.floor = state.floor.max(seq);
        state.manifest = Some(CachedManifest {
            envelope: text(manifest.envelope()),
            etag,
        });
        state.root = Some(text(keys.envelope()));
        state.last_check_ms = Some(now);
        state.registry = Some(client.registry.clone());
        state.not_before_ms = None;
    })?;
    super::recover::keep_copy(client, &manifest, &keys);
    let stale = manifest.manifest().is_expired(now);
    if stale {
        tracing::warn!(app = %client.app, seq, "the registry's manifest is past its expiry");
    }
    Ok(Checked { manifest, stale })
}

type Fetched = (SignedManifest, Option<String>, TrustedKeys);

async fn fetch(client: &Client, state: &AppState, known: Known) -> Result<Fetched, CheckError> {
    let keys = match known.keys {
        Some(keys) => keys,
        None => first_root(client).await?,
    };
    let url = client.url(&paths::manifest(&client.app));
    let mut request = Get::new(&url).header("accept", "application/json");
    let etag = state.manifest.as_ref().and_then(|cached| cached.etag.clone());
    if let (Some(etag), Some(_)) = (&etag, &known.manifest) {
        request = request.header("if-none-match", etag);
    }
    let response = client.http.get(request).await?;
    if let (304, Some(manifest)) = (response.status, known.manifest) {
        return Ok((manifest, etag, keys));
    }
    let etag = response.header("etag").map(str::to_owned);
    let envelope = document(client, response).await?;
    let (manifest, keys) = verify(client, &envelope, keys).await.map_err(|error| match error {
        Walk::Trust(source) => CheckError::Untrusted { url, source },
        Walk::Check(error) => error,
    })?;
    Ok((manifest, etag, keys))
}

enum Walk {
    Trust(TrustError),
    Check(CheckError),
}

/// Verifies a manifest; when its keys are unknown or it names a newer root, follows the registry's roots one by one.
async fn verify(
    client: &Client,
    envelope: &[u8],
    mut keys: TrustedKeys,
) -> Result<(SignedManifest, TrustedKeys), Walk> {
    for _ in 0..MAX_ROOT_STEPS {
        let refused = match SignedManifest::verify(envelope, &keys) {
            Ok(manifest) if manifest.manifest().root_version <= keys.version() => return Ok((manifest, keys)),
            Ok(manifest) => TrustError::RootMissing {
                have: keys.version(),
                needed: manifest.manifest().root_version,
            },
            Err(error @ (TrustError::ForeignKey | TrustError::TooFewSignatures { .. })) => error,
            Err(error) => return Err(Walk::Trust(error)),
        };
        let next = client.url(&paths::root(&client.app, keys.version().saturating_add(1)));
        let response = client
            .http
            .get(Get::new(next))
            .await
            .map_err(|e| Walk::Check(e.into()))?;
        let Ok(root) = document(client, response).await else {
            return Err(Walk::Trust(refused));
        };
        keys = keys.advance(&root).map_err(Walk::Trust)?;
    }
    Err(Walk::Trust(TrustError::ForeignKey))
}

/// Trusts the registry's root, as nothing else is known.
async fn first_root(client: &Client) -> Result<TrustedKeys, CheckError> {
    let url = client.url(&paths::latest_root(&client.app));
    let response = client.http.get(Get::new(&url)).await?;
    let root = document(client, response).await?;
    let pinned = TrustedKeys::pin(&client.app, &root);
    pinned.map_err(|source| CheckError::Untrusted { url, source })
}

/// The body of a good answer. An answer that asks for patience is remembered.
async fn document(client: &Client, response: Response) -> Result<Vec<u8>, CheckError> {
    let (url, status) = (response.url.clone(), response.status);
    match status {
        200 => Ok(response.collect(MAX_ENVELOPE_BYTES as u64).await?),
        404 => Err(CheckError::NotFound { url }),
        _ => {
            patience::remember(client, &response)?;
            Err(CheckError::Status { url, status })
        }
    }
}

fn timed_out(url: String) -> CheckError {
    CheckError::Unreachable(HttpError::TimedOut {
        url,
        after_ms: LIMITS.check_ms,
    })
}

/// Signed documents are JSON; a changed byte would have failed the verification.
fn text(envelope: &[u8]) -> String {
    String::from_utf8_lossy(envelope).into_owned()
}
