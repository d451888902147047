//! The names that an expression mentions: enough to know what a condition is about.

use std::collections::{HashMap, HashSet};
use swc_core::atoms::Atom;
use swc_core::ecma::ast::{Expr, Id, Ident, IdentName, Pat, Str, VarDeclarator};
use swc_core::ecma::visit::{Visit, VisitWith};

/// Words in names that tell of a test for what the base library has.
const TESTS: [&str; 5] = ["caniuse", "sdkversion", "compareversion", "support", "libversion"];

/// The names of variables, properties and texts in an expression.
#[derive(Debug, Clone, Default)]
pub(super) struct Mentions {
    names: HashSet<Atom>,
    variables: HashSet<Id>,
}

impl Mentions {
    /// Those of an expression, and of what its variables were first set to.
    pub(super) fn of(expr: &Expr, variables: &Variables) -> Self {
        let mut found = Self::direct(expr);
        for id in found.variables.clone() {
            if let Some(set_to) = variables.0.get(&id) {
                found.names.extend(set_to.names.iter().cloned());
            }
        }
        found
    }

    /// Those of the expression alone.
    pub(super) fn direct(expr: &Expr) -> Self {
        let mut found = Self::default();
        expr.visit_with(&mut found);
        found
    }

    /// Whether it is about this name, or about what the base library has at all.
    pub(super) fn guards(&self, name: &str) -> bool {
        self.has(name) || self.names.iter().any(|known| is_test(known))
    }

    /// Whether a name in it says that something must be done.
    pub(super) fn tells_of_force(&self) -> bool {
        let words = ["force", "mandatory", "mustupdate", "minversion", "compulsory"];
        self.names.iter().any(|name| {
            let lower = name.to_ascii_lowercase();
            words.iter().any(|word| lower.contains(word))
        })
    }

    /// Whether it has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| &**known == name)
    }
}

fn is_test(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    TESTS.iter().any(|word| lower.contains(word))
}

impl Visit for Mentions {
    fn visit_ident(&mut self, ident: &Ident) {
        self.names.insert(ident.sym.clone());
        self.variables.insert(ident.to_id());
    }

    fn visit_ident_name(&mut self, name: &IdentName) {
        self.names.insert(name.sym.clone());
    }

    /// The text of `canIUse` has the name before its first dot.
    fn visit_str(&mut self, text: &Str) {
        if let Some(text) = text.value.as_str().filter(|text| text.len() < 100) {
            let head = text.split('.').next().unwrap_or(text);
            self.names.insert(head.into());
        }
    }
}

/// What the variables of a script were declared with.
#[derive(Debug, Default)]
pub(super) struct Variables(HashMap<Id, Mentions>);

impl Variables {
    /// Those of a tree.
    pub(super) fn of(tree: &impl VisitWith<Self>) -> Self {
        let mut variables = Self::default();
        tree.visit_with(&mut variables);
        variables
    }
}

impl Visit for Variables {
    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        if let (Pat::Ident(name), Some(init)) = (&declarator.name, &declarator.init)
            && !matches!(&**init, Expr::Fn(_) | Expr::Arrow(_) | Expr::Object(_) | Expr::Class(_))
        {
            self.0.insert(name.id.to_id(), Mentions::direct(init));
        }
        declarator.visit_children_with(self);
    }
}
