//! What a world is told of its package before it runs: scripts, app.json, and the app's configuration.

use crate::engine::protocol::{PackageSpec, Role};
use crate::package::{CodePackage, FileTree};
use crate::wx::{Outcome, Payload, Wx, WxError};
use serde_json::{Value, json};

/// The specification of a package.
pub fn of(package: &dyn CodePackage, wx: &Wx) -> PackageSpec {
    let files = package.files();
    let app = package.app_json();
    PackageSpec {
        config: config(package, wx),
        scripts: scripts(files),
        app_json: serde_json::to_string(app).unwrap_or_default(),
    }
}

/// What the world of a package is.
pub fn role_of(package: &dyn CodePackage) -> Role {
    if package.app_json().is_game {
        Role::Game
    } else {
        Role::App
    }
}

/// What a worker may use of a package: the scripts in its folder.
pub fn of_worker(package: &dyn CodePackage, folder: &str) -> PackageSpec {
    let mut scripts = scripts(package.files());
    scripts.retain(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
    PackageSpec {
        scripts,
        ..PackageSpec::default()
    }
}

/// What a world learns when a part of its package has come later: the scripts of all that is there now.
pub fn late(package: &dyn CodePackage) -> Value {
    json!({ "scripts": scripts(package.files()) })
}

/// Answers a world that wants the text of a script, and says which one it wants.
pub fn source_of(package: &dyn CodePackage, args: &Payload) -> (String, Outcome) {
    let path = args.value()["path"].as_str().unwrap_or_default().to_owned();
    let answer = match package.files().read(&path) {
        Some(bytes) => Ok(Payload::default().with_buffer("source", bytes.to_vec())),
        None => Err(WxError::new(format!("no file {path} in the package"))),
    };
    (path, answer)
}

/// Every file that `require` may find.
fn scripts(files: &FileTree) -> Vec<String> {
    let script = |path: &str| (path.ends_with(".js") || path.ends_with(".ts")) && !path.ends_with(".d.ts");
    files
        .paths()
        .map(|path| path.as_str().to_owned())
        .filter(|path| script(path))
        .collect()
}

/// What the JS half knows of the app (`__wxConfig` shows it to code that looks).
fn config(package: &dyn CodePackage, wx: &Wx) -> String {
    let app = package.app_json();
    json!({
        "appId": wx.app.app_id,
        "envVersion": wx.app.env_version,
        "version": wx.app.public_version(),
        "pages": app.all_pages(),
        "entryPagePath": app.home_page(),
        "platform": wx.profile.platform,
        "sdkVersion": wx.profile.sdk_version,
    })
    .to_string()
}
