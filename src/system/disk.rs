//! The file system as a dependency: few primitive operations, each of which a
//! fake can count, refuse or tear, and the durable writes that are made of them.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A failed file operation, with what was tried and where.
#[derive(Debug, thiserror::Error)]
#[error("failed to {operation} {}: {source}", path.display())]
pub struct DiskError {
    /// What was tried, as a verb: `read`, `rename`, ...
    pub operation: &'static str,
    /// The file or folder it was tried on.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl DiskError {
    /// The error of `operation` on `path`.
    pub fn new(operation: &'static str, path: &Path, source: io::Error) -> Self {
        Self {
            operation,
            path: path.to_owned(),
            source,
        }
    }

    /// Whether the file or folder is simply not there.
    pub fn is_missing(&self) -> bool {
        matches!(self.source.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
    }

    /// Whether trying again cannot help before somebody frees space or changes rights.
    pub fn is_refusal(&self) -> bool {
        use ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        matches!(
            self.source.kind(),
            StorageFull | ReadOnlyFilesystem | PermissionDenied | QuotaExceeded
        )
    }
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Length in bytes of a file; 0 for a folder.
    pub len: u64,
    /// Whether it is a folder.
    pub is_dir: bool,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// It must be there; reading only.
    Read,
    /// Reading and writing; made when it is not there, kept as it is otherwise.
    Keep,
    /// Writing to an empty file; what was there is gone.
    Truncate,
}

/// An open file with positions given on each call, so that it can be shared.
pub trait DiskFile: Debug + Send + Sync {
    /// Its length in bytes.
    fn len(&self) -> io::Result<u64>;
    /// Whether it has no bytes.
    fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }
    /// Fills `out` from `offset` on; fails where the file is too short.
    fn read_at(&self, offset: u64, out: &mut [u8]) -> io::Result<()>;
    /// Writes all of `data` from `offset` on.
    fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<()>;
    /// Cuts the file, or fills it up with zeros.
    fn set_len(&self, len: u64) -> io::Result<()>;
    /// Returns when the content is durable.
    fn sync(&self) -> io::Result<()>;
}

/// Held while this process owns a folder; released when it is dropped or the process ends.
pub trait DiskLock: Debug + Send + Sync {}

/// The file system.
pub trait Disk: Debug + Send + Sync {
    /// Opens a file.
    ///
    /// # Errors
    /// Every method of this trait fails with the operation and the path.
    fn open(&self, path: &Path, how: Open) -> Result<Box<dyn DiskFile>, DiskError>;
    /// Makes a folder and its parents; one that is there is fine.
    fn create_dir(&self, path: &Path) -> Result<(), DiskError>;
    /// Moves a file or folder; durable only after [`Disk::sync_dir`] of the parents.
    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError>;
    /// Removes a file, or a folder with all that it holds; nothing there is fine.
    fn remove(&self, path: &Path) -> Result<(), DiskError>;
    /// Makes the names in a folder durable.
    fn sync_dir(&self, path: &Path) -> Result<(), DiskError>;
    /// The names in a folder, sorted; none when there is no such folder.
    fn list(&self, path: &Path) -> Result<Vec<String>, DiskError>;
    /// What is at `path`, without following a symbolic link.
    fn metadata(&self, path: &Path) -> Result<Option<Entry>, DiskError>;
    /// Takes the lock file at `path`; `None` while another process holds it.
    fn lock(&self, path: &Path) -> Result<Option<Box<dyn DiskLock>>, DiskError>;

    /// The whole content of a file.
    fn read(&self, path: &Path) -> Result<Vec<u8>, DiskError> {
        let file = self.open(path, Open::Read)?;
        let fail = |e| DiskError::new("read", path, e);
        let len = file.len().map_err(fail)?;
        let mut bytes = vec![0; usize::try_from(len).map_err(|_| fail(ErrorKind::FileTooLarge.into()))?];
        file.read_at(0, &mut bytes).map_err(fail)?;
        Ok(bytes)
    }

    /// Writes a new file and waits until its content is durable; its name is
    /// only after [`Disk::sync_dir`].
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let file = self.open(path, Open::Truncate)?;
        file.write_at(0, bytes).map_err(|e| DiskError::new("write", path, e))?;
        file.sync().map_err(|e| DiskError::new("sync", path, e))
    }

    /// Replaces a file so that a crash at any point leaves the old or the new
    /// content: a temporary sibling is written and synced, then renamed over
    /// it, and the folder is synced because a rename alone may be lost.
    fn write_atomic(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let temp = temp_sibling(path);
        let parent = path.parent().unwrap_or(Path::new(""));
        let written = self
            .write(&temp, bytes)
            .and_then(|()| self.rename(&temp, path))
            .and_then(|()| self.sync_dir(parent));
        if written.is_err() {
            // The first error is the one to report; a leftover is collected later.
            let _ = self.remove(&temp);
        }
        written
    }
}

/// A name beside `path` that no other write of this process uses.
fn temp_sibling(path: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    name.push(format!(".{}-{next}.tmp", std::process::id()));
    path.with_file_name(name)
}

/// The machine's file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

#[derive(Debug)]
struct RealFile(File);

/// A file that is only in memory.
#[derive(Debug, Default)]
pub struct MemoryFile(Mutex<Vec<u8>>);

impl MemoryFile {
    /// A file with this content.
    pub fn new(content: Vec<u8>) -> Self {
        Self(Mutex::new(content))
    }

    fn content(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl DiskFile for MemoryFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.content().len() as u64)
    }

    fn read_at(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let content = self.content();
        let from = usize::try_from(offset)
            .ok()
            .and_then(|at| content.get(at..)?.get(..out.len()));
        out.copy_from_slice(from.ok_or(ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut content = self.content();
        let start = usize::try_from(offset).map_err(|_| ErrorKind::FileTooLarge)?;
        let end = start + data.len();
        if content.len() < end {
            content.resize(end, 0);
        }
        content[start..end].copy_from_slice(data);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let len = usize::try_from(len).map_err(|_| ErrorKind::FileTooLarge)?;
        self.content().resize(len, 0);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Debug)]
struct RealLock(File);

impl DiskLock for RealLock {}

impl Drop for RealLock {
    /// Closing is not enough: a child process that has not come to its own program yet shares the open file.
    fn drop(&mut self) {
        // What cannot be unlocked is closed right after.
        let _ = fs4::FileExt::unlock(&self.0);
    }
}

impl DiskFile for RealFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read_at(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.0, out, offset)
    }

    fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.0, data, offset)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }
}

impl Disk for RealDisk {
    fn open(&self, path: &Path, how: Open) -> Result<Box<dyn DiskFile>, DiskError> {
        let mut options = OpenOptions::new();
        match how {
            Open::Read => options.read(true),
            Open::Keep => options.read(true).write(true).create(true).truncate(false),
            Open::Truncate => options.read(true).write(true).create(true).truncate(true),
        };
        let file = options.open(path).map_err(|e| DiskError::new("open", path, e))?;
        Ok(Box::new(RealFile(file)))
    }

    fn create_dir(&self, path: &Path) -> Result<(), DiskError> {
        fs::create_dir_all(path).map_err(|e| DiskError::new("create folder", path, e))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        fs::rename(from, to).map_err(|e| DiskError::new("rename to", to, e))
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        let removed = match self.metadata(path)? {
            None => Ok(()),
            Some(entry) if entry.is_dir => fs::remove_dir_all(path),
            Some(_) => fs::remove_file(path),
        };
        removed.map_err(|e| DiskError::new("remove", path, e))
    }

    fn sync_dir(&self, path: &Path) -> Result<(), DiskError> {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        File::open(path)
            .and_then(|dir| dir.sync_all())
            .map_err(|e| DiskError::new("sync folder", path, e))
    }

    fn list(&self, path: &Path) -> Result<Vec<String>, DiskError> {
        let fail = |e| DiskError::new("list", path, e);
        let entries = match fs::read_dir(path) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(fail)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry.map_err(fail)?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn metadata(&self, path: &Path) -> Result<Option<Entry>, DiskError> {
        match fs::symlink_metadata(path) {
            Ok(found) => Ok(Some(Entry {
                len: if found.is_dir() { 0 } else { found.len() },
                is_dir: found.is_dir(),
            })),
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(e) => Err(DiskError::new("look at", path, e)),
        }
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn DiskLock>>, DiskError> {
        let fail = |e| DiskError::new("lock", path, e);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let opened = options.open(path).map_err(fail);
        let file = match opened {
            // A folder that may only be read can be locked all the same, where the file is there.
            Err(refused) if refused.is_refusal() => File::open(path).map_err(|_| refused)?,
            opened => opened?,
        };
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => Ok(Some(Box::new(RealLock(file)))),
            Err(fs4::TryLockError::WouldBlock) => Ok(None),
            Err(fs4::TryLockError::Error(e)) => Err(fail(e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn write_atomic_replaces_and_leaves_no_temporary() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.json");
        RealDisk.write_atomic(&file, b"one").unwrap();
        RealDisk.write_atomic(&file, b"two").unwrap();
        assert_eq!(RealDisk.read(&file).unwrap(), b"two");
        assert_eq!(RealDisk.list(dir.path()).unwrap(), ["a.json"]);
    }

    #[test]
    fn an_error_names_operation_and_path() {
        let error = RealDisk.read(Path::new("/nowhere/x")).unwrap_err();
        assert!(error.is_missing());
        assert!(error.to_string().starts_with("failed to open /nowhere/x: "));
    }

    #[test]
    fn what_is_not_there_is_none_and_empty() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        assert_eq!(RealDisk.metadata(&path).unwrap(), None);
        assert!(RealDisk.list(&path).unwrap().is_empty());
        RealDisk.remove(&path).unwrap();
    }

    #[test]
    fn a_lock_is_held_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let first = RealDisk.lock(&path).unwrap();
        assert!(first.is_some());
        assert!(RealDisk.lock(&path).unwrap().is_none());
        drop(first);
        assert!(RealDisk.lock(&path).unwrap().is_some());
    }
}
