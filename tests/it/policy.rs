//! What a person sees of the update policy: decisions explained, time let pass, users, cleared devices.

use crate::program::{Cmd, Dir, Ran, setup};
use crate::server::Registry;
use crate::timeline::Timeline;
use serde_json::{Value, json};

const UPDATER: &str = r"
  const manager = wx.getUpdateManager()
  manager.onCheckForUpdate(res => console.log('check ' + res.hasUpdate))
  manager.onUpdateReady(() => console.log('ready'))
  manager.onUpdateFailed(() => console.log('failed'))
  App({})";

/// A registry, and a device on which its app is started.
struct Bench {
    dir: Dir,
    cmd: Cmd,
    registry: Registry,
}

impl Bench {
    fn new() -> Self {
        let (dir, cmd) = setup();
        let registry = Registry::start(&dir, &cmd);
        let bench = Self { dir, cmd, registry };
        bench.publish("1.0.0", &[]);
        bench
    }

    fn publish(&self, version: &str, args: &[&str]) {
        let app = self.dir.app("app", &format!("{UPDATER} // {version}"), "Page({})");
        self.registry.publish(&app, version, args);
    }

    fn start(&self, args: &[&str]) -> (Timeline, Ran) {
        let device = self.dir.at("device");
        let common = ["--registry", &self.registry.url, "--device", &device, "--explain"];
        self.cmd.timeline("wxit", &[&common, args].concat())
    }

    /// A start that goes well: what booted, and what the app heard.
    #[track_caller]
    fn runs(&self, args: &[&str]) -> (String, Vec<String>, Timeline) {
        let (timeline, ran) = self.start(args);
        ran.code(0);
        let heard = timeline.console().iter().map(|text| (*text).to_owned()).collect();
        (timeline.booted().join(" "), heard, timeline)
    }

    fn device(&self, args: &[&str]) -> Ran {
        let device = self.dir.at("device");
        self.cmd.ok(&[&["device", args[0], &device], &args[1..]].concat())
    }

    fn shown(&self) -> Value {
        serde_json::from_str(&self.device(&["show", "--json"]).out).unwrap()
    }
}

/// `act because` of each decision of a run.
fn decisions(timeline: &Timeline) -> Vec<String> {
    let told = timeline.all("update.decision");
    told.map(|told| format!("{} {}", told.text("act"), told.text("because")))
        .collect()
}

#[test]
fn after_days_on_the_device_the_start_checks_and_installs_first() {
    let bench = Bench::new();
    assert_eq!(bench.runs(&[]).0, "1.0.0");
    bench.publish("2.0.0", &[]);
    let moved = bench.device(&["advance", "6d"]).out + &bench.device(&["advance", "5d"]).out;
    assert!(moved.contains("11d ahead"), "{moved}");
    let (ran, heard, timeline) = bench.runs(&[]);
    assert_eq!((ran.as_str(), heard), ("2.0.0", vec!["check false".to_owned()]));
    assert_eq!(
        decisions(&timeline),
        [
            "check-first long-unused",
            "install-first newer-first",
            "run-new installed"
        ]
    );
    let facts = &timeline.all("update.decision").next().unwrap().rest["facts"];
    assert_eq!(
        (&facts["longUnused"], &facts["installed"]["version"]),
        (&json!(true), &json!("1.0.0"))
    );
    // The time of the device is the time of its records, and of the app.
    assert_eq!(bench.runs(&[]).1, ["check false"]);
    bench.device(&["advance", "--reset"]);
    assert_eq!(decisions(&bench.runs(&[]).2), ["run-local every-start"]);
}

#[test]
fn the_app_sees_the_devices_time_whatever_the_clock_of_the_run() {
    let bench = Bench::new();
    bench.runs(&[]);
    bench.device(&["advance", "365d"]);
    let app = bench.dir.app(
        "clock",
        "console.log(Date.now())
         setTimeout(() => { console.log(Date.now()); wx.exitMiniProgram() }, 50)
         App({})",
        "Page({})",
    );
    let device = bench.dir.at("device");
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis() as f64;
    for clock in ["real", "virtual"] {
        let args = [
            "run", &app, "--device", &device, "--json", "--clock", clock, "--for", "60s",
        ];
        let timeline = Timeline::parse(&bench.cmd.ok(&args).out);
        let seen: Vec<f64> = timeline.console().iter().map(|text| text.parse().unwrap()).collect();
        assert_eq!(seen.len(), 2, "{clock}");
        assert!(seen[1] - seen[0] >= 50.0, "{clock}");
        assert!(seen[0] - now > 364.9 * 86_400_000.0, "{clock}");
    }
}

#[test]
fn decisions_are_readable_for_people() {
    let bench = Bench::new();
    bench.runs(&[]);
    bench.publish("2.0.0", &["--prefer-local", "1.0.0", "--long-unused", "5d"]);
    bench.runs(&["--network", "offline"]);
    let device = bench.dir.at("device");
    let args = [
        "run",
        "wxit",
        "--registry",
        &bench.registry.url,
        "--device",
        &device,
        "--explain",
        "--for",
        "1s",
    ];
    let ran = bench.cmd.ok(&args);
    for line in [
        "cold start: run-local, beside it: check: every cold start checks beside the app",
        "installed 1.0.0 (release 1)",
        "mode default; those of 1.0.0 (release 1)",
        "longUnused         10d    (Alipay: 10 days; WeChat says \"long\")",
    ] {
        assert!(ran.out.contains(line), "{line}\n{ran}");
    }
    let ran = bench.cmd.ok(&args);
    for line in [
        "installed 2.0.0 (release 2)",
        "longUnused         5d    , by default 10d",
    ] {
        assert!(ran.out.contains(line), "{line}\n{ran}");
    }
    let app = bench.dir.at("app");
    let ran = bench.cmd.ok(&["run", &app, "--explain", "--env", "trial"]);
    assert!(
        ran.out
            .contains("cold start: run-local, beside it: nothing: a development version has no updates"),
        "{ran}"
    );
}

#[test]
fn a_preferred_local_version_starts_and_the_app_hears_of_the_newer_one() {
    let bench = Bench::new();
    bench.runs(&[]);
    bench.publish("2.0.0", &["--prefer-local", "1.0.0"]);
    bench.device(&["advance", "11d"]);
    let (ran, heard, timeline) = bench.runs(&[]);
    assert_eq!(
        (ran.as_str(), heard),
        ("1.0.0", vec!["check true".to_owned(), "ready".to_owned()])
    );
    assert_eq!(
        decisions(&timeline),
        ["check-first long-unused", "run-local prefer-local"]
    );
}

#[test]
fn an_app_below_the_minimum_does_not_open_and_is_tried_again_until_it_does() {
    let mut bench = Bench::new();
    bench.runs(&[]);
    bench.publish("2.0.0", &["--min-version", "2.0.0", "--mode", "sync"]);
    // It learns of the minimum, and cannot get what it needs.
    let packages = bench.dir.path().join("store/apps/wxit/packages");
    let hidden = bench.dir.path().join("hidden");
    std::fs::rename(&packages, &hidden).unwrap();
    bench.start(&["--modal", "none"]).1.code(0);
    let (timeline, ran) = bench.start(&["--for", "15s"]);
    let ran = ran.code(1);
    let waits: Vec<_> = timeline
        .all("open.failed")
        .map(|entry| entry.rest["retryMs"].clone())
        .collect();
    assert_eq!(waits, [json!(2000), json!(4000), json!(8000)], "{ran}");
    assert!(
        timeline
            .one("error")
            .text("message")
            .contains("below the minimum version"),
        "{ran}"
    );
    assert!(timeline.booted().is_empty(), "{ran}");
    std::fs::rename(&hidden, &packages).unwrap();
    assert_eq!(bench.runs(&[]).0, "2.0.0");
    bench.registry.stop();
}

#[test]
fn a_cleared_app_is_installed_anew_and_keeps_its_floor() {
    let bench = Bench::new();
    bench.runs(&[]);
    bench.publish("2.0.0", &[]);
    bench.runs(&[]);
    assert_eq!(bench.shown()["users"][0]["pending"]["version"], "2.0.0");
    bench.device(&["clear", "--app", "wxit"]);
    let shown = bench.shown();
    assert_eq!((&shown["floor"], &shown["users"]), (&json!(2), &json!([])));
    assert!(bench.dir.list("device/versions").is_empty());
    let (ran, heard, timeline) = bench.runs(&[]);
    assert_eq!((ran.as_str(), heard), ("2.0.0", vec!["check false".to_owned()]));
    assert_eq!(decisions(&timeline)[0], "check-first first-install");
}

#[test]
fn users_of_a_device_share_packages_and_nothing_else() {
    let bench = Bench::new();
    bench.runs(&["--user", "ann"]);
    let (_, heard, timeline) = bench.runs(&["--user", "ben"]);
    assert_eq!(heard, ["check false"]);
    assert!(!timeline.has("update.download"));
    let shown = bench.shown();
    let users: Vec<_> = shown["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|used| &used["user"])
        .collect();
    assert_eq!(users, [&json!("ben"), &json!("ann")]);
    bench.device(&["clear", "--user", "ann"]);
    assert_eq!(bench.shown()["users"].as_array().unwrap().len(), 1);
    let (_, heard, timeline) = bench.runs(&["--user", "ann"]);
    assert_eq!(heard, ["check false"]);
    assert!(!timeline.has("update.download"));
}

#[test]
fn a_hot_start_checks_where_the_operator_wants_it() {
    let bench = Bench::new();
    bench.runs(&[]);
    let store = bench.dir.at("store");
    bench.cmd.ok(&[
        "release",
        "settings",
        "wxit",
        "--store",
        &store,
        "--hot-check",
        "true",
        "--release",
        "1",
        "--periodic-check",
        "1s",
    ]);
    bench.publish(
        "2.0.0",
        &["--rollout", "0", "--hot-check", "true", "--periodic-check", "1s"],
    );
    bench
        .cmd
        .ok(&["release", "whitelist", "add", "wxit", "user", "--store", &store]);
    // What was staged at the start is ready again.
    let app = bench.start(&["--at", "2s:background", "--at", "4s:foreground"]);
    let ran = app.1.code(0);
    assert_eq!(app.0.all("update.check").count(), 2, "{ran}");
    assert_eq!(app.0.all("update.ready").count(), 2, "{ran}");
}

#[test]
fn development_runs_on_one_device_exclude_each_other() {
    let (dir, cmd) = setup();
    let app = dir.app("app", "App({})", "Page({})");
    let device = dir.at("device");
    let args = ["run", &app, "--device", &device, "--json"];
    let mut first = cmd.command(&[&args[..], &["--stay"]].concat());
    let mut first = first.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(first.stdout.take().unwrap()), &mut line).unwrap();
    assert!(line.contains("boot"), "{line}");
    let ran = cmd.run(&args).code(2);
    assert!(ran.err.contains("is in use by another process"), "{ran}");
    first.kill().unwrap();
    first.wait().unwrap();
    cmd.ok(&args);
}
