//! Reads an installed release back. The disk is not trusted: every part is
//! packed again, and only the signed bytes pass.

use super::device::Device;
use crate::package::{Digest, FileTree, PackagePath, PartName, TreeError};
use crate::release::{SignedRelease, VerifiedPackage, VerifiedPart, VerifyError};
use crate::system::{Disk, DiskError};
use bytes::Bytes;
use std::path::{Path, PathBuf};

/// More nesting than a package path can have.
const MAX_DEPTH: usize = 256;

/// Why an installed release cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Files were changed, added or lost: fetch the part again.
    #[error("{} is damaged: {reason}", folder.display())]
    Damaged {
        /// The part's folder.
        folder: PathBuf,
        /// Its digest.
        digest: Digest,
        /// What is wrong.
        reason: String,
    },
    /// The parts are whole, and still no app.
    #[error(transparent)]
    Unusable(VerifyError),
    /// The disk failed.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Reads from the device what there is of a release: the main package, and the subpackages that were fetched. A damaged
/// subpackage counts as one that was not.
///
/// # Errors
/// See [`LoadError`]. The main package may be missing, but not damaged, where a subpackage starts without it.
pub fn load(device: &Device, release: &SignedRelease) -> Result<VerifiedPackage, LoadError> {
    let mut parts = Vec::new();
    for part in &release.release().parts {
        let is_main = part.name == PartName::Main;
        let may_be_missing = !is_main || release.release().config.is_some();
        if may_be_missing && !device.holds(&part.digest)? {
            continue;
        }
        match load_part(device, release, &part.name) {
            Ok(part) => parts.push(part),
            Err(error @ LoadError::Damaged { .. }) if !is_main => {
                tracing::warn!(%error, "the subpackage will be fetched again");
            }
            Err(error) => return Err(error),
        }
    }
    VerifiedPackage::assemble(release, parts).map_err(LoadError::Unusable)
}

/// Reads one part of a release from the device.
pub(super) fn load_part(device: &Device, release: &SignedRelease, name: &PartName) -> Result<VerifiedPart, LoadError> {
    let part = release.release().part(name).ok_or_else(|| {
        LoadError::Unusable(VerifyError::NotListed {
            release: release.id(),
            part: name.clone(),
        })
    })?;
    let folder = device.version(&part.digest);
    let damaged = |reason: String| LoadError::Damaged {
        folder: folder.clone(),
        digest: part.digest,
        reason,
    };
    let files = read_tree(device.disk(), &folder)?.map_err(|error| damaged(error.to_string()))?;
    release
        .open_files(name, files)
        .map_err(|error| damaged(error.to_string()))
}

/// The files below `folder`; none where there is no such folder.
pub(super) fn read_tree(disk: &dyn Disk, folder: &Path) -> Result<Result<FileTree, TreeError>, DiskError> {
    let mut files = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((dir, prefix, depth)) = open.pop() {
        for name in disk.list(&dir)? {
            let path = dir.join(&name);
            let inner = format!("{prefix}{name}");
            let is_dir = disk.metadata(&path)?.is_some_and(|entry| entry.is_dir);
            if is_dir && depth < MAX_DEPTH {
                open.push((path, format!("{inner}/"), depth + 1));
                continue;
            }
            match PackagePath::parse(&inner) {
                Ok(inner) => files.push((inner, Bytes::from(disk.read(&path)?))),
                Err(error) => return Ok(Err(error.into())),
            }
        }
    }
    Ok(FileTree::new(files).map_err(TreeError::from))
}
