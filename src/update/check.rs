//! Asks the registry which releases there are, and keeps the answer if it can be trusted.

use super::client::{Client, Known};
use super::device::DeviceError;
use super::patience;
use super::state::{AppState, CachedManifest};
use super::thresholds::LIMITS;
use crate::release::{
    FAILED_HEADER, MAX_ENVELOPE_BYTES, ReleaseId, SignedManifest, TrustError, TrustedKeys, paths, read_failed,
    write_failed,
};
use crate::system::{Get, HttpError, Response, before};
use std::collections::BTreeSet;

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
    /// Somebody may be holding newer manifests back, or the device's clock is wrong: what is installed goes on.
    #[error("{url}: manifest {seq} expired {hours} hours ago")]
    Expired {
        /// What was fetched.
        url: String,
        /// The manifest's sequence number.
        seq: u64,
        /// For how long it has been out of date.
        hours: f64,
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
    /// It is past its expiry, and taken only because nothing is installed that could run instead.
    pub stale: bool,
}

/// Fetches and verifies the manifest. It, the keys and the floor are kept in one transaction.
///
/// # Errors
/// See [`CheckError`]; the device then knows what it knew before.
pub async fn check(client: &Client) -> Result<Checked, CheckError> {
    let state = client.state()?;
    let known = client.known(&state);
    let waits = client.waits();
    #[expect(clippy::cast_precision_loss, reason = "a constant of seconds")]
    let deadline = waits.now_ms() + LIMITS.check_ms as f64;
    let fetched = before(waits.as_ref(), deadline, fetch(client, &state, known)).await;
    let url = client.url(&paths::manifest(&client.app));
    let answer = fetched.ok_or_else(|| timed_out(url.clone()))??;
    let (manifest, keys) = (answer.manifest, answer.keys);
    let refuse = |source| CheckError::Untrusted {
        url: url.clone(),
        source,
    };
    let floor = answer.restart.unwrap_or(state.floor);
    manifest.check_floor(floor).map_err(refuse)?;
    let seq = manifest.manifest().seq;
    let now = client.now_ms();
    let stale = manifest.manifest().is_expired(now);
    if stale && state.active.is_some() {
        let hours = ((now - manifest.manifest().expires_at as f64) / 3_600_000.0).floor();
        return Err(CheckError::Expired { url, seq, hours });
    }
    client.change(|state| {
        state.floor = floor.max(seq);
        state.manifest = Some(CachedManifest {
            envelope: text(manifest.envelope()),
            etag: answer.etag,
        });
        state.root = Some(text(keys.envelope()));
        state.last_check_ms = Some(now);
        state.registry = Some(client.registry.clone());
        state.not_before_ms = None;
        state.unreported.retain(|release| !answer.noted.contains(release));
    })?;
    super::recover::keep_copy(client, &manifest, &keys);
    if stale {
        tracing::warn!(app = %client.app, seq, "the registry's manifest is past its expiry");
    }
    Ok(Checked { manifest, stale })
}

/// A manifest as it came, verified.
struct Answer {
    manifest: SignedManifest,
    etag: Option<String>,
    keys: TrustedKeys,
    /// From where sequence numbers count, if keys that were not known before say so.
    restart: Option<u64>,
    /// The failed releases that the registry has taken note of.
    noted: BTreeSet<ReleaseId>,
}

async fn fetch(client: &Client, state: &AppState, known: Known) -> Result<Answer, CheckError> {
    given_root(client)?;
    let (keys, restart) = match known.keys {
        Some(keys) => (keys, known.restart),
        None => {
            let keys = first_root(client).await?;
            let floor = keys.root().floor;
            (keys, floor)
        }
    };
    let url = client.url(&paths::manifest(&client.app));
    let mut request = Get::new(&url).header("accept", "application/json");
    let etag = state.manifest.as_ref().and_then(|cached| cached.etag.clone());
    if let (Some(etag), Some(_)) = (&etag, &known.manifest) {
        request = request.header("if-none-match", etag);
    }
    if !state.unreported.is_empty() {
        request = request.header(FAILED_HEADER, write_failed(state.unreported.iter().copied()));
    }
    let response = client.http.get(request).await?;
    let noted = response.header(FAILED_HEADER).map(read_failed).unwrap_or_default();
    let noted = noted.into_iter().collect();
    if let (304, Some(manifest)) = (response.status, known.manifest) {
        return Ok(Answer {
            manifest,
            etag,
            keys,
            restart,
            noted,
        });
    }
    let etag = response.header("etag").map(str::to_owned);
    let envelope = document(client, response).await?;
    let verified = verify(client, &envelope, (keys, restart)).await;
    let (manifest, (keys, restart)) = verified.map_err(|error| match error {
        Walk::Trust(source) => CheckError::Untrusted { url, source },
        Walk::Check(error) => error,
    })?;
    Ok(Answer {
        manifest,
        etag,
        keys,
        restart,
        noted,
    })
}

/// Keys, and from where sequence numbers count with them.
type Walked = (TrustedKeys, Option<u64>);

enum Walk {
    Trust(TrustError),
    Check(CheckError),
}

/// Verifies a manifest; when its keys are unknown or it names a newer root, follows the registry's roots one by one.
async fn verify(
    client: &Client,
    envelope: &[u8],
    (mut keys, mut restart): Walked,
) -> Result<(SignedManifest, Walked), Walk> {
    for _ in 0..MAX_ROOT_STEPS {
        let refused = match SignedManifest::verify(envelope, &keys) {
            Ok(manifest) if manifest.manifest().root_version <= keys.version() => {
                return Ok((manifest, (keys, restart)));
            }
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
        restart = restart.max(keys.root().floor);
    }
    Err(Walk::Trust(TrustError::ForeignKey))
}

/// Whoever gives a root document wants no other trusted: one that is not sound must not mean trust at first use.
fn given_root(client: &Client) -> Result<(), CheckError> {
    let Some(root) = &client.root else { return Ok(()) };
    let pinned = TrustedKeys::pin(&client.app, root);
    pinned.map(drop).map_err(|source| CheckError::Untrusted {
        url: "the root document that was given".to_owned(),
        source,
    })
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
