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

/// The plugins that an app declares, those of its subpackages too: what a subpackage exports lies in it.
fn declared(app_json: &AppJson) -> Map<String, Value> {
    let mut all = app_json.plugins.clone();
    for sub in &app_json.subpackages {
        for (alias, entry) in sub
            .other
            .get("plugins")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let mut entry = entry.clone();
            if let Some(module) = entry["export"].as_str() {
                entry["export"] = format!("{}/{module}", sub.root).into();
            }
            all.insert(alias.clone(), entry);
        }
    }
    all
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::SourcePackage;

    fn package(app_json: &str) -> Arc<dyn CodePackage> {
        let files = [
            ("app.json", app_json),
            ("app.js", "App({})"),
            ("pages/a/a.js", "Page({})"),
            ("sub/p/p.js", "Page({})"),
        ];
        let files = files.map(|(name, text)| (name, Bytes::copy_from_slice(text.as_bytes())));
        Arc::new(SourcePackage::open(files).unwrap())
    }

    fn plugin(name: &str) -> Plugin {
        let json = r#"{ "main": "./index.js", "pages": { "hello": "/pages/hello" } }"#;
        let files = [("plugin.json", json), ("index.js", "")];
        let files = files.map(|(name, text)| (name.to_owned(), Bytes::copy_from_slice(text.as_bytes())));
        Plugin::open(name, files.to_vec()).unwrap()
    }

    #[test]
    fn a_plugin_of_a_subpackage_gets_what_the_subpackage_exports() {
        let package = package(
            r#"{ "pages": ["pages/a/a"], "subpackages": [{ "root": "sub", "pages": ["p/p"],
                "plugins": { "x": { "version": "1.0.0", "provider": "wxaa", "export": "out.js" } } }] }"#,
        );
        let plugged = PluggedPackage::over(package, &[plugin("wxaa")]);
        let entry = &plugged.app_json().plugins["x"];
        assert_eq!(entry["export"], "sub/out.js");
        assert_eq!(entry["main"], "__plugin__/wxaa/index.js");
        assert_eq!(plugged.app_json().plugin_pages(), ["__plugin__/wxaa/pages/hello"]);
        assert!(plugged.files().has("__plugin__/wxaa/index.js"));
    }

    #[test]
    fn only_what_is_declared_joins() {
        let app_json = r#"{ "pages": ["pages/a/a"], "plugins": { "x": { "version": "dev", "provider": "wxaa" } } }"#;
        let joined = |name: &str| PluggedPackage::over(package(app_json), &[plugin(name)]).files().len() > 4;
        assert_eq!(
            ["x", "wxaa", "dev", "wxbb", "y"].map(joined),
            [true, true, true, false, false]
        );
    }

    #[test]
    fn a_folder_without_plugin_json_is_refused() {
        let error = Plugin::open("x", Vec::new()).unwrap_err();
        assert!(error.to_string().contains("plugin x has no plugin.json"), "{error}");
    }
}
