//! Worlds in processes of their own, started and forked: what holds for one holds for the other.

use crate::program::setup;
use bytes::Bytes;
use minirun::app::carrier::{Carrier, Zygotes};
use minirun::app::timeline::Entry;
use minirun::engine::protocol::Limits;
use minirun::host::{Code, Host, HostClock, HostConfig, Opening};
use minirun::package::SourcePackage;
use minirun::system::VirtualClock;
use std::path::PathBuf;
use std::time::Duration;

/// How long an app that hangs is waited for; any other needs a fraction of it.
const HANGS: Duration = Duration::from_secs(2);

const PROGRAM: &str = env!("CARGO_BIN_EXE_minirun");

fn carriers() -> [Carrier; 2] {
    let started = Carrier::Process {
        program: PROGRAM.into(),
    };
    [started, forked(PROGRAM)]
}

fn forked(program: &str) -> Carrier {
    Carrier::Forked(Zygotes::of(PathBuf::from(program), &["testing"]))
}

fn host(carrier: Carrier) -> Host {
    watched(carrier, Duration::from_secs(60))
}

fn watched(carrier: Carrier, watchdog: Duration) -> Host {
    Host::open(HostConfig {
        carrier,
        clock: HostClock::Virtual(VirtualClock::new(1_767_225_600_000.0)),
        watchdog,
        limits: Limits {
            memory: 64 << 20,
            ..Limits::default()
        },
        view: false,
        ..HostConfig::default()
    })
    .unwrap()
}

fn opening(app_js: &str) -> Opening {
    let files = [
        ("app.json", r#"{"pages":["pages/a/a"]}"#),
        ("app.js", app_js),
        ("pages/a/a.js", "Page({})"),
    ];
    let files = files.map(|(name, text)| (name, Bytes::from(text.to_owned())));
    Opening::new(Code::package("wx0", SourcePackage::open(files).unwrap()))
}

/// The timeline of an app to its end.
async fn timeline(host: &Host, app_js: &str) -> Vec<Entry> {
    let mut app = host.start(opening(app_js)).unwrap();
    let mut entries = Vec::new();
    while let Some(entry) = app.next().await {
        entries.push(entry);
    }
    entries
}

fn errors(entries: &[Entry]) -> String {
    let errors = entries.iter().filter(|entry| entry.kind == "error");
    errors.map(|entry| entry.properties["message"].to_string()).collect()
}

#[tokio::test]
async fn an_app_goes_the_same_way_in_each() {
    let app = "App({ onLaunch() { console.log(typeof expect, typeof M, Date.now()); wx.setStorageSync('a', 1) } });
               setTimeout(() => { throw new Error('late') }, 1000)";
    let [started, forked] = carriers();
    let (started, forked) = (timeline(&host(started), app).await, timeline(&host(forked), app).await);
    assert!(errors(&started).contains("late"));
    assert_eq!(started, forked);
}

#[tokio::test]
async fn an_app_that_never_comes_back_is_killed() {
    for carrier in carriers() {
        let named = format!("{carrier:?}");
        let entries = timeline(
            &watched(carrier, HANGS),
            "App({}); Promise.resolve().then(() => { for (;;) {} })",
        )
        .await;
        assert!(
            errors(&entries).contains("did not come back within 2 s"),
            "{named} {entries:?}"
        );
    }
}

#[tokio::test]
async fn memory_is_bounded_and_its_end_is_told() {
    for carrier in carriers() {
        let named = format!("{carrier:?}");
        let app = "App({}); const kept = []; for (;;) kept.push('x'.repeat(1 << 20) + kept.length)";
        let entries = timeline(&host(carrier), app).await;
        assert!(errors(&entries).contains("ran out of memory"), "{named} {entries:?}");
    }
}

#[tokio::test]
async fn the_end_of_one_world_is_nothing_to_the_next() {
    for carrier in carriers() {
        let host = watched(carrier, HANGS);
        timeline(
            &host,
            "App({}); globalThis.kept = 1; Promise.resolve().then(() => { for (;;) {} })",
        )
        .await;
        let entries = timeline(&host, "App({}); console.log(typeof globalThis.kept)").await;
        assert!(
            entries
                .iter()
                .any(|entry| entry.properties.get("text") == Some(&"undefined".into())),
            "{entries:?}"
        );
        assert_eq!(errors(&entries), "");
    }
}

#[tokio::test]
async fn worlds_of_one_zygote_draw_different_random_numbers() {
    // In virtual time chance is fixed.
    let config = HostConfig {
        carrier: forked(PROGRAM),
        clock: HostClock::Real,
        view: false,
        ..HostConfig::default()
    };
    let host = Host::open(config).unwrap();
    let mut drawn = Vec::new();
    for _ in 0..2 {
        let entries = timeline(&host, "App({}); console.log(Math.random())").await;
        drawn.extend(entries.into_iter().filter(|entry| entry.kind == "console"));
    }
    assert_ne!(drawn[0].properties["text"], drawn[1].properties["text"]);
}

#[tokio::test]
async fn where_nothing_can_be_forked_a_process_is_started() {
    // Does what the program does, but for the zygote, which ends at once.
    let (dir, _) = setup();
    let script = format!("#!/bin/sh\n[ \"$1\" = __zygote ] && exit 1\nexec {PROGRAM} \"$@\"\n");
    dir.write("minirun", &script);
    let path = dir.path().join("minirun");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let entries = timeline(&host(forked(&dir.at("minirun"))), "App({}); console.log('here')").await;
    assert!(
        entries
            .iter()
            .any(|entry| entry.properties.get("text") == Some(&"here".into())),
        "{entries:?}"
    );
}
