//! Events of the host, the app's listeners, and guarded calls into the app.

use super::{Kit, Native, app, function, invoke, methods, put, route, text};
use crate::engine::bridge::Bridge;
use crate::engine::{language, report as reports};
use crate::wx::capitalised;
use boa_engine::object::JsObject;
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, NativeFunction, js_string};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Events whose handler stands in a file that is loaded when the first of them comes.
const LATE: [(&str, &str); 9] = [
    ("driver", "driven"),
    ("dump", "dump"),
    ("pageEvent", "page_events"),
    ("pullDownRefresh", "page_events"),
    ("share", "share"),
    ("test", "testing"),
    ("tree", "view_print"),
    ("view", "view"),
    ("windowResize", "page_events"),
];

/// A handler of the kit's own.
type Handler = fn(&JsValue, &mut Context) -> JsResult<()>;

/// Events that the kit deals with, unless a file of the JS half does.
const OWN: [(&str, Handler); 6] = [
    ("appHide", route::app_hide),
    ("appShow", route::app_show),
    ("launch", app::launched),
    ("pageNotFound", app::page_not_found),
    ("ready", route::ready),
    ("route", route::route),
];

/// Who waits for what.
#[derive(Default)]
pub struct Events {
    handlers: RefCell<HashMap<String, JsValue>>,
    listeners: RefCell<HashMap<String, JsArray>>,
    reporting: Cell<bool>,
}

impl Events {
    /// Sets who deals with an event of the host.
    pub fn handle(&self, event: &str, handler: JsValue) {
        self.handlers.borrow_mut().insert(event.to_owned(), handler);
    }
}

/// The kit's functions of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 10] = [
        ("on", 2, on),
        ("note", 2, note),
        ("listeners", 1, |_, args, context| {
            let event = text(args.get_or_undefined(0), context)?;
            Ok(listeners(&event, context)?.into())
        }),
        ("guard", 4, |_, args, context| {
            let list = list_of(args.get_or_undefined(2), context)?;
            let origin = text(args.get_or_undefined(3), context)?;
            guard(
                args.get_or_undefined(0),
                args.get_or_undefined(1),
                &list,
                &origin,
                context,
            )
        }),
        ("bind", 3, bind),
        ("fire", 2, |_, args, context| {
            let event = text(args.get_or_undefined(0), context)?;
            fire(&event, args.get_or_undefined(1), context).map(|()| JsValue::undefined())
        }),
        ("cap", 1, |_, args, context| {
            let name = text(args.get_or_undefined(0), context)?;
            Ok(js_string!(capitalised(&name)).into())
        }),
        ("report", 2, |_, args, context| {
            let origin = args.get_or_undefined(1);
            let origin = if origin.is_undefined() {
                String::new()
            } else {
                text(origin, context)?
            };
            report(args.get_or_undefined(0), &origin, context).map(|()| JsValue::undefined())
        }),
        ("told", 1, |_, args, context| {
            let message = reports::message_of(args.get_or_undefined(0), context);
            Ok(js_string!(message).into())
        }),
        ("copy", 1, |_, args, context| copied(args.get_or_undefined(0), context)),
    ];
    methods(&kit.object, &table, context)
}

/// Hands an event to its handler, or to the app's listeners when it has none.
///
/// # Errors
/// What the handler threw.
pub fn dispatch(name: &str, payload: JsValue, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    let known = |kit: &Kit| kit.events.handlers.borrow().get(name).cloned();
    if known(&kit).is_none()
        && let Some((_, file)) = LATE.iter().find(|late| late.0 == name)
    {
        kit.lazy(file, context)?;
    }
    match (known(&kit), OWN.iter().find(|own| own.0 == name)) {
        (Some(handler), _) => invoke(&handler, &[payload], context).map(drop),
        (None, Some((_, handler))) => handler(&payload, context),
        (None, None) => fire(name, &payload, context),
    }
}

/// Calls every listener of an event; what one throws does not keep the next from being called.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn fire(event: &str, argument: &JsValue, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    let list = kit.events.listeners.borrow().get(event).cloned();
    let Some(list) = list else { return Ok(()) };
    let origin = format!("wx.on{}", capitalised(event));
    for listener in list_of(&list.into(), context)? {
        guard(
            &listener,
            &JsValue::undefined(),
            std::slice::from_ref(argument),
            &origin,
            context,
        )?;
    }
    Ok(())
}

/// The app's listeners of an event, as the array that the kit's users edit.
///
/// # Errors
/// None but the engine's own.
pub fn listeners(event: &str, context: &mut Context) -> JsResult<JsArray> {
    let kit = Kit::of(context)?;
    if let Some(list) = kit.events.listeners.borrow().get(event) {
        return Ok(list.clone());
    }
    let list = JsArray::new(context)?;
    kit.events.listeners.borrow_mut().insert(event.to_owned(), list.clone());
    Ok(list)
}

/// Calls into the app. What it throws is reported and gives `undefined`.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn guard(
    function: &JsValue,
    this: &JsValue,
    args: &[JsValue],
    origin: &str,
    context: &mut Context,
) -> JsResult<JsValue> {
    let outcome = match function.as_callable() {
        Some(function) => function.call(this, args, context),
        None => Err(super::type_error("not a callable function", context)),
    };
    match outcome {
        Ok(value) => Ok(value),
        Err(error) => reported(Err(error), origin, context).map(|()| JsValue::undefined()),
    }
}

/// Puts an error on the timeline and tells the app's error listeners, unless one of them made it.
///
/// # Errors
/// Only what no JavaScript can catch, and what `App.onError` itself throws.
pub fn report(error: &JsValue, origin: &str, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    let seen = reports::uncaught(error, origin, context)?;
    tell_test(error, "error", context)?;
    if kit.events.reporting.replace(true) {
        return Ok(());
    }
    let told = tell(&seen, context);
    kit.events.reporting.set(false);
    told
}

/// A test that runs in this world may be what has failed: `M.strayError` decides.
fn tell_test(error: &JsValue, event: &str, context: &mut Context) -> JsResult<()> {
    let hook = Kit::of(context)?.member("strayError", context)?;
    if !hook.is_callable() {
        return Ok(());
    }
    let file = reports::file_of(error, context).map_or(JsValue::undefined(), |file| js_string!(file).into());
    let heard = listeners(event, context)?.length(context)? > 0;
    invoke(&hook, &[error.clone(), file, heard.into()], context).map(drop)
}

fn tell(seen: &JsValue, context: &mut Context) -> JsResult<()> {
    app::tell_error(seen, context)?;
    fire("error", seen, context)
}

/// Reports a promise that was rejected with nobody listening.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn unhandled(reason: JsValue, promise: JsObject, context: &mut Context) -> JsResult<()> {
    reports::uncaught(&reason, "promise", context)?;
    tell_test(&reason, "unhandledRejection", context)?;
    let event = JsObject::with_object_proto(context.intrinsics());
    put(&event, "reason", reason, context)?;
    put(&event, "promise", promise, context)?;
    fire("unhandledRejection", &event.into(), context)
}

/// The items of an array or of an `arguments` object.
pub fn list_of(list: &JsValue, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let Some(list) = list.as_object() else {
        return Ok(Vec::new());
    };
    let length = list.get(js_string!("length"), context)?.to_length(context)?;
    (0..length).map(|at| list.get(at, context)).collect()
}

fn on(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let event = text(args.get_or_undefined(0), context)?;
    let handler = args.get_or_undefined(1).clone();
    Kit::of(context)?.events.handle(&event, handler);
    Ok(JsValue::undefined())
}

fn note(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kind = text(args.get_or_undefined(0), context)?;
    note_value(&kind, args.get_or_undefined(1), context)?;
    Ok(JsValue::undefined())
}

/// An entry of the timeline with the properties of an object.
///
/// # Errors
/// What reading them threw.
pub fn note_value(kind: &str, value: &JsValue, context: &mut Context) -> JsResult<()> {
    let json = language::to_json(value, context)?;
    let json = json.map_or_else(|| "{}".to_owned(), |json| json.to_std_string_lossy());
    Bridge::of(context)?.note(kind, json);
    Ok(())
}

/// An entry of the timeline with these properties.
///
/// # Errors
/// What reading them threw.
pub fn note_of(kind: &str, fields: &[(&str, JsValue)], context: &mut Context) -> JsResult<()> {
    let object = JsObject::with_object_proto(context.intrinsics());
    for (name, value) in fields {
        put(&object, name, value.clone(), context)?;
    }
    note_value(kind, &object.into(), context)
}

/// What was thrown is the app's error; only what no JavaScript can catch goes on.
///
/// # Errors
/// That.
pub fn reported(outcome: JsResult<()>, origin: &str, context: &mut Context) -> JsResult<()> {
    match outcome {
        Err(error) if error.as_engine().is_none() => {
            let error = error.into_opaque(context)?;
            report(&error, origin, context)
        }
        outcome => outcome,
    }
}

fn bind(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let origin = args.get_or_undefined(2).to_string(context)?;
    let [method, this] = [0, 1].map(|at| args.get_or_undefined(at).clone());
    Ok(bound(method, this, origin, context).into())
}

/// A method keeps its instance when it is passed on unbound, and what it throws is the app's error, not the caller's.
pub fn bound(method: JsValue, this: JsValue, origin: JsString, context: &Context) -> JsFunction {
    let native = NativeFunction::from_copy_closure_with_captures(
        |_, args, (method, this, origin), context| guard(method, this, args, &origin.to_std_string_lossy(), context),
        (method, this, origin),
    );
    function("", 0, native, context)
}

/// A copy of plain data, by way of JSON.
///
/// # Errors
/// What reading it threw.
pub fn copied(value: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    match language::to_json(value, context)? {
        Some(json) => language::parse_json(&json, context),
        None => Ok(JsValue::undefined()),
    }
}
