//! What scenarios are set up with: registries that hold the app and its next version, and devices that have the app.

use super::space::{Moment, Outcome, Policy, left_out};
use super::workers::each;
use crate::app::carrier::Carrier;
use crate::app::traffic::Traffic;
use crate::host::HostError;
use crate::package::{AppId, CodePackage, Effort, PackageLimits, Plugin, Problems, SourcePackage};
use crate::registry::{InProcess, Publication, SettingsChange, Store, WriteError, publish};
use crate::release::{ReleaseId, Rollout, SecretKey, UpdateMode, VersionLabel};
use crate::system::{Disk, MemoryDisk, SeededEntropy, VirtualClock};
use crate::update::{Client, Device, DeviceError, StartError, Updater};
use crate::wx::Profile;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the device is on its disk in memory.
const DEVICE: &str = "/device";

/// When the device got the app: 2026-01-01T00:00:00Z, in milliseconds since 1970.
pub const INSTALLED_MS: u64 = 1_767_225_600_000;

/// The share of users of a gray release.
const GRAY: Rollout = Rollout { percent: 50 };

/// What the broken version says at its start.
pub const BROKEN: &str = "minirun: this version fails at its start";

/// What the developer gives.
pub struct StageSpec {
    /// The app.
    pub app: SourcePackage,
    /// Its next version.
    pub next: SourcePackage,
    /// Its id.
    pub app_id: AppId,
    /// The labels of both.
    pub versions: (VersionLabel, VersionLabel),
    /// Pages have trees, and components run in them.
    pub view: bool,
    /// What carries worlds: asked once by each thread that runs scenarios.
    pub carrier: Box<dyn Fn() -> Carrier + Send + Sync>,
    /// Who answers the app's own requests.
    pub traffic: Traffic,
    /// The device.
    pub profile: Profile,
    /// What answers for `wx.cloud`.
    pub cloud_fixtures: Option<PathBuf>,
    /// The plugins that the app may declare.
    pub plugins: Vec<Plugin>,
}

/// Why scenarios cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The next version does not come after the app.
    #[error("{next} is not a later version than {app}")]
    NotLater {
        /// The app's label.
        app: VersionLabel,
        /// The next one's.
        next: VersionLabel,
    },
    /// The broken version cannot be made of the next one.
    #[error("{0}")]
    Package(Problems),
    /// A package cannot be published.
    #[error(transparent)]
    Publish(#[from] WriteError),
    /// The app cannot be installed.
    #[error(transparent)]
    Install(#[from] StartError),
    /// The device cannot be used.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// No app can be run.
    #[error(transparent)]
    Host(#[from] HostError),
    /// The system has no thread to give.
    #[error("failed to start: {0}")]
    Thread(#[from] std::io::Error),
}

/// Everything that scenarios share. None of them changes it.
pub struct Stage {
    /// What the developer gave.
    pub spec: StageSpec,
    stores: BTreeMap<Made, Store>,
    devices: BTreeMap<Made, MemoryDisk>,
}

/// A registry that scenarios need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Made {
    /// Nothing but the app, in this mode; and a device that has got it from there.
    App(Mode),
    /// Nothing but the next version.
    Next,
    /// Both versions, as somebody publishes them who has none of the publisher's keys.
    Forged,
    /// Both versions.
    Both { policy: Policy, broken: bool },
}

impl Made {
    fn all() -> Vec<Self> {
        let mut all = vec![Self::Next, Self::Forged];
        all.extend([Mode::Default, Mode::Async, Mode::Sync].map(Self::App));
        for &policy in Policy::ALL {
            let shares_anothers = matches!(policy, Policy::Absent | Policy::GrayOut);
            let breaks = left_out(policy, Outcome::BrokenNext, Moment::FirstPage).is_none();
            let both = |broken| Self::Both { policy, broken };
            all.extend((!shares_anothers).then(|| both(false)));
            all.extend(breaks.then(|| both(true)));
        }
        all
    }
}

/// An update mode, in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mode {
    Default,
    Async,
    Sync,
}

/// What a scenario starts from.
pub struct Bench {
    /// The registry, and that of somebody without its keys.
    pub stores: (Store, Store),
    /// The device's disk.
    pub disk: MemoryDisk,
    /// Who uses it.
    pub user: String,
}

/// The mode in which both versions are published.
fn mode(policy: Policy) -> Mode {
    match policy {
        Policy::Default | Policy::Absent | Policy::GrayIn | Policy::GrayOut => Mode::Default,
        Policy::Async | Policy::Forced => Mode::Async,
        Policy::Sync | Policy::MinVersion | Policy::PreferLocal => Mode::Sync,
    }
}

impl From<Mode> for UpdateMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Default => Self::Default,
            Mode::Async => Self::Async,
            Mode::Sync => Self::Sync,
        }
    }
}

impl Stage {
    /// Publishes both versions in every way that a scenario needs, and installs the app.
    ///
    /// # Errors
    /// The packages are not fit to be published, or one after the other.
    pub fn prepare(spec: StageSpec, jobs: usize) -> Result<Self, StageError> {
        let (app, next) = &spec.versions;
        if app >= next {
            let (app, next) = spec.versions;
            return Err(StageError::NotLater { app, next });
        }
        let broken = broken(&spec.next).map_err(StageError::Package)?;
        let make = |(), what: Made| {
            let (spec, broken) = (&spec, &broken);
            async move { spec.make(what, broken).await }
        };
        let mut stores = BTreeMap::new();
        let mut devices = BTreeMap::new();
        for (what, (store, device)) in Made::all()
            .into_iter()
            .zip(each(jobs, Made::all(), || (), make, |_| {})?)
        {
            devices.extend(device.map(|device| (what, device)));
            stores.insert(what, store);
        }
        Ok(Self { spec, stores, devices })
    }

    /// What a scenario starts from.
    pub fn bench(&self, policy: Policy, outcome: Outcome) -> Bench {
        let plain = Made::App(mode(policy));
        let store = match outcome {
            Outcome::None => plain,
            // Those two are decided by who asks, and when.
            _ => Made::Both {
                policy: match policy {
                    Policy::Absent => Policy::Default,
                    Policy::GrayOut => Policy::GrayIn,
                    policy => policy,
                },
                broken: outcome == Outcome::BrokenNext,
            },
        };
        Bench {
            stores: (self.store(store), self.store(Made::Forged)),
            disk: self.devices.get(&plain).map(MemoryDisk::copy).unwrap_or_default(),
            user: self.spec.user(policy),
        }
    }

    /// A device without the app, and a registry that has nothing but the next version.
    pub fn bench_of_next(&self) -> Bench {
        Bench {
            stores: (self.store(Made::Next), self.store(Made::Forged)),
            disk: MemoryDisk::default(),
            user: self.spec.user(Policy::Default),
        }
    }

    /// Every one that a scenario asks for was made.
    fn store(&self, which: Made) -> Store {
        self.stores.get(&which).cloned().unwrap_or_else(Store::in_memory)
    }
}

impl StageSpec {
    /// The update client of a device.
    pub fn updater(
        &self,
        (disk, user): (&MemoryDisk, &str),
        clock: &VirtualClock,
        http: Arc<dyn crate::system::Http>,
    ) -> Result<Updater, DeviceError> {
        let disk: Arc<dyn Disk> = Arc::new(disk.clone());
        let device = Device::open(Path::new(DEVICE), Arc::new(clock.clone()), disk)?;
        Ok(Updater::new(Client {
            device,
            http,
            entropy: Arc::new(SeededEntropy::new(1)),
            registry: InProcess::URL.into(),
            app: self.app_id.clone(),
            user: user.to_owned(),
            base_library: None,
            root: None,
        }))
    }

    /// A registry, and a device that has the app where that is all there is.
    async fn make(&self, what: Made, broken: &SourcePackage) -> Result<(Store, Option<MemoryDisk>), StageError> {
        let store = Store::in_memory().with_effort(Effort::Quick);
        let (first, second) = &self.versions;
        let (ours, foreign) = (SecretKey::from_seed(&[1; 32]), SecretKey::from_seed(&[2; 32]));
        let both = |policy, next, key| (Some((&self.app, self.publication(first, mode(policy)), key)), next);
        let (app, next) = match what {
            Made::App(mode) => (Some((&self.app, self.publication(first, mode), &ours)), None),
            Made::Next => (None, Some((&self.next, self.publication(second, Mode::Default), &ours))),
            Made::Forged => {
                let next = self.publication(second, Mode::Default);
                both(Policy::Default, Some((&self.next, next, &foreign)), &foreign)
            }
            Made::Both { policy, broken: fails } => {
                let next = if fails { broken } else { &self.next };
                both(policy, Some((next, self.offer(policy), &ours)), &ours)
            }
        };
        for (package, what, key) in app.into_iter().chain(next) {
            publish(&store, package, &what, key).await?;
        }
        let device = match what {
            Made::App(_) => Some(self.installed(&store).await?),
            _ => None,
        };
        Ok((store, device))
    }

    /// How the next version is published.
    fn offer(&self, policy: Policy) -> Publication {
        let (first, second) = &self.versions;
        let below = matches!(policy, Policy::MinVersion | Policy::Forced);
        Publication {
            settings: SettingsChange {
                min_version: below.then(|| Some(second.clone())),
                prefer_local: (policy == Policy::PreferLocal).then(|| Some(first.clone())),
                ..SettingsChange::default()
            },
            rollout: if policy == Policy::GrayIn { GRAY } else { Rollout::FULL },
            ..self.publication(second, mode(policy))
        }
    }

    fn publication(&self, version: &VersionLabel, mode: Mode) -> Publication {
        Publication {
            mode: Some(mode.into()),
            // Sizes are a matter of publishing, and no scenario.
            limits: PackageLimits {
                package_bytes: u64::MAX,
                total_bytes: u64::MAX,
                ..PackageLimits::default()
            },
            ..Publication::new(self.app_id.clone(), version.clone(), INSTALLED_MS)
        }
    }

    /// The disk of a device on which the app was installed and has shown its first page.
    async fn installed(&self, store: &Store) -> Result<MemoryDisk, StageError> {
        #[expect(clippy::cast_precision_loss, reason = "a time of this century")]
        let clock = VirtualClock::new(INSTALLED_MS as f64);
        let disk = MemoryDisk::default();
        let user = self.user(Policy::Default);
        let updater = self.updater((&disk, &user), &clock, Arc::new(InProcess::new(store.clone())))?;
        updater.cold_start(&|_| {}).await?;
        updater.confirm()?;
        Ok(disk)
    }

    /// One user, unless the share of users decides: then the first one inside or outside of it.
    fn user(&self, policy: Policy) -> String {
        let second = ReleaseId(2);
        let is_in = |user: &String| GRAY.includes(&self.app_id, user, second);
        let mut users = (0..1000).map(|number| format!("user{number}"));
        match policy {
            Policy::GrayIn => users.find(is_in),
            Policy::GrayOut => users.find(|user| !is_in(user)),
            _ => None,
        }
        .unwrap_or_else(|| "user".into())
    }
}

/// The next version, which throws once everything else in its app.js has run: what it does to the app's data is done.
fn broken(next: &SourcePackage) -> Result<SourcePackage, Problems> {
    let scripts = ["app.js", "app.ts", "game.js", "game.ts"];
    let files = next.files().iter().map(|(path, bytes)| {
        let mut bytes = bytes.clone();
        if scripts.contains(&path.as_str()) {
            let end = format!("\n;throw new Error({});\n", serde_json::json!(BROKEN));
            bytes = Bytes::from([&bytes[..], end.as_bytes()].concat());
        }
        (path.as_str(), bytes)
    });
    SourcePackage::open(files.collect::<Vec<_>>())
}
