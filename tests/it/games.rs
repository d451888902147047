//! Mini games: packages with game.json.

use crate::program::{fixture, setup};

#[test]
fn a_game_plays_in_virtual_time_and_is_repeatable() {
    let (dir, cmd) = setup();
    let dump = dir.at("dump.json");
    let play = || cmd.timeline(&fixture("bounce/1.0.0"), &["--dump", &dump]);
    let ((timeline, ran), (again, _)) = (play(), play());
    let ran = ran.code(0);
    assert_eq!(timeline.kinds(), ["boot", "app.launch", "app.show", "exit"], "{ran}");
    let said = timeline.console();
    assert!(
        said.contains(&"level second: 3 bounces in 375 frames, best 375"),
        "{ran}"
    );
    assert_eq!(said, again.console());
    let dump: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(dump).unwrap()).unwrap();
    assert_eq!(dump["drawn"]["2d.drawImage"], 375);
    assert_eq!(dump["storage"]["best"], 375);
}

#[test]
fn a_game_hears_of_the_background_and_has_no_frames_there() {
    let (_dir, cmd) = setup();
    let events = ["--at", "1s:background", "--at", "4s:foreground=x?a=1"];
    let (timeline, ran) = cmd.timeline(&fixture("bounce/1.0.0"), &events);
    let ran = ran.code(0);
    assert!(timeline.console().contains(&"hidden"), "{ran}");
    let frames = timeline
        .0
        .iter()
        .filter(|entry| entry.text("text").contains("sound") && (1000..4000).contains(&entry.at));
    assert_eq!(frames.count(), 0, "{ran}");
    assert_eq!(timeline.all("app.show").count(), 2, "{ran}");
}

#[test]
fn a_game_updates_itself() {
    let (_dir, cmd) = setup();
    let args = ["--simulate-update", &fixture("bounce/1.1.0")];
    let (timeline, ran) = cmd.timeline(&fixture("bounce/1.0.0"), &args);
    let ran = ran.code(0);
    assert_eq!(timeline.booted(), ["1.0.0", "1.1.0"], "{ran}");
    assert!(timeline.console().contains(&"1.1.0 launched by scene 1001"), "{ran}");
}

#[test]
fn a_game_that_throws_at_its_start_gives_way_to_the_last_good_version() {
    let (dir, cmd) = setup();
    for (name, script) in [
        ("good", "console.log('good')"),
        ("bad", "console.log('bad')\nnothing.here"),
    ] {
        dir.write(&format!("{name}/game.json"), "{}");
        dir.write(&format!("{name}/game.js"), script);
    }
    let update = "const u = wx.getUpdateManager(); u.onUpdateReady(() => u.applyUpdate()); console.log('good')";
    dir.write("good/game.js", update);
    let (timeline, ran) = cmd.timeline(&dir.at("good"), &["--simulate-update", &dir.at("bad")]);
    let error = timeline.one("error");
    assert_eq!(
        (error.text("file"), &error.rest["line"]),
        ("game.js", &2.into()),
        "{ran}"
    );
    assert!(timeline.has("rollback"), "{ran}");
    assert_eq!(timeline.console(), ["good", "bad", "good"], "{ran}");
}

#[test]
fn the_browser_of_a_games_adapter_is_found_by_its_names() {
    let (dir, cmd) = setup();
    dir.write("game/game.json", "{}");
    let script = "const before = typeof window
        GameGlobal.window = GameGlobal
        GameGlobal.document = { title: 'mine' }
        console.log(before, typeof window.GameGlobal, document.title)";
    dir.write("game/game.js", script);
    let (timeline, ran) = cmd.timeline(&dir.at("game"), &[]);
    let ran = ran.code(0);
    assert_eq!(timeline.console(), ["undefined object mine"], "{ran}");
}

#[test]
fn what_is_wrong_with_a_game_is_told_with_its_file() {
    let (dir, cmd) = setup();
    dir.write("game/game.json", "{\n  \"deviceOrientation\": \"portrait\",\n  \"orientation\": 1,\n  \"subpackages\": [{ \"root\": \"part/\" }]\n}");
    let ran = cmd.run(&["run", &dir.at("game")]).code(1);
    for told in ["game.js is missing", "part/game.js is missing"] {
        assert!(ran.err.contains(told), "{ran}");
    }
    dir.write("game/game.js", "console.log('there')");
    dir.write("game/part/game.js", "");
    let ran = cmd.ok(&["run", &dir.at("game")]);
    assert!(ran.err.contains("game.json:3:3: unknown key"), "{ran}");
}

#[test]
fn a_game_is_opened_by_an_app() {
    let (dir, cmd) = setup();
    let page =
        "Page({ onLoad() { wx.navigateToMiniProgram({ appId: 'wxgame', path: '?level=2', extraData: { a: 1 } }) } })";
    let app = dir.app("app", "App({})", page);
    dir.write("game/game.json", "{}");
    dir.write(
        "game/game.js",
        "wx.onShow((o) => console.log(JSON.stringify([o.scene, o.query, o.referrerInfo])))",
    );
    let game = format!("wxgame={}", dir.at("game"));
    let (timeline, ran) = cmd.timeline(&app, &["--mini-program", &game, "--modal", "confirm"]);
    let ran = ran.code(0);
    let shown = r#"[1037,{"level":"2"},{"appId":"wxit","extraData":{"a":1}}]"#;
    assert_eq!(timeline.console(), [shown], "{ran}");
}
