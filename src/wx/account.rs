//! The person's account. There is no account server: the code is a visible mock, and nobody has been asked for a permission.

use super::{Api, Args, Outcome, Param, Wx, WxError, ok, ok_with};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("login", &[Param::optional("timeout", "Number")], login),
    Api::now("checkSession", &[], check_session),
    Api::now(
        "getSetting",
        &[Param::optional("withSubscriptions", "Boolean")],
        setting,
    )
    .since("1.2.0"),
];

/// What the platform's own tools answer where an app has no account to log in with.
const MOCK_CODE: &str = "the code is a mock one";

fn login(wx: &mut Wx, _: &Args) -> Outcome {
    wx.memory.logged_in = true;
    wx.outbox.note("login", json!({ "code": MOCK_CODE }));
    ok_with(json!({ "code": MOCK_CODE }))
}

/// A session lasts over restarts to the end of the run: its key would be the account server's.
fn check_session(wx: &mut Wx, _: &Args) -> Outcome {
    if wx.memory.logged_in {
        return ok();
    }
    Err(WxError::new("session time out, need relogin"))
}

/// Lists only permissions that the app has asked for, and there is no way yet to ask for one.
fn setting(_: &mut Wx, args: &Args) -> Outcome {
    let mut setting = json!({ "authSetting": {} });
    if args.truthy("withSubscriptions") {
        setting["subscriptionsSetting"] = json!({ "mainSwitch": true, "itemSettings": {} });
    }
    ok_with(setting)
}
