//! Carries out the host's plans: each step opens, shows, hides or unloads a page.

use super::events::{list_of, note_of, reported};
use super::{Kit, app, console, function, invoke, page, put, require, text, timers};
use boa_engine::object::JsObject;
use boa_engine::{Context, JsResult, JsString, JsValue, NativeFunction, js_string};

/// The pages of a route, in the order of its steps.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn route(payload: &JsValue, context: &mut Context) -> JsResult<()> {
    let take = Kit::of(context)?.member("takeOpener", context)?;
    let opener = match payload.as_object() {
        Some(payload) if take.is_callable() => {
            let call = payload.get(js_string!("call"), context)?;
            invoke(&take, &[call], context)?
        }
        _ => JsValue::undefined(),
    };
    let steps = steps(payload, context)?;
    follow_all(&steps, &opener, context)?;
    route_done(&steps, context)
}

/// Nothing moves here, so the animation of a route is over when its page is ready, or is back. Only pages that want to
/// know are told.
fn route_done(steps: &[JsObject], context: &mut Context) -> JsResult<()> {
    for step in steps.iter().rev() {
        let what = step.get(js_string!("do"), context)?;
        if text(&what, context)? != "show" {
            continue;
        }
        let Some(record) = record_of(step, context)? else {
            return Ok(());
        };
        let page = record.get(js_string!("self"), context)?;
        let heard = match page.as_object() {
            Some(page) => page.get(js_string!("onRouteDone"), context)?.is_callable(),
            None => false,
        };
        if heard || record.get(js_string!("routeDone"), context)?.is_callable() {
            let done = NativeFunction::from_copy_closure_with_captures(
                |_, _, step, context| match record_of(step, context)? {
                    Some(record) => page::live(&record, "routeDone", context).map(|()| JsValue::undefined()),
                    None => Ok(JsValue::undefined()),
                },
                step.clone(),
            );
            let done = function("", 0, done, context);
            timers::later(done.into(), context)?;
        }
        return Ok(());
    }
    Ok(())
}

/// The new page's onReady.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn ready(payload: &JsValue, context: &mut Context) -> JsResult<()> {
    let Some(payload) = payload.as_object() else {
        return Ok(());
    };
    match record_of(&payload, context)? {
        Some(record) => live("ready", &record, context),
        None => Ok(()),
    }
}

/// The app and its page go to the background.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn app_hide(payload: &JsValue, context: &mut Context) -> JsResult<()> {
    let steps = steps(payload, context)?;
    if steps.is_empty() {
        return app::hide(context);
    }
    follow_all(&steps, &JsValue::undefined(), context)
}

/// The app and its page come to the foreground.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn app_show(payload: &JsValue, context: &mut Context) -> JsResult<()> {
    let steps = steps(payload, context)?;
    if steps.is_empty() {
        let options = payload
            .as_object()
            .map(|payload| payload.get(js_string!("options"), context));
        return app::show(&options.transpose()?.unwrap_or_default(), context);
    }
    follow_all(&steps, &JsValue::undefined(), context)
}

fn steps(payload: &JsValue, context: &mut Context) -> JsResult<Vec<JsObject>> {
    let Some(payload) = payload.as_object() else {
        return Ok(Vec::new());
    };
    let steps = payload.get(js_string!("steps"), context)?;
    let steps = list_of(&steps, context)?;
    Ok(steps.iter().filter_map(JsValue::as_object).collect())
}

fn record_of(step: &JsObject, context: &mut Context) -> JsResult<Option<JsObject>> {
    let id = step.get(js_string!("page"), context)?;
    let open = Kit::of(context)?.pages.open.clone();
    Ok(open.get(id, context)?.as_object())
}

fn follow_all(steps: &[JsObject], opener: &JsValue, context: &mut Context) -> JsResult<()> {
    steps.iter().try_for_each(|step| follow(step, opener, context))
}

/// One step; the note stands before what the app's own function logs.
fn follow(step: &JsObject, opener: &JsValue, context: &mut Context) -> JsResult<()> {
    let what = step.get(js_string!("do"), context)?;
    let what = text(&what, context)?;
    match what.as_str() {
        "open" => return open(step, opener, context),
        "appShow" => {
            let options = step.get(js_string!("options"), context)?;
            return app::show(&options, context);
        }
        "appHide" => return app::hide(context),
        "warn" => {
            let line = step.get(js_string!("text"), context)?;
            let line = text(&line, context)?;
            return console::say("warn", &line, context);
        }
        "notFound" => {
            let path = step.get(js_string!("path"), context)?;
            return note_of("page.notFound", &[("path", path)], context);
        }
        _ => {}
    }
    let Some(record) = record_of(step, context)? else {
        return Ok(());
    };
    match what.as_str() {
        "show" => live("show", &record, context),
        "hide" => live("hide", &record, context),
        // A tab page that another tab covers leaves the stack and lives on.
        "hang" => leave(&record, context),
        "unhang" => {
            let stack = Kit::of(context)?.pages.stack.clone();
            stack.push(record, context).map(drop)
        }
        "unload" => unload(&record, context),
        _ => Ok(()),
    }
}

fn open(step: &JsObject, opener: &JsValue, context: &mut Context) -> JsResult<()> {
    let record = JsObject::with_object_proto(context.intrinsics());
    let [id, path, query, open_type] =
        ["page", "path", "query", "openType"].map(|name| step.get(JsString::from(name), context));
    let (id, path, query, open_type) = (id?, path?, query?, open_type?);
    let query = match query.to_boolean() {
        true => query,
        false => JsObject::with_object_proto(context.intrinsics()).into(),
    };
    let fields = [("id", &id), ("path", &path), ("query", &query), ("opener", opener)];
    for (name, value) in fields {
        put(&record, name, value.clone(), context)?;
    }
    let name = text(&path, context)?;
    app::enter_page(&name, context)?;
    define(&name, context)?;
    let told = [
        ("path", path),
        ("query", query),
        ("id", id.clone()),
        ("openType", open_type),
    ];
    note_of("page.load", &told, context)?;
    page::create(&name, &record, context)?;
    let viewed = Kit::of(context)?.member("viewed", context)?;
    if viewed.is_callable() {
        invoke(&viewed, &[record.clone().into()], context)?;
    }
    let kit = Kit::of(context)?;
    kit.pages.open.set(id, record.clone(), context)?;
    kit.pages.stack.push(record.clone(), context)?;
    page::live(&record, "load", context)
}

/// The script of a page runs when the page is first opened.
fn define(path: &str, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    if kit.pages.knows(path) {
        return Ok(());
    }
    put(&kit.object, "current", js_string!(path), context)?;
    let ran = require::run_script(path, context);
    let ran = reported(ran.map(drop), path, context);
    put(&kit.object, "current", JsValue::undefined(), context)?;
    ran?;
    if !kit.pages.knows(path) {
        let line = format!("Page \"{path}\" has not been registered; it is loaded with empty data");
        console::say("warn", &line, context)?;
        kit.pages.register_empty(path, context);
    }
    Ok(())
}

fn live(step: &'static str, record: &JsObject, context: &mut Context) -> JsResult<()> {
    let path = record.get(js_string!("path"), context)?;
    let id = record.get(js_string!("id"), context)?;
    note_of(&format!("page.{step}"), &[("path", path), ("id", id)], context)?;
    page::live(record, step, context)
}

fn unload(record: &JsObject, context: &mut Context) -> JsResult<()> {
    live("unload", record, context)?;
    leave(record, context)?;
    let id = record.get(js_string!("id"), context)?;
    let open = Kit::of(context)?.pages.open.clone();
    open.delete(id, context).map(drop)
}

fn leave(record: &JsObject, context: &mut Context) -> JsResult<()> {
    let stack = Kit::of(context)?.pages.stack.clone();
    let at = stack.index_of(record.clone(), None, context)?;
    match at {
        Some(at) => stack.splice(at, Some(1), &[], context).map(drop),
        None => Ok(()),
    }
}
