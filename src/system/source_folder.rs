//! A folder of sources, read into memory.

use bytes::Bytes;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Most bytes that are read from one folder.
const MAX_BYTES: u64 = 256 << 20;
/// Most files that are read from one folder.
const MAX_FILES: usize = 100_000;

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceFolderError {
    /// The system refused.
    #[error("failed to read {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A name that is not Unicode.
    #[error("the name of {} is not unicode", path.display())]
    Name {
        /// The file or folder.
        path: PathBuf,
    },
    /// A link that leads out of the folder, or to a folder.
    #[error("{} is a symbolic link to a folder, or leads out of {}", path.display(), folder.display())]
    Link {
        /// The link.
        path: PathBuf,
        /// The folder that is read.
        folder: PathBuf,
    },
    /// Too much for a source tree.
    #[error("{} has more than {MAX_FILES} files or {} MB", folder.display(), MAX_BYTES >> 20)]
    TooLarge {
        /// The folder that is read.
        folder: PathBuf,
    },
}

/// Reads every file below `folder` whose path from there (with `/`) is wanted; folders that are not wanted are not
/// entered. Files come sorted by path.
pub fn read_source_folder(
    folder: &Path,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Bytes)>, SourceFolderError> {
    let mut files = Vec::new();
    let mut left = MAX_BYTES;
    let mut folders = vec![String::new()];
    while let Some(inside) = folders.pop() {
        for (name, kind) in entries(&folder.join(&inside))? {
            let name = if inside.is_empty() {
                name
            } else {
                format!("{inside}/{name}")
            };
            // Pipes, sockets and devices are no sources, and reading one could wait for ever.
            if !wanted(&name) || !(kind.is_dir() || kind.is_file() || kind.is_symlink()) {
                continue;
            }
            if kind.is_dir() {
                folders.push(name);
                continue;
            }
            let path = folder.join(&name);
            if kind.is_symlink() {
                refuse_foreign_link(folder, &path)?;
            }
            let bytes = fs::read(&path).map_err(|source| SourceFolderError::Io { path, source })?;
            let too_large = || SourceFolderError::TooLarge {
                folder: folder.to_owned(),
            };
            left = left.checked_sub(bytes.len() as u64).ok_or_else(too_large)?;
            if files.len() == MAX_FILES {
                return Err(too_large());
            }
            files.push((name, Bytes::from(bytes)));
        }
    }
    files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<(String, fs::FileType)>, SourceFolderError> {
    let failed = |source| SourceFolderError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let name = entry
            .file_name()
            .into_string()
            .map_err(|_| SourceFolderError::Name { path: entry.path() })?;
        entries.push((name, kind));
    }
    Ok(entries)
}

/// A link to a file inside the same folder is a convenience; any other could smuggle in what is not the project's.
fn refuse_foreign_link(folder: &Path, link: &Path) -> Result<(), SourceFolderError> {
    let failed = |source| SourceFolderError::Io {
        path: link.to_owned(),
        source,
    };
    let target = link.canonicalize().map_err(failed)?;
    let root = folder.canonicalize().map_err(failed)?;
    if target.starts_with(root) && target.is_file() {
        return Ok(());
    }
    Err(SourceFolderError::Link {
        path: link.to_owned(),
        folder: folder.to_owned(),
    })
}
