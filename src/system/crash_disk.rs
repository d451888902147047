//! A disk that dies, fills up or turns read-only at a chosen operation.

use super::disk::{Disk, DiskError, DiskFile, DiskLock, Entry, Open, RealDisk};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What happens at the chosen operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The process is killed: the operation is done by half and nothing works after it.
    Kill,
    /// The machine loses power: as [`Failure::Kill`], and what was not synced is gone.
    PowerLoss,
    /// This operation and every later write finds the disk full.
    Full,
    /// This operation fails with an input/output error; later ones work.
    BadSector,
    /// This and every later write finds the disk read-only.
    ReadOnly,
}

impl Failure {
    fn error(self) -> io::Error {
        match self {
            Self::Kill | Self::PowerLoss => io::Error::other("the disk died"),
            Self::Full => io::ErrorKind::StorageFull.into(),
            Self::BadSector => io::Error::other("input/output error"),
            Self::ReadOnly => io::ErrorKind::ReadOnlyFilesystem.into(),
        }
    }

    fn ends_all(self) -> bool {
        matches!(self, Self::Kill | Self::PowerLoss)
    }
}

/// The real disk, with every change counted and one of them failing.
///
/// Syncing is not passed on: what a power loss takes away is simulated.
#[derive(Debug, Clone, Default)]
pub struct CrashDisk(Arc<Mutex<Plan>>);

#[derive(Debug, Default)]
struct Plan {
    changes: u64,
    fails: Option<(u64, Failure)>,
    dead: bool,
    undo: Vec<Undo>,
}

/// How a change that is not durable yet is taken back.
#[derive(Debug)]
enum Undo {
    /// The file's content at its last sync.
    Content(PathBuf, Vec<u8>),
    /// A name that the folder does not have durably.
    Created(PathBuf),
    /// A move that no folder has durably; with what the target held before.
    Renamed(PathBuf, PathBuf, Option<Vec<u8>>),
}

/// What is to be done with a change.
enum Verdict {
    Do,
    Half(io::Error),
    Refuse(io::Error),
}

impl CrashDisk {
    /// A disk that works, counting.
    pub fn sound() -> Self {
        Self::default()
    }

    /// A disk whose change number `nth` (from 0) meets `failure`.
    pub fn failing(nth: u64, failure: Failure) -> Self {
        let plan = Plan {
            fails: Some((nth, failure)),
            ..Plan::default()
        };
        Self(Arc::new(Mutex::new(plan)))
    }

    /// How many changes were asked for.
    pub fn changes(&self) -> u64 {
        self.plan().changes
    }

    /// Lets the next change meet `failure`.
    pub fn fail_next(&self, failure: Failure) {
        self.fail_after(0, failure);
    }

    /// Lets the change after the next `count` ones meet `failure`.
    pub fn fail_after(&self, count: u64, failure: Failure) {
        let mut plan = self.plan();
        plan.fails = Some((plan.changes + count, failure));
    }

    /// Whether the chosen operation was reached.
    pub fn has_failed(&self) -> bool {
        let plan = self.plan();
        plan.fails.is_some_and(|(nth, _)| plan.changes > nth)
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a change and says what becomes of it.
    fn change(&self) -> Verdict {
        let mut plan = self.plan();
        let number = plan.changes;
        plan.changes += 1;
        let Some((nth, failure)) = plan.fails else {
            return Verdict::Do;
        };
        match number.cmp(&nth) {
            std::cmp::Ordering::Less => Verdict::Do,
            std::cmp::Ordering::Equal if failure.ends_all() => {
                plan.dead = true;
                Verdict::Half(failure.error())
            }
            std::cmp::Ordering::Greater if failure == Failure::BadSector => Verdict::Do,
            _ => Verdict::Refuse(failure.error()),
        }
    }

    /// A change that is done whole or not at all.
    fn whole<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.change() {
            Verdict::Do => act(),
            Verdict::Half(e) | Verdict::Refuse(e) => {
                self.lose_unsynced();
                Err(e)
            }
        }
    }

    /// Opening a file for writing changes nothing yet, and a read-only disk refuses it all the same.
    fn writable(&self) -> io::Result<()> {
        let plan = self.plan();
        match plan.fails {
            Some((nth, Failure::ReadOnly)) if plan.changes >= nth => Err(Failure::ReadOnly.error()),
            _ => Ok(()),
        }
    }

    /// Reading does not count, but a dead disk reads nothing.
    fn alive(&self) -> io::Result<()> {
        if self.plan().dead {
            return Err(Failure::Kill.error());
        }
        Ok(())
    }

    fn remember(&self, undo: Undo) {
        self.plan().undo.push(undo);
    }

    /// Before a file's first write after a sync: its durable content.
    fn remember_content(&self, path: &Path) {
        let known = |undo: &Undo| matches!(undo, Undo::Content(p, _) | Undo::Created(p) if p == path);
        if !self.plan().undo.iter().any(known)
            && let Ok(bytes) = std::fs::read(path)
        {
            self.remember(Undo::Content(path.to_owned(), bytes));
        }
    }

    /// A synced file's content is durable. Its name is taken to be as well,
    /// as the file systems in use do it for new files.
    fn forget_file(&self, path: &Path) {
        self.plan()
            .undo
            .retain(|undo| !matches!(undo, Undo::Content(p, _) | Undo::Created(p) if p == path));
    }

    /// The names in `dir` are durable; a new file's content is not for that reason.
    fn forget_names(&self, dir: &Path) {
        let mut plan = self.plan();
        plan.undo
            .retain(|undo| !matches!(undo, Undo::Renamed(_, to, _) if to.parent() == Some(dir)));
        for undo in &mut plan.undo {
            if let Undo::Created(path) = undo
                && path.parent() == Some(dir)
            {
                *undo = Undo::Content(std::mem::take(path), Vec::new());
            }
        }
    }

    /// After a power loss: takes back what was not durable, newest first.
    fn lose_unsynced(&self) {
        let mut plan = self.plan();
        if !plan.dead || !matches!(plan.fails, Some((_, Failure::PowerLoss))) {
            return;
        }
        let (names, contents): (Vec<_>, Vec<_>) = std::mem::take(&mut plan.undo)
            .into_iter()
            .partition(|undo| matches!(undo, Undo::Renamed(..)));
        // Files are known by their present names, so they come before the moves.
        for undo in contents.into_iter().chain(names.into_iter().rev()) {
            // What is gone already needs no taking back.
            let _ = match undo {
                Undo::Content(path, bytes) => std::fs::write(path, bytes),
                Undo::Created(path) => std::fs::remove_file(path),
                Undo::Renamed(from, to, before) => {
                    std::fs::rename(&to, from).and_then(|()| before.map_or(Ok(()), |bytes| std::fs::write(&to, bytes)))
                }
            };
        }
    }

    /// What is not durable yet goes on under its new name.
    fn follow_rename(&self, from: &Path, to: &Path) {
        for undo in &mut self.plan().undo {
            if let Undo::Content(path, _) | Undo::Created(path) = undo
                && let Ok(rest) = path.strip_prefix(from)
            {
                *path = if rest.as_os_str().is_empty() {
                    to.to_owned()
                } else {
                    to.join(rest)
                };
            }
        }
    }
}

#[derive(Debug)]
struct CrashFile {
    disk: CrashDisk,
    path: PathBuf,
    inner: Box<dyn DiskFile>,
}

impl DiskFile for CrashFile {
    fn len(&self) -> io::Result<u64> {
        self.disk.alive()?;
        self.inner.len()
    }

    fn read_at(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.disk.alive()?;
        self.inner.read_at(offset, out)
    }

    fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.disk.alive()?;
        self.disk.remember_content(&self.path);
        match self.disk.change() {
            Verdict::Do => self.inner.write_at(offset, data),
            Verdict::Half(e) => {
                self.inner.write_at(offset, &data[..data.len() / 2])?;
                self.disk.lose_unsynced();
                Err(e)
            }
            Verdict::Refuse(e) => Err(e),
        }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk.alive()?;
        self.disk.remember_content(&self.path);
        self.disk.whole(|| self.inner.set_len(len))
    }

    fn sync(&self) -> io::Result<()> {
        self.disk.alive()?;
        self.disk.whole(|| Ok(()))?;
        self.disk.forget_file(&self.path);
        Ok(())
    }
}

impl CrashDisk {
    /// Carries a refusal out with its operation and path.
    fn guard<T>(
        &self,
        operation: &'static str,
        path: &Path,
        act: impl FnOnce() -> Result<T, DiskError>,
    ) -> Result<T, DiskError> {
        self.alive().map_err(|e| DiskError::new(operation, path, e))?;
        self.whole(|| Ok(())).map_err(|e| DiskError::new(operation, path, e))?;
        act()
    }
}

impl Disk for CrashDisk {
    fn open(&self, path: &Path, how: Open) -> Result<Box<dyn DiskFile>, DiskError> {
        let is_new = RealDisk.metadata(path)?.is_none();
        let changes = how == Open::Truncate || (how == Open::Keep && is_new);
        let inner = if changes {
            if !is_new {
                self.remember_content(path);
            }
            let inner = self.guard("open", path, || RealDisk.open(path, how))?;
            if is_new {
                self.remember(Undo::Created(path.to_owned()));
            }
            inner
        } else {
            self.alive().map_err(|e| DiskError::new("open", path, e))?;
            if how != Open::Read {
                self.writable().map_err(|e| DiskError::new("open", path, e))?;
            }
            RealDisk.open(path, how)?
        };
        Ok(Box::new(CrashFile {
            disk: self.clone(),
            path: path.to_owned(),
            inner,
        }))
    }

    fn create_dir(&self, path: &Path) -> Result<(), DiskError> {
        if matches!(RealDisk.metadata(path)?, Some(entry) if entry.is_dir) {
            return self.alive().map_err(|e| DiskError::new("create folder", path, e));
        }
        self.guard("create folder", path, || RealDisk.create_dir(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.guard("rename to", to, || {
            let before = std::fs::read(to).ok();
            RealDisk.rename(from, to)?;
            self.follow_rename(from, to);
            self.remember(Undo::Renamed(from.to_owned(), to.to_owned(), before));
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        if RealDisk.metadata(path)?.is_none() {
            return self.alive().map_err(|e| DiskError::new("remove", path, e));
        }
        self.guard("remove", path, || RealDisk.remove(path))
    }

    fn sync_dir(&self, path: &Path) -> Result<(), DiskError> {
        self.guard("sync folder", path, || Ok(()))?;
        self.forget_names(path);
        Ok(())
    }

    fn list(&self, path: &Path) -> Result<Vec<String>, DiskError> {
        self.alive().map_err(|e| DiskError::new("list", path, e))?;
        RealDisk.list(path)
    }

    fn metadata(&self, path: &Path) -> Result<Option<Entry>, DiskError> {
        self.alive().map_err(|e| DiskError::new("look at", path, e))?;
        RealDisk.metadata(path)
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn DiskLock>>, DiskError> {
        self.alive().map_err(|e| DiskError::new("lock", path, e))?;
        RealDisk.lock(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old_or_new(failure: Failure) {
        for nth in 0.. {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("a");
            RealDisk.write(&file, b"old").unwrap();
            let disk = CrashDisk::failing(nth, failure);
            let result = disk.write_atomic(&file, b"new, and longer");
            let now = RealDisk.read(&file).unwrap();
            assert!(
                now == b"old" || now == b"new, and longer",
                "{failure:?} at {nth}: {now:?}"
            );
            if !disk.has_failed() {
                assert!(result.is_ok() && now == b"new, and longer");
                return;
            }
            assert!(result.is_err(), "{failure:?} at {nth}");
        }
    }

    #[test]
    fn an_atomic_write_leaves_old_or_new_whatever_fails() {
        for failure in [
            Failure::Kill,
            Failure::PowerLoss,
            Failure::Full,
            Failure::BadSector,
            Failure::ReadOnly,
        ] {
            old_or_new(failure);
        }
    }

    #[test]
    fn a_killed_process_leaves_half_a_write_and_does_nothing_more() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a");
        let disk = CrashDisk::failing(1, Failure::Kill);
        assert!(disk.write(&file, b"0123456789").is_err());
        assert_eq!(RealDisk.read(&file).unwrap(), b"01234");
        assert!(disk.read(&file).is_err());
    }

    #[test]
    fn a_power_loss_takes_what_was_not_synced() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        RealDisk.write(&a, b"old").unwrap();
        let disk = CrashDisk::sound();
        disk.rename(&a, &b).unwrap();
        disk.fail_next(Failure::PowerLoss);
        assert!(disk.sync_dir(dir.path()).is_err());
        assert_eq!(RealDisk.list(dir.path()).unwrap(), ["a"]);
    }
}
