//! Which app runs, and in which version.

use super::{Api, Args, Outcome, Wx, ok_with};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::sync("getAccountInfoSync", "", &[], account_info).since("2.2.2"),
    Api::js("getLaunchOptionsSync").since("2.1.2"),
    Api::js("getEnterOptionsSync").since("2.9.4"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::VirtualClock;
    use crate::wx::Outbox;
    use std::sync::Arc;

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
            };
            let info = account_info(&mut wx, &Args::default()).unwrap().value();
            let expected = json!({ "appId": "wx123", "envVersion": word, "version": version });
            assert_eq!(info, json!({ "miniProgram": expected, "plugin": {} }));
        }
    }
}
