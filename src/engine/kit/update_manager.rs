//! `wx.getUpdateManager()`: one object; waiting listeners are one-shot, a late one gets the stored result at once.

use super::call::{Waiting, failed, settle, succeeded};
use super::events::guard;
use super::host_call::{as_failure, start};
use super::{Kit, console, function, places, put, text, wx_object};
use boa_engine::object::JsObject;
use boa_engine::{Context, JsArgs, JsResult, JsValue, NativeFunction, js_string};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What happens to an update, as the host names it, and the function that listens to it.
const LISTENERS: [(&str, &str); 3] = [
    ("check", "onCheckForUpdate"),
    ("ready", "onUpdateReady"),
    ("failed", "onUpdateFailed"),
];

/// The one update manager of a world.
#[derive(Default)]
pub struct UpdateManager {
    object: RefCell<Option<JsObject>>,
    known: RefCell<HashMap<&'static str, JsValue>>,
    waiting: RefCell<HashMap<&'static str, Vec<JsValue>>>,
}

/// `wx.getUpdateManager` and the host's event.
pub fn install(kit: &Rc<Kit>, wx: &JsObject, context: &mut Context) -> JsResult<()> {
    let get = function("getUpdateManager", 0, NativeFunction::from_fn_ptr(get), context);
    wx_object::set_traced(wx, "getUpdateManager", get.into(), context)?;
    let event = function("update", 1, NativeFunction::from_fn_ptr(happened), context);
    kit.events.handle("update", event.into());
    Ok(())
}

fn get(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    places::note("getUpdateManager", context)?;
    let kit = Kit::of(context)?;
    if let Some(object) = kit.update_manager.object.borrow().as_ref() {
        return Ok(object.clone().into());
    }
    let object = JsObject::with_object_proto(context.intrinsics());
    let apply = function("applyUpdate", 1, NativeFunction::from_fn_ptr(apply), context);
    let mut methods = vec![("applyUpdate", apply)];
    for (kind, name) in LISTENERS {
        let native = NativeFunction::from_copy_closure(move |_, args, context| {
            listen(kind, name, args.get_or_undefined(0), context)
        });
        methods.push((name, function(name, 1, native, context)));
    }
    for (name, method) in methods {
        let method = wx_object::traced(&format!("UpdateManager.{name}"), method.into(), context)?;
        put(&object, name, method, context)?;
    }
    *kit.update_manager.object.borrow_mut() = Some(object.clone());
    Ok(object.into())
}

fn listen(kind: &'static str, name: &str, listener: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    if !listener.is_callable() {
        return Ok(JsValue::undefined());
    }
    places::note(name, context)?;
    let kit = Kit::of(context)?;
    let known = kit.update_manager.known.borrow().get(kind).cloned();
    match known {
        Some(detail) => tell(name, listener, &detail, context)?,
        None => {
            let mut waiting = kit.update_manager.waiting.borrow_mut();
            waiting.entry(kind).or_default().push(listener.clone());
        }
    }
    Ok(JsValue::undefined())
}

fn tell(name: &str, listener: &JsValue, detail: &JsValue, context: &mut Context) -> JsResult<()> {
    let origin = format!("UpdateManager.{name}");
    let detail = std::slice::from_ref(detail);
    guard(listener, &JsValue::undefined(), detail, &origin, context).map(drop)
}

/// The host tells of an update: `{kind, detail, forced}`. One that is forced is the engine's own affair.
fn happened(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(event) = args.get_or_undefined(0).as_object() else {
        return Ok(JsValue::undefined());
    };
    let kind = event.get(js_string!("kind"), context)?;
    let kind = text(&kind, context)?;
    let forced = event.get(js_string!("forced"), context)?.to_boolean();
    let Some((kind, name)) = LISTENERS.into_iter().find(|(known, _)| *known == kind && !forced) else {
        return Ok(JsValue::undefined());
    };
    let detail = event.get(js_string!("detail"), context)?;
    let kit = Kit::of(context)?;
    kit.update_manager.known.borrow_mut().insert(kind, detail.clone());
    let waiting = kit.update_manager.waiting.borrow_mut().remove(kind);
    for listener in waiting.unwrap_or_default() {
        tell(name, &listener, &detail, context)?;
    }
    Ok(JsValue::undefined())
}

fn apply(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    places::note("applyUpdate", context)?;
    let native = NativeFunction::from_copy_closure_with_captures(
        |_, args, options: &JsValue, context| answered(args.get_or_undefined(0), options, context),
        args.get_or_undefined(0).clone(),
    );
    let done = function("", 1, native, context);
    start(
        "applyUpdate",
        &JsValue::undefined(),
        Waiting::Script(done.into()),
        context,
    )?;
    Ok(JsValue::undefined())
}

/// The host's answer to `applyUpdate`, for the callbacks of its options.
fn answered(error: &JsValue, options: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    const NAME: &str = "applyUpdate";
    let failure = as_failure(error, context)?;
    let result = match &failure {
        Some(failure) => {
            console::say("warn", &format!("{NAME}:fail {}", failure.reason), context)?;
            failed(NAME, failure, context)?
        }
        None => succeeded(NAME, &JsObject::with_object_proto(context.intrinsics()), context)?,
    };
    settle(NAME, options, &result.into(), failure.is_none(), context)?;
    Ok(JsValue::undefined())
}
