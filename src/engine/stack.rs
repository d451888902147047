//! Where in the app's source an error comes from: the engine's backtraces as
//! frames, at the lines that the developer wrote.

use crate::engine::source::PositionMap;
use boa_engine::{Context, JsError, JsString, JsValue, builtins::error::Error, js_string, object::JsObject};
use std::{collections::HashMap, fmt};

/// What the paths of the engine's own scripts begin with; frames in them are not the app's.
pub const ENGINE_PREFIX: &str = "minirun:";

/// One call on the stack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The function's name; absent for anonymous functions, methods and top-level code.
    pub function: Option<String>,
    /// Package path of the script; absent for functions of the engine.
    pub file: Option<String>,
    /// Line in the script as written, from 1.
    pub line: Option<u32>,
    /// Column in the line, from 1.
    pub column: Option<u32>,
}

impl Frame {
    /// Whether the frame is in a script of the app.
    pub fn is_app(&self) -> bool {
        self.file.as_deref().is_some_and(|f| !f.starts_with(ENGINE_PREFIX))
    }

    /// A line of the engine's backtrace, `at name (path:line:column)`; `None` for any other text.
    fn parse(line: &str) -> Option<Self> {
        let text = line.trim().strip_prefix("at ")?;
        let (name, place) = match text.split_once(" (") {
            Some((name, place)) => (name, place.strip_suffix(')')?),
            None => ("", text),
        };
        let named = !matches!(name, "" | "<main>" | "<anonymous>" | "<eval>");
        let (file, line, column) = position(place);
        Some(Self {
            function: named.then(|| name.to_owned()),
            file,
            line,
            column,
        })
    }

    fn mapped(mut self, positions: Option<&Positions>) -> Self {
        let (Some(positions), true) = (positions, self.is_app()) else {
            return self;
        };
        let (Some(line), Some(mut column)) = (self.line, self.column) else {
            return self;
        };
        if line == 1 {
            column = column.saturating_sub(positions.wrapper).max(1);
        }
        let map = self.file.as_ref().and_then(|file| positions.maps.get(file));
        let (line, column) = map.map_or((line, column), |m| m.original(line, column));
        (self.line, self.column) = (Some(line), Some(column));
        self
    }
}

impl fmt::Display for Frame {
    /// As V8 writes it: `name (path:line:column)`, or only the place when there is no name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut place = self.file.clone().unwrap_or_else(|| "<anonymous>".to_owned());
        for number in [self.line, self.column].into_iter().flatten() {
            place.push_str(&format!(":{number}"));
        }
        match &self.function {
            Some(name) => write!(f, "{name} ({place})"),
            None => f.write_str(&place),
        }
    }
}

/// `path:line:column`, where line and column may be unknown (`?`) and native functions have none.
fn position(place: &str) -> (Option<String>, Option<u32>, Option<u32>) {
    let mut parts = place.rsplitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(column), Some(line), Some(file)) if !place.starts_with("native at ") => {
            let file = Some(file.to_owned()).filter(|f| f != "unknown at ");
            (file, line.parse().ok(), column.parse().ok())
        }
        _ => (None, None, None),
    }
}

/// How places in a world's scripts are to be told.
#[derive(Default)]
struct Positions {
    /// Of the transformed scripts, by package path.
    maps: HashMap<String, PositionMap>,
    /// Columns of what stands before each script on its first line.
    wrapper: u32,
}

/// The engine's own getter of `stack`, kept where the app cannot reach it.
pub(super) struct NativeStack(pub(super) JsObject);

/// Makes every later stack name lines of the source from which the script `path` was made.
pub fn add_position_map(path: &str, map: PositionMap, context: &mut Context) {
    change(context, |positions| drop(positions.maps.insert(path.to_owned(), map)));
}

/// Takes `columns` from places on the first line of each of the app's scripts: what the module function needs there.
pub fn set_wrapper(columns: u32, context: &mut Context) {
    change(context, |positions| positions.wrapper = columns);
}

fn change(context: &mut Context, edit: impl FnOnce(&mut Positions)) {
    let mut positions = context.remove_data::<Positions>().map(|p| *p).unwrap_or_default();
    edit(&mut positions);
    context.insert_data(positions);
}

/// The frames of an error, innermost first: where an `Error` was made, where anything else was thrown.
///
/// Engine errors (limits) have frames too. Empty when nothing is known.
pub fn frames(error: &JsError, context: &mut Context) -> Vec<Frame> {
    if let Some(value) = error.as_opaque()
        && let Some(text) = native_stack(value, context)
    {
        return at_source(&text, context);
    }
    // A printed error ends with its backtrace; the value before it may hold any text.
    let text = error.to_string();
    let lines: Vec<&str> = text.lines().rev().take_while(|l| l.starts_with("    at ")).collect();
    let text: String = lines.into_iter().rev().map(|l| format!("{l}\n")).collect();
    at_source(&text, context)
}

/// The frames of a value that was thrown or rejected with, innermost first; empty when it is no `Error`.
pub fn frames_of_value(value: &JsValue, context: &mut Context) -> Vec<Frame> {
    native_stack(value, context).map_or_else(Vec::new, |text| at_source(&text, context))
}

/// The frames of the code that is running, innermost first, seen from a native function.
pub fn here(context: &mut Context) -> Vec<Frame> {
    let constructor = context.intrinsics().constructors().error().constructor();
    let Ok(error) = constructor.construct(&[], None, context) else {
        return Vec::new();
    };
    frames_of_value(&error.into(), context)
}

/// The frames that a text names which the app got as the `stack` of an error; other lines are left out.
pub fn parse(text: &str) -> Vec<Frame> {
    text.lines().filter_map(Frame::parse).collect()
}

/// The frames of the engine's own backtrace, at the places as written.
fn at_source(text: &str, context: &Context) -> Vec<Frame> {
    let positions = context.get_data::<Positions>();
    parse(text).into_iter().map(|frame| frame.mapped(positions)).collect()
}

/// The backtrace that the engine attached to an `Error`, whatever the app did to its `stack` property.
pub(super) fn native_stack(value: &JsValue, context: &mut Context) -> Option<String> {
    let object = value.as_object()?;
    if !object.is::<Error>() {
        return None;
    }
    let getter = match context.get_data::<NativeStack>() {
        Some(native) => native.0.clone(),
        None => return None,
    };
    let text = getter.call(value, &[], context).ok()?;
    text.as_string().map(|s: JsString| s.to_std_string_lossy())
}

/// The stack as the app sees it: lines as V8 writes them, without a header.
pub(super) fn lines(frames: &[Frame]) -> JsString {
    let text: Vec<String> = frames.iter().map(|frame| format!("\n    at {frame}")).collect();
    js_string!(text.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{language, protocol::Limits, source};
    use boa_engine::Source;
    use std::path::Path;

    fn frame(function: Option<&str>, file: Option<&str>, line: Option<u32>, column: Option<u32>) -> Frame {
        Frame {
            function: function.map(str::to_owned),
            file: file.map(str::to_owned),
            line,
            column,
        }
    }

    fn thrown(code: &str) -> (JsError, Context) {
        let mut context = Context::default();
        language::install(&mut context).unwrap();
        let error = context
            .eval(Source::from_bytes(code).with_path(Path::new("pages/a.js")))
            .unwrap_err();
        (error, context)
    }

    #[test]
    fn lines_of_a_stack() {
        let cases = [
            (
                "    at f (pages/a b.js:1:2)",
                Some(frame(Some("f"), Some("pages/a b.js"), Some(1), Some(2))),
            ),
            ("at <main> (a.js:?:?)", Some(frame(None, Some("a.js"), None, None))),
            (
                "    at forEach (native)",
                Some(frame(Some("forEach"), None, None, None)),
            ),
            ("    at a.js:3:4", Some(frame(None, Some("a.js"), Some(3), Some(4)))),
            (
                "    at get x (a (1).js:3:4)",
                Some(frame(Some("get x"), Some("a (1).js"), Some(3), Some(4))),
            ),
            ("Error: at sea", None),
        ];
        for (line, expected) in cases {
            assert_eq!(Frame::parse(line), expected, "{line}");
        }
    }

    #[test]
    fn every_kind_of_error_has_frames() {
        let cases = [
            (
                "function f() {\n  throw new Error('x')\n}\nf()",
                vec![(Some("f"), 2), (None, 4)],
            ),
            ("function f() {\n  null.x\n}\nf()", vec![(Some("f"), 2), (None, 4)]),
            (
                "function f() {\n  throw 'text\\n    at sea (b.js:9:9)'\n}\nf()",
                vec![(Some("f"), 2), (None, 4)],
            ),
            (
                "function f() {\n  throw { code: 1 }\n}\nf()",
                vec![(Some("f"), 2), (None, 4)],
            ),
            (
                "var e = new Error('made');\nfunction f() {\n  throw e }\nf()",
                vec![(None, 1)],
            ),
            ("var e = new Error('x'); e.stack = 'mine'; throw e", vec![(None, 1)]),
        ];
        for (code, expected) in cases {
            let (error, mut context) = thrown(code);
            let found = frames(&error, &mut context);
            let found: Vec<_> = found
                .iter()
                .map(|f| (f.function.as_deref(), f.line.unwrap_or(0)))
                .collect();
            assert_eq!(found, expected, "{code}");
        }
    }

    #[test]
    fn frames_are_at_the_lines_as_written() {
        let written = "interface A {\n  x: 1\n}\n\nfunction f(a: A) {\n\n  throw new Error('x')\n}\n\n\nf(null)\n";
        let prepared = source::prepare("pages/a.ts", written, &Limits::default()).unwrap();
        let mut context = Context::default();
        language::install(&mut context).unwrap();
        add_position_map("pages/a.ts", prepared.map.unwrap(), &mut context);
        let script = Source::from_bytes(prepared.code.as_bytes()).with_path(Path::new("pages/a.ts"));
        let error = context.eval(script).unwrap_err();
        let lines: Vec<_> = frames(&error, &mut context).iter().map(|f| f.line).collect();
        assert_eq!(lines, [Some(7), Some(11)]);
        let value = error.into_opaque(&mut context).unwrap();
        let text = value
            .as_object()
            .unwrap()
            .get(js_string!("stack"), &mut context)
            .unwrap();
        let text = text.as_string().unwrap().to_std_string_escaped();
        assert!(text.starts_with("Error: x\n    at f (pages/a.ts:7:"), "{text}");
    }

    #[test]
    fn the_wrapper_of_a_module_takes_no_columns() {
        let mut context = Context::default();
        language::install(&mut context).unwrap();
        set_wrapper(12, &mut context);
        for (code, place) in [
            ("/* wrapped*/throw new Error()", (1, 7)),
            ("/* wrapped*/\nthrow new Error()", (2, 7)),
        ] {
            let error = context
                .eval(Source::from_bytes(code).with_path(Path::new("a.js")))
                .unwrap_err();
            let frames = frames(&error, &mut context);
            assert_eq!(frames[0].line.zip(frames[0].column), Some(place), "{code}");
        }
    }

    #[test]
    fn the_engines_own_scripts_are_not_the_apps() {
        assert!(!frame(None, Some("minirun:core.js"), None, None).is_app());
        assert!(!frame(Some("map"), None, None, None).is_app());
        assert!(frame(None, Some("app.js"), None, None).is_app());
    }
}
