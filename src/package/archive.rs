//! The canonical archive of one part: the same files always give the same bytes, so that a digest names a tree.
//!
//! It is a tar: entries sorted by path, files only, mode 0644, no times, no owners, GNU long names where a path needs
//! one, two zero blocks at the end. Reading accepts nothing else: what was read is written again and compared.

use super::file_tree::FileTree;
use super::path::{Clash, PackagePath, PathError};
use bytes::Bytes;
use tar::EntryType;

/// Why bytes are not a canonical archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// A name that could leave the package.
    #[error(transparent)]
    Path(#[from] PathError),
    /// Names that cannot live side by side.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// A link, a device, a folder, or another thing that is not a file.
    #[error("{path:?} is {kind}, and only files are allowed")]
    NotAFile {
        /// The entry's name.
        path: String,
        /// What it is.
        kind: &'static str,
    },
    /// More files than allowed.
    #[error("more than {0} files")]
    TooManyFiles(usize),
    /// Cut off, or not a tar.
    #[error("not readable: {0}")]
    Broken(String),
    /// A readable tar that is not the one that we would write.
    #[error("not in canonical form")]
    NotCanonical,
}

/// Writes the canonical archive of `tree`.
pub fn write_archive(tree: &FileTree) -> Bytes {
    let mut out = Vec::with_capacity(tree.total_bytes() as usize + tree.len() * 1024 + 1024);
    for (path, bytes) in tree.iter() {
        let name = path.as_str().as_bytes();
        if name.len() > NAME_BYTES {
            let mut long_name = name.to_vec();
            long_name.push(0);
            push_entry(&mut out, EntryType::GNULongName, LONG_LINK, &long_name);
        }
        push_entry(&mut out, EntryType::Regular, name, bytes);
    }
    out.resize(out.len() + 2 * BLOCK, 0);
    out.into()
}

const BLOCK: usize = 512;
/// Bytes of a name that fit into a header.
const NAME_BYTES: usize = 100;
/// What GNU tar calls the entry that carries a longer name.
const LONG_LINK: &[u8] = b"././@LongLink";

fn push_entry(out: &mut Vec<u8>, kind: EntryType, name: &[u8], bytes: &[u8]) {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_size(bytes.len() as u64);
    let kept = name.len().min(NAME_BYTES);
    // The field itself is written, as the crate's setter refuses the cut-off name of a long entry.
    header.as_old_mut().name[..kept].copy_from_slice(&name[..kept]);
    header.set_cksum();
    out.extend_from_slice(header.as_bytes());
    out.extend_from_slice(bytes);
    out.resize(out.len().next_multiple_of(BLOCK), 0);
}

/// Reads a canonical archive of at most `max_files` files. The files share the archive's memory.
pub fn read_archive(archive: &Bytes, max_files: usize) -> Result<FileTree, ArchiveError> {
    let broken = |e: std::io::Error| ArchiveError::Broken(e.to_string());
    let mut reader = tar::Archive::new(&archive[..]);
    let mut files = Vec::new();
    for entry in reader.entries().map_err(broken)? {
        let entry = entry.map_err(broken)?;
        let name = entry.path_bytes();
        let name = String::from_utf8_lossy(&name);
        refuse_unless_file(entry.header().entry_type(), &name)?;
        let path = PackagePath::parse(&name)?;
        if files.len() == max_files {
            return Err(ArchiveError::TooManyFiles(max_files));
        }
        files.push((path, contents(archive, &entry)?));
    }
    let tree = FileTree::new(files)?;
    // Owners, times, order, padding, trailing bytes and extensions are all covered by this one comparison.
    if write_archive(&tree) != archive {
        return Err(ArchiveError::NotCanonical);
    }
    Ok(tree)
}

fn contents(archive: &Bytes, entry: &tar::Entry<'_, &[u8]>) -> Result<Bytes, ArchiveError> {
    let start = usize::try_from(entry.raw_file_position()).ok();
    let size = usize::try_from(entry.size()).ok();
    start
        .zip(size)
        .and_then(|(start, size)| Some(start..start.checked_add(size)?))
        .filter(|range| range.end <= archive.len())
        .map(|range| archive.slice(range))
        .ok_or_else(|| ArchiveError::Broken("a file reaches beyond the end".into()))
}

fn refuse_unless_file(entry_type: EntryType, name: &str) -> Result<(), ArchiveError> {
    let kind = match entry_type {
        EntryType::Regular => return Ok(()),
        EntryType::Symlink => "a symbolic link",
        EntryType::Link => "a hard link",
        EntryType::Directory => "a folder",
        EntryType::Char | EntryType::Block => "a device",
        EntryType::Fifo => "a pipe",
        EntryType::GNUSparse => "a sparse file",
        _ => "not an ordinary entry",
    };
    Err(ArchiveError::NotAFile {
        path: name.chars().take(512).collect(),
        kind,
    })
}
