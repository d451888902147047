//! The operator's rules, each refusal with the platform's code.

use super::*;
use crate::package::{APP_JSON, AppId, SourcePackage};
use crate::release::{ReleaseId, Rollout, SecretKey, SignedManifest, TrustedKeys, UpdateMode, VersionLabel, paths};
use bytes::Bytes;

const T0: u64 = 1_800_000_000_000;
const DAY: u64 = 24 * 3_600_000;

fn app() -> AppId {
    AppId::parse("wx1").unwrap()
}

fn key(n: u8) -> SecretKey {
    SecretKey::from_seed(&[n; 32])
}

fn label(text: &str) -> VersionLabel {
    text.parse().unwrap()
}

/// A registry, its operator's key and clock.
struct Bench {
    store: Store,
    key: SecretKey,
    now: u64,
}

impl Bench {
    fn new() -> Self {
        Self {
            store: Store::in_memory(),
            key: key(1),
            now: T0,
        }
    }

    /// These versions, one after the other, for everyone.
    async fn with(versions: &[&str]) -> Self {
        let bench = Self::new();
        for version in versions {
            bench.publish(version, 100).await.unwrap();
        }
        bench
    }

    fn operator(&self) -> Operator<'_> {
        Operator {
            store: &self.store,
            app: app(),
            key: &self.key,
            by: None,
            now_ms: self.now,
            valid_ms: DEFAULT_VALID_MS,
        }
    }

    async fn publish(&self, version: &str, percent: u8) -> Result<ReleaseId, WriteError> {
        self.publish_with(version, |what| what.rollout = Rollout { percent })
            .await
    }

    async fn publish_with(&self, version: &str, with: impl FnOnce(&mut Publication)) -> Result<ReleaseId, WriteError> {
        let filler: String = (0..2000).map(|n| format!("exports.f{n} = {n};\n")).collect();
        let source = SourcePackage::open([
            (APP_JSON, Bytes::from_static(b"{\"pages\": [\"p\"]}")),
            ("app.js", Bytes::from(format!("App({{ version: '{version}' }})"))),
            ("p.js", Bytes::from(filler)),
        ]);
        let mut what = Publication::new(app(), label(version), self.now);
        with(&mut what);
        Ok(publish(&self.store, &source.unwrap(), &what, &self.key).await?.id)
    }

    async fn state(&self) -> AppState {
        AppState::of(&read_log(&self.store, &app()).await.unwrap())
    }

    async fn served(&self) -> SignedManifest {
        let root = self.store.get(&paths::latest_root(&app())).await.unwrap().unwrap();
        let keys = TrustedKeys::pin(&app(), &root).unwrap();
        let manifest = self.store.get(&paths::manifest(&app())).await.unwrap().unwrap();
        SignedManifest::verify(&manifest, &keys).unwrap()
    }

    /// The version that each of 200 users gets.
    async fn offers(&self) -> Vec<String> {
        let served = self.served().await;
        let offer = |user: String| served.release_for(&user).unwrap().release().version.to_string();
        (0..200).map(|n| offer(format!("user{n}"))).collect()
    }
}

/// What was refused: the platform's code, and the beginning of the reason.
fn refused<T: std::fmt::Debug>(outcome: Result<T, WriteError>) -> (Option<u32>, String) {
    match outcome.unwrap_err() {
        WriteError::Refused(refusal) => (refusal.platform_code(), refusal.to_string()),
        error => panic!("{error}"),
    }
}

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
async fn settings_and_mode_are_copied_into_a_release_and_stay_with_it() {
    let bench = Bench::with(&["1.0.0"]).await;
    let change = SettingsChange {
        sync_budget_ms: Some(3000),
        min_version: Some(Some(label("1.0.0"))),
        ..SettingsChange::default()
    };
    bench.operator().settings(&change, None).await.unwrap();
    bench.operator().mode(UpdateMode::Sync, None).await.unwrap();
    bench.publish("1.1.0", 100).await.unwrap();
    let own = SettingsChange {
        min_version: Some(None),
        sync_budget_ms: Some(5000),
        ..SettingsChange::default()
    };
    let with = |what: &mut Publication| (what.mode, what.settings) = (Some(UpdateMode::Async), own.clone());
    bench.publish_with("1.2.0", with).await.unwrap();
    bench.operator().mode(UpdateMode::Default, None).await.unwrap();
    let said = |release: &crate::release::Release| {
        let min = release.settings.min_version.as_ref().map(ToString::to_string);
        (release.mode, release.settings.sync_budget_ms, min)
    };
    let served = bench.served().await;
    let releases: Vec<_> = served.manifest().releases.iter().rev().map(said).collect();
    assert_eq!(
        releases,
        [
            (UpdateMode::Default, 10_000, None),
            (UpdateMode::Sync, 3000, Some("1.0.0".to_owned())),
            (UpdateMode::Async, 5000, None)
        ]
    );
    assert_eq!(bench.state().await.mode, UpdateMode::Default);
}

#[tokio::test]
async fn thresholds_that_contradict_a_release_or_each_other_are_refused() {
    let bench = Bench::with(&["1.0.0", "2.0.0"]).await;
    let change = |min: &str, prefer: Option<&str>| SettingsChange {
        min_version: Some(Some(label(min))),
        prefer_local: prefer.map(|prefer| Some(label(prefer))),
        ..SettingsChange::default()
    };
    let set = async |change: &SettingsChange, release: Option<u64>| {
        let operator = bench.operator();
        refused(operator.settings(change, release.map(ReleaseId)).await).1
    };
    assert!(
        set(&change("2.0.1", None), None)
            .await
            .starts_with("minimum version 2.0.1 is greater")
    );
    assert!(
        set(&change("2.0.0", None), Some(1))
            .await
            .contains("the release itself, 1.0.0")
    );
    assert!(
        set(&change("1.5.0", Some("1.4.0")), None)
            .await
            .contains("is less than the minimum")
    );
    assert!(set(&change("1.0.0", None), Some(9)).await.contains("no release 9"));
    bench.operator().rollback(None).await.unwrap();
    assert!(set(&change("1.0.0", None), Some(2)).await.contains("no release 2"));
    assert_eq!(bench.state().await.seq, 3);
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
async fn a_rotation_lets_the_new_key_sign_beside_the_old_one_until_that_is_removed() {
    let mut bench = Bench::with(&["1.0.0"]).await;
    assert!(refused(bench.operator().add_key(&key(1)).await).1.contains("already"));
    bench.operator().add_key(&key(2)).await.unwrap();
    assert_eq!(bench.served().await.signed_by(), [key(2).public().id()]);
    // An operator who has not got the new key yet goes on.
    bench.publish("1.1.0", 100).await.unwrap();
    bench.key = key(2);
    bench.publish("1.2.0", 100).await.unwrap();
    let own = bench.operator().remove_key(key(2).public().id()).await;
    assert!(refused(own).1.contains("signs this change"));
    assert!(
        refused(bench.operator().remove_key(key(3).public().id()).await)
            .1
            .contains("not one of the keys")
    );
    bench.operator().remove_key(key(1).public().id()).await.unwrap();
    bench.publish("1.3.0", 100).await.unwrap();
    bench.key = key(1);
    let old = bench.publish("1.4.0", 100).await;
    assert!(matches!(old, Err(WriteError::Root(RootError::NotAKeyOf { .. }))));
}
