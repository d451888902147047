//! What is heard of a test file while it runs: the notes of its tests, and what its app did before each failure.

use crate::app::timeline::Entry;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// How many of the app's last entries a failure shows.
const SHOWN: usize = 8;

/// The kind of a note that an app failed before its tests began.
pub(super) const APP_ERROR: &str = "app.error";

/// Hears what a file (by its name) says, at once.
pub type Live = Arc<dyn Fn(&str, &Note) + Send + Sync>;

/// What a world says of its tests.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// For example `test.pass`.
    pub kind: String,
    /// Its properties, an object.
    pub properties: Value,
    /// When it was heard, on the machine's clock.
    pub at: Instant,
    /// With a failure: the last that the app did before it.
    pub timeline: Vec<Entry>,
}

impl Note {
    /// The name of the test that it is of.
    pub fn name(&self) -> &str {
        self.properties["name"].as_str().unwrap_or_default()
    }
}

/// The notes of one file.
#[derive(Clone)]
pub struct Heard {
    inner: Arc<Mutex<Inner>>,
    file: String,
    live: Option<Live>,
}

#[derive(Default)]
struct Inner {
    notes: Vec<Note>,
    recent: VecDeque<Entry>,
}

impl Heard {
    /// Nothing yet, of `file`.
    pub fn new(file: String, live: Option<Live>) -> Self {
        Self {
            inner: Arc::default(),
            file,
            live,
        }
    }

    /// What hears each entry of the timeline.
    pub fn ear(&self) -> Arc<dyn Fn(&Entry) + Send + Sync> {
        let heard = self.clone();
        Arc::new(move |entry| heard.entry(entry))
    }

    fn entry(&self, entry: &Entry) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let before_tests = inner.notes.iter().all(|note| note.kind == APP_ERROR);
        if before_tests && entry.kind == "error" {
            inner.notes.push(Note {
                kind: APP_ERROR.into(),
                properties: Value::Object(entry.properties.clone()),
                at: Instant::now(),
                timeline: Vec::new(),
            });
        }
        if !entry.kind.starts_with("test.") {
            if inner.recent.len() == SHOWN {
                inner.recent.pop_front();
            }
            inner.recent.push_back(entry.clone());
            return;
        }
        let failed = matches!(entry.kind.as_str(), "test.fail" | "test.broken");
        let note = Note {
            kind: entry.kind.clone(),
            properties: Value::Object(entry.properties.clone()),
            at: Instant::now(),
            timeline: if failed {
                inner.recent.iter().cloned().collect()
            } else {
                Vec::new()
            },
        };
        if let Some(live) = &self.live {
            live(&self.file, &note);
        }
        inner.notes.push(note);
    }

    /// The notes in order. One of a world that ended before its tests did gets what the app did last.
    pub fn take(&self) -> Vec<Note> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut notes = std::mem::take(&mut inner.notes);
        if notes.last().is_none_or(|note| note.kind != "test.end") {
            notes.push(Note {
                kind: "test.cut".into(),
                properties: Value::Null,
                at: Instant::now(),
                timeline: inner.recent.drain(..).collect(),
            });
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    fn entry(kind: &str, at: u64) -> Entry {
        let properties = json!({ "name": "t" }).as_object().cloned().unwrap_or_else(Map::new);
        Entry {
            at,
            kind: kind.into(),
            properties,
        }
    }

    #[test]
    fn a_failure_has_the_last_that_the_app_did_before_it() {
        let heard = Heard::new("a".into(), None);
        let ear = heard.ear();
        for at in 0..20 {
            ear(&entry("console", at));
        }
        ear(&entry("test.pass", 20));
        ear(&entry("test.fail", 21));
        ear(&entry("console", 22));
        ear(&entry("test.end", 23));
        let notes = heard.take();
        let ats = |note: &Note| note.timeline.iter().map(|entry| entry.at).collect::<Vec<_>>();
        assert_eq!(ats(&notes[0]), Vec::<u64>::new());
        assert_eq!(ats(&notes[1]), (12..20).collect::<Vec<_>>());
        assert_eq!(notes.len(), 3);
    }
}
