//! What has happened on the device: the timelines of all launches, in one.

use super::lock;
use crate::app::timeline::Entry;
use crate::system::{Clock, VirtualClock};
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex};

/// Sees every entry at once, with the launch that it is of as its `app`.
pub type Seen = Arc<dyn Fn(&Entry) + Send + Sync>;

/// The entries, in order. Clones are the same.
#[derive(Clone)]
pub struct Record {
    clock: VirtualClock,
    seen: Seen,
    entries: Arc<Mutex<Vec<Value>>>,
}

impl Record {
    pub fn new(clock: VirtualClock, seen: Seen) -> Self {
        Self {
            clock,
            seen,
            entries: Arc::default(),
        }
    }

    /// Adds an entry of a launch: as it stands on the launch's own timeline, with `launch`, `user`, and `time`,
    /// milliseconds since 1970.
    pub fn add(&self, launch: u64, user: &str, entry: &Entry) {
        let mut shown = entry.clone();
        shown
            .properties
            .entry("app")
            .or_insert_with(|| format!("launch {launch}").into());
        (self.seen)(&shown);
        let Ok(Value::Object(mut entry)) = serde_json::to_value(entry) else {
            return;
        };
        entry.insert("launch".into(), launch.into());
        entry.insert("user".into(), user.into());
        entry.insert("time".into(), self.clock.now_ms().into());
        lock(&self.entries).push(Value::Object(entry));
    }

    /// The entries that fit: `kinds` are whole kinds, or beginnings that end with a dot; none stands for all. `like` has
    /// the properties that they must have.
    pub fn entries(&self, kinds: &[String], like: &Map<String, Value>) -> Vec<Value> {
        let fits = |entry: &&Value| {
            let kind = entry["kind"].as_str().unwrap_or_default();
            let named = |wanted: &String| kind == wanted || (wanted.ends_with('.') && kind.starts_with(wanted));
            let of_kind = kinds.is_empty() || kinds.iter().any(named);
            of_kind && like.iter().all(|(name, value)| entry.get(name) == Some(value))
        };
        lock(&self.entries).iter().filter(fits).cloned().collect()
    }

    pub fn clear(&self) {
        lock(&self.entries).clear();
    }
}
