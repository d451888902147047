//! `minirun scenarios`: each planted bug is found, nothing is found in apps that are right, and two explorations are one.

use crate::program::{Ran, fixture, setup};
use serde_json::Value;

mod page;
mod staged;

/// A planted bug: the app, its next version, the findings, and the file of the first one.
type Planted = (&'static str, &'static str, &'static [&'static str], &'static str);

/// As the table in `fixtures/apps/planted/README.md` has them; `asks-*` and others come with a refusal.
const PLANTED: &[Planted] = &[
    (
        "undeclared-manager",
        "next",
        &["uncaught-error", "confirmed-not-applied"],
        "app.js",
    ),
    (
        "misspelled-modal",
        "next",
        &["uncaught-error", "ready-ignored"],
        "app.js:6",
    ),
    ("applies-when-failed", "next", &["apply-before-ready"], "app.js:18"),
    ("unguarded-call", "next", &[], ""),
    ("ready-never-registered", "next", &["ready-unheard"], "app.js:4"),
    ("inverted-guard", "next", &["never-reached"], "app.js:6"),
    ("shadowed-result", "next", &["uncaught-error"], "app.js:6"),
    ("lost-this", "next", &["uncaught-error", "ready-ignored"], "app.js:7"),
    (
        "asks-at-every-show",
        "next",
        &["asked-again", "double-dialog"],
        "app.js:6",
    ),
    ("applies-on-cancel", "next", &["applied-against-will"], "app.js:10"),
    ("clears-before-asking", "next", &["storage-cleared"], "app.js:6"),
    ("asks-a-server-first", "next", &["ready-ignored"], "app.js:5"),
    ("failed-never-registered", "next", &["failed-unheard"], "app.js:5"),
    (
        "applies-at-check",
        "next",
        &["apply-before-ready", "ready-unheard"],
        "app.js:6",
    ),
    ("applies-twice", "next", &["applied-twice"], "app.js:13"),
    (
        "registers-at-a-tap",
        "next",
        &["never-reached"],
        "pages/index/index.js:4",
    ),
    (
        "takes-callbacks-for-a-promise",
        "next",
        &["uncaught-error", "confirmed-not-applied"],
        "app.js",
    ),
    ("asks-for-ever", "next", &["asks-for-ever"], "app.js:9"),
    ("asks-twice", "next", &["double-dialog"], "pages/index/index.js:5"),
    ("button-too-long", "next", &["dialog-refused"], "app.js:6"),
    ("loading-stays", "next", &["loading-stays"], "app.js:6"),
    ("waits-for-ready", "next", &["stuck-page", "failed-unheard"], ""),
    ("restarts-for-ever", "next", &["restarts-for-ever"], "app.js:14"),
    (
        "keeps-old-data",
        "next-throws-on-old-data",
        &["uncaught-error", "next-fails"],
        "app.js:6",
    ),
];

/// Enough to find each of them.
const SOME: [&str; 6] = [
    "--only",
    "default/none/first-page",
    "--only",
    "default/ready/first-page",
    "--only",
    "default/download-fails/first-page",
];

fn explored(app: &str, next: &str, args: &[&str]) -> Ran {
    let (_dir, cmd) = setup();
    cmd.run(&[&["scenarios", &fixture(app), "--next", &fixture(next)], args].concat())
}

fn report(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}\n{ran}"))
}

fn codes(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    let mut codes: Vec<&str> = findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    codes.dedup();
    codes
}

fn finds(&(app, next, expected, place): &Planted) {
    let (app, next) = (format!("planted/{app}"), format!("planted/{next}"));
    let ran = explored(
        &app,
        &next,
        &[&SOME[..], &["--json", "--no-view", "--jobs", "1"]].concat(),
    );
    let found = report(&ran);
    assert_eq!(codes(&found), expected, "{ran}");
    let counts = expected
        .iter()
        .any(|code| !["failed-unheard", "restarts-unasked"].contains(code));
    assert_eq!(ran.code, Some(i32::from(counts)), "{ran}");
    if let Some(first) = found["findings"].get(0) {
        let file = first["file"].as_str().unwrap_or_default();
        let line = first["line"]
            .as_u64()
            .map(|line| format!(":{line}"))
            .unwrap_or_default();
        assert!(format!("{file}{line}").starts_with(place), "{place}\n{ran}");
        assert!(!first["scenarios"].as_array().unwrap().is_empty());
    }
}

#[test]
fn every_planted_bug_is_found_where_it_stands() {
    let (first, second) = PLANTED.split_at(PLANTED.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| first.iter().for_each(finds));
        scope.spawn(|| second.iter().for_each(finds));
    });
}

#[test]
fn the_table_of_planted_bugs_names_what_is_found() {
    let table = std::fs::read_to_string(fixture("planted/README.md")).unwrap();
    for (app, _, codes, _) in PLANTED {
        let row = table.lines().find(|line| line.starts_with(&format!("| {app} ")));
        let row = row.unwrap_or_else(|| panic!("{app}"));
        // What comes besides need not stand there.
        let named = codes.iter().any(|code| row.contains(&format!("`{code}`")));
        assert!(named || row.contains("| - |") || *app == "keeps-old-data", "{row}");
    }
}

#[test]
fn nothing_is_found_in_apps_that_are_right() {
    for (app, words) in [
        ("notes", &[][..]),
        ("reader", &SOME),
        ("shop", &["--only", "default/ready", "--only", "default/download-fails"]),
        ("tasks-ts", &SOME),
        ("late-listeners", &["--only", "default/ready", "--only", "default/none"]),
        ("components", &SOME),
        ("bounce", &SOME),
    ] {
        let (old, new) = (format!("{app}/1.0.0"), format!("{app}/1.1.0"));
        let ran = explored(&old, &new, &[words, &["--json"]].concat()).code(0);
        let found = report(&ran);
        for finding in found["findings"].as_array().unwrap() {
            assert_eq!(finding["severity"], "note", "{ran}");
        }
        // Whoever agrees gets the newer version, and whoever does not, at the next start.
        for row in found["scenarios"].as_array().unwrap() {
            let id = row["id"].as_str().unwrap();
            if id.starts_with("default/ready/") {
                assert_eq!(row["nextStart"], "1.1.0", "{app} {id}");
            }
        }
    }
}

#[test]
fn two_explorations_are_the_same_to_the_byte_whatever_carries_the_app() {
    for (app, next) in [("planted/asks-twice", "planted/next"), ("reader/1.0.0", "reader/1.1.0")] {
        let args = ["--json", "--only", "default/ready", "--only", "download-stalls"];
        let once = explored(app, next, &[&args[..], &["--jobs", "1"]].concat());
        let again = explored(
            app,
            next,
            &[&args[..], &["--jobs", "3", "--carrier", "thread"]].concat(),
        );
        assert_eq!(once.out, again.out);
        assert!(!once.out.contains("/tmp") && !once.out.contains("127.0.0.1"), "{once}");
    }
}

#[test]
fn the_report_as_data() {
    let only = [
        "--json",
        "--only",
        "default/ready/first-page",
        "--only",
        "default/none/first-page/silent",
    ];
    let ran = explored("planted/applies-on-cancel", "planted/next", &only).code(1);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn the_report_for_people() {
    let only = [
        "--only",
        "default/ready",
        "--only",
        "default/none",
        "--only",
        "sync/ready",
    ];
    let ran = explored("planted/applies-on-cancel", "planted/next", &only).code(1);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn a_finding_that_is_allowed_does_not_count() {
    let only = ["--only", "default/ready/first-page", "--json"];
    let allow = ["--allow", "applied-against-will"];
    explored("planted/applies-on-cancel", "planted/next", &only).code(1);
    explored(
        "planted/applies-on-cancel",
        "planted/next",
        &[&only[..], &allow].concat(),
    )
    .code(0);
    let ran = explored("planted/applies-on-cancel", "planted/next", &["--allow", "all"]).code(2);
    assert!(ran.err.contains("expected one of uncaught-error"), "{ran}");
}

#[test]
fn the_list_says_what_is_left_out_and_why() {
    let (_dir, cmd) = setup();
    let ran = cmd.ok(&["scenarios", "--list"]);
    assert!(ran.out.contains("\ndefault/ready/background/cancels\n"), "{ran}");
    assert!(ran.out.contains("sync/ready/launch"), "{ran}");
    assert!(ran.out.contains("the update comes before the start"), "{ran}");
    let listed: Value =
        serde_json::from_str(&cmd.ok(&["scenarios", "--list", "--json", "--only", "gray-in"]).out).unwrap();
    assert_eq!(listed["scenarios"].as_array().unwrap().len(), 3);
}

#[test]
fn what_cannot_be_explored_is_refused_in_one_error() {
    let (dir, cmd) = setup();
    let app = dir.app("app", "App({})", "Page({})");
    let other = dir.app("other", "App({ a: 1 })", "Page({})");
    dir.write("other/project.config.json", r#"{"appid":"wxother"}"#);
    let broken = dir.app("broken", "App({ a: 1 })", "Page({})");
    dir.write("broken/app.json", "{");
    let missing = dir.at("missing");
    for (args, said) in [
        (vec![app.as_str()], "--next <NEXT>"),
        (vec![&app, "--next", &missing], "no such file or folder"),
        (vec![&missing, "--next", &app], "no such file or folder"),
        (vec![&app, "--next", &other], "wxother is another app than wxit"),
        (vec![&app, "--next", &app], "both packages have the same files"),
        (vec![&app, "--next", &broken], "app.json"),
        (
            vec![&app, "--next", &broken, "--only", "soon"],
            "\"soon\" names no outcome, moment, policy or person",
        ),
        (
            vec![&app, "--next", &broken, "--only", "gray-in/launch"],
            "no scenario has all of these words",
        ),
        (
            vec![&app, "--next", &app, "--network-fixtures", &missing],
            "both packages have the same files",
        ),
    ] {
        let ran = cmd.run(&[&["scenarios"], &args[..]].concat()).code(2);
        assert!(ran.err.contains(said) && ran.out.is_empty(), "{said}\n{ran}");
    }
}
