//! The host API: a device and the apps on it, inside another program.
//!
//! A [`Host`] is a device: a folder, a network, a clock, a registry. [`Host::start`] runs an app on it
//! for one of its users and gives the [`App`], through which the program sends it to the background, brings
//! it back and stops it, and reads what happens as it happens. Where the code comes from is
//! [`Code`]; who answers its dialogs is a [`Ui`](crate::wx::Ui). While a host lives, it checks the
//! recently used apps of its registry that do not run, so that their next start is up to date.
//!
//! ```
//! use minirun::app::event::Event;
//! use minirun::host::{Code, Host, HostClock, HostConfig, Opening};
//! use minirun::package::SourcePackage;
//! use minirun::wx::{Answer, Fixed};
//! use std::sync::Arc;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let package = SourcePackage::open([
//!     ("app.json", r#"{"pages":["pages/a/a"]}"#.into()),
//!     ("app.js", "App({ onShow(options) { console.log('scene', options.scene) } })".into()),
//!     ("pages/a/a.js", "Page({ onLoad() { wx.showModal({ title: 'Well?' }) } })".into()),
//! ])?;
//! let host = Host::open(HostConfig { clock: HostClock::virtual_at(0.0), ..HostConfig::default() })?;
//! let mut app = host.start(Opening {
//!     ui: Arc::new(Fixed(Answer::CONFIRM)),
//!     ..Opening::new(Code::package("wx0000000000000000", package))
//! })?;
//! let mut answered = false;
//! while let Some(entry) = app.next().await {
//!     if let Event::ModalAnswer { confirm, .. } = entry.event() {
//!         answered = confirm;
//!         app.background();
//!     }
//! }
//! assert!(answered);
//! assert!(app.end().await.fault.is_none());
//! # Ok(())
//! # }
//! ```
//!
//! `examples/embed.rs` shows a registry, an update and two users.

mod app;
mod config;
mod neighbours;
mod opening;
mod registered;
mod silent;

pub use crate::update::silent::SilentChecks;
pub use app::{App, Remote};
pub use config::{HostClock, HostConfig, RegistryAccess};
pub use opening::{Code, Keep, Opening, Watch};
pub use silent::SilentCheck;

use crate::app::device::{DeviceState, Person};
use crate::app::instance::Control;
use crate::app::plugins::WithPlugins;
use crate::app::presence::Presences;
use crate::app::run::{RunConfig, run};
use crate::app::timeline::Timeline;
use crate::app::worlds::Worlds;
use crate::package::AppId;
use crate::system::lock;
use crate::system::{Clock, Network, RealDisk};
use crate::update::{Device, DeviceError, clock_ahead_ms};
use crate::wx::NetworkType;
use neighbours::Beside;
use registered::Registered;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::sync::{broadcast, mpsc};
use tokio::task::JoinHandle;

/// Why a host cannot do what it is asked for.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The folder cannot be used.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// An app from a registry needs a place to be installed.
    #[error("{0} comes from a registry, and the host has no folder to install it in")]
    NoFolder(AppId),
    /// There is nowhere to get the app from.
    #[error("{0} comes from a registry, and the host has none")]
    NoRegistry(AppId),
    /// A running app is brought to the foreground, not started again.
    #[error("{app} runs already for {user}")]
    Running {
        /// The app.
        app: String,
        /// Its user.
        user: String,
    },
}

/// A device on which apps run. Clones share it.
///
/// It must be opened and used inside a tokio runtime. When the last clone is gone, the periodic
/// checks end; apps go on as long as their [`App`] is there.
#[derive(Clone)]
pub struct Host(Arc<Inner>);

struct Inner {
    config: HostConfig,
    worlds: Arc<Worlds>,
    device: Arc<DeviceState>,
    registered: Option<Arc<Registered>>,
    folder: Option<Device>,
    presences: Presences,
    running: Running,
    beside: neighbours::Running,
    checks: broadcast::Sender<SilentCheck>,
    checker: Option<JoinHandle<()>>,
}

/// The timelines of the runs that have not ended, by app and user.
type Running = Arc<Mutex<HashMap<(String, String), Timeline>>>;

impl Host {
    /// Opens the device. The first world is begun at once: most of a start is the same for every app.
    ///
    /// # Errors
    /// When another process uses the folder, or the disk fails.
    pub fn open(mut config: HostConfig) -> Result<Self, HostError> {
        if let Some(folder) = &config.folder {
            config.clock = config.clock.of_device(clock_ahead_ms(folder, &RealDisk));
        }
        let worlds = Arc::new(Worlds::new(config.carrier.clone(), config.world()));
        worlds.make_ready();
        let clock = config.clock.shared();
        let folder = match &config.folder {
            Some(folder) => Some(Device::open(folder, Arc::clone(&clock), Arc::new(RealDisk))?),
            None => None,
        };
        let mut device = DeviceState::new(Arc::clone(&clock));
        device.folder.clone_from(&config.folder);
        device.web = config.traffic.web(&clock);
        device.domains.clone_from(&config.traffic.domains);
        device.profile = config.profile.clone();
        device.laid = config.laid.clone();
        device.cloud_fixtures.clone_from(&config.cloud_fixtures);
        if config.network.offline {
            device.profile.network = NetworkType::None;
        }
        if let Some(seed) = config.seed {
            device.network.seed(seed);
        }
        device.network.set(config.network);
        let registered = folder
            .as_ref()
            .zip(config.registry.clone())
            .map(|(folder, access)| Arc::new(Registered::new(folder.clone(), access, &device)));
        let presences = Presences::default();
        let running = Running::default();
        let checks = broadcast::Sender::new(64);
        let checker = registered.as_ref().map(|registered| {
            let checks = silent::Checker::new(registered, &config, (&presences, &device.network), &running, &checks);
            tokio::spawn(checks.run())
        });
        Ok(Self(Arc::new(Inner {
            config,
            worlds,
            device: Arc::new(device),
            registered,
            folder,
            presences,
            running,
            beside: neighbours::Running::default(),
            checks,
            checker,
        })))
    }

    /// Starts an app that does not run.
    ///
    /// # Errors
    /// When it runs already for this user, or the host has not what its code needs.
    pub fn start(&self, opening: Opening) -> Result<App, HostError> {
        self.start_beside(opening, None)
    }

    /// Starts an app that another one opens, where there is one.
    fn start_beside(&self, opening: Opening, opener: Option<Arc<Beside>>) -> Result<App, HostError> {
        let source = WithPlugins::over(self.source(&opening)?, &self.0.config.plugins);
        let key = (opening.code.app_id().to_owned(), opening.user.clone());
        let whole = opener.as_ref().map(|opener| opener.timeline());
        let (lease, timeline, entries) =
            app::Lease::take(&self.0.running, key.clone(), (whole, opening.watch.clone()))?;
        let (control, orders) = mpsc::unbounded_channel();
        let beside = Beside::new(self, &opening, (&control, &timeline), opener);
        lock(&self.0.beside).insert(key.clone(), Arc::clone(&beside));
        let run = run(self.run_config(opening, timeline, Arc::clone(&beside)), source, orders);
        let all = Arc::clone(&self.0.beside);
        let run = tokio::spawn(async move {
            let report = run.await;
            lock(&all).remove(&key);
            beside.end().await;
            drop(lease);
            report
        });
        Ok(App::new(control, entries, run))
    }

    fn run_config(&self, opening: Opening, timeline: Timeline, neighbours: Arc<Beside>) -> RunConfig {
        let inner = &self.0;
        RunConfig {
            neighbours,
            outside: opening.outside,
            worlds: Arc::clone(&inner.worlds),
            watchdog: inner.config.watchdog,
            wants_dump: opening.wants_dump,
            wants_tree: opening.wants_tree,
            explain: opening.explain,
            virtual_clock: inner.config.clock.virtual_clock(),
            stay_ms: opening.keep.stay_ms(),
            schedule: opening.schedule,
            timeline,
            device: Arc::clone(&inner.device),
            presence: inner.presences.of(opening.code.app_id()),
            person: Person {
                user: opening.user,
                ui: opening.ui,
            },
            launch: opening.launch,
        }
    }

    /// The network of the device; its conditions can be changed at any time.
    pub fn network(&self) -> &Network {
        &self.0.device.network
    }

    /// Something happens to the device, in the words of its profile: the apps that run hear of it.
    ///
    /// # Errors
    /// Which word is unknown, or which value does not fit it.
    pub fn change(&self, words: &Value) -> Result<(), String> {
        self.0.device.change(words)?;
        for app in lock(&self.0.beside).values() {
            app.tell(Control::Device(words.clone()));
        }
        Ok(())
    }

    /// The clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.device.clock
    }

    /// The folder of the device, where there is one.
    pub fn device(&self) -> Option<&Device> {
        self.0.folder.as_ref()
    }

    /// What the periodic checks come to from now on.
    pub fn checks(&self) -> broadcast::Receiver<SilentCheck> {
        self.0.checks.subscribe()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(checker) = &self.checker {
            checker.abort();
        }
    }
}
