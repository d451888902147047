//! A disk in memory: what is on it is gone with it, and a copy of it is another disk.

use super::disk::{Disk, DiskError, DiskFile, DiskLock, Entry, Open};
use super::lock;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// A file's bytes. Copies of a disk share them until one of them writes.
type Content = Arc<Mutex<Arc<Vec<u8>>>>;

/// A disk whose handles share it; [`MemoryDisk::copy`] makes another one.
#[derive(Debug, Clone, Default)]
pub struct MemoryDisk(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    files: BTreeMap<PathBuf, Content>,
    folders: BTreeSet<PathBuf>,
    locks: BTreeSet<PathBuf>,
}

/// An open file.
#[derive(Debug)]
struct File(Content);

/// A lock that is held.
#[derive(Debug)]
struct Lock(MemoryDisk, PathBuf);

impl MemoryDisk {
    /// Another disk with what is on this one now. Nothing is locked on it.
    #[must_use]
    pub fn copy(&self) -> Self {
        let inner = self.inner();
        let content = |file: &Content| Arc::new(Mutex::new(Arc::clone(&lock(file))));
        Self(Arc::new(Mutex::new(Inner {
            files: (inner.files.iter().map(|(path, file)| (path.clone(), content(file)))).collect(),
            folders: inner.folders.clone(),
            locks: BTreeSet::new(),
        })))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        lock(&self.0)
    }
}

impl Inner {
    fn add_folder(&mut self, path: &Path) {
        self.folders.extend(path.ancestors().map(Path::to_owned));
    }

    fn has_parent(&self, path: &Path) -> bool {
        path.parent().is_none_or(|parent| self.folders.contains(parent))
    }
}

impl Disk for MemoryDisk {
    fn open(&self, path: &Path, how: Open) -> Result<Box<dyn DiskFile>, DiskError> {
        let mut inner = self.inner();
        let missing = || DiskError::new("open", path, ErrorKind::NotFound.into());
        let file = match inner.files.get(path) {
            Some(file) => Arc::clone(file),
            None if how == Open::Read || !inner.has_parent(path) => return Err(missing()),
            None => {
                let file = Content::default();
                inner.files.insert(path.to_owned(), Arc::clone(&file));
                file
            }
        };
        if how == Open::Truncate {
            *lock(&file) = Arc::default();
        }
        Ok(Box::new(File(file)))
    }

    fn create_dir(&self, path: &Path) -> Result<(), DiskError> {
        self.inner().add_folder(path);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let mut inner = self.inner();
        if let Some(file) = inner.files.remove(from) {
            inner.files.insert(to.to_owned(), file);
            return Ok(());
        }
        if !inner.folders.contains(from) {
            return Err(DiskError::new("rename to", to, ErrorKind::NotFound.into()));
        }
        let moved = |path: &Path| path.strip_prefix(from).map(|rest| to.join(rest));
        let files = std::mem::take(&mut inner.files);
        inner.files = (files
            .into_iter()
            .map(|(path, file)| (moved(&path).unwrap_or(path), file)))
        .collect();
        let folders = std::mem::take(&mut inner.folders);
        inner.folders = (folders.into_iter().map(|path| moved(&path).unwrap_or(path))).collect();
        Ok(())
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        let mut inner = self.inner();
        inner.files.retain(|file, _| !file.starts_with(path));
        inner.folders.retain(|folder| !folder.starts_with(path));
        Ok(())
    }

    fn sync_dir(&self, _: &Path) -> Result<(), DiskError> {
        Ok(())
    }

    fn list(&self, path: &Path) -> Result<Vec<String>, DiskError> {
        let inner = self.inner();
        let all = inner.files.keys().chain(&inner.folders);
        let inside = all.filter(|entry| entry.parent() == Some(path));
        let names: BTreeSet<String> = inside
            .filter_map(|entry| Some(entry.file_name()?.to_string_lossy().into_owned()))
            .collect();
        Ok(names.into_iter().collect())
    }

    fn metadata(&self, path: &Path) -> Result<Option<Entry>, DiskError> {
        let inner = self.inner();
        if let Some(file) = inner.files.get(path) {
            let len = lock(file).len() as u64;
            return Ok(Some(Entry { len, is_dir: false }));
        }
        let folder = Entry { len: 0, is_dir: true };
        Ok(inner.folders.contains(path).then_some(folder))
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn DiskLock>>, DiskError> {
        let free = self.inner().locks.insert(path.to_owned());
        let held = free.then(|| Box::new(Lock(self.clone(), path.to_owned())) as Box<dyn DiskLock>);
        Ok(held)
    }
}

impl DiskLock for Lock {}

impl Drop for Lock {
    fn drop(&mut self) {
        self.0.inner().locks.remove(&self.1);
    }
}

impl DiskFile for File {
    fn len(&self) -> io::Result<u64> {
        Ok(lock(&self.0).len() as u64)
    }

    fn read_at(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let content = lock(&self.0);
        let from = usize::try_from(offset).ok();
        let found = from.and_then(|at| content.get(at..)?.get(..out.len()));
        out.copy_from_slice(found.ok_or(ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut content = lock(&self.0);
        let content = Arc::make_mut(&mut content);
        let start = usize::try_from(offset).map_err(|_| ErrorKind::FileTooLarge)?;
        let end = start.checked_add(data.len()).ok_or(ErrorKind::FileTooLarge)?;
        if content.len() < end {
            content.resize(end, 0);
        }
        content[start..end].copy_from_slice(data);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let len = usize::try_from(len).map_err(|_| ErrorKind::FileTooLarge)?;
        Arc::make_mut(&mut lock(&self.0)).resize(len, 0);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_disk_as_the_real_one() {
        let disk = MemoryDisk::default();
        let dir = Path::new("/device/versions");
        assert!(disk.write(&dir.join("a"), b"one").unwrap_err().is_missing());
        disk.create_dir(dir).unwrap();
        disk.write_atomic(&dir.join("a"), b"one").unwrap();
        assert_eq!(disk.read(&dir.join("a")).unwrap(), b"one");
        assert_eq!(disk.list(Path::new("/device")).unwrap(), ["versions"]);
        assert_eq!(disk.list(dir).unwrap(), ["a"]);
        disk.rename(dir, Path::new("/device/old")).unwrap();
        assert_eq!(disk.read(Path::new("/device/old/a")).unwrap(), b"one");
        assert_eq!(disk.metadata(dir).unwrap(), None);
        disk.remove(Path::new("/device/old")).unwrap();
        assert!(disk.list(Path::new("/device")).unwrap().is_empty());
        disk.remove(Path::new("/device/old")).unwrap();
    }

    #[test]
    fn a_copy_is_another_disk() {
        let disk = MemoryDisk::default();
        let file = Path::new("/a");
        disk.create_dir(Path::new("/")).unwrap();
        disk.write(file, b"one").unwrap();
        let held = disk.lock(Path::new("/lock")).unwrap();
        assert!(held.is_some() && disk.lock(Path::new("/lock")).unwrap().is_none());
        let copy = disk.copy();
        assert!(copy.lock(Path::new("/lock")).unwrap().is_some());
        copy.open(file, Open::Keep).unwrap().write_at(1, b"xx").unwrap();
        assert_eq!(
            (disk.read(file).unwrap(), copy.read(file).unwrap()),
            (b"one".to_vec(), b"oxx".to_vec())
        );
    }
}
