//! The update policy: when a start checks, when it blocks, and what then runs.
//!
//! Pure: what is installed, what is known, the settings, the time and the kind
//! of launch go in; a [`Decision`] with its reason comes out. A start asks up
//! to three times, as it learns more: [`at_launch`], [`after_check`] when the
//! check blocked, [`after_install`] when the download blocked. The rows in the
//! comments are those of the platform's decision table:
//!
//! ```text
//! L the installed release, N a newer one for this user, K a periodic check found N, U long unused
//!  1 no L, install works     N runs        8 as 6, got, L < min         N runs
//!  2 no L, it fails          nothing runs  9 as 6, fails, L < min       nothing runs
//!  3 default, no K, no U     L, check     10 K or U, check fails        L, unless it is below the known minimum
//!  4 K or U, no N            L            11 mode async                 as 3
//!  5 K or U, N, L >= prefer  L, get N     12 mode sync                  as 4 to 10
//!  6 K or U, N, L < prefer   N            13 L < min without blocking   L, then a forced restart
//!  7 as 6, fails, L >= min   L, go on     14 outside of the gray group  there is no N
//! 15 development             what was given, no check
//! 16 applyUpdate, restart    the staged one, check as 3
//! 17 hot start               the same instance
//! ```

use super::state::AppState;
use super::thresholds::LIMITS;
use crate::release::{Release, ReleaseManifest, Settings, UpdateMode, VersionLabel};

/// How the app came to be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Launch {
    /// The app was not running.
    Cold,
    /// `applyUpdate` or `restartMiniProgram`: a new instance right after the old one.
    Restart,
    /// A running app comes back to the front.
    Hot,
}

/// What kind of code is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// A release.
    Release,
    /// A development or trial version: it has no version and no updates.
    Development,
}

/// All that a decision rests on.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What the device knows of the app.
    pub state: &'a AppState,
    /// The newest manifest that was accepted.
    pub manifest: Option<&'a ReleaseManifest>,
    /// Whom a release would go to.
    pub recipient: Recipient<'a>,
    /// Milliseconds since 1970.
    pub now_ms: f64,
    /// The kind of launch.
    pub launch: Launch,
    /// The kind of code.
    pub edition: Edition,
}

/// Whom a release would go to.
#[derive(Debug, Clone, Copy)]
pub struct Recipient<'a> {
    /// Who uses the app.
    pub user: &'a str,
    /// The base library that the host has; `None` takes any release.
    pub base_library: Option<&'a VersionLabel>,
}

/// What to do, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// What to do.
    pub act: Act,
    /// Why.
    pub reason: Reason,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Start the installed release (or go on with the running instance).
    RunLocal(Background),
    /// Start the release that was just got.
    RunNew,
    /// Ask the registry before anything starts.
    CheckFirst,
    /// Get the newer release before anything starts.
    InstallFirst,
    /// Start nothing.
    Refuse,
}

/// What goes on beside the running app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Nothing, and the app hears nothing.
    Nothing,
    /// Nothing; the app hears that there is no update.
    NoUpdate,
    /// Check, then get what is newer.
    Check,
    /// The check found a newer release: get it.
    Fetch,
}

/// Why something was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Row 1.
    #[error("nothing is installed")]
    FirstInstall,
    /// Row 2.
    #[error("nothing is installed and nothing could be got")]
    NothingToRun,
    /// Row 3.
    #[error("every cold start checks beside the app")]
    EveryStart,
    /// Row 11.
    #[error("the release updates beside the app")]
    AsyncMode,
    /// Row 12.
    #[error("the release updates before the app starts")]
    SyncMode,
    /// Rows 4 to 10 by U.
    #[error("the app was not used for long")]
    LongUnused,
    /// Rows 4 to 10 by K.
    #[error("a periodic check has found a newer release")]
    FoundBefore,
    /// Between two checks lies at least the configured time.
    #[error("the last check was a short while ago")]
    TooSoon,
    /// The registry asked for patience.
    #[error("the registry asked not to be asked yet")]
    ToldToWait,
    /// Row 4.
    #[error("the installed release is the newest")]
    UpToDate,
    /// Row 5.
    #[error("the installed release may start before it is updated")]
    PreferLocal,
    /// Row 6, before the download.
    #[error("a newer release comes before the start")]
    NewerFirst,
    /// Rows 6 and 8.
    #[error("the newer release is there")]
    Installed,
    /// Row 7.
    #[error("the newer release could not be got in time")]
    FallBack,
    /// Rows 9 and 10.
    #[error("the installed release is below the minimum version and no newer one could be got")]
    BelowMinimum,
    /// Row 10.
    #[error("the check came to nothing")]
    CheckFailed,
    /// Row 15.
    #[error("a development version has no updates")]
    Development,
    /// Row 16.
    #[error("the app was restarted")]
    Restarted,
    /// The release that was tried before did not get ready.
    #[error("a newer release failed to start")]
    RolledBack,
    /// Row 17.
    #[error("a hot start goes on with the same instance")]
    HotStart,
    /// Row 17 with `hotCheck`.
    #[error("hot starts check too")]
    HotCheck,
}

/// What a blocking check has found.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    /// There is nothing newer for this user (also row 14).
    Nothing,
    /// A newer release.
    Newer(&'a Release),
    /// The check failed, or took too long.
    Failed,
}

/// How a blocking download ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Got {
    /// The release is staged.
    Staged,
    /// It failed.
    Failed,
    /// The time that a start may take is over.
    TimedOut,
}

impl Situation<'_> {
    /// The release for this user that is newer than the installed one and not known to be bad.
    pub fn newer(&self) -> Option<&Release> {
        newer(self.state, self.manifest?, self.recipient)
    }

    /// The newest known release for this user, taken or not.
    pub fn offered(&self) -> Option<&Release> {
        self.manifest?.release_for(self.recipient.user)
    }

    /// The newest known release speaks for the app; without one, the installed one does.
    pub fn speaker(&self) -> Option<&Release> {
        self.offered().or(self.state.active.as_ref())
    }

    /// The update mode that holds.
    pub fn mode(&self) -> UpdateMode {
        self.speaker().map(|release| release.mode).unwrap_or_default()
    }

    /// The settings that hold.
    pub fn settings(&self) -> Settings {
        self.speaker()
            .map(|release| release.settings.clone())
            .unwrap_or_default()
    }

    /// Whether more than `span_ms` lie between `since` and now. A clock that
    /// was set back says nothing about how long ago something was.
    pub(super) fn is_past(&self, since: Option<f64>, span_ms: u64) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "spans are far below 2^52 milliseconds")]
        since.is_some_and(|since| self.now_ms - since > span_ms as f64)
    }

    fn is_recent(&self, since: Option<f64>, span_ms: u64) -> bool {
        since.is_some_and(|since| since <= self.now_ms) && !self.is_past(since, span_ms) && span_ms > 0
    }

    /// K: the release that a periodic check found, or one after it, is still to come.
    pub fn known_stale(&self) -> bool {
        let found = self.state.found;
        found.is_some_and(|found| self.newer().is_some_and(|newer| newer.id >= found))
    }

    /// U: the app was not used for long.
    pub fn long_unused(&self) -> bool {
        self.is_past(self.state.last_used_ms, self.settings().long_unused_ms)
    }

    /// Whether the registry asked not to be asked yet.
    pub(super) fn told_to_wait(&self) -> bool {
        self.patience().is_some()
    }

    /// Until when the registry asked not to be asked. A time that was set by
    /// another clock holds as long as a registry may ask at most.
    pub fn patience(&self) -> Option<f64> {
        let until = self.state.not_before_ms?;
        #[expect(clippy::cast_precision_loss, reason = "a constant of hours")]
        let longest = LIMITS.longest_patience_ms as f64;
        (self.now_ms < until && until - self.now_ms <= longest).then_some(until)
    }

    /// Whether a newer release is known that forbids to go on with the installed one.
    fn below_known_minimum(&self) -> bool {
        self.newer().is_some_and(|newer| is_forced(self.state, newer))
    }
}

/// The release that `manifest` means for `recipient`, if it is a later decision than the
/// installed one, has not failed here before, and runs on the base library here. A later
/// decision for the package that is installed anyway, such as the withdrawal of a release
/// that never came here, is no update.
pub fn newer<'m>(state: &AppState, manifest: &'m ReleaseManifest, recipient: Recipient<'_>) -> Option<&'m Release> {
    let installed = state.active.as_ref();
    let offered = manifest.release_for(recipient.user)?;
    // What is installed is later than the whole manifest only if nobody vouches for its number any more.
    let is_later = |than: &Release| offered.id > than.id || than.id.0 > manifest.seq;
    let later = installed.is_none_or(|installed| is_later(installed) && !offered.is_same_package(installed));
    (later && runs_on(offered, recipient) && !state.bad.contains(&offered.id)).then_some(offered)
}

/// Whether the base library here is new enough for `release`.
pub fn runs_on(release: &Release, recipient: Recipient<'_>) -> bool {
    let needed = release.base_library.as_ref().zip(recipient.base_library);
    needed.is_none_or(|(needed, here)| needed <= here)
}

/// Whether the installed release is below the minimum that `newer` sets: it
/// must not start in an update that blocks, and is restarted otherwise (row 13).
pub fn is_forced(state: &AppState, newer: &Release) -> bool {
    let minimum = newer.settings.min_version.as_ref();
    let installed = state.active.as_ref();
    minimum
        .zip(installed)
        .is_some_and(|(minimum, installed)| installed.version < *minimum)
}

/// Whether the staged release may become active, at a start or by `applyUpdate`:
/// the known manifest still lists it for this user. One that was revoked or
/// rolled back meanwhile is not listed any more.
pub fn may_promote(state: &AppState, manifest: Option<&ReleaseManifest>, user: &str) -> bool {
    let Some(pending) = &state.pending else { return false };
    let meant = manifest.is_none_or(|manifest| manifest.is_listed_for(pending.id, user));
    meant && !state.bad.contains(&pending.id)
}

/// What a launch does first.
pub fn at_launch(situation: &Situation<'_>) -> Decision {
    use Background::{Check, NoUpdate, Nothing};
    let run = |background, reason| Decision::of(Act::RunLocal(background), reason);
    let settings = situation.settings();
    let state = situation.state;
    match (situation.edition, situation.launch) {
        (Edition::Development, _) => return run(Nothing, Reason::Development),
        (_, Launch::Hot) if !settings.hot_check => return run(Nothing, Reason::HotStart),
        (_, Launch::Hot) if situation.is_recent(state.last_check_ms, settings.periodic_check_ms) => {
            return run(Nothing, Reason::TooSoon);
        }
        (_, Launch::Hot) if situation.told_to_wait() => return run(Nothing, Reason::ToldToWait),
        (_, Launch::Hot) => return run(Check, Reason::HotCheck),
        _ => {}
    }
    if state.active.is_none() {
        return Decision::of(Act::CheckFirst, Reason::FirstInstall);
    }
    let told_to_wait = situation.told_to_wait();
    if situation.launch == Launch::Restart {
        return run(if told_to_wait { NoUpdate } else { Check }, Reason::Restarted);
    }
    // Below the minimum there is no other way on than to ask.
    if let Some(reason) = blocks(situation)
        && (!told_to_wait || situation.below_known_minimum())
    {
        return Decision::of(Act::CheckFirst, reason);
    }
    if told_to_wait {
        return run(NoUpdate, Reason::ToldToWait);
    }
    if situation.is_recent(state.last_check_ms, settings.min_check_interval_ms) && situation.newer().is_none() {
        return run(NoUpdate, Reason::TooSoon);
    }
    match situation.mode() {
        UpdateMode::Async => run(Check, Reason::AsyncMode),
        _ => run(Check, Reason::EveryStart),
    }
}

/// Why the check must come before the start, if it must.
fn blocks(situation: &Situation<'_>) -> Option<Reason> {
    match situation.mode() {
        UpdateMode::Async => None,
        UpdateMode::Sync => Some(Reason::SyncMode),
        UpdateMode::Default if situation.known_stale() => Some(Reason::FoundBefore),
        UpdateMode::Default => situation.long_unused().then_some(Reason::LongUnused),
    }
}

/// What a blocking check leads to. `situation` is the one after the check.
pub fn after_check(situation: &Situation<'_>, found: Found<'_>) -> Decision {
    let run = |background, reason| Decision::of(Act::RunLocal(background), reason);
    let Some(installed) = &situation.state.active else {
        return match found {
            Found::Newer(_) => Decision::of(Act::InstallFirst, Reason::FirstInstall),
            Found::Nothing | Found::Failed => Decision::of(Act::Refuse, Reason::NothingToRun),
        };
    };
    match found {
        Found::Nothing => run(Background::NoUpdate, Reason::UpToDate),
        Found::Newer(newer) => match &newer.settings.prefer_local {
            Some(prefer) if installed.version >= *prefer && !is_forced(situation.state, newer) => {
                run(Background::Fetch, Reason::PreferLocal)
            }
            _ => Decision::of(Act::InstallFirst, Reason::NewerFirst),
        },
        Found::Failed if situation.below_known_minimum() => Decision::of(Act::Refuse, Reason::BelowMinimum),
        Found::Failed => run(Background::Check, Reason::CheckFailed),
    }
}

/// What a blocking download of `newer` leads to.
pub fn after_install(situation: &Situation<'_>, newer: &Release, got: Got) -> Decision {
    if got == Got::Staged {
        return match situation.state.active {
            Some(_) => Decision::of(Act::RunNew, Reason::Installed),
            None => Decision::of(Act::RunNew, Reason::FirstInstall),
        };
    }
    if situation.state.active.is_none() {
        return Decision::of(Act::Refuse, Reason::NothingToRun);
    }
    if is_forced(situation.state, newer) {
        return Decision::of(Act::Refuse, Reason::BelowMinimum);
    }
    // A download that ran out of time goes on where it was; one that failed is tried once more.
    Decision::of(Act::RunLocal(Background::Fetch), Reason::FallBack)
}

impl Decision {
    fn of(act: Act, reason: Reason) -> Self {
        Self { act, reason }
    }
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
