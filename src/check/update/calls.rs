//! Calls: into functions of the app that are known, and of what belongs to updates.

use super::value::{ClassValue, Closure, Code, Frame, Value};
use super::walk::{Given, Walk};
use crate::check::written::{key_name, member_name};
use std::rc::Rc;
use swc_core::atoms::Atom;
use swc_core::common::Span;
use swc_core::ecma::ast::{
    CallExpr, Callee, ClassMember, Expr, ExprOrSpread, Ident, Lit, MemberExpr, NewExpr, OptCall, OptChainBase,
};

/// Functions of arrays that call what they get at once.
const AT_ONCE: [&str; 10] = [
    "forEach",
    "map",
    "filter",
    "some",
    "every",
    "find",
    "findIndex",
    "reduce",
    "sort",
    "flatMap",
];

/// What an app or a page is made of; an object with one of them is one.
const LIFE: [&str; 9] = [
    "onLaunch",
    "onShow",
    "onLoad",
    "onReady",
    "attached",
    "mounted",
    "created",
    "lifetimes",
    "componentDidMount",
];

impl<'a> Walk<'a> {
    pub(super) fn call_expression(&mut self, call: &'a CallExpr) -> Value<'a> {
        match &call.callee {
            Callee::Expr(callee) => self.called(callee, &call.args, call.span),
            Callee::Import(_) => {
                let args = self.arguments(&call.args);
                let value = self.required(args.first());
                let frames = vec![Frame::Unknown];
                self.fulfilled(value, frames)
            }
            _ => {
                self.arguments(&call.args);
                Value::Unknown
            }
        }
    }

    pub(super) fn optional_call(&mut self, call: &'a OptCall) -> Value<'a> {
        self.called(&call.callee, &call.args, call.span)
    }

    fn arguments(&mut self, args: &'a [ExprOrSpread]) -> Vec<Value<'a>> {
        args.iter().map(|arg| self.eval(&arg.expr)).collect()
    }

    fn called(&mut self, callee: &'a Expr, args: &'a [ExprOrSpread], span: Span) -> Value<'a> {
        let outer = std::mem::replace(&mut self.place, span);
        let value = self.called_at(callee, args, span);
        self.place = outer;
        value
    }

    fn called_at(&mut self, callee: &'a Expr, args: &'a [ExprOrSpread], span: Span) -> Value<'a> {
        match callee {
            Expr::Paren(inner) => self.called(&inner.expr, args, span),
            Expr::Seq(seq) => match seq.exprs.last() {
                // `(0, module.name)(…)` of compilers.
                Some(last) => self.called(last, args, span),
                None => Value::Unknown,
            },
            Expr::Member(member) => self.method_call(member, args, span),
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => self.method_call(member, args, span),
                _ => {
                    self.eval(callee);
                    self.arguments(args);
                    Value::Unknown
                }
            },
            Expr::Ident(ident) if ident.ctxt == self.current().tree.unresolved => {
                let values = self.arguments(args);
                let wait = args.get(1).and_then(|wait| number(&wait.expr));
                self.global_call(ident, values, wait, span)
            }
            _ => {
                let function = self.eval(callee);
                let values = self.arguments(args);
                self.invoke(function, &values, Value::Unknown, span)
            }
        }
    }

    fn global_call(&mut self, ident: &'a Ident, args: Vec<Value<'a>>, wait: Option<f64>, span: Span) -> Value<'a> {
        match (&*ident.sym, args.first()) {
            ("require", request) => self.required(request),
            ("App", Some(Value::Object(object))) => {
                self.app = Some(*object);
                self.given.push((Given::App, *object));
                Value::Unknown
            }
            ("Page", Some(Value::Object(object))) => {
                self.given.push((Given::Page, *object));
                Value::Unknown
            }
            ("Component", Some(Value::Object(object))) => {
                self.given.push((Given::Component, *object));
                Value::Unknown
            }
            ("getApp", _) => self.app.map_or(Value::Unknown, Value::Object),
            ("setTimeout" | "setInterval", Some(callback)) => {
                let callback = callback.clone();
                let wait = wait.unwrap_or(0.0);
                self.call_in(&[Frame::Timer(wait)], &callback, &[], span);
                Value::Unknown
            }
            _ => {
                let found = self.name(ident);
                self.invoke(found, &args, Value::Unknown, span)
            }
        }
    }

    fn method_call(&mut self, member: &'a MemberExpr, args: &'a [ExprOrSpread], span: Span) -> Value<'a> {
        let object = self.eval(&member.obj);
        let Some(name) = member_name(member) else {
            let values = self.arguments(args);
            return self.hand_over(&values, span);
        };
        self.look_at_undeclared(member, &object, &name);
        let values = self.arguments(args);
        self.place = span;
        if let Some(value) = self.of_any_function(&object, &name, &values, span) {
            return value;
        }
        match &object {
            Value::Promise(id) if matches!(&*name, "then" | "catch" | "finally") => {
                self.then(*id, &name, &values, span)
            }
            Value::Manager => self.manager_call(&name, &values, member.span),
            Value::Unknown if AT_ONCE.contains(&&*name) => self.at_once(&values, span),
            Value::Unknown if &*name == "then" => {
                self.hand_over(&values, span);
                Value::Unknown
            }
            Value::Unknown if is_console(&member.obj) => Value::Unknown,
            Value::Unknown if &*name == "clearStorageSync" => self.api(&name, &values, member.span),
            Value::Unknown if is_named(&member.obj, "Object") && &*name == "assign" => self.merged(&values),
            Value::Unknown if is_named(&member.obj, "Promise") => self.promise_made(&name, &values),
            _ => {
                let function = self.read(&object, &name, Some(member.span));
                self.invoke(function, &values, object, member.span)
            }
        }
    }

    /// What every function has: `bind`, `call`, `apply`.
    fn of_any_function(&mut self, object: &Value<'a>, name: &str, args: &[Value<'a>], span: Span) -> Option<Value<'a>> {
        if !matches!(
            object,
            Value::Function(_) | Value::Method(_) | Value::Api(_) | Value::Resolver(_)
        ) {
            return None;
        }
        let this = args.first().cloned().unwrap_or_default();
        match (name, object) {
            ("bind", Value::Function(closure)) if !matches!(closure.code, Code::Arrow(_)) => {
                let bound = Closure {
                    bound: Some(this),
                    ..(**closure).clone()
                };
                Some(Value::Function(Rc::new(bound)))
            }
            ("bind", other) => Some(other.clone()),
            ("call", other) => Some(self.invoke(other.clone(), args.get(1..).unwrap_or_default(), this, span)),
            ("apply", other) => Some(self.invoke(other.clone(), &[], this, span)),
            _ => None,
        }
    }

    /// Calls what is known of a function.
    pub(super) fn invoke(&mut self, function: Value<'a>, args: &[Value<'a>], this: Value<'a>, span: Span) -> Value<'a> {
        match function {
            Value::Function(closure) => self.call(&closure, args, this),
            Value::Api(name) => self.api(&name, args, span),
            Value::Method(name) => self.manager_call(&name, args, span),
            Value::Resolver(id) => {
                self.settle(id, args.first().cloned().unwrap_or_default());
                Value::Unknown
            }
            _ => self.hand_over(args, span),
        }
    }

    /// A call of something that is not known: it may call what it gets, some time.
    fn hand_over(&mut self, args: &[Value<'a>], span: Span) -> Value<'a> {
        let mut result = Value::Unknown;
        for arg in args {
            match arg {
                Value::Function(_) | Value::Resolver(_) | Value::Method(_) => {
                    self.call_in(&[Frame::Unknown], arg, &[], span);
                }
                // `promisify(wx.showModal)`
                Value::Api(_) => result = arg.clone(),
                Value::Object(object) => self.hand_over_object(*object, span),
                _ => {}
            }
        }
        result
    }

    fn hand_over_object(&mut self, object: usize, span: Span) {
        if self.objects[object].order.iter().any(|name| LIFE.contains(&&**name)) {
            if !self.given.iter().any(|(_, known)| *known == object) {
                self.given.push((Given::Like, object));
            }
            return;
        }
        for name in ["success", "fail", "complete", "callback"] {
            let callback = self.property(object, name);
            if matches!(callback, Value::Function(_) | Value::Resolver(_)) {
                self.call_in(&[Frame::Unknown], &callback, &[], span);
            }
        }
    }

    fn at_once(&mut self, args: &[Value<'a>], span: Span) -> Value<'a> {
        let this = args.get(1).cloned().unwrap_or_default();
        if let Some(callback) = args.first() {
            self.invoke(callback.clone(), &[], this, span);
        }
        Value::Unknown
    }

    fn merged(&mut self, args: &[Value<'a>]) -> Value<'a> {
        let Some(Value::Object(first)) = args.first() else {
            return args
                .iter()
                .rfind(|arg| matches!(arg, Value::Object(_)))
                .cloned()
                .unwrap_or_default();
        };
        for arg in &args[1..] {
            if let Value::Object(other) = arg {
                self.copy(*other, *first);
            }
        }
        Value::Object(*first)
    }

    fn promise_made(&mut self, name: &str, args: &[Value<'a>]) -> Value<'a> {
        match (name, args.first()) {
            ("resolve", Some(Value::Promise(id))) => Value::Promise(*id),
            ("resolve", value) => {
                let value = value.cloned().unwrap_or_default();
                self.fulfilled(value, Vec::new())
            }
            ("all" | "race" | "any" | "allSettled", _) => self.fulfilled(Value::Unknown, vec![Frame::Unknown]),
            _ => Value::Unknown,
        }
    }

    /// `promise.then(yes, no)`; what comes of it is a promise of what the callback returns.
    fn then(&mut self, id: usize, name: &str, args: &[Value<'a>], span: Span) -> Value<'a> {
        let (value, mut frames) = self.outcome(id);
        frames.push(Frame::Await);
        let mut result = Value::Unknown;
        match (name, args) {
            ("then", [first, rest @ ..]) => {
                result = self.call_in(&frames, first, &[value], span);
                rest.iter()
                    .for_each(|no| drop(self.call_in(&[Frame::Unknown], no, &[], span)));
            }
            (_, [first, ..]) => {
                self.call_in(&[Frame::Unknown], first, &[], span);
                return Value::Promise(id);
            }
            _ => {}
        }
        if let Value::Promise(inner) = result {
            let (value, more) = self.outcome(inner);
            frames.extend(more);
            return self.fulfilled(value, frames);
        }
        self.fulfilled(result, frames)
    }

    pub(super) fn new_expression(&mut self, new: &'a NewExpr) -> Value<'a> {
        let callee = self.eval(&new.callee);
        let args = self.arguments(new.args.as_deref().unwrap_or_default());
        match callee {
            Value::Class(class) => self.instance(&class, &args),
            Value::Unknown if is_named(&new.callee, "Promise") => {
                let id = self.promise();
                if let Some(executor) = args.first() {
                    let executor = executor.clone();
                    self.invoke(executor, &[Value::Resolver(id)], Value::Unknown, new.span);
                }
                Value::Promise(id)
            }
            Value::Function(closure) => {
                let object = self.object();
                self.call(&closure, &args, Value::Object(object));
                Value::Object(object)
            }
            _ => self.hand_over(&args, new.span),
        }
    }

    /// A new object of a class: its fields, its methods, and what its constructor does.
    pub(super) fn instance(&mut self, class: &Rc<ClassValue<'a>>, args: &[Value<'a>]) -> Value<'a> {
        let object = self.object();
        self.fill(object, class, args);
        Value::Object(object)
    }

    fn fill(&mut self, object: usize, class: &Rc<ClassValue<'a>>, args: &[Value<'a>]) {
        self.made.insert((class.script, class.class.span.lo));
        if let Some(parent) = &class.parent {
            let parent = parent.clone();
            self.fill(object, &parent, args);
        }
        let script = std::mem::replace(&mut self.script, class.script);
        let this = std::mem::replace(&mut self.this, Value::Object(object));
        let mut constructor = None;
        for member in &class.class.body {
            match member {
                ClassMember::Method(method) if !method.is_static => {
                    let name = key_name(&method.key);
                    let closure = self.closure(Code::Function(&method.function), name.clone());
                    self.set_named(object, name, closure);
                }
                ClassMember::ClassProp(prop) if !prop.is_static => {
                    let name = key_name(&prop.key);
                    let value = prop.value.as_ref().map(|value| self.eval_named(value, name.clone()));
                    self.set_named(object, name, value.unwrap_or_default());
                }
                ClassMember::Constructor(found) => constructor = Some(found),
                _ => {}
            }
        }
        if let Some(constructor) = constructor
            && let Value::Function(closure) = self.closure(Code::Constructor(constructor), None)
        {
            self.call(&closure, args, Value::Object(object));
        }
        (self.script, self.this) = (script, this);
    }

    fn set_named(&mut self, object: usize, name: Option<Atom>, value: Value<'a>) {
        if let Some(name) = name {
            self.set(object, name, value);
        }
    }

    fn required(&mut self, request: Option<&Value<'a>>) -> Value<'a> {
        let Some(Value::Text(request)) = request else {
            return Value::Unknown;
        };
        match self.script_of(request) {
            Some(script) => self.exports_of(script),
            None => Value::Unknown,
        }
    }
}

fn number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Lit(Lit::Num(number)) => Some(number.value),
        _ => None,
    }
}

fn is_named(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Ident(ident) if &*ident.sym == name)
}

fn is_console(expr: &Expr) -> bool {
    is_named(expr, "console")
}
