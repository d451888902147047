//! Silent updates: which apps are checked while they do not run, and when.
//!
//! Pure, as the rest of the policy. A check only notes what it finds; the app's next cold start then
//! updates before it starts (K in the decision table).

use super::policy::Situation;
use crate::package::AppId;

/// Which apps of a device are checked while they do not run. How often, and for how long after their last use, is
/// the operator's to say: `periodic_check_ms` and `long_unused_ms` of the [`Settings`](crate::release::Settings).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SilentChecks {
    /// The apps that were used last, so many of them; 0 turns the checks off. 3 (FinClip; WeChat says "recently used"
    /// without a number).
    pub apps: usize,
}

impl Default for SilentChecks {
    fn default() -> Self {
        Self { apps: 3 }
    }
}

/// What the choice of the next check rests on, for one app.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The app.
    pub app: AppId,
    /// When it was used last, in milliseconds since 1970.
    pub last_used_ms: f64,
    /// It has an instance, which checked when it started.
    pub runs: bool,
    /// When its next check is due: see [`next_check`].
    pub due_ms: Option<f64>,
}

/// The app that is to be checked next, and when.
pub fn choose(mut candidates: Vec<Candidate>, settings: SilentChecks) -> Option<(AppId, f64)> {
    candidates.sort_by(|a, b| b.last_used_ms.total_cmp(&a.last_used_ms));
    candidates.truncate(settings.apps);
    let waiting = candidates.into_iter().filter(|candidate| !candidate.runs);
    let due = waiting.filter_map(|candidate| Some((candidate.app, candidate.due_ms?)));
    due.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// When an app is to be checked, in milliseconds since 1970. `tried_ms` is when the last check began: one that failed
/// is not tried again at once. `None`: not before it is started again, because nothing is installed, it was not
/// used for so long that its start checks anyway, or the check has found something already.
pub fn next_check(situation: &Situation<'_>, tried_ms: Option<f64>) -> Option<f64> {
    let (state, settings) = (situation.state, situation.settings());
    state.active.as_ref()?;
    let last_used = state.last_used_ms?;
    let found = situation.newer().is_some_and(|newer| state.found == Some(newer.id));
    if found || settings.periodic_check_ms == 0 || situation.is_past(Some(last_used), settings.long_unused_ms) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "spans are far below 2^52 milliseconds")]
    let period = settings.periodic_check_ms as f64;
    // A time that is yet to come was noted by a clock that has been set back since.
    let known = [state.last_check_ms, tried_ms].into_iter().flatten();
    let last = known.filter(|at| *at <= situation.now_ms).max_by(f64::total_cmp);
    let due = last.map_or(situation.now_ms, |last| last + period);
    let patience = state.not_before_ms.filter(|_| situation.told_to_wait());
    Some(patience.map_or(due, |until| due.max(until)))
}

#[cfg(test)]
mod tests {
    use super::super::policy::{Edition, Launch, Recipient};
    use super::super::state::AppState;
    use super::*;
    use crate::release::{ReleaseId, ReleaseManifest};
    use crate::update::testing::{T0, manifest, release};

    const MINUTE: f64 = 60_000.0;

    /// 1 is installed, used and checked at `T0`.
    fn state() -> AppState {
        AppState {
            active: Some(release(1, "1.0.0")),
            last_used_ms: Some(T0),
            last_check_ms: Some(T0),
            ..AppState::default()
        }
    }

    fn next(state: &AppState, manifest: Option<&ReleaseManifest>, now_ms: f64, tried: Option<f64>) -> Option<f64> {
        let situation = Situation {
            state,
            manifest,
            recipient: Recipient {
                user: "u",
                base_library: None,
            },
            now_ms,
            launch: Launch::Cold,
            edition: Edition::Release,
        };
        next_check(&situation, tried)
    }

    #[test]
    fn an_app_is_checked_half_an_hour_after_the_last_check() {
        assert_eq!(next(&state(), None, T0 + MINUTE, None), Some(T0 + 30.0 * MINUTE));
    }

    #[test]
    fn a_check_that_failed_waits_for_its_turn() {
        let now = T0 + 31.0 * MINUTE;
        assert_eq!(next(&state(), None, now, Some(now)), Some(now + 30.0 * MINUTE));
    }

    #[test]
    fn a_clock_that_was_set_back_stops_no_check() {
        let now = T0 - 1e10;
        assert_eq!(next(&state(), None, now, Some(T0)), Some(now));
    }

    #[test]
    fn an_app_that_was_not_used_for_long_is_left_to_its_start() {
        assert_eq!(next(&state(), None, T0 + 11.0 * 24.0 * 60.0 * MINUTE, None), None);
    }

    #[test]
    fn an_app_that_was_never_installed_is_not_checked() {
        let state = AppState {
            active: None,
            ..state()
        };
        assert_eq!(next(&state, None, T0 + 60.0 * MINUTE, None), None);
    }

    #[test]
    fn what_was_found_is_not_looked_for_again() {
        let manifest = manifest(vec![release(2, "2.0.0"), release(1, "1.0.0")]);
        let mut state = state();
        let late = T0 + 60.0 * MINUTE;
        assert_eq!(next(&state, Some(&manifest), late, None), Some(T0 + 30.0 * MINUTE));
        state.found = Some(ReleaseId(2));
        assert_eq!(next(&state, Some(&manifest), late, None), None);
    }

    #[test]
    fn an_operator_turns_the_checks_off_with_no_time_between_them() {
        let mut installed = release(1, "1.0.0");
        installed.settings.periodic_check_ms = 0;
        let state = AppState {
            active: Some(installed),
            ..state()
        };
        assert_eq!(next(&state, None, T0 + 60.0 * MINUTE, None), None);
    }

    #[test]
    fn a_registry_that_asked_for_patience_gets_it_for_a_day_at_most() {
        let now = T0 + 40.0 * MINUTE;
        let mut state = state();
        state.not_before_ms = Some(now + 90.0 * MINUTE);
        assert_eq!(next(&state, None, now, None), Some(now + 90.0 * MINUTE));
        state.not_before_ms = Some(now + 1e12);
        assert_eq!(next(&state, None, now, None), Some(T0 + 30.0 * MINUTE));
    }

    fn candidate(name: &str, last_used_ms: f64, due_ms: f64) -> Candidate {
        Candidate {
            app: AppId::parse(name).unwrap(),
            last_used_ms,
            runs: false,
            due_ms: Some(due_ms),
        }
    }

    #[test]
    fn the_apps_used_last_are_checked_the_most_overdue_first_and_none_that_runs() {
        let all = vec![
            candidate("old", 1.0, 0.0),
            candidate("late", 2.0, 10.0),
            Candidate {
                runs: true,
                ..candidate("running", 4.0, 5.0)
            },
            candidate("early", 3.0, 9.0),
        ];
        let chosen = |apps| choose(all.clone(), SilentChecks { apps }).map(|(app, at)| (app.to_string(), at));
        assert_eq!(chosen(3), Some(("early".to_owned(), 9.0)));
        assert_eq!(chosen(4), Some(("old".to_owned(), 0.0)));
        assert_eq!(chosen(1), None);
        assert_eq!(chosen(0), None);
    }
}
