//! A project's folder with what npm has installed in it, as the disk has it.

use crate::package::{Installed, Problem};
use bytes::Bytes;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

/// The deepest folders that are looked into.
const MAX_DEPTH: usize = 64;

/// Paths of a project, on disk.
#[derive(Debug, Clone)]
pub struct InstalledOnDisk {
    project: PathBuf,
}

impl InstalledOnDisk {
    /// The project in this folder.
    pub fn new(project: &Path) -> Self {
        let project = project.to_owned();
        Self { project }
    }

    /// Where a path of the project is on disk.
    pub fn place(&self, path: &str) -> PathBuf {
        self.project.join(path)
    }

    fn walk(&self, folder: &str, inside: &str, depth: usize, found: &mut Vec<String>) -> Result<(), Box<Problem>> {
        let place = self.place(folder).join(inside);
        let failed = |error: std::io::Error| failed_to_read(&place, &error);
        for entry in fs::read_dir(&place).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let name = entry.file_name().into_string().map_err(|name| {
                let message = format!("the name of {} is not unicode", place.join(name).display());
                Problem::error(folder, message).help("rename it")
            })?;
            let path = if inside.is_empty() {
                name.clone()
            } else {
                format!("{inside}/{name}")
            };
            if is_file(kind, &entry.path()) {
                found.push(path);
            } else if kind.is_dir() && name != "node_modules" && depth < MAX_DEPTH {
                self.walk(folder, &path, depth + 1, found)?;
            }
        }
        Ok(())
    }
}

/// Whether it is a file, or a link to one.
fn is_file(kind: FileType, path: &Path) -> bool {
    kind.is_file() || (kind.is_symlink() && path.is_file())
}

fn failed_to_read(place: &Path, error: &std::io::Error) -> Box<Problem> {
    let problem = Problem::error(&place.display().to_string(), format!("failed to read: {error}"));
    Box::new(problem)
}

impl Installed for InstalledOnDisk {
    fn is_file(&self, path: &str) -> bool {
        self.place(path).is_file()
    }

    fn is_folder(&self, path: &str) -> bool {
        self.place(path).is_dir()
    }

    fn read(&self, path: &str) -> Result<Bytes, Box<Problem>> {
        let place = self.place(path);
        fs::read(&place)
            .map(Bytes::from)
            .map_err(|error| failed_to_read(&place, &error))
    }

    fn files_below(&self, folder: &str) -> Result<Vec<String>, Box<Problem>> {
        let mut found = Vec::new();
        self.walk(folder, "", 0, &mut found)?;
        found.sort_unstable();
        Ok(found)
    }
}
