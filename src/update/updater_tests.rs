//! The updater against a registry in memory: starts, restarts, trials and what decides about them.

use super::bench::{Bench, kinds};
use super::*;
use crate::package::CodePackage;
use crate::release::{Rollout, UpdateMode, VersionLabel};
use crate::system::{Disk, NetFault, RealDisk};
use crate::update::DownloadKind;
use crate::update::testing::{T0, app, files, run_clock};
use crate::update::thresholds::LIMITS;

#[tokio::test]
async fn a_first_start_installs_and_tells_that_there_is_no_update() {
    let bench = Bench::new();
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("1.0.0", vec!["download whole".into(), "check false".to_owned()])
    );
    assert_eq!(bench.version_files().len(), 1);
    assert!(RealDisk.list(&bench.dir.path().join("partial")).unwrap().is_empty());
}

#[tokio::test]
async fn an_update_comes_beside_the_app_and_runs_at_the_next_cold_start() {
    let bench = Bench::with_update().await;
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
    let (ran, told) = bench.session().await;
    assert_eq!((ran.as_str(), kinds(&told)), ("2.0.0", vec!["check false".to_owned()]));
    assert_eq!(bench.version_files().len(), 1);
}

#[tokio::test]
async fn apply_starts_the_staged_release_at_once_and_only_once() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    assert!(matches!(updater.apply(), Err(ApplyError::NotReady)));
    updater.confirm().unwrap();
    updater.background(start.background, &|_| ()).await;
    let next = updater.apply().unwrap();
    assert_eq!((next.version.as_str(), next.on_trial), ("2.0.0", true));
    assert!(next.package.files().read("app.js").unwrap().ends_with(b"2.0.0"));
    assert!(matches!(updater.apply(), Err(ApplyError::NotReady)));
}

#[tokio::test]
async fn a_release_that_fails_to_start_goes_back_in_the_same_run_and_is_not_taken_again() {
    let bench = Bench::with_update().await;
    bench.session().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    assert_eq!((start.version.as_str(), start.on_trial), ("2.0.0", true));
    let back = updater.boot_failed("app.js threw").unwrap().unwrap();
    assert_eq!(
        (back.version.as_str(), back.reason, back.on_trial),
        ("1.0.0", Reason::RolledBack, false)
    );
    assert_eq!(back.instead_of, Some(start.release));
    drop(updater);
    let (ran, told) = bench.session().await;
    assert_eq!((ran.as_str(), kinds(&told)), ("1.0.0", vec!["check false".to_owned()]));
}

#[tokio::test]
async fn fix_version_after_a_bad_one_is_taken() {
    let mut bench = Bench::with_update().await;
    bench.session().await;
    let updater = bench.updater();
    updater.cold_start(&|_| ()).await.unwrap();
    updater.boot_failed("threw").unwrap().unwrap();
    drop(updater);
    bench.registry.publish("2.0.1");
    bench.session().await;
    assert_eq!(bench.session().await.0, "2.0.1");
}

#[tokio::test]
async fn kill_before_ready_three_times_goes_back() {
    let bench = Bench::with_update().await;
    bench.session().await;
    for _ in 0..LIMITS.unfinished_starts {
        let start = bench.updater().cold_start(&|_| ()).await.unwrap();
        assert_eq!(start.version.as_str(), "2.0.0");
    }
    let start = bench.updater().cold_start(&|_| ()).await.unwrap();
    assert_eq!(
        (start.version.as_str(), start.instead_of),
        ("1.0.0", Some(ReleaseId(2)))
    );
}

#[tokio::test]
async fn clean_exit_before_ready_is_no_strike() {
    let bench = Bench::with_update().await;
    bench.session().await;
    for _ in 0..10 {
        let updater = bench.updater();
        assert_eq!(updater.cold_start(&|_| ()).await.unwrap().version.as_str(), "2.0.0");
        updater.ended_before_ready().unwrap();
    }
}

#[tokio::test]
async fn a_long_absence_updates_before_the_start() {
    let bench = Bench::with_update().await;
    bench.clock.advance_to(T0 + 11.0 * 24.0 * 3_600_000.0);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("2.0.0", vec!["download delta".into(), "check false".to_owned()])
    );
}

#[tokio::test]
async fn a_blocking_download_that_takes_too_long_goes_on_beside_the_app() {
    let bench = Bench::with_update().await;
    bench.clock.advance_to(T0 + 11.0 * 24.0 * 3_600_000.0);
    bench.net.plan("packages", [NetFault::Stall]);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
}

#[tokio::test]
async fn below_the_minimum_nothing_starts_when_nothing_can_be_got() {
    let mut bench = Bench::with_update().await;
    bench.registry.publish_with("3.0.0", files("3.0.0"), |release| {
        release.mode = UpdateMode::Sync;
        release.settings.min_version = Some(VersionLabel::parse("2").unwrap());
    });
    bench.net.plan("packages", vec![NetFault::Offline; 99]);
    // The first start does not know of the mode yet.
    let (_, told) = bench.session().await;
    assert_eq!(kinds(&told), ["check true forced", "failed"]);
    let updater = bench.updater();
    let error = run_clock(&bench.clock, updater.cold_start(&|_| ()))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("wxtest 1.0.0 is below the minimum version, and http://registry.test/"),
        "{error}"
    );
}

#[tokio::test]
async fn a_periodic_check_makes_the_next_start_update_first() {
    let bench = Bench::with_update().await;
    let found = bench.updater().periodic_check().await.unwrap();
    assert_eq!(found.unwrap().as_str(), "2.0.0");
    assert_eq!(bench.session().await.0, "2.0.0");
}

#[tokio::test]
async fn a_staged_release_that_was_withdrawn_is_not_started() {
    let mut bench = Bench::with_update().await;
    bench.session().await;
    bench.registry.manifest.releases[0].rollout = Rollout { percent: 0 };
    bench.registry.manifest.seq += 1;
    bench.registry.sign();
    bench.updater().periodic_check().await.unwrap();
    assert_eq!(bench.session().await.0, "1.0.0");
}

/// What the registry now offers no longer has the newest release.
fn withdraw(bench: &mut Bench) {
    bench.registry.manifest.releases.remove(0);
    bench.registry.manifest.seq += 1;
    bench.registry.sign();
}

#[tokio::test]
async fn a_running_app_does_not_apply_what_was_withdrawn_since_it_was_staged() {
    let mut bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    updater.background(start.background, &|_| ()).await;
    assert!(updater.staged().is_some());
    withdraw(&mut bench);
    // Learnt by the check of a hot start; before it, nobody can know.
    updater.background(Background::Check, &|_| ()).await;
    assert!(updater.staged().is_none());
    assert!(matches!(updater.apply(), Err(ApplyError::NotReady)));
    assert_eq!(updater.restart().unwrap().version.as_str(), "1.0.0");
}

#[tokio::test]
async fn what_another_check_learnt_keeps_a_staged_release_from_being_applied() {
    let mut bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    updater.background(start.background, &|_| ()).await;
    withdraw(&mut bench);
    check(&updater.client).await.unwrap();
    let error = updater.apply().unwrap_err();
    assert_eq!(error.to_string(), "version 2.0.0 was withdrawn");
    assert_eq!(updater.client.device.state(&app()).unwrap().pending, None);
}

#[tokio::test]
async fn an_app_below_the_minimum_that_a_periodic_check_found_does_not_start_offline() {
    let mut bench = Bench::with_update().await;
    bench.registry.publish_with("3.0.0", files("3.0.0"), |release| {
        release.settings.min_version = Some(VersionLabel::parse("2").unwrap());
    });
    assert!(bench.updater().periodic_check().await.unwrap().is_some());
    bench.net.plan("manifest", [NetFault::Offline]);
    let error = bench.updater().cold_start(&|_| ()).await.unwrap_err();
    assert!(error.keeps_trying(), "{error}");
    assert_eq!(bench.session().await.0, "3.0.0");
}

#[tokio::test]
async fn patience_that_was_asked_for_holds_after_an_update_was_applied() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    updater.background(start.background, &|_| ()).await;
    let busy = NetFault::Status(503, vec![("Retry-After".into(), "60".into())]);
    bench.net.plan("manifest", [busy]);
    updater.background(Background::Check, &|_| ()).await;
    let next = updater.apply().unwrap();
    assert_eq!(
        (next.background, kinds(&next.events)),
        (Background::NoUpdate, vec!["check false".to_owned()])
    );
}

#[tokio::test]
async fn a_second_user_runs_what_is_there_and_only_what_is_for_them() {
    let mut bench = Bench::new();
    bench.install().await;
    // A gray release for the first user alone.
    bench
        .registry
        .manifest
        .whitelist
        .insert(crate::release::UserMark::of(&app(), "u"));
    bench.registry.publish_with("2.0.0", files("2.0.0"), |release| {
        release.rollout = Rollout { percent: 0 }
    });
    bench.session().await;
    assert_eq!(bench.session().await.0, "2.0.0");
    let of = |user: &str| {
        let mut updater = bench.updater();
        updater.client.user = user.to_owned();
        updater
    };
    let (events, tell) = super::bench::recorder();
    let second = of("second");
    let start = second.cold_start(&tell).await.unwrap();
    assert_eq!(
        (start.version.as_str(), kinds(&events.lock().unwrap())),
        ("1.0.0", vec!["download whole".into()])
    );
    second.confirm().unwrap();
    drop(second);
    let (events, tell) = super::bench::recorder();
    let third = of("third");
    let start = third.cold_start(&tell).await.unwrap();
    third.background(start.background, &tell).await;
    assert_eq!(
        (start.version.as_str(), kinds(&events.lock().unwrap())),
        ("1.0.0", vec!["check false".into()])
    );
    drop(third);
    assert_eq!(bench.session().await.0, "2.0.0");
    assert_eq!(bench.version_files().len(), 2);
}

#[tokio::test]
async fn a_start_explains_each_of_its_decisions() {
    let bench = Bench::with_update().await;
    bench.updater().periodic_check().await.unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let to = Arc::clone(&told);
    let updater = bench.updater();
    updater.explain_to(Arc::new(move |explanation| {
        to.lock().unwrap().push(explanation.clone())
    }));
    updater.cold_start(&|_| ()).await.unwrap();
    let told = told.lock().unwrap();
    let short: Vec<_> = told.iter().map(|e| (e.act.as_str(), e.because)).collect();
    assert_eq!(
        short,
        [
            ("check-first", Reason::FoundBefore),
            ("install-first", Reason::NewerFirst),
            ("run-new", Reason::Installed)
        ]
    );
    assert_eq!(
        (told[0].facts.found, told[0].facts.newest_is.as_str()),
        (Some(ReleaseId(2)), "newer")
    );
}

#[tokio::test]
async fn a_restart_runs_what_is_staged() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    assert_eq!(updater.restart().unwrap().version.as_str(), "1.0.0");
    updater.background(start.background, &|_| ()).await;
    let next = updater.restart().unwrap();
    assert_eq!(
        (next.version.as_str(), next.reason, next.background),
        ("2.0.0", Reason::Restarted, Background::Check)
    );
}

#[tokio::test]
async fn two_processes_on_one_folder_exclude_each_other() {
    let bench = Bench::new();
    let _first = bench.updater();
    assert!(matches!(
        bench.updater_on(Arc::new(RealDisk)),
        Err(DeviceError::InUse { .. })
    ));
}

#[tokio::test]
async fn an_updater_works_on_another_task() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    let beside = updater.clone();
    let task = tokio::spawn(async move { beside.background(start.background, &|_| ()).await });
    updater.confirm().unwrap();
    task.await.unwrap();
    assert_eq!(updater.apply().unwrap().version.as_str(), "2.0.0");
}

#[test]
fn download_kinds_and_events_have_stable_names() {
    let event = UpdateEvent::Download {
        kind: DownloadKind::Delta,
        part: "__APP__".into(),
        bytes: 7,
    };
    assert_eq!(
        serde_json::to_string(&event).unwrap(),
        r#"{"transport":"delta","part":"__APP__","bytes":7}"#
    );
    assert_eq!(
        serde_json::to_string(&UpdateEvent::NO_UPDATE).unwrap(),
        r#"{"hasUpdate":false}"#
    );
    assert_eq!(UpdateEvent::NO_UPDATE.kind(), "update.check");
}
