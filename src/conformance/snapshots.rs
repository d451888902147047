//! The snapshots of one test file: those in its `.snap` file, and those within its own text.

use super::discover::TestFile;
use super::event::SnapshotTally;
use super::inline_snapshot::{Inline, with_inline};
use super::snapshot_file::{SnapshotFileError, parse, print};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Whether snapshots may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnapshotMode {
    /// Nothing is written; a test that has no snapshot yet fails. For servers, where nobody would commit a new one.
    Never,
    /// New ones are written.
    New,
    /// Those that differ are replaced as well, and obsolete ones are taken out.
    All,
}

impl SnapshotMode {
    /// What the JS half calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::New => "new",
            Self::All => "all",
        }
    }
}

/// What a file has stored.
#[derive(Debug)]
pub struct Snapshots {
    path: PathBuf,
    stored: BTreeMap<String, String>,
}

/// What became of them, and what went wrong.
#[derive(Debug, Default)]
pub struct Kept {
    /// How many did what.
    pub tally: SnapshotTally,
    /// Each is a failure of the file.
    pub problems: Vec<String>,
}

/// What the world says of the snapshots when all tests have run.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    written: BTreeMap<String, String>,
    updated: BTreeMap<String, String>,
    obsolete: Vec<String>,
    inline: Vec<Inline>,
}

impl Snapshots {
    /// Those of a test file; none where it has no `.snap` file.
    ///
    /// # Errors
    /// The `.snap` file cannot be read, or is no such file.
    pub fn of(test_file: &Path) -> Result<Self, SnapshotFileError> {
        let path = snapshot_path(test_file);
        let stored = match std::fs::read_to_string(&path) {
            Ok(text) => parse(&path, &text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(SnapshotFileError::of(&path, error)),
        };
        Ok(Self { path, stored })
    }

    /// All of them by name, for the world.
    pub fn stored(&self) -> Value {
        json!(self.stored)
    }

    /// Writes what the tests have made, as far as `mode` lets it.
    pub fn keep(&mut self, told: &Value, mode: SnapshotMode, file: &TestFile) -> Kept {
        let told: Told = serde_json::from_value(told.clone()).unwrap_or_default();
        let mut kept = Kept::default();
        let fresh = told.inline.iter().filter(|inline| inline.fresh).count();
        kept.tally = SnapshotTally {
            written: told.written.len() + fresh,
            updated: told.updated.len() + told.inline.len() - fresh,
            removed: 0,
            obsolete: told.obsolete,
        };
        let mut changed = !(told.written.is_empty() && told.updated.is_empty());
        self.stored.extend(told.written.into_iter().chain(told.updated));
        if mode == SnapshotMode::All {
            let obsolete = std::mem::take(&mut kept.tally.obsolete);
            changed |= !obsolete.is_empty();
            kept.tally.removed = obsolete.len();
            self.stored.retain(|name, _| !obsolete.contains(name));
        }
        if changed && let Err(error) = self.write() {
            kept.problems.push(error.to_string());
        }
        if !told.inline.is_empty()
            && let Err(problem) = write_inline(file, &told.inline)
        {
            kept.problems.push(problem);
        }
        kept
    }

    fn write(&self) -> Result<(), SnapshotFileError> {
        let failed = |error| SnapshotFileError::of(&self.path, error);
        if self.stored.is_empty() {
            return std::fs::remove_file(&self.path).map_err(failed);
        }
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        std::fs::write(&self.path, print(&self.stored)).map_err(failed)
    }
}

fn write_inline(file: &TestFile, inline: &[Inline]) -> Result<(), String> {
    let name = file.name();
    let failed = |error: std::io::Error| format!("{name}: inline snapshots could not be written: {error}");
    // Somebody may have gone on writing while the tests ran.
    if std::fs::read_to_string(&file.path).map_err(failed)? != file.source {
        return Err(format!(
            "{name} was changed while its tests ran: inline snapshots were not written"
        ));
    }
    let text = with_inline(&file.source, name.ends_with(".ts"), inline)
        .map_err(|problem| format!("{name}: inline snapshots were not written: {problem}"))?;
    std::fs::write(&file.path, text).map_err(failed)
}

/// `dir/__snapshots__/a.test.js.snap` of `dir/a.test.js`.
fn snapshot_path(test_file: &Path) -> PathBuf {
    let name = test_file
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    test_file.with_file_name("__snapshots__").join(format!("{name}.snap"))
}

/// The `.snap` files beside these test files whose tests are gone.
pub fn orphans(files: &[TestFile]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = files
        .iter()
        .map(|file| file.path.with_file_name("__snapshots__"))
        .collect();
    folders.sort();
    folders.dedup();
    let mut orphans = Vec::new();
    for folder in folders {
        // A folder that is not there has none.
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let test = name.strip_suffix(".snap").map(|test| folder.with_file_name(test));
            if test.is_some_and(|test| !test.exists()) {
                orphans.push(entry.path());
            }
        }
    }
    orphans.sort();
    orphans
}
