//! What a release says about how it wants to reach devices.

use super::version::VersionLabel;
use serde::{Deserialize, Serialize};

/// When an update blocks the start of the app. (Alipay-style "update mode"; set when a release is submitted, and frozen
/// with it.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UpdateMode {
    /// In the background, but blocking after a long absence or when a periodic check has found something.
    #[default]
    Default,
    /// Always in the background.
    Async,
    /// Always before the app starts.
    Sync,
}

/// Thresholds of the update policy. Times are milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// An app that was not used for so long updates before it starts. 10 days (Alipay's "sync update time"; WeChat says
    /// "long" without a number).
    pub long_unused_ms: u64,
    /// How often a recently used app is checked while it does not run. 30 minutes (mPaaS, Alipay).
    pub periodic_check_ms: u64,
    /// A cold start sooner than this after the last check does not check. 0: every cold start checks (WeChat).
    pub min_check_interval_ms: u64,
    /// How long a blocking update may take, check and download together. 10 seconds (the only package wait that WeChat
    /// publishes, `onLazyLoadError`).
    pub sync_budget_ms: u64,
    /// Whether a hot start checks again. Off: WeChat staff, "hot start does not check".
    pub hot_check: bool,
    /// Devices below this version may not start in a blocking update, and are made to restart otherwise. (WeChat
    /// "minimum usable version".)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_version: Option<VersionLabel>,
    /// A blocking update starts an installed version from this one on at once, and downloads behind it. (WeChat "prefer
    /// local version".)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefer_local: Option<VersionLabel>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            long_unused_ms: 10 * 24 * 3_600_000,
            periodic_check_ms: 30 * 60_000,
            min_check_interval_ms: 0,
            sync_budget_ms: 10_000,
            hot_check: false,
            min_version: None,
            prefer_local: None,
        }
    }
}
