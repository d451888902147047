//! Follows the app's code from where the platform enters it, and notes what it does about updates.
//!
//! It is no interpreter: it goes through both branches of each condition, once through each loop, and into those
//! functions that it knows. What it does not know is unknown, and no finding rests on that.

use super::value::{
    ClassValue, Closure, Code, Entry, Fact, Frame, Modal, ModalId, Object, ObjectId, Op, OpKind, Outcomes, Promise,
    PromiseId, Value,
};
use crate::check::script::Script;
use crate::engine::Resolver;
use crate::package::Problem;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use swc_core::atoms::Atom;
use swc_core::common::{BytePos, Span};
use swc_core::ecma::ast::Id;

/// Expressions that are looked at before it gives up: a bundle with many ways through it must not take for ever.
const BUDGET: usize = 3_000_000;
/// Calls within calls.
const DEEPEST: usize = 40;

/// The walk, and what it has found.
pub(super) struct Walk<'a> {
    pub(super) scripts: &'a [Script],
    pub(super) resolver: &'a Resolver,
    /// The scripts that are gone through; what others do is unknown.
    pub(super) relevant: HashSet<usize>,
    pub(super) objects: Vec<Object<'a>>,
    pub(super) promises: Vec<Promise<'a>>,
    pub(super) bindings: HashMap<(usize, Id), Value<'a>>,
    pub(super) exports: HashMap<usize, Value<'a>>,
    /// Functions that have been gone through.
    pub(super) seen: HashSet<(usize, BytePos)>,
    /// Those that do nothing about updates.
    dull: HashSet<(usize, BytePos)>,
    calls: Vec<(usize, BytePos)>,
    /// Every function that was come by.
    pub(super) closures: Vec<Rc<Closure<'a>>>,
    pub(super) classes: Vec<Rc<ClassValue<'a>>>,
    pub(super) made: HashSet<(usize, BytePos)>,
    /// What each function that is being gone through returns, with what holds there.
    pub(super) returns: Vec<(usize, Outcomes<'a>)>,
    pub(super) frames: Vec<Frame>,
    pub(super) entry: Entry,
    pub(super) script: usize,
    pub(super) this: Value<'a>,
    pub(super) app: Option<ObjectId>,
    /// Functions that look whether there is an update manager at all.
    pub(super) asked: HashSet<(usize, Option<(usize, BytePos)>)>,
    /// The call that is being looked at.
    pub(super) place: Span,
    /// What the app gives to the platform, to be entered once its script has run.
    pub(super) given: Vec<(Given, ObjectId)>,
    pub(super) ops: Vec<Op>,
    pub(super) modals: Vec<Modal>,
    pub(super) problems: Vec<Problem>,
    budget: usize,
}

/// What the platform enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    App,
    Page,
    Component,
    /// An object with the functions of an app or a page that went to a function which is not known.
    Like,
}

impl<'a> Walk<'a> {
    /// A walk through these scripts.
    pub(super) fn new(scripts: &'a [Script], resolver: &'a Resolver, relevant: HashSet<usize>) -> Self {
        Self {
            scripts,
            resolver,
            relevant,
            objects: Vec::new(),
            promises: Vec::new(),
            bindings: HashMap::new(),
            exports: HashMap::new(),
            seen: HashSet::new(),
            dull: HashSet::new(),
            calls: Vec::new(),
            closures: Vec::new(),
            classes: Vec::new(),
            made: HashSet::new(),
            returns: Vec::new(),
            frames: Vec::new(),
            entry: Entry::Module,
            script: 0,
            this: Value::Unknown,
            app: None,
            asked: HashSet::new(),
            place: Span::default(),
            given: Vec::new(),
            ops: Vec::new(),
            modals: Vec::new(),
            problems: Vec::new(),
            budget: BUDGET,
        }
    }

    /// One step more; no more of them when the budget is used up.
    pub(super) fn step(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    /// The function that is being gone through.
    pub(super) fn within(&self) -> Option<(usize, BytePos)> {
        self.calls.last().copied()
    }

    pub(super) fn current(&self) -> &'a Script {
        &self.scripts[self.script]
    }

    /// Notes what the app does.
    pub(super) fn op(&mut self, kind: OpKind, span: Span) {
        let op = Op {
            kind,
            script: self.script,
            span,
            entry: self.entry.clone(),
            frames: self.frames.clone(),
            within: self.within(),
        };
        // The same place under the same circumstances says nothing new.
        let known = |other: &Op| {
            (other.kind, other.script, other.span, &other.entry) == (op.kind, op.script, op.span, &op.entry)
                && other.frames == op.frames
        };
        if !self.ops.iter().any(known) {
            self.ops.push(op);
        }
    }

    /// Notes a modal, once for each place.
    pub(super) fn modal(&mut self, span: Span, can_cancel: Option<bool>) -> ModalId {
        let (script, same) = (self.script, |modal: &Modal| modal.span == span);
        let known = self
            .modals
            .iter()
            .position(|modal| modal.script == script && same(modal));
        known.unwrap_or_else(|| {
            self.modals.push(Modal {
                script,
                span,
                can_cancel,
            });
            self.modals.len() - 1
        })
    }

    pub(super) fn object(&mut self) -> ObjectId {
        self.objects.push(Object::default());
        self.objects.len() - 1
    }

    /// Sets a property; what is known stays known when something unknown comes over it.
    pub(super) fn set(&mut self, object: ObjectId, name: Atom, value: Value<'a>) {
        let object = &mut self.objects[object];
        match object.props.get_mut(&name) {
            Some(old) => {
                if !matches!(value, Value::Unknown | Value::Bool(_) | Value::Text(_)) || matches!(old, Value::Unknown) {
                    *old = value;
                }
            }
            None => {
                object.order.push(name.clone());
                object.props.insert(name, value);
            }
        }
    }

    pub(super) fn property(&self, object: ObjectId, name: &str) -> Value<'a> {
        let found = self.objects[object]
            .props
            .get(&Atom::from(name))
            .cloned()
            .unwrap_or_default();
        match found {
            Value::Function(function) if self.objects[object].binds && function.bound.is_none() => {
                let bound = Some(Value::Object(object));
                Value::Function(Rc::new(Closure {
                    bound,
                    ..(*function).clone()
                }))
            }
            found => found,
        }
    }

    /// Gives a name a value; what is known stays known when something unknown comes over it.
    pub(super) fn bind(&mut self, id: Id, value: Value<'a>) {
        let key = (self.script, id);
        if matches!(value, Value::Unknown) && self.bindings.contains_key(&key) {
            return;
        }
        self.bindings.insert(key, value);
    }

    pub(super) fn promise(&mut self) -> PromiseId {
        self.promises.push(Promise {
            depth: self.frames.len(),
            outcomes: Vec::new(),
        });
        self.promises.len() - 1
    }

    /// A promise that is fulfilled with this value, under these circumstances.
    pub(super) fn fulfilled(&mut self, value: Value<'a>, frames: Vec<Frame>) -> Value<'a> {
        let id = self.promise();
        self.promises[id].outcomes.push((value, frames));
        Value::Promise(id)
    }

    pub(super) fn settle(&mut self, id: PromiseId, value: Value<'a>) {
        let since = self.promises[id].depth.min(self.frames.len());
        let frames = self.frames[since..].to_vec();
        self.promises[id].outcomes.push((value, frames));
    }

    /// What comes out of a promise. With several outcomes, what they have in common.
    pub(super) fn outcome(&self, id: PromiseId) -> (Value<'a>, Vec<Frame>) {
        joined(&self.promises[id].outcomes)
    }

    /// A function as a value.
    pub(super) fn closure(&mut self, code: Code<'a>, name: Option<Atom>) -> Value<'a> {
        let bound = matches!(code, Code::Arrow(_)).then(|| self.this.clone());
        let closure = Rc::new(Closure {
            script: self.script,
            code,
            name,
            bound,
            outer: self.this.clone(),
        });
        self.closures.push(closure.clone());
        Value::Function(closure)
    }

    /// Goes through a function with these arguments.
    pub(super) fn call(&mut self, closure: &Rc<Closure<'a>>, args: &[Value<'a>], this: Value<'a>) -> Value<'a> {
        let key = closure.key();
        let plain = |value: &Value<'_>| matches!(value, Value::Unknown | Value::Text(_) | Value::Bool(_));
        if self.calls.contains(&key) {
            self.look_at_circle();
        }
        let is_dull = self.dull.contains(&key) && args.iter().all(plain);
        if is_dull || self.calls.contains(&key) || self.calls.len() >= DEEPEST || !self.step() {
            return Value::Unknown;
        }
        self.seen.insert(key);
        self.calls.push(key);
        let before = (
            self.ops.len(),
            self.problems.len(),
            self.promises.len(),
            self.given.len(),
        );
        let script = std::mem::replace(&mut self.script, closure.script);
        let this = closure.bound.clone().unwrap_or(this);
        let this = std::mem::replace(&mut self.this, this);
        let depth = self.frames.len();
        self.returns.push((depth, Vec::new()));
        self.body(closure.code, args);
        let (_, returned) = self.returns.pop().unwrap_or_default();
        self.frames.truncate(depth);
        (self.script, self.this) = (script, this);
        self.calls.pop();
        let after = (
            self.ops.len(),
            self.problems.len(),
            self.promises.len(),
            self.given.len(),
        );
        let (value, frames) = joined(&returned);
        if before == after && plain(&value) {
            self.dull.insert(key);
        }
        if closure.code.is_async() && !matches!(value, Value::Promise(_)) {
            return self.fulfilled(value, frames);
        }
        value
    }

    /// A function that shows a modal and calls itself when the person says no.
    fn look_at_circle(&mut self) {
        let refused = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::If(Fact::Confirm(_, yes)) => Some(!yes),
            Frame::Answer(_) => Some(false),
            _ => None,
        });
        if refused == Some(true) {
            let message = "whoever says no is asked the same again, without an end";
            let problem = self.current().warning("update-asks-for-ever", self.place, message);
            self.problems
                .push(problem.help("if the update may not be put off, say so with showCancel: false"));
        }
    }

    /// Goes through a function that is called in another turn, or by the platform.
    pub(super) fn call_in(&mut self, frames: &[Frame], value: &Value<'a>, args: &[Value<'a>], span: Span) -> Value<'a> {
        let depth = self.frames.len();
        self.frames.extend(frames.iter().cloned());
        let result = match value {
            Value::Function(closure) => {
                let this = self.lost(closure, frames);
                self.call(closure, args, this)
            }
            other => self.invoke(other.clone(), args, Value::Unknown, span),
        };
        self.frames.truncate(depth);
        result
    }

    /// `this` of a function that the platform calls without one.
    fn lost(&self, closure: &Closure<'a>, frames: &[Frame]) -> Value<'a> {
        let by_platform = matches!(frames.last(), Some(Frame::Listener(_) | Frame::Answer(_)));
        match (&closure.outer, closure.code) {
            (Value::Object(object), Code::Function(_)) if by_platform => Value::Lost(*object),
            _ => Value::Unknown,
        }
    }

    pub(super) fn under(&mut self, facts: &[Fact]) {
        self.frames.extend(facts.iter().map(|fact| Frame::If(*fact)));
    }
}

/// The value that all outcomes have, and what all of them come under.
fn joined<'a>(outcomes: &[(Value<'a>, Vec<Frame>)]) -> (Value<'a>, Vec<Frame>) {
    let mut common: Option<Vec<Frame>> = None;
    let mut known: Vec<&Value<'a>> = Vec::new();
    for (value, frames) in outcomes {
        common = Some(match common {
            None => frames.clone(),
            Some(common) => common
                .into_iter()
                .zip(frames)
                .take_while(|(a, b)| a == *b)
                .map(|(a, _)| a)
                .collect(),
        });
        if !matches!(value, Value::Unknown) {
            known.push(value);
        }
    }
    let value = match known.as_slice() {
        [one] => (*one).clone(),
        // Of several, a function or an object is worth following; a plain value says nothing.
        [first, ..] if !matches!(first, Value::Bool(_) | Value::Text(_)) => (*first).clone(),
        _ => Value::Unknown,
    };
    (value, common.unwrap_or_default())
}
