//! `requiredPrivateInfos`: functions that tell where a person is have to be declared in app.json.

use super::Subject;
use crate::package::{APP_JSON, Problem, Step, find_value, text_of};
use crate::wx::PRIVATE_INFOS;
use serde_json::Value;
use std::collections::BTreeMap;

const FIELD: &str = "requiredPrivateInfos";

/// Calls that are not declared, and declarations that the platform does not take.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let other = &subject.app().other;
    let declared: Vec<&str> = other
        .get(FIELD)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut found = undeclared(subject, &declared);
    let file = subject.app().file();
    let text = subject
        .files()
        .read(file)
        .map(|bytes| text_of(bytes))
        .unwrap_or_default();
    let mut wrong = |index: usize, message: String, help: &str| {
        let span = find_value(&text, &[Step::Key(FIELD), Step::Index(index)]);
        let problem = Problem::error(file, message).code("private-info-unknown").help(help);
        found.push(problem.at(&text, span));
    };
    for (index, name) in declared.iter().enumerate() {
        if !PRIVATE_INFOS.contains(name) && *name != "chooseAddress" {
            let help = format!("it takes {}", PRIVATE_INFOS.join(", "));
            wrong(index, format!("{FIELD} has {name:?}"), &help);
        } else if *name == "getFuzzyLocation" && declared.contains(&"getLocation") {
            let message = format!("{FIELD} has both getLocation and getFuzzyLocation");
            wrong(index, message, "the platform takes one of them only");
        }
    }
    found
}

/// One finding for each function, at its first call.
fn undeclared(subject: &Subject<'_>, declared: &[&str]) -> Vec<Problem> {
    let is_wanted = |name: &str| PRIVATE_INFOS.contains(&name) && !declared.contains(&name);
    let mut found: BTreeMap<&str, (Problem, usize)> = BTreeMap::new();
    for script in subject.scripts.iter().filter(|_| !subject.app().is_game) {
        for call in script.facts.wx_calls.iter().filter(|call| is_wanted(&call.name)) {
            let message = format!("wx.{} is not declared in {FIELD}", call.name);
            let first = || (script.error("private-info", call.span, message), 0);
            found.entry(&call.name).or_insert_with(first).1 += 1;
        }
    }
    let told = |(name, (problem, count)): (&str, (Problem, usize))| {
        let calls = if count == 1 {
            "the call fails".to_owned()
        } else {
            format!("{count} calls fail")
        };
        let help = format!("{calls}, and the app is not taken for review: add \"{name}\" to {FIELD} of {APP_JSON}");
        problem.help(help)
    };
    found.into_iter().map(told).collect()
}
