//! A file that arrives piece by piece: it is there for the app when it is whole, or not at all.

use super::fault::on;
use super::path::{Area, SCHEME};
use super::quota::Quota;
use crate::system::{Folder, stamp};
use crate::wx::WxError;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of what is not whole yet; no path of the app leads there.
pub const PARTIAL: &str = "partial";

/// A file that is arriving. Dropped before its end, it leaves nothing.
#[derive(Debug)]
pub struct Incoming {
    folder: Folder,
    quota: Quota,
    partial: PathBuf,
    file: File,
    length: u64,
    began_ms: f64,
    /// The app's path and its place; `None` for a temporary file.
    target: Option<(String, PathBuf)>,
}

impl Incoming {
    /// Of the call with this id, made at this time.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn begin(
        folder: Folder,
        quota: Quota,
        (id, began_ms): (u64, f64),
        target: Option<(String, PathBuf)>,
    ) -> Result<Self, WxError> {
        let partial = Path::new(PARTIAL).join(id.to_string());
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        let file = folder.open(&partial, &options).map_err(on("open", SCHEME))?;
        Ok(Self {
            folder,
            quota,
            partial,
            file,
            length: 0,
            began_ms,
            target,
        })
    }

    /// More of it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), WxError> {
        self.length += piece.len() as u64;
        self.file.write_all(piece).map_err(on("write", SCHEME))
    }

    /// All of it is there: the result's property for the path, and the path. A temporary file's name
    /// ends in `extension`.
    ///
    /// # Errors
    /// There is no room left for the app's files, or those of the disk.
    pub fn finish(self, extension: &str) -> Result<(&'static str, String), WxError> {
        // A file system without times is no reason to fail.
        let _ = stamp(&self.file, self.began_ms);
        if let Some((path, place)) = &self.target {
            self.quota.reserve(&self.folder, place, self.length)?;
            let moved = self.folder.rename(&self.partial, place);
            if moved.is_err() {
                self.quota.recount();
            }
            moved.map_err(on("open", path))?;
            return Ok(("filePath", path.clone()));
        }
        let digest = Sha256::digest(format!("{} {}", self.partial.display(), self.began_ms));
        let name = format!("{}_{}{extension}", Area::Temp.folder(), hex::encode(&digest[..16]));
        let place = Path::new(Area::Temp.folder()).join(&name);
        self.folder.rename(&self.partial, &place).map_err(on("open", SCHEME))?;
        Ok(("tempFilePath", format!("{SCHEME}{name}")))
    }
}

impl Drop for Incoming {
    /// After its end it is no longer at this place.
    fn drop(&mut self) {
        let _ = self.folder.remove_file(&self.partial);
    }
}
