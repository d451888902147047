//! `Intl.NumberFormat` and `Intl.DateTimeFormat` that write what the methods of
//! numbers and dates write, in the platform's language by default.

use super::{define, function, locale::with_default};
use boa_engine::{
    Context, JsArgs, JsError, JsResult, JsString, JsValue, js_string,
    native_function::NativeFunction,
    object::{FunctionObjectBuilder, JsObject},
    property::PropertyDescriptor,
};

/// Which of the two a constructor makes.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Date,
}

/// Puts a constructor before each of the engine's, with the same prototype.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    wrap(Kind::Number, "NumberFormat", context)?;
    wrap(Kind::Date, "DateTimeFormat", context)
}

fn wrap(kind: Kind, name: &str, context: &mut Context) -> JsResult<()> {
    let Some(intl) = context.global_object().get(js_string!("Intl"), context)?.as_object() else {
        return Ok(());
    };
    let Some(original) = intl.get(JsString::from(name), context)?.as_object() else {
        return Ok(());
    };
    let prototype = original.get(js_string!("prototype"), context)?;
    let construct = move |new_target: &JsValue, args: &[JsValue], original: &JsObject, context: &mut Context| {
        construct(kind, new_target, args, original, context)
    };
    let native = NativeFunction::from_copy_closure_with_captures(construct, original.clone());
    let constructor: JsObject = FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(name))
        .constructor(true)
        .build()
        .into();
    let fixed = PropertyDescriptor::builder()
        .writable(false)
        .enumerable(false)
        .configurable(false);
    constructor.define_property_or_throw(js_string!("prototype"), fixed.value(prototype.clone()), context)?;
    let supported = original.get(js_string!("supportedLocalesOf"), context)?;
    define(&constructor, js_string!("supportedLocalesOf"), supported, context)?;
    if let Some(prototype) = prototype.as_object() {
        define(&prototype, js_string!("constructor"), constructor.clone(), context)?;
    }
    define(&intl, JsString::from(name), constructor, context)
}

fn construct(
    kind: Kind,
    new_target: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let args = with_default(args);
    let new_target = new_target.as_object();
    let made = match original.construct(&args, new_target.as_ref(), context) {
        Err(error) if unimplemented(&error) => original.construct(&args[..1], new_target.as_ref(), context)?,
        result => result?,
    };
    let write = move |_: &JsValue, values: &[JsValue], args: &JsObject, context: &mut Context| {
        let args = [args.get(0, context)?, args.get(1, context)?];
        write(kind, values, &args, context)
    };
    let kept = JsObject::with_null_proto();
    for (at, arg) in args.iter().take(2).enumerate() {
        kept.create_data_property_or_throw(at, arg.clone(), context)?;
    }
    let write = NativeFunction::from_copy_closure_with_captures(write, kept);
    let format = function(context, "", 1, write);
    define(&made, js_string!("format"), format, context)?;
    Ok(made.into())
}

fn unimplemented(error: &JsError) -> bool {
    error
        .as_native()
        .is_some_and(|e| e.is_type() && e.message() == "unimplemented")
}

/// A value in the words of its own method.
fn write(kind: Kind, values: &[JsValue], args: &[JsValue; 2], context: &mut Context) -> JsResult<JsValue> {
    let constructors = context.intrinsics().constructors();
    let (this, prototype, method) = match kind {
        Kind::Number => {
            let number = constructors.number().prototype();
            (
                values.get_or_undefined(0).to_number(context)?.into(),
                number,
                js_string!("toLocaleString"),
            )
        }
        Kind::Date => {
            let (date, prototype) = (constructors.date().constructor(), constructors.date().prototype());
            let method = if args[1].is_undefined() {
                "toLocaleDateString"
            } else {
                "toLocaleString"
            };
            let now = values.get_or_undefined(0).is_undefined();
            let this = date.construct(if now { &[] } else { &values[..1] }, None, context)?;
            (this.into(), prototype, JsString::from(method))
        }
    };
    match prototype.get(method, context)?.as_callable() {
        Some(method) => method.call(&this, args, context),
        None => Ok(this),
    }
}
