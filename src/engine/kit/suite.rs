//! `require` in a test's own files: first what is beside the file, as everywhere but on the platform, then the app's
//! modules, by their paths from its root.

use super::{Kit, Native, methods, put, require, resolve, text, thrown};
use crate::engine::bridge::{self, Bridge};
use crate::engine::language;
use crate::engine::stack;
use crate::wx::Payload;
use boa_engine::object::JsObject;
use boa_engine::{Context, JsArgs, JsError, JsNativeError, JsResult, JsValue, js_string};
use serde::de::IgnoredAny;
use serde_json::json;
use std::rc::Rc;

/// The call that goes to whoever runs the test.
const OUTSIDE: &str = "$outside";

/// Modules that suites written for Node.js ask for.
const OF_NODE: [&str; 12] = [
    "assert",
    "child_process",
    "crypto",
    "events",
    "fs",
    "http",
    "https",
    "net",
    "os",
    "stream",
    "url",
    "util",
];

/// The kit's functions of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 4] = [
        ("testFile", 4, |_, args, context| {
            let mut words: [String; 4] = Default::default();
            for (word, arg) in words.iter_mut().zip(args) {
                *word = text(arg, context)?;
            }
            Bridge::of(context)?.modules.suite.begin(words);
            Ok(JsValue::undefined())
        }),
        ("suiteRequire", 1, |_, args, context| {
            let request = text(args.get_or_undefined(0), context)?;
            let suite = &Bridge::of(context)?.modules.suite;
            let from = suite.module().and_then(|module| suite.place(&module));
            required(&request, &from.unwrap_or_default(), context)
        }),
        ("suiteFind", 1, |_, args, context| {
            let request = text(args.get_or_undefined(0), context)?;
            let bridge = Bridge::of(context)?;
            let from = caller(&bridge, context).map(|frame| frame.0).unwrap_or_default();
            match located(&request, &from, context)? {
                Some(path) => {
                    let loaded = Kit::of(context)?.modules.has(&path);
                    Ok(js_string!(if loaded { "" } else { path.as_str() }).into())
                }
                None => Err(missing(&request, bridge.modules.suite.shown(&from), context)),
            }
        }),
        ("mockModule", 2, |_, args, context| {
            let path = text(args.get_or_undefined(0), context)?;
            let module = JsObject::with_object_proto(context.intrinsics());
            put(&module, "exports", args.get_or_undefined(1).clone(), context)?;
            Kit::of(context)?.modules.provide(path, module);
            Ok(JsValue::undefined())
        }),
    ];
    methods(&kit.object, &table, context)
}

/// The test's own file from which a function of the engine is called, and the place in it; none where an app calls it.
pub fn caller(bridge: &Bridge, context: &mut Context) -> Option<(String, String)> {
    let suite = &bridge.modules.suite;
    suite.module()?;
    let frame = stack::here(context).into_iter().find(stack::Frame::is_app)?;
    let file = suite.place(frame.file.as_deref()?)?;
    let numbers = [frame.line, frame.column].into_iter().flatten();
    let place = numbers.fold(suite.shown(&file).to_owned(), |place, number| {
        format!("{place}:{number}")
    });
    Some((file, place))
}

/// What `request` gives in the suite's file `from`.
///
/// # Errors
/// Nobody has such a module, or it threw.
pub fn required(request: &str, from: &str, context: &mut Context) -> JsResult<JsValue> {
    let relative = request.starts_with('.');
    if relative && let Some(module) = beside(request, from, context)? {
        return require::load(&module, context);
    }
    if let Some(path) = of_app(request, context)? {
        return require::load(&path, context);
    }
    if let Some(exports) = require::provided(request, context)? {
        return Ok(exports);
    }
    if !relative && let Some(module) = beside(request, from, context)? {
        return require::load(&module, context);
    }
    let from = Bridge::of(context)?.modules.suite.shown(from).to_owned();
    Err(missing(request, &from, context))
}

/// The module that `request` means in the suite's file `from`.
fn located(request: &str, from: &str, context: &mut Context) -> JsResult<Option<String>> {
    if request.starts_with('.')
        && let Some(module) = beside(request, from, context)?
    {
        return Ok(Some(module));
    }
    match of_app(request, context)? {
        None if !request.starts_with('.') => beside(request, from, context),
        found => Ok(found),
    }
}

/// A module of the app, by its path from the root.
fn of_app(request: &str, context: &mut Context) -> JsResult<Option<String>> {
    let resolver = Kit::of(context)?.package.resolver();
    let caller = Bridge::of(context)?.modules.suite.module().unwrap_or_default();
    let found = resolver.resolve(request, &caller);
    Ok(found.filter(|path| resolver.root_of(path).is_empty()))
}

/// The file that a request means from another file: one of the app's modules, or one that no package has.
fn beside(request: &str, from: &str, context: &mut Context) -> JsResult<Option<String>> {
    let bridge = Bridge::of(context)?;
    let words = Payload::json(&json!({ "do": "module", "request": request, "from": from }));
    let outcome = bridge.host.borrow_mut().call(OUTSIDE, words);
    let found = outcome.map_err(|error| bridge::thrown(&error, context))?.value();
    let (Some(path), Some(text)) = (found["path"].as_str(), found["text"].as_str()) else {
        return Ok(None);
    };
    let resolver = Kit::of(context)?.package.resolver();
    if let Some(module) = bridge.modules.suite.in_app(path).filter(|path| resolver.has(path)) {
        return Ok(Some(module));
    }
    bridge.modules.suite.keep(path.to_owned(), text.to_owned());
    Ok(Some(path.to_owned()))
}

fn missing(request: &str, from: &str, context: &mut Context) -> JsError {
    let name = request.strip_prefix("node:").unwrap_or(request);
    let why = if OF_NODE.contains(&name.split('/').next().unwrap_or_default()) {
        "it is one of Node.js, and tests run inside the app".to_owned()
    } else if request.starts_with('.') {
        format!("it is neither beside {from} nor in the app")
    } else {
        format!("neither the app nor a node_modules folder above {from} has it")
    };
    thrown(&format!("{}: {why}", resolve::missing(request, "")), context)
}

/// Runs a file of data: what it holds is what it exports.
///
/// # Errors
/// A `SyntaxError` with its place for a file that holds no JSON.
pub fn data(path: &str, module: &JsObject, bridge: &Bridge, context: &mut Context) -> JsResult<()> {
    let text = bridge.modules.suite.text(path).unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(not_json(path, &error, context));
    }
    let value = language::parse_json(&js_string!(text), context)?;
    put(module, "exports", value, context)
}

fn not_json(path: &str, error: &serde_json::Error, context: &mut Context) -> JsError {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let error_object = JsNativeError::syntax().with_message(format!("this is no JSON: {said}"));
    let object = error_object.into_opaque(context);
    let stack = format!("SyntaxError: {said}\n    at {path}:{}:{}", error.line(), error.column());
    // Setting a property of a fresh error object cannot fail.
    let _ = object.set(js_string!("stack"), js_string!(stack.as_str()), false, context);
    JsError::from_opaque(object.into())
}
