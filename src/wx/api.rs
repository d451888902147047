//! One row of the `wx` table: what an API is called, how it is called and what runs it.
//!
//! A row is all that an API needs on the host side. The world reads the same
//! row and builds from it the function that the app sees: callbacks, promise,
//! `Sync` twin, parameter checks, `errMsg` and `canIUse`.

use super::{Args, Outcome, Wx};
use futures_util::future::BoxFuture;
use serde::Serialize;

/// One member of the `wx` object (or of an object that `wx` hands out).
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Api {
    /// `"getStorage"`, or `"FileSystemManager.readFile"` for a method of an object.
    pub name: &'static str,
    /// The shapes in which the app may call it.
    pub form: Form,
    /// The option object's properties, in the order in which the `Sync` twin takes them.
    pub params: &'static [Param],
    /// The base library version that introduced it, for `canIUse`.
    pub since: &'static str,
    /// What does the work.
    #[serde(skip)]
    pub run: Run,
    /// Whether it does what it says, plays it, or says no.
    #[serde(skip)]
    pub support: Support,
    /// What a developer should know of it, in a few words; mostly empty.
    #[serde(skip)]
    pub note: &'static str,
}

/// What stands behind a name of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Support {
    /// It does the thing.
    Real,
    /// It answers for a device or a person that the host plays.
    Simulated,
    /// It is there, and fails with the platform's "not supported".
    Refused,
}

/// The shapes in which an API may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "of")]
pub enum Form {
    /// `wx.x({ success, fail, complete })`, or a promise without any of the three.
    Async,
    /// As `Async`, never a promise, never a result that the app waits for; `wx.x()` returns undefined.
    Callback,
    /// As `Async`, plus `wx.xSync(a, b)` with positional arguments. The string
    /// names the field of the result that the twin returns; empty: the whole result.
    AsyncAndSync(&'static str),
    /// `wx.xSync`-like only: positional arguments, the result is returned, an error is thrown.
    /// The string is as in `AsyncAndSync`.
    Sync(&'static str),
    /// Returns a task object at once: `abort()`, and `on`/`off` pairs for these events.
    Task(&'static [&'static str]),
    /// `wx.onX(fn)`, `wx.offX(fn?)` for an event that the host emits under the row's name (`"appShow"` for `onAppShow`).
    Event,
    /// Returns the one object of this name, whose methods are the rows `"<Object>.<method>"`.
    Object(&'static str),
    /// Made by the JS half alone.
    Js,
    /// A global function of the app's, not a member of `wx`.
    Global,
    /// In mini games alone, where a file of the JS half makes it.
    Game,
    /// Returns an object of this name, each of whose methods is refused.
    Factory(&'static str),
    /// Not a function but such an object.
    Property(&'static str),
}

/// One property of an API's option object.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Param {
    /// The property.
    pub name: &'static str,
    /// The type that the platform checks, as `Object.prototype.toString` names it
    /// (`String`, `Number`, ...), alternatives parted by `|`; `*` for no check.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Missing is a parameter error.
    pub required: bool,
    /// JSON text of the value that stands in when the property is absent; empty for none.
    pub default: &'static str,
}

/// What runs an API on the host.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Answers at once.
    Now(fn(&mut Wx, &Args) -> Outcome),
    /// Starts at once, answers later. Whatever the future needs is cloned out of `Wx` first.
    Later(fn(&mut Wx, Args) -> BoxFuture<'static, Outcome>),
    /// The JS half does it; the host is not asked.
    Js,
}

impl Param {
    /// A property that must be there.
    pub const fn required(name: &'static str, kind: &'static str) -> Self {
        Self {
            name,
            kind,
            required: true,
            default: "",
        }
    }

    /// A property that may be absent.
    pub const fn optional(name: &'static str, kind: &'static str) -> Self {
        Self {
            name,
            kind,
            required: false,
            default: "",
        }
    }

    /// A property with a default, given as JSON text.
    pub const fn default(name: &'static str, kind: &'static str, default: &'static str) -> Self {
        Self {
            name,
            kind,
            required: false,
            default,
        }
    }
}

impl Api {
    /// A row of this form.
    pub(super) const fn row(name: &'static str, form: Form, params: &'static [Param], run: Run) -> Self {
        Self {
            name,
            form,
            params,
            since: "1.0.0",
            run,
            support: Support::Real,
            note: "",
        }
    }

    /// A name that is there and refused, in the shape in which the app would call it.
    pub const fn refused(name: &'static str, form: Form, since: &'static str, note: &'static str) -> Self {
        Self {
            since,
            support: Support::Refused,
            note,
            ..Self::row(name, form, &[], Run::Js)
        }
    }

    /// An asynchronous API that the host answers at once.
    pub const fn now(name: &'static str, params: &'static [Param], run: fn(&mut Wx, &Args) -> Outcome) -> Self {
        Self::row(name, Form::Async, params, Run::Now(run))
    }

    /// As [`Api::now`], with a `Sync` twin that returns the field `returns` of the result (empty: all of it).
    pub const fn both(
        name: &'static str,
        returns: &'static str,
        params: &'static [Param],
        run: fn(&mut Wx, &Args) -> Outcome,
    ) -> Self {
        Self::row(name, Form::AsyncAndSync(returns), params, Run::Now(run))
    }

    /// A function that returns its result.
    pub const fn sync(
        name: &'static str,
        returns: &'static str,
        params: &'static [Param],
        run: fn(&mut Wx, &Args) -> Outcome,
    ) -> Self {
        Self::row(name, Form::Sync(returns), params, Run::Now(run))
    }

    /// An asynchronous API that takes its time.
    pub const fn later(
        name: &'static str,
        params: &'static [Param],
        run: fn(&mut Wx, Args) -> BoxFuture<'static, Outcome>,
    ) -> Self {
        Self::row(name, Form::Async, params, Run::Later(run))
    }

    /// An API that returns a task with these events.
    pub const fn task(
        name: &'static str,
        events: &'static [&'static str],
        params: &'static [Param],
        run: fn(&mut Wx, Args) -> BoxFuture<'static, Outcome>,
    ) -> Self {
        Self::row(name, Form::Task(events), params, Run::Later(run))
    }

    /// An API that the JS half makes by itself.
    pub const fn js(name: &'static str) -> Self {
        Self::row(name, Form::Js, &[], Run::Js)
    }

    /// A pair `on<Name>`/`off<Name>`; `name` is the event's, for example `"appShow"`.
    pub const fn event(name: &'static str) -> Self {
        Self::row(name, Form::Event, &[], Run::Js)
    }

    /// The same row, introduced by another base library version.
    pub const fn since(mut self, version: &'static str) -> Self {
        self.since = version;
        self
    }

    /// The same row, answered by a device or a person that the host plays.
    pub const fn simulated(mut self, note: &'static str) -> Self {
        self.support = Support::Simulated;
        self.note = note;
        self
    }

    /// The same row with a word for developers.
    pub const fn noted(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    /// The same row in another form.
    pub const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }
}
