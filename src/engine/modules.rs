//! The package's scripts: fetched from the host when they are wanted, made ready
//! for the engine, wrapped as the platform wraps them, compiled once.

use super::bridge::{Bridge, thrown};
use super::protocol::Limits;
use super::scripts;
use super::source::{self, PositionMap, SourceError};
use super::stack;
use super::suite::Suite;
use crate::package::PLUGIN_FOLDER;
use crate::wx::Payload;
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, Script, js_string};
use serde_json::json;
use std::cell::RefCell;
use std::collections::HashMap;

/// Stands on the first line, before the file's own text, so that lines keep their numbers. No parentheses stand around
/// it: the engine would copy all that stands in them.
const WRAP: (&str, &str) = ("0,function(require,module,exports                      ){", "\n}");
/// The same for a plugin's module, as long as the other, so that columns are counted alike.
const PLUGIN_WRAP: &str = "0,function(require,module,exports,wx,requireMiniProgram){";
/// The same for a test's own files, which may ask where they are; an app must not find those names.
const TEST_WRAP: &str = "0,function(require,module,exports,__dirname,__filename ){";
const _: () = assert!(WRAP.0.len() == PLUGIN_WRAP.len() && WRAP.0.len() == TEST_WRAP.len());

/// The scripts of one world.
pub struct Modules {
    limits: Limits,
    prepared: RefCell<HashMap<String, Script>>,
    /// The test that runs in this world, and its files; empty in an app's world.
    pub suite: Suite,
}

impl Modules {
    /// No script yet. Positions in stacks count from the app's own text from now on.
    pub fn new(limits: Limits, context: &mut Context) -> Self {
        stack::set_wrapper(WRAP.0.len() as u32, context);
        Self {
            limits,
            prepared: RefCell::default(),
            suite: Suite::default(),
        }
    }

    /// The module's function `(require, module, exports)`.
    ///
    /// # Errors
    /// A `SyntaxError` whose stack names file, line and column, or what the host says of a missing file.
    pub fn function(&self, path: &str, bridge: &Bridge, context: &mut Context) -> JsResult<JsValue> {
        let ready = self.prepared.borrow_mut().remove(path);
        let script = match ready {
            Some(script) => script,
            None => self.compile(path, bridge, context)?,
        };
        script.evaluate(context)
    }

    /// Parses and compiles a module aside. A file that does not compile is left
    /// for the moment when the app requires it: then the error has somebody to go to.
    pub fn prepare(&self, path: &str, bridge: &Bridge, context: &mut Context) {
        if let Ok(script) = self.compile(path, bridge, context)
            && script.codeblock(context).is_ok()
        {
            self.prepared.borrow_mut().insert(path.to_owned(), script);
        }
    }

    fn compile(&self, path: &str, bridge: &Bridge, context: &mut Context) -> JsResult<Script> {
        let text = match self.suite.text(path) {
            Some(text) => text,
            None => source_of(path, bridge, context)?,
        };
        let prepared = source::prepare(path, &text, &self.limits).map_err(|error| syntax(&error, context))?;
        let begin = if path.starts_with(PLUGIN_FOLDER) {
            PLUGIN_WRAP
        } else if self.suite.place(path).is_some() {
            TEST_WRAP
        } else {
            WRAP.0
        };
        let wrapped = [begin, &prepared.code, WRAP.1].concat();
        let script = scripts::parse(path, &wrapped, context);
        let script = script.map_err(|error| located(error, path, prepared.map.as_ref(), context))?;
        if let Some(map) = prepared.map {
            stack::add_position_map(path, map, context);
        }
        Ok(script)
    }
}

/// The text of a script, as the developer wrote it.
///
/// # Errors
/// What the host says of a missing file.
pub(super) fn source_of(path: &str, bridge: &Bridge, context: &mut Context) -> JsResult<String> {
    let asked = Payload::json(&json!({ "path": path }));
    let outcome = bridge.host.borrow_mut().call("$source", asked);
    let payload = outcome.map_err(|error| thrown(&error, context))?;
    let bytes = payload.buffers.get("source").map(|b| b.as_slice()).unwrap_or_default();
    // A byte order mark is not part of the program.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

fn located(error: JsError, path: &str, map: Option<&PositionMap>, context: &mut Context) -> JsError {
    match source::syntax_error(path, &error, WRAP.0.len() as u32, map) {
        Some(known) => syntax(&known, context),
        None => error,
    }
}

/// A `SyntaxError` that carries its place as a stack frame, which reaches every
/// place that shows errors.
fn syntax(error: &SourceError, context: &mut Context) -> JsError {
    let SourceError {
        path,
        line,
        column,
        message,
    } = error;
    let object = JsNativeError::syntax()
        .with_message(message.clone())
        .into_opaque(context);
    let stack = format!("SyntaxError: {message}\n    at {path}:{line}:{column}");
    // Setting a property of a fresh error object cannot fail.
    let _ = object.set(js_string!("stack"), js_string!(stack.as_str()), false, context);
    JsError::from_opaque(object.into())
}
