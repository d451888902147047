//! The environment itself: a folder of fixtures, and what has been changed since.

use crate::system::{Folder, KeyValue, KeyValueError, MemoryKeyValue};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The cloud environment of an app. Clones share what has been changed.
#[derive(Clone)]
pub struct Cloud {
    fixtures: Option<(Folder, PathBuf)>,
    changes: Arc<dyn KeyValue>,
    used: Arc<Mutex<HashMap<(String, usize), u64>>>,
}

/// `cloud.json`: what the environment is called, and who its user is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The environment's id, which is in the ids of its files.
    pub env: String,
    /// The user, as new documents name their owner.
    pub openid: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            env: "fixtures".into(),
            openid: "oFixtureUser".into(),
        }
    }
}

impl Default for Cloud {
    /// An environment without anything in it.
    fn default() -> Self {
        Self::new(None, Arc::new(MemoryKeyValue::default()))
    }
}

impl std::fmt::Debug for Cloud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cloud")
            .field("fixtures", &self.fixtures)
            .finish_non_exhaustive()
    }
}

/// The first byte of a stored value: the rest is the content, or there is none any more.
const CONTENT: u8 = 1;
const REMOVED: u8 = 0;

impl Cloud {
    /// The environment of this folder, whose changes are kept there. A fixture is read when it is used.
    pub fn new(fixtures: Option<PathBuf>, changes: Arc<dyn KeyValue>) -> Self {
        Self {
            fixtures: fixtures.map(|path| (Folder::new(&path), path)),
            changes,
            used: Arc::default(),
        }
    }

    /// The folder as a person named it; empty where there is none.
    pub fn folder(&self) -> String {
        let folder = self.fixtures.as_ref();
        folder.map_or_else(String::new, |(_, path)| path.display().to_string())
    }

    /// The settings.
    pub fn settings(&self) -> Result<Settings, String> {
        Ok(self.json("cloud.json")?.unwrap_or_default())
    }

    /// A fixture as it was written; `None` where there is no such file.
    pub fn fixture(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let Some((folder, _)) = &self.fixtures else {
            return Ok(None);
        };
        match folder.read(Path::new(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(format!("{path}: {error}")),
        }
    }

    /// A fixture of JSON.
    pub fn json<T: for<'a> Deserialize<'a>>(&self, path: &str) -> Result<Option<T>, String> {
        let Some(bytes) = self.fixture(path)? else {
            return Ok(None);
        };
        let value = serde_json::from_slice(without_mark(&bytes));
        value.map(Some).map_err(|error| format!("{path}: {error}"))
    }

    /// The documents of a collection: a JSON list, or one document a line as the platform's console exports them.
    pub fn collection(&self, name: &str) -> Result<Option<Vec<Value>>, String> {
        if !is_name(name) {
            return Ok(None);
        }
        let path = format!("database/{name}.json");
        let changed = self.changed(&path)?.flatten();
        let bytes = match changed {
            Some(bytes) => Some(bytes),
            None => self.fixture(&path)?,
        };
        let Some(bytes) = bytes else { return Ok(None) };
        let bytes = without_mark(&bytes);
        let docs: Result<Vec<Value>, _> = if bytes.trim_ascii_start().starts_with(b"[") {
            serde_json::from_slice(bytes)
        } else {
            serde_json::Deserializer::from_slice(bytes).into_iter().collect()
        };
        let docs = docs.map_err(|error| format!("{path}: {error}"))?;
        match docs.iter().position(|doc| !doc.is_object()) {
            Some(at) => Err(format!("{path}: item {at} is no document")),
            None => Ok(Some(docs)),
        }
    }

    /// Keeps what a collection has become.
    pub fn keep_collection(&self, name: &str, docs: &Value) -> Result<(), String> {
        self.keep(&format!("database/{name}.json"), docs.to_string().as_bytes())
    }

    /// A stored file.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let path = format!("storage/{path}");
        match self.changed(&path)? {
            Some(content) => Ok(content),
            None => self.fixture(&path),
        }
    }

    /// Stores a file.
    pub fn keep_file(&self, path: &str, bytes: &[u8]) -> Result<(), String> {
        self.keep(&format!("storage/{path}"), bytes)
    }

    /// Takes a file out of the storage.
    pub fn remove_file(&self, path: &str) -> Result<(), String> {
        self.set(format!("storage/{path}"), vec![REMOVED])
    }

    /// Counts one more use of a case that may be used so often; whether it may.
    pub fn may_use(&self, file: &str, case: usize, times: u64) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let count = used.entry((file.to_owned(), case)).or_default();
        *count += 1;
        *count <= times
    }

    /// What has become of a fixture: nothing, its removal, or other content.
    fn changed(&self, path: &str) -> Result<Option<Option<Vec<u8>>>, String> {
        let value = self.changes.get(path).map_err(|error| error.to_string())?;
        Ok(value.map(|value| {
            value
                .split_first()
                .and_then(|(kind, rest)| (*kind == CONTENT).then(|| rest.to_vec()))
        }))
    }

    fn keep(&self, path: &str, bytes: &[u8]) -> Result<(), String> {
        self.set(path.to_owned(), [&[CONTENT], bytes].concat())
    }

    fn set(&self, path: String, value: Vec<u8>) -> Result<(), String> {
        let set: Result<(), KeyValueError> = self.changes.set(vec![(path, value)]);
        set.map_err(|error| error.to_string())
    }
}

/// A byte order mark is not part of the text.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Whether a name of a function or collection can be that of a file.
pub fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    !name.is_empty() && name.chars().all(plain)
}
