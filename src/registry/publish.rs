//! Publishing: from a source tree to a signed manifest that devices can see.

use super::error::WriteError;
use super::event::Event;
use super::objects::store_part;
use super::operator::{DEFAULT_VALID_MS, Operator};
use super::rules;
use super::settings::{SettingsChange, check_settings};
use super::state::AppState;
use super::store::Store;
use crate::package::{APP_JSON, AppId, CodePackage, PackageLimits, SourcePackage, pack};
use crate::release::{Release, ReleaseId, Rollout, SecretKey, UpdateMode, VersionLabel};

/// Everything about a release that is not in its sources.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The app.
    pub app: AppId,
    /// The label.
    pub version: VersionLabel,
    /// What changed, for people.
    pub notes: String,
    /// How it wants to reach devices; `None` takes the app's mode.
    pub mode: Option<UpdateMode>,
    /// Thresholds that differ from the app's.
    pub settings: SettingsChange,
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

impl Publication {
    /// A release for everyone with the app's settings.
    pub fn new(app: AppId, version: VersionLabel, now_ms: u64) -> Self {
        Self {
            app,
            version,
            notes: String::new(),
            mode: None,
            settings: SettingsChange::default(),
            rollout: Rollout::FULL,
            base_library: None,
            limits: PackageLimits::default(),
            by: None,
            now_ms,
            valid_ms: DEFAULT_VALID_MS,
        }
    }
}

/// Publishes a source tree as the next release of an app. The app's mode and thresholds are copied into it, and stay as
/// they are when the app's change later.
pub async fn publish(
    store: &Store,
    source: &SourcePackage,
    what: &Publication,
    key: &SecretKey,
) -> Result<Release, WriteError> {
    let packed = pack(source, &what.limits)?;
    let operator = Operator {
        store,
        app: what.app.clone(),
        key,
        by: what.by.clone(),
        now_ms: what.now_ms,
        valid_ms: what.valid_ms,
    };
    let (state, _) = operator.open_or_begin().await?;
    rules::may_publish(&state, &what.app, &what.version, what.rollout)?;
    let mut settings = what.settings.of(&state.settings);
    if what.settings.min_version.is_none() {
        settings.min_version = settings.min_version.max(mandatory(&state));
    }
    check_settings(&settings, &what.version)?;
    let mut parts = Vec::with_capacity(packed.len());
    for part in packed {
        parts.push(store_part(store, &what.app, &state, (part.name, part.archive)).await?);
    }
    let release = Release {
        id: ReleaseId(state.seq + 1),
        version: what.version.clone(),
        released_at: what.now_ms,
        notes: what.notes.clone(),
        mode: what.mode.unwrap_or(state.mode),
        settings,
        rollout: what.rollout,
        base_library: what.base_library.clone(),
        parts,
        config: config(source),
    };
    let event = Event::Publish {
        release: Box::new(release.clone()),
    };
    operator.write(&state, event).await?;
    Ok(release)
}

/// The minimum version of the release before: a device that skipped a mandatory release must find the next one
/// mandatory, too, unless its publisher says otherwise.
fn mandatory(state: &AppState) -> Option<VersionLabel> {
    state.newest()?.settings.min_version.clone()
}

/// What a device must know of the app before it has its main package, where it may have to do without.
fn config(source: &SourcePackage) -> Option<String> {
    let starts_alone = source.app_json().subpackages.iter().any(|sub| sub.independent);
    let text = source.files().read(APP_JSON).filter(|_| starts_alone)?;
    Some(String::from_utf8_lossy(text).into_owned())
}
