//! One app opens another on the same device, and the person comes back.

use crate::program::{Dir, setup};
use crate::server::Registry;
use crate::timeline::Timeline;

const FIRST: &str = "App({
  onShow(options) { console.log('shown', options.scene, JSON.stringify(options.referrerInfo)) },
  onHide() { console.log('hidden') }
})";

const SECOND: &str = "App({ onShow(options) {
  console.log('shown', options.scene, JSON.stringify(options.query), JSON.stringify(options.referrerInfo), options.apiCategory)
} })";

const OPEN: &str = "Page({ onLoad() {
  wx.navigateToMiniProgram({
    appId: 'wxtwo', path: 'pages/index/index?a=1', extraData: { to: 2 }, complete(res) { console.log(res.errMsg) }
  })
} })";

fn apps(dir: &Dir, open: &str, second: &str) -> (String, String) {
    let first = dir.app("one", FIRST, open);
    let second = dir.app("two", SECOND, second);
    (first, format!("wxtwo={second}"))
}

/// What the apps said, each line with the app that said it where that is not the first.
fn said(timeline: &Timeline) -> Vec<String> {
    let line = |entry: &crate::timeline::Entry| format!("{} {}", entry.text("app"), entry.text("text"));
    timeline
        .all("console")
        .map(|entry| line(entry).trim().to_owned())
        .collect()
}

const THERE: [&str; 4] = [
    "shown 1001 {}",
    "hidden",
    r#"wxtwo shown 1037 {"a":"1"} {"appId":"wxit","extraData":{"to":2}} default"#,
    "navigateToMiniProgram:ok",
];

#[test]
fn the_other_app_runs_and_gives_an_answer_back() {
    let (dir, cmd) = setup();
    let back = "Page({ onReady() { setTimeout(() => wx.navigateBackMiniProgram({ extraData: { back: 1 } }), 3000) } })";
    let (first, second) = apps(&dir, OPEN, back);
    for carrier in ["process", "thread"] {
        let args = ["--mini-program", &second, "--modal", "confirm", "--carrier", carrier];
        let (timeline, ran) = cmd.timeline(&first, &args);
        let ran = ran.code(0);
        let here = r#"shown 1038 {"appId":"wxtwo","extraData":{"back":1}}"#;
        assert_eq!(said(&timeline), [&THERE[..], &[here]].concat(), "{ran}");
        let of_second = timeline.all("page.load").filter(|entry| entry.text("app") == "wxtwo");
        assert_eq!(of_second.count(), 1, "{ran}");
        let shown = timeline.all("app.show").last().unwrap();
        assert!(shown.at >= 3000 && !shown.rest.contains_key("app"), "{ran}");
        assert!(timeline.one("modal.show").text("content").contains("wxtwo"));
    }
}

#[test]
fn the_person_comes_back_from_an_app_that_exits_or_has_nothing_left_to_do() {
    let here = r#"shown 1038 {"appId":"wxtwo","extraData":{}}"#;
    for page in [
        "Page({ onLoad() { wx.exitMiniProgram() } })",
        "Page({})",
        "Page({ onLoad() { for (;;) [].at(0) } })",
    ] {
        let (dir, cmd) = setup();
        let (first, second) = apps(&dir, OPEN, page);
        let args = ["--mini-program", &second, "--modal", "confirm", "--loop-limit", "1000"];
        let (timeline, ran) = cmd.timeline(&first, &args);
        assert_eq!(said(&timeline), [&THERE[..], &[here]].concat(), "{ran}");
        // What goes wrong in the other app is a failure of the run.
        assert_eq!(ran.code, Some(i32::from(page.contains("for"))), "{ran}");
    }
}

#[test]
fn an_app_that_is_opened_again_is_the_same_one() {
    let (dir, cmd) = setup();
    let open = "
        const open = () => wx.navigateToMiniProgram({ appId: 'wxtwo' })
        let back = false
        wx.onAppShow(() => { if (!back) open(); back = true })
        open()
        Page({})";
    let second = "
        let times = 0
        const turn = () => { times += 1; console.log('time', times); wx.navigateBackMiniProgram() }
        wx.onAppShow(turn)
        turn()
        setInterval(() => {}, 1000)
        Page({})";
    let (first, second) = apps(&dir, open, second);
    let (timeline, ran) = cmd.timeline(&first, &["--mini-program", &second, "--modal", "confirm"]);
    let ran = ran.code(0);
    let times: Vec<_> = timeline
        .console()
        .into_iter()
        .filter(|text| text.starts_with("time"))
        .collect();
    assert_eq!(times, ["time 1", "time 2"], "{ran}");
    assert_eq!(timeline.all("boot").count(), 2, "{ran}");
}

#[test]
fn a_person_who_does_not_want_to_stays() {
    let (dir, cmd) = setup();
    let (first, second) = apps(&dir, OPEN, "Page({})");
    let (timeline, ran) = cmd.timeline(&first, &["--mini-program", &second, "--modal", "cancel"]);
    ran.code(0);
    assert_eq!(said(&timeline), ["shown 1001 {}", "navigateToMiniProgram:fail cancel"]);
}

#[test]
fn an_app_that_is_not_there_cannot_be_opened() {
    let (dir, cmd) = setup();
    let (first, _) = apps(&dir, OPEN, "Page({})");
    let (timeline, ran) = cmd.timeline(&first, &["--modal", "confirm"]);
    ran.code(0);
    assert_eq!(
        said(&timeline),
        ["shown 1001 {}", "navigateToMiniProgram:fail invalid appid"]
    );
    assert!(!timeline.has("modal.show"));
    cmd.run(&["run", &first, "--mini-program", "wxtwo"]).code(2);
    cmd.run(&["run", &first, "--mini-program", "wxtwo=no/such/folder"])
        .code(2);
}

#[test]
fn an_embedded_app_and_a_third_one_are_opened_alike() {
    let (dir, cmd) = setup();
    let (first, second) = apps(
        &dir,
        &OPEN.replace("navigateTo", "openEmbedded"),
        "Page({ onLoad() { wx.navigateToMiniProgram({ appId: 'wxthree' }) } })",
    );
    let third = format!("wxthree={}", dir.app("three", SECOND, "Page({})"));
    let args = [
        "--mini-program",
        &second,
        "--mini-program",
        &third,
        "--modal",
        "confirm",
    ];
    let (timeline, ran) = cmd.timeline(&first, &args);
    let ran = ran.code(0);
    let expected = [
        "shown 1001 {}",
        "hidden",
        r#"wxtwo shown 1037 {"a":"1"} {"appId":"wxit","extraData":{"to":2}} embedded"#,
        "openEmbeddedMiniProgram:ok",
        r#"wxthree shown 1037 {} {"appId":"wxtwo","extraData":{}} default"#,
        r#"wxtwo shown 1038 {} {"appId":"wxthree","extraData":{}} default"#,
        r#"shown 1038 {"appId":"wxtwo","extraData":{}}"#,
    ];
    // The query of the page that it comes back to is that of its launch.
    let said: Vec<_> = said(&timeline)
        .into_iter()
        .map(|line| line.replace(r#"1038 {"a":"1"}"#, "1038 {}"))
        .collect();
    assert_eq!(said, expected, "{ran}");
}

#[test]
fn a_release_opens_another_one_of_its_registry() {
    let (dir, cmd) = setup();
    let registry = Registry::start(&dir, &cmd);
    let open = "
        const shown = ({ errMsg }) => console.log(errMsg)
        wx.navigateToMiniProgram({ appId: 'wxnone' }).catch(shown)
            .then(() => wx.navigateToMiniProgram({ appId: 'wxtwo' })).then(shown)
        Page({})";
    let (first, _) = apps(&dir, open, "Page({ onReady() { wx.navigateBackMiniProgram() } })");
    dir.write("two/project.config.json", r#"{"appid":"wxtwo"}"#);
    registry.publish(&first, "1.0.0", &[]);
    registry.publish(&dir.at("two"), "2.0.0", &[]);
    let device = dir.at("device");
    let args = ["--registry", &registry.url, "--device", &device, "--modal", "confirm"];
    let ran = cmd.ok(&[&["run", "wxit", "--json"][..], &args].concat());
    let timeline = Timeline::parse(&ran.out);
    let boots = timeline
        .all("boot")
        .map(|boot| (boot.text("app"), boot.text("appId"), boot.text("version")));
    let expected = [("", "wxit", "1.0.0"), ("wxtwo", "wxtwo", "2.0.0")];
    assert_eq!(boots.collect::<Vec<_>>(), expected, "{ran}");
    let said = said(&timeline);
    assert!(
        said.contains(&"navigateToMiniProgram:fail invalid appid".to_owned()),
        "{ran}"
    );
    let back = r#"shown 1038 {"appId":"wxtwo","extraData":{}}"#;
    assert_eq!(said.last().unwrap(), back, "{ran}");
}

#[test]
fn what_two_apps_do_at_the_same_time_has_an_order_that_repeats() {
    let (dir, cmd) = setup();
    let ticks = |name: &str| {
        format!(
            "let n = 0; const id = setInterval(() => {{ console.log('{name}', ++n); if (n > 20) clearInterval(id) }}, 100)"
        )
    };
    let (first, second) = apps(
        &dir,
        &format!("{}\n{OPEN}", ticks("one")),
        &format!("{}\nPage({{}})", ticks("two")),
    );
    let run = || {
        let args = ["--mini-program", &second, "--modal", "confirm"];
        cmd.timeline(&first, &args).1.code(0).out
    };
    let out = run();
    for _ in 0..4 {
        assert_eq!(run(), out);
    }
}
