//! Every number that the update client decides by: its default, and where that comes from.
//!
//! Some are the operator's ([`Settings`], carried by each release), the others
//! are the host's ([`Limits`]); [`thresholds`] lists both as they hold.

use crate::release::Settings;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The numbers that no operator changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a check may take.
    pub check_ms: u64,
    /// How long a transfer may stand still.
    pub idle_ms: u64,
    /// How long a transfer may take in all.
    pub transfer_ms: u64,
    /// How often a broken transfer is tried again.
    pub retries: usize,
    /// The longest wait that a registry may ask for.
    pub longest_patience_ms: u64,
    /// Starts of a release on trial that may end without a word before it counts as bad.
    pub unfinished_starts: u32,
    /// The first wait before an app below its minimum version is tried again; it doubles each time.
    pub first_retry_ms: u64,
    /// The longest such wait.
    pub longest_retry_ms: u64,
}

/// The limits of this host. The sources stand in [`thresholds`].
pub const LIMITS: Limits = Limits {
    check_ms: 10_000,
    idle_ms: 15_000,
    transfer_ms: 600_000,
    retries: 3,
    longest_patience_ms: 24 * 3_600_000,
    unfinished_starts: 3,
    first_retry_ms: 2_000,
    longest_retry_ms: 60_000,
};

/// One number, as it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Threshold {
    /// Its name; times are milliseconds.
    pub name: String,
    /// What holds.
    pub value: Value,
    /// What holds where nobody says otherwise.
    pub default: Value,
    /// Whether the operator can change it.
    pub by_operator: bool,
    /// Where the default comes from.
    pub source: String,
}

/// All numbers with what holds, given the operator's `settings`.
pub fn thresholds(settings: &Settings) -> Vec<Threshold> {
    let default = Settings::default();
    let row = |name: &str, value: Value, default: Value, by_operator, source: &str| Threshold {
        name: name.to_owned(),
        value,
        default,
        by_operator,
        source: source.to_owned(),
    };
    let set = |name, of: fn(&Settings) -> Value, source| row(name, of(settings), of(&default), true, source);
    let fixed = |name, value: Value, source| row(name, value.clone(), value, false, source);
    vec![
        set(
            "longUnusedMs",
            |s| json!(s.long_unused_ms),
            "Alipay: 10 days; WeChat says \"long\"",
        ),
        set(
            "periodicCheckMs",
            |s| json!(s.periodic_check_ms),
            "mPaaS and Alipay: 30 minutes",
        ),
        set(
            "minCheckIntervalMs",
            |s| json!(s.min_check_interval_ms),
            "WeChat: every cold start checks; Alipay: 1 hour",
        ),
        set(
            "syncBudgetMs",
            |s| json!(s.sync_budget_ms),
            "WeChat: the only package wait it publishes (onLazyLoadError) is 10 s",
        ),
        set(
            "hotCheck",
            |s| json!(s.hot_check),
            "WeChat staff: a hot start does not check",
        ),
        set(
            "minVersion",
            |s| json!(s.min_version),
            "WeChat: minimum usable version; none",
        ),
        set(
            "preferLocal",
            |s| json!(s.prefer_local),
            "WeChat: prefer local version; none",
        ),
        fixed("checkMs", json!(LIMITS.check_ms), "as syncBudgetMs"),
        fixed("idleMs", json!(LIMITS.idle_ms), "ours: no vendor publishes one"),
        fixed("transferMs", json!(LIMITS.transfer_ms), "ours: no vendor publishes one"),
        fixed("retries", json!(LIMITS.retries), "ours: no vendor publishes one"),
        fixed(
            "longestPatienceMs",
            json!(LIMITS.longest_patience_ms),
            "ours: a day, against a mistaken Retry-After",
        ),
        fixed(
            "unfinishedStarts",
            json!(LIMITS.unfinished_starts),
            "ours: false strikes are the field's failure",
        ),
        fixed(
            "firstRetryMs",
            json!(LIMITS.first_retry_ms),
            "ours: WeChat says \"keeps retrying\"",
        ),
        fixed(
            "longestRetryMs",
            json!(LIMITS.longest_retry_ms),
            "ours: WeChat says \"keeps retrying\"",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threshold_that_an_operator_sets_is_listed_with_its_default() {
        let changed = Settings {
            long_unused_ms: 1,
            ..Settings::default()
        };
        let listed = thresholds(&changed);
        let serde_json::Value::Object(all) = json!(Settings {
            min_version: Some("1".parse().unwrap()),
            prefer_local: Some("1".parse().unwrap()),
            ..Settings::default()
        }) else {
            unreachable!("settings are an object")
        };
        let names: Vec<_> = listed.iter().filter(|t| t.by_operator).map(|t| &t.name).collect();
        assert_eq!(names, all.keys().collect::<Vec<_>>());
        assert_eq!((&listed[0].value, &listed[0].default), (&json!(1), &json!(864_000_000)));
        assert!(listed.iter().all(|threshold| !threshold.source.is_empty()));
    }
}
