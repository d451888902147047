//! The build itself: for each package.json, each package that belongs to it is copied or bundled.

use super::bundle::bundle;
use super::paths::join;
use super::plan::plan;
use super::tree::{Package, packages};
use super::{BUILT_FOLDER, Installed, PACKAGE_JSON};
use crate::package::problem::{Problem, Problems};
use crate::package::project::ProjectConfig;
use bytes::Bytes;
use std::collections::BTreeMap;

/// What is to be written.
#[derive(Debug)]
pub struct NpmBuild {
    /// The folders, each of which takes the place of the one that is there.
    pub folders: Vec<BuiltFolder>,
    /// What somebody should look at.
    pub warnings: Vec<Problem>,
}

/// One `miniprogram_npm`.
#[derive(Debug)]
pub struct BuiltFolder {
    /// Its path from the project's folder.
    pub path: String,
    /// The packages in it, sorted by path.
    pub packages: Vec<BuiltPackage>,
    /// All files, by path below it.
    pub files: BTreeMap<String, Bytes>,
}

/// One package in it.
#[derive(Debug)]
pub struct BuiltPackage {
    /// Its name.
    pub name: String,
    /// Its version, where its package.json has one.
    pub version: Option<String>,
    /// Its path below the folder.
    pub path: String,
    /// How it was built.
    pub how: How,
    /// How many files it has.
    pub files: usize,
    /// Bytes of them.
    pub bytes: usize,
}

/// What becomes of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// It is made for mini programs, and this folder of it was copied.
    Copied(String),
    /// This script of it was bundled.
    Bundled(String),
    /// There is no such script, so there is nothing of it. Packages of tools and of types are so.
    Skipped(String),
}

/// Builds everything that project.config.json and the package.json files ask for. `progress` is told the name of each
/// package before its turn.
///
/// # Errors
/// What keeps it from being built whole: no package.json, nothing to build, a dependency that is not installed, a main
/// script that does not parse, a file that cannot be read.
pub fn build_npm(
    project: &ProjectConfig,
    files: &dyn Installed,
    progress: &mut dyn FnMut(&str),
) -> Result<NpmBuild, Problems> {
    let mut build = NpmBuild {
        folders: Vec::new(),
        warnings: Vec::new(),
    };
    let roots = plan(project, files)?;
    for root in &roots {
        let (packages, warnings) = packages(&root.folder, files)?;
        build.warnings.extend(warnings);
        // A folder that nothing is built into is left as it is: its package.json may only have tools.
        if packages.is_empty() {
            continue;
        }
        let folder = build.folder(&root.target);
        let mut warnings = Vec::new();
        for (path, package) in &packages {
            progress(&package.name);
            let one = one(path, package, files, &mut folder.files)?;
            warnings.extend(one.1);
            folder.packages.retain(|other| other.path != one.0.path);
            folder.packages.push(one.0);
        }
        folder.packages.sort_by(|a, b| a.path.cmp(&b.path));
        build.warnings.extend(warnings);
    }
    if build.folders.is_empty() {
        let file = join(&roots[0].folder, PACKAGE_JSON);
        let problem = Problem::error(&file, "it has no dependencies, so there is nothing to build");
        return Err(problem
            .help("`npm install NAME` adds one; those of devDependencies are not built")
            .into());
    }
    Ok(build)
}

impl NpmBuild {
    /// The folder at a path; two package.json files may share one.
    fn folder(&mut self, path: &str) -> &mut BuiltFolder {
        let known = self.folders.iter().position(|folder| folder.path == path);
        let index = known.unwrap_or_else(|| {
            self.folders.push(BuiltFolder {
                path: path.to_owned(),
                packages: Vec::new(),
                files: BTreeMap::new(),
            });
            self.folders.len() - 1
        });
        &mut self.folders[index]
    }
}

type One = (BuiltPackage, Vec<Problem>);

fn one(
    path: &str,
    package: &Package,
    files: &dyn Installed,
    into: &mut BTreeMap<String, Bytes>,
) -> Result<One, Box<Problem>> {
    // Another package.json that is built into the same folder may have the package in another version.
    let nested = format!("{path}/{BUILT_FOLDER}/");
    into.retain(|file, _| !file.starts_with(&format!("{path}/")) || file.starts_with(&nested));
    let dist = package.manifest.made_for_mini_programs();
    let folder = join(&package.folder, dist);
    let (how, made, warnings) = if files.is_folder(&folder) {
        (How::Copied(dist.to_owned()), copy(&folder, files)?, Vec::new())
    } else {
        bundled(package, files)?
    };
    let built = BuiltPackage {
        name: package.name.clone(),
        version: package.manifest.version().map(str::to_owned),
        path: path.to_owned(),
        how,
        files: made.len(),
        bytes: made.iter().map(|(_, bytes)| bytes.len()).sum(),
    };
    into.extend(made.into_iter().map(|(name, bytes)| (format!("{path}/{name}"), bytes)));
    Ok((built, warnings))
}

type Made = Vec<(String, Bytes)>;

fn copy(folder: &str, files: &dyn Installed) -> Result<Made, Box<Problem>> {
    let names = files.files_below(folder)?.into_iter();
    names
        .map(|name| Ok((name.clone(), files.read(&join(folder, &name))?)))
        .collect()
}

fn bundled(package: &Package, files: &dyn Installed) -> Result<(How, Made, Vec<Problem>), Box<Problem>> {
    let main = package.manifest.main().to_owned();
    let Some(bundle) = bundle(&join(&package.folder, &main), files)? else {
        let message = format!("there is no {main}, the main script of the package, so nothing of it is built");
        let warning = Problem::warning(&package.manifest.file, message)
            .help("the script has to be named .js; what requires the package fails");
        return Ok((How::Skipped(main), Vec::new(), vec![warning]));
    };
    let made = vec![
        ("index.js".to_owned(), bundle.code.into()),
        ("index.js.map".to_owned(), bundle.map.into()),
    ];
    Ok((How::Bundled(main), made, bundle.warnings))
}
