//! The device of a test: a host with a folder of its own, a registry, and a network on which things go wrong.

use super::faults::{Faults, FaultyWeb};
use super::launch::Running;
use super::record::Seen;
use super::release::Publisher;
use crate::app::carrier::Carrier;
use crate::app::traffic::Traffic;
use crate::host::{Host, HostClock, HostConfig, SilentChecks};
use crate::package::Plugin;
use crate::system::{Clock, NetworkConditions, RealDisk, VirtualClock};
use crate::update::{Device, DeviceError};
use crate::wx::{LaidAnswers, Profile};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// What every device of a test begins with.
#[derive(Clone)]
pub struct DeviceSetup {
    /// The test's time.
    pub clock: VirtualClock,
    /// What carries the worlds of apps.
    pub carrier: Carrier,
    /// Who answers the apps' network APIs.
    pub traffic: Traffic,
    /// What apps can learn of the device.
    pub profile: Profile,
    /// What the person has been told to answer; the test's own world has the same.
    pub laid: LaidAnswers,
    /// The fixtures of the apps' cloud environments.
    pub cloud_fixtures: Option<PathBuf>,
    /// The plugins that apps may declare.
    pub plugins: Vec<Plugin>,
    /// How long one turn of an app may take, in real time.
    pub watchdog: Duration,
    /// The folder of the test file, from which paths that begin with a dot count.
    pub beside: PathBuf,
    /// Pages have trees, and components run in them.
    pub view: bool,
    /// Sees the timelines of the apps.
    pub seen: Seen,
}

/// A device that is on.
pub struct TestDevice {
    pub host: Host,
    pub running: Vec<Running>,
    folder: TempDir,
    silent: SilentChecks,
}

/// What a device keeps while it is replaced by another of the same folder, registry and network.
pub struct Surroundings {
    pub setup: DeviceSetup,
    pub publisher: Publisher,
    pub faults: Faults,
}

impl Surroundings {
    pub fn new(setup: DeviceSetup) -> Self {
        let faults = Faults::default();
        Self {
            publisher: Publisher::new(setup.clock.clone(), faults.clone()),
            faults,
            setup,
        }
    }

    /// Switches a new device on.
    ///
    /// # Errors
    /// The disk fails.
    pub fn device(&self) -> Result<TestDevice, String> {
        let folder = folder().map_err(|error| format!("failed to make a folder for the device: {error}"))?;
        self.on(folder, SilentChecks { apps: 0 }, NetworkConditions::default())
    }

    fn on(&self, folder: TempDir, silent: SilentChecks, network: NetworkConditions) -> Result<TestDevice, String> {
        let setup = &self.setup;
        let clock: Arc<dyn Clock> = Arc::new(setup.clock.clone());
        let web = FaultyWeb {
            inner: setup.traffic.web(&clock),
            faults: self.faults.clone(),
        };
        let config = HostConfig {
            folder: Some(folder.path().to_owned()),
            registry: Some(self.publisher.access()),
            clock: HostClock::Virtual(setup.clock.clone()),
            network,
            traffic: Traffic::over(Arc::new(web), setup.traffic.domains.clone()),
            profile: setup.profile.clone(),
            laid: setup.laid.clone(),
            cloud_fixtures: setup.cloud_fixtures.clone(),
            plugins: setup.plugins.clone(),
            carrier: setup.carrier.clone(),
            watchdog: setup.watchdog,
            view: setup.view,
            silent,
            ..HostConfig::default()
        };
        Ok(TestDevice {
            host: Host::open(config).map_err(|error| error.to_string())?,
            running: Vec::new(),
            folder,
            silent,
        })
    }

    /// The device after its processes were killed: nothing that was in memory is there any more, and the folder is as it
    /// was at that moment.
    ///
    /// # Errors
    /// The disk fails.
    pub async fn killed(&self, device: TestDevice) -> Result<TestDevice, String> {
        let after = folder().and_then(|to| copy(device.folder.path(), to.path()).map(|()| to));
        let after = after.map_err(|error| format!("failed to keep the device's folder: {error}"))?;
        let (silent, network) = (device.silent, device.host.network().conditions());
        device.off().await;
        self.on(after, silent, network)
    }

    /// The device after it was switched off and on, with its apps' ends written as they should be.
    ///
    /// # Errors
    /// The disk fails.
    pub async fn restarted(&self, device: TestDevice, silent: bool) -> Result<TestDevice, String> {
        let network = device.host.network().conditions();
        let TestDevice {
            host, running, folder, ..
        } = device;
        for app in &running {
            app.automation.ended("the device was switched off");
        }
        for app in running {
            app.stop().await;
        }
        drop(host);
        let silent = if silent {
            SilentChecks::default()
        } else {
            SilentChecks { apps: 0 }
        };
        self.reopened(folder, silent, network).await
    }

    /// The tasks of a device that is off let go of its folder one after the other.
    async fn reopened(
        &self,
        folder: TempDir,
        silent: SilentChecks,
        network: NetworkConditions,
    ) -> Result<TestDevice, String> {
        let clock: Arc<dyn Clock> = Arc::new(self.setup.clock.clone());
        for _ in 0..10_000 {
            match Device::open(folder.path(), Arc::clone(&clock), Arc::new(RealDisk)) {
                Err(DeviceError::InUse { .. }) => tokio::task::yield_now().await,
                _ => break,
            }
        }
        self.on(folder, silent, network)
    }
}

impl TestDevice {
    /// Breaks everything off.
    pub async fn off(self) {
        let Self { host, running, .. } = self;
        for app in &running {
            app.automation.ended("the process of the app was killed");
            app.killer.abort();
        }
        for app in running {
            app.over().await;
        }
        drop(host);
    }

    /// Something happens to the device.
    ///
    /// # Errors
    /// The words do not fit.
    pub fn change(&self, words: &Value) -> Result<(), String> {
        self.host.change(words)
    }
}

/// A folder for a device that needs to survive no power failure: in memory, where the system has such a place.
fn folder() -> std::io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    let builder = tempfile::Builder::new().prefix("minirun-device-").to_owned();
    match builder.tempdir_in(memory) {
        Ok(folder) => Ok(folder),
        Err(_) => builder.tempdir(),
    }
}

/// What is on the disk, and only that.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let (entry, to) = entry.map(|entry| (entry.path(), to.join(entry.file_name())))?;
        if entry.is_dir() {
            std::fs::create_dir(&to)?;
            copy(&entry, &to)?;
        } else {
            std::fs::copy(&entry, &to).map(drop)?;
        }
    }
    Ok(())
}
