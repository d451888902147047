//! Scopes: what an app may do only when the person has said yes.

use super::person;
use crate::wx::{Api, Args, Outcome, Param, Wx, WxError, ok, ok_with};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What the person says, or has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// Says yes when asked.
    Allow,
    /// Says no when asked.
    Deny,
    /// Has said yes before.
    Granted,
    /// Has said no before.
    Denied,
}

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("authorize", &[Param::required("scope", "String")], authorize)
        .since("1.2.0")
        .simulated("the profile's permissions; a person who is not described says yes"),
    Api::now(
        "getSetting",
        &[Param::optional("withSubscriptions", "Boolean")],
        |wx, args| ok_with(setting(wx, args)),
    )
    .since("1.2.0")
    .simulated("the scopes that the person has decided about"),
    Api::now(
        "openSetting",
        &[Param::optional("withSubscriptions", "Boolean")],
        open_setting,
    )
    .since("1.1.0")
    .simulated("the answer { scope = true } changes what the person has decided"),
];

/// The scopes there are, without `scope.`.
const SCOPES: [&str; 13] = [
    "addPhoneCalendar",
    "addPhoneContact",
    "address",
    "bluetooth",
    "camera",
    "invoice",
    "invoiceTitle",
    "record",
    "userFuzzyLocation",
    "userInfo",
    "userLocation",
    "werun",
    "writePhotosAlbum",
];

/// Scopes that the platform grants without a question, and that no setting shows as refused.
const OPEN: [&str; 3] = ["address", "invoice", "invoiceTitle"];

/// Whether the app may use a scope (without `scope.`). Asks the person, once.
///
/// # Errors
/// The person says no, or has said so before.
pub fn need(wx: &mut Wx, scope: &str) -> Result<(), WxError> {
    let allowed = match decided(wx, scope) {
        Some(allowed) => allowed,
        None => {
            let allowed = wx.profile.permissions.get(scope) != Some(&Permission::Deny);
            wx.outbox.note(
                "permission.ask",
                json!({ "scope": format!("scope.{scope}"), "allow": allowed }),
            );
            wx.memory.phone.scopes.insert(scope.to_owned(), allowed);
            wx.memory.phone.last_scope = Some(allowed);
            allowed
        }
    };
    if allowed {
        Ok(())
    } else {
        Err(WxError::coded("auth deny", 103))
    }
}

fn decided(wx: &Wx, scope: &str) -> Option<bool> {
    let before = match wx.profile.permissions.get(scope) {
        Some(Permission::Granted) => Some(true),
        Some(Permission::Denied) => Some(false),
        _ => None,
    };
    wx.memory.phone.scopes.get(scope).copied().or(before)
}

fn authorize(wx: &mut Wx, args: &Args) -> Outcome {
    let scope = args.text("scope").strip_prefix("scope.").unwrap_or_default();
    if !SCOPES.contains(&scope) {
        return Err(WxError::parameter("invalid scope"));
    }
    if !OPEN.contains(&scope) {
        need(wx, scope)?;
    }
    ok()
}

fn scopes(wx: &Wx) -> Map<String, Value> {
    let known = SCOPES
        .iter()
        .filter_map(|scope| Some((format!("scope.{scope}"), decided(wx, scope)?.into())));
    known.collect()
}

fn setting(wx: &Wx, args: &Args) -> Value {
    let mut setting = json!({ "authSetting": scopes(wx) });
    if args.truthy("withSubscriptions") {
        setting["subscriptionsSetting"] = json!({ "mainSwitch": true, "itemSettings": {} });
    }
    setting
}

/// The person looks at the page with the switches of the scopes that were asked for, and may turn some.
fn open_setting(wx: &mut Wx, args: &Args) -> Outcome {
    let turned = person::ask(wx, "openSetting", "answer", json!({}))?;
    for scope in SCOPES {
        let turned = turned.get(scope).or_else(|| turned.get(format!("scope.{scope}")));
        if let (Some(on), Some(_)) = (turned.and_then(Value::as_bool), decided(wx, scope)) {
            wx.memory.phone.scopes.insert(scope.to_owned(), on);
        }
    }
    ok_with(setting(wx, args))
}
