//! Which pages there are, as `app.json` lists them.

use serde_json::Value;

/// The pages that routes may lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// Every page's path, those of subpackages included, without a leading slash.
    pub pages: Vec<String>,
    /// The tab bar's pages.
    pub tab_bar: Vec<String>,
    /// The subpackages.
    pub subpackages: Vec<SubpackageRoutes>,
    /// The pages of plugins: what urls call them, and their paths.
    pub plugin_pages: Vec<(String, String)>,
    /// The page where the app starts when nobody names one.
    pub entry: String,
}

/// What routes need to know of a subpackage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubpackageRoutes {
    /// Its folder, without a slash at either end.
    pub root: String,
    /// It starts without the main package.
    pub independent: bool,
}

impl RouteTable {
    /// The table of an `app.json`. Whatever is missing or of a wrong type counts as absent:
    /// whether the file is right is the package's own question.
    pub fn from_app_json(app: &Value) -> Self {
        let mut pages = texts(&app["pages"]);
        let mut subpackages = Vec::new();
        let listed = [&app["subPackages"], &app["subpackages"]]
            .into_iter()
            .find_map(Value::as_array);
        for package in listed.into_iter().flatten() {
            let root = trimmed(package["root"].as_str().unwrap_or_default());
            pages.extend(texts(&package["pages"]).iter().map(|page| format!("{root}/{page}")));
            subpackages.push(SubpackageRoutes {
                root,
                independent: package["independent"] == true,
            });
        }
        let tabs = app["tabBar"]["list"].as_array().into_iter().flatten();
        let tab_bar = tabs.filter_map(|tab| tab["pagePath"].as_str()).map(trimmed).collect();
        let entry = app["entryPagePath"]
            .as_str()
            .map(trimmed)
            .or_else(|| pages.first().cloned());
        Self {
            entry: entry.unwrap_or_default(),
            plugin_pages: plugin_pages(&app["plugins"]),
            pages,
            tab_bar,
            subpackages,
        }
    }

    /// Whether there is such a page.
    pub fn has(&self, path: &str) -> bool {
        let of_plugin = || self.plugin_pages.iter().any(|(_, page)| page == path);
        self.pages.iter().any(|page| page == path) || of_plugin()
    }

    /// A url as the app's own pages have it: that of a plugin's page names its path in the package.
    pub fn unplugged(&self, url: &str) -> String {
        let (page, query) = url.split_at(url.find('?').unwrap_or(url.len()));
        match self.plugin_pages.iter().find(|(name, _)| name == page) {
            Some((_, path)) => format!("/{path}{query}"),
            // An unknown one is not relative to the current page.
            None if page.starts_with("plugin://") || page.starts_with("plugin-private://") => format!("/{url}"),
            None => url.to_owned(),
        }
    }

    /// Whether the tab bar lists it.
    pub fn is_tab(&self, path: &str) -> bool {
        self.tab_bar.iter().any(|page| page == path)
    }

    /// The subpackage that a path lies in; none for the main package.
    pub fn subpackage_of(&self, path: &str) -> Option<&SubpackageRoutes> {
        let inside = |package: &&SubpackageRoutes| {
            path.strip_prefix(package.root.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        };
        self.subpackages.iter().find(inside)
    }
}

/// `plugin://<name>/<page>` for the app, `plugin-private://<provider>/<path>` for the plugin itself.
fn plugin_pages(plugins: &Value) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (alias, plugin) in plugins.as_object().into_iter().flatten() {
        for (name, path) in plugin["pages"].as_object().into_iter().flatten() {
            let path = path.as_str().unwrap_or_default();
            if let Some(inner) = path.strip_prefix("__plugin__/") {
                pages.push((format!("plugin://{alias}/{name}"), path.to_owned()));
                pages.push((format!("plugin-private://{inner}"), path.to_owned()));
            }
        }
    }
    pages
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(trimmed)
        .collect()
}

fn trimmed(path: &str) -> String {
    path.trim_matches('/').to_owned()
}
