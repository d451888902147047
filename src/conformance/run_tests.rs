use super::*;
use serde_json::json;

fn note(kind: &str, properties: Value) -> Entry {
    Entry {
        at: 0,
        kind: kind.into(),
        properties: properties.as_object().cloned().unwrap(),
    }
}

fn file(name: &str) -> TestFile {
    TestFile::in_bare_app(name, "")
}

/// Says of each file what its name says.
struct Script;

#[async_trait]
impl Launcher for Script {
    async fn run_file(&self, run: FileRun<'_>) -> WorldEnd {
        let started = note("test.start", json!({ "name": "t" }));
        let failed = json!({ "name": "t", "ms": 1, "message": "m", "expected": "1", "received": "2", "stack": "s" });
        let passed = note("test.pass", json!({ "name": "t", "ms": 2 }));
        let (mut notes, fault) = match run.file.path.to_str().unwrap() {
            "passes" => (vec![started, passed], None),
            "fails" => (vec![started, note("test.fail", failed)], None),
            "skips" => (vec![note("test.skip", json!({ "name": "t", "todo": true }))], None),
            "dies" => (vec![started], Some("endless loop")),
            "dies with more to do" => (
                vec![
                    note("test.plan", json!({ "tests": 3 })),
                    started.clone(),
                    passed,
                    started,
                ],
                Some("killed"),
            ),
            "never boots" => (vec![], Some("no app.json")),
            _ => (vec![started], None),
        };
        if fault.is_none() && !matches!(run.file.path.to_str(), Some("ends early" | "hangs")) {
            notes.push(note("test.end", json!({})));
        }
        notes.iter().for_each(|note| (run.heard)(note));
        if run.file.path.to_str() == Some("hangs") {
            std::future::pending::<()>().await;
        }
        match fault {
            Some(reason) => WorldEnd::never_began(reason),
            None => WorldEnd::default(),
        }
    }
}

async fn last_event(name: &str) -> (Event, Totals) {
    let mut events = Vec::new();
    let options = Options {
        file_limit: Duration::from_millis(1),
        ..Options::default()
    };
    let totals = run(&[file(name)], &Script, &options, |event| events.push(event.clone())).await;
    assert_eq!(events.pop(), Some(Event::Finished(totals)));
    assert!(matches!(events.pop(), Some(Event::FileFinished { .. })));
    (events.pop().unwrap(), totals)
}

#[tokio::test]
async fn each_way_to_end() {
    let failed = |message: &str| Event::Failed {
        file: String::new(),
        name: "t".into(),
        ms: 0.0,
        wall_ms: 0,
        failure: Box::new(Failure::of(message)),
    };
    let rows = [
        (
            "passes",
            (1, 0, 0),
            Event::Passed {
                file: String::new(),
                name: "t".into(),
                ms: 2.0,
                wall_ms: 0,
                retries: 0,
            },
        ),
        (
            "skips",
            (0, 0, 1),
            Event::Skipped {
                file: String::new(),
                name: "t".into(),
                todo: true,
            },
        ),
        ("dies", (0, 1, 0), failed("endless loop")),
        (
            "dies with more to do",
            (1, 1, 0),
            failed("killed\n1 more test of this file did not run"),
        ),
        (
            "ends early",
            (0, 1, 0),
            failed("the app had nothing left to do before the tests ended"),
        ),
        ("hangs", (0, 1, 0), failed("the file did not end within 0.001 s")),
    ];
    for (name, counts, expected) in rows {
        let (event, totals) = last_event(name).await;
        assert_eq!((totals.passed, totals.failed, totals.skipped), counts, "{name}");
        assert_eq!(without_file(event), expected, "{name}");
    }
}

#[tokio::test]
async fn a_world_that_never_boots_fails_its_file() {
    let (event, totals) = last_event("never boots").await;
    assert_eq!(totals.failed, 1);
    assert!(
        matches!(event, Event::Failed { name, failure, .. } if name.is_empty() && failure.message == "no app.json")
    );
}

#[tokio::test]
async fn bail_stops_after_the_first_failure() {
    let files = [file("passes"), file("fails"), file("passes")];
    for jobs in [1, 3] {
        let options = Options {
            bail: Some(1),
            jobs,
            ..Options::default()
        };
        let totals = run(&files, &Script, &options, |_| {}).await;
        assert_eq!((totals.passed, totals.failed, totals.files), (1, 1, 2));
        assert_eq!(totals.files_left, 1);
    }
}

fn without_file(mut event: Event) -> Event {
    if let Event::Passed { file, .. } | Event::Failed { file, .. } | Event::Skipped { file, .. } = &mut event {
        file.clear();
    }
    if let Event::Passed { wall_ms, .. } | Event::Failed { wall_ms, .. } = &mut event {
        *wall_ms = 0;
    }
    event
}
