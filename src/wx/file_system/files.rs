//! The files of one app and user: what may be read, what may be written, and how much.

use super::descriptors::Descriptors;
use super::fault::{Fault, on};
use super::incoming::{Incoming, PARTIAL};
use super::path::{Area, Place, SCHEME, resolve};
use super::quota::Quota;
use crate::system::{Folder, stamp};
use crate::wx::WxError;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of the largest file that is read in one piece.
const READ_LIMIT: u64 = 100 * 1024 * 1024;

/// The files of the code package that runs.
pub trait PackageFiles: Send + Sync {
    /// The content of a file, by its path without a leading slash.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
    /// The paths of all files.
    fn paths(&self) -> Vec<String>;
}

/// Where the files of one app and user lie. Instances that follow each other share it by cloning.
#[derive(Debug, Clone, Default)]
pub struct FilesRoot {
    /// `None` for a temporary folder, made at first use and gone with the last clone.
    path: Option<PathBuf>,
    folder: Arc<Mutex<Option<Folder>>>,
}

impl FilesRoot {
    /// A folder of the device, which belongs to one app and user.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: Some(path.into()),
            ..Self::default()
        }
    }

    fn folder(&self) -> std::io::Result<Folder> {
        let mut slot = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &*slot {
            return Ok(folder.clone());
        }
        let folder = match &self.path {
            Some(path) => Folder::new(path),
            None => Folder::temporary()?,
        };
        Ok(slot.insert(folder).clone())
    }
}

/// The files that an app instance can reach.
pub struct Files {
    root: FilesRoot,
    pub(super) folder: Folder,
    pub(super) package: Arc<dyn PackageFiles>,
    pub(super) descriptors: Descriptors,
    quota: Quota,
    made: bool,
}

impl Files {
    /// The files in this folder and in this package. Nothing is touched on disk before the
    /// app uses a file.
    pub fn new(root: FilesRoot, package: Arc<dyn PackageFiles>) -> Self {
        Self {
            root,
            folder: Folder::new(PathBuf::new()),
            package,
            descriptors: Descriptors::default(),
            quota: Quota::default(),
            made: false,
        }
    }

    /// The package has more files now.
    pub fn set_package(&mut self, package: Arc<dyn PackageFiles>) {
        self.package = package;
    }

    /// Puts a new temporary file there for the app and returns its path.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn create_temp(&mut self, name: &str, bytes: &[u8]) -> Result<String, WxError> {
        let path = format!("{SCHEME}tmp_{name}");
        let Place::Local(Area::Temp, place) = resolve(&path) else {
            return Err(Fault::Invalid.into());
        };
        self.prepare()?;
        let mut file = self
            .folder
            .open(&place, OpenOptions::new().write(true).create_new(true))
            .map_err(on("open", &path))?;
        file.write_all(bytes).map_err(on("write", &path))?;
        Ok(path)
    }

    /// A file that arrives from outside, for a path of the app or, without one, as a temporary file.
    ///
    /// # Errors
    /// The app may not write there, the folder above is not there, or those of the disk.
    pub(in crate::wx) fn incoming(&mut self, id: u64, path: Option<&str>, now_ms: f64) -> Result<Incoming, WxError> {
        self.prepare()?;
        let target = match path {
            None => None,
            Some(path) => {
                let place = self.writable("open", path)?;
                let above = place.parent().unwrap_or(Path::new(""));
                self.folder.metadata(above).map_err(on("open", path))?;
                if self.folder.metadata(&place).is_ok_and(|metadata| metadata.is_dir()) {
                    return Err(Fault::Directory.at("open", path));
                }
                Some((path.to_owned(), place))
            }
        };
        Incoming::begin(self.folder.clone(), self.quota.clone(), (id, now_ms), target)
    }

    /// Makes the folders at the first use. Temporary files live as long as the app does: those that a former
    /// instance left are gone.
    pub(super) fn prepare(&mut self) -> Result<(), WxError> {
        if self.made {
            return Ok(());
        }
        self.folder = self.root.folder().map_err(on("mkdir", SCHEME))?;
        for left in [Area::Temp.folder(), PARTIAL].map(Path::new) {
            if self.folder.metadata(left).is_ok() {
                self.folder.remove_all(left).map_err(on("rmdir", SCHEME))?;
            }
        }
        for folder in [Area::User.folder(), Area::Temp.folder(), Area::Saved.folder(), PARTIAL] {
            self.folder.make_all(Path::new(folder)).map_err(on("mkdir", folder))?;
        }
        self.made = true;
        Ok(())
    }

    /// Where a path leads that the app wants to see.
    pub(super) fn visible(&mut self, operation: &str, path: &str) -> Result<Place, WxError> {
        self.prepare()?;
        match resolve(path) {
            Place::Outside if path.starts_with(SCHEME) => Err(Fault::Denied.at(operation, path)),
            Place::Outside => Err(Fault::NotFound.at(operation, path)),
            place => Ok(place),
        }
    }

    /// Where a path leads that the app wants to change: below the user folder.
    pub(super) fn writable(&mut self, operation: &str, path: &str) -> Result<PathBuf, WxError> {
        self.prepare()?;
        match resolve(path) {
            Place::Local(Area::User, place) if place.components().count() > 1 => Ok(place),
            _ => Err(Fault::Denied.at(operation, path)),
        }
    }

    /// A file of the code package.
    pub(in crate::wx) fn of_package(&self, path: &str) -> Option<Vec<u8>> {
        self.package.read(path)
    }

    /// A whole file.
    pub(in crate::wx) fn read(&mut self, path: &str) -> Result<Vec<u8>, WxError> {
        match self.visible("open", path)? {
            Place::Local(_, place) => {
                let metadata = self.folder.metadata(&place).map_err(on("open", path))?;
                if metadata.is_dir() {
                    return Err(Fault::Directory.at("open", path));
                }
                if metadata.len() > READ_LIMIT {
                    return Err(Fault::Full.into());
                }
                self.folder.read(&place).map_err(on("open", path))
            }
            Place::Package(inner) => match self.package.read(&inner) {
                Some(bytes) => Ok(bytes),
                None if self.is_package_folder(&inner) => Err(Fault::Directory.at("open", path)),
                None => Err(Fault::NotFound.at("open", path)),
            },
            Place::Outside => Err(Fault::NotFound.at("open", path)),
        }
    }

    /// Whether the package has files below this path.
    pub(super) fn is_package_folder(&self, inner: &str) -> bool {
        inner.is_empty() || self.package.paths().iter().any(|path| below(path, inner).is_some())
    }

    /// Writes a user file: all of it anew, or more at its end.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8], append: bool, now_ms: f64) -> Result<(), WxError> {
        let place = self.writable("open", path)?;
        let old = self.folder.size(&place).map_err(on("open", path))?;
        let length = bytes.len() as u64 + if append { old } else { 0 };
        let mut options = OpenOptions::new();
        options.create(true).append(append).write(true).truncate(!append);
        // A folder in the way is told before the quota is.
        if self.folder.metadata(&place).is_ok_and(|metadata| metadata.is_dir()) {
            return Err(Fault::Directory.at("open", path));
        }
        self.reserve(&place, length)?;
        let opened = self.folder.open(&place, &options);
        if opened.is_err() {
            self.recount();
        }
        let mut file = opened.map_err(on("open", path))?;
        file.write_all(bytes).map_err(on("write", path))?;
        self.finish(&file, now_ms);
        Ok(())
    }

    /// Room for this file to have this length.
    pub(super) fn reserve(&mut self, place: &Path, length: u64) -> Result<(), WxError> {
        self.quota.reserve(&self.folder, place, length)
    }

    /// Files were removed or moved: what is taken is counted anew at the next write.
    pub(super) fn recount(&mut self) {
        self.quota.recount();
    }

    /// A changed file bears the app's time. A file system without times is no reason to fail.
    pub(super) fn finish(&self, file: &File, now_ms: f64) {
        let _ = stamp(file, now_ms);
    }
}

/// The rest of a path below a folder of the package.
pub(super) fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// A package without files.
struct NoPackage;

impl PackageFiles for NoPackage {
    fn read(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn paths(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Default for Files {
    /// A temporary folder and a package without files.
    fn default() -> Self {
        Self::new(FilesRoot::default(), Arc::new(NoPackage))
    }
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}
