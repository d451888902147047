//! How long the app's start and its routes took, by the device's clock.

use crate::wx::{Api, Args, Form, Outcome, Payload, Wx, ok, ok_with};
use serde_json::{Value, json};

const MEASURED: &str = "the app's launch and its routes, up to onReady; there is no rendering to measure";

/// Rows of this family.
pub const APIS: &[Api] = &[
    row("getPerformance"),
    row("Performance.getEntries"),
    row("Performance.getEntriesByName"),
    row("Performance.getEntriesByType"),
    row("Performance.setBufferSize"),
    row("Performance.createObserver"),
    Api::now("$performance", &[], |wx, _| {
        ok_with(json!({ "entries": wx.phone.measures.done }))
    })
    .form(Form::Js),
    Api::now("$performance.observe", &[], observe).form(Form::Js),
    Api::now("$performance.keep", &[], keep).form(Form::Js),
];

const fn row(name: &'static str) -> Api {
    Api::js(name).since("2.11.0").noted(MEASURED)
}

/// What was measured in one instance, and what is being measured.
#[derive(Debug, Clone)]
pub struct Measures {
    launch: Option<Value>,
    routes: Vec<Value>,
    done: Vec<Value>,
    most: usize,
    observed: bool,
}

impl Default for Measures {
    fn default() -> Self {
        Self {
            launch: None,
            routes: Vec::new(),
            done: Vec::new(),
            // The platform's.
            most: 30,
            observed: false,
        }
    }
}

fn observe(wx: &mut Wx, args: &Args) -> Outcome {
    wx.phone.measures.observed = args.truthy("on");
    ok()
}

/// The newest entries are kept.
fn keep(wx: &mut Wx, args: &Args) -> Outcome {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 10000")]
    let most = args.number("most").unwrap_or(30.0).clamp(0.0, 10_000.0) as usize;
    wx.phone.measures.most = most;
    shorten(&mut wx.phone.measures);
    ok()
}

fn shorten(measures: &mut Measures) {
    let over = measures.done.len().saturating_sub(measures.most);
    measures.done.drain(..over);
}

fn entry(name: &str, at: f64, told: &Value) -> Value {
    let kind = told["openType"].as_str().unwrap_or(name);
    json!({
        "entryType": "navigation", "name": name, "navigationType": kind, "path": told["path"],
        "pageId": told["id"], "startTime": at, "navigationStart": at, "duration": 0,
    })
}

/// Something that the world tells of the app's life begins a measure or ends it.
pub fn measure(wx: &mut Wx, kind: &str, told: &Value) {
    let now = wx.clock.now_ms().floor();
    let measures = &mut wx.phone.measures;
    match kind {
        "app.launch" => measures.launch = Some(entry("appLaunch", now, &told["options"])),
        "page.load" => measures.routes.push(entry("route", now, told)),
        "page.unload" => measures.routes.retain(|route| route["pageId"] != told["id"]),
        "page.ready" => ready(wx, &told["id"], now),
        _ => {}
    }
}

/// The first page that is ready ends the launch too.
fn ready(wx: &mut Wx, page: &Value, now: f64) {
    let measures = &mut wx.phone.measures;
    let Some(at) = measures.routes.iter().position(|route| route["pageId"] == *page) else {
        return;
    };
    let route = measures.routes.remove(at);
    let mut ended: Vec<Value> = measures.launch.take().into_iter().chain([route]).collect();
    for entry in &mut ended {
        entry["duration"] = json!(now - entry["startTime"].as_f64().unwrap_or(now));
    }
    ended[0]["pageId"] = page.clone();
    measures.done.extend(ended.iter().cloned());
    shorten(measures);
    if measures.observed {
        wx.outbox
            .emit("performance", Payload::json(&json!({ "entries": ended })));
    }
}
