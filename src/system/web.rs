//! The web as mini programs use it: requests of which any status is an answer, bodies in
//! pieces, and WebSockets. Whoever answers (servers, files) stands behind [`Web`].

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use std::net::UdpSocket;
use tokio::sync::mpsc;
use url::Url;

/// Header names in lower case, and values, in order.
pub type Headers = Vec<(String, String)>;

/// The first value of a header of this name (in lower case).
pub fn header<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(other, _)| other == name);
    found.map(|(_, value)| value.as_str())
}

/// Whoever answers requests and connections.
#[async_trait]
pub trait Web: Send + Sync {
    /// Sends the request; returns when the answer's headers are there.
    async fn send(&self, request: WebRequest) -> After<WebResponse>;

    /// Opens a WebSocket; returns when it is open.
    async fn connect(&self, request: SocketRequest) -> After<Socket>;

    /// A socket for datagrams at this port, at any free one for 0; it never blocks.
    ///
    /// # Errors
    /// The port is taken, or whoever answers is not the machine's own network.
    fn datagrams(&self, _v6: bool, _port: u16) -> Result<UdpSocket, WebError> {
        Err(WebError::Unmatched(
            "UDP goes over the machine's own network only: there are no fixtures of it, and it cannot be recorded"
                .into(),
        ))
    }
}

/// What came of it, and what has to pass on the device's clock before anybody learns of it.
#[derive(Debug)]
pub struct After<T> {
    /// Milliseconds; 0 where the answer took its own time already.
    pub delay_ms: f64,
    /// The answer, or why there is none.
    pub outcome: Result<T, WebError>,
}

impl<T> After<T> {
    /// An answer that took its own time.
    pub fn now(outcome: Result<T, WebError>) -> Self {
        Self { delay_ms: 0.0, outcome }
    }
}

/// One request.
#[derive(Debug)]
pub struct WebRequest {
    /// The method, in upper case.
    pub method: String,
    /// Where to.
    pub url: Url,
    /// A later one of the same name replaces an earlier one.
    pub headers: Headers,
    /// What is sent with it.
    pub body: WebBody,
    /// Redirects are followed.
    pub follow: bool,
}

/// The body of a request.
#[derive(Debug)]
pub enum WebBody {
    /// There is none.
    None,
    /// All of it.
    Whole(Bytes),
    /// Piece by piece: a sender learns how far it is by how many pieces were taken.
    Pieces {
        /// Bytes of all pieces together.
        length: u64,
        /// The pieces.
        pieces: mpsc::Receiver<Bytes>,
    },
}

impl WebBody {
    /// All of it at once; what does not want it piece by piece asks for this.
    pub async fn collect(self) -> Bytes {
        match self {
            Self::None => Bytes::new(),
            Self::Whole(bytes) => bytes,
            Self::Pieces { mut pieces, .. } => {
                let mut all = Vec::new();
                while let Some(piece) = pieces.recv().await {
                    all.extend_from_slice(&piece);
                }
                all.into()
            }
        }
    }
}

/// The body of an answer as it arrives.
pub type Pieces = BoxStream<'static, Result<Bytes, WebError>>;

/// An answer whose body is still to come.
pub struct WebResponse {
    /// The HTTP status.
    pub status: u16,
    /// Header fields as they came.
    pub headers: Headers,
    /// It came over HTTP/2, which knows lower-case names only.
    pub http2: bool,
    /// The body.
    pub body: Pieces,
}

impl WebResponse {
    /// The next piece of the body; `None` at its end.
    ///
    /// # Errors
    /// The connection broke before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, WebError> {
        self.body.next().await.transpose()
    }
}

impl std::fmt::Debug for WebResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WebResponse({}, {:?})", self.status, self.headers)
    }
}

/// A WebSocket to open.
#[derive(Debug, Clone)]
pub struct SocketRequest {
    /// A `ws` or `wss` address.
    pub url: Url,
    /// Fields of the opening request, beside those of the protocol.
    pub headers: Headers,
    /// The subprotocols on offer.
    pub protocols: Vec<String>,
}

/// An open WebSocket.
pub struct Socket {
    /// Header fields of the answer that opened it.
    pub headers: Headers,
    /// The line.
    pub line: Box<dyn SocketLine>,
}

impl std::fmt::Debug for Socket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Socket({:?})", self.headers)
    }
}

/// Both directions of an open WebSocket.
#[async_trait]
pub trait SocketLine: Send {
    /// Sends a frame; a `Close` begins the closing, which ends with the other side's `Close`.
    ///
    /// # Errors
    /// The connection broke.
    async fn send(&mut self, frame: Frame) -> Result<(), WebError>;

    /// The next frame from the other side. A future of it that is dropped has taken nothing.
    ///
    /// # Errors
    /// The connection broke without a `Close`.
    async fn next(&mut self) -> Result<Frame, WebError>;
}

/// What goes over a WebSocket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A text message.
    Text(String),
    /// A binary message.
    Binary(Bytes),
    /// Asks the other side whether it has read all that came before.
    Ping(Bytes),
    /// It has.
    Pong(Bytes),
    /// The end.
    Close {
        /// Why, as a number; 1005 where the other side gave none.
        code: u16,
        /// Why, in words.
        reason: String,
    },
}

/// Why there is no answer, or not all of it. Each one is for the app to deal with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    /// A header or the method cannot be sent.
    #[error("request cannot be sent: {0}")]
    Invalid(String),
    /// The host has no address.
    #[error("name not resolved")]
    NotResolved,
    /// Nobody listens there.
    #[error("connection refused")]
    Refused,
    /// The server's certificate is not trusted, or no common protocol was found.
    #[error("certificate or tls: {0}")]
    Tls(String),
    /// The server was not reached for another reason.
    #[error("connection failed: {0}")]
    Unreachable(String),
    /// More redirects than a client follows.
    #[error("too many redirects")]
    TooManyRedirects,
    /// The connection broke.
    #[error("connection reset: {0}")]
    Broken(String),
    /// Nothing came in time.
    #[error("timeout")]
    TimedOut,
    /// There is no network.
    #[error("offline")]
    Offline,
    /// The server does not open a WebSocket there; with its status.
    #[error("Invalid HTTP status: {0}")]
    NotASocket(u16),
    /// Answers come from files, and none of them is for this one; with what to do about it.
    #[error("{0}")]
    Unmatched(String),
}
