//! Expressions: what is known of their values.

use super::value::{ClassValue, Code, Event, Fact, Flag, Source, Value};
use super::walk::Walk;
use crate::check::written::{key_name, member_name};
use std::rc::Rc;
use swc_core::atoms::Atom;
use swc_core::common::{Span, Spanned};
use swc_core::ecma::ast::{
    AssignExpr, AssignTarget, AssignTargetPat, BinExpr, BinaryOp, Class, ClassMember, Expr, Ident, Lit, MemberExpr,
    ObjectLit, OptChainBase, Prop, PropOrSpread, SimpleAssignTarget, UnaryOp,
};

/// What stands for `wx` where frameworks are not compiled away.
const PLATFORMS: [&str; 5] = ["wx", "uni", "Taro", "tt", "swan"];

impl<'a> Walk<'a> {
    /// The value of an expression, and all that it does.
    pub(super) fn eval(&mut self, expr: &'a Expr) -> Value<'a> {
        self.eval_named(expr, None)
    }

    /// As [`Walk::eval`]; a function is known by `name` from now on.
    pub(super) fn eval_named(&mut self, expr: &'a Expr, name: Option<Atom>) -> Value<'a> {
        if !self.step() {
            return Value::Unknown;
        }
        match expr {
            Expr::Ident(ident) => self.name(ident),
            Expr::This(_) => self.this.clone(),
            Expr::Lit(Lit::Bool(literal)) => Value::Bool(literal.value),
            Expr::Lit(Lit::Str(text)) => text
                .value
                .as_str()
                .map_or(Value::Unknown, |text| Value::Text(text.into())),
            Expr::Fn(function) => {
                let own = function.ident.as_ref().map(|ident| ident.sym.clone());
                let value = self.closure(Code::Function(&function.function), own.or(name));
                if let Some(ident) = &function.ident {
                    self.bind(ident.to_id(), value.clone());
                }
                value
            }
            Expr::Arrow(arrow) => self.closure(Code::Arrow(arrow), name),
            Expr::Class(class) => self.class(&class.class),
            Expr::Object(object) => self.object_literal(object),
            Expr::Member(member) => self.member(member),
            Expr::Call(call) => self.call_expression(call),
            Expr::New(new) => self.new_expression(new),
            Expr::Assign(assign) => self.assignment(assign),
            Expr::Await(wait) => {
                let value = self.eval(&wait.arg);
                self.awaited(value)
            }
            Expr::Yield(wait) => {
                // Compiled async functions are generators.
                let value = wait.arg.as_ref().map(|arg| self.eval(arg)).unwrap_or_default();
                self.awaited(value)
            }
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => self.member(member),
                OptChainBase::Call(call) => self.optional_call(call),
            },
            _ => self.compound(expr),
        }
    }

    /// Expressions that are made of others.
    fn compound(&mut self, expr: &'a Expr) -> Value<'a> {
        match expr {
            Expr::Paren(inner) => self.eval(&inner.expr),
            Expr::Seq(seq) => seq.exprs.iter().fold(Value::Unknown, |_, expr| self.eval(expr)),
            Expr::Cond(choice) => {
                let (yes, no) = self.test(&choice.test);
                let first = self.eval_under(&yes, &choice.cons);
                let second = self.eval_under(&no, &choice.alt);
                prefer(first, second)
            }
            Expr::Bin(pair) => self.binary(pair),
            Expr::Unary(unary) => {
                let value = self.eval(&unary.arg);
                match (unary.op, value) {
                    (UnaryOp::Bang, Value::Bool(known)) => Value::Bool(!known),
                    (UnaryOp::TypeOf, Value::Api(name)) if &*name == "getUpdateManager" => {
                        Value::Flag(Flag::HasManager)
                    }
                    (UnaryOp::TypeOf, Value::Api(_) | Value::Wx | Value::Manager) => Value::Flag(Flag::Guard),
                    _ => Value::Unknown,
                }
            }
            Expr::Array(array) => {
                for element in array.elems.iter().flatten() {
                    self.eval(&element.expr);
                }
                Value::Unknown
            }
            Expr::Tpl(template) => {
                template.exprs.iter().for_each(|expr| drop(self.eval(expr)));
                Value::Unknown
            }
            Expr::TaggedTpl(template) => {
                template.tpl.exprs.iter().for_each(|expr| drop(self.eval(expr)));
                Value::Unknown
            }
            Expr::TsAs(typed) => self.eval(&typed.expr),
            Expr::TsNonNull(typed) => self.eval(&typed.expr),
            Expr::Update(_) | Expr::SuperProp(_) => Value::Unknown,
            _ => Value::Unknown,
        }
    }

    pub(super) fn eval_under(&mut self, facts: &[Fact], expr: &'a Expr) -> Value<'a> {
        let depth = self.frames.len();
        self.under(facts);
        let value = self.eval(expr);
        self.frames.truncate(depth);
        value
    }

    fn binary(&mut self, pair: &'a BinExpr) -> Value<'a> {
        match pair.op {
            BinaryOp::LogicalAnd => {
                let (yes, _) = self.test(&pair.left);
                let left = self.quiet(&pair.left);
                let right = self.eval_under(&yes, &pair.right);
                prefer(right, left)
            }
            BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => {
                let (_, no) = self.test(&pair.left);
                let left = self.quiet(&pair.left);
                let right = self.eval_under(&no, &pair.right);
                prefer(left, right)
            }
            _ => {
                self.eval(&pair.left);
                self.eval(&pair.right);
                Value::Unknown
            }
        }
    }

    /// The value of what has been gone through already, where a look is enough.
    fn quiet(&mut self, expr: &'a Expr) -> Value<'a> {
        match expr {
            Expr::Ident(_) | Expr::Member(_) | Expr::This(_) => self.eval(expr),
            Expr::Paren(inner) => self.quiet(&inner.expr),
            _ => Value::Unknown,
        }
    }

    pub(super) fn name(&mut self, ident: &'a Ident) -> Value<'a> {
        if ident.ctxt == self.current().tree.unresolved {
            match &*ident.sym {
                "module" => return Value::Module(self.script),
                "exports" => return self.exports_of(self.script),
                name if PLATFORMS.contains(&name) => return Value::Wx,
                _ => {}
            }
        }
        let found = self
            .bindings
            .get(&(self.script, ident.to_id()))
            .cloned()
            .unwrap_or_default();
        self.resolved(found)
    }

    /// What another script exports under this name; `*` is all of it.
    fn imported(&mut self, script: usize, name: &str) -> Value<'a> {
        let exports = self.exports_of(script);
        let Value::Object(object) = exports else {
            return if matches!(name, "*" | "default") {
                exports
            } else {
                self.read(&exports, &name.into(), None)
            };
        };
        match name {
            "*" => exports,
            "default" if !self.objects[object].has("default") => exports,
            name => {
                let found = self.property(object, name);
                self.resolved(found)
            }
        }
    }

    /// What a name that comes from another script stands for.
    fn resolved(&mut self, value: Value<'a>) -> Value<'a> {
        match value {
            Value::Imported(script, name) if self.step() => self.imported(script, &name),
            value => value,
        }
    }

    fn member(&mut self, member: &'a MemberExpr) -> Value<'a> {
        let object = self.eval(&member.obj);
        match member_name(member) {
            Some(name) => {
                self.look_at_undeclared(member, &object, &name);
                self.read(&object, &name, Some(member.prop.span()))
            }
            None => Value::Unknown,
        }
    }

    /// The property of a value. With a place, reading what cannot be there is a finding.
    pub(super) fn read(&mut self, object: &Value<'a>, name: &Atom, place: Option<Span>) -> Value<'a> {
        match object {
            Value::Wx if &**name == "cloud" => Value::Unknown,
            Value::Wx => Value::Api(name.clone()),
            Value::Manager => Value::Method(name.clone()),
            Value::Object(object) => {
                let found = self.property(*object, name);
                self.resolved(found)
            }
            Value::Class(class) => self.property(class.statics, name),
            Value::Module(script) if &**name == "exports" => self.exports_of(*script),
            Value::Result(source) => self.field(*source, name, place),
            Value::Lost(object) => {
                let found = self.property(*object, name);
                if let (Some(place), Value::Function(_) | Value::Manager) = (place, &found) {
                    let message = format!("this.{name} is not there: this function is called without a this");
                    let problem = self.current().error("update-this-lost", place, message);
                    let help = "make the callback an arrow function, or keep this in a variable outside of it";
                    self.problems.push(problem.help(help));
                }
                found
            }
            Value::Nothing(api) => {
                if let Some(place) = place {
                    let message = format!("wx.{api} got callbacks and so returned no promise: there is no {name}");
                    let problem = self.current().error("promise-with-callbacks", place, message);
                    self.problems
                        .push(problem.help("leave success, fail and complete out, or read the result in them"));
                }
                Value::Unknown
            }
            // Frameworks put an object of their own before the platform's.
            Value::Unknown if matches!(&**name, "getUpdateManager" | "showModal") => Value::Api(name.clone()),
            _ => Value::Unknown,
        }
    }

    /// A field of what a listener or the callback of a modal gets.
    fn field(&mut self, source: Source, name: &Atom, place: Option<Span>) -> Value<'a> {
        match (source, &**name) {
            (Source::Event(Event::Check), "hasUpdate") => return Value::Flag(Flag::HasUpdate),
            (Source::Modal(modal), "confirm") => return Value::Flag(Flag::Confirm(modal)),
            (Source::Modal(modal), "cancel") => return Value::Flag(Flag::Cancel(modal)),
            (Source::Modal(_), "content") | (_, "errMsg" | "errno" | "errCode") => return Value::Unknown,
            (Source::Event(_), "version") => return Value::Unknown,
            // Arrays of frameworks, and what every object has.
            (_, "length" | "toString" | "then" | "hasOwnProperty") => return Value::Unknown,
            _ => {}
        }
        if let Some(place) = place {
            let (what, has) = match source {
                Source::Event(Event::Check) => ("onCheckForUpdate", "hasUpdate"),
                Source::Event(event) => (event.method(), "no field that says anything"),
                Source::Modal(_) => ("showModal", "confirm and cancel"),
            };
            let message = format!("the result of {what} has no {name:?}");
            let problem = self.current().error("update-result-field", place, message);
            let help = match (source, &**name) {
                (Source::Event(_), "confirm" | "cancel") => {
                    "that is in the result of showModal: is another variable of the same name meant?".to_owned()
                }
                _ => format!("it has {has}; what is read here is always undefined"),
            };
            self.problems.push(problem.help(help));
        }
        Value::Unknown
    }

    /// `updateManager.applyUpdate()` where no variable of that name exists.
    pub(super) fn look_at_undeclared(&mut self, member: &'a MemberExpr, object: &Value<'a>, name: &Atom) {
        let Expr::Ident(ident) = &*member.obj else { return };
        let is_method = Event::of(name).is_some() || &**name == "applyUpdate";
        let global = ident.ctxt == self.current().tree.unresolved;
        if !is_method
            || !global
            || !matches!(object, Value::Unknown)
            || self
                .scripts
                .iter()
                .any(|script| script.facts.globals.contains(&ident.sym))
        {
            return;
        }
        let message = format!("{} is not declared here", ident.sym);
        let problem = self.current().error("update-undeclared", ident.span, message);
        let help = "the line throws a ReferenceError when it is reached; keep the manager in a variable that both see";
        self.problems.push(problem.help(help));
    }

    fn object_literal(&mut self, literal: &'a ObjectLit) -> Value<'a> {
        let object = self.object();
        for prop in &literal.props {
            match prop {
                PropOrSpread::Spread(spread) => {
                    if let Value::Object(other) = self.eval(&spread.expr) {
                        self.copy(other, object);
                    }
                }
                PropOrSpread::Prop(prop) => self.literal_property(object, prop),
            }
        }
        Value::Object(object)
    }

    pub(super) fn copy(&mut self, from: usize, to: usize) {
        for name in self.objects[from].order.clone() {
            let value = self.property(from, &name);
            self.set(to, name, value);
        }
    }

    fn literal_property(&mut self, object: usize, prop: &'a Prop) {
        match prop {
            Prop::Shorthand(ident) => {
                let value = self.name(ident);
                self.set(object, ident.sym.clone(), value);
            }
            Prop::KeyValue(pair) => {
                let name = key_name(&pair.key);
                let value = self.eval_named(&pair.value, name.clone());
                if let Some(name) = name {
                    self.set(object, name, value);
                }
            }
            Prop::Method(method) => {
                let name = key_name(&method.key);
                let value = self.closure(Code::Function(&method.function), name.clone());
                if let Some(name) = name {
                    self.set(object, name, value);
                }
            }
            Prop::Getter(getter) => {
                if let Some(name) = key_name(&getter.key) {
                    self.set(object, name, Value::Unknown);
                }
            }
            _ => {}
        }
    }

    pub(super) fn class(&mut self, class: &'a Class) -> Value<'a> {
        let parent = match class.super_class.as_ref().map(|parent| self.eval(parent)) {
            Some(Value::Class(parent)) => Some(parent),
            _ => None,
        };
        let statics = self.object();
        let value = Rc::new(ClassValue {
            script: self.script,
            class,
            statics,
            parent,
        });
        for member in &class.body {
            match member {
                ClassMember::Method(method) if method.is_static => {
                    let name = key_name(&method.key);
                    let closure = self.closure(Code::Function(&method.function), name.clone());
                    if let Some(name) = name {
                        self.set(statics, name, closure);
                    }
                }
                ClassMember::ClassProp(prop) if prop.is_static => {
                    if let (Some(name), Some(init)) = (key_name(&prop.key), &prop.value) {
                        let init = self.eval(init);
                        self.set(statics, name, init);
                    }
                }
                _ => {}
            }
        }
        self.objects[statics].binds = true;
        self.classes.push(value.clone());
        Value::Class(value)
    }

    fn assignment(&mut self, assign: &'a AssignExpr) -> Value<'a> {
        let name = match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(ident)) => Some(ident.id.sym.clone()),
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => member_name(member),
            _ => None,
        };
        let value = self.eval_named(&assign.right, name);
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(ident)) => {
                self.bind(ident.id.to_id(), value.clone());
            }
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => self.assign_member(member, value.clone()),
            AssignTarget::Simple(SimpleAssignTarget::Paren(inner)) => self.assign_to(&inner.expr, value.clone()),
            AssignTarget::Pat(AssignTargetPat::Object(object)) => self.assign_properties(&object.props, &value),
            _ => {}
        }
        value
    }

    pub(super) fn assign_member(&mut self, member: &'a MemberExpr, value: Value<'a>) {
        let object = self.eval(&member.obj);
        let Some(name) = member_name(member) else { return };
        match object {
            Value::Object(object) | Value::Lost(object) => self.set(object, name, value),
            Value::Class(class) => self.set(class.statics, name, value),
            Value::Module(script) if &*name == "exports" => {
                self.exports.insert(script, value);
            }
            Value::Manager => {
                let message = format!("{name} is a function that takes a listener; this replaces it");
                let problem = self.current().error("update-listener-assigned", member.span, message);
                self.problems
                    .push(problem.help(format!("call it: manager.{name}(listener)")));
            }
            _ => {}
        }
    }
}

/// The value of which more is known.
fn prefer<'a>(first: Value<'a>, second: Value<'a>) -> Value<'a> {
    match first {
        Value::Unknown | Value::Bool(_) => match second {
            Value::Unknown => first,
            second => second,
        },
        first => first,
    }
}
