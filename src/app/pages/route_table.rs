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
            pages,
            tab_bar,
            subpackages,
        }
    }

    /// Whether there is such a page.
    pub fn has(&self, path: &str) -> bool {
        self.pages.iter().any(|page| page == path)
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
