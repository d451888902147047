//! Bounds on what an app's code may use, and which of them an error broke.
//!
//! The engine drops such an error where an async function is resumed after an
//! `await`: the function stays suspended for ever, and nothing else is heard of
//! it. Only a watchdog on the time that a job takes can notice.

use crate::engine::protocol::{Limits, WorldFault};
use crate::engine::stack::{self, Frame};
use boa_engine::{
    Context, JsError,
    error::{EngineError, RuntimeLimitError},
};

/// Value slots that one call may use on average; the engine bounds the sum of all calls.
const SLOTS_PER_CALL: usize = 256;

/// Puts the bounds in force. They hold for everything that the context runs from now on.
pub fn apply(limits: &Limits, context: &mut Context) {
    let runtime = context.runtime_limits_mut();
    runtime.set_loop_iteration_limit(limits.loop_iterations);
    runtime.set_recursion_limit(limits.recursion);
    runtime.set_stack_size_limit(limits.recursion.saturating_mul(SLOTS_PER_CALL).max(1 << 14));
}

/// Lifts the bounds on loops and calls. The engine drops a broken bound where an async
/// function goes on after an `await`; while promise jobs run, an endless loop had better
/// stay one, which the host's watchdog ends.
pub fn lift(context: &mut Context) {
    let runtime = context.runtime_limits_mut();
    runtime.disable_loop_iteration_limit();
    runtime.set_recursion_limit(usize::MAX);
    runtime.set_stack_size_limit(usize::MAX);
}

/// The fault of an error that no JavaScript can catch (a broken limit, a defect of the engine),
/// with the innermost line of the app; `None` for errors that the app may handle.
pub fn fault_of(error: &JsError, context: &mut Context) -> Option<WorldFault> {
    let message = describe(error.as_engine()?, context);
    let frames = stack::frames(error, context);
    // The engine knows the lines of calls and property accesses only: a loop without any is named by its caller.
    let app = || frames.iter().filter(|f| f.is_app());
    let place = app()
        .find(|f| f.line.is_some())
        .or_else(|| app().next())
        .cloned()
        .unwrap_or_default();
    Some(WorldFault {
        message,
        file: place.file,
        line: place.line,
        column: place.column,
        stack: app_stack(&frames),
    })
}

fn describe(error: &EngineError, context: &Context) -> String {
    let limits = context.runtime_limits();
    match error {
        EngineError::RuntimeLimit(RuntimeLimitError::LoopIteration) => {
            format!(
                "endless loop, at this place or after it in the same function: more than {} iterations",
                limits.loop_iteration_limit()
            )
        }
        EngineError::RuntimeLimit(RuntimeLimitError::Recursion) => {
            format!(
                "endless recursion: calls nested deeper than {}",
                limits.recursion_limit()
            )
        }
        EngineError::RuntimeLimit(RuntimeLimitError::StackSize) => {
            format!(
                "endless recursion: more than {} values on the stack",
                limits.stack_size_limit()
            )
        }
        other => format!("the JavaScript engine failed: {other}"),
    }
}

/// How many frames a stack shows; an endless recursion has thousands that say the same.
const SHOWN_FRAMES: usize = 20;

/// Frames of the app, innermost first, one a line.
pub fn app_stack(frames: &[Frame]) -> String {
    let of_app: Vec<&Frame> = frames.iter().filter(|f| f.is_app()).collect();
    let mut lines: Vec<String> = of_app
        .iter()
        .take(SHOWN_FRAMES)
        .map(|f| format!("    at {f}"))
        .collect();
    if of_app.len() > SHOWN_FRAMES {
        lines.push(format!("    ... {} more", of_app.len() - SHOWN_FRAMES));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use boa_engine::{Source, js_string};
    use std::path::Path;

    /// Runs a script and its jobs with few iterations and calls allowed; gives the fault.
    fn fault(code: &'static str) -> Option<WorldFault> {
        let limits = Limits {
            loop_iterations: 10_000,
            ..Limits::default()
        };
        let run = move || {
            let mut context = Context::default();
            crate::engine::language::install(&mut context).unwrap();
            apply(&limits, &mut context);
            let source = Source::from_bytes(code).with_path(Path::new("pages/a.js"));
            let result = context.eval(source).and_then(|_| context.run_jobs());
            result.err().and_then(|e| fault_of(&e, &mut context))
        };
        std::thread::Builder::new()
            .stack_size(512 << 20)
            .spawn(run)
            .unwrap()
            .join()
            .unwrap()
    }

    #[test]
    fn limits_name_the_line() {
        let cases = [
            // The engine knows the places of calls only: the line is that of the last call before the loop, else the
            // function's first, else none.
            ("\nwhile (true) {}", "endless loop", None),
            ("function f() {\n  while (true) {}\n}\n\nf()", "endless loop", Some(1)),
            ("\nvar a = [].at(0)\nwhile (true) { a++ }", "endless loop", Some(2)),
            ("\n\nfor (;;);", "endless loop", None),
            (
                "\n[1].forEach(function each() {\n  while (true) {}\n})",
                "endless loop",
                Some(2),
            ),
            (
                "Promise.resolve().then(() => {\n  for (;;) {}\n})",
                "endless loop",
                Some(1),
            ),
            (
                "async function f() {\n do {} while (true)\n}\nf()",
                "endless loop",
                Some(1),
            ),
            ("function f() {\n  return f() + 1\n}\nf()", "endless recursion", Some(2)),
            (
                "var o = { get x() {\n return this.x } }\no.x",
                "endless recursion",
                Some(2),
            ),
            ("function f() {\n [1].map(f) }\nf()", "endless recursion", Some(2)),
            ("try { for (;;); } catch (e) {} finally { }", "endless loop", None),
            (
                "class A { m() {\n this.m() } }\nnew A().m()",
                "endless recursion",
                Some(2),
            ),
            (
                "function* g() {\n yield* g() }\ng().next()",
                "endless recursion",
                Some(2),
            ),
            (
                "var p = new Proxy({}, { get(t, k, r) {\n return r[k] } })\np.x",
                "endless recursion",
                Some(2),
            ),
            (
                "var a = []; a[0] = a; var f = () => {\n JSON.stringify({ toJSON: f }) }\nf()",
                "endless recursion",
                Some(2),
            ),
        ];
        for (code, message, line) in cases {
            let fault = fault(code).unwrap_or_else(|| panic!("{code}"));
            assert!(fault.message.starts_with(message), "{code}: {}", fault.message);
            assert_eq!(
                (fault.file.as_deref(), fault.line),
                (Some("pages/a.js"), line),
                "{code}\n{}",
                fault.stack
            );
        }
    }

    #[test]
    fn a_limit_broken_after_an_await_is_dropped_by_the_engine() {
        assert_eq!(fault("async function f() { await 1; for (;;); }; f()"), None);
    }

    #[test]
    fn what_apps_do_stays_within_the_limits() {
        let cases = [
            "function f(n) { return n ? f(n - 1) + 1 : 0 }; f(3000)",
            "function f(n) { return n ? [n].map(x => f(x - 1))[0] : 0 }; f(1000)",
            "for (let i = 0; i < 9000; i++) {}",
            "function f() { for (let i = 0; i < 9000; i++) {} }; for (let i = 0; i < 20; i++) f()",
            "throw new Error('thrown')",
        ];
        for code in cases {
            assert_eq!(fault(code), None, "{code}");
        }
    }

    #[test]
    fn ordinary_errors_are_no_faults() {
        let error = JsError::from_opaque(js_string!("x").into());
        assert_eq!(fault_of(&error, &mut Context::default()), None);
    }
}
