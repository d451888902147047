//! The names of `wx` that are refused: functions that hand their call to the JS half.
//!
//! There are hundreds of them, and most apps call none: what they do stands in a
//! file that is loaded at the first refusal.

use super::{Kit, function as native_function, methods, put};
use crate::engine::language;
use crate::wx::{Api, Form, Gives, Support, apis, members_of, pair};
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, NativeFunction, js_string};

/// Which of its names a row was called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    On,
    Off,
}

/// Puts the refused names into `wx` and among the globals.
///
/// # Errors
/// What the engine throws.
pub fn install(kit: &Kit, wx: &JsObject, context: &mut Context) -> JsResult<()> {
    methods(&kit.object, &[("members", 1, members)], context)?;
    // What only mini games have is put there by a file of the JS half, when it is one.
    for row in apis().filter(|row| row.support == Support::Refused && row.form != Form::Game) {
        match row.form {
            Form::Event => {
                for (name, by) in pair(row.name).into_iter().zip([By::On, By::Off]) {
                    put(wx, &name, function(row, by, context), context)?;
                }
            }
            Form::Property(_) => define_property(wx, row, context)?,
            Form::Global => {
                let refusing = function(row, By::Name, context);
                put(&context.global_object(), row.name, refusing, context)?;
            }
            _ => put(wx, row.name, function(row, By::Name, context), context)?,
        }
    }
    Ok(())
}

/// The methods of a refused object: `[name, what it gives, name, ...]`, where what it gives is
/// empty, `!` (a promise), `^` (a value) or the name of an object.
///
/// # Errors
/// What the engine throws.
fn members(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = args.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let flat = members_of(&object).into_iter().flat_map(|member| {
        let gives = match member.gives {
            Gives::Nothing => "",
            Gives::Promise => "!",
            Gives::Value => "^",
            Gives::Object(object) => object,
        };
        [member.name, gives].map(|text| JsValue::from(js_string!(text)))
    });
    Ok(JsArray::from_iter(flat, context).into())
}

fn function(row: &'static Api, by: By, context: &Context) -> JsFunction {
    let native =
        NativeFunction::from_copy_closure(move |_: &JsValue, args: &[JsValue], context| refuse(row, by, args, context));
    native_function("", 0, native, context)
}

/// A property is made when somebody looks at it, and an app may put its own in its place.
fn define_property(wx: &JsObject, row: &'static Api, context: &mut Context) -> JsResult<()> {
    let set = NativeFunction::from_copy_closure(move |this: &JsValue, args: &[JsValue], context| {
        let Some(owner) = this.as_object() else {
            return Ok(JsValue::undefined());
        };
        let own = PropertyDescriptor::builder().value(args.get_or_undefined(0).clone());
        let own = own.writable(true).enumerable(true).configurable(true);
        owner.define_property_or_throw(js_string!(row.name), own, context)?;
        Ok(JsValue::undefined())
    });
    let set = native_function("", 1, set, context);
    let lazy = PropertyDescriptor::builder()
        .get(function(row, By::Name, context))
        .set(set);
    wx.define_property_or_throw(js_string!(row.name), lazy.enumerable(true).configurable(true), context)?;
    Ok(())
}

fn refuse(row: &'static Api, by: By, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    kit.lazy("refused", context)?;
    let [on, off] = pair(row.name);
    let (name, kind) = match by {
        By::On => (on.as_str(), "on"),
        By::Off => (off.as_str(), "off"),
        By::Name => (row.name, kind(row.form)),
    };
    let object = match row.form {
        Form::Factory(object) | Form::Property(object) => object,
        _ => "",
    };
    let list = language::list(args, context);
    let call = [name, kind, object, row.note].map(|text| JsValue::from(js_string!(text)));
    kit.call("refuse", &[&call[..], &[list]].concat(), context)
}

fn kind(form: Form) -> &'static str {
    match form {
        Form::Sync(_) | Form::Global => "sync",
        Form::Factory(_) => "factory",
        Form::Property(_) => "property",
        _ => "async",
    }
}
