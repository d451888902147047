//! A small store of named values, in memory: what durable ones build on and tests use.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Named values that belong together, such as the storage of one app and user.
pub trait KeyValue: Send + Sync {
    /// The value of this name.
    ///
    /// # Errors
    /// The store cannot be read.
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError>;

    /// Sets all of these, or none.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn set(&self, entries: Vec<(String, Vec<u8>)>) -> Result<(), KeyValueError>;

    /// Forgets this name; one that is not there is no error.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn remove(&self, key: &str) -> Result<(), KeyValueError>;

    /// Forgets everything.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn clear(&self) -> Result<(), KeyValueError>;

    /// Every name with the bytes that it and its value take, in the order of the names.
    ///
    /// # Errors
    /// The store cannot be read.
    fn sizes(&self) -> Result<Vec<(String, u64)>, KeyValueError>;

    /// Bytes that all names and values take together.
    ///
    /// # Errors
    /// The store cannot be read.
    fn total(&self) -> Result<u64, KeyValueError>;

    /// Returns when everything that was set is safe.
    ///
    /// # Errors
    /// Something that was set before could not be written.
    fn flush(&self) -> Result<(), KeyValueError>;
}

/// A store that cannot be read or written; trying again later may help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct KeyValueError {
    /// The file.
    pub path: String,
    /// What went wrong.
    pub reason: String,
}

/// Entries in memory, with their size kept up to date.
#[derive(Debug, Default)]
pub(super) struct Entries {
    map: BTreeMap<String, Vec<u8>>,
    total: u64,
}

impl Entries {
    pub(super) fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.map.get(key).cloned()
    }

    pub(super) fn set(&mut self, key: String, value: Vec<u8>) {
        self.remove(&key);
        self.total += size(&key, &value);
        self.map.insert(key, value);
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Some(old) = self.map.remove(key) {
            self.total -= size(key, &old);
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn sizes(&self) -> Vec<(String, u64)> {
        self.map
            .iter()
            .map(|(key, value)| (key.clone(), size(key, value)))
            .collect()
    }

    pub(super) fn total(&self) -> u64 {
        self.total
    }
}

fn size(key: &str, value: &[u8]) -> u64 {
    (key.len() + value.len()) as u64
}

/// A store that ends with its last owner.
#[derive(Debug, Default)]
pub struct MemoryKeyValue(Mutex<Entries>);

impl MemoryKeyValue {
    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyValue for MemoryKeyValue {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError> {
        Ok(self.lock().get(key))
    }

    fn set(&self, entries: Vec<(String, Vec<u8>)>) -> Result<(), KeyValueError> {
        let mut all = self.lock();
        entries.into_iter().for_each(|(key, value)| all.set(key, value));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), KeyValueError> {
        self.lock().remove(key);
        Ok(())
    }

    fn clear(&self) -> Result<(), KeyValueError> {
        self.lock().clear();
        Ok(())
    }

    fn sizes(&self) -> Result<Vec<(String, u64)>, KeyValueError> {
        Ok(self.lock().sizes())
    }

    fn total(&self) -> Result<u64, KeyValueError> {
        Ok(self.lock().total())
    }

    fn flush(&self) -> Result<(), KeyValueError> {
        Ok(())
    }
}
