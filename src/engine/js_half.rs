//! The JS half of a world: the files of `js/`, embedded, each run at first need.

use super::protocol::Limits;
use super::scripts;
use super::source::prepare;
use boa_engine::{Context, JsNativeError, JsResult, JsValue};

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

/// Where frames of the JS half say that they are; stacks shown to a developer leave them out.
pub const ORIGIN: &str = "minirun:";

/// Evaluates one file and returns its function.
///
/// # Errors
/// What the engine throws; a type error for a file that does not exist.
pub fn evaluate(name: &str, context: &mut Context) -> JsResult<JsValue> {
    let path = format!("{ORIGIN}{name}.js");
    if let Some((_, text)) = FRAMEWORK.iter().find(|file| file.0 == name) {
        // Others have written it, so it has what the engine takes wrongly, as an app's own scripts have.
        let prepared = prepare(&path, text, &Limits::default());
        let prepared = prepared.map_err(|error| JsNativeError::syntax().with_message(error.to_string()))?;
        return run(&path, &prepared.code, context);
    }
    let file = FILES.iter().find(|file| file.0 == name);
    let (_, text) = file.ok_or_else(|| JsNativeError::typ().with_message(format!("no file {name} in the JS half")))?;
    run(&path, text, context)
}

/// Evaluates text that the host has made, such as compiled templates; `path` is what its frames are called.
///
/// # Errors
/// What the engine throws.
pub fn run(path: &str, text: &str, context: &mut Context) -> JsResult<JsValue> {
    scripts::parse(path, text, context)?.evaluate(context)
}
