//! A zipped source tree. Sizes are counted while bytes come out, never taken from the zip's own headers.

use super::path::{PackagePath, PathError};
use bytes::Bytes;
use std::io::{Cursor, Read};

/// Most bytes that a zipped source tree may unpack to: twice the platform's limit for all packages, as sources carry
/// files that are not packed.
pub const MAX_ZIP_CONTENT_BYTES: u64 = 64 << 20;
/// Most entries.
pub const MAX_ZIP_ENTRIES: usize = 20_000;

/// Why a zip is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ZipError {
    /// Not a zip, damaged, encrypted, or compressed in an unknown way.
    #[error("zip is not readable: {0}")]
    Broken(String),
    /// A name that could leave the package.
    #[error(transparent)]
    Path(#[from] PathError),
    /// A link.
    #[error("{0:?} is a symbolic link")]
    Symlink(String),
    /// It unpacks to more than allowed.
    #[error("zip unpacks to more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// More entries than allowed.
    #[error("zip has {found} entries, over the limit of {limit}")]
    TooManyEntries {
        /// How many it has.
        found: usize,
        /// The limit.
        limit: usize,
    },
}

/// Unpacks a zip in memory, up to `max_bytes`. A single folder around everything is taken off, as many tools zip the
/// folder itself.
pub fn read_zip(zip: &[u8], max_bytes: u64) -> Result<Vec<(String, Bytes)>, ZipError> {
    let broken = |error: zip::result::ZipError| ZipError::Broken(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).map_err(broken)?;
    if archive.len() > MAX_ZIP_ENTRIES {
        return Err(ZipError::TooManyEntries {
            found: archive.len(),
            limit: MAX_ZIP_ENTRIES,
        });
    }
    let mut files = Vec::new();
    let mut left = max_bytes;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let name = entry.name().map_err(broken)?.into_owned();
        if entry.is_symlink() {
            return Err(ZipError::Symlink(name));
        }
        if entry.is_dir() {
            PackagePath::parse(name.trim_end_matches('/'))?;
            continue;
        }
        let path = PackagePath::parse(&name)?;
        let mut bytes = Vec::new();
        let read = entry.take(left + 1).read_to_end(&mut bytes);
        let read = read.map_err(|error| ZipError::Broken(format!("{path}: {error}")))? as u64;
        left = left.checked_sub(read).ok_or(ZipError::TooLarge { limit: max_bytes })?;
        files.push((String::from(path), Bytes::from(bytes)));
    }
    Ok(without_wrapper(files))
}

fn without_wrapper(files: Vec<(String, Bytes)>) -> Vec<(String, Bytes)> {
    // What macOS adds beside the folder does not count.
    let is_extra = |name: &str| name.starts_with("__MACOSX/");
    let mut tops = files
        .iter()
        .filter(|(name, _)| !is_extra(name))
        .map(|(name, _)| name.split_once('/').map(|(top, _)| top));
    let Some(Some(top)) = tops.next() else { return files };
    if tops.any(|other| other != Some(top)) {
        return files;
    }
    let prefix = format!("{top}/");
    let strip = |(name, bytes): (String, Bytes)| Some((name.strip_prefix(&prefix)?.to_owned(), bytes));
    files.into_iter().filter_map(strip).collect()
}
