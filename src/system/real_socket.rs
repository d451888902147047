//! WebSockets over the machine's network.

use super::http::install_crypto;
use super::web::{Frame, Headers, Socket, SocketLine, SocketRequest, WebError};
use async_trait::async_trait;
use futures_util::{SinkExt, StreamExt};
use rustls::ClientConfig;
use rustls_platform_verifier::ConfigVerifierExt;
use std::io::ErrorKind;
use std::sync::{Arc, OnceLock};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::{Request, Response};
use tokio_tungstenite::tungstenite::http::header::{HeaderName, HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};
use url::{Host, Url};

/// What a close frame without a code stands for.
const NO_CODE: u16 = 1005;

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Opens a WebSocket.
///
/// # Errors
/// The server was not reached, or does not open one.
pub async fn connect(request: SocketRequest) -> Result<Socket, WebError> {
    let opening = opening(&request)?;
    let stream = reach(&request.url).await?;
    let (stream, response) = client_async(opening, stream).await.map_err(|cause| refused(&cause))?;
    Ok(Socket {
        headers: headers(&response),
        line: Box::new(Line(stream)),
    })
}

fn opening(request: &SocketRequest) -> Result<Request, WebError> {
    let invalid = |cause: &dyn std::fmt::Display| WebError::Invalid(cause.to_string());
    let mut opening = request
        .url
        .as_str()
        .into_client_request()
        .map_err(|cause| invalid(&cause))?;
    for (name, value) in &request.headers {
        let name = HeaderName::try_from(name).map_err(|cause| invalid(&cause))?;
        let value = HeaderValue::try_from(value).map_err(|cause| invalid(&cause))?;
        opening.headers_mut().insert(name, value);
    }
    if !request.protocols.is_empty() {
        let offered = HeaderValue::try_from(request.protocols.join(", ")).map_err(|cause| invalid(&cause))?;
        opening.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, offered);
    }
    Ok(opening)
}

async fn reach(url: &Url) -> Result<Box<dyn Stream>, WebError> {
    let host = url.host().ok_or_else(|| WebError::Invalid("no host".into()))?;
    let name = match &host {
        Host::Ipv6(address) => address.to_string(),
        host => host.to_string(),
    };
    let port = url.port_or_known_default().unwrap_or(80);
    let addresses = tokio::net::lookup_host((name.as_str(), port)).await;
    let addresses: Vec<_> = addresses.map_err(|_| WebError::NotResolved)?.collect();
    let stream = TcpStream::connect(addresses.as_slice())
        .await
        .map_err(|cause| unreachable(&cause))?;
    // Messages are small, and somebody waits for each.
    stream.set_nodelay(true).map_err(|cause| unreachable(&cause))?;
    if url.scheme() != "wss" {
        return Ok(Box::new(stream));
    }
    let server = rustls::pki_types::ServerName::try_from(name).map_err(|cause| WebError::Invalid(cause.to_string()))?;
    let connected = TlsConnector::from(tls()?).connect(server, stream).await;
    Ok(Box::new(connected.map_err(|cause| WebError::Tls(cause.to_string()))?))
}

fn tls() -> Result<Arc<ClientConfig>, WebError> {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(Arc::clone(config));
    }
    install_crypto();
    let config = ClientConfig::with_platform_verifier().map_err(|cause| WebError::Tls(cause.to_string()))?;
    Ok(Arc::clone(CONFIG.get_or_init(|| Arc::new(config))))
}

fn unreachable(cause: &std::io::Error) -> WebError {
    match cause.kind() {
        ErrorKind::ConnectionRefused => WebError::Refused,
        _ => WebError::Unreachable(cause.to_string()),
    }
}

fn refused(cause: &Error) -> WebError {
    match cause {
        Error::Http(response) => WebError::NotASocket(response.status().as_u16()),
        Error::Io(cause) => unreachable(cause),
        other => WebError::Unreachable(other.to_string()),
    }
}

fn headers(response: &Response) -> Headers {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let fields = response.headers().iter();
    fields.map(|(name, value)| (name.to_string(), text(value))).collect()
}

struct Line(WebSocketStream<Box<dyn Stream>>);

#[async_trait]
impl SocketLine for Line {
    async fn send(&mut self, frame: Frame) -> Result<(), WebError> {
        let message = match frame {
            Frame::Text(text) => Message::Text(text.into()),
            Frame::Binary(bytes) => Message::Binary(bytes),
            Frame::Ping(bytes) => Message::Ping(bytes),
            Frame::Pong(bytes) => Message::Pong(bytes),
            Frame::Close { code, reason } => Message::Close(Some(CloseFrame {
                code: code.into(),
                reason: reason.into(),
            })),
        };
        self.0.send(message).await.map_err(|cause| broken(&cause))
    }

    async fn next(&mut self) -> Result<Frame, WebError> {
        loop {
            let Some(message) = self.0.next().await else {
                return Err(WebError::Broken("the connection ended".into()));
            };
            return Ok(match message.map_err(|cause| broken(&cause))? {
                Message::Text(text) => Frame::Text(text.to_string()),
                Message::Binary(bytes) => Frame::Binary(bytes),
                Message::Ping(bytes) => Frame::Ping(bytes),
                Message::Pong(bytes) => Frame::Pong(bytes),
                Message::Close(None) => Frame::Close {
                    code: NO_CODE,
                    reason: String::new(),
                },
                Message::Close(Some(frame)) => Frame::Close {
                    code: frame.code.into(),
                    reason: frame.reason.to_string(),
                },
                // Raw frames are only ever written.
                Message::Frame(_) => continue,
            });
        }
    }
}

fn broken(cause: &Error) -> WebError {
    WebError::Broken(cause.to_string())
}
