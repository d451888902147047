//! A package that is not made for mini programs, as one script.
//!
//! It has a function for each file of the package that its main script requires, and so on. What is required and is none
//! of its files is left to the app's `require`, and is named in the last lines, where the developer tools look for it.

use super::Installed;
use super::module::read_module;
use super::paths::{folder_of, join, relative};
use super::source_map::SourceMap;
use crate::package::json_text::text_of;
use crate::package::problem::Problem;
use serde_json::Map;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What is written before the files: how they are kept, and run when one is required first. In a ring of files, one
/// that was given the exports of another too early still has its first object, so what takes the object's place is
/// copied to it.
const PRELUDE: &str = r#"module.exports = (function() {
var __MODULES__ = {};
function __DEFINE__(id, run, load) { __MODULES__[id] = { run: run, load: load, module: null }; }
function __MODULE__() { var first = {}, now = first; return Object.defineProperty({}, "exports", { enumerable: true, get: function() { return now; }, set: function(value) { if (value && typeof value === "object" && value !== first) { first.__proto__ = value.__proto__; Object.keys(value).forEach(function(key) { first[key] = value[key]; }); } now = value; } }); }
function __REQUIRE__(id, request) { var found = __MODULES__[id]; if (!found) return require(request); if (!found.module) { found.module = __MODULE__(); found.run(found.load, found.module, found.module.exports); } return found.module.exports; }
function __REQUIRE_WILDCARD__(value) { if (value && value.__esModule) return value; var all = {}; for (var key in value) if (Object.prototype.hasOwnProperty.call(value, key)) all[key] = value[key]; all.default = value; return all; }
function __REQUIRE_DEFAULT__(value) { return value && value.__esModule ? value.default : value; }"#;

/// A bundled package.
pub(super) struct Bundle {
    pub(super) code: String,
    pub(super) map: String,
    pub(super) warnings: Vec<Problem>,
}

/// Bundles the package whose main script is `main`; `None` when there is no such script.
///
/// # Errors
/// The main script cannot be read or does not parse.
pub(super) fn bundle(main: &str, files: &dyn Installed) -> Result<Option<Bundle>, Box<Problem>> {
    let mut main = main.to_owned();
    if files.is_folder(&main) {
        main = join(&main, "index.js");
    }
    if !is_script(&main) {
        main.push_str(".js");
    }
    if !files.is_file(&main) {
        return Ok(None);
    }
    let mut bundler = Bundler {
        files,
        folder: folder_of(&main).to_owned(),
        modules: Vec::new(),
        ids: HashMap::new(),
        warnings: Vec::new(),
    };
    bundler.add(&main)?;
    Ok(Some(bundler.write()))
}

fn is_script(path: &str) -> bool {
    path.ends_with(".js") || path.ends_with(".json")
}

/// A file in the bundle. Its id is its place in the list, from 1.
struct Part {
    /// Its path from the main script's folder.
    name: String,
    code: String,
    requires: Vec<String>,
    /// Ids of what it requires, by the words that it uses.
    known: Map<String, serde_json::Value>,
}

struct Bundler<'f> {
    files: &'f dyn Installed,
    folder: String,
    modules: Vec<Part>,
    /// `None` for one that is no script.
    ids: HashMap<String, Option<usize>>,
    warnings: Vec<Problem>,
}

impl Bundler<'_> {
    /// Adds a file with everything that it requires.
    fn add(&mut self, path: &str) -> Result<usize, Box<Problem>> {
        let text = text_of(&self.files.read(path)?);
        let part = self.read(path, &text)?;
        let requires = part.requires.clone();
        self.modules.push(part);
        let id = self.modules.len();
        self.ids.insert(path.to_owned(), Some(id));
        for request in requires {
            if let Some(found) = self
                .resolve(folder_of(path), &request)
                .and_then(|path| self.known(&path))
            {
                self.modules[id - 1].known.insert(request, found.into());
            }
        }
        Ok(id)
    }

    fn read(&mut self, path: &str, text: &Arc<str>) -> Result<Part, Box<Problem>> {
        let name = relative(&self.folder, path);
        let (code, requires) = if path.ends_with(".json") {
            (format!("module.exports = {text}"), Vec::new())
        } else {
            let module = read_module(path, text)?;
            self.warnings.extend(module.warnings);
            (module.code, module.requires)
        };
        Ok(Part {
            name,
            code,
            requires,
            known: Map::new(),
        })
    }

    /// The id of a file, which is added where it is not yet there. One that does not parse may never be required, so
    /// it is only left out.
    fn known(&mut self, path: &str) -> Option<usize> {
        if let Some(id) = self.ids.get(path) {
            return *id;
        }
        self.add(path).unwrap_or_else(|mut problem| {
            problem.severity = crate::package::problem::Severity::Warning;
            problem.help = Some("the file is left out, and requiring it fails".to_owned());
            self.warnings.push(*problem);
            self.ids.insert(path.to_owned(), None);
            0
        });
        self.ids.get(path).copied().flatten()
    }

    /// The file that is meant in a folder; `None` when none of the package is.
    fn resolve(&self, folder: &str, request: &str) -> Option<String> {
        let mut path = join(folder, request);
        if !is_script(&path) && self.files.is_file(&format!("{path}.js")) {
            return Some(format!("{path}.js"));
        }
        if self.files.is_folder(&path) {
            path = join(&path, "index.js");
        }
        if !is_script(&path) {
            path.push_str(".js");
        }
        self.files.is_file(&path).then_some(path)
    }

    fn write(self) -> Bundle {
        let mut map = SourceMap::default();
        let mut text = PRELUDE.to_owned();
        map.skip(PRELUDE);
        for (index, part) in self.modules.iter().enumerate() {
            let open = format!("__DEFINE__({}, function(require, module, exports) {{", index + 1);
            let known = serde_json::Value::Object(part.known.clone());
            let close = format!("}}, function(modId) {{ var map = {known}; return __REQUIRE__(map[modId], modId); }})");
            map.skip(&open);
            map.add(&part.name, &part.code);
            map.skip(&close);
            text.extend(["\n", &open, "\n", &part.code, "\n", &close]);
        }
        text.push_str("\nreturn __REQUIRE__(1);\n})()\n//miniprogram-npm-outsideDeps=");
        text.push_str(&serde_json::Value::from(self.outside()).to_string());
        text.push_str("\n//# sourceMappingURL=index.js.map");
        Bundle {
            code: text,
            map: map.to_json(),
            warnings: self.warnings,
        }
    }

    /// What is required and is no file of the package, each once.
    fn outside(&self) -> Vec<&str> {
        let all = self
            .modules
            .iter()
            .flat_map(|part| part.requires.iter().map(move |r| (part, r)));
        let outside = all.filter(|(part, request)| !part.known.contains_key(*request));
        let mut seen = BTreeSet::new();
        outside
            .map(|(_, request)| request.as_str())
            .filter(|request| seen.insert(*request))
            .collect()
    }
}
