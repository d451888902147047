//! Components of subpackages that come over the network, and what stands for them until then.

use crate::program::{Cmd, Dir, Ran, setup};
use crate::server::Registry;
use crate::timeline::Timeline;

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

    /// Publishes an app whose page may use a component of the subpackage `late`.
    fn publish(&self, version: &str, page_json: &str) {
        let app = r#"{"pages":["pages/a/a"],"subPackages":[{"root":"late","pages":["p/p"]}]}"#;
        let page = "wx.onLazyLoadError((e) => console.log(JSON.stringify(e)))\nPage({ data: { n: 1 } })";
        let card =
            "Component({ properties: { n: Number }, attached() { console.log('card attached ' + this.data.n) } })";
        for (name, text) in [
            ("project.config.json", r#"{"appid":"wxit"}"#),
            ("app.json", app),
            ("app.js", "App({})"),
            ("pages/a/a.js", page),
            ("pages/a/a.json", page_json),
            ("pages/a/a.wxml", "<card n=\"{{n}}\"><text>in</text></card>"),
            ("late/p/p.js", "Page({})"),
            ("late/p/p.wxml", ""),
            ("late/card/index.js", card),
            ("late/card/index.json", r#"{"component":true}"#),
            ("late/card/index.wxml", "<view>card</view><slot/>"),
        ] {
            self.dir.write(&format!("probe/{name}"), text);
        }
        self.registry.publish(&self.dir.at("probe"), version, &[]);
    }

    fn start(&self, words: &[&str]) -> (Timeline, Ran) {
        let device = self.dir.at("device");
        let common = ["--registry", &self.registry.url, "--device", &device, "--print-tree"];
        self.cmd.timeline("wxit", &[&common, words].concat())
    }
}

fn tree(timeline: &Timeline) -> &str {
    timeline.one("tree").text("text")
}

const REPLACED: &str = r#"{"usingComponents":{"card":"/late/card"},"componentPlaceholder":{"card":"view"}}"#;
const CARD: &str = "<card n=1>\n  #shadow\n    <view>\n      \"card\"\n    <slot>\n  <text>\n    \"in\"\n";

#[test]
fn a_component_of_a_subpackage_is_fetched_when_its_placeholder_is_shown() {
    let bench = Bench::new();
    bench.publish("1.0.0", REPLACED);
    let (first, ran) = bench.start(&[]);
    let after = first.after("page.ready");
    let downloads: Vec<_> = after.all("update.download").map(|entry| entry.text("part")).collect();
    assert_eq!(downloads, ["late"], "{ran}");
    assert_eq!(
        (first.console(), tree(&first)),
        (vec!["card attached 1"], CARD),
        "{ran}"
    );
    // What has come stays on the device.
    let (again, ran) = bench.start(&["--network", "offline"]);
    assert_eq!(
        (again.console(), tree(&again)),
        (vec!["card attached 1"], CARD),
        "{ran}"
    );
}

#[test]
fn the_placeholder_stays_where_the_subpackage_cannot_be_had_and_the_app_is_told() {
    let bench = Bench::new();
    bench.publish("1.0.0", "{}");
    bench.start(&[]).1.code(0);
    bench.publish("2.0.0", REPLACED);
    // The update is taken at the start after this one.
    bench.start(&[]).1.code(0);
    let (timeline, ran) = bench.start(&["--network", "offline"]);
    assert!(tree(&timeline).starts_with("<view n=1>\n  <text>"), "{ran}");
    assert_eq!(timeline.one("subpackage.failed").text("part"), "late", "{ran}");
    let told = r#"{"type":"subpackage","subpackage":["late"],"errMsg":"loadSubPackage: fail, subPackage: late"}"#;
    assert_eq!(timeline.console(), [told], "{ran}");
}

#[test]
fn a_component_of_a_subpackage_without_a_placeholder_is_an_error_that_says_what_to_do() {
    let bench = Bench::new();
    bench.publish("1.0.0", r#"{"usingComponents":{"card":"/late/card"}}"#);
    let (timeline, ran) = bench.start(&[]);
    let ran = ran.code(1);
    let error = timeline
        .all("error")
        .next()
        .unwrap_or_else(|| panic!("no error\n{ran}"));
    assert!(error.text("message").contains("subpackage late"), "{ran}");
    assert!(error.text("message").contains("componentPlaceholder"), "{ran}");
    assert_eq!(error.text("file"), "pages/a/a.json", "{ran}");
}

#[test]
fn components_that_are_read_when_they_are_used_come_after_their_placeholders() {
    let (dir, cmd) = setup();
    let app = dir.app("app", "App({})", "Page({ onReady() { console.log('page ready') } })");
    for (name, text) in [
        (
            "app.json",
            r#"{"pages":["pages/index/index"],"lazyCodeLoading":"requiredComponents"}"#,
        ),
        (
            "pages/index/index.json",
            r#"{"usingComponents":{"card":"/card","bare":"/bare"},"componentPlaceholder":{"card":"view"}}"#,
        ),
        ("pages/index/index.wxml", "<card/><bare/>"),
        (
            "card.js",
            "Component({ attached() { console.log('card') }, ready() { console.log('card ready') } })",
        ),
        ("card.json", r#"{"component":true}"#),
        ("card.wxml", "<view/>"),
        ("bare.js", "Component({ attached() { console.log('bare') } })"),
        ("bare.json", r#"{"component":true}"#),
        ("bare.wxml", "<view/>"),
    ] {
        dir.write(&format!("app/{name}"), text);
    }
    let (timeline, ran) = cmd.timeline(&app, &[]);
    assert_eq!(
        timeline.console(),
        ["bare", "page ready", "card", "card ready"],
        "{ran}"
    );
}
