//! A device and a registry, and what a session on them tells, for the tests of the updater.

use super::*;
use crate::system::{Disk, FaultyHttp, RealDisk, SeededEntropy, VirtualClock};
use crate::update::Device;
use crate::update::testing::{BASE, T0, TestRegistry, app, run_clock};
use std::path::Path;

/// A device and a registry. The clock moves whenever everything waits for it.
pub struct Bench {
    pub dir: tempfile::TempDir,
    pub registry: TestRegistry,
    pub net: FaultyHttp,
    pub clock: VirtualClock,
}

impl Bench {
    pub fn new() -> Self {
        let mut registry = TestRegistry::new();
        registry.publish("1.0.0");
        let net = FaultyHttp::new(registry.http.clone());
        Self {
            dir: tempfile::tempdir().unwrap(),
            registry,
            net,
            clock: VirtualClock::new(T0),
        }
    }

    /// 1.0.0 is installed and confirmed, 2.0.0 is published.
    pub async fn with_update() -> Self {
        let mut bench = Self::new();
        bench.install().await;
        bench.registry.publish("2.0.0");
        bench
    }

    pub async fn install(&self) {
        let updater = self.updater();
        updater.cold_start(&|_| ()).await.unwrap();
        updater.confirm().unwrap();
    }

    pub fn updater(&self) -> Updater {
        self.updater_on(Arc::new(RealDisk)).unwrap()
    }

    pub fn updater_on(&self, disk: Arc<dyn Disk>) -> Result<Updater, DeviceError> {
        self.updater_at(self.dir.path(), disk)
    }

    pub fn updater_at(&self, dir: &Path, disk: Arc<dyn Disk>) -> Result<Updater, DeviceError> {
        let device = Device::open(dir, Arc::new(self.clock.clone()), disk)?;
        Ok(Updater::new(Client {
            device,
            http: Arc::new(self.net.clone()),
            entropy: Arc::new(SeededEntropy::new(1)),
            registry: BASE.to_owned(),
            app: app(),
            user: "u".to_owned(),
            base_library: None,
            root: None,
        }))
    }

    pub fn state(&self) -> crate::update::state::AppState {
        self.updater().client.device.state(&app()).unwrap()
    }

    /// A whole session: starts, gets ready, works beside, ends. Gives what ran and what was told.
    pub async fn session(&self) -> (String, Vec<UpdateEvent>) {
        let updater = self.updater();
        let (events, tell) = recorder();
        let start = run_clock(&self.clock, updater.cold_start(&tell)).await.unwrap();
        events.lock().unwrap().extend(start.events.clone());
        updater.confirm().unwrap();
        run_clock(&self.clock, updater.background(start.background, &tell)).await;
        let told = events.lock().unwrap().clone();
        (start.version.to_string(), told)
    }

    pub fn version_files(&self) -> Vec<String> {
        RealDisk.list(&self.dir.path().join("versions")).unwrap()
    }
}

/// Copies a device folder that nobody uses.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

pub type Events = Arc<Mutex<Vec<UpdateEvent>>>;

pub fn recorder() -> (Events, impl Fn(UpdateEvent) + Send + Sync) {
    let events = Events::default();
    let to = Arc::clone(&events);
    (events, move |event| to.lock().unwrap().push(event))
}

/// The kinds of the events, and whether a check found something.
pub fn kinds(events: &[UpdateEvent]) -> Vec<String> {
    let describe = |event: &UpdateEvent| match event {
        UpdateEvent::Check { has_update, forced, .. } => {
            format!("check {has_update}{}", if *forced { " forced" } else { "" })
        }
        UpdateEvent::Download { kind, .. } => format!("download {kind:?}").to_lowercase(),
        UpdateEvent::Ready { version, .. } => format!("ready {version}"),
        UpdateEvent::Failed { .. } => "failed".to_owned(),
        UpdateEvent::CheckFailed { .. } => "check failed".to_owned(),
        UpdateEvent::Transfer { done, total, .. } => format!("{done} of {total}"),
    };
    events.iter().filter(|event| event.is_entry()).map(describe).collect()
}

pub fn failure(events: &[UpdateEvent]) -> String {
    let reason = |event: &UpdateEvent| match event {
        UpdateEvent::Failed { reason, .. } | UpdateEvent::CheckFailed { reason } => Some(reason.clone()),
        _ => None,
    };
    events.iter().find_map(reason).unwrap_or_default()
}

/// The update goes wrong in this way, and 1.0.0 keeps working.
pub async fn survives(bench: &Bench, expected: &[&str]) -> String {
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("1.0.0", expected.iter().map(ToString::to_string).collect())
    );
    let state = bench.state();
    assert!(state.pending.is_none());
    assert_eq!(bench.version_files().len(), 1);
    failure(&told)
}

pub fn flip(file: &Path) {
    let mut bytes = RealDisk.read(file).unwrap();
    bytes[0] ^= 1;
    RealDisk.write(file, &bytes).unwrap();
}
