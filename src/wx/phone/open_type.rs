//! What a button's `open-type` asks of the platform's servers or of another app; none of it is a function of `wx`.
//! A test, or the profile, answers by the name of the type.

use super::person::ask;
use crate::wx::account::MOCK_CODE;
use crate::wx::{Api, Args, Form, Outcome, Wx, WxError, ok_with};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[Api::now("$openType", &[], asked).form(Form::Js)];

/// The scenes of a card that an app has shared, and of an app that has opened the mini program: only from there can an
/// app be opened (W, launchApp).
const FROM_AN_APP: [u64; 2] = [1036, 1069];

fn asked(wx: &mut Wx, args: &Args) -> Outcome {
    match args.text("type") {
        "launchApp" => launch_app(wx, args.text("parameter")),
        "getPhoneNumber" => {
            let willing = json!({ "code": MOCK_CODE, "encryptedData": "", "iv": "" });
            denied(ask(wx, "getPhoneNumber", "code", willing)).and_then(ok_with)
        }
        "getRealtimePhoneNumber" => {
            let willing = json!({ "code": MOCK_CODE });
            denied(ask(wx, "getRealtimePhoneNumber", "code", willing)).and_then(ok_with)
        }
        _ => Err(WxError::new("not supported")),
    }
}

/// A person who cancels has denied it.
fn denied<T>(answer: Result<T, WxError>) -> Result<T, WxError> {
    answer.map_err(|error| match error.reason.as_str() {
        "cancel" => WxError::new("user deny"),
        _ => error,
    })
}

fn launch_app(wx: &mut Wx, parameter: &str) -> Outcome {
    let scene = |options: &serde_json::Value| options["scene"].as_u64().unwrap_or_default();
    let seen = [scene(&wx.app.enter), scene(&wx.app.launch)];
    if !seen.iter().any(|scene| FROM_AN_APP.contains(scene)) {
        return Err(WxError::new("invalid scene"));
    }
    wx.outbox
        .note("person.asked", json!({ "api": "launchApp", "for": parameter }));
    ask(wx, "launchApp", "answer", json!({})).and_then(ok_with)
}
