//! Publishing: from a source tree to a signed manifest that devices can see.
//!
//! Objects first, then the log entry, then the manifest: whoever is killed in between leaves nothing that a device
//! could see half of. A manifest that lags behind the log is brought up to date by the next publisher.

use super::log::{Event, LogEntry, LogError, append, read_log};
use super::roots::{RootError, ensure_root};
use super::state::AppState;
use super::store::{Store, StoreError};
use crate::package::{
    AppId, Digest, PackageLimits, PackedPart, PartName, Problems, SourcePackage, compress, decompress, pack,
};
use crate::release::{
    Delta, Object, Part, Release, ReleaseId, Rollout, SecretKey, Settings, SignedManifest, TrustError, TrustedKeys,
    UpdateMode, VersionLabel, paths, sign_manifest,
};
use bytes::Bytes;

/// Releases that deltas are made from.
const DELTA_BASES: usize = 3;
/// How often a manifest is written again because somebody else has added to the log meanwhile.
const CATCH_UP_ROUNDS: usize = 8;

/// Everything about a release that is not in its sources.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The app.
    pub app: AppId,
    /// The label.
    pub version: VersionLabel,
    /// What changed, for people.
    pub notes: String,
    /// How it wants to reach devices.
    pub mode: UpdateMode,
    /// Thresholds.
    pub settings: Settings,
    /// For whom.
    pub rollout: Rollout,
    /// The lowest base library that it runs on.
    pub base_library: Option<VersionLabel>,
    /// Size limits.
    pub limits: PackageLimits,
    /// Who publishes.
    pub by: Option<String>,
    /// Now, milliseconds since 1970.
    pub now_ms: u64,
    /// How long the manifest counts as fresh, in milliseconds.
    pub valid_ms: u64,
}

/// A year: a registry that nobody touches must not make its devices complain soon.
pub const DEFAULT_VALID_MS: u64 = 365 * 24 * 3_600_000;

impl Publication {
    /// A release for everyone with the default settings.
    pub fn new(app: AppId, version: VersionLabel, now_ms: u64) -> Self {
        Self {
            app,
            version,
            notes: String::new(),
            mode: UpdateMode::default(),
            settings: Settings::default(),
            rollout: Rollout::FULL,
            base_library: None,
            limits: PackageLimits::default(),
            by: None,
            now_ms,
            valid_ms: DEFAULT_VALID_MS,
        }
    }
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The package is not fit: fix the sources.
    #[error(transparent)]
    Package(#[from] Problems),
    /// The label does not go up: choose another one.
    #[error("version {version} is not greater than {newest}, the newest release of {app}")]
    NotNewer {
        /// The app.
        app: AppId,
        /// What was asked for.
        version: Box<VersionLabel>,
        /// What is there.
        newest: Box<VersionLabel>,
    },
    /// Thresholds that contradict each other or the release.
    #[error("{0}")]
    Settings(String),
    /// The first release is for everyone, as there is nothing to give the others.
    #[error("the first release of {0} cannot be a gray release")]
    FirstIsGray(AppId),
    /// The key does not speak for the app.
    #[error(transparent)]
    Root(#[from] RootError),
    /// Somebody else was first: try again.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An object in the store is not what the log says.
    #[error("{path}: {reason}")]
    Damaged {
        /// The object.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// Our own manifest does not pass the check that devices make.
    #[error("the manifest would not be accepted by devices: {0}")]
    Unacceptable(#[from] TrustError),
}

/// Publishes a source tree as the next release of an app.
pub async fn publish(
    store: &Store,
    source: &SourcePackage,
    what: &Publication,
    key: &SecretKey,
) -> Result<Release, PublishError> {
    let packed = pack(source, &what.limits)?;
    let keys = ensure_root(store, &what.app, key).await?;
    let state = AppState::of(&read_log(store, &what.app).await?);
    let signing = Signing {
        store,
        what,
        keys: &keys,
        key,
    };
    // A publisher that was killed before its last step has left a release that no device can see.
    signing.catch_up(&state).await?;
    check(what, &state)?;
    let mut parts = Vec::with_capacity(packed.len());
    for part in packed {
        parts.push(store_part(store, &what.app, &state, part).await?);
    }
    let entry = entry(what, state.seq + 1, parts);
    append(store, &what.app, &entry).await?;
    let Event::Publish { release } = entry.event;
    signing.sign_latest().await?;
    Ok(*release)
}

fn check(what: &Publication, state: &AppState) -> Result<(), PublishError> {
    if let Some(newest) = state.newest().map(|release| &release.version)
        && what.version <= *newest
    {
        return Err(PublishError::NotNewer {
            app: what.app.clone(),
            version: Box::new(what.version.clone()),
            newest: Box::new(newest.clone()),
        });
    }
    if state.releases.is_empty() && !what.rollout.is_full() {
        return Err(PublishError::FirstIsGray(what.app.clone()));
    }
    let Settings {
        min_version,
        prefer_local,
        ..
    } = &what.settings;
    if let Some(min) = min_version.as_ref().filter(|min| **min > what.version) {
        let message = format!(
            "minimum version {min} is greater than the release itself, {}",
            what.version
        );
        return Err(PublishError::Settings(message));
    }
    if let (Some(prefer), Some(min)) = (prefer_local, min_version)
        && prefer < min
    {
        let message = format!("preferred local version {prefer} is less than the minimum version {min}");
        return Err(PublishError::Settings(message));
    }
    Ok(())
}

fn entry(what: &Publication, seq: u64, parts: Vec<Part>) -> LogEntry {
    let release = Release {
        id: ReleaseId(seq),
        version: what.version.clone(),
        released_at: what.now_ms,
        notes: what.notes.clone(),
        mode: what.mode,
        settings: what.settings.clone(),
        rollout: what.rollout,
        base_library: what.base_library.clone(),
        parts,
    };
    LogEntry {
        seq,
        at: what.now_ms,
        by: what.by.clone(),
        event: Event::Publish {
            release: Box::new(release),
        },
    }
}

/// Stores a part whole and as deltas from the last releases, where those are smaller.
async fn store_part(store: &Store, app: &AppId, state: &AppState, part: PackedPart) -> Result<Part, PublishError> {
    let whole = store_object(store, app, compressed(&part.archive, None, &part.name)?).await?;
    let mut deltas: Vec<Delta> = Vec::new();
    for older in state
        .releases
        .iter()
        .rev()
        .take(DELTA_BASES)
        .filter_map(|release| release.part(&part.name))
    {
        // The same files need no delta: a device that has the archive fetches nothing.
        if older.digest == part.digest || deltas.iter().any(|delta| delta.base == older.digest) {
            continue;
        }
        let base = load_archive(store, app, older).await?;
        let delta = compressed(&part.archive, Some(&base), &part.name)?;
        if (delta.len() as u64) < whole.length {
            let object = store_object(store, app, delta).await?;
            deltas.push(Delta {
                base: older.digest,
                object,
            });
        }
    }
    Ok(Part {
        name: part.name,
        digest: part.digest,
        length: part.archive.len() as u64,
        whole,
        deltas,
    })
}

fn compressed(archive: &[u8], base: Option<&[u8]>, part: &PartName) -> Result<Bytes, PublishError> {
    compress(archive, base).map_err(|error| PublishError::Damaged {
        path: part.to_string(),
        reason: error.to_string(),
    })
}

async fn store_object(store: &Store, app: &AppId, bytes: Bytes) -> Result<Object, PublishError> {
    let object = Object {
        digest: Digest::of(&bytes),
        length: bytes.len() as u64,
    };
    // One that is there has the same bytes, or it would have another name.
    store.put_if_absent(&paths::object(app, &object.digest), bytes).await?;
    Ok(object)
}

/// The archive of an older part, as it was signed.
async fn load_archive(store: &Store, app: &AppId, part: &Part) -> Result<Bytes, PublishError> {
    let path = paths::object(app, &part.whole.digest);
    let damaged = |reason: String| PublishError::Damaged {
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

/// What writing a manifest takes.
struct Signing<'a> {
    store: &'a Store,
    what: &'a Publication,
    keys: &'a TrustedKeys,
    key: &'a SecretKey,
}

impl Signing<'_> {
    /// Writes the manifest again if it is behind the log.
    async fn catch_up(&self, state: &AppState) -> Result<(), PublishError> {
        let bytes = self.store.get(&paths::manifest(&self.what.app)).await?;
        let served = bytes.and_then(|bytes| SignedManifest::verify(&bytes, self.keys).ok());
        if state.seq > 0 && served.is_none_or(|served| served.manifest().seq < state.seq) {
            self.sign_latest().await?;
        }
        Ok(())
    }

    /// Writes the manifest of the log's latest state. Manifests of two publishers can overtake each other, so the log is
    /// read again after each write, until nothing has been added.
    async fn sign_latest(&self) -> Result<(), PublishError> {
        let app = &self.what.app;
        let mut signed = 0;
        for _ in 0..CATCH_UP_ROUNDS {
            let state = AppState::of(&read_log(self.store, app).await?);
            if state.seq == signed {
                break;
            }
            signed = state.seq;
            let manifest = state.manifest(app, self.what.now_ms, self.what.valid_ms);
            let envelope = sign_manifest(&manifest, &[self.key]);
            SignedManifest::verify(&envelope, self.keys)?;
            self.store.put(&paths::manifest(app), envelope).await?;
        }
        Ok(())
    }
}
