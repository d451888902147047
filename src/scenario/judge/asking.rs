//! Rules about one instance of the app: what it listens to, what it asks, when it applies.

use super::super::finding::{Code, Finding, Place};
use super::super::instances::{Call, Dialog, Instance, News};
use super::super::person::PATIENCE;
use super::super::record::Session;
use super::super::space::Person;
use super::Case;
use crate::app::timeline::Entry;

/// A rule: whether an instance does this wrong, and where.
type Rule = fn(&Case<'_>, &Instance<'_>) -> Option<Finding>;

const RULES: [Rule; 13] = [
    apply_before_ready,
    applied_against_will,
    confirmed_not_applied,
    dialog_refused,
    asks_for_ever,
    ready_unheard,
    ready_ignored,
    asked_again,
    double_dialog,
    applied_twice,
    loading_stays,
    storage_cleared,
    failed_unheard,
];

/// What they find.
pub fn rules(case: &Case<'_>, instance: &Instance<'_>) -> Vec<Finding> {
    let found = RULES.iter().filter_map(|rule| rule(case, instance));
    found.chain(restarts_unasked(case, instance)).collect()
}

fn at(code: Code, call: &Call) -> Finding {
    Finding::new(code, call.place.clone())
}

/// The app's dialogs that come with the update: after news of it, and not without one.
fn about_update<'i>(case: &'i Case<'_>, instance: &'i Instance<'_>) -> Vec<&'i Dialog> {
    let Some(news) = instance.news_of_update() else {
        return Vec::new();
    };
    let own = instance.own_dialogs();
    own.filter(|dialog| dialog.index > news && !case.baseline.has_dialog(&dialog.text))
        .collect()
}

/// Those after the update is ready.
fn about_ready<'i>(case: &'i Case<'_>, instance: &'i Instance<'_>) -> Vec<&'i Dialog> {
    let ready = instance.ready();
    let dialogs = about_update(case, instance).into_iter();
    dialogs
        .filter(|dialog| ready.is_some_and(|ready| dialog.index > ready))
        .collect()
}

/// The call that brought a dialog up.
fn call_of<'i>(instance: &'i Instance<'_>, dialog: &Dialog) -> Option<&'i Call> {
    let before = instance
        .calls_of("showModal")
        .filter(|call| call.index < dialog.index && call.error.is_none());
    let before: Vec<&Call> = before.collect();
    // Dialogs come up in the order in which they are asked for.
    let number = instance
        .own_dialogs()
        .take_while(|other| other.index < dialog.index)
        .count();
    before.get(number).or(before.last()).copied()
}

fn place_of(instance: &Instance<'_>, dialog: &Dialog) -> Place {
    call_of(instance, dialog)
        .map(|call| call.place.clone())
        .unwrap_or_default()
}

fn apply_before_ready(_: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let ready = instance
        .told
        .iter()
        .find(|told| told.news == News::Ready)
        .map(|told| told.index);
    let mut calls = instance.calls_of("applyUpdate");
    let early = calls.find(|call| ready.is_none_or(|ready| call.index < ready))?;
    Some(at(Code::ApplyBeforeReady, early))
}

fn applied_against_will(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let dialogs = about_ready(case, instance);
    for call in instance.calls_of("applyUpdate") {
        let mut answers = dialogs.iter().filter_map(|dialog| dialog.answer);
        let last = answers.rfind(|(index, _)| *index < call.index);
        if last.is_some_and(|(_, confirmed)| !confirmed) {
            return Some(at(Code::AppliedAgainstWill, call));
        }
    }
    None
}

/// A dialog with one button may only tell; one with two is a question.
fn confirmed_not_applied(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let dialogs = about_ready(case, instance);
    let confirmed = dialogs
        .into_iter()
        .rev()
        .find(|dialog| dialog.choice && dialog.answer.is_some_and(|(_, yes)| yes))?;
    let applies = instance.calls_of("applyUpdate").next().is_some() || instance.restarted;
    (!applies).then(|| Finding::new(Code::ConfirmedNotApplied, place_of(instance, confirmed)))
}

fn dialog_refused(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let news = instance.news_of_update()?;
    let mut calls = instance.calls_of("showModal");
    let refused = calls.find(|call| call.error.is_some() && call.index > news)?;
    let reason = refused.error.as_deref().unwrap_or_default();
    let silent = case.record.scenario.person == Person::Silent;
    (!silent).then(|| at(Code::DialogRefused, refused).saying(format!("nobody is asked: {reason}")))
}

fn asks_for_ever(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let dialogs = about_update(case, instance);
    let last = dialogs.last().filter(|_| dialogs.len() > PATIENCE)?;
    Some(Finding::new(Code::AsksForEver, place_of(instance, last)))
}

fn ready_unheard(_: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    instance.ready()?;
    let manager = instance.calls_of("getUpdateManager").next()?;
    let listens = [News::Check(true), News::Failed]
        .into_iter()
        .any(|news| instance.listens(news));
    (listens && !instance.listens(News::Ready)).then(|| at(Code::ReadyUnheard, manager))
}

/// The person sees nothing of an update that is ready: no dialog, no toast, no other page, no restart.
fn ready_ignored(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let ready = instance.ready()?;
    let listener = instance.calls_of("onUpdateReady").next()?;
    let told = listener.index.max(ready);
    let shows = [
        "modal.show",
        "actionSheet.show",
        "toast.show",
        "page.load",
        "update.apply",
    ];
    let is_start = |entry: &Entry| Session::text(entry, "openType") == "appLaunch";
    let seen = shows
        .iter()
        .any(|kind| instance.of(kind).any(|(index, entry)| index > told && !is_start(entry)));
    let applies = instance.calls_of("applyUpdate").next().is_some() || instance.restarted;
    // A dialog that waits behind another one's is asked all the same.
    let asks = instance
        .calls_of("showModal")
        .any(|call| call.index > told && call.error.is_none());
    let waits = case.record.first.cannot_open.is_some();
    (!seen && !applies && !asks && !waits).then(|| at(Code::ReadyIgnored, listener))
}

fn asked_again(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let dialogs = about_ready(case, instance);
    if dialogs.len() > PATIENCE {
        return None;
    }
    let refused = dialogs
        .iter()
        .find(|dialog| dialog.choice && dialog.answer.is_some_and(|(_, yes)| !yes))?;
    let again = dialogs
        .iter()
        .find(|dialog| dialog.index > refused.index && dialog.text == refused.text)?;
    Some(Finding::new(Code::AskedAgain, place_of(instance, again)))
}

/// Two calls for a dialog about the update, the second before the first one is answered.
fn double_dialog(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let dialogs = about_update(case, instance);
    for (number, dialog) in dialogs.iter().enumerate() {
        let asked = call_of(instance, dialog)?;
        let answered = dialog.answer.map_or(usize::MAX, |(index, _)| index);
        let mut calls = instance.calls_of("showModal");
        let second = calls.find(|call| call.index > asked.index && call.index < answered && call.error.is_none());
        // It must be one about the update as well, or one that nobody will ever see.
        let is_other = dialogs.len() > number + 1 || dialog.answer.is_none();
        if let Some(second) = second.filter(|_| is_other) {
            return Some(at(Code::DoubleDialog, second));
        }
    }
    None
}

fn applied_twice(_: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let ready = instance.told.iter().find(|told| told.news == News::Ready)?.index;
    let failed = instance
        .told
        .iter()
        .any(|told| told.news == News::Failed && told.index > ready);
    let mut calls = instance.calls_of("applyUpdate").filter(|call| call.index > ready);
    let (_, second) = (calls.next()?, calls.next()?);
    (!failed).then(|| at(Code::AppliedTwice, second))
}

/// A toast takes the place of a loading mark, and a restart takes everything away.
fn loading_stays(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let news = instance.news_of_update()?;
    let last = |kind: &str| instance.of(kind).last();
    let (shown, entry) = last("loading.show")?;
    let title = Session::text(entry, "title");
    let gone = ["loading.hide", "toast.show", "toast.hide"]
        .iter()
        .any(|kind| last(kind).is_some_and(|(at, _)| at > shown));
    let open = instance.own_dialogs().any(|dialog| dialog.answer.is_none());
    if shown < news || gone || open || instance.restarted || case.baseline.has_loading(title) {
        return None;
    }
    let call = instance.calls_of("showLoading").last()?;
    Some(at(Code::LoadingStays, call).saying(format!(
        "the loading mark {title:?} that came with the update never goes away"
    )))
}

fn storage_cleared(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let news = instance.news_of_update()?;
    let mut clears = instance
        .calls
        .iter()
        .filter(|call| call.name.starts_with("clearStorage"));
    let clear = clears.find(|call| call.index > news)?;
    (!instance.restarted && !case.baseline.clears()).then(|| at(Code::StorageCleared, clear))
}

fn failed_unheard(_: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let failed = instance
        .told
        .iter()
        .any(|told| told.news == News::Failed && !told.forced);
    let listener = instance.calls_of("onUpdateReady").next()?;
    (failed && !instance.listens(News::Failed)).then(|| at(Code::FailedUnheard, listener))
}

fn restarts_unasked(case: &Case<'_>, instance: &Instance<'_>) -> Option<Finding> {
    let ready = instance.ready()?;
    let apply = instance.calls_of("applyUpdate").find(|call| call.index > ready)?;
    let asked = about_update(case, instance)
        .iter()
        .any(|dialog| dialog.answer.is_some());
    (instance.restarted && !asked).then(|| at(Code::RestartsUnasked, apply))
}
