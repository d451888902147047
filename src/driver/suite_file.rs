//! The files that a test requires from beside itself: helpers, data, and packages in `node_modules`.

use serde_json::{Value, json};
use std::path::{Component, Path, PathBuf};

/// What a module's file may end with, and what a folder may have instead.
const ENDS: [&str; 8] = [
    ".js",
    ".ts",
    ".json",
    ".cjs",
    ".mjs",
    "/index.js",
    "/index.ts",
    "/index.json",
];

/// The file that `request` means in the file `from`, with its text; an empty object where there is none.
///
/// # Errors
/// The file is there and cannot be read.
pub fn find(request: &str, from: &Path) -> Result<Value, String> {
    let folder = from.parent().unwrap_or(from);
    let found = if request.starts_with(['.', '/']) {
        file(&normal(&folder.join(request)))
    } else {
        folder
            .ancestors()
            .find_map(|above| package(&above.join("node_modules"), request))
    };
    let Some(path) = found else {
        return Ok(json!({}));
    };
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(json!({ "path": path, "text": text }))
}

/// The file itself, or with one of the endings.
fn file(path: &Path) -> Option<PathBuf> {
    let whole = path
        .extension()
        .is_some_and(|end| ENDS.iter().any(|known| known.strip_prefix('.') == end.to_str()));
    if whole && path.is_file() {
        return Some(path.to_owned());
    }
    let text = path.to_str()?;
    ENDS.iter()
        .map(|end| PathBuf::from(format!("{text}{end}")))
        .find(|path| path.is_file())
}

/// A package of npm, by the `main` of its package.json, or a file within it.
fn package(modules: &Path, request: &str) -> Option<PathBuf> {
    let path = normal(&modules.join(request));
    let named = std::fs::read_to_string(path.join("package.json")).ok();
    let named: Option<Value> = named.and_then(|text| serde_json::from_str(&text).ok());
    let main = named.as_ref().and_then(|json| json["main"].as_str());
    main.and_then(|main| file(&normal(&path.join(main))))
        .or_else(|| file(&path))
}

/// A path without `.` and `..`, as the names of modules are compared.
pub fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_a_file_a_folder_or_a_package() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        let files = [
            ("tests/a.js", ""),
            ("tests/a/index.js", ""),
            ("tests/data/todos.json", ""),
            ("tests/helpers/index.ts", ""),
            ("tests/v1.2.js", ""),
            ("tests/notes.txt", ""),
            ("node_modules/lib/package.json", r#"{ "main": "./dist/lib" }"#),
            ("node_modules/lib/dist/lib.js", ""),
            ("node_modules/@of/plain/index.js", ""),
        ];
        for (name, text) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let from = root.join("tests/x.test.js");
        for (request, found) in [
            ("./a", Some("tests/a.js")),
            ("../tests/a", Some("tests/a.js")),
            ("./data/todos.json", Some("tests/data/todos.json")),
            ("./data/todos", Some("tests/data/todos.json")),
            ("./helpers", Some("tests/helpers/index.ts")),
            ("./v1.2", Some("tests/v1.2.js")),
            ("./notes.txt", None),
            ("./none", None),
            ("lib", Some("node_modules/lib/dist/lib.js")),
            ("lib/dist/lib", Some("node_modules/lib/dist/lib.js")),
            ("@of/plain", Some("node_modules/@of/plain/index.js")),
            ("a", None),
        ] {
            let answer = find(request, &from).unwrap();
            let expected = found.map(|name| root.join(name).display().to_string());
            assert_eq!(answer["path"].as_str(), expected.as_deref(), "{request}");
        }
    }
}
