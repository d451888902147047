//! What every page instance can do and no app says: without a view nothing is found.

use super::events::guard;
use super::{Kit, Native, data_path, function, invoke, methods, text, timers, wx_object};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, NativeFunction, js_string};
use std::cell::RefCell;
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

/// The prototype, made for the first page.
#[derive(Default)]
pub struct PageProto(RefCell<Option<JsObject>>);

impl PageProto {
    /// The one object.
    ///
    /// # Errors
    /// None but the engine's own.
    pub fn get(&self, context: &mut Context) -> JsResult<JsObject> {
        if let Some(known) = self.0.borrow().as_ref() {
            return Ok(known.clone());
        }
        let made = proto(context)?;
        *self.0.borrow_mut() = Some(made.clone());
        Ok(made)
    }
}

/// The kit's functions of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 2] = [
        ("pageProto", 0, |_, _, context| {
            Ok(Kit::of(context)?.pages.proto.get(context)?.into())
        }),
        ("afterSetData", 2, |_, args, context| {
            after(args.get_or_undefined(0), args.get_or_undefined(1), context)
        }),
    ];
    methods(&kit.object, &table, context)
}

/// What a page does with its data and its opener.
const OWN: [(&str, usize, Native); 7] = [
    ("setData", 2, |this, args, context| {
        let data = member(this, "data", context)?;
        data_path::assign(&data, args.get_or_undefined(0), context)?;
        after(args.get_or_undefined(1), this, context)
    }),
    ("groupSetData", 1, |this, args, context| {
        match args.get_or_undefined(0).as_callable() {
            Some(update) => update.call(this, &[], context).map(|_| JsValue::undefined()),
            None => Ok(JsValue::undefined()),
        }
    }),
    ("getOpenerEventChannel", 0, |this, _, context| {
        let opener = member(this, "__opener__", context)?;
        match opener.is_object() {
            true => Kit::of(context)?.call("channel", &[opener], context),
            false => Ok(JsObject::with_object_proto(context.intrinsics()).into()),
        }
    }),
    ("getPageId", 0, |this, _, context| {
        let id = member(this, "__wxWebviewId__", context)?;
        Ok(js_string!(format!("pageId:{}", text(&id, context)?)).into())
    }),
    ("animate", 4, |this, args, context| {
        motion("animate", this, args, context)
    }),
    ("applyAnimation", 4, |this, args, context| {
        motion("applyAnimation", this, args, context)
    }),
    ("clearAnimation", 3, |this, args, context| {
        motion("clearAnimation", this, args, context)
    }),
];

/// Animations stand in a file of their own.
fn motion(name: &'static str, this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    kit.lazy("keyframes", context)?;
    kit.call(name, &[std::slice::from_ref(this), args].concat(), context)
}

fn member(this: &JsValue, name: &'static str, context: &mut Context) -> JsResult<JsValue> {
    match this.as_object() {
        Some(object) => object.get(JsString::from(name), context),
        None => Ok(JsValue::undefined()),
    }
}

/// The callback of a change comes when the view would have shown it.
fn after(callback: &JsValue, this: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    if callback.is_callable() {
        let captures = (callback.clone(), this.clone());
        let native = NativeFunction::from_copy_closure_with_captures(
            |_, _, (callback, this), context| guard(callback, this, &[], "setData callback", context),
            captures,
        );
        let native = function("", 0, native, context);
        timers::later(native.into(), context)?;
    }
    Ok(JsValue::undefined())
}

fn proto(context: &mut Context) -> JsResult<JsObject> {
    let proto = JsObject::with_object_proto(context.intrinsics());
    let native: Native = |_, _, _| Ok(JsValue::null());
    methods(&proto, &NULL.map(|name| (name, 0, native)), context)?;
    let native: Native = |_, _, context| Ok(JsArray::new(context)?.into());
    methods(&proto, &NONE.map(|name| (name, 0, native)), context)?;
    let native: Native = |_, _, _| Ok(JsValue::undefined());
    methods(&proto, &NOTHING.map(|name| (name, 0, native)), context)?;
    methods(&proto, &OWN, context)?;
    for name in ["router", "pageRouter"] {
        let native = NativeFunction::from_fn_ptr(|_, _, context| Kit::of(context)?.member("wx", context));
        let accessor = PropertyDescriptor::builder()
            .get(function(name, 0, native, context))
            .enumerable(false)
            .configurable(true);
        proto.define_property_or_throw(JsString::from(name), accessor, context)?;
    }
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
        // Only pages and components have it, not `wx`.
        return wx_object::made("createMediaQueryObserver", "view_query", &[], context);
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
