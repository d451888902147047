//! A folder that nothing leads out of: paths go down only, and links are not followed.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{Error, ErrorKind, Result};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};
use tempfile::TempDir;

/// A folder on disk. Every path given to it is relative to it.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    /// Removes a temporary folder with its last user.
    _own: Option<Arc<TempDir>>,
}

impl Folder {
    /// The folder at this place; it need not exist.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            _own: None,
        }
    }

    /// A new folder that goes when it is no longer used.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn temporary() -> Result<Self> {
        let own = Arc::new(tempfile::tempdir()?);
        Ok(Self {
            root: own.path().to_owned(),
            _own: Some(own),
        })
    }

    /// Makes the folder, or one in it, with everything above.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn make_all(&self, path: &Path) -> Result<()> {
        fs::create_dir_all(self.locate(path)?)
    }

    /// Makes one folder, whose parent must be there.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn make(&self, path: &Path) -> Result<()> {
        fs::create_dir(self.locate(path)?)
    }

    /// Opens a file.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn open(&self, path: &Path, options: &OpenOptions) -> Result<File> {
        options.open(self.locate(path)?)
    }

    /// What a file or folder is.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn metadata(&self, path: &Path) -> Result<Metadata> {
        fs::symlink_metadata(self.locate(path)?)
    }

    /// A whole file.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn read(&self, path: &Path) -> Result<Vec<u8>> {
        fs::read(self.locate(path)?)
    }

    /// The names in a folder, in order.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn names(&self, path: &Path) -> Result<Vec<String>> {
        let entries = fs::read_dir(self.locate(path)?)?;
        let mut names = entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }

    /// Moves a file or folder; a file in its way is replaced.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<()> {
        fs::rename(self.locate(from)?, self.locate(to)?)
    }

    /// Removes a file.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove_file(&self, path: &Path) -> Result<()> {
        fs::remove_file(self.locate(path)?)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove_folder(&self, path: &Path) -> Result<()> {
        fs::remove_dir(self.locate(path)?)
    }

    /// Removes a folder with everything in it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove_all(&self, path: &Path) -> Result<()> {
        fs::remove_dir_all(self.locate(path)?)
    }

    /// Bytes of all files under a path; one that is not there has none.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn size(&self, path: &Path) -> Result<u64> {
        let metadata = match self.metadata(path) {
            Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(0),
            metadata => metadata?,
        };
        if !metadata.is_dir() {
            return Ok(metadata.len());
        }
        let names = self.names(path)?;
        names.iter().map(|name| self.size(&path.join(name))).sum()
    }

    /// The place on disk, after a look at every step of the way.
    fn locate(&self, path: &Path) -> Result<PathBuf> {
        let mut place = self.root.clone();
        for component in path.components() {
            let Component::Normal(name) = component else {
                return Err(Error::from(ErrorKind::PermissionDenied));
            };
            place.push(name);
            if fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_symlink()) {
                return Err(Error::from(ErrorKind::PermissionDenied));
            }
        }
        Ok(place)
    }
}

/// Makes a file look as if it was last changed at this time, in milliseconds since 1970.
///
/// # Errors
/// Those of the disk.
pub fn stamp(file: &File, at_ms: f64) -> Result<()> {
    file.set_modified(UNIX_EPOCH + Duration::from_secs_f64(at_ms.max(0.0) / 1000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "s").unwrap();
        let inside = tempfile::tempdir().unwrap();
        let folder = Folder::new(inside.path());
        let secret = outside.path().join("secret");
        for path in [Path::new("../x"), Path::new("a/../../x"), &secret] {
            assert_eq!(
                folder.read(path).unwrap_err().kind(),
                ErrorKind::PermissionDenied,
                "{path:?}"
            );
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path(), inside.path().join("link")).unwrap();
            for path in ["link", "link/secret"] {
                let fault = folder.read(Path::new(path)).unwrap_err();
                assert_eq!(fault.kind(), ErrorKind::PermissionDenied, "{path}");
            }
        }
    }

    #[test]
    fn the_size_is_that_of_all_files() {
        let inside = tempfile::tempdir().unwrap();
        let folder = Folder::new(inside.path());
        folder.make_all(Path::new("a/b")).unwrap();
        fs::write(inside.path().join("a/b/c"), "123").unwrap();
        fs::write(inside.path().join("d"), "4567").unwrap();
        assert_eq!(folder.size(Path::new("")).unwrap(), 7);
        assert_eq!(folder.size(Path::new("gone")).unwrap(), 0);
    }
}
