//! Uncaught errors of the app, as a developer wants to see them: message,
//! source position, frames of the app's own files, and where the call came from.

use super::bridge::Bridge;
use super::bridge_values::text_property;
use super::modules::Modules;
use super::protocol::WorldFault;
use boa_engine::object::ObjectInitializer;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsError, JsResult, JsValue, js_string};
use serde_json::json;

/// One frame of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The function's name, or empty.
    pub function: String,
    /// The package path of the file.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

/// Puts an uncaught error on the timeline and returns `{message, stack}` for
/// the app's own error listeners.
///
/// # Errors
/// None of the app's making; a type error when the context has no host.
pub fn uncaught(error: &JsValue, origin: &str, context: &mut Context) -> JsResult<JsValue> {
    let bridge = Bridge::of(context)?;
    let (message, stack) = describe(error, context);
    let fault = fault(message, &stack, &bridge.modules);
    let entry = json!({
        "message": fault.message, "file": fault.file, "line": fault.line, "column": fault.column,
        "stack": fault.stack, "origin": origin,
    });
    bridge.note("error", entry.to_string());
    let stack = if fault.stack.is_empty() {
        fault.message.clone()
    } else {
        format!("{}\n{}", fault.message, fault.stack)
    };
    Ok(ObjectInitializer::new(context)
        .property(
            js_string!("message"),
            js_string!(fault.message.as_str()),
            Attribute::all(),
        )
        .property(js_string!("stack"), js_string!(stack.as_str()), Attribute::all())
        .build()
        .into())
}

/// An error that no JavaScript can catch, as the end of the world.
pub fn fatal(error: &JsError, modules: &Modules, context: &mut Context) -> WorldFault {
    let value = error.clone().into_opaque(context).unwrap_or_default();
    let (message, stack) = describe(&value, context);
    fault(
        if message.is_empty() { error.to_string() } else { message },
        &stack,
        modules,
    )
}

fn fault(message: String, stack: &str, modules: &Modules) -> WorldFault {
    let frames: Vec<Frame> = stack
        .lines()
        .filter_map(frame)
        .filter_map(|f| mapped(f, modules))
        .collect();
    let first = frames.first();
    WorldFault {
        file: first.map(|f| f.file.clone()),
        line: first.map(|f| f.line),
        column: first.map(|f| f.column),
        stack: frames.iter().map(shown).collect::<Vec<_>>().join("\n"),
        message,
    }
}

fn mapped(frame: Frame, modules: &Modules) -> Option<Frame> {
    let (line, column) = modules.original(&frame.file, frame.line, frame.column)?;
    Some(Frame { line, column, ..frame })
}

fn shown(frame: &Frame) -> String {
    let Frame {
        function,
        file,
        line,
        column,
    } = frame;
    if function.is_empty() {
        return format!("    at {file}:{line}:{column}");
    }
    format!("    at {function} ({file}:{line}:{column})")
}

/// `    at name (path:line:col)` or `    at path:line:col`.
fn frame(line: &str) -> Option<Frame> {
    let rest = line.trim_start().strip_prefix("at ")?;
    let (function, place) = match rest.rsplit_once(" (") {
        Some((function, place)) => (function, place.strip_suffix(')')?),
        None => ("", rest),
    };
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    let file = parts.next()?.to_owned();
    let function = if function == "<main>" || function == "<anonymous>" {
        ""
    } else {
        function
    };
    Some(Frame {
        function: function.to_owned(),
        file,
        line,
        column,
    })
}

/// `Name: message` and the raw stack of whatever was thrown.
fn describe(error: &JsValue, context: &mut Context) -> (String, String) {
    let Some(object) = error.as_object() else {
        return (
            error
                .to_string(context)
                .map(|s| s.to_std_string_lossy())
                .unwrap_or_default(),
            String::new(),
        );
    };
    let stack = text_property(&object, "stack", context).unwrap_or_default();
    let message = text_property(&object, "message", context);
    let text = match (
        text_property(&object, "name", context),
        message,
        text_property(&object, "errMsg", context),
    ) {
        (Some(name), Some(message), _) if !message.is_empty() => format!("{name}: {message}"),
        (_, Some(message), _) if !message.is_empty() => message,
        (_, _, Some(err_msg)) => err_msg,
        (Some(name), _, _) => name,
        _ => error.display().to_string(),
    };
    (text, stack)
}
