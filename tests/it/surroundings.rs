//! What a person puts around an app: the fixtures of its cloud environment, and plugins.

use crate::program::setup;

const CLOUD_APP: &str = "
    App({ onLaunch() {
        wx.cloud.init()
        const notes = wx.cloud.database().collection('notes')
        notes.add({ data: { a: 1 } }).then(() => notes.count()).then((res) => console.log('notes:', res.total))
            .catch((error) => console.log('failed', error.errCode))
        wx.cloud.callFunction({ name: 'login', fail: (error) => console.log('failed', error.errCode) })
    } })
";

#[test]
fn what_a_missing_fixture_is_called_is_on_the_timeline() {
    let (dir, cmd) = setup();
    let app = dir.app("cloudy", CLOUD_APP, "Page({})");
    let out = cmd.ok(&["run", &app]).out;
    assert!(
        out.contains("name a folder with --cloud-fixtures DIR; in it, add functions/login.json"),
        "{out}"
    );
    assert!(
        out.contains("failed -501000") && out.contains("failed -502005"),
        "{out}"
    );
    dir.write("cloud/database/notes.json", "[]");
    let folder = dir.at("cloud");
    let out = cmd.ok(&["run", &app, "--cloud-fixtures", &folder]).out;
    assert!(
        out.contains("add functions/login.json") && out.contains("notes: 1"),
        "{out}"
    );
    let out = cmd
        .run(&["run", &app, "--cloud-fixtures", &dir.at("nowhere")])
        .code(2)
        .err;
    assert!(out.contains("--cloud-fixtures"), "{out}");
}

#[test]
fn a_device_keeps_what_became_of_the_cloud_and_the_fixtures_stay() {
    let (dir, cmd) = setup();
    let app = dir.app("cloudy", CLOUD_APP, "Page({})");
    dir.write("cloud/database/notes.json", "[]");
    let (folder, device) = (dir.at("cloud"), dir.at("device"));
    for expected in ["notes: 1", "notes: 2"] {
        let out = cmd
            .ok(&["run", &app, "--cloud-fixtures", &folder, "--device", &device])
            .out;
        assert!(out.contains(expected), "{out}");
    }
    cmd.ok(&["device", "clear", &device, "--app", "wxit"]);
    for around in [&["--device", &device][..], &[]] {
        let args = [&["run", &app, "--cloud-fixtures", &folder][..], around].concat();
        let out = cmd.ok(&args).out;
        assert!(out.contains("notes: 1"), "{out}");
    }
    assert_eq!(
        std::fs::read_to_string(dir.at("cloud/database/notes.json")).unwrap(),
        "[]"
    );
}

#[test]
fn a_plugin_is_given_by_the_apps_name_for_it_or_by_its_provider() {
    let (dir, cmd) = setup();
    let app_js = "
        App({ onLaunch() {
            try { console.log(requirePlugin('mine').text) } catch (error) { console.log('caught', error.message) }
        } })
    ";
    let app = dir.app("plugged", app_js, "Page({})");
    let app_json =
        r#"{ "pages": ["pages/index/index"], "plugins": { "mine": { "version": "1.0.0", "provider": "wxaa" } } }"#;
    dir.write("plugged/app.json", app_json);
    dir.write("plugin/plugin.json", r#"{ "main": "main.js" }"#);
    dir.write("plugin/main.js", "exports.text = 'out of the plugin'");
    let folder = dir.at("plugin");
    for name in ["mine", "wxaa"] {
        let out = cmd.ok(&["run", &app, "--plugin", &format!("{name}={folder}")]).out;
        assert!(out.contains("out of the plugin"), "{out}");
    }
    let out = cmd.ok(&["run", &app]).out;
    assert!(out.contains("caught plugin \"mine\" is not defined"), "{out}");
    assert!(out.contains("name the plugin's folder with --plugin mine=DIR"), "{out}");
    let out = cmd.run(&["run", &app, "--plugin", &format!("mine={app}")]).code(2).err;
    assert!(out.contains("plugin.json"), "{out}");
}
