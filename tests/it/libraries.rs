//! Component libraries as they are published: each of their components is mounted once, and some are used.
//!
//! They come from npm, pinned in `tests/libraries`. Where npm cannot install them this says that it looked at nothing;
//! `.ci/run` does not go on.

use crate::program::{Cmd, Dir, setup};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Components that need what nothing here has: the renderer with worklets.
const OTHER_RENDERER: [&str; 1] = ["weui-miniprogram/slideview/slideview-skyline"];

/// The library's fixture, an app and its tests, with what npm has installed.
fn installed(name: &str) -> Option<PathBuf> {
    // One test installs, and the others wait for it.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/libraries").join(name);
    if !root.join("app/node_modules").is_dir() {
        let npm = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(root.join("app"))
            .output();
        if !npm.is_ok_and(|output| output.status.success()) {
            println!("skipped: npm could not install {name}, so none of it was looked at");
            return None;
        }
    }
    Some(root)
}

/// Copies all files but what npm has installed, which is linked.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_name() == "node_modules" {
            std::os::unix::fs::symlink(entry.path(), target).unwrap();
        } else if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Paths of all components below `miniprogram_npm`, without extension.
fn components(npm: &Path, below: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            components(npm, &path, found);
        } else if path.extension().is_some_and(|end| end == "json") {
            let json: Option<Value> = serde_json::from_slice(&std::fs::read(&path).unwrap()).ok();
            if json.is_some_and(|json| json["component"] == true) {
                let path = path.strip_prefix(npm).unwrap().with_extension("");
                found.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
}

/// The app with `miniprogram_npm` as `npm-build` makes it.
fn built(name: &str) -> Option<(Dir, Cmd, String)> {
    let root = installed(name)?;
    let (dir, cmd) = setup();
    copy(&root, dir.path());
    let app = dir.at("app");
    cmd.ok(&["npm-build", &app]);
    Some((dir, cmd, app))
}

/// Mounts each component on a page of its own, one page after the other.
fn mount_each(name: &str, published: usize) {
    let Some((dir, cmd, app)) = built(name) else { return };
    let npm = Path::new(&app).join("miniprogram_npm");
    let mut all = Vec::new();
    components(&npm, &npm, &mut all);
    assert_eq!(all.len(), published, "{name}");
    all.retain(|path| !OTHER_RENDERER.contains(&path.as_str()));
    let given = std::fs::read(dir.at("mounts.json")).unwrap_or(b"{}".to_vec());
    let given: BTreeMap<String, String> = serde_json::from_slice(&given).unwrap();
    let mut pages = vec!["pages/start/start".to_owned()];
    for (index, path) in all.iter().enumerate() {
        let page = format!("pages/mount-{index}/page");
        let attributes = given.get(path).map_or("", String::as_str);
        dir.write(
            &format!("app/{page}.json"),
            &json!({ "usingComponents": { "mounted-one": path } }).to_string(),
        );
        dir.write(
            &format!("app/{page}.wxml"),
            &format!("<mounted-one id=\"one\" {attributes}/>"),
        );
        let script = format!("Page({{ onReady() {{ getApp().mounted('{path}', this.selectComponent('#one')) }} }})");
        dir.write(&format!("app/{page}.js"), &script);
        pages.push(page);
    }
    dir.write("app/app.json", &json!({ "pages": pages }).to_string());
    let script = format!(
        "const pages = {}\nApp({{ globalData: {{ log: [] }}, onLaunch() {{ this.next() }},\n\
         mounted(path, one) {{ if (one && one.is.endsWith(path)) console.log('mounted ' + path); this.next() }},\n\
         next() {{ setTimeout(() => {{ if (pages.length) wx.reLaunch({{ url: '/' + pages.shift() }}) }}, 1000) }} }})",
        json!(pages[1..])
    );
    dir.write("app/app.js", &script);
    let (timeline, ran) = cmd.timeline(&app, &["--for", "1h"]);
    let errors: Vec<_> = timeline.all("error").collect();
    assert!(errors.is_empty(), "{errors:#?}\n{}", ran.err);
    let mounted = timeline
        .console()
        .iter()
        .filter(|text| text.starts_with("mounted "))
        .count();
    println!("{name}: {mounted} components mounted of {published} published");
    assert_eq!(mounted, all.len(), "{name}");
}

fn use_some(name: &str) {
    let Some((_dir, cmd, _)) = built(name) else { return };
    let ran = cmd.ok(&["test", "start.test.js"]);
    assert!(ran.out.contains("0 failed"), "{ran}");
}

#[test]
fn every_component_of_vant_weapp_is_mounted() {
    mount_each("vant", 71);
}

#[test]
fn every_component_of_tdesign_is_mounted() {
    mount_each("tdesign", 105);
}

#[test]
fn every_component_of_weui_is_mounted() {
    mount_each("weui", 22);
}

#[test]
fn components_of_vant_weapp_can_be_used() {
    use_some("vant");
}

#[test]
fn components_of_tdesign_can_be_used() {
    use_some("tdesign");
}

#[test]
fn components_of_weui_can_be_used() {
    use_some("weui");
}
