//! Rules on timelines that are written down, for what an app can hardly be made to do, or must not be blamed for.

use super::super::finding::Code;
use super::super::person::Asked;
use super::super::record::{Record, Session};
use super::super::space::{Scenario, Selection, space};
use super::{Baseline, Case, judge};
use crate::app::timeline::Entry;
use serde_json::{Value, json};

fn session(entries: &[(&str, Value)]) -> Session {
    let entry = |(kind, properties): &(&str, Value)| Entry {
        at: 0,
        kind: (*kind).to_owned(),
        properties: properties.as_object().cloned().unwrap_or_default(),
    };
    Session {
        entries: entries.iter().map(entry).collect(),
        cannot_open: None,
    }
}

fn boot(version: &str) -> (&'static str, Value) {
    ("boot", json!({ "version": version }))
}

fn call(name: &str, line: u32) -> (&'static str, Value) {
    ("wx.call", json!({ "name": name, "file": "app.js", "line": line }))
}

fn modal(title: &str, choice: bool) -> (&'static str, Value) {
    (
        "modal.show",
        json!({ "title": title, "content": "", "showCancel": choice }),
    )
}

fn answer(confirm: bool) -> (&'static str, Value) {
    ("modal.answer", json!({ "confirm": confirm, "cancel": !confirm }))
}

fn ready() -> [(&'static str, Value); 2] {
    let check = ("update.check", json!({ "hasUpdate": true }));
    [check, ("update.ready", json!({ "version": "2" }))]
}

fn record(scenario: &str, first: Session, next: Session) -> Record {
    let selection = Selection::parse([scenario]).unwrap();
    let scenario: Vec<Scenario> = space().into_iter().filter(|one| selection.has(*one)).collect();
    Record {
        scenario: scenario[0],
        first,
        next,
        asked: Asked::default(),
        same_as: None,
    }
}

fn codes(record: &Record, baseline: &Baseline) -> Vec<(&'static str, Option<u64>)> {
    let case = Case {
        record,
        baseline,
        versions: ("1", "2"),
    };
    let found = judge(&case).into_iter();
    found.map(|finding| (finding.code.name(), finding.place.line)).collect()
}

/// What is wrong in a session of the old version after which the new one starts.
fn wrong(entries: &[(&'static str, Value)]) -> Vec<(&'static str, Option<u64>)> {
    let first = [&[boot("1")], entries].concat();
    let record = record(
        "default/ready/first-page/confirms",
        session(&first),
        session(&[boot("2")]),
    );
    codes(&record, &Baseline::default())
}

#[test]
fn a_version_below_the_minimum_must_not_go_on() {
    let stays = || session(&[boot("1")]);
    let forced = record("forced/ready/first-page/confirms", stays(), session(&[boot("2")]));
    assert_eq!(
        codes(&forced, &Baseline::default()),
        [(Code::BelowMinimum.name(), None)]
    );
    let silent = record("forced/ready/first-page/silent", stays(), session(&[boot("2")]));
    assert_eq!(codes(&silent, &Baseline::default()), []);
}

#[test]
fn the_next_cold_start_must_come_to_the_new_version_and_open() {
    let old = record(
        "default/ready/first-page/cancels",
        session(&[boot("1")]),
        session(&[boot("1")]),
    );
    assert_eq!(codes(&old, &Baseline::default()), [(Code::NotUpdated.name(), None)]);
    let gray = record("gray-out/ready", session(&[boot("1")]), session(&[boot("1")]));
    assert_eq!(codes(&gray, &Baseline::default()), []);
    let mut closed = record("sync/ready/confirms", session(&[]), session(&[boot("2")]));
    closed.first.cannot_open = Some("no".into());
    assert_eq!(codes(&closed, &Baseline::default()), [(Code::DoesNotOpen.name(), None)]);
    closed.scenario = record("min-version/download-fails/confirms", session(&[]), session(&[])).scenario;
    assert_eq!(codes(&closed, &Baseline::default()), []);
}

#[test]
fn a_dialog_that_only_tells_asks_for_nothing() {
    let [check, ready] = ready();
    let told = |choice| {
        let listens = [call("getUpdateManager", 1), call("onUpdateReady", 2)];
        let shown = [
            check.clone(),
            ready.clone(),
            call("showModal", 3),
            modal("Later", choice),
            answer(true),
        ];
        wrong(&[&listens[..], &shown].concat())
    };
    assert_eq!(told(false), []);
    assert_eq!(told(true), [(Code::ConfirmedNotApplied.name(), Some(3))]);
}

#[test]
fn each_dialog_is_that_of_the_call_that_asked_for_it() {
    let [check, ready] = ready();
    let found = wrong(&[
        call("onUpdateReady", 2),
        call("showModal", 3),
        modal("Sign in", true),
        answer(false),
        check,
        ready,
        call("showModal", 4),
        modal("Restart?", true),
        call("showModal", 5),
        answer(false),
        modal("Restart?", true),
        answer(false),
        call("applyUpdate", 6),
    ]);
    let expected = [
        (Code::AppliedAgainstWill.name(), Some(6)),
        (Code::AskedAgain.name(), Some(5)),
        (Code::DoubleDialog.name(), Some(5)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_happens_without_an_update_is_no_finding() {
    let [check, ready] = ready();
    let error = ("error", json!({ "message": "no record 17", "file": "a.js", "line": 3 }));
    let sign_in = [call("showModal", 3), modal("Sign in", true), answer(true)];
    let plain = [&[boot("1"), error.clone()], &sign_in[..]].concat();
    let baseline = record(
        "default/none/first-page/confirms",
        session(&plain),
        session(&[boot("1")]),
    );
    let baseline = Baseline::of(&baseline, &record("gray-in", session(&[boot("2")]), session(&[])));
    let later = ("error", json!({ "message": "no record 18", "file": "a.js", "line": 3 }));
    let listens = [call("onUpdateReady", 2), call("applyUpdate", 9)];
    let first = [&[boot("1"), check, ready, later], &listens[..], &sign_in].concat();
    let record = record(
        "default/ready/first-page/confirms",
        session(&first),
        session(&[boot("2")]),
    );
    assert_eq!(codes(&record, &baseline), [(Code::ErrorAnyway.name(), Some(3))]);
    let alone = codes(&record, &Baseline::default());
    assert_eq!(alone, [(Code::UncaughtError.name(), Some(3))]);
}

#[test]
fn an_update_that_is_heard_must_be_seen() {
    let [check, ready] = ready();
    let heard = [call("getUpdateManager", 1), call("onUpdateReady", 2), check, ready];
    assert_eq!(wrong(&heard), [(Code::ReadyIgnored.name(), Some(2))]);
    let start = ("page.load", json!({ "path": "a", "openType": "appLaunch" }));
    assert_eq!(
        wrong(&[&heard[..], &[start]].concat()),
        [(Code::ReadyIgnored.name(), Some(2))]
    );
    let elsewhere = ("page.load", json!({ "path": "b", "openType": "navigateTo" }));
    assert_eq!(wrong(&[&heard[..], &[elsewhere]].concat()), []);
    let toast = ("toast.show", json!({ "title": "new version" }));
    assert_eq!(wrong(&[&heard[..], &[toast]].concat()), []);
}
