//! A WebSocket that is listened to.

use super::{Book, Frame, SocketPattern, Step};
use crate::system::web::{SocketLine, WebError};
use async_trait::async_trait;
use bytes::Bytes;

/// Another line, whose frames become the steps of a script when it is over.
pub struct RecordedLine {
    inner: Box<dyn SocketLine>,
    book: Book,
    pattern: SocketPattern,
    steps: Vec<(Step, Option<Bytes>)>,
    /// The app has closed: the server's answer to it follows by itself.
    closing: bool,
}

impl RecordedLine {
    /// Listens to `inner`.
    pub fn new(inner: Box<dyn SocketLine>, book: Book, pattern: SocketPattern) -> Self {
        Self {
            inner,
            book,
            pattern,
            steps: Vec::new(),
            closing: false,
        }
    }

    fn note(&mut self, frame: &Frame, of_app: bool) {
        let step = match (frame, of_app) {
            (Frame::Text(text), true) => (Step::Expect(text.clone().into()), None),
            (Frame::Text(text), false) => (Step::Send(text.clone().into()), None),
            (Frame::Binary(bytes), true) => (Step::ExpectFile(String::new()), Some(bytes.clone())),
            (Frame::Binary(bytes), false) => (Step::SendFile(String::new()), Some(bytes.clone())),
            (Frame::Close { code, reason }, false) if !self.closing => {
                let (code, reason) = (*code, reason.clone());
                (Step::Close { code, reason }, None)
            }
            (Frame::Close { .. }, true) => return self.closing = true,
            _ => return,
        };
        self.steps.push(step);
    }
}

impl Drop for RecordedLine {
    fn drop(&mut self) {
        self.book.socket(self.pattern.clone(), std::mem::take(&mut self.steps));
    }
}

#[async_trait]
impl SocketLine for RecordedLine {
    async fn send(&mut self, frame: Frame) -> Result<(), WebError> {
        self.note(&frame, true);
        self.inner.send(frame).await
    }

    async fn next(&mut self) -> Result<Frame, WebError> {
        let frame = self.inner.next().await?;
        self.note(&frame, false);
        Ok(frame)
    }
}
