//! The updater when the device is at fault: its disk, its files, its clock.

use super::bench::{Bench, failure, flip, kinds, recorder};
use super::*;
use crate::release::sign_manifest;
use crate::system::{CrashDisk, Disk, Failure, RealDisk, VirtualClock};
use crate::update::load::LoadError;
use crate::update::testing::{T0, app};

#[tokio::test]
async fn read_only_folder_runs_the_installed_version_and_tells_that_nothing_can_be_kept() {
    let bench = Bench::with_update().await;
    let updater = bench
        .updater_on(Arc::new(CrashDisk::failing(0, Failure::ReadOnly)))
        .unwrap();
    let (events, tell) = recorder();
    let start = updater.cold_start(&tell).await.unwrap();
    assert_eq!(start.version.as_str(), "1.0.0");
    updater.background(start.background, &tell).await;
    let told = events.lock().unwrap().clone();
    assert_eq!(kinds(&told), ["check failed", "check false"]);
    assert!(failure(&told).contains("read-only"), "{}", failure(&told));
    drop(updater);
    // Nothing was spoiled by it.
    bench.session().await;
    assert_eq!(bench.session().await.0, "2.0.0");
}

#[tokio::test]
async fn full_disk_at_the_way_back_still_runs_the_last_good_release() {
    let bench = Bench::with_update().await;
    bench.session().await;
    let disk = CrashDisk::sound();
    let updater = bench.updater_on(Arc::new(disk.clone())).unwrap();
    assert_eq!(updater.cold_start(&|_| ()).await.unwrap().version.as_str(), "2.0.0");
    disk.fail_next(Failure::Full);
    let back = updater.boot_failed("threw").unwrap().unwrap();
    assert_eq!((back.version.as_str(), back.on_trial), ("1.0.0", false));
    // Its first page says nothing about the release that failed.
    let _ = updater.confirm();
    drop(updater);
    assert_eq!(bench.state().trial.unwrap().attempts, 1);
}

#[tokio::test]
async fn last_good_release_that_is_damaged_too_is_a_clear_error() {
    let bench = Bench::with_update().await;
    let good = bench.state().active.unwrap().parts[0].digest;
    bench.session().await;
    let updater = bench.updater();
    updater.cold_start(&|_| ()).await.unwrap();
    flip(&bench.dir.path().join("versions").join(good.to_hex()).join("app.js"));
    let error = updater.boot_failed("threw").unwrap_err().to_string();
    assert_eq!(
        error,
        "wxtest: release 2 failed to start, and the last good one is damaged: nothing can run"
    );
    drop(updater);
    let mut bench = bench;
    bench.registry.publish("3.0.0");
    assert_eq!(bench.session().await.0, "3.0.0");
}

#[tokio::test]
async fn clock_that_goes_back_years_stops_no_update() {
    let mut bench = Bench::with_update().await;
    for years in [-20.0, 3.0] {
        bench.clock = VirtualClock::new(T0 + years * 365.0 * 24.0 * 3_600_000.0);
        bench.session().await;
        bench.registry.publish(if years < 0.0 { "3.0.0" } else { "4.0.0" });
    }
    bench.clock = VirtualClock::new(0.0);
    bench.session().await;
    assert_eq!(bench.session().await.0, "4.0.0");
}

#[tokio::test]
async fn bit_flip_in_staged_package_is_caught_and_fetched_again() {
    let bench = Bench::with_update().await;
    bench.session().await;
    let digest = bench.state().pending.unwrap().parts[0].digest;
    flip(&bench.dir.path().join("versions").join(digest.to_hex()).join("app.js"));
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
    assert_eq!(bench.session().await.0, "2.0.0");
}

#[tokio::test]
async fn bit_flip_before_apply_keeps_the_running_release() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    updater.background(start.background, &|_| ()).await;
    let digest = updater.client.device.state(&app()).unwrap().pending.unwrap().parts[0].digest;
    flip(&updater.client.device.version(&digest).join("app.js"));
    assert!(matches!(
        updater.apply(),
        Err(ApplyError::Load(LoadError::Damaged { .. }))
    ));
    assert_eq!(
        updater.client.device.state(&app()).unwrap().active.unwrap().id,
        start.release
    );
}

#[tokio::test]
async fn installed_file_deleted_falls_back_or_is_fetched_again() {
    let bench = Bench::with_update().await;
    bench.session().await;
    // 2.0.0 on trial, 1.0.0 behind it.
    let start = bench.updater().cold_start(&|_| ()).await.unwrap();
    let digest = start.package.release().release().parts[0].digest;
    RealDisk
        .remove(&bench.dir.path().join("versions").join(digest.to_hex()).join("pages"))
        .unwrap();
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
    bench.session().await;
    // 2.0.0 confirmed, nothing behind it.
    RealDisk
        .remove(&bench.dir.path().join("versions").join(digest.to_hex()).join("app.js"))
        .unwrap();
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("2.0.0", vec!["download whole".into(), "check false".to_owned()])
    );
}

#[tokio::test]
async fn state_deleted_keeps_the_floor_and_the_installed_version() {
    let bench = Bench::with_update().await;
    let old = {
        let mut manifest = bench.registry.manifest.clone();
        manifest.seq = 1;
        manifest.releases.remove(0);
        sign_manifest(&manifest, &[&bench.registry.key])
    };
    bench.session().await;
    bench.session().await;
    RealDisk
        .write(&bench.dir.path().join("state.redb"), b"scribble")
        .unwrap();
    bench.registry.serve(old);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("2.0.0", vec!["check failed".into(), "check false".to_owned()])
    );
    assert_eq!(bench.state().floor, 2);
}

#[tokio::test]
async fn kill_in_apply_update_before_teardown_starts_the_new_release() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    updater.background(start.background, &|_| ()).await;
    updater.apply().unwrap();
    drop(updater);
    let start = bench.updater().cold_start(&|_| ()).await.unwrap();
    assert_eq!((start.version.as_str(), start.on_trial), ("2.0.0", true));
    assert_eq!(bench.state().trial.unwrap().attempts, 2);
}
