//! The events of one file, from what its world said and how it ended.

use super::discover::TestFile;
use super::event::Event;
use super::failure::Failure;
use super::heard::{APP_ERROR, Note};
use super::run::whole_ms;
use super::snapshots::Kept;
use serde_json::Value;
use std::time::Instant;

/// A file's events. A world that ended before its tests did fails the test that was running.
pub fn file_events(
    file: &TestFile,
    notes: Vec<Note>,
    fault: Option<Failure>,
    kept: Option<Kept>,
    begin: Instant,
) -> Vec<Event> {
    let name = file.name();
    let mut reader = Reader {
        file,
        name: &name,
        started: begin,
    };
    let mut events: Vec<Event> = notes.iter().filter_map(|note| reader.event(note)).collect();
    let ended = notes.last().is_some_and(|note| note.kind == "test.end");
    if !ended {
        events.push(cut_short(&name, &notes, fault, begin));
    }
    if let Some(kept) = kept {
        events.extend(kept.problems.into_iter().map(|message| Event::Failed {
            file: name.clone(),
            name: String::new(),
            ms: 0.0,
            wall_ms: 0,
            failure: Box::new(Failure::of(message)),
        }));
        events.push(Event::Snapshots {
            file: name.clone(),
            tally: kept.tally,
        });
    }
    events.push(Event::FileFinished {
        file: name,
        wall_ms: whole_ms(begin.elapsed()),
    });
    events
}

struct Reader<'a> {
    file: &'a TestFile,
    name: &'a str,
    started: Instant,
}

impl Reader<'_> {
    /// The event that a note stands for; none for a note that stands for none.
    fn event(&mut self, note: &Note) -> Option<Event> {
        let (file, name) = (self.name.to_owned(), note.name().to_owned());
        let ms = note.properties["ms"].as_f64().unwrap_or_default();
        let wall_ms = whole_ms(note.at.duration_since(self.started));
        Some(match note.kind.as_str() {
            APP_ERROR => Event::AppError {
                file,
                message: text(&note.properties["message"]),
                place: place(&note.properties),
            },
            "test.console" => Event::Console {
                file,
                level: text(&note.properties["level"]),
                text: text(&note.properties["text"]),
                place: text(&note.properties["place"]),
            },
            "test.listed" => Event::Listed { file, name },
            "test.start" => {
                self.started = note.at;
                Event::Started { file, name }
            }
            "test.pass" => Event::Passed {
                file,
                name,
                ms,
                wall_ms,
                retries: note.properties["retries"].as_u64().unwrap_or_default(),
            },
            "test.fail" | "test.broken" => Event::Failed {
                file,
                name,
                ms,
                wall_ms,
                failure: Box::new(Failure {
                    timeline: note.timeline.clone(),
                    ..Failure::of_note(&note.properties, self.file)
                }),
            },
            "test.skip" => Event::Skipped {
                file,
                name,
                todo: note.properties["todo"] == true,
            },
            _ => return None,
        })
    }
}

/// `app.js:1:7` of an error's entry.
fn place(error: &Value) -> String {
    let parts = [
        error["file"].as_str().map(str::to_owned),
        number(&error["line"]),
        number(&error["column"]),
    ];
    parts.into_iter().map_while(|part| part).collect::<Vec<_>>().join(":")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> Option<String> {
    value.as_u64().map(|number| number.to_string())
}

/// The failure of the test that was running when the world ended, or of the file where none was.
fn cut_short(file: &str, notes: &[Note], fault: Option<Failure>, begin: Instant) -> Event {
    let of_tests = |note: &&Note| {
        matches!(
            note.kind.as_str(),
            "test.start" | "test.pass" | "test.fail" | "test.skip"
        )
    };
    let running = notes.iter().rfind(of_tests).filter(|note| note.kind == "test.start");
    let mut failure = fault.unwrap_or_else(|| Failure::of("the app had nothing left to do before the tests ended"));
    if let Some(cut) = notes.last() {
        failure.timeline.clone_from(&cut.timeline);
    }
    let planned = notes.iter().find(|note| note.kind == "test.plan");
    let planned = planned
        .and_then(|note| note.properties["tests"].as_u64())
        .unwrap_or_default();
    let begun = notes
        .iter()
        .filter(|note| matches!(note.kind.as_str(), "test.start" | "test.skip"));
    let left = planned.saturating_sub(begun.count() as u64);
    if left > 0 {
        let tests = if left == 1 { "test" } else { "tests" };
        failure.message += &format!("\n{left} more {tests} of this file did not run");
    }
    Event::Failed {
        file: file.to_owned(),
        name: running.map(|note| note.name().to_owned()).unwrap_or_default(),
        ms: 0.0,
        wall_ms: whole_ms(running.map_or(begin, |note| note.at).elapsed()),
        failure: Box::new(failure),
    }
}
