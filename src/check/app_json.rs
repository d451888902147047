//! Fields of app.json beyond its lists of pages: words that must be of a set, and files that they name.

use super::Subject;
use crate::package::{APP_JSON, Problem, Step, find_value, text_of};
use serde_json::Value;
use std::sync::Arc;

/// What is wrong with them.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let Some(bytes) = subject.files().read(APP_JSON).filter(|_| !subject.app().is_game) else {
        return Vec::new();
    };
    let text = text_of(bytes);
    let Ok(value) = serde_json::from_str::<Value>(&text) else {
        return Vec::new();
    };
    let mut fields = Fields {
        subject,
        text,
        value,
        found: Vec::new(),
    };
    for (steps, words) in WORDS {
        fields.word(steps, words);
    }
    for (steps, what) in FILES {
        fields.file(steps, what);
    }
    fields.tabs();
    fields.workers();
    fields.found
}

/// Words of which a field takes one.
const WORDS: [(&[&str], &[&str]); 8] = [
    (&["window", "navigationBarTextStyle"], &["black", "white"]),
    (&["window", "backgroundTextStyle"], &["dark", "light"]),
    (&["window", "navigationStyle"], &["default", "custom"]),
    (&["window", "pageOrientation"], &["auto", "portrait", "landscape"]),
    (&["tabBar", "borderStyle"], &["black", "white"]),
    (&["tabBar", "position"], &["bottom", "top"]),
    (&["lazyCodeLoading"], &["requiredComponents"]),
    (&["renderer"], &["webview", "skyline"]),
];

/// Files that a field names.
const FILES: [(&[&str], &str); 2] = [(&["sitemapLocation"], "sitemap"), (&["themeLocation"], "theme")];

/// The platform takes an icon of a tab up to this size.
const ICON_BYTES: usize = 40 * 1024;

struct Fields<'a, 's> {
    subject: &'a Subject<'s>,
    text: Arc<str>,
    value: Value,
    found: Vec<Problem>,
}

impl Fields<'_, '_> {
    fn get(&self, steps: &[&str]) -> Option<&Value> {
        steps.iter().try_fold(&self.value, |value, step| value.get(step))
    }

    fn push(&mut self, problem: Problem, steps: &[Step<'_>]) {
        let span = find_value(&self.text, steps);
        self.found.push(problem.at(&self.text, span));
    }

    fn word(&mut self, steps: &[&str], words: &[&str]) {
        let Some(value) = self.get(steps).cloned() else { return };
        // Themes are filled in from theme.json.
        let known = value
            .as_str()
            .is_some_and(|word| words.contains(&word) || word.starts_with('@'));
        if !known {
            let message = format!("{} is {value}", steps.join("."));
            let problem = Problem::warning(APP_JSON, message).code("app-json-word");
            let problem = problem.help(format!("it takes {}; the default stands instead", words.join(", ")));
            self.push(problem, &keys(steps));
        }
    }

    fn file(&mut self, steps: &[&str], what: &str) {
        let Some(path) = self.get(steps).and_then(Value::as_str).map(str::to_owned) else {
            return;
        };
        let file = path.trim_start_matches("./").trim_start_matches('/');
        if !file.is_empty() && !self.subject.files().has(file) {
            let message = format!("the {what} {path:?} does not exist");
            let problem = Problem::warning(APP_JSON, message).code("app-json-file");
            self.push(problem.help("create it, or take the field out"), &keys(steps));
        }
    }

    fn tabs(&mut self) {
        let tabs = self.value["tabBar"]["list"].as_array().cloned().unwrap_or_default();
        let custom = self.value["tabBar"]["custom"] == true;
        for (index, tab) in tabs.iter().enumerate() {
            let at = [Step::Key("tabBar"), Step::Key("list"), Step::Index(index)];
            if tab["text"].as_str().is_none() && !custom {
                let problem = Problem::error(APP_JSON, "a tab has no text").code("tabbar-text");
                self.push(problem.help("every tab needs text"), &at);
            }
            for name in ["iconPath", "selectedIconPath"] {
                let Some(path) = tab[name]
                    .as_str()
                    .filter(|path| !path.starts_with('@') && !path.is_empty())
                else {
                    continue;
                };
                if let Some(problem) = self.icon(path) {
                    self.push(problem, &[at[0], at[1], at[2], Step::Key(name)]);
                }
            }
        }
    }

    fn icon(&self, path: &str) -> Option<Problem> {
        let file = path.trim_start_matches("./").trim_start_matches('/');
        let Some(bytes) = self.subject.files().read(file) else {
            let problem = Problem::error(APP_JSON, format!("the icon {path:?} does not exist"));
            return Some(
                problem
                    .code("tabbar-icon")
                    .help("the path is from the folder of app.json"),
            );
        };
        (bytes.len() > ICON_BYTES).then(|| {
            let message = format!("the icon {path:?} has {} KB", bytes.len().div_ceil(1024));
            let problem = Problem::error(APP_JSON, message).code("tabbar-icon");
            problem.help("the platform takes icons of up to 40 KB; 81 by 81 pixels are enough")
        })
    }

    fn workers(&mut self) {
        let workers = &self.value["workers"];
        let Some(path) = workers.as_str().or_else(|| workers["path"].as_str()) else {
            return;
        };
        let folder = format!("{}/", path.trim_matches('/'));
        if !self
            .subject
            .files()
            .paths()
            .any(|file| file.as_str().starts_with(&folder))
        {
            let problem = Problem::error(
                APP_JSON,
                format!("there is nothing in the folder {path:?} of the workers"),
            );
            let problem = problem.code("workers-folder").help("put the scripts of workers there");
            self.push(problem, &[Step::Key("workers")]);
        }
    }
}

fn keys<'k>(steps: &[&'k str]) -> Vec<Step<'k>> {
    steps.iter().map(|step| Step::Key(step)).collect()
}
