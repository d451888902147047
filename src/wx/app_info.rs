//! Which app runs, in which version, and how it was opened.

use super::{Api, Args, Outcome, Wx, ok_with};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::sync("getAccountInfoSync", "", &[], account_info).since("2.2.2"),
    Api::sync("getLaunchOptionsSync", "", &[], launch_options).since("2.1.2"),
    Api::sync("getEnterOptionsSync", "", &[], enter_options).since("2.9.4"),
    Api::sync("getApiCategory", "apiCategory", &[], enter_options).since("2.33.0"),
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
    /// Whether app.json says that the app knows of dark mode.
    pub dark_mode: bool,
    /// Functions that app.json has to declare in `requiredPrivateInfos`, and does not.
    pub undeclared: Vec<String>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::VirtualClock;
    use crate::wx::Outbox;
    use std::sync::Arc;

    #[test]
    fn enter_options_are_the_launch_options_until_the_app_is_shown_again() {
        let mut wx = Wx::new(Outbox::new().0, Arc::new(VirtualClock::new(0.0)));
        let scene = |wx: &mut Wx| enter_options(wx, &Args::default()).unwrap().value()["scene"].clone();
        assert_eq!(scene(&mut wx), 1001);
        wx.app.launch = json!({ "scene": 1011 });
        assert_eq!(scene(&mut wx), 1011);
        wx.app.enter = json!({ "scene": 1038 });
        assert_eq!(scene(&mut wx), 1038);
        assert_eq!(
            launch_options(&mut wx, &Args::default()).unwrap().value()["scene"],
            1011
        );
    }

    #[test]
    fn only_a_release_has_a_version() {
        let rows = [
            (EnvVersion::Develop, "develop", ""),
            (EnvVersion::Trial, "trial", ""),
            (EnvVersion::Release, "release", "1.2.0"),
        ];
        for (env_version, word, version) in rows {
            let mut wx = Wx::new(Outbox::new().0, Arc::new(VirtualClock::new(0.0)));
            wx.app = AppInfo {
                app_id: "wx123".into(),
                env_version,
                version: "1.2.0".into(),
                ..AppInfo::default()
            };
            let info = account_info(&mut wx, &Args::default()).unwrap().value();
            let expected = json!({ "appId": "wx123", "envVersion": word, "version": version });
            assert_eq!(info, json!({ "miniProgram": expected, "plugin": {} }));
        }
    }
}
