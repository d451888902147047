//! The files of a package in memory.

use super::path::{Clash, PackagePath, PathError, find_clash};
use bytes::Bytes;
use std::collections::BTreeMap;

/// Files by path, in path order. No two of them clash on any file system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<PackagePath, Bytes>,
}

/// Why files do not make a tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A name is not a path inside a package.
    #[error(transparent)]
    Path(#[from] PathError),
    /// Two names cannot live side by side.
    #[error(transparent)]
    Clash(#[from] Clash),
}

impl FileTree {
    /// A tree of these files.
    pub fn new(files: impl IntoIterator<Item = (PackagePath, Bytes)>) -> Result<Self, Clash> {
        let mut tree = BTreeMap::new();
        for (path, bytes) in files {
            if tree.insert(path.clone(), bytes).is_some() {
                return Err(Clash::Twice(path));
            }
        }
        match find_clash(tree.keys()) {
            Some(clash) => Err(clash),
            None => Ok(Self { files: tree }),
        }
    }

    /// A tree of files whose names are not checked yet.
    pub fn from_names<N: AsRef<str>>(files: impl IntoIterator<Item = (N, Bytes)>) -> Result<Self, TreeError> {
        let files: Result<Vec<_>, PathError> = files
            .into_iter()
            .map(|(name, bytes)| Ok((PackagePath::parse(name.as_ref())?, bytes)))
            .collect();
        Ok(Self::new(files?)?)
    }

    /// The bytes of a file.
    pub fn read(&self, path: &str) -> Option<&Bytes> {
        self.files.get(path)
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// All paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &PackagePath> {
        self.files.keys()
    }

    /// All files, in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&PackagePath, &Bytes)> {
        self.files.iter()
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Bytes of all contents together.
    pub fn total_bytes(&self) -> u64 {
        self.files.values().map(|b| b.len() as u64).sum()
    }

    /// The files for which `keep` holds, and the others.
    pub fn partition(self, mut keep: impl FnMut(&PackagePath) -> bool) -> (Self, Self) {
        let (kept, rest) = self.files.into_iter().partition(|(path, _)| keep(path));
        (Self { files: kept }, Self { files: rest })
    }

    /// Both trees as one.
    pub fn merge(self, other: Self) -> Result<Self, Clash> {
        Self::new(self.files.into_iter().chain(other.files))
    }
}
