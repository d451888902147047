//! The release registry: an append-only log per app in an object store, packages as immutable objects named by their
//! digest, and one signed manifest per app. No database server; any file server or CDN can stand in front.
//!
//! ```text
//! apps/<appid>/log/<n>.json              decisions, written once each; the state is their fold
//! apps/<appid>/packages/<digest>.zst     compressed archives and deltas, written once each
//! apps/<appid>/manifest.json             the signed manifest of the log's latest state
//! apps/<appid>/root/<n>.json, root.json  the keys that may sign, each version signed by the one before
//! keys/publisher.pem                     a local store's signing key, if it was not given another one
//! ```
//!
//! A plain file server must serve `apps/` only; `serve` gives out the client's documents and nothing else.

mod http;
mod in_process;
mod log;
mod publish;
mod range;
mod roots;
mod state;
mod store;

pub use http::{router, serve};
pub use in_process::InProcess;
pub use log::{Event, LogEntry, LogError, read_log};
pub use publish::{DEFAULT_VALID_MS, Publication, PublishError, publish};
pub use roots::RootError;
pub use state::AppState;
pub use store::{Store, StoreError};

#[cfg(test)]
mod tests;
