//! What a world knows of its package: `app.json` and which scripts there are.

use super::resolve::Resolver;
use super::{Kit, function, put};
use crate::engine::language;
use crate::engine::protocol::PackageSpec;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, NativeFunction, Source, js_string};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The package of a world; empty before it is loaded.
#[derive(Default)]
pub struct Package {
    resolver: RefCell<Rc<Resolver>>,
    game: Cell<bool>,
}

/// A part of the package that came later.
#[derive(serde::Deserialize)]
struct Part {
    scripts: Vec<String>,
}

impl Package {
    fn add(&self, part: Part) {
        let mut resolver = Resolver::clone(&self.resolver.borrow());
        resolver.add(part.scripts);
        *self.resolver.borrow_mut() = Rc::new(resolver);
    }

    /// The rules by which its modules are found.
    pub fn resolver(&self) -> Rc<Resolver> {
        Rc::clone(&self.resolver.borrow())
    }

    /// Whether it is a mini game.
    pub fn is_game(&self) -> bool {
        self.game.get()
    }

    /// Whether a page lies in a subpackage that runs without the main one.
    pub fn is_independent(&self, path: &str) -> bool {
        self.resolver.borrow().is_independent(path)
    }
}

/// The kit's functions of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let add = function("subpackage", 1, NativeFunction::from_fn_ptr(add_part), context);
    kit.events.handle("subpackage", add.into());
    install_config(context)
}

fn add_part(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let part = language::to_json(args.get_or_undefined(0), context)?;
    let part = part.map(|json| json.to_std_string_lossy()).unwrap_or_default();
    let part = serde_json::from_str(&part).map_err(|e| JsNativeError::typ().with_message(e.to_string()))?;
    Kit::of(context)?.package.add(part);
    Ok(JsValue::undefined())
}

/// This is the package; nothing of it runs yet.
///
/// # Errors
/// A `SyntaxError` for json that is none.
pub fn load(spec: PackageSpec, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    for (name, json) in [("config", &spec.config), ("appJson", &spec.app_json)] {
        let value = parsed(json, context)?;
        put(&kit.object, name, value, context)?;
    }
    let app: Value = serde_json::from_str(&spec.app_json).unwrap_or_default();
    kit.package.game.set(app["isGame"] == true);
    *kit.package.resolver.borrow_mut() = Rc::new(Resolver::new(spec.scripts, &app));
    Ok(())
}

/// What the platform's module functions take as parameters and never get: code that names them finds `undefined`.
const HIDDEN: &str = "let window,document,frames,self,location,navigator,localStorage,history,Caches,screen,alert,\
    confirm,prompt,XMLHttpRequest,WebSocket,Reporter,webkit,WeixinJSCore";

/// They are bindings of the global scope, not properties of the global object; a module may declare its own. The engine
/// declares the names when it parses them, and what is compiled before does not find them.
pub fn hide_browser(context: &mut Context) -> JsResult<()> {
    context.eval(Source::from_bytes(HIDDEN)).map(drop)
}

fn parsed(json: &str, context: &mut Context) -> JsResult<JsValue> {
    let json = if json.is_empty() { "{}" } else { json };
    language::parse_json(&js_string!(json), context)
}

/// `__wxConfig` is undocumented on the platform, but apps and test clients look into it. Made when somebody does.
fn install_config(context: &mut Context) -> JsResult<()> {
    const NAME: &str = "__wxConfig";
    let get = NativeFunction::from_fn_ptr(|_, _, context| {
        Kit::of(context)?.lazy("wx_config", context)?;
        context.global_object().get(JsString::from(NAME), context)
    });
    let set = NativeFunction::from_fn_ptr(|_, args, context| {
        put(
            &context.global_object(),
            NAME,
            args.get_or_undefined(0).clone(),
            context,
        )?;
        Ok(JsValue::undefined())
    });
    let accessor = PropertyDescriptor::builder()
        .get(function("get __wxConfig", 0, get, context))
        .set(function("set __wxConfig", 1, set, context))
        .enumerable(false)
        .configurable(true);
    context
        .global_object()
        .define_property_or_throw(JsString::from(NAME), accessor, context)
        .map(drop)
}
