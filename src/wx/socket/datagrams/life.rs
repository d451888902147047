//! A bound socket, until it is closed.
//!
//! Nobody says whether a datagram arrived. After one has left, the host has work under way until one comes or
//! a moment of the machine's time has passed; what comes later is waited for in real time only.

use super::super::delay::Delay;
use super::{Order, What};
use crate::system::{Clock, Network, NetworkConditions, Passage, RealClock};
use crate::wx::{Busy, Outbox, Payload};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::UdpSocket;
use tokio::sync::mpsc::UnboundedReceiver;

/// Milliseconds of the machine's time for which an answer is waited for.
const PATIENCE_MS: f64 = 100.0;
/// Bytes of a datagram that the app gets to see.
const LONGEST: usize = 4096;

pub struct Life {
    id: u64,
    socket: UdpSocket,
    outbox: Outbox,
    clock: Arc<dyn Clock>,
    network: Network,
    incoming: Delay<(Vec<u8>, SocketAddr)>,
    outgoing: Delay<Order>,
    /// How many are on their way out.
    leaving: usize,
    /// Until when an answer is waited for, on the machine's clock.
    patience: Option<(f64, Busy)>,
}

impl Life {
    pub fn new(id: u64, socket: UdpSocket, outbox: Outbox, clock: Arc<dyn Clock>, network: Network) -> Self {
        Self {
            id,
            socket,
            outbox,
            clock,
            network,
            incoming: Delay::default(),
            outgoing: Delay::default(),
            leaving: 0,
            patience: None,
        }
    }

    /// Lives until there is nobody to give orders and all is sent.
    pub async fn run(mut self, mut orders: UnboundedReceiver<Order>) {
        let _listening = self.outbox.listen();
        let mut buffer = vec![0; LONGEST];
        let mut open = true;
        while open || self.leaving > 0 {
            let (arrival, departure) = (self.incoming.due(&*self.clock), self.outgoing.due(&*self.clock));
            let until = self.patience.as_ref().map(|(until, _)| *until);
            let patience = async {
                match until {
                    Some(until) => RealClock.sleep_until(until).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = arrival => self.arrive(),
                () = departure => self.depart().await,
                order = orders.recv(), if open => match order {
                    Some(order) => self.take(order),
                    None => open = false,
                },
                got = self.socket.recv_from(&mut buffer), if open => match got {
                    Ok((length, from)) => self.hear(buffer[..length].to_vec(), from),
                    Err(cause) => self.fail("onMessage", &cause.to_string()),
                },
                () = patience => self.patience = None,
            }
        }
    }

    fn take(&mut self, mut order: Order) {
        let bytes = match &order.what {
            What::Send { bytes, .. } => bytes.len(),
            What::Connect => 0,
        };
        let conditions = self.network.conditions();
        // While simulated time has to pass nothing is under way.
        let busy = order.busy.take().filter(|_| takes_no_time(conditions, bytes));
        self.patience = busy.map(|busy| (RealClock.now_ms() + PATIENCE_MS, busy));
        self.leaving += 1;
        self.outgoing.push(order, bytes, conditions, self.clock.now_ms());
    }

    async fn depart(&mut self) {
        let Some(order) = self.outgoing.pop() else { return };
        self.leaving -= 1;
        let method = match &order.what {
            What::Connect => "connect",
            What::Send { connected: true, .. } => "write",
            What::Send { .. } => "send",
        };
        let done = match self.network.next_passage() {
            Passage::Offline => Err("network is down".to_owned()),
            // Nobody learns of a datagram that is lost.
            Passage::Dropped => Ok(()),
            Passage::Open => self.carry_out(&order).await,
        };
        if let Err(reason) = done {
            self.fail(method, &reason);
        }
        self.patience = Some((RealClock.now_ms() + PATIENCE_MS, self.outbox.busy()));
    }

    async fn carry_out(&self, order: &Order) -> Result<(), String> {
        let words = |cause: std::io::Error| cause.to_string();
        let to = self.resolve(order).await?;
        match &order.what {
            What::Connect => self.socket.connect(to).await.map_err(words),
            What::Send {
                bytes,
                broadcast,
                connected,
            } => {
                self.socket.set_broadcast(*broadcast).map_err(words)?;
                match *connected && self.socket.peer_addr().is_ok() {
                    true => self.socket.send(bytes).await.map_err(words)?,
                    false => self.socket.send_to(bytes, to).await.map_err(words)?,
                };
                Ok(())
            }
        }
    }

    async fn resolve(&self, order: &Order) -> Result<SocketAddr, String> {
        let v4 = self.socket.local_addr().is_ok_and(|local| local.is_ipv4());
        let found = tokio::net::lookup_host((order.address.as_str(), order.port)).await;
        let found = found.ok().and_then(|mut all| all.find(|to| to.is_ipv4() == v4));
        found.ok_or_else(|| format!("no such address {}", order.address))
    }

    fn hear(&mut self, bytes: Vec<u8>, from: SocketAddr) {
        let conditions = self.network.conditions();
        if conditions.offline {
            return;
        }
        let length = bytes.len();
        if !takes_no_time(conditions, length) {
            self.patience = None;
        }
        self.incoming
            .push((bytes, from), length, conditions, self.clock.now_ms());
    }

    fn arrive(&mut self) {
        let Some((bytes, from)) = self.incoming.pop() else {
            return;
        };
        let mut remote = info(from);
        remote["size"] = bytes.len().into();
        let local = self.socket.local_addr().map(info).unwrap_or_default();
        let told = json!({ "$udp": self.id, "$event": "Message", "remoteInfo": remote, "localInfo": local });
        self.outbox
            .emit("udp", Payload::json(&told).with_buffer("message", bytes));
        self.patience = None;
    }

    fn fail(&self, method: &str, reason: &str) {
        let told = json!({ "$udp": self.id, "$event": "Error", "errMsg": format!("{method}:fail {reason}") });
        self.outbox.emit("udp", Payload::json(&told));
    }
}

fn takes_no_time(conditions: NetworkConditions, bytes: usize) -> bool {
    conditions.latency_ms + conditions.transfer_ms(bytes) <= 0.0
}

fn info(address: SocketAddr) -> Value {
    let family = if address.is_ipv4() { "IPv4" } else { "IPv6" };
    json!({ "address": address.ip().to_string(), "family": family, "port": address.port() })
}
