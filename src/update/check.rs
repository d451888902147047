//! Asks the registry which releases there are, and keeps the answer if it can be trusted.

use super::client::{Client, Known};
use super::device::DeviceError;
use super::policy::MAX_WAIT_MS;
use super::state::{AppState, CachedManifest};
use crate::release::{MAX_ENVELOPE_BYTES, SignedManifest, TrustError, TrustedKeys, paths};
use crate::system::{Get, HttpError, Response, before};

/// How long a check may take, in milliseconds.
pub const CHECK_MS: f64 = 10_000.0;
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
    let state = client.device.state(&client.app)?;
    let known = client.known(&state);
    let deadline = client.now_ms() + CHECK_MS;
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
    client.device.change(&client.app, |state| {
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
            if let Some(wait) = retry_after_ms(&response) {
                let until = client.now_ms() + wait;
                client
                    .device
                    .change(&client.app, |state| state.not_before_ms = Some(until))?;
            }
            Err(CheckError::Status { url, status })
        }
    }
}

/// The wait that `Retry-After` asks for, a day at most. Dates are not
/// honoured: they would mix the server's clock with the device's.
fn retry_after_ms(response: &Response) -> Option<f64> {
    let seconds: f64 = response.header("retry-after")?.trim().parse().ok()?;
    let wait = (seconds * 1000.0).min(MAX_WAIT_MS);
    (wait > 0.0).then_some(wait)
}

fn timed_out(url: String) -> CheckError {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a constant of seconds"
    )]
    let after_ms = CHECK_MS as u64;
    CheckError::Unreachable(HttpError::TimedOut { url, after_ms })
}

/// Signed documents are JSON; a changed byte would have failed the verification.
fn text(envelope: &[u8]) -> String {
    String::from_utf8_lossy(envelope).into_owned()
}
