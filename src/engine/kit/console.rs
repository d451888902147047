//! `console`: every call is an entry of the timeline. Words and numbers are shown here; for anything else, and for
//! the rarer functions, `js/inspect.js` is loaded.

use super::{Kit, Native, function, invoke, methods, put, suite, text};
use crate::engine::bridge::Bridge;
use crate::engine::language;
use boa_engine::object::JsObject;
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, NativeFunction, js_string};
use serde_json::json;
use std::rc::Rc;

const LEVELS: [&str; 5] = ["log", "info", "warn", "error", "debug"];
const PLAIN: [&str; 3] = ["trace", "dir", "table"];
const RARE: [&str; 9] = [
    "assert",
    "group",
    "groupCollapsed",
    "groupEnd",
    "count",
    "countReset",
    "time",
    "timeEnd",
    "timeLog",
];

/// The global `console`, and what the kit says and shows.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 3] = [
        ("say", 2, |_, args, context| {
            let level = text(args.get_or_undefined(0), context)?;
            let list = super::events::list_of(args.get_or_undefined(1), context)?;
            print(&level, &list, context)
        }),
        ("show", 1, |_, args, context| inspect("show", args, context)),
        ("text", 1, |_, args, context| inspect("text", args, context)),
    ];
    methods(&kit.object, &table, context)?;
    put(&kit.object, "indent", js_string!(), context)?;
    let console = JsObject::with_object_proto(context.intrinsics());
    let levels = LEVELS.map(|level| (level, level)).into_iter();
    for (name, level) in levels.chain(PLAIN.map(|name| (name, "log"))) {
        let native = NativeFunction::from_copy_closure(move |_, args, context| print(level, args, context));
        put(&console, name, function(name, 0, native, context), context)?;
    }
    for name in RARE {
        let native = NativeFunction::from_copy_closure(move |_, args, context| inspect(name, args, context));
        put(&console, name, function(name, 0, native, context), context)?;
    }
    methods(&console, &[("clear", 0, |_, _, _| Ok(JsValue::undefined()))], context)?;
    put(&kit.object, "console", console.clone(), context)?;
    put(&context.global_object(), "console", console, context)
}

/// A line of the engine's own in the app's console, by way of the function that the app may have replaced.
///
/// # Errors
/// What the app's own function threw.
pub fn say(level: &'static str, line: &str, context: &mut Context) -> JsResult<()> {
    let console = Kit::of(context)?.member("console", context)?;
    match console.as_object() {
        Some(console) => {
            let function = console.get(JsString::from(level), context)?;
            invoke(&function, &[js_string!(line).into()], context).map(drop)
        }
        None => Ok(()),
    }
}

fn print(level: &str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    let line = if simple(args) {
        let words: Result<Vec<String>, _> = args.iter().map(|value| text(value, context)).collect();
        words?.join(" ")
    } else {
        text(&inspect("format", &[language::list(args, context)], context)?, context)?
    };
    let indent = kit.member("indent", context)?;
    let line = text(&indent, context)? + &line;
    let entry = json!({ "level": level, "text": line });
    let bridge = Bridge::of(context)?;
    bridge.note("console", entry.to_string());
    if let Some((_, place)) = suite::caller(&bridge, context) {
        let said = json!({ "level": level, "text": line, "place": place });
        bridge.note("test.console", said.to_string());
    }
    Ok(JsValue::undefined())
}

/// Whether the values are shown as `String` has them, with no place for one of them in a format.
fn simple(args: &[JsValue]) -> bool {
    let plain = |value: &JsValue| {
        value.is_string()
            || value.is_boolean()
            || value.is_undefined()
            || value
                .as_number()
                .is_some_and(|number| number != 0.0 || number.is_sign_positive())
    };
    let format = |first: &JsString| first.to_std_string_lossy().contains('%');
    let formatted = args.len() > 1 && args[0].as_string().as_ref().is_some_and(format);
    args.iter().all(plain) && !formatted
}

fn inspect(name: &'static str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    kit.lazy("inspect", context)?;
    let inspect = kit.member("inspect", context)?;
    match inspect.as_object() {
        Some(inspect) => {
            let function = inspect.get(JsString::from(name), context)?;
            invoke(&function, args, context)
        }
        None => Ok(JsValue::undefined()),
    }
}
