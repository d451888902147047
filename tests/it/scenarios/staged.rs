//! What is done to an app in a scenario is what the scenario says: the outcome, the moment, the policy, the person.

use minirun::app::carrier::Carrier;
use minirun::app::timeline::Entry;
use minirun::app::traffic::Traffic;
use minirun::package::{AppId, SourcePackage};
use minirun::scenario::{Explored, NoServers, Record, Selection, Session, Stage, StageSpec, explore, facts};
use minirun::wx::Profile;
use std::sync::Arc;

/// An app that says what it hears, and asks before it applies.
const APP: &str = r"
const manager = wx.getUpdateManager()
App({
  onLaunch() {
    manager.onCheckForUpdate((res) => console.log('check', res.hasUpdate))
    manager.onUpdateReady(() => {
      console.log('ready')
      wx.showModal({ title: 'Restart?', success: (res) => res.confirm && manager.applyUpdate() })
    })
    manager.onUpdateFailed(() => console.log('failed'))
    console.log('launched')
  },
})
";

fn package(app_js: &str) -> SourcePackage {
    let files = [
        ("app.json", r#"{"pages":["pages/a/a"]}"#.to_owned()),
        ("app.js", app_js.to_owned()),
        ("pages/a/a.js", "Page({ onReady() { console.log('page') } })".to_owned()),
    ];
    SourcePackage::open(files.map(|(name, text)| (name, text.into()))).unwrap()
}

fn staged(words: &[&str]) -> Explored {
    let spec = StageSpec {
        app: package(APP),
        next: package(&format!("{APP}// the next one")),
        app_id: AppId::parse("wx1").unwrap(),
        versions: ("1.0.0".parse().unwrap(), "1.1.0".parse().unwrap()),
        view: false,
        carrier: Box::new(|| Carrier::Thread),
        traffic: Traffic::over(Arc::new(NoServers), None),
        profile: Profile::default(),
        cloud_fixtures: None,
        plugins: Vec::new(),
    };
    let stage = Stage::prepare(spec, 2).unwrap();
    let selection = Selection::parse(words.iter().copied()).unwrap();
    explore(&stage, &selection, 2, |_, _| {}).unwrap()
}

/// Where an entry comes; `console` entries by what they say.
fn at(record: &Record, what: &str) -> usize {
    let is = |entry: &&Entry| entry.kind == what || entry.kind == "console" && Session::text(entry, "text") == what;
    let entries = &record.first.entries;
    entries
        .iter()
        .position(|entry| is(&entry))
        .unwrap_or_else(|| panic!("{what}: {entries:#?}"))
}

fn in_order(record: &Record, what: &[&str]) {
    let places: Vec<usize> = what.iter().map(|what| at(record, what)).collect();
    assert!(
        places.is_sorted(),
        "{} {what:?} {places:?} {:#?}",
        record.scenario,
        record.first.entries
    );
}

#[test]
fn the_app_hears_of_it_at_the_moment_of_the_scenario() {
    let explored = staged(&["default/ready/confirms"]);
    assert_eq!(explored.records.len(), 5);
    for record in &explored.records {
        let name = record.scenario.to_string();
        match name.split('/').nth(2).unwrap() {
            // A late listener is called while it registers.
            "before-app" => in_order(
                record,
                &[
                    "update.ready",
                    "app.launch",
                    "check true",
                    "ready",
                    "launched",
                    "page.load",
                ],
            ),
            "launch" => in_order(
                record,
                &["launched", "update.check", "update.ready", "ready", "page.load"],
            ),
            "first-page" => in_order(record, &["page", "check true", "update.ready", "ready", "modal.show"]),
            // The app's own dialog comes up once the system's is gone.
            "dialog" => in_order(record, &["page", "modal.show", "ready", "modal.answer", "update.apply"]),
            "background" => in_order(record, &["page", "app.hide", "ready", "update.apply"]),
            other => panic!("{other}"),
        }
        let Some(first) = record.first.entries.iter().find(|entry| entry.kind == "restart") else {
            panic!("{name}")
        };
        assert_eq!(Session::text(first, "to"), "1.1.0");
    }
    let suspended = explored
        .records
        .iter()
        .find(|record| record.scenario.to_string().contains("background"))
        .unwrap();
    let entries = &suspended.first.entries;
    let left = at(suspended, "app.hide");
    let back = left
        + entries[left..]
            .iter()
            .position(|entry| entry.kind == "app.show")
            .unwrap();
    let heard = at(suspended, "ready");
    assert!(back < heard, "a suspended app hears nothing: {entries:#?}");
}

#[test]
fn each_outcome_is_what_the_app_is_told() {
    let none = vec!["check: none"];
    let failed = vec!["check: update", "failed"];
    let ready = vec!["check: update", "ready"];
    let explored = staged(&[
        "default/first-page/cancels",
        "gray-in/cancels",
        "gray-out/cancels",
        "sync/cancels",
    ]);
    let mut seen = 0;
    for record in &explored.records {
        let facts = facts(record);
        let told: Vec<&str> = facts.told.iter().map(|told| told.news).collect();
        let name = record.scenario.to_string();
        let mut words = name.split('/');
        let (policy, outcome) = (words.next().unwrap(), words.next().unwrap());
        let (expected, next) = match (policy, outcome) {
            (_, "none") => (&none, "1.0.0"),
            ("gray-out", _) => (&none, "1.0.0"),
            // The check fails before the start, and again beside the app.
            (_, "check-fails" | "bad-signature") => (&none, if policy == "sync" { "1.1.0" } else { "1.0.0" }),
            ("sync", "ready") => (&none, "1.1.0"),
            // The broken version ran before the start was over.
            ("sync", "broken-next") => (&none, "1.0.0"),
            ("sync", _) => (&failed, "1.1.0"),
            (_, "ready") => (&ready, "1.1.0"),
            (_, "broken-next") => (&ready, "1.0.0"),
            _ => (&failed, "1.0.0"),
        };
        assert_eq!(
            (&told, facts.next_start.as_deref()),
            (expected, Some(next)),
            "{name} {:#?}",
            record.first.entries
        );
        assert_eq!(facts.rolled_back, outcome == "broken-next", "{name}");
        seen += 1;
    }
    assert_eq!(seen, 17);
}

#[test]
fn below_the_minimum_version_nothing_else_runs() {
    let explored = staged(&["min-version/confirms", "forced/first-page/confirms"]);
    for record in &explored.records {
        let facts = facts(record);
        let ran = (
            facts.start.as_deref(),
            facts.end.as_deref(),
            facts.next_start.as_deref(),
        );
        let expected = match record.scenario.to_string().as_str() {
            "min-version/ready/first-page/confirms" => (Some("1.1.0"), Some("1.1.0"), Some("1.1.0")),
            // A version that does not start leaves nothing but the one before.
            "min-version/broken-next/first-page/confirms" => (Some("1.1.0"), Some("1.0.0"), Some("1.0.0")),
            name if name.starts_with("min-version") => (None, None, Some("1.1.0")),
            "forced/ready/first-page/confirms" => {
                assert_eq!(facts.dialogs[0].by, "platform");
                assert!(
                    facts.told.iter().take(2).all(|told| !told.heard),
                    "the platform asks: {facts:#?}"
                );
                (Some("1.0.0"), Some("1.1.0"), Some("1.1.0"))
            }
            _ => (Some("1.0.0"), Some("1.0.0"), Some("1.0.0")),
        };
        assert_eq!(ran, expected, "{} {:#?}", record.scenario, record.first.entries);
    }
}
