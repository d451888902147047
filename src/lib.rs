//! A headless engine for mini programs.
//!
//! Two flows, meeting in one type, `VerifiedPackage`:
//!
//! ```text
//! run:    bytes -verify-> VerifiedPackage -load-> LoadedApp -boot-> World <- AppEvent
//! update: Manifest -decide-> Offer -download-> Downloaded -verify-> VerifiedPackage -stage-> Staged -apply-> restart
//!         restart -> boot record: choose, started, confirmed | failed -> back to the last good one, bad one marked
//! ```
//!
//! Programs embed it through [`host`], which begins with an example.

pub mod app;
pub mod check;
pub mod cli;
pub mod conformance;
pub mod driver;
pub mod engine;
pub mod host;
pub mod package;
pub mod registry;
pub mod release;
pub mod scenario;
pub mod system;
pub mod update;
#[cfg(feature = "view")]
pub mod view;
pub mod wx;
