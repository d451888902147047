//! The parts that a release is delivered in: the main package and the subpackages.

use super::path::{PackagePath, PathError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How app.json (`preloadRule`) and our documents call the main package.
pub const MAIN_NAME: &str = "__APP__";

/// Names one part of an app's code. Written as `__APP__` or as the subpackage's root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartName {
    /// The main package: everything outside the subpackages' roots.
    Main,
    /// The subpackage with this root folder.
    Sub(PackagePath),
}

impl PartName {
    /// Reads `__APP__` or a root.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        if text == MAIN_NAME {
            return Ok(Self::Main);
        }
        PackagePath::parse(text).map(Self::Sub)
    }

    /// Whether a file belongs to this part, seen on its own: everything may be in the main package.
    pub fn may_hold(&self, path: &PackagePath) -> bool {
        match self {
            Self::Main => true,
            Self::Sub(root) => path.below(root).is_some(),
        }
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Main => f.write_str(MAIN_NAME),
            Self::Sub(root) => root.fmt(f),
        }
    }
}

impl TryFrom<String> for PartName {
    type Error = PathError;
    fn try_from(text: String) -> Result<Self, PathError> {
        Self::parse(&text)
    }
}

impl From<PartName> for String {
    fn from(name: PartName) -> String {
        name.to_string()
    }
}
