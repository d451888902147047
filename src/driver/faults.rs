//! What goes wrong on the device's network, for updates and for the app's own traffic alike.

use super::lock;
use crate::system::{
    After, Clock, FaultyHttp, Get, Http, HttpError, NetFault, Response, Socket, SocketRequest, Web, WebError,
    WebRequest, WebResponse,
};
use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use serde_json::Value;
use std::sync::{Arc, Mutex};

/// The faults that are still to come. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Rule>>>);

#[derive(Debug)]
struct Rule {
    /// A part of the address.
    part: String,
    fault: NetFault,
    /// How often it is met; none for always.
    left: Option<u64>,
}

/// Byte of a package at which transfers break that are cut or reset without a place named.
const EARLY: u64 = 64;

impl Faults {
    /// `{path | update, times, fault, status, at}`.
    ///
    /// # Errors
    /// What cannot be read of it, and what could be.
    pub fn plan(&self, words: &Value) -> Result<(), String> {
        let known = ["path", "update", "times", "fault", "status", "at"];
        let object = words.as_object().ok_or("network.fail needs { path, times, fault }")?;
        if let Some(odd) = object.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(format!("network.fail has no {odd}: it takes {}", known.join(", ")));
        }
        let part = match (words["update"].as_str(), words["path"].as_str()) {
            (Some("check"), None) => "/manifest.json",
            (Some("download"), None) => "/packages/",
            (None, Some(path)) if !path.is_empty() => path,
            _ => {
                return Err(
                    "network.fail needs path (a part of the address) or update: \"check\" or \"download\"".into(),
                );
            }
        };
        let left = match &words["times"] {
            Value::Null => Some(1),
            Value::String(always) if always == "always" => None,
            times => Some(
                times
                    .as_u64()
                    .filter(|n| *n > 0)
                    .ok_or_else(|| format!("times is a number from 1 or \"always\", not {times}"))?,
            ),
        };
        self.add(part, fault(words)?, left);
        Ok(())
    }

    /// Plans a fault for addresses with this part; `None` is for always.
    pub fn add(&self, part: &str, fault: NetFault, left: Option<u64>) {
        lock(&self.0).push(Rule {
            part: part.to_owned(),
            fault,
            left,
        });
    }

    /// From now on everything works.
    pub fn clear(&self) {
        lock(&self.0).clear();
    }

    fn next(&self, url: &str) -> Option<NetFault> {
        let mut rules = lock(&self.0);
        let rule = rules
            .iter_mut()
            .find(|rule| rule.left != Some(0) && url.contains(&rule.part))?;
        rule.left = rule.left.map(|left| left - 1);
        Some(rule.fault.clone())
    }
}

fn fault(words: &Value) -> Result<NetFault, String> {
    let at = words["at"].as_u64();
    if let Some(status) = words["status"].as_u64() {
        let status = u16::try_from(status).ok().filter(|status| (100..600).contains(status));
        return Ok(NetFault::Status(
            status.ok_or("status is a number from 100 to 599")?,
            Vec::new(),
        ));
    }
    Ok(match words["fault"].as_str() {
        None if words["fault"].is_null() => NetFault::Offline,
        Some("unreachable") => NetFault::Offline,
        Some("stall") => NetFault::Stall,
        Some("reset") => NetFault::ResetAt(at.unwrap_or(EARLY)),
        Some("cut") => NetFault::CutAt(at.unwrap_or(EARLY)),
        Some("corrupt") => NetFault::Flip(at.unwrap_or(EARLY)),
        Some("captive-portal") => NetFault::Html,
        _ => {
            let known = "unreachable, stall, reset, cut, corrupt, captive-portal, or a status";
            return Err(format!("no such fault: {}; known are {known}", words["fault"]));
        }
    })
}

/// The way to the registry, with these faults.
pub struct FaultyRegistry {
    pub inner: Arc<dyn Http>,
    pub faults: Faults,
}

#[async_trait]
impl Http for FaultyRegistry {
    async fn get(&self, get: Get) -> Result<Response, HttpError> {
        let Some(fault) = self.faults.next(&get.url) else {
            return self.inner.get(get).await;
        };
        let once = FaultyHttp::new(Arc::clone(&self.inner));
        once.plan("", [fault]);
        once.get(get).await
    }

    fn own_clock(&self) -> Option<Arc<dyn Clock>> {
        self.inner.own_clock()
    }
}

/// Whoever answers the apps' own requests, with these faults.
pub struct FaultyWeb {
    pub inner: Arc<dyn Web>,
    pub faults: Faults,
}

#[async_trait]
impl Web for FaultyWeb {
    async fn send(&self, request: WebRequest) -> After<WebResponse> {
        let Some(fault) = self.faults.next(request.url.as_str()) else {
            return self.inner.send(request).await;
        };
        match fault {
            NetFault::Offline => After::now(Err(WebError::Refused)),
            NetFault::Stall => After::now(Err(WebError::TimedOut)),
            NetFault::Status(status, _) => After::now(Ok(answer(status, Vec::new()))),
            NetFault::Html => After::now(Ok(answer(200, b"<html>please log in</html>".to_vec()))),
            fault => {
                let mut after = self.inner.send(request).await;
                if let Ok(response) = &mut after.outcome {
                    distort(response, fault).await;
                }
                after
            }
        }
    }

    async fn connect(&self, request: SocketRequest) -> After<Socket> {
        match self.faults.next(request.url.as_str()) {
            None => self.inner.connect(request).await,
            Some(NetFault::Status(status, _)) => After::now(Err(WebError::NotASocket(status))),
            Some(NetFault::Stall) => After::now(Err(WebError::TimedOut)),
            Some(_) => After::now(Err(WebError::Refused)),
        }
    }

    fn datagrams(&self, v6: bool, port: u16) -> Result<std::net::UdpSocket, WebError> {
        self.inner.datagrams(v6, port)
    }
}

fn answer(status: u16, body: Vec<u8>) -> WebResponse {
    WebResponse {
        status,
        headers: vec![("content-type".into(), "text/html".into())],
        http2: false,
        body: stream::iter([Ok(body.into())]).boxed(),
    }
}

async fn distort(response: &mut WebResponse, fault: NetFault) {
    let mut body = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        body.extend_from_slice(&piece);
    }
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    let mut broken = None;
    match fault {
        NetFault::ResetAt(at) => {
            body.truncate(place(at));
            broken = Some(Err(WebError::Broken("reset by a test".into())));
        }
        NetFault::CutAt(at) => body.truncate(place(at)),
        NetFault::Flip(at) => {
            let last = body.len().saturating_sub(1);
            if let Some(byte) = body.get_mut(place(at).min(last)) {
                *byte ^= 1;
            }
        }
        _ => {}
    }
    response.body = stream::iter([Ok(body.into())]).chain(stream::iter(broken)).boxed();
}
