//! The file that `minirun pack` writes: all parts of an app in one container.
//!
//! The container is itself a canonical archive (see `archive.rs`), so the same sources give the same file. It holds
//! `bundle.json` (format, app id, and name, digest and length of each part) and, for each part, its compressed archive
//! as `packages/<digest of the archive>.tar.zst`. Nothing in it is signed: it is input for a release, not one.

use super::app_id::AppId;
use super::archive::{ArchiveError, read_archive, write_archive};
use super::digest::Digest;
use super::file_tree::{FileTree, TreeError};
use super::limits::PackageLimits;
use super::pack::PackedPart;
use super::part::PartName;
use super::path::Clash;
use super::transport::{Effort, TransportError, compress, decompress};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

const INDEX: &str = "bundle.json";
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<AppId>,
    parts: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    name: PartName,
    digest: Digest,
    length: u64,
}

/// What a bundle holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The app's id, where the project had one.
    pub app_id: Option<AppId>,
    /// The files of all parts together.
    pub files: FileTree,
}

/// Why a bundle is not taken.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The container, or a part in it, is not a canonical archive.
    #[error("bundle: {0}")]
    Archive(#[from] ArchiveError),
    /// A part does not decompress to its length.
    #[error("bundle: {0}")]
    Transport(#[from] TransportError),
    /// The index is missing, cannot be read, or names what is not there.
    #[error("bundle: {0}")]
    Index(String),
    /// A part has other bytes than the index says.
    #[error("bundle: part {part} has digest {found}")]
    Digest {
        /// The part.
        part: PartName,
        /// What it has.
        found: Digest,
    },
    /// Parts that cannot be laid over each other.
    #[error("bundle: {0}")]
    Clash(#[from] Clash),
}

/// Writes a bundle.
pub fn write_bundle(app_id: Option<&AppId>, parts: &[PackedPart]) -> std::io::Result<Bytes> {
    let entry = |part: &PackedPart| Entry {
        name: part.name.clone(),
        digest: part.digest,
        length: part.archive.len() as u64,
    };
    let index = Index {
        format: FORMAT,
        app_id: app_id.cloned(),
        parts: parts.iter().map(entry).collect(),
    };
    let mut files = vec![(INDEX.to_owned(), Bytes::from(serde_json::to_vec_pretty(&index)?))];
    for part in parts {
        let name = object_name(&part.digest);
        // Two parts with the same files share one object.
        if files.iter().all(|(other, _)| *other != name) {
            files.push((name, compress(&part.archive, None, Effort::Thorough)?));
        }
    }
    let tree = FileTree::from_names(files).map_err(|error: TreeError| std::io::Error::other(error))?;
    Ok(write_archive(&tree))
}

/// Reads a bundle whose parts are within `limits`.
pub fn read_bundle(bytes: &Bytes, limits: &PackageLimits) -> Result<Bundle, BundleError> {
    let container = read_archive(bytes, limits.files)?;
    let index = container
        .read(INDEX)
        .ok_or_else(|| BundleError::Index(format!("{INDEX} is missing")))?;
    let index: Index = serde_json::from_slice(index).map_err(|error| BundleError::Index(error.to_string()))?;
    if index.format != FORMAT {
        return Err(BundleError::Index(format!("format {} is not known", index.format)));
    }
    let mut files = FileTree::default();
    let mut left = limits.total_bytes + limits.archive_bytes();
    for entry in &index.parts {
        left = left
            .checked_sub(entry.length)
            .ok_or_else(|| BundleError::Index("the parts are too large".into()))?;
        files = files.merge(read_part(&container, entry, limits)?)?;
    }
    Ok(Bundle {
        app_id: index.app_id,
        files,
    })
}

fn read_part(container: &FileTree, entry: &Entry, limits: &PackageLimits) -> Result<FileTree, BundleError> {
    let name = object_name(&entry.digest);
    let object = container
        .read(&name)
        .ok_or_else(|| BundleError::Index(format!("{name} is missing")))?;
    let archive = decompress(object, None, entry.length)?;
    let found = Digest::of(&archive);
    if found != entry.digest {
        return Err(BundleError::Digest {
            part: entry.name.clone(),
            found,
        });
    }
    Ok(read_archive(&archive, limits.files)?)
}

fn object_name(digest: &Digest) -> String {
    format!("packages/{digest}.tar.zst")
}
