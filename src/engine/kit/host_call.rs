//! Calls to the host: options over the boundary, answers back to who waits for them.

use super::call::Waiting;
use super::{Kit, Native, invoke, methods, put, text};
use crate::engine::bridge::Bridge;
use crate::engine::bridge_values::{bytes_of, object_of};
use crate::engine::language;
use crate::wx::{Outcome, Payload, WxError};
use boa_engine::object::JsObject;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsArgs, JsError, JsResult, JsString, JsValue};
use serde_bytes::ByteBuf;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Calls that wait for the host.
#[derive(Default)]
pub struct Calls {
    last_id: Cell<u64>,
    waiting: RefCell<HashMap<u64, Waiting>>,
}

impl Calls {
    /// The id that the next call will have.
    pub fn next_id(&self) -> u64 {
        self.last_id.get() + 1
    }
}

/// `M.host`.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 2] = [
        ("call", 2, |_, args, context| {
            let api = text(args.get_or_undefined(0), context)?;
            call(&api, args.get_or_undefined(1), context)?.map_err(|error| opaque(&error, context))
        }),
        ("start", 3, |_, args, context| {
            let api = text(args.get_or_undefined(0), context)?;
            let waiting = Waiting::Script(args.get_or_undefined(2).clone());
            Ok(JsValue::from(
                start(&api, args.get_or_undefined(1), waiting, context)? as f64
            ))
        }),
    ];
    let host = JsObject::with_object_proto(context.intrinsics());
    methods(&host, &table, context)?;
    put(&kit.object, "host", host, context)
}

/// An API that answers at once.
///
/// # Errors
/// What reading the options threw; the API's own failure is the inner result.
pub fn call(api: &str, options: &JsValue, context: &mut Context) -> JsResult<Result<JsValue, WxError>> {
    let payload = packed(options, context)?;
    let outcome = Bridge::of(context)?.host.borrow_mut().call(api, payload);
    match outcome {
        Ok(payload) => object_of(&payload, context).map(Ok),
        Err(error) => Ok(Err(error)),
    }
}

/// An API that answers later; gives the call's id.
///
/// # Errors
/// What reading the options threw.
pub fn start(api: &str, options: &JsValue, waiting: Waiting, context: &mut Context) -> JsResult<u64> {
    let kit = Kit::of(context)?;
    let payload = packed(options, context)?;
    let id = kit.calls.next_id();
    kit.calls.last_id.set(id);
    kit.calls.waiting.borrow_mut().insert(id, waiting);
    Bridge::of(context)?.host.borrow_mut().start(id, api, payload);
    Ok(id)
}

/// The host's answer to a call.
///
/// # Errors
/// What the one who waited for it threw.
pub fn complete(id: u64, outcome: Outcome, context: &mut Context) -> JsResult<()> {
    let waiting = Kit::of(context)?.calls.waiting.borrow_mut().remove(&id);
    match waiting {
        None => Ok(()),
        Some(Waiting::Call(call)) => {
            let outcome = match outcome {
                Ok(payload) => Ok(object_of(&payload, context)?),
                Err(error) => Err(error),
            };
            call.finish(outcome, context)
        }
        Some(Waiting::Script(done)) => {
            let args = match outcome {
                Ok(payload) => [JsValue::null(), object_of(&payload, context)?],
                Err(error) => [failure(&error, context).into(), JsValue::undefined()],
            };
            if done.is_callable() {
                invoke(&done, &args, context)?;
            }
            Ok(())
        }
    }
}

/// A failure as the JS half knows it: a plain object, no Error, because the errMsg is made later.
fn failure(error: &WxError, context: &mut Context) -> JsObject {
    let object = JsObject::with_object_proto(context.intrinsics());
    let errno = error.errno.map_or(JsValue::undefined(), JsValue::from);
    // Properties of a fresh object cannot fail.
    let _ = put(&object, "reason", JsString::from(error.reason.as_str()), context);
    let _ = put(&object, "errno", errno, context);
    if let Some(code) = error.code {
        let _ = put(&object, "errCode", code, context);
    }
    object
}

/// As [`failure`], to be thrown.
pub fn opaque(error: &WxError, context: &mut Context) -> JsError {
    JsError::from_opaque(failure(error, context).into())
}

/// What was thrown as a failure of an API, where it is one: an object with a `reason`.
pub fn as_failure(error: &JsValue, context: &mut Context) -> JsResult<Option<WxError>> {
    let Some(object) = error.as_object() else {
        return Ok(None);
    };
    let reason = object.get(JsString::from("reason"), context)?;
    if reason.is_undefined() {
        return Ok(None);
    }
    let errno = object.get(JsString::from("errno"), context)?;
    let code = object.get(JsString::from("errCode"), context)?;
    Ok(Some(WxError {
        reason: text(&reason, context)?,
        errno: errno.as_number().map(|errno| errno as u32),
        code: code.as_number().map(|code| code as i32),
    }))
}

/// The options' own properties: bytes aside, everything else as JSON.
fn packed(options: &JsValue, context: &mut Context) -> JsResult<Payload> {
    let plain = JsObject::with_object_proto(context.intrinsics());
    let mut buffers = BTreeMap::new();
    if let Some(options) = options.as_object() {
        for key in language::keys_of(&options, context)? {
            let value = options.get(key.clone(), context)?;
            match value
                .as_object()
                .map(|object| bytes_of(&object, context))
                .transpose()?
                .flatten()
            {
                Some(bytes) => drop(buffers.insert(name_of(&key), ByteBuf::from(bytes))),
                None => drop(plain.create_data_property_or_throw(key, value, context)?),
            }
        }
    }
    let json = language::to_json(&plain.into(), context)?;
    Ok(Payload {
        json: json.map(|json| json.to_std_string_lossy()).unwrap_or_default(),
        buffers,
    })
}

fn name_of(key: &PropertyKey) -> String {
    language::key_text(key).to_std_string_lossy()
}
