//! How decisions are written: read the log, judge, append one entry, sign the manifest of the new state.
//!
//! Objects first, then the log entry, then the root documents and the manifest: whoever is killed in between leaves
//! nothing that a device could see half of. What lags behind the log is brought up to date by the next writer.
//!
//! No registry process runs all the time, so a gray release whose time is over becomes full when the next decision of
//! any kind is about to be made: that writer appends the `rollout` entry first, and then judges its own decision. A
//! scheduled [`Operator::renew`] keeps the time without any decision.

use super::error::WriteError;
use super::event::Event;
use super::log::{LogEntry, append, read_log};
use super::refusal::Refusal;
use super::roots::{ensure_root, publish_roots};
use super::state::AppState;
use super::store::Store;
use crate::package::AppId;
use crate::release::{SecretKey, SignedManifest, TrustedKeys, paths, sign_manifest};

/// How often a manifest is written again because somebody else has added to the log meanwhile.
const CATCH_UP_ROUNDS: usize = 8;
/// A year: a registry that nobody touches must not make its devices complain soon.
pub const DEFAULT_VALID_MS: u64 = 365 * 24 * 3_600_000;

/// Who decides about an app, and with what. Of two who decide at the same time one wins, and the other is told
/// ([`LogError::Conflict`](super::LogError::Conflict)).
#[derive(Debug, Clone)]
pub struct Operator<'a> {
    /// The registry.
    pub store: &'a Store,
    /// The app.
    pub app: AppId,
    /// Signs the manifest; one of the app's keys.
    pub key: &'a SecretKey,
    /// Who it is, for the log.
    pub by: Option<String>,
    /// Now, milliseconds since 1970.
    pub now_ms: u64,
    /// How long the manifest counts as fresh, in milliseconds.
    pub valid_ms: u64,
}

impl Operator<'_> {
    /// Signs the manifest of the present state anew, so that it counts as fresh for longer, and makes a gray release full
    /// whose time is over. Gives the sequence number of the manifest.
    pub async fn renew(&self) -> Result<u64, WriteError> {
        let (state, _) = self.open().await?;
        self.sign_latest().await?;
        Ok(state.seq)
    }

    /// The state of an app that has releases, ready for a decision.
    pub(super) async fn open(&self) -> Result<(AppState, TrustedKeys), WriteError> {
        if read_log(self.store, &self.app).await?.is_empty() {
            return Err(Refusal::UnknownApp(self.app.clone()).into());
        }
        self.open_or_begin().await
    }

    /// As [`Operator::open`]; an app that is not known begins with this key.
    pub(super) async fn open_or_begin(&self) -> Result<(AppState, TrustedKeys), WriteError> {
        let state = AppState::of(&read_log(self.store, &self.app).await?);
        let keys = ensure_root(self.store, &self.app, &state, self.key).await?;
        self.catch_up(&state, &keys).await?;
        let Some(overdue) = state.overdue(self.now_ms) else {
            return Ok((state, keys));
        };
        let automatic = Event::Rollout {
            release: overdue.release,
            percent: 100,
            automatic: true,
        };
        self.write(&state, automatic).await?;
        Ok((AppState::of(&read_log(self.store, &self.app).await?), keys))
    }

    /// Writes the decision that was made about `state`.
    pub(super) async fn write(&self, state: &AppState, event: Event) -> Result<LogEntry, WriteError> {
        let entry = LogEntry {
            seq: state.seq + 1,
            at: self.now_ms,
            by: self.by.clone(),
            event,
        };
        append(self.store, &self.app, &entry).await?;
        self.sign_latest().await?;
        Ok(entry)
    }

    /// Writes the manifest again if it is behind the log, or signed by a key that no longer counts.
    async fn catch_up(&self, state: &AppState, keys: &TrustedKeys) -> Result<(), WriteError> {
        let bytes = self.store.get(&paths::manifest(&self.app)).await?;
        let served = bytes.and_then(|bytes| SignedManifest::verify(&bytes, keys).ok());
        if state.seq > 0 && served.is_none_or(|served| served.manifest().seq < state.seq) {
            self.sign_latest().await?;
        }
        Ok(())
    }

    /// Writes the root documents and the manifest of the log's latest state. Manifests of two writers can overtake each
    /// other, so the log is read again after each write, until nothing has been added.
    async fn sign_latest(&self) -> Result<(), WriteError> {
        let mut signed = 0;
        for _ in 0..CATCH_UP_ROUNDS {
            let state = AppState::of(&read_log(self.store, &self.app).await?);
            if state.seq == signed {
                break;
            }
            signed = state.seq;
            let keys = publish_roots(self.store, &self.app, &state).await?;
            // Somebody has removed our key meanwhile, and signs what is in the log with theirs.
            if !keys.contains(&self.key.public()) {
                break;
            }
            let manifest = state.manifest(&self.app, self.now_ms, self.valid_ms, keys.version());
            let envelope = sign_manifest(&manifest, &[self.key]);
            SignedManifest::verify(&envelope, &keys)?;
            self.store.put(&paths::manifest(&self.app), envelope).await?;
        }
        Ok(())
    }
}
