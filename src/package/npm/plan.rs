//! Which package.json is built into which folder.

use super::paths::{folder_of, join};
use super::{BUILT_FOLDER, Installed, PACKAGE_JSON};
use crate::package::problem::{Problem, Problems};
use crate::package::project::{NpmRelation, PROJECT_JSON, ProjectConfig};

/// One package.json whose dependencies are built.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Root {
    /// The folder of the package.json.
    pub(super) folder: String,
    /// The folder that is built.
    pub(super) target: String,
}

/// Where `packNpmManually` says so, the pairs that are listed; else every package.json of the code, each into its own
/// folder.
pub(super) fn plan(project: &ProjectConfig, files: &dyn Installed) -> Result<Vec<Root>, Problems> {
    if project.npm.manually {
        return listed(&project.npm.relations, files);
    }
    let code = project.miniprogram_root.as_ref().map_or("", |root| root.as_str());
    let mut roots = Vec::new();
    for folder in [Some(code), project.plugin_root.as_deref()].into_iter().flatten() {
        roots.extend(found(folder, files)?);
    }
    roots.sort_by(|a, b| a.folder.cmp(&b.folder));
    roots.dedup();
    if roots.is_empty() {
        return Err(nothing(code, files).into());
    }
    Ok(roots)
}

fn listed(relations: &[NpmRelation], files: &dyn Installed) -> Result<Vec<Root>, Problems> {
    let refuse = |message: String, help: &str| Problems::from(Problem::error(PROJECT_JSON, message).help(help));
    if relations.is_empty() {
        return Err(refuse(
            "setting.packNpmManually is on, and setting.packNpmRelationList is empty".to_owned(),
            "list a packageJsonPath with its miniprogramNpmDistDir, or turn packNpmManually off",
        ));
    }
    let root = |relation: &NpmRelation| {
        let file = join("", &relation.package_json_path);
        if !file.ends_with(PACKAGE_JSON) || !files.is_file(&file) {
            return Err(refuse(
                format!(
                    "packNpmRelationList names \"{}\", which is no package.json",
                    relation.package_json_path
                ),
                "packageJsonPath is the path of a package.json from the folder of project.config.json",
            ));
        }
        Ok(Root {
            folder: folder_of(&file).to_owned(),
            target: join(&relation.miniprogram_npm_dist_dir, BUILT_FOLDER),
        })
    };
    relations.iter().map(root).collect()
}

/// Every package.json below a folder of code.
fn found(code: &str, files: &dyn Installed) -> Result<Vec<Root>, Problems> {
    if !files.is_folder(code) {
        return Err(Problem::error(PROJECT_JSON, format!("there is no folder {code}"))
            .help("miniprogramRoot and pluginRoot are folders of the project")
            .into());
    }
    let is_code = |path: &str| {
        !path
            .split('/')
            .any(|part| part.starts_with('.') || part == BUILT_FOLDER)
    };
    let paths = files.files_below(code)?;
    let paths = paths.iter().filter(|path| is_code(path));
    let folders = paths.filter_map(|path| match path.as_str() {
        PACKAGE_JSON => Some(""),
        path => path.strip_suffix(PACKAGE_JSON)?.strip_suffix('/'),
    });
    let root = |folder: &str| Root {
        folder: join(code, folder),
        target: join(&join(code, folder), BUILT_FOLDER),
    };
    Ok(folders.map(root).collect())
}

fn nothing(code: &str, files: &dyn Installed) -> Problem {
    let place = if code.is_empty() {
        PACKAGE_JSON.to_owned()
    } else {
        join(code, PACKAGE_JSON)
    };
    if files.is_file(PACKAGE_JSON) {
        let message = format!("there is none in {code}, the folder of the code, where it is looked for");
        return Problem::error(&place, message).help(format!(
            "to build the project's own package.json, add to \"setting\" in {PROJECT_JSON}: \"packNpmManually\": true, \
             \"packNpmRelationList\": [{{ \"packageJsonPath\": \"./package.json\", \"miniprogramNpmDistDir\": \
             \"./{code}/\" }}]"
        ));
    }
    Problem::error(&place, "there is no package.json, so there is nothing to build")
        .help("run `npm init`, then `npm install` what the app needs")
}
