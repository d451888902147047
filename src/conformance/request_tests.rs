//! `wx.request` against a real server.

use super::echo_server;
use crate::system::{Network, NetworkConditions, RealWeb, VirtualClock};
use crate::wx::{Args, Outcome, Outgoing, Payload, Run, TransferConfig, Transfers, Wx, WxError, apis};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;

async fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(echo_server::serve(listener));
    url
}

fn start(wx: &mut Wx, id: u64, options: Value) -> BoxFuture<'static, Outcome> {
    let mut args = Wx::args(options);
    args.id = id;
    match apis().find(|api| api.name == "request").unwrap().run {
        Run::Later(run) => run(wx, args),
        Run::Now(_) | Run::Js => unreachable!("a request takes its time"),
    }
}

async fn get(wx: &mut Wx, options: Value) -> Value {
    start(wx, 1, options).await.unwrap().value()
}

fn events(receiver: &mut UnboundedReceiver<Outgoing>) -> Vec<(String, Payload)> {
    let mut events = Vec::new();
    while let Ok(Outgoing::Event(event)) = receiver.try_recv() {
        let name = event.payload.value()["$event"].as_str().unwrap().to_owned();
        events.push((name, event.payload));
    }
    events
}

/// Ends a request as `task.abort()` does, by dropping it.
async fn abort(request: JoinHandle<Outcome>) {
    request.abort();
    assert!(request.await.unwrap_err().is_cancelled());
}

/// Lets every other task go on until it waits.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn every_status_is_a_success() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    for code in [200, 404, 500] {
        let result = get(
            &mut wx,
            json!({ "url": format!("{url}/status/{code}"), "dataType": "json" }),
        )
        .await;
        assert_eq!(result["statusCode"], code);
        assert_eq!(result["data"], json!({ "status": code }));
        assert_eq!(result["header"]["Content-Type"], "application/json");
    }
}

#[tokio::test]
async fn the_server_sees_what_the_app_sent() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    wx.network = Transfers::new(
        TransferConfig::new("wx1", Some("1.2.0"), &Value::Null),
        Network::default(),
        Arc::new(RealWeb),
    );
    let options = json!({ "url": format!("{url}/echo?a=1"), "method": "POST", "data": { "x": 1 }, "dataType": "json" });
    let seen = get(&mut wx, options).await["data"].clone();
    assert_eq!(
        (&seen["method"], &seen["query"], &seen["body"]),
        (&json!("POST"), &json!("a=1"), &json!("{\"x\":1}"))
    );
    assert_eq!(
        seen["headers"]["referer"],
        "https://servicewechat.com/wx1/1.2.0/page-frame.html"
    );
    assert_eq!(seen["headers"]["content-type"], "application/json");
}

#[tokio::test]
async fn a_binary_answer_is_a_buffer() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let options = json!({ "url": format!("{url}/bytes/300"), "responseType": "arraybuffer" });
    let result = start(&mut wx, 1, options).await.unwrap();
    let bytes: &[u8] = &result.buffers["data"];
    assert_eq!((bytes.len(), bytes[255], bytes[256]), (300, 255, 0));
}

#[tokio::test]
async fn headers_come_before_the_result() {
    let (url, (mut wx, mut receiver)) = (server().await, Wx::for_test());
    let result = get(&mut wx, json!({ "url": format!("{url}/set-cookie") })).await;
    assert_eq!(result["cookies"], json!(["a=1; Path=/", "b=2; HttpOnly"]));
    assert_eq!(result["header"]["Set-Cookie"], "a=1; Path=/,b=2; HttpOnly");
    let events = events(&mut receiver);
    assert_eq!(events.len(), 1);
    let event = events[0].1.value();
    assert_eq!(
        (&event["statusCode"], &event["$task"], &event["cookies"]),
        (&json!(200), &json!(1), &result["cookies"])
    );
}

#[tokio::test]
async fn cookies_are_not_kept() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    get(&mut wx, json!({ "url": format!("{url}/set-cookie") })).await;
    let seen = get(&mut wx, json!({ "url": format!("{url}/echo"), "dataType": "json" })).await;
    assert_eq!(seen["data"]["headers"].get("cookie"), None);
}

#[tokio::test]
async fn a_chunked_answer_comes_in_pieces() {
    let (url, (mut wx, mut receiver)) = (server().await, Wx::for_test());
    let result = get(
        &mut wx,
        json!({ "url": format!("{url}/chunks/3"), "enableChunked": true }),
    )
    .await;
    assert_eq!(result["data"], "");
    let chunks = events(&mut receiver)
        .into_iter()
        .filter(|(name, _)| name == "ChunkReceived");
    let text: Vec<u8> = chunks
        .flat_map(|(_, payload)| payload.buffers["data"].to_vec())
        .collect();
    assert_eq!(text, b"chunk 1chunk 2chunk 3");
}

#[tokio::test]
async fn redirects_are_followed_unless_the_app_wants_them() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let followed = get(
        &mut wx,
        json!({ "url": format!("{url}/redirect/3"), "dataType": "json" }),
    )
    .await;
    assert_eq!(
        (&followed["statusCode"], &followed["data"]["method"]),
        (&json!(200), &json!("GET"))
    );
    let manual = get(
        &mut wx,
        json!({ "url": format!("{url}/redirect/3"), "redirect": "manual" }),
    )
    .await;
    assert_eq!(
        (&manual["statusCode"], &manual["header"]["Location"]),
        (&json!(303), &json!("/redirect/2"))
    );
    let endless = start(&mut wx, 1, json!({ "url": format!("{url}/redirect/99") }))
        .await
        .unwrap_err();
    assert!(
        endless.reason.ends_with("net::ERR_TOO_MANY_REDIRECTS"),
        "{}",
        endless.reason
    );
}

#[tokio::test]
async fn an_aborted_request_leaves_nothing_behind() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let pending = tokio::spawn(start(&mut wx, 7, json!({ "url": format!("{url}/never") })));
    settle().await;
    assert!(wx.outbox.is_busy());
    abort(pending).await;
    assert!(!wx.outbox.is_busy());
}

#[tokio::test]
async fn a_server_that_keeps_silent_runs_into_the_timeout() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let fault = start(&mut wx, 1, json!({ "url": format!("{url}/never"), "timeout": 30 })).await;
    assert_eq!(fault, Err(WxError::coded("timeout", 5)));
    wx.clock = Arc::new(VirtualClock::new(0.0));
    let fault = start(&mut wx, 1, json!({ "url": format!("{url}/never"), "timeout": 30 })).await;
    assert_eq!(
        fault,
        Err(WxError::coded("timeout", 5)),
        "virtual time stands still, the machine's does not"
    );
}

#[tokio::test]
async fn the_calls_timeout_beats_that_of_app_json() {
    let config = TransferConfig::new("wx1", None, &json!({ "networkTimeout": { "request": 5000 } }));
    for (options, expected) in [
        (json!({}), 5000.0),
        (json!({ "timeout": 10 }), 10.0),
        (json!({ "timeout": 0 }), 5000.0),
    ] {
        let timeout = config.timeout_ms(&Wx::args(options), "request");
        assert!((timeout - expected).abs() < f64::EPSILON);
    }
    let other = config.timeout_ms(&Args::default(), "downloadFile");
    assert!((other - 60_000.0).abs() < f64::EPSILON);
}

#[tokio::test]
async fn the_eleventh_request_waits_for_a_slot() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let mut waiting: Vec<_> = (1..=10)
        .map(|id| tokio::spawn(start(&mut wx, id, json!({ "url": format!("{url}/never") }))))
        .collect();
    let queued = tokio::spawn(start(&mut wx, 11, json!({ "url": format!("{url}/text/late") })));
    settle().await;
    assert!(!queued.is_finished());
    abort(waiting.remove(3)).await;
    assert_eq!(queued.await.unwrap().unwrap().value()["data"], "late");
    for request in waiting {
        abort(request).await;
    }
    assert!(!wx.outbox.is_busy());
}

#[tokio::test]
async fn a_request_aborted_in_the_queue_gives_its_turn_to_the_next() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let mut held: Vec<_> = (1..=10)
        .map(|id| tokio::spawn(start(&mut wx, id, json!({ "url": format!("{url}/never") }))))
        .collect();
    let queued = tokio::spawn(start(&mut wx, 11, json!({ "url": format!("{url}/never") })));
    let next = tokio::spawn(start(&mut wx, 12, json!({ "url": format!("{url}/text/next") })));
    settle().await;
    abort(queued).await;
    abort(held.remove(0)).await;
    assert_eq!(next.await.unwrap().unwrap().value()["data"], "next");
}

#[tokio::test]
async fn the_background_refuses_new_requests_and_interrupts_others_after_5_s() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let clock = VirtualClock::new(0.0);
    wx.clock = Arc::new(clock.clone());
    let pending = tokio::spawn(start(&mut wx, 1, json!({ "url": format!("{url}/never") })));
    settle().await;
    wx.network.set_background(Some(1_000.0));
    let interrupted = Err(WxError::coded("interrupted", 600_003));
    assert_eq!(
        start(&mut wx, 2, json!({ "url": format!("{url}/text/a") })).await,
        interrupted
    );
    clock.advance_to(5_999.0);
    settle().await;
    assert!(!pending.is_finished());
    clock.advance_to(6_000.0);
    assert_eq!(pending.await.unwrap(), interrupted);
    wx.network.set_background(None);
    assert_eq!(
        get(&mut wx, json!({ "url": format!("{url}/text/a") })).await["data"],
        "a"
    );
}

#[tokio::test]
async fn a_device_without_network_says_so() {
    let (mut wx, _) = Wx::for_test();
    wx.network.network.set(NetworkConditions::OFFLINE);
    let fault = start(&mut wx, 1, json!({ "url": "http://127.0.0.1:9/" }))
        .await
        .unwrap_err();
    let text = "errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED";
    assert_eq!(fault, WxError::coded(text, 600_001));
}

#[tokio::test]
async fn faults_of_the_connection_have_chromiums_names() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (target, name) in [
        (format!("http://{closed}/"), "ERR_CONNECTION_REFUSED"),
        ("http://name.invalid/".to_owned(), "ERR_NAME_NOT_RESOLVED"),
        (format!("{url}/broken"), "ERR_CONNECTION_CLOSED"),
    ] {
        let fault = start(&mut wx, 1, json!({ "url": target })).await.unwrap_err();
        assert!(fault.reason.ends_with(name), "{target}: {}", fault.reason);
        assert_eq!(fault.errno, Some(600_001));
    }
}

#[tokio::test]
async fn latency_is_virtual_time_during_which_the_clock_may_move() {
    let (url, (mut wx, _)) = (server().await, Wx::for_test());
    let clock = VirtualClock::new(0.0);
    wx.clock = Arc::new(clock.clone());
    wx.network.network.set("latency=300ms,rate=1KB/s".parse().unwrap());
    let pending = tokio::spawn(start(&mut wx, 1, json!({ "url": format!("{url}/bytes/512") })));
    settle().await;
    assert!(!wx.outbox.is_busy());
    assert_eq!(clock.next_deadline(), Some(300.0));
    let outbox = wx.outbox.clone();
    let driver = tokio::spawn(async move {
        loop {
            if let Some(at) = clock.next_deadline().filter(|_| !outbox.is_busy()) {
                clock.advance_to(at);
            }
            tokio::task::yield_now().await;
        }
    });
    let profile = pending.await.unwrap().unwrap().value()["profile"].clone();
    driver.abort();
    assert_eq!(
        (&profile["responseStart"], &profile["responseEnd"]),
        (&json!(300.0), &json!(800.0))
    );
}
