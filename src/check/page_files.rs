//! The files that each page and component has beside its script.

use super::Subject;
use crate::package::{APP_JSON, Problem, Step, find_value, text_of};
use std::collections::BTreeSet;

/// Files that are missing.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let app = subject.app();
    if app.is_game {
        return Vec::new();
    }
    let mut found: Vec<Problem> = pages(subject)
        .into_iter()
        .filter(|page| !subject.files().has(&format!("{page}.wxml")) && has_script(subject, page))
        .map(|page| {
            let problem = Problem::error(&format!("{page}.wxml"), format!("page {page:?} has no template"));
            problem.code("page-wxml").help("create the file; it may be empty")
        })
        .collect();
    for component in subject.components.paths().filter(|path| !is_npm(path)) {
        found.extend(component_json(subject, component));
        if !subject.files().has(&format!("{component}.wxml")) && has_script(subject, component) {
            let problem = Problem::error(
                &format!("{component}.wxml"),
                format!("component {component:?} has no template"),
            );
            found.push(problem.code("component-wxml").help("create the file; it may be empty"));
        }
    }
    found.extend(custom_tab_bar(subject));
    found
}

fn is_npm(path: &str) -> bool {
    path.contains("miniprogram_npm/")
}

fn pages(subject: &Subject<'_>) -> BTreeSet<String> {
    subject.app().all_pages().into_iter().collect()
}

fn has_script(subject: &Subject<'_>, path: &str) -> bool {
    [".js", ".ts"]
        .iter()
        .any(|end| subject.files().has(&format!("{path}{end}")))
}

/// What is used as a component has to say that it is one.
fn component_json(subject: &Subject<'_>, path: &str) -> Option<Problem> {
    let file = format!("{path}.json");
    let Some(bytes) = subject.files().read(&file) else {
        let problem = Problem::error(&file, format!("component {path:?} has no json file"));
        return Some(
            problem
                .code("component-json")
                .help("create it with {\"component\": true}"),
        );
    };
    let text = text_of(bytes);
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    if json["component"] == true || pages(subject).contains(path) {
        return None;
    }
    let problem = Problem::error(
        &file,
        format!("{path:?} is used as a component and does not say that it is one"),
    );
    let problem = problem.code("component-json").help("add \"component\": true");
    Some(problem.at(&text, find_value(&text, &[])))
}

fn custom_tab_bar(subject: &Subject<'_>) -> Option<Problem> {
    let bar = subject.app().tab_bar.as_ref().filter(|bar| bar.custom)?;
    if bar.list.is_empty() || has_script(subject, "custom-tab-bar/index") {
        return None;
    }
    let text = text_of(subject.files().read(APP_JSON)?);
    let span = find_value(&text, &[Step::Key("tabBar"), Step::Key("custom")]);
    let problem = Problem::error(
        APP_JSON,
        "the app draws its tab bar itself, and custom-tab-bar/index does not exist",
    );
    Some(
        problem
            .code("tabbar-custom")
            .help("create the component custom-tab-bar/index")
            .at(&text, span),
    )
}
