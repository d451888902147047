//! `wx.getSystemInfo` and the newer functions that it was split into.

use super::{Api, Args, Outcome, Wx, ok_with};
use serde_json::{Value, json};

const PROFILE: &str = "the profile";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::both("getSystemInfo", "", &[], system_info).simulated(PROFILE),
    Api::now("getSystemInfoAsync", &[], system_info)
        .since("2.14.1")
        .simulated(PROFILE),
    Api::sync("getAppBaseInfo", "", &[], |wx, _| ok_with(app_base_info(wx)))
        .since("2.20.1")
        .simulated(PROFILE),
    Api::sync("getWindowInfo", "", &[], |wx, _| ok_with(window_info(wx)))
        .since("2.20.1")
        .simulated(PROFILE),
    Api::sync("getDeviceInfo", "", &[], |wx, _| ok_with(device_info(wx)))
        .since("2.20.1")
        .simulated(PROFILE),
    Api::sync("getSystemSetting", "", &[], |wx, _| ok_with(system_setting(wx)))
        .since("2.20.1")
        .simulated(PROFILE),
    Api::sync("getAppAuthorizeSetting", "", &[], |_, _| ok_with(authorize_setting()))
        .since("2.20.1")
        .simulated(PROFILE),
    Api::sync("getMenuButtonBoundingClientRect", "", &[], |wx, _| {
        ok_with(menu_button(wx))
    })
    .since("2.1.0")
    .simulated("the profile's screen"),
    Api::event("themeChange")
        .since("2.11.0")
        .simulated("when the profile's theme changes and app.json has darkmode"),
    Api::event("windowResize")
        .since("2.3.0")
        .simulated("when the profile's screen changes"),
];

/// Everything at once, and what the authorize settings are called here.
fn system_info(wx: &mut Wx, _: &Args) -> Outcome {
    let mut all = device_info(wx);
    let parts = [
        app_base_info(wx),
        window_info(wx),
        system_setting(wx),
        legacy_authorize_setting(),
    ];
    if let Value::Object(all) = &mut all {
        all.extend(
            parts
                .into_iter()
                .filter_map(|part| match part {
                    Value::Object(part) => Some(part),
                    _ => None,
                })
                .flatten(),
        );
    }
    ok_with(all)
}

fn device_info(wx: &Wx) -> Value {
    let p = &wx.profile;
    json!({
        "abi": p.abi, "deviceAbi": p.abi, "cpuType": p.abi, "benchmarkLevel": p.benchmark_level, "brand": p.brand,
        "model": p.model, "system": p.system, "platform": p.platform, "memorySize": p.memory_size.to_string(),
    })
}

fn app_base_info(wx: &Wx) -> Value {
    let p = &wx.profile;
    json!({
        "SDKVersion": p.sdk_version, "enableDebug": wx.memory.phone.debug, "host": { "appId": "", "env": "minirun" },
        "language": p.language, "version": p.version, "theme": p.theme, "fontSizeSetting": px(p.font_size),
        "fontSizeScaleFactor": px(p.font_size / 16.0),
    })
}

/// The window is what the bars leave of the screen on the page that is shown.
pub(super) fn window_info(wx: &Wx) -> Value {
    let p = &wx.profile;
    let custom = wx.ui_state.page().is_some_and(|page| page.custom_navigation);
    let top = if custom {
        0.0
    } else {
        p.screen.status_bar_height + p.screen.navigation_bar_height
    };
    let tab_bar_shown = wx.ui_state.on_tab_page() && wx.ui_state.tab_bar.as_ref().is_some_and(|bar| !bar.hidden);
    let bottom = if tab_bar_shown { p.screen.tab_bar_height } else { 0.0 };
    json!({
        "pixelRatio": px(p.screen.pixel_ratio), "screenWidth": px(p.screen.width), "screenHeight": px(p.screen.height),
        "windowWidth": px(p.screen.width), "windowHeight": px(p.screen.height - top - bottom),
        "statusBarHeight": px(p.screen.status_bar_height), "screenTop": px(top),
        "safeArea": {
            "left": 0, "right": px(p.screen.width), "top": px(p.screen.status_bar_height), "bottom": px(p.screen.height),
            "width": px(p.screen.width), "height": px(p.screen.height - p.screen.status_bar_height),
        },
    })
}

fn system_setting(wx: &Wx) -> Value {
    let p = &wx.profile;
    let orientation = if p.screen.width > p.screen.height {
        "landscape"
    } else {
        "portrait"
    };
    json!({
        "bluetoothEnabled": p.bluetooth.available, "locationEnabled": p.location.enabled,
        "wifiEnabled": p.wifi.enabled, "deviceOrientation": orientation,
    })
}

fn authorize_setting() -> Value {
    json!({
        "albumAuthorized": "authorized", "bluetoothAuthorized": "authorized", "cameraAuthorized": "authorized",
        "locationAuthorized": "authorized", "locationReducedAccuracy": false, "microphoneAuthorized": "authorized",
        "notificationAuthorized": "authorized", "phoneCalendarAuthorized": "authorized",
    })
}

fn legacy_authorize_setting() -> Value {
    json!({
        "albumAuthorized": true, "cameraAuthorized": true, "locationAuthorized": true,
        "microphoneAuthorized": true, "notificationAuthorized": true, "locationReducedAccuracy": false,
    })
}

/// The capsule: 87 by 32 px, 10 px from the right edge, in the middle of the navigation bar.
pub(super) fn menu_button(wx: &Wx) -> Value {
    let (width, height, margin) = (87.0, 32.0, 10.0);
    let p = &wx.profile;
    let top = p.screen.status_bar_height + (p.screen.navigation_bar_height - height) / 2.0;
    let right = p.screen.width - margin;
    json!({
        "width": px(width), "height": px(height), "top": px(top), "bottom": px(top + height),
        "left": px(right - width), "right": px(right),
    })
}

/// A length as JSON, whole numbers without a fraction.
pub(super) fn px(length: f64) -> Value {
    if length.fract() == 0.0 {
        json!(length as i64)
    } else {
        json!(length)
    }
}
