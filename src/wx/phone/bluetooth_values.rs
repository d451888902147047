//! The services of connected bluetooth devices, and their values.

use super::bluetooth::{DEVICE, adapter, linked, row};
use super::facts::{Bluetooth, Characteristic, Service};
use crate::wx::{Api, Args, Outcome, Param, Payload, Wx, WxError, base64, ok, ok_with};
use serde_json::{Value, json};

const SERVICE: Param = Param::required("serviceId", "String");
const CHARACTERISTIC: Param = Param::required("characteristicId", "String");

/// Rows of this family.
pub const APIS: &[Api] = &[
    row("getBLEDeviceServices", &[DEVICE], |wx, args| {
        let device = linked(wx, args)?;
        let told = |service: &Service| json!({ "uuid": service.uuid, "isPrimary": service.is_primary });
        ok_with(json!({ "services": device.services.iter().map(told).collect::<Vec<_>>() }))
    }),
    row("getBLEDeviceCharacteristics", &[DEVICE, SERVICE], |wx, args| {
        let service = service(wx, args)?;
        let told: Vec<Value> = service.characteristics.iter().map(told).collect();
        ok_with(json!({ "characteristics": told }))
    }),
    row(
        "readBLECharacteristicValue",
        &[DEVICE, SERVICE, CHARACTERISTIC],
        |wx, args| {
            let value = able(wx, args, &["read"])?.value;
            changed(wx, &ids(args), &value);
            ok()
        },
    ),
    row(
        "writeBLECharacteristicValue",
        &[DEVICE, SERVICE, CHARACTERISTIC, Param::required("value", "ArrayBuffer")],
        write,
    ),
    row(
        "notifyBLECharacteristicValueChange",
        &[DEVICE, SERVICE, CHARACTERISTIC, Param::required("state", "Boolean")],
        |wx, args| {
            able(wx, args, &["notify", "indicate"])?;
            let notified = &mut adapter(wx)?.notified;
            if args.truthy("state") {
                notified.insert(ids(args));
            } else {
                notified.remove(&ids(args));
            }
            ok()
        },
    ),
    Api::event("bLECharacteristicValueChange")
        .since("1.1.0")
        .simulated("after a read, and when a value of the profile changes that the app wants to hear of"),
];

fn ids(args: &Args) -> [String; 3] {
    ["deviceId", "serviceId", "characteristicId"].map(|name| args.text(name).to_owned())
}

fn told(characteristic: &Characteristic) -> Value {
    let can = |word: &str| characteristic.can.iter().any(|own| own == word);
    json!({
        "uuid": characteristic.uuid,
        "properties": {
            "read": can("read"), "write": can("write") || can("writeNoResponse"), "notify": can("notify"),
            "indicate": can("indicate"), "writeDefault": can("write"), "writeNoResponse": can("writeNoResponse"),
        },
    })
}

fn service(wx: &mut Wx, args: &Args) -> Result<Service, WxError> {
    let device = linked(wx, args)?;
    let wanted = args.text("serviceId");
    let found = device
        .services
        .into_iter()
        .find(|service| service.uuid.eq_ignore_ascii_case(wanted));
    found.ok_or_else(|| WxError::new("no service").with_code(10004))
}

/// The characteristic of the call, which can do one of these.
fn able(wx: &mut Wx, args: &Args, words: &[&str]) -> Result<Characteristic, WxError> {
    let service = service(wx, args)?;
    let wanted = args.text("characteristicId");
    let found = service
        .characteristics
        .into_iter()
        .find(|own| own.uuid.eq_ignore_ascii_case(wanted));
    let found = found.ok_or_else(|| WxError::new("no characteristic").with_code(10005))?;
    if found.can.iter().any(|own| words.contains(&own.as_str())) {
        return Ok(found);
    }
    Err(WxError::new("property not support").with_code(10007))
}

fn write(wx: &mut Wx, args: &Args) -> Outcome {
    able(wx, args, &["write", "writeNoResponse"])?;
    let bytes = args.buffers.get("value").map_or(&[][..], |bytes| bytes);
    let [device, service, characteristic] = ids(args);
    let value = base64::to_text(bytes);
    let written =
        json!({ "deviceId": device, "serviceId": service, "characteristicId": characteristic, "value": value });
    wx.outbox.note("bluetooth.write", written);
    let devices = &mut wx.profile.bluetooth.devices;
    let services = devices
        .iter_mut()
        .filter(|own| own.device_id == device)
        .flat_map(|own| &mut own.services);
    let values = services
        .filter(|own| own.uuid.eq_ignore_ascii_case(&service))
        .flat_map(|own| &mut own.characteristics);
    for own in values.filter(|own| own.uuid.eq_ignore_ascii_case(&characteristic)) {
        own.value.clone_from(&value);
    }
    ok()
}

fn changed(wx: &Wx, [device, service, characteristic]: &[String; 3], value: &str) {
    let names = json!({ "deviceId": device, "serviceId": service, "characteristicId": characteristic });
    let bytes = base64::to_bytes(value).unwrap_or_default();
    wx.outbox.emit(
        "bLECharacteristicValueChange",
        Payload::json(&names).with_buffer("value", bytes),
    );
}

fn value_of(bluetooth: &Bluetooth, [device, service, characteristic]: &[String; 3]) -> Option<String> {
    let device = bluetooth.devices.iter().find(|own| own.device_id == *device)?;
    let service = device
        .services
        .iter()
        .find(|own| own.uuid.eq_ignore_ascii_case(service))?;
    let value = service
        .characteristics
        .iter()
        .find(|own| own.uuid.eq_ignore_ascii_case(characteristic))?;
    Some(value.value.clone())
}

/// Tells of values that have changed and that the app wants to hear of.
pub(super) fn tell(wx: &Wx, before: &Bluetooth) {
    let Some(adapter) = &wx.phone.bluetooth else { return };
    for ids in &adapter.notified {
        let now = value_of(&wx.profile.bluetooth, ids);
        if let Some(value) = now.filter(|value| Some(value) != value_of(before, ids).as_ref()) {
            changed(wx, ids, &value);
        }
    }
}
