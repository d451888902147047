//! The timeline: what happened to the app, in order, one entry each.

use serde::Serialize;
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex, PoisonError};

/// One entry. As JSON: `{"at": 12, "kind": "page.load", ...properties}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Milliseconds of the app's time since the first boot.
    pub at: u64,
    /// What happened, for example `page.load`.
    pub kind: String,
    /// What belongs to this kind.
    #[serde(flatten)]
    pub properties: Map<String, Value>,
}

impl Entry {
    /// The other app that the entry is of, where it is of one that this one's has opened.
    pub fn app(&self) -> Option<&str> {
        self.properties.get("app").and_then(Value::as_str)
    }
}

/// Where entries go: the command line prints them, a test collects them.
pub type Sink = Box<dyn FnMut(&Entry) + Send>;

/// Collects entries and hands them on, in order.
#[derive(Clone)]
pub struct Timeline(Arc<Mutex<Inner>>);

struct Inner {
    start_ms: Option<f64>,
    errors: usize,
    sink: Sink,
}

impl Timeline {
    /// A timeline that hands its entries to `sink`.
    pub fn new(sink: Sink) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            start_ms: None,
            errors: 0,
            sink,
        })))
    }

    /// The timeline of another app that this one's has opened: it counts from the same start, its entries go to
    /// `sink`, and to this one as well, with the property `app`.
    #[must_use]
    pub fn beside(&self, app: &str, mut sink: Sink) -> Self {
        let (whole, app) = (self.clone(), app.to_owned());
        let beside = Self::new(Box::new(move |entry| {
            sink(entry);
            whole.relay(entry, &app);
        }));
        beside.lock().start_ms = self.started_at();
        beside
    }

    /// Puts in an entry of another app; one that names its app already comes from a third.
    fn relay(&self, entry: &Entry, app: &str) {
        let mut entry = entry.clone();
        entry.properties.entry("app").or_insert_with(|| app.into());
        let mut inner = self.lock();
        inner.errors += usize::from(entry.kind == "error");
        (inner.sink)(&entry);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an entry that happened at `now_ms`; the first one is the start.
    pub fn add(&self, now_ms: f64, kind: &str, properties: Value) {
        let mut inner = self.lock();
        let start = *inner.start_ms.get_or_insert(now_ms);
        let properties = match properties {
            Value::Object(map) => map,
            Value::Null => Map::new(),
            other => Map::from_iter([("value".to_owned(), other)]),
        };
        if kind == "error" {
            inner.errors += 1;
        }
        let at = (now_ms - start).max(0.0) as u64;
        let entry = Entry {
            at,
            kind: kind.to_owned(),
            properties,
        };
        (inner.sink)(&entry);
    }

    /// When the first entry was added, in milliseconds since 1970.
    pub fn started_at(&self) -> Option<f64> {
        self.lock().start_ms
    }

    /// How many `error` entries there are.
    pub fn errors(&self) -> usize {
        self.lock().errors
    }
}
