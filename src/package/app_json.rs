//! app.json: the model of what the platform reads from it; and game.json, which stands in its place in a mini game.

use super::file_tree::FileTree;
use super::json_text::{parse_json, text_of};
use super::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// app.json. Page paths have no leading slash and no extension; roots have no slash at either end.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AppJson {
    /// Pages of the main package; the first one is the home page, unless `entry_page_path` says otherwise.
    pub pages: Vec<String>,
    /// The page that opens when none is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry_page_path: Option<String>,
    /// Look of the pages: navigation bar and so on; free form.
    pub window: Map<String, Value>,
    /// The tab bar, where the app has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tab_bar: Option<TabBar>,
    /// The subpackages; `subPackages` and `subpackages` are both read.
    #[serde(alias = "subPackages")]
    pub subpackages: Vec<Subpackage>,
    /// Page path to what is loaded ahead when that page opens.
    pub preload_rule: BTreeMap<String, PreloadRule>,
    /// Timeouts in milliseconds.
    pub network_timeout: NetworkTimeout,
    /// Aliases for `require`; keys and values end in `/*`.
    pub resolve_alias: BTreeMap<String, String>,
    /// Components known on every page, name to path.
    pub using_components: BTreeMap<String, String>,
    /// Plugins, name to `{version, provider}`; free form.
    pub plugins: Map<String, Value>,
    /// The folder of worker code, or an object with `path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workers: Option<Value>,
    /// `requiredComponents`, where it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lazy_code_loading: Option<String>,
    /// `audio`, `location` and the like.
    pub required_background_modes: Vec<String>,
    /// Framework logging.
    pub debug: bool,
    /// The package is a mini game: it has game.json, runs game.js, and has no pages.
    #[serde(skip_deserializing, skip_serializing_if = "std::ops::Not::not")]
    pub is_game: bool,
    /// Everything else, as it was written.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The tab bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TabBar {
    /// 2 to 5 tabs; their pages must be in the main package's `pages`.
    pub list: Vec<Tab>,
    /// Whether the app draws the tab bar itself.
    pub custom: bool,
    /// Colours and the like, as they were written.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One tab.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Tab {
    /// The page that the tab opens.
    pub page_path: String,
    /// The label.
    pub text: String,
    /// Icons and the like, as they were written.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A subpackage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Subpackage {
    /// The folder that it is in.
    pub root: String,
    /// A name for `preloadRule`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its pages, as paths from `root`.
    pub pages: Vec<String>,
    /// Whether it starts without the main package.
    pub independent: bool,
    /// A script, from `root`, that runs first when the subpackage is injected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Everything else, as it was written.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What a page loads ahead.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreloadRule {
    /// `wifi` (default) or `all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Roots or names of subpackages, or `__APP__`.
    pub packages: Vec<String>,
}

/// Timeouts in milliseconds; the platform's default is 60000 for each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkTimeout {
    /// `wx.request`.
    pub request: u64,
    /// `wx.connectSocket`.
    pub connect_socket: u64,
    /// `wx.uploadFile`.
    pub upload_file: u64,
    /// `wx.downloadFile`.
    pub download_file: u64,
}

impl Default for NetworkTimeout {
    fn default() -> Self {
        Self {
            request: 60_000,
            connect_socket: 60_000,
            upload_file: 60_000,
            download_file: 60_000,
        }
    }
}

impl AppJson {
    /// The page that a cold start without a path opens: `entryPagePath`, else the first page.
    pub fn home_page(&self) -> Option<&str> {
        let entry = self.entry_page_path.as_deref().filter(|path| !path.is_empty());
        entry.or_else(|| self.pages.first().map(String::as_str))
    }

    /// Every page path of the app: main package first, then each subpackage's with its root.
    pub fn all_pages(&self) -> Vec<String> {
        let sub = self.subpackages.iter();
        let sub_pages = sub.flat_map(|sub| sub.pages.iter().map(move |page| format!("{}/{page}", sub.root)));
        self.pages.iter().cloned().chain(sub_pages).collect()
    }

    /// The pages of the plugins that have joined the package.
    pub fn plugin_pages(&self) -> Vec<String> {
        let pages = self.plugins.values().filter_map(|plugin| plugin["pages"].as_object());
        let pages = pages.flat_map(|pages| pages.values().filter_map(Value::as_str));
        pages.map(str::to_owned).collect()
    }

    /// The subpackage whose folder `path` is in.
    pub fn subpackage_of(&self, path: &str) -> Option<&Subpackage> {
        let below = |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
        self.subpackages.iter().find(|sub| below(&sub.root))
    }

    /// Whether a page is in the tab bar.
    pub fn is_tab_page(&self, path: &str) -> bool {
        let tabs = self.tab_bar.iter().flat_map(|bar| &bar.list);
        tabs.into_iter().any(|tab| tab.page_path == path)
    }

    /// Takes the slashes off that people write around paths.
    pub(super) fn normalise(&mut self) {
        let page = |path: &mut String| *path = path.trim_start_matches('/').to_owned();
        self.pages.iter_mut().for_each(page);
        self.entry_page_path.iter_mut().for_each(|path| {
            *path = path.trim_start_matches('/').trim_end_matches(".html").to_owned();
        });
        let tabs = self.tab_bar.iter_mut().flat_map(|bar| &mut bar.list);
        tabs.for_each(|tab| page(&mut tab.page_path));
        for sub in &mut self.subpackages {
            sub.root = sub.root.trim_matches('/').to_owned();
            sub.pages.iter_mut().for_each(page);
            sub.entry.iter_mut().for_each(page);
        }
    }
}

/// The file's name.
pub const APP_JSON: &str = "app.json";

/// The file's name in a mini game.
pub const GAME_JSON: &str = "game.json";

impl AppJson {
    /// Reads app.json (in a mini game, game.json) out of a package's files. Only what cannot be read at all is an
    /// error here.
    pub fn of(files: &FileTree) -> Result<Self, Box<Problem>> {
        let file = [APP_JSON, GAME_JSON].into_iter().find(|file| files.has(file));
        let found = file.and_then(|file| Some((file, files.read(file)?)));
        let (file, bytes) = found.ok_or_else(|| {
            Problem::error(APP_JSON, "app.json is missing")
                .code("app-json-missing")
                .help("it must be in the package's root folder")
        })?;
        let mut app: Self = parse_json(file, &text_of(bytes))?;
        app.is_game = file == GAME_JSON;
        app.normalise();
        Ok(app)
    }

    /// The name of the file that it was read from.
    pub fn file(&self) -> &'static str {
        if self.is_game { GAME_JSON } else { APP_JSON }
    }
}
