//! The camera: it sees the newest picture and the newest video of the album.

use super::players::called;
use crate::wx::phone::album::{film, photo};
use crate::wx::phone::permission::need;
use crate::wx::phone::person::confirm;
use crate::wx::{Api, Args, Form, Outcome, Param, Wx, WxError, ok_with};
use serde_json::json;

const SEEN: &str = "the newest picture or video of the album";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::js("createCameraContext").since("1.6.0").simulated(SEEN),
    method(
        "CameraContext.takePhoto",
        &[
            Param::optional("quality", "String"),
            Param::optional("selfieMirror", "Boolean"),
        ],
        take_photo,
    ),
    method(
        "CameraContext.startRecord",
        &[Param::optional("timeout", "Number")],
        start_record,
    ),
    method("CameraContext.stopRecord", &[], stop_record),
    method("CameraContext.setZoom", &[Param::required("zoom", "Number")], set_zoom),
];

const fn method(name: &'static str, params: &'static [Param], run: fn(&mut Wx, &Args) -> Outcome) -> Api {
    Api::now(name, params, run)
        .form(Form::Callback)
        .since("1.6.0")
        .simulated(SEEN)
}

/// Whether the app may use the camera, and the person is ready.
fn ready(wx: &mut Wx, args: &Args) -> Outcome {
    let api = called(wx, args);
    need(wx, "camera")?;
    confirm(wx, &api)
}

fn take_photo(wx: &mut Wx, args: &Args) -> Outcome {
    if !matches!(args.text("quality"), "" | "high" | "normal" | "low" | "original") {
        return Err(WxError::parameter("invalid quality"));
    }
    ready(wx, args)?;
    let (path, width, height) = photo(wx)?;
    ok_with(json!({ "tempImagePath": path, "width": width, "height": height }))
}

fn start_record(wx: &mut Wx, args: &Args) -> Outcome {
    if wx.phone.filming {
        return Err(WxError::new("is recording"));
    }
    let ready = ready(wx, args)?;
    wx.phone.filming = true;
    Ok(ready)
}

fn stop_record(wx: &mut Wx, args: &Args) -> Outcome {
    if !std::mem::take(&mut wx.phone.filming) {
        return Err(WxError::new("is not recording"));
    }
    ready(wx, args)?;
    let video = film(wx)?;
    let (thumb, ..) = photo(wx)?;
    ok_with(json!({ "tempVideoPath": video, "tempThumbPath": thumb }))
}

/// The lens zooms up to eight times.
fn set_zoom(wx: &mut Wx, args: &Args) -> Outcome {
    const MOST: f64 = 8.0;
    ready(wx, args)?;
    let zoom = args.number("zoom").unwrap_or(1.0).clamp(1.0, MOST);
    ok_with(json!({ "zoom": zoom }))
}
