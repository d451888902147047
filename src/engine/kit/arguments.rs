//! The arguments of an API: types as the platform checks and names them, and defaults.

use super::put;
use crate::engine::bridge_values::is_view;
use crate::engine::language;
use crate::wx::{Api, Param, WxError};
use boa_engine::object::JsObject;
use boa_engine::{Context, JsResult, JsString, JsValue, js_string};

/// The type of a value as `Object.prototype.toString` names it.
///
/// # Errors
/// What a getter of the value threw.
pub fn type_of(value: &JsValue, context: &mut Context) -> JsResult<String> {
    let simple = match value.type_of() {
        "undefined" => "Undefined",
        "boolean" => "Boolean",
        "number" => "Number",
        "string" => "String",
        "object" if value.is_null() => "Null",
        _ => {
            let prototype = context.intrinsics().constructors().object().prototype();
            let name = prototype.get(js_string!("toString"), context)?;
            let Some(name) = name.as_callable() else {
                return Ok("Object".to_owned());
            };
            let name = name
                .call(value, &[], context)?
                .to_string(context)?
                .to_std_string_lossy();
            let name = name.trim_start_matches("[object ").trim_end_matches(']');
            return Ok(name.to_owned());
        }
    };
    Ok(simple.to_owned())
}

/// Whether the value is of one of the types, parted by `|`.
fn fits(value: &JsValue, kinds: &str, context: &mut Context) -> JsResult<bool> {
    if kinds == "*" {
        return Ok(true);
    }
    let name = type_of(value, context)?;
    let object = value.as_object();
    Ok(kinds.split('|').any(|kind| {
        kind == name
            || match kind {
                "ArrayBuffer" => object.as_ref().is_some_and(is_view),
                "Function" => value.is_callable(),
                "Object" => object
                    .as_ref()
                    .is_some_and(|object| !object.is_array() && !object.is_callable()),
                _ => false,
            }
    }))
}

/// What is wrong with an API's option object.
///
/// # Errors
/// What a getter of the options threw.
pub fn refusal(row: &Api, options: &JsValue, context: &mut Context) -> JsResult<Option<WxError>> {
    if let Some(options) = options.as_object().filter(|object| !object.is_callable()) {
        return mismatch(row.params, &options, context);
    }
    if options.is_undefined() && !row.params.iter().any(|param| param.required) {
        return Ok(None);
    }
    let found = type_of(options, context)?;
    Ok(Some(parameter(&format!(
        "parameter should be Object instead of {found};"
    ))))
}

/// As [`refusal`], for properties that are known to be those of an object.
///
/// # Errors
/// What a getter of the options threw.
pub fn mismatch(params: &[Param], options: &JsObject, context: &mut Context) -> JsResult<Option<WxError>> {
    let mut text = String::new();
    for param in params {
        let key = JsString::from(param.name);
        if !param.required && !options.has_property(key.clone(), context)? {
            continue;
        }
        let value = options.get(key, context)?;
        if !fits(&value, param.kind, context)? {
            let kinds = param.kind.replace('|', " or ");
            let found = type_of(&value, context)?;
            text.push_str(&format!(
                "parameter.{} should be {kinds} instead of {found};",
                param.name
            ));
        }
    }
    Ok((!text.is_empty()).then(|| parameter(&text)))
}

fn parameter(text: &str) -> WxError {
    WxError::parameter(format!("parameter error: {text}"))
}

/// A copy of the options with the defaults of what is absent.
///
/// # Errors
/// What a getter of the options threw.
pub fn completed(params: &[Param], options: &JsValue, context: &mut Context) -> JsResult<JsObject> {
    let full = JsObject::with_object_proto(context.intrinsics());
    if let Some(options) = options.as_object() {
        assign(&full, &options, context)?;
    }
    for param in params.iter().filter(|param| !param.default.is_empty()) {
        let key = JsString::from(param.name);
        if !full.has_property(key, context)? {
            let value = language::parse_json(&js_string!(param.default), context)?;
            put(&full, param.name, value, context)?;
        }
    }
    Ok(full)
}

/// `Object.assign` of one object to another.
///
/// # Errors
/// What a getter or a setter threw.
pub fn assign(to: &JsObject, from: &JsObject, context: &mut Context) -> JsResult<()> {
    for key in language::keys_of(from, context)? {
        let value = from.get(key.clone(), context)?;
        to.set(key, value, true, context)?;
    }
    Ok(())
}
