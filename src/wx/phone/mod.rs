//! The simulated phone: what happens to it, and the APIs that ask it or its person.
//!
//! One vocabulary, the fields of [`Profile`](super::Profile), and three ways to
//! use it: a device file before the run, `--at` during it, and `device.set` in a
//! test. [`change`] is behind all three.

pub mod album;
pub mod asked;
pub mod beacons;
pub mod bluetooth;
pub mod bluetooth_values;
mod change;
pub mod facts;
pub mod identity;
pub mod local_services;
pub mod location;
pub mod open_type;
pub mod peripheral;
pub mod permission;
pub mod person;
pub mod pictures;
pub mod screen;
pub mod sensors;
pub mod share_menu;
mod touch;
pub mod wifi;

pub use change::{change, changed, check};
pub use person::LaidAnswers;

use std::collections::{BTreeMap, BTreeSet};

/// What the app has switched on, and what it holds of the phone; gone with the instance.
#[derive(Debug, Clone, Default)]
pub struct PhoneState {
    /// Sensors that are on, with the milliseconds between readings, and when the next one is due.
    pub sensors: BTreeMap<&'static str, Ticking>,
    /// Whether the app hears of a new place.
    pub locating: bool,
    /// The bluetooth adapter, once it is open.
    pub bluetooth: Option<bluetooth::Adapter>,
    /// Whether the app has started wireless LAN.
    pub wifi: bool,
    /// The beacons that the app looks for, by id.
    pub beacons: Option<Vec<String>>,
    /// The kind of local service that the app looks for, and those that it was told of.
    pub looking_for: Option<(String, BTreeSet<String>)>,
    /// The bluetooth servers that the app has made, by id.
    pub servers: BTreeMap<String, peripheral::Server>,
    /// How long launch and routes took.
    pub measures: super::media::performance::Measures,
    /// The live streams that are on: kind and id.
    pub streams: BTreeSet<String>,
    /// Whether the camera makes a video.
    pub filming: bool,
    /// Where each map looks, by its id.
    pub maps: BTreeMap<String, super::media::map::Map>,
}

/// Something that goes on by itself at equal distances.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ticking {
    /// Milliseconds between.
    pub every: f64,
    /// When the next is due; later ones are not yet.
    pub due: f64,
    /// Whether it goes on.
    pub on: bool,
}

/// What the phone and its person remember of the app, to the end of the run.
#[derive(Debug, Clone, Default)]
pub struct PhoneMemory {
    /// The profile as it has become, where something has changed it.
    pub profile: Option<Box<super::Profile>>,
    /// The person's decisions about scopes.
    pub scopes: BTreeMap<String, bool>,
    /// What the person said when last asked about one.
    pub last_scope: Option<bool>,
    /// How many temporary files were made of what was chosen.
    pub picked: u32,
    /// How often each API was answered.
    pub answered: BTreeMap<String, usize>,
    /// Whether `wx.setEnableDebug` is on.
    pub debug: bool,
    /// What `wx.setBackgroundFetchToken` keeps.
    pub fetch_token: Option<String>,
}
