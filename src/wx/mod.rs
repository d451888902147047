//! The host half of the `wx` API: one file per family, plain functions over JSON.
//!
//! A family is a `pub const APIS: &[Api]` and the functions that its rows name;
//! [`FAMILIES`] lists them all. What needs the app (a route, a restart, the
//! update) leaves as a [`HostCommand`] that the app's loop carries out.

mod api;
mod base64;
mod file_system;
mod host;
mod payload;
mod request;
mod storage;
mod transfers;

pub use api::{Api, Form, Param, Run};
pub use file_system::{Files, FilesRoot, PackageFiles};
pub use host::{Busy, Event, HostCommand, HostCommandCell, Outbox, Outgoing, Wx};
pub use payload::{Args, Outcome, Payload, WxError, ok, ok_with};
pub use storage::Storage;
pub use transfers::{Slot, Transfer, TransferConfig, Transfers};

/// Every family of the table.
pub const FAMILIES: &[&[Api]] = &[base64::APIS, file_system::APIS, request::APIS, storage::APIS];

/// Every row of the table.
pub fn apis() -> impl Iterator<Item = &'static Api> {
    FAMILIES.iter().flat_map(|family| family.iter())
}
