use super::*;
use serde_json::json;
use std::path::PathBuf;

fn note(kind: &str, properties: Value) -> Note {
    Note {
        kind: kind.into(),
        properties,
    }
}

fn file(name: &str) -> TestFile {
    TestFile {
        path: PathBuf::from(name),
        source: String::new(),
        app: None,
        cloud: None,
        late_parts: false,
    }
}

/// Says of each file what its name says.
struct Script;

#[async_trait]
impl Launcher for Script {
    async fn run_file(&self, run: FileRun<'_>) -> WorldEnd {
        let started = note("test.start", json!({ "name": "t" }));
        let failed = json!({ "name": "t", "ms": 1, "message": "m", "expected": "1", "received": "2", "stack": "s" });
        let (mut notes, fault) = match run.file.path.to_str().unwrap() {
            "passes" => (vec![started, note("test.pass", json!({ "name": "t", "ms": 2 }))], None),
            "fails" => (vec![started, note("test.fail", failed)], None),
            "skips" => (vec![note("test.skip", json!({ "name": "t", "todo": true }))], None),
            "dies" => (vec![started], Some("endless loop".to_owned())),
            "never boots" => (vec![], Some("no app.json".to_owned())),
            _ => (vec![started], None),
        };
        if fault.is_none() && run.file.path.to_str() != Some("hangs") {
            notes.push(note("test.end", json!({})));
        }
        WorldEnd { notes, fault }
    }
}

async fn last_event(name: &str) -> (Event, Totals) {
    let mut events = Vec::new();
    let totals = run(&[file(name)], &Script, &Options::default(), |event| {
        events.push(event.clone())
    })
    .await;
    assert_eq!(events.pop(), Some(Event::Finished(totals)));
    (events.pop().unwrap(), totals)
}

#[tokio::test]
async fn each_way_to_end() {
    let failed = |message: &str| {
        let failure = Failure {
            message: message.into(),
            ..Failure::default()
        };
        Event::Failed {
            file: String::new(),
            name: "t".into(),
            ms: 0.0,
            failure,
        }
    };
    let rows = [
        (
            "passes",
            (1, 0, 0),
            Event::Passed {
                file: String::new(),
                name: "t".into(),
                ms: 2.0,
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
            "hangs",
            (0, 1, 0),
            failed("the app had nothing left to do before the tests ended"),
        ),
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
            bail: true,
            jobs,
            ..Options::default()
        };
        let totals = run(&files, &Script, &options, |_| {}).await;
        assert_eq!((totals.passed, totals.failed, totals.files), (1, 1, 2));
    }
}

fn without_file(mut event: Event) -> Event {
    if let Event::Passed { file, .. } | Event::Failed { file, .. } | Event::Skipped { file, .. } = &mut event {
        file.clear();
    }
    event
}
