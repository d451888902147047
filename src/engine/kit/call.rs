//! How an API is called: callbacks, promise, `Sync` twin, `errMsg`, and the order in which they come.

use super::arguments::{assign, completed, mismatch, refusal};
use super::events::guard;
use super::{Kit, host_call, invoke, places, put, stored_value};
use crate::engine::language;
use crate::wx::{Api, WxError};
use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsResult, JsString, JsValue, js_string};
use std::cell::RefCell;
use std::collections::HashMap;

/// APIs whose hook stands in a file that is loaded at the first call.
const LATE: [(&str, &str); 1] = [("navigateTo", "opener")];

/// What files of the JS half add to an API, by its name: `{before(options, id), after(result, options)}`.
#[derive(Default)]
pub struct Hooks(RefCell<HashMap<String, JsObject>>);

impl Hooks {
    /// Sets the hook of an API.
    pub fn set(&self, api: String, hook: JsObject) {
        self.0.borrow_mut().insert(api, hook);
    }

    fn part(&self, api: &str, part: &'static str, context: &mut Context) -> JsResult<Option<JsValue>> {
        let hook = self.0.borrow().get(api).cloned();
        let Some(hook) = hook else { return Ok(None) };
        let function = hook.get(JsString::from(part), context)?;
        Ok(function.is_callable().then_some(function))
    }
}

/// Who waits for the host's answer.
pub enum Waiting {
    /// A call of an API.
    Call(Box<Call>),
    /// A function `(error, result)` of the JS half.
    Script(JsValue),
}

/// Who is told of an API's result.
pub enum Ending {
    /// The callbacks of the option object.
    Callbacks(JsValue),
    /// A promise.
    Promise(ResolvingFunctions),
    /// A function `(result, succeeded)` of the JS half.
    Script(JsValue),
}

/// A call of an API on its way.
pub struct Call {
    name: &'static str,
    ending: Ending,
    given: JsValue,
    full: Option<JsObject>,
    began: f64,
    place: Option<places::Place>,
}

/// The last part of an API's name, as `errMsg` has it.
pub fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Starts an API; gives the id of the host's work, 0 when it ended at once.
///
/// # Errors
/// What reading the options or a hook threw.
pub fn begin(row: &'static Api, options: &JsValue, ending: Ending, context: &mut Context) -> JsResult<u64> {
    let mut call = Box::new(Call {
        name: row.name,
        ending,
        given: options.clone(),
        full: None,
        began: now(context)?,
        place: places::of_call(row.name, context)?,
    });
    let prepared = match refusal(row, options, context)? {
        Some(error) => Err(error),
        None => prepared(row, options, context)?,
    };
    match prepared {
        Ok(full) => {
            call.full = Some(full.clone());
            host_call::start(row.name, &full.into(), Waiting::Call(call), context)
        }
        Err(error) => call.finish(Err(error), context).map(|()| 0),
    }
}

/// The options as the host gets them: defaults, then what the API's hook makes of them.
fn prepared(row: &Api, options: &JsValue, context: &mut Context) -> JsResult<Result<JsObject, WxError>> {
    let full = completed(row.params, options, context)?;
    let id = Kit::of(context)?.calls.next_id();
    before(row.name, full, id, context)
}

fn before(name: &str, full: JsObject, id: u64, context: &mut Context) -> JsResult<Result<JsObject, WxError>> {
    if let Some((_, file)) = LATE.iter().find(|late| late.0 == name) {
        Kit::of(context)?.lazy(file, context)?;
    }
    let done = match Kit::of(context)?.hooks.part(name, "before", context)? {
        Some(hook) => invoke(&hook, &[full.clone().into(), JsValue::from(id as f64)], context),
        None => stored_value::before(name, &full, context),
    };
    match done {
        Ok(made) => Ok(Ok(made.as_object().unwrap_or(full))),
        Err(error) => api_failure(error, context).map(Err),
    }
}

fn after(name: &str, result: JsObject, full: Option<&JsObject>, context: &mut Context) -> JsResult<JsObject> {
    let options = full.map_or(JsValue::undefined(), |full| full.clone().into());
    let made = match Kit::of(context)?.hooks.part(name, "after", context)? {
        Some(hook) => invoke(&hook, &[result.clone().into(), options], context)?,
        None => stored_value::after(name, &result, context)?,
    };
    Ok(made.as_object().unwrap_or(result))
}

/// What a hook threw as the API's failure, where it is one; anything else goes on as it is.
fn api_failure(error: JsError, context: &mut Context) -> JsResult<WxError> {
    if error.as_engine().is_some() {
        return Err(error);
    }
    let value = error.into_opaque(context)?;
    host_call::as_failure(&value, context)?.ok_or_else(|| JsError::from_opaque(value))
}

impl Call {
    /// Ends the call with the host's answer.
    ///
    /// # Errors
    /// Only what no JavaScript can catch, and what a hook threw.
    pub fn finish(self, outcome: Result<JsValue, WxError>, context: &mut Context) -> JsResult<()> {
        let name = short(self.name);
        let (result, succeeded) = match outcome {
            Err(error) => {
                places::refused(self.place, name, &error.reason, context)?;
                (failed(name, &error, context)?, false)
            }
            Ok(value) => {
                let value = value
                    .as_object()
                    .unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()));
                let value = after(self.name, value, self.full.as_ref(), context)?;
                (succeeded(name, &value, context)?, true)
            }
        };
        let result = JsValue::from(result);
        traced(self.name, &self.given, &result, self.began, context)?;
        match self.ending {
            Ending::Callbacks(options) => settle(&format!("wx.{name}"), &options, &result, succeeded, context),
            Ending::Promise(promise) => {
                let end = if succeeded { promise.resolve } else { promise.reject };
                end.call(&JsValue::undefined(), &[result], context).map(drop)
            }
            Ending::Script(done) => invoke(&done, &[result, succeeded.into()], context).map(drop),
        }
    }
}

/// Calls `success` or `fail`, then `complete`; `origin` is what their errors are said to come from.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn settle(
    origin: &str,
    options: &JsValue,
    result: &JsValue,
    succeeded: bool,
    context: &mut Context,
) -> JsResult<()> {
    let Some(options) = options.as_object() else {
        return Ok(());
    };
    for key in [if succeeded { "success" } else { "fail" }, "complete"] {
        let callback = options.get(JsString::from(key), context)?;
        if callback.is_callable() {
            let origin = format!("{origin} {key}");
            guard(
                &callback,
                &JsValue::undefined(),
                std::slice::from_ref(result),
                &origin,
                context,
            )?;
        }
    }
    Ok(())
}

/// The result of an API that succeeded.
///
/// # Errors
/// What a getter of the value threw.
pub fn succeeded(name: &str, value: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let result = JsObject::with_object_proto(context.intrinsics());
    put(&result, "errMsg", js_string!(format!("{name}:ok")), context)?;
    assign(&result, value, context)?;
    Ok(result)
}

/// The result of an API that failed.
///
/// # Errors
/// None but the engine's own.
pub fn failed(name: &str, error: &WxError, context: &mut Context) -> JsResult<JsObject> {
    let result = JsObject::with_object_proto(context.intrinsics());
    let gap = if error.reason.starts_with(':') { "" } else { " " };
    put(
        &result,
        "errMsg",
        js_string!(format!("{name}:fail{gap}{}", error.reason)),
        context,
    )?;
    if let Some(errno) = error.errno {
        put(&result, "errno", errno, context)?;
    }
    if let Some(code) = error.code {
        put(&result, "errCode", code, context)?;
    }
    Ok(result)
}

/// `wx.x(options)`: a promise where none of the callbacks is named.
///
/// # Errors
/// What reading the options or a hook threw, where there is no promise to carry it.
pub fn asynchronous(row: &'static Api, options: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    if named_callback(options, context)? {
        begin(row, options, Ending::Callbacks(options.clone()), context)?;
        return Ok(JsValue::undefined());
    }
    let (promise, ends) = JsPromise::new_pending(context);
    let reject = ends.reject.clone();
    match begin(row, options, Ending::Promise(ends), context) {
        Err(error) if error.as_engine().is_none() => {
            let error = error.into_opaque(context)?;
            reject.call(&JsValue::undefined(), &[error], context)?;
        }
        begun => drop(begun?),
    }
    Ok(promise.into())
}

fn named_callback(options: &JsValue, context: &mut Context) -> JsResult<bool> {
    let Some(options) = options.as_object().filter(|object| !object.is_callable()) else {
        return Ok(false);
    };
    for key in [js_string!("success"), js_string!("fail"), js_string!("complete")] {
        if options.has_property(key, context)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `wx.xSync(a, b)`: positional arguments, the result is returned, a failure is thrown.
///
/// # Errors
/// The API's failure as an `Error` with `errMsg` and `errno`.
pub fn synchronous(
    row: &'static Api,
    name: &str,
    field: &str,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    if stored_value::ignores(name, args, context)? {
        return Ok(JsValue::undefined());
    }
    places::of_call(name, context)?;
    let began = now(context)?;
    let options = JsObject::with_object_proto(context.intrinsics());
    for (param, value) in row.params.iter().zip(args) {
        if param.required || !value.is_undefined() {
            put(&options, param.name, value.clone(), context)?;
        }
    }
    let outcome = match mismatch(row.params, &options, context)? {
        Some(error) => Err(error),
        None => answered(row, name, options, context)?,
    };
    let given = |context: &mut Context| language::list(args, context);
    match outcome {
        Err(error) => {
            let result = failed(short(name), &error, context)?;
            let given = given(context);
            traced(name, &given, &result.clone().into(), began, context)?;
            Err(thrown(&result, context)?)
        }
        Ok(result) => {
            let value = returned(&result, field, context)?;
            let given = given(context);
            traced(name, &given, &value, began, context)?;
            Ok(value)
        }
    }
}

fn answered(row: &Api, name: &str, options: JsObject, context: &mut Context) -> JsResult<Result<JsObject, WxError>> {
    let full = completed(row.params, &options.into(), context)?;
    let full = match before(name, full, 0, context)? {
        Ok(full) => full,
        Err(error) => return Ok(Err(error)),
    };
    let result = match host_call::call(row.name, &full.clone().into(), context)? {
        Ok(result) => result,
        Err(error) => return Ok(Err(error)),
    };
    let result = result
        .as_object()
        .unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()));
    match after(name, result, Some(&full), context) {
        Ok(result) => Ok(Ok(result)),
        Err(error) => api_failure(error, context).map(Err),
    }
}

fn returned(result: &JsObject, field: &str, context: &mut Context) -> JsResult<JsValue> {
    if !field.is_empty() {
        return result.get(JsString::from(field), context);
    }
    let empty = language::keys_of(result, context)?.is_empty();
    Ok(if empty {
        JsValue::undefined()
    } else {
        result.clone().into()
    })
}

fn thrown(result: &JsObject, context: &mut Context) -> JsResult<JsError> {
    let message = result.get(js_string!("errMsg"), context)?;
    let constructor = context.intrinsics().constructors().error().constructor();
    let error = constructor.construct(&[message], None, context)?;
    assign(&error, result, context)?;
    Ok(JsError::from_opaque(error.into()))
}

/// Milliseconds since 1970, where a trace will want to know how long a call took.
fn now(context: &Context) -> JsResult<f64> {
    let kit = Kit::of(context)?;
    if !kit.tracing {
        return Ok(0.0);
    }
    Ok(crate::engine::bridge::Bridge::of(context)?.clock.now_ms().floor())
}

fn traced(name: &str, given: &JsValue, result: &JsValue, began: f64, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    if !kit.tracing {
        return Ok(());
    }
    let args = [js_string!(name).into(), given.clone(), result.clone(), began.into()];
    kit.call("trace", &args, context).map(drop)
}
