//! Accelerometer, compass, gyroscope and the turn of the phone: readings at equal distances while they are on.

use super::Ticking;
use super::change::emit;
use crate::wx::{Api, Args, HostCommand, Outcome, Param, Wx, WxError, ok};
use serde_json::{Value, json};

const INTERVAL: &[Param] = &[Param::default("interval", "String", "\"normal\"")];
const READING: &str = "the profile's reading, at the platform's intervals while it is on";

/// Rows of this family.
pub const APIS: &[Api] = &[
    on(
        "startAccelerometer",
        INTERVAL,
        |wx, args| start(wx, "accelerometer", interval(args)?, accelerometer),
        "1.1.0",
    ),
    off("stopAccelerometer", |wx, _| stop(wx, "accelerometer"), "1.1.0"),
    Api::event("accelerometerChange").simulated(READING),
    on(
        "startCompass",
        &[],
        |wx, _| start(wx, "compass", NORMAL_MS, compass),
        "1.1.0",
    ),
    off("stopCompass", |wx, _| stop(wx, "compass"), "1.1.0"),
    Api::event("compassChange").simulated(READING),
    on(
        "startGyroscope",
        INTERVAL,
        |wx, args| start(wx, "gyroscope", interval(args)?, gyroscope),
        "2.3.0",
    ),
    off("stopGyroscope", |wx, _| stop(wx, "gyroscope"), "2.3.0"),
    Api::event("gyroscopeChange").since("2.3.0").simulated(READING),
    on(
        "startDeviceMotionListening",
        INTERVAL,
        |wx, args| start(wx, "deviceMotion", interval(args)?, motion),
        "2.3.0",
    ),
    off("stopDeviceMotionListening", |wx, _| stop(wx, "deviceMotion"), "2.3.0"),
    Api::event("deviceMotionChange").since("2.3.0").simulated(READING),
];

const fn on(
    name: &'static str,
    params: &'static [Param],
    run: fn(&mut Wx, &Args) -> Outcome,
    since: &'static str,
) -> Api {
    Api::now(name, params, run).since(since).simulated(READING)
}

const fn off(name: &'static str, run: fn(&mut Wx, &Args) -> Outcome, since: &'static str) -> Api {
    Api::now(name, &[], run).since(since).simulated(READING)
}

const NORMAL_MS: f64 = 200.0;

fn interval(args: &Args) -> Result<f64, WxError> {
    match args.text("interval") {
        "game" => Ok(20.0),
        "ui" => Ok(60.0),
        "normal" => Ok(NORMAL_MS),
        _ => Err(WxError::parameter("invalid interval")),
    }
}

/// A sensor that is on already only gets another interval.
fn start(wx: &mut Wx, sensor: &'static str, every: f64, read: fn(&mut Wx)) -> Outcome {
    let now = wx.clock.now_ms();
    let ticking = wx.phone.sensors.entry(sensor).or_default();
    let running = ticking.due > now;
    *ticking = Ticking {
        every,
        on: true,
        due: if running { ticking.due } else { now + every },
    };
    if !running {
        let at_ms = now + every;
        wx.outbox.command(HostCommand::At { at_ms, run: read });
    }
    ok()
}

fn stop(wx: &mut Wx, sensor: &str) -> Outcome {
    if let Some(ticking) = wx.phone.sensors.get_mut(sensor) {
        ticking.on = false;
    }
    ok()
}

/// One reading, and the next one's time.
fn tick(wx: &mut Wx, sensor: &str, reading: &Value, again: fn(&mut Wx)) {
    let now = wx.clock.now_ms();
    let Some(ticking) = wx.phone.sensors.get_mut(sensor).filter(|ticking| ticking.on) else {
        return;
    };
    ticking.due = now + ticking.every;
    let at_ms = ticking.due;
    emit(wx, &format!("{sensor}Change"), reading);
    wx.outbox.command(HostCommand::At { at_ms, run: again });
}

fn accelerometer(wx: &mut Wx) {
    let reading = json!(wx.profile.accelerometer);
    tick(wx, "accelerometer", &reading, accelerometer);
}

fn compass(wx: &mut Wx) {
    let reading = json!(wx.profile.compass);
    tick(wx, "compass", &reading, compass);
}

fn gyroscope(wx: &mut Wx) {
    let reading = json!(wx.profile.gyroscope);
    tick(wx, "gyroscope", &reading, gyroscope);
}

fn motion(wx: &mut Wx) {
    let reading = json!(wx.profile.device_motion);
    tick(wx, "deviceMotion", &reading, motion);
}
