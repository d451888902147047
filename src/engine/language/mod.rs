//! What apps expect of the language and the engine lacks, as native functions:
//! a prelude in JavaScript would be parsed at every start.

mod compilers;
mod date;
mod date_fields;
pub mod date_text;
mod errors;
mod intl;
mod json_read;
mod json_write;
mod locale;
mod locale_date;
mod locale_number;
pub mod random;
mod regexp;

use boa_engine::{
    Context, JsResult, JsString, JsValue,
    native_function::NativeFunction,
    object::{
        FunctionObjectBuilder, JsObject,
        builtins::{JsArray, JsFunction},
    },
    property::{PropertyDescriptor, PropertyKey},
};

pub use json_read::parse_json;
pub use json_write::{key_text, keys_of, to_json};

/// Closes the gaps in a new context, before any script runs in it.
///
/// Left alone: `s += x` is quadratic, and messages of the engine's own errors are its own.
///
/// # Errors
/// Only when the context is not a new one and its objects were frozen.
pub fn install(context: &mut Context) -> JsResult<()> {
    errors::install(context)?;
    date::install(context)?;
    locale::install(context)?;
    intl::install(context)?;
    regexp::install(context)?;
    json_read::install(context)?;
    json_write::install(context)?;
    compilers::install(context)?;
    absent_globals(context)
}

/// Names that the platform does not have: a non-standard one of the engine, and one that is too new.
fn absent_globals(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    for name in ["TypedArray", "Temporal"] {
        global.delete_property_or_throw(JsString::from(name), context)?;
    }
    Ok(())
}

/// A JavaScript array of these values.
pub fn list(values: &[JsValue], context: &mut Context) -> JsValue {
    JsArray::from_iter(values.iter().cloned(), context).into()
}

/// A native function object.
fn function(context: &Context, name: &str, length: usize, native: NativeFunction) -> JsFunction {
    FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(name))
        .length(length)
        .build()
}

/// Defines a property as built-in methods have it: writable, configurable, not enumerable.
fn define(
    object: &JsObject,
    name: impl Into<PropertyKey>,
    value: impl Into<JsValue>,
    context: &mut Context,
) -> JsResult<()> {
    let property = PropertyDescriptor::builder()
        .value(value.into())
        .writable(true)
        .enumerable(false)
        .configurable(true);
    object.define_property_or_throw(name, property, context).map(drop)
}

/// Defines a method in place of a built-in one and hands out the one that was there.
fn replace(
    object: &JsObject,
    name: &str,
    length: usize,
    make: impl FnOnce(JsObject) -> NativeFunction,
    context: &mut Context,
) -> JsResult<()> {
    let key = JsString::from(name);
    let original = object
        .get(key.clone(), context)?
        .as_object()
        .unwrap_or_else(JsObject::with_null_proto);
    let method = function(context, name, length, make(original));
    define(object, key, method, context)
}

#[cfg(test)]
mod tests;
