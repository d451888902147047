//! The scripts that an app can reach: from app.js, its pages and components, through what they require.

use super::components::Components;
use super::facts::Facts;
use super::script::Script;
use crate::engine::{Resolver, SourceTree, protocol::Limits};
use crate::package::{Problem, Span, Survey, text_of};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stack of a thread that parses: enough for the deepest nesting that is let through.
const STACK: usize = 512 << 20;

/// What can be reached.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// The scripts that can be parsed, by path.
    pub(super) scripts: Vec<Script>,
    /// What is wrong with the others.
    pub(super) broken: Vec<Problem>,
}

/// The module rules of an app.
pub(super) fn resolver(survey: &Survey) -> Resolver {
    let scripts = survey.files.paths().map(|path| path.as_str());
    let scripts = scripts.filter(|path| is_script(path)).map(str::to_owned).collect();
    // The resolver reads the file as the platform wrote it.
    let app = serde_json::to_value(&survey.app_json).unwrap_or_default();
    Resolver::new(scripts, &app)
}

fn is_script(path: &str) -> bool {
    (path.ends_with(".js") || path.ends_with(".ts")) && !path.ends_with(".d.ts")
}

/// Finds and parses them, wave by wave.
pub(super) fn scripts(survey: &Survey, components: &Components) -> Reached {
    let resolver = resolver(survey);
    let mut seen = BTreeSet::new();
    let mut wave: Vec<String> = entries(survey, components);
    wave.retain(|path| seen.insert(path.clone()));
    let mut reached = Reached::default();
    while !wave.is_empty() {
        let mut next = Vec::new();
        for parsed in parse_all(survey, &wave) {
            match parsed {
                Ok(script) => {
                    let requests = script.facts.requests.iter();
                    let found = requests.filter_map(|request| resolver.resolve(&request.text, &script.path));
                    next.extend(found.filter(|path| seen.insert(path.clone())));
                    reached.scripts.push(script);
                }
                Err(problem) => reached.broken.push(*problem),
            }
        }
        wave = next;
    }
    reached.scripts.sort_by(|a, b| a.path.cmp(&b.path));
    reached
}

/// Where the platform starts to read.
fn entries(survey: &Survey, components: &Components) -> Vec<String> {
    let app = &survey.app_json;
    let mut names = vec![if app.is_game { "game" } else { "app" }.to_owned()];
    if app.is_game {
        names.extend(app.subpackages.iter().map(|sub| format!("{}/game", sub.root)));
    }
    names.extend(app.all_pages());
    names.extend(components.paths().map(str::to_owned));
    for sub in &app.subpackages {
        names.extend(sub.entry.iter().map(|entry| format!("{}/{entry}", sub.root)));
    }
    let mut found: Vec<String> = names.iter().filter_map(|name| script_of(survey, name)).collect();
    if let Some(folder) = worker_folder(survey) {
        let inside = survey.files.paths().map(|path| path.as_str());
        let inside = inside.filter(|path| is_script(path) && path.starts_with(&folder));
        found.extend(inside.map(str::to_owned));
    }
    found
}

/// The folder of worker scripts, with a slash at its end.
fn worker_folder(survey: &Survey) -> Option<String> {
    let workers = survey.app_json.workers.as_ref()?;
    let path = workers.as_str().or_else(|| workers["path"].as_str())?;
    Some(format!("{}/", path.trim_matches('/')))
}

/// The script of a module path, which may have its ending already.
pub(super) fn script_of(survey: &Survey, name: &str) -> Option<String> {
    ["", ".js", ".ts"]
        .iter()
        .map(|end| format!("{name}{end}"))
        .find(|path| is_script(path) && survey.files.has(path))
}

type Parsed = Result<Script, Box<Problem>>;

/// Parses files on all cores; the answers are in the order of `paths`.
fn parse_all(survey: &Survey, paths: &[String]) -> Vec<Parsed> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((index, path)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, paths.get(i)?)))
        {
            done.push((index, parse(survey, path)));
        }
        done
    };
    let mut all: Vec<(usize, Parsed)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores.min(paths.len()))
            .filter_map(|_| {
                std::thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, work)
                    .ok()
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_default())
            .collect()
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, parsed)| parsed).collect()
}

fn parse(survey: &Survey, path: &str) -> Parsed {
    let bytes = survey.files.read(path).map(|bytes| &bytes[..]).unwrap_or_default();
    let text = text_of(bytes);
    match SourceTree::parse(path, &text, &Limits::default()) {
        Ok(tree) => Ok(Script {
            path: path.to_owned(),
            facts: Facts::of(&tree),
            text,
            tree,
        }),
        Err(error) => {
            let line_start: usize = text
                .split_inclusive('\n')
                .take(error.line as usize - 1)
                .map(str::len)
                .sum();
            let line = text.get(line_start..).unwrap_or_default();
            let column: usize = line.chars().take(error.column as usize - 1).map(char::len_utf8).sum();
            let problem = Problem::error(path, error.message)
                .code("syntax")
                .help("the app throws a SyntaxError when it loads this file");
            Err(Box::new(
                problem.at(&text, Some(Span::at(&text, line_start + column, 1))),
            ))
        }
    }
}
