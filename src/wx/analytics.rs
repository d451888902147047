//! What an app tells the platform's statistics: an entry of the timeline.

use super::{Api, Args, Outcome, Param, Wx, ok};
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::sync("reportEvent", "", &[EVENT_ID, DATA], report).since("2.14.4"),
    Api::sync("reportAnalytics", "", &[EVENT_ID, DATA], report),
    Api::sync(
        "reportMonitor",
        "",
        &[Param::required("name", "String"), VALUE],
        |wx, args| measured(wx, "reportMonitor", args),
    )
    .since("2.0.1"),
    Api::sync(
        "reportPerformance",
        "",
        &[
            Param::required("id", "Number"),
            VALUE,
            Param::optional("dimensions", "*"),
        ],
        |wx, args| measured(wx, "reportPerformance", args),
    )
    .since("2.9.2"),
];

const EVENT_ID: Param = Param::optional("eventId", "*");
const DATA: Param = Param::optional("data", "*");

const VALUE: Param = Param::required("value", "Number");

fn measured(wx: &mut Wx, event: &str, args: &Args) -> Outcome {
    wx.outbox
        .note("analytics", json!({ "event": event, "data": args.value }));
    ok()
}

fn report(wx: &mut Wx, args: &Args) -> Outcome {
    let of = |name: &str| args.value.get(name).cloned().unwrap_or(Value::Null);
    wx.outbox
        .note("analytics", json!({ "event": of("eventId"), "data": of("data") }));
    ok()
}
