//! What package.json says that matters here. Published ones hold all kinds of things; what has the wrong type says
//! nothing.

use super::paths::join;
use super::{Installed, PACKAGE_JSON};
use crate::package::json_text::{Step, find_key, parse_json, text_of};
use crate::package::problem::{Problem, Span};
use serde_json::{Map, Value};
use std::sync::Arc;

/// A package.json.
pub(super) struct Manifest {
    /// Its path.
    pub(super) file: String,
    /// Its text, for showing a line of it.
    pub(super) text: Arc<str>,
    entries: Map<String, Value>,
}

/// One name that a package depends on.
pub(super) struct Wanted<'m> {
    pub(super) name: &'m str,
    /// The package does without it.
    pub(super) optional: bool,
}

impl Manifest {
    /// The package.json in a folder.
    pub(super) fn read(folder: &str, files: &dyn Installed) -> Result<Self, Box<Problem>> {
        let file = join(folder, PACKAGE_JSON);
        let text = text_of(&files.read(&file)?);
        let entries = parse_json(&file, &text)?;
        Ok(Self { file, text, entries })
    }

    fn string(&self, key: &str) -> Option<&str> {
        let value = self.entries.get(key)?.as_str()?;
        Some(value).filter(|value| !value.is_empty())
    }

    /// Its version, where it has one.
    pub(super) fn version(&self) -> Option<&str> {
        self.string("version")
    }

    /// The script that stands for the package.
    pub(super) fn main(&self) -> &str {
        self.string("main").unwrap_or("index.js")
    }

    /// The folder that is made for mini programs, if it is there.
    pub(super) fn made_for_mini_programs(&self) -> &str {
        self.string("miniprogram").unwrap_or("miniprogram_dist")
    }

    /// What it depends on in use: `dependencies` and `optionalDependencies`.
    pub(super) fn dependencies(&self) -> Vec<Wanted<'_>> {
        let names = |key: &str| {
            self.entries
                .get(key)
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(Map::keys)
        };
        let optional: Vec<_> = names("optionalDependencies").map(String::as_str).collect();
        let required = names("dependencies").map(String::as_str);
        let required = required.filter(|name| !optional.contains(name));
        let of = |optional| move |name| Wanted { name, optional };
        required
            .map(of(false))
            .chain(optional.iter().copied().map(of(true)))
            .collect()
    }

    /// Where a dependency is named.
    pub(super) fn place_of(&self, dependency: &str) -> Option<Span> {
        find_key(&self.text, &[Step::Key("dependencies")], dependency)
    }
}
