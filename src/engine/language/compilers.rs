//! Code from text is closed, as the platform closes it: `eval` is undefined,
//! and the constructors of functions give nothing that can be called.

use super::{define, function};
use boa_engine::{
    Context, JsResult, JsString, JsValue, js_string,
    native_function::NativeFunction,
    object::{FunctionObjectBuilder, JsObject},
    property::PropertyDescriptor,
};

/// Replaces `eval` and the four constructors, also where prototypes lead to them.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let constructors = context.intrinsics().constructors();
    let kinds = [
        ("Function", constructors.function().prototype()),
        ("GeneratorFunction", constructors.generator_function().prototype()),
        ("AsyncFunction", constructors.async_function().prototype()),
        (
            "AsyncGeneratorFunction",
            constructors.async_generator_function().prototype(),
        ),
    ];
    let mut first = None;
    for (name, prototype) in kinds {
        let constructor = closed(name, &prototype, first.as_ref(), context)?;
        first.get_or_insert(constructor);
    }
    let global = context.global_object();
    if let Some(constructor) = first {
        define(&global, js_string!("Function"), constructor, context)?;
    }
    define(&global, js_string!("eval"), JsValue::undefined(), context)
}

/// A constructor that compiles nothing; `parent` is what it inherits from (`Function`, but for itself).
fn closed(name: &str, prototype: &JsObject, parent: Option<&JsObject>, context: &mut Context) -> JsResult<JsObject> {
    let native = NativeFunction::from_copy_closure_with_captures(construct, prototype.clone());
    let constructor: JsObject = FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(name))
        .length(1)
        .constructor(true)
        .build()
        .into();
    if let Some(parent) = parent {
        constructor.set_prototype(Some(parent.clone()));
    }
    let fixed = PropertyDescriptor::builder()
        .writable(false)
        .enumerable(false)
        .configurable(false);
    constructor.define_property_or_throw(js_string!("prototype"), fixed.value(prototype.clone()), context)?;
    // Of the four only Function's link is writable, and must be: a function that an app or a transpiler's
    // runtime gives a `constructor` of its own could not take it otherwise.
    let link = PropertyDescriptor::builder()
        .value(constructor.clone())
        .writable(parent.is_none())
        .enumerable(false)
        .configurable(true);
    prototype.define_property_or_throw(js_string!("constructor"), link, context)?;
    Ok(constructor)
}

/// Never throws: libraries probe for the global object with `Function('return this')()` and for code generation
/// with anything else. The former get a function that returns an empty object, the latter a plain object.
fn construct(new_target: &JsValue, args: &[JsValue], prototype: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let asks_for_global = args
        .last()
        .and_then(JsValue::as_string)
        .is_some_and(|s| s == js_string!("return this"));
    if asks_for_global {
        let empty = |_: &JsValue, _: &[JsValue], context: &mut Context| {
            Ok(JsObject::with_object_proto(context.intrinsics()).into())
        };
        return Ok(function(context, "anonymous", 0, NativeFunction::from_fn_ptr(empty)).into());
    }
    let Some(new_target) = new_target.as_object() else {
        return Ok(JsValue::undefined());
    };
    let derived = new_target.get(js_string!("prototype"), context)?.as_object();
    let object = JsObject::with_object_proto(context.intrinsics());
    object.set_prototype(Some(derived.unwrap_or_else(|| prototype.clone())));
    Ok(object.into())
}
