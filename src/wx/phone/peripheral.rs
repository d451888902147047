//! The phone as a bluetooth peripheral: what it offers is kept, and whoever comes to it is the host's to play.

use super::bluetooth::adapter;
use crate::wx::{Api, Args, Form, Outcome, Param, Wx, WxError, ok, ok_with};
use serde_json::{Value, json};

const OFFERED: &str = "services are kept; who connects, reads and writes is played by the word bleCentral";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("createBLEPeripheralServer", &[], create)
        .since("2.10.3")
        .simulated(OFFERED),
    Api::event("bLEPeripheralConnectionStateChanged")
        .since("2.10.3")
        .simulated(OFFERED),
    method(
        "BLEPeripheralServer.addService",
        &[Param::required("service", "Object")],
        add,
    ),
    method(
        "BLEPeripheralServer.removeService",
        &[Param::required("serviceId", "String")],
        remove,
    ),
    method(
        "BLEPeripheralServer.startAdvertising",
        &[Param::required("advertiseRequest", "Object")],
        |wx, args| advertise(wx, args, true),
    ),
    method("BLEPeripheralServer.stopAdvertising", &[], |wx, args| {
        advertise(wx, args, false)
    }),
    method(
        "BLEPeripheralServer.writeCharacteristicValue",
        &[
            Param::required("serviceId", "String"),
            Param::required("characteristicId", "String"),
            Param::required("value", "ArrayBuffer"),
            Param::required("needNotify", "Boolean"),
        ],
        write,
    ),
    method("BLEPeripheralServer.close", &[], |wx, args| {
        server(wx, args)?;
        wx.phone.servers.remove(args.text("$id"));
        ok()
    }),
    listener("BLEPeripheralServer.onCharacteristicReadRequest"),
    listener("BLEPeripheralServer.offCharacteristicReadRequest"),
    listener("BLEPeripheralServer.onCharacteristicWriteRequest"),
    listener("BLEPeripheralServer.offCharacteristicWriteRequest"),
    listener("BLEPeripheralServer.onCharacteristicSubscribed"),
    listener("BLEPeripheralServer.offCharacteristicSubscribed"),
    listener("BLEPeripheralServer.onCharacteristicUnsubscribed"),
    listener("BLEPeripheralServer.offCharacteristicUnsubscribed"),
];

const fn method(name: &'static str, params: &'static [Param], run: fn(&mut Wx, &Args) -> Outcome) -> Api {
    Api::now(name, params, run)
        .form(Form::Callback)
        .since("2.10.3")
        .simulated(OFFERED)
}

const fn listener(name: &'static str) -> Api {
    Api::js(name).since("2.10.3").simulated(OFFERED)
}

/// What one server offers.
#[derive(Debug, Clone, Default)]
pub struct Server {
    services: Vec<Value>,
    advertising: bool,
}

fn create(wx: &mut Wx, _: &Args) -> Outcome {
    adapter(wx)?;
    let number = wx.phone.servers.keys().filter_map(|id| id.parse::<u32>().ok()).max();
    let id = (number.unwrap_or(0) + 1).to_string();
    wx.phone.servers.insert(id.clone(), Server::default());
    ok_with(json!({ "serverId": id }))
}

fn server<'a>(wx: &'a mut Wx, args: &Args) -> Result<&'a mut Server, WxError> {
    adapter(wx)?;
    let server = wx.phone.servers.get_mut(args.text("$id"));
    server.ok_or_else(|| WxError::new("server is closed").with_code(10_006))
}

fn no_service() -> WxError {
    WxError::new("no service").with_code(10_004)
}

fn same(one: &Value, id: &str) -> bool {
    one.as_str().is_some_and(|one| one.eq_ignore_ascii_case(id))
}

fn add(wx: &mut Wx, args: &Args) -> Outcome {
    let service = &args.value["service"];
    if !service["uuid"].is_string() || !service["characteristics"].is_array() {
        return Err(WxError::parameter("invalid service"));
    }
    server(wx, args)?.services.push(service.clone());
    ok()
}

fn remove(wx: &mut Wx, args: &Args) -> Outcome {
    let services = &mut server(wx, args)?.services;
    let before = services.len();
    services.retain(|service| !same(&service["uuid"], args.text("serviceId")));
    if services.len() == before {
        Err(no_service())
    } else {
        ok()
    }
}

fn advertise(wx: &mut Wx, args: &Args, on: bool) -> Outcome {
    let server = server(wx, args)?;
    server.advertising = on;
    wx.outbox.note(
        "bluetooth.advertise",
        json!({ "on": on, "request": args.value["advertiseRequest"] }),
    );
    ok()
}

fn write(wx: &mut Wx, args: &Args) -> Outcome {
    let services = &server(wx, args)?.services;
    let service = services
        .iter()
        .find(|service| same(&service["uuid"], args.text("serviceId")));
    let known = service.ok_or_else(no_service)?["characteristics"].as_array();
    let wanted = args.text("characteristicId");
    if known.is_some_and(|known| known.iter().any(|one| same(&one["uuid"], wanted))) {
        return ok();
    }
    Err(WxError::new("no characteristic").with_code(10_005))
}
