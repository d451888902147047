//! What scenarios are set up with: registries that hold the app and its next version, and devices that have the app.

use super::space::{Outcome, Policy};
use crate::app::carrier::Carrier;
use crate::app::traffic::Traffic;
use crate::host::HostError;
use crate::package::{AppId, CodePackage, PackageLimits, Plugin, Problems, SourcePackage};
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
    /// What carries worlds.
    pub carrier: Carrier,
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
    registries: BTreeMap<(Policy, bool), Store>,
    /// Nothing but the app, and nothing but the next version.
    alone: [Store; 2],
    forged: Store,
    devices: BTreeMap<&'static str, MemoryDisk>,
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

/// What is published of the app before it comes to the device.
fn mode(policy: Policy) -> UpdateMode {
    match policy {
        Policy::Default | Policy::Absent | Policy::GrayIn | Policy::GrayOut => UpdateMode::Default,
        Policy::Async | Policy::Forced => UpdateMode::Async,
        Policy::Sync | Policy::MinVersion | Policy::PreferLocal => UpdateMode::Sync,
    }
}

fn mode_name(mode: UpdateMode) -> &'static str {
    match mode {
        UpdateMode::Default => "default",
        UpdateMode::Async => "async",
        UpdateMode::Sync => "sync",
    }
}

impl Stage {
    /// Publishes both versions in every way that a scenario needs, and installs the app.
    ///
    /// # Errors
    /// The packages are not fit to be published, or one after the other.
    pub async fn prepare(spec: StageSpec) -> Result<Self, StageError> {
        let (app, next) = &spec.versions;
        if app >= next {
            let (app, next) = spec.versions;
            return Err(StageError::NotLater { app, next });
        }
        let broken = broken(&spec.next).map_err(StageError::Package)?;
        let mut registries = BTreeMap::new();
        for &policy in Policy::ALL {
            // Those two are decided by who asks.
            if !matches!(policy, Policy::Absent | Policy::GrayOut) {
                let store = spec.registry(policy, &spec.next).await?;
                registries.insert((policy, false), store);
            }
            if matches!(policy, Policy::Default | Policy::Sync | Policy::MinVersion | Policy::Forced) {
                let store = spec.registry(policy, &broken).await?;
                registries.insert((policy, true), store);
            }
        }
        let (alone, forged) = (spec.alone().await?, spec.forged().await?);
        let mut devices = BTreeMap::new();
        for mode in [UpdateMode::Default, UpdateMode::Async, UpdateMode::Sync] {
            devices.insert(mode_name(mode), spec.installed(mode).await?);
        }
        Ok(Self {
            spec,
            registries,
            alone,
            forged,
            devices,
        })
    }

    /// What a scenario starts from.
    pub fn bench(&self, policy: Policy, outcome: Outcome) -> Bench {
        let offers = match policy {
            Policy::Absent => Policy::Default,
            Policy::GrayOut => Policy::GrayIn,
            policy => policy,
        };
        let [plain, _] = &self.alone;
        let store = match outcome {
            Outcome::None if policy == Policy::Default => plain,
            _ => self.registries.get(&(offers, outcome == Outcome::BrokenNext)).unwrap_or(plain),
        };
        let disk = self.devices.get(mode_name(mode(policy)));
        Bench {
            stores: (store.clone(), self.forged.clone()),
            disk: disk.map(MemoryDisk::copy).unwrap_or_default(),
            user: self.spec.user(policy),
        }
    }

    /// A device without the app, and a registry that has nothing but the next version.
    pub fn bench_of_next(&self) -> Bench {
        let [_, next] = &self.alone;
        Bench {
            stores: (next.clone(), self.forged.clone()),
            disk: MemoryDisk::default(),
            user: self.spec.user(Policy::Default),
        }
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

    /// A registry with both versions.
    async fn registry(&self, policy: Policy, next: &SourcePackage) -> Result<Store, StageError> {
        let store = Store::in_memory();
        let (first, second) = &self.versions;
        self.publish(&store, &self.app, &self.publication(first, mode(policy)))
            .await?;
        let below = matches!(policy, Policy::MinVersion | Policy::Forced);
        let what = Publication {
            settings: SettingsChange {
                min_version: below.then(|| Some(second.clone())),
                prefer_local: (policy == Policy::PreferLocal).then(|| Some(first.clone())),
                ..SettingsChange::default()
            },
            rollout: if policy == Policy::GrayIn { GRAY } else { Rollout::FULL },
            ..self.publication(second, mode(policy))
        };
        self.publish(&store, next, &what).await?;
        Ok(store)
    }

    async fn alone(&self) -> Result<[Store; 2], StageError> {
        let stores = [Store::in_memory(), Store::in_memory()];
        let (first, second) = &self.versions;
        for (store, package, label) in [(&stores[0], &self.app, first), (&stores[1], &self.next, second)] {
            self.publish(store, package, &self.publication(label, UpdateMode::Default))
                .await?;
        }
        Ok(stores)
    }

    /// What somebody publishes who has none of the publisher's keys.
    async fn forged(&self) -> Result<Store, StageError> {
        let store = Store::in_memory();
        let (first, second) = &self.versions;
        for (package, label) in [(&self.app, first), (&self.next, second)] {
            let what = self.publication(label, UpdateMode::Default);
            publish(&store, package, &what, &SecretKey::from_seed(&[2; 32])).await?;
        }
        Ok(store)
    }

    fn publication(&self, version: &VersionLabel, mode: UpdateMode) -> Publication {
        Publication {
            mode: Some(mode),
            // Sizes are a matter of publishing, and no scenario.
            limits: PackageLimits {
                package_bytes: u64::MAX,
                total_bytes: u64::MAX,
                ..PackageLimits::default()
            },
            ..Publication::new(self.app_id.clone(), version.clone(), INSTALLED_MS)
        }
    }

    async fn publish(&self, store: &Store, package: &SourcePackage, what: &Publication) -> Result<(), StageError> {
        publish(store, package, what, &SecretKey::from_seed(&[1; 32])).await?;
        Ok(())
    }

    /// The disk of a device on which the app was installed and has shown its first page.
    async fn installed(&self, mode: UpdateMode) -> Result<MemoryDisk, StageError> {
        let store = Store::in_memory();
        self.publish(&store, &self.app, &self.publication(&self.versions.0, mode))
            .await?;
        #[expect(clippy::cast_precision_loss, reason = "a time of this century")]
        let clock = VirtualClock::new(INSTALLED_MS as f64);
        let disk = MemoryDisk::default();
        let user = self.user(Policy::Default);
        let updater = self.updater((&disk, &user), &clock, Arc::new(InProcess::new(store)))?;
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
