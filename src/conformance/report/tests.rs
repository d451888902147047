use super::*;
use crate::conformance::event::{SnapshotTally, Totals};
use crate::conformance::excerpt::excerpt;
use crate::conformance::failure::Place;
use serde_json::{Map, json};

const SOURCE: &str = "test('breaks', () => {\n  expect(f()).toEqual({ a: 1 })\n})\n";

fn failure() -> Failure {
    let place = Place { line: 2, column: 15 };
    Failure {
        message: "expect(received).toEqual failed".into(),
        expected: Some("{\n  a: 1,\n}".into()),
        received: Some("{\n  a: 2,\n}".into()),
        stack: "at a.test.js:2:15".into(),
        place: Some(place),
        excerpt: excerpt(SOURCE, place),
        timeline: vec![Entry {
            at: 12,
            kind: "page.show".into(),
            properties: Map::from_iter([("path".to_owned(), json!("pages/a"))]),
        }],
    }
}

fn events() -> Vec<Event> {
    let (a, b) = (|| "a.test.js".to_owned(), || "dir/b.test.js".to_owned());
    let passed = |name: &str, wall_ms, retries| Event::Passed {
        file: a(),
        name: name.into(),
        ms: 1.0,
        wall_ms,
        retries,
    };
    let failed = |file, name: &str, failure| Event::Failed {
        file,
        name: name.into(),
        ms: 0.0,
        wall_ms: 3,
        failure: Box::new(failure),
    };
    let totals = Totals {
        passed: 3,
        failed: 2,
        skipped: 2,
        files: 2,
        wall_ms: 1234,
        ..Totals::default()
    };
    let skipped = |name: &str, todo| Event::Skipped {
        file: b(),
        name: name.into(),
        todo,
    };
    let tally = SnapshotTally {
        written: 1,
        obsolete: vec!["old <name> 1".into()],
        ..SnapshotTally::default()
    };
    vec![
        Event::Started {
            file: a(),
            name: "adds".into(),
        },
        passed("adds", 1, 0),
        passed("waits", 400, 0),
        passed("flaky #1", 2, 1),
        failed(a(), "breaks & <burns>", failure()),
        Event::Snapshots { file: a(), tally },
        Event::FileFinished {
            file: a(),
            wall_ms: 500,
        },
        skipped("later", true),
        skipped("not now", false),
        failed(b(), "", Failure::of("no app.json: 100%, ```sure```")),
        Event::FileFinished { file: b(), wall_ms: 7 },
        Event::Finished(totals),
    ]
}

fn text(reporter: &mut dyn Reporter) -> String {
    events().iter().map(|event| reporter.event(event)).collect()
}

fn entry_text(entry: &Entry) -> String {
    format!("{} ms {}", entry.at, entry.kind)
}

#[test]
fn pretty() {
    insta::assert_snapshot!(text(&mut Pretty::new(false, entry_text)));
}

#[test]
fn pretty_with_color_marks_failures() {
    assert!(text(&mut Pretty::new(true, entry_text)).contains("\x1b[31mFAILED\x1b[0m breaks"));
}

#[test]
fn tap() {
    insta::assert_snapshot!(text(&mut Tap::default()));
    assert_eq!(
        Tap::default().event(&Event::Finished(Totals::default())),
        "TAP version 14\n1..0\n"
    );
}

#[test]
fn junit() {
    insta::assert_snapshot!(text(&mut Junit::default()));
}

#[test]
fn github() {
    insta::assert_snapshot!(text(&mut GitHub));
}

#[test]
fn summary() {
    insta::assert_snapshot!(text(&mut Summary::default()));
}

#[test]
fn a_summary_of_many_failures_still_fits() {
    let mut summary = Summary::default();
    for number in 0..3000 {
        summary.event(&Event::Failed {
            file: "a.test.js".into(),
            name: format!("test {number}"),
            ms: 0.0,
            wall_ms: 0,
            failure: Box::new(failure()),
        });
    }
    let text = summary.event(&Event::Finished(Totals::default()));
    assert!(text.len() < 65_536, "{}", text.len());
    assert!(text.ends_with(" failures more.\n"), "{}", &text[text.len() - 100..]);
}

#[test]
fn json_is_one_object_a_line() {
    let text = text(&mut Json);
    let lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), events().len());
    assert_eq!(lines[0]["type"], "started");
    let failed = &lines[4];
    assert_eq!(
        (&failed["expected"], &failed["line"], &failed["timeline"][0]["kind"]),
        (&json!("{\n  a: 1,\n}"), &json!(2), &json!("page.show"))
    );
    assert_eq!(lines[5]["obsolete"], json!(["old <name> 1"]));
    assert_eq!((&lines[11]["passed"], &lines[11]["wallMs"]), (&json!(3), &json!(1234)));
}
