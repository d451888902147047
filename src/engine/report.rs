//! Errors of the app as values that leave the world.

use crate::engine::{
    limits::{self, app_stack},
    protocol::WorldFault,
    source::SourceError,
    stack::{self, Frame},
};
use boa_engine::{Context, JsError, JsString, JsValue, builtins::error::Error, js_string};

/// What the app threw and did not catch, with the innermost place in the app.
///
/// Broken limits and defects of the engine, which JavaScript cannot catch, are told as such.
pub fn of_error(error: &JsError, context: &mut Context) -> WorldFault {
    if let Some(fault) = limits::fault_of(error, context) {
        return fault;
    }
    let frames = stack::frames(error, context);
    let message = match error.clone().into_opaque(context) {
        Ok(value) => text(&value, context),
        Err(error) => error.to_string(),
    };
    fault(message, &frames)
}

/// A value that a promise was rejected with, or that the app handed over as an error.
pub fn of_value(value: &JsValue, context: &mut Context) -> WorldFault {
    let frames = stack::frames_of_value(value, context);
    fault(text(value, context), &frames)
}

impl From<SourceError> for WorldFault {
    fn from(error: SourceError) -> Self {
        Self {
            message: format!("SyntaxError: {}", error.message),
            file: Some(error.path),
            line: Some(error.line),
            column: Some(error.column),
            stack: String::new(),
        }
    }
}

fn fault(message: String, frames: &[Frame]) -> WorldFault {
    let place = frames.iter().find(|f| f.is_app()).cloned().unwrap_or_default();
    WorldFault {
        message,
        file: place.file,
        line: place.line,
        column: place.column,
        stack: app_stack(frames),
    }
}

/// `Name: message` of an error; anything else as JSON where it can be, since `[object Object]` tells nothing.
fn text(value: &JsValue, context: &mut Context) -> String {
    let is_error = value.as_object().is_some_and(|o| o.is::<Error>());
    if value.is_object() && !is_error {
        let json = context.intrinsics().objects().json();
        let stringify = json
            .get(js_string!("stringify"), context)
            .ok()
            .and_then(|s| s.as_callable());
        let text = stringify.and_then(|s| s.call(&JsValue::undefined(), std::slice::from_ref(value), context).ok());
        if let Some(text) = text.and_then(|t| t.as_string()) {
            return text.to_std_string_lossy();
        }
    }
    let text = value
        .to_string(context)
        .unwrap_or(js_string!("an error that cannot be told"));
    JsString::to_std_string_lossy(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::language;
    use boa_engine::Source;
    use std::path::Path;

    #[test]
    fn what_was_thrown_is_told_with_its_place() {
        let cases = [
            (
                "function f() {\n  throw new TypeError('x')\n}\nf()",
                "TypeError: x",
                Some(2),
                "    at f (a.js:2:9)\n    at a.js:4:2",
            ),
            ("\nthrow 'text'", "text", Some(2), "    at a.js:2:7"),
            (
                "throw { errMsg: 'a:fail' }",
                r#"{"errMsg":"a:fail"}"#,
                Some(1),
                "    at a.js:1:7",
            ),
            ("throw undefined", "undefined", Some(1), "    at a.js:1:7"),
            (
                "throw Symbol('s')",
                "an error that cannot be told",
                Some(1),
                "    at a.js:1:13",
            ),
            (
                "[1].map(() => { throw Object.assign(new Error('m'), { name: 'Mine' }) })",
                "Mine: m",
                Some(1),
                "    at a.js:1:37\n    at a.js:1:8",
            ),
        ];
        for (code, message, line, stack) in cases {
            let mut context = Context::default();
            language::install(&mut context).unwrap();
            let script = Source::from_bytes(code).with_path(Path::new("a.js"));
            let error = context.eval(script).unwrap_err();
            let fault = of_error(&error, &mut context);
            assert_eq!((fault.message.as_str(), fault.line), (message, line), "{code}");
            assert_eq!(fault.file.as_deref(), Some("a.js"), "{code}");
            assert_eq!(fault.stack, stack, "{code}");
        }
    }

    #[test]
    fn a_rejected_value_is_told_with_its_place() {
        let mut context = Context::default();
        language::install(&mut context).unwrap();
        let code = "\nnew RangeError('late')";
        let value = context
            .eval(Source::from_bytes(code).with_path(Path::new("pages/b.js")))
            .unwrap();
        let fault = of_value(&value, &mut context);
        assert_eq!((fault.message.as_str(), fault.line), ("RangeError: late", Some(2)));
        assert_eq!(of_value(&JsValue::from(5), &mut context).message, "5");
    }
}
