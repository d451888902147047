//! Writes real traffic down as fixtures.
//!
//! A request's answers go into one file, named after its method and address, so that recording again replaces
//! it. What the app sent along (header fields, forms with files) is not written down, only what is needed to
//! know the request again.

mod socket;

use super::fixtures::{Answer, Failure, Fixture, HeaderValues, RequestPattern, SocketPattern, Step};
use super::web::{
    After, Frame, Headers, Pieces, Socket, SocketRequest, Web, WebBody, WebError, WebRequest, WebResponse, header,
};
use async_trait::async_trait;
use base64::Engine as _;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use serde_json::Value;
use sha2::{Digest, Sha256};
use socket::RecordedLine;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of the longest body that is written into the fixture itself.
const INLINE: usize = 16 * 1024;
/// Bytes of the longest binary message that is written into the fixture itself.
const INLINE_MESSAGE: usize = 1024;
/// Milliseconds after which a request that the app gave up would have ended anyway.
const GIVEN_UP: f64 = 60_000.0;
/// Fields that are those of the connection, or differ with each answer.
const OMITTED: [&str; 7] = [
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "keep-alive",
    "transfer-encoding",
    "upgrade",
];

/// Another web, whose answers are written into a folder as they come.
pub struct RecorderWeb {
    inner: Arc<dyn Web>,
    book: Book,
}

/// What was recorded in this run.
#[derive(Clone)]
pub struct Book {
    folder: PathBuf,
    fixtures: Arc<Mutex<BTreeMap<String, Fixture>>>,
}

impl RecorderWeb {
    /// Records what `inner` answers.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn new(inner: Arc<dyn Web>, folder: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let book = Book {
            folder: folder.to_owned(),
            fixtures: Arc::default(),
        };
        Ok(Self { inner, book })
    }
}

#[async_trait]
impl Web for RecorderWeb {
    async fn send(&self, request: WebRequest) -> After<WebResponse> {
        let pending = Pending::new(self.book.clone(), pattern(&request));
        let mut answer = self.inner.send(request).await;
        answer.outcome = match answer.outcome {
            Ok(response) => Ok(listened(response, pending)),
            Err(fault) => {
                pending.failed(&fault);
                Err(fault)
            }
        };
        answer
    }

    async fn connect(&self, request: SocketRequest) -> After<Socket> {
        let url = request.url.to_string();
        let mut opened = self.inner.connect(request).await;
        let book = self.book.clone();
        opened.outcome = match opened.outcome {
            Ok(socket) => {
                let protocol = header(&socket.headers, "sec-websocket-protocol").map(str::to_owned);
                let pattern = SocketPattern {
                    url,
                    protocol,
                    ..SocketPattern::default()
                };
                Ok(Socket {
                    headers: socket.headers,
                    line: Box::new(RecordedLine::new(socket.line, book, pattern)),
                })
            }
            Err(fault) => {
                if let Some(fail) = Failure::of(&fault) {
                    let pattern = SocketPattern {
                        url,
                        fail: Some(fail),
                        ..SocketPattern::default()
                    };
                    book.socket(pattern, Vec::new());
                }
                Err(fault)
            }
        };
        opened
    }
}

/// What the request will be known by.
fn pattern(request: &WebRequest) -> RequestPattern {
    let mut url = request.url.clone();
    url.set_fragment(None);
    let body = match &request.body {
        WebBody::Whole(bytes) => written(bytes, header(&request.headers, "content-type").unwrap_or_default()),
        WebBody::None | WebBody::Pieces { .. } => None,
    };
    RequestPattern {
        method: Some(request.method.clone()),
        url: url.to_string(),
        query: serde_json::Map::new(),
        body,
    }
}

/// A body as a person would write it; `None` for bytes that are no text. A JSON text on its own stays what it
/// is: written down as JSON it would be read as the text inside.
fn written(bytes: &[u8], kind: &str) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?;
    if kind.contains("json")
        && let Ok(value) = serde_json::from_str::<Value>(text)
        && !value.is_string()
    {
        return Some(value);
    }
    Some(text.into())
}

/// The same answer, written down when all of it has been read.
fn listened(response: WebResponse, pending: Pending) -> WebResponse {
    let (status, headers) = (response.status, response.headers.clone());
    let state = (response.body, Vec::new(), Some((pending, headers)));
    let body: Pieces = stream::unfold(state, move |(mut body, mut all, mut entry)| async move {
        let piece = body.next().await;
        match &piece {
            Some(Ok(bytes)) => all.extend_from_slice(bytes),
            Some(Err(fault)) => {
                if let Some((pending, _)) = entry.take() {
                    pending.failed(fault);
                }
            }
            None => {
                if let Some((pending, headers)) = entry.take() {
                    pending.answered(status, &headers, &all);
                }
            }
        }
        piece.map(|piece| (piece, (body, all, entry)))
    })
    .boxed();
    WebResponse { body, ..response }
}

/// A request whose answer is not all there. One that the app gives up is written down as a server that keeps
/// silent, so that it can give it up again.
struct Pending {
    book: Book,
    pattern: Option<RequestPattern>,
}

impl Pending {
    fn new(book: Book, pattern: RequestPattern) -> Self {
        Self {
            book,
            pattern: Some(pattern),
        }
    }

    fn failed(mut self, fault: &WebError) {
        if let (Some(pattern), Some(fail)) = (self.pattern.take(), Failure::of(fault)) {
            self.book.failed(pattern, fail, 0.0);
        }
    }

    fn answered(mut self, status: u16, headers: &Headers, body: &[u8]) {
        if let Some(pattern) = self.pattern.take() {
            self.book.answered(pattern, status, headers, body);
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(pattern) = self.pattern.take() {
            self.book.failed(pattern, Failure::Timeout, GIVEN_UP);
        }
    }
}

impl Book {
    fn failed(&self, pattern: RequestPattern, fail: Failure, delay: f64) {
        let answer = Answer {
            fail: Some(fail),
            delay,
            ..Answer::default()
        };
        self.add(pattern, |_, _| answer);
    }

    fn answered(&self, pattern: RequestPattern, status: u16, headers: &Headers, body: &[u8]) {
        let kind = header(headers, "content-type").unwrap_or_default().to_owned();
        let mut answer = Answer {
            status,
            headers: fields(headers),
            ..Answer::default()
        };
        self.add(pattern, |name, number| {
            match written(body, &kind).filter(|_| body.len() <= INLINE) {
                Some(text) => answer.body = Some(text).filter(|_| !body.is_empty()),
                None => answer.body_file = self.file(&format!("{name}.{number}{}", extension(&kind)), body),
            }
            answer
        });
    }

    /// One more answer to this request; the first one of the run replaces what an earlier run wrote.
    fn add(&self, pattern: RequestPattern, answer: impl FnOnce(&str, usize) -> Answer) {
        let method = pattern.method.clone().unwrap_or_default();
        let key = serde_json::to_string(&pattern).unwrap_or_default();
        let name = name(&method, &pattern.url, &key);
        let mut fixtures = self.fixtures.lock().unwrap_or_else(PoisonError::into_inner);
        let fixture = fixtures.entry(name.clone()).or_default();
        fixture.request = Some(pattern);
        let answer = answer(&name, fixture.responses.len() + 1);
        fixture.responses.push(answer);
        self.write(&name, single(fixture.clone()));
    }

    /// What happened on a socket.
    fn socket(&self, pattern: SocketPattern, steps: Vec<(Step, Option<Bytes>)>) {
        let name = name("socket", &pattern.url, &pattern.url);
        let mut fixtures = self.fixtures.lock().unwrap_or_else(PoisonError::into_inner);
        let fixture = fixtures.entry(name.clone()).or_default();
        fixture.socket = Some(pattern);
        let connection = fixture.scripts.len() + 1;
        let named = steps.into_iter().enumerate().filter_map(|(at, (step, bytes))| {
            let Some(bytes) = bytes else { return Some(step) };
            let sent = matches!(step, Step::SendFile(_));
            if bytes.len() <= INLINE_MESSAGE {
                let text = base64::engine::general_purpose::STANDARD.encode(&bytes);
                return Some(if sent {
                    Step::SendBytes(text)
                } else {
                    Step::ExpectBytes(text)
                });
            }
            let file = self.file(&format!("{name}.{connection}-{}.bin", at + 1), &bytes)?;
            Some(if sent {
                Step::SendFile(file)
            } else {
                Step::ExpectFile(file)
            })
        });
        let script = named.collect();
        fixture.scripts.push(script);
        self.write(&name, single(fixture.clone()));
    }

    fn write(&self, name: &str, fixture: Fixture) {
        let text = serde_json::to_string_pretty(&fixture).unwrap_or_default();
        self.file(&format!("{name}.json"), (text + "\n").as_bytes());
    }

    /// Writes a file beside the others. The traffic goes on where that fails, and the log says so.
    fn file(&self, name: &str, bytes: &[u8]) -> Option<String> {
        match std::fs::write(self.folder.join(name), bytes) {
            Ok(()) => Some(name.to_owned()),
            Err(error) => {
                tracing::error!(%error, name, "a network fixture could not be written");
                None
            }
        }
    }
}

/// One answer or script stands alone.
fn single(mut fixture: Fixture) -> Fixture {
    if fixture.responses.len() == 1 {
        fixture.response = fixture.responses.pop();
    }
    if fixture.scripts.len() == 1 {
        fixture.script = fixture.scripts.pop().unwrap_or_default();
    }
    fixture
}

fn fields(headers: &Headers) -> BTreeMap<String, HeaderValues> {
    let mut fields = BTreeMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| !OMITTED.contains(&name.as_str())) {
        let joined = match fields.remove(name) {
            None => HeaderValues::One(value.clone()),
            Some(HeaderValues::One(first)) => HeaderValues::Several(vec![first, value.clone()]),
            Some(HeaderValues::Several(mut values)) => {
                values.push(value.clone());
                HeaderValues::Several(values)
            }
        };
        fields.insert(name.clone(), joined);
    }
    fields
}

/// `get-api.example.com-notes-1a2b3c4d`: for people, and different for requests that differ.
fn name(method: &str, url: &str, key: &str) -> String {
    let place = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = place.split('?').next().unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let words: String = place.chars().map(plain).take(80).collect();
    let digest = hex::encode(&Sha256::digest(key)[..4]);
    format!("{}-{}-{digest}", method.to_lowercase(), words.trim_matches(['-', '.']))
}

fn extension(kind: &str) -> String {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let known = mime_guess::get_mime_extensions_str(essence).and_then(|known| known.first());
    // A .json file would be taken for a fixture.
    let known = known.filter(|known| **known != "json");
    known.map_or_else(|| ".bin".into(), |known| format!(".{known}"))
}

#[cfg(test)]
mod tests;
