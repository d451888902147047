//! The updater when the network, the registry or the disk is at fault; each fault has a test that is named after it.

use super::bench::{Bench, failure, flip, kinds, recorder, survives};
use super::*;
use crate::release::{RootDocument, SecretKey, paths, sign_manifest};
use crate::system::{CrashDisk, Disk, Failure, NetFault, RealDisk};
use crate::update::load::LoadError;
use crate::update::testing::{T0, app, files, manifest_url, url};

#[tokio::test]
async fn corrupted_package_is_refused_before_it_is_unpacked() {
    let bench = Bench::with_update().await;
    for address in [bench.registry.whole_url(), bench.registry.delta_url()] {
        let mut bytes = bench.registry.http.body(&address).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        bench.registry.http.put(&address, bytes);
    }
    let reason = survives(&bench, &["check true", "failed"]).await;
    assert!(reason.contains("instead of the signed"), "{reason}");
}

#[tokio::test]
async fn a_damaged_delta_is_made_up_for_by_the_whole_package() {
    let bench = Bench::with_update().await;
    bench.net.plan(&bench.registry.delta_url(), [NetFault::Flip(9)]);
    let (_, told) = bench.session().await;
    assert_eq!(kinds(&told), ["check true", "download whole", "ready 2.0.0"]);
}

#[tokio::test]
async fn delta_on_wrong_base_is_not_asked_for() {
    let mut bench = Bench::with_update().await;
    bench.registry.publish("3.0.0");
    let (_, told) = bench.session().await;
    assert_eq!(kinds(&told), ["check true", "download whole", "ready 3.0.0"]);
}

#[tokio::test]
async fn package_swap_is_refused() {
    let bench = Bench::with_update().await;
    let other = bench.registry.http.body(&bench.registry.delta_url()).unwrap();
    bench.registry.http.remove(&bench.registry.delta_url());
    bench.registry.http.put(&bench.registry.whole_url(), other);
    survives(&bench, &["check true", "failed"]).await;
}

#[tokio::test]
async fn a_signed_package_that_is_no_app_is_not_taken_again() {
    let mut bench = Bench::with_update().await;
    let broken = files("x").partition(|path| path.as_str() != "app.json").0;
    bench.registry.publish_with("3.0.0", broken, |_| ());
    let reason = survives(&bench, &["check true", "download whole", "failed"]).await;
    assert!(reason.starts_with("release 3.0.0 cannot be used: "), "{reason}");
    survives(&bench, &["check false"]).await;
}

#[tokio::test]
async fn wrong_app_id_is_refused() {
    let bench = Bench::with_update().await;
    let mut manifest = bench.registry.manifest.clone();
    manifest.app_id = crate::package::AppId::parse("other").unwrap();
    bench.registry.serve(sign_manifest(&manifest, &[&bench.registry.key]));
    let reason = survives(&bench, &["check failed", "check false"]).await;
    assert!(
        reason.contains("document is for app other instead of wxtest"),
        "{reason}"
    );
}

#[tokio::test]
async fn foreign_key_is_refused() {
    let bench = Bench::with_update().await;
    let foreign = SecretKey::from_seed(&[9; 32]);
    bench
        .registry
        .serve(sign_manifest(&bench.registry.manifest, &[&foreign]));
    // A new root for first use does not move a device that has pinned another.
    bench.registry.put_root(&foreign);
    let reason = survives(&bench, &["check failed", "check false"]).await;
    assert!(reason.contains("signed by unknown keys only"), "{reason}");
}

#[tokio::test]
async fn rotated_keys_are_followed_root_by_root() {
    let mut bench = Bench::with_update().await;
    let new = SecretKey::from_seed(&[2; 32]);
    let root = RootDocument {
        app_id: app(),
        version: 2,
        threshold: 1,
        keys: vec![new.public()],
    };
    let sealed = root.seal(&[&bench.registry.key, &new]);
    bench.registry.http.put(&url(&paths::root(&app(), 2)), sealed);
    let old = std::mem::replace(&mut bench.registry.key, new);
    bench.registry.sign();
    assert_eq!(
        kinds(&bench.session().await.1),
        ["check true", "download delta", "ready 2.0.0"]
    );
    // The old key is worth nothing from now on.
    bench.registry.serve(sign_manifest(&bench.registry.manifest, &[&old]));
    assert_eq!(kinds(&bench.session().await.1), ["check failed", "check false"]);
}

#[tokio::test]
async fn tampered_manifest_is_refused() {
    let bench = Bench::with_update().await;
    let mut other = bench.registry.manifest.clone();
    other.seq += 1;
    let text = |bytes: Vec<u8>| serde_json::from_slice::<serde_json::Value>(&bytes).unwrap();
    let mut signed = text(bench.registry.http.body(&manifest_url()).unwrap());
    signed["payload"] = text(sign_manifest(&other, &[&SecretKey::from_seed(&[9; 32])]))["payload"].clone();
    bench.registry.serve(signed.to_string().into_bytes());
    survives(&bench, &["check failed", "check false"]).await;
}

#[tokio::test]
async fn replayed_manifest_is_refused() {
    let bench = Bench::new();
    let old = bench.registry.http.body(&manifest_url()).unwrap();
    bench.install().await;
    let mut bench = bench;
    bench.registry.publish("2.0.0");
    bench.session().await;
    assert_eq!(bench.session().await.0, "2.0.0");
    bench.registry.serve(old);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("2.0.0", vec!["check failed".into(), "check false".to_owned()])
    );
    assert!(
        failure(&told).contains("manifest 1 is older than 2"),
        "{}",
        failure(&told)
    );
    assert_eq!(bench.state().floor, 2);
}

#[tokio::test]
async fn frozen_manifest_past_its_expiry_is_flagged_and_runs_on() {
    let bench = Bench::new();
    bench.install().await;
    bench.clock.advance_to(9_000_000_000_001.0);
    assert!(check(&bench.updater().client).await.unwrap().stale);
}

#[tokio::test]
async fn offline_first_start_names_the_address() {
    let bench = Bench::new();
    bench.net.plan("registry", [NetFault::Offline]);
    let error = bench.updater().cold_start(&|_| ()).await.unwrap_err().to_string();
    assert!(
        error.starts_with("wxtest is not installed, and http://registry.test/apps/wxtest/root.json: "),
        "{error}"
    );
}

#[tokio::test]
async fn offline_runs_the_installed_version() {
    let bench = Bench::with_update().await;
    bench.net.plan("registry", [NetFault::Offline]);
    survives(&bench, &["check failed", "check false"]).await;
}

#[tokio::test]
async fn captive_portal_html_is_refused() {
    let bench = Bench::with_update().await;
    bench.net.plan("manifest", [NetFault::Html]);
    survives(&bench, &["check failed", "check false"]).await;
    bench.net.plan("packages", vec![NetFault::Html; 99]);
    survives(&bench, &["check true", "failed"]).await;
}

#[tokio::test]
async fn stalled_check_ends_and_runs_the_installed_version() {
    let bench = Bench::with_update().await;
    bench.net.plan("manifest", [NetFault::Stall]);
    survives(&bench, &["check failed", "check false"]).await;
}

#[tokio::test]
async fn endless_manifest_is_cut_off() {
    let bench = Bench::with_update().await;
    bench.net.plan("manifest", [NetFault::Endless]);
    let reason = survives(&bench, &["check failed", "check false"]).await;
    assert!(reason.contains("longer than"), "{reason}");
}

#[tokio::test]
async fn retry_after_of_years_is_cut_to_a_day_and_survives_a_restart() {
    let bench = Bench::with_update().await;
    let busy = NetFault::Status(503, vec![("Retry-After".into(), "1000000000".into())]);
    bench.net.plan("manifest", [busy]);
    survives(&bench, &["check failed", "check false"]).await;
    survives(&bench, &["check false"]).await;
    bench.clock.advance_to(T0 + 25.0 * 3_600_000.0);
    assert_eq!(
        kinds(&bench.session().await.1),
        ["check true", "download delta", "ready 2.0.0"]
    );
}

#[tokio::test]
async fn retry_after_as_a_date_is_kept_to() {
    let bench = Bench::with_update().await;
    // Ten minutes after T0.
    let date = "Fri, 15 Jan 2027 08:10:00 GMT";
    let busy = NetFault::Status(503, vec![("Retry-After".into(), date.into())]);
    bench.net.plan("manifest", [busy]);
    survives(&bench, &["check failed", "check false"]).await;
    survives(&bench, &["check false"]).await;
    bench.clock.advance_to(T0 + 601_000.0);
    assert_eq!(
        kinds(&bench.session().await.1),
        ["check true", "download delta", "ready 2.0.0"]
    );
}

#[tokio::test]
async fn a_device_that_cannot_be_written_runs_what_it_has_and_keeps_nothing() {
    let bench = Bench::with_update().await;
    let before = bench.state();
    let updater = bench
        .updater_on(Arc::new(CrashDisk::failing(0, Failure::ReadOnly)))
        .unwrap();
    assert!(updater.client.device.is_read_only());
    let (events, tell) = recorder();
    let start = updater.cold_start(&tell).await.unwrap();
    assert_eq!((start.version.as_str(), start.background), ("1.0.0", Background::Check));
    updater.confirm().unwrap();
    updater.background(start.background, &tell).await;
    let told = events.lock().unwrap().clone();
    assert_eq!(kinds(&told), ["check true", "failed"]);
    assert!(failure(&told).contains("read-only"), "{}", failure(&told));
    drop(updater);
    assert_eq!(bench.state(), before);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_and_is_no_device_is_refused_with_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let disk = Arc::new(CrashDisk::failing(0, Failure::ReadOnly));
    let clock = Arc::new(crate::system::VirtualClock::new(T0));
    let error = crate::update::Device::open(dir.path(), clock, disk)
        .unwrap_err()
        .to_string();
    assert!(error.contains(&dir.path().display().to_string()), "{error}");
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
