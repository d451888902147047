//! The map: where it looks is kept for each map, and begins where the phone is.

use super::players::called;
use crate::wx::phone::person::confirm;
use crate::wx::{Api, Args, Form, Outcome, Param, Wx, WxError, ok, ok_with};
use serde::Serialize;
use serde_json::{Value, json};

const LOOK: &str = "where the map looks, at first the profile's location; nothing is drawn";

/// Where a map looks, and what was put on it.
#[derive(Debug, Clone, Default)]
pub struct Map {
    center: Place,
    markers: Vec<Value>,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Place {
    latitude: f64,
    longitude: f64,
}

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::js("createMapContext").simulated(LOOK),
    method("MapContext.getCenterLocation", &[], |wx, args| {
        let center = map(wx, args).center;
        ok_with(json!(center))
    }),
    method(
        "MapContext.moveToLocation",
        &[
            Param::optional("latitude", "Number"),
            Param::optional("longitude", "Number"),
        ],
        move_to,
    ),
    method("MapContext.getScale", &[], |wx, args| {
        called(wx, args);
        ok_with(json!({ "scale": SCALE }))
    }),
    method("MapContext.getRotate", &[], |wx, args| {
        called(wx, args);
        ok_with(json!({ "rotate": 0 }))
    }),
    method("MapContext.getSkew", &[], |wx, args| {
        called(wx, args);
        ok_with(json!({ "skew": 0 }))
    }),
    method("MapContext.getRegion", &[], region),
    method(
        "MapContext.includePoints",
        &[Param::required("points", "Array"), Param::optional("padding", "Array")],
        include,
    ),
    method(
        "MapContext.addMarkers",
        &[Param::required("markers", "Array"), Param::optional("clear", "Boolean")],
        add,
    ),
    method(
        "MapContext.removeMarkers",
        &[Param::required("markerIds", "Array")],
        remove,
    ),
    method(
        "MapContext.translateMarker",
        &[
            Param::required("markerId", "Number"),
            Param::required("destination", "Object"),
        ],
        translate,
    ),
    method(
        "MapContext.openMapApp",
        &[
            Param::required("latitude", "Number"),
            Param::required("longitude", "Number"),
            Param::required("destination", "String"),
        ],
        |wx, args| {
            let api = called(wx, args);
            confirm(wx, &api)
        },
    ),
];

const fn method(name: &'static str, params: &'static [Param], run: fn(&mut Wx, &Args) -> Outcome) -> Api {
    Api::now(name, params, run).form(Form::Callback).simulated(LOOK)
}

/// The platform's first scale: a px is then about two metres.
const SCALE: u32 = 16;

fn here(wx: &Wx) -> Place {
    Place {
        latitude: wx.profile.location.latitude,
        longitude: wx.profile.location.longitude,
    }
}

/// The map that the call is about.
fn map<'a>(wx: &'a mut Wx, args: &Args) -> &'a mut Map {
    called(wx, args);
    let center = here(wx);
    let first = || Map {
        center,
        markers: Vec::new(),
    };
    wx.phone.maps.entry(args.text("$id").to_owned()).or_insert_with(first)
}

fn place_of(value: &Value) -> Option<Place> {
    let degrees = |name: &str, most: f64| value[name].as_f64().filter(|degrees| degrees.abs() <= most);
    Some(Place {
        latitude: degrees("latitude", 90.0)?,
        longitude: degrees("longitude", 180.0)?,
    })
}

/// Without a place named it is the phone's.
fn move_to(wx: &mut Wx, args: &Args) -> Outcome {
    let named = args.value.get("latitude").is_some() || args.value.get("longitude").is_some();
    let place = match named {
        true => place_of(&args.value).ok_or_else(|| WxError::parameter("invalid location"))?,
        false => here(wx),
    };
    map(wx, args).center = place;
    ok()
}

/// What a map as wide as the screen and three quarters as high shows, by the platform's projection.
fn region(wx: &mut Wx, args: &Args) -> Outcome {
    const TILE: f64 = 256.0;
    let width = wx.profile.screen.width;
    let center = map(wx, args).center;
    let across = width * 360.0 / (TILE * f64::from(1_u32 << SCALE));
    let up = across * 0.75 * center.latitude.to_radians().cos();
    let corner = |sign: f64| Place {
        latitude: center.latitude + sign * up / 2.0,
        longitude: center.longitude + sign * across / 2.0,
    };
    ok_with(json!({ "southwest": corner(-1.0), "northeast": corner(1.0) }))
}

/// The map looks at the middle of the points.
fn include(wx: &mut Wx, args: &Args) -> Outcome {
    let points: Option<Vec<Place>> = args.value["points"]
        .as_array()
        .into_iter()
        .flatten()
        .map(place_of)
        .collect();
    let points = points
        .filter(|points| !points.is_empty())
        .ok_or_else(|| WxError::parameter("invalid points"))?;
    let middle = |of: fn(&Place) -> f64| {
        let (low, high) = points
            .iter()
            .map(of)
            .fold((f64::MAX, f64::MIN), |(low, high), one| (low.min(one), high.max(one)));
        f64::midpoint(low, high)
    };
    map(wx, args).center = Place {
        latitude: middle(|place| place.latitude),
        longitude: middle(|place| place.longitude),
    };
    ok()
}

fn id_of(marker: &Value) -> Option<f64> {
    marker["id"].as_f64()
}

/// A marker of a known id takes the place of the older one.
fn add(wx: &mut Wx, args: &Args) -> Outcome {
    let given = args.value["markers"].as_array().cloned().unwrap_or_default();
    if given
        .iter()
        .any(|marker| place_of(marker).is_none() || id_of(marker).is_none())
    {
        return Err(WxError::parameter("invalid markers"));
    }
    let clear = args.truthy("clear");
    let map = map(wx, args);
    map.markers
        .retain(|old| !clear && !given.iter().any(|new| id_of(new) == id_of(old)));
    map.markers.extend(given);
    ok()
}

fn remove(wx: &mut Wx, args: &Args) -> Outcome {
    let ids: Vec<f64> = args.value["markerIds"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_f64().or_else(|| id.as_str()?.parse().ok()))
        .collect();
    map(wx, args)
        .markers
        .retain(|marker| !id_of(marker).is_some_and(|id| ids.iter().any(|gone| gone.to_bits() == id.to_bits())));
    ok()
}

fn translate(wx: &mut Wx, args: &Args) -> Outcome {
    let place = place_of(&args.value["destination"]).ok_or_else(|| WxError::parameter("invalid destination"))?;
    let wanted = args.number("markerId");
    let map = map(wx, args);
    let marker = map.markers.iter_mut().find(|marker| id_of(marker) == wanted);
    let marker = marker.ok_or_else(|| WxError::new("there is no such marker"))?;
    marker["latitude"] = place.latitude.into();
    marker["longitude"] = place.longitude.into();
    ok()
}
