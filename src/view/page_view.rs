//! What a world gets for a page: the components below it, with their templates.

use super::{compile, dependencies, resolve};
use crate::package::{CodePackage, FileTree, PackagePath, PartName, Problem, normalised};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The component that an app draws its tab bar with.
const TAB_BAR: &str = "custom-tab-bar/index";

/// What is new to a world with one of its pages, or with a component that has come late.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    /// What was asked for, as a path without extension.
    pub path: String,
    /// The component that is the page's tab bar.
    pub tab_bar: Option<String>,
    /// Components that others stand in for until their part of the package runs, by path, with the root of that part.
    pub late: BTreeMap<String, String>,
    /// An expression whose value has the compiled templates, by path without extension.
    pub code: String,
    /// The page and its components by path, each with what its json says; names of components are paths from the root.
    pub components: BTreeMap<String, Value>,
    /// What is wrong, for the timeline.
    pub problems: Vec<Said>,
}

/// A problem as the timeline shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Whether the app has failed by it.
    pub error: bool,
    /// What is wrong.
    pub message: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
}

impl From<Problem> for Said {
    fn from(problem: Problem) -> Self {
        Self {
            error: problem.is_error(),
            file: problem.file,
            line: problem.span.map(|span| span.line),
            column: problem.span.map(|span| span.column),
            message: problem.message,
        }
    }
}

/// What one world has been given already.
#[derive(Debug, Default)]
pub struct Views {
    given: BTreeSet<String>,
    /// Roots of the subpackages whose code runs.
    running: BTreeSet<String>,
    unknown: BTreeSet<(String, String)>,
}

impl Views {
    /// The code of the subpackage that this file lies in runs in the world from now on.
    pub fn runs(&mut self, package: &dyn CodePackage, path: &str) {
        let part = package.app_json().subpackage_of(path);
        self.running.extend(part.map(|part| part.root.clone()));
    }

    /// What the world does not have yet of a page, or of a component.
    pub fn page(&mut self, package: &dyn CodePackage, page: &str) -> PageView {
        let mut view = PageView {
            path: resolve::there(package.files(), page).unwrap_or_else(|| page.to_owned()),
            tab_bar: tab_bar(package, page),
            ..PageView::default()
        };
        let mut problems = Vec::new();
        let mut waiting = VecDeque::from([view.path.clone()]);
        waiting.extend(view.tab_bar.clone());
        while let Some(path) = waiting.pop_front() {
            if !self.given.insert(path.clone()) {
                continue;
            }
            let (config, used) = self.component(package, &path, &mut view.late, &mut problems);
            view.components.insert(path, config);
            waiting.extend(used);
        }
        let compiled = compile::templates(package.files(), view.components.keys().map(String::as_str));
        view.code = compiled.code;
        problems.extend(compiled.problems);
        view.problems = problems.into_iter().map(Said::from).collect();
        view
    }

    /// A component's json with its names resolved, and the components that its template uses.
    fn component(
        &mut self,
        package: &dyn CodePackage,
        path: &str,
        late: &mut BTreeMap<String, String>,
        problems: &mut Vec<Problem>,
    ) -> (Value, Vec<String>) {
        let mut config = own_json(package.files(), path, problems);
        let text = whole_text(package.files(), path);
        let (replaced, placeholders): (Vec<String>, Vec<String>) = texts(config.get("componentPlaceholder")).unzip();
        let mut using = Map::new();
        let mut used = Vec::new();
        for (name, wanted, user) in names(package, path, &config) {
            if !dependencies::uses(&text, &name) && !placeholders.contains(&name) {
                continue;
            }
            let found = resolve::component(package, &wanted, &user);
            // What stands in for others has to be there from the start.
            if replaced.contains(&name)
                && !placeholders.contains(&name)
                && let Some((path, root)) = self.late(package, found.as_deref(), &wanted, &user)
            {
                using.insert(name, format!("/{path}").into());
                late.insert(path, root);
                continue;
            }
            match found {
                Some(found) => {
                    using.insert(name, format!("/{found}").into());
                    used.push(found);
                }
                None if is_built_in(&wanted) => {}
                None => match missing_part(package, &wanted, &user) {
                    Some(root) => problems.push(not_there(&name, path, &root)),
                    None => self.unknown(&name, &wanted, path, problems),
                },
            }
        }
        for (name, generic) in config
            .get_mut("componentGenerics")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            let Some(wanted) = generic["default"].as_str().map(str::to_owned) else {
                continue;
            };
            match resolve::component(package, &wanted, path) {
                Some(found) => {
                    generic["default"] = format!("/{found}").into();
                    used.push(found);
                }
                None => {
                    *generic = true.into();
                    self.unknown(name, &wanted, path, problems);
                }
            }
        }
        config.insert("usingComponents".into(), using.into());
        (config.into(), used)
    }

    /// A component with a placeholder that cannot be used at once: its subpackage does not run yet, or components of
    /// this app are read when they are used. With the root of its part.
    fn late(
        &self,
        package: &dyn CodePackage,
        found: Option<&str>,
        wanted: &str,
        user: &str,
    ) -> Option<(String, String)> {
        let path = found
            .map(str::to_owned)
            .or_else(|| resolve::named(package, wanted, user))?;
        let app = package.app_json();
        let reads_when_used = app.lazy_code_loading.as_deref() == Some("requiredComponents");
        let (root, runs) = match app.subpackage_of(&path) {
            Some(part) => (part.root.clone(), self.running.contains(&part.root)),
            None => (String::new(), package.has(&PartName::Main)),
        };
        let is_late = !runs || (reads_when_used && found.is_some() && !self.given.contains(&path));
        is_late.then_some((path, root))
    }

    /// Said once for each name and path.
    fn unknown(&mut self, name: &str, wanted: &str, path: &str, problems: &mut Vec<Problem>) {
        if self.unknown.insert((name.to_owned(), wanted.to_owned())) {
            let message = format!("there is no component \"{wanted}\", which <{name}> in {path}.wxml means");
            problems.push(Problem::warning(&format!("{path}.json"), message));
        }
    }
}

/// The tab bar of a page, where the app draws it itself and the page is a tab's.
fn tab_bar(package: &dyn CodePackage, page: &str) -> Option<String> {
    let app = package.app_json();
    let is_own = app.tab_bar.as_ref().is_some_and(|bar| bar.custom);
    (is_own && app.is_tab_page(page)).then(|| resolve::there(package.files(), TAB_BAR))?
}

/// The root of the part that a component would lie in, where that is not at hand.
fn missing_part(package: &dyn CodePackage, wanted: &str, user: &str) -> Option<String> {
    let path = resolve::named(package, wanted, user)?;
    let root = &package.app_json().subpackage_of(&path)?.root;
    let part = PackagePath::parse(root).ok().map(PartName::Sub)?;
    (!package.has(&part)).then(|| root.clone())
}

fn not_there(name: &str, path: &str, root: &str) -> Problem {
    let message = format!(
        "<{name}> is a component of the subpackage {root}, which is not there yet; componentPlaceholder says what \
         stands in for it"
    );
    Problem::error(&format!("{path}.json"), message)
}

/// Whether a page has a component from the start: its template uses one that its json or app.json names, or the app
/// draws a tab bar on it.
pub fn uses_components(package: &dyn CodePackage, page: &str) -> bool {
    if tab_bar(package, page).is_some() {
        return true;
    }
    let config = own_json(package.files(), page, &mut Vec::new());
    let mut names = names(package, page, &config).peekable();
    if names.peek().is_none() {
        return false;
    }
    let text = whole_text(package.files(), page);
    names.any(|(name, ..)| dependencies::uses(&text, &name))
}

/// A component that the platform itself has under this path.
fn is_built_in(wanted: &str) -> bool {
    wanted.starts_with("wx://")
}

/// Names of components with what they mean, and the file that says so; a component's own win over those of app.json.
fn names(
    package: &dyn CodePackage,
    path: &str,
    config: &Map<String, Value>,
) -> impl Iterator<Item = (String, String, String)> {
    let own: Vec<(String, String)> = texts(config.get("usingComponents")).collect();
    let global = match resolve::plugin_folder(path) {
        "" => package.app_json().using_components.clone(),
        _ => BTreeMap::new(),
    };
    let global = global
        .into_iter()
        .filter(|(name, _)| own.iter().all(|(own, _)| own != name));
    let global: Vec<_> = global.map(|(name, wanted)| (name, wanted, "app".to_owned())).collect();
    let own = own.into_iter().map(|(name, wanted)| (name, wanted, path.to_owned()));
    own.collect::<Vec<_>>().into_iter().chain(global)
}

fn texts(object: Option<&Value>) -> impl Iterator<Item = (String, String)> {
    let entries = object.and_then(Value::as_object).into_iter().flatten();
    entries.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
}

fn own_json(files: &FileTree, path: &str, problems: &mut Vec<Problem>) -> Map<String, Value> {
    let file = format!("{path}.json");
    let Some(bytes) = files.read(&file) else {
        return Map::new();
    };
    let text = String::from_utf8_lossy(bytes);
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(object)) => object,
        Ok(_) => Map::new(),
        Err(error) => {
            problems.push(Problem::error(&file, error.to_string()));
            Map::new()
        }
    }
}

/// A template's text with those of the files that it imports and includes.
fn whole_text(files: &FileTree, path: &str) -> String {
    let mut whole = String::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![format!("{path}.wxml")];
    while let Some(file) = waiting.pop() {
        let Some(bytes) = files.read(&file) else { continue };
        if !seen.insert(file.clone()) {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        for (source, _) in dependencies::templates(&text) {
            let wanted = match source.strip_prefix('/') {
                Some(absolute) => normalised(absolute),
                None => normalised(&format!("{file}/../{source}")),
            };
            waiting.push(if wanted.ends_with(".wxml") {
                wanted
            } else {
                format!("{wanted}.wxml")
            });
        }
        whole.push_str(&text);
        whole.push('\n');
    }
    whole
}

/// The json of a view, as a world gets it.
impl From<PageView> for Value {
    fn from(view: PageView) -> Self {
        json!(view)
    }
}
