//! What a run is made of, and what it comes to.

use super::device::{DeviceState, Person};
use super::launch::LaunchOptions;
use super::neighbours::Neighbours;
use super::outside::Outside;
use super::presence::Presence;
use super::schedule::Schedule;
use super::timeline::Timeline;
use super::worlds::Worlds;
use crate::engine::protocol::WorldFault;
use crate::system::VirtualClock;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// How a run is carried out.
pub struct RunConfig {
    /// How the app is opened.
    pub launch: LaunchOptions,
    /// Where its worlds come from.
    pub worlds: Arc<Worlds>,
    /// How long one turn of a world may take, in real time.
    pub watchdog: Duration,
    /// Ask for the state at the end.
    pub wants_dump: bool,
    /// Ask for the tree of the page on the screen at the end.
    pub wants_tree: bool,
    /// Put every decision about updates on the timeline.
    pub explain: bool,
    /// The device's clock, where time is virtual.
    pub virtual_clock: Option<VirtualClock>,
    /// How long timers keep the run going, in milliseconds of the app's time; `None`: until it is told to stop.
    pub stay_ms: Option<f64>,
    /// What the host does to the app at set times.
    pub schedule: Schedule,
    /// Where the timeline goes.
    pub timeline: Timeline,
    /// What the app runs on.
    pub device: Arc<DeviceState>,
    /// Who uses it.
    pub person: Person,
    /// Told when the app has an instance.
    pub presence: Presence,
    /// The other apps of the device.
    pub neighbours: Arc<dyn Neighbours>,
    /// The program that runs it.
    pub outside: Arc<dyn Outside>,
}

/// How a run ended.
#[derive(Debug, Default)]
pub struct RunReport {
    /// What ended the app for good, if it was a fault.
    pub fault: Option<WorldFault>,
    /// The app could not be opened, and why.
    pub cannot_open: Option<String>,
    /// How many errors are on the timeline.
    pub errors: usize,
    /// The final state, where it was asked for.
    pub dump: Option<Value>,
    /// The tree of the page that was on the screen, where it was asked for and there was one.
    pub tree: Option<String>,
}
