//! Which installed packages belong to a package.json: its dependencies and theirs, each in the nearest `node_modules`.

use super::manifest::Manifest;
use super::paths::join;
use super::{BUILT_FOLDER, INSTALLED_FOLDER, Installed, PACKAGE_JSON};
use crate::package::problem::{Problem, Problems};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An installed package that is built.
pub(super) struct Package {
    pub(super) name: String,
    /// Where it is installed.
    pub(super) folder: String,
    pub(super) manifest: Arc<Manifest>,
}

/// Packages by the path that they get below `miniprogram_npm`.
pub(super) type Packages = BTreeMap<String, Package>;

/// Looks for everything that the package.json in `root` depends on. Warnings tell of dependencies of dependencies that
/// are not there: the package that wants one may never require it.
///
/// # Errors
/// A dependency of the package.json itself is not installed.
pub(super) fn packages(root: &str, files: &dyn Installed) -> Result<(Packages, Vec<Problem>), Problems> {
    let manifest = Manifest::read(root, files)?;
    let mut search = Search {
        files,
        found: Packages::new(),
        warnings: Vec::new(),
        missing: Vec::new(),
    };
    search.follow(&manifest, &[Level::top(root)])?;
    if search.missing.is_empty() {
        return Ok((search.found, search.warnings));
    }
    if !files.is_folder(&join(root, INSTALLED_FOLDER)) {
        let problem = Problem::error(
            &manifest.file,
            "its dependencies are not installed: there is no node_modules",
        );
        return Err(problem.help(how_to_install(root)).into());
    }
    Err(Problems(search.missing))
}

/// A package on the way to the one that is looked at, and what its own `node_modules` becomes.
#[derive(Clone)]
struct Level {
    folder: String,
    built: String,
}

impl Level {
    fn top(root: &str) -> Self {
        Self {
            folder: root.to_owned(),
            built: String::new(),
        }
    }
}

struct Search<'f> {
    files: &'f dyn Installed,
    found: Packages,
    warnings: Vec<Problem>,
    missing: Vec<Problem>,
}

impl Search<'_> {
    /// Takes in what a package depends on; `levels` are that package and those around it, the outermost first.
    fn follow(&mut self, manifest: &Manifest, levels: &[Level]) -> Result<(), Problems> {
        for wanted in manifest.dependencies() {
            // Nothing of these packages is code.
            if wanted.name.starts_with("@types/") {
                continue;
            }
            match self.nearest(wanted.name, levels) {
                Some(depth) => self.take(wanted.name, &levels[..=depth])?,
                None if wanted.optional => {}
                None => self.not_installed(wanted.name, manifest, levels),
            }
        }
        Ok(())
    }

    fn nearest(&self, name: &str, levels: &[Level]) -> Option<usize> {
        let is_there = |level: &Level| {
            let folder = join(&join(&level.folder, INSTALLED_FOLDER), name);
            self.files.is_file(&join(&folder, PACKAGE_JSON))
        };
        levels.iter().rposition(is_there)
    }

    fn take(&mut self, name: &str, levels: &[Level]) -> Result<(), Problems> {
        let Some(level) = levels.last() else { return Ok(()) };
        let built = format!("{}{name}", level.built);
        if self.found.contains_key(&built) {
            return Ok(());
        }
        let folder = join(&join(&level.folder, INSTALLED_FOLDER), name);
        let manifest = Arc::new(Manifest::read(&folder, self.files)?);
        let package = Package {
            name: name.to_owned(),
            folder: folder.clone(),
            manifest: manifest.clone(),
        };
        self.found.insert(built.clone(), package);
        let inner = Level {
            folder,
            built: format!("{built}/{BUILT_FOLDER}/"),
        };
        let levels: Vec<_> = levels.iter().cloned().chain([inner]).collect();
        self.follow(&manifest, &levels)
    }

    fn not_installed(&mut self, name: &str, manifest: &Manifest, levels: &[Level]) {
        let message = format!("dependency \"{name}\" is not installed");
        let place = manifest.place_of(name);
        if let [root] = levels {
            let problem = Problem::error(&manifest.file, message).at(&manifest.text, place);
            self.missing.push(problem.help(how_to_install(&root.folder)));
        } else {
            let problem = Problem::warning(&manifest.file, message).at(&manifest.text, place);
            self.warnings
                .push(problem.help("the package fails where it requires it; `npm ls` shows what is wrong"));
        }
    }
}

fn how_to_install(folder: &str) -> String {
    match folder {
        "" => "run `npm install` in the project's folder".to_owned(),
        folder => format!("run `npm install` in {folder}"),
    }
}
