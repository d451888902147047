//! What every page instance can do and no app says: without a view nothing is found.

use super::{Kit, Native, function, invoke, methods};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, NativeFunction};
use std::rc::Rc;

const NULL: [&str; 4] = ["selectComponent", "selectOwnerComponent", "getTabBar", "getAppBar"];
const NONE: [&str; 2] = ["selectAllComponents", "getRelationNodes"];
const NOTHING: [&str; 5] = [
    "triggerEvent",
    "hasBehavior",
    "setUpdatePerformanceListener",
    "setInitialRenderingCache",
    "setPassiveEvent",
];
/// Functions of `wx` that a page has too, about itself.
const OF_WX: [&str; 3] = [
    "createSelectorQuery",
    "createIntersectionObserver",
    "createMediaQueryObserver",
];

/// `M.pageProto()`: a new object with these functions.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    methods(
        &kit.object,
        &[("pageProto", 0, |_, _, context| Ok(proto(context)?.into()))],
        context,
    )
}

fn proto(context: &mut Context) -> JsResult<JsObject> {
    let proto = JsObject::with_object_proto(context.intrinsics());
    let native: Native = |_, _, _| Ok(JsValue::null());
    methods(&proto, &NULL.map(|name| (name, 0, native)), context)?;
    let native: Native = |_, _, context| Ok(JsArray::new(context)?.into());
    methods(&proto, &NONE.map(|name| (name, 0, native)), context)?;
    let native: Native = |_, _, _| Ok(JsValue::undefined());
    methods(&proto, &NOTHING.map(|name| (name, 0, native)), context)?;
    for name in OF_WX {
        let native = NativeFunction::from_copy_closure(move |this, args, context| of_wx(name, this, args, context));
        let native = function(name, 1, native, context);
        super::put(&proto, name, native, context)?;
    }
    Ok(proto)
}

fn of_wx(name: &str, this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let wx = Kit::of(context)?.member("wx", context)?;
    let make = wx.as_object().map(|wx| wx.get(JsString::from(name), context));
    let make = make.transpose()?.unwrap_or_default();
    if !make.is_callable() {
        return Ok(make);
    }
    if name != "createSelectorQuery" {
        return invoke(&make, &[this.clone(), args.get_or_undefined(0).clone()], context);
    }
    let query = invoke(&make, &[], context)?;
    let Some(object) = query.as_object() else {
        return Ok(query);
    };
    let within = object.get(JsString::from("in"), context)?;
    match within.as_callable() {
        Some(within) => within.call(&query, std::slice::from_ref(this), context),
        None => Ok(query),
    }
}
