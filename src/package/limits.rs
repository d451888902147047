//! How large a package may be.

/// Size limits, in bytes of file contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageLimits {
    /// The main package, and each subpackage. WeChat: 2 MB.
    pub package_bytes: u64,
    /// All packages of an app together. WeChat: 30 MB (20 MB in older documents).
    pub total_bytes: u64,
    /// Files of all packages together; ours, against archives of endless empty files.
    pub files: usize,
}

impl Default for PackageLimits {
    fn default() -> Self {
        Self {
            package_bytes: 2 << 20,
            total_bytes: 30 << 20,
            files: 20_000,
        }
    }
}

impl PackageLimits {
    /// The longest canonical archive that a package within these limits can have: contents, and for each file its
    /// header, padding and the blocks of a long name.
    pub fn archive_bytes(&self) -> u64 {
        let per_file = 512 * 5;
        self.package_bytes + per_file * self.files as u64 + 1024
    }
}
