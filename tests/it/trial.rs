//! A new release proves itself at its first start, or the last good one runs again in the same run: with the real
//! program, a real registry, and a device that remembers.

use crate::program::{Cmd, Dir, Ran, setup};
use crate::server::Registry;
use crate::timeline::Timeline;

const GOOD: &str = "App({ onLaunch() { \
    const m = wx.getUpdateManager(); m.onUpdateReady(() => m.applyUpdate()); } })";

struct Bench {
    dir: Dir,
    cmd: Cmd,
    registry: Registry,
}

impl Bench {
    /// Version 1.0.0, which applies every update at once, runs on the device.
    fn new() -> Self {
        let (dir, cmd) = setup();
        let registry = Registry::start(&dir, &cmd);
        let bench = Self { dir, cmd, registry };
        bench.publish("1.0.0", GOOD);
        assert_eq!(bench.run(&[]).0.booted(), ["1.0.0"]);
        bench
    }

    fn publish(&self, version: &str, app_js: &str) {
        let app = self.dir.app("app", app_js, "Page({})");
        self.registry.publish(&app, version, &[]);
    }

    fn run(&self, args: &[&str]) -> (Timeline, Ran) {
        let device = self.dir.at("device");
        let common = ["--registry", &self.registry.url, "--device", &device];
        self.cmd.timeline("wxit", &[&common, args].concat())
    }

    /// On how many devices the registry knows that this version failed.
    fn failed_devices(&self, version: &str) -> u64 {
        let store = self.dir.at("store");
        let listed = self.cmd.ok(&["release", "list", "wxit", "--store", &store, "--json"]);
        let releases = listed.out.lines().map(|line| serde_json::from_str(line).unwrap());
        let releases: Vec<serde_json::Value> = releases.collect();
        let release = releases.iter().find(|release| release["version"] == version);
        release.unwrap()["failedDevices"].as_u64().unwrap()
    }
}

/// The new release fails in this way: back in the same run, once, and never again.
#[track_caller]
fn goes_back(app_js: &str, args: &[&str], reason: &str) {
    let mut bench = Bench::new();
    bench.publish("2.0.0", app_js);
    let (timeline, ran) = bench.run(args);
    let ran = ran.code(1);
    assert_eq!(timeline.booted(), ["1.0.0", "2.0.0", "1.0.0"], "{ran}");
    let rollback = timeline.one("rollback");
    assert_eq!(
        (rollback.text("from"), rollback.text("to")),
        ("2.0.0", "1.0.0"),
        "{ran}"
    );
    assert!(rollback.text("reason").contains(reason), "{ran}");
    let after = timeline.after("rollback");
    assert!(after.has("page.ready") && !after.has("update.ready"), "{ran}");
    // Nobody hears of it while the registry is away, and then once.
    let told = bench.failed_devices("2.0.0");
    assert!(told <= 1, "{told}");
    bench.registry.stop();
    assert_eq!(bench.run(&[]).0.booted(), ["1.0.0"]);
    bench.registry.restart();
    for _ in 0..2 {
        let (timeline, ran) = bench.run(&[]);
        let ran = ran.code(0);
        assert_eq!(timeline.booted(), ["1.0.0"], "{ran}");
        assert!(!timeline.has("rollback") && !timeline.has("update.ready"), "{ran}");
        assert_eq!(bench.failed_devices("2.0.0"), 1);
    }
    bench.publish("2.0.1", GOOD);
    assert_eq!(bench.run(&[]).0.booted(), ["1.0.0", "2.0.1"]);
    assert_eq!(bench.run(&[]).0.booted(), ["2.0.1"]);
}

#[test]
fn release_that_throws_at_load_goes_back_is_told_and_a_fix_is_taken() {
    goes_back("App({}); throw new Error('at the top')", &[], "at the top");
}

#[test]
fn release_that_throws_in_on_launch_goes_back_is_told_and_a_fix_is_taken() {
    goes_back("App({ onLaunch() { missing.call() } })", &[], "ReferenceError");
}

#[test]
fn release_that_hangs_before_its_first_page_goes_back_is_told_and_a_fix_is_taken() {
    goes_back(
        "App({ onLaunch() { /(a+)+$/.test('a'.repeat(40) + 'b') } })",
        &["--watchdog", "3s"],
        "3 s",
    );
}

#[test]
fn release_that_takes_all_memory_goes_back_is_told_and_a_fix_is_taken() {
    let hog = "const kept = []; for (let i = 0; ; i += 1) kept.push(`record ${i} `.repeat(100000)); App({})";
    goes_back(hog, &["--memory", "256MB", "--watchdog", "60s"], "memory");
}

#[test]
fn old_release_that_fails_too_ends_the_run_with_its_error() {
    let bench = Bench::new();
    // What the new release left behind is what the old one stumbles over.
    bench.publish("2.0.0", GOOD);
    assert_eq!(bench.run(&[]).0.booted(), ["1.0.0", "2.0.0"]);
    let heir = "const m = wx.getUpdateManager(); m.onUpdateReady(() => m.applyUpdate()); \
        if (wx.getStorageSync('left')) throw new Error('cannot read what was left'); App({})";
    bench.publish("3.0.0", heir);
    assert_eq!(bench.run(&[]).0.booted(), ["2.0.0", "3.0.0"]);
    bench.publish(
        "4.0.0",
        "wx.setStorageSync('left', 1); throw new Error('first'); App({})",
    );
    let (timeline, ran) = bench.run(&[]);
    let ran = ran.code(1);
    assert_eq!(timeline.booted(), ["3.0.0", "4.0.0", "3.0.0"], "{ran}");
    let errors: Vec<_> = timeline.all("error").map(|error| error.text("message")).collect();
    assert_eq!(errors.len(), 2, "{ran}");
    assert!(
        errors[0].contains("first") && errors[1].contains("cannot read what was left"),
        "{ran}"
    );
    assert_eq!(timeline.all("rollback").count(), 1, "{ran}");
    // The old one was good once: it is not given up for anything.
    let (timeline, _) = bench.run(&[]);
    assert_eq!(timeline.booted(), ["3.0.0"]);
}

#[test]
fn last_good_release_that_is_gone_is_a_clear_error_on_the_timeline() {
    let bench = Bench::new();
    bench.publish("2.0.0", "App({})");
    assert_eq!(bench.run(&[]).0.booted(), ["1.0.0", "2.0.0"]);
    let old = bench.dir.list("device/versions").remove(0);
    bench.publish("3.0.0", "throw new Error('bad'); App({})");
    // Staged, and not applied by this app.
    assert_eq!(bench.run(&[]).0.booted(), ["2.0.0"]);
    bench
        .dir
        .write(&format!("device/versions/{old}/app.js"), "App({ changed: true })");
    let (timeline, ran) = bench.run(&[]);
    let ran = ran.code(1);
    assert_eq!(timeline.booted(), ["3.0.0"], "{ran}");
    let errors: Vec<_> = timeline.all("error").map(|error| error.text("message")).collect();
    assert!(errors[0].contains("bad"), "{ran}");
    let clear = "wxit: release 3 failed to start, and the last good one is damaged: nothing can run";
    assert_eq!(errors[1..], [clear], "{ran}");
    // Until something can be got.
    let (timeline, ran) = bench.run(&[]);
    let ran = ran.code(1);
    assert!(!timeline.has("boot"), "{ran}");
    bench.publish("3.0.1", GOOD);
    assert_eq!(bench.run(&[]).0.booted(), ["3.0.1"]);
}

#[test]
fn app_that_leaves_before_its_first_page_gets_no_strike() {
    let bench = Bench::new();
    bench.publish("2.0.0", "wx.exitMiniProgram(); App({})");
    let (timeline, ran) = bench.run(&[]);
    assert_eq!(timeline.booted(), ["1.0.0", "2.0.0"], "{ran}");
    for _ in 0..5 {
        let (timeline, ran) = bench.run(&[]);
        assert_eq!(timeline.booted(), ["2.0.0"], "{ran}");
        assert!(!timeline.has("rollback"), "{ran}");
    }
}
