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
//! An app inside a program of one's own, on a thread and in virtual time:
//!
//! ```
//! use minirun::app::carrier::Carrier;
//! use minirun::app::device::DeviceState;
//! use minirun::app::launch::LaunchOptions;
//! use minirun::app::run::{RunConfig, run};
//! use minirun::app::schedule::Schedule;
//! use minirun::app::source::{Boot, Development, Start};
//! use minirun::app::timeline::Timeline;
//! use minirun::app::worlds::Worlds;
//! use minirun::engine::protocol::WorldSpec;
//! use minirun::package::SourcePackage;
//! use minirun::system::VirtualClock;
//! use minirun::wx::EnvVersion;
//! use std::sync::{Arc, Mutex};
//! use std::time::Duration;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let package = SourcePackage::open([
//!     ("app.json", r#"{"pages":["pages/a/a"]}"#.into()),
//!     ("app.js", "App({ onLaunch(options) { console.log('scene', options.scene) } })".into()),
//!     ("pages/a/a.js", "Page({})".into()),
//! ])?;
//! let boot = Boot {
//!     app_id: "wx0000000000000000".into(),
//!     release: None,
//!     version: None,
//!     env_version: EnvVersion::Develop,
//!     reason: "development version".into(),
//! };
//! let start = Start { package: Arc::new(package), boot, on_trial: false };
//!
//! let kinds = Arc::new(Mutex::new(Vec::new()));
//! let seen = Arc::clone(&kinds);
//! let clock = VirtualClock::new(1_767_225_600_000.0);
//! let world = WorldSpec { virtual_time: true, ..WorldSpec::default() };
//! let config = RunConfig {
//!     launch: LaunchOptions { scene: 1011, ..LaunchOptions::at("pages/a/a?from=doc") },
//!     worlds: Arc::new(Worlds::new(Carrier::Thread, world)),
//!     watchdog: Duration::from_secs(10),
//!     wants_dump: false,
//!     device: DeviceState::new(Arc::new(clock.clone())),
//!     virtual_clock: Some(clock),
//!     stay_ms: Some(10_000.0),
//!     schedule: Schedule::default(),
//!     timeline: Timeline::new(Box::new(move |entry| seen.lock().unwrap().push(entry.kind.clone()))),
//! };
//! // `_host` could send the app to the background, bring it back or stop it; it ends by itself.
//! let (_host, control) = tokio::sync::mpsc::unbounded_channel();
//! let report = run(config, Arc::new(Development(start)), control).await;
//! assert!(report.fault.is_none());
//! let kinds = kinds.lock().unwrap();
//! assert_eq!(kinds[..4], ["boot", "app.launch", "console", "app.show"]);
//! # Ok(())
//! # }
//! ```

pub mod app;
pub mod cli;
pub mod conformance;
pub mod engine;
pub mod package;
pub mod registry;
pub mod release;
pub mod system;
pub mod update;
pub mod wx;
