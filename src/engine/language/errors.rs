//! `error.stack` as V8 has it: a header line `Name: message`, then the frames,
//! at the lines that the developer wrote; `Error.captureStackTrace`.

use super::{define, function};
use crate::engine::stack::{self, NativeStack};
use boa_engine::{
    Context, JsArgs, JsNativeError, JsResult, JsString, JsValue,
    builtins::error::Error,
    js_string,
    native_function::NativeFunction,
    object::JsObject,
    property::{PropertyDescriptor, PropertyKey},
};

/// Replaces the accessor of `stack`, which the engine keeps on `Error.prototype`.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let standard = context.intrinsics().constructors().error().clone();
    let (constructor, prototype) = (standard.constructor(), standard.prototype());
    let key = PropertyKey::from(js_string!("stack"));
    let original = prototype.borrow().properties().get(&key);
    if let Some(getter) = original.as_ref().and_then(|d| d.get()).and_then(JsValue::as_object) {
        context.insert_data(NativeStack(getter));
    }
    let get = function(context, "get stack", 0, NativeFunction::from_fn_ptr(get_stack));
    let set = function(context, "set stack", 1, NativeFunction::from_fn_ptr(set_stack));
    let accessor = PropertyDescriptor::builder()
        .get(get)
        .set(set)
        .enumerable(false)
        .configurable(true);
    prototype.define_property_or_throw(key, accessor, context)?;
    let capture = function(context, "captureStackTrace", 2, NativeFunction::from_fn_ptr(capture));
    define(&constructor, js_string!("captureStackTrace"), capture, context)?;
    // Writable for the libraries that set it; the engine's own bound on frames is what counts.
    let limit = PropertyDescriptor::builder()
        .value(10)
        .writable(true)
        .enumerable(true)
        .configurable(true);
    constructor
        .define_property_or_throw(js_string!("stackTraceLimit"), limit, context)
        .map(drop)
}

fn get_stack(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(error) = this.as_object().filter(|o| o.is::<Error>()) else {
        return Ok(JsValue::undefined());
    };
    let frames = stack::frames_of_value(this, context);
    let header = header(&error, context)?;
    Ok(js_string!(&header, &stack::lines(&frames)).into())
}

/// `stack` becomes a plain property of the error, as hidden as the accessor was.
fn set_stack(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this
        .as_object()
        .ok_or_else(|| JsNativeError::typ().with_message("'stack' can only be set on an object"))?;
    define(&object, js_string!("stack"), args.get_or_undefined(0).clone(), context)?;
    Ok(JsValue::undefined())
}

/// `Error.captureStackTrace(object, above)`: gives `object` a `stack` of the caller, without `above` and its callees.
fn capture(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = args
        .get_or_undefined(0)
        .as_object()
        .ok_or_else(|| JsNativeError::typ().with_message("Invalid argument: captureStackTrace needs an object"))?;
    let mut frames = stack::here(context);
    let own = frames
        .iter()
        .position(|f| f.function.as_deref() == Some("captureStackTrace"));
    frames.drain(..own.map_or(0, |at| at + 1));
    if let Some(above) = args.get_or_undefined(1).as_object() {
        let name = above
            .get(js_string!("name"), context)?
            .to_string(context)?
            .to_std_string_lossy();
        let at = frames
            .iter()
            .position(|f| !name.is_empty() && f.function.as_deref() == Some(&name));
        frames.drain(..at.map_or(0, |at| at + 1));
    }
    let text = js_string!(&header(&object, context)?, &stack::lines(&frames));
    define(&object, js_string!("stack"), text, context)?;
    Ok(JsValue::undefined())
}

/// `Name: message`, as `Error.prototype.toString` has it.
fn header(error: &JsObject, context: &mut Context) -> JsResult<JsString> {
    let text = |key: JsString, absent: JsString, context: &mut Context| -> JsResult<JsString> {
        let value = error.get(key, context)?;
        if value.is_undefined() {
            Ok(absent)
        } else {
            value.to_string(context)
        }
    };
    let name = text(js_string!("name"), js_string!("Error"), context)?;
    let message = text(js_string!("message"), js_string!(), context)?;
    Ok(match (name.is_empty(), message.is_empty()) {
        (true, _) => message,
        (_, true) => name,
        _ => js_string!(&name, &js_string!(": "), &message),
    })
}
