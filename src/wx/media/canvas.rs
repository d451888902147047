//! The canvas: it takes every order, the timeline tells how many each drawing has, and its pixels are transparent.

use super::methods;
use crate::wx::{Api, Args, Form, Outcome, Param, Wx, WxError, ok, ok_with, to_base64};
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use serde_json::json;
use std::io::Write;

const RECORDED: &str = "each draw is on the timeline with its steps; nothing is drawn, and text has an estimated width";
const BLANK: &str = "nothing is drawn: transparent pixels of the right size";

const SIZE: [Param; 4] = [
    Param::required("x", "Number"),
    Param::required("y", "Number"),
    Param::required("width", "Number"),
    Param::required("height", "Number"),
];

/// What makes it, and what is read of it.
pub const APIS: &[Api] = &[
    Api::js("createCanvasContext").simulated(RECORDED),
    Api::js("createOffscreenCanvas").since("2.16.1").simulated(BLANK),
    Api::js("OffscreenCanvas.createImage").since("2.16.1").simulated(BLANK),
    Api::js("OffscreenCanvas.getContext").since("2.16.1").simulated(BLANK),
    Api::now(
        "canvasGetImageData",
        &[
            Param::required("canvasId", "String"),
            SIZE[0],
            SIZE[1],
            SIZE[2],
            SIZE[3],
        ],
        area,
    )
    .since("1.9.0")
    .simulated(BLANK),
    Api::now(
        "canvasPutImageData",
        &[
            Param::required("canvasId", "String"),
            Param::required("data", "Uint8ClampedArray"),
            SIZE[0],
            SIZE[1],
            SIZE[2],
            SIZE[3],
        ],
        area,
    )
    .since("1.9.0")
    .simulated(RECORDED),
    Api::now(
        "canvasToTempFilePath",
        &[
            Param::optional("canvasId", "*"),
            Param::default("x", "Number", "0"),
            Param::default("y", "Number", "0"),
            Param::default("width", "Number", "300"),
            Param::default("height", "Number", "150"),
            Param::optional("destWidth", "Number"),
            Param::optional("destHeight", "Number"),
            Param::default("fileType", "String", "\"png\""),
            Param::default("quality", "Number", "1"),
        ],
        to_file,
    )
    .simulated(BLANK),
    Api::now("$canvas.data", &[], to_url).form(Form::Js),
];

/// Sides of a picture that a canvas can have.
const LONGEST: f64 = 8192.0;

fn sides(args: &Args, names: [&str; 2]) -> Result<[u16; 2], WxError> {
    let mut sides = [0; 2];
    for (side, name) in sides.iter_mut().zip(names) {
        let length = args.number(name).unwrap_or_default().round();
        if !(1.0..=LONGEST).contains(&length) {
            return Err(WxError::parameter(format!("invalid {name}")));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within its bounds"
        )]
        let whole = length as u16;
        *side = whole;
    }
    Ok(sides)
}

/// Whether a canvas can have the area that is read or written.
fn area(_: &mut Wx, args: &Args) -> Outcome {
    sides(args, ["width", "height"]).and_then(|_| ok())
}

/// The file has as many pixels as the screen has for that part of the canvas, unless the app says how many.
fn to_file(wx: &mut Wx, args: &Args) -> Outcome {
    let mut args = args.clone();
    for (wanted, side) in [("destWidth", "width"), ("destHeight", "height")] {
        if args.number(wanted).is_none() {
            let pixels = args.number(side).unwrap_or_default() * wx.profile.screen.pixel_ratio;
            args.value[wanted] = json!(pixels);
        }
    }
    let size = sides(&args, ["destWidth", "destHeight"])?;
    let (bytes, end) = match args.text("fileType") {
        "jpg" => (jpeg(size, args.number("quality").unwrap_or(1.0))?, "jpg"),
        _ => (png(size)?, "png"),
    };
    wx.memory.phone.picked += 1;
    let name = format!("{:08x}.{end}", wx.memory.phone.picked);
    let path = wx.files.create_temp(&name, &bytes)?;
    ok_with(json!({ "tempFilePath": path }))
}

fn to_url(_: &mut Wx, args: &Args) -> Outcome {
    let size = sides(args, ["width", "height"])?;
    let (bytes, kind) = match args.text("type") {
        "image/jpeg" => (jpeg(size, 0.92)?, "jpeg"),
        _ => (png(size)?, "png"),
    };
    ok_with(json!({ "url": format!("data:image/{kind};base64,{}", to_base64(&bytes)) }))
}

/// A picture of this size whose pixels are all transparent.
fn png([width, height]: [u16; 2]) -> Result<Vec<u8>, WxError> {
    const RGBA_8_BITS: [u8; 5] = [8, 6, 0, 0, 0];
    let head = [
        &u32::from(width).to_be_bytes()[..],
        &u32::from(height).to_be_bytes(),
        &RGBA_8_BITS,
    ]
    .concat();
    // Each row begins with the number of its filter.
    let row = vec![0; 1 + 4 * usize::from(width)];
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::fast());
    let written = (0..height)
        .try_for_each(|_| pixels.write_all(&row))
        .and_then(|()| pixels.finish());
    let pixels = written.map_err(|error| WxError::new(error.to_string()))?;
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", head), (b"IDAT", pixels), (b"IEND", Vec::new())] {
        let length = u32::try_from(content.len()).map_err(|_| WxError::new("image is too large"))?;
        let named = [&kind[..], &content].concat();
        let mut sum = Crc::new();
        sum.update(&named);
        bytes.extend(length.to_be_bytes());
        bytes.extend(named);
        bytes.extend(sum.sum().to_be_bytes());
    }
    Ok(bytes)
}

/// As far as a picture without transparency can be empty: black.
fn jpeg([width, height]: [u16; 2], quality: f64) -> Result<Vec<u8>, WxError> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 1 and 100"
    )]
    let quality = (quality * 100.0).clamp(1.0, 100.0) as u8;
    let pixels = vec![0; usize::from(width) * usize::from(height)];
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, quality)
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Luma)
        .map_err(|error| WxError::new(error.to_string()))?;
    Ok(bytes)
}

/// `CanvasContext`.
pub const CONTEXT: &[Api] = methods!(
    "CanvasContext", "1.0.0", RECORDED;
    arc arcTo beginPath bezierCurveTo clearRect clip closePath createCircularGradient createLinearGradient createPattern
    draw drawImage fill fillRect fillText lineTo measureText moveTo quadraticCurveTo rect restore rotate save scale
    setFillStyle setFontSize setGlobalAlpha setLineCap setLineDash setLineJoin setLineWidth setMiterLimit setShadow
    setStrokeStyle setTextAlign setTextBaseline setTransform stroke strokeRect strokeText transform translate
);
