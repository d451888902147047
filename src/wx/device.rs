//! Small facts and deeds of the device: network type, battery, vibration, clipboard, screen.

use super::toast::pop_up;
use super::ui_state::Toast;
use super::{Api, Args, Outcome, Param, Wx, ok, ok_with};
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("getNetworkType", &[], |wx, _| ok_with(network(wx))).simulated("the profile's network"),
    Api::event("networkStatusChange")
        .since("1.1.0")
        .simulated("when the profile's network changes"),
    Api::both("getBatteryInfo", "", &[], battery).simulated("the profile's battery"),
    Api::now("vibrateShort", &[Param::optional("type", "*")], |wx, args| {
        vibrate(wx, "short", args)
    })
    .since("1.2.0")
    .simulated("it is on the timeline"),
    Api::now("vibrateLong", &[], |wx, args| vibrate(wx, "long", args))
        .since("1.2.0")
        .simulated("it is on the timeline"),
    Api::now("setClipboardData", &[Param::required("data", "String")], set_clipboard)
        .since("1.1.0")
        .simulated("kept to the end of the run"),
    Api::now("getClipboardData", &[], |wx, _| {
        ok_with(json!({ "data": wx.memory.clipboard }))
    })
    .since("1.1.0")
    .simulated("kept to the end of the run"),
    Api::now(
        "setKeepScreenOn",
        &[Param::required("keepScreenOn", "Boolean")],
        set_keep_screen_on,
    )
    .since("1.4.0")
    .simulated("the state of the screen"),
    Api::event("memoryWarning")
        .since("2.0.2")
        .simulated("the event memoryWarning of the device"),
];

fn network(wx: &Wx) -> Value {
    json!({ "networkType": wx.profile.network, "signalStrength": 100, "hasSystemProxy": false, "weakNet": wx.profile.weak_network })
}

fn battery(wx: &mut Wx, _: &Args) -> Outcome {
    ok_with(json!({
        "level": wx.profile.battery.level, "isCharging": wx.profile.battery.charging,
        "isLowPowerModeEnabled": wx.profile.battery.low_power,
    }))
}

fn vibrate(wx: &mut Wx, length: &str, args: &Args) -> Outcome {
    let kind = args.text_opt("type").unwrap_or("medium");
    wx.outbox.note("vibrate", json!({ "length": length, "type": kind }));
    ok()
}

/// The platform says that it has copied with a toast of its own.
fn set_clipboard(wx: &mut Wx, args: &Args) -> Outcome {
    const DURATION_MS: f64 = 1500.0;
    args.text("data").clone_into(&mut wx.memory.clipboard);
    let toast = Toast {
        title: "内容已复制".into(),
        icon: "success".into(),
        hide_at: Some(wx.clock.now_ms() + DURATION_MS),
        ..Toast::default()
    };
    pop_up(wx, toast, DURATION_MS);
    ok()
}

fn set_keep_screen_on(wx: &mut Wx, args: &Args) -> Outcome {
    wx.ui_state.keep_screen_on = args.truthy("keepScreenOn");
    ok()
}
