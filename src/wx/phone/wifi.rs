//! Wireless LANs around the phone.

use super::change::emit;
use super::facts::WifiNetwork;
use crate::wx::{Api, Args, HostCommand, Outcome, Param, Wx, WxError, ok, ok_with};
use serde_json::{Value, json};

const WIFI: &str = "the profile's wifi";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("startWifi", &[], |wx, _| {
        wx.phone.wifi = true;
        ok()
    })
    .since("1.6.0")
    .simulated(WIFI),
    Api::now("stopWifi", &[], |wx, _| {
        ready(wx)?;
        wx.phone.wifi = false;
        ok()
    })
    .since("1.6.0")
    .simulated(WIFI),
    Api::now("getWifiList", &[], list).since("1.6.0").simulated(WIFI),
    Api::event("getWifiList")
        .since("1.6.0")
        .simulated("after wx.getWifiList"),
    Api::now(
        "connectWifi",
        &[Param::required("SSID", "String"), Param::optional("password", "String")],
        connect,
    )
    .since("1.6.0")
    .simulated("one of the profile's networks, with its password"),
    Api::now("getConnectedWifi", &[], connected)
        .since("1.6.0")
        .simulated(WIFI),
    Api::event("wifiConnected")
        .since("1.6.0")
        .simulated("after wx.connectWifi"),
    Api::event("wifiConnectedWithPartialInfo")
        .since("2.22.0")
        .simulated("after wx.connectWifi"),
];

/// The app has started it, and the phone's switch is on.
fn ready(wx: &Wx) -> Result<(), WxError> {
    if !wx.phone.wifi {
        return Err(WxError::new("not invoke startWifi").with_code(12000));
    }
    if !wx.profile.wifi.enabled {
        return Err(WxError::new("wifi not turned on").with_code(12005));
    }
    Ok(())
}

fn told(network: &WifiNetwork) -> Value {
    json!({
        "SSID": network.name, "BSSID": network.bssid, "secure": !network.password.is_empty(),
        "signalStrength": network.signal_strength, "frequency": network.frequency,
    })
}

fn list(wx: &mut Wx, _: &Args) -> Outcome {
    /// How long the phone looks around.
    const LOOK_MS: f64 = 100.0;
    ready(wx)?;
    wx.outbox.command(HostCommand::At {
        at_ms: wx.clock.now_ms() + LOOK_MS,
        run: |wx| {
            let networks: Vec<Value> = wx.profile.wifi.networks.iter().map(told).collect();
            emit(wx, "getWifiList", &json!({ "wifiList": networks }));
        },
    });
    ok()
}

fn connect(wx: &mut Wx, args: &Args) -> Outcome {
    ready(wx)?;
    let named = wx
        .profile
        .wifi
        .networks
        .iter()
        .find(|network| network.name == args.text("SSID"));
    let Some(network) = named.cloned() else {
        return Err(WxError::new("invalid SSID").with_code(12008));
    };
    if network.password != args.text("password") {
        return Err(WxError::new("password error").with_code(12002));
    }
    wx.profile.wifi.connected.clone_from(&network.name);
    emit(wx, "wifiConnected", &json!({ "wifi": told(&network) }));
    emit(
        wx,
        "wifiConnectedWithPartialInfo",
        &json!({ "wifi": { "SSID": network.name } }),
    );
    ok()
}

fn connected(wx: &mut Wx, _: &Args) -> Outcome {
    ready(wx)?;
    let wifi = &wx.profile.wifi;
    match wifi.networks.iter().find(|network| network.name == wifi.connected) {
        Some(network) => ok_with(json!({ "wifi": told(network) })),
        None => Err(WxError::new("currentWifi is null").with_code(12010)),
    }
}
