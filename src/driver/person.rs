//! The one person in front of the device: answers the dialogs of all its apps, as the test has said.

use super::lock;
use crate::system::{Participant, VirtualClock};
use crate::wx::{Answer, Busy, Prompt, Ui};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::futures::Notified;
use tokio::sync::{Notify, oneshot};

/// What the person does about one kind of dialog.
#[derive(Debug, Clone, Default)]
pub enum Habit {
    /// Leaves it open until somebody says how to answer.
    #[default]
    Waits,
    /// Answers always the same.
    Answers(Answer),
    /// Asks the test.
    Asks,
}

/// Tells the test of a dialog that it is to answer, in JSON.
type Tell = Box<dyn Fn(Value) + Send + Sync>;

/// The person. Clones are the same one.
#[derive(Clone)]
pub struct PersonAtScreen(Arc<Inner>);

struct Inner {
    clock: VirtualClock,
    tell: Tell,
    state: Mutex<State>,
    opened: Notify,
}

#[derive(Default)]
struct State {
    ahead: VecDeque<Answer>,
    open: Vec<Open>,
    last: u64,
    modals: Habit,
    sheets: Habit,
}

/// A dialog that waits.
struct Open {
    number: u64,
    app: u64,
    prompt: Prompt,
    reply: oneshot::Sender<(Answer, Hold)>,
    /// Time stands still until the test has heard of it.
    untold: Option<Participant>,
}

/// What keeps time from passing until an answer is where it belongs.
enum Hold {
    Busy(Busy),
    Here(Participant),
}

/// The person as one app sees them.
pub struct AtScreen {
    person: PersonAtScreen,
    app: u64,
}

impl PersonAtScreen {
    /// Somebody who waits for what the test says, and asks it by `tell`.
    pub fn new(clock: VirtualClock, tell: impl Fn(Value) + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            clock,
            tell: Box::new(tell),
            state: Mutex::default(),
            opened: Notify::new(),
        }))
    }

    /// In front of this app.
    pub fn before(&self, app: u64) -> Arc<dyn Ui> {
        Arc::new(AtScreen {
            person: self.clone(),
            app,
        })
    }

    /// What they do about modals from now on.
    pub(super) fn on_modal(&self, habit: Habit) {
        lock(&self.0.state).modals = habit;
    }

    /// What they do about action sheets from now on.
    pub(super) fn on_action_sheet(&self, habit: Habit) {
        lock(&self.0.state).sheets = habit;
    }

    /// As at first.
    pub(super) fn reset(&self) {
        let mut state = lock(&self.0.state);
        state.ahead.clear();
        (state.modals, state.sheets) = (Habit::Waits, Habit::Waits);
    }

    /// The test has heard of this dialog.
    pub(super) fn told(&self, number: u64) {
        if let Some(open) = lock(&self.0.state).open.iter_mut().find(|open| open.number == number) {
            open.untold = None;
        }
    }

    /// The test's answer to this dialog, which may be gone.
    pub(super) fn answer(&self, number: u64, answer: Answer) {
        let mut state = lock(&self.0.state);
        if let Some(at) = state.open.iter().position(|open| open.number == number) {
            let open = state.open.remove(at);
            let _ = open.reply.send((answer, Hold::Here(self.0.clock.join())));
        }
    }

    /// Answers the first open dialog of an app for which `fits` says yes; whether there is one.
    pub(super) fn answer_one(&self, app: u64, fits: impl Fn(&Prompt) -> bool, answer: &Answer) -> bool {
        let mut state = lock(&self.0.state);
        state.open.retain(|open| !open.reply.is_closed());
        let found = state.open.iter().position(|open| open.app == app && fits(&open.prompt));
        let Some(at) = found else { return false };
        let open = state.open.remove(at);
        let hold = Hold::Here(self.0.clock.join());
        open.reply.send((answer.clone(), hold)).is_ok()
    }

    /// Returns when a dialog opens after this call.
    pub(super) fn next_dialog(&self) -> Notified<'_> {
        self.0.opened.notified()
    }

    fn ask(&self, app: u64, prompt: Prompt) -> BoxFuture<'static, Answer> {
        let mut state = lock(&self.0.state);
        if let Some(answer) = state.ahead.pop_front() {
            return std::future::ready(answer).boxed();
        }
        let habit = match prompt {
            Prompt::Modal(_) => state.modals.clone(),
            Prompt::ActionSheet(_) => state.sheets.clone(),
        };
        if let Habit::Answers(answer) = habit {
            return std::future::ready(possible(answer, &prompt)).boxed();
        }
        state.last += 1;
        let number = state.last;
        let (reply, answered) = oneshot::channel();
        let asks = matches!(habit, Habit::Asks);
        let properties = prompt.properties();
        let kind = prompt.noun();
        state.open.push(Open {
            number,
            app,
            prompt,
            reply,
            untold: asks.then(|| self.0.clock.join()),
        });
        drop(state);
        self.0.opened.notify_waiters();
        if asks {
            (self.0.tell)(json!({ "number": number, "app": app, "kind": kind, "prompt": properties }));
        }
        async move {
            match answered.await {
                Ok((answer, hold)) => {
                    match hold {
                        Hold::Busy(busy) => drop(busy),
                        Hold::Here(here) => drop(here),
                    }
                    answer
                }
                Err(_) => std::future::pending().await,
            }
        }
        .boxed()
    }
}

/// A person cannot press a button that is not there.
fn possible(answer: Answer, prompt: &Prompt) -> Answer {
    match (&answer, prompt) {
        (Answer::Cancel, Prompt::Modal(modal)) if !modal.show_cancel => Answer::CONFIRM,
        _ => answer,
    }
}

impl Ui for AtScreen {
    fn ask(&self, prompt: Prompt) -> BoxFuture<'static, Answer> {
        self.person.ask(self.app, prompt)
    }

    fn attended(&self) -> bool {
        false
    }

    fn script(&self, answer: Answer, hold: Busy) -> bool {
        let mut state = lock(&self.person.0.state);
        let mut given = (answer, Hold::Busy(hold));
        while !state.open.is_empty() {
            match state.open.remove(0).reply.send(given) {
                Ok(()) => return true,
                Err(back) => given = back,
            }
        }
        state.ahead.push_back(given.0);
        true
    }
}
