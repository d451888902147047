//! The updater when the network, the registry or the disk is at fault; each fault has a test that is named after it.

use super::bench::{Bench, failure, kinds, survives};
use super::*;
use crate::release::{RootDocument, SecretKey, paths, sign_manifest};
use crate::system::{CrashDisk, Failure, NetFault};
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
async fn given_root_that_is_not_sound_does_not_mean_trust_at_first_use() {
    let bench = Bench::new();
    let foreign = RootDocument {
        app_id: crate::package::AppId::parse("other").unwrap(),
        version: 1,
        threshold: 1,
        keys: vec![bench.registry.key.public()],
        floor: None,
    };
    for given in [b"{}".to_vec(), foreign.seal(&[&bench.registry.key])] {
        let mut client = bench.updater().client.clone();
        client.root = Some(given);
        let error = Updater::new(client).cold_start(&|_| ()).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("the root document that was given: "), "{text}");
        assert_eq!(bench.version_files(), [""; 0]);
    }
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
        floor: None,
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
async fn frozen_manifest_past_its_expiry_is_refused_and_the_installed_version_runs() {
    let mut bench = Bench::with_update().await;
    bench.registry.manifest.expires_at = 1_800_000_000_001;
    bench.registry.sign();
    bench.clock.advance_to(T0 + 7.5 * 3_600_000.0);
    let reason = survives(&bench, &["check failed", "check false"]).await;
    assert!(reason.contains("manifest 2 expired 7 hours ago"), "{reason}");
    assert_eq!(bench.state().floor, 1);
    bench.registry.manifest.expires_at = 9_000_000_000_000;
    bench.registry.sign();
    bench.session().await;
    assert_eq!(bench.session().await.0, "2.0.0");
}

#[tokio::test]
async fn expired_manifest_still_serves_a_device_that_has_nothing_to_run() {
    let bench = Bench::new();
    bench.clock.advance_to(9_000_000_000_001.0);
    let updater = bench.updater();
    assert!(check(&updater.client).await.unwrap().stale);
    assert_eq!(updater.cold_start(&|_| ()).await.unwrap().version.as_str(), "1.0.0");
}

#[tokio::test]
async fn fast_forward_to_a_huge_sequence_is_undone_by_a_key_rotation() {
    let mut bench = Bench::with_update().await;
    // The thief of the key publishes a release with a number that no honest one will reach.
    let honest = bench.registry.manifest.clone();
    bench.registry.manifest.seq = (1 << 63) - 1;
    bench.registry.publish("6.6.6");
    bench.session().await;
    assert_eq!(bench.session().await.0, "6.6.6");
    assert_eq!(bench.state().floor, 1 << 63);
    bench.registry.manifest = honest;
    bench.registry.manifest.seq = 3;
    bench.registry.manifest.root_version = 2;
    let new = SecretKey::from_seed(&[2; 32]);
    let old = std::mem::replace(&mut bench.registry.key, new.clone());
    let root = |floor| RootDocument {
        app_id: app(),
        version: 2,
        threshold: 1,
        keys: vec![new.public()],
        floor,
    };
    let serve_root = |floor| {
        let sealed = root(floor).seal(&[&old, &new]);
        bench.registry.http.put(&url(&paths::root(&app(), 2)), sealed);
    };
    // A root that does not say so leaves the floor where it is.
    serve_root(None);
    bench.registry.sign();
    let (ran, told) = bench.session().await;
    assert_eq!((ran.as_str(), kinds(&told).len()), ("6.6.6", 2));
    assert!(failure(&told).contains("is older than"), "{}", failure(&told));
    serve_root(Some(3));
    assert_eq!(
        kinds(&bench.session().await.1),
        ["check true", "download whole", "ready 2.0.0"]
    );
    assert_eq!(bench.session().await.0, "2.0.0");
    assert_eq!(bench.state().floor, 3);
    // Once: what the new key has signed cannot be replayed either.
    bench.registry.manifest.seq = 4;
    bench.registry.sign();
    bench.session().await;
    bench.registry.manifest.seq = 3;
    bench.registry.sign();
    assert!(failure(&bench.session().await.1).contains("manifest 3 is older than 4"));
}

#[tokio::test]
async fn failed_release_is_told_to_the_registry_until_it_has_noted_it() {
    let bench = Bench::with_update().await;
    bench.session().await;
    let updater = bench.updater();
    updater.cold_start(&|_| ()).await.unwrap();
    updater.boot_failed("threw").unwrap().unwrap();
    drop(updater);
    let told = || {
        let last = bench.registry.http.requests().pop().unwrap();
        last.get(crate::release::FAILED_HEADER).map(str::to_owned)
    };
    // A server that does not know the header does not answer it.
    for _ in 0..2 {
        bench.session().await;
        assert_eq!(told().as_deref(), Some("2"));
    }
    let noted = vec![(crate::release::FAILED_HEADER.to_owned(), "2".to_owned())];
    bench.net.plan("manifest", [NetFault::Header(noted)]);
    for expected in [Some("2"), None] {
        bench.session().await;
        assert_eq!(told().as_deref(), expected);
    }
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
async fn clients_that_failed_together_do_not_come_back_together() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..50 {
        let bench = Bench::with_update().await;
        bench.net.plan("packages", [NetFault::ResetAt(10)]);
        let mut updater = bench.updater();
        updater.client.entropy = Arc::new(crate::system::SeededEntropy::new(seed));
        let start = updater.cold_start(&|_| ()).await.unwrap();
        let net = bench.net.clone();
        // Only the first wait is of interest: the clock is moved to where somebody sleeps until.
        let work = updater.background(start.background, &|_| ());
        tokio::pin!(work);
        let waits_until = loop {
            tokio::select! {
                biased;
                () = &mut work => panic!("nothing was waited for"),
                () = tokio::task::yield_now() => {}
            }
            if net.spent() {
                break bench.clock.next_deadline().unwrap();
            }
        };
        let wait = waits_until - T0;
        assert!((250.0..=500.0).contains(&wait), "{wait}");
        seen.insert(wait.to_bits());
    }
    assert!(seen.len() > 45, "{} moments for 50 clients", seen.len());
}

#[tokio::test]
async fn below_the_minimum_each_start_tries_again_until_a_newer_release_comes() {
    let mut bench = Bench::with_update().await;
    bench.registry.publish_with("3.0.0", files("3.0.0"), |release| {
        release.mode = crate::release::UpdateMode::Sync;
        release.settings.min_version = Some("3".parse().unwrap());
    });
    bench.updater().periodic_check().await.unwrap();
    bench.net.plan("packages", vec![NetFault::Status(404, Vec::new()); 4]);
    for _ in 0..4 {
        let error = bench.updater().cold_start(&|_| ()).await.unwrap_err().to_string();
        assert!(error.contains("below the minimum version"), "{error}");
    }
    assert_eq!(bench.session().await.0, "3.0.0");
}

#[tokio::test]
async fn one_cached_manifest_gives_each_user_what_is_meant_for_them() {
    let mut bench = Bench::new();
    bench.install().await;
    let percent = crate::release::bucket(&app(), "u", ReleaseId(2)) + 1;
    bench.registry.publish_with("2.0.0", files("2.0.0"), |release| {
        release.rollout = crate::release::Rollout { percent };
    });
    let outside = (0..).map(|n| format!("user{n}"));
    let outside = outside
        .into_iter()
        .find(|user| crate::release::bucket(&app(), user, ReleaseId(2)) >= percent)
        .unwrap();
    let mut other = bench.updater();
    other.client.user = outside;
    let start = other.cold_start(&|_| ()).await.unwrap();
    let (events, tell) = super::bench::recorder();
    other.background(start.background, &tell).await;
    assert_eq!(kinds(&events.lock().unwrap()), ["check false"]);
    drop(other);
    // The answer is the one that the device has (304), and means something else for this user.
    assert_eq!(
        kinds(&bench.session().await.1),
        ["check true", "download delta", "ready 2.0.0"]
    );
    let asked = bench.registry.http.requests();
    assert!(asked.iter().filter(|get| get.get("if-none-match").is_some()).count() > 1);
}
