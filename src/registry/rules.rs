//! The platform's rules about gray releases and rollbacks: pure functions of the state.

use super::refusal::Refusal;
use super::state::AppState;
use crate::package::AppId;
use crate::release::{Release, Rollout, VersionLabel};

/// Whether a version may be published for this share of the users.
pub fn may_publish(state: &AppState, app: &AppId, version: &VersionLabel, rollout: Rollout) -> Result<(), Refusal> {
    if rollout.percent > 100 {
        return Err(Refusal::NotAPercentage(rollout.percent));
    }
    if let Some(gray) = state.gray() {
        return Err(Refusal::GrayUnderWay {
            version: Box::new(gray.version.clone()),
            percent: gray.rollout.percent,
        });
    }
    if state.online().is_none() && !rollout.is_full() {
        return Err(Refusal::FirstIsGray(app.clone()));
    }
    match state.greatest_version() {
        Some(greatest) if version <= greatest => Err(Refusal::NotNewer {
            app: app.clone(),
            version: Box::new(version.clone()),
            greatest: Box::new(greatest.clone()),
        }),
        _ => Ok(()),
    }
}

/// The release that may get this share of the users.
pub fn may_roll_out<'s>(state: &'s AppState, app: &AppId, percent: u8) -> Result<&'s Release, Refusal> {
    if percent > 100 {
        return Err(Refusal::NotAPercentage(percent));
    }
    let newest = state.newest().ok_or_else(|| Refusal::FirstIsGray(app.clone()))?;
    if percent <= newest.rollout.percent {
        return Err(Refusal::NotRising {
            version: Box::new(newest.version.clone()),
            current: newest.rollout.percent,
        });
    }
    Ok(newest)
}

/// The gray release that may be revoked, and the release that its users go back to.
pub fn may_revoke<'s>(state: &'s AppState, app: &AppId) -> Result<(&'s Release, &'s Release), Refusal> {
    let both = state.gray().zip(state.online());
    both.ok_or_else(|| Refusal::NotGray(app.clone()))
}

/// The release that everyone may go back to: the one with this label, else the one before.
pub fn may_roll_back<'s>(
    state: &'s AppState,
    app: &AppId,
    version: Option<&VersionLabel>,
) -> Result<&'s Release, Refusal> {
    if let Some(gray) = state.gray() {
        return Err(Refusal::RollbackInGray {
            version: Box::new(gray.version.clone()),
        });
    }
    if let Some(online) = state.online().filter(|_| state.is_rolled_back) {
        return Err(Refusal::RolledBackAlready {
            version: Box::new(online.version.clone()),
        });
    }
    let earlier = state.earlier();
    let Some(before) = earlier.first() else {
        return Err(Refusal::NothingBefore(app.clone()));
    };
    let Some(version) = version else { return Ok(before) };
    let found = earlier.iter().find(|release| release.version == *version);
    found.copied().ok_or_else(|| Refusal::NotEarlier {
        version: Box::new(version.clone()),
        earlier: earlier.iter().map(|release| release.version.clone()).collect(),
    })
}
