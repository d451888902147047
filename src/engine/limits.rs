//! Bounds on what an app's code may use, and which of them an error broke.

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

/// The fault of an error that no JavaScript can catch (a broken limit, a defect of the engine),
/// with the innermost line of the app; `None` for errors that the app may handle.
pub fn fault_of(error: &JsError, context: &mut Context) -> Option<WorldFault> {
    let message = describe(error.as_engine()?, context);
    let frames = stack::frames(error, context);
    let place = frames.iter().find(|f| f.is_app()).cloned().unwrap_or_default();
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
            format!("endless loop: more than {} iterations in one function call", limits.loop_iteration_limit())
        }
        EngineError::RuntimeLimit(RuntimeLimitError::Recursion) => {
            format!("endless recursion: calls nested deeper than {}", limits.recursion_limit())
        }
        EngineError::RuntimeLimit(RuntimeLimitError::StackSize) => {
            format!("endless recursion: more than {} values on the stack", limits.stack_size_limit())
        }
        other => format!("the JavaScript engine failed: {other}"),
    }
}

/// Frames of the app, innermost first, one a line.
pub fn app_stack(frames: &[Frame]) -> String {
    let lines: Vec<String> = frames.iter().filter(|f| f.is_app()).map(|f| format!("    at {f}")).collect();
    lines.join("\n")
}
