//! What is known of a value while the app's code is followed, and what must hold at a place in it.

use std::collections::HashMap;
use std::rc::Rc;
use swc_core::atoms::Atom;
use swc_core::common::{BytePos, Span};
use swc_core::ecma::ast::{ArrowExpr, Class, Constructor, Function};

/// What is known of a value. Most of an app's values are unknown, and nothing is concluded from those.
#[derive(Debug, Clone, Default)]
pub(super) enum Value<'a> {
    #[default]
    Unknown,
    Text(Atom),
    Bool(bool),
    /// `wx`, or what a framework puts in its place.
    Wx,
    /// A function of `wx`.
    Api(Atom),
    /// What `wx.getUpdateManager()` returns.
    Manager,
    /// A member of it.
    Method(Atom),
    Function(Rc<Closure<'a>>),
    Object(ObjectId),
    Class(Rc<ClassValue<'a>>),
    /// The `module` of a script.
    Module(usize),
    /// A name that a script imports from another one.
    Imported(usize, Atom),
    Promise(PromiseId),
    /// The function that fulfils a promise.
    Resolver(PromiseId),
    /// What a listener of the manager or the callback of a modal gets.
    Result(Source),
    /// What is read of it, or a test of what the base library has.
    Flag(Flag),
    /// What a function of `wx` returns that got callbacks: nothing.
    Nothing(Atom),
    /// `this` in a function that is called without one, where the method around it has this one.
    Lost(ObjectId),
}

pub(super) type ObjectId = usize;
pub(super) type PromiseId = usize;
pub(super) type ModalId = usize;

/// The three events of the manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Check,
    Ready,
    Failed,
}

impl Event {
    /// The event that a method of the manager listens to.
    pub(super) fn of(method: &str) -> Option<Self> {
        match method {
            "onCheckForUpdate" => Some(Self::Check),
            "onUpdateReady" => Some(Self::Ready),
            "onUpdateFailed" => Some(Self::Failed),
            _ => None,
        }
    }

    /// The method that listens to it.
    pub(super) fn method(self) -> &'static str {
        match self {
            Self::Check => "onCheckForUpdate",
            Self::Ready => "onUpdateReady",
            Self::Failed => "onUpdateFailed",
        }
    }
}

/// Where a result comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Event(Event),
    Modal(ModalId),
}

/// A boolean with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    HasUpdate,
    Confirm(ModalId),
    Cancel(ModalId),
    /// Whether the base library has the update manager.
    HasManager,
    /// Whether it has something else.
    Guard,
}

/// A function's code.
#[derive(Debug, Clone, Copy)]
pub(super) enum Code<'a> {
    Function(&'a Function),
    Arrow(&'a ArrowExpr),
    Constructor(&'a Constructor),
}

impl Code<'_> {
    pub(super) fn span(self) -> Span {
        match self {
            Self::Function(function) => function.span,
            Self::Arrow(arrow) => arrow.span,
            Self::Constructor(constructor) => constructor.span,
        }
    }

    pub(super) fn is_async(self) -> bool {
        match self {
            Self::Function(function) => function.is_async,
            Self::Arrow(arrow) => arrow.is_async,
            Self::Constructor(_) => false,
        }
    }
}

/// A function with what it has taken from around it.
#[derive(Debug, Clone)]
pub(super) struct Closure<'a> {
    pub(super) script: usize,
    pub(super) code: Code<'a>,
    /// The name that it is known by.
    pub(super) name: Option<Atom>,
    /// `this`, where it is bound to one.
    pub(super) bound: Option<Value<'a>>,
    /// `this` of the code around it.
    pub(super) outer: Value<'a>,
}

impl Closure<'_> {
    /// Tells one function from another.
    pub(super) fn key(&self) -> (usize, BytePos) {
        (self.script, self.code.span().lo)
    }
}

/// A class.
#[derive(Debug)]
pub(super) struct ClassValue<'a> {
    pub(super) script: usize,
    pub(super) class: &'a Class,
    /// Its static members.
    pub(super) statics: ObjectId,
    pub(super) parent: Option<Rc<ClassValue<'a>>>,
}

/// An object's properties.
#[derive(Debug, Default)]
pub(super) struct Object<'a> {
    pub(super) props: HashMap<Atom, Value<'a>>,
    /// In the order in which they came.
    pub(super) order: Vec<Atom>,
    /// Its functions have it as `this` however they are called: App and Page see to that.
    pub(super) binds: bool,
}

impl Object<'_> {
    /// Whether it has a property of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.order.iter().any(|known| &**known == name)
    }
}

/// A promise: what it was fulfilled with, and under which circumstances.
#[derive(Debug, Default)]
pub(super) struct Promise<'a> {
    /// How many frames there were when it was made.
    pub(super) depth: usize,
    pub(super) outcomes: Outcomes<'a>,
}

/// Values, each with what holds where it comes from.
pub(super) type Outcomes<'a> = Vec<(Value<'a>, Vec<Frame>)>;

/// What lies between an entry point and a place in the code.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Frame {
    /// In a listener of the manager.
    Listener(Event),
    /// Behind a person's answer to a modal.
    Answer(ModalId),
    /// Behind a person's answer to something else.
    Person,
    /// In a callback of another function of `wx`, or behind its promise.
    Api(Atom, Outcome),
    /// In a timer that runs after so many milliseconds.
    Timer(f64),
    /// Called by code that is not known.
    Unknown,
    /// Behind an `await`.
    Await,
    /// Under a condition.
    If(Fact),
}

/// Which callback of a function of `wx` is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Success,
    Fail,
    Complete,
}

/// What a condition says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    HasUpdate(bool),
    /// The person has confirmed a modal, or has not.
    Confirm(ModalId, bool),
    /// The base library has the update manager, or has not.
    HasManager(bool),
    /// It has something else, or has not.
    Guard,
    /// The update may not be put off.
    Forced,
    Other,
}

/// Where the platform enters the app's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// A script as it is loaded.
    Module,
    Launch,
    /// `onShow` of the app.
    Show,
    /// `onLoad`, `onReady` and their like of a page or component.
    Page,
    /// `onShow` of a page.
    PageShow,
    /// Another function that the app gives to the platform: `onHide`, `onError`, what a tap calls.
    Handler(Atom),
    /// The same of a page or component.
    PageHandler(Atom),
    /// Nobody knows who calls it.
    Unknown,
}

/// Something that the app does about updates.
#[derive(Debug, Clone)]
pub(super) struct Op {
    pub(super) kind: OpKind,
    pub(super) script: usize,
    pub(super) span: Span,
    pub(super) entry: Entry,
    pub(super) frames: Vec<Frame>,
    /// The innermost function around it.
    pub(super) within: Option<(usize, BytePos)>,
}

/// What it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpKind {
    /// Asks for the manager.
    Get,
    Listen(Event),
    Apply,
    Show(ModalId),
    /// Restarts the app.
    Restart,
    /// Clears the storage.
    Clear,
}

/// A modal that the app shows.
#[derive(Debug, Clone)]
pub(super) struct Modal {
    pub(super) script: usize,
    pub(super) span: Span,
    /// Whether it has a button to cancel; `None` where that cannot be told.
    pub(super) can_cancel: Option<bool>,
}
