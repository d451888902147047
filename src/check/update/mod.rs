//! Faults in the use of the update API.
//!
//! [`walk`] follows the app's code from where the platform enters it and notes what it does about updates and under
//! which circumstances; the rules look at those notes. The walk goes through variables, objects, classes, modules,
//! callbacks, promises and async functions; of what it cannot follow it knows nothing, and reports nothing.

mod calls;
mod conditions;
mod enter;
mod expressions;
mod platform;
mod rules;
mod statements;
mod value;
mod walk;

use super::Subject;
use super::reach::resolver;
use crate::engine::Resolver;
use crate::package::Problem;
use std::collections::HashSet;
use walk::Walk;

/// Stack for the walk: it goes as deep as the code nests.
const STACK: usize = 512 << 20;

/// Scripts that only bring other code are followed up to this size.
const LARGEST: usize = 200 << 10;

/// What is wrong.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    if !subject.scripts.iter().any(|script| script.facts.uses_updates()) {
        return Vec::new();
    }
    let resolver = resolver(subject.survey);
    let relevant = relevant(subject, &resolver);
    let first = if subject.app().is_game { "game" } else { "app" };
    let first = super::reach::script_of(subject.survey, first).unwrap_or_default();
    let work = || {
        let mut walk = Walk::new(&subject.scripts, &resolver, relevant);
        walk.run(&first);
        let mut found = std::mem::take(&mut walk.problems);
        found.extend(rules::check(subject, &walk));
        found
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_default()
    })
}

/// The scripts that have to do with updates, those through which they are reached, and what they use.
fn relevant(subject: &Subject<'_>, resolver: &Resolver) -> HashSet<usize> {
    let scripts = &subject.scripts;
    let index_of = |path: &str| scripts.binary_search_by(|script| script.path.as_str().cmp(path)).ok();
    let targets: Vec<Vec<usize>> = scripts
        .iter()
        .map(|script| {
            let requests = script.facts.requests.iter();
            let paths = requests.filter_map(|request| resolver.resolve(&request.text, &script.path));
            paths.filter_map(|path| index_of(&path)).collect()
        })
        .collect();
    let mut found: HashSet<usize> = (0..scripts.len())
        .filter(|index| scripts[*index].facts.uses_updates())
        .collect();
    loop {
        let before = found.len();
        for (index, targets) in targets.iter().enumerate() {
            if targets.iter().any(|target| found.contains(target)) {
                found.insert(index);
            }
        }
        if found.len() == before {
            break;
        }
    }
    let used: Vec<usize> = found.iter().flat_map(|index| targets[*index].clone()).collect();
    found.extend(used.into_iter().filter(|index| scripts[*index].text.len() < LARGEST));
    found
}
