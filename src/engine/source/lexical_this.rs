//! `this` of arrow functions within arrow functions.
//!
//! The engine's scope analysis takes an outer arrow function for the one whose
//! `this` an inner one uses, and forgets to keep the `this` of the function
//! around both. An outer arrow function that names `this` itself makes it keep
//! it; so its body begins with an expression that names it without evaluating it.

use super::arrows::Body;
use super::edits::Edit;

/// Before the statements of a block.
const IN_BLOCK: &str = "0&&this;";
/// Behind a directive.
const IN_STRICT_BLOCK: &str = ";0&&this;";
/// Before the expression that is the body; the expression is the alternative, which takes everything that a body may be.
const IN_EXPRESSION: &str = "0&&this?0:";

/// The changes that name `this` in these bodies.
pub(super) fn edits(source: &str, bodies: &[Body]) -> impl Iterator<Item = Edit> {
    bodies.iter().map(|body| {
        let strict = if body.block { strict_end(source, body.at) } else { None };
        let text = match (body.block, strict) {
            (true, Some(_)) => IN_STRICT_BLOCK,
            (true, None) => IN_BLOCK,
            (false, _) => IN_EXPRESSION,
        };
        let at = strict.unwrap_or(body.at);
        Edit { at, removed: 0, text }
    })
}

/// Where the directive ends with which a block may begin: it counts only as the first statement.
fn strict_end(source: &str, block: usize) -> Option<usize> {
    let text = source.get(block..)?.trim_start();
    let after = ["'use strict'", "\"use strict\""]
        .iter()
        .find_map(|d| text.strip_prefix(d))?;
    let alone = after
        .trim_start_matches([' ', '\t', '\r'])
        .starts_with([';', '\n', '}']);
    alone.then_some(source.len() - after.len())
}

#[cfg(test)]
mod tests {
    use crate::engine::protocol::Limits;
    use crate::engine::source::prepare;

    #[test]
    fn only_arrow_functions_around_one_that_uses_this_are_changed() {
        let cases = [
            ("() => this", "() => this"),
            ("() => () => 1", "() => () => 1"),
            ("() => () => this", "() =>0&&this?0: () => this"),
            (
                "x => { return () => { this } }",
                "x => {0&&this; return () => { this } }",
            ),
            ("(a = () => this) => a", "(a = () => this) =>0&&this?0: a"),
            ("x => async y => this", "x =>0&&this?0: async y => this"),
            (
                "() => { 'use strict'; () => this }",
                "() => { 'use strict';0&&this;; () => this }",
            ),
            ("() => { 'a'.b(() => this) }", "() => {0&&this; 'a'.b(() => this) }"),
            ("a(x => x), b(() => this)", "a(x => x), b(() => this)"),
            (
                "const a = x => x\nconst b = () => this",
                "const a = x => x\nconst b = () => this",
            ),
            ("() => { a }; () => this", "() => { a }; () => this"),
            ("f(() => this).g(x => x)", "f(() => this).g(x => x)"),
            (
                "() => () => o.this + `this` + {this: 1}.x",
                "() => () => o.this + `this` + {this: 1}.x",
            ),
            ("() => `${() => this}`", "() =>0&&this?0: `${() => this}`"),
        ];
        for (source, wanted) in cases {
            assert_eq!(prepare("a.js", source, &Limits::default()).unwrap().code, wanted);
        }
    }
}
