//! From where the app calls what decides about its update: the entries `wx.call`, for whoever judges a run.

use super::Kit;
use crate::engine::bridge::Bridge;
use crate::engine::stack;
use boa_engine::{Context, JsResult};
use serde_json::{Value, json};

/// Functions of `wx` whose calls are noted, besides those of the update manager.
const NOTED: [&str; 5] = [
    "clearStorage",
    "clearStorageSync",
    "restartMiniProgram",
    "showLoading",
    "showModal",
];

/// Where in the app a call stands: the `file`, `line` and `column` of its entry.
pub type Place = Value;

/// Notes a call of an API that is one of those; gives its place.
///
/// # Errors
/// A type error when the context was not made by a world.
pub fn of_call(name: &str, context: &mut Context) -> JsResult<Option<Place>> {
    if NOTED.contains(&name) {
        note(name, context)
    } else {
        Ok(None)
    }
}

/// Notes a call, where places are wanted.
///
/// # Errors
/// As [`of_call`].
pub fn note(name: &str, context: &mut Context) -> JsResult<Option<Place>> {
    if !Kit::of(context)?.placing {
        return Ok(None);
    }
    let frames = stack::here(context);
    let frame = frames.into_iter().find(stack::Frame::is_app).unwrap_or_default();
    let place = json!({ "name": name, "file": frame.file, "line": frame.line, "column": frame.column });
    Bridge::of(context)?.note("wx.call", place.to_string());
    Ok(Some(place))
}

/// Notes that a call which was noted has failed, and why.
///
/// # Errors
/// As [`of_call`].
pub fn refused(place: Option<Place>, name: &str, reason: &str, context: &Context) -> JsResult<()> {
    if let Some(mut place) = place {
        place["error"] = json!(format!("{name}:fail {reason}"));
        Bridge::of(context)?.note("wx.call", place.to_string());
    }
    Ok(())
}
