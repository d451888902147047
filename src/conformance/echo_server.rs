//! The server, of HTTP and WebSockets, that conformance tests of the network APIs talk to.
//!
//! It answers with what it was asked, so that a test can see what an app really sent.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use serde_json::{Map, Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// Starts a server that ends with the runtime, and gives its address (`testServer.url` in tests).
///
/// # Errors
/// The machine has no port to give.
pub async fn start() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(serve(listener));
    Ok(url)
}

/// Serves until the listener fails or the task is dropped:
/// `/echo`, `/status/:n`, `/bytes/:n`, `/slow/:ms`, `/never`, `/redirect/:n`,
/// `/set-cookie`, `/text/:word`, `/file/:name`, `/gbk`, `/chunks/:n`, `/broken` and the WebSocket `/socket`.
///
/// # Errors
/// The listener fails.
pub async fn serve(listener: TcpListener) -> std::io::Result<()> {
    axum::serve(listener, router()).await
}

fn router() -> Router {
    Router::new()
        .route("/echo", any(echo))
        .route("/status/{code}", any(status))
        .route("/bytes/{length}", get(bytes))
        .route("/slow/{ms}", any(slow))
        .route("/never", any(std::future::pending::<()>))
        .route("/redirect/{times}", any(redirect))
        .route("/set-cookie", get(set_cookie))
        .route("/text/{word}", get(text))
        .route("/file/{name}", get(file))
        .route("/gbk", get(gbk))
        .route("/socket", any(socket))
        .route("/chunks/{count}", get(chunks))
        .route("/next-chunk", get(next_chunk))
        .route("/broken", get(broken))
        .with_state(Arc::default())
}

/// The request as JSON: method, header by name, query as it came, body as text.
async fn echo(method: Method, headers: HeaderMap, RawQuery(query): RawQuery, body: Bytes) -> Response {
    let mut seen = Map::new();
    for (name, value) in &headers {
        seen.insert(name.to_string(), String::from_utf8_lossy(value.as_bytes()).into());
    }
    axum::Json(json!({
        "method": method.as_str(),
        "headers": seen,
        "query": query.unwrap_or_default(),
        "body": String::from_utf8_lossy(&body),
        "bytes": body.len(),
    }))
    .into_response()
}

async fn status(Path(code): Path<u16>) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_REQUEST);
    (status, axum::Json(json!({ "status": code }))).into_response()
}

/// 0 to 255, over and over.
async fn bytes(Path(length): Path<usize>) -> Vec<u8> {
    (0..=u8::MAX).cycle().take(length.min(16 << 20)).collect()
}

async fn slow(Path(ms): Path<u64>) -> String {
    tokio::time::sleep(Duration::from_millis(ms)).await;
    ms.to_string()
}

/// `/redirect/3` leads over two others to `/echo`.
async fn redirect(Path(times): Path<u32>) -> Redirect {
    match times {
        0 | 1 => Redirect::to("/echo"),
        times => Redirect::to(&format!("/redirect/{}", times - 1)),
    }
}

async fn set_cookie() -> Response {
    let cookies = ["a=1; Path=/", "b=2; HttpOnly"].map(|cookie| (header::SET_COOKIE, cookie));
    let mut response = "cookies".into_response();
    for (name, cookie) in cookies {
        response.headers_mut().append(name, HeaderValue::from_static(cookie));
    }
    response
}

async fn text(Path(word): Path<String>) -> Response {
    let name = HeaderName::from_static("x-word-length");
    let length = word.len().to_string();
    ([(name, length)], word).into_response()
}

/// A small file, of which the server says what it is by its name.
async fn file(Path(name): Path<String>) -> Response {
    let kind = mime_guess::from_path(&name).first_or_octet_stream().to_string();
    ([(header::CONTENT_TYPE, kind)], format!("this is {name}")).into_response()
}

/// Says every message again. A text may also be an order: `headers` (of the opening request, as JSON),
/// `close 4001 why`, `drop` (the connection, without a word), `twice x` (x, two times).
async fn socket(upgrade: WebSocketUpgrade, headers: HeaderMap) -> Response {
    let seen: Map<String, Value> = headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()))
        .collect();
    let upgrade = upgrade.protocols(["chat", "mqtt"]);
    upgrade.on_upgrade(async move |socket| converse(socket, &Value::Object(seen)).await)
}

async fn converse(mut socket: WebSocket, headers: &Value) {
    while let Some(Ok(message)) = socket.recv().await {
        let order = message.to_text().unwrap_or_default().to_owned();
        let sent = match (&message, order.split_once(' ').unwrap_or((&order, ""))) {
            (Message::Text(_), ("headers", "")) => socket.send(headers.to_string().into()).await,
            (Message::Text(_), ("drop", "")) => return,
            (Message::Text(_), ("twice", word)) => {
                let first = socket.send(word.into()).await;
                first.and(socket.send(word.into()).await)
            }
            (Message::Text(_), ("close", why)) => {
                let (code, reason) = why.split_once(' ').unwrap_or((why, ""));
                let frame = CloseFrame {
                    code: code.parse().unwrap_or(1000),
                    reason: reason.into(),
                };
                socket.send(Message::Close(Some(frame))).await
            }
            (Message::Text(_) | Message::Binary(_), _) => socket.send(message).await,
            // These the library answers by itself.
            (Message::Ping(_) | Message::Pong(_) | Message::Close(_), _) => Ok(()),
        };
        if sent.is_err() {
            return;
        }
    }
}

/// A body that says that it is GBK, and is.
async fn gbk() -> Response {
    (
        [(header::CONTENT_TYPE, "text/plain; charset=gbk")],
        vec![0xD6, 0xD0, 0xCE, 0xC4],
    )
        .into_response()
}

/// Pieces `chunk 1`, `chunk 2`, ..., each sent only when the reader asks `/next-chunk` for it,
/// or at once as far as permits were given before.
async fn chunks(Path(count): Path<u32>, State(next): State<Arc<Notify>>) -> Response {
    let pieces = futures_util::stream::unfold(1, move |at| {
        let next = Arc::clone(&next);
        async move {
            if at > count {
                return None;
            }
            if at > 1 {
                // A reader that never asks still gets everything.
                let _ = tokio::time::timeout(Duration::from_millis(50), next.notified()).await;
            }
            Some((Ok::<_, Infallible>(format!("chunk {at}")), at + 1))
        }
    });
    Body::from_stream(pieces).into_response()
}

async fn next_chunk(State(next): State<Arc<Notify>>) -> axum::Json<Value> {
    next.notify_one();
    axum::Json(json!({}))
}

/// An answer that breaks off before its length.
async fn broken() -> Response {
    let pieces = futures_util::stream::iter([Ok("half"), Err(std::io::Error::other("broken on purpose"))]);
    ([(header::CONTENT_LENGTH, "100")], Body::from_stream(pieces)).into_response()
}
