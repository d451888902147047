//! Players of video and of live streams: what the app asks of them is on the timeline.

use super::methods;
use crate::wx::phone::album::photo;
use crate::wx::phone::permission::need;
use crate::wx::phone::person::confirm;
use crate::wx::{Api, Args, Form, Outcome, Param, Wx, WxError, ok_with};
use serde_json::{Value, json};

const TOLD: &str = "what the player is told is on the timeline; nothing is shown";
const LIVE: &str = "the state of the stream, and the timeline; nothing is shown";

/// What makes the players.
pub const APIS: &[Api] = &[
    Api::js("createVideoContext").simulated(TOLD),
    Api::js("createLivePlayerContext").since("1.7.0").simulated(LIVE),
    Api::js("createLivePusherContext").since("1.7.0").simulated(LIVE),
];

/// `VideoContext`.
pub const VIDEO: &[Api] = methods!(
    "VideoContext", "1.0.0", TOLD;
    play pause stop seek playbackRate sendDanmu requestFullScreen exitFullScreen showStatusBar hideStatusBar
);

/// `LivePlayerContext`.
pub const PLAYER: &[Api] = &[
    live("LivePlayerContext.play", &[]),
    live("LivePlayerContext.pause", &[]),
    live("LivePlayerContext.resume", &[]),
    live("LivePlayerContext.stop", &[]),
    live("LivePlayerContext.mute", &[]),
    live(
        "LivePlayerContext.requestFullScreen",
        &[Param::optional("direction", "Number")],
    ),
    live("LivePlayerContext.exitFullScreen", &[]),
    snapshot("LivePlayerContext.snapshot"),
];

/// `LivePusherContext`.
pub const PUSHER: &[Api] = &[
    live("LivePusherContext.start", &[]),
    live("LivePusherContext.pause", &[]),
    live("LivePusherContext.resume", &[]),
    live("LivePusherContext.stop", &[]),
    live("LivePusherContext.startPreview", &[]),
    live("LivePusherContext.stopPreview", &[]),
    live("LivePusherContext.switchCamera", &[]),
    live("LivePusherContext.toggleTorch", &[]),
    live("LivePusherContext.playBGM", &[Param::required("url", "String")]),
    live("LivePusherContext.pauseBGM", &[]),
    live("LivePusherContext.resumeBGM", &[]),
    live("LivePusherContext.stopBGM", &[]),
    live("LivePusherContext.setBGMVolume", &[Param::required("volume", "Number")]),
    live("LivePusherContext.setMICVolume", &[Param::required("volume", "Number")]),
    live("LivePusherContext.sendMessage", &[Param::required("msg", "String")]),
    snapshot("LivePusherContext.snapshot"),
];

const fn live(name: &'static str, params: &'static [Param]) -> Api {
    Api::now(name, params, tell)
        .form(Form::Callback)
        .since("1.7.0")
        .simulated(LIVE)
}

const QUALITY: &[Param] = &[Param::optional("quality", "String")];

const fn snapshot(name: &'static str) -> Api {
    Api::now(name, QUALITY, take)
        .form(Form::Callback)
        .since("1.7.0")
        .simulated("the newest picture of the album")
}

/// `{$object, $id, $method}` says whose method was called; the rest is the app's.
pub fn called(wx: &Wx, args: &Args) -> String {
    let mut given = args.value.clone();
    let mut own = |name: &str| match given.as_object_mut().and_then(|given| given.shift_remove(name)) {
        Some(Value::String(text)) => text,
        Some(other) if !other.is_null() => other.to_string(),
        _ => String::new(),
    };
    let (object, id, method) = (own("$object"), own("$id"), own("$method"));
    let note = json!({ "object": object, "id": id, "method": method, "args": given });
    wx.outbox.note("media.command", note);
    format!("{object}.{method}")
}

/// Streams go on and stop as they are told; one that is not there cannot be paused.
fn tell(wx: &mut Wx, args: &Args) -> Outcome {
    let api = called(wx, args);
    let stream = format!("{} {}", args.text("$object"), args.text("$id"));
    let (object, method) = api.split_once('.').unwrap_or_default();
    if object == "LivePusherContext" && matches!(method, "start" | "startPreview") {
        need(wx, "camera")?;
        need(wx, "record")?;
    }
    let running = wx.phone.streams.contains(&stream);
    let begins = matches!(method, "play" | "start");
    if matches!(method, "pause" | "resume") && !running {
        return Err(WxError::new("the stream is not started"));
    }
    let answered = confirm(wx, &api)?;
    if begins {
        wx.phone.streams.insert(stream);
    } else if method == "stop" {
        wx.phone.streams.remove(&stream);
    }
    Ok(answered)
}

fn take(wx: &mut Wx, args: &Args) -> Outcome {
    let api = called(wx, args);
    confirm(wx, &api)?;
    let (path, width, height) = photo(wx)?;
    ok_with(json!({ "tempImagePath": path, "width": width, "height": height }))
}
