//! Rules about what runs: versions, starts, errors, pages.

use super::super::facts::started;
use super::super::finding::{Code, Finding, Place};
use super::super::instances::{Instance, News, instances};
use super::super::record::{Record, Session};
use super::super::run::RESTARTS;
use super::super::space::{Outcome, Person, Policy, Scenario};
use super::Case;
use super::baseline::is_planted;

/// What they find.
pub fn rules(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(errors(case));
    found.extend(next_fails(case));
    found.extend(does_not_open(case));
    found.extend(not_updated(case));
    found.extend(below_minimum(case));
    found.extend(restarts_for_ever(case));
    found.extend(stuck_page(case));
    found
}

fn all<'c>(case: &Case<'c>) -> impl Iterator<Item = Instance<'c>> {
    case.record.sessions().into_iter().flat_map(instances)
}

fn errors(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for instance in all(case) {
        for (_, entry) in instance.of("error").filter(|(_, entry)| !is_planted(entry)) {
            let origin = Session::text(entry, "origin");
            // A listener of the update manager is called where there is no update, too.
            let of_update = origin.starts_with("UpdateManager.");
            let code = if case.baseline.has_error(&instance.version, entry) && !of_update {
                Code::ErrorAnyway
            } else {
                Code::UncaughtError
            };
            let origin = if origin.is_empty() {
                String::new()
            } else {
                format!(" (in {origin})")
            };
            let message = format!("{}{origin}", Session::text(entry, "message"));
            let place = Place::of(entry).in_version(&instance.version);
            found.push(Finding::new(code, place).saying(message));
        }
    }
    found
}

/// The scenario's own broken version is meant to fail; any other is not.
fn next_fails(case: &Case<'_>) -> Option<Finding> {
    if case.record.scenario.outcome == Outcome::BrokenNext {
        return None;
    }
    let instance = all(case).find(|instance| instance.of("rollback").next().is_some())?;
    let (_, rollback) = instance.of("rollback").next()?;
    let reason = Session::text(rollback, "reason");
    let error = instance.of("error").next().map(|(_, entry)| Place::of(entry));
    let place = error.unwrap_or_default().in_version(&instance.version);
    let message = format!(
        "{} does not start on a device that had {}: {reason}",
        instance.version, case.versions.0
    );
    Some(Finding::new(Code::NextFails, place).saying(message))
}

/// Below the minimum version a start without the newer one is refused, which is what that is for.
fn does_not_open(case: &Case<'_>) -> Option<Finding> {
    let Record {
        scenario, first, next, ..
    } = case.record;
    let meant = scenario.policy == Policy::MinVersion && scenario.outcome != Outcome::Ready;
    let refused = first
        .cannot_open
        .as_ref()
        .filter(|_| !meant)
        .or(next.cannot_open.as_ref())?;
    Some(Finding::new(Code::DoesNotOpen, Place::default()).saying(format!("the app does not open: {refused}")))
}

fn not_updated(case: &Case<'_>) -> Option<Finding> {
    let Record { scenario, next, .. } = case.record;
    let rolled_back = case.record.sessions().iter().any(|session| has(session, "rollback"));
    let runs = started(next)?;
    let (old, new) = case.versions;
    (scenario.delivers() && !rolled_back && runs != new).then(|| {
        let message = format!("the next cold start still runs {old}, although {new} was downloaded");
        Finding::new(Code::NotUpdated, Place::default()).saying(message)
    })
}

fn below_minimum(case: &Case<'_>) -> Option<Finding> {
    let Record { scenario, first, .. } = case.record;
    let is_due = scenario.policy == Policy::Forced && scenario.delivers() && scenario.person != Person::Silent;
    let (old, new) = case.versions;
    let runs = first.versions().last()?;
    (is_due && runs == old && !has(first, "rollback")).then(|| {
        let message = format!("{old} is below the minimum version and goes on, although {new} is there");
        Finding::new(Code::BelowMinimum, Place::default()).saying(message)
    })
}

fn restarts_for_ever(case: &Case<'_>) -> Option<Finding> {
    let restarts = case.record.first.entries.iter().filter(|entry| entry.kind == "restart");
    if restarts.count() < RESTARTS {
        return None;
    }
    let all = instances(&case.record.first);
    let last = all.iter().rev().find(|instance| instance.restarted)?;
    let calls = last.calls.iter().rev();
    let place = calls
        .filter(|call| matches!(call.name.as_str(), "restartMiniProgram" | "applyUpdate"))
        .map(|call| call.place.clone().in_version(&last.version))
        .next();
    Some(Finding::new(Code::RestartsForEver, place.unwrap_or_default()))
}

/// Where the old version goes on it should come to the page that it comes to without an update. One that waits for
/// an answer may well wait.
fn stuck_page(case: &Case<'_>) -> Option<Finding> {
    let Record { scenario, first, .. } = case.record;
    let all = instances(first);
    let [only] = all.as_slice() else { return None };
    let told_failed = only.told.iter().any(|told| told.news == News::Failed);
    let waits = has(first, "modal.open") || has(first, "actionSheet.open") || scenario.person == Person::Silent;
    let expected = case.baseline.page.as_ref()?;
    let shown = first.last_page()?;
    if waits || shown == *expected || only.version != case.versions.0 || *scenario == Scenario::PLAIN {
        return None;
    }
    let when = if told_failed {
        "where the update fails"
    } else {
        "in the end"
    };
    let message = format!("{when} the app is on {shown}; without an update it comes to {expected}");
    Some(Finding::new(Code::StuckPage, Place::default()).saying(message))
}

fn has(session: &Session, kind: &str) -> bool {
    session.entries.iter().any(|entry| entry.kind == kind)
}
