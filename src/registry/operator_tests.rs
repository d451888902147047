//! The operator's rules, each refusal with the platform's code.

use super::testing::{Bench, DAY, app, key, label, refused};
use super::*;
use crate::release::{ReleaseId, SecretKey, UpdateMode, paths};

#[tokio::test]
async fn shares_that_are_none_or_do_not_rise_are_refused() {
    let mut bench = Bench::new();
    assert_eq!(refused(bench.publish("1.0.0", 50).await).0, Some(85079));
    bench.publish("1.0.0", 100).await.unwrap();
    assert_eq!(refused(bench.operator().rollout(50).await).0, Some(85082));
    assert_eq!(refused(bench.publish("1.1.0", 101).await).0, Some(85081));
    bench.publish("1.1.0", 10).await.unwrap();
    bench.now += 1;
    for (percent, code) in [(101, 85081), (255, 85081), (0, 85082), (9, 85082), (10, 85082)] {
        assert_eq!(
            refused(bench.operator().rollout(percent).await).0,
            Some(code),
            "{percent}"
        );
    }
    for percent in [11, 99, 100] {
        bench.operator().rollout(percent).await.unwrap();
    }
    assert_eq!(refused(bench.operator().rollout(100).await).0, Some(85082));
    let state = bench.state().await;
    assert_eq!((state.gray, state.online.len(), state.seq), (None, 2, 5));
}

#[tokio::test]
async fn nothing_else_is_released_during_a_gray_release() {
    let bench = Bench::with(&["1.0.0"]).await;
    bench.publish("1.1.0", 20).await.unwrap();
    let (code, reason) = refused(bench.publish("1.2.0", 100).await);
    assert_eq!(code, None);
    assert!(reason.starts_with("1.1.0 is in gray release at 20 %: "), "{reason}");
    assert_eq!(refused(bench.operator().rollback(None).await).0, Some(87011));
    bench.operator().revoke().await.unwrap();
    assert!(
        refused(bench.operator().revoke().await)
            .1
            .contains("no gray release under way")
    );
    assert!(
        refused(bench.publish("1.1.0", 100).await)
            .1
            .contains("is not greater than 1.1.0")
    );
    bench.publish("1.2.0", 100).await.unwrap();
}

#[tokio::test]
async fn a_rollback_needs_an_earlier_online_version_and_a_new_one_before_the_next() {
    let bench = Bench::with(&["1.0.0"]).await;
    assert_eq!(refused(bench.operator().rollback(None).await).0, Some(87012));
    // A version that was only ever gray was not online.
    bench.publish("1.1.0", 20).await.unwrap();
    bench.operator().revoke().await.unwrap();
    assert_eq!(refused(bench.operator().rollback(None).await).0, Some(87012));
    bench.publish("1.2.0", 100).await.unwrap();
    bench.operator().rollback(None).await.unwrap();
    let state = bench.state().await;
    assert_eq!(state.online().unwrap().version, label("1.0.0"));
    assert_eq!(refused(bench.operator().rollback(None).await).0, Some(87012));
    // Neither does a gray release that was revoked make up for it.
    bench.publish("1.3.0", 20).await.unwrap();
    bench.operator().revoke().await.unwrap();
    let (code, reason) = refused(bench.operator().rollback(None).await);
    assert_eq!(code, Some(87012));
    assert!(reason.contains("came by a rollback"), "{reason}");
    bench.publish("1.4.0", 100).await.unwrap();
    bench.operator().rollback(Some(&label("1.2.0"))).await.unwrap();
}

#[tokio::test]
async fn a_rollback_goes_to_any_of_the_last_five_online_versions() {
    let bench = Bench::with(&["1", "2", "3", "4", "5", "6", "7"]).await;
    for version in ["1", "7", "9"] {
        let (code, reason) = refused(bench.operator().rollback(Some(&label(version))).await);
        assert_eq!(code, Some(87012), "{version}");
        assert!(reason.ends_with("6, 5, 4, 3, 2"), "{reason}");
    }
    let entry = bench.operator().rollback(Some(&label("2"))).await.unwrap();
    let served = bench.served().await;
    let offered = served.release_for("u").unwrap();
    assert_eq!(
        (offered.id(), &offered.release().version),
        (ReleaseId(entry.seq), &label("2"))
    );
    let listed: Vec<u64> = served.manifest().releases.iter().map(|release| release.id.0).collect();
    assert_eq!(listed, [8, 2, 1], "what was rolled back from is offered to nobody");
}

#[tokio::test]
async fn a_rising_share_keeps_its_users() {
    let bench = Bench::with(&["1.0.0"]).await;
    bench.publish("1.1.0", 0).await.unwrap();
    let mut before = bench.offers().await;
    assert!(before.iter().all(|version| version == "1.0.0"));
    for percent in [5, 20, 70, 100] {
        bench.operator().rollout(percent).await.unwrap();
        let now = bench.offers().await;
        assert!(
            before
                .iter()
                .zip(&now)
                .all(|(old, new)| old == "1.0.0" || new == "1.1.0"),
            "{percent}"
        );
        before = now;
    }
    assert!(before.iter().all(|version| version == "1.1.0"));
}

#[tokio::test]
async fn a_gray_release_is_made_full_by_the_first_change_after_fifteen_days() {
    let mut bench = Bench::with(&["1.0.0"]).await;
    bench.publish("1.1.0", 20).await.unwrap();
    bench.now += GRAY_MS - 1;
    bench.operator().mode(UpdateMode::Async, None).await.unwrap();
    assert!(bench.state().await.gray.is_some());
    bench.now += 1;
    // Too late to withdraw it, and the way is free for the next one.
    assert!(
        refused(bench.operator().revoke().await)
            .1
            .contains("no gray release under way")
    );
    assert!(bench.offers().await.iter().all(|version| version == "1.1.0"));
    let log = read_log(&bench.store, &app()).await.unwrap();
    assert!(matches!(
        log.last().unwrap().event,
        Event::Rollout {
            release: ReleaseId(2),
            percent: 100,
            automatic: true
        }
    ));
    bench.publish("1.2.0", 20).await.unwrap();
    // A clock that was set back makes nothing full.
    bench.now -= 100 * DAY;
    bench.operator().rollout(30).await.unwrap();
    assert!(bench.state().await.gray.is_some());
}

#[tokio::test]
async fn renewing_keeps_a_manifest_fresh_and_the_time_of_a_gray_release() {
    let mut bench = Bench::with(&["1.0.0"]).await;
    bench.publish("1.1.0", 20).await.unwrap();
    let before = bench.served().await.manifest().clone();
    bench.now += DAY;
    assert_eq!(bench.operator().renew().await.unwrap(), before.seq);
    let renewed = bench.served().await.manifest().clone();
    assert_eq!((renewed.seq, renewed.expires_at), (before.seq, before.expires_at + DAY));
    bench.now += GRAY_MS;
    assert_eq!(bench.operator().renew().await.unwrap(), before.seq + 1);
    assert_eq!(bench.state().await.gray, None);
}

#[tokio::test]
async fn nothing_can_be_decided_about_an_app_that_is_not_there() {
    let bench = Bench::new();
    let operator = bench.operator();
    for outcome in [
        operator.rollout(100).await,
        operator.revoke().await,
        operator.rollback(None).await,
        operator.mode(UpdateMode::Sync, None).await,
        operator.add_key(&key(2)).await,
    ] {
        assert_eq!(refused(outcome).1, "wx1 has no releases in this registry");
    }
    assert_eq!(bench.store.get(&paths::latest_root(&app())).await.unwrap(), None);
}

#[tokio::test]
async fn racing_operators_have_one_winner_for_each_entry() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Bench::new();
    bench.store = Store::open_folder(folder.path()).unwrap();
    bench.publish("1.0.0", 100).await.unwrap();
    bench.publish("1.1.0", 10).await.unwrap();
    let race = (0..6u8).map(|n| {
        let (store, now_ms) = (bench.store.clone(), bench.now);
        tokio::spawn(async move {
            let key = key(1);
            let operator = Operator {
                store: &store,
                app: app(),
                key: &key,
                by: Some(format!("operator{n}")),
                now_ms,
                valid_ms: DEFAULT_VALID_MS,
            };
            match n {
                0 => operator.revoke().await,
                1 => operator.rollback(None).await,
                2 => operator.add_key(&SecretKey::from_seed(&[2; 32])).await,
                n => operator.rollout(20 * n).await,
            }
        })
    });
    let mut won = 0;
    for attempt in race.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => won += 1,
            Err(WriteError::Refused(_) | WriteError::Log(LogError::Conflict { .. })) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert!(won > 0);
    let state = bench.state().await;
    assert_eq!(state.seq, 2 + won);
    assert_eq!(bench.served().await.manifest().seq, state.seq);
}

#[tokio::test]
async fn a_decision_that_was_cut_short_is_finished_by_the_next() {
    let bench = Bench::with(&["1.0.0"]).await;
    let before = bench.store.get(&paths::manifest(&app())).await.unwrap().unwrap();
    let root = bench.store.get(&paths::latest_root(&app())).await.unwrap().unwrap();
    bench.operator().add_key(&key(2)).await.unwrap();
    bench.store.put(&paths::manifest(&app()), before).await.unwrap();
    bench.store.put(&paths::latest_root(&app()), root).await.unwrap();
    assert_eq!(refused(bench.operator().rollback(None).await).0, Some(87012));
    let served = bench.served().await;
    assert_eq!((served.manifest().seq, served.manifest().root_version), (2, 2));
}

#[tokio::test]
async fn no_package_that_a_device_may_fetch_is_ever_deleted() {
    let mut bench = Bench::with(&["1.0.0"]).await;
    let mut named = std::collections::BTreeSet::new();
    for step in 0..12 {
        bench.now += DAY;
        match step % 4 {
            0 => drop(bench.publish(&format!("1.{step}.1"), 10).await.unwrap()),
            1 => drop(bench.operator().revoke().await.unwrap()),
            2 => drop(bench.publish(&format!("1.{step}.1"), 100).await.unwrap()),
            _ => drop(bench.operator().rollback(None).await.unwrap()),
        }
        let served = bench.served().await;
        for part in served.manifest().releases.iter().flat_map(|release| &release.parts) {
            named.extend(part.deltas.iter().map(|delta| delta.object.digest));
            named.insert(part.whole.digest);
        }
    }
    assert!(named.len() > 12, "{}", named.len());
    for digest in named {
        assert!(
            bench
                .store
                .get(&paths::object(&app(), &digest))
                .await
                .unwrap()
                .is_some()
        );
    }
}

#[tokio::test]
async fn failed_starts_are_counted_for_releases_that_there_are() {
    let bench = Bench::with(&["1.0.0", "1.1.0"]).await;
    for _ in 0..3 {
        note_failures(&bench.store, &app(), &[ReleaseId(2), ReleaseId(9)])
            .await
            .unwrap();
    }
    for (id, expected) in [(1, 0), (2, 3), (9, 0)] {
        let count = failures(&bench.store, &app(), ReleaseId(id)).await.unwrap();
        assert_eq!(count, expected, "release {id}");
    }
}
