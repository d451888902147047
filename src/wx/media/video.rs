//! Videos taken apart: the decoder gives frames by the clock, the container joins tracks. No picture is decoded.

use super::mp4::{self, Track};
use super::{audio, granted, methods, wav};
use crate::wx::phone::person::ask;
use crate::wx::{Api, Args, NetworkType, Outcome, Param, Wx, WxError, base64, ok_with};
use serde_json::{Value, json};

const FRAMES: &str =
    "transparent frames by the clock; length, size and rate are the file's or the album's, of an address the answer's";
const TRACKS: &str =
    "tracks and lengths are the file's or the album's; the exported file is a copy of a source that stands for it";

/// What makes the two, and the decoder's and the container's calls that the host answers.
pub const APIS: &[Api] = &[
    Api::js("createVideoDecoder").since("2.11.0").simulated(FRAMES),
    Api::js("createMediaContainer").since("2.9.0").simulated(TRACKS),
    decoder(
        "VideoDecoder.start",
        &[
            Param::required("source", "String"),
            Param::default("mode", "Number", "0"),
            Param::optional("abortAudio", "Boolean"),
            Param::optional("abortVideo", "Boolean"),
        ],
        start,
    ),
    decoder("VideoDecoder.seek", &[Param::required("position", "Number")], granted),
    decoder("VideoDecoder.stop", &[], granted),
    decoder("VideoDecoder.remove", &[], granted),
    container(
        "MediaContainer.extractDataSource",
        &[Param::required("source", "String")],
        extract,
    ),
    container("MediaContainer.export", &[], export),
];

/// Methods of the decoder that the JS half answers alone.
pub const DECODER: &[Api] = methods!("VideoDecoder", "2.11.0", FRAMES; getFrameData on off);

/// Methods of the container that the JS half answers alone.
pub const CONTAINER: &[Api] = methods!("MediaContainer", "2.9.0", TRACKS; addTrack removeTrack destroy);

type Run = fn(&mut Wx, &Args) -> Outcome;

const fn decoder(name: &'static str, params: &'static [Param], run: Run) -> Api {
    Api::now(name, params, run).since("2.11.0").simulated(FRAMES)
}

const fn container(name: &'static str, params: &'static [Param], run: Run) -> Api {
    Api::now(name, params, run).since("2.9.0").simulated(TRACKS)
}

/// Frames a second where nothing says how many there are.
const RATE: f64 = 30.0;
/// Pixels of the largest frame that is given: 8192 by 4320.
const LARGEST: u64 = 8192 * 4320;

/// `{source, abortAudio, abortVideo}` gives `{width, height, duration, frames}`; `$api` is who wants to know it of an
/// address.
fn start(wx: &mut Wx, args: &Args) -> Outcome {
    let source = args.text("source");
    let remote = source.starts_with("http://") || source.starts_with("https://");
    let tracks = match args.text("$api") {
        _ if !remote => of_file(wx, source)?,
        "" => of_address(wx, "createVideoDecoder")?,
        api => of_address(wx, api)?,
    };
    let left_out = |video: bool| args.value[if video { "abortVideo" } else { "abortAudio" }] == true;
    let tracks: Vec<Track> = tracks.into_iter().filter(|track| !left_out(track.video)).collect();
    let film = tracks.iter().find(|track| track.video);
    let (width, height, frames) = film.map_or((0, 0, 0), |film| (film.width, film.height, film.frames));
    if u64::from(width) * u64::from(height) > LARGEST {
        return Err(unsupported());
    }
    let seconds = film.map_or_else(|| longest(&tracks), |film| film.seconds);
    ok_with(json!({ "width": width, "height": height, "duration": seconds, "frames": frames }))
}

fn extract(wx: &mut Wx, args: &Args) -> Outcome {
    let tracks = of_file(wx, args.text("source"))?;
    let tracks = tracks.iter().map(|track| {
        let kind = if track.video { "video" } else { "audio" };
        json!({ "kind": kind, "duration": track.seconds })
    });
    ok_with(json!({ "tracks": tracks.collect::<Vec<_>>() }))
}

/// The first source with pictures stands for the result; of sounds alone it is silence as long as the longest.
fn export(wx: &mut Wx, args: &Args) -> Outcome {
    let tracks = args.value["$tracks"].as_array().cloned().unwrap_or_default();
    let seconds = |track: &Value| track["duration"].as_f64().unwrap_or_default();
    let longest = tracks.iter().map(seconds).fold(0.0, f64::max);
    let (bytes, end) = match tracks.iter().find(|track| track["kind"] == "video") {
        _ if tracks.is_empty() => return Err(WxError::new("the container has no tracks")),
        Some(film) => (wx.files.read(film["source"].as_str().unwrap_or_default())?, "mp4"),
        None => {
            let silence = wav::silence(longest * 1000.0, 8000, 1);
            (silence.ok_or_else(|| WxError::new("the tracks are too long"))?, "wav")
        }
    };
    wx.memory.phone.picked += 1;
    let path = wx
        .files
        .create_temp(&format!("{:08x}.{end}", wx.memory.phone.picked), &bytes)?;
    let told = json!({ "tempFilePath": path, "duration": longest, "tracks": tracks });
    let note = json!({ "object": "MediaContainer", "id": "", "method": "export", "args": told });
    wx.outbox.note("media.command", note);
    ok_with(json!({ "tempFilePath": path }))
}

fn longest(tracks: &[Track]) -> f64 {
    tracks.iter().map(|track| track.seconds).fold(0.0, f64::max)
}

fn unsupported() -> WxError {
    WxError::new("unsupported format")
}

/// What the file says itself, what the album says of a video with these bytes, or how long the sound in it is.
fn of_file(wx: &mut Wx, source: &str) -> Result<Vec<Track>, WxError> {
    let bytes = wx.files.read(source)?;
    let written = mp4::tracks(&bytes);
    if !written.is_empty() {
        return Ok(written);
    }
    let same = |text: &str| base64::to_bytes(text).is_ok_and(|known| known == *bytes);
    let mut videos = wx.profile.album.iter().filter(|item| item.kind() == "video");
    if let Some(item) =
        videos.find(|item| item.duration > 0.0 && item.width > 0 && item.height > 0 && same(&item.base64))
    {
        return Ok(filmed(item.duration, item.width, item.height));
    }
    let seconds = audio::seconds_of(&bytes).ok_or_else(unsupported)?;
    Ok(vec![sound(seconds)])
}

/// Nothing is fetched: what an address gives is the profile's answer.
fn of_address(wx: &mut Wx, api: &str) -> Result<Vec<Track>, WxError> {
    if wx.profile.network == NetworkType::None || wx.network.network.conditions().offline {
        return Err(WxError::new("network error"));
    }
    let willing = json!({ "duration": 60, "width": 640, "height": 360 });
    let answer = ask(wx, api, "duration", willing)?;
    let side = |name: &str, or: u32| {
        let given = answer[name].as_u64().and_then(|side| u32::try_from(side).ok());
        given.unwrap_or(or)
    };
    let seconds = answer["duration"].as_f64().filter(|seconds| *seconds > 0.0);
    Ok(filmed(seconds.unwrap_or(60.0), side("width", 640), side("height", 360)))
}

/// A phone films with sound.
fn filmed(seconds: f64, width: u32, height: u32) -> Vec<Track> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float that is too large becomes the largest number"
    )]
    let frames = (seconds * RATE).round().max(1.0) as u32;
    let pictures = Track {
        video: true,
        seconds,
        width,
        height,
        frames,
    };
    vec![pictures, sound(seconds)]
}

fn sound(seconds: f64) -> Track {
    Track {
        video: false,
        seconds,
        width: 0,
        height: 0,
        frames: 0,
    }
}
