//! Which app runs, in which version, and how it was opened.

use super::{Api, Args, Outcome, Wx, ok_with};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::sync("getAccountInfoSync", "", &[], account_info).since("2.2.2"),
    Api::sync("getLaunchOptionsSync", "", &[], launch_options).since("2.1.2"),
    Api::sync("getEnterOptionsSync", "", &[], enter_options).since("2.9.4"),
];

/// The running app.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AppInfo {
    /// The app's id.
    pub app_id: String,
    /// Whether it is a released package.
    pub env_version: EnvVersion,
    /// The release's label. Told to the app of a release only.
    pub version: String,
    /// What onLaunch got; null before.
    pub launch: Value,
    /// What the last onShow got; null before.
    pub enter: Value,
}

/// The kinds of package.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EnvVersion {
    /// A source tree or an archive of one.
    #[default]
    Develop,
    /// A trial version.
    Trial,
    /// A release.
    Release,
}

impl AppInfo {
    /// The version as the app is told it: only a release has one.
    pub fn public_version(&self) -> &str {
        if self.env_version == EnvVersion::Release {
            &self.version
        } else {
            ""
        }
    }
}

fn account_info(wx: &mut Wx, _: &Args) -> Outcome {
    let app = &wx.app;
    ok_with(json!({
        "miniProgram": { "appId": app.app_id, "envVersion": app.env_version, "version": app.public_version() },
        "plugin": {},
    }))
}

fn launch_options(wx: &mut Wx, _: &Args) -> Outcome {
    ok_with(options_or_default(&wx.app.launch))
}

/// The last onShow's options, before the first one those of the launch.
fn enter_options(wx: &mut Wx, _: &Args) -> Outcome {
    let shown = Some(&wx.app.enter).filter(|options| options.is_object());
    ok_with(options_or_default(shown.unwrap_or(&wx.app.launch)))
}

fn options_or_default(options: &Value) -> Value {
    if options.is_object() {
        return options.clone();
    }
    json!({ "path": "", "query": {}, "scene": 1001, "referrerInfo": {}, "apiCategory": "default" })
}
