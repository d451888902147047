//! Plugins: code of another author that an app declares in app.json and that lies in no package of its own.
//!
//! A plugin joins the package that uses it in a folder of its own, as on the
//! platform: `__plugin__/<provider>/`. What the app needs of its plugin.json goes
//! into the entry in `app.json`, so that pages and modules are found from there.

use super::app_json::AppJson;
use super::code::CodePackage;
use super::file_tree::FileTree;
use super::json_text::{parse_json, text_of};
use super::part::PartName;
use super::path::PackagePath;
use super::problem::Problem;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The folder of a package in which its plugins lie.
pub const PLUGIN_FOLDER: &str = "__plugin__";
/// What a plugin offers.
pub const PLUGIN_JSON: &str = "plugin.json";
/// The version of a plugin that is being developed beside its app.
pub const DEV_VERSION: &str = "dev";

/// A plugin that a host gives.
#[derive(Debug, Clone)]
pub struct Plugin {
    /// The name under which it is given: the provider's id, the app's own name for it, or [`DEV_VERSION`] for
    /// each one that the app declares in that version.
    name: String,
    json: PluginJson,
    files: Vec<(String, Bytes)>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct PluginJson {
    main: Option<String>,
    pages: BTreeMap<String, String>,
}

impl Plugin {
    /// A plugin of these files, by path from its folder.
    ///
    /// # Errors
    /// There is no plugin.json, or it cannot be read.
    pub fn open(name: &str, files: Vec<(String, Bytes)>) -> Result<Self, Box<Problem>> {
        let json = files.iter().find(|(path, _)| path == PLUGIN_JSON);
        let Some((_, bytes)) = json else {
            let problem = Problem::error(PLUGIN_JSON, format!("plugin {name} has no plugin.json"));
            return Err(Box::new(problem.help("name the folder that it lies in")));
        };
        Ok(Self {
            name: name.to_owned(),
            json: parse_json(PLUGIN_JSON, &text_of(bytes))?,
            files,
        })
    }

    fn is(&self, alias: &str, declared: &Value) -> bool {
        self.name == alias
            || declared["provider"] == self.name.as_str()
            || (self.name == DEV_VERSION && declared["version"] == DEV_VERSION)
    }

    /// The entry of `app.json` with what the app needs of plugin.json.
    fn joined(&self, folder: &str, declared: &Value) -> Value {
        let mut entry = declared.as_object().cloned().unwrap_or_default();
        let inside = |path: &String| format!("{folder}/{}", path.trim_start_matches("./").trim_start_matches('/'));
        let pages: BTreeMap<&String, String> = self
            .json
            .pages
            .iter()
            .map(|(name, path)| (name, inside(path)))
            .collect();
        entry.insert("folder".into(), folder.into());
        entry.insert("pages".into(), json!(pages));
        entry.insert("main".into(), json!(self.json.main.as_ref().map(inside)));
        entry.into()
    }
}

/// A package with the plugins that it uses.
pub struct PluggedPackage {
    package: Arc<dyn CodePackage>,
    app_json: AppJson,
    files: FileTree,
}

impl PluggedPackage {
    /// The package with those plugins that it declares; the package itself where it declares none of them.
    pub fn over(package: Arc<dyn CodePackage>, plugins: &[Plugin]) -> Arc<dyn CodePackage> {
        let mut app_json = package.app_json().clone();
        let mut files = package.files().clone();
        let declared = declared(&app_json);
        let mut joined = false;
        for (alias, entry) in declared {
            let Some(plugin) = plugins.iter().find(|plugin| plugin.is(&alias, &entry)) else {
                continue;
            };
            let provider = entry["provider"].as_str().unwrap_or(&alias);
            let folder = format!("{PLUGIN_FOLDER}/{provider}");
            app_json.plugins.insert(alias, plugin.joined(&folder, &entry));
            joined = true;
            // Two names of one provider mean the same files.
            let inside = plugin.files.iter().filter_map(|(name, bytes)| {
                let path = PackagePath::parse(&format!("{folder}/{name}")).ok()?;
                Some((path, bytes.clone()))
            });
            let inside = FileTree::new(inside.filter(|(path, _)| !files.has(path.as_str())));
            if let Ok(merged) = inside.and_then(|inside| files.clone().merge(inside)) {
                files = merged;
            }
        }
        if !joined {
            return package;
        }
        Arc::new(Self {
            package,
            app_json,
            files,
        })
    }
}

/// The plugins that an app declares, those of its subpackages too.
fn declared(app_json: &AppJson) -> Map<String, Value> {
    let of_parts = app_json.subpackages.iter().filter_map(|sub| sub.other.get("plugins"));
    let of_parts = of_parts.filter_map(Value::as_object).flatten();
    let of_parts = of_parts.map(|(alias, entry)| (alias.clone(), entry.clone()));
    app_json.plugins.clone().into_iter().chain(of_parts).collect()
}

impl CodePackage for PluggedPackage {
    fn files(&self) -> &FileTree {
        &self.files
    }

    fn app_json(&self) -> &AppJson {
        &self.app_json
    }

    fn has(&self, part: &PartName) -> bool {
        self.package.has(part)
    }

    fn size_of(&self, part: &PartName) -> u64 {
        self.package.size_of(part)
    }
}
