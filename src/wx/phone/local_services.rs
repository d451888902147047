//! What other machines on the local network offer.

use super::change::emit;
use crate::wx::{Api, Args, HostCommand, Outcome, Param, Wx, WxError, ok};
use serde_json::json;
use std::collections::BTreeSet;

const SERVICES: &str = "the profile's services";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now(
        "startLocalServiceDiscovery",
        &[Param::required("serviceType", "String")],
        start,
    )
    .since("2.4.0")
    .simulated(SERVICES),
    Api::now("stopLocalServiceDiscovery", &[], stop)
        .since("2.4.0")
        .simulated(SERVICES),
    Api::event("localServiceFound")
        .since("2.4.0")
        .simulated("after the start, and when the profile's services change"),
    Api::event("localServiceLost")
        .since("2.4.0")
        .simulated("when the profile's services change"),
    Api::event("localServiceResolveFail")
        .since("2.4.0")
        .simulated("for a service of the profile without an address"),
    Api::event("localServiceDiscoveryStop")
        .since("2.4.0")
        .simulated("when the search ends"),
];

fn start(wx: &mut Wx, args: &Args) -> Outcome {
    /// How long the phone looks before it has found any.
    const LOOK_MS: f64 = 100.0;
    if args.text("serviceType").is_empty() {
        return Err(WxError::new("invalid param"));
    }
    if wx.phone.looking_for.is_some() {
        return Err(WxError::new("scan task already exist"));
    }
    wx.phone.looking_for = Some((args.text("serviceType").to_owned(), BTreeSet::new()));
    wx.outbox.command(HostCommand::At {
        at_ms: wx.clock.now_ms() + LOOK_MS,
        run: tell,
    });
    ok()
}

fn stop(wx: &mut Wx, _: &Args) -> Outcome {
    if wx.phone.looking_for.take().is_none() {
        return Err(WxError::new("task not found"));
    }
    emit(wx, "localServiceDiscoveryStop", &json!({}));
    ok()
}

/// Tells an app that looks for services which have come and which are gone.
pub(super) fn tell(wx: &mut Wx) {
    let Some((kind, mut known)) = wx.phone.looking_for.take() else {
        return;
    };
    let offered: Vec<_> = wx
        .profile
        .services
        .iter()
        .filter(|service| service.service_type == kind)
        .cloned()
        .collect();
    for service in &offered {
        if !known.insert(service.service_name.clone()) {
            continue;
        }
        let name = json!({ "serviceType": kind, "serviceName": service.service_name });
        if service.ip.is_empty() {
            emit(wx, "localServiceResolveFail", &name);
        } else {
            let found = json!({
                "serviceType": kind, "serviceName": service.service_name, "ip": service.ip, "port": service.port,
            });
            emit(wx, "localServiceFound", &found);
        }
    }
    let (kept, lost): (BTreeSet<_>, BTreeSet<_>) = known
        .into_iter()
        .partition(|name| offered.iter().any(|service| service.service_name == *name));
    for name in lost {
        emit(
            wx,
            "localServiceLost",
            &json!({ "serviceType": kind, "serviceName": name }),
        );
    }
    wx.phone.looking_for = Some((kind, kept));
}
