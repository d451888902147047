//! Calls of `wx` functions that are not there, are newer than the project's base library, or are refused here.

use super::Subject;
use super::facts::WxCall;
use super::script::Script;
use crate::package::Problem;
use crate::wx::{Form, Name, Support, can_i_use, names};
use std::collections::{BTreeMap, BTreeSet};
use swc_core::atoms::Atom;

/// What is wrong with the calls.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let table: BTreeMap<String, Name> = names().into_iter().map(|name| (name.name.clone(), name)).collect();
    let given: BTreeSet<&Atom> = subject
        .scripts
        .iter()
        .flat_map(|script| &script.facts.wx_given)
        .collect();
    let extended = subject.scripts.iter().any(|script| script.facts.wx_extended);
    let stated = stated_version(subject);
    let mut found = Vec::new();
    let mut refused: BTreeMap<&str, (Problem, usize)> = BTreeMap::new();
    for script in &subject.scripts {
        for call in script.facts.wx_calls.iter().filter(|call| !given.contains(&call.name)) {
            match table.get(&*call.name) {
                None if extended || call.guarded => {}
                None => found.push(unknown(&table, script, call)),
                Some(name) if is_of_games(name) && subject.app().is_game => {}
                Some(name) if name.api.support == Support::Refused => {
                    let entry = refused.entry(&call.name);
                    entry.or_insert_with(|| (refusal(script, call, name), 0)).1 += 1;
                }
                Some(name) => found.extend(stated.and_then(|stated| too_new(script, call, name, stated))),
            }
        }
    }
    found.extend(refused.into_values().map(|(problem, count)| match count {
        1 => problem,
        more => Problem {
            message: format!("{} ({more} calls)", problem.message),
            ..problem
        },
    }));
    found
}

/// Games have it, whatever the table says of other apps.
fn is_of_games(name: &Name) -> bool {
    name.api.form == Form::Game
}

/// The base library of project.config.json, where it is a number.
fn stated_version<'s>(subject: &'s Subject<'_>) -> Option<&'s str> {
    let version = subject.survey.project.lib_version.as_deref()?;
    version
        .starts_with(|first: char| first.is_ascii_digit())
        .then_some(version)
}

fn unknown(table: &BTreeMap<String, Name>, script: &Script, call: &WxCall) -> Problem {
    let name = &*call.name;
    let message = format!("the platform documents no wx.{name}");
    let alike = table
        .keys()
        .filter(|known| !known.contains('.') && distance(known, name) <= 2);
    match alike.min_by_key(|known| distance(known, name)) {
        Some(known) => {
            let problem = script.error("wx-unknown", call.span, message);
            problem.help(format!("did you mean wx.{known}? The call throws a TypeError"))
        }
        None => {
            let problem = script.warning("wx-unknown", call.span, message);
            problem.help("ask for it before the call: if (wx.…)")
        }
    }
}

fn refusal(script: &Script, call: &WxCall, name: &Name) -> Problem {
    let message = format!("minirun refuses wx.{}: {}", call.name, name.api.note);
    let problem = script.note("wx-refused", call.span, message);
    problem.help("under minirun the call fails with \"not supported\"; phones may do it")
}

fn too_new(script: &Script, call: &WxCall, name: &Name, stated: &str) -> Option<Problem> {
    // A row that no version has is none of `canIUse`'s.
    if call.guarded || can_i_use(&call.name, stated) || !can_i_use(&call.name, "999.0.0") {
        return None;
    }
    let message = format!(
        "wx.{} came with base library {}, and the project states {stated}",
        call.name, name.since
    );
    let problem = script.warning("wx-too-new", call.span, message);
    let help = format!("call it only if wx.canIUse('{}'), or raise libVersion", call.name);
    Some(problem.help(help))
}

/// How many letters have to be changed, added, left out or swapped.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let same = usize::from(left != right);
            let mut least = (rows[i][j] + same).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *left == b[j - 1] && a[i - 1] == *right {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn letters_that_differ_are_counted() {
        assert_eq!(distance("showModal", "showModal"), 0);
        assert_eq!(distance("showModal", "showModel"), 1);
        assert_eq!(distance("getStorage", "gteStorage"), 1);
        assert_eq!(distance("request", "requestPayment"), usize::MAX);
    }
}
