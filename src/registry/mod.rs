//! The release registry: an append-only log per app in an object store, packages as immutable objects named by their
//! digest, and one signed manifest per app. No database server; any file server or CDN can stand in front.
//!
//! ```text
//! apps/<appid>/log/<n>.json              decisions, written once each; the state is their fold; not for devices
//! apps/<appid>/packages/<digest>.zst     compressed archives and deltas, written once each
//! apps/<appid>/manifest.json             the signed manifest of the log's latest state
//! apps/<appid>/root/<n>.json, root.json  the keys that may sign, each version signed by the one before
//! keys/*.pem                             a local store's signing keys, if it was not given others
//! ```
//!
//! A plain file server must serve none but these addresses, and not the log, which names operators and users; `serve`
//! gives out the documents for clients and nothing else.

mod decisions;
mod error;
mod event;
mod failures;
mod http;
mod in_process;
mod log;
mod objects;
mod operator;
mod publish;
mod range;
mod refusal;
mod roots;
mod rotate;
mod rules;
mod settings;
mod state;
mod store;

pub use error::WriteError;
pub use event::Event;
pub use failures::{failures, note_failures};
pub use http::{router, serve};
pub use in_process::InProcess;
pub use log::{LogEntry, LogError, read_log};
pub use operator::{DEFAULT_VALID_MS, Operator};
pub use publish::{Publication, publish};
pub use refusal::Refusal;
pub use roots::{RootError, keys_of};
pub use settings::SettingsChange;
pub use state::{AppState, GRAY_MS, Gray, Status};
pub use store::{Store, StoreError};

#[cfg(test)]
mod operator_tests;
#[cfg(test)]
mod rotate_tests;
#[cfg(test)]
mod settings_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
