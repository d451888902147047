//! The update client: one file for each verb, and the one on-disk state.
//!
//! ```text
//! check -> SignedManifest -policy-> SignedRelease -download-> Downloaded -verify-> VerifiedPart -stage-> Staged -apply-> restart
//! boot: choose, started, confirmed | failed -> back to the last good one, the failed one marked bad
//! ```
//!
//! [`Updater`] is what the app's loop uses.

mod apply;
mod boot;
mod check;
mod client;
mod clock_of_device;
mod database;
mod device;
mod download;
mod event;
pub mod explain;
mod garbage;
mod load;
#[cfg(test)]
mod model;
mod parts;
mod patience;
pub mod policy;
mod recover;
pub mod silent;
mod stage;
mod start;
pub mod state;
#[cfg(test)]
mod testing;
pub mod thresholds;
mod updater;
mod verify;

pub use apply::{ApplyError, apply};
pub use check::{CheckError, Checked, check};
pub use client::Client;
pub use clock_of_device::{advance_clock, clock_ahead_ms, reset_clock};
pub use database::DatabaseError;
pub use device::{Device, DeviceError};
pub use download::{DownloadError, Downloaded, download};
pub use event::{DownloadKind, Progress, UpdateEvent};
pub use garbage::collect;
pub use load::{LoadError, load};
pub use parts::PartError;
pub use policy::{Background, Reason};
pub use stage::{Staged, stage};
pub use start::{Start, StartError};
pub use updater::Updater;
pub use verify::{FetchError, VerifiedRelease, fetch};
