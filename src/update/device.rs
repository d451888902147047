//! The folder of a device: one process at a time, one database, immutable version folders.

use super::database::{Database, DatabaseError, Opened};
use super::state::AppState;
use crate::package::{AppId, Digest, PartName};
use crate::release::Release;
use crate::system::{Clock, Disk, DiskError, DiskLock};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Why a device cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// There is no device at this path.
    #[error("{} is not a device folder", dir.display())]
    NotADevice {
        /// The path.
        dir: PathBuf,
    },
    /// Wait until the other process has ended, or use another folder.
    #[error("device folder {} is in use by another process", dir.display())]
    InUse {
        /// The folder.
        dir: PathBuf,
    },
    /// A file operation failed; nothing was changed.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// The database failed; nothing was changed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// An app's record cannot be read: clear the device, or use another folder.
    #[error("{}: the record of {app} cannot be read: {reason}", path.display())]
    Record {
        /// The database file.
        path: PathBuf,
        /// Whose record.
        app: AppId,
        /// What is wrong.
        reason: String,
    },
}

/// See [`Device::in_flight`].
pub(super) type InFlight = Arc<tokio::sync::Mutex<()>>;

/// A device folder that this process owns; clones share it.
#[derive(Clone)]
pub struct Device(Arc<Inner>);

struct Inner {
    dir: PathBuf,
    disk: Arc<dyn Disk>,
    clock: Arc<dyn Clock>,
    opened: Opened,
    // Held while version folders are written and named, or looked through for garbage.
    files: Mutex<()>,
    // Whose downloads are under way.
    turns: Mutex<BTreeMap<Digest, Arc<tokio::sync::Mutex<()>>>>,
    // Which apps check or download.
    in_flight: Mutex<BTreeMap<AppId, InFlight>>,
    // Closed before the lock is released: fields are dropped in this order.
    database: Database,
    _lock: Box<dyn DiskLock>,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Device").field(&self.0.dir).finish()
    }
}

impl Device {
    /// Opens the device at `dir`, which is made where it does not exist.
    ///
    /// # Errors
    /// When another process uses the folder, or the disk fails.
    pub fn open(dir: &Path, clock: Arc<dyn Clock>, disk: Arc<dyn Disk>) -> Result<Self, DeviceError> {
        let lock = own(dir, disk.as_ref())?;
        let (database, opened) = Database::open(Arc::clone(&disk), dir.join("state.redb"))?;
        if let Opened::Recovered(aside) = &opened {
            tracing::warn!(aside = %aside.display(), "the device's database was damaged and is begun anew");
        }
        Ok(Self(Arc::new(Inner {
            dir: dir.to_owned(),
            disk,
            clock,
            opened,
            files: Mutex::default(),
            turns: Mutex::default(),
            in_flight: Mutex::default(),
            database,
            _lock: lock,
        })))
    }

    /// Opens the device at `dir`, but makes none.
    ///
    /// # Errors
    /// As [`Device::open`], or when there is none.
    pub fn open_existing(dir: &Path, clock: Arc<dyn Clock>, disk: Arc<dyn Disk>) -> Result<Self, DeviceError> {
        must_exist(dir, disk.as_ref())?;
        Self::open(dir, clock, disk)
    }

    /// Removes everything that a device has put into its folder: apps, versions, and the folders of apps' data that
    /// `data` names. Files of others in it stay. Works on a folder whose database cannot be read, too.
    ///
    /// # Errors
    /// When it is no device folder, another process uses it, or the disk fails.
    pub fn clear(dir: &Path, disk: &dyn Disk, data: &[&str]) -> Result<(), DeviceError> {
        must_exist(dir, disk)?;
        let _lock = lock(dir, disk)?;
        for name in disk.list(dir)? {
            if is_ours(&name) || data.contains(&name.as_str()) {
                disk.remove(&dir.join(name))?;
            }
        }
        Ok(disk.sync_dir(dir)?)
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.0.dir
    }

    /// The disk that it is on.
    pub fn disk(&self) -> &dyn Disk {
        self.0.disk.as_ref()
    }

    /// Its clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// Where a damaged database was moved to when the device was opened.
    pub fn damaged_database(&self) -> Option<&Path> {
        match &self.0.opened {
            Opened::Recovered(aside) => Some(aside),
            _ => None,
        }
    }

    /// The apps that have a record.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn apps(&self) -> Result<Vec<AppId>, DeviceError> {
        let keys = self.0.database.keys()?;
        Ok(keys.iter().filter_map(|key| AppId::parse(key).ok()).collect())
    }

    /// What is known of an app; empty for one that was never started.
    ///
    /// # Errors
    /// When the disk fails, or the record cannot be read.
    pub fn state(&self, app: &AppId) -> Result<AppState, DeviceError> {
        self.parse(app, self.0.database.read(app.as_str())?.as_deref())
    }

    /// The parts of a release whose folders are here: what of it can be used offline.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn parts(&self, release: &Release) -> Result<BTreeSet<PartName>, DeviceError> {
        let mut held = BTreeSet::new();
        for part in &release.parts {
            if self.holds(&part.digest)? {
                held.insert(part.name.clone());
            }
        }
        Ok(held)
    }

    /// Changes an app's record in one durable transaction.
    ///
    /// # Errors
    /// When the disk fails, or the record cannot be read. The change is then not made.
    pub fn change<T>(&self, app: &AppId, change: impl FnOnce(&mut AppState) -> T) -> Result<T, DeviceError> {
        let mut outcome = None;
        self.0.database.change(app.as_str(), |old| {
            let mut state = match self.parse(app, old) {
                Ok(state) => state,
                Err(error) => {
                    outcome = Some(Err(error));
                    return None;
                }
            };
            outcome = Some(Ok(change(&mut state)));
            Some(state.to_bytes())
        })?;
        // The closure runs exactly once when the transaction succeeds.
        outcome.unwrap_or_else(|| Err(self.unreadable(app, "the transaction did not run")))
    }

    fn parse(&self, app: &AppId, record: Option<&[u8]>) -> Result<AppState, DeviceError> {
        let state = record.map_or_else(|| Ok(AppState::default()), AppState::parse);
        state.map_err(|error| self.unreadable(app, error))
    }

    fn unreadable(&self, app: &AppId, reason: impl ToString) -> DeviceError {
        DeviceError::Record {
            path: self.0.dir.join("state.redb"),
            app: app.clone(),
            reason: reason.to_string(),
        }
    }

    /// Where parts are unpacked.
    pub(super) fn versions(&self) -> PathBuf {
        self.0.dir.join("versions")
    }

    /// The folder of one part.
    pub(super) fn version(&self, digest: &Digest) -> PathBuf {
        self.versions().join(digest.to_hex())
    }

    /// Whether the folder of a part is there. Whether it is whole is for whoever reads it.
    pub(super) fn holds(&self, digest: &Digest) -> Result<bool, DiskError> {
        let entry = self.disk().metadata(&self.version(digest))?;
        Ok(entry.is_some_and(|entry| entry.is_dir))
    }

    /// The right to download a part: one at a time, whichever app and release it is for.
    pub(super) fn turn(&self, digest: &Digest) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.0.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        Arc::clone(turns.entry(*digest).or_default())
    }

    /// Where downloads grow.
    pub(super) fn partials(&self) -> PathBuf {
        self.0.dir.join("partial")
    }

    /// The copy of an app's newest signed manifest.
    pub(super) fn trusted(&self, app: &AppId) -> PathBuf {
        self.0.dir.join("trusted").join(format!("{app}.json"))
    }

    /// Held by whoever checks or downloads for an app: one at a time, whatever the user.
    pub(super) fn in_flight(&self, app: &AppId) -> InFlight {
        let mut all = self.0.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(app.clone()).or_default())
    }

    /// Keeps everybody else from writing or collecting version folders.
    pub(super) fn hold_files(&self) -> MutexGuard<'_, ()> {
        self.0.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file that the owning process holds.
const LOCK: &str = "lock";

/// The folders of a device.
const FOLDERS: [&str; 3] = ["versions", "partial", "trusted"];

/// Whether a device has made the file or folder of this name, the lock aside. Databases may be half made or damaged,
/// and a kill may leave the clock's file with a temporary name.
fn is_ours(name: &str) -> bool {
    let begins = ["state.redb", "state.new", "state.damaged", "clock."];
    FOLDERS.contains(&name) || name == super::clock_of_device::FILE || begins.iter().any(|b| name.starts_with(b))
}

/// Makes the folders and takes the lock.
fn own(dir: &Path, disk: &dyn Disk) -> Result<Box<dyn DiskLock>, DeviceError> {
    for name in FOLDERS {
        disk.create_dir(&dir.join(name))?;
    }
    lock(dir, disk)
}

pub(super) fn lock(dir: &Path, disk: &dyn Disk) -> Result<Box<dyn DiskLock>, DeviceError> {
    let lock = disk.lock(&dir.join(LOCK))?;
    lock.ok_or_else(|| DeviceError::InUse { dir: dir.to_owned() })
}

/// A folder that we did not make is left alone.
pub(super) fn must_exist(dir: &Path, disk: &dyn Disk) -> Result<(), DeviceError> {
    match disk.metadata(&dir.join(LOCK))? {
        Some(_) => Ok(()),
        None => Err(DeviceError::NotADevice { dir: dir.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::{RealClock, RealDisk};
    use crate::update::testing::app;

    fn open(dir: &Path) -> Result<Device, DeviceError> {
        Device::open(dir, Arc::new(RealClock), Arc::new(RealDisk))
    }

    #[test]
    fn two_processes_on_one_folder_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let first = open(dir.path()).unwrap();
        let error = open(dir.path()).unwrap_err();
        assert!(error.to_string().ends_with("is in use by another process"), "{error}");
        drop(first);
        open(dir.path()).unwrap();
    }

    #[test]
    fn a_record_that_cannot_be_read_is_an_error_that_names_it() {
        let dir = tempfile::tempdir().unwrap();
        let device = open(dir.path()).unwrap();
        let record = br#"{"floor":"many"}"#.to_vec();
        device.0.database.change("wxtest", |_| Some(record)).unwrap();
        let error = device.state(&app()).unwrap_err().to_string();
        assert!(
            error.contains("state.redb: the record of wxtest cannot be read: "),
            "{error}"
        );
        assert!(device.change(&app(), |_| ()).is_err());
    }

    #[test]
    fn a_lost_database_is_reported_and_begun_anew() {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path())
            .unwrap()
            .change(&app(), |state| state.floor = 7)
            .unwrap();
        RealDisk.write(&dir.path().join("state.redb"), b"scribble").unwrap();
        let device = open(dir.path()).unwrap();
        assert!(device.damaged_database().is_some());
        assert_eq!(device.state(&app()).unwrap(), AppState::default());
    }

    #[test]
    fn clearing_takes_a_device_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        RealDisk.write(&dir.path().join("mine.txt"), b"x").unwrap();
        assert!(matches!(
            Device::clear(dir.path(), &RealDisk, &["users"]),
            Err(DeviceError::NotADevice { .. })
        ));
        let device = open(dir.path()).unwrap();
        assert!(matches!(
            Device::clear(dir.path(), &RealDisk, &["users"]),
            Err(DeviceError::InUse { .. })
        ));
        drop(device);
        for name in ["users", "state.damaged", "clock"] {
            RealDisk.write(&dir.path().join(name), b"x").unwrap();
        }
        Device::clear(dir.path(), &RealDisk, &["users"]).unwrap();
        assert_eq!(RealDisk.list(dir.path()).unwrap(), [LOCK, "mine.txt"]);
    }
}
