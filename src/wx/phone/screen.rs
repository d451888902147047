//! The screen, the keyboard over it, and what the phone tells of itself.

use crate::wx::{Api, Args, NetworkType, Outcome, Param, Wx, WxError, ok, ok_with};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("getScreenBrightness", &[], |wx, _| {
        ok_with(json!({ "value": wx.profile.screen.brightness }))
    })
    .since("1.2.0")
    .simulated("the profile's screen"),
    Api::now(
        "setScreenBrightness",
        &[Param::required("value", "Number")],
        set_brightness,
    )
    .since("1.2.0")
    .simulated("the profile's screen"),
    Api::now("getScreenRecordingState", &[], |wx, _| {
        let state = if wx.profile.screen.recording { "on" } else { "off" };
        ok_with(json!({ "state": state }))
    })
    .since("2.24.0")
    .simulated("the profile's screen"),
    Api::event("screenRecordingStateChanged")
        .since("2.24.0")
        .simulated("when the profile's screen.recording changes"),
    Api::event("userCaptureScreen")
        .since("1.4.0")
        .simulated("the event screenshot of the device"),
    Api::now("hideKeyboard", &[], hide_keyboard)
        .since("2.8.2")
        .simulated("the profile's keyboard"),
    Api::event("keyboardHeightChange")
        .since("2.7.0")
        .simulated("when the profile's keyboard changes"),
    Api::event("menuButtonBoundingClientRectWeightChange")
        .since("3.4.3")
        .simulated("when the profile's screen changes"),
    Api::event("batteryInfoChange")
        .since("3.5.0")
        .simulated("when the profile's battery changes"),
    Api::event("networkWeakChange")
        .since("2.21.0")
        .simulated("when the profile's weakNetwork changes"),
    Api::now(
        "enableAlertBeforeUnload",
        &[Param::required("message", "String")],
        |wx, args| {
            let message = args.text("message").to_owned();
            alert_before_unload(wx, Some(message))
        },
    )
    .since("2.12.0")
    .simulated("asked at the event back of the device"),
    Api::now("disableAlertBeforeUnload", &[], |wx, _| alert_before_unload(wx, None))
        .since("2.12.0")
        .simulated("asked at the event back of the device"),
    Api::now("getLocalIPAddress", &[], local_address)
        .since("2.20.1")
        .simulated("the profile's wifi"),
    Api::now("checkIsOpenAccessibility", &[], |wx, _| {
        ok_with(json!({ "open": wx.profile.accessibility }))
    })
    .since("2.13.0")
    .simulated("the profile's accessibility"),
    Api::sync(
        "getExptInfoSync",
        "values",
        &[Param::optional("keys", "Array|Undefined|Null")],
        experiments,
    )
    .since("2.17.0")
    .simulated("the profile's experiments"),
    Api::now(
        "setEnableDebug",
        &[Param::required("enableDebug", "Boolean")],
        |wx, args| {
            wx.memory.phone.debug = args.truthy("enableDebug");
            ok()
        },
    )
    .since("1.4.0")
    .simulated("the panel is not drawn; getAppBaseInfo tells it"),
    Api::now(
        "setBackgroundFetchToken",
        &[Param::required("token", "String")],
        set_token,
    )
    .since("2.8.0")
    .simulated("kept to the end of the run; nothing is fetched"),
    Api::now("getBackgroundFetchToken", &[], |wx, _| {
        match &wx.memory.phone.fetch_token {
            Some(token) => ok_with(json!({ "token": token })),
            None => Err(WxError::new("token not found")),
        }
    })
    .since("2.8.0")
    .simulated("what setBackgroundFetchToken has kept"),
];

fn set_brightness(wx: &mut Wx, args: &Args) -> Outcome {
    let value = args.number("value").unwrap_or_default();
    if !(0.0..=1.0).contains(&value) {
        return Err(WxError::parameter("value should be between 0 and 1"));
    }
    wx.profile.screen.brightness = value;
    ok()
}

/// The keyboard goes; without an input there is none.
fn hide_keyboard(wx: &mut Wx, _: &Args) -> Outcome {
    if wx.profile.keyboard <= 0.0 {
        return Err(WxError::new(":input not exists"));
    }
    super::change(wx, &json!({ "keyboard": 0.0 })).map_err(WxError::new)?;
    ok()
}

fn alert_before_unload(wx: &mut Wx, message: Option<String>) -> Outcome {
    let page = wx.ui_state.page_mut().ok_or_else(|| WxError::new("page not found"))?;
    page.alert_before_unload = message;
    ok()
}

fn local_address(wx: &mut Wx, _: &Args) -> Outcome {
    if wx.profile.network == NetworkType::None {
        return Err(WxError::new("network is not available"));
    }
    ok_with(json!({ "localip": wx.profile.wifi.address, "netmask": "255.255.255.0" }))
}

/// The values of the experiments that the app names; of all where it names none.
fn experiments(wx: &mut Wx, args: &Args) -> Outcome {
    let known = &wx.profile.experiments;
    let named = args.value.get("keys").and_then(serde_json::Value::as_array);
    let wanted = |key: &String| named.is_none_or(|keys| keys.iter().any(|name| name == key));
    let chosen = known.iter().filter(|(key, _)| wanted(key));
    ok_with(json!({ "values": chosen.collect::<std::collections::BTreeMap<_, _>>() }))
}

fn set_token(wx: &mut Wx, args: &Args) -> Outcome {
    let token = args.text("token");
    if token.len() > 1024 {
        return Err(WxError::parameter("token is longer than 1024 bytes"));
    }
    wx.memory.phone.fetch_token = Some(token.to_owned());
    ok()
}
