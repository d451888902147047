//! What a world is told before it runs: the package's scripts and json, and the app's configuration.

use super::carrier::Carrier;
use crate::engine::protocol::{Limits, WorldSpec};
use crate::package::{CodePackage, FileTree};
use crate::wx::Wx;
use serde_json::json;
use std::collections::BTreeMap;

/// How worlds are made, whatever runs in them.
#[derive(Debug, Clone)]
pub struct WorldSettings {
    /// What carries them.
    pub carrier: Carrier,
    /// Bounds for the app's code.
    pub limits: Limits,
    /// Put every wx call on the timeline.
    pub trace_wx: bool,
    /// Time moves only with the host's messages.
    pub virtual_time: bool,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: i32,
}

/// The specification of the world for a package.
pub fn of(settings: &WorldSettings, package: &dyn CodePackage, wx: &Wx) -> WorldSpec {
    WorldSpec {
        limits: settings.limits,
        trace_wx: settings.trace_wx,
        virtual_time: settings.virtual_time,
        utc_offset_minutes: settings.utc_offset_minutes,
        config: config(package, wx),
        ..of_package(package)
    }
}

fn of_package(package: &dyn CodePackage) -> WorldSpec {
    let files = package.files();
    let app = package.app_json();
    let pages = app.all_pages();
    WorldSpec {
        scripts: scripts(files),
        app_json: serde_json::to_string(app).unwrap_or_default(),
        page_json: pages
            .iter()
            .filter_map(|page| Some((page.clone(), text(files, &format!("{page}.json"))?)))
            .collect(),
        ..WorldSpec::default()
    }
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

/// A page's json, where it is one: a broken one was refused when the package was read.
fn text(files: &FileTree, path: &str) -> Option<String> {
    let bytes = files.read(path)?;
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str::<BTreeMap<String, serde_json::Value>>(text).ok()?;
    Some(text.to_owned())
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
