//! What must hold where the code stands that is being looked at.

use super::mentions::Mentions;
use swc_core::ecma::ast::Stmt;

/// The conditions around a place, outermost first.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    around: Vec<Mentions>,
    tries: usize,
}

impl Conditions {
    /// Whether a condition around the place is about this name, or an error is caught there.
    pub(super) fn guard(&self, name: &str) -> bool {
        self.tries > 0 || self.around.iter().any(|mentions| mentions.guards(name))
    }

    /// Whether errors are caught, or a condition has this very name.
    pub(super) fn expects(&self, name: &str) -> bool {
        self.tries > 0 || self.around.iter().any(|mentions| mentions.has(name))
    }

    /// How many there are, for [`Conditions::back_to`].
    pub(super) fn depth(&self) -> usize {
        self.around.len()
    }

    /// From here on this must hold, or must not: which of both does not matter.
    pub(super) fn push(&mut self, mentions: Mentions) {
        self.around.push(mentions);
    }

    /// Forgets what has come since.
    pub(super) fn back_to(&mut self, depth: usize) {
        self.around.truncate(depth);
    }

    /// A block begins whose errors are caught.
    pub(super) fn begin_try(&mut self) {
        self.tries += 1;
    }

    /// It ends.
    pub(super) fn end_try(&mut self) {
        self.tries -= 1;
    }
}

/// Whether what follows the statement is not reached through it.
pub(super) fn always_leaves(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Return(_) | Stmt::Throw(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::Block(block) => block.stmts.last().is_some_and(always_leaves),
        Stmt::If(both) => always_leaves(&both.cons) && both.alt.as_deref().is_some_and(always_leaves),
        _ => false,
    }
}
