//! The machine's way to servers.

use super::real_socket;
use super::web::{After, Socket, SocketRequest, Web, WebBody, WebError, WebRequest, WebResponse};
use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use reqwest::redirect::Policy;
use std::cell::OnceCell;
use std::error::Error as _;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

/// Redirects that are followed before the request is given up, as in Chromium.
const REDIRECT_LIMIT: usize = 20;

/// The machine's network.
#[derive(Debug, Clone, Copy)]
pub struct RealWeb;

/// The HTTP clients of a thread. They are built at the first request: setting up TLS takes longer than starting an app.
/// Threads share none, because a connection lives where it was opened: it rests whenever nobody runs that runtime.
#[derive(Default)]
struct Clients {
    following: OnceCell<reqwest::Client>,
    manual: OnceCell<reqwest::Client>,
}

thread_local! {
    static CLIENTS: Clients = Clients::default();
}

#[async_trait]
impl Web for RealWeb {
    async fn send(&self, request: WebRequest) -> After<WebResponse> {
        After::now(Self::exchange(request).await)
    }

    async fn connect(&self, request: SocketRequest) -> After<Socket> {
        After::now(real_socket::connect(request).await)
    }

    fn datagrams(&self, v6: bool, port: u16) -> Result<UdpSocket, WebError> {
        let any = if v6 {
            IpAddr::V6(Ipv6Addr::UNSPECIFIED)
        } else {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED)
        };
        let bound = UdpSocket::bind((any, port)).and_then(|socket| socket.set_nonblocking(true).map(|()| socket));
        bound.map_err(|cause| {
            WebError::Unreachable(match cause.kind() {
                ErrorKind::AddrInUse => "address already in use".into(),
                ErrorKind::PermissionDenied => "permission denied".into(),
                _ => cause.to_string(),
            })
        })
    }
}

impl RealWeb {
    async fn exchange(request: WebRequest) -> Result<WebResponse, WebError> {
        let client = CLIENTS.with(|clients| clients.client(request.follow))?;
        let method = request.method.parse().map_err(|_| WebError::Invalid(request.method))?;
        let mut builder = client.request(method, request.url);
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        let answer = with_body(builder, request.body).send().await;
        let answer = answer.map_err(|cause| classify(&cause))?;
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer.headers().iter();
        Ok(WebResponse {
            status: answer.status().as_u16(),
            headers: headers.map(|(name, value)| (name.to_string(), text(value))).collect(),
            http2: answer.version() == reqwest::Version::HTTP_2,
            body: answer
                .bytes_stream()
                .map(|piece| piece.map_err(|cause| WebError::Broken(innermost(&cause))))
                .boxed(),
        })
    }
}

impl Clients {
    fn client(&self, follow: bool) -> Result<reqwest::Client, WebError> {
        let (slot, policy) = match follow {
            true => (&self.following, Policy::limited(REDIRECT_LIMIT)),
            false => (&self.manual, Policy::none()),
        };
        if let Some(client) = slot.get() {
            return Ok(client.clone());
        }
        super::http::install_crypto();
        let builder = reqwest::Client::builder().redirect(policy).referer(false);
        let client = builder.build().map_err(|cause| WebError::Tls(cause.to_string()))?;
        Ok(slot.get_or_init(|| client).clone())
    }
}

/// A body in pieces has its length told, so that servers that know no chunks understand it.
fn with_body(builder: reqwest::RequestBuilder, body: WebBody) -> reqwest::RequestBuilder {
    match body {
        WebBody::None => builder,
        WebBody::Whole(bytes) => builder.body(bytes),
        WebBody::Pieces { length, pieces } => {
            let stream = stream::unfold(pieces, async |mut pieces| {
                Some((Ok::<_, std::io::Error>(pieces.recv().await?), pieces))
            });
            let builder = builder.header(reqwest::header::CONTENT_LENGTH, length);
            builder.body(reqwest::Body::wrap_stream(stream))
        }
    }
}

/// The HTTP library tells a connection's faults only through the chain of causes.
fn classify(fault: &reqwest::Error) -> WebError {
    if fault.is_redirect() {
        return WebError::TooManyRedirects;
    }
    if fault.is_builder() {
        return WebError::Invalid(innermost(fault));
    }
    let mut cause = fault.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if text.starts_with("dns error") {
            return WebError::NotResolved;
        }
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            if io.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) {
                return WebError::Tls(text);
            }
            if io.kind() == std::io::ErrorKind::ConnectionRefused {
                return WebError::Refused;
            }
        }
        cause = inner.source();
    }
    match fault.is_connect() {
        true => WebError::Unreachable(innermost(fault)),
        false => WebError::Broken(innermost(fault)),
    }
}

fn innermost(fault: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = fault;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
