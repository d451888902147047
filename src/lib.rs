//! A headless engine for mini programs.
//!
//! Two flows, meeting in one type, `VerifiedPackage`:
//!
//! ```text
//! run:    bytes -verify-> VerifiedPackage -load-> LoadedApp -boot-> World <- AppEvent
//! update: Manifest -decide-> Offer -download-> Downloaded -verify-> VerifiedPackage -stage-> Staged -apply-> restart
//!         restart -> boot record: choose, started, confirmed | failed -> back to the last good one, bad one marked
//! ```

pub mod conformance;
pub mod engine;
pub mod system;
pub mod wx;
