//! `Date` that reads the texts apps give it; everything else stays the engine's.

use super::{date_text, define, function};
use boa_engine::{
    Context, JsArgs, JsResult, JsString, JsValue,
    builtins::date::Date,
    js_string,
    native_function::NativeFunction,
    object::{FunctionObjectBuilder, JsObject},
    property::PropertyDescriptor,
    value::PreferredType,
};

/// Puts a constructor before the engine's, with the same prototype.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let standard = context.intrinsics().constructors().date().clone();
    let (original, prototype) = (standard.constructor(), standard.prototype());
    let native = NativeFunction::from_copy_closure_with_captures(construct, original.clone());
    let date: JsObject = FunctionObjectBuilder::new(context.realm(), native)
        .name(js_string!("Date"))
        .length(7)
        .constructor(true)
        .build()
        .into();
    date.define_property_or_throw(
        js_string!("prototype"),
        PropertyDescriptor::builder()
            .value(prototype.clone())
            .writable(false)
            .enumerable(false)
            .configurable(false),
        context,
    )?;
    for name in ["now", "UTC"] {
        let value = original.get(JsString::from(name), context)?;
        define(&date, JsString::from(name), value, context)?;
    }
    let parse = function(context, "parse", 1, NativeFunction::from_fn_ptr(parse));
    define(&date, js_string!("parse"), parse, context)?;
    define(&prototype, js_string!("constructor"), date.clone(), context)?;
    define(&context.global_object(), js_string!("Date"), date, context)
}

fn construct(new_target: &JsValue, args: &[JsValue], original: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let Some(new_target) = new_target.as_object() else {
        return original.call(&JsValue::undefined(), args, context);
    };
    if let [value] = args
        && !value.as_object().is_some_and(|o| o.is::<Date>())
    {
        let primitive = value.to_primitive(context, PreferredType::Default)?;
        let time = match primitive.as_string() {
            Some(text) => JsValue::from(time_of(&text, context)),
            None => primitive,
        };
        return original.construct(&[time], Some(&new_target), context).map(Into::into);
    }
    original.construct(args, Some(&new_target), context).map(Into::into)
}

fn parse(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = args.get_or_undefined(0).to_string(context)?;
    Ok(JsValue::from(time_of(&text, context)))
}

/// Milliseconds since 1970 of the date that a text names, NaN when it names none.
fn time_of(text: &JsString, context: &mut Context) -> f64 {
    let Some(written) = date_text::parse(&text.to_std_string_lossy()) else {
        return f64::NAN;
    };
    let as_utc = written.as_utc_millis();
    match written.zone_minutes {
        Some(minutes) => as_utc - f64::from(minutes) * 60_000.0,
        None => to_utc(as_utc, context),
    }
}

/// The moment at which local clocks show `local` (milliseconds as if UTC).
fn to_utc(local: f64, context: &mut Context) -> f64 {
    let hooks = context.host_hooks();
    let offset = |millis: f64| f64::from(hooks.local_timezone_offset_seconds((millis / 1000.0) as i64)) * 1000.0;
    // The offset belongs to the moment, which is not known yet: the second guess is right but in the gap of a
    // clock change, where any answer is as good.
    local - offset(local - offset(local))
}
