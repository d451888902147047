//! A decision together with the facts that it rested on, for people and programs.

use super::policy::{Act, Background, Decision, Edition, Launch, Reason, Recipient, Situation, at_launch};
use super::state::AppState;
use super::thresholds::{Threshold, thresholds};
use crate::release::{Release, ReleaseId, UpdateMode, UserMark, VersionLabel, bucket};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who is told of each decision.
pub type Explain = Arc<dyn Fn(&Explanation) + Send + Sync>;

/// Which of the questions was asked; a start asks up to three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// What a launch does first.
    Launch,
    /// What a check that blocked leads to.
    Check,
    /// What a download that blocked leads to.
    Install,
}

/// A decision and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The question.
    pub step: Step,
    /// What was decided: run-local, run-new, check-first, install-first or refuse.
    pub act: String,
    /// What goes on beside the app that runs: nothing, tell-no-update, check or fetch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<String>,
    /// Why, as a name that stays.
    pub because: Reason,
    /// Why, for people.
    pub reason: String,
    /// What it rested on.
    pub facts: Facts,
    /// Every number, as it holds.
    pub thresholds: Vec<Threshold>,
}

/// What a decision rested on. Times are milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// cold, restart or hot.
    pub launch: String,
    /// release or development.
    pub edition: String,
    /// Who uses the app.
    pub user: String,
    /// The release on the device.
    pub installed: Option<Named>,
    /// It has not shown a first page yet.
    pub on_trial: bool,
    /// A release that waits to be applied.
    pub staged: Option<Named>,
    /// The newest known release for this user.
    pub newest: Option<Named>,
    /// Whether that one would be taken, or why not.
    pub newest_is: String,
    /// K: a periodic check has found this release, or one before it, and it is still to come.
    pub found: Option<ReleaseId>,
    /// U: the app was not used for long.
    pub long_unused: bool,
    /// Since the last use.
    pub unused_ms: Option<f64>,
    /// Since the last check that was answered.
    pub since_check_ms: Option<f64>,
    /// How long the registry does not want to be asked.
    pub patience_ms: Option<f64>,
    /// The update mode that holds.
    pub mode: UpdateMode,
    /// Whose mode and thresholds hold: a release, or nobody's.
    pub settings_of: Option<Named>,
    /// The minimum usable version.
    pub min_version: Option<VersionLabel>,
    /// The version from which on the local one is preferred.
    pub prefer_local: Option<VersionLabel>,
    /// The user's places in the releases that are not for everyone.
    pub buckets: Vec<Bucket>,
}

/// A release, briefly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Its number.
    pub id: ReleaseId,
    /// Its label.
    pub version: VersionLabel,
}

/// A user's place in a gray release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bucket {
    /// The release.
    pub release: ReleaseId,
    /// From 0 to 99.
    pub bucket: u8,
    /// Buckets below this one get the release.
    pub percent: u8,
    /// The user gets it whatever the bucket.
    pub whitelisted: bool,
}

impl Named {
    /// What `release` is called.
    pub fn of(release: &Release) -> Self {
        Self {
            id: release.id,
            version: release.version.clone(),
        }
    }
}

impl Explanation {
    /// Row 15: what was given runs.
    pub fn of_development() -> Self {
        let situation = Situation {
            state: &AppState::default(),
            manifest: None,
            recipient: Recipient {
                user: "",
                base_library: None,
            },
            now_ms: 0.0,
            launch: Launch::Cold,
            edition: Edition::Development,
        };
        Self::of(Step::Launch, &situation, at_launch(&situation))
    }

    /// What was decided in `situation`.
    pub fn of(step: Step, situation: &Situation<'_>, decision: Decision) -> Self {
        let (act, background) = match decision.act {
            Act::RunLocal(background) => ("run-local", Some(background_name(background).to_owned())),
            Act::RunNew => ("run-new", None),
            Act::CheckFirst => ("check-first", None),
            Act::InstallFirst => ("install-first", None),
            Act::Refuse => ("refuse", None),
        };
        Self {
            step,
            act: act.to_owned(),
            background,
            because: decision.reason,
            reason: decision.reason.to_string(),
            facts: Facts::of(situation),
            thresholds: thresholds(&situation.settings()),
        }
    }
}

fn background_name(background: Background) -> &'static str {
    match background {
        Background::Nothing => "nothing",
        Background::NoUpdate => "tell-no-update",
        Background::Check => "check",
        Background::Fetch => "fetch",
    }
}

impl Facts {
    /// The facts of `situation`.
    pub fn of(situation: &Situation<'_>) -> Self {
        let (state, now) = (situation.state, situation.now_ms);
        let settings = situation.settings();
        let named = |release: Option<&Release>| release.map(Named::of);
        let since = |then: Option<f64>| then.map(|then| now - then);
        Self {
            launch: match situation.launch {
                Launch::Cold => "cold",
                Launch::Restart => "restart",
                Launch::Hot => "hot",
            }
            .to_owned(),
            edition: match situation.edition {
                Edition::Release => "release",
                Edition::Development => "development",
            }
            .to_owned(),
            user: situation.recipient.user.to_owned(),
            installed: named(state.active.as_ref()),
            on_trial: state.trial.is_some(),
            staged: named(state.pending.as_ref()),
            newest: named(situation.offered()),
            newest_is: newest_is(situation),
            found: state.found.filter(|_| situation.known_stale()),
            long_unused: situation.long_unused(),
            unused_ms: since(state.last_used_ms),
            since_check_ms: since(state.last_check_ms),
            patience_ms: situation.patience().map(|until| until - now),
            mode: situation.mode(),
            settings_of: named(situation.speaker()),
            min_version: settings.min_version,
            prefer_local: settings.prefer_local,
            buckets: buckets(situation),
        }
    }
}

/// What becomes of the newest known release.
fn newest_is(situation: &Situation<'_>) -> String {
    let Some(offered) = situation.offered() else {
        return "unknown".to_owned();
    };
    if situation.newer().is_some() {
        return "newer".to_owned();
    }
    if situation.state.bad.contains(&offered.id) {
        return "failed here before".to_owned();
    }
    let needed = offered.base_library.as_ref().zip(situation.recipient.base_library);
    match needed {
        Some((needed, here)) if needed > here => format!("for base library {needed}, and here is {here}"),
        _ => "not newer".to_owned(),
    }
}

/// The user's places in the listed releases that are not for everyone.
fn buckets(situation: &Situation<'_>) -> Vec<Bucket> {
    let Some(manifest) = situation.manifest else {
        return Vec::new();
    };
    let (app, user) = (&manifest.app_id, situation.recipient.user);
    let gray = manifest.releases.iter().filter(|release| !release.rollout.is_full());
    gray.map(|release| Bucket {
        release: release.id,
        bucket: bucket(app, user, release.id),
        percent: release.rollout.percent,
        whitelisted: manifest.whitelist.contains(&UserMark::of(app, user)),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Rollout;
    use crate::update::testing::{manifest, release};

    #[test]
    fn an_explanation_has_what_the_decision_rested_on() {
        let mut gray = release(2, "2.0.0");
        gray.rollout = Rollout { percent: 0 };
        gray.settings.min_version = Some("1.5".parse().unwrap());
        let manifest = manifest(vec![gray, release(1, "1.0.0")]);
        let state = AppState {
            active: Some(release(1, "1.0.0")),
            last_used_ms: Some(1000.0),
            last_check_ms: Some(2000.0),
            ..AppState::default()
        };
        let situation = Situation {
            state: &state,
            manifest: Some(&manifest),
            recipient: Recipient {
                user: "u",
                base_library: None,
            },
            now_ms: 3000.0,
            launch: Launch::Cold,
            edition: Edition::Release,
        };
        let told = Explanation::of(Step::Launch, &situation, at_launch(&situation));
        assert_eq!(
            (told.act.as_str(), told.background.as_deref()),
            ("run-local", Some("check"))
        );
        assert_eq!(told.because, Reason::EveryStart);
        let facts = told.facts;
        assert_eq!((facts.unused_ms, facts.since_check_ms), (Some(2000.0), Some(1000.0)));
        // What is not for this user says nothing about the start.
        assert_eq!((facts.newest_is.as_str(), facts.min_version), ("not newer", None));
        assert_eq!((facts.buckets[0].release, facts.buckets[0].percent), (ReleaseId(2), 0));
    }
}
