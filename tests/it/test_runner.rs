//! `minirun test` as a person or a server meets it: what ends badly, and what is told of it.

use crate::program::{Cmd, Dir, Ran, setup};
use serde_json::Value;

/// Runs with `--reporter json`; the events without the times of the machine.
fn events(cmd: &Cmd, args: &[&str]) -> (Vec<Value>, Ran) {
    let ran = cmd.run(&[&["test", "--reporter", "json"], args].concat());
    let events = ran.out.lines().map(|line| {
        let mut event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{ran}"));
        event.as_object_mut().unwrap().remove("wallMs");
        event
    });
    (events.collect(), ran)
}

/// The events of this type, each as its file and name.
fn of_type(events: &[Value], kind: &str) -> Vec<String> {
    let of_type = events.iter().filter(|event| event["type"] == kind);
    of_type
        .map(|event| {
            format!(
                "{} {}",
                event["file"].as_str().unwrap(),
                event["name"].as_str().unwrap_or_default()
            )
        })
        .collect()
}

fn failure<'e>(events: &'e [Value], file: &str) -> &'e Value {
    let mut failures = events
        .iter()
        .filter(|event| event["type"] == "failed" && event["file"] == file);
    failures.next().unwrap_or_else(|| panic!("{file} {events:#?}"))
}

fn message(event: &Value) -> &str {
    event["message"].as_str().unwrap()
}

const GOOD: &str = "test('good', () => { expect(1).toBe(1) })";

/// A file that hangs among others that do not.
fn hanging(dir: &Dir) {
    dir.write(
        "a.test.js",
        "test('first', () => {})\n\
         test('hangs', async () => { console.log('about to hang'); await null; for (;;) {} })\n\
         test('never runs', () => {})",
    );
    dir.write("b.test.js", GOOD);
}

#[test]
fn a_hung_file_is_killed_with_the_test_that_ran_and_the_others_go_on() {
    for carrier in ["forked", "process"] {
        let (dir, cmd) = setup();
        hanging(&dir);
        let (events, ran) = events(&cmd, &[".", "--watchdog", "3s", "--carrier", carrier, "-j", "1"]);
        assert_eq!(ran.code, Some(3), "{ran}");
        assert_eq!(of_type(&events, "passed"), ["./a.test.js first", "./b.test.js good"]);
        let failed = failure(&events, "./a.test.js");
        assert_eq!(failed["name"], "hangs");
        assert!(message(failed).contains("did not come back within 3 s"), "{failed}");
        assert!(
            message(failed).contains("1 more test of this file did not run"),
            "{failed}"
        );
        let before = failed["timeline"].as_array().unwrap();
        assert!(before.iter().any(|entry| entry["text"] == "about to hang"), "{failed}");
    }
}

#[test]
fn an_endless_loop_is_told_with_its_place() {
    let (dir, cmd) = setup();
    dir.write(
        "a.test.js",
        "// Nothing yet
test('loops', () => {
  for (;;) {}
})",
    );
    let (events, _) = events(&cmd, &["."]);
    let failed = failure(&events, "./a.test.js");
    assert!(message(failed).contains("endless loop"), "{failed}");
    assert_eq!(
        (failed["name"].as_str(), failed["line"].as_u64()),
        (Some("loops"), Some(2)),
        "{failed}"
    );
}

#[test]
fn a_file_that_goes_on_for_ever_without_letting_time_pass_is_ended() {
    let (dir, cmd) = setup();
    dir.write(
        "a.test.js",
        "test('goes on', async () => { for (;;) await wx.getStorageInfo() })",
    );
    dir.write("b.test.js", GOOD);
    let (events, _) = events(&cmd, &[".", "--file-timeout", "1s"]);
    let failed = failure(&events, "./a.test.js");
    assert_eq!(
        (failed["name"].as_str(), message(failed)),
        (Some("goes on"), "the file did not end within 1 s")
    );
    assert_eq!(of_type(&events, "passed"), ["./b.test.js good"]);
}

#[test]
fn a_test_that_waits_too_long_fails_in_virtual_time() {
    let (dir, cmd) = setup();
    dir.write(
        "a.test.js",
        "test('waits', () => new Promise((done) => setTimeout(done, 86400000)))\n\
         test('waits with leave', () => new Promise((done) => setTimeout(done, 86400000)), 1e8)\n\
         test('its own limit', { timeout: 10 }, () => new Promise((done) => setTimeout(done, 20)))",
    );
    let (events, _) = events(&cmd, &["."]);
    assert_eq!(
        of_type(&events, "failed"),
        ["./a.test.js waits", "./a.test.js its own limit"]
    );
    let told = message(failure(&events, "./a.test.js"));
    assert!(
        told.starts_with("did not end within 300 s: its promise is still pending"),
        "{told}"
    );
}

#[test]
fn memory_is_bounded_and_a_file_that_takes_more_is_told() {
    for carrier in ["forked", "process"] {
        let (dir, cmd) = setup();
        let grows = "test('grows', () => { const all = []; for (;;) all.push('x'.repeat(1 << 20) + all.length) })";
        dir.write("a.test.js", grows);
        dir.write("b.test.js", GOOD);
        let (events, _) = events(&cmd, &[".", "--memory", "96MB", "--carrier", carrier]);
        let failed = failure(&events, "./a.test.js");
        assert_eq!(
            (failed["name"].as_str(), message(failed)),
            (Some("grows"), "the app ran out of memory"),
            "{carrier}"
        );
        assert_eq!(of_type(&events, "passed"), ["./b.test.js good"]);
    }
}

#[test]
fn files_that_cannot_be_run_say_why_and_where() {
    let (dir, cmd) = setup();
    dir.write("broken.test.js", "test('a', () => {})\ntest('b', () => { const = 1 })");
    dir.write("throws.test.js", "test('a', () => {})\nthrow new Error('at the top')");
    dir.write("app.test.js", "// app: ./missing\ntest('a', () => {})");
    dir.write("empty.test.js", "// nothing yet");
    dir.write("nested.test.js", "test('a', () => { test('b', () => {}) })");
    dir.write("async.test.js", "describe('group', async () => {})");
    let (events, ran) = events(&cmd, &["."]);
    assert_eq!(ran.code, Some(3), "{ran}");
    let rows = [
        ("./broken.test.js", "", "SyntaxError", Some(2)),
        ("./throws.test.js", "", "at the top", Some(2)),
        ("./app.test.js", "", "missing", None),
        ("./empty.test.js", "", "declares no test", None),
        ("./nested.test.js", "a", "not inside a test", Some(1)),
        (
            "./async.test.js",
            "",
            "describe takes no async function: group",
            Some(1),
        ),
    ];
    for (file, name, word, line) in rows {
        let failed = failure(&events, file);
        assert_eq!(
            (failed["name"].as_str(), failed["line"].as_u64()),
            (Some(name), line),
            "{failed}"
        );
        assert!(message(failed).contains(word), "{failed}");
    }
    assert_eq!(
        events.iter().filter(|event| event["type"] == "failed").count(),
        rows.len()
    );
}

#[test]
fn a_test_is_tried_again_and_says_at_which_try_it_passed() {
    let (dir, cmd) = setup();
    dir.write(
        "a.test.js",
        "let n = 0\ntest('third time', { retry: 2 }, () => { expect(++n).toBe(3) })\n\
         test('once', () => { expect(++n).toBe(5) })",
    );
    let (told, _) = events(&cmd, &["."]);
    assert_eq!(
        told.iter().find(|event| event["type"] == "passed").unwrap()["retries"],
        2
    );
    assert_eq!(of_type(&told, "failed"), ["./a.test.js once"]);
    let (told, _) = events(&cmd, &[".", "--retry", "1"]);
    assert_eq!(of_type(&told, "failed"), Vec::<String>::new());
}

#[test]
fn bail_begins_no_more_files_and_says_how_many_were_left() {
    let (dir, cmd) = setup();
    for name in ["a", "b", "c", "d"] {
        dir.write(&format!("{name}.test.js"), "test('bad', () => { expect(1).toBe(2) })");
    }
    for (bail, ran) in [("--bail", 1), ("--bail=2", 2), ("--bail=0", 4)] {
        let (events, _) = events(&cmd, &[".", bail, "-j", "1"]);
        let last = events.last().unwrap();
        assert_eq!(
            (last["files"].as_u64(), last["filesLeft"].as_u64()),
            (Some(ran), Some(4 - ran)),
            "{bail}"
        );
    }
}

#[test]
fn shares_are_disjoint_and_whole() {
    let (dir, cmd) = setup();
    for name in ["a", "b", "c", "d", "e"] {
        dir.write(&format!("{name}.test.js"), GOOD);
    }
    let share = |share: &str| of_type(&events(&cmd, &[".", "--shard", share]).0, "passed");
    assert_eq!(
        share("1/2"),
        ["./a.test.js good", "./c.test.js good", "./e.test.js good"]
    );
    assert_eq!(share("2/2"), ["./b.test.js good", "./d.test.js good"]);
    let ran = cmd.run(&["test", ".", "--shard", "3/2"]).code(2);
    assert!(ran.err.contains("expected a share such as 1/3"), "{ran}");
}

#[test]
fn listing_runs_nothing() {
    let (dir, cmd) = setup();
    dir.write(
        "a.test.js",
        "describe('group', () => { test.each([[1], [2]])('row %i', () => { throw new Error('ran') }) })\ntest.todo('later')",
    );
    let ran = cmd.ok(&["test", ".", "--list"]);
    let expected = "./a.test.js > group > row 1\n./a.test.js > group > row 2\n./a.test.js > later\n3 tests in 1 file\n";
    assert_eq!(ran.out, expected, "{ran}");
    assert_eq!(
        cmd.ok(&["test", ".", "--list", "--filter", "row 2"])
            .out
            .lines()
            .count(),
        2
    );
    cmd.run(&["test", ".", "--list", "--filter", "nothing"]).code(4);
}

#[test]
fn the_order_of_what_is_told_does_not_depend_on_the_number_of_worlds() {
    let (dir, cmd) = setup();
    hanging(&dir);
    let told = |jobs| events(&cmd, &[".", "--watchdog", "3s", "-j", jobs]).0;
    assert_eq!(told("1"), told("4"));
}

#[test]
fn a_failure_says_what_it_is_about() {
    let (dir, cmd) = setup();
    dir.write("empty.test.js", "// nothing yet");
    dir.write("app.test.js", "// app: ./none\ntest('x', () => {})");
    dir.write("matcher.test.js", "test('x', () => {\n  expect(1).toBeOne()\n})");
    dir.write("late.test.js", "test('x', () => new Promise(() => {}), 100)");
    dir.write("done.test.js", "test('x', (done) => {}, 20000)");
    let (events, ran) = events(&cmd, &["."]);
    assert_eq!(ran.code, Some(3), "{ran}");
    let told = |file: &str| message(failure(&events, file)).to_owned();
    assert_eq!(told("./empty.test.js"), "the file declares no test");
    assert!(told("./app.test.js").starts_with("there is no app in none: "), "{ran}");
    assert_eq!(
        told("./matcher.test.js"),
        "TypeError: expect(1).toBeOne is not a function"
    );
    assert!(
        told("./late.test.js").starts_with("did not end within 100 ms: its promise is still pending"),
        "{ran}"
    );
    assert!(
        told("./done.test.js").starts_with("did not end within 20 s: its callback was not called"),
        "{ran}"
    );
}

#[test]
fn an_app_that_fails_before_its_tests_is_told() {
    let (dir, cmd) = setup();
    dir.write("app/app.json", r#"{ "pages": ["pages/index/index"] }"#);
    dir.write("app/app.js", "App({ onLaunch() { throw new Error('no start') } })");
    dir.write("app/pages/index/index.js", "Page({})");
    dir.write("a.test.js", "// app: ./app\ntest('passes', () => {})");
    let ran = cmd.run(&["test", "."]);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(
        ran.out
            .starts_with("./a.test.js\n  app error Error: no start (app.js:1:"),
        "{ran}"
    );
    let (events, _) = events(&cmd, &["."]);
    assert_eq!(events[0]["type"], "appError");
    assert_eq!(events[0]["message"], "Error: no start");
}

#[test]
fn no_tests_are_told_with_the_reason() {
    let (dir, cmd) = setup();
    dir.write("empty/a.js", "");
    dir.write("a.spec.js", "test('one', () => {})\ntest.skip('two', () => {})");
    for (args, code, told) in [
        (
            &["empty"][..],
            4,
            "no test files (*.test.js, *.test.ts, *.spec.js, *.spec.ts) in empty",
        ),
        (&[".", "-t", "three"], 4, "no test has \"three\" in its name"),
        (&[".", "-t", "two"], 4, "all tests are skipped"),
        (&["none"], 2, "none: there is no such file or folder"),
        (&[], 2, "`minirun init APP` writes a first one"),
    ] {
        let ran = cmd.run(&[&["test"], args].concat());
        assert_eq!(ran.code, Some(code), "{args:?} {ran}");
        assert!(ran.err.contains(told), "{args:?} {ran}");
    }
}

#[test]
fn what_a_test_writes_to_the_console_is_told_and_what_its_app_writes_is_not() {
    let (dir, cmd) = setup();
    dir.app("app", "App({ onLaunch() { console.log('of the app') } })", "Page({})");
    dir.write(
        "helper.js",
        "module.exports = () => console.warn('two\\nlines', { a: 1 })",
    );
    dir.write(
        "a.test.js",
        "// app: ./app\nconst help = require('./helper')\ntest('says', () => { console.log('of the test'); help() })",
    );
    let ran = cmd.run(&["test", "."]);
    let told = "./a.test.js\n  log of the test  (a.test.js:3:33)\n  warn two\n       lines { a: 1 }  (helper.js:1:36)\n  ok says\n";
    assert!(ran.out.starts_with(told), "{ran}");
    assert!(!ran.out.contains("of the app"), "{ran}");
}

#[test]
fn a_long_difference_is_shown_where_it_is() {
    let (dir, cmd) = setup();
    dir.write(
        "a.test.js",
        "const list = (word) => Array.from({ length: 200 }, (_, i) => (i === 150 ? word : 'item ' + i))\n\
         test('lists', () => { expect(list('a')).toEqual(list('b')) })\n\
         test('texts', () => { expect('one\\ntwo').toBe('one\\n2') })",
    );
    let ran = cmd.run(&["test", "."]);
    for text in [
        "  @ 148 equal lines\n      \"item 147\",\n",
        "  -   \"b\",\n  +   \"a\",\n",
        "    one\n  - 2\n  + two\n",
    ] {
        assert!(ran.out.contains(text), "{text} {ran}");
    }
    cmd.run(&["test", ".", "--summary", "summary.md"]);
    let summary = std::fs::read_to_string(dir.at("summary.md")).unwrap();
    assert!(
        summary.contains("@ 148 equal lines") && summary.len() < 3000,
        "{summary}"
    );
}
