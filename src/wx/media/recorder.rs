//! The microphone. It hears nothing: a recording is a file of silence, as long as it was recorded.

use super::{granted, methods, wav};
use crate::wx::phone::permission::need;
use crate::wx::phone::person::ask;
use crate::wx::{Api, Args, Form, Outcome, Wx, WxError, base64, ok, ok_with};
use serde_json::{Value, json};

const SILENT: &str = "a WAV file of silence (PCM where that is asked for), or the answer's base64 and extension";

/// `RecorderManager`.
pub const MANAGER: &[Api] = methods!(
    "RecorderManager", "1.6.0", SILENT;
    start pause resume stop onStart onPause onResume onStop onError onInterruptionBegin onInterruptionEnd
);

/// What makes it, and the functions that were there before it.
pub const APIS: &[Api] = &[
    Api::js("getRecorderManager").since("1.6.0").simulated(SILENT),
    Api::now("$record.start", &[], start).form(Form::Js),
    Api::now("$record.save", &[], save).form(Form::Js),
    Api::now("startRecord", &[], granted).simulated(SILENT),
    Api::now("stopRecord", &[], granted).simulated(SILENT),
];

const RATES: [f64; 9] = [
    8000.0, 11025.0, 12000.0, 16000.0, 22050.0, 24000.0, 32000.0, 44100.0, 48000.0,
];

/// Whether such a recording can begin.
fn start(wx: &mut Wx, args: &Args) -> Outcome {
    let fits = |name: &str, known: &[f64]| {
        let value = args.number(name).unwrap_or_default();
        match known.iter().any(|one| one.to_bits() == value.to_bits()) {
            true => Ok(()),
            false => Err(WxError::new(format!("invalid {name}"))),
        }
    };
    fits("sampleRate", &RATES)?;
    fits("numberOfChannels", &[1.0, 2.0])?;
    if !matches!(args.text("format"), "aac" | "mp3" | "wav" | "PCM") {
        return Err(WxError::new("invalid format"));
    }
    need(wx, "record")?;
    ok()
}

/// The recording becomes a temporary file.
fn save(wx: &mut Wx, args: &Args) -> Outcome {
    let duration = args.number("duration").unwrap_or_default();
    let answer = ask(wx, "getRecorderManager", "base64", json!({}))?;
    let (bytes, end) = match answer.get("base64").and_then(Value::as_str) {
        Some(text) => {
            let bytes = base64::to_bytes(text).map_err(|error| WxError::new(error.to_string()))?;
            let end = answer
                .get("extension")
                .and_then(Value::as_str)
                .unwrap_or(args.text("format"));
            (bytes, end.to_owned())
        }
        None => silent(args, duration).ok_or_else(|| WxError::new("the recording is too long"))?,
    };
    wx.memory.phone.picked += 1;
    let name = format!("{:08x}.{end}", wx.memory.phone.picked);
    let path = wx.files.create_temp(&name, &bytes)?;
    ok_with(json!({ "tempFilePath": path, "duration": duration, "fileSize": bytes.len() }))
}

fn silent(args: &Args, duration: f64) -> Option<(Vec<u8>, String)> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked when the recording began"
    )]
    let (rate, channels) = (
        args.number("sampleRate")? as u32,
        args.number("numberOfChannels")? as u16,
    );
    if args.text("format") == "PCM" {
        return Some((wav::samples(duration, rate, channels)?, "pcm".into()));
    }
    Some((wav::silence(duration, rate, channels)?, "wav".into()))
}
