//! The command line as a person or a script meets it: arguments, output, exit codes.

use crate::program::{Dir, fixture, setup};
use crate::timeline::Timeline;
use serde_json::{Value, json};
use std::io::Write;

fn bare(dir: &Dir, app_js: &str) -> String {
    dir.app("bare", app_js, "Page({ data: { n: 1 } })")
}

#[test]
fn help_lists_the_exit_codes() {
    let (_dir, cmd) = setup();
    for args in [&["--help"][..], &["run", "--help"], &["test", "--help"]] {
        let ran = cmd.ok(args);
        assert!(ran.out.contains("Exit codes:\n  0  done\n  1  the app failed"), "{ran}");
        assert_eq!(ran.err, "");
    }
    assert!(cmd.ok(&["--version"]).out.starts_with("minirun 0."));
}

#[test]
fn a_file_that_is_no_package_is_named_and_its_bytes_stay_off_the_terminal() {
    let (dir, cmd) = setup();
    let junk: Vec<u8> = (0..3000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    for (name, head) in [("junk.bin", &b""[..]), ("junk.zip", &b"PK\x03\x04"[..])] {
        let file = dir.path().join(name);
        std::fs::write(&file, [head, &junk].concat()).unwrap();
        let ran = cmd.run(&["run", &file.display().to_string()]).code(1);
        assert!(ran.err.contains(name) && ran.err.contains("minirun pack"), "{ran}");
        let odd = |c: char| c == char::REPLACEMENT_CHARACTER || (c.is_control() && c != '\n');
        assert!(!ran.err.contains(odd), "{ran}");
    }
}

fn trusting(file: &str) -> [&str; 8] {
    let registry = "http://127.0.0.1:1";
    ["run", "wx1", "--registry", registry, "--device", "d", "--trust", file]
}

#[test]
fn bad_arguments_and_input_are_exit_code_2_with_a_word_on_standard_error() {
    let (dir, cmd) = setup();
    let app = bare(&dir, "App({})");
    dir.write("text.txt", "no package");
    let cases: [(&[&str], &str); 27] = [
        (&[], "Usage"),
        (&["fly"], "fly"),
        (&["run"], "APP"),
        (&["run", "nowhere"], "no such file or folder"),
        (&["run", &app, "--modal", "maybe"], "expected confirm, cancel"),
        (&["run", &app, "--for", "soon"], "expected a time"),
        (&["run", &app, "--watchdog", "10x"], "expected a time"),
        (&["run", &app, "--memory", "much"], "expected a size"),
        (&["run", &app, "--network", "slow"], "slow"),
        (&["run", &app, "--clock", "sun"], "sun"),
        (&["run", &app, "--simulate-update", "nowhere"], "nowhere"),
        (&["run", "wx1", "--registry", "http://127.0.0.1:1"], "--device"),
        (
            &["run", "w/x", "--registry", "http://127.0.0.1:1", "--device", "d"],
            "published",
        ),
        (&["run", &app, "--dump", "no/such/folder/x"], "--dump"),
        (&["pack", "nowhere", "-o", "x"], "nowhere"),
        (&["device", "show", "nowhere"], "nowhere"),
        (&["device", "advance", "nowhere", "--", "-5d"], "expected a time"),
        (&["device", "advance", "nowhere", "99999999d"], "100 years"),
        (
            &["run", "wx1", "--registry", "nonsense", "--device", "d"],
            "expected an address",
        ),
        (
            &["run", "wx1", "--registry", "ftp://a", "--device", "d"],
            "expected an address",
        ),
        (&trusting("no-file"), "no-file"),
        (&trusting("text.txt"), "text.txt"),
        (
            &["release", "list", "wx1", "--store", "nowhere"],
            "no registry at nowhere",
        ),
        (
            &["release", "log", "wx1", "--store", "text.txt"],
            "no registry at text.txt",
        ),
        (
            &["release", "revoke", "wx1", "--store", "nowhere"],
            "no registry at nowhere",
        ),
        (&["release", "list", "wx1", "--store", "s3://a/b"], "not built in"),
        (
            &["release", "renew", "wx1", "--store", "nowhere", "--valid-days", "0"],
            "valid-days",
        ),
    ];
    for (args, word) in cases {
        let ran = cmd.run(args).code(2);
        assert!(ran.err.contains(word), "{word}\n{ran}");
    }
    assert!(!dir.path().join("nowhere").exists(), "a mistyped folder was made");
}

#[test]
fn file_that_is_no_package_is_refused() {
    let (dir, cmd) = setup();
    dir.write("text.txt", "no package");
    dir.write("broken.zip", "PK and then nothing");
    dir.write("empty/readme.txt", "");
    for name in ["text.txt", "broken.zip", "empty"] {
        let ran = cmd.run(&["run", &dir.at(name)]).code(1);
        assert!(ran.err.contains('×'), "{ran}");
    }
}

#[test]
fn zip_and_packed_file_run_like_the_folder() {
    let (dir, cmd) = setup();
    let app = bare(&dir, "App({}); console.log('the app')");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(dir.at("app.zip")).unwrap());
    for name in ["app.json", "app.js", "pages/index/index.js", "pages/index/index.wxml"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&std::fs::read(format!("{app}/{name}")).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    let packed = dir.at("app.mpkg");
    let listed = cmd.ok(&["pack", &app, "-o", &packed, "--json"]);
    assert!(serde_json::from_str::<Value>(&listed.out).unwrap().is_object());
    for input in [app, dir.at("app.zip"), packed] {
        let (timeline, ran) = cmd.timeline(&input, &[]);
        ran.code(0);
        assert_eq!(timeline.console(), ["the app"], "{input}");
        assert_eq!(timeline.one("boot").text("envVersion"), "develop");
    }
}

#[test]
fn pack_gives_the_same_bytes_twice() {
    let (dir, cmd) = setup();
    let files = ["a.mpkg", "b.mpkg"].map(|name| {
        cmd.ok(&["pack", &fixture("shop/1.0.0"), "-o", name]);
        std::fs::read(dir.at(name)).unwrap()
    });
    assert_eq!(files[0], files[1]);
}

#[test]
fn query_and_scene_reach_on_launch_and_the_page() {
    let (dir, cmd) = setup();
    let app_js = "App({ onLaunch(o) { console.log('launch', JSON.stringify([o.path, o.query, o.scene])) } })";
    let page_js = "Page({ onLoad(query) { console.log('load', JSON.stringify(query)) } })";
    let app = dir.app("app", app_js, page_js);
    let args = ["--page", "pages/index/index?id=7&name=%E4%BD%A0", "--scene", "1011"];
    let (timeline, ran) = cmd.timeline(&app, &args);
    ran.code(0);
    let printed = timeline.console();
    assert_eq!(
        printed[0],
        r#"launch ["pages/index/index",{"id":"7","name":"你"},1011]"#
    );
    assert!(printed[1].starts_with(r#"load {"id":"7","name":"#), "{printed:?}");
    assert_eq!(timeline.one("page.load").text("path"), "pages/index/index");
}

#[test]
fn page_that_is_missing_is_told_to_the_app_and_is_an_error_if_it_does_nothing() {
    let (dir, cmd) = setup();
    let silent = bare(&dir, "App({})");
    let (timeline, ran) = cmd.timeline(&silent, &["--page", "pages/gone/gone?a=1"]);
    ran.code(1);
    assert!(timeline.one("error").text("message").contains("pages/gone/gone"));
    let redirects = "App({ onPageNotFound(o) { console.log('gone', JSON.stringify(o));
        wx.redirectTo({ url: 'pages/index/index' }) } })";
    let app = dir.app("app", redirects, "Page({})");
    let (timeline, ran) = cmd.timeline(&app, &["--page", "pages/gone/gone?a=1"]);
    ran.code(0);
    let told = r#"gone {"path":"pages/gone/gone","query":{"a":"1"},"isEntryPage":true}"#;
    assert_eq!(timeline.console(), [told]);
    assert_eq!(timeline.one("page.ready").text("path"), "pages/index/index");
}

#[test]
fn uncaught_error_is_exit_code_1_and_the_app_goes_on() {
    let (dir, cmd) = setup();
    let app = bare(
        &dir,
        "App({})\nsetTimeout(() => console.log('later'), 20)\nsetTimeout(() => gone.x, 10)",
    );
    let (timeline, ran) = cmd.timeline(&app, &[]);
    ran.code(1);
    let error = timeline.one("error");
    assert!(error.text("message").starts_with("ReferenceError"), "{error:?}");
    assert_eq!((error.text("file"), error.rest["line"].as_u64()), ("app.js", Some(3)));
    assert_eq!(timeline.console(), ["later"]);
    let text = cmd.run(&["run", &app, "--clock", "virtual"]).code(1);
    assert!(
        text.out.contains("ReferenceError") && text.out.contains("app.js:3"),
        "{text}"
    );
}

#[test]
fn json_is_one_object_a_line_and_text_is_not() {
    let (dir, cmd) = setup();
    let app = bare(&dir, r#"App({}); console.log('two\nlines', "\"quoted\"")"#);
    let ran = cmd.ok(&["run", &app, "--json"]);
    let timeline = Timeline::parse(&ran.out);
    assert_eq!(timeline.0[0].kind, "boot");
    assert_eq!(timeline.console(), ["two\nlines \"quoted\""]);
    let ran = cmd.ok(&["run", &app]);
    let ready = |line: &str| line.contains("page.ready ") && line.ends_with(" pages/index/index");
    assert!(ran.out.lines().any(ready), "{ran}");
}

#[test]
fn output_that_is_no_terminal_or_unwanted_colour_has_no_escapes() {
    let (dir, cmd) = setup();
    let app = bare(&dir, "App({}); throw new Error('x')");
    for (name, value) in [("NO_COLOR", "1"), ("MINIRUN_NOTHING", "1")] {
        for args in [&["run", &app][..], &["run", &fixture("broken/bad-app-json")]] {
            let ran = crate::program::Ran::of(cmd.command(args).env(name, value), args);
            assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{ran}");
        }
    }
}

#[test]
fn dump_holds_global_data_the_page_stack_and_the_storage() {
    let (dir, cmd) = setup();
    let app_js = "App({ globalData: { user: 'ann' } }); wx.setStorageSync('key', { a: [1] })";
    let page_js = "Page({ data: { n: 1 }, onLoad() { this.setData({ n: 2 }) } })";
    let app = dir.app("app", app_js, page_js);
    cmd.ok(&["run", &app, "--page", "pages/index/index?q=1", "--dump", "state.json"]);
    let dump: Value = serde_json::from_slice(&std::fs::read(dir.at("state.json")).unwrap()).unwrap();
    assert_eq!(dump["globalData"], json!({ "user": "ann" }));
    assert_eq!(dump["storage"], json!({ "key": { "a": [1] } }));
    let page = &dump["pages"][0];
    assert_eq!(page["path"], "pages/index/index", "{dump}");
    assert_eq!(page["query"], json!({ "q": "1" }), "{dump}");
    assert_eq!(page["data"], json!({ "n": 2 }), "{dump}");
}

#[test]
fn traced_calls_have_name_arguments_result_and_duration() {
    let (dir, cmd) = setup();
    let app = bare(&dir, "App({}); wx.setStorageSync('k', 1); wx.getStorage({ key: 'k' })");
    let (timeline, ran) = cmd.timeline(&app, &["--trace-wx"]);
    let ran = ran.code(0);
    let calls: Vec<_> = timeline.all("wx").collect();
    let names: Vec<_> = calls.iter().map(|call| call.text("name")).collect();
    assert_eq!(names, ["setStorageSync", "getStorage"], "{ran}");
    assert!(calls[0].text("args").contains("\"k\""), "{ran}");
    assert!(calls[1].text("result").contains("getStorage:ok"), "{ran}");
    assert!(calls.iter().all(|call| call.rest["duration"].is_number()), "{ran}");
    let (timeline, _) = cmd.timeline(&app, &[]);
    assert!(!timeline.has("wx"));
}

#[test]
fn interval_keeps_the_app_running_for_as_long_as_asked() {
    let (dir, cmd) = setup();
    let app = bare(&dir, "App({}); setInterval(() => console.log('tick'), 1000)");
    for (time, ticks) in [("3500ms", 3), ("1m", 60)] {
        let (timeline, ran) = cmd.timeline(&app, &["--for", time]);
        ran.code(0);
        assert_eq!(timeline.console().len(), ticks);
        assert!(timeline.one("exit").at <= 60_000);
    }
}

#[test]
fn two_runs_in_virtual_time_print_the_same_bytes() {
    let (_dir, cmd) = setup();
    let (app, next) = (fixture("late-listeners/1.0.0"), fixture("late-listeners/1.1.0"));
    let args = [
        "run",
        &app,
        "--simulate-update",
        &next,
        "--modal",
        "confirm",
        "--clock",
        "virtual",
        "--json",
    ];
    assert_eq!(cmd.ok(&args).out, cmd.ok(&args).out);
}

#[test]
fn storage_stays_on_a_device_and_goes_with_it() {
    let (dir, cmd) = setup();
    let app = bare(
        &dir,
        "App({}); const n = (wx.getStorageSync('n') || 0) + 1; wx.setStorageSync('n', n); console.log(n)",
    );
    let device = dir.at("device");
    let start = |args: &[&str]| {
        let (timeline, ran) = cmd.timeline(&app, args);
        ran.code(0);
        timeline.console().join(",")
    };
    let kept: [&str; 2] = ["--device", &device];
    assert_eq!([start(&kept), start(&kept), start(&[])], ["1", "2", "1"]);
    dir.write("device/mine.txt", "not the device's");
    cmd.ok(&["device", "clear", &device]);
    assert_eq!(dir.list("device"), ["lock", "mine.txt"]);
    assert_eq!(start(&kept), "1");
}

#[test]
fn device_and_release_show_what_they_hold() {
    let (dir, cmd) = setup();
    let registry = crate::server::Registry::start(&dir, &cmd);
    let app = bare(&dir, "App({})");
    let published = registry.publish(&app, "1.0.0", &["--notes", "the first"]);
    assert!(
        published.out.contains("published wxit 1.0.0 as release 1"),
        "{published}"
    );
    let device = dir.at("device");
    cmd.timeline("wxit", &["--registry", &registry.url, "--device", &device])
        .1
        .code(0);
    let shown = cmd.ok(&["device", "show", &device]);
    assert!(shown.out.contains("runs       1.0.0 (release 1)"), "{shown}");
    let shown = cmd.ok(&["device", "show", &device, "--json"]);
    let shown: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(shown["users"][0]["active"], json!({ "id": 1, "version": "1.0.0" }));
    let store = dir.at("store");
    let list = cmd.ok(&["release", "list", "wxit", "--store", &store]);
    assert!(list.out.contains("1.0.0") && list.out.contains("the first"), "{list}");
    for what in ["list", "log"] {
        let ran = cmd.ok(&["release", what, "wxit", "--store", &store, "--json"]);
        assert!(
            ran.out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()),
            "{ran}"
        );
    }
    cmd.ok(&["device", "clear", &device]);
    assert!(!dir.list("device").contains(&"versions".to_owned()));
    let key = dir.path().join("store/keys/publisher.pem");
    std::fs::remove_file(&key).unwrap();
    let ran = cmd.run(&["release", "renew", "wxit", "--store", &store]).code(2);
    assert!(ran.err.contains("name one with --key") && !key.exists(), "{ran}");
}

#[test]
fn test_runner_has_its_exit_codes() {
    let (dir, cmd) = setup();
    dir.write("good.test.js", "test('good', () => { expect(1).toBe(1) })");
    dir.write("bad.test.js", "test('bad', () => { expect(1).toBe(2) })");
    dir.write("none.test.js", "");
    dir.write("broken.test.js", "test('");
    let cases = [("good", 0), ("bad", 3), ("none", 3), ("broken", 3), ("missing", 2)];
    for (name, code) in cases {
        cmd.run(&["test", &dir.at(&format!("{name}.test.js"))]).code(code);
    }
    cmd.run(&["test", &dir.at("good.test.js"), "--filter", "nothing like it"])
        .code(4);
    let json = cmd.ok(&["test", &dir.at("good.test.js"), "--reporter", "json"]);
    assert!(
        json.out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()),
        "{json}"
    );
}

#[test]
fn the_table_of_wx_is_printed_filtered_and_counted() {
    let (_dir, cmd) = setup();
    let all = cmd.ok(&["api"]);
    let (table, counts) = all.out.trim_end().rsplit_once('\n').unwrap();
    let numbers: Vec<usize> = counts.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert_eq!(numbers[0], numbers[1..].iter().sum::<usize>(), "{counts}");
    assert_eq!(table.lines().count(), numbers[0]);
    let one = cmd.ok(&["api", "--json", "--kind", "refused", "sendHCE"]);
    let row: Value = serde_json::from_str(one.out.trim()).unwrap();
    let note = "needs a chip of the phone";
    assert_eq!(
        row,
        json!({ "name": "sendHCEMessage", "kind": "refused", "since": "1.7.0", "note": note })
    );
    assert!(
        cmd.ok(&["api", "--kind", "real", "getStorage"])
            .out
            .contains("getStorageSync")
    );
    assert!(cmd.ok(&["api", "--kind", "real", "HCE"]).out.starts_with("0 names"));
}
