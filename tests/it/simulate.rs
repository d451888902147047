//! The main job: an app offers its update, applies it, and the next version runs.

use crate::program::{fixture, setup};
use serde_json::{Value, json};
use std::io::{Read, Write};

const START: [&str; 6] = ["boot", "app.launch", "app.show", "page.load", "page.show", "page.ready"];

fn notes() -> (String, String) {
    (fixture("notes/1.0.0"), fixture("notes/1.1.0"))
}

fn read_json(path: &str) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn confirmed_update_restarts_into_the_next_version_step_by_step() {
    let (_dir, cmd) = setup();
    let (app, next) = notes();
    let ran = cmd.ok(&["run", &app, "--simulate-update", &next, "--modal", "confirm", "--json"]);
    let timeline = crate::timeline::Timeline::parse(&ran.out);
    let update = [
        "update.check",
        "update.download",
        "update.ready",
        "modal.show",
        "modal.answer",
        "update.apply",
        "restart",
    ];
    let end = ["update.check", "exit"];
    assert_eq!(timeline.kinds(), [&START[..], &update, &START, &end].concat());
    assert_eq!(timeline.booted(), ["1.0.0", "1.1.0"]);
    let restart = timeline.one("restart");
    assert_eq!((restart.text("from"), restart.text("to")), ("1.0.0", "1.1.0"));
    assert_eq!(timeline.one("update.ready").text("version"), "1.1.0");
    assert_eq!(timeline.one("modal.answer").rest["confirm"], true);
    assert_eq!(timeline.one("exit").text("reason"), "done");
    assert!(timeline.0.is_sorted_by_key(|entry| entry.at));
    let after = timeline.after("restart");
    // Only what 1.0.0 stored can be migrated.
    assert_eq!(
        after.console()[..2],
        [
            "notes 1.1.0 launched by scene 1001",
            "storage migrated from schema 1 to 2"
        ]
    );
}

#[test]
fn refused_update_runs_at_the_next_cold_start_of_the_device() {
    let (dir, cmd) = setup();
    let (app, next) = notes();
    let device = dir.at("device");
    let cancel = ["--simulate-update", &next, "--modal", "cancel", "--device", &device];
    let (timeline, ran) = cmd.timeline(&app, &cancel);
    ran.code(0);
    assert_eq!(timeline.booted(), ["1.0.0"]);
    assert_eq!(timeline.one("modal.answer").rest["confirm"], false);
    assert!(!timeline.has("update.apply") && !timeline.has("restart"));
    let (timeline, ran) = cmd.timeline(&app, &["--device", &device]);
    ran.code(0);
    assert_eq!(timeline.booted(), ["1.1.0"]);
    let printed = timeline.console();
    assert!(printed.contains(&"notes 1.1.0 launched by scene 1001"), "{printed:?}");
    assert!(printed.contains(&"storage migrated from schema 1 to 2"), "{printed:?}");
    let (timeline, ran) = cmd.timeline(&app, &cancel);
    ran.code(0);
    assert_eq!(timeline.booted(), ["1.1.0"]);
    assert_eq!(timeline.one("update.check").rest["hasUpdate"], false);
}

#[test]
fn failed_check_tells_the_app_that_there_is_no_update() {
    let (_dir, cmd) = setup();
    let (timeline, ran) = cmd.timeline(&notes().0, &["--simulate-update", "fail-check"]);
    ran.code(0);
    assert_eq!(timeline.booted(), ["1.0.0"]);
    let end = ["update.check.failed", "update.check", "exit"];
    assert_eq!(timeline.kinds(), [&START[..], &end].concat());
    assert_eq!(timeline.one("update.check").rest["hasUpdate"], false);
    assert!(timeline.console().contains(&"new version available: false"));
}

#[test]
fn failed_download_tells_the_app_and_the_old_version_goes_on() {
    let (_dir, cmd) = setup();
    let fail = ["--simulate-update", "fail-download", "--modal", "confirm"];
    let (timeline, ran) = cmd.timeline(&notes().0, &fail);
    ran.code(0);
    assert_eq!(timeline.booted(), ["1.0.0"]);
    let end = ["update.check", "update.failed", "modal.show", "modal.answer", "exit"];
    assert_eq!(timeline.kinds(), [&START[..], &end].concat());
    assert_eq!(timeline.one("update.check").rest["hasUpdate"], true);
    assert!(timeline.one("update.failed").text("reason").contains("made to fail"));
    assert_eq!(timeline.one("modal.show").rest["showCancel"], false);
}

#[test]
fn modal_that_nobody_answers_is_shown_and_reported_at_the_end() {
    let (_dir, cmd) = setup();
    let (app, next) = notes();
    let (timeline, ran) = cmd.timeline(&app, &["--simulate-update", &next, "--modal", "none"]);
    ran.code(0);
    let end = [
        "update.check",
        "update.download",
        "update.ready",
        "modal.show",
        "modal.open",
        "exit",
    ];
    assert_eq!(timeline.kinds(), [&START[..], &end].concat());
    assert_eq!(timeline.one("modal.open").text("title"), "Update ready");
}

#[test]
fn every_good_fixture_goes_through_its_update() {
    for name in ["notes", "shop", "reader", "tasks-ts", "late-listeners", "components"] {
        for carrier in ["process", "thread"] {
            let (dir, cmd) = setup();
            let (app, next) = (fixture(&format!("{name}/1.0.0")), fixture(&format!("{name}/1.1.0")));
            let dump = dir.at("dump.json");
            let args = [
                "--simulate-update",
                &next,
                "--modal",
                "confirm",
                "--dump",
                &dump,
                "--carrier",
                carrier,
            ];
            let (timeline, ran) = cmd.timeline(&app, &args);
            let ran = ran.code(0);
            assert_eq!(timeline.booted(), ["1.0.0", "1.1.0"], "{ran}");
            assert!(!timeline.has("error"), "{ran}");
            let restarts = timeline.kinds().iter().filter(|kind| **kind == "restart").count();
            assert_eq!(restarts, 1, "{ran}");
            assert_eq!(read_json(&dump)["globalData"]["version"], "1.1.0", "{ran}");
        }
    }
}

#[test]
fn listeners_added_late_are_called_once_each() {
    let (_dir, cmd) = setup();
    let (app, next) = (fixture("late-listeners/1.0.0"), fixture("late-listeners/1.1.0"));
    let (timeline, ran) = cmd.timeline(&app, &["--simulate-update", &next, "--modal", "confirm"]);
    let ran = ran.code(0);
    let printed = timeline.console();
    for line in [
        "module: check true",
        "onShow: check true",
        "page onLoad: ready",
        "nested in check: ready",
        "after await: ready",
        "after the answer: ready",
    ] {
        let line = format!("[late] 1.0.0 {line}");
        assert_eq!(printed.iter().filter(|text| **text == line).count(), 1, "{line}\n{ran}");
    }
}

/// Answers requests in pairs: each is answered only when the next one has come.
fn answers_late() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut streams: Vec<std::net::TcpStream> = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // The first part of a request is enough to know that it has come.
            let _ = stream.read(&mut [0; 4096]);
            streams.push(stream);
            if streams.len() == 2 {
                for mut stream in streams.drain(..) {
                    // The end of the world that asked closes its connection.
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
                }
            }
        }
    });
    url
}

#[test]
fn nothing_of_the_old_world_runs_after_the_restart() {
    let (dir, cmd) = setup();
    let url = answers_late();
    let old = r#"
      const say = what => console.log('old ' + what)
      globalThis.left = 'old'
      App({
        onLaunch() {
          setInterval(() => say('tick'), 10)
          setTimeout(() => say('timeout'), 50)
          new Promise(resolve => setTimeout(resolve, 60)).then(() => say('promise'))
          ;(async () => { for (;;) { await new Promise(r => setTimeout(r, 10)); say('loop') } })()
          wx.onError(() => say('error listener'))
          wx.onAppHide(() => say('hide listener'))
          wx.onUnhandledRejection(() => say('rejection listener'))
          wx.request({ url: 'URL/old', complete: () => say('request') })
          wx.showModal({ title: 'old', complete: () => say('modal') })
          const manager = wx.getUpdateManager()
          manager.onUpdateReady(() => { say('ready'); manager.applyUpdate(); say('applied') })
        },
        onError() { say('App.onError') },
        onHide() { say('App.onHide') },
      })"#;
    let new = r#"
      console.log('new ' + typeof left + ' ' + getCurrentPages().length)
      App({
        onLaunch() {
          wx.request({ url: 'URL/new', success: () => console.log('new request') })
          wx.showModal({ title: 'new' })
          setTimeout(() => { Promise.reject(new Error('unhandled')) }, 100)
          setTimeout(() => { throw new Error('thrown') }, 200)
          setTimeout(() => console.log('new end'), 1000)
        },
      })"#;
    let app = dir.app("old", &old.replace("URL", &url), "Page({})");
    let next = dir.app("new", &new.replace("URL", &url), "Page({})");
    let (timeline, ran) = cmd.timeline(&app, &["--simulate-update", &next, "--modal", "none"]);
    let ran = ran.code(1);
    assert!(timeline.console().contains(&"old ready"), "{ran}");
    let after = timeline.after("restart");
    let printed = after.console();
    assert!(!printed.iter().any(|text| text.starts_with("old")), "{ran}");
    for line in ["new undefined 0", "new request", "new end"] {
        assert!(printed.contains(&line), "{line}\n{ran}");
    }
    assert_eq!(after.one("modal.show").rest["title"], json!("new"), "{ran}");
    assert_eq!(after.one("modal.open").rest["title"], json!("new"), "{ran}");
    assert_eq!(after.all("error").count(), 2, "{ran}");
}
