//! Players of sound. They play by the device's clock; how long a sound is stands in its file.

use super::{granted, methods};
use crate::wx::phone::person::ask;
use crate::wx::{Api, Args, Form, NetworkType, Outcome, Param, Wx, WxError, ok_with};
use lofty::file::AudioFile;
use lofty::probe::Probe;
use serde_json::json;
use std::io::Cursor;

const PLAYED: &str = "plays by the clock, unheard; the length is the file's, of an address the answer's";

/// `wx.createInnerAudioContext` and its object.
pub const INNER: &[Api] = methods!(
    "InnerAudioContext", "1.6.0", PLAYED;
    play pause stop seek destroy onCanplay offCanplay onPlay offPlay onPause offPause onStop offStop onEnded offEnded
    onTimeUpdate offTimeUpdate onError offError onWaiting offWaiting onSeeking offSeeking onSeeked offSeeked
);

/// `wx.getBackgroundAudioManager` and its object.
pub const BACKGROUND: &[Api] = methods!(
    "BackgroundAudioManager", "1.2.0", PLAYED;
    play pause stop seek onCanplay onPlay onPause onStop onEnded onTimeUpdate onError onWaiting onSeeking onSeeked
    onNext onPrev
);

/// What makes the two, and the functions that were there before them.
pub const APIS: &[Api] = &[
    Api::js("createInnerAudioContext").since("1.6.0").simulated(PLAYED),
    Api::js("getBackgroundAudioManager").since("1.2.0").simulated(PLAYED),
    Api::now("$audio", &[], length).form(Form::Js),
    Api::now(
        "setInnerAudioOption",
        &[
            Param::optional("mixWithOther", "Boolean"),
            Param::optional("obeyMuteSwitch", "Boolean"),
            Param::optional("speakerOn", "Boolean"),
        ],
        option,
    )
    .since("2.3.0")
    .simulated("is on the timeline: nothing is heard either way"),
    old(
        "playBackgroundAudio",
        &[
            Param::required("dataUrl", "String"),
            Param::optional("title", "String"),
            Param::optional("coverImgUrl", "String"),
        ],
    ),
    old("pauseBackgroundAudio", &[]),
    old("stopBackgroundAudio", &[]),
    old("seekBackgroundAudio", &[Param::required("position", "Number")]),
    old("getBackgroundAudioPlayerState", &[]),
    Api::event("backgroundAudioPlay").simulated(PLAYED),
    Api::event("backgroundAudioPause").simulated(PLAYED),
    Api::event("backgroundAudioStop").simulated(PLAYED),
    old(
        "playVoice",
        &[
            Param::required("filePath", "String"),
            Param::default("duration", "Number", "60"),
        ],
    ),
    old("pauseVoice", &[]),
    old("stopVoice", &[]),
];

const fn old(name: &'static str, params: &'static [Param]) -> Api {
    Api::now(name, params, granted).simulated(PLAYED)
}

fn option(wx: &mut Wx, args: &Args) -> Outcome {
    wx.outbox.note("audio.option", args.value.clone());
    super::ok()
}

/// The platform's error codes of players.
const NETWORK: i32 = 10002;
const FILE: i32 = 10003;
const FORMAT: i32 = 10004;

/// `{src, api}` gives `{duration}` in seconds.
fn length(wx: &mut Wx, args: &Args) -> Outcome {
    let (src, api) = (args.text("src"), args.text("api"));
    if src.starts_with("http://") || src.starts_with("https://") {
        return of_address(wx, api);
    }
    let failed = |code: i32| move |error: WxError| error.with_code(code);
    let bytes = wx.files.read(src).map_err(failed(FILE))?;
    let seconds = seconds_of(&bytes).ok_or_else(|| WxError::new("unsupported format").with_code(FORMAT))?;
    ok_with(json!({ "duration": seconds }))
}

/// Nothing is fetched: what an address gives is the profile's answer.
fn of_address(wx: &mut Wx, api: &str) -> Outcome {
    const SECONDS: f64 = 60.0;
    if wx.profile.network == NetworkType::None || wx.network.network.conditions().offline {
        return Err(WxError::new("network error").with_code(NETWORK));
    }
    let failed = |error: WxError| WxError {
        code: error.code.or(Some(NETWORK)),
        ..error
    };
    let answer = ask(wx, api, "duration", json!({ "duration": SECONDS })).map_err(failed)?;
    let seconds = answer["duration"].as_f64().filter(|seconds| *seconds > 0.0);
    ok_with(json!({ "duration": seconds.unwrap_or(SECONDS) }))
}

/// How long the sound in this file is; nothing for what is no sound.
pub fn seconds_of(bytes: &[u8]) -> Option<f64> {
    let file = Probe::new(Cursor::new(bytes)).guess_file_type().ok()?.read().ok()?;
    let seconds = file.properties().duration().as_secs_f64();
    (seconds > 0.0).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_sound_stands_in_its_file() {
        let wav = super::super::wav::silence(1500.0, 8000, 1).unwrap();
        assert!((seconds_of(&wav).unwrap() - 1.5).abs() < 0.001);
        assert_eq!(seconds_of(b"no sound at all"), None);
        assert_eq!(seconds_of(&wav[..20]), None);
    }
}
