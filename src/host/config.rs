//! What a host is made of.

use super::{Code, SilentChecks};
use crate::app::carrier::Carrier;
use crate::app::traffic::Traffic;
use crate::engine::protocol::{Limits, Role, WorldSpec};
use crate::package::{AppId, Plugin};
use crate::system::{
    Clock, Entropy, Http, HttpError, NetworkConditions, RealClock, RealEntropy, RealHttp, ShiftedClock, VirtualClock,
};
use crate::wx::{LaidAnswers, Profile};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What a host is made of. The default keeps nothing, has no registry, and runs worlds on threads in real time.
#[derive(Clone)]
pub struct HostConfig {
    /// The folder that keeps the device: installed releases, storage, files.
    pub folder: Option<PathBuf>,
    /// Where released apps come from.
    pub registry: Option<RegistryAccess>,
    /// The only source of time.
    pub clock: HostClock,
    /// The conditions of the network at first.
    pub network: NetworkConditions,
    /// Fixes what is left to chance on the device: which transfers are dropped, and what `Math.random` gives. Without
    /// one, only virtual time has a fixed `Math.random`.
    pub seed: Option<u64>,
    /// Who answers the apps' network APIs, and what these may reach.
    pub traffic: Traffic,
    /// What apps can learn of the device.
    pub profile: Profile,
    /// What the person has been told to answer to questions that are no dialogs.
    pub laid: LaidAnswers,
    /// The folder with the fixtures that answer for the apps' cloud environments.
    pub cloud_fixtures: Option<PathBuf>,
    /// The plugins that apps may declare.
    pub plugins: Vec<Plugin>,
    /// What carries the apps' worlds. A thread has no hard limit of memory and cannot be killed.
    pub carrier: Carrier,
    /// Bounds for what an app's code may use.
    pub limits: Limits,
    /// How long one turn of an app may take, in real time.
    pub watchdog: Duration,
    /// Put every wx call on the timelines.
    pub trace_wx: bool,
    /// Put on the timelines from where the app calls what decides about its update: `wx.call`.
    pub note_places: bool,
    /// Pages have trees, and components run in them; only where the program is built with them.
    pub view: bool,
    /// Minutes to add to UTC for the apps' local time.
    pub utc_offset_minutes: i32,
    /// Which apps are checked while they do not run.
    pub silent: SilentChecks,
    /// Apps that others may open by their ids, besides those of the registry.
    pub apps: BTreeMap<String, Code>,
}

impl Default for HostConfig {
    fn default() -> Self {
        Self {
            folder: None,
            registry: None,
            clock: HostClock::Real,
            network: NetworkConditions::default(),
            seed: None,
            traffic: Traffic::default(),
            profile: Profile::default(),
            laid: LaidAnswers::default(),
            cloud_fixtures: None,
            plugins: Vec::new(),
            carrier: Carrier::Thread,
            limits: Limits::default(),
            watchdog: Duration::from_secs(10),
            trace_wx: false,
            note_places: false,
            view: true,
            utc_offset_minutes: 480,
            silent: SilentChecks::default(),
            apps: BTreeMap::new(),
        }
    }
}

impl HostConfig {
    /// How worlds are made.
    pub(super) fn world(&self) -> WorldSpec {
        WorldSpec {
            virtual_time: self.clock.virtual_clock().is_some(),
            utc_offset_minutes: self.utc_offset_minutes,
            trace_wx: self.trace_wx,
            note_places: self.note_places,
            seed: self.seed.or(self.clock.virtual_clock().map(|_| 0)),
            limits: self.limits,
            role: Role::App,
            view: self.view,
            framework: false,
        }
    }
}

/// A release registry, and how it is reached.
#[derive(Clone)]
pub struct RegistryAccess {
    /// Its address.
    pub url: String,
    /// The way there; the device's network conditions come on top.
    pub http: Arc<dyn Http>,
    /// What spreads retries over time.
    pub entropy: Arc<dyn Entropy>,
    /// The signed root documents of the apps whose keys are known; the keys of others are trusted at first use.
    pub trust: BTreeMap<AppId, Vec<u8>>,
}

impl RegistryAccess {
    /// The registry at this address, over HTTP.
    ///
    /// # Errors
    /// When the system has no TLS configuration to give.
    pub fn at(url: impl Into<String>) -> Result<Self, HttpError> {
        Ok(Self::over(Arc::new(RealHttp::new()?), url))
    }

    /// The registry that `http` reaches at this address.
    pub fn over(http: Arc<dyn Http>, url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            http,
            entropy: Arc::new(RealEntropy),
            trust: BTreeMap::new(),
        }
    }
}

/// The time by which a host lives.
#[derive(Debug, Clone)]
pub enum HostClock {
    /// The machine's; on a device whose clock was moved, so much ahead of it.
    Real,
    /// So many milliseconds ahead of the machine's.
    Ahead(f64),
    /// Jumps over every wait. A program that is to take part in it, such as one that does something at a certain
    /// time, joins the clock: [`VirtualClock::join`].
    Virtual(VirtualClock),
}

impl HostClock {
    /// Virtual time that begins at these milliseconds since 1970.
    pub fn virtual_at(start_ms: f64) -> Self {
        Self::Virtual(VirtualClock::new(start_ms))
    }

    /// The clock of a device that is `ahead_ms` ahead of the machine's. Whoever
    /// names another time than the machine's means it.
    pub(super) fn of_device(self, ahead_ms: f64) -> Self {
        match self {
            Self::Real if ahead_ms != 0.0 => Self::Ahead(ahead_ms),
            named => named,
        }
    }

    pub(super) fn shared(&self) -> Arc<dyn Clock> {
        match self {
            Self::Real => Arc::new(RealClock),
            Self::Ahead(ms) => Arc::new(ShiftedClock::new(Arc::new(RealClock), *ms)),
            Self::Virtual(clock) => Arc::new(clock.clone()),
        }
    }

    pub(super) fn virtual_clock(&self) -> Option<VirtualClock> {
        match self {
            Self::Real | Self::Ahead(_) => None,
            Self::Virtual(clock) => Some(clock.clone()),
        }
    }
}
