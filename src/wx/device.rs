//! Small facts and deeds of the device: network type, battery, vibration, clipboard, screen.

use super::profile::NetworkType;
use super::toast::pop_up;
use super::ui_state::Toast;
use super::{Api, Args, Outcome, Param, Payload, Wx, ok, ok_with};
use crate::system::NetworkConditions;
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("getNetworkType", &[], |wx, _| ok_with(network(wx))),
    Api::event("networkStatusChange").since("1.1.0"),
    Api::event("networkWeakChange").since("2.21.0"),
    Api::both("getBatteryInfo", "", &[], battery),
    Api::now("vibrateShort", &[Param::optional("type", "*")], |wx, args| {
        vibrate(wx, "short", args)
    })
    .since("1.2.0"),
    Api::now("vibrateLong", &[], |wx, args| vibrate(wx, "long", args)).since("1.2.0"),
    Api::now("setClipboardData", &[Param::required("data", "String")], set_clipboard).since("1.1.0"),
    Api::now("getClipboardData", &[], |wx, _| {
        ok_with(json!({ "data": wx.memory.clipboard }))
    })
    .since("1.1.0"),
    Api::now(
        "setKeepScreenOn",
        &[Param::required("keepScreenOn", "Boolean")],
        set_keep_screen_on,
    )
    .since("1.4.0"),
    Api::event("memoryWarning").since("2.0.2"),
];

fn network(wx: &Wx) -> Value {
    json!({ "networkType": wx.profile.network, "signalStrength": 100, "hasSystemProxy": false, "weakNet": wx.profile.weak_net })
}

/// The device's connection changes; the app's listeners hear of it, and what is under way without one breaks.
pub fn set_network(wx: &mut Wx, network: NetworkType) {
    if wx.profile.network == network {
        return;
    }
    wx.profile.network = network;
    wx.network.network.set(NetworkConditions {
        offline: network == NetworkType::None,
        ..wx.network.network.conditions()
    });
    let change = json!({ "isConnected": network != NetworkType::None, "networkType": network });
    wx.outbox.note("network.change", change.clone());
    wx.outbox.emit("networkStatusChange", Payload::json(&change));
}

/// The connection becomes weak, or strong again; the app's listeners hear of it.
pub fn set_weak_network(wx: &mut Wx, weak: bool) {
    if wx.profile.weak_net == weak {
        return;
    }
    wx.profile.weak_net = weak;
    let change = json!({ "weakNet": weak, "networkType": wx.profile.network });
    wx.outbox.note("network.weak", change.clone());
    wx.outbox.emit("networkWeakChange", Payload::json(&change));
}

fn battery(wx: &mut Wx, _: &Args) -> Outcome {
    ok_with(json!({
        "level": wx.profile.battery_level, "isCharging": wx.profile.battery_charging, "isLowPowerModeEnabled": false,
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
