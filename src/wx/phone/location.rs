//! Where the phone is, and the platform's map.

use super::change::emit;
use super::permission::need;
use super::person;
use crate::wx::{Api, Args, HostCommand, Outcome, Param, Wx, WxError, ok, ok_with};
use serde_json::{Value, json};

/// Functions that app.json has to declare in `requiredPrivateInfos`.
pub const PRIVATE_INFOS: [&str; 7] = [
    "getFuzzyLocation",
    "getLocation",
    "onLocationChange",
    "startLocationUpdate",
    "startLocationUpdateBackground",
    "chooseLocation",
    "choosePoi",
];

const TYPE: Param = Param::default("type", "String", "\"wgs84\"");
const PLACE: &str = "the profile's location";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now(
        "getLocation",
        &[
            TYPE,
            Param::optional("altitude", "*"),
            Param::optional("isHighAccuracy", "Boolean"),
            Param::optional("highAccuracyExpireTime", "Number"),
        ],
        |wx, args| {
            declared(wx, "getLocation")?;
            located(wx, args, "userLocation").and_then(|()| ok_with(place(wx)))
        },
    )
    .simulated(PLACE),
    Api::now("getFuzzyLocation", &[TYPE], |wx, args| {
        declared(wx, "getFuzzyLocation")?;
        located(wx, args, "userFuzzyLocation").and_then(|()| ok_with(fuzzy(wx)))
    })
    .since("2.25.0")
    .simulated("the profile's location to a hundredth of a degree"),
    Api::now(
        "startLocationUpdate",
        &[Param::default("type", "String", "\"gcj02\"")],
        |wx, args| {
            declared(wx, "startLocationUpdate")?;
            start(wx, args)
        },
    )
    .since("2.8.0")
    .simulated(PLACE),
    Api::now(
        "startLocationUpdateBackground",
        &[Param::default("type", "String", "\"gcj02\"")],
        |wx, args| {
            declared(wx, "startLocationUpdateBackground")?;
            start(wx, args)
        },
    )
    .since("2.8.0")
    .simulated("as startLocationUpdate; an app in the background is suspended all the same"),
    Api::now("stopLocationUpdate", &[], |wx, _| {
        wx.phone.locating = false;
        ok()
    })
    .since("2.8.0")
    .simulated(PLACE),
    Api::event("locationChange")
        .since("2.8.1")
        .simulated("once at the start, and when the profile's location changes"),
    Api::event("locationChangeError")
        .since("2.19.5")
        .simulated("when the phone's switch for places goes off"),
    Api::now("chooseLocation", &[LATITUDE, LONGITUDE], choose)
        .simulated("the person chooses the place of the profile, unless answered"),
    Api::now("choosePoi", &[], choose_poi)
        .since("2.21.1")
        .simulated("the person chooses the place of the profile, unless answered"),
    Api::now(
        "openLocation",
        &[
            Param::required("latitude", "Number"),
            Param::required("longitude", "Number"),
            Param::optional("scale", "Number"),
            Param::optional("name", "String"),
            Param::optional("address", "String"),
        ],
        |wx, _| person::confirm(wx, "openLocation"),
    )
    .simulated("the map is opened and closed"),
];

const LATITUDE: Param = Param::optional("latitude", "Number|Undefined|Null");
const LONGITUDE: Param = Param::optional("longitude", "Number|Undefined|Null");

/// Whether app.json declares the function.
fn declared(wx: &Wx, name: &str) -> Result<(), WxError> {
    if !wx.app.undeclared.iter().any(|undeclared| undeclared == name) {
        return Ok(());
    }
    Err(WxError::new(
        "the api need to be declared in the requiredPrivateInfos field in app.json/ext.json",
    ))
}

/// Whether the app may know the place, and the phone knows it.
fn located(wx: &mut Wx, args: &Args, scope: &str) -> Result<(), WxError> {
    if !matches!(args.text("type"), "wgs84" | "gcj02" | "") {
        return Err(WxError::parameter("invalid type"));
    }
    need(wx, scope)?;
    if wx.profile.location.enabled {
        return Ok(());
    }
    Err(WxError::coded(":ERROR_NOCELL&WIFI_LOCATIONSWITCHOFF", 2).with_code(2))
}

fn place(wx: &Wx) -> Value {
    let (place, accuracy) = (&wx.profile.location, &wx.profile.location_accuracy);
    json!({
        "latitude": place.latitude, "longitude": place.longitude, "speed": place.speed,
        "accuracy": accuracy.horizontal, "altitude": place.altitude, "verticalAccuracy": accuracy.vertical,
        "horizontalAccuracy": accuracy.horizontal,
    })
}

fn fuzzy(wx: &Wx) -> Value {
    let coarse = |degrees: f64| (degrees * 100.0).round() / 100.0;
    let place = &wx.profile.location;
    json!({ "latitude": coarse(place.latitude), "longitude": coarse(place.longitude) })
}

fn start(wx: &mut Wx, args: &Args) -> Outcome {
    /// When the phone first knows its place, in milliseconds after the start.
    const FIRST_MS: f64 = 200.0;
    located(wx, args, "userLocation")?;
    wx.phone.locating = true;
    wx.outbox.command(HostCommand::At {
        at_ms: wx.clock.now_ms() + FIRST_MS,
        run: tell,
    });
    ok()
}

/// Tells an app that listens where the phone is.
pub(super) fn tell(wx: &mut Wx) {
    if !wx.phone.locating {
        return;
    }
    if wx.profile.location.enabled {
        emit(wx, "locationChange", &place(wx));
    } else {
        emit(wx, "locationChangeError", &json!({ "errCode": 2 }));
    }
}

fn choose(wx: &mut Wx, args: &Args) -> Outcome {
    declared(wx, "chooseLocation")?;
    let own = &wx.profile.location;
    let latitude = args.number("latitude").unwrap_or(own.latitude);
    let longitude = args.number("longitude").unwrap_or(own.longitude);
    let chosen = json!({
        "name": own.name, "address": own.address, "latitude": latitude, "longitude": longitude,
    });
    person::ask(wx, "chooseLocation", "name", chosen).and_then(ok_with)
}

fn choose_poi(wx: &mut Wx, _: &Args) -> Outcome {
    declared(wx, "choosePoi")?;
    let own = &wx.profile.location;
    let chosen = json!({
        "type": 2, "city": "", "name": own.name, "address": own.address, "latitude": own.latitude,
        "longitude": own.longitude,
    });
    person::ask(wx, "choosePoi", "name", chosen).and_then(ok_with)
}
