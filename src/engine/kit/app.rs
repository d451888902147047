//! `App()` and `getApp()`, and the app's own lifecycle.

use super::events::{copied, fire, guard, listeners, note_of, report};
use super::instance::fill;
use super::{Kit, Native, console, invoke, methods, put, require, thrown, type_error};
use crate::wx::capitalised;
use boa_engine::object::JsObject;
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, js_string};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Events that are also functions of the app: `App({onThemeChange})`.
const EVENTS: [&str; 3] = ["unhandledRejection", "pageNotFound", "themeChange"];

/// The app of a world.
pub struct App {
    /// `M.life`: `app`, the `launch` and `enter` options, whether it is in the `background`. A mini game puts `show` and
    /// `hide` of its own there.
    life: JsObject,
    called: Cell<bool>,
    /// The app's script waits for the first page outside of independent subpackages.
    waits: Cell<bool>,
    fallback: RefCell<Option<JsObject>>,
    /// Who has `onError`.
    on_error: RefCell<Option<JsObject>>,
}

impl App {
    /// An app that is not called yet.
    pub fn new(context: &mut Context) -> Self {
        Self {
            life: JsObject::with_object_proto(context.intrinsics()),
            called: Cell::default(),
            waits: Cell::default(),
            fallback: RefCell::default(),
            on_error: RefCell::default(),
        }
    }

    fn get(&self, name: &'static str, context: &mut Context) -> JsResult<JsValue> {
        self.life.get(JsString::from(name), context)
    }
}

/// The globals and the kit's members of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    put(&kit.app.life, "background", false, context)?;
    put(&kit.object, "life", kit.app.life.clone(), context)?;
    let table: [(&'static str, usize, Native); 2] = [("App", 1, app), ("getApp", 1, get_app)];
    methods(&context.global_object(), &table, context)
}

fn app(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let options = args.get_or_undefined(0).as_object();
    let Some(options) = options.filter(|options| !options.is_callable()) else {
        return Err(type_error("App() should be called with an object", context));
    };
    let kit = Kit::of(context)?;
    if kit.app.called.replace(true) {
        let error = thrown("App() must be called exactly once", context).into_opaque(context)?;
        report(&error, "App", context)?;
        return Ok(JsValue::undefined());
    }
    let instance = instance(&kit, &options, context)?;
    launch(&kit, &instance, context)?;
    // getApp() is undefined inside onLaunch and the first onShow, as on the platform.
    put(&kit.app.life, "app", instance, context)?;
    Ok(JsValue::undefined())
}

/// The one app. A prototype of its own tells it from data: a page that has it as a field shares it instead of copying it.
fn instance(kit: &Kit, options: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let prototype = JsObject::with_object_proto(context.intrinsics());
    let app = JsObject::from_proto_and_data(prototype, boa_engine::builtins::object::OrdinaryObject);
    fill(&app, options, &[], "App.", |value, _| Ok(value.clone()), context)?;
    let fallback = kit.app.fallback.borrow().clone();
    if let Some(fallback) = fallback {
        super::arguments::assign(&app, &fallback, context)?;
    }
    for event in EVENTS {
        let name = format!("on{}", capitalised(event));
        let function = app.get(js_string!(name), context)?;
        if function.is_callable() {
            listeners(event, context)?.unshift(&[function], context)?;
        }
    }
    if app.get(js_string!("onError"), context)?.is_callable() {
        *kit.app.on_error.borrow_mut() = Some(app.clone());
    }
    Ok(app)
}

fn launch(kit: &Kit, app: &JsObject, context: &mut Context) -> JsResult<()> {
    let options = kit.app.get("launch", context)?;
    note_of("app.launch", &[("options", options.clone())], context)?;
    let options = copied(&options, context)?;
    tell(app, "onLaunch", &[options], context)?;
    match kit.app.get("background", context)?.to_boolean() {
        true => Ok(()),
        false => shown(kit, Some(app), context),
    }
}

fn get_app(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    let app = kit.app.get("app", context)?;
    let options = args.get_or_undefined(0).as_object();
    let allowed = match options {
        Some(options) if app.is_undefined() => options.get(js_string!("allowDefault"), context)?.to_boolean(),
        _ => false,
    };
    if !allowed {
        return Ok(app);
    }
    let mut fallback = kit.app.fallback.borrow_mut();
    let fallback = fallback.get_or_insert_with(|| JsObject::with_object_proto(context.intrinsics()));
    Ok(fallback.clone().into())
}

/// Calls a function of the app's, where it has it.
fn tell(app: &JsObject, name: &'static str, args: &[JsValue], context: &mut Context) -> JsResult<()> {
    let function = app.get(JsString::from(name), context)?;
    if function.is_callable() {
        let this = app.clone().into();
        guard(&function, &this, args, &format!("App.{name}"), context)?;
    }
    Ok(())
}

fn shown(kit: &Kit, app: Option<&JsObject>, context: &mut Context) -> JsResult<()> {
    put(&kit.app.life, "background", false, context)?;
    let options = kit.app.get("enter", context)?;
    note_of("app.show", &[("options", options.clone())], context)?;
    if let Some(app) = app {
        let options = copied(&options, context)?;
        tell(app, "onShow", &[options], context)?;
    }
    let options = copied(&options, context)?;
    fire("appShow", &options, context)
}

/// The app comes to the foreground with these options.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn show(options: &JsValue, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    let own = kit.app.get("show", context)?;
    if own.is_callable() {
        return invoke(&own, std::slice::from_ref(options), context).map(drop);
    }
    if !options.is_undefined() {
        put(&kit.app.life, "enter", options.clone(), context)?;
    }
    let app = kit.app.get("app", context)?.as_object();
    shown(&kit, app.as_ref(), context)
}

/// The app goes to the background.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn hide(context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    let own = kit.app.get("hide", context)?;
    if own.is_callable() {
        return invoke(&own, &[], context).map(drop);
    }
    put(&kit.app.life, "background", true, context)?;
    note_of("app.hide", &[], context)?;
    if let Some(app) = kit.app.get("app", context)?.as_object() {
        tell(&app, "onHide", &[], context)?;
    }
    fire("appHide", &JsValue::undefined(), context)
}

/// The host launches the app.
///
/// # Errors
/// What `app.js` threw.
pub fn launched(payload: &JsValue, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    let Some(payload) = payload.as_object() else {
        return Ok(());
    };
    let background = payload.get(js_string!("background"), context)?.to_boolean();
    let options = JsObject::with_object_proto(context.intrinsics());
    super::arguments::assign(&options, &payload, context)?;
    options.delete_property_or_throw(js_string!("background"), context)?;
    if kit.package.is_game() {
        kit.lazy("game", context)?;
        return kit
            .call("startGame", &[options.into(), background.into()], context)
            .map(drop);
    }
    let path = options.get(js_string!("path"), context)?;
    let path = super::text(&path, context)?;
    for name in ["launch", "enter"] {
        put(&kit.app.life, name, options.clone(), context)?;
    }
    put(&kit.app.life, "background", background, context)?;
    if kit.package.is_independent(&path) {
        kit.app.waits.set(true);
        return Ok(());
    }
    start(&kit, context)
}

fn start(kit: &Kit, context: &mut Context) -> JsResult<()> {
    kit.app.waits.set(false);
    require::run_script("app", context)?;
    if kit.app.called.get() {
        return Ok(());
    }
    // Pages load without an App() too; they find an empty app.
    console::say("warn", "the app does not call App()", context)?;
    let empty = JsObject::with_object_proto(context.intrinsics());
    app(&JsValue::undefined(), &[empty.into()], context).map(drop)
}

/// A page opens. Those of an independent subpackage run without the app, which starts with the first page outside of them.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn enter_page(path: &str, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    if !kit.app.waits.get() || kit.package.is_independent(path) {
        return Ok(());
    }
    let started = start(&kit, context);
    super::events::reported(started, "app.js", context)
}

/// The page that was asked for does not exist.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn page_not_found(payload: &JsValue, context: &mut Context) -> JsResult<()> {
    super::events::note_value("app.pageNotFound", payload, context)?;
    fire("pageNotFound", payload, context)
}

/// Tells `App.onError` of an error that nobody caught.
///
/// # Errors
/// What the app's function threw.
pub fn tell_error(seen: &JsValue, context: &mut Context) -> JsResult<()> {
    let app = Kit::of(context)?.app.on_error.borrow().clone();
    let (Some(app), Some(seen)) = (app, seen.as_object()) else {
        return Ok(());
    };
    let stack = seen.get(js_string!("stack"), context)?.to_string(context)?;
    let text = js_string!(&js_string!("MiniProgramError\n"), &stack);
    let function = app.get(js_string!("onError"), context)?;
    match function.as_callable() {
        Some(function) => function.call(&app.into(), &[text.into()], context).map(drop),
        None => Ok(()),
    }
}
