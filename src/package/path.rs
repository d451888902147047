//! The name of a file inside a code package, parsed once, so that nothing later has to ask whether it is safe.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;

/// The longest path, in bytes.
pub const MAX_PATH_BYTES: usize = 512;
/// The longest segment between two slashes, in bytes: what common file systems can store.
pub const MAX_SEGMENT_BYTES: usize = 255;

/// A relative path with `/` between its segments, that cannot leave the package: no `..`, no `.`, no empty segment, no
/// leading slash, no backslash, no drive letter, no control character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PackagePath(String);

/// Why a text is not a path inside a package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Nothing, or nothing between two slashes.
    #[error("path {0:?} has an empty segment")]
    Empty(String),
    /// It starts at a root or a drive.
    #[error("path {0:?} is absolute")]
    Absolute(String),
    /// It has a `.` or `..` segment.
    #[error("path {0:?} has a dot segment")]
    Dots(String),
    /// It has a backslash, NUL or another control character.
    #[error("path {0:?} has a forbidden character")]
    Character(String),
    /// Longer than [`MAX_PATH_BYTES`], or a segment longer than [`MAX_SEGMENT_BYTES`].
    #[error("path is too long: {0:?}")]
    TooLong(String),
}

impl PackagePath {
    /// Checks `text` and keeps it as it is.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let refuse = |why: fn(String) -> PathError| Err(why(text.chars().take(MAX_PATH_BYTES).collect()));
        if text.len() > MAX_PATH_BYTES || text.split('/').any(|s| s.len() > MAX_SEGMENT_BYTES) {
            return refuse(PathError::TooLong);
        }
        if text.starts_with('/') || has_drive(text) {
            return refuse(PathError::Absolute);
        }
        if text.chars().any(|c| c == '\\' || c.is_control()) {
            return refuse(PathError::Character);
        }
        for segment in text.split('/') {
            match segment {
                "" => return refuse(PathError::Empty),
                "." | ".." => return refuse(PathError::Dots),
                _ => {}
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows `root` and a slash, or `None` when the path is not below `root`.
    pub fn below(&self, root: &PackagePath) -> Option<&str> {
        self.0.strip_prefix(root.as_str())?.strip_prefix('/')
    }
}

/// `C:` and the like: absolute on one system, a plain name on the others.
fn has_drive(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':')
}

impl fmt::Display for PackagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for PackagePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PackagePath {
    type Error = PathError;
    fn try_from(text: String) -> Result<Self, PathError> {
        Self::parse(&text)
    }
}

impl From<PackagePath> for String {
    fn from(path: PackagePath) -> String {
        path.0
    }
}

/// Two paths that cannot both exist on every file system.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    /// The same path twice.
    #[error("{0} is there twice")]
    Twice(PackagePath),
    /// They differ only in upper and lower case.
    #[error("{0} and {1} differ only in case")]
    Case(PackagePath, PackagePath),
    /// One is a file and would have to be a folder for the other.
    #[error("{0} is a file, and {1} needs it to be a folder")]
    FileAndFolder(PackagePath, PackagePath),
}

/// A path from the package's root without dots and empty parts; what leads above the root stays at it.
pub fn normalised(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "" | "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The first clash among `paths`, if there is one.
pub fn find_clash<'a>(paths: impl IntoIterator<Item = &'a PackagePath>) -> Option<Clash> {
    let paths: Vec<&PackagePath> = paths.into_iter().collect();
    let mut folded: HashMap<String, &PackagePath> = HashMap::with_capacity(paths.len());
    for path in &paths {
        if let Some(other) = folded.insert(path.as_str().to_lowercase(), path) {
            return Some(if other == *path {
                Clash::Twice(other.clone())
            } else {
                Clash::Case(other.clone(), (*path).clone())
            });
        }
    }
    for path in paths {
        let lower = path.as_str().to_lowercase();
        for (slash, _) in lower.match_indices('/') {
            if let Some(file) = folded.get(&lower[..slash]) {
                return Some(Clash::FileAndFolder((*file).clone(), path.clone()));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_could_leave_the_package_are_refused() {
        type Why = fn(String) -> PathError;
        let table: &[(&str, Why)] = &[
            ("", PathError::Empty),
            ("a//b", PathError::Empty),
            ("a/", PathError::Empty),
            ("/etc/passwd", PathError::Absolute),
            ("C:/x", PathError::Absolute),
            ("c:x", PathError::Absolute),
            ("..", PathError::Dots),
            ("a/../b", PathError::Dots),
            ("./a", PathError::Dots),
            ("a\\b", PathError::Character),
            ("a\0b", PathError::Character),
            ("a\nb", PathError::Character),
        ];
        for (text, why) in table {
            assert_eq!(PackagePath::parse(text), Err(why((*text).to_owned())), "{text:?}");
        }
        assert!(matches!(
            PackagePath::parse(&"a/".repeat(400)),
            Err(PathError::TooLong(_))
        ));
        assert!(matches!(
            PackagePath::parse(&"a".repeat(256)),
            Err(PathError::TooLong(_))
        ));
    }

    #[test]
    fn ordinary_paths_are_kept_as_they_are() {
        for text in [
            "app.js",
            "pages/a/a.wxml",
            "..a/b..",
            "图片/一.png",
            "a b.js",
            ".hidden",
        ] {
            assert_eq!(PackagePath::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn clashes_are_found_whatever_the_order() {
        let check = |texts: &[&str]| {
            let paths: Vec<_> = texts.iter().map(|t| PackagePath::parse(t).unwrap()).collect();
            find_clash(&paths)
        };
        assert_eq!(check(&["a/b", "a/c", "b"]), None);
        assert!(matches!(check(&["a/b", "a/b"]), Some(Clash::Twice(_))));
        assert!(matches!(check(&["a/B", "A/b"]), Some(Clash::Case(..))));
        assert!(matches!(check(&["a/b", "a"]), Some(Clash::FileAndFolder(..))));
        assert!(matches!(check(&["a", "A/b"]), Some(Clash::FileAndFolder(..))));
    }
}
