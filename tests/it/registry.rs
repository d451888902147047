//! The real path: key, publish, serve, install, update; and what happens when any of it fails.

use crate::program::{Cmd, Dir, Ran, fixture, setup};
use crate::server::Registry;
use crate::timeline::Timeline;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

const APP: &str = "wx5e1f0c0de0000001";

struct Bench {
    dir: Dir,
    cmd: Cmd,
    registry: Registry,
}

impl Bench {
    /// A registry that serves notes 1.0.0.
    fn new() -> Self {
        let (dir, cmd) = setup();
        let registry = Registry::start(&dir, &cmd);
        registry.notes("1.0.0");
        Self { dir, cmd, registry }
    }

    /// One start of the app on the one device.
    fn start(&self, args: &[&str]) -> (Timeline, Ran) {
        let device = self.dir.at("device");
        let common = [
            "--registry",
            &self.registry.url,
            "--device",
            &device,
            "--modal",
            "confirm",
        ];
        self.cmd.timeline(APP, &[&common, args].concat())
    }

    /// A start that must go well, and what booted in it.
    #[track_caller]
    fn runs(&self, versions: &[&str]) -> Timeline {
        let (timeline, ran) = self.start(&[]);
        let ran = ran.code(0);
        assert_eq!(timeline.booted(), versions, "{ran}");
        for version in versions {
            let line = format!("notes {version} launched by scene 1001");
            assert!(timeline.console().contains(&line.as_str()), "{ran}");
        }
        timeline
    }

    fn packages(&self) -> Vec<String> {
        self.dir.list(&format!("store/apps/{APP}/packages"))
    }

    /// Does something to each package that `known` does not name.
    fn spoil(&self, known: &[String], spoil: impl Fn(&std::path::Path)) {
        for name in self.packages().iter().filter(|name| !known.contains(name)) {
            spoil(&self.dir.path().join(format!("store/apps/{APP}/packages/{name}")));
        }
    }
}

fn flip_last_byte(file: &std::path::Path) {
    let mut bytes = std::fs::read(file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn app_is_installed_updated_in_the_background_and_applied() {
    let bench = Bench::new();
    let first = bench.runs(&["1.0.0"]);
    assert_eq!(
        first.0[0].kind, "update.download",
        "what is fetched for a start comes before it"
    );
    assert_eq!(first.one("update.download").text("transport"), "whole");
    bench.registry.notes("1.1.0");
    let second = bench.runs(&["1.0.0", "1.1.0"]);
    let update = [
        "update.check",
        "update.download",
        "update.ready",
        "modal.show",
        "modal.answer",
        "update.apply",
    ];
    let steps = second.kinds();
    let steps: Vec<_> = steps.into_iter().filter(|kind| update.contains(kind)).collect();
    assert_eq!(steps, [&update[..], &["update.check"]].concat());
    assert_eq!(second.one("update.download").text("transport"), "delta");
    assert!(second.console().contains(&"storage migrated from schema 1 to 2"));
    let third = bench.runs(&["1.1.0"]);
    assert_eq!(third.one("update.check").rest["hasUpdate"], false);
    assert!(!third.console().contains(&"storage migrated from schema 1 to 2"));
    assert_eq!(bench.dir.list("device/partial"), [""; 0]);
}

#[test]
fn package_that_is_gone_from_the_store_leaves_the_old_version_running() {
    let bench = Bench::new();
    bench.runs(&["1.0.0"]);
    let known = bench.packages();
    bench.registry.notes("1.1.0");
    bench.spoil(&known, |file| std::fs::remove_file(file).unwrap());
    let timeline = bench.runs(&["1.0.0"]);
    assert_eq!(timeline.one("update.check").rest["hasUpdate"], true);
    assert_eq!(timeline.one("update.failed").text("version"), "1.1.0");
    assert_eq!(timeline.one("modal.show").rest["showCancel"], false);
}

#[test]
fn package_whose_bytes_were_changed_is_refused_before_it_is_unpacked() {
    let bench = Bench::new();
    bench.runs(&["1.0.0"]);
    let (known, versions) = (bench.packages(), bench.dir.list("device/versions"));
    assert_eq!(versions.len(), 1);
    bench.registry.notes("1.1.0");
    bench.spoil(&known, flip_last_byte);
    for _ in 0..2 {
        let timeline = bench.runs(&["1.0.0"]);
        assert!(timeline.has("update.failed") && !timeline.has("update.ready"));
        assert_eq!(bench.dir.list("device/versions"), versions);
    }
}

#[test]
fn manifest_that_was_changed_or_is_no_manifest_moves_nobody() {
    let bench = Bench::new();
    bench.runs(&["1.0.0"]);
    let file = bench.dir.path().join(format!("store/apps/{APP}/manifest.json"));
    bench.registry.notes("1.1.0");
    let good = std::fs::read_to_string(&file).unwrap();
    let envelope: Value = serde_json::from_str(&good).unwrap();
    let mut forged = envelope.clone();
    let payload = envelope["payload"].as_str().unwrap();
    let swapped = if payload.starts_with('A') { "B" } else { "A" };
    forged["payload"] = format!("{swapped}{}", &payload[1..]).into();
    for text in [
        forged.to_string(),
        good[..good.len() / 2].to_owned(),
        "{}".into(),
        String::new(),
    ] {
        std::fs::write(&file, &text).unwrap();
        let timeline = bench.runs(&["1.0.0"]);
        assert!(timeline.has("update.check.failed"), "{text}");
        assert_eq!(timeline.one("update.check").rest["hasUpdate"], false, "{text}");
    }
    std::fs::write(&file, &good).unwrap();
    bench.runs(&["1.0.0", "1.1.0"]);
}

#[test]
fn server_that_is_gone_does_not_keep_an_installed_app_from_running() {
    let mut bench = Bench::new();
    bench.runs(&["1.0.0"]);
    bench.registry.stop();
    let timeline = bench.runs(&["1.0.0"]);
    assert!(
        timeline
            .one("update.check.failed")
            .text("reason")
            .contains(&bench.registry.url)
    );
    let (timeline, ran) = bench.start(&["--network", "offline"]);
    ran.code(0);
    assert_eq!(timeline.booted(), ["1.0.0"]);
}

#[test]
fn first_start_without_the_registry_says_what_is_missing() {
    let mut bench = Bench::new();
    bench.registry.stop();
    for args in [&[][..], &["--network", "offline"]] {
        let (timeline, ran) = bench.start(args);
        let ran = ran.code(1);
        let said = format!("{APP} is not installed, and {}", bench.registry.url);
        assert!(ran.err.replace("\n  │ ", " ").contains(&said), "{ran}");
        assert_eq!(timeline.kinds(), ["error"], "{ran}");
        assert!(timeline.one("error").text("message").contains(&said), "{ran}");
    }
}

#[test]
fn app_that_was_never_published_is_refused_with_its_name() {
    let bench = Bench::new();
    let device = bench.dir.at("device");
    let args = ["--registry", &bench.registry.url, "--device", &device];
    let (_, ran) = bench.cmd.timeline("wxnobody", &args);
    let ran = ran.code(1);
    assert!(ran.err.contains("wxnobody is not installed"), "{ran}");
}

#[test]
fn first_start_takes_nothing_of_a_changed_store() {
    let bench = Bench::new();
    bench.spoil(&[], flip_last_byte);
    let (timeline, ran) = bench.start(&[]);
    ran.code(1);
    assert_eq!(timeline.kinds(), ["error"]);
    assert_eq!(bench.dir.list("device/versions"), [""; 0]);
}

#[test]
fn root_of_other_keys_is_refused() {
    let bench = Bench::new();
    let other = bench.dir.at("other");
    std::fs::create_dir(&other).unwrap();
    let key = bench.dir.at("other.pem");
    bench.cmd.ok(&["release", "keygen", &key]);
    let app = fixture("notes/1.0.0");
    let publish = [
        "release",
        "publish",
        &app,
        "--store",
        &other,
        "--version",
        "1.0.0",
        "--key",
        &key,
    ];
    bench.cmd.ok(&publish);
    let trust = format!("{other}/apps/{APP}/root.json");
    let (_, ran) = bench.start(&["--trust", &trust]);
    ran.code(1);
    assert_eq!(bench.dir.list("device/versions"), [""; 0]);
    let own = bench.dir.at(&format!("store/apps/{APP}/root.json"));
    let (timeline, ran) = bench.start(&["--trust", &own]);
    ran.code(0);
    assert_eq!(timeline.booted(), ["1.0.0"]);
}

#[test]
fn second_process_on_a_device_is_told_that_it_is_in_use() {
    let bench = Bench::new();
    bench.runs(&["1.0.0"]);
    let device = bench.dir.at("device");
    let args = [
        "run",
        APP,
        "--registry",
        &bench.registry.url,
        "--device",
        &device,
        "--json",
    ];
    let mut command = bench.cmd.command(&[&args[..], &["--stay"]].concat());
    let mut first = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(first.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.contains("boot"), "{line}");
    let ran = bench.cmd.run(&args).code(2);
    assert!(ran.err.contains("is in use by another process"), "{ran}");
    first.kill().unwrap();
    first.wait().unwrap();
    bench.runs(&["1.0.0"]);
}

#[test]
fn version_below_the_minimum_restarts_whatever_the_app_does() {
    let (dir, cmd) = setup();
    let registry = Registry::start(&dir, &cmd);
    let app = dir.app("app", "App({ onLaunch() { console.log('runs') } })", "Page({})");
    let device = dir.at("device");
    let start = |modal| {
        let common = ["--registry", &registry.url, "--device", &device, "--modal", modal];
        let (timeline, ran) = cmd.timeline("wxit", &common);
        ran.code(0);
        timeline
    };
    registry.publish(&app, "1.0.0", &[]);
    assert_eq!(start("none").booted(), ["1.0.0"]);
    dir.write("app/changed.js", "");
    registry.publish(&app, "2.0.0", &["--min-version", "2.0.0"]);
    let asked = start("confirm");
    assert_eq!(asked.booted(), ["1.0.0", "2.0.0"]);
    assert_eq!(asked.one("modal.show").rest["showCancel"], false);
    dir.write("app/changed.js", "// again");
    registry.publish(&app, "3.0.0", &["--min-version", "3.0.0"]);
    let nobody = start("none");
    assert_eq!(nobody.booted(), ["2.0.0"]);
    assert!(nobody.has("modal.open"));
    assert_eq!(start("none").booted(), ["3.0.0"]);
}

#[test]
fn two_people_on_a_device_share_the_app_and_not_its_storage() {
    let (dir, cmd) = setup();
    let registry = Registry::start(&dir, &cmd);
    let count =
        "const n = (wx.getStorageSync('n') || 0) + 1; wx.setStorageSync('n', n); console.log('start ' + n); App({})";
    registry.publish(&dir.app("app", count, "Page({})"), "1.0.0", &[]);
    let device = dir.at("device");
    let start = |user| {
        let common = ["--registry", &registry.url, "--device", &device, "--user", user];
        let (timeline, ran) = cmd.timeline("wxit", &common);
        ran.code(0);
        timeline.console().join(",")
    };
    assert_eq!(
        [start("ann"), start("ann"), start("ben")],
        ["start 1", "start 2", "start 1"]
    );
}
