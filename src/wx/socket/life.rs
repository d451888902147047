//! A connection from its beginning to its end.
//!
//! While it opens, closes, or the server still reads what the app sent, the host has work under way. What a
//! server says later by itself is waited for in real time only: virtual time goes on.

use super::delay::Delay;
use super::{CLOSED, CONNECTING, OPEN, Order, Ordered, State};
use crate::system::{Clock, Frame, Network, Passage, RealClock, Socket, SocketLine, SocketRequest, Web, WebError};
use crate::wx::exchange::{LOST, OFFLINE, fault_of, note_unmatched, object, timeout};
use crate::wx::transfers::too_long;
use crate::wx::{Busy, Outbox, Payload, WxError};
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;

/// Milliseconds of the machine's time for which a server is waited for that does not say that it has read.
const PATIENCE_MS: f64 = 1_000.0;

/// A connection that is to be made.
pub struct Opening {
    pub id: u64,
    pub outbox: Outbox,
    pub clock: Arc<dyn Clock>,
    pub network: Network,
    pub web: Arc<dyn Web>,
    pub request: SocketRequest,
    pub timeout: f64,
    pub state: State,
    pub orders: UnboundedReceiver<Ordered>,
    pub background: watch::Receiver<Option<f64>>,
}

/// How a connection ended.
struct Ending {
    /// What `onError` is told before, where it did not end as it should.
    error: Option<WxError>,
    code: u16,
    reason: String,
}

impl Ending {
    fn of(error: WxError) -> Self {
        Self {
            error: Some(error),
            code: 1006,
            reason: "abnormal closure".into(),
        }
    }

    /// The app was in the background for too long.
    fn interrupted() -> Self {
        Self {
            error: None,
            code: 1000,
            reason: "interrupted".into(),
        }
    }
}

/// Told to the app under the socket's id.
#[derive(Clone)]
struct Voice {
    id: u64,
    outbox: Outbox,
}

impl Voice {
    fn say(&self, event: &str, mut value: Value) {
        value["$socket"] = self.id.into();
        value["$event"] = event.into();
        self.outbox.emit("socket", Payload::json(&value));
    }

    fn message(&self, frame: Frame) {
        let mut value = json!({ "$socket": self.id, "$event": "Message" });
        match frame {
            Frame::Binary(bytes) => {
                let payload = Payload::json(&value).with_buffer("data", bytes);
                self.outbox.emit("socket", payload);
            }
            Frame::Text(text) => {
                value["data"] = text.into();
                self.outbox.emit("socket", Payload::json(&value));
            }
            Frame::Ping(_) | Frame::Pong(_) | Frame::Close { .. } => {}
        }
    }
}

impl Opening {
    /// Lives until the connection is over.
    pub async fn run(self) {
        let voice = Voice {
            id: self.id,
            outbox: self.outbox.clone(),
        };
        let (background, clock, state) = (self.background.clone(), Arc::clone(&self.clock), self.state.clone());
        let network = self.network.clone();
        let all = self.live(voice.clone());
        let ending = tokio::select! {
            biased;
            () = too_long(background, clock) => Ending::interrupted(),
            ending = all => ending,
            () = network.lost() => Ending::of(LOST.into()),
        };
        state.set(CLOSED);
        if let Some(error) = ending.error {
            voice.say("Error", json!({ "errMsg": error.reason }));
        }
        voice.say("Close", json!({ "code": ending.code, "reason": ending.reason }));
    }

    async fn live(mut self, voice: Voice) -> Ending {
        let began = self.clock.now_ms();
        let socket = match self.open().await {
            Ok(socket) => socket,
            Err(ending) => return ending,
        };
        // An app that closed it meanwhile does not see it open.
        let _ = self.state.0.compare_exchange(
            CONNECTING,
            OPEN,
            std::sync::atomic::Ordering::SeqCst,
            std::sync::atomic::Ordering::SeqCst,
        );
        let now = self.clock.now_ms();
        if self.state.get() == OPEN {
            let profile = json!({ "fetchStart": began, "connectStart": began, "connectEnd": now, "cost": now - began });
            voice.say(
                "Open",
                json!({ "header": object(&socket.headers, false), "profile": profile }),
            );
        }
        let busy = Some(self.outbox.busy());
        let life = Life {
            voice,
            clock: self.clock,
            network: self.network,
            line: socket.line,
            orders: self.orders,
            incoming: Delay::default(),
            outgoing: Delay::default(),
            asked: 0,
            patience_until: None,
            closing: None,
            ended: false,
            busy,
        };
        let _listening = self.outbox.listen();
        life.live().await
    }

    /// Opens the line, unless the app closes it first or it takes too long.
    async fn open(&mut self) -> Result<Socket, Ending> {
        let busy = self.outbox.busy();
        let deadline = self.clock.sleep_until(self.clock.now_ms() + self.timeout);
        let patience = RealClock.sleep_until(RealClock.now_ms() + self.timeout);
        let reach = reach(
            &self.outbox,
            &self.clock,
            &self.network,
            self.web.as_ref(),
            self.request.clone(),
            busy,
        );
        tokio::select! {
            biased;
            order = self.orders.recv() => Err(match order {
                Some(Ordered { order: Order::Close { code, reason }, .. }) => Ending { error: None, code, reason },
                _ => Ending::of(LOST.into()),
            }),
            opened = reach => opened.map_err(Ending::of),
            () = deadline => Err(Ending::of(timeout())),
            () = patience => Err(Ending::of(timeout())),
        }
    }
}

/// The way through the device's network to the server; simulated time passes with nothing under way.
async fn reach(
    outbox: &Outbox,
    clock: &Arc<dyn Clock>,
    network: &Network,
    web: &dyn Web,
    request: SocketRequest,
    busy: Busy,
) -> Result<Socket, WxError> {
    let passage = network.next_passage();
    if passage == Passage::Offline {
        return Err(OFFLINE.into());
    }
    let mut busy = Some(busy);
    let mut pass = async |ms: f64| {
        if ms > 0.0 {
            let woken = clock.sleep_until(clock.now_ms() + ms);
            busy = None;
            woken.await;
            busy = Some(outbox.busy());
        }
    };
    pass(network.conditions().latency_ms).await;
    if passage == Passage::Dropped {
        return Err(fault_of(&WebError::Broken("dropped".into())));
    }
    let answer = web.connect(request).await;
    pass(answer.delay_ms).await;
    answer.outcome.map_err(|cause| {
        note_unmatched(outbox, &cause);
        fault_of(&cause)
    })
}

/// An open connection.
struct Life {
    voice: Voice,
    clock: Arc<dyn Clock>,
    network: Network,
    line: Box<dyn SocketLine>,
    orders: UnboundedReceiver<Ordered>,
    incoming: Delay<Result<Frame, WebError>>,
    outgoing: Delay<Frame>,
    /// How many times the server was asked whether it has read everything; the answer bears the number.
    asked: u64,
    /// Until when it is waited for, on the machine's clock; `None` when it has answered.
    patience_until: Option<f64>,
    /// The app has closed it, for this reason.
    closing: Option<(u16, String)>,
    /// Nothing more comes from the other side.
    ended: bool,
    busy: Option<Busy>,
}

impl Life {
    async fn live(mut self) -> Ending {
        if let Err(fault) = self.ask().await {
            self.hear(Err(fault));
        }
        loop {
            // Registered with the clock before it may go on.
            let (arrival, departure) = (self.incoming.due(&*self.clock), self.outgoing.due(&*self.clock));
            self.hold();
            let patience = async |until: Option<f64>| match until {
                Some(until) => RealClock.sleep_until(until).await,
                None => std::future::pending().await,
            };
            tokio::select! {
                biased;
                () = arrival => if let Some(ending) = self.arrive() {
                    return ending;
                },
                order = self.orders.recv() => match order {
                    Some(order) => self.take(order),
                    None => return Ending::interrupted(),
                },
                () = departure => self.depart().await,
                frame = self.line.next(), if !self.ended => self.hear(frame),
                () = patience(self.patience_until) => {
                    self.patience_until = None;
                    if let Some((code, reason)) = self.closing.take() {
                        return Ending { error: None, code, reason };
                    }
                },
            }
        }
    }

    /// Work is under way while a frame is to go out now, the server is asked, or it does not yet know that the app has
    /// closed.
    fn hold(&mut self) {
        let is_busy = self.patience_until.is_some() || self.outgoing.is_due(&*self.clock);
        match &self.busy {
            _ if !is_busy => self.busy = None,
            None => self.busy = Some(self.voice.outbox.busy()),
            Some(_) => {}
        }
    }

    fn take(&mut self, Ordered { order, busy }: Ordered) {
        self.busy = Some(busy);
        let frame = match order {
            Order::Send(frame) => frame,
            Order::Close { code, reason } => {
                self.closing = Some((code, reason.clone()));
                Frame::Close { code, reason }
            }
        };
        let now = self.clock.now_ms();
        self.outgoing
            .push(frame.clone(), length(&frame), self.network.conditions(), now);
    }

    /// The next frame goes out. To a line that has ended nothing goes any more; how it ended is on its way.
    async fn depart(&mut self) {
        let Some(frame) = self.outgoing.pop().filter(|_| !self.ended) else {
            return;
        };
        let closes = matches!(frame, Frame::Close { .. });
        let sent = match self.line.send(frame).await {
            Ok(()) if closes => {
                self.patience_until = Some(RealClock.now_ms() + PATIENCE_MS);
                Ok(())
            }
            Ok(()) => self.ask().await,
            fault => fault,
        };
        if let Err(fault) = sent {
            self.hear(Err(fault));
        }
    }

    /// Asks whether all was read. Servers answer in order, so what they say to it comes before.
    async fn ask(&mut self) -> Result<(), WebError> {
        self.asked += 1;
        self.patience_until = Some(RealClock.now_ms() + PATIENCE_MS);
        let number = self.asked.to_be_bytes();
        self.line.send(Frame::Ping(Bytes::copy_from_slice(&number))).await
    }

    fn hear(&mut self, frame: Result<Frame, WebError>) {
        match &frame {
            Ok(Frame::Ping(_)) => return,
            Ok(Frame::Pong(number)) => {
                if number[..] == self.asked.to_be_bytes() && self.closing.is_none() {
                    self.patience_until = None;
                }
                return;
            }
            Ok(Frame::Close { .. }) | Err(_) => {
                self.ended = true;
                self.patience_until = None;
            }
            Ok(Frame::Text(_) | Frame::Binary(_)) => {}
        }
        let length = frame.as_ref().map_or(0, length);
        let now = self.clock.now_ms();
        self.incoming.push(frame, length, self.network.conditions(), now);
    }

    /// The app gets to know of what came.
    fn arrive(&mut self) -> Option<Ending> {
        match self.incoming.pop()? {
            Ok(Frame::Close { code, reason }) => {
                // The answer to the app's own closing bears the app's words.
                let (code, reason) = self.closing.take().unwrap_or((code, reason));
                Some(Ending {
                    error: None,
                    code,
                    reason,
                })
            }
            Ok(frame) => {
                // What comes after the app has closed is for nobody.
                if self.closing.is_none() {
                    self.voice.message(frame);
                }
                None
            }
            Err(fault) => Some(self.broken(&fault)),
        }
    }

    fn broken(&mut self, fault: &WebError) -> Ending {
        note_unmatched(&self.voice.outbox, fault);
        match self.closing.take() {
            Some((code, reason)) => Ending {
                error: None,
                code,
                reason,
            },
            None => Ending::of(fault_of(fault)),
        }
    }
}

/// Bytes of what a frame says.
fn length(frame: &Frame) -> usize {
    match frame {
        Frame::Text(text) => text.len(),
        Frame::Binary(bytes) => bytes.len(),
        _ => 0,
    }
}
