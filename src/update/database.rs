//! The device's database: one redb file, opened over the disk trait so that
//! tests can fail each of its writes.
//!
//! The file is made under another name and renamed when it is complete, so a
//! file with the real name is either a whole database or damaged. A damaged
//! one is moved aside and an empty one takes its place; see
//! [`Opened::Recovered`]. One that may only be read is copied to memory, where
//! it is read; every change of it fails.

use crate::system::{Disk, DiskError, DiskFile, MemoryFile, Open};
use redb::{ReadableDatabase, ReadableTable, StorageBackend, TableDefinition};
use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const RECORDS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("apps");
const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
const FORMAT: &str = "format";
/// The newest layout of the records that this program reads.
const FORMAT_VERSION: u64 = 1;
/// Little is stored; redb's default of a gigabyte is for others.
const CACHE_BYTES: usize = 1 << 20;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The disk failed: the change was not made.
    #[error("{}: {reason}", path.display())]
    Failed {
        /// The database file.
        path: PathBuf,
        /// What the disk or the database said.
        reason: String,
    },
    /// The file's content makes no sense.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A later version of this program wrote the file.
    #[error("{} has format {found}, and this program reads up to {FORMAT_VERSION}", path.display())]
    TooNew {
        /// The database file.
        path: PathBuf,
        /// Its format.
        found: u64,
    },
    /// A file operation failed.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// How the database was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// There was none: this one is new.
    Created,
    /// It was there.
    Existing,
    /// It was damaged, is now at this path, and an empty one took its place.
    Recovered(PathBuf),
}

/// The open database.
#[derive(Debug)]
pub struct Database {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    // Nothing after a failure: redb refuses all work after an input/output
    // error until the file is opened again.
    open: Mutex<Option<Handle>>,
    // What was last read or written: still an answer when the disk fails later.
    last: Mutex<BTreeMap<String, Vec<u8>>>,
}

/// The database as it could be opened.
#[derive(Debug)]
struct Handle {
    database: redb::Database,
    is_copy: bool,
}

/// A file as redb wants it.
#[derive(Debug)]
struct Backend(Box<dyn DiskFile>);

impl StorageBackend for Backend {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read_at(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write_at(offset, data)
    }
}

impl Database {
    /// Opens the database at `path`, or makes it.
    ///
    /// # Errors
    /// When the disk fails or the file is of a later version; a damaged file is moved aside.
    pub fn open(disk: Arc<dyn Disk>, path: PathBuf) -> Result<(Self, Opened), DatabaseError> {
        let existed = disk.metadata(&path)?.is_some();
        let (opened, database) = if existed {
            match open_file(disk.as_ref(), &path) {
                Err(DatabaseError::Damaged { .. }) => {
                    let aside = set_aside(disk.as_ref(), &path)?;
                    create(disk.as_ref(), &path)?;
                    (Opened::Recovered(aside), open_file(disk.as_ref(), &path)?)
                }
                opened => (Opened::Existing, opened?),
            }
        } else {
            create(disk.as_ref(), &path)?;
            (Opened::Created, open_file(disk.as_ref(), &path)?)
        };
        let open = Mutex::new(Some(database));
        let last = Mutex::default();
        let database = Self { disk, path, open, last };
        Ok((database, opened))
    }

    /// The record of `key`. When the disk fails, the one that was last seen.
    ///
    /// # Errors
    /// When the disk fails and the record was not seen before.
    pub fn read(&self, key: &str) -> Result<Option<Vec<u8>>, DatabaseError> {
        let read = self.with(|open| {
            let table = open.database.begin_read()?.open_table(RECORDS)?;
            Ok(table.get(key)?.map(|value| value.value().to_vec()))
        });
        match read {
            Ok(Some(record)) => {
                self.remember(key, &record);
                Ok(Some(record))
            }
            Ok(None) => Ok(None),
            Err(error) => match self.last().get(key) {
                Some(record) => {
                    tracing::warn!(%error, "the record that was last seen is used");
                    Ok(Some(record.clone()))
                }
                None => Err(error),
            },
        }
    }

    fn last(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, key: &str, record: &[u8]) {
        self.last().insert(key.to_owned(), record.to_vec());
    }

    /// The keys of all records.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn keys(&self) -> Result<Vec<String>, DatabaseError> {
        self.with(|open| {
            let table = open.database.begin_read()?.open_table(RECORDS)?;
            let keys = table.iter()?.map(|row| Ok(row?.0.value().to_owned()));
            keys.collect()
        })
    }

    /// Replaces the record of `key` by what `change` makes of it, in one
    /// durable transaction. `change` gives `None` to leave it as it is.
    ///
    /// # Errors
    /// When the disk fails; the record is then the old or the new one, and
    /// after a successful return it is the new one for good.
    pub fn change(
        &self,
        key: &str,
        change: impl FnOnce(Option<&[u8]>) -> Option<Vec<u8>>,
    ) -> Result<(), DatabaseError> {
        let written = self.with(|open| {
            let transaction = open.database.begin_write()?;
            let mut table = transaction.open_table(RECORDS)?;
            let old = table.get(key)?.map(|value| value.value().to_vec());
            let new = change(old.as_deref());
            let Some(new) = new.filter(|new| old.as_ref() != Some(new)) else {
                drop(table);
                transaction.abort()?;
                return Ok(None);
            };
            if open.is_copy {
                return Err(io::Error::from(io::ErrorKind::ReadOnlyFilesystem).into());
            }
            table.insert(key, new.as_slice())?;
            drop(table);
            transaction.commit()?;
            Ok(Some(new))
        })?;
        if let Some(record) = written {
            self.remember(key, &record);
        }
        Ok(())
    }

    fn with<T>(&self, work: impl FnOnce(&Handle) -> Result<T, redb::Error>) -> Result<T, DatabaseError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let handle = match open.take() {
            Some(handle) => handle,
            None => open_file(self.disk.as_ref(), &self.path)?,
        };
        let done = guarded(&self.path, || work(&handle));
        if done.is_ok() {
            *open = Some(handle);
        } else {
            close(handle);
        }
        done
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let open = self.open.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(handle) = open.take() {
            close(handle);
        }
    }
}

/// Every change is durable already: an error at closing takes nothing back.
fn close(handle: Handle) {
    let _ = catch_unwind(AssertUnwindSafe(|| drop(handle.database.close())));
}

/// Opens a complete database and checks its format.
fn open_file(disk: &dyn Disk, path: &Path) -> Result<Handle, DatabaseError> {
    let (file, is_copy) = match disk.open(path, Open::Keep) {
        Err(error) if error.is_refusal() => (copy(disk, path)?, true),
        file => (file?, false),
    };
    if file.is_empty().map_err(|e| DiskError::new("look at", path, e))? {
        return Err(damaged(path, "the file is empty"));
    }
    let database = guarded(path, || Ok(builder().create_with_backend(Backend(file))?))?;
    let format = guarded(path, || {
        let transaction = database.begin_read()?;
        let format = transaction.open_table(META)?.get(FORMAT)?.map(|format| format.value());
        transaction.open_table(RECORDS)?;
        Ok(format)
    })?;
    match format {
        Some(FORMAT_VERSION) => Ok(Handle { database, is_copy }),
        Some(found) => Err(DatabaseError::TooNew {
            path: path.to_owned(),
            found,
        }),
        None => Err(damaged(path, "it has no format")),
    }
}

/// A file's content in memory.
fn copy(disk: &dyn Disk, path: &Path) -> Result<Box<dyn DiskFile>, DatabaseError> {
    Ok(Box::new(MemoryFile::new(disk.read(path)?)))
}

/// Makes an empty database: complete under another name, then renamed.
fn create(disk: &dyn Disk, path: &Path) -> Result<(), DatabaseError> {
    let temp = path.with_extension("new");
    disk.remove(&temp)?;
    let file = disk.open(&temp, Open::Truncate)?;
    let database = guarded(path, || Ok(builder().create_with_backend(Backend(file))?))?;
    let made = guarded(path, || {
        let transaction = database.begin_write()?;
        transaction.open_table(META)?.insert(FORMAT, FORMAT_VERSION)?;
        transaction.open_table(RECORDS)?;
        Ok(transaction.commit()?)
    });
    let closed = guarded(path, || Ok(database.close()?));
    made.and(closed)?;
    disk.rename(&temp, path)?;
    Ok(disk.sync_dir(path.parent().unwrap_or(Path::new("")))?)
}

/// Moves a damaged file to a free name, so that it can be looked at.
fn set_aside(disk: &dyn Disk, path: &Path) -> Result<PathBuf, DatabaseError> {
    let mut aside = path.with_extension("damaged");
    let mut number = 1;
    while disk.metadata(&aside)?.is_some() {
        number += 1;
        aside = path.with_extension(format!("damaged-{number}"));
    }
    disk.rename(path, &aside)?;
    Ok(aside)
}

fn builder() -> redb::Builder {
    let mut builder = redb::Builder::new();
    builder.set_cache_size(CACHE_BYTES);
    builder
}

fn damaged(path: &Path, reason: impl ToString) -> DatabaseError {
    DatabaseError::Damaged {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

/// Sorts redb's errors by what can be done about them. A foreign or torn file
/// may also meet an assertion of redb's: that is damage like any other.
fn guarded<T>(path: &Path, work: impl FnOnce() -> Result<T, redb::Error>) -> Result<T, DatabaseError> {
    let done = catch_unwind(AssertUnwindSafe(work));
    let error = match done {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error,
        Err(_) => return Err(damaged(path, "reading it failed")),
    };
    Err(match error {
        redb::Error::Io(e) if matches!(e.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => {
            damaged(path, e)
        }
        error @ (redb::Error::Corrupted(_)
        | redb::Error::UpgradeRequired(_)
        | redb::Error::RepairAborted
        | redb::Error::TableDoesNotExist(_)
        | redb::Error::TableTypeMismatch { .. }
        | redb::Error::TypeDefinitionChanged { .. }) => damaged(path, error),
        error => DatabaseError::Failed {
            path: path.to_owned(),
            reason: error.to_string(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::{CrashDisk, Failure, RealDisk};

    fn open(disk: impl Disk + 'static, dir: &Path) -> Result<(Database, Opened), DatabaseError> {
        Database::open(Arc::new(disk), dir.join("state.redb"))
    }

    fn put(database: &Database, value: &str) -> Result<(), DatabaseError> {
        database.change("a", |_| Some(value.as_bytes().to_vec()))
    }

    #[test]
    fn a_record_outlives_the_process() {
        let dir = tempfile::tempdir().unwrap();
        let (database, opened) = open(RealDisk, dir.path()).unwrap();
        assert_eq!(opened, Opened::Created);
        put(&database, "one").unwrap();
        drop(database);
        let (database, opened) = open(RealDisk, dir.path()).unwrap();
        assert_eq!(opened, Opened::Existing);
        assert_eq!(database.read("a").unwrap().as_deref(), Some(b"one".as_slice()));
        assert_eq!(database.keys().unwrap(), ["a"]);
    }

    #[test]
    fn a_kill_at_any_write_leaves_the_old_or_the_new_record() {
        for failure in [Failure::Kill, Failure::PowerLoss] {
            for nth in 0.. {
                let dir = tempfile::tempdir().unwrap();
                put(&open(CrashDisk::sound(), dir.path()).unwrap().0, "old").unwrap();
                let disk = CrashDisk::failing(nth, failure);
                let done = open(disk.clone(), dir.path()).and_then(|(database, _)| put(&database, "new"));
                let (database, opened) = open(RealDisk, dir.path()).unwrap();
                assert_eq!(opened, Opened::Existing, "{failure:?} at {nth}");
                let now = database.read("a").unwrap().unwrap();
                assert!(
                    now == b"new" || (now == b"old" && done.is_err()),
                    "{failure:?} at {nth}: {now:?}"
                );
                if !disk.has_failed() {
                    break;
                }
            }
        }
    }

    #[test]
    fn a_kill_while_it_is_made_leaves_none_or_a_whole_one() {
        for nth in 0.. {
            let dir = tempfile::tempdir().unwrap();
            let disk = CrashDisk::failing(nth, Failure::Kill);
            let _ = open(disk.clone(), dir.path());
            let (database, opened) = open(RealDisk, dir.path()).unwrap();
            assert!(!matches!(opened, Opened::Recovered(_)), "at {nth}");
            put(&database, "one").unwrap();
            if !disk.has_failed() {
                break;
            }
        }
    }

    #[test]
    fn a_full_disk_fails_the_change_and_spoils_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let disk = CrashDisk::sound();
        let (database, _) = open(disk.clone(), dir.path()).unwrap();
        put(&database, "old").unwrap();
        disk.fail_next(Failure::BadSector);
        assert!(matches!(put(&database, "new"), Err(DatabaseError::Failed { .. })));
        put(&database, "newer").unwrap();
        assert_eq!(database.read("a").unwrap().as_deref(), Some(b"newer".as_slice()));
    }

    #[test]
    fn torn_and_foreign_files_are_moved_aside() {
        let dir = tempfile::tempdir().unwrap();
        put(&open(RealDisk, dir.path()).unwrap().0, "old").unwrap();
        let file = dir.path().join("state.redb");
        let whole = RealDisk.read(&file).unwrap();
        let mut scribbled = whole.clone();
        scribbled[64..4096].fill(0xA5);
        let cases = [
            Vec::new(),
            b"hello".to_vec(),
            vec![0; 4096],
            b"SQLite format 3\0".repeat(500),
            whole[..whole.len() / 2].to_vec(),
            whole[..100].to_vec(),
            scribbled,
        ];
        for (number, bytes) in cases.into_iter().enumerate() {
            RealDisk.write(&file, &bytes).unwrap();
            let (database, opened) = open(RealDisk, dir.path()).unwrap();
            let Opened::Recovered(aside) = opened else {
                panic!("case {number}: {opened:?}")
            };
            assert_eq!(RealDisk.metadata(&aside).unwrap().unwrap().len, bytes.len() as u64);
            assert_eq!(database.read("a").unwrap(), None);
        }
    }
}
