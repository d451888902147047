//! `wx.request`: one HTTP request as a task.

mod fault;
mod incoming;
mod outgoing;

use super::transfers::{Slot, Transfer};
use super::{Api, Args, Outbox, Outcome, Param, Payload, Wx, WxError};
use crate::system::{Clock, Network, Passage, RealClock, Web, WebRequest, WebResponse};
use futures_util::future::BoxFuture;
use incoming::{Expected, Head};
use std::sync::Arc;

/// The request family.
pub const APIS: &[Api] = &[Api::task(
    "request",
    &["HeadersReceived", "ChunkReceived"],
    &[
        Param::required("url", "String"),
        Param::optional("data", "*"),
        Param::optional("header", "Object|Undefined|Null"),
        Param::default("method", "String", "\"GET\""),
        Param::default("dataType", "*", "\"json\""),
        Param::default("responseType", "*", "\"text\""),
        Param::optional("timeout", "*"),
        Param::optional("redirect", "*"),
        Param::optional("enableChunked", "*"),
    ],
    request,
)];

/// Everything that the request needs once it has begun.
struct Call {
    id: u64,
    outbox: Outbox,
    clock: Arc<dyn Clock>,
    network: Network,
    web: Arc<Web>,
    expected: Expected,
    times: Times,
}

/// Milliseconds since 1970 at which things happened.
#[derive(Debug, Clone, Copy, Default)]
struct Times {
    invoked: f64,
    started: f64,
    answered: f64,
    ended: f64,
}

fn request(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    match prepare(wx, &args) {
        Ok((transfer, request, call)) => {
            let timeout = wx.network.config.timeout_ms(&args, "request");
            Box::pin(transfer.run(async move |slot| call.within(timeout, request, slot).await))
        }
        Err(fault) => Box::pin(std::future::ready(Err(fault))),
    }
}

fn prepare(wx: &Wx, args: &Args) -> Result<(Transfer, WebRequest, Call), WxError> {
    let request = outgoing::build(args, wx.network.config.referer())?;
    let transfer = wx.network.enter(&wx.outbox, &wx.clock)?;
    let call = Call {
        id: args.id,
        outbox: wx.outbox.clone(),
        clock: Arc::clone(&wx.clock),
        network: wx.network.network.clone(),
        web: Arc::clone(&wx.network.web),
        expected: Expected::of(args),
        times: Times {
            invoked: wx.clock.now_ms(),
            ..Times::default()
        },
    };
    Ok((transfer, request, call))
}

impl Call {
    /// The request, ended by its timeout. The machine's time counts too: while a server
    /// keeps us waiting, virtual time stands still and would never reach the deadline.
    async fn within(mut self, timeout: f64, request: WebRequest, slot: Slot) -> Outcome {
        self.times.started = self.clock.now_ms();
        let deadline = self.clock.sleep_until(self.times.started + timeout);
        let patience = RealClock.sleep_until(RealClock.now_ms() + timeout);
        tokio::select! {
            outcome = self.exchange(request, slot) => outcome,
            () = deadline => Err(fault::timeout()),
            () = patience => Err(fault::timeout()),
        }
    }

    async fn exchange(mut self, request: WebRequest, mut slot: Slot) -> Outcome {
        let sent = request.body.as_ref().map_or(0, Vec::len);
        let passage = self.network.next_passage();
        if passage == Passage::Offline {
            return Err(fault::OFFLINE.into());
        }
        self.pass(self.network.conditions().latency_ms, &mut slot).await;
        if passage == Passage::Dropped {
            return Err(fault::DROPPED.into());
        }
        let mut response = self.web.send(request).await.map_err(|cause| fault::of(&cause))?;
        self.times.answered = self.clock.now_ms();
        let head = Head::of(&response);
        self.emit("HeadersReceived", Payload::json(&head.event()));
        let (body, received) = self.receive(&mut response, &mut slot).await?;
        self.times.ended = self.clock.now_ms();
        let profile = incoming::profile(&self.times, response.http2, sent, received);
        Ok(incoming::result(&self.expected, &head, body, &profile))
    }

    /// The body and its length; a chunked one has left in pieces, and only its length is left.
    async fn receive(&self, response: &mut WebResponse, slot: &mut Slot) -> Result<(Vec<u8>, usize), WxError> {
        let (mut body, mut received) = (Vec::new(), 0);
        while let Some(piece) = response.chunk().await.map_err(|cause| fault::of(&cause))? {
            received += piece.len();
            self.pass(self.network.conditions().transfer_ms(piece.len()), slot)
                .await;
            if self.expected.chunked {
                self.emit("ChunkReceived", Payload::default().with_buffer("data", piece));
            } else {
                body.extend_from_slice(&piece);
            }
        }
        Ok((body, received))
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

    fn emit(&self, event: &str, payload: Payload) {
        Wx::task_event(&self.outbox, self.id, event, payload);
    }
}
