//! `minirun init`: what it writes passes, and what is there stays.

use crate::program::setup;

#[test]
fn what_is_written_passes_and_is_not_written_over() {
    let (dir, cmd) = setup();
    let app = dir.app("app", "App({ onLaunch() { wx.getUpdateManager() } })", "Page({})");
    let ran = cmd.ok(&["init", &app]);
    for name in ["first.test.js", "minirun.d.ts", "jsconfig.json"] {
        assert!(ran.out.contains(&format!("wrote {app}/tests/{name}")), "{ran}");
    }
    assert!(ran.out.contains("packOptions.ignore"), "{ran}");
    let ran = cmd.ok(&["test", &dir.at("app/tests")]);
    assert!(
        ran.out.contains("todo the app > asks the person") && ran.out.contains("1 passed, 0 failed"),
        "{ran}"
    );
    dir.write("app/tests/first.test.js", "test('mine', () => {})");
    let again = cmd.ok(&["init", &app]);
    assert!(again.out.contains("kept  ") && !again.out.contains("wrote"), "{again}");
    let kept = std::fs::read_to_string(dir.path().join("app/tests/first.test.js")).unwrap();
    assert_eq!(kept, "test('mine', () => {})");
}

#[test]
fn a_project_with_its_app_in_a_folder_has_its_tests_beside_it() {
    let (dir, cmd) = setup();
    dir.app("p/src", "App({})", "Page({})");
    dir.write(
        "p/project.config.json",
        r#"{"miniprogramRoot": "src/", "appid": "wxit"}"#,
    );
    let ran = cmd.ok(&["init", &dir.at("p")]);
    assert!(!ran.out.contains("packOptions"), "{ran}");
    cmd.ok(&["test", &dir.at("p/tests")]);
    let ran = cmd.run(&["init", &dir.at("nothing")]).code(2);
    assert!(ran.err.contains("nothing"), "{ran}");
}
