//! HTTP as mini programs use it: one request, any status is an answer, the body in pieces.

use bytes::Bytes;
use reqwest::redirect::Policy;
use std::error::Error as _;
use std::sync::OnceLock;
use url::Url;

/// Redirects that are followed before the request is given up, as in Chromium.
const REDIRECT_LIMIT: usize = 20;

/// The HTTP clients of a device. They are built at the first request: setting up
/// TLS takes longer than starting an app.
#[derive(Debug, Default)]
pub struct Web {
    following: OnceLock<reqwest::Client>,
    manual: OnceLock<reqwest::Client>,
}

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct WebRequest {
    /// The method, in upper case.
    pub method: String,
    /// Where to.
    pub url: Url,
    /// Names and values; a later one of the same name replaces an earlier one.
    pub headers: Vec<(String, String)>,
    /// The body, where there is one.
    pub body: Option<Vec<u8>>,
    /// Redirects are followed.
    pub follow: bool,
}

/// An answer whose body is still to come.
#[derive(Debug)]
pub struct WebResponse {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case and values, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// It came over HTTP/2, which knows lower-case names only.
    pub http2: bool,
    body: reqwest::Response,
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
}

impl Web {
    /// Sends the request; returns when the answer's headers are there.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn send(&self, request: WebRequest) -> Result<WebResponse, WebError> {
        let client = self.client(request.follow)?;
        let method = request.method.parse().map_err(|_| WebError::Invalid(request.method))?;
        let mut builder = client.request(method, request.url);
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        let body = builder.send().await.map_err(|cause| classify(&cause))?;
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Ok(WebResponse {
            status: body.status().as_u16(),
            headers: body
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
            http2: body.version() == reqwest::Version::HTTP_2,
            body,
        })
    }

    fn client(&self, follow: bool) -> Result<reqwest::Client, WebError> {
        let (slot, policy) = match follow {
            true => (&self.following, Policy::limited(REDIRECT_LIMIT)),
            false => (&self.manual, Policy::none()),
        };
        if let Some(client) = slot.get() {
            return Ok(client.clone());
        }
        // Somebody else may have installed it already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder().redirect(policy).referer(false);
        let client = builder.build().map_err(|cause| WebError::Tls(cause.to_string()))?;
        Ok(slot.get_or_init(|| client).clone())
    }
}

impl WebResponse {
    /// The next piece of the body; `None` at its end.
    ///
    /// # Errors
    /// The connection broke before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, WebError> {
        self.body
            .chunk()
            .await
            .map_err(|cause| WebError::Broken(innermost(&cause)))
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
