//! Servers that exist only in memory, and the ways in which a network can fail.

use super::clock::Clock;
use super::http::{Get, Http, HttpError, Response};
use super::lock;
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

/// How many bytes a body piece has.
const PIECE: usize = 1024;

/// A web server in memory: objects with an ETag, and ranges of them.
#[derive(Debug, Default)]
pub struct MemoryHttp {
    objects: Mutex<BTreeMap<String, Vec<u8>>>,
    log: Mutex<Vec<Get>>,
}

impl MemoryHttp {
    /// Offers `body` at `url`.
    pub fn put(&self, url: &str, body: Vec<u8>) {
        lock(&self.objects).insert(url.to_owned(), body);
    }

    /// Offers nothing more at `url`.
    pub fn remove(&self, url: &str) {
        lock(&self.objects).remove(url);
    }

    /// What is offered at `url`.
    pub fn body(&self, url: &str) -> Option<Vec<u8>> {
        lock(&self.objects).get(url).cloned()
    }

    /// Every request that came, in order.
    pub fn requests(&self) -> Vec<Get> {
        lock(&self.log).clone()
    }
}

/// An ETag that follows from the content.
fn etag(body: &[u8]) -> String {
    let hash = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3)
    });
    format!("\"{hash:x}\"")
}

/// An answer with a body that comes in pieces.
fn answer(url: &str, status: u16, headers: Vec<(String, String)>, body: &[u8]) -> Response {
    let pieces: Vec<_> = body.chunks(PIECE).map(|c| Ok(Bytes::copy_from_slice(c))).collect();
    Response {
        url: url.to_owned(),
        status,
        headers,
        body: stream::iter(pieces).boxed(),
    }
}

#[async_trait]
impl Http for MemoryHttp {
    async fn get(&self, request: Get) -> Result<Response, HttpError> {
        lock(&self.log).push(request.clone());
        let url = request.url.as_str();
        let Some(body) = self.body(url) else {
            return Ok(answer(url, 404, Vec::new(), b"not found"));
        };
        let tag = etag(&body);
        if request.get("if-none-match") == Some(tag.as_str()) {
            return Ok(answer(url, 304, vec![("etag".into(), tag)], b""));
        }
        let start = request
            .get("range")
            .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
        let unchanged = request.get("if-range").is_none_or(|wanted| wanted == tag);
        match start.filter(|start| unchanged && *start < body.len()) {
            Some(start) => {
                let range = format!("bytes {start}-{}/{}", body.len() - 1, body.len());
                let headers = vec![("etag".into(), tag), ("content-range".into(), range)];
                Ok(answer(url, 206, headers, &body[start..]))
            }
            None => Ok(answer(url, 200, vec![("etag".into(), tag)], &body)),
        }
    }
}

/// One way in which a fetch goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetFault {
    /// The server cannot be reached.
    Offline,
    /// The answer's head comes, and then nothing more.
    Stall,
    /// The connection breaks after so many bytes of the body.
    ResetAt(u64),
    /// The body ends after so many bytes, as if it were whole.
    CutAt(u64),
    /// These bytes come after the body.
    Append(Vec<u8>),
    /// The byte at this position is another.
    Flip(u64),
    /// A web page comes in place of the body, with status 200 (a captive portal).
    Html,
    /// This status comes, with these headers and no body.
    Status(u16, Vec<(String, String)>),
    /// The whole body comes although a part was asked for.
    IgnoreRange,
    /// The part that comes begins one byte early, and says so.
    WrongOffset,
    /// The body never ends.
    Endless,
    /// These headers come as well.
    Header(Vec<(String, String)>),
}

/// A part of addresses, and what their next fetches meet.
type Planned = (String, VecDeque<NetFault>);

/// Another client whose next fetches of an address go wrong.
#[derive(Clone)]
pub struct FaultyHttp {
    inner: Arc<dyn Http>,
    plan: Arc<Mutex<Vec<Planned>>>,
}

impl FaultyHttp {
    /// A client that works until faults are planned.
    pub fn new(inner: Arc<dyn Http>) -> Self {
        Self {
            inner,
            plan: Arc::default(),
        }
    }

    /// The next fetches of addresses that contain `part` meet `faults`, one each.
    pub fn plan(&self, part: &str, faults: impl IntoIterator<Item = NetFault>) {
        lock(&self.plan).push((part.to_owned(), faults.into_iter().collect()));
    }

    /// Whether every planned fault has been met.
    pub fn spent(&self) -> bool {
        lock(&self.plan).iter().all(|(_, faults)| faults.is_empty())
    }

    /// From now on everything works.
    pub fn clear(&self) {
        lock(&self.plan).clear();
    }

    fn next(&self, url: &str) -> Option<NetFault> {
        let mut plan = lock(&self.plan);
        let (_, faults) = plan
            .iter_mut()
            .find(|(part, faults)| url.contains(part.as_str()) && !faults.is_empty())?;
        faults.pop_front()
    }
}

#[async_trait]
impl Http for FaultyHttp {
    async fn get(&self, mut request: Get) -> Result<Response, HttpError> {
        let url = request.url.clone();
        let Some(fault) = self.next(&url) else {
            return self.inner.get(request).await;
        };
        match fault {
            NetFault::Offline => return Err(HttpError::broken(&url, "the server cannot be reached")),
            NetFault::Html => return Ok(answer(&url, 200, Vec::new(), b"<html>please log in</html>")),
            NetFault::Status(status, headers) => return Ok(answer(&url, status, headers, b"")),
            NetFault::IgnoreRange => request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("range")),
            _ => {}
        }
        let response = self.inner.get(request).await?;
        distort(response, fault).await
    }

    fn own_clock(&self) -> Option<Arc<dyn Clock>> {
        self.inner.own_clock()
    }
}

/// The answer as the fault leaves it.
async fn distort(response: Response, fault: NetFault) -> Result<Response, HttpError> {
    let (url, status) = (response.url.clone(), response.status);
    let mut headers = response.headers.clone();
    let mut body = response.collect(u64::MAX).await?;
    let cut = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(body.len());
    let tail = match fault {
        NetFault::Stall => {
            body.clear();
            stream::pending().boxed()
        }
        NetFault::ResetAt(at) => {
            body.truncate(cut(at));
            let error = HttpError::broken(&url, "connection reset by peer");
            stream::iter([Err(error)]).boxed()
        }
        NetFault::CutAt(at) => {
            body.truncate(cut(at));
            stream::empty().boxed()
        }
        NetFault::Append(more) => stream::iter([Ok(Bytes::from(more))]).boxed(),
        NetFault::Flip(at) => {
            let at = cut(at);
            if let Some(byte) = body.get_mut(at) {
                *byte ^= 1;
            }
            stream::empty().boxed()
        }
        NetFault::WrongOffset => {
            for (name, value) in &mut headers {
                if name == "content-range" {
                    *value = "bytes 0-0/1".into();
                }
            }
            stream::empty().boxed()
        }
        NetFault::Header(more) => {
            headers.extend(more);
            stream::empty().boxed()
        }
        NetFault::Endless => stream::repeat_with(|| Ok(Bytes::from_static(&[b'x'; PIECE]))).boxed(),
        _ => stream::empty().boxed(),
    };
    let mut distorted = answer(&url, status, headers, &body);
    distorted.body = distorted.body.chain(tail).boxed();
    Ok(distorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_range_of_an_unchanged_object_is_partial() {
        let http = MemoryHttp::default();
        http.put("u", b"0123456789".to_vec());
        let tag = etag(b"0123456789");
        let part = Get::new("u").header("Range", "bytes=4-").header("If-Range", &tag);
        let response = http.get(part).await.unwrap();
        assert_eq!(
            (response.status, response.header("Content-Range")),
            (206, Some("bytes 4-9/10"))
        );
        assert_eq!(response.collect(99).await.unwrap(), b"456789");
        let stale = Get::new("u").header("Range", "bytes=4-").header("If-Range", "\"x\"");
        assert_eq!(http.get(stale).await.unwrap().status, 200);
    }

    #[tokio::test]
    async fn planned_faults_come_once_each() {
        let memory = MemoryHttp::default();
        memory.put("u", b"0123456789".to_vec());
        let http = FaultyHttp::new(Arc::new(memory));
        http.plan(
            "u",
            [
                NetFault::Offline,
                NetFault::Flip(0),
                NetFault::CutAt(3),
                NetFault::ResetAt(3),
            ],
        );
        let fetch = || async { http.get(Get::new("u")).await?.collect(99).await };
        assert!(fetch().await.is_err());
        assert_eq!(fetch().await.unwrap(), b"1123456789");
        assert_eq!(fetch().await.unwrap(), b"012");
        assert!(fetch().await.is_err());
        assert_eq!(fetch().await.unwrap(), b"0123456789");
    }
}
