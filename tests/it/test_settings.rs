//! What all of a project's test runs have in common: `minirun.json`, the app, and files that run before each test file.

use crate::program::setup;

const BARE: &str = r#"{ "pages": ["pages/index/index"] }"#;

#[test]
fn setup_files_give_every_test_file_hooks_and_matchers() {
    let (dir, cmd) = setup();
    dir.write(
        "setup.js",
        "let begun = 0\n\
         beforeEach(() => { begun++ })\n\
         expect.extend({ toHaveBegun: (n) => ({ pass: begun === n, message: () => begun + ' have begun' }) })",
    );
    dir.write(
        "more.ts",
        "const word: string = 'from setup';\n(globalThis as any).word = word",
    );
    dir.write(
        "a.test.js",
        "test('one', () => { expect(1).toHaveBegun() })\n\
         test('two', () => { expect(2).toHaveBegun(); expect(word).toBe('from setup') })",
    );
    dir.write("b.test.js", "test('one', () => { expect(1).toHaveBegun() })");
    let ran = cmd.run(&["test", ".", "--setup", "setup.js", "--setup", "more.ts"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(ran.out.ends_with("3 passed, 0 failed\n"), "{ran}");
}

#[test]
fn a_setup_file_that_throws_fails_each_file_and_names_its_line() {
    let (dir, cmd) = setup();
    dir.write("setup.js", "const a = 1\nthrow new Error('no setup')");
    dir.write("a.test.js", "test('one', () => {})");
    let ran = cmd.run(&["test", ".", "--setup", "setup.js"]);
    assert_eq!(ran.code, Some(3), "{ran}");
    for text in ["no setup", "> 2 | throw new Error('no setup')", "at setup.js:2:"] {
        assert!(ran.out.contains(text), "{text}: {ran}");
    }
    let ran = cmd.run(&["test", ".", "--setup", "none.js"]);
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.err.contains("none.js is no file"), "{ran}");
}

#[test]
fn an_app_can_be_named_for_all_files_that_name_none() {
    let (dir, cmd) = setup();
    dir.write("my-app/app.json", BARE);
    dir.write("my-app/app.js", "App({ globalData: { mine: true } })");
    dir.write("my-app/pages/index/index.js", "Page({})");
    dir.write(
        "a.test.js",
        "test('mine', () => { expect(getApp().globalData.mine).toBe(true) })",
    );
    dir.write("other/app.json", BARE);
    dir.write("other/app.js", "App({ globalData: { other: true } })");
    dir.write("other/pages/index/index.js", "Page({})");
    dir.write(
        "b.test.js",
        "// app: ./other\ntest('other', () => { expect(getApp().globalData.other).toBe(true) })",
    );
    let ran = cmd.run(&["test", ".", "--app", "my-app"]);
    assert_eq!(ran.code, Some(0), "{ran}");
}

#[test]
fn the_projects_own_file_has_options_and_the_command_line_counts_more() {
    let (dir, cmd) = setup();
    dir.write(
        "minirun.json",
        r#"{ "test": { "paths": ["checks"], "setup": ["setup.js"], "timeout": 20, "ci": true, "reporter": ["tap"] } }"#,
    );
    dir.write("setup.js", "globalThis.word = 1");
    dir.write(
        "checks/a.test.js",
        "test('has its setup', () => { expect(word).toBe(1) })\n\
         test('waits', () => new Promise((done) => setTimeout(done, 30)))",
    );
    let ran = cmd.run(&["test"]);
    assert_eq!(ran.code, Some(3), "{ran}");
    assert!(ran.out.contains("did not end within 20 ms"), "{ran}");
    assert!(ran.out.starts_with("TAP version 14"), "{ran}");
    let ran = cmd.run(&["test", "--timeout", "50", "--reporter", "pretty"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(ran.out.ends_with("2 passed, 0 failed\n"), "{ran}");
}

#[test]
fn a_projects_file_that_is_wrong_is_told_with_its_word() {
    for (text, told) in [
        (r#"{ "test": { "tiemout": 5 } }"#, "test.tiemout"),
        (r#"{ "test": { "ci": 5 } }"#, "5 should be true or false"),
        (r#"{ "test": { "timeout": {} } }"#, "{} should be a text or a number"),
        (r#"{ "test": { "timeout": "long" } }"#, "invalid value 'long'"),
        (r#"{ "test": [] }"#, "should be an object"),
        ("{", "minirun.json"),
    ] {
        let (dir, cmd) = setup();
        dir.write("minirun.json", text);
        dir.write("a.test.js", "test('one', () => {})");
        let ran = cmd.run(&["test", "."]);
        assert_eq!(ran.code, Some(2), "{text} {ran}");
        assert!(ran.err.contains(told), "{text} {ran}");
    }
}
