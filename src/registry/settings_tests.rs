//! Thresholds and modes: of releases to come, and of those that are out.

use super::testing::{Bench, label, refused};
use super::*;
use crate::release::{ReleaseId, UpdateMode};

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
async fn a_release_after_a_mandatory_one_is_mandatory_too() {
    let bench = Bench::with(&["1.0.0"]).await;
    let min = |text: Option<&str>| Some(text.map(label));
    let set = |what: &mut Publication| what.settings.min_version = min(Some("2.0.0"));
    bench.publish_with("2.0.0", set).await.unwrap();
    bench.publish("3.0.0", 100).await.unwrap();
    let newest = |state: AppState| state.newest().unwrap().settings.min_version.clone();
    assert_eq!(newest(bench.state().await), Some(label("2.0.0")));
    let none = |what: &mut Publication| what.settings.min_version = min(None);
    bench.publish_with("4.0.0", none).await.unwrap();
    assert_eq!(newest(bench.state().await), None);
}
