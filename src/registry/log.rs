//! The append-only log of an app: the registry's only truth, and its audit trail.
//!
//! Entry `n` is the object `apps/<appid>/log/<n>.json`, from 1 without gaps, written only if it is not there: of two
//! operators who race, one wins and the other is told. What an entry means is in `state.rs`.

use super::event::Event;
use super::store::{Store, StoreError};
use crate::package::AppId;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

/// One decision of an operator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogEntry {
    /// Its number.
    pub seq: u64,
    /// When it was written, milliseconds since 1970.
    pub at: u64,
    /// Who wrote it, as far as that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What was decided.
    #[serde(flatten)]
    pub event: Event,
}

/// Why the log cannot be read or extended.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody else has written this entry first: read the log again, and decide again.
    #[error("somebody else has just written entry {seq} of {app}")]
    Conflict {
        /// The app.
        app: AppId,
        /// The entry.
        seq: u64,
    },
    /// An entry is missing, damaged, or of a newer kind.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The object.
        path: String,
        /// What is wrong.
        reason: String,
    },
}

fn folder(app: &AppId) -> String {
    format!("apps/{app}/log")
}

fn entry_path(app: &AppId, seq: u64) -> String {
    format!("{}/{seq}.json", folder(app))
}

/// All entries of an app, in order; none when the app is not known.
pub async fn read_log(store: &Store, app: &AppId) -> Result<Vec<LogEntry>, LogError> {
    let names = store.list(&folder(app)).await?;
    let numbers = names
        .iter()
        .filter_map(|name| name.strip_suffix(".json")?.parse::<u64>().ok());
    let last = numbers.max().unwrap_or(0);
    let entries = stream::iter(1..=last).map(|seq| read_entry(store, app, seq));
    entries.buffered(16).try_collect().await
}

async fn read_entry(store: &Store, app: &AppId, seq: u64) -> Result<LogEntry, LogError> {
    let path = entry_path(app, seq);
    let unreadable = |reason: String| LogError::Unreadable {
        path: path.clone(),
        reason,
    };
    let bytes = store
        .get(&path)
        .await?
        .ok_or_else(|| unreadable("entry is missing".into()))?;
    let entry: LogEntry = serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))?;
    if entry.seq != seq {
        return Err(unreadable(format!("entry says that it is number {}", entry.seq)));
    }
    Ok(entry)
}

/// Writes the next entry.
pub async fn append(store: &Store, app: &AppId, entry: &LogEntry) -> Result<(), LogError> {
    let path = entry_path(app, entry.seq);
    let bytes = serde_json::to_vec_pretty(entry).map_err(|error| LogError::Unreadable {
        path: path.clone(),
        reason: error.to_string(),
    })?;
    if store.put_if_absent(&path, bytes).await? {
        return Ok(());
    }
    Err(LogError::Conflict {
        app: app.clone(),
        seq: entry.seq,
    })
}
