//! Code from text, which the platform does not run.

use super::Subject;
use super::facts::Forbidden;
use crate::package::Problem;

/// Where an app makes code from text.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    for script in &subject.scripts {
        for (what, span) in &script.facts.forbidden {
            let (code, message, help) = match what {
                Forbidden::Eval => (
                    "eval",
                    "eval is undefined in a mini program",
                    "the call throws; read data with JSON.parse",
                ),
                Forbidden::Function => (
                    "new-function",
                    "functions cannot be made from text",
                    "what comes back cannot be called; only Function('return this') is taken",
                ),
                Forbidden::Timer => (
                    "string-timer",
                    "a timer takes a function, not a text",
                    "the call throws a TypeError; give it a function",
                ),
            };
            // A library may have such a line that the app never comes to.
            let problem = match what {
                Forbidden::Timer => script.error(code, *span, message),
                _ if script.is_library() => script.note(code, *span, message),
                _ => script.warning(code, *span, message),
            };
            found.push(problem.help(help));
        }
    }
    found
}
