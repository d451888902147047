//! Plugins in a world: `requirePlugin` for the app, and what a plugin's own modules get.

use super::{Kit, Native, function, methods, put, require, text, thrown};
use crate::engine::bridge::Bridge;
use boa_engine::object::JsObject;
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, NativeFunction, js_string};
use serde_json::json;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The `wx` of each plugin, by the plugin's folder.
#[derive(Default)]
pub struct Plugins(RefCell<HashMap<String, JsValue>>);

/// The kit's functions and the globals of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 1] = [("requirePlugin", 1, |_, args, context| {
        exports_of(args.get_or_undefined(0), context)
    })];
    methods(&kit.object, &table, context)?;
    let global = context.global_object();
    let require_plugin = function("requirePlugin", 1, NativeFunction::from_fn_ptr(required), context);
    let later = NativeFunction::from_fn_ptr(|_, args, context| later("pluginAsync", args, context));
    put(&require_plugin, "async", function("async", 1, later, context), context)?;
    put(&global, "requirePlugin", require_plugin, context)?;
    let outside = NativeFunction::from_fn_ptr(|_, _, context| {
        Err(thrown("requireMiniProgram can only be used in a plugin", context))
    });
    let outside = function("requireMiniProgram", 0, outside, context);
    put(&global, "requireMiniProgram", outside, context)
}

/// `requirePlugin(name)`, or with callbacks as `require` has them.
fn required(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callbacks = args.get(1..).unwrap_or_default();
    if callbacks.iter().take(2).any(JsValue::is_callable) {
        return later("pluginLater", args, context);
    }
    exports_of(args.get_or_undefined(0), context)
}

fn later(form: &'static str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    kit.lazy("require_later", context)?;
    kit.call(form, args, context)
}

/// What a plugin's main module exports.
///
/// # Errors
/// The app does not declare it, or the host has not given its folder; the timeline says what would help.
pub fn exports_of(name: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    if !name.is_string() {
        return Err(thrown("requirePlugin args must be a string", context));
    }
    let name = text(name, context)?;
    let name = name.strip_prefix("plugin://").unwrap_or(&name);
    let resolver = Kit::of(context)?.package.resolver();
    match resolver.plugin(name) {
        Some(plugin) if !plugin.folder.is_empty() => match &plugin.main {
            Some(main) => require::load(main, context),
            None => Ok(JsObject::with_object_proto(context.intrinsics()).into()),
        },
        found => {
            let help = match found {
                Some(_) => format!("name the plugin's folder with --plugin {name}=DIR"),
                None => format!("declare {name} in the plugins of app.json"),
            };
            let note = json!({ "name": name, "help": help });
            Bridge::of(context)?.note("plugin.missing", note.to_string());
            Err(thrown(&format!("plugin \"{name}\" is not defined"), context))
        }
    }
}

/// What the function of a plugin's module gets beside `require`, `module` and `exports`.
///
/// # Errors
/// None but the engine's own.
pub fn arguments(folder: &str, context: &mut Context) -> JsResult<[JsValue; 2]> {
    let kit = Kit::of(context)?;
    let known = kit.plugins.0.borrow().get(folder).cloned();
    let wx = match known {
        Some(wx) => wx,
        None => {
            kit.lazy("plugin_wx", context)?;
            let wx = kit.call("pluginWx", &[js_string!(folder).into()], context)?;
            kit.plugins.0.borrow_mut().insert(folder.to_owned(), wx.clone());
            wx
        }
    };
    let folder = js_string!(folder);
    let native = NativeFunction::from_copy_closure_with_captures(
        |_, _, folder: &JsString, context| app_exports(&folder.to_std_string_lossy(), context),
        folder,
    );
    Ok([wx, function("requireMiniProgram", 0, native, context).into()])
}

/// What the app exports for a plugin: the module that the plugin's entry in app.json names.
fn app_exports(folder: &str, context: &mut Context) -> JsResult<JsValue> {
    let resolver = Kit::of(context)?.package.resolver();
    match resolver.export_for(folder) {
        Some(module) => require::load(&module, context),
        None => Ok(JsObject::with_object_proto(context.intrinsics()).into()),
    }
}
