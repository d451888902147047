//! `usingComponents`: what app.json, pages and components name, and whether it is there.

use super::Subject;
use super::reach::resolver;
use crate::package::{APP_JSON, FileTree, Problem, Step, Survey, find_key, find_value, text_of};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The components of an app, and what is wrong with those that it names.
#[derive(Debug, Default)]
pub(super) struct Components {
    found: BTreeSet<String>,
    problems: Vec<Problem>,
}

/// Places that other code provides.
const FOREIGN: [&str; 4] = ["plugin://", "plugin-private://", "ext://", "dynamicLib://"];

impl Components {
    /// Follows `usingComponents` from app.json and the pages.
    pub(super) fn of(survey: &Survey) -> Self {
        let resolver = resolver(survey);
        let mut components = Self::default();
        let mut missing = Missing::default();
        let mut queue: Vec<String> = survey.app_json.all_pages();
        queue.push("app".into());
        queue.extend(own_bars(survey));
        let mut seen = BTreeSet::new();
        while let Some(owner) = queue.pop() {
            if !seen.insert(owner.clone()) {
                continue;
            }
            if owner != "app" && !survey.app_json.all_pages().contains(&owner) {
                components.found.insert(owner.clone());
            }
            let file = if owner == "app" {
                APP_JSON.to_owned()
            } else {
                format!("{owner}.json")
            };
            let Some(json) = Json::read(survey, &file) else {
                continue;
            };
            for (list, name, path) in json.named() {
                if FOREIGN.iter().any(|scheme| path.starts_with(scheme)) {
                    continue;
                }
                match resolver.resolve(&path, &file) {
                    Some(script) => {
                        components
                            .problems
                            .extend(out_of_reach(survey, &json, &owner, &name, &script));
                        queue.push(script[..script.len() - ".js".len()].to_owned());
                    }
                    None => missing.add(survey, &json, &[Step::Key(&list), Step::Key(&name)], &path),
                }
            }
        }
        components.problems.extend(missing.problems());
        components
    }

    /// Paths of the components, without extension.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.found.iter().map(String::as_str)
    }
}

/// A component of another subpackage need not be there when its user is shown, and then something has to stand for it.
fn out_of_reach(survey: &Survey, json: &Json, owner: &str, name: &str, script: &str) -> Option<Problem> {
    let root = |path: &str| survey.app_json.subpackage_of(path).map(|sub| sub.root.clone());
    let there = root(script)?;
    let placeholders = json.value.get("componentPlaceholder");
    let is_replaced = placeholders.is_some_and(|all| all.get(name).is_some());
    if is_replaced || owner == "app" || root(owner).as_ref() == Some(&there) {
        return None;
    }
    let span = find_value(&json.text, &[Step::Key("usingComponents"), Step::Key(name)]);
    let message = format!("component {name:?} lies in subpackage {there}, which need not be there yet");
    let help = format!("say in componentPlaceholder what stands for it: {{ \"{name}\": \"view\" }}");
    let problem = Problem::error(&json.file, message).code("component-out-of-reach");
    Some(problem.help(help).at(&json.text, span))
}

/// The bars that an app draws itself have their fixed places.
fn own_bars(survey: &Survey) -> Vec<String> {
    let app = &survey.app_json;
    let tab_bar = app.tab_bar.as_ref().is_some_and(|bar| bar.custom);
    let app_bar = app.other.contains_key("appBar");
    let places = [(tab_bar, "custom-tab-bar/index"), (app_bar, "app-bar/index")];
    let present = places
        .iter()
        .filter(|(used, path)| *used && survey.files.has(&format!("{path}.json")));
    present.map(|(_, path)| (*path).to_owned()).collect()
}

struct Json {
    file: String,
    text: Arc<str>,
    value: Map<String, Value>,
}

impl Json {
    /// One that cannot be read is reported elsewhere.
    fn read(survey: &Survey, file: &str) -> Option<Self> {
        let text = text_of(survey.files.read(file)?);
        let value = serde_json::from_str(&text).ok()?;
        let file = file.to_owned();
        Some(Self { file, text, value })
    }

    /// List, name and path of each component that it names.
    fn named(&self) -> Vec<(String, String, String)> {
        let mut all = Vec::new();
        if let Some(list) = self.value.get("usingComponents").and_then(Value::as_object) {
            let pairs = list.iter().filter_map(|(name, path)| Some((name, path.as_str()?)));
            all.extend(pairs.map(|(name, path)| ("usingComponents".to_owned(), name.clone(), path.to_owned())));
        }
        all
    }
}

/// Components that are not there. Those of one package of npm are one finding: it has not been built.
#[derive(Default)]
struct Missing {
    own: Vec<Problem>,
    npm: BTreeMap<String, (Problem, usize)>,
}

impl Missing {
    fn add(&mut self, survey: &Survey, json: &Json, steps: &[Step<'_>; 2], path: &str) {
        let span = find_value(&json.text, steps).or_else(|| {
            let Step::Key(name) = steps[1] else { return None };
            find_key(&json.text, &steps[..1], name)
        });
        match unbuilt(&survey.files, path) {
            Some(package) => {
                let message = format!("the npm package {package:?} is not in miniprogram_npm");
                let problem = Problem::error(&json.file, message)
                    .code("npm-missing")
                    .at(&json.text, span);
                self.npm.entry(package).or_insert((problem, 0)).1 += 1;
            }
            None => {
                let message = format!("component {path:?} does not exist");
                let problem = Problem::error(&json.file, message).code("component-missing");
                let help = "the path is that of the component's files without extension, from this file or from /";
                self.own.push(problem.help(help).at(&json.text, span));
            }
        }
    }

    fn problems(self) -> Vec<Problem> {
        let npm = self.npm.into_values().map(|(problem, count)| {
            let help = "install it and run minirun npm-build (in the developer tools: Build npm)";
            problem.help(format!("{help} ({count} uses of its components)"))
        });
        self.own.into_iter().chain(npm).collect()
    }
}

/// The package of npm that a name means: `vant` of `vant/button/index`, `@vant/weapp` of `@vant/weapp/button/index`.
/// A name that begins with a folder of the app is a path.
pub(super) fn unbuilt(files: &FileTree, name: &str) -> Option<String> {
    let name = name.rsplit_once("miniprogram_npm/").map_or(name, |(_, name)| name);
    if name.starts_with(['.', '/']) || name.ends_with(".js") {
        return None;
    }
    let depth = if name.starts_with('@') { 2 } else { 1 };
    let package: Vec<&str> = name.split('/').take(depth).collect();
    let folder = format!("{}/", package[0]);
    let own = files.paths().any(|path| path.as_str().starts_with(&folder));
    (!own).then(|| package.join("/"))
}

/// Components that are named and are not there.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    subject.components.problems.clone()
}
