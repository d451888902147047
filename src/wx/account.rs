//! The person's account. There is no account server: the code is a visible mock.

use super::phone::person;
use super::{Api, Args, Outcome, Param, Wx, WxError, ok, ok_with};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("login", &[Param::optional("timeout", "Number")], login).simulated("a mock code, unless answered"),
    Api::now("checkSession", &[], check_session).simulated("a session lasts to the end of the run"),
];

/// What the platform's own tools answer where an app has no account to log in with.
pub const MOCK_CODE: &str = "the code is a mock one";

fn login(wx: &mut Wx, _: &Args) -> Outcome {
    let logged_in = person::ask(wx, "login", "code", json!({ "code": MOCK_CODE }))?;
    wx.memory.logged_in = true;
    wx.outbox.note("login", json!({ "code": logged_in["code"] }));
    ok_with(logged_in)
}

/// A session lasts over restarts to the end of the run: its key would be the account server's.
fn check_session(wx: &mut Wx, _: &Args) -> Outcome {
    if wx.memory.logged_in {
        return ok();
    }
    Err(WxError::new("session time out, need relogin"))
}
