//! Every broken app is reported as `fixtures/apps/broken/expected.json` says.

use crate::program::{fixture, setup};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Expected {
    app: String,
    file: Option<String>,
    line: Option<u64>,
    message: String,
    first_page_ready: Option<bool>,
    exit: i32,
}

/// What no engine can stop from inside: a thread cannot be killed, nor its memory bounded.
const NEEDS_A_PROCESS: [&str; 2] = ["endless-native", "memory-hog"];

fn expected() -> Vec<Expected> {
    serde_json::from_slice(&std::fs::read(fixture("broken/expected.json")).unwrap()).unwrap()
}

/// Smaller bounds, so that the tests are quick.
fn bounds(app: &str) -> [&'static str; 2] {
    match app {
        "endless-native" => ["--watchdog", "3s"],
        "memory-hog" => ["--memory", "256MB"],
        // So few that a busy machine gets there long before the watchdog.
        _ => ["--loop-limit", "1000000"],
    }
}

fn check(expected: &Expected, carrier: &str) {
    let (_dir, cmd) = setup();
    let app = fixture(&format!("broken/{}", expected.app));
    let args = [&bounds(&expected.app)[..], &["--carrier", carrier]].concat();
    let (timeline, ran) = cmd.timeline(&app, &args);
    let ran = ran.code(expected.exit);
    let error = timeline
        .all("error")
        .next()
        .unwrap_or_else(|| panic!("no error\n{ran}"));
    assert!(error.text("message").contains(&expected.message), "{ran}");
    assert_eq!(error.rest["file"].as_str(), expected.file.as_deref(), "{ran}");
    assert_eq!(error.rest["line"].as_u64(), expected.line, "{ran}");
    if let Some(ready) = expected.first_page_ready {
        assert_eq!(timeline.has("page.ready"), ready, "{ran}");
    }
    // A package that was refused never booted; everything else tells how it ended.
    assert_eq!(timeline.has("boot"), timeline.has("exit"), "{ran}");
}

#[test]
fn each_fault_is_told_with_its_place_from_a_process() {
    for expected in expected() {
        check(&expected, "process");
    }
}

#[test]
fn each_fault_is_told_with_its_place_from_a_thread() {
    for expected in expected() {
        if !NEEDS_A_PROCESS.contains(&expected.app.as_str()) {
            check(&expected, "thread");
        }
    }
}

#[test]
fn every_broken_app_has_its_expectation() {
    let known: Vec<_> = expected().into_iter().map(|expected| expected.app).collect();
    for entry in std::fs::read_dir(fixture("broken")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert!(!entry.path().is_dir() || known.contains(&name), "{name}");
    }
}

#[test]
fn what_an_app_did_before_it_was_stopped_is_on_the_timeline() {
    let (dir, cmd) = setup();
    let app = dir.app(
        "app",
        "App({})",
        "console.log('before'); Page({ onLoad() { for (;;) {} } })",
    );
    let (timeline, ran) = cmd.timeline(&app, &["--loop-limit", "1000000"]);
    ran.code(1);
    let told = ["boot", "app.launch", "app.show", "page.load", "error", "exit"];
    assert_eq!(timeline.kinds(), told);
    assert_eq!(timeline.console(), ["before"]);
    assert_eq!(timeline.one("exit").text("reason"), "fault");
}

#[test]
fn person_sees_the_line_of_a_broken_app_json_with_a_caret() {
    let (_dir, cmd) = setup();
    let ran = cmd.run(&["run", &fixture("broken/bad-app-json")]).code(1);
    assert!(ran.err.contains("app.json:5:"), "{ran}");
    assert!(ran.err.contains('─'), "{ran}");
    assert_eq!(ran.out, "", "{ran}");
}

#[test]
fn loop_that_goes_on_after_an_await_is_stopped_by_the_watchdog() {
    let (dir, cmd) = setup();
    let page = "Page({ async onReady() { await null; for (;;) {} } })";
    let app = dir.app("app", "App({})", page);
    let (timeline, ran) = cmd.timeline(&app, &["--watchdog", "3s"]);
    let ran = ran.code(1);
    let error = timeline.one("error");
    assert!(error.text("message").contains("did not come back within 3 s"), "{ran}");
}

#[test]
fn release_that_hangs_on_its_trial_gives_way_to_the_last_good_one_in_the_same_run() {
    let (dir, cmd) = setup();
    let update = "wx.getUpdateManager().onUpdateReady(() => wx.getUpdateManager().applyUpdate())";
    let good = dir.app("good", &format!("App({{ onLaunch() {{ {update} }} }})"), "Page({})");
    let cases = [
        ("App({ onLaunch() { for (;;) {} } })", "endless loop"),
        ("App({ onLaunch() { missing.call() } })", "ReferenceError"),
        ("App({", "SyntaxError"),
        ("App({}); throw new Error('at the top')", "at the top"),
    ];
    for (app_js, reason) in cases {
        let bad = dir.app("bad", app_js, "Page({})");
        let (timeline, ran) = cmd.timeline(&good, &["--simulate-update", &bad, "--loop-limit", "1000000"]);
        let ran = ran.code(1);
        assert_eq!(timeline.booted(), ["1.0.0", "1.0.1", "1.0.0"], "{ran}");
        let rollback = timeline.one("rollback");
        assert_eq!((rollback.text("from"), rollback.text("to")), ("1.0.1", "1.0.0"));
        assert!(rollback.text("reason").contains(reason), "{ran}");
        assert_eq!(timeline.all("error").count(), 1, "{ran}");
        // The bad release is not offered again.
        let after = timeline.after("rollback");
        assert!(after.has("page.ready") && !after.has("update.ready"), "{ran}");
    }
}
