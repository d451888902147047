//! `wx`, built from the host's table: one native function for each row, with its `Sync` twin or its listener pair.

use super::call::{Ending, asynchronous, begin, settle, short, synchronous};
use super::events::{list_of, listeners};
use super::{Kit, Native, console, function, invoke, methods, put, text};
use crate::engine::bridge_values::json_value;
use crate::wx::{Api, Form, Support, apis, find, pair};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, NativeFunction, js_string};
use std::rc::Rc;

/// Functions that a file of the JS half makes: it is loaded at the first call, and puts them into `M.made`.
const MADE: &[(&str, &str)] = &[
    ("canvasGetImageData", "canvas"),
    ("canvasPutImageData", "canvas"),
    ("createAnimation", "animation"),
    ("createIntersectionObserver", "view_query"),
    ("createSelectorQuery", "view_query"),
    ("connectSocket", "socket"),
    ("createBLEPeripheralServer", "peripheral"),
    ("createCameraContext", "players"),
    ("createCanvasContext", "canvas"),
    ("createInnerAudioContext", "audio"),
    ("createInterstitialAd", "ads"),
    ("createLivePlayerContext", "players"),
    ("createLivePusherContext", "players"),
    ("createMapContext", "players"),
    ("createMediaContainer", "video"),
    ("createOffscreenCanvas", "drawing"),
    ("createRewardedVideoAd", "ads"),
    ("createUDPSocket", "datagrams"),
    ("createVideoContext", "players"),
    ("createVideoDecoder", "video"),
    ("createWorker", "worker"),
    ("getBackgroundAudioManager", "audio"),
    ("getBackgroundAudioPlayerState", "audio"),
    ("getFileSystemManager", "file_system"),
    ("getLogManager", "logs"),
    ("getPerformance", "performance"),
    ("getRealtimeLogManager", "logs"),
    ("getRecorderManager", "recorder"),
    ("pauseBackgroundAudio", "audio"),
    ("pauseVoice", "audio"),
    ("playBackgroundAudio", "audio"),
    ("playVoice", "audio"),
    ("seekBackgroundAudio", "audio"),
    ("startRecord", "recorder"),
    ("stopBackgroundAudio", "audio"),
    ("stopRecord", "recorder"),
    ("stopVoice", "audio"),
];

/// `wx` itself, and the kit's functions of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 4] = [
        ("hook", 2, hook),
        ("define", 2, define),
        ("build", 1, build),
        // A file takes its place when calls are traced.
        ("traced", 2, |_, args, _| Ok(args.get_or_undefined(1).clone())),
    ];
    methods(&kit.object, &table, context)?;
    let calls = JsObject::with_object_proto(context.intrinsics());
    methods(&calls, &[("begin", 3, begin_row), ("settle", 4, settle_row)], context)?;
    put(&kit.object, "calls", calls, context)?;
    for name in ["objects", "made"] {
        let empty = JsObject::with_object_proto(context.intrinsics());
        put(&kit.object, name, empty, context)?;
    }
    let wx = JsObject::with_object_proto(context.intrinsics());
    put(&kit.object, "wx", wx.clone(), context)?;
    for row in rows("") {
        add(&wx, row, context)?;
    }
    super::refused::install(kit, &wx, context)?;
    super::update_manager::install(kit, &wx, context)?;
    for &(name, file) in MADE {
        let native = NativeFunction::from_copy_closure(move |_, args, context| made(name, file, args, context));
        put(&wx, name, function(name, 1, native, context), context)?;
    }
    methods(&wx, &[("nextTick", 1, next_tick)], context)?;
    define_cloud(&wx, context)?;
    let env = JsObject::with_object_proto(context.intrinsics());
    put(&env, "USER_DATA_PATH", js_string!("wxfile://usr"), context)?;
    put(&wx, "env", env, context)?;
    put(&context.global_object(), "wx", wx, context)
}

/// The rows of `wx` itself (no object named), or those of one of its objects.
fn rows(object: &str) -> impl Iterator<Item = &'static Api> {
    apis().filter(move |row| {
        let owner = row.name.split_once('.').map_or("", |(owner, _)| owner);
        let shown = row.support != Support::Refused && row.form != Form::Global;
        owner == object && shown && !row.name.starts_with('$')
    })
}

/// Puts the functions of one row into its object.
fn add(owner: &JsObject, row: &'static Api, context: &mut Context) -> JsResult<()> {
    let name = short(row.name);
    match row.form {
        Form::Async => add_async(owner, name, row, context),
        Form::AsyncAndSync(field) => {
            add_async(owner, name, row, context)?;
            let twin = NativeFunction::from_copy_closure(move |_, args, context| {
                synchronous(row, &format!("{}Sync", row.name), field, args, context)
            });
            let twin_name = format!("{name}Sync");
            put(
                owner,
                &twin_name,
                function(&twin_name, row.params.len(), twin, context),
                context,
            )
        }
        Form::Sync(field) => {
            let native = NativeFunction::from_copy_closure(move |_, args, context| {
                synchronous(row, row.name, field, args, context)
            });
            put(owner, name, function(name, row.params.len(), native, context), context)
        }
        Form::Callback => {
            let native = NativeFunction::from_copy_closure(move |_, args, context| {
                let options = args.get_or_undefined(0);
                begin(row, options, Ending::Callbacks(options.clone()), context)?;
                Ok(JsValue::undefined())
            });
            put(owner, name, function(name, 1, native, context), context)
        }
        Form::Task(events) => {
            let native = NativeFunction::from_copy_closure(move |_, args, context| {
                task(row, events, args.get_or_undefined(0), context)
            });
            put(owner, name, function(name, 1, native, context), context)
        }
        Form::Event => add_pair(owner, row.name, context),
        // Made by a file of the JS half, or refused.
        _ => Ok(()),
    }
}

fn add_async(owner: &JsObject, name: &str, row: &'static Api, context: &mut Context) -> JsResult<()> {
    let native =
        NativeFunction::from_copy_closure(move |_, args, context| asynchronous(row, args.get_or_undefined(0), context));
    put(owner, name, function(name, 1, native, context), context)
}

/// `onX` and `offX`.
fn add_pair(owner: &JsObject, event: &'static str, context: &mut Context) -> JsResult<()> {
    let on =
        NativeFunction::from_copy_closure(move |_, args, context| listen(event, args.get_or_undefined(0), context));
    let off =
        NativeFunction::from_copy_closure(move |_, args, context| unlisten(event, args.get_or_undefined(0), context));
    for (name, native) in pair(event).into_iter().zip([on, off]) {
        let native = function(&name, 1, native, context);
        set_traced(owner, &name, native.into(), context)?;
    }
    Ok(())
}

fn listen(event: &str, listener: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    if listener.is_callable() {
        listeners(event, context)?.push(listener.clone(), context)?;
    } else {
        let [name, _] = pair(event);
        let text = format!("{name} should accept a function instead of {}", listener.type_of());
        console::say("error", &text, context)?;
    }
    Ok(JsValue::undefined())
}

/// Takes one listener out, or all of them where none is named.
fn unlisten(event: &str, listener: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    let list = listeners(event, context)?;
    let mut rest = if listener.is_undefined() {
        Vec::new()
    } else {
        list_of(&list.clone().into(), context)?
    };
    if let Some(at) = rest.iter().position(|known| known.strict_equals(listener)) {
        rest.remove(at);
    }
    list.set(js_string!("length"), 0, true, context)?;
    for listener in rest {
        list.push(listener, context)?;
    }
    Ok(JsValue::undefined())
}

/// Defines a function of an object, traced where calls are.
///
/// # Errors
/// None but the engine's own.
pub fn set_traced(owner: &JsObject, name: &str, value: JsValue, context: &mut Context) -> JsResult<()> {
    let value = traced(name, value, context)?;
    put(owner, name, value, context)
}

/// The function, or one that notes its calls where they are traced.
///
/// # Errors
/// None but the engine's own.
pub fn traced(name: &str, value: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    if !kit.tracing {
        return Ok(value);
    }
    kit.lazy("trace", context)?;
    kit.call("traced", &[js_string!(name).into(), value], context)
}

fn task(row: &'static Api, events: &[&str], options: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    kit.lazy("task", context)?;
    let names = events.iter().map(|event| JsString::from(*event).into());
    let names = JsArray::from_iter(names.collect::<Vec<JsValue>>(), context);
    kit.call(
        "task",
        &[js_string!(row.name).into(), names.into(), options.clone()],
        context,
    )
}

/// `wx.cloud` is no function: it is made when somebody looks at it, and an app may put its own in its place.
fn define_cloud(wx: &JsObject, context: &mut Context) -> JsResult<()> {
    const NAME: &str = "cloud";
    fn own(this: &JsValue, value: JsValue, context: &mut Context) -> JsResult<()> {
        let Some(owner) = this.as_object() else { return Ok(()) };
        let plain = PropertyDescriptor::builder().value(value);
        let plain = plain.writable(true).enumerable(true).configurable(true);
        owner
            .define_property_or_throw(JsString::from(NAME), plain, context)
            .map(drop)
    }
    let get = NativeFunction::from_fn_ptr(|this, _, context| {
        let kit = Kit::of(context)?;
        kit.lazy(NAME, context)?;
        let made = kit.member("made", context)?;
        let made = made.as_object().map(|made| made.get(JsString::from(NAME), context));
        let cloud = made.transpose()?.unwrap_or_default();
        own(this, cloud.clone(), context)?;
        Ok(cloud)
    });
    let set = NativeFunction::from_fn_ptr(|this, args, context| {
        own(this, args.get_or_undefined(0).clone(), context)?;
        Ok(JsValue::undefined())
    });
    let accessor = PropertyDescriptor::builder()
        .get(function("", 0, get, context))
        .set(function("", 1, set, context));
    let accessor = accessor.enumerable(true).configurable(true);
    wx.define_property_or_throw(JsString::from(NAME), accessor, context)
        .map(drop)
}

/// What a file of the JS half makes under this name.
///
/// # Errors
/// What it throws.
pub fn made(name: &'static str, file: &str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    kit.lazy(file, context)?;
    let made = kit.member("made", context)?;
    let made = made
        .as_object()
        .ok_or_else(|| JsNativeError::typ().with_message("no M.made"))?;
    let make = made.get(JsString::from(name), context)?;
    invoke(&make, args, context)
}

fn next_tick(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = args.get_or_undefined(0);
    if callback.is_callable() {
        let native = NativeFunction::from_copy_closure_with_captures(
            |_, _, callback: &JsValue, context| {
                super::events::guard(callback, &JsValue::undefined(), &[], "wx.nextTick", context)
            },
            callback.clone(),
        );
        let native = function("", 0, native, context);
        boa_engine::object::builtins::JsPromise::resolve(JsValue::undefined(), context)?.then(
            Some(native),
            None,
            context,
        )?;
    }
    Ok(JsValue::undefined())
}

fn hook(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let api = text(args.get_or_undefined(0), context)?;
    if let Some(hook) = args.get_or_undefined(1).as_object() {
        Kit::of(context)?.hooks.set(api, hook);
    }
    Ok(JsValue::undefined())
}

/// `M.define(name, fn)`: a function of `wx`, traced where calls are.
fn define(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = text(args.get_or_undefined(0), context)?;
    let wx = Kit::of(context)?.member("wx", context)?;
    if let Some(wx) = wx.as_object() {
        set_traced(&wx, &name, args.get_or_undefined(1).clone(), context)?;
    }
    Ok(JsValue::undefined())
}

/// `M.build(object)`: the object's methods as `M.objects[object]`; gives its rows.
fn build(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = text(args.get_or_undefined(0), context)?;
    let owner = JsObject::with_object_proto(context.intrinsics());
    for row in rows(&name) {
        add(&owner, row, context)?;
    }
    let objects = Kit::of(context)?.member("objects", context)?;
    if let Some(objects) = objects.as_object() {
        put(&objects, &name, owner, context)?;
    }
    json_value(&rows(&name).collect::<Vec<_>>(), context)
}

fn row_of(name: &JsValue, context: &mut Context) -> JsResult<&'static Api> {
    let name = text(name, context)?;
    find(&name).ok_or_else(|| JsNativeError::typ().with_message(format!("no row {name}")).into())
}

/// `M.calls.begin(api, options, done(result, succeeded))`.
fn begin_row(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let row = row_of(args.get_or_undefined(0), context)?;
    let done = Ending::Script(args.get_or_undefined(2).clone());
    let id = begin(row, args.get_or_undefined(1), done, context)?;
    Ok(JsValue::from(id as f64))
}

/// `M.calls.settle(api, options, result, succeeded)`.
fn settle_row(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let row = row_of(args.get_or_undefined(0), context)?;
    let succeeded = args.get_or_undefined(3).to_boolean();
    let result = args.get_or_undefined(2);
    let origin = format!("wx.{}", short(row.name));
    settle(&origin, args.get_or_undefined(1), result, succeeded, context)?;
    Ok(JsValue::undefined())
}
