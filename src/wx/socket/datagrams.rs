//! `wx.createUDPSocket`: datagrams over the machine's network.
//!
//! A socket is bound by a call that answers at once, for `bind` returns its port; the JS half then starts the
//! row `$udp`, whose future sends and receives until the app closes the socket or ends.

mod life;

use crate::system::WebError;
use crate::wx::exchange::note_unmatched;
use crate::wx::{Api, Args, Busy, Form, Outcome, Param, Wx, WxError, ok, ok_with};
use futures_util::future::BoxFuture;
use life::Life;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::UdpSocket;
use std::sync::Arc;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

const CLOSED: &str = "socket is closed";

const ADDRESS: Param = Param::required("address", "String");
const PORT: Param = Param::required("port", "Number");
const MESSAGE: &[Param] = &[
    ADDRESS,
    PORT,
    Param::required("message", "String|ArrayBuffer"),
    Param::optional("offset", "Number|Undefined|Null"),
    Param::optional("length", "Number|Undefined|Null"),
    Param::optional("setBroadcast", "Boolean|Undefined|Null"),
];

/// The datagram family.
pub const APIS: &[Api] = &[
    Api::js("createUDPSocket").since("2.7.0"),
    Api::sync("$udp.bind", "", &[], bind).form(Form::Js),
    Api::later("$udp", &[], listen).form(Form::Js),
    method("UDPSocket.send", MESSAGE, |wx, args| send(wx, args, false)),
    method("UDPSocket.write", MESSAGE, |wx, args| send(wx, args, true)).since("2.15.0"),
    method("UDPSocket.connect", &[ADDRESS, PORT], connect).since("2.15.0"),
    method("UDPSocket.setTTL", &[Param::required("ttl", "Number")], set_ttl).since("2.18.0"),
    method("UDPSocket.close", &[], close),
    Api::js("UDPSocket.bind").since("2.7.0"),
    Api::js("UDPSocket.onListening").since("2.7.0"),
    Api::js("UDPSocket.offListening").since("2.7.0"),
    Api::js("UDPSocket.onMessage").since("2.7.0"),
    Api::js("UDPSocket.offMessage").since("2.7.0"),
    Api::js("UDPSocket.onError").since("2.7.0"),
    Api::js("UDPSocket.offError").since("2.7.0"),
    Api::js("UDPSocket.onClose").since("2.7.0"),
    Api::js("UDPSocket.offClose").since("2.7.0"),
];

const fn method(name: &'static str, params: &'static [Param], run: fn(&mut Wx, &Args) -> Outcome) -> Api {
    Api::now(name, params, run).form(Form::Callback).since("2.7.0")
}

/// The bound sockets of one app instance, by the numbers that the JS half gives them.
#[derive(Debug, Default)]
pub struct Datagrams(BTreeMap<u64, Bound>);

#[derive(Debug)]
struct Bound {
    socket: UdpSocket,
    orders: UnboundedSender<Order>,
    /// Taken when its future is begun.
    received: Option<UnboundedReceiver<Order>>,
}

/// What the app wants of its socket.
#[derive(Debug)]
struct Order {
    address: String,
    port: u16,
    what: What,
    /// Work is under way from the call on.
    busy: Option<Busy>,
}

#[derive(Debug)]
enum What {
    /// From now on this is the other side.
    Connect,
    /// This is to be sent: to the other side where there is one and `write` asks for it.
    Send {
        bytes: Vec<u8>,
        broadcast: bool,
        connected: bool,
    },
}

impl Datagrams {
    fn named(&self, args: &Args) -> Result<&Bound, WxError> {
        let bound = args.value.get("$udp").and_then(Value::as_u64);
        bound.and_then(|id| self.0.get(&id)).ok_or_else(|| WxError::new(CLOSED))
    }
}

/// `{$udp, v6, port}` to the port that the socket has.
fn bind(wx: &mut Wx, args: &Args) -> Outcome {
    let id = args.value.get("$udp").and_then(Value::as_u64).unwrap_or_default();
    let port = integer(args, "port", u16::MAX)?;
    let bound = wx.network.web.datagrams(args.truthy("v6"), port);
    let socket = bound.map_err(|cause| {
        note_unmatched(&wx.outbox, &cause);
        match cause {
            WebError::Unreachable(why) => WxError::new(why),
            other => WxError::new(other.to_string()),
        }
    })?;
    let local = socket.local_addr().map_err(|cause| WxError::new(cause.to_string()))?;
    let (orders, received) = mpsc::unbounded_channel();
    let bound = Bound {
        socket,
        orders,
        received: Some(received),
    };
    wx.datagrams.0.insert(id, bound);
    ok_with(json!({ "port": local.port() }))
}

/// The life of the bound socket `{$udp}`.
fn listen(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    let id = args.value.get("$udp").and_then(Value::as_u64).unwrap_or_default();
    let bound = wx.datagrams.0.get_mut(&id);
    let begun = bound.and_then(|bound| Some((bound.socket.try_clone().ok()?, bound.received.take()?)));
    let Some((socket, orders)) = begun else {
        return Box::pin(std::future::ready(Err(WxError::new(CLOSED))));
    };
    let (outbox, clock, network) = (wx.outbox.clone(), Arc::clone(&wx.clock), wx.network.network.clone());
    Box::pin(async move {
        let socket = tokio::net::UdpSocket::from_std(socket).map_err(|cause| WxError::new(cause.to_string()))?;
        Life::new(id, socket, outbox, clock, network).run(orders).await;
        ok()
    })
}

fn send(wx: &mut Wx, args: &Args, connected: bool) -> Outcome {
    let bytes = match args.buffers.get("message") {
        None => args.text("message").as_bytes().to_vec(),
        Some(bytes) => part(bytes, args)?.to_vec(),
    };
    let broadcast = args.truthy("setBroadcast");
    order(
        wx,
        args,
        What::Send {
            bytes,
            broadcast,
            connected,
        },
    )
}

/// What `offset` and `length` leave of the bytes.
fn part<'a>(bytes: &'a [u8], args: &Args) -> Result<&'a [u8], WxError> {
    let place = |name: &str, absent: usize| match args.number(name) {
        None => Some(absent),
        Some(number) => (0..=bytes.len()).find(|place| (*place as f64).total_cmp(&number).is_eq()),
    };
    let (offset, length) = (place("offset", 0), place("length", usize::MAX));
    let rest = offset.and_then(|offset| bytes.get(offset..));
    let found = rest.zip(length).and_then(|(rest, length)| match length {
        usize::MAX => Some(rest),
        length => rest.get(..length),
    });
    found.ok_or_else(|| WxError::parameter("invalid offset or length"))
}

fn connect(wx: &mut Wx, args: &Args) -> Outcome {
    order(wx, args, What::Connect)
}

fn order(wx: &mut Wx, args: &Args, what: What) -> Outcome {
    let order = Order {
        address: args.text("address").to_owned(),
        port: integer(args, "port", u16::MAX)?,
        what,
        busy: Some(wx.outbox.busy()),
    };
    let sent = wx.datagrams.named(args)?.orders.send(order);
    sent.map_err(|_| WxError::new(CLOSED))?;
    ok()
}

fn set_ttl(wx: &mut Wx, args: &Args) -> Outcome {
    let ttl = integer(args, "ttl", 255)?;
    let set = wx.datagrams.named(args)?.socket.set_ttl(ttl.into());
    set.map_err(|cause| WxError::new(cause.to_string()))?;
    ok()
}

/// Without its orders the future sends what it has and ends.
fn close(wx: &mut Wx, args: &Args) -> Outcome {
    wx.datagrams.named(args)?;
    let id = args.value.get("$udp").and_then(Value::as_u64).unwrap_or_default();
    wx.datagrams.0.remove(&id);
    ok()
}

fn integer(args: &Args, name: &str, most: u16) -> Result<u16, WxError> {
    let given = args.number(name).unwrap_or_default();
    let found = (0..=most).find(|number| f64::from(*number).total_cmp(&given).is_eq());
    found.ok_or_else(|| WxError::parameter(format!("invalid {name}")))
}
