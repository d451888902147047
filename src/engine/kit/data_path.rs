//! What `setData` does with a page's data: paths into it, and copies of it.

use super::events::list_of;
use super::{Kit, Native, console, methods, thrown, type_error};
use crate::engine::language;
use boa_engine::builtins::date::Date;
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, js_string};
use std::collections::HashMap;
use std::rc::Rc;

/// How deep data is copied; beyond it a native stack could end.
const DEPTH: usize = 4000;

/// The kit's functions of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 4] = [
        ("clone", 1, |_, args, context| clone(args.get_or_undefined(0), context)),
        ("parsePath", 1, |_, args, context| {
            let path = args.get_or_undefined(0).to_string(context)?;
            let keys = parsed(&path, context)?;
            Ok(JsArray::from_iter(keys, context).into())
        }),
        ("put", 3, |_, args, context| {
            let path = list_of(args.get_or_undefined(1), context)?;
            put_at(
                args.get_or_undefined(0),
                &path,
                args.get_or_undefined(2).clone(),
                context,
            )?;
            Ok(JsValue::undefined())
        }),
        ("changes", 1, |_, args, context| {
            let mut list = Vec::new();
            for (path, value) in changes(args.get_or_undefined(0), context)? {
                let path = JsArray::from_iter(path, context);
                list.push(language::list(&[path.into(), value], context));
            }
            Ok(JsArray::from_iter(list, context).into())
        }),
    ];
    methods(&kit.object, &table, context)
}

/// `setData`'s changes of a page's data.
///
/// # Errors
/// A path that is none, and what a getter threw.
pub fn assign(data: &JsValue, given: &JsValue, context: &mut Context) -> JsResult<()> {
    for (path, value) in changes(given, context)? {
        put_at(data, &path, value, context)?;
    }
    Ok(())
}

/// A copy that shares nothing but functions and instances of classes.
///
/// # Errors
/// What a getter threw; a range error for what is too deep.
pub fn clone(value: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    copied(value, &mut HashMap::new(), 0, context)
}

/// Instances of classes stay shared: a copy of their fields would have lost their methods.
fn copied(
    value: &JsValue,
    seen: &mut HashMap<JsObject, JsObject>,
    depth: usize,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(object) = value.as_object().filter(|object| !object.is_callable()) else {
        return Ok(value.clone());
    };
    if depth > DEPTH {
        let error = JsNativeError::range().with_message("Maximum call stack size exceeded");
        return Err(error.into());
    }
    if let Some(known) = seen.get(&object) {
        return Ok(known.clone().into());
    }
    let instance = object
        .prototype()
        .is_some_and(|prototype| prototype.prototype().is_some());
    let copy: JsObject = if object.is_array() {
        JsArray::new(context)?.into()
    } else if !instance {
        JsObject::with_object_proto(context.intrinsics())
    } else if object.is::<Date>() {
        let constructor = context.intrinsics().constructors().date().constructor();
        return Ok(constructor
            .construct(&[value.to_number(context)?.into()], None, context)?
            .into());
    } else {
        return Ok(value.clone());
    };
    seen.insert(object.clone(), copy.clone());
    for key in language::keys_of(&object, context)? {
        let inner = object.get(key.clone(), context)?;
        let inner = copied(&inner, seen, depth + 1, context)?;
        copy.create_data_property_or_throw(key, inner, context)?;
    }
    Ok(copy.into())
}

const DOT: u16 = b'.' as u16;
const OPEN: u16 = b'[' as u16;
const CLOSE: u16 = b']' as u16;
const BACKSLASH: u16 = b'\\' as u16;

/// `a.b[0].c` as `["a", "b", 0, "c"]`; a backslash takes `.` and `[` as they are.
fn parsed(path: &JsString, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let units = path.to_vec();
    if !units.iter().any(|unit| [DOT, OPEN, BACKSLASH].contains(unit)) {
        return Ok(vec![path.clone().into()]);
    }
    let mut keys: Vec<JsValue> = Vec::new();
    let mut name: Vec<u16> = Vec::new();
    let end_name = |name: &mut Vec<u16>, keys: &mut Vec<JsValue>| {
        if !name.is_empty() {
            keys.push(JsString::from(name.as_slice()).into());
            name.clear();
        }
    };
    let mut at = 0;
    while let Some(&unit) = units.get(at) {
        match unit {
            BACKSLASH if at + 1 < units.len() => {
                at += 1;
                name.push(units[at]);
            }
            DOT => end_name(&mut name, &mut keys),
            OPEN => {
                end_name(&mut name, &mut keys);
                let inside = units[at + 1..].split(|unit| *unit == CLOSE).next().unwrap_or_default();
                let digits = String::from_utf16_lossy(inside);
                let closed = at + 1 + inside.len() < units.len();
                if !closed || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    let path = path.to_std_string_lossy();
                    let message = format!("Only number 0-9 could inside [] in path string: {path}");
                    return Err(thrown(&message, context));
                }
                keys.push(digits.parse::<f64>().unwrap_or_default().into());
                at += 1 + inside.len();
            }
            unit => name.push(unit),
        }
        at += 1;
    }
    end_name(&mut name, &mut keys);
    if keys.is_empty() {
        keys.push(js_string!().into());
    }
    Ok(keys)
}

/// Sets the value at a path. A value on the way that is not of the kind that the path needs gives way to a new one.
fn put_at(data: &JsValue, path: &[JsValue], value: JsValue, context: &mut Context) -> JsResult<()> {
    let none = |context: &mut Context| type_error("there is no data to set", context);
    let mut object = data.as_object().ok_or_else(|| none(context))?;
    let Some((last, way)) = path.split_last() else {
        return Ok(());
    };
    for (at, key) in way.iter().enumerate() {
        let key = key.to_property_key(context)?;
        let list = path[at + 1].is_number();
        let next = object.get(key.clone(), context)?.as_object();
        object = match next.filter(|next| next.is_array() == list && !next.is_callable()) {
            Some(next) => next,
            None => {
                let new: JsObject = if list {
                    JsArray::new(context)?.into()
                } else {
                    JsObject::with_object_proto(context.intrinsics())
                };
                object.set(key, new.clone(), true, context)?;
                new
            }
        };
    }
    let last = last.to_property_key(context)?;
    object.set(last, value, true, context).map(drop)
}

/// One change of `setData`: where, and what.
type Change = (Vec<JsValue>, JsValue);

/// The changes of one `setData`; `undefined` is not a value that can be set.
fn changes(data: &JsValue, context: &mut Context) -> JsResult<Vec<Change>> {
    let Some(object) = data.as_object().filter(|object| !object.is_callable()) else {
        console::say("warn", "setData should be called with an object", context)?;
        return Ok(Vec::new());
    };
    let mut list = Vec::new();
    for key in language::keys_of(&object, context)? {
        let value = object.get(key.clone(), context)?;
        let name = language::key_text(&key);
        if value.is_undefined() {
            let name = name.to_std_string_lossy();
            let line = format!("Setting data field \"{name}\" to undefined is invalid.");
            console::say("warn", &line, context)?;
        } else {
            list.push((parsed(&name, context)?, value));
        }
    }
    Ok(list)
}
