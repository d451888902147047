//! Answers from files instead of servers: a run that needs no network, and gets the same every time.
//!
//! A folder has `.json` files that a person can write, each with one fixture or a list of them; their
//! form is that of [`Fixture`]. The first that fits answers, in the order of the files' names.

mod format;
mod matching;
mod script;

pub use format::{Answer, Failure, Fixture, HeaderValues, RequestPattern, SocketPattern, Step};

use super::web::{After, Socket, SocketRequest, Web, WebError, WebRequest, WebResponse};
use super::{Clock, find_files};
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use script::Script;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A folder of fixtures that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", file.display())]
pub struct FixtureError {
    /// The file, or the folder.
    pub file: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

/// The fixtures of a folder.
#[derive(Debug)]
pub struct Fixtures {
    folder: PathBuf,
    /// Each with the file that it is from.
    all: Vec<(PathBuf, Fixture)>,
}

impl Fixtures {
    /// Reads a folder, with the files that answers name.
    ///
    /// # Errors
    /// A file cannot be read or is no fixture, or the folder has none.
    pub fn read(folder: &Path) -> Result<Self, FixtureError> {
        let fault = |file: &Path, reason: String| FixtureError {
            file: file.to_owned(),
            reason,
        };
        let files = find_files(folder, &[".json"]).map_err(|cause| fault(folder, cause.to_string()))?;
        if files.is_empty() {
            return Err(fault(folder, "there is no .json file with network fixtures".into()));
        }
        let mut all = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(&file).map_err(|cause| fault(&file, cause.to_string()))?;
            for mut fixture in format::parse(&text).map_err(|reason| fault(&file, reason))? {
                let beside = file.parent().unwrap_or(folder);
                fixture.load(beside).map_err(|reason| fault(&file, reason))?;
                all.push((file.clone(), fixture));
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            all,
        })
    }
}

/// The web of a run whose answers come from fixtures.
pub struct FixtureWeb {
    fixtures: Arc<Fixtures>,
    /// How many answers each fixture has given.
    given: Mutex<Vec<usize>>,
    clock: Arc<dyn Clock>,
}

impl FixtureWeb {
    /// A web on which nothing has happened yet; pauses pass on `clock`.
    pub fn new(fixtures: Arc<Fixtures>, clock: Arc<dyn Clock>) -> Self {
        Self {
            given: Mutex::new(vec![0; fixtures.all.len()]),
            fixtures,
            clock,
        }
    }

    /// The first fixture that fits, its file, and how many times it was used before.
    fn find(&self, fits: impl Fn(&Fixture) -> bool) -> Option<(&Path, &Fixture, usize)> {
        let at = self.fixtures.all.iter().position(|(_, fixture)| fits(fixture))?;
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let before = given[at];
        given[at] += 1;
        let (file, fixture) = &self.fixtures.all[at];
        Some((file, fixture, before))
    }

    fn unmatched(&self, what: &str, example: &Value) -> WebError {
        let folder = self.fixtures.folder.display();
        WebError::Unmatched(format!(
            "no network fixture answers {what}; add one to {folder}, such as {example}, or write it with --record"
        ))
    }
}

#[async_trait]
impl Web for FixtureWeb {
    async fn send(&self, request: WebRequest) -> After<WebResponse> {
        let (method, url, headers) = (request.method, request.url, request.headers);
        let body = request.body.collect().await;
        let found = self.find(|fixture| {
            let pattern = fixture.request.as_ref();
            pattern.is_some_and(|pattern| matching::fits(pattern, &method, &url, &headers, &body))
        });
        let Some((_, fixture, before)) = found else {
            let example = json!({ "request": { "method": method, "url": url.as_str() }, "response": { "body": {} } });
            return After::now(Err(self.unmatched(&format!("{method} {url}"), &example)));
        };
        // Of several answers the last one stays.
        let answers = fixture.answers();
        let answer = answers.get(before).or(answers.last()).cloned().unwrap_or_default();
        After {
            delay_ms: answer.delay,
            outcome: response(answer),
        }
    }

    async fn connect(&self, request: SocketRequest) -> After<Socket> {
        let found = self.find(|fixture| {
            let pattern = fixture.socket.as_ref();
            pattern.is_some_and(|pattern| matching::is_address(&pattern.url, &request.url))
        });
        let Some((file, fixture, before)) = found else {
            let example = json!({ "socket": { "url": request.url.as_str() }, "script": [{ "send": "hello" }] });
            return After::now(Err(self.unmatched(&format!("the WebSocket {}", request.url), &example)));
        };
        let pattern = fixture.socket.clone().unwrap_or_default();
        if let Some(failure) = pattern.fail {
            return After {
                delay_ms: pattern.delay,
                outcome: Err(failure.into()),
            };
        }
        let scripts = fixture.scripts();
        let steps = scripts.get(before).or(scripts.last()).cloned().unwrap_or_default();
        let protocol = pattern
            .protocol
            .map(|protocol| ("sec-websocket-protocol".to_owned(), protocol));
        let line = Script::new(steps, Arc::clone(&self.clock), file);
        After {
            delay_ms: pattern.delay,
            outcome: Ok(Socket {
                headers: protocol.into_iter().collect(),
                line: Box::new(line),
            }),
        }
    }
}

fn response(answer: Answer) -> Result<WebResponse, WebError> {
    if let Some(failure) = answer.fail {
        return Err(failure.into());
    }
    let mut headers = answer.headers();
    let pieces = answer.pieces();
    let has = |headers: &[(String, String)], wanted: &str| headers.iter().any(|(name, _)| name == wanted);
    if answer.is_json() && !has(&headers, "content-type") {
        headers.push(("content-type".into(), "application/json; charset=utf-8".into()));
    }
    if pieces.len() < 2 && !has(&headers, "content-length") {
        let length: usize = pieces.iter().map(Bytes::len).sum();
        headers.push(("content-length".into(), length.to_string()));
    }
    Ok(WebResponse {
        status: answer.status,
        headers,
        http2: false,
        body: stream::iter(pieces.into_iter().map(Ok)).boxed(),
    })
}

#[cfg(test)]
mod tests;
