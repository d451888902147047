//! Snapshots of `minirun test`, in files and within tests.

use crate::program::{Dir, Ran, setup};

const TEST: &str = "const { value } = require('./value.js')\n\
test('file', () => { expect({ value, on: [true] }).toMatchSnapshot() })\n\
test('inline', () => {\n  expect({ value }).toMatchInlineSnapshot()\n})\n";

/// An app whose module has the value, and a test of it.
fn project(dir: &Dir, value: &str) {
    dir.app("app", "App({})", "Page({})");
    set(dir, value);
    dir.write("t/a.test.js", &format!("// app: ../app\n{TEST}"));
}

fn set(dir: &Dir, value: &str) {
    dir.write("app/value.js", &format!("exports.value = {value}"));
}

fn read(dir: &Dir, name: &str) -> String {
    std::fs::read_to_string(dir.path().join(name)).unwrap()
}

const SNAP: &str = "t/__snapshots__/a.test.js.snap";

#[track_caller]
fn says(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.out.contains(word), "{word}\n{ran}");
    }
}

#[test]
fn new_ones_are_written_and_hold_from_then_on() {
    let (dir, cmd) = setup();
    project(&dir, "'one'");
    says(&cmd.ok(&["test", "t"]), &["2 snapshots written", "2 passed, 0 failed"]);
    let expected = "// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\n\
                    exports[`file 1`] = `\n{\n  \"on\": [\n    true,\n  ],\n  \"value\": \"one\",\n}\n`;\n";
    assert_eq!(read(&dir, SNAP), expected);
    let inline = "  expect({ value }).toMatchInlineSnapshot(`\n    {\n      \"value\": \"one\",\n    }\n  `)\n";
    assert!(
        read(&dir, "t/a.test.js").contains(inline),
        "{}",
        read(&dir, "t/a.test.js")
    );
    let again = cmd.ok(&["test", "t"]);
    assert!(!again.out.contains("snapshot"), "{again}");
    set(&dir, "'two'");
    let ran = cmd.run(&["test", "t"]).code(3);
    says(
        &ran,
        &[
            "-   \"value\": \"one\",",
            "+   \"value\": \"two\",",
            "0 passed, 2 failed",
        ],
    );
    assert_eq!(read(&dir, SNAP), expected);
}

#[test]
fn they_are_replaced_on_request() {
    let (dir, cmd) = setup();
    project(&dir, "'one'");
    cmd.ok(&["test", "t"]);
    set(&dir, "'it`s ${two}'");
    says(&cmd.ok(&["test", "t", "-u"]), &["2 snapshots updated"]);
    cmd.ok(&["test", "t"]);
    assert!(read(&dir, "t/a.test.js").contains("\"it\\`s \\${two}\""));
}

#[test]
fn on_a_server_a_new_one_is_a_failure_and_nothing_is_written() {
    let (dir, cmd) = setup();
    project(&dir, "1");
    let before = read(&dir, "t/a.test.js");
    let ran = cmd.run(&["test", "t", "--ci"]).code(3);
    says(&ran, &["a new snapshot is not written", "file 1", "0 passed, 2 failed"]);
    let args = ["test", "t"];
    let ran = Ran::of(cmd.command(&args).env("CI", "true"), &args).code(3);
    says(&ran, &["0 passed, 2 failed"]);
    assert_eq!(
        (dir.list("t"), read(&dir, "t/a.test.js")),
        (vec!["a.test.js".to_owned()], before)
    );
}

#[test]
fn what_no_test_asks_for_is_told_and_removed_on_request() {
    let (dir, cmd) = setup();
    let first =
        "test('one', () => expect(1).toMatchSnapshot())\ntest('two', () => expect(2).toMatchSnapshot('hint'))\n";
    dir.write("t/a.test.js", first);
    dir.write("t/b.test.js", "test('b', () => expect('b').toMatchSnapshot())");
    cmd.ok(&["test", "t"]);
    dir.write(
        "t/a.test.js",
        "test('one', () => expect(1).toMatchSnapshot())\ntest.skip('two', () => {})\n",
    );
    let ran = cmd.ok(&["test", "t"]);
    assert!(!ran.out.contains("obsolete"), "a skipped test may ask again: {ran}");
    dir.write("t/a.test.js", "test('one', () => expect(1).toMatchSnapshot())\n");
    says(
        &cmd.ok(&["test", "t"]),
        &["1 obsolete snapshot", "t/a.test.js > two: hint 1"],
    );
    assert!(!cmd.ok(&["test", "t", "--filter", "one"]).out.contains("obsolete"));
    std::fs::remove_file(dir.path().join("t/b.test.js")).unwrap();
    let ran = cmd.ok(&["test", "t"]);
    assert!(
        ran.err.contains("b.test.js.snap is obsolete: its test file is gone"),
        "{ran}"
    );
    says(&cmd.ok(&["test", "t", "-u"]), &["1 snapshot removed"]);
    assert_eq!(dir.list("t/__snapshots__"), ["a.test.js.snap"]);
    assert!(!read(&dir, SNAP).contains("two"));
}

#[test]
fn inline_ones_that_cannot_be_written_are_refused_and_the_test_stays_as_it_is() {
    let (dir, cmd) = setup();
    let loops = "test('loops', () => { for (const n of [1, 2]) expect(n).toMatchInlineSnapshot() })";
    dir.write("t/a.test.js", loops);
    let ran = cmd.run(&["test", "t"]).code(3);
    says(&ran, &["this call has seen two different values"]);
    assert_eq!(read(&dir, "t/a.test.js"), loops);
}

#[test]
fn a_snapshot_file_that_is_none_is_named() {
    let (dir, cmd) = setup();
    dir.write("t/a.test.js", "test('one', () => expect(1).toMatchSnapshot())");
    dir.write(SNAP, "<<<<<<< HEAD\nexports[`one 1`] = `1`;\n");
    says(&cmd.run(&["test", "t"]).code(3), &["a.test.js.snap: it is no script"]);
}
