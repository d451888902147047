//! Statements: what is declared, and under which conditions the rest runs.

use super::value::{Code, Fact, Frame, Value};
use super::walk::Walk;
use crate::check::conditions::always_leaves;
use crate::check::written::key_name;
use swc_core::atoms::Atom;
use swc_core::ecma::ast::{
    ArrowFunctionBody, Decl, Expr, ForHead, FunctionBody, ObjectPatProp, ParamOrTsParamProp, Pat, Stmt, VarDecl,
    VarDeclOrExpr,
};

impl<'a> Walk<'a> {
    /// Goes through the body of a function.
    pub(super) fn body(&mut self, code: Code<'a>, args: &[Value<'a>]) {
        match code {
            Code::Function(function) => {
                self.params(function.params.iter().map(|param| &param.pat), args);
                self.function_body(function.body.as_ref());
            }
            Code::Arrow(arrow) => {
                self.params(arrow.params.iter(), args);
                match &*arrow.body {
                    ArrowFunctionBody::FunctionBody(body) => self.function_body(Some(body)),
                    ArrowFunctionBody::Expr(expr) => {
                        let value = self.eval(expr);
                        self.give_back(value);
                    }
                }
            }
            Code::Constructor(constructor) => {
                let params = constructor.params.iter().filter_map(|param| match param {
                    ParamOrTsParamProp::Param(param) => Some(&param.pat),
                    _ => None,
                });
                self.params(params, args);
                self.function_body(constructor.body.as_ref());
            }
        }
    }

    fn params(&mut self, params: impl Iterator<Item = &'a Pat>, args: &[Value<'a>]) {
        for (index, pat) in params.enumerate() {
            let value = args.get(index).cloned().unwrap_or_default();
            if let Pat::Ident(name) = pat {
                // What an earlier call gave is over.
                self.bindings.remove(&(self.script, name.id.to_id()));
            }
            self.assign_pattern(pat, value);
        }
    }

    fn function_body(&mut self, body: Option<&'a FunctionBody>) {
        if let Some(body) = body {
            self.statements(&body.stmts);
        }
    }

    fn give_back(&mut self, value: Value<'a>) {
        if let Some((depth, returned)) = self.returns.last_mut() {
            let since = (*depth).min(self.frames.len());
            returned.push((value, self.frames[since..].to_vec()));
        }
    }

    /// Statements one after another. What holds behind one that leaves stays until whoever began the block ends it.
    pub(super) fn statements(&mut self, stmts: &'a [Stmt]) {
        for stmt in stmts {
            if let Stmt::Decl(Decl::Fn(function)) = stmt {
                let value = self.closure(Code::Function(&function.function), Some(function.ident.sym.clone()));
                self.bind(function.ident.to_id(), value);
            }
        }
        stmts.iter().for_each(|stmt| self.statement(stmt));
    }

    /// A statement that may not run, or not only once.
    fn branch(&mut self, facts: &[Fact], run: impl FnOnce(&mut Self)) {
        let depth = self.frames.len();
        self.under(facts);
        run(self);
        self.frames.truncate(depth);
    }

    pub(super) fn statement(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Expr(stmt) => drop(self.eval(&stmt.expr)),
            Stmt::Decl(decl) => self.declaration(decl),
            Stmt::Block(block) => self.statements(&block.stmts),
            Stmt::Labeled(labeled) => self.statement(&labeled.body),
            Stmt::Return(stmt) => {
                let value = stmt.arg.as_ref().map(|arg| self.eval(arg)).unwrap_or_default();
                self.give_back(value);
            }
            Stmt::Throw(stmt) => drop(self.eval(&stmt.arg)),
            Stmt::If(stmt) => {
                let (yes, no) = self.test(&stmt.test);
                self.branch(&yes, |walk| walk.statement(&stmt.cons));
                if let Some(alt) = &stmt.alt {
                    self.branch(&no, |walk| walk.statement(alt));
                }
                if always_leaves(&stmt.cons) {
                    self.under(&no);
                } else if stmt.alt.as_deref().is_some_and(always_leaves) {
                    self.under(&yes);
                }
            }
            Stmt::Switch(stmt) => {
                self.eval(&stmt.discriminant);
                for case in &stmt.cases {
                    self.branch(&[Fact::Other], |walk| walk.statements(&case.cons));
                }
            }
            Stmt::Try(stmt) => {
                // What follows comes behind what was waited for in here.
                self.statements(&stmt.block.stmts);
                if let Some(handler) = &stmt.handler {
                    self.branch(&[Fact::Other], |walk| walk.statements(&handler.body.stmts));
                }
                if let Some(last) = &stmt.finalizer {
                    self.statements(&last.stmts);
                }
            }
            _ => self.repeated(stmt),
        }
    }

    /// Loops are gone through once.
    fn repeated(&mut self, stmt: &'a Stmt) {
        let depth = self.frames.len();
        match stmt {
            Stmt::While(stmt) => {
                let (yes, _) = self.test(&stmt.test);
                self.branch(&yes, |walk| walk.statement(&stmt.body));
            }
            Stmt::DoWhile(stmt) => {
                self.statement(&stmt.body);
                self.test(&stmt.test);
            }
            Stmt::For(stmt) => {
                match &stmt.init {
                    Some(VarDeclOrExpr::VarDecl(decl)) => self.variables(decl),
                    Some(VarDeclOrExpr::Expr(expr)) => drop(self.eval(expr)),
                    _ => {}
                }
                stmt.test.iter().for_each(|test| drop(self.eval(test)));
                self.statement(&stmt.body);
                stmt.update.iter().for_each(|update| drop(self.eval(update)));
            }
            Stmt::ForIn(stmt) => {
                self.eval(&stmt.right);
                self.loop_head(&stmt.left);
                self.statement(&stmt.body);
            }
            Stmt::ForOf(stmt) => {
                self.eval(&stmt.right);
                self.loop_head(&stmt.left);
                self.statement(&stmt.body);
            }
            _ => {}
        }
        self.frames.truncate(depth);
    }

    fn loop_head(&mut self, head: &'a ForHead) {
        match head {
            ForHead::VarDecl(decl) => self.variables(decl),
            ForHead::Pat(pat) => self.assign_pattern(pat, Value::Unknown),
            _ => {}
        }
    }

    pub(super) fn declaration(&mut self, decl: &'a Decl) {
        match decl {
            Decl::Var(decl) => self.variables(decl),
            Decl::Class(decl) => {
                let value = self.class(&decl.class);
                self.bind(decl.ident.to_id(), value);
            }
            _ => {}
        }
    }

    fn variables(&mut self, decl: &'a VarDecl) {
        for declarator in &decl.decls {
            if let Some(init) = &declarator.init {
                let name = match &declarator.name {
                    Pat::Ident(name) => Some(name.id.sym.clone()),
                    _ => None,
                };
                let value = self.eval_named(init, name);
                self.assign_pattern(&declarator.name, value);
            }
        }
    }

    /// Gives a value to a pattern's names.
    pub(super) fn assign_pattern(&mut self, pat: &'a Pat, value: Value<'a>) {
        match pat {
            Pat::Ident(name) => self.bind(name.id.to_id(), value),
            Pat::Assign(assign) => {
                let default = self.eval(&assign.right);
                let value = if matches!(value, Value::Unknown) {
                    default
                } else {
                    value
                };
                self.assign_pattern(&assign.left, value);
            }
            Pat::Object(object) => self.assign_properties(&object.props, &value),
            Pat::Array(array) => {
                for (index, pat) in array.elems.iter().enumerate() {
                    // Some frameworks give `[error, result]`.
                    let is_result = index == 1 && matches!(value, Value::Result(_));
                    let element = if is_result { value.clone() } else { Value::Unknown };
                    if let Some(pat) = pat {
                        self.assign_pattern(pat, element);
                    }
                }
            }
            Pat::Rest(rest) => self.assign_pattern(&rest.arg, Value::Unknown),
            Pat::Expr(expr) => self.assign_to(expr, value),
            _ => {}
        }
    }

    pub(super) fn assign_properties(&mut self, props: &'a [ObjectPatProp], value: &Value<'a>) {
        for prop in props {
            match prop {
                ObjectPatProp::KeyValue(pair) => {
                    let name = key_name(&pair.key);
                    let found = name.map(|name| self.read(value, &name, None)).unwrap_or_default();
                    self.assign_pattern(&pair.value, found);
                }
                ObjectPatProp::Assign(own) => {
                    let default = own.value.as_ref().map(|default| self.eval(default)).unwrap_or_default();
                    let name: Atom = own.key.id.sym.clone();
                    let found = self.read(value, &name, Some(own.key.id.span));
                    let found = if matches!(found, Value::Unknown) {
                        default
                    } else {
                        found
                    };
                    self.bind(own.key.id.to_id(), found);
                }
                ObjectPatProp::Rest(rest) => self.assign_pattern(&rest.arg, Value::Unknown),
            }
        }
    }

    /// Gives a value to what an expression names.
    pub(super) fn assign_to(&mut self, target: &'a Expr, value: Value<'a>) {
        match target {
            Expr::Ident(ident) => self.bind(ident.to_id(), value),
            Expr::Member(member) => self.assign_member(member, value),
            Expr::Paren(inner) => self.assign_to(&inner.expr, value),
            _ => {}
        }
    }

    /// Behind an `await`.
    pub(super) fn awaited(&mut self, value: Value<'a>) -> Value<'a> {
        self.frames.push(Frame::Await);
        match value {
            Value::Promise(id) => {
                let (value, frames) = self.outcome(id);
                self.frames.extend(frames);
                value
            }
            other => other,
        }
    }
}
