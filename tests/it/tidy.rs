//! The rules of the house that a compiler does not hold.

use minirun::wx::{Form, Support, apis};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Which other rooms a room may use. `cli` may use all.
const IMPORTS: [(&str, &[&str]); 16] = [
    ("system", &[]),
    ("package", &[]),
    ("release", &["package"]),
    ("update", &["system", "package", "release"]),
    ("wx", &["system"]),
    ("engine", &["wx", "package"]),
    ("check", &["engine", "wx", "package"]),
    ("view", &["engine", "package"]),
    (
        "app",
        &["engine", "view", "wx", "package", "release", "update", "system"],
    ),
    (
        "host",
        &["app", "engine", "wx", "package", "release", "update", "system"],
    ),
    ("registry", &["release", "package", "system"]),
    (
        "driver",
        &[
            "app", "host", "wx", "package", "release", "registry", "update", "system",
        ],
    ),
    (
        "conformance",
        &[
            "app", "driver", "engine", "view", "wx", "package", "release", "update", "system",
        ],
    ),
    (
        "scenario",
        &[
            "app", "host", "wx", "package", "release", "registry", "update", "system",
        ],
    ),
    ("automator", &["app", "engine", "view", "wx", "package", "system"]),
    (
        "cli",
        &[
            "app",
            "automator",
            "check",
            "conformance",
            "engine",
            "host",
            "package",
            "registry",
            "release",
            "scenario",
            "system",
            "update",
            "view",
            "wx",
        ],
    ),
];

/// Files that are longer than they may be. The list only ever shrinks.
const TOO_LONG: [&str; 0] = [];

const LONGEST: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends so, as a path from the root with its text.
fn files(folder: &str, end: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    folders.push(path);
                }
            } else if path.to_string_lossy().ends_with(end) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "{folder}");
    found.sort();
    found
}

/// `room` of `src/room/file.rs`.
fn room(file: &str) -> Option<&str> {
    let (room, _) = file.strip_prefix("src/")?.split_once('/')?;
    Some(room)
}

/// The names right after `crate::` in a line, those in one pair of braces too.
fn crate_names(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).flat_map(|rest| {
        let names = rest.strip_prefix('{').map_or(rest, |list| list);
        let first = names.split(|c: char| !c.is_alphanumeric() && c != '_');
        let count = if rest.starts_with('{') { usize::MAX } else { 1 };
        first.take(count)
    })
}

#[test]
fn rooms_use_only_the_rooms_that_they_may() {
    let mut wrong = Vec::new();
    for (file, text) in files("src", ".rs") {
        let Some(room) = room(&file) else { continue };
        let (_, may) = IMPORTS
            .iter()
            .find(|(name, _)| *name == room)
            .unwrap_or_else(|| panic!("{room} has no row"));
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for used in crate_names(line) {
                let is_room = IMPORTS.iter().any(|(name, _)| *name == used);
                if is_room && used != room && !may.contains(&used) {
                    wrong.push(format!("{file}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_engine_names_the_javascript_engine() {
    for (file, text) in files("src", ".rs") {
        assert!(room(&file) == Some("engine") || !text.contains("boa_engine"), "{file}");
    }
}

#[test]
fn only_the_command_line_prints() {
    let macros = ["println!", "print!", "eprintln!", "eprint!", "dbg!"];
    for (file, text) in files("src", ".rs") {
        if room(&file) == Some("cli") {
            continue;
        }
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            assert!(!macros.iter().any(|name| line.contains(name)), "{file}: {line}");
        }
    }
}

#[test]
fn no_file_is_too_long() {
    let long: BTreeSet<_> = [files("src", ".rs"), files("js", ".js"), files("tests", ".rs")]
        .concat()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > LONGEST)
        .map(|(file, _)| file)
        .collect();
    let known: BTreeSet<_> = TOO_LONG.iter().map(|file| (*file).to_owned()).collect();
    assert_eq!(long, known, "left: what is too long; right: what is known to be");
}

#[test]
fn no_file_is_named_after_nothing() {
    let nothing = ["utils", "util", "common", "helpers", "helper", "manager", "misc"];
    for (file, _) in [files("src", ".rs"), files("js", ".js"), files("tests/it", ".rs")].concat() {
        for part in Path::new(&file).with_extension("").iter() {
            assert!(!nothing.contains(&&*part.to_string_lossy()), "{file}");
        }
    }
}

/// The names under which an app finds a row.
fn names(name: &str, form: Form) -> Vec<String> {
    let last = name.rsplit('.').next().unwrap_or(name);
    if form != Form::Event {
        return vec![last.to_owned(), format!("{last}Sync")];
    }
    let (first, rest) = last.split_at(1);
    let capital = first.to_uppercase() + rest;
    // Tests of many events build the two names from this one.
    vec![format!("on{capital}"), format!("off{capital}"), capital]
}

#[test]
fn every_wx_api_is_in_a_conformance_test() {
    let tests = files("tests/conformance", ".test.js");
    let words: BTreeSet<&str> = tests
        .iter()
        .flat_map(|(_, text)| text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$'))
        .collect();
    let untested: Vec<_> = apis()
        // One test goes through the refused ones, row by row.
        .filter(|row| !row.name.starts_with('$') && row.support != Support::Refused)
        .filter(|row| {
            !names(row.name, row.form)
                .iter()
                .any(|name| words.contains(name.as_str()))
        })
        .map(|row| row.name)
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn every_conformance_test_says_what_it_rests_on() {
    for (file, text) in files("tests/conformance", ".test.js") {
        let head = text.lines().take_while(|line| line.starts_with("//"));
        let source = head
            .filter_map(|line| line.split_once("Rests on:"))
            .find(|(_, source)| !source.trim().is_empty());
        assert!(source.is_some(), "{file}: its head names no source (// Rests on: ...)");
    }
}
