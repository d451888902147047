//! Bluetooth beacons around the phone.

use super::change::emit;
use super::facts::Beacon;
use crate::wx::{Api, Args, HostCommand, Outcome, Param, Wx, WxError, ok, ok_with};
use serde_json::{Value, json};

const BEACONS: &str = "the profile's beacons";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("startBeaconDiscovery", &[Param::required("uuids", "Array")], start)
        .since("1.2.0")
        .simulated(BEACONS),
    Api::now("stopBeaconDiscovery", &[], stop)
        .since("1.2.0")
        .simulated(BEACONS),
    Api::now("getBeacons", &[], |wx, _| {
        let Some(found) = found(wx) else {
            return Err(WxError::new("not start discovery").with_code(11004));
        };
        ok_with(json!({ "beacons": found }))
    })
    .since("1.2.0")
    .simulated(BEACONS),
    Api::event("beaconUpdate")
        .since("1.2.0")
        .simulated("after the start, and when the profile's beacons change"),
    Api::event("beaconServiceChange")
        .since("1.2.0")
        .simulated("when the search begins and ends"),
];

fn told(beacon: &Beacon) -> Value {
    json!({
        "uuid": beacon.uuid, "major": beacon.major, "minor": beacon.minor, "proximity": beacon.proximity,
        "accuracy": beacon.accuracy, "rssi": beacon.rssi,
    })
}

/// Those that the app looks for, while it looks.
fn found(wx: &Wx) -> Option<Vec<Value>> {
    let wanted = wx.phone.beacons.as_ref()?;
    let wants = |beacon: &&Beacon| wanted.iter().any(|uuid| uuid.eq_ignore_ascii_case(&beacon.uuid));
    Some(wx.profile.beacons.iter().filter(wants).map(told).collect())
}

fn start(wx: &mut Wx, args: &Args) -> Outcome {
    /// How long the phone looks before it has found any.
    const LOOK_MS: f64 = 100.0;
    if !wx.profile.bluetooth.available {
        return Err(WxError::new("bluetooth service is unavailable").with_code(11001));
    }
    if wx.phone.beacons.is_some() {
        return Err(WxError::new("already started").with_code(11003));
    }
    let uuids: Vec<String> = args.value["uuids"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    if uuids.is_empty() {
        return Err(WxError::parameter(
            "parameter error: parameter.uuids should have at least 1 item;",
        ));
    }
    wx.phone.beacons = Some(uuids);
    emit(
        wx,
        "beaconServiceChange",
        &json!({ "available": true, "discovering": true }),
    );
    wx.outbox.command(HostCommand::At {
        at_ms: wx.clock.now_ms() + LOOK_MS,
        run: tell,
    });
    ok()
}

fn stop(wx: &mut Wx, _: &Args) -> Outcome {
    if wx.phone.beacons.take().is_none() {
        return Err(WxError::new("not start discovery").with_code(11004));
    }
    emit(
        wx,
        "beaconServiceChange",
        &json!({ "available": wx.profile.bluetooth.available, "discovering": false }),
    );
    ok()
}

/// Tells an app that looks for beacons which there are.
pub(super) fn tell(wx: &mut Wx) {
    if let Some(beacons) = found(wx) {
        emit(wx, "beaconUpdate", &json!({ "beacons": beacons }));
    }
}
