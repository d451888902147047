//! The platform's search rules for modules, over the package's script files.

use crate::package::{PLUGIN_FOLDER, normalised};
use serde_json::Value;
use std::collections::HashSet;

/// Finds the file that a `require` means.
#[derive(Debug, Default, Clone)]
pub struct Resolver {
    scripts: HashSet<String>,
    /// Roots of the subpackages, each with a slash at its end.
    roots: Vec<String>,
    /// Those that are independent.
    independent: Vec<String>,
    /// `resolveAlias`, the longest first.
    aliases: Vec<(String, String)>,
    plugins: Vec<Plugin>,
}

/// A plugin that the app declares.
#[derive(Debug, Clone)]
pub struct Plugin {
    /// The app's name for it.
    alias: String,
    /// Its folder in the package, with a slash at its end; empty where the host has none.
    pub folder: String,
    /// Its main module.
    pub main: Option<String>,
    /// The module of the app's that it may have.
    export: Option<String>,
}

/// The entry of `app.json`.
fn plugin((alias, entry): (&String, &Value)) -> Plugin {
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    let folder = text("folder").filter(|folder| folder.starts_with(PLUGIN_FOLDER));
    Plugin {
        alias: alias.clone(),
        folder: folder.map_or_else(String::new, |folder| format!("{folder}/")),
        main: text("main").map(str::to_owned),
        export: text("export").map(str::to_owned),
    }
}

/// The folder of the plugin that a path lies in, with a slash at its end; empty for the app's own files.
pub fn plugin_folder(path: &str) -> &str {
    let inside = path.strip_prefix(PLUGIN_FOLDER).and_then(|rest| rest.strip_prefix('/'));
    let end = inside.and_then(|inside| inside.find('/'));
    end.map_or("", |end| &path[..PLUGIN_FOLDER.len() + end + 2])
}

impl Resolver {
    /// The rules for these scripts, with the subpackages and aliases of `app.json`.
    pub fn new(scripts: Vec<String>, app: &Value) -> Self {
        let packages = ["subPackages", "subpackages"]
            .into_iter()
            .find_map(|name| app.get(name)?.as_array());
        let root = |package: &Value| Some(format!("{}/", trimmed(package.get("root")?.as_str()?)));
        let parts = || packages.into_iter().flatten();
        let independent = parts().filter(|package| package["independent"] == true);
        let aliases = app.get("resolveAlias").and_then(Value::as_object).into_iter().flatten();
        let star = |text: &str| text.strip_suffix('*').unwrap_or(text).to_owned();
        let mut aliases: Vec<_> = aliases
            .filter_map(|(from, to)| Some((star(from), star(to.as_str()?))))
            .collect();
        aliases.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        let of_parts = parts().filter_map(|part| part.get("plugins"));
        let plugins = app
            .get("plugins")
            .into_iter()
            .chain(of_parts)
            .filter_map(Value::as_object);
        Self {
            plugins: plugins.flatten().map(plugin).collect(),
            scripts: scripts.into_iter().collect(),
            roots: parts().filter_map(root).collect(),
            independent: independent.filter_map(root).collect(),
            aliases,
        }
    }

    /// Adds the scripts of a part that came later.
    pub fn add(&mut self, scripts: impl IntoIterator<Item = String>) {
        self.scripts.extend(scripts);
    }

    /// Whether the package has this script.
    pub fn has(&self, path: &str) -> bool {
        self.scripts.contains(path)
    }

    /// The root of the subpackage that a path lies in, with a slash at its end; empty for the main package.
    pub fn root_of(&self, path: &str) -> &str {
        self.roots
            .iter()
            .find(|root| path.starts_with(*root))
            .map_or("", String::as_str)
    }

    /// Whether a path lies in an independent subpackage.
    pub fn is_independent(&self, path: &str) -> bool {
        self.independent.iter().any(|root| root == self.root_of(path))
    }

    /// The subpackage that a module lies in, as far as its name says so: its files may not be there yet.
    pub fn part_of(&self, request: &str, caller: &str) -> &str {
        let wanted = self.unaliased(request);
        let absolute = self.root_of(&normalised(&wanted));
        if wanted.starts_with('/') && !absolute.is_empty() {
            return absolute;
        }
        self.root_of(&normalised(&format!("{}/{wanted}", folder_of(caller))))
    }

    fn unaliased(&self, request: &str) -> String {
        let alias = self.aliases.iter().find(|(from, _)| request.starts_with(from));
        match alias {
            Some((from, to)) => format!("/{to}{}", &request[from.len()..]),
            None => request.to_owned(),
        }
    }

    /// The plugin that the app calls so.
    pub fn plugin(&self, alias: &str) -> Option<&Plugin> {
        self.plugins.iter().find(|plugin| plugin.alias == alias)
    }

    /// The module that the app exports for the plugin in this folder.
    pub fn export_for(&self, folder: &str) -> Option<String> {
        let plugin = self.plugins.iter().find(|plugin| plugin.folder == folder)?;
        self.file(&normalised(plugin.export.as_deref()?))
    }

    /// The script that `request` means in the file `caller`. A plugin has its own files only, and the app none of them.
    pub fn resolve(&self, request: &str, caller: &str) -> Option<String> {
        let scope = plugin_folder(caller);
        let found = self.find(request, caller, scope);
        found.filter(|path| plugin_folder(path) == scope)
    }

    fn find(&self, request: &str, caller: &str, scope: &str) -> Option<String> {
        let wanted = if scope.is_empty() {
            self.unaliased(request)
        } else {
            request.to_owned()
        };
        let folder = folder_of(caller);
        let absolute = wanted
            .starts_with('/')
            .then(|| self.file(&normalised(&format!("{scope}{wanted}"))))
            .flatten();
        let found = absolute.or_else(|| self.file(&normalised(&format!("{folder}/{wanted}"))));
        if found.is_some() || wanted.starts_with('.') {
            return found;
        }
        self.npm(&wanted, folder)
    }

    fn file(&self, path: &str) -> Option<String> {
        let ends = ["", ".js", ".ts", "/index.js", "/index.ts"];
        let mut candidates = ends.into_iter().map(|end| format!("{path}{end}"));
        candidates.find(|path| (path.ends_with(".js") || path.ends_with(".ts")) && self.has(path))
    }

    /// In the folder's own `miniprogram_npm`, then in those of the folders above it.
    fn npm(&self, wanted: &str, mut folder: &str) -> Option<String> {
        loop {
            let base = normalised(&format!("{folder}miniprogram_npm/{wanted}"));
            let candidates = [format!("{base}/index.js"), format!("{base}.js"), base];
            let found = candidates
                .into_iter()
                .find(|path| path.ends_with(".js") && self.has(path));
            if found.is_some() || folder.is_empty() {
                return found;
            }
            folder = folder_of(folder.trim_end_matches('/'));
        }
    }
}

/// What the platform says of a module that is not there.
pub fn missing(request: &str, caller: &str) -> String {
    let path = normalised(&format!("{}/{request}", folder_of(caller)));
    let end = if path.ends_with(".js") { "" } else { ".js" };
    format!("module '{path}{end}' is not defined, require args is '{request}'")
}

/// The folder of a file, with a slash at its end; empty at the top.
fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

fn trimmed(root: &str) -> &str {
    let root = root.strip_prefix('/').unwrap_or(root);
    root.strip_suffix('/').unwrap_or(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugin_and_its_app_have_their_own_files_only() {
        let scripts = [
            "app.js",
            "utils/a.js",
            "__plugin__/wx1/index.js",
            "__plugin__/wx1/lib/b.js",
            "__plugin__/wx2/c.js",
        ];
        let rules = Resolver::new(
            scripts.map(str::to_owned).to_vec(),
            &serde_json::json!({ "resolveAlias": { "~/*": "/utils/*" } }),
        );
        let inside = "__plugin__/wx1/index.js";
        for (request, caller, found) in [
            ("./lib/b", inside, Some("__plugin__/wx1/lib/b.js")),
            ("/lib/b.js", inside, Some("__plugin__/wx1/lib/b.js")),
            ("../../utils/a", inside, None),
            ("/utils/a", inside, None),
            ("~/a", inside, None),
            ("../wx2/c", inside, None),
            ("__plugin__/wx1/index.js", "app.js", None),
            ("../__plugin__/wx1/lib/b", "utils/a.js", None),
        ] {
            assert_eq!(
                rules.resolve(request, caller).as_deref(),
                found,
                "{request} in {caller}"
            );
        }
        assert_eq!(plugin_folder("__plugin__/wx1/lib/b.js"), "__plugin__/wx1/");
        assert_eq!(plugin_folder("__plugin__x/wx1/b.js"), "");
    }

    fn resolver(app: &str) -> Resolver {
        let scripts = [
            "app.js",
            "utils/a.js",
            "utils/index.js",
            "miniprogram_npm/lib/index.js",
            "goods/p/p.js",
            "goods/miniprogram_npm/lib.js",
        ];
        Resolver::new(scripts.map(str::to_owned).to_vec(), &serde_json::from_str(app).unwrap())
    }

    #[test]
    fn a_request_is_a_file_a_folder_or_a_package_of_npm() {
        let rules = resolver(
            r#"{ "subPackages": [{ "root": "/goods/" }], "resolveAlias": { "~/*": "/*", "~/u/*": "utils/*" } }"#,
        );
        let cases = [
            ("./utils/a", "app.js", Some("utils/a.js")),
            ("utils/a.js", "app.js", Some("utils/a.js")),
            ("/utils", "goods/p/p.js", Some("utils/index.js")),
            ("../../utils/a", "goods/p/p.js", Some("utils/a.js")),
            ("lib", "utils/a.js", Some("miniprogram_npm/lib/index.js")),
            ("lib", "goods/p/p.js", Some("goods/miniprogram_npm/lib.js")),
            ("./lib", "app.js", None),
            ("~/app", "goods/p/p.js", Some("app.js")),
            ("~/u/a", "goods/p/p.js", Some("utils/a.js")),
        ];
        for (request, caller, found) in cases {
            assert_eq!(
                rules.resolve(request, caller).as_deref(),
                found,
                "{request} in {caller}"
            );
        }
    }

    #[test]
    fn a_path_lies_in_the_subpackage_whose_root_it_begins_with() {
        let rules = resolver(r#"{ "subpackages": [{ "root": "goods" }] }"#);
        assert_eq!(rules.root_of("goods/p/p.js"), "goods/");
        assert_eq!(rules.root_of("goodsold/p.js"), "");
    }

    #[test]
    fn a_module_that_is_not_there_yet_lies_in_the_part_that_its_name_says() {
        let rules = resolver(r#"{ "subpackages": [{ "root": "late" }], "resolveAlias": { "@l/*": "/late/*" } }"#);
        assert_eq!(rules.part_of("late/lib/a.js", "app.js"), "late/");
        assert_eq!(rules.part_of("/late/lib/a.js", "utils/a.js"), "late/");
        assert_eq!(rules.part_of("../late/lib/a", "utils/a.js"), "late/");
        assert_eq!(rules.part_of("@l/lib/a", "utils/a.js"), "late/");
        assert_eq!(rules.part_of("../utils/a", "utils/a.js"), "");
    }

    #[test]
    fn a_missing_module_is_named_by_the_path_that_was_meant() {
        let text = missing("../x", "pages/a/a.js");
        assert_eq!(text, "module 'pages/x.js' is not defined, require args is '../x'");
    }
}
