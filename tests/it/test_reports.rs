//! The reports of `minirun test`, of one folder with a test of each kind.

use crate::program::{Dir, Ran, setup};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

fn folder(dir: &Dir) {
    dir.write(
        "t/a.test.js",
        "describe('sums', () => {\n  test('1 + 1', () => { expect(1 + 1).toBe(2) })\n\
         \x20 test('objects', () => {\n    console.log('at work')\n    expect({ a: 1, b: [1, 2] }).toEqual({ a: 1, b: [1, 3] })\n  })\n})\n\
         test.skip('left out', () => {})\ntest.todo('to be written')\n",
    );
    dir.write(
        "t/b.test.js",
        "test('<b> & \"c\"', () => { throw new TypeError('went: 100%\\nsecond line') })\n",
    );
    dir.write("t/c.test.js", "nothing.here()\n");
}

/// Without the times of the machine.
fn timeless(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut line = line.to_owned();
        for (before, after) in [("time=\"", '"'), ("wallMs\":", ','), ("3 files in ", 's')] {
            let Some(at) = line.find(before).map(|at| at + before.len()) else {
                continue;
            };
            let end = line[at..].find([after, '}']).map_or(line.len(), |end| at + end);
            line.replace_range(at..end, "#");
        }
        // The last cell of the summary's table.
        let cell = line.strip_suffix(" s |").and_then(|line| line.rfind('|'));
        line.truncate(cell.unwrap_or(line.len()));
        out += line.trim_end();
        out.push('\n');
    }
    out
}

fn report(reporter: &str) -> String {
    let (dir, cmd) = setup();
    folder(&dir);
    let ran = cmd.run(&["test", "t", "--reporter", reporter]).code(3);
    assert_eq!(ran.err, "", "{ran}");
    timeless(&ran.out)
}

#[test]
fn pretty() {
    insta::assert_snapshot!(report("pretty"));
}

#[test]
fn json() {
    insta::assert_snapshot!(report("json"));
}

#[test]
fn junit() {
    insta::assert_snapshot!(report("junit"));
}

#[test]
fn tap() {
    insta::assert_snapshot!(report("tap"));
}

#[test]
fn github() {
    insta::assert_snapshot!(report("github"));
}

#[test]
fn several_reports_go_into_files_and_a_summary_fits_a_pull_request() {
    let (dir, cmd) = setup();
    folder(&dir);
    let args = [
        "test",
        "t",
        "--reporter",
        "junit=junit.xml",
        "--reporter",
        "tap=out.tap",
        "--summary",
        "summary.md",
    ];
    let mut command = cmd.command(&args);
    let ran = Ran::of(command.env("GITHUB_STEP_SUMMARY", dir.at("step.md")), &args).code(3);
    let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap();
    assert!(
        ran.out.contains("1 passed, 3 failed"),
        "people still see what happened: {ran}"
    );
    assert_eq!(timeless(&read("junit.xml")), report("junit"));
    assert_eq!(read("out.tap"), report("tap"));
    assert_eq!(read("step.md"), read("summary.md"));
    insta::assert_snapshot!(timeless(&read("summary.md")));
    let ran = cmd.run(&["test", "t", "--reporter", "junit=missing/junit.xml"]).code(2);
    assert!(ran.err.contains("missing/junit.xml") && ran.out.is_empty(), "{ran}");
    let ran = cmd.run(&["test", "t", "--reporter", "spec"]).code(2);
    assert!(ran.err.contains("expected pretty, json, junit, tap or github"), "{ran}");
}

/// A run that goes on; killed with its test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        // One that has ended needs no end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn lines(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            // The test may have seen enough.
            let _ = sender.send(line);
        }
    });
    lines
}

/// Waits for a line with this word; gives those before it.
#[track_caller]
fn until(lines: &Receiver<String>, word: &str) -> String {
    let mut seen = String::new();
    loop {
        let line = lines.recv_timeout(Duration::from_secs(120));
        let line = line.unwrap_or_else(|_| panic!("no {word} after\n{seen}"));
        if line.contains(word) {
            return seen;
        }
        seen += &(line + "\n");
    }
}

#[test]
fn watching_runs_again_what_a_change_concerns() {
    let (dir, cmd) = setup();
    let app = dir.app("app", "App({ globalData: { n: 1 } })", "Page({})");
    let test = |n: u32| format!("// app: {app}\ntest('n', () => {{ expect(getApp().globalData.n).toBe({n}) }})");
    dir.write("t/a.test.js", &test(1));
    dir.write("t/b.test.js", "test('b', () => { expect(1).toMatchSnapshot() })");
    let mut command = cmd.command(&["test", "t", "--watch"]);
    let mut child = Watching(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let (out, err) = (
        lines(child.0.stdout.take().unwrap()),
        lines(child.0.stderr.take().unwrap()),
    );
    let seen = until(&out, "2 passed, 0 failed");
    assert!(seen.contains("t/a.test.js") && seen.contains("t/b.test.js"), "{seen}");
    until(&err, "watching ");
    dir.write("app/app.js", "App({ globalData: { n: 2 } })");
    let seen = until(&out, "0 passed, 1 failed");
    assert!(!seen.contains("b.test.js"), "{seen}");
    until(&err, "watching ");
    dir.write("t/a.test.js", &test(2));
    let seen = until(&out, "1 passed, 0 failed");
    assert!(!seen.contains("b.test.js"), "{seen}");
    until(&err, "watching ");
    dir.write("t/new.test.js", "test('new', () => {})");
    assert!(until(&out, "1 passed, 0 failed").contains("new.test.js"));
}
