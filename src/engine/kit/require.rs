//! `require`: each module once, its function called with its own `require`, `module` and `exports`.

use super::{Kit, Native, function, invoke, methods, plugins, put, resolve, suite, text, thrown};
use crate::engine::bridge::Bridge;
use boa_engine::object::JsObject;
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, NativeFunction, js_string};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The modules that ran, by path.
#[derive(Default)]
pub struct Cache(RefCell<HashMap<String, JsObject>>);

impl Cache {
    /// Whether a module has run, or runs.
    pub fn has(&self, path: &str) -> bool {
        self.0.borrow().contains_key(path)
    }

    /// A module is this from now on, and never runs.
    pub fn provide(&self, path: String, module: JsObject) {
        self.0.borrow_mut().insert(path, module);
    }
}

/// The kit's functions of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    suite::install(kit, context)?;
    let table: [(&'static str, usize, Native); 6] = [
        ("require", 1, |_, args, context| {
            let path = text(args.get_or_undefined(0), context)?;
            load(&path, context)
        }),
        ("runScript", 1, |_, args, context| {
            let path = text(args.get_or_undefined(0), context)?;
            run_script(&path, context)
        }),
        ("rootOf", 1, |_, args, context| {
            let path = text(args.get_or_undefined(0), context)?;
            let resolver = Kit::of(context)?.package.resolver();
            Ok(js_string!(resolver.root_of(&path).trim_end_matches('/')).into())
        }),
        ("resolve", 2, |_, args, context| {
            let request = text(args.get_or_undefined(0), context)?;
            let caller = text(args.get_or_undefined(1), context)?;
            let path = Kit::of(context)?.package.resolver().resolve(&request, &caller);
            Ok(path.map_or(JsValue::undefined(), |path| js_string!(path).into()))
        }),
        ("partOf", 2, |_, args, context| {
            let request = text(args.get_or_undefined(0), context)?;
            let caller = text(args.get_or_undefined(1), context)?;
            let resolver = Kit::of(context)?.package.resolver();
            let root = resolver.part_of(&request, &caller).trim_end_matches('/');
            Ok(js_string!(root).into())
        }),
        ("missing", 2, |_, args, context| {
            let request = text(args.get_or_undefined(0), context)?;
            let caller = text(args.get_or_undefined(1), context)?;
            thrown(&resolve::missing(&request, &caller), context).into_opaque(context)
        }),
    ];
    methods(&kit.object, &table, context)
}

/// Runs a script that app.json means, such as a page's; one that is not there has nothing to run.
///
/// # Errors
/// What it threw.
pub fn run_script(path: &str, context: &mut Context) -> JsResult<JsValue> {
    let resolver = Kit::of(context)?.package.resolver();
    let file = [".js", ".ts"]
        .map(|end| format!("{path}{end}"))
        .into_iter()
        .find(|file| resolver.has(file));
    file.map_or(Ok(JsValue::undefined()), |file| load(&file, context))
}

/// What a module exports; it runs when it is first wanted.
///
/// # Errors
/// What it threw, or what the host says of a missing file.
pub fn load(path: &str, context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    let known = kit.modules.0.borrow().get(path).cloned();
    if let Some(module) = known {
        return module.get(js_string!("exports"), context);
    }
    let module = JsObject::with_object_proto(context.intrinsics());
    let exports = JsObject::with_object_proto(context.intrinsics());
    put(&module, "exports", exports.clone(), context)?;
    kit.modules.0.borrow_mut().insert(path.to_owned(), module.clone());
    if let Err(error) = run(path, &module, exports, context) {
        kit.modules.0.borrow_mut().remove(path);
        return Err(error);
    }
    module.get(js_string!("exports"), context)
}

fn run(path: &str, module: &JsObject, exports: JsObject, context: &mut Context) -> JsResult<()> {
    let bridge = Bridge::of(context)?;
    if path.ends_with(".json") {
        return suite::data(path, module, &bridge, context);
    }
    let function = bridge.modules.function(path, &bridge, context)?;
    let require = require_of(path, context)?;
    let mut args = vec![require, module.clone().into(), exports.into()];
    let folder = resolve::plugin_folder(path);
    if !folder.is_empty() {
        args.extend(plugins::arguments(folder, context)?);
    }
    if let Some(file) = bridge.modules.suite.place(path) {
        let folder = file.rfind('/').map_or("", |at| &file[..at]);
        args.extend([js_string!(folder).into(), js_string!(file.as_str()).into()]);
    }
    invoke(&function, &args, context).map(drop)
}

/// The `require` of one module.
fn require_of(caller: &str, context: &mut Context) -> JsResult<JsValue> {
    let caller = js_string!(caller);
    let native = NativeFunction::from_copy_closure_with_captures(
        |_, args, caller: &JsString, context| required(args, caller, context),
        caller.clone(),
    );
    let require = function("require", 1, native, context);
    let native = NativeFunction::from_copy_closure_with_captures(
        |_, args, caller: &JsString, context| {
            later(
                "requireAsync",
                &[args.get_or_undefined(0).clone(), caller.clone().into()],
                context,
            )
        },
        caller,
    );
    let native = function("async", 1, native, context);
    put(&require, "async", native, context)?;
    Ok(require.into())
}

fn required(args: &[JsValue], caller: &JsString, context: &mut Context) -> JsResult<JsValue> {
    let request = args.get_or_undefined(0);
    if !request.is_string() {
        return Err(thrown("require args must be a string", context));
    }
    let callbacks = args.get(1..).unwrap_or_default();
    if callbacks.iter().take(2).any(JsValue::is_callable) {
        let args = [
            request.clone(),
            caller.clone().into(),
            args.get_or_undefined(1).clone(),
            args.get_or_undefined(2).clone(),
        ];
        return later("requireLater", &args, context);
    }
    let (name, caller) = (text(request, context)?, caller.to_std_string_lossy());
    if name.starts_with("plugin://") {
        return plugins::exports_of(request, context);
    }
    let request = name;
    let from = Bridge::of(context)?.modules.suite.place(&caller);
    if let Some(from) = from {
        return suite::required(&request, &from, context);
    }
    let resolver = Kit::of(context)?.package.resolver();
    let own = |path: &String| {
        let root = resolver.root_of(path);
        root.is_empty() || root == resolver.root_of(&caller)
    };
    match resolver.resolve(&request, &caller).filter(own) {
        Some(path) => load(&path, context),
        None => Err(thrown(&resolve::missing(&request, &caller), context)),
    }
}

/// Modules that a test finds although no package has them: `M.provided` has a function for each.
pub(super) fn provided(request: &str, context: &mut Context) -> JsResult<Option<JsValue>> {
    let provided = Kit::of(context)?.member("provided", context)?;
    let Some(provided) = provided.as_object() else {
        return Ok(None);
    };
    let make = provided.get(js_string!(request), context)?;
    if make.is_callable() {
        return invoke(&make, &[], context).map(Some);
    }
    Ok(None)
}

/// The forms that may have to wait for a subpackage stand in a file of their own.
fn later(form: &'static str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    kit.lazy("require_later", context)?;
    kit.call(form, args, context)
}
