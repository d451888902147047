//! Fetching over HTTP as a dependency: a streamed GET whose size and time are
//! bounded by the caller.

use super::{Clock, Network, Passage, RealClock};
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use std::future::Future;
use std::sync::Arc;

/// How many redirections a fetch follows.
const MAX_REDIRECTS: usize = 5;

/// Why a fetch did not give its body. What the variants part is what the caller does about them.
#[derive(Debug, Clone, thiserror::Error)]
pub enum HttpError {
    /// The server could not be reached or the transfer broke: trying again may help.
    #[error("{url}: {reason}")]
    Broken {
        /// What was fetched.
        url: String,
        /// What happened.
        reason: String,
    },
    /// The device has no network: trying again at once gives the same.
    #[error("{url}: the device is offline")]
    Offline {
        /// What was fetched.
        url: String,
    },
    /// Nothing came for too long, or all of it took too long: trying again may help.
    #[error("{url}: no answer within {after_ms} ms")]
    TimedOut {
        /// What was fetched.
        url: String,
        /// The time allowed, in milliseconds.
        after_ms: u64,
    },
    /// The body is longer than it may be: trying again gives the same.
    #[error("{url}: the answer is longer than {limit} bytes")]
    TooLong {
        /// What was fetched.
        url: String,
        /// The bytes allowed.
        limit: u64,
    },
    /// The address, or where it redirects to, is not acceptable.
    #[error("{url}: {reason}")]
    Refused {
        /// What was fetched.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl HttpError {
    /// A transfer that broke.
    pub fn broken(url: &str, reason: impl ToString) -> Self {
        Self::Broken {
            url: url.to_owned(),
            reason: reason.to_string(),
        }
    }

    /// Whether trying again may help.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Broken { .. } | Self::TimedOut { .. })
    }
}

/// What is fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Get {
    /// An absolute `http` or `https` address.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
}

impl Get {
    /// A fetch of `url` without headers of its own.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            headers: Vec::new(),
        }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// A header's value; the name's case does not matter.
    pub fn get(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

/// A body as it arrives.
pub type Body = BoxStream<'static, Result<Bytes, HttpError>>;

/// An answer whose body is still arriving.
pub struct Response {
    /// The address that was fetched.
    pub url: String,
    /// The HTTP status.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            url, status, headers, ..
        } = self;
        write!(f, "Response({url}, {status}, {headers:?})")
    }
}

impl Response {
    /// A header's value; the name's case does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The whole body, at most `limit` bytes of it.
    ///
    /// # Errors
    /// As the stream's, or [`HttpError::TooLong`].
    pub async fn collect(mut self, limit: u64) -> Result<Vec<u8>, HttpError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.body.next().await {
            bytes.extend_from_slice(&chunk?);
            if bytes.len() as u64 > limit {
                return Err(HttpError::TooLong { url: self.url, limit });
            }
        }
        Ok(bytes)
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut values = headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
    values.next().map(|(_, value)| value.as_str())
}

/// Whoever fetches.
#[async_trait]
pub trait Http: Send + Sync {
    /// Sends the request and returns when the answer's head is there.
    ///
    /// # Errors
    /// A transfer that did not come about; an HTTP status is never an error.
    async fn get(&self, request: Get) -> Result<Response, HttpError>;

    /// The clock by which its waits are to be measured, where that is not the device's: a real server
    /// takes real time, whatever a virtual clock shows.
    fn own_clock(&self) -> Option<Arc<dyn Clock>> {
        None
    }
}

/// Waits for `work`, but not longer than until `at_ms`.
pub async fn before<T>(clock: &dyn Clock, at_ms: f64, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        done = work => Some(done),
        () = clock.sleep_until(at_ms) => None,
    }
}

/// The machine's network.
#[derive(Debug, Clone)]
pub struct RealHttp(reqwest::Client);

impl RealHttp {
    /// A client that keeps connections open between fetches.
    ///
    /// # Errors
    /// [`HttpError::Refused`] where the machine's certificates cannot be used.
    pub fn new() -> Result<Self, HttpError> {
        install_crypto();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::custom(redirect))
            .user_agent(concat!("minirun/", env!("CARGO_PKG_VERSION")))
            .build();
        client.map(Self).map_err(|e| HttpError::Refused {
            url: String::new(),
            reason: reason(&e),
        })
    }
}

/// TLS needs one provider of cryptography a process; a second installation changes nothing.
pub fn install_crypto() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Follows a few redirections, and none from an encrypted to an open address.
fn redirect(attempt: reqwest::redirect::Attempt<'_>) -> reqwest::redirect::Action {
    match judge_redirect(attempt.previous(), attempt.url()) {
        Ok(()) => attempt.follow(),
        Err(reason) => attempt.error(reason),
    }
}

fn judge_redirect(previous: &[reqwest::Url], next: &reqwest::Url) -> Result<(), &'static str> {
    let was_secure = previous.last().is_some_and(|url| url.scheme() == "https");
    if was_secure && next.scheme() != "https" {
        return Err("redirected from https to an open address");
    }
    if previous.len() > MAX_REDIRECTS {
        return Err("too many redirections");
    }
    Ok(())
}

/// The innermost cause says most.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

fn translate(url: &str, error: &reqwest::Error) -> HttpError {
    if error.is_redirect() || error.is_builder() {
        return HttpError::Refused {
            url: url.to_owned(),
            reason: reason(error),
        };
    }
    HttpError::broken(url, reason(error))
}

#[async_trait]
impl Http for RealHttp {
    async fn get(&self, request: Get) -> Result<Response, HttpError> {
        let url = request.url;
        let mut builder = self.0.get(&url);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let response = builder.send().await.map_err(|e| translate(&url, &e))?;
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let at = url.clone();
        Ok(Response {
            url,
            status: response.status().as_u16(),
            headers,
            body: response
                .bytes_stream()
                .map(move |chunk| chunk.map_err(|e| translate(&at, &e)))
                .boxed(),
        })
    }

    fn own_clock(&self) -> Option<Arc<dyn Clock>> {
        Some(Arc::new(RealClock))
    }
}

/// Another client behind the conditions of the device's network.
#[derive(Clone)]
pub struct ShapedHttp {
    inner: Arc<dyn Http>,
    network: Network,
    clock: Arc<dyn Clock>,
}

impl ShapedHttp {
    /// `inner` as the device's network lets it through; waiting goes through `clock`.
    pub fn new(inner: Arc<dyn Http>, network: Network, clock: Arc<dyn Clock>) -> Self {
        Self { inner, network, clock }
    }
}

#[async_trait]
impl Http for ShapedHttp {
    async fn get(&self, request: Get) -> Result<Response, HttpError> {
        let conditions = self.network.conditions();
        let passage = self.network.next_passage();
        if passage == Passage::Offline {
            return Err(HttpError::Offline { url: request.url });
        }
        if conditions.latency_ms > 0.0 {
            let at = self.clock.now_ms() + conditions.latency_ms;
            self.clock.pause_until(at).await;
        }
        if passage == Passage::Dropped {
            return Err(HttpError::broken(&request.url, "the connection was lost"));
        }
        let mut response = self.inner.get(request).await?;
        if conditions.rate.is_some() {
            let clock = Arc::clone(&self.clock);
            response.body = stream::unfold((response.body, clock), move |(mut body, clock)| async move {
                let chunk = body.next().await?;
                let bytes = chunk.as_ref().map_or(0, Bytes::len);
                clock.pause_until(clock.now_ms() + conditions.transfer_ms(bytes)).await;
                Some((chunk, (body, clock)))
            })
            .boxed();
        }
        Ok(response)
    }

    fn own_clock(&self) -> Option<Arc<dyn Clock>> {
        self.inner.own_clock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::{MemoryHttp, NetworkConditions, VirtualClock};

    fn memory() -> Arc<MemoryHttp> {
        let http = MemoryHttp::default();
        http.put("http://r/a", b"0123456789".to_vec());
        Arc::new(http)
    }

    fn shaped(conditions: &str) -> (ShapedHttp, VirtualClock) {
        let clock = VirtualClock::new(0.0);
        let conditions: NetworkConditions = conditions.parse().unwrap();
        let http = ShapedHttp::new(memory(), Network::new(conditions, 1), Arc::new(clock.clone()));
        (http, clock)
    }

    #[tokio::test]
    async fn a_body_longer_than_the_limit_is_refused() {
        let response = memory().get(Get::new("http://r/a")).await.unwrap();
        let error = response.collect(9).await.unwrap_err();
        assert!(matches!(error, HttpError::TooLong { limit: 9, .. }), "{error}");
    }

    #[tokio::test]
    async fn an_offline_device_reaches_nobody() {
        let (http, _) = shaped("offline");
        let error = http.get(Get::new("http://r/a")).await.unwrap_err();
        assert_eq!(error.to_string(), "http://r/a: the device is offline");
        assert!(!error.is_transient());
    }

    #[tokio::test]
    async fn latency_and_rate_pass_on_the_clock() {
        let (http, clock) = shaped("latency=300ms,rate=10B/s");
        let fetch = tokio::spawn(async move { http.get(Get::new("http://r/a")).await?.collect(99).await });
        for at in [300.0, 1300.0] {
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            assert!(!fetch.is_finished());
            clock.advance_to(at);
        }
        assert_eq!(fetch.await.unwrap().unwrap(), b"0123456789");
    }

    #[tokio::test]
    async fn waiting_ends_at_its_deadline() {
        let clock = VirtualClock::new(5.0);
        assert_eq!(before(&clock, 5.0, std::future::pending::<()>()).await, None);
        assert_eq!(before(&clock, 5.0, std::future::ready(1)).await, Some(1));
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_refused() {
        let error = RealHttp::new().unwrap().get(Get::new("nowhere")).await.unwrap_err();
        assert!(matches!(error, HttpError::Refused { .. }), "{error}");
    }

    #[test]
    fn redirect_downgrade_to_an_open_address_is_refused() {
        let url = |text: &str| reqwest::Url::parse(text).unwrap();
        let (secure, open) = (url("https://a.test/x"), url("http://a.test/x"));
        assert!(judge_redirect(std::slice::from_ref(&secure), &open).is_err());
        assert!(judge_redirect(std::slice::from_ref(&open), &secure).is_ok());
        assert!(judge_redirect(std::slice::from_ref(&open), &open).is_ok());
        assert!(judge_redirect(&[open.clone(), secure.clone()], &open).is_err());
    }
}
