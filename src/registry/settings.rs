//! Changes of the thresholds, and what they must not say.

use super::refusal::Refusal;
use crate::release::{Settings, VersionLabel};

/// Which thresholds are set; those that are `None` stay as they are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SettingsChange {
    /// See [`Settings::long_unused_ms`].
    pub long_unused_ms: Option<u64>,
    /// See [`Settings::periodic_check_ms`].
    pub periodic_check_ms: Option<u64>,
    /// See [`Settings::min_check_interval_ms`].
    pub min_check_interval_ms: Option<u64>,
    /// See [`Settings::sync_budget_ms`].
    pub sync_budget_ms: Option<u64>,
    /// See [`Settings::hot_check`].
    pub hot_check: Option<bool>,
    /// See [`Settings::min_version`]; `Some(None)` removes it.
    pub min_version: Option<Option<VersionLabel>>,
    /// See [`Settings::prefer_local`]; `Some(None)` removes it.
    pub prefer_local: Option<Option<VersionLabel>>,
}

impl SettingsChange {
    /// The thresholds after the change.
    pub fn of(&self, old: &Settings) -> Settings {
        Settings {
            long_unused_ms: self.long_unused_ms.unwrap_or(old.long_unused_ms),
            periodic_check_ms: self.periodic_check_ms.unwrap_or(old.periodic_check_ms),
            min_check_interval_ms: self.min_check_interval_ms.unwrap_or(old.min_check_interval_ms),
            sync_budget_ms: self.sync_budget_ms.unwrap_or(old.sync_budget_ms),
            hot_check: self.hot_check.unwrap_or(old.hot_check),
            min_version: self.min_version.clone().unwrap_or_else(|| old.min_version.clone()),
            prefer_local: self.prefer_local.clone().unwrap_or_else(|| old.prefer_local.clone()),
        }
    }
}

/// Refuses thresholds that contradict each other, or the release with this label.
pub(super) fn check_settings(settings: &Settings, version: &VersionLabel) -> Result<(), Refusal> {
    let Some(min) = &settings.min_version else {
        return Ok(());
    };
    if min > version {
        return Err(Refusal::MinAboveRelease {
            min: Box::new(min.clone()),
            version: Box::new(version.clone()),
        });
    }
    match &settings.prefer_local {
        Some(prefer) if prefer < min => Err(Refusal::PreferBelowMin {
            prefer: Box::new(prefer.clone()),
            min: Box::new(min.clone()),
        }),
        _ => Ok(()),
    }
}
