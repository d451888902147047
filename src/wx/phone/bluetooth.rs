//! The bluetooth adapter: opening it, finding devices, connecting to them.

use super::change::emit;
use super::facts::{Bluetooth, Peripheral};
use super::permission::need;
use crate::wx::{Api, Args, HostCommand, Outcome, Param, Payload, Wx, WxError, base64, ok, ok_with};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The adapter while the app has it open.
#[derive(Debug, Clone, Default)]
pub struct Adapter {
    /// Whether it looks for devices, and for which services only.
    pub discovering: Option<Vec<String>>,
    /// The devices that it has found, by address.
    pub found: BTreeSet<String>,
    /// The devices that it is connected to.
    pub connected: BTreeSet<String>,
    /// The values whose changes the app wants to hear: device, service and characteristic.
    pub notified: BTreeSet<[String; 3]>,
}

const DEVICES: &str = "the profile's bluetooth.devices";

/// The device of a call.
pub(super) const DEVICE: Param = Param::required("deviceId", "String");

/// A row of this family.
pub(super) const fn row(name: &'static str, params: &'static [Param], run: fn(&mut Wx, &Args) -> Outcome) -> Api {
    Api::now(name, params, run).since("1.1.0").simulated(DEVICES)
}

/// Rows of this family.
pub const APIS: &[Api] = &[
    row(
        "openBluetoothAdapter",
        &[Param::default("mode", "String", "\"central\"")],
        open,
    )
    .simulated("the profile's bluetooth"),
    row("closeBluetoothAdapter", &[], |wx, _| {
        adapter(wx)?;
        wx.phone.bluetooth = None;
        ok()
    }),
    row("getBluetoothAdapterState", &[], |wx, _| {
        adapter(wx)?;
        ok_with(state(wx))
    }),
    Api::event("bluetoothAdapterStateChange")
        .since("1.1.0")
        .simulated("when bluetooth or its search goes on or off"),
    row(
        "startBluetoothDevicesDiscovery",
        &[Param::optional("services", "Array")],
        start,
    ),
    row("stopBluetoothDevicesDiscovery", &[], |wx, _| {
        let was = adapter(wx)?.discovering.take();
        if was.is_some() {
            emit(wx, "bluetoothAdapterStateChange", &state(wx));
        }
        ok()
    }),
    row("getBluetoothDevices", &[], |wx, _| {
        let found = adapter(wx)?.found.clone();
        let found = wx
            .profile
            .bluetooth
            .devices
            .iter()
            .filter(|device| found.contains(&device.device_id));
        Ok(devices(found))
    }),
    Api::event("bluetoothDeviceFound").since("1.1.0").simulated(DEVICES),
    row(
        "getConnectedBluetoothDevices",
        &[Param::required("services", "Array")],
        |wx, _| {
            let connected = adapter(wx)?.connected.clone();
            let devices = wx
                .profile
                .bluetooth
                .devices
                .iter()
                .filter(|device| connected.contains(&device.device_id));
            let told = devices.map(|device| json!({ "deviceId": device.device_id, "name": device.name }));
            ok_with(json!({ "devices": told.collect::<Vec<_>>() }))
        },
    ),
    row(
        "createBLEConnection",
        &[DEVICE, Param::optional("timeout", "Number")],
        connect,
    ),
    row("closeBLEConnection", &[DEVICE], disconnect),
    Api::event("bLEConnectionStateChange")
        .since("1.1.0")
        .simulated("when a connection comes, goes or is lost"),
    row("getBLEDeviceRSSI", &[DEVICE], |wx, args| {
        let device = linked(wx, args)?;
        ok_with(json!({ "RSSI": device.rssi }))
    })
    .since("2.11.0"),
    row("getBLEMTU", &[DEVICE], |wx, args| {
        linked(wx, args)?;
        ok_with(json!({ "mtu": 23 }))
    })
    .since("2.20.1"),
];

/// The open adapter.
pub(super) fn adapter(wx: &mut Wx) -> Result<&mut Adapter, WxError> {
    if !wx.profile.bluetooth.available && wx.phone.bluetooth.is_some() {
        return Err(WxError::new("not available").with_code(10001));
    }
    wx.phone
        .bluetooth
        .as_mut()
        .ok_or_else(|| WxError::new("not init").with_code(10000))
}

/// The device of the call, which is connected.
pub(super) fn linked(wx: &mut Wx, args: &Args) -> Result<Peripheral, WxError> {
    let id = args.text("deviceId").to_owned();
    let connected = adapter(wx)?.connected.contains(&id);
    let device = wx
        .profile
        .bluetooth
        .devices
        .iter()
        .find(|device| device.device_id == id && connected);
    device
        .cloned()
        .ok_or_else(|| WxError::new("no connection").with_code(10006))
}

fn state(wx: &Wx) -> Value {
    let discovering = wx
        .phone
        .bluetooth
        .as_ref()
        .is_some_and(|adapter| adapter.discovering.is_some());
    json!({ "available": wx.profile.bluetooth.available, "discovering": discovering })
}

fn open(wx: &mut Wx, args: &Args) -> Outcome {
    if !matches!(args.text("mode"), "central" | "peripheral") {
        return Err(WxError::new("system not support").with_code(10009));
    }
    need(wx, "bluetooth")?;
    if !wx.profile.bluetooth.available {
        return Err(WxError::new("not available").with_code(10001));
    }
    wx.phone.bluetooth.get_or_insert_default();
    ok()
}

fn start(wx: &mut Wx, args: &Args) -> Outcome {
    /// How long the phone looks before it has found any.
    const LOOK_MS: f64 = 100.0;
    let services = args.value["services"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let services = services.map(str::to_owned).collect();
    adapter(wx)?.discovering = Some(services);
    emit(wx, "bluetoothAdapterStateChange", &state(wx));
    wx.outbox.command(HostCommand::At {
        at_ms: wx.clock.now_ms() + LOOK_MS,
        run: discover,
    });
    ok()
}

/// Tells of devices that were not found before.
fn discover(wx: &mut Wx) {
    let Ok(Adapter {
        discovering: Some(services),
        found,
        ..
    }) = adapter(wx).cloned()
    else {
        return;
    };
    let fits = |device: &Peripheral| {
        let offers = |uuid: &String| device.advertised.iter().any(|own| own.eq_ignore_ascii_case(uuid));
        services.is_empty() || services.iter().any(offers)
    };
    let new: Vec<_> = wx
        .profile
        .bluetooth
        .devices
        .iter()
        .filter(|device| fits(device) && !found.contains(&device.device_id))
        .cloned()
        .collect();
    for device in new {
        if let Ok(adapter) = adapter(wx) {
            adapter.found.insert(device.device_id.clone());
        }
        wx.outbox
            .emit("bluetoothDeviceFound", devices(std::iter::once(&device)));
    }
}

/// Devices as the app gets them, what they send about themselves as bytes.
fn devices<'a>(devices: impl Iterator<Item = &'a Peripheral>) -> Payload {
    let devices: Vec<_> = devices.collect();
    let told = devices.iter().map(|device| {
        json!({
            "deviceId": device.device_id, "name": device.name, "localName": device.local_name, "RSSI": device.rssi,
            "advertisServiceUUIDs": device.advertised, "connectable": device.connectable, "serviceData": {},
        })
    });
    let payload = Payload::json(&json!({ "devices": told.collect::<Vec<_>>() }));
    devices.iter().enumerate().fold(payload, |payload, (at, device)| {
        let bytes = base64::to_bytes(&device.advertis_data).unwrap_or_default();
        payload.with_buffer(&format!("/devices/{at}/advertisData"), bytes)
    })
}

fn connect(wx: &mut Wx, args: &Args) -> Outcome {
    let id = args.text("deviceId").to_owned();
    if adapter(wx)?.connected.contains(&id) {
        return Err(WxError::new("already connect").with_code(-1));
    }
    let device = wx
        .profile
        .bluetooth
        .devices
        .iter()
        .find(|device| device.device_id == id);
    match device {
        None => return Err(WxError::new("no device").with_code(10002)),
        Some(device) if !device.connectable => return Err(WxError::new("connection fail").with_code(10003)),
        Some(_) => {}
    }
    adapter(wx)?.connected.insert(id.clone());
    emit(
        wx,
        "bLEConnectionStateChange",
        &json!({ "deviceId": id, "connected": true }),
    );
    ok()
}

fn disconnect(wx: &mut Wx, args: &Args) -> Outcome {
    let id = linked(wx, args)?.device_id;
    lose(wx, &id);
    ok()
}

fn lose(wx: &mut Wx, id: &str) {
    if let Some(adapter) = &mut wx.phone.bluetooth {
        adapter.connected.remove(id);
        adapter.notified.retain(|[device, ..]| device != id);
    }
    emit(
        wx,
        "bLEConnectionStateChange",
        &json!({ "deviceId": id, "connected": false }),
    );
}

/// Bluetooth has changed around the app.
pub(super) fn tell(wx: &mut Wx, before: &Bluetooth) {
    let Some(held) = wx.phone.bluetooth.clone() else { return };
    let on = wx.profile.bluetooth.available;
    if on != before.available {
        if let Some(adapter) = wx.phone.bluetooth.as_mut().filter(|_| !on) {
            adapter.discovering = None;
        }
        emit(wx, "bluetoothAdapterStateChange", &state(wx));
    }
    let there = |wx: &Wx, id: &str| on && wx.profile.bluetooth.devices.iter().any(|device| device.device_id == id);
    let lost: Vec<_> = held.connected.iter().filter(|id| !there(wx, id)).cloned().collect();
    for id in lost {
        lose(wx, &id);
    }
    discover(wx);
    super::bluetooth_values::tell(wx, before);
}
