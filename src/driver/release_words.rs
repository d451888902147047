//! How a test says what is to be published: the words of `device.release`.

use super::span::millis;
use crate::registry::SettingsChange;
use crate::release::{UpdateMode, VersionLabel};
use serde::Deserialize;
use serde_json::Value;

/// What `device.release.publish(app, words)` takes.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PublishWords {
    pub version: Option<String>,
    pub app_id: Option<String>,
    pub notes: String,
    pub mode: Option<UpdateMode>,
    /// The release is its own minimum version: nobody goes on with an older one.
    pub forced: bool,
    /// The share of the users, in percent.
    pub rollout: Option<u8>,
    pub base_library: Option<String>,
    /// What is wrong with it.
    pub broken: Option<Broken>,
    #[serde(flatten)]
    pub settings: SettingsWords,
}

/// Releases that are not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Broken {
    /// app.js throws.
    Throws,
    /// Its packages arrive damaged.
    Corrupt,
}

/// Thresholds; times are spans.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SettingsWords {
    pub long_unused: Option<Value>,
    pub periodic_check: Option<Value>,
    pub min_check_interval: Option<Value>,
    pub sync_budget: Option<Value>,
    pub hot_check: Option<bool>,
    /// `"none"` takes it back.
    pub min_version: Option<String>,
    /// `"none"` takes it back.
    pub prefer_local: Option<String>,
}

impl SettingsWords {
    /// The change that they stand for.
    ///
    /// # Errors
    /// A span or version that is none.
    pub fn change(&self) -> Result<SettingsChange, String> {
        Ok(SettingsChange {
            long_unused_ms: span(self.long_unused.as_ref())?,
            periodic_check_ms: span(self.periodic_check.as_ref())?,
            min_check_interval_ms: span(self.min_check_interval.as_ref())?,
            sync_budget_ms: span(self.sync_budget.as_ref())?,
            hot_check: self.hot_check,
            min_version: version_or_none(self.min_version.as_deref())?,
            prefer_local: version_or_none(self.prefer_local.as_deref())?,
        })
    }
}

fn span(given: Option<&Value>) -> Result<Option<u64>, String> {
    #[expect(clippy::cast_sign_loss, reason = "a span is not negative")]
    given.map(|span| millis(span).map(|ms| ms as u64)).transpose()
}

fn version_or_none(given: Option<&str>) -> Result<Option<Option<VersionLabel>>, String> {
    match given {
        None => Ok(None),
        Some("none") => Ok(Some(None)),
        Some(text) => version(text).map(|label| Some(Some(label))),
    }
}

/// A version label.
///
/// # Errors
/// The text is none.
pub fn version(text: &str) -> Result<VersionLabel, String> {
    VersionLabel::parse(text).map_err(|error| format!("version {text:?}: {error}"))
}

/// The words of the thresholds.
const SETTINGS: [&str; 7] = [
    "longUnused",
    "periodicCheck",
    "minCheckInterval",
    "syncBudget",
    "hotCheck",
    "minVersion",
    "preferLocal",
];

/// The words of a publication, besides those of the thresholds.
const PUBLISH: [&str; 8] = [
    "version",
    "appId",
    "notes",
    "mode",
    "forced",
    "rollout",
    "baseLibrary",
    "broken",
];

/// What is published.
///
/// # Errors
/// Which word is unknown or does not fit.
pub fn publish_words(words: &Value) -> Result<PublishWords, String> {
    known("publish", words, &[&PUBLISH[..], &SETTINGS[..]].concat())?;
    parse("publish", words)
}

/// Changed thresholds.
///
/// # Errors
/// Which word is unknown or does not fit.
pub fn settings_words(words: &Value) -> Result<SettingsChange, String> {
    known("settings", words, &SETTINGS)?;
    parse::<SettingsWords>("settings", words)?.change()
}

fn known(of: &str, words: &Value, names: &[&str]) -> Result<(), String> {
    let given = words
        .as_object()
        .ok_or_else(|| format!("{of} needs an object, not {words}"))?;
    match given.keys().find(|name| !names.contains(&name.as_str())) {
        Some(odd) => Err(format!("{of} has no {odd}: it takes {}", names.join(", "))),
        None => Ok(()),
    }
}

/// Words of a known shape.
///
/// # Errors
/// Which of them does not fit.
pub fn parse<T: for<'de> Deserialize<'de>>(of: &str, words: &Value) -> Result<T, String> {
    serde_json::from_value(words.clone()).map_err(|error| format!("{of}: {error}"))
}
