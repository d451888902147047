//! How values keep their types in storage: what goes to the host is text and the name of a type.

use super::arguments::type_of;
use super::host_call::opaque;
use super::{Kit, console, put, text, type_error};
use crate::engine::language;
use crate::wx::WxError;
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsResult, JsString, JsValue, js_string};

/// What the host gets instead of the options of a storage API; `undefined` for any other.
///
/// # Errors
/// The failure of a value that cannot be kept.
pub fn before(api: &str, options: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    match api {
        "setStorage" | "setStorageSync" => {
            let key = options.get(js_string!("key"), context)?;
            let data = options.get(js_string!("data"), context)?;
            let encrypt = options.get(js_string!("encrypt"), context)?.to_boolean();
            let entry = encoded(key, &data, context)?;
            put(&entry, "encrypt", encrypt, context)?;
            Ok(entry.into())
        }
        "batchSetStorage" | "batchSetStorageSync" => {
            let list = options.get(js_string!("kvList"), context)?;
            let encode = |entry: &JsObject, context: &mut Context| {
                let key = entry.get(js_string!("key"), context)?;
                let value = entry.get(js_string!("value"), context)?;
                Ok(encoded(key, &value, context)?.into())
            };
            each("kvList", &list, encode, context)
        }
        _ => Ok(JsValue::undefined()),
    }
}

/// What the app gets instead of the host's answer to a storage API; `undefined` for any other.
///
/// # Errors
/// None but the engine's own.
pub fn after(api: &str, result: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    match api {
        "getStorage" | "getStorageSync" => {
            let object = JsObject::with_object_proto(context.intrinsics());
            let value = decoded(result, context)?;
            put(&object, "data", value, context)?;
            Ok(object.into())
        }
        "batchGetStorage" | "batchGetStorageSync" => {
            let list = result.get(js_string!("dataList"), context)?;
            each("dataList", &list, decoded, context)
        }
        _ => Ok(JsValue::undefined()),
    }
}

/// `setStorageSync` with a key that is no string does nothing but say so.
///
/// # Errors
/// None but the engine's own.
pub fn ignores(api: &str, args: &[JsValue], context: &mut Context) -> JsResult<bool> {
    let key = args.first().cloned().unwrap_or_default();
    if api != "setStorageSync" || key.is_string() {
        return Ok(false);
    }
    let found = type_of(&key, context)?;
    let line = format!("{api}:fail parameter error: parameter should be String instead of {found};");
    console::say("error", &line, context)?;
    let kit = Kit::of(context)?;
    if kit.tracing {
        let args = language::list(args, context);
        kit.call(
            "trace",
            &[js_string!(api).into(), args, JsValue::undefined(), JsValue::undefined()],
            context,
        )?;
    }
    Ok(true)
}

fn each(
    field: &str,
    list: &JsValue,
    convert: impl Fn(&JsObject, &mut Context) -> JsResult<JsValue>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let mut converted = Vec::new();
    for entry in super::events::list_of(list, context)? {
        let Some(entry) = entry.as_object() else {
            return Err(type_error(&format!("{field} is a list of objects"), context));
        };
        converted.push(convert(&entry, context)?);
    }
    let object = JsObject::with_object_proto(context.intrinsics());
    let list = JsArray::from_iter(converted, context);
    put(&object, field, list, context)?;
    Ok(object.into())
}

fn encoded(key: JsValue, value: &JsValue, context: &mut Context) -> JsResult<JsObject> {
    let mut kind = type_of(value, context)?;
    let data = match kind.as_str() {
        "String" => Some(value.to_string(context)?),
        "Undefined" => Some(js_string!()),
        "Date" | "Number" => Some(JsValue::from(value.to_number(context)?).to_string(context)?),
        _ => json(value, context)?,
    };
    if data.is_none() {
        kind = "String".to_owned();
    }
    let entry = JsObject::with_object_proto(context.intrinsics());
    put(&entry, "key", key, context)?;
    put(&entry, "data", data.unwrap_or_default(), context)?;
    put(&entry, "dataType", js_string!(kind), context)?;
    Ok(entry)
}

/// JSON that cannot be made (a cycle, a BigInt) is the API's failure.
fn json(value: &JsValue, context: &mut Context) -> JsResult<Option<JsString>> {
    match language::to_json(value, context) {
        Err(error) if error.as_engine().is_none() => {
            let error = error.into_opaque(context)?;
            let message = error.as_object().map(|error| error.get(js_string!("message"), context));
            let reason = text(&message.transpose()?.unwrap_or(error), context)?;
            Err(opaque(&WxError::new(reason), context))
        }
        json => json,
    }
}

fn decoded(stored: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let data = stored.get(js_string!("data"), context)?;
    let kind = stored.get(js_string!("dataType"), context)?;
    match text(&kind, context)?.as_str() {
        "String" => Ok(data),
        "Undefined" => Ok(JsValue::undefined()),
        "Number" => Ok(data.to_number(context)?.into()),
        "Date" => {
            let at = data.to_number(context)?;
            let constructor = context.intrinsics().constructors().date().constructor();
            Ok(constructor.construct(&[at.into()], None, context)?.into())
        }
        _ => language::parse_json(&data.to_string(context)?, context),
    }
}
