//! Subpackages over the real path: what is fetched when, offline, from a changed store, and across an update.

use crate::program::{Cmd, Dir, Ran, fixture, setup};
use crate::server::Registry;
use crate::timeline::Timeline;

const SHOP: &str = "wx5e1f0c0de0000002";

struct Bench {
    dir: Dir,
    cmd: Cmd,
    registry: Registry,
}

impl Bench {
    fn new() -> Self {
        let (dir, cmd) = setup();
        let registry = Registry::start(&dir, &cmd);
        Self { dir, cmd, registry }
    }

    fn shop() -> Self {
        let bench = Self::new();
        bench.registry.publish(&fixture("shop/1.0.0"), "1.0.0", &[]);
        bench
    }

    fn start(&self, app: &str, args: &[&str]) -> (Timeline, Ran) {
        let device = self.dir.at("device");
        let common = ["--registry", &self.registry.url, "--device", &device];
        self.cmd.timeline(app, &[&common, args].concat())
    }

    /// Publishes an app whose page prints what it gets of the subpackage `late`.
    fn probe(&self, version: &str, page: &str) {
        let json = r#"{"pages":["pages/a/a"],"subPackages":[{"root":"late","pages":["p/p"]}]}"#;
        let show = "const show = (error) => console.log(error.errMsg || error.message || error)";
        for (name, text) in [
            ("project.config.json", r#"{"appid":"wxit"}"#),
            ("app.json", json),
            ("app.js", "App({})"),
            ("pages/a/a.js", &format!("{show}\nPage({{ onShow() {{ {page} }} }})")),
            ("pages/a/a.wxml", ""),
            ("late/p/p.js", "Page({ onLoad() { console.log('late page') } })"),
            ("late/p/p.wxml", ""),
            ("late/m.js", &format!("module.exports = 'late {version}'")),
        ] {
            self.dir.write(&format!("probe/{name}"), text);
        }
        self.registry.publish(&self.dir.at("probe"), version, &[]);
    }

    fn packages(&self) -> Vec<String> {
        self.dir.list("store/apps/wxit/packages")
    }
}

const REQUIRES: &str = "require.async('../../late/m.js').then((m) => console.log(m), show)";
const ROUTES: &str = "wx.navigateTo({ url: '/late/p/p' }).catch(show)";

/// The parts that were fetched, in order.
fn fetched(timeline: &Timeline) -> Vec<&str> {
    timeline
        .all("update.download")
        .map(|entry| entry.text("part"))
        .collect()
}

#[test]
fn installation_takes_the_main_package_and_the_first_page_fetches_ahead() {
    let bench = Bench::shop();
    let (timeline, ran) = bench.start(SHOP, &[]);
    assert_eq!(fetched(&timeline), ["__APP__", "package-goods"], "{ran}");
    assert_eq!(fetched(&timeline.after("page.ready")), ["package-goods"]);
    assert_eq!(timeline.one("preload").text("path"), "pages/home/home");
    assert_eq!(ran.err, "", "what shows progress is for terminals");
    let (again, _) = bench.start(
        SHOP,
        &[
            "--network",
            "offline",
            "--page",
            "package-goods/pages/detail/detail?id=1",
        ],
    );
    assert!(fetched(&again).is_empty() && !again.has("preload"));
    let opened: Vec<_> = again.all("page.ready").map(|entry| entry.text("path")).collect();
    assert_eq!(opened, ["package-goods/pages/detail/detail"]);
    let shown = bench.cmd.ok(&["device", "show", &bench.dir.at("device")]);
    assert!(
        shown.out.contains("  parts      __APP__, package-goods (2 of 4)\n"),
        "{shown}"
    );
}

#[test]
fn installation_at_a_page_of_a_subpackage_takes_both_before_the_start() {
    let bench = Bench::shop();
    let (timeline, _) = bench.start(SHOP, &["--page", "package-order/pages/list/list"]);
    assert_eq!(fetched(&timeline), ["__APP__", "package-order"]);
    assert!(fetched(&timeline.after("boot")).is_empty());
    assert_eq!(timeline.one("page.ready").text("path"), "package-order/pages/list/list");
}

#[test]
fn independent_subpackage_starts_before_the_main_package_is_there() {
    let bench = Bench::shop();
    let (timeline, _) = bench.start(SHOP, &["--page", "campaign/pages/spring/spring"]);
    assert_eq!(fetched(&timeline), ["campaign", "__APP__"]);
    assert_eq!(fetched(&timeline.after("boot")), ["__APP__"]);
    assert!(!timeline.has("app.launch"));
    let (next, _) = bench.start(SHOP, &["--network", "offline"]);
    assert_eq!(next.one("page.ready").text("path"), "pages/home/home");
}

#[test]
fn page_of_a_subpackage_that_cannot_be_had_is_not_opened_and_a_later_start_works() {
    let bench = Bench::new();
    bench.probe("1.0.0", "");
    bench.start("wxit", &[]).1.code(0);
    let page = ["--page", "late/p/p"];
    let (timeline, ran) = bench.start("wxit", &[&page[..], &["--network", "offline"]].concat());
    let ran = ran.code(1);
    assert_eq!(timeline.one("subpackage.failed").text("part"), "late");
    assert!(ran.err.contains("late/p/p cannot be opened"), "{ran}");
    let (timeline, ran) = bench.start("wxit", &page);
    ran.code(0);
    assert_eq!(fetched(&timeline), ["late"]);
    assert_eq!(timeline.console(), ["late page"]);
}

#[test]
fn module_of_a_subpackage_fails_offline_and_stays_once_it_came() {
    let bench = Bench::new();
    bench.probe("1.0.0", REQUIRES);
    let runs = |args: &[&str]| bench.start("wxit", args).0;
    let first = runs(&[]);
    assert_eq!(
        (first.console(), fetched(&first)),
        (vec!["late 1.0.0"], vec!["__APP__", "late"])
    );
    let offline = runs(&["--network", "offline"]);
    assert_eq!((offline.console(), fetched(&offline)), (vec!["late 1.0.0"], vec![]));
}

#[test]
fn module_of_a_subpackage_that_was_not_used_is_missed_offline_with_the_platforms_words() {
    let bench = Bench::new();
    bench.probe("1.0.0", "");
    bench.start("wxit", &[]).1.code(0);
    bench.probe("2.0.0", REQUIRES);
    bench.start("wxit", &[]).1.code(0);
    let (timeline, _) = bench.start("wxit", &["--network", "offline"]);
    assert_eq!(timeline.console(), ["loadSubPackage: fail, subPackage: late"]);
    assert!(
        timeline
            .one("subpackage.failed")
            .text("reason")
            .ends_with("the device is offline")
    );
}

/// A first start whose page routes into the subpackage, after something was done to its objects in the store.
fn routes_into_spoiled(spoil: impl Fn(&str)) -> (Bench, String) {
    let bench = Bench::new();
    bench.probe("1.0.0", ROUTES);
    let known = bench.packages();
    // Only the subpackage differs, so what is new is of it.
    bench.probe("1.0.1", ROUTES);
    for name in bench.packages().iter().filter(|name| !known.contains(name)) {
        spoil(&bench.dir.at(&format!("store/apps/wxit/packages/{name}")));
    }
    let (timeline, ran) = bench.start("wxit", &[]);
    assert_eq!(timeline.booted(), ["1.0.1"]);
    assert_eq!(
        timeline.console(),
        ["navigateTo:fail loadSubPackage: fail, subPackage: late"],
        "{ran}"
    );
    let reason = timeline.one("subpackage.failed").text("reason").to_owned();
    assert_eq!(bench.dir.list("device/versions").len(), 1);
    (bench, reason)
}

#[test]
fn route_into_a_subpackage_that_the_store_no_longer_has_fails_and_says_so() {
    let (_, reason) = routes_into_spoiled(|file| std::fs::remove_file(file).unwrap());
    assert!(reason.ends_with("status 404"), "{reason}");
}

#[test]
fn route_into_a_subpackage_that_was_changed_in_the_store_fails_and_a_repaired_one_opens() {
    let flip = |file: &str| {
        let mut bytes = std::fs::read(file).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(file, bytes).unwrap();
    };
    let (bench, reason) = routes_into_spoiled(flip);
    assert!(reason.contains("instead of the signed"), "{reason}");
    for name in bench.packages() {
        let file = bench.dir.at(&format!("store/apps/wxit/packages/{name}"));
        let digest = <sha2::Sha256 as sha2::Digest>::digest(std::fs::read(&file).unwrap());
        if !name.contains(&hex::encode(digest)) {
            flip(&file);
        }
    }
    let (timeline, ran) = bench.start("wxit", &[]);
    ran.code(0);
    assert_eq!(timeline.console(), ["late page"]);
}

#[test]
fn update_brings_the_used_subpackages_and_what_runs_keeps_its_own() {
    let bench = Bench::shop();
    bench.start(SHOP, &[]).1.code(0);
    bench.registry.publish(&fixture("shop/1.1.0"), "1.1.0", &[]);
    let (timeline, _) = bench.start(SHOP, &["--page", "package-order/pages/list/list", "--modal", "none"]);
    let mut parts = fetched(&timeline);
    parts.sort_unstable();
    // Once of what runs, and then with the update.
    assert_eq!(
        parts.iter().filter(|part| **part == "package-order").count(),
        2,
        "{timeline:#?}"
    );
    assert!(!parts.contains(&"campaign"));
    for page in [
        "package-order/pages/coupons/coupons",
        "package-goods/pages/detail/detail?id=1",
    ] {
        let (offline, _) = bench.start(SHOP, &["--network", "offline", "--page", page]);
        assert_eq!(offline.booted(), ["1.1.0"]);
        assert!(offline.one("page.ready").text("path").starts_with(&page[..10]));
    }
}

#[test]
fn module_that_comes_late_is_that_of_the_running_version() {
    let bench = Bench::new();
    let page = format!("wx.getUpdateManager().onUpdateReady(() => {{ {REQUIRES} }})");
    bench.probe("1.0.0", &page);
    bench.start("wxit", &[]).1.code(0);
    bench.probe("2.0.0", &page);
    let (timeline, _) = bench.start("wxit", &[]);
    assert_eq!(timeline.after("update.ready").console(), ["late 1.0.0"]);
}

#[test]
fn pages_of_a_part_load_no_more_than_two_megabytes_ahead() {
    let bench = Bench::new();
    let json = r#"{"pages":["pages/a/a"],"subPackages":[{"root":"one","pages":["p"]},{"root":"two","pages":["p"]}],
        "preloadRule":{"pages/a/a":{"packages":["one","two"]}}}"#;
    let large = format!("Page({{}}) // {}", "large ".repeat(200_000));
    for (name, text) in [
        ("project.config.json", r#"{"appid":"wxit"}"#),
        ("app.json", json),
        ("app.js", "App({})"),
        ("pages/a/a.js", "Page({})"),
        ("pages/a/a.wxml", ""),
        ("one/p.js", &large),
        ("one/p.wxml", ""),
        ("two/p.js", &large),
        ("two/p.wxml", ""),
    ] {
        bench.dir.write(&format!("large/{name}"), text);
    }
    bench.registry.publish(&bench.dir.at("large"), "1.0.0", &[]);
    let (timeline, _) = bench.start("wxit", &[]);
    assert_eq!(fetched(&timeline), ["__APP__", "one"]);
    let skipped = timeline.one("preload.skipped");
    assert_eq!(skipped.text("part"), "two");
    assert!(skipped.text("reason").contains("may load ahead"), "{skipped:?}");
}

#[test]
fn virtual_time_passes_while_a_download_is_tried_again() {
    let mut bench = Bench::new();
    bench.probe("1.0.0", "");
    bench.start("wxit", &[]).1.code(0);
    bench.probe("2.0.0", REQUIRES);
    bench.start("wxit", &[]).1.code(0);
    bench.registry.stop();
    let (timeline, ran) = bench.start("wxit", &[]);
    assert_eq!(timeline.console(), ["loadSubPackage: fail, subPackage: late"], "{ran}");
    assert!(
        timeline.one("subpackage.failed").at >= 1000,
        "three tries take their time"
    );
    let (timeline, ran) = bench.start("wxit", &["--page", "late/p/p"]);
    ran.code(1);
    assert!(timeline.has("subpackage.failed"));
}

#[test]
fn page_that_started_alone_routes_into_the_main_package() {
    let bench = Bench::new();
    let json = r#"{"pages":["pages/a/a"],"subPackages":[{"root":"alone","pages":["p"],"independent":true}]}"#;
    for (name, text) in [
        ("project.config.json", r#"{"appid":"wxit"}"#),
        ("app.json", json),
        ("app.js", "App({ onLaunch() { console.log('launched') } })"),
        ("lib.js", "module.exports = 'of the main package'"),
        (
            "pages/a/a.js",
            "Page({ onLoad() { console.log(require('../../lib')) } })",
        ),
        ("pages/a/a.wxml", ""),
        (
            "alone/p.js",
            "Page({ onLoad() { console.log('alone', getApp()); wx.redirectTo({ url: '/pages/a/a' }) } })",
        ),
        ("alone/p.wxml", ""),
    ] {
        bench.dir.write(&format!("alone/{name}"), text);
    }
    bench.registry.publish(&bench.dir.at("alone"), "1.0.0", &[]);
    let (timeline, ran) = bench.start("wxit", &["--page", "alone/p"]);
    ran.code(0);
    assert_eq!(
        timeline.console(),
        ["alone undefined", "launched", "of the main package"]
    );
    assert_eq!(fetched(&timeline), ["alone", "__APP__"]);
}

#[test]
fn app_that_is_brought_back_at_a_page_of_a_subpackage_fetches_it_or_stays_where_it_was() {
    let mut bench = Bench::new();
    bench.probe("1.0.0", "");
    let back = ["--at", "1s:background", "--at", "2s:foreground=late/p/p"];
    bench.start("wxit", &[]).1.code(0);
    let pages = |timeline: &Timeline| -> Vec<String> {
        timeline
            .all("page.show")
            .map(|entry| entry.text("path").to_owned())
            .collect()
    };
    let (offline, _) = bench.start("wxit", &[&back[..], &["--network", "offline"]].concat());
    assert_eq!(pages(&offline), ["pages/a/a", "pages/a/a"]);
    assert_eq!(offline.one("subpackage.failed").text("part"), "late");
    let (online, _) = bench.start("wxit", &back);
    assert_eq!(pages(&online), ["pages/a/a", "late/p/p"]);
    bench.registry.stop();
    let (held, _) = bench.start("wxit", &back);
    assert_eq!(pages(&held), ["pages/a/a", "late/p/p"]);
}
