//! A store of named values that outlives the process.
//!
//! The entries are read once, at first use, and then answered from memory.
//! Changes go to a writer thread, which puts everything that has queued up
//! into one transaction: a burst of changes costs one sync of the disk, and
//! whoever makes them never waits for it. A process that is killed loses the
//! changes of the last moment, never the file; dropping the store writes all.
//! On a disk that takes no changes they are kept in memory alone.

use super::key_value::{Entries, KeyValue, KeyValueError};
use super::lock;
use redb::{Database, ReadableDatabase, ReadableTable, StorageBackend, TableDefinition};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

const ENTRIES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("entries");

/// A store in one file. Nothing is touched on disk before it is first used, and
/// a store that is only read is never created.
pub struct DurableKeyValue {
    path: PathBuf,
    open: Mutex<Option<Open>>,
}

struct Open {
    entries: Entries,
    /// Held from the first reading on, so that no other process can change the file meanwhile.
    database: Option<Arc<Database>>,
    writer: Option<Writer>,
    /// The disk takes no changes.
    in_memory: bool,
}

struct Writer {
    changes: Option<Sender<Change>>,
    thread: Option<JoinHandle<()>>,
    fault: Arc<Mutex<Option<KeyValueError>>>,
}

enum Change {
    Set(Vec<(String, Vec<u8>)>),
    Remove(String),
    Clear,
    Flush(Sender<()>),
}

impl DurableKeyValue {
    /// The store in this file; its folder is made with the first change.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            open: Mutex::new(None),
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Open) -> T) -> Result<T, KeyValueError> {
        let mut open = lock(&self.open);
        if open.is_none() {
            *open = Some(read(&self.path).map_err(|reason| fault(&self.path, &*reason))?);
        }
        match open.as_mut() {
            Some(open) => Ok(work(open)),
            None => Err(fault(&self.path, &"not open")),
        }
    }

    fn change(&self, change: Change, apply: impl FnOnce(&mut Entries)) -> Result<(), KeyValueError> {
        self.with(|open| {
            if open.is_first_change() && !may_be_made(&self.path) {
                open.in_memory = true;
                warn_of_loss(&self.path);
            }
            if !open.in_memory {
                open.writer(&self.path)?.send(change)?;
            }
            apply(&mut open.entries);
            Ok(())
        })?
    }
}

impl Open {
    fn is_first_change(&self) -> bool {
        !self.in_memory && self.writer.is_none() && self.database.is_none()
    }

    fn writer(&mut self, path: &Path) -> Result<&mut Writer, KeyValueError> {
        if self.writer.is_none() {
            self.writer = Some(Writer::spawn(path, self.database.clone()).map_err(|e| fault(path, &e))?);
        }
        self.writer.as_mut().ok_or_else(|| fault(path, &"no writer"))
    }
}

impl Writer {
    fn spawn(path: &Path, database: Option<Arc<Database>>) -> std::io::Result<Self> {
        let (changes, receiver) = channel();
        let fault = Arc::default();
        let (path, slot) = (path.to_owned(), Arc::clone(&fault));
        let thread = std::thread::Builder::new()
            .name("storage".into())
            .spawn(move || write_all(&path, database, &receiver, &slot))?;
        Ok(Self {
            changes: Some(changes),
            thread: Some(thread),
            fault,
        })
    }

    /// Queues a change; a fault of an earlier one is told now, once.
    fn send(&self, change: Change) -> Result<(), KeyValueError> {
        if let Some(fault) = lock(&self.fault).take() {
            return Err(fault);
        }
        // The writer ends only when this sender is dropped.
        let _ = self.changes.as_ref().map(|changes| changes.send(change));
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.changes = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Reads what is there; a file that does not exist has no entries.
fn read(path: &Path) -> Result<Open, Cause> {
    let mut open = Open {
        entries: Entries::default(),
        database: None,
        writer: None,
        in_memory: false,
    };
    if !path.exists() {
        return Ok(open);
    }
    let database = match Database::open(path) {
        Err(redb::DatabaseError::Storage(redb::StorageError::Io(error))) if is_refusal(&error) => {
            open.in_memory = true;
            copy(path)?
        }
        opened => opened?,
    };
    match database.begin_read()?.open_table(ENTRIES) {
        Ok(table) => {
            for entry in table.iter()? {
                let (key, value) = entry?;
                open.entries.set(key.value().to_owned(), value.value().to_owned());
            }
        }
        Err(redb::TableError::TableDoesNotExist(_)) => {}
        Err(cause) => return Err(cause.into()),
    }
    if open.in_memory {
        warn_of_loss(path);
    } else {
        open.database = Some(Arc::new(database));
    }
    Ok(open)
}

fn warn_of_loss(path: &Path) {
    tracing::warn!(path = %path.display(), "the storage cannot be written: its changes end with this run");
}

/// The store as it is, in memory.
fn copy(path: &Path) -> Result<Database, Cause> {
    let bytes = std::fs::read(path)?;
    let backend = redb::backends::InMemoryBackend::new();
    backend.set_len(bytes.len() as u64)?;
    StorageBackend::write(&backend, 0, &bytes)?;
    Ok(Database::builder().create_with_backend(backend)?)
}

fn is_refusal(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
}

/// Whether the disk lets a file be made here: the nearest folder that is there decides.
fn may_be_made(path: &Path) -> bool {
    let folder = path.ancestors().skip(1).find(|folder| folder.is_dir());
    let probe = folder.map(|folder| {
        tempfile::tempfile_in(if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        })
    });
    !matches!(probe, Some(Err(error)) if is_refusal(&error))
}

/// Runs on the writer thread until the store is dropped.
fn write_all(
    path: &Path,
    mut database: Option<Arc<Database>>,
    changes: &Receiver<Change>,
    slot: &Mutex<Option<KeyValueError>>,
) {
    while let Ok(first) = changes.recv() {
        let mut waiting = Vec::new();
        let batch = std::iter::once(first).chain(changes.try_iter());
        let batch: Vec<Change> = batch
            .filter_map(|change| match change {
                Change::Flush(done) => {
                    waiting.push(done);
                    None
                }
                change => Some(change),
            })
            .collect();
        if !batch.is_empty()
            && let Err(cause) = write(path, &mut database, batch)
        {
            *lock(slot) = Some(fault(path, &*cause));
        }
        for done in waiting {
            // Whoever waits may have gone.
            let _ = done.send(());
        }
    }
}

/// Makes the file complete under another name: a process that is killed meanwhile leaves none with the real one.
fn create(path: &Path) -> Result<Database, Cause> {
    let new = path.with_extension("new");
    if new.exists() {
        std::fs::remove_file(&new)?;
    }
    let database = Database::create(&new)?;
    std::fs::rename(&new, path)?;
    Ok(database)
}

/// One transaction with all of these changes.
fn write(path: &Path, slot: &mut Option<Arc<Database>>, batch: Vec<Change>) -> Result<(), Cause> {
    let database = match slot {
        Some(database) => Arc::clone(database),
        None => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            Arc::clone(slot.insert(Arc::new(create(path)?)))
        }
    };
    let transaction = database.begin_write()?;
    {
        let mut table = transaction.open_table(ENTRIES)?;
        for change in batch {
            match change {
                Change::Set(entries) => {
                    for (key, value) in &entries {
                        table.insert(key.as_str(), value.as_slice())?;
                    }
                }
                Change::Remove(key) => {
                    table.remove(key.as_str())?;
                }
                Change::Clear => table.retain(|_, _| false)?,
                Change::Flush(_) => {}
            }
        }
    }
    transaction.commit()?;
    Ok(())
}

fn fault(path: &Path, reason: &(impl std::fmt::Display + ?Sized)) -> KeyValueError {
    KeyValueError {
        path: path.display().to_string(),
        reason: reason.to_string(),
    }
}

impl KeyValue for DurableKeyValue {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError> {
        self.with(|open| open.entries.get(key))
    }

    fn set(&self, entries: Vec<(String, Vec<u8>)>) -> Result<(), KeyValueError> {
        self.change(Change::Set(entries.clone()), |all| {
            entries.into_iter().for_each(|(key, value)| all.set(key, value));
        })
    }

    fn remove(&self, key: &str) -> Result<(), KeyValueError> {
        self.change(Change::Remove(key.to_owned()), |all| all.remove(key))
    }

    fn clear(&self) -> Result<(), KeyValueError> {
        self.change(Change::Clear, Entries::clear)
    }

    fn sizes(&self) -> Result<Vec<(String, u64)>, KeyValueError> {
        self.with(|open| open.entries.sizes())
    }

    fn total(&self) -> Result<u64, KeyValueError> {
        self.with(|open| open.entries.total())
    }

    fn flush(&self) -> Result<(), KeyValueError> {
        let open = lock(&self.open);
        let Some(writer) = open.as_ref().and_then(|open| open.writer.as_ref()) else {
            return Ok(());
        };
        let (done, written) = channel();
        writer.send(Change::Flush(done))?;
        let _ = written.recv();
        lock(&writer.fault).take().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, value: &str) -> (String, Vec<u8>) {
        (key.into(), value.as_bytes().to_vec())
    }

    #[test]
    fn nothing_is_on_disk_before_the_first_change() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/storage.redb");
        let store = DurableKeyValue::new(&path);
        assert_eq!(store.get("a").unwrap(), None);
        store.flush().unwrap();
        drop(store);
        assert!(!path.parent().unwrap().exists());
    }

    #[test]
    fn dropping_the_store_leaves_every_change_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("storage.redb");
        let store = DurableKeyValue::new(&path);
        (0..500).for_each(|i| store.set(vec![entry(&format!("k{i:03}"), "v")]).unwrap());
        store.remove("k000").unwrap();
        drop(store);
        let store = DurableKeyValue::new(&path);
        assert_eq!(store.sizes().unwrap().len(), 499);
        assert_eq!(store.total().unwrap(), 499 * 5);
        store.clear().unwrap();
        store.set(vec![entry("last", "one")]).unwrap();
        drop(store);
        let store = DurableKeyValue::new(&path);
        assert_eq!(store.sizes().unwrap(), [("last".to_owned(), 7)]);
    }

    #[test]
    fn what_was_flushed_survives_without_a_clean_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("storage.redb");
        let store = DurableKeyValue::new(&path);
        store.set(vec![entry("a", "1")]).unwrap();
        store.flush().unwrap();
        let copy = folder.path().join("as-after-a-kill.redb");
        std::fs::copy(&path, &copy).unwrap();
        assert_eq!(DurableKeyValue::new(&copy).get("a").unwrap(), Some(b"1".to_vec()));
    }

    #[test]
    fn what_a_process_left_that_was_killed_while_it_made_the_file_is_no_store() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("storage.redb");
        std::fs::write(folder.path().join("storage.new"), "half a file").unwrap();
        let store = DurableKeyValue::new(&path);
        assert_eq!(store.get("a").unwrap(), None);
        store.set(vec![entry("a", "1")]).unwrap();
        drop(store);
        assert_eq!(DurableKeyValue::new(&path).get("a").unwrap(), Some(b"1".to_vec()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_no_store_is_told_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("storage.redb");
        std::fs::write(&path, "nonsense").unwrap();
        let fault = DurableKeyValue::new(&path).get("a").unwrap_err();
        assert!(fault.to_string().contains("storage.redb"), "{fault}");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told_by_the_flush() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let store = DurableKeyValue::new(folder.path().join("file/storage.redb"));
        store.set(vec![entry("a", "1")]).unwrap();
        assert!(store.flush().is_err());
    }
}
