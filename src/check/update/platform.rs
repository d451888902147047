//! Functions of `wx` and methods of the update manager, as far as they matter to updates.

use super::value::{Event, Flag, Frame, OpKind, Outcome, Source, Value};
use super::walk::Walk;
use crate::wx::Form;
use swc_core::atoms::Atom;
use swc_core::common::Span;

/// Questions to the person, besides the modal.
const PERSONS: [&str; 3] = ["showActionSheet", "scanCode", "chooseImage"];

const CALLBACKS: [(&str, Outcome); 3] = [
    ("success", Outcome::Success),
    ("fail", Outcome::Fail),
    ("complete", Outcome::Complete),
];

/// Whether a text of `canIUse` asks for the update manager.
fn is_of_manager(text: &str) -> bool {
    matches!(text.split('.').next(), Some("getUpdateManager" | "UpdateManager"))
}

impl<'a> Walk<'a> {
    /// A call of a function of `wx`.
    pub(super) fn api(&mut self, name: &Atom, args: &[Value<'a>], span: Span) -> Value<'a> {
        match &**name {
            "getUpdateManager" => {
                self.op(OpKind::Get, span);
                Value::Manager
            }
            "canIUse" => {
                let about_manager = |text: &Value<'_>| matches!(text, Value::Text(text) if is_of_manager(text));
                let is_manager = args.first().is_some_and(about_manager);
                Value::Flag(if is_manager { Flag::HasManager } else { Flag::Guard })
            }
            "restartMiniProgram" => {
                self.op(OpKind::Restart, span);
                Value::Unknown
            }
            "showModal" => self.show_modal(args, span),
            "clearStorage" | "clearStorageSync" => {
                self.op(OpKind::Clear, span);
                Value::Unknown
            }
            "createApp" | "createPage" | "createComponent" => self.invoke(Value::Unknown, args, Value::Unknown, span),
            _ => self.other_api(name, args, span),
        }
    }

    fn other_api(&mut self, name: &Atom, args: &[Value<'a>], span: Span) -> Value<'a> {
        for arg in args {
            match arg {
                Value::Function(_) | Value::Resolver(_) => drop(self.call_in(&[Frame::Unknown], arg, &[], span)),
                Value::Object(options) => {
                    for (callback, outcome) in CALLBACKS {
                        let callback = self.property(*options, callback);
                        let frame = self.api_frame(name, outcome);
                        if matches!(callback, Value::Function(_) | Value::Resolver(_)) {
                            self.call_in(&[frame], &callback, &[], span);
                        }
                    }
                }
                _ => {}
            }
        }
        if let Some(nothing) = self.no_promise(name, args) {
            return nothing;
        }
        if name.ends_with("Sync") {
            return Value::Unknown;
        }
        let frame = self.api_frame(name, Outcome::Success);
        self.fulfilled(Value::Unknown, vec![frame])
    }

    /// With a callback among its options a function returns no promise.
    fn no_promise(&self, name: &Atom, args: &[Value<'a>]) -> Option<Value<'a>> {
        let Some(Value::Object(options)) = args.first() else {
            return None;
        };
        let gives_promises = matches!(
            crate::wx::find(name).map(|row| row.form),
            Some(Form::Async | Form::AsyncAndSync(_))
        );
        let has_callback = CALLBACKS
            .iter()
            .any(|(callback, _)| self.objects[*options].has(callback));
        (gives_promises && has_callback).then(|| Value::Nothing(name.clone()))
    }

    fn api_frame(&self, name: &Atom, outcome: Outcome) -> Frame {
        if PERSONS.contains(&&**name) && outcome == Outcome::Success {
            Frame::Person
        } else {
            Frame::Api(name.clone(), outcome)
        }
    }

    fn show_modal(&mut self, args: &[Value<'a>], span: Span) -> Value<'a> {
        let options = match args.first() {
            Some(Value::Object(options)) => Some(*options),
            _ => None,
        };
        let can_cancel = match options.map(|options| (options, self.property(options, "showCancel"))) {
            Some((_, Value::Bool(shown))) => Some(shown),
            Some((options, _)) if !self.objects[options].has("showCancel") => Some(true),
            _ => None,
        };
        let modal = self.modal(span, can_cancel);
        self.op(OpKind::Show(modal), span);
        let result = Value::Result(Source::Modal(modal));
        if let Some(options) = options {
            self.look_at_buttons(options, span);
            for (name, outcome) in CALLBACKS {
                let callback = self.property(options, name);
                let frame = match outcome {
                    Outcome::Fail => Frame::Api("showModal".into(), Outcome::Fail),
                    _ => Frame::Answer(modal),
                };
                if matches!(callback, Value::Function(_) | Value::Resolver(_) | Value::Method(_)) {
                    self.call_in(&[frame], &callback, std::slice::from_ref(&result), span);
                }
            }
        }
        match self.no_promise(&"showModal".into(), args) {
            Some(nothing) => nothing,
            None => self.fulfilled(result, vec![Frame::Answer(modal)]),
        }
    }

    /// The platform does not show a modal whose buttons have too much text.
    fn look_at_buttons(&mut self, options: usize, span: Span) {
        for name in ["confirmText", "cancelText"] {
            let Value::Text(text) = self.property(options, name) else {
                continue;
            };
            let width: usize = text.encode_utf16().map(|unit| if unit > 0xff { 2 } else { 1 }).sum();
            if width > 8 {
                let message = format!("{name} {text:?} is too long, and the modal is not shown");
                let problem = self.current().error("modal-text", span, message);
                self.problems
                    .push(problem.help("it takes 4 Chinese characters or 8 letters"));
            }
        }
    }

    /// A call of a method of the manager.
    pub(super) fn manager_call(&mut self, name: &Atom, args: &[Value<'a>], span: Span) -> Value<'a> {
        if let Some(event) = Event::of(name) {
            self.listen(event, args, span);
        } else if &**name == "applyUpdate" {
            self.op(OpKind::Apply, span);
        } else {
            let message = format!("the update manager has no {name}");
            let problem = self.current().error("update-unknown-member", span, message);
            let help =
                "it has onCheckForUpdate, onUpdateReady, onUpdateFailed and applyUpdate; the call throws a TypeError";
            self.problems.push(problem.help(help));
        }
        Value::Unknown
    }

    fn listen(&mut self, event: Event, args: &[Value<'a>], span: Span) {
        self.op(OpKind::Listen(event), span);
        let listener = args.first();
        match listener {
            None | Some(Value::Text(_) | Value::Bool(_) | Value::Promise(_) | Value::Object(_)) => {
                let message = format!("{} gets no function", event.method());
                let problem = self.current().error("update-listener-value", span, message);
                let help = "the platform ignores it: give it the function itself, not what a call of it returns";
                self.problems.push(problem.help(help));
            }
            Some(listener) => {
                let result = Value::Result(Source::Event(event));
                self.call_in(&[Frame::Listener(event)], listener, &[result], span);
            }
        }
    }
}
