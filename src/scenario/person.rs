//! The person of a scenario, who answers dialogs in their own time.

use super::dialogs;
use super::space::Person;
use crate::system::{Clock, VirtualClock};
use crate::wx::{Answer, Prompt, Ui};
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How long they take to answer the app.
const THINKS_MS: f64 = 1_500.0;

/// How long the system's own dialog stays, in whichever scenario.
const OTHER_MS: f64 = 4_000.0;

/// So often they answer dialogs of one run. An app that asks on and on does not end by itself.
pub const PATIENCE: usize = 8;

/// The person at the screen.
#[derive(Clone)]
pub struct Someone {
    person: Person,
    clock: VirtualClock,
    answered: Arc<AtomicUsize>,
    asked: Arc<Mutex<Asked>>,
}

/// What the app wanted of the person, which tells whether another person could have made a difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Something was asked.
    pub anything: bool,
    /// There was something to choose.
    pub choice: bool,
}

impl Someone {
    /// This person, who lives by this clock.
    pub fn new(person: Person, clock: &VirtualClock) -> Self {
        Self {
            person,
            clock: clock.clone(),
            answered: Arc::default(),
            asked: Arc::default(),
        }
    }

    /// What they were asked.
    pub fn asked(&self) -> Asked {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, choice: bool) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.anything = true;
        asked.choice |= choice;
    }

    fn answer_in(&self, ms: f64, answer: Answer) -> BoxFuture<'static, Answer> {
        let clock = self.clock.clone();
        Box::pin(async move {
            clock.sleep_until(clock.now_ms() + ms).await;
            answer
        })
    }
}

impl Ui for Someone {
    fn ask(&self, prompt: Prompt) -> BoxFuture<'static, Answer> {
        if dialogs::is_others(&prompt) {
            return self.answer_in(OTHER_MS, Answer::CONFIRM);
        }
        let choice = !matches!(&prompt, Prompt::Modal(modal) if !modal.show_cancel);
        self.note(choice);
        let gives_up = self.answered.fetch_add(1, Ordering::Relaxed) >= PATIENCE;
        match self.person {
            _ if gives_up => Box::pin(std::future::pending()),
            Person::Silent => Box::pin(std::future::pending()),
            Person::Cancels if choice => self.answer_in(THINKS_MS, Answer::Cancel),
            Person::Cancels | Person::Confirms => self.answer_in(THINKS_MS, Answer::CONFIRM),
        }
    }

    /// Time passes while they think, and the run need not wait for somebody who may never answer.
    fn attended(&self) -> bool {
        false
    }
}
