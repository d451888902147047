//! The simulated device, driven by a file and by the command line with the same words.

use crate::program::setup;

const APP: &str = "
    App({})
    wx.onNetworkStatusChange(({ networkType }) => console.log('network', networkType))
    wx.onMemoryWarning(({ level }) => console.log('memory', level))
    wx.onAppShow(({ scene, path }) => console.log('shown', scene, path))
    console.log(wx.getDeviceInfo().model, wx.getWindowInfo().screenWidth)
    wx.getLocation({ fail: (res) => console.log(res.errMsg) })
    wx.scanCode({ success: (res) => console.log('scanned', res.result) })
    wx.chooseImage({ success: (res) => console.log('chosen', res.tempFiles[0].size) })
";

const FILE: &str = "
    model = 'tall'
    album = ['cat.jpg']
    screen.width = 412
    permissions.userLocation = 'deny'
    answers.scanCode = 'from the file'
    [[at]]
    time = '2s'
    network = '3g'
";

#[test]
fn a_file_and_events_drive_the_device() {
    let (dir, cmd) = setup();
    let app = dir.app("phone", APP, "Page({})");
    let app_json = r#"{"pages":["pages/index/index"],"requiredPrivateInfos":["getLocation"]}"#;
    dir.write("phone/app.json", app_json);
    dir.write("phone.toml", FILE);
    dir.write("cat.jpg", "not really a cat");
    let file = dir.at("phone.toml");
    let events = [
        "--at",
        "3s:memoryWarning=10",
        "--at",
        "4s:network=none",
        "--at",
        "5s:share=pages/index/index",
    ];
    let args = [
        &["run", &app, "--clock", "virtual", "--device-profile", &file][..],
        &events,
    ]
    .concat();
    let out = cmd.ok(&args).out;
    let expected = [
        "tall 412",
        "getLocation:fail auth deny",
        "scanned from the file",
        "chosen 16",
        "network 3g",
        "memory 10",
        "network none",
        "shown 1007 pages/index/index",
    ];
    let mut rest = out.as_str();
    for line in expected {
        let at = rest
            .find(line)
            .unwrap_or_else(|| panic!("{line} is not in its place:\n{out}"));
        rest = &rest[at..];
    }
    assert_eq!(cmd.ok(&args).out, out, "the same device does the same twice");
}

#[test]
fn a_change_outlives_a_restart_of_the_app() {
    let (dir, cmd) = setup();
    let js = "App({})
        console.log('theme', wx.getAppBaseInfo().theme, wx.getStorageSync('again'))
        if (!wx.getStorageSync('again')) setTimeout(() => {
            wx.setStorageSync('again', 'again')
            wx.restartMiniProgram({ path: 'pages/index/index' })
        }, 3000)";
    let app = dir.app("again", js, "Page({})");
    let out = cmd
        .ok(&["run", &app, "--clock", "virtual", "--at", "1s:theme=dark"])
        .out;
    assert!(out.contains("theme light") && out.contains("theme dark again"), "{out}");
    assert!(out.contains("device.change"), "{out}");
}

#[test]
fn words_that_mean_nothing_are_bad_input() {
    let (dir, cmd) = setup();
    let app = dir.app("bare", "App({})", "Page({})");
    dir.write("wrong.toml", "modle = 'x'");
    let file = dir.at("wrong.toml");
    for (args, said) in [
        (["--device-profile", file.as_str()], "modle"),
        (["--device-profile", "nowhere.toml"], "nowhere.toml"),
        (["--at", "2s:thema=dark"], "thema"),
        (["--at", "2s:theme=blue"], "blue"),
    ] {
        let ran = cmd.run(&[&["run", &app][..], &args].concat()).code(2);
        assert!(ran.err.contains(said), "{ran}");
    }
    let tried = cmd.run(&["test", "--device-profile", &file, &app]).code(2);
    assert!(tried.err.contains("modle"), "{tried}");
}

#[test]
fn the_menu_shares_what_the_page_says() {
    let (dir, cmd) = setup();
    let page = "Page({
        onShareAppMessage({ from }) {
            const promise = new Promise((done) => setTimeout(() => done({ title: 'later ' + from }), 500))
            return { title: 'now', path: 'pages/index/index?a=1', promise }
        },
    })";
    let app = dir.app("shares", "App({})", page);
    let shared = |item: &str| {
        let order = format!("1s:menu={item}");
        let args = ["run", &app, "--clock", "virtual", "--json", "--at", &order];
        let out = cmd.ok(&args).out;
        let line = out
            .lines()
            .find(|line| line.contains("\"page.share\""))
            .map(str::to_owned);
        let line = line.unwrap_or_else(|| panic!("nothing is shared:\n{out}"));
        serde_json::from_str::<serde_json::Value>(&line).unwrap()
    };
    let card = shared("shareAppMessage");
    assert_eq!(card["title"], "later menu", "{card}");
    assert_eq!(card["path"], "pages/index/index?a=1", "{card}");
    assert_eq!(card["handled"], true, "{card}");
    let timeline = shared("shareTimeline");
    assert_eq!(timeline["handled"], false, "{timeline}");
}
