//! One exchange over HTTP, as requests, uploads and downloads share it: the device's network with its
//! faults, the server or whoever stands for it, and the times at which things happened.

mod fault;
mod head;
mod outgoing;
mod progress;

pub use fault::of as fault_of;
pub use fault::{LOST, OFFLINE, timeout};
pub use head::{Head, decode, object};
pub use outgoing::{address, headers, signature, text};
pub use progress::Progress;

use super::transfers::Slot;
use super::{Args, Outbox, Outcome, Payload, Wx, WxError};
use crate::system::{Clock, Network, Passage, RealClock, Web, WebBody, WebError, WebRequest, WebResponse};
use bytes::Bytes;
use serde_json::{Value, json};
use std::future::Future;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Bytes of the pieces in which a long body is sent.
const PIECE: usize = 16 * 1024;

/// Milliseconds since 1970 at which things happened.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    invoked: f64,
    started: f64,
    answered: f64,
    ended: f64,
}

/// One call's way through the network.
pub struct Exchange {
    id: u64,
    outbox: Outbox,
    clock: Arc<dyn Clock>,
    network: Network,
    web: Arc<dyn Web>,
    times: Times,
    sent: usize,
}

impl Exchange {
    /// Of this call, which is made now.
    pub fn new(wx: &Wx, args: &Args) -> Self {
        Self {
            id: args.id,
            outbox: wx.outbox.clone(),
            clock: Arc::clone(&wx.clock),
            network: wx.network.network.clone(),
            web: Arc::clone(&wx.network.web),
            times: Times {
                invoked: wx.clock.now_ms(),
                ..Times::default()
            },
            sent: 0,
        }
    }

    /// The exchange, ended by its timeout or by the loss of the network. The machine's time counts too: while
    /// a server keeps us waiting, virtual time stands still and would never reach the deadline.
    pub async fn within<W: Future<Output = Outcome>>(
        mut self,
        timeout_ms: f64,
        work: impl FnOnce(Self) -> W,
    ) -> Outcome {
        self.times.started = self.clock.now_ms();
        let deadline = self.clock.sleep_until(self.times.started + timeout_ms);
        let patience = RealClock.sleep_until(RealClock.now_ms() + timeout_ms);
        let network = self.network.clone();
        tokio::select! {
            biased;
            outcome = work(self) => outcome,
            () = network.lost() => Err(LOST.into()),
            () = deadline => Err(timeout()),
            () = patience => Err(timeout()),
        }
    }

    /// Sends the request and returns what comes back before the body.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn open(&mut self, request: WebRequest, slot: &mut Slot) -> Result<(WebResponse, Head), WxError> {
        if let WebBody::Whole(bytes) = &request.body {
            self.sent = bytes.len();
        }
        self.set_out(slot).await?;
        let answer = self.web.send(request).await;
        self.pass(answer.delay_ms, slot).await;
        self.answered(answer.outcome)
    }

    /// As [`Exchange::open`], with a body that is sent piece by piece; `report` hears of each.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn send(
        &mut self,
        mut request: WebRequest,
        body: Bytes,
        slot: &mut Slot,
        report: impl FnMut(usize),
    ) -> Result<(WebResponse, Head), WxError> {
        self.sent = body.len();
        self.set_out(slot).await?;
        let (sender, pieces) = mpsc::channel(1);
        let length = body.len() as u64;
        request.body = WebBody::Pieces { length, pieces };
        let answer = {
            let answer = self.web.send(request);
            let feed = self.feed(body, sender, slot, report);
            tokio::pin!(answer, feed);
            let mut fed = false;
            loop {
                tokio::select! {
                    biased;
                    () = &mut feed, if !fed => fed = true,
                    answer = &mut answer => break answer,
                }
            }
        };
        // A server that does not wait for the end may have answered in the middle of a pause.
        slot.busy = Some(self.outbox.busy());
        self.pass(answer.delay_ms, slot).await;
        self.answered(answer.outcome)
    }

    async fn feed(&self, body: Bytes, sender: mpsc::Sender<Bytes>, slot: &mut Slot, mut report: impl FnMut(usize)) {
        let mut rest = body;
        while !rest.is_empty() {
            let piece = rest.split_to(rest.len().min(PIECE));
            let length = piece.len();
            self.pass(self.network.conditions().transfer_ms(length), slot).await;
            if sender.send(piece).await.is_err() {
                return;
            }
            report(length);
        }
    }

    /// The way to the server: whether there is one, and how long it is.
    async fn set_out(&self, slot: &mut Slot) -> Result<(), WxError> {
        let passage = self.network.next_passage();
        if passage == Passage::Offline {
            return Err(OFFLINE.into());
        }
        self.pass(self.network.conditions().latency_ms, slot).await;
        match passage {
            Passage::Dropped => Err(fault::DROPPED.into()),
            _ => Ok(()),
        }
    }

    fn answered(&mut self, outcome: Result<WebResponse, WebError>) -> Result<(WebResponse, Head), WxError> {
        let response = outcome.map_err(|cause| self.failed(&cause))?;
        self.times.answered = self.clock.now_ms();
        let head = Head::of(&response);
        self.emit("HeadersReceived", Payload::json(&head.event()));
        Ok((response, head))
    }

    /// The next piece of the body, when it has come through the device's network; `None` at its end.
    ///
    /// # Errors
    /// The connection broke before the end.
    pub async fn next(&self, response: &mut WebResponse, slot: &mut Slot) -> Result<Option<Bytes>, WxError> {
        let piece = response.chunk().await.map_err(|cause| self.failed(&cause))?;
        if let Some(piece) = &piece {
            self.pass(self.network.conditions().transfer_ms(piece.len()), slot)
                .await;
        }
        Ok(piece)
    }

    fn failed(&self, cause: &WebError) -> WxError {
        note_unmatched(&self.outbox, cause);
        fault_of(cause)
    }

    /// `res.profile` of an exchange that is over.
    pub fn profile(&mut self, response: &WebResponse, received: usize) -> Value {
        self.times.ended = self.clock.now_ms();
        head::profile(&self.times, response.http2, self.sent, received)
    }

    /// Lets simulated time pass; nothing is under way meanwhile, so that a virtual clock may move.
    async fn pass(&self, ms: f64, slot: &mut Slot) {
        if ms > 0.0 {
            let woken = self.clock.sleep_until(self.clock.now_ms() + ms);
            slot.busy = None;
            woken.await;
            slot.busy = Some(self.outbox.busy());
        }
    }

    /// An event of the call's task.
    pub fn emit(&self, event: &str, payload: Payload) {
        Wx::task_event(&self.outbox, self.id, event, payload);
    }
}

/// Where answers come from files, one that is missing is an error of the run, whatever the app makes of it.
pub fn note_unmatched(outbox: &Outbox, cause: &WebError) {
    if let WebError::Unmatched(what_to_do) = cause {
        outbox.note("error", json!({ "message": what_to_do, "origin": "network" }));
    }
}
