//! Workers, as an app and the timeline see them.

use crate::program::{Cmd, Dir, setup};

fn app(dir: &Dir, page: &str, worker: &str) -> String {
    let app = dir.app("app", "App({})", page);
    dir.write(
        "app/app.json",
        r#"{"pages":["pages/index/index"],"workers":{"path":"workers"}}"#,
    );
    dir.write("app/workers/main.js", worker);
    app
}

/// The console of a run on a carrier, and its exit code.
fn run(cmd: &Cmd, app: &str, carrier: &str, more: &[&str]) -> (Vec<String>, Option<i32>) {
    let (timeline, ran) = cmd.timeline(app, &[&["--carrier", carrier], more].concat());
    let said = timeline.console().into_iter().map(str::to_owned).collect();
    (said, ran.code)
}

#[test]
fn what_a_worker_says_and_throws_is_on_the_timeline_with_its_name() {
    let (dir, cmd) = setup();
    let page = "const w = wx.createWorker('workers/main.js')\nw.postMessage(1)\nPage({})";
    let worker = "console.log('up')\nworker.onMessage(() => {\n  nothing.here\n})";
    let app = app(&dir, page, worker);
    for carrier in ["process", "thread"] {
        let (timeline, ran) = cmd.timeline(&app, &["--carrier", carrier]);
        let ran = ran.code(1);
        assert_eq!(timeline.one("console").text("worker"), "workers/main.js", "{ran}");
        let error = timeline.one("error");
        assert_eq!(error.text("worker"), "workers/main.js");
        assert_eq!(error.text("file"), "workers/main.js");
        assert_eq!(error.rest["line"], 3, "{ran}");
    }
}

#[test]
fn a_script_of_a_worker_that_does_not_run_is_told_with_its_line() {
    let (dir, cmd) = setup();
    let page = "wx.createWorker('workers/main.js').onError((e) => console.log(e.filename, e.lineno))\nPage({})";
    let app = app(&dir, page, "const a = 1\nthrow new Error('early')");
    assert_eq!(run(&cmd, &app, "process", &[]).0, ["workers/main.js 2"]);
    dir.write("app/workers/main.js", "const a = 1\nlet let = 2");
    assert_eq!(run(&cmd, &app, "process", &[]).0, ["workers/main.js 2"]);
}

#[test]
fn a_worker_that_never_comes_back_is_ended_and_the_app_goes_on() {
    let (dir, cmd) = setup();
    let page = "
        const w = wx.createWorker('workers/main.js')
        w.onProcessKilled(() => {
            console.log('killed')
            wx.createWorker('workers/other.js').onMessage((m) => console.log(m))
        })
        Page({})";
    let app = app(&dir, page, "for (;;) [].at(0)");
    dir.write("app/workers/other.js", "worker.postMessage('another one')");
    for limit in [["--loop-limit", "1000"], ["--watchdog", "1s"]] {
        let (said, code) = run(&cmd, &app, "process", &limit);
        assert_eq!(said, ["killed", "another one"], "{limit:?}");
        assert_eq!(code, Some(1));
    }
}

#[test]
fn a_worker_stands_still_while_its_app_is_suspended() {
    let (dir, cmd) = setup();
    let page = "
        const began = Date.now()
        const w = wx.createWorker('workers/main.js')
        let heard = 0
        w.onMessage(() => {
            console.log(Date.now() - began)
            heard += 1
            if (heard === 7) w.terminate()
        })
        Page({})";
    let app = app(&dir, page, "setInterval(() => worker.postMessage(1), 1000)");
    let events = ["--at", "500ms:background", "--at", "60s:foreground"];
    let (said, code) = run(&cmd, &app, "process", &events);
    assert_eq!(said, ["1000", "2000", "3000", "4000", "5000", "60000", "61000"]);
    assert_eq!(code, Some(0));
}

#[test]
fn a_restart_ends_the_worker_of_the_old_version() {
    let (dir, cmd) = setup();
    let page = "
        const { scene } = wx.getLaunchOptionsSync()
        const w = wx.createWorker('workers/main.js')
        let heard = 0
        w.onMessage(() => {
            heard += 1
            if (heard === 3 && !wx.getStorageSync('again')) {
                wx.setStorageSync('again', true)
                return wx.restartMiniProgram({ path: '/pages/index/index' })
            }
            if (heard === 3) { console.log('three again'); w.terminate() }
        })
        Page({})";
    let app = app(&dir, page, "setInterval(() => worker.postMessage(1), 100)");
    for carrier in ["process", "thread"] {
        assert_eq!(run(&cmd, &app, carrier, &[]), (vec!["three again".to_owned()], Some(0)));
    }
}

#[test]
fn workers_do_their_work_in_real_time_too() {
    let (dir, cmd) = setup();
    let page = "
        const w = wx.createWorker('workers/main.js')
        w.onMessage(({ sum, bytes }) => { console.log(sum, bytes.byteLength); w.terminate() })
        w.postMessage({ upTo: 1000, bytes: new ArrayBuffer(100000) })
        Page({})";
    let worker = "
        worker.onMessage(({ upTo, bytes }) => {
            let sum = 0
            for (let i = 1; i <= upTo; i++) sum += i
            worker.postMessage({ sum, bytes })
        })";
    let app = app(&dir, page, worker);
    let ran = cmd.ok(&["run", &app, "--json", "--for", "30s"]);
    assert!(ran.out.contains("500500 100000"), "{ran}");
}
