//! Modules that are required and are not there, or lie where the script may not reach.

use super::Subject;
use super::components::unbuilt;
use super::facts::Request;
use super::reach::resolver;
use super::script::Script;
use crate::engine::Resolver;
use crate::package::Problem;
use std::collections::BTreeMap;

/// What is required and cannot be had.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let resolver = resolver(subject.survey);
    let mut found = Vec::new();
    let mut npm: BTreeMap<String, (Problem, usize)> = BTreeMap::new();
    for script in &subject.scripts {
        for request in &script.facts.requests {
            match resolver.resolve(&request.text, &script.path) {
                Some(target) => found.extend(out_of_reach(subject, &resolver, script, request, &target)),
                None if request.guarded || is_known_elsewhere(subject, script, request) => {}
                None => match unbuilt(subject.files(), &request.text) {
                    Some(package) => {
                        let message = format!("the npm package {package:?} is not in miniprogram_npm");
                        let problem = script.error("npm-missing", request.span, message);
                        npm.entry(package).or_insert((problem, 0)).1 += 1;
                    }
                    None => found.push(missing(subject, script, request)),
                },
            }
        }
    }
    let packages = npm.into_values().map(|(problem, count)| {
        let help = "install it and run minirun npm-build (in the developer tools: Build npm)";
        problem.help(format!("{help} (required {count} times)"))
    });
    found.extend(packages);
    found
}

fn missing(subject: &Subject<'_>, script: &Script, request: &Request) -> Problem {
    let message = format!("module {:?} does not exist", request.text);
    let problem = script.error("module-missing", request.span, message);
    match other_case(subject, script, request) {
        Some(path) => problem.help(format!("there is {path}: phones tell upper and lower case apart")),
        None => problem.help("require throws when the file is loaded; paths are from this file, or from /"),
    }
}

/// A file that differs in upper and lower case only.
fn other_case(subject: &Subject<'_>, script: &Script, request: &Request) -> Option<String> {
    let lower = |text: &str| text.to_lowercase();
    let folded: Vec<String> = (subject.files().paths()).map(|path| lower(path.as_str())).collect();
    let app = serde_json::to_value(subject.app()).unwrap_or_default();
    let found = Resolver::new(folded, &app).resolve(&lower(&request.text), &lower(&script.path))?;
    let original = subject.files().paths().find(|path| lower(path.as_str()) == found)?;
    Some(original.to_string())
}

/// A declaration of types stands for a file that is no script, and a plugin's modules lie elsewhere.
fn is_known_elsewhere(subject: &Subject<'_>, script: &Script, request: &Request) -> bool {
    if ["plugin://", "plugin-private://"]
        .iter()
        .any(|scheme| request.text.starts_with(scheme))
    {
        return true;
    }
    let folder = script.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = join(folder, &request.text);
    script.path.ends_with(".ts") && subject.files().has(&format!("{joined}.d.ts"))
}

/// Both paths as one, without dots.
pub(super) fn join(folder: &str, path: &str) -> String {
    let from_root = path.starts_with('/');
    let mut parts: Vec<&str> = if from_root {
        Vec::new()
    } else {
        folder.split('/').collect()
    };
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "" | "." => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// What lies in another subpackage comes later, if at all.
fn out_of_reach(
    subject: &Subject<'_>,
    resolver: &Resolver,
    script: &Script,
    request: &Request,
    target: &str,
) -> Option<Problem> {
    let (from, to) = (resolver.root_of(&script.path), resolver.root_of(target));
    if request.later || request.guarded || from == to {
        return None;
    }
    let independent = subject
        .app()
        .subpackages
        .iter()
        .any(|sub| sub.independent && format!("{}/", sub.root) == from);
    if to.is_empty() && !independent {
        return None;
    }
    let there = if to.is_empty() {
        "the main package".to_owned()
    } else {
        format!("subpackage {to}")
    };
    let message = format!("{target} lies in {there}, which need not be there yet");
    let help = if independent {
        "an independent subpackage starts without the main package: copy the file into it"
    } else {
        "use require(path, callback) or require.async, or move the file to the main package"
    };
    Some(script.error("module-out-of-reach", request.span, message).help(help))
}
