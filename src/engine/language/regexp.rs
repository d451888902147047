//! `RegExp.$1` and its kin: what the last match of any regular expression was.

use super::{function, replace};
use boa_engine::{
    Context, JsResult, JsString, JsValue, js_string,
    native_function::NativeFunction,
    object::JsObject,
    property::{PropertyDescriptor, PropertyKey},
};
use boa_gc::{Finalize, Gc, GcRefCell, Trace};

/// The result array of the last match. It is read only when asked for: matching stays as fast as it was.
#[derive(Clone, Trace, Finalize)]
struct LastMatch(Gc<GcRefCell<Option<JsObject>>>);

/// Wraps `RegExp.prototype.exec`, which every other method that matches goes through.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let standard = context.intrinsics().constructors().regexp().clone();
    let last = LastMatch(Gc::new(GcRefCell::new(None)));
    let state = last.clone();
    let exec = move |original| NativeFunction::from_copy_closure_with_captures(exec, (original, state));
    replace(&standard.prototype(), "exec", 1, exec, context)?;
    let constructor = standard.constructor();
    for (group, name) in ["$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9"]
        .into_iter()
        .enumerate()
    {
        accessor(&constructor, &[name], Part::Group(group as u32 + 1), &last, context)?;
    }
    accessor(&constructor, &["lastMatch", "$&"], Part::Group(0), &last, context)?;
    accessor(&constructor, &["input", "$_"], Part::Input, &last, context)?;
    accessor(&constructor, &["lastParen", "$+"], Part::LastGroup, &last, context)?;
    accessor(&constructor, &["leftContext", "$`"], Part::Before, &last, context)?;
    accessor(&constructor, &["rightContext", "$'"], Part::After, &last, context)
}

fn exec(
    this: &JsValue,
    args: &[JsValue],
    (original, last): &(JsObject, LastMatch),
    context: &mut Context,
) -> JsResult<JsValue> {
    let result = original.call(this, args, context)?;
    if let Some(found) = result.as_object() {
        *last.0.borrow_mut() = Some(found);
    }
    Ok(result)
}

#[derive(Clone, Copy)]
enum Part {
    Group(u32),
    LastGroup,
    Input,
    Before,
    After,
}

fn accessor(
    constructor: &JsObject,
    names: &[&str],
    part: Part,
    last: &LastMatch,
    context: &mut Context,
) -> JsResult<()> {
    let read = move |_: &JsValue, _: &[JsValue], last: &LastMatch, context: &mut Context| {
        let found = last.0.borrow().clone();
        found.map_or_else(|| Ok(js_string!().into()), |found| part_of(part, &found, context))
    };
    let getter = function(
        context,
        names[0],
        0,
        NativeFunction::from_copy_closure_with_captures(read, last.clone()),
    );
    // Assignments are ignored, as V8 does for all but the input.
    let ignore = function(
        context,
        names[0],
        1,
        NativeFunction::from_fn_ptr(|_, _, _| Ok(JsValue::undefined())),
    );
    for name in names {
        let property = PropertyDescriptor::builder()
            .get(getter.clone())
            .set(ignore.clone())
            .enumerable(false)
            .configurable(true);
        constructor.define_property_or_throw(PropertyKey::from(JsString::from(*name)), property, context)?;
    }
    Ok(())
}

fn part_of(part: Part, found: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let group = |n: u32, context: &mut Context| -> JsResult<JsString> {
        let value = found.get(n, context)?;
        if value.is_undefined() {
            Ok(js_string!())
        } else {
            value.to_string(context)
        }
    };
    let text = match part {
        Part::Group(n) => group(n, context)?,
        Part::LastGroup => match found.get(js_string!("length"), context)?.to_u32(context)? {
            0 | 1 => js_string!(),
            length => group(length - 1, context)?,
        },
        Part::Input | Part::Before | Part::After => {
            let input = found.get(js_string!("input"), context)?.to_string(context)?;
            let start = found.get(js_string!("index"), context)?.to_u32(context)? as usize;
            let end = start + group(0, context)?.len();
            match part {
                Part::Before => input.get(..start).unwrap_or_default(),
                Part::After => input.get(end..).unwrap_or_default(),
                _ => input,
            }
        }
    };
    Ok(text.into())
}
