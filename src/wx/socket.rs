//! `wx.connectSocket`: WebSockets as tasks, and the older functions of `wx` that mean the newest of them.
//!
//! The call itself only takes a place; the JS half then starts the row `$socket`, whose future is the
//! connection: it ends with the world, and what happens on it leaves as the event `socket`.

pub mod datagrams;
mod delay;
mod life;

use super::exchange::{address, headers, signature};
use super::transfers::Kind;
use super::{Api, Args, Busy, Form, Outcome, Param, Wx, WxError, ok};
use crate::system::{Frame, SocketRequest};
use futures_util::future::BoxFuture;
use life::Opening;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

/// Connections of one app at the same time.
const LIMIT: usize = 5;
/// Bytes of the longest reason for closing, as the protocol has room for.
const REASON_BYTES: usize = 123;

const NOT_CONNECTED: &str = "WebSocket is not connected";

const DATA: Param = Param::required("data", "String|ArrayBuffer");
const CODE: Param = Param::optional("code", "Number|Undefined|Null");
const REASON: Param = Param::optional("reason", "String|Undefined|Null");

/// The socket family.
pub const APIS: &[Api] = &[
    Api::now(
        "connectSocket",
        &[
            Param::required("url", "String"),
            Param::optional("header", "Object|Undefined|Null"),
            Param::optional("protocols", "Array|Undefined|Null"),
            Param::optional("timeout", "*"),
            Param::optional("tcpNoDelay", "*"),
            Param::optional("perMessageDeflate", "*"),
            Param::optional("forceCellularNetwork", "*"),
        ],
        reserve,
    )
    .form(Form::Task(&[])),
    Api::later("$socket", &[], connect).form(Form::Js),
    Api::later("sendSocketMessage", &[DATA], |wx, args| given(send(wx, &args))),
    Api::later("closeSocket", &[CODE, REASON], |wx, args| given(close(wx, &args))),
    Api::js("SocketTask.send").since("1.7.0"),
    Api::js("SocketTask.close").since("1.7.0"),
    Api::js("SocketTask.onOpen").since("1.7.0"),
    Api::js("SocketTask.onMessage").since("1.7.0"),
    Api::js("SocketTask.onError").since("1.7.0"),
    Api::js("SocketTask.onClose").since("1.7.0"),
    Api::event("socketOpen"),
    Api::event("socketMessage"),
    Api::event("socketError"),
    Api::event("socketClose"),
];

/// The sockets of one app instance, by the ids of the calls that made them.
#[derive(Debug, Default)]
pub struct Sockets(BTreeMap<u64, Socket>);

/// What the app's calls know of a socket.
#[derive(Debug)]
struct Socket {
    state: State,
    orders: UnboundedSender<Ordered>,
    /// Taken when the connection is begun.
    opening: Option<(SocketRequest, UnboundedReceiver<Ordered>, f64)>,
}

/// What the app wants of its socket.
#[derive(Debug)]
pub enum Order {
    /// This message is to be sent.
    Send(Frame),
    /// It is to be closed.
    Close {
        /// Why, as a number.
        code: u16,
        /// Why, in words.
        reason: String,
    },
}

/// An order on its way to the connection, which is work until it has been taken.
#[derive(Debug)]
pub struct Ordered {
    /// What the app wants.
    pub order: Order,
    /// Time stands still meanwhile.
    pub busy: Busy,
}

/// How far a socket is; its connection and the app's calls share it.
#[derive(Debug, Clone)]
pub struct State(Arc<AtomicU8>);

const CONNECTING: u8 = 0;
const OPEN: u8 = 1;
const CLOSING: u8 = 2;
const CLOSED: u8 = 3;

impl State {
    fn set(&self, state: u8) {
        self.0.store(state, Ordering::SeqCst);
    }

    fn get(&self) -> u8 {
        self.0.load(Ordering::SeqCst)
    }
}

/// An order that has yet to be handed over.
struct Given {
    to: UnboundedSender<Ordered>,
    order: Ordered,
}

impl Socket {
    fn order(&self, order: Order, wx: &Wx) -> Given {
        Given {
            to: self.orders.clone(),
            order: Ordered {
                order,
                busy: wx.outbox.busy(),
            },
        }
    }
}

impl Sockets {
    fn named(&self, args: &Args) -> Option<&Socket> {
        self.0.get(&args.value.get("$socket")?.as_u64()?)
    }

    fn newest(&self) -> Option<&Socket> {
        self.0.values().next_back()
    }
}

/// Takes a place for a connection; a socket that is closed has given its own back.
fn reserve(wx: &mut Wx, args: &Args) -> Outcome {
    let url = address(args.text("url"), ["wss", "ws"])?;
    let config = &wx.network.config;
    config.allow(Kind::Socket, args.text("url"), &url)?;
    wx.network.foreground()?;
    wx.sockets.0.retain(|_, socket| socket.state.get() != CLOSED);
    if wx.sockets.0.len() >= LIMIT {
        return Err(WxError::coded("exceed max task count", 600_007));
    }
    let mut headers = headers(args);
    // The protocol's own fields are not the app's to set, but for the subprotocols that it may also name there.
    headers
        .retain(|(name, _)| !name.starts_with("sec-websocket-") && !["connection", "upgrade"].contains(&name.as_str()));
    headers.extend(signature(config));
    let offered = args
        .value
        .get("protocols")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let request = SocketRequest {
        url,
        headers,
        protocols: offered.filter_map(Value::as_str).map(str::to_owned).collect(),
    };
    let timeout = config.timeout_ms(args, "connectSocket");
    let (orders, received) = mpsc::unbounded_channel();
    let socket = Socket {
        state: State(Arc::new(AtomicU8::new(CONNECTING))),
        orders,
        opening: Some((request, received, timeout)),
    };
    wx.sockets.0.insert(args.id, socket);
    ok()
}

/// The connection of the socket `{$socket}`, from its beginning to its end.
fn connect(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    let id = args.value.get("$socket").and_then(Value::as_u64).unwrap_or_default();
    let socket = wx.sockets.0.get_mut(&id);
    let begun = socket.and_then(|socket| Some((socket.opening.take()?, socket.state.clone())));
    let (Some(((request, orders, timeout), state)), Ok(background)) = (begun, wx.network.foreground()) else {
        return Box::pin(std::future::ready(Err(WxError::new("interrupted"))));
    };
    let opening = Opening {
        id,
        outbox: wx.outbox.clone(),
        clock: Arc::clone(&wx.clock),
        network: wx.network.network.clone(),
        web: Arc::clone(&wx.network.web),
        request,
        timeout,
        state,
        orders,
        background,
    };
    Box::pin(async move {
        opening.run().await;
        ok()
    })
}

/// A task's methods name their socket; the functions of `wx` mean the newest one.
fn send(wx: &Wx, args: &Args) -> Result<Given, WxError> {
    let socket = match args.value.get("$socket") {
        Some(_) => (wx.sockets.named(args), "SocketTask.readyState is not OPEN"),
        None => (wx.sockets.newest(), NOT_CONNECTED),
    };
    let open = socket.0.filter(|socket| socket.state.get() == OPEN);
    let open = open.ok_or_else(|| WxError::new(socket.1))?;
    let frame = match args.buffers.get("data") {
        Some(bytes) => Frame::Binary(bytes.to_vec().into()),
        None => Frame::Text(args.text("data").to_owned()),
    };
    Ok(open.order(Order::Send(frame), wx))
}

/// A task can be closed while it connects, the newest socket only when it is open.
fn close(wx: &Wx, args: &Args) -> Result<Given, WxError> {
    let socket = match args.value.get("$socket") {
        Some(_) => wx.sockets.named(args).filter(|socket| socket.state.get() < CLOSING),
        None => wx.sockets.newest().filter(|socket| socket.state.get() == OPEN),
    };
    let socket = socket.ok_or_else(|| WxError::new(NOT_CONNECTED))?;
    let code = code(args.number("code").unwrap_or(1000.0));
    let code = code.ok_or_else(|| WxError::parameter("invalid code"))?;
    let reason = args.text("reason").to_owned();
    if reason.len() > REASON_BYTES {
        return Err(WxError::parameter(format!(
            "reason should be no longer than {REASON_BYTES} bytes"
        )));
    }
    socket.state.set(CLOSING);
    Ok(socket.order(Order::Close { code, reason }, wx))
}

/// The codes that may go over the wire.
fn code(number: f64) -> Option<u16> {
    let codes = [1000..=1003_u16, 1007..=1014, 3000..=4999];
    codes
        .into_iter()
        .flatten()
        .find(|code| f64::from(*code).total_cmp(&number).is_eq())
}

/// Hands the order over when the app's turn has ended, and with it the call: what a quick server answers comes after.
fn given(given: Result<Given, WxError>) -> BoxFuture<'static, Outcome> {
    Box::pin(async move {
        let Given { to, order } = given?;
        match to.send(order) {
            Ok(()) => ok(),
            // Its connection ended a moment ago, and the news is under way.
            Err(_) => Err(WxError::new(NOT_CONNECTED)),
        }
    })
}
