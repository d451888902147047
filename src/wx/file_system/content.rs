//! Whole files: read, write, append, truncate, copy.

use super::encoding::Encoding;
use super::fault::{Fault, on};
use super::whole;
use crate::wx::{Args, Outcome, Payload, Wx, WxError, ok, ok_with};
use serde_json::{Value, json};
use std::fs::OpenOptions;

/// The part of a file that `position` and `length` name.
///
/// # Errors
/// One of them lies outside of the file.
pub fn part(args: &Args, bytes: Vec<u8>) -> Result<Vec<u8>, WxError> {
    let number = |name: &str| args.value.get(name).and_then(Value::as_f64);
    let (position, length) = (number("position"), number("length"));
    if position.is_none() && length.is_none() {
        return Ok(bytes);
    }
    let total = bytes.len() as u64;
    let start = match position {
        Some(_) => whole(args, "position")
            .filter(|at| *at < total.max(1))
            .ok_or(Fault::PositionRange)?,
        None => 0,
    };
    let length = match length {
        Some(_) => whole(args, "length")
            .filter(|length| (1..=total).contains(length))
            .ok_or(Fault::LengthRange)?,
        None => total,
    };
    let within = |at: u64| usize::try_from(at.min(total)).unwrap_or(bytes.len());
    Ok(bytes[within(start)..within(start + length)].to_vec())
}

/// Bytes as the app asked for them: text in an encoding, else an `ArrayBuffer`.
pub fn data(encoding: Option<Encoding>, bytes: Vec<u8>) -> Payload {
    match encoding {
        Some(encoding) => Payload::json(&json!({ "data": encoding.text(&bytes) })),
        None => Payload::default().with_buffer("data", bytes),
    }
}

/// The bytes that the app gave to write.
///
/// # Errors
/// They are not in the encoding that it names.
pub fn given(args: &Args) -> Result<Vec<u8>, WxError> {
    match args.buffers.get("data") {
        Some(bytes) => Ok(bytes.to_vec()),
        None => Encoding::of(args)?.unwrap_or(Encoding::Utf8).bytes(args.text("data")),
    }
}

pub fn read_file(wx: &mut Wx, args: &Args) -> Outcome {
    let encoding = Encoding::of(args)?;
    let bytes = wx.files.read(args.text("filePath"))?;
    Ok(data(encoding, part(args, bytes)?))
}

pub fn write_file(wx: &mut Wx, args: &Args) -> Outcome {
    let now = wx.clock.now_ms();
    wx.files.write(args.text("filePath"), &given(args)?, false, now)?;
    ok()
}

/// The file must be there already, as on the platform.
pub fn append_file(wx: &mut Wx, args: &Args) -> Outcome {
    let (path, now) = (args.text("filePath"), wx.clock.now_ms());
    let place = wx.files.writable("open", path)?;
    wx.files.folder.metadata(&place).map_err(on("open", path))?;
    wx.files.write(path, &given(args)?, true, now)?;
    ok()
}

pub fn truncate(wx: &mut Wx, args: &Args) -> Outcome {
    let (path, now) = (args.text("filePath"), wx.clock.now_ms());
    let place = wx.files.writable("open", path)?;
    let length = whole(args, "length").unwrap_or(0);
    let file = wx
        .files
        .folder
        .open(&place, OpenOptions::new().write(true))
        .map_err(on("open", path))?;
    wx.files.reserve(&place, length)?;
    file.set_len(length).map_err(on("truncate", path))?;
    wx.files.finish(&file, now);
    ok()
}

pub fn copy_file(wx: &mut Wx, args: &Args) -> Outcome {
    let (now, bytes) = (wx.clock.now_ms(), wx.files.read(args.text("srcPath"))?);
    wx.files.write(args.text("destPath"), &bytes, false, now)?;
    ok_with(json!({}))
}
