//! The names of `wx` that are refused: functions that hand their call to the JS half.
//!
//! There are hundreds of them, and most apps call none. They are made here, out
//! of the table, because a function made by a script costs several times as much.

use crate::wx::{Api, Form, Gives, Support, apis, members_of, pair};
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string};

/// What the JS half does with a refused call: `(name, kind, object, note, arguments)`.
struct Refuser(JsObject);

/// Which of its names a row was called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    On,
    Off,
}

/// Puts the refused names into `wx` (the first argument); calls go to the second.
///
/// # Errors
/// What the engine throws.
pub fn install(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let missing = || JsNativeError::typ().with_message("wx and a function are needed");
    let wx = args.get_or_undefined(0).as_object().ok_or_else(missing)?.clone();
    let refuser = args.get_or_undefined(1).as_object().ok_or_else(missing)?.clone();
    context.insert_data(Refuser(refuser));
    for row in apis().filter(|row| row.support == Support::Refused) {
        match row.form {
            Form::Event => {
                for (name, by) in pair(row.name).into_iter().zip([By::On, By::Off]) {
                    define(&wx, &name, function(row, by, context), context)?;
                }
            }
            Form::Property(_) => define_property(&wx, row, context)?,
            Form::Global => define(
                &context.global_object(),
                row.name,
                function(row, By::Name, context),
                context,
            )?,
            _ => define(&wx, row.name, function(row, By::Name, context), context)?,
        }
    }
    Ok(JsValue::undefined())
}

/// The methods of a refused object: `[name, what it gives, name, ...]`, where what it gives is
/// empty, `!` (a promise), `^` (a value) or the name of an object.
///
/// # Errors
/// What the engine throws.
pub fn members(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
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
    FunctionObjectBuilder::new(context.realm(), native).build()
}

fn define(owner: &JsObject, name: &str, function: JsFunction, context: &mut Context) -> JsResult<()> {
    owner.create_data_property_or_throw(JsString::from(name), function, context)?;
    Ok(())
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
    let set = FunctionObjectBuilder::new(context.realm(), set).build();
    let lazy = PropertyDescriptor::builder()
        .get(function(row, By::Name, context))
        .set(set);
    wx.define_property_or_throw(js_string!(row.name), lazy.enumerable(true).configurable(true), context)?;
    Ok(())
}

fn refuse(row: &'static Api, by: By, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let refuser = context.get_data::<Refuser>().map(|refuser| refuser.0.clone());
    let Some(refuser) = refuser else {
        return Ok(JsValue::undefined());
    };
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
    let list = JsArray::from_iter(args.iter().cloned(), context);
    let call = [name, kind, object, row.note].map(|text| JsValue::from(js_string!(text)));
    refuser.call(&JsValue::undefined(), &[&call[..], &[list.into()]].concat(), context)
}

fn kind(form: Form) -> &'static str {
    match form {
        Form::Sync(_) | Form::Global => "sync",
        Form::Factory(_) => "factory",
        Form::Property(_) => "property",
        _ => "async",
    }
}
