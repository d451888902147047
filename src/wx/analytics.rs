//! What an app tells the platform's statistics: an entry of the timeline.

use super::{Api, Args, Outcome, Param, Wx, ok};
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::sync("reportEvent", "", &[EVENT_ID, DATA], report).since("2.14.4"),
    Api::sync("reportAnalytics", "", &[EVENT_ID, DATA], report),
];

const EVENT_ID: Param = Param::optional("eventId", "*");
const DATA: Param = Param::optional("data", "*");

fn report(wx: &mut Wx, args: &Args) -> Outcome {
    let of = |name: &str| args.value.get(name).cloned().unwrap_or(Value::Null);
    wx.outbox
        .note("analytics", json!({ "event": of("eventId"), "data": of("data") }));
    ok()
}
