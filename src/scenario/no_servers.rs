//! A network without servers: every request of an app fails, always in the same way.

use crate::system::{After, Socket, SocketRequest, Web, WebError, WebRequest, WebResponse};
use async_trait::async_trait;

/// Nobody answers. It takes a moment to find that out.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoServers;

const AFTER_MS: f64 = 53.0;

fn nobody<T>() -> After<T> {
    After {
        delay_ms: AFTER_MS,
        outcome: Err(WebError::Refused),
    }
}

#[async_trait]
impl Web for NoServers {
    async fn send(&self, _: WebRequest) -> After<WebResponse> {
        nobody()
    }

    async fn connect(&self, _: SocketRequest) -> After<Socket> {
        nobody()
    }
}
