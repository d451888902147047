//! One dialog at a time: further ones wait in the order in which the app asked.

use super::{Busy, Outbox, Outcome, Prompt, Ui, WxError, ok_with};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// The dialogs of one app instance. They end with it: nobody is told about them afterwards.
#[derive(Debug, Clone, Default)]
pub struct DialogQueue(Arc<Mutex<Line>>);

#[derive(Debug, Default)]
struct Line {
    taken: bool,
    open: Option<Prompt>,
    waiting: VecDeque<oneshot::Sender<Busy>>,
}

impl DialogQueue {
    /// The dialog that is on the screen now.
    pub fn open(&self) -> Option<Prompt> {
        self.line().open.clone()
    }

    /// Shows `prompt` when its turn comes and returns what the app is told. Its place in the
    /// queue is taken now, not when the future is first polled, and so is the free screen.
    pub fn show(&self, ui: &Arc<dyn Ui>, outbox: &Outbox, prompt: Prompt) -> BoxFuture<'static, Outcome> {
        let place = self.enter(outbox, &prompt);
        let (queue, ui, outbox) = (self.clone(), Arc::clone(ui), outbox.clone());
        Box::pin(async move {
            let (turn, busy) = place.reached().await;
            queue.line().open = Some(prompt.clone());
            outbox.note(&format!("{}.show", prompt.noun()), prompt.properties());
            let asked = ui.ask(prompt.clone());
            let answer = busy_while_attended(asked, ui.attended(), busy).await;
            let result = prompt.result(&answer);
            outbox.note(&format!("{}.answer", prompt.noun()), noted(&result));
            drop(turn);
            result.and_then(ok_with)
        })
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, outbox: &Outbox, prompt: &Prompt) -> Place {
        let turn = || Turn(self.clone(), outbox.clone());
        let mut line = self.line();
        if !line.taken {
            line.taken = true;
            line.open = Some(prompt.clone());
            return Place::First(turn(), outbox.busy());
        }
        let (sender, receiver) = oneshot::channel();
        line.waiting.push_back(sender);
        Place::Behind(receiver, self.clone(), outbox.clone())
    }
}

/// A place in the queue.
enum Place {
    First(Turn, Busy),
    Behind(oneshot::Receiver<Busy>, DialogQueue, Outbox),
}

impl Place {
    async fn reached(self) -> (Turn, Busy) {
        match self {
            Self::First(turn, busy) => (turn, busy),
            Self::Behind(called, queue, outbox) => match called.await {
                Ok(busy) => (Turn(queue, outbox), busy),
                // The queue is gone, and the app instance with it.
                Err(_) => std::future::pending().await,
            },
        }
    }
}

/// The screen is ours until this is dropped; then the next one's turn comes. The host stays
/// busy in between, so that no time passes.
struct Turn(DialogQueue, Outbox);

impl Drop for Turn {
    fn drop(&mut self) {
        let mut line = self.0.line();
        line.open = None;
        while let Some(next) = line.waiting.pop_front() {
            if next.send(self.1.busy()).is_ok() {
                return;
            }
        }
        line.taken = false;
    }
}

/// A prompt that nobody may ever answer must not keep the host busy.
async fn busy_while_attended<T>(mut asked: BoxFuture<'static, T>, attended: bool, busy: Busy) -> T {
    let mut busy = Some(busy);
    poll_fn(|cx| {
        let polled = asked.poll_unpin(cx);
        if polled.is_pending() && !attended {
            busy = None;
        }
        polled
    })
    .await
}

fn noted(result: &Result<Value, WxError>) -> Value {
    match result {
        Ok(value) => value.clone(),
        Err(_) => json!({ "cancel": true }),
    }
}
