//! Where the component lies that a json file names.

use crate::package::{CodePackage, FileTree, PLUGIN_FOLDER, PLUGIN_JSON, normalised};

/// Finds the component that `wanted` means in the json of `user`, as a path without extension.
///
/// The rules are those of `usingComponents`: a path from the file or, with a slash, from the root; a package of
/// `miniprogram_npm`; an alias of app.json; a public component of a plugin. Each may be a folder with an `index`.
pub fn component(package: &dyn CodePackage, wanted: &str, user: &str) -> Option<String> {
    if let Some(rest) = wanted.strip_prefix("plugin://") {
        return of_plugin(package, rest);
    }
    if wanted.contains("://") {
        return None;
    }
    let files = package.files();
    let scope = plugin_folder(user);
    let folder = folder_of(user);
    let wanted = match scope {
        "" => unaliased(package, wanted),
        _ => wanted.to_owned(),
    };
    if let Some(absolute) = wanted.strip_prefix('/') {
        return there(files, &normalised(&format!("{scope}{absolute}")));
    }
    let beside = there(files, &normalised(&format!("{folder}/{wanted}")));
    let found = beside.or_else(|| {
        let is_relative = wanted.starts_with("./") || wanted.starts_with("../");
        (!is_relative).then(|| in_npm(files, &wanted, folder)).flatten()
    });
    // A plugin and its app do not see each other's files.
    found.filter(|path| plugin_folder(path) == scope)
}

/// The path that `wanted` names in the json of `user`, whether or not anything is there. Of plugins only their files tell.
pub fn named(package: &dyn CodePackage, wanted: &str, user: &str) -> Option<String> {
    if wanted.contains("://") || !plugin_folder(user).is_empty() {
        return None;
    }
    let wanted = unaliased(package, wanted);
    Some(match wanted.strip_prefix('/') {
        Some(absolute) => normalised(absolute),
        None => normalised(&format!("{}/{wanted}", folder_of(user))),
    })
}

/// A plugin says in its plugin.json which of its components others may use.
fn of_plugin(package: &dyn CodePackage, rest: &str) -> Option<String> {
    let (plugin, name) = rest.split_once('/')?;
    let folder = package.app_json().plugins.get(plugin)?.get("folder")?.as_str()?;
    let json = package.files().read(&format!("{folder}/{PLUGIN_JSON}"))?;
    let json: serde_json::Value = serde_json::from_slice(json).ok()?;
    let path = json.get("publicComponents")?.get(name)?.as_str()?;
    there(package.files(), &normalised(&format!("{folder}/{path}")))
}

/// In the folder's own `miniprogram_npm`, then in those of the folders above it.
fn in_npm(files: &FileTree, wanted: &str, mut folder: &str) -> Option<String> {
    loop {
        let base = normalised(&format!("{folder}/miniprogram_npm/{wanted}"));
        let found = there(files, &base);
        if found.is_some() || folder.is_empty() {
            return found;
        }
        folder = folder_of(folder);
    }
}

fn unaliased(package: &dyn CodePackage, wanted: &str) -> String {
    let aliases = package.app_json().resolve_alias.iter();
    let fitting = aliases
        .map(|(from, to)| (from.trim_end_matches('*'), to.trim_end_matches('*')))
        .filter(|(from, _)| wanted.starts_with(from))
        .max_by_key(|(from, _)| from.len());
    match fitting {
        Some((from, to)) => format!("/{}{}", to.trim_start_matches('/'), &wanted[from.len()..]),
        None => wanted.to_owned(),
    }
}

/// The path itself, or the `index` in the folder that it names.
pub fn there(files: &FileTree, path: &str) -> Option<String> {
    let is = |path: &str| {
        [".json", ".js", ".ts", ".wxml"]
            .iter()
            .any(|end| files.has(&format!("{path}{end}")))
    };
    let index = format!("{path}/index");
    [path.to_owned(), index].into_iter().find(|path| is(path))
}

/// The folder of the plugin that a path lies in, with a slash at its end; empty for the app's own files.
pub fn plugin_folder(path: &str) -> &str {
    let inside = path.strip_prefix(PLUGIN_FOLDER).and_then(|rest| rest.strip_prefix('/'));
    let end = inside.and_then(|inside| inside.find('/'));
    end.map_or("", |end| &path[..PLUGIN_FOLDER.len() + end + 2])
}

/// The folder of a file, without a slash at its end; empty at the top.
fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::SourcePackage;
    use bytes::Bytes;

    fn package() -> SourcePackage {
        let app = r#"{ "pages": ["pages/a/a"], "resolveAlias": { "@/*": "/*", "@ui/*": "/lib/ui/*" } }"#;
        let files = [
            ("app.json", app),
            ("app.js", ""),
            ("pages/a/a.js", ""),
            ("pages/a/part.json", "{}"),
            ("components/list/index.wxml", ""),
            ("lib/ui/box.js", ""),
            ("miniprogram_npm/vant/button/index.js", ""),
            ("pages/miniprogram_npm/near/index.js", ""),
        ];
        let files = files.map(|(name, text)| (name, Bytes::copy_from_slice(text.as_bytes())));
        SourcePackage::open(files).unwrap()
    }

    #[test]
    fn a_component_is_found_beside_its_user_at_the_root_in_npm_or_by_an_alias() {
        let package = package();
        for (wanted, found) in [
            ("./part", Some("pages/a/part")),
            ("part", Some("pages/a/part")),
            ("/components/list", Some("components/list/index")),
            ("../../components/list/index", Some("components/list/index")),
            ("vant/button", Some("miniprogram_npm/vant/button/index")),
            ("vant/button/index", Some("miniprogram_npm/vant/button/index")),
            ("near", Some("pages/miniprogram_npm/near/index")),
            ("@/components/list/index", Some("components/list/index")),
            ("@ui/box", Some("lib/ui/box")),
            ("./vant/button", None),
            ("/vant/button", None),
            ("ext://weui/button", None),
            ("plugin://none/button", None),
        ] {
            assert_eq!(component(&package, wanted, "pages/a/a").as_deref(), found, "{wanted}");
        }
    }
}
