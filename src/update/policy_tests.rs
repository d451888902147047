//! One test for each row of the decision table.

use super::*;
use crate::release::{ReleaseId, Rollout, VersionLabel};
use crate::update::testing::{manifest, release};

const NOW: f64 = 1_800_000_000_000.0;
const DAY: f64 = 24.0 * 3_600_000.0;

/// What a row starts from; 1.0.0 (release 1) is installed and was used a moment ago.
struct Row {
    state: AppState,
    manifest: Option<ReleaseManifest>,
    launch: Launch,
    edition: Edition,
    base_library: VersionLabel,
}

fn label(text: &str) -> Option<VersionLabel> {
    Some(VersionLabel::parse(text).unwrap())
}

impl Row {
    fn new() -> Self {
        let state = AppState {
            active: Some(release(1, "1.0.0")),
            last_used_ms: Some(NOW - 1000.0),
            last_check_ms: Some(NOW - 1000.0),
            ..AppState::default()
        };
        Self {
            state,
            manifest: Some(manifest(vec![release(1, "1.0.0")])),
            launch: Launch::Cold,
            edition: Edition::Release,
            base_library: VersionLabel::parse("3.7.0").unwrap(),
        }
    }

    fn unused_for(mut self, ms: f64) -> Self {
        self.state.last_used_ms = Some(NOW - ms);
        self
    }

    /// The manifest lists 2.0.0 as release 2, changed by `with`.
    fn offer(mut self, with: impl Fn(&mut Release)) -> Self {
        let mut newer = release(2, "2.0.0");
        with(&mut newer);
        self.manifest = Some(manifest(vec![newer, release(1, "1.0.0")]));
        self
    }

    fn mode(mut self, mode: UpdateMode) -> Self {
        for release in &mut self.manifest.as_mut().unwrap().releases {
            release.mode = mode;
        }
        self
    }

    fn none_installed(mut self) -> Self {
        self.state = AppState::default();
        self
    }

    fn situation(&self) -> Situation<'_> {
        Situation {
            state: &self.state,
            manifest: self.manifest.as_ref(),
            recipient: Recipient {
                user: "u",
                base_library: Some(&self.base_library),
            },
            now_ms: NOW,
            launch: self.launch,
            edition: self.edition,
        }
    }

    fn launch(&self) -> (Act, Reason) {
        let decision = at_launch(&self.situation());
        (decision.act, decision.reason)
    }

    fn check(&self) -> (Act, Reason) {
        let situation = self.situation();
        let found = situation.newer().map_or(Found::Nothing, Found::Newer);
        let decision = after_check(&situation, found);
        (decision.act, decision.reason)
    }

    fn check_fails(&self) -> (Act, Reason) {
        let decision = after_check(&self.situation(), Found::Failed);
        (decision.act, decision.reason)
    }

    fn install(&self, got: Got) -> (Act, Reason) {
        let situation = self.situation();
        let decision = after_install(&situation, situation.newer().unwrap(), got);
        (decision.act, decision.reason)
    }
}

const RUN_AND_CHECK: Act = Act::RunLocal(Background::Check);
const RUN_AND_FETCH: Act = Act::RunLocal(Background::Fetch);

#[test]
fn row_1_a_first_start_installs_and_blocks() {
    let row = Row::new().none_installed();
    assert_eq!(row.launch(), (Act::CheckFirst, Reason::FirstInstall));
    assert_eq!(row.check(), (Act::InstallFirst, Reason::FirstInstall));
    assert_eq!(row.install(Got::Staged), (Act::RunNew, Reason::FirstInstall));
}

#[test]
fn row_2_a_first_start_that_gets_nothing_is_refused() {
    let row = Row::new().none_installed();
    assert_eq!(row.check_fails(), (Act::Refuse, Reason::NothingToRun));
    for got in [Got::Failed, Got::TimedOut] {
        assert_eq!(row.install(got), (Act::Refuse, Reason::NothingToRun));
    }
}

#[test]
fn row_3_every_cold_start_checks_beside_the_app() {
    assert_eq!(Row::new().launch(), (RUN_AND_CHECK, Reason::EveryStart));
    // A newer release in the cached manifest is not by itself a reason to block.
    let known = Row::new().offer(|_| ());
    assert_eq!(known.launch(), (RUN_AND_CHECK, Reason::EveryStart));
    let just_below = Row::new().unused_for(10.0 * DAY);
    assert_eq!(just_below.launch(), (RUN_AND_CHECK, Reason::EveryStart));
}

#[test]
fn row_4_a_long_absence_checks_first_and_finds_nothing() {
    let row = Row::new().unused_for(10.0 * DAY + 1.0);
    assert_eq!(row.launch(), (Act::CheckFirst, Reason::LongUnused));
    assert_eq!(row.check(), (Act::RunLocal(Background::NoUpdate), Reason::UpToDate));
}

#[test]
fn row_4_a_release_that_a_periodic_check_found_checks_first() {
    let mut row = Row::new().offer(|_| ());
    row.state.found = Some(ReleaseId(2));
    assert_eq!(row.launch(), (Act::CheckFirst, Reason::FoundBefore));
}

#[test]
fn row_4_what_a_periodic_check_found_still_counts_when_a_later_release_took_its_place() {
    let mut row = Row::new();
    row.manifest = Some(manifest(vec![release(3, "3.0.0"), release(1, "1.0.0")]));
    row.state.found = Some(ReleaseId(2));
    assert_eq!(row.launch(), (Act::CheckFirst, Reason::FoundBefore));
    // What was found is installed by now.
    row.state.active = Some(release(3, "3.0.0"));
    assert_eq!(row.launch(), (RUN_AND_CHECK, Reason::EveryStart));
}

#[test]
fn row_5_a_preferred_local_version_starts_at_once() {
    for (prefer, expected) in [
        ("1.0.0", (RUN_AND_FETCH, Reason::PreferLocal)),
        ("0.9", (RUN_AND_FETCH, Reason::PreferLocal)),
        ("1.0.1", (Act::InstallFirst, Reason::NewerFirst)),
    ] {
        let row = Row::new().offer(|newer| newer.settings.prefer_local = label(prefer));
        assert_eq!(row.check(), expected, "{prefer}");
    }
}

#[test]
fn row_5_the_minimum_is_stronger_than_the_preference() {
    let row = Row::new().offer(|newer| {
        newer.settings.prefer_local = label("1.0.0");
        newer.settings.min_version = label("1.1");
    });
    assert_eq!(row.check(), (Act::InstallFirst, Reason::NewerFirst));
}

#[test]
fn row_6_a_newer_release_comes_before_the_start() {
    let row = Row::new().unused_for(11.0 * DAY).offer(|_| ());
    assert_eq!(row.check(), (Act::InstallFirst, Reason::NewerFirst));
    assert_eq!(row.install(Got::Staged), (Act::RunNew, Reason::Installed));
}

#[test]
fn row_7_a_download_that_fails_or_takes_too_long_falls_back() {
    let row = Row::new().offer(|newer| newer.settings.min_version = label("1.0.0"));
    for got in [Got::Failed, Got::TimedOut] {
        assert_eq!(row.install(got), (RUN_AND_FETCH, Reason::FallBack));
    }
}

#[test]
fn rows_8_and_9_below_the_minimum_only_the_newer_release_starts() {
    let row = Row::new().offer(|newer| newer.settings.min_version = label("1.1"));
    assert_eq!(row.install(Got::Staged), (Act::RunNew, Reason::Installed));
    for got in [Got::Failed, Got::TimedOut] {
        assert_eq!(row.install(got), (Act::Refuse, Reason::BelowMinimum));
    }
}

#[test]
fn row_10_a_failed_check_starts_the_local_version_unless_it_is_below_the_known_minimum() {
    let row = Row::new().unused_for(11.0 * DAY);
    assert_eq!(row.check_fails(), (RUN_AND_CHECK, Reason::CheckFailed));
    let row = row.offer(|newer| newer.settings.min_version = label("1.10"));
    assert_eq!(row.check_fails(), (Act::Refuse, Reason::BelowMinimum));
}

#[test]
fn row_10_a_minimum_that_this_device_cannot_reach_does_not_lock_it() {
    let needing = |change: fn(&mut Row)| {
        let mut row = Row::new().unused_for(11.0 * DAY).offer(|newer| {
            newer.settings.min_version = label("2.0.0");
            newer.base_library = label("9.0.0");
        });
        change(&mut row);
        (row.check_fails(), row.check())
    };
    let runs = (
        (RUN_AND_CHECK, Reason::CheckFailed),
        (Act::RunLocal(Background::NoUpdate), Reason::UpToDate),
    );
    assert_eq!(needing(|_| ()), runs);
    let failed_here = needing(|row| {
        row.base_library = VersionLabel::parse("9.0.0").unwrap();
        row.state.bad.insert(ReleaseId(2));
    });
    assert_eq!(failed_here, runs);
}

#[test]
fn row_11_mode_async_never_blocks() {
    let mut row = Row::new().offer(|_| ()).mode(UpdateMode::Async).unused_for(99.0 * DAY);
    row.state.found = Some(ReleaseId(2));
    assert_eq!(row.launch(), (RUN_AND_CHECK, Reason::AsyncMode));
}

#[test]
fn row_12_mode_sync_always_blocks() {
    let row = Row::new().mode(UpdateMode::Sync);
    assert_eq!(row.launch(), (Act::CheckFirst, Reason::SyncMode));
}

#[test]
fn row_13_below_the_minimum_the_restart_is_forced() {
    let row = Row::new().offer(|newer| newer.settings.min_version = label("1.0.1"));
    assert_eq!(row.launch(), (RUN_AND_CHECK, Reason::EveryStart));
    let situation = row.situation();
    assert!(is_forced(&row.state, situation.newer().unwrap()));
    let row = Row::new().offer(|newer| newer.settings.min_version = label("1.0.0"));
    assert!(!is_forced(&row.state, row.situation().newer().unwrap()));
}

#[test]
fn row_14_outside_of_the_gray_group_there_is_nothing_newer() {
    let row = Row::new().offer(|newer| newer.rollout = Rollout { percent: 0 });
    assert!(row.situation().newer().is_none());
    assert_eq!(row.check(), (Act::RunLocal(Background::NoUpdate), Reason::UpToDate));
}

#[test]
fn row_15_a_development_version_is_never_checked() {
    let mut row = Row::new().offer(|_| ()).mode(UpdateMode::Sync);
    row.edition = Edition::Development;
    assert_eq!(row.launch(), (Act::RunLocal(Background::Nothing), Reason::Development));
}

#[test]
fn row_16_a_restart_never_blocks() {
    let mut row = Row::new().offer(|_| ()).mode(UpdateMode::Sync);
    row.launch = Launch::Restart;
    assert_eq!(row.launch(), (RUN_AND_CHECK, Reason::Restarted));
}

#[test]
fn row_17_a_hot_start_checks_only_where_that_is_on_and_not_too_often() {
    let mut row = Row::new();
    row.launch = Launch::Hot;
    assert_eq!(row.launch(), (Act::RunLocal(Background::Nothing), Reason::HotStart));
    row.manifest.as_mut().unwrap().releases[0].settings.hot_check = true;
    assert_eq!(row.launch(), (Act::RunLocal(Background::Nothing), Reason::TooSoon));
    row.state.last_check_ms = Some(NOW - 3_600_000.0);
    assert_eq!(row.launch(), (RUN_AND_CHECK, Reason::HotCheck));
    row.state.not_before_ms = Some(NOW + 1000.0);
    assert_eq!(row.launch(), (Act::RunLocal(Background::Nothing), Reason::ToldToWait));
}

#[test]
fn a_configured_interval_spares_a_check() {
    let mut row = Row::new();
    row.manifest.as_mut().unwrap().releases[0]
        .settings
        .min_check_interval_ms = 3_600_000;
    assert_eq!(row.launch(), (Act::RunLocal(Background::NoUpdate), Reason::TooSoon));
    row.state.last_check_ms = Some(NOW - 3_600_001.0);
    assert_eq!(row.launch(), (RUN_AND_CHECK, Reason::EveryStart));
}

#[test]
fn same_bad_version_offered_again_is_skipped_and_a_fix_is_taken() {
    let mut row = Row::new().offer(|_| ());
    row.state.bad.insert(ReleaseId(2));
    assert!(row.situation().newer().is_none());
    row.manifest = Some(manifest(vec![release(3, "2.0.1"), release(1, "1.0.0")]));
    assert_eq!(row.situation().newer().unwrap().id, ReleaseId(3));
}

#[test]
fn a_release_that_needs_a_newer_base_library_is_not_taken() {
    let needing =
        |label: &str| Row::new().offer(|release| release.base_library = Some(VersionLabel::parse(label).unwrap()));
    for (needed, taken) in [
        ("3.7", true),
        ("3.6.9", true),
        ("3.7.1", false),
        ("3.10", false),
        ("4", false),
    ] {
        assert_eq!(needing(needed).situation().newer().is_some(), taken, "{needed}");
    }
}

#[test]
fn a_rollback_is_a_later_release_with_a_lower_label() {
    let mut row = Row::new();
    row.state.active = Some(release(2, "2.0.0"));
    row.manifest = Some(manifest(vec![release(3, "1.0.0"), release(2, "2.0.0")]));
    assert_eq!(row.situation().newer().unwrap().id, ReleaseId(3));
}

#[test]
fn a_later_release_of_the_installed_code_under_its_label_is_no_update() {
    let installed = release(1, "1.0.0");
    let again = |version: &str| {
        Row::new().offer(|later| {
            later.version = version.parse().unwrap();
            later.parts.clone_from(&installed.parts);
        })
    };
    assert_eq!(again("1.0.0").situation().newer(), None);
    assert!(again("1.0.1").situation().newer().is_some());
}

#[test]
fn a_clock_that_was_set_back_or_far_ahead_stops_nothing() {
    let mut row = Row::new();
    row.manifest.as_mut().unwrap().releases[0]
        .settings
        .min_check_interval_ms = 3_600_000;
    row.state.last_check_ms = Some(NOW + 99.0 * DAY);
    row.state.last_used_ms = Some(NOW + 99.0 * DAY);
    row.state.not_before_ms = Some(NOW + 99.0 * DAY);
    assert_eq!(row.launch(), (RUN_AND_CHECK, Reason::EveryStart));
}

#[test]
fn a_registry_that_asks_for_patience_gets_it_for_a_day_at_most() {
    let mut row = Row::new();
    row.state.not_before_ms = Some(NOW + 60_000.0);
    assert_eq!(row.launch(), (Act::RunLocal(Background::NoUpdate), Reason::ToldToWait));
}

#[test]
fn patience_holds_for_starts_that_would_check_first_but_not_below_the_minimum() {
    let waiting = |row: Row| {
        let mut row = row;
        row.state.not_before_ms = Some(NOW + 60_000.0);
        row.launch()
    };
    let runs = (Act::RunLocal(Background::NoUpdate), Reason::ToldToWait);
    assert_eq!(waiting(Row::new().unused_for(11.0 * DAY)), runs);
    assert_eq!(waiting(Row::new().offer(|_| ()).mode(UpdateMode::Sync)), runs);
    let below = Row::new()
        .offer(|newer| newer.settings.min_version = label("2"))
        .mode(UpdateMode::Sync);
    assert_eq!(waiting(below), (Act::CheckFirst, Reason::SyncMode));
    assert_eq!(
        waiting(Row::new().none_installed()),
        (Act::CheckFirst, Reason::FirstInstall)
    );
    let mut again = Row::new();
    again.launch = Launch::Restart;
    assert_eq!(waiting(again), (Act::RunLocal(Background::NoUpdate), Reason::Restarted));
}

#[test]
fn the_mode_and_thresholds_of_the_newest_known_release_hold_else_the_installed_ones() {
    let mut row = Row::new().offer(|newer| {
        newer.mode = UpdateMode::Sync;
        newer.settings.long_unused_ms = 5;
    });
    row.state.active.as_mut().unwrap().mode = UpdateMode::Async;
    assert_eq!(
        (row.situation().mode(), row.situation().settings().long_unused_ms),
        (UpdateMode::Sync, 5)
    );
    row.manifest = None;
    assert_eq!(row.situation().mode(), UpdateMode::Async);
    assert_eq!(Row::new().none_installed().situation().mode(), UpdateMode::Default);
    // A gray release that is not for this user says nothing about them.
    let outside = Row::new().offer(|newer| {
        newer.mode = UpdateMode::Sync;
        newer.rollout = Rollout { percent: 0 };
    });
    assert_eq!(outside.situation().mode(), UpdateMode::Default);
}

#[test]
fn a_staged_release_is_promoted_while_it_is_still_meant_for_the_user() {
    let mut row = Row::new().offer(|_| ());
    row.state.pending = Some(release(2, "2.0.0"));
    assert!(may_promote(&row.state, row.manifest.as_ref(), "u"));
    assert!(may_promote(&row.state, None, "u"));
    let paused = Row::new().offer(|newer| newer.rollout = Rollout { percent: 0 });
    assert!(!may_promote(&row.state, paused.manifest.as_ref(), "u"));
    assert!(!may_promote(&row.state, Row::new().manifest.as_ref(), "u"));
    row.state.bad.insert(ReleaseId(2));
    for known in [row.manifest.as_ref(), None] {
        assert!(!may_promote(&row.state, known, "u"));
    }
}
