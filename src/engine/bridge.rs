//! The natives that the JS half calls: the only way out of a world.

use super::bridge_values::{buffers_of, json_value, object_of};
use super::hooks::WorldClock;
use super::jobs::Jobs;
use super::modules::Modules;
use super::protocol::Host;
use super::{js_half, refused, report};
use crate::wx::{Form, Payload, Support, WxError, apis};
use boa_engine::object::ObjectInitializer;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsArgs, JsError, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, js_string};
use std::cell::RefCell;
use std::rc::Rc;

/// What the natives reach through the context.
#[derive(Clone)]
pub struct Bridge {
    /// The way to the host.
    pub host: Rc<RefCell<Box<dyn Host>>>,
    /// Promise jobs and timers.
    pub jobs: Rc<Jobs>,
    /// The package's scripts.
    pub modules: Rc<Modules>,
    /// The world's time.
    pub clock: Rc<WorldClock>,
}

impl Bridge {
    /// The bridge of a context.
    ///
    /// # Errors
    /// A type error when the context was not made by a world.
    pub fn of(context: &Context) -> JsResult<Self> {
        context
            .get_data::<Self>()
            .cloned()
            .ok_or_else(|| JsNativeError::typ().with_message("this context has no host").into())
    }

    /// Puts an entry on the timeline.
    pub fn note(&self, kind: &str, json: String) {
        self.host.borrow_mut().note(kind, json);
    }
}

type Native = fn(&JsValue, &[JsValue], &mut Context) -> JsResult<JsValue>;

/// The natives as one object, for the JS half only.
pub fn natives(context: &mut Context) -> JsObject {
    let table: [(&str, usize, Native); 11] = [
        ("call", 3, call),
        ("start", 4, start),
        ("note", 2, note),
        ("timer", 2, timer),
        ("clearTimer", 1, clear_timer),
        ("module", 1, module),
        ("report", 2, report_error),
        ("lazy", 1, lazy),
        ("rows", 1, rows),
        ("refused", 2, refused::install),
        ("members", 1, refused::members),
    ];
    let mut object = ObjectInitializer::new(context);
    for (name, length, function) in table {
        object.function(NativeFunction::from_fn_ptr(function), js_string!(name), length);
    }
    object.build()
}

/// A failure as the JS half knows it: a plain object, no Error, because the
/// errMsg is made there.
pub fn thrown(error: &WxError, context: &mut Context) -> JsError {
    JsError::from_opaque(error_object(error, context).into())
}

fn error_object(error: &WxError, context: &mut Context) -> JsObject {
    let errno = error.errno.map_or(JsValue::undefined(), JsValue::from);
    let code = error.code.map_or(JsValue::undefined(), JsValue::from);
    ObjectInitializer::new(context)
        .property(
            js_string!("reason"),
            js_string!(error.reason.as_str()),
            Attribute::all(),
        )
        .property(js_string!("errno"), errno, Attribute::all())
        .property(js_string!("errCode"), code, Attribute::all())
        .build()
}

/// The payload of the event `"complete"`, so that a failure reaches the JS half as one object.
pub fn completion(id: u64, outcome: &Result<Payload, WxError>, context: &mut Context) -> JsResult<JsValue> {
    let (error, result) = match outcome {
        Ok(payload) => (JsValue::null(), object_of(payload, context)?),
        Err(error) => (error_object(error, context).into(), JsValue::undefined()),
    };
    Ok(ObjectInitializer::new(context)
        .property(js_string!("id"), id as f64, Attribute::all())
        .property(js_string!("error"), error, Attribute::all())
        .property(js_string!("result"), result, Attribute::all())
        .build()
        .into())
}

fn text(value: &JsValue, context: &mut Context) -> JsResult<String> {
    Ok(value.to_string(context)?.to_std_string_lossy())
}

fn arguments(json: &JsValue, buffers: &JsValue, context: &mut Context) -> JsResult<Payload> {
    Ok(Payload {
        json: text(json, context)?,
        buffers: buffers_of(buffers, context)?,
    })
}

fn call(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let api = text(args.get_or_undefined(0), context)?;
    let payload = arguments(args.get_or_undefined(1), args.get_or_undefined(2), context)?;
    let bridge = Bridge::of(context)?;
    let outcome = bridge.host.borrow_mut().call(&api, payload);
    match outcome {
        Ok(payload) => object_of(&payload, context),
        Err(error) => Err(thrown(&error, context)),
    }
}

fn start(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = args.get_or_undefined(0).to_number(context)? as u64;
    let api = text(args.get_or_undefined(1), context)?;
    let payload = arguments(args.get_or_undefined(2), args.get_or_undefined(3), context)?;
    Bridge::of(context)?.host.borrow_mut().start(id, &api, payload);
    Ok(JsValue::undefined())
}

fn note(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kind = text(args.get_or_undefined(0), context)?;
    let json = text(args.get_or_undefined(1), context)?;
    Bridge::of(context)?.note(&kind, json);
    Ok(JsValue::undefined())
}

fn timer(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = args.get_or_undefined(0).to_u32(context)?;
    let delay = args.get_or_undefined(1).to_number(context)?;
    let bridge = Bridge::of(context)?;
    bridge.jobs.set_timer(id, bridge.clock.now_ms() + delay);
    Ok(JsValue::undefined())
}

fn clear_timer(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = args.get_or_undefined(0).to_u32(context)?;
    Bridge::of(context)?.jobs.clear_timer(id);
    Ok(JsValue::undefined())
}

fn module(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = text(args.get_or_undefined(0), context)?;
    let bridge = Bridge::of(context)?;
    bridge.modules.function(&path, &bridge, context)
}

fn report_error(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let origin = text(args.get_or_undefined(1), context)?;
    report::uncaught(args.get_or_undefined(0), &origin, context)
}

/// The rows of `wx` itself, or those of one of its objects.
fn rows(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = text(args.get_or_undefined(0), context)?;
    let of = |name: &str| name.split_once('.').map_or("", |(object, _)| object) == object;
    let rows: Vec<_> = apis()
        .filter(|row| of(row.name) && !row.name.starts_with('$'))
        .filter(|row| row.support != Support::Refused && row.form != Form::Global)
        .collect();
    json_value(&rows, context)
}

fn lazy(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let file = text(args.get_or_undefined(0), context)?;
    js_half::evaluate(&file, context)
}
