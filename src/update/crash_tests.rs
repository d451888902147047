//! The disk fails at each operation of an update, one after the other.

use super::bench::copy;
use super::*;
use crate::package::{CodePackage, PartName};
use crate::system::{CrashDisk, Disk, Failure, FaultyHttp, NetFault, RealDisk, SeededEntropy, VirtualClock};
use crate::update::Device;
use crate::update::testing::{BASE, T0, TestRegistry, app, run_clock, shop};
use std::path::Path;

/// What a run got done before the disk failed.
#[derive(Debug, Default)]
struct Done {
    checked: bool,
    applied: bool,
    confirmed: bool,
}

pub fn updater(dir: &Path, disk: Arc<dyn Disk>, net: FaultyHttp, clock: &VirtualClock) -> Result<Updater, DeviceError> {
    Ok(Updater::new(Client {
        device: Device::open(dir, Arc::new(clock.clone()), disk)?,
        http: Arc::new(net),
        entropy: Arc::new(SeededEntropy::new(1)),
        registry: BASE.to_owned(),
        app: app(),
        user: "u".to_owned(),
        base_library: None,
        root: None,
    }))
}

/// Check, download, stage, apply and confirm, until something fails.
async fn update(updater: &Updater, done: &mut Done) -> Option<()> {
    let start = updater.cold_start(&|_| ()).await.ok()?;
    updater.confirm().ok()?;
    updater.background(start.background, &|_| ()).await;
    done.checked = updater.client.device.state(&app()).ok()?.floor == 2;
    updater.apply().ok()?;
    done.applied = true;
    updater.confirm().ok()?;
    done.confirmed = true;
    updater.touch_last_used().ok()
}

fn goods() -> PartName {
    PartName::parse("goods").unwrap()
}

/// The registry with 1.0.0, and a folder where it is installed and confirmed and one of its subpackages was used; then
/// 2.0.0 is published.
async fn installed() -> (TestRegistry, tempfile::TempDir) {
    let mut registry = TestRegistry::new();
    registry.publish_with("1.0.0", shop("1.0.0"), |_| ());
    let dir = tempfile::tempdir().unwrap();
    let net = FaultyHttp::new(registry.http.clone());
    let updater = updater(dir.path(), Arc::new(CrashDisk::sound()), net, &VirtualClock::new(T0)).unwrap();
    updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    updater.part(&goods(), &|_| ()).await.unwrap();
    registry.publish_with("2.0.0", shop("2.0.0"), |_| ());
    (registry, dir)
}

/// After the crash, without any network: the old or the new release, whole, and the floor where it was.
async fn check_survival(dir: &Path, registry: &TestRegistry, done: &Done, at: &str) {
    let clock = VirtualClock::new(T0);
    let net = FaultyHttp::new(registry.http.clone());
    net.plan("registry", vec![NetFault::Offline; 99]);
    let offline = updater(dir, Arc::new(CrashDisk::sound()), net, &clock).unwrap();
    let state = offline.client.device.state(&app()).unwrap();
    assert!(
        offline.client.device.damaged_database().is_none(),
        "{at}: the database was lost"
    );
    assert!(
        state.floor >= if done.checked { 2 } else { 1 },
        "{at}: the floor fell to {}",
        state.floor
    );
    for release in state.releases() {
        let named = SignedRelease::recorded(app(), release.clone());
        load(&offline.client.device, &named).unwrap_or_else(|error| panic!("{at}: {error}"));
    }
    let start = offline.cold_start(&|_| ()).await.unwrap();
    let expected: &[&str] = if done.applied { &["2.0.0"] } else { &["1.0.0", "2.0.0"] };
    assert!(
        expected.contains(&start.version.as_str()),
        "{at}: {} runs after {done:?}",
        start.version
    );
    assert!(!(done.confirmed && start.on_trial), "{at}: still on trial");
    assert!(start.package.has(&goods()), "{at}: a subpackage that was used is lost");
    drop(offline);
    // And with the network back, it gets to the new release.
    let online = updater(
        dir,
        Arc::new(CrashDisk::sound()),
        FaultyHttp::new(registry.http.clone()),
        &clock,
    )
    .unwrap();
    let start = online.cold_start(&|_| ()).await.unwrap();
    online.confirm().unwrap();
    online.background(start.background, &|_| ()).await;
    let last = online.cold_start(&|_| ()).await.unwrap();
    assert_eq!(last.version.as_str(), "2.0.0", "{at}");
}

async fn every_operation(failure: Failure) {
    let (registry, template) = installed().await;
    for nth in 0.. {
        let dir = tempfile::tempdir().unwrap();
        copy(template.path(), dir.path());
        let disk = CrashDisk::failing(nth, failure);
        let clock = VirtualClock::new(T0);
        let net = FaultyHttp::new(registry.http.clone());
        let mut done = Done::default();
        if let Ok(updater) = updater(dir.path(), Arc::new(disk.clone()), net, &clock) {
            run_clock(&clock, update(&updater, &mut done)).await;
        }
        check_survival(dir.path(), &registry, &done, &format!("{failure:?} at {nth}")).await;
        if !disk.has_failed() {
            assert!(nth > 20 && done.confirmed, "only {nth} operations were tried");
            return;
        }
    }
}

#[tokio::test]
async fn kill_at_every_operation_leaves_the_old_or_the_new_release() {
    every_operation(Failure::Kill).await;
}

#[tokio::test]
async fn power_loss_at_every_operation_leaves_the_old_or_the_new_release() {
    every_operation(Failure::PowerLoss).await;
}

#[tokio::test]
async fn full_disk_at_every_write_leaves_the_old_or_the_new_release() {
    every_operation(Failure::Full).await;
}

#[tokio::test]
async fn failing_sync_or_write_leaves_the_old_or_the_new_release() {
    every_operation(Failure::BadSector).await;
}

#[tokio::test]
async fn kill_at_every_operation_of_a_first_install_can_be_tried_again() {
    let mut registry = TestRegistry::new();
    registry.publish("1.0.0");
    for nth in 0.. {
        let dir = tempfile::tempdir().unwrap();
        let disk = CrashDisk::failing(nth, Failure::Kill);
        let clock = VirtualClock::new(T0);
        let net = FaultyHttp::new(registry.http.clone());
        if let Ok(updater) = updater(dir.path(), Arc::new(disk.clone()), net.clone(), &clock) {
            let _ = run_clock(&clock, updater.cold_start(&|_| ())).await;
        }
        let again = updater(dir.path(), Arc::new(CrashDisk::sound()), net, &clock).unwrap();
        let start = again.cold_start(&|_| ()).await.unwrap();
        assert_eq!(start.version.as_str(), "1.0.0", "at {nth}");
        if !disk.has_failed() {
            break;
        }
    }
}

#[tokio::test]
async fn kill_in_garbage_collection_keeps_what_runs() {
    let (registry, template) = installed().await;
    for nth in 0.. {
        let dir = tempfile::tempdir().unwrap();
        copy(template.path(), dir.path());
        let junk = dir.path().join("versions").join("ab".repeat(32));
        RealDisk.create_dir(&junk.join("pages")).unwrap();
        RealDisk.write(&junk.join("pages/a.js"), b"x").unwrap();
        let device = |disk: Arc<dyn Disk>| Device::open(dir.path(), Arc::new(VirtualClock::new(T0)), disk);
        let disk = CrashDisk::failing(nth, Failure::Kill);
        if let Ok(device) = device(Arc::new(disk.clone())) {
            let _ = garbage::collect(&device);
        }
        garbage::collect(&device(Arc::new(RealDisk)).unwrap()).unwrap();
        assert_eq!(
            RealDisk.list(&dir.path().join("versions")).unwrap().len(),
            2,
            "at {nth}"
        );
        check_survival(
            dir.path(),
            &registry,
            &Done::default(),
            &format!("garbage, kill at {nth}"),
        )
        .await;
        if !disk.has_failed() {
            break;
        }
    }
}

#[tokio::test]
async fn a_disk_that_is_full_from_now_on_runs_the_old_release_and_tells_the_failure() {
    let (registry, dir) = installed().await;
    for failure in [Failure::Full, Failure::ReadOnly] {
        let disk = CrashDisk::sound();
        let clock = VirtualClock::new(T0);
        let net = FaultyHttp::new(registry.http.clone());
        let updater = updater(dir.path(), Arc::new(disk.clone()), net, &clock).unwrap();
        updater.client.device.state(&app()).unwrap();
        disk.fail_next(failure);
        let start = updater.cold_start(&|_| ()).await.unwrap();
        assert_eq!(start.version.as_str(), "1.0.0");
        let told = Mutex::new(Vec::new());
        updater
            .background(start.background, &|event| told.lock().unwrap().push(event))
            .await;
        let told = told.into_inner().unwrap();
        assert!(
            matches!(
                told.as_slice(),
                [
                    UpdateEvent::CheckFailed { .. },
                    UpdateEvent::Check { has_update: false, .. }
                ]
            ),
            "{told:?}"
        );
    }
}
