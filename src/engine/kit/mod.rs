//! The kit `M` that the JS half builds on, as native functions.
//!
//! What every start needs stands here: JavaScript would be parsed and compiled
//! at each start of a world. What few apps need stays in `js/`, and
//! is loaded at the first call.

mod app;
mod arguments;
mod call;
mod console;
mod data_path;
mod events;
mod host_call;
mod instance;
mod later;
mod package;
mod page;
mod page_proto;
mod places;
mod plugins;
mod refused;
mod require;
mod resolve;
mod route;
mod stored_value;
mod suite;
mod timers;
mod update_manager;
mod wx_object;

pub use package::load;
pub use resolve::Resolver;
pub use timers::fire;

pub use events::{dispatch, report, unhandled};
pub use host_call::{complete, opaque};

use super::js_half;
use super::protocol::{Role, WorldSpec};
use super::room;
use boa_engine::object::builtins::JsFunction;
use boa_engine::object::{FunctionObjectBuilder, JsObject};
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsString, JsValue, NativeFunction, js_string};
use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

/// A native function as the engine calls it.
type Native = fn(&JsValue, &[JsValue], &mut Context) -> JsResult<JsValue>;

/// The state behind the natives of one world.
pub struct Kit {
    /// `M`, which every file of the JS half gets.
    pub object: JsObject,
    app: app::App,
    pages: page::Pages,
    /// Whether every call of `wx` goes to the timeline.
    tracing: bool,
    /// Whether the calls that decide about an update are noted with their places.
    placing: bool,
    calls: host_call::Calls,
    events: events::Events,
    /// Pages have trees.
    viewing: bool,
    hooks: call::Hooks,
    later: later::Waiting,
    package: package::Package,
    modules: require::Cache,
    plugins: plugins::Plugins,
    timers: timers::Timers,
    update_manager: update_manager::UpdateManager,
    loaded: RefCell<HashSet<String>>,
}

impl Kit {
    /// Makes the kit of a new context and the globals that belong to it.
    ///
    /// # Errors
    /// A fault of the engine or of the JS half.
    pub fn install(spec: &WorldSpec, context: &mut Context) -> JsResult<Rc<Self>> {
        let kit = Rc::new(Self {
            object: JsObject::with_object_proto(context.intrinsics()),
            app: app::App::new(context),
            pages: page::Pages::new(context)?,
            tracing: spec.trace_wx,
            placing: spec.note_places,
            viewing: spec.view && cfg!(feature = "view"),
            calls: host_call::Calls::default(),
            events: events::Events::default(),
            hooks: call::Hooks::default(),
            later: later::Waiting::default(),
            package: package::Package::default(),
            modules: require::Cache::default(),
            plugins: plugins::Plugins::default(),
            timers: timers::Timers::default(),
            update_manager: update_manager::UpdateManager::default(),
            loaded: RefCell::default(),
        });
        context.insert_data(Rc::clone(&kit));
        let global = context.global_object();
        put(&kit.object, "global", global.clone(), context)?;
        put(&global, "global", global.clone(), context)?;
        methods(&kit.object, &[("lazy", 1, lazy), ("evaluate", 2, evaluate)], context)?;
        later::install(&kit, context)?;
        events::install(&kit, context)?;
        host_call::install(&kit, context)?;
        console::install(&kit, context)?;
        timers::install(&kit, context)?;
        package::install(&kit, context)?;
        require::install(&kit, context)?;
        match spec.role {
            Role::App | Role::Game => {
                kit.install_app(context)?;
                if spec.role == Role::App {
                    package::hide_browser(context)?;
                }
                if spec.framework {
                    kit.lazy("view", context)?;
                }
            }
            Role::Worker => kit.lazy("worker_scope", context)?,
        }
        Ok(kit)
    }

    /// What an app has beyond what every world has.
    fn install_app(self: &Rc<Self>, context: &mut Context) -> JsResult<()> {
        plugins::install(self, context)?;
        data_path::install(self, context)?;
        page_proto::install(self, context)?;
        app::install(self, context)?;
        page::install(self, context)?;
        wx_object::install(self, context)?;
        if self.tracing {
            self.lazy("trace", context)?;
        }
        Ok(())
    }

    /// The kit of a context.
    ///
    /// # Errors
    /// A type error when the context was not made by a world.
    pub fn of(context: &Context) -> JsResult<Rc<Self>> {
        context
            .get_data::<Rc<Self>>()
            .cloned()
            .ok_or_else(|| JsNativeError::typ().with_message("this context has no kit").into())
    }

    /// Runs a file of the JS half, unless it ran before.
    fn lazy(&self, file: &str, context: &mut Context) -> JsResult<()> {
        if !self.loaded.borrow_mut().insert(file.to_owned()) {
            return Ok(());
        }
        if file == "view" {
            room::widen();
        }
        let function = js_half::evaluate(file, context)?;
        invoke(&function, &[self.object.clone().into()], context).map(drop)
    }

    /// A member of `M`, which a file of the JS half may have put there.
    fn member(&self, name: &'static str, context: &mut Context) -> JsResult<JsValue> {
        self.object.get(JsString::from(name), context)
    }

    /// Calls a member of `M`.
    fn call(&self, name: &'static str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
        let function = self.member(name, context)?;
        invoke(&function, args, context)
    }
}

/// Runs a file of the JS half, unless it ran before.
///
/// # Errors
/// What the file throws.
pub fn warm(file: &str, context: &mut Context) -> JsResult<()> {
    Kit::of(context)?.lazy(file, context)
}

/// Calls a value that has to be a function, without a `this`.
fn invoke(function: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    match function.as_callable() {
        Some(function) => function.call(&JsValue::undefined(), args, context),
        None => Err(JsNativeError::typ().with_message("not a callable function").into()),
    }
}

/// A native function object.
fn function(name: &str, length: usize, native: NativeFunction, context: &Context) -> JsFunction {
    FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(name))
        .length(length)
        .build()
}

/// Puts natives into an object under their names.
fn methods(object: &JsObject, table: &[(&'static str, usize, Native)], context: &mut Context) -> JsResult<()> {
    for &(name, length, native) in table {
        let native = function(name, length, NativeFunction::from_fn_ptr(native), context);
        put(object, name, native, context)?;
    }
    Ok(())
}

/// Defines a plain property.
fn put(object: &JsObject, name: &str, value: impl Into<JsValue>, context: &mut Context) -> JsResult<()> {
    object
        .create_data_property_or_throw(JsString::from(name), value, context)
        .map(drop)
}

/// A value as text.
fn text(value: &JsValue, context: &mut Context) -> JsResult<String> {
    Ok(value.to_string(context)?.to_std_string_lossy())
}

/// An `Error` that the app can catch, with the stack of its own code.
fn thrown(message: &str, context: &mut Context) -> JsError {
    let constructor = context.intrinsics().constructors().error().constructor();
    made(&constructor, message, context)
}

/// As [`thrown`], a `TypeError`.
fn type_error(message: &str, context: &mut Context) -> JsError {
    let constructor = context.intrinsics().constructors().type_error().constructor();
    made(&constructor, message, context)
}

fn made(constructor: &JsObject, message: &str, context: &mut Context) -> JsError {
    match constructor.construct(&[js_string!(message).into()], None, context) {
        Ok(error) => JsError::from_opaque(error.into()),
        Err(error) => error,
    }
}

fn lazy(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let file = text(args.first().unwrap_or(&JsValue::undefined()), context)?;
    Kit::of(context)?.lazy(&file, context)?;
    Ok(JsValue::undefined())
}

/// `M.evaluate(text, name)`: the value of an expression that the host has made.
fn evaluate(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let [source, name] = [0, 1].map(|at| args.get(at).cloned().unwrap_or_default());
    let (source, name) = (text(&source, context)?, text(&name, context)?);
    js_half::run(&format!("{}{name}", js_half::ORIGIN), &source, context)
}
