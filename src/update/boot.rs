//! The boot state machine: which release starts, and what its start means for the next one.
//!
//! ```text
//!   settle ──(attempt + 1 while on trial)──> started ──ready──────> confirmed: no longer on trial
//!                                              │ │ └─failed───────> back to the last good one, this one marked bad
//!                                              │ └─ended in order─> attempt - 1: not the release's fault
//!                                              └─killed───────────> the attempt stays counted
//! ```
//!
//! Every arrow is a change of the record, made in one transaction. A release
//! without a last good one behind it is never marked: trying it again is
//! better than nothing. A release that was confirmed once is not taken back,
//! because the app may have changed its data since.

use super::state::{AppState, Trial};
use super::thresholds::LIMITS;
use crate::release::ReleaseId;

/// Before a start: a release on trial whose starts all ended without a word is
/// given up for the last good one. Gives the release that was given up.
pub fn settle(state: &mut AppState) -> Option<ReleaseId> {
    let spent = state
        .trial
        .is_some_and(|trial| trial.attempts >= LIMITS.unfinished_starts);
    let active = state.active.as_ref().map(|release| release.id);
    if spent && failed(state) { active } else { None }
}

/// The active release is about to start: counts the attempt while it is on
/// trial. Gives whether it is.
pub fn started(state: &mut AppState) -> bool {
    if let Some(trial) = &mut state.trial {
        trial.attempts = trial.attempts.saturating_add(1);
    }
    state.trial.is_some()
}

/// The first page of `release` is ready: it is good.
pub fn confirmed(state: &mut AppState, release: ReleaseId) {
    if is_active(state, release) {
        state.trial = None;
        state.previous = None;
    }
}

/// The app ended in order before it was ready: the attempt does not count.
pub fn ended_before_ready(state: &mut AppState, release: ReleaseId) {
    if is_active(state, release)
        && let Some(trial) = &mut state.trial
    {
        trial.attempts = trial.attempts.saturating_sub(1);
    }
}

/// The active release failed on trial: goes back to the last good one and
/// marks the failed one. `false` when there is nothing to go back to.
pub fn failed(state: &mut AppState) -> bool {
    if state.trial.is_none() {
        return false;
    }
    let Some(good) = state.previous.take() else {
        return false;
    };
    if let Some(bad) = state.active.replace(good) {
        state.bad.insert(bad.id);
        state.unreported.insert(bad.id);
        if state.pending.as_ref().is_some_and(|pending| pending.id == bad.id) {
            state.pending = None;
        }
    }
    state.trial = None;
    true
}

/// The active release is damaged on the disk: the last good one takes its
/// place, and it may be fetched again. Without a last good one nothing is installed.
pub fn lost(state: &mut AppState) {
    state.active = state.previous.take();
    state.trial = None;
}

/// Makes the staged release the active one, on trial. The last release that
/// was confirmed stays at hand. `false` when nothing is staged.
pub fn promote(state: &mut AppState) -> bool {
    let Some(next) = state.pending.take() else {
        return false;
    };
    let old = state.active.replace(next);
    if state.trial.is_none() {
        state.previous = old;
    }
    state.trial = Some(Trial::default());
    true
}

fn is_active(state: &AppState, release: ReleaseId) -> bool {
    state.active.as_ref().is_some_and(|active| active.id == release)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::update::testing::release;

    /// 1 confirmed, 2 applied.
    fn on_trial() -> AppState {
        let mut state = AppState::default();
        state.stage(release(1, "1.0.0"));
        confirmed(&mut state, ReleaseId(1));
        state.stage(release(2, "2.0.0"));
        assert!(promote(&mut state));
        state
    }

    fn active(state: &AppState) -> u64 {
        state.active.as_ref().unwrap().id.0
    }

    /// One start; gives the release that starts.
    fn start(state: &mut AppState) -> u64 {
        settle(state);
        started(state);
        active(state)
    }

    #[test]
    fn throw_at_launch_goes_back_and_marks_the_release() {
        let mut state = on_trial();
        assert_eq!(start(&mut state), 2);
        assert!(failed(&mut state));
        assert_eq!((active(&state), state.bad.contains(&ReleaseId(2))), (1, true));
        assert!(!started(&mut state));
    }

    #[test]
    fn kill_before_ready_counts_one_attempt_and_the_third_is_the_last() {
        let mut state = on_trial();
        for attempt in 1..=LIMITS.unfinished_starts {
            assert_eq!(start(&mut state), 2);
            assert_eq!(state.trial, Some(Trial { attempts: attempt }));
        }
        assert_eq!(settle(&mut state), Some(ReleaseId(2)));
        assert_eq!(start(&mut state), 1);
        assert!(state.bad.contains(&ReleaseId(2)));
    }

    #[test]
    fn clean_exit_before_ready_is_no_strike() {
        let mut state = on_trial();
        for _ in 0..10 {
            assert_eq!(start(&mut state), 2);
            ended_before_ready(&mut state, ReleaseId(2));
        }
        assert_eq!(state.trial, Some(Trial { attempts: 0 }));
    }

    #[test]
    fn crash_after_healthy_rolls_nothing_back() {
        let mut state = on_trial();
        start(&mut state);
        confirmed(&mut state, ReleaseId(2));
        assert!(!failed(&mut state));
        assert_eq!((active(&state), state.bad.is_empty()), (2, true));
    }

    #[test]
    fn a_first_install_has_nothing_to_go_back_to() {
        let mut state = AppState::default();
        state.stage(release(1, "1.0.0"));
        for _ in 0..10 {
            assert_eq!(start(&mut state), 1);
            assert!(!failed(&mut state));
        }
        assert!(state.bad.is_empty());
    }

    #[test]
    fn installed_release_damaged_falls_back_without_a_mark() {
        let mut state = on_trial();
        lost(&mut state);
        assert_eq!((active(&state), state.bad.is_empty(), state.trial), (1, true, None));
        lost(&mut state);
        assert!(state.active.is_none());
    }

    #[test]
    fn a_release_applied_over_one_on_trial_keeps_the_last_confirmed_one() {
        let mut state = on_trial();
        state.stage(release(3, "3.0.0"));
        promote(&mut state);
        assert!(failed(&mut state));
        assert_eq!(active(&state), 1);
    }

    #[test]
    fn a_late_word_about_another_release_changes_nothing() {
        let mut state = on_trial();
        let before = state.clone();
        confirmed(&mut state, ReleaseId(1));
        ended_before_ready(&mut state, ReleaseId(1));
        assert_eq!(state, before);
    }
}
