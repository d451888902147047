//! The package's scripts: fetched from the host when they are wanted, wrapped
//! as the platform wraps them, compiled once.

use super::bridge::Bridge;
use super::js_half::ORIGIN;
use crate::wx::Payload;
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, Script, Source, js_string};
use serde_json::json;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

/// Stands on the first line, before the file's own text, so that lines keep their numbers.
const WRAP: (&str, &str) = ("(function(require,module,exports){", "\n})");

/// The scripts of one world.
#[derive(Default)]
pub struct Modules {
    prepared: RefCell<HashMap<String, Script>>,
}

impl Modules {
    /// The module's function `(require, module, exports)`.
    ///
    /// # Errors
    /// A `SyntaxError` whose stack names file, line and column, or what the host says of a missing file.
    pub fn function(&self, path: &str, bridge: &Bridge, context: &mut Context) -> JsResult<JsValue> {
        let ready = self.prepared.borrow_mut().remove(path);
        let script = match ready {
            Some(script) => script,
            None => compile(path, bridge, context)?,
        };
        script.evaluate(context)
    }

    /// Parses and compiles a module aside. A file that does not compile is left
    /// for the moment when the app requires it: then the error has somebody to go to.
    pub fn prepare(&self, path: &str, bridge: &Bridge, context: &mut Context) {
        if let Ok(script) = compile(path, bridge, context)
            && script.codeblock(context).is_ok()
        {
            self.prepared.borrow_mut().insert(path.to_owned(), script);
        }
    }

    /// Where a position that the engine names stands in the app's own source.
    pub fn original(&self, path: &str, line: u32, column: u32) -> Option<(u32, u32)> {
        if path.starts_with(ORIGIN) {
            return None;
        }
        let shift = if line == 1 { WRAP.0.len() as u32 } else { 0 };
        Some((line, column.saturating_sub(shift).max(1)))
    }
}

fn source_of(path: &str, bridge: &Bridge, context: &mut Context) -> JsResult<String> {
    let asked = Payload::json(&json!({ "path": path }));
    let outcome = bridge.host.borrow_mut().call("$source", asked);
    let payload = outcome.map_err(|error| super::bridge::thrown(&error, context))?;
    let bytes = payload.buffers.get("source").map(|b| b.as_slice()).unwrap_or_default();
    // A byte order mark is not part of the program.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

fn compile(path: &str, bridge: &Bridge, context: &mut Context) -> JsResult<Script> {
    let text = source_of(path, bridge, context)?;
    let wrapped = [WRAP.0, &text, WRAP.1].concat();
    let source = Source::from_bytes(wrapped.as_bytes()).with_path(Path::new(path));
    Script::parse(source, None, context).map_err(|error| located(&error, path, context))
}

/// boa's syntax errors know line and column but not the file; as a stack frame
/// the position reaches every place that shows errors.
fn located(error: &JsError, path: &str, context: &mut Context) -> JsError {
    let text = error.to_string();
    let text = text.strip_prefix("SyntaxError: ").unwrap_or(&text);
    let (message, line, column) = position(text);
    let syntax = JsNativeError::syntax()
        .with_message(message.to_owned())
        .into_opaque(context);
    let stack = format!("SyntaxError: {message}\n    at {path}:{line}:{column}");
    // Setting a property of a fresh error object cannot fail.
    let _ = syntax.set(js_string!("stack"), js_string!(stack.as_str()), false, context);
    JsError::from_opaque(syntax.into())
}

/// Takes `... at line 3, col 5` off the end of a parser's message.
fn position(text: &str) -> (&str, u32, u32) {
    let Some((message, place)) = text.rsplit_once(" at line ") else {
        return (text, 1, 1);
    };
    let mut numbers = place
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|n| n.parse().ok());
    let line = numbers.next().unwrap_or(1);
    (message, line, numbers.next().unwrap_or(1))
}
