//! Uncaught errors of the app, as a developer wants to see them: message,
//! source position, frames of the app's own files, and where the call came from.

use super::blame;
use super::bridge::Bridge;
use super::bridge_values::text_property;
use super::limits;
use super::modules::source_of;
use super::protocol::WorldFault;
use super::stack::{self, Frame};
use boa_engine::builtins::error::Error;
use boa_engine::object::ObjectInitializer;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsError, JsResult, JsValue, js_string};
use serde_json::json;

/// Puts an uncaught error on the timeline and returns `{message, stack}` for
/// the app's own error listeners.
///
/// # Errors
/// None of the app's making; a type error when the context has no host.
pub fn uncaught(error: &JsValue, origin: &str, context: &mut Context) -> JsResult<JsValue> {
    let bridge = Bridge::of(context)?;
    let fault = fault_of_value(error, context);
    let entry = json!({
        "message": fault.message, "file": fault.file, "line": fault.line, "column": fault.column,
        "stack": fault.stack, "origin": origin,
    });
    bridge.note("error", entry.to_string());
    let stack = if fault.stack.is_empty() {
        String::new()
    } else {
        format!("\n{}", fault.stack)
    };
    let stack = format!("{}{stack}", fault.message);
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
pub fn fatal(error: &JsError, context: &mut Context) -> WorldFault {
    if let Some(fault) = limits::fault_of(error, context) {
        return fault;
    }
    match error.clone().into_opaque(context) {
        Ok(value) => fault_of_value(&value, context),
        Err(_) => WorldFault {
            message: error.to_string(),
            file: None,
            line: None,
            column: None,
            stack: String::new(),
        },
    }
}

/// The app's or the test's file in which an error arose.
pub fn file_of(error: &JsValue, context: &mut Context) -> Option<String> {
    fault_of_value(error, context).file
}

/// `Name: message` of what was thrown, with the expression that it is about.
pub fn message_of(error: &JsValue, context: &mut Context) -> String {
    fault_of_value(error, context).message
}

fn fault_of_value(error: &JsValue, context: &mut Context) -> WorldFault {
    let frames = frames(error, context);
    let place = frames.iter().find(|frame| frame.is_app()).cloned().unwrap_or_default();
    WorldFault {
        message: told(message(error, context), &place, context),
        file: place.file,
        line: place.line,
        column: place.column,
        stack: limits::app_stack(&frames),
    }
}

/// The message, with the expression that the engine's own error left out.
fn told(message: String, place: &Frame, context: &mut Context) -> String {
    let (Some(file), Some(line), Some(column)) = (&place.file, place.line, place.column) else {
        return message;
    };
    if !blame::is_vague(&message) {
        return message;
    }
    let text = Bridge::of(context).and_then(|bridge| match bridge.modules.suite.text(file) {
        Some(text) => Ok(text),
        None => source_of(file, &bridge, context),
    });
    let Ok(text) = text else {
        return message;
    };
    let line = text.lines().nth(line.saturating_sub(1) as usize);
    line.and_then(|line| blame::named(&message, line, column))
        .unwrap_or(message)
}

/// The frames that the value's own `stack` names, already those of the source as written;
/// where it names none, those that the engine keeps.
fn frames(error: &JsValue, context: &mut Context) -> Vec<Frame> {
    let object = error.as_object();
    let text = object.and_then(|object| text_property(&object, "stack", context));
    let own = text.map(|text| stack::parse(&text));
    match own {
        Some(frames) if !frames.is_empty() => frames,
        _ => stack::frames_of_value(error, context),
    }
}

/// `Name: message` of whatever was thrown.
fn message(error: &JsValue, context: &mut Context) -> String {
    let Some(object) = error.as_object() else {
        return error
            .to_string(context)
            .map(|s| s.to_std_string_lossy())
            .unwrap_or_default();
    };
    if object.is::<Error>()
        && let Ok(text) = error.to_string(context)
    {
        return text.to_std_string_lossy();
    }
    let message = ["errMsg", "message"]
        .into_iter()
        .find_map(|name| text_property(&object, name, context));
    let message = message.filter(|text| !text.is_empty());
    message
        .or_else(|| json(error, context))
        .unwrap_or_else(|| error.display().to_string())
}

/// An object that is no error says most as JSON.
fn json(value: &JsValue, context: &mut Context) -> Option<String> {
    let json = context.intrinsics().objects().json();
    let stringify = json.get(js_string!("stringify"), context).ok()?;
    let text = stringify
        .as_callable()?
        .call(&JsValue::undefined(), std::slice::from_ref(value), context);
    Some(text.ok()?.as_string()?.to_std_string_lossy())
}
