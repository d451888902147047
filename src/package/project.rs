//! project.config.json: what the developer tools know about a project. A running app sees nothing of it.

use super::app_id::AppId;
use super::json_text::{Step, find_value, parse_json, text_of};
use super::path::PackagePath;
use super::problem::Problem;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The project's file, in the project's root folder.
pub const PROJECT_JSON: &str = "project.config.json";
/// One person's overrides of it.
pub const PRIVATE_PROJECT_JSON: &str = "project.private.config.json";

/// The parts of project.config.json that decide what a package is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectConfig {
    /// The folder of app.json; `None` when that is the project's folder.
    pub miniprogram_root: Option<PackagePath>,
    /// The app's id, where one is written.
    pub app_id: Option<AppId>,
    /// The project's name.
    pub name: Option<String>,
    /// The base library that the developer tests with.
    pub lib_version: Option<String>,
    /// `packOptions.ignore`: files that are not packed.
    pub ignore: Vec<IgnoreRule>,
    /// `setting.urlCheck`: whether the app may reach registered domains only.
    pub url_check: bool,
    /// The folder of a plugin's code, in a plugin's project.
    pub plugin_root: Option<String>,
    /// How packages from npm are built.
    pub npm: NpmSettings,
}

/// How packages from npm are built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NpmSettings {
    /// `setting.packNpmManually`: only what is listed is built, where the list says.
    pub manually: bool,
    /// `setting.packNpmRelationList`.
    pub relations: Vec<NpmRelation>,
}

/// One entry of `setting.packNpmRelationList`; both are paths from the project's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NpmRelation {
    /// The package.json whose dependencies are built.
    pub package_json_path: String,
    /// The folder that gets a `miniprogram_npm`.
    pub miniprogram_npm_dist_dir: String,
}

/// One rule of `packOptions.ignore`; values are paths below `miniprogramRoot`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct IgnoreRule {
    /// `file`, `folder`, `suffix`, `prefix`; `glob` and `regexp` are not understood and only warned about.
    #[serde(rename = "type")]
    pub kind: String,
    /// What to compare with.
    pub value: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Raw {
    miniprogram_root: String,
    plugin_root: String,
    compile_type: String,
    appid: String,
    projectname: Option<String>,
    lib_version: Option<String>,
    pack_options: RawPackOptions,
    setting: RawSetting,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct RawSetting {
    url_check: bool,
    pack_npm_manually: bool,
    pack_npm_relation_list: Vec<NpmRelation>,
}

impl Default for RawSetting {
    fn default() -> Self {
        Self {
            url_check: true,
            pack_npm_manually: false,
            pack_npm_relation_list: Vec::new(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RawPackOptions {
    ignore: Vec<IgnoreRule>,
}

impl ProjectConfig {
    /// Reads project.config.json, and the private one over it, where they exist.
    pub fn parse(shared: Option<&[u8]>, private: Option<&[u8]>) -> Result<Self, Box<Problem>> {
        let mut merged = Map::new();
        for (file, bytes) in [(PROJECT_JSON, shared), (PRIVATE_PROJECT_JSON, private)] {
            if let Some(bytes) = bytes {
                let text = text_of(bytes);
                // Read into its own type first, as that error knows its place.
                parse_json::<Raw>(file, &text)?;
                for (key, value) in parse_json::<Map<String, Value>>(file, &text)? {
                    override_with(&mut merged, key, value);
                }
            }
        }
        let raw: Raw = serde_json::from_value(Value::Object(merged))
            .map_err(|error| Problem::error(PROJECT_JSON, error.to_string()))?;
        Self::checked(raw, shared)
    }

    fn checked(raw: Raw, shared: Option<&[u8]>) -> Result<Self, Box<Problem>> {
        let problem = |key: &str, message: String| {
            let text = text_of(shared.unwrap_or_default());
            let span = find_value(&text, &[Step::Key(key)]);
            Problem::error(PROJECT_JSON, message)
                .code("project-json")
                .at(&text, span)
        };
        let root = raw.miniprogram_root.trim_start_matches("./").trim_matches('/');
        let miniprogram_root = match root {
            "" | "." => None,
            root => Some(PackagePath::parse(root).map_err(|e| problem("miniprogramRoot", e.to_string()))?),
        };
        let app_id = match raw.appid.as_str() {
            "" => None,
            id => Some(AppId::parse(id).map_err(|e| problem("appid", e.to_string()))?),
        };
        Ok(Self {
            miniprogram_root,
            app_id,
            name: raw.projectname,
            lib_version: raw.lib_version,
            ignore: raw.pack_options.ignore,
            url_check: raw.setting.url_check,
            plugin_root: Some(raw.plugin_root).filter(|root| raw.compile_type == "plugin" && !root.is_empty()),
            npm: NpmSettings {
                manually: raw.setting.pack_npm_manually,
                relations: raw.setting.pack_npm_relation_list,
            },
        })
    }
}

impl Default for ProjectConfig {
    /// A project without a file.
    fn default() -> Self {
        Self {
            miniprogram_root: None,
            app_id: None,
            name: None,
            lib_version: None,
            ignore: Vec::new(),
            url_check: true,
            plugin_root: None,
            npm: NpmSettings::default(),
        }
    }
}

/// Of `setting` each entry is overridden by itself, everything else as a whole.
fn override_with(merged: &mut Map<String, Value>, key: String, value: Value) {
    match (merged.get_mut(&key), value) {
        (Some(Value::Object(shared)), Value::Object(own)) if key == "setting" => shared.extend(own),
        (_, value) => {
            merged.insert(key, value);
        }
    }
}

impl IgnoreRule {
    /// Whether the rule is of a kind that is understood here.
    pub fn is_known(&self) -> bool {
        matches!(self.kind.as_str(), "file" | "folder" | "suffix" | "prefix")
    }

    /// Whether a file of the package is left out.
    pub fn matches(&self, path: &PackagePath) -> bool {
        let path = path.as_str();
        let value = self.value.trim_start_matches("./").trim_start_matches('/');
        let name = path.rsplit('/').next().unwrap_or(path);
        match self.kind.as_str() {
            "file" => path == value,
            "folder" => path
                .strip_prefix(value.trim_end_matches('/'))
                .is_some_and(|rest| rest.starts_with('/')),
            "suffix" => path.ends_with(value),
            "prefix" => name.starts_with(value),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_private_file_overrides_the_shared_one() {
        let shared = br#"{"miniprogramRoot": "./miniprogram/", "appid": "wx1", "projectname": "a"}"#;
        let project = ProjectConfig::parse(Some(shared), Some(br#"{"projectname": "mine"}"#)).unwrap();
        assert_eq!(project.miniprogram_root.unwrap().as_str(), "miniprogram");
        assert_eq!(project.app_id.unwrap().as_str(), "wx1");
        assert_eq!(project.name.as_deref(), Some("mine"));
        assert_eq!(ProjectConfig::parse(None, None).unwrap(), ProjectConfig::default());
    }

    #[test]
    fn one_persons_settings_override_each_by_itself() {
        let shared = br#"{"setting": {"urlCheck": true, "es6": true}}"#;
        let checks = |private: Option<&[u8]>| ProjectConfig::parse(Some(shared), private).unwrap().url_check;
        assert!(checks(None));
        assert!(checks(Some(br#"{"setting": {"es6": false}}"#)));
        assert!(!checks(Some(br#"{"setting": {"urlCheck": false}}"#)));
    }

    #[test]
    fn a_bad_value_names_its_line() {
        let check = |text: &str| {
            ProjectConfig::parse(Some(text.as_bytes()), None)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            check("{\n \"miniprogramRoot\": \"../x\"}"),
            "project.config.json:2:21: path \"../x\" has a dot segment"
        );
        assert!(check("{\n \"appid\": \"a/b\"}").starts_with("project.config.json:2:11: \"a/b\" is not an app id"));
        assert!(check("{\n \"appid\": 1}").starts_with("project.config.json:2:"));
    }

    #[test]
    fn ignore_rules_follow_their_kind() {
        let table = [
            ("file", "a/b.md", "a/b.md", true),
            ("file", "b.md", "a/b.md", false),
            ("folder", "./doc/", "doc/x/y.js", true),
            ("folder", "doc", "docs/y.js", false),
            ("suffix", ".map", "a/b.js.map", true),
            ("prefix", "test-", "a/test-b.js", true),
            ("glob", "**", "a", false),
        ];
        for (kind, value, path, expected) in table {
            let rule = IgnoreRule {
                kind: kind.into(),
                value: value.into(),
            };
            assert_eq!(
                rule.matches(&PackagePath::parse(path).unwrap()),
                expected,
                "{kind} {value} {path}"
            );
        }
    }
}
