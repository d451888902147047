//! The JS half of a world: the files of `js/`, embedded, in the order in which they run.

use boa_engine::{Context, JsNativeError, JsResult, JsValue, Script, Source};
use std::path::Path;

macro_rules! files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../js/", $name, ".js")))),*] };
}

/// Run at the start of every world, in this order.
pub const EAGER: &[(&str, &str)] = files!["app", "page", "route"];

/// Run at first need.
const LAZY: &[(&str, &str)] = files![
    "ads",
    "animation",
    "audio",
    "canvas",
    "cloud",
    "cloud_command",
    "cloud_database",
    "component",
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
    "logs",
    "matchers",
    "mocks",
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
    "test_run",
    "testing",
    "trace",
    "worker",
    "worker_scope",
    "wx_config",
];

/// Where frames of the JS half say that they are; stacks shown to a developer leave them out.
pub const ORIGIN: &str = "minirun:";

/// Evaluates one file and returns its function.
///
/// # Errors
/// What the engine throws; a type error for a file that does not exist.
pub fn evaluate(name: &str, context: &mut Context) -> JsResult<JsValue> {
    let (_, text) = EAGER
        .iter()
        .chain(LAZY)
        .find(|file| file.0 == name)
        .ok_or_else(|| JsNativeError::typ().with_message(format!("no file {name} in the JS half")))?;
    let path = format!("{ORIGIN}{name}.js");
    let source = Source::from_bytes(text.as_bytes()).with_path(Path::new(&path));
    Script::parse(source, None, context)?.evaluate(context)
}
