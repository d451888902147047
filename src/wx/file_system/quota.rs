//! How much an app and its user may keep.

use super::fault::Fault;
use super::path::Area;
use crate::system::Folder;
use crate::wx::WxError;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes that user files and saved files may take together.
const LIMIT: u64 = 200 * 1024 * 1024;

/// Bytes that are taken, once they have been counted; shared by whoever writes for the app.
#[derive(Debug, Clone, Default)]
pub struct Quota(Arc<Mutex<Option<u64>>>);

impl Quota {
    /// Room for this file to have this length.
    ///
    /// # Errors
    /// There is none, or those of the disk.
    pub fn reserve(&self, folder: &Folder, place: &Path, length: u64) -> Result<(), WxError> {
        let mut used = self.lock();
        let before = match *used {
            Some(used) => used,
            None => count(folder)?,
        };
        let old = folder.size(place).map_err(|fault| Fault::of(&fault))?;
        let new = before.saturating_sub(old) + length;
        if length > old && new > LIMIT {
            return Err(Fault::Full.into());
        }
        *used = Some(new);
        Ok(())
    }

    /// Files were removed or moved: what is taken is counted anew at the next write.
    pub fn recount(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn count(folder: &Folder) -> Result<u64, WxError> {
    let size = |area: Area| folder.size(Path::new(area.folder()));
    let total = size(Area::User).and_then(|user| Ok(user + size(Area::Saved)?));
    Ok(total.map_err(|fault| Fault::of(&fault))?)
}
