//! What a command line names as an app: a folder, a zip, or a file that `pack` has written.

use crate::package::{PackageLimits, Problem, Problems, SourcePackage, Survey, is_code};
use crate::registry::Store;
use crate::system::read_source_folder;
use bytes::Bytes;
use std::path::Path;
use std::process::ExitCode;

/// Size limits on the command line.
#[derive(Debug, Clone, clap::Args)]
pub struct LimitArgs {
    /// Largest size of the main package and of each subpackage, in KB
    #[arg(long, value_name = "KB", default_value_t = 2048)]
    pub max_package_kb: u64,
    /// Largest size of all packages together, in KB
    #[arg(long, value_name = "KB", default_value_t = 30 * 1024)]
    pub max_total_kb: u64,
}

impl LimitArgs {
    /// The limits that they stand for.
    pub fn limits(&self) -> PackageLimits {
        PackageLimits {
            package_bytes: self.max_package_kb.saturating_mul(1024),
            total_bytes: self.max_total_kb.saturating_mul(1024),
            ..PackageLimits::default()
        }
    }
}

/// Problems of the file as a whole, with its name.
fn naming(path: &Path, mut problems: Problems) -> Problems {
    for problem in problems.0.iter_mut().filter(|problem| problem.file == "package") {
        problem.file = path.display().to_string();
    }
    problems
}

/// Opens a folder, a zip or a packed file as a development package.
pub fn open_source(path: &Path, limits: &PackageLimits) -> Result<SourcePackage, Problems> {
    survey_source(path, limits)?.try_into()
}

/// Reads a folder, a zip or a packed file, with all that is wrong with it.
pub fn survey_source(path: &Path, limits: &PackageLimits) -> Result<Survey, Problems> {
    let refuse = |message: String| Problem::error(&path.display().to_string(), message).code("unreadable");
    if !path.exists() {
        let help = "name a folder with an app.json, a .zip of one, or a file of `minirun pack`";
        return Err(refuse("no such file or folder".into()).help(help).into());
    }
    if path.is_dir() {
        let files = read_source_folder(path, is_code).map_err(|error| refuse(error.to_string()))?;
        return Survey::open(files);
    }
    let bytes = std::fs::read(path).map_err(|error| refuse(format!("failed to read: {error}")))?;
    let opened = if bytes.starts_with(b"PK") {
        Survey::from_zip(&bytes)
    } else {
        Survey::from_bundle(&Bytes::from(bytes), limits)
    };
    opened.map_err(|problems| naming(path, problems))
}

/// Opens a registry's store that is there already: whoever mistypes a folder's name wants no new one.
pub fn open_store(location: &str) -> Result<Store, ExitCode> {
    if !location.contains("://") && !Path::new(location).is_dir() {
        eprintln!("error: there is no registry at {location}; `release publish` makes one");
        return Err(ExitCode::from(2));
    }
    make_store(location)
}

/// Opens a registry's store, and makes a folder that is not there; one that cannot be opened is reported, and gives the
/// exit code for bad input.
pub fn make_store(location: &str) -> Result<Store, ExitCode> {
    Store::open(location).map_err(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}
