//! What a test names as an app: a folder or a packed file, or the files themselves.

use crate::app::plugins::plugin_of_project;
use crate::package::{CodePackage, PROJECT_JSON, PackageLimits, Plugin, SourcePackage, is_code};
use crate::system::read_source_folder;
use bytes::Bytes;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// An app, ready to be opened or published.
pub struct AppFiles {
    pub package: SourcePackage,
    /// The id of project.config.json, or a name made of the folder's.
    pub app_id: String,
    /// The plugin that is developed beside it.
    pub plugin: Option<Plugin>,
}

/// Opens what `given` names. A path that begins with a dot counts from `beside`, any other from the working folder.
///
/// # Errors
/// What is wrong with it, with its name.
pub fn open(given: &Value, beside: &Path, project: &Value) -> Result<AppFiles, String> {
    match given {
        Value::String(path) => open_path(&located(path, beside), project),
        Value::Object(app) if app.contains_key("files") => open_files(app, project),
        _ => Err(format!(
            "{given} is no app: name its folder, or give {{ appId, files: {{ 'app.json': ..., 'app.js': ... }} }}"
        )),
    }
}

/// Where a path of a test leads.
pub fn located(path: &str, beside: &Path) -> PathBuf {
    if path.starts_with('.') {
        beside.join(path)
    } else {
        PathBuf::from(path)
    }
}

fn open_path(path: &Path, project: &Value) -> Result<AppFiles, String> {
    let shown = path.display();
    if !path.exists() {
        return Err(format!(
            "project path {shown} does not exist (a path that begins with a dot counts from the test file)"
        ));
    }
    let (package, plugin) = if path.is_dir() {
        let files = read_source_folder(path, is_code).map_err(|error| error.to_string())?;
        let files: Vec<(String, Bytes)> = files
            .into_iter()
            .map(|(name, bytes)| (name.to_string(), bytes))
            .collect();
        let opened = SourcePackage::open(configured(files, project)?);
        (opened, plugin_of_project(path)?)
    } else {
        let bytes = std::fs::read(path).map_err(|error| format!("failed to read {shown}: {error}"))?;
        let opened = if bytes.starts_with(b"PK") {
            SourcePackage::from_zip(&bytes)
        } else {
            SourcePackage::from_bundle(&Bytes::from(bytes), &PackageLimits::default())
        };
        (opened, None)
    };
    let package = package.map_err(|problems| format!("{shown} is not fit to run: {problems}"))?;
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
    Ok(AppFiles {
        app_id: id_of(&package, name),
        package,
        plugin,
    })
}

/// `{appId, files}`: text as it is, anything else as JSON.
fn open_files(app: &Map<String, Value>, project: &Value) -> Result<AppFiles, String> {
    let files = app["files"]
        .as_object()
        .ok_or("files must be an object: path -> text or JSON")?;
    let mut files: Vec<(String, Bytes)> = files.iter().map(|(name, text)| (name.clone(), text_of(text))).collect();
    if let Some(id) = app.get("appId") {
        let config = json!({ "appid": id }).to_string();
        files.retain(|(name, _)| name != PROJECT_JSON);
        files.push((PROJECT_JSON.into(), config.into()));
    }
    let package = SourcePackage::open(configured(files, project)?);
    let package = package.map_err(|problems| format!("these files are not fit to run: {problems}"))?;
    Ok(AppFiles {
        app_id: id_of(&package, None),
        package,
        plugin: None,
    })
}

fn text_of(file: &Value) -> Bytes {
    match file {
        Value::String(text) => text.clone().into(),
        other => other.to_string().into(),
    }
}

fn id_of(package: &SourcePackage, name: Option<String>) -> String {
    let id = package.app_id().map(ToString::to_string);
    id.or(name).unwrap_or_else(|| "touristappid".into())
}

/// The files with `projectConfig` merged into project.config.json.
fn configured(mut files: Vec<(String, Bytes)>, project: &Value) -> Result<Vec<(String, Bytes)>, String> {
    if project.is_null() {
        return Ok(files);
    }
    let file = files
        .iter_mut()
        .find(|(name, _)| name == PROJECT_JSON)
        .ok_or("projectConfig needs a project.config.json to be merged into")?;
    let mut config: Value = serde_json::from_slice(&file.1).map_err(|error| format!("{PROJECT_JSON}: {error}"))?;
    merge(&mut config, project);
    file.1 = config.to_string().into();
    Ok(files)
}

fn merge(into: &mut Value, more: &Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (name, value) in more {
                merge(into.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (into, value) => *into = value.clone(),
    }
}

/// The same app, which fails at its start.
///
/// # Errors
/// It has no app.js to break.
pub fn throwing(package: &SourcePackage) -> Result<SourcePackage, String> {
    let mut broken = false;
    let files = package.files().paths().filter_map(|path| {
        let bytes = package.files().read(path.as_str())?.clone();
        let is_start = matches!(path.as_str(), "app.js" | "app.ts" | "game.js");
        broken |= is_start;
        let text = if is_start {
            Bytes::from([b"throw new Error('this release is broken');\n", &bytes[..]].concat())
        } else {
            bytes
        };
        Some((path.to_string(), text))
    });
    let files: Vec<(String, Bytes)> = files.collect();
    if !broken {
        return Err("the app has no app.js to break".into());
    }
    SourcePackage::open(files).map_err(|problems| problems.to_string())
}
