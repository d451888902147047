//! `--simulate-update`: the platforms' IDE switch, over the real update client. The app is
//! released to a registry in this process and installed from it; the next package becomes
//! its next release.

use super::exit_code::Code;
use super::failure::Failure;
use super::input::open_source;
use crate::app::released::Released;
use crate::app::source::{CannotOpen, Source, Start};
use crate::host::Host;
use crate::package::{AppId, CodePackage, PackageLimits, SourcePackage, write_archive};
use crate::registry::{InProcess, Publication, Store, publish};
use crate::release::{SecretKey, VersionLabel};
use crate::system::{Get, Http, HttpError, RealDisk, RealEntropy, Response};
use crate::update::explain::Explain;
use crate::update::{Background, Client, Device, Progress, UpdateEvent, Updater};
use crate::wx::EnvVersion;
use async_trait::async_trait;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio::sync::mpsc::UnboundedSender;

/// What `--simulate-update` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Simulation {
    /// Offer this package.
    Next(PathBuf),
    /// The version request fails.
    FailCheck,
    /// There is a newer version, and its download fails.
    FailDownload,
}

impl Simulation {
    /// Reads the option's value.
    pub fn parse(text: &str) -> Self {
        match text {
            "fail-check" => Self::FailCheck,
            "fail-download" => Self::FailDownload,
            path => Self::Next(path.into()),
        }
    }
}

/// An app whose update is simulated.
pub struct Simulated {
    released: Released,
    network: Arc<Obstructed>,
    obstruct: u8,
    /// A device that is kept by nobody else.
    _folder: Option<tempfile::TempDir>,
}

/// Sets up the simulation: the registry, and the device on which the app is installed.
///
/// # Errors
/// The next package is not fit, or the device folder cannot be used.
pub async fn simulated(
    app: &SourcePackage,
    (app_id, path): (&str, &Path),
    simulation: &Simulation,
    host: &Host,
) -> Result<Simulated, Failure> {
    let next = next_package(app, simulation)?;
    let id = simulated_id(app, Some(&next))?;
    let store = Store::in_memory();
    let key = SecretKey::from_seed(&Sha256::digest(id.as_str()).into());
    let second = match simulation {
        Simulation::Next(next) => Some(next.as_path()),
        _ => None,
    };
    let (first, second) = labels(path, second)?;
    let clock = host.clock();
    let now = clock.now_ms() as u64;
    let release = async |package, version| {
        // Sizes are a matter of publishing: what runs as a development version is simulated too.
        let limits = PackageLimits {
            package_bytes: u64::MAX,
            total_bytes: u64::MAX,
            ..PackageLimits::default()
        };
        let publication = Publication {
            limits,
            ..Publication::new(id.clone(), version, now)
        };
        let published = publish(&store, package, &publication, &key).await;
        published.map_err(|error| Failure::of(Code::BadInput, &error))
    };
    release(app, first).await?;
    let network = Arc::new(Obstructed {
        inner: InProcess::new(store.clone()),
        what: AtomicU8::new(CLEAR),
    });
    let (device, temporary) = device(host)?;
    let updater = updater(device, &network, &id);
    install(&updater).await?;
    release(&next, second).await?;
    Ok(Simulated {
        released: Released::new(updater, app_id.to_owned(), EnvVersion::Develop),
        network,
        obstruct: match simulation {
            Simulation::Next(_) => CLEAR,
            Simulation::FailCheck => CHECK,
            Simulation::FailDownload => DOWNLOAD,
        },
        _folder: temporary,
    })
}

/// The app stands on the device before the simulation begins, unless a run before has put it there.
async fn install(updater: &Updater) -> Result<(), Failure> {
    let client = updater.client();
    let state = client
        .device
        .state(&client.app)
        .map_err(|error| Failure::of(Code::BadInput, &error))?;
    if state.active.is_some() {
        return Ok(());
    }
    updater
        .cold_start(&|_| {})
        .await
        .map_err(|error| Failure::of(Code::Internal, &error))?;
    updater.confirm().map_err(|error| Failure::of(Code::Internal, &error))
}

/// The simulation is about the update: as with any development version, every part is at hand.
fn updater(device: Device, network: &Arc<Obstructed>, id: &AppId) -> Updater {
    let updater = Updater::new(Client {
        device,
        http: Arc::clone(network) as Arc<dyn Http>,
        entropy: Arc::new(RealEntropy),
        registry: InProcess::URL.into(),
        app: id.clone(),
        user: "user".into(),
        base_library: None,
        root: None,
    });
    updater.with_all_parts()
}

/// The update that a run before has left staged on this device for `app`, or one that it has applied.
///
/// # Errors
/// The device folder cannot be used.
pub fn left_behind(app: &SourcePackage, app_id: &str, device: &Device) -> Result<Option<Simulated>, Failure> {
    let fail = |error| Failure::of(Code::BadInput, &error);
    let prefix = simulated_id(app, None)?;
    let mut newest = None;
    for id in device.apps().map_err(fail)? {
        if id.as_str().starts_with(prefix.as_str()) {
            let used = device.state(&id).map_err(fail)?.last_used_ms.unwrap_or_default();
            if newest.as_ref().is_none_or(|(_, known)| used > *known) {
                newest = Some((id, used));
            }
        }
    }
    let Some((id, _)) = newest else { return Ok(None) };
    let network = Arc::new(Obstructed {
        inner: InProcess::new(Store::in_memory()),
        what: AtomicU8::new(NOTHING),
    });
    let updater = updater(device.clone(), &network, &id);
    Ok(Some(Simulated {
        released: Released::new(updater, app_id.to_owned(), EnvVersion::Develop),
        network,
        obstruct: NOTHING,
        _folder: None,
    }))
}

/// The code decides which simulation this is: after a change of either package it begins anew.
fn simulated_id(app: &SourcePackage, next: Option<&SourcePackage>) -> Result<AppId, Failure> {
    let digest = |package: &SourcePackage| hex::encode(&Sha256::digest(write_archive(package.files()))[..10]);
    let next = next.map(|next| format!("-{}", digest(next))).unwrap_or_default();
    let text = format!("sim-{}{next}", digest(app));
    AppId::parse(&text).map_err(|error| Failure::of(Code::Internal, &error))
}

fn next_package(app: &SourcePackage, simulation: &Simulation) -> Result<SourcePackage, Failure> {
    if let Simulation::Next(path) = simulation {
        return Ok(open_source(path, &PackageLimits::default())?);
    }
    // There must be something to download.
    let changed = app
        .clone()
        .with_file("simulated-update.js", Bytes::from_static(b"// a newer version\n"));
    changed.map_err(|error| Failure::of(Code::BadInput, &error))
}

/// The folders' names, where they are versions and go up.
///
/// # Errors
/// None but a fault of the program.
pub fn labels(app: &Path, next: Option<&Path>) -> Result<(VersionLabel, VersionLabel), Failure> {
    let label = |path: &Path| VersionLabel::parse(&path.canonicalize().ok()?.file_name()?.to_string_lossy()).ok();
    let next = next.and_then(label);
    let fixed = |text| VersionLabel::parse(text).map_err(|error| Failure::of(Code::Internal, &error));
    match (label(app), next) {
        (Some(first), Some(next)) if first < next => Ok((first, next)),
        _ => Ok((fixed("1.0.0")?, fixed("1.0.1")?)),
    }
}

/// The host's device, or one that ends with the run.
fn device(host: &Host) -> Result<(Device, Option<tempfile::TempDir>), Failure> {
    if let Some(device) = host.device() {
        return Ok((device.clone(), None));
    }
    let folder = tempfile::tempdir().map_err(|error| Failure::of(Code::Internal, &error))?;
    let device = Device::open(folder.path(), Arc::clone(host.clock()), Arc::new(RealDisk));
    Ok((
        device.map_err(|error| Failure::of(Code::Internal, &error))?,
        Some(folder),
    ))
}

/// Everything passes.
const CLEAR: u8 = 0;
/// The version request fails.
const CHECK: u8 = 1;
/// Packages fail.
const DOWNLOAD: u8 = 2;
/// There is no registry: what the device has is all.
const NOTHING: u8 = 3;

/// The registry behind the failure that is asked for.
struct Obstructed {
    inner: InProcess,
    what: AtomicU8,
}

#[async_trait]
impl Http for Obstructed {
    async fn get(&self, get: Get) -> Result<Response, HttpError> {
        let package = get.url.contains("/packages/");
        let fails = match self.what.load(Ordering::SeqCst) {
            CLEAR => false,
            DOWNLOAD => package,
            _ => true,
        };
        if fails {
            return Err(HttpError::Refused {
                url: get.url,
                reason: "made to fail by --simulate-update".into(),
            });
        }
        self.inner.get(get).await
    }
}

#[async_trait]
impl Source for Simulated {
    async fn start(&self, _: &str, seen: Progress<'_>, _: &UnboundedSender<UpdateEvent>) -> Result<Start, CannotOpen> {
        self.network.what.store(self.obstruct, Ordering::SeqCst);
        let work = if self.obstruct == NOTHING {
            Background::Nothing
        } else {
            Background::Check
        };
        self.released.start_with(work, seen).await
    }

    async fn background(&self, events: &UnboundedSender<UpdateEvent>) {
        self.released.background(events).await;
    }

    async fn staged(&self) -> Option<Start> {
        self.released.staged().await
    }

    async fn apply(&self) -> Result<Start, String> {
        self.released.apply().await
    }

    async fn restart(&self) -> Option<Start> {
        if self.obstruct == NOTHING {
            return None;
        }
        self.released.restart().await
    }

    async fn returned(&self, events: &UnboundedSender<UpdateEvent>) {
        if self.obstruct != NOTHING {
            self.released.returned(events).await;
        }
    }

    fn explain_to(&self, explain: Explain) {
        self.released.explain_to(explain);
    }

    async fn used(&self) {
        self.released.used().await;
    }

    async fn confirm(&self) {
        self.released.confirm().await;
    }

    async fn boot_failed(&self, reason: &str) -> Result<Option<Start>, CannotOpen> {
        self.released.boot_failed(reason).await
    }

    async fn ended_before_ready(&self) {
        self.released.ended_before_ready().await;
    }
}
