//! The JS half of a world: the files of `js/`, embedded, each run at first need.

use super::protocol::Limits;
use super::scripts;
use super::source::prepare;
use boa_engine::{Context, JsNativeError, JsResult, JsValue};
use std::borrow::Cow;

macro_rules! files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../js/", $name, ".js")))),*] };
}

const FILES: &[(&str, &str)] = files![
    "ads",
    "animation",
    "audio",
    "canvas",
    "cloud",
    "cloud_command",
    "cloud_database",
    "component",
    "datagrams",
    "drawing",
    "driven",
    "driven_elements",
    "driver",
    "driver_device",
    "driver_page",
    "dump",
    "each",
    "equality",
    "event_channel",
    "expect",
    "fake_timers",
    "file_system",
    "game",
    "game_screen",
    "inspect",
    "jest",
    "keyframes",
    "logs",
    "matchers",
    "mocks",
    "node_path",
    "objects",
    "opener",
    "page_events",
    "performance",
    "peripheral",
    "players",
    "plugin_wx",
    "recorder",
    "refused",
    "require_later",
    "share",
    "show",
    "snapshots",
    "socket",
    "structured",
    "task",
    "test_device",
    "test_run",
    "testing",
    "testing_view",
    "trace",
    "video",
    "view",
    "view_behavior",
    "view_canvas",
    "view_control",
    "view_drag",
    "view_driver",
    "view_editor",
    "view_field",
    "view_fingers",
    "view_form",
    "view_instance",
    "view_late",
    "view_media",
    "view_moving",
    "view_nodes",
    "view_page",
    "view_print",
    "view_query",
    "view_select",
    "view_text",
    "view_timed",
    "view_video",
    "view_wxs",
    "worker",
    "worker_scope",
    "wx_config",
];

/// The component framework as the build got it from npm, and what makes it the platform's.
#[cfg(feature = "view")]
const FRAMEWORK: &[(&str, &str)] = &[
    ("glass_easel", include_str!(concat!(env!("OUT_DIR"), "/glass_easel.js"))),
    (
        "glass_easel_adapter",
        include_str!(concat!(env!("OUT_DIR"), "/glass_easel_adapter.js")),
    ),
];
#[cfg(not(feature = "view"))]
const FRAMEWORK: &[(&str, &str)] = &[];

/// What the build took out of the framework, by number: the file it was in, what it uses of that file, and its text.
type Taken = (u32, &'static [&'static str], &'static str);
#[cfg(feature = "view")]
const LATER: &[Taken] = include!(concat!(env!("OUT_DIR"), "/later.rs"));
#[cfg(not(feature = "view"))]
const LATER: &[Taken] = &[];

/// A function of the framework that is compiled when it is called first.
pub struct Later {
    /// The number of the file that it was in.
    pub unit: u32,
    /// What it uses of the file.
    pub names: &'static [&'static str],
    /// An expression.
    pub text: &'static str,
}

/// Where frames of the JS half say that they are; stacks shown to a developer leave them out.
pub const ORIGIN: &str = "minirun:";

/// Evaluates one file and returns its function.
///
/// # Errors
/// What the engine throws; a type error for a file that does not exist.
pub fn evaluate(name: &str, context: &mut Context) -> JsResult<JsValue> {
    let path = format!("{ORIGIN}{name}.js");
    if let Some((_, text)) = FRAMEWORK.iter().find(|file| file.0 == name) {
        return run_prepared(name, text, context);
    }
    let file = FILES.iter().find(|file| file.0 == name);
    let (_, text) = file.ok_or_else(|| JsNativeError::typ().with_message(format!("no file {name} in the JS half")))?;
    run(&path, &unparenthesised(text), context)
}

/// Evaluates text of the framework. Others have written it, so it has what the engine takes wrongly, as an app's own
/// scripts have.
///
/// # Errors
/// What the engine throws.
pub fn run_prepared(name: &str, text: &str, context: &mut Context) -> JsResult<JsValue> {
    let path = format!("{ORIGIN}{name}.js");
    let prepared = prepare(&path, text, &Limits::default());
    let prepared = prepared.map_err(|error| JsNativeError::syntax().with_message(error.to_string()))?;
    run(&path, &prepared.code, context)
}

/// A function of the framework that the build took out.
///
/// # Errors
/// A type error for a number that none has.
pub fn later(number: u32) -> JsResult<Later> {
    let taken = LATER.get(number as usize).copied();
    let (unit, names, text) =
        taken.ok_or_else(|| JsNativeError::typ().with_message(format!("no function {number} was taken out")))?;
    Ok(Later { unit, names, text })
}

/// A file without the parentheses around its function: the engine would copy all that stands in them.
fn unparenthesised(text: &str) -> Cow<'_, str> {
    let bare = text
        .trim_end()
        .strip_suffix(')')
        .and_then(|text| text.split_once("(function (M) {"));
    bare.map_or(Cow::Borrowed(text), |(head, body)| {
        Cow::Owned(format!("{head}0,function (M) {{{body}"))
    })
}

/// Evaluates text that the host has made, such as compiled templates; `path` is what its frames are called.
///
/// # Errors
/// What the engine throws.
pub fn run(path: &str, text: &str, context: &mut Context) -> JsResult<JsValue> {
    scripts::parse(path, text, context)?.evaluate(context)
}
