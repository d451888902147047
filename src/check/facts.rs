//! One pass over a script: what it requires, what of `wx` it uses, where it goes, and what the platform forbids.

use super::conditions::{Conditions, always_leaves};
use super::mentions::{Mentions, Variables};
use super::written::{
    callee_span, first_text, fixed_url, is_member_of, is_text, key_name, key_span, member_name, prop_name,
};
use crate::engine::SourceTree;
use std::collections::BTreeSet;
use swc_core::atoms::Atom;
use swc_core::common::{Span, SyntaxContext};
use swc_core::ecma::ast::{
    AssignExpr, AssignTarget, BinExpr, BinaryOp, BlockStmt, CallExpr, Callee, CondExpr, ExportAll, Expr, ExprOrSpread,
    FunctionBody, Ident, IfStmt, ImportDecl, Lit, MemberExpr, NamedExport, NewExpr, ObjectPatProp, OptCall, Pat,
    PropName, SimpleAssignTarget, Stmt, Str, SwitchStmt, TryStmt, VarDeclarator,
};
use swc_core::ecma::visit::{Visit, VisitWith};

/// A module that a script asks for.
#[derive(Debug)]
pub(super) struct Request {
    /// As it is written.
    pub(super) text: String,
    pub(super) span: Span,
    /// It may come later, from another subpackage.
    pub(super) later: bool,
    /// The script has a way around it when it is not there.
    pub(super) guarded: bool,
}

/// A call of a function of `wx`.
#[derive(Debug)]
pub(super) struct WxCall {
    pub(super) name: Atom,
    pub(super) span: Span,
    /// The script has looked whether it is there.
    pub(super) guarded: bool,
}

/// A call of a function that opens a page.
#[derive(Debug)]
pub(super) struct RouteCall {
    pub(super) method: Atom,
    /// The address, as far as it is a fixed text.
    pub(super) url: String,
    /// The text is all of the path, whatever query follows.
    pub(super) whole: bool,
    pub(super) span: Span,
}

/// Code from text, which the platform does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forbidden {
    Eval,
    Function,
    Timer,
}

/// What was seen in a script.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) requests: Vec<Request>,
    pub(super) wx_calls: Vec<WxCall>,
    pub(super) route_calls: Vec<RouteCall>,
    pub(super) forbidden: Vec<(Forbidden, Span)>,
    /// Names that the script puts into `wx` itself.
    pub(super) wx_given: BTreeSet<Atom>,
    /// It puts names into `wx` that cannot be told.
    pub(super) wx_extended: bool,
    /// Variables that it makes for every script.
    pub(super) globals: BTreeSet<Atom>,
    /// Fixed texts that look like paths of files.
    pub(super) paths: Vec<(String, Span)>,
    /// Names of the methods that it calls.
    pub(super) called: BTreeSet<Atom>,
    /// Every name of a property or variable that belongs to the update API.
    pub(super) update_names: BTreeSet<Atom>,
}

/// Names that only the update API has.
pub(super) const UPDATE_NAMES: [&str; 5] = [
    "getUpdateManager",
    "onCheckForUpdate",
    "onUpdateReady",
    "onUpdateFailed",
    "applyUpdate",
];

/// Names of the global object.
const GLOBAL: [&str; 5] = ["global", "globalThis", "GameGlobal", "window", "self"];

const ROUTES: [&str; 4] = ["navigateTo", "redirectTo", "reLaunch", "switchTab"];

impl Facts {
    /// Goes through a tree.
    pub(super) fn of(tree: &SourceTree) -> Self {
        let mut pass = Pass {
            facts: Self::default(),
            unresolved: tree.unresolved,
            variables: Variables::of(&tree.program),
            conditions: Conditions::default(),
        };
        tree.program.visit_with(&mut pass);
        pass.facts
    }

    /// Whether it has to do with updates.
    pub(super) fn uses_updates(&self) -> bool {
        !self.update_names.is_empty()
    }
}

struct Pass {
    facts: Facts,
    unresolved: SyntaxContext,
    variables: Variables,
    conditions: Conditions,
}

impl Pass {
    fn is_global(&self, expr: &Expr, name: &str) -> bool {
        matches!(expr, Expr::Ident(ident) if &*ident.sym == name && ident.ctxt == self.unresolved)
    }

    /// The name `x` of `wx.x`.
    fn wx_member(&self, expr: &Expr) -> Option<Atom> {
        let Expr::Member(member) = expr else { return None };
        if !self.is_global(&member.obj, "wx") {
            return None;
        }
        member_name(member)
    }

    fn condition(&mut self, test: &Expr) {
        let mentions = Mentions::of(test, &self.variables);
        self.conditions.push(mentions);
    }

    /// Statements one after another: behind one that leaves under a condition, its opposite holds.
    fn block(&mut self, stmts: &[Stmt]) {
        let depth = self.conditions.depth();
        for stmt in stmts {
            stmt.visit_with(self);
            if let Stmt::If(branch) = stmt
                && always_leaves(&branch.cons)
            {
                self.condition(&branch.test);
            }
        }
        self.conditions.back_to(depth);
    }

    fn request(&mut self, source: &Str, span: Span, later: bool) {
        if let Some(text) = source.value.as_str() {
            let guarded = self.conditions.expects("require");
            self.facts.requests.push(Request {
                text: text.to_owned(),
                span,
                later,
                guarded,
            });
        }
    }

    fn call(&mut self, callee: &Expr, args: &[ExprOrSpread], span: Span) {
        if let Expr::Member(member) = callee {
            self.facts.called.extend(member_name(member));
        }
        if let Some(name) = self.wx_member(callee) {
            self.wx_call(name, args, callee_span(callee), false);
        } else if self.is_global(callee, "require") {
            let later = args.len() > 1;
            if let Some(text) = first_text(args) {
                self.request(text, text.span, later);
            }
        } else if self.is_async_require(callee) {
            if let Some(text) = first_text(args) {
                self.request(text, text.span, true);
            }
        } else if self.is_global(callee, "eval") {
            self.forbid(Forbidden::Eval, span);
        } else if self.is_global(callee, "Function") {
            self.function_from_text(args, span);
        } else if ["setTimeout", "setInterval"]
            .iter()
            .any(|name| self.is_global(callee, name))
            && args.first().is_some_and(|arg| is_text(&arg.expr))
        {
            self.forbid(Forbidden::Timer, span);
        } else if is_member_of(callee, "Object", &["assign", "defineProperty", "defineProperties"])
            && args.first().is_some_and(|arg| self.is_global(&arg.expr, "wx"))
        {
            self.given_to_wx(&args[1..]);
        }
    }

    fn wx_call(&mut self, name: Atom, args: &[ExprOrSpread], span: Span, optional: bool) {
        let guarded = optional || self.conditions.guard(&name);
        if ROUTES.contains(&&*name)
            && let Some((url, whole, span)) = args.first().and_then(|arg| fixed_url(&arg.expr))
        {
            let method = name.clone();
            let route = RouteCall {
                method,
                url,
                whole,
                span,
            };
            self.facts.route_calls.push(route);
        }
        self.facts.wx_calls.push(WxCall { name, span, guarded });
    }

    fn is_async_require(&self, callee: &Expr) -> bool {
        let Expr::Member(member) = callee else { return false };
        self.is_global(&member.obj, "require") && member_name(member).is_some_and(|name| &*name == "async")
    }

    fn forbid(&mut self, what: Forbidden, span: Span) {
        // Whoever catches the error has another way.
        if !self.conditions.expects("eval") {
            self.facts.forbidden.push((what, span));
        }
    }

    /// The platform has the one exception of `Function("return this")`.
    fn function_from_text(&mut self, args: &[ExprOrSpread], span: Span) {
        let last = args.last().map(|arg| &*arg.expr);
        let allowed = matches!(last, Some(Expr::Lit(Lit::Str(text))) if text.value.as_str() == Some("return this"));
        if !allowed {
            self.forbid(Forbidden::Function, span);
        }
    }

    fn given_to_wx(&mut self, what: &[ExprOrSpread]) {
        match what.first().map(|arg| &*arg.expr) {
            Some(Expr::Lit(Lit::Str(name))) => {
                let name = name.value.as_str().unwrap_or_default();
                self.facts.wx_given.insert(name.into());
            }
            Some(Expr::Object(object)) => {
                let names = object.props.iter().filter_map(prop_name);
                self.facts.wx_given.extend(names);
            }
            _ => self.facts.wx_extended = true,
        }
    }

    fn note_path(&mut self, text: &str, span: Span) {
        if text.len() < 200 && text.contains('/') && !text.contains("://") && !text.contains(char::is_whitespace) {
            self.facts.paths.push((text.to_owned(), span));
        }
    }
}

impl Visit for Pass {
    fn visit_call_expr(&mut self, call: &CallExpr) {
        match &call.callee {
            Callee::Expr(callee) => self.call(callee, &call.args, call.span),
            Callee::Import(_) => {
                if let Some(text) = first_text(&call.args) {
                    self.request(text, text.span, true);
                }
            }
            _ => {}
        }
        call.visit_children_with(self);
    }

    fn visit_opt_call(&mut self, call: &OptCall) {
        if let Some(name) = self.wx_member(&call.callee) {
            self.wx_call(name, &call.args, callee_span(&call.callee), true);
        }
        call.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        if self.is_global(&new.callee, "Function") {
            self.function_from_text(new.args.as_deref().unwrap_or_default(), new.span);
        }
        new.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) if name.id.ctxt == self.unresolved => {
                self.facts.globals.insert(name.id.sym.clone());
            }
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) if matches!(&*member.obj, Expr::Ident(object) if GLOBAL.contains(&&*object.sym)) =>
            {
                self.facts.globals.extend(member_name(member));
            }
            _ => {}
        }
        if let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = &assign.left
            && self.is_global(&member.obj, "wx")
        {
            match member_name(member) {
                Some(name) => drop(self.facts.wx_given.insert(name)),
                None => self.facts.wx_extended = true,
            }
        }
        assign.visit_children_with(self);
    }

    /// `const { getStorage } = wx`: what is taken is about to be called.
    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        if let (Pat::Object(pattern), Some(init)) = (&declarator.name, &declarator.init)
            && self.is_global(init, "wx")
        {
            for prop in &pattern.props {
                let (name, span) = match prop {
                    ObjectPatProp::KeyValue(pair) => (key_name(&pair.key), key_span(&pair.key)),
                    ObjectPatProp::Assign(own) => (Some(own.key.id.sym.clone()), own.key.id.span),
                    _ => continue,
                };
                if let Some(name) = name {
                    // Whether it is there can still be asked, so its absence is no fault by itself.
                    self.facts.wx_calls.push(WxCall {
                        name,
                        span,
                        guarded: true,
                    });
                }
            }
        }
        declarator.visit_children_with(self);
    }

    fn visit_import_decl(&mut self, import: &ImportDecl) {
        if !import.type_only {
            self.request(&import.src, import.src.span, false);
        }
    }

    fn visit_named_export(&mut self, export: &NamedExport) {
        if let Some(source) = export.src.as_ref().filter(|_| !export.type_only) {
            self.request(source, source.span, false);
        }
    }

    fn visit_export_all(&mut self, export: &ExportAll) {
        if !export.type_only {
            self.request(&export.src, export.src.span, false);
        }
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.block(&block.stmts);
    }

    fn visit_function_body(&mut self, body: &FunctionBody) {
        self.block(&body.stmts);
    }

    fn visit_if_stmt(&mut self, branch: &IfStmt) {
        branch.test.visit_with(self);
        let depth = self.conditions.depth();
        self.condition(&branch.test);
        branch.cons.visit_with(self);
        branch.alt.visit_with(self);
        self.conditions.back_to(depth);
    }

    fn visit_cond_expr(&mut self, choice: &CondExpr) {
        choice.test.visit_with(self);
        let depth = self.conditions.depth();
        self.condition(&choice.test);
        choice.cons.visit_with(self);
        choice.alt.visit_with(self);
        self.conditions.back_to(depth);
    }

    fn visit_bin_expr(&mut self, pair: &BinExpr) {
        pair.left.visit_with(self);
        let depth = self.conditions.depth();
        if matches!(
            pair.op,
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing
        ) {
            self.condition(&pair.left);
        }
        pair.right.visit_with(self);
        self.conditions.back_to(depth);
    }

    fn visit_switch_stmt(&mut self, switch: &SwitchStmt) {
        switch.discriminant.visit_with(self);
        let depth = self.conditions.depth();
        self.condition(&switch.discriminant);
        switch.cases.visit_with(self);
        self.conditions.back_to(depth);
    }

    fn visit_try_stmt(&mut self, attempt: &TryStmt) {
        let caught = attempt.handler.is_some();
        if caught {
            self.conditions.begin_try();
        }
        attempt.block.visit_with(self);
        if caught {
            self.conditions.end_try();
        }
        // What runs when all else has failed is no fault.
        self.conditions.begin_try();
        attempt.handler.visit_with(self);
        self.conditions.end_try();
        attempt.finalizer.visit_with(self);
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        if let Some(name) = member_name(member)
            && UPDATE_NAMES.contains(&&*name)
        {
            self.facts.update_names.insert(name);
        }
        member.visit_children_with(self);
    }

    fn visit_ident(&mut self, ident: &Ident) {
        if UPDATE_NAMES.contains(&&*ident.sym) {
            self.facts.update_names.insert(ident.sym.clone());
        }
    }

    fn visit_prop_name(&mut self, name: &PropName) {
        if let Some(name) = key_name(name).filter(|name| UPDATE_NAMES.contains(&&**name)) {
            self.facts.update_names.insert(name);
        }
        name.visit_children_with(self);
    }

    fn visit_str(&mut self, text: &Str) {
        if let Some(value) = text.value.as_str() {
            self.note_path(value, text.span);
        }
    }
}
