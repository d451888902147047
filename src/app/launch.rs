//! How an app is opened: path, query, scene and referrer.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The main entry, which is what the host uses by default.
pub const SCENE_MAIN_ENTRY: u32 = 1001;

/// What the host opens an app with; `App.onLaunch` gets it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LaunchOptions {
    /// Page path without a leading slash; empty for the entry page.
    pub path: String,
    /// Query parameters, all of them strings.
    pub query: Map<String, Value>,
    /// The platform's scene value.
    pub scene: u32,
    /// Where the app was opened from; `{}` by default.
    pub referrer_info: Value,
    /// The kind of entry; `default` but for single-page and embedded entries.
    pub api_category: String,
}

impl Default for LaunchOptions {
    fn default() -> Self {
        Self {
            path: String::new(),
            query: Map::new(),
            scene: SCENE_MAIN_ENTRY,
            referrer_info: json!({}),
            api_category: "default".to_owned(),
        }
    }
}

impl LaunchOptions {
    /// The options for a page as a person names it: `pages/x/x?a=1`, decoded as a browser does.
    pub fn at(page: &str) -> Self {
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let query = url::form_urlencoded::parse(query.as_bytes());
        Self {
            path: path.trim_start_matches('/').to_owned(),
            query: query
                .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
                .collect(),
            ..Self::default()
        }
    }

    /// The options after an update was applied: the same, but the entry page
    /// without query where the new package has no such page.
    #[must_use]
    pub fn for_package(mut self, has_page: impl Fn(&str) -> bool) -> Self {
        if !self.path.is_empty() && !has_page(&self.path) {
            self.path.clear();
            self.query.clear();
        }
        self
    }
}
