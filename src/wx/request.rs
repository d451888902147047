//! `wx.request`: one HTTP request as a task.

mod incoming;
mod outgoing;

use super::exchange::{Exchange, Head};
use super::transfers::{Kind, Slot, Transfer};
use super::{Api, Args, Outcome, Param, Payload, Wx, WxError};
use crate::system::{WebRequest, WebResponse};
use futures_util::future::BoxFuture;
use incoming::Expected;

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

fn request(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    let (transfer, request) = match prepare(wx, &args) {
        Ok(prepared) => prepared,
        Err(fault) => return Box::pin(std::future::ready(Err(fault))),
    };
    let (exchange, expected) = (Exchange::new(wx, &args), Expected::of(&args));
    let timeout = wx.network.config.timeout_ms(&args, "request");
    Box::pin(transfer.run(async move |slot| {
        let work = |exchange| answer(exchange, request, expected, slot);
        exchange.within(timeout, work).await
    }))
}

fn prepare(wx: &Wx, args: &Args) -> Result<(Transfer, WebRequest), WxError> {
    let request = outgoing::build(args, &wx.network.config)?;
    wx.network.config.allow(Kind::Request, args.text("url"), &request.url)?;
    Ok((wx.network.enter(Kind::Request, &wx.outbox, &wx.clock)?, request))
}

async fn answer(mut exchange: Exchange, request: WebRequest, expected: Expected, mut slot: Slot) -> Outcome {
    let (mut response, head): (WebResponse, Head) = exchange.open(request, &mut slot).await?;
    let (mut body, mut received) = (Vec::new(), 0);
    while let Some(piece) = exchange.next(&mut response, &mut slot).await? {
        received += piece.len();
        if expected.chunked {
            exchange.emit("ChunkReceived", Payload::default().with_buffer("data", piece));
        } else {
            body.extend_from_slice(&piece);
        }
    }
    let profile = exchange.profile(&response, received);
    Ok(incoming::result(expected, &head, body, &profile))
}
