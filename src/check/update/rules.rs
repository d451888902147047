//! What the notes of a walk say about the app.

use super::value::{Entry, Event, Fact, Frame, Modal, Op, OpKind, Outcome};
use super::walk::Walk;
use crate::check::Subject;
use crate::package::Problem;
use std::collections::BTreeSet;

/// A timer that is longer than this may find the app in the background.
const LONG_TIMER_MS: f64 = 5000.0;

/// Everything that is wrong.
pub(super) fn check(subject: &Subject<'_>, walk: &Walk<'_>) -> Vec<Problem> {
    let notes = Notes { subject, walk };
    let mut found = Vec::new();
    found.extend(notes.listeners());
    found.extend(notes.late());
    found.extend(notes.applied());
    found.extend(notes.never_applied());
    found.extend(notes.repeated());
    found.extend(notes.modals());
    found.extend(notes.cleared());
    found.extend(notes.guards());
    found.extend(notes.asks_twice());
    found.extend(notes.restarts());
    found
}

struct Notes<'n, 'a> {
    subject: &'n Subject<'n>,
    walk: &'n Walk<'a>,
}

impl Notes<'_, '_> {
    fn ops(&self, wanted: impl Fn(OpKind) -> bool) -> impl Iterator<Item = &Op> {
        self.walk.ops.iter().filter(move |op| wanted(op.kind))
    }

    /// Whether a name of the update API stands anywhere in the app.
    fn mentions(&self, name: &str) -> bool {
        let mut scripts = self.subject.scripts.iter();
        scripts.any(|script| script.facts.update_names.iter().any(|known| &**known == name))
    }

    fn warning(&self, code: &'static str, op: &Op, message: impl Into<String>, help: &str) -> Problem {
        self.walk.scripts[op.script].warning(code, op.span, message).help(help)
    }

    fn error(&self, code: &'static str, op: &Op, message: impl Into<String>, help: &str) -> Problem {
        self.walk.scripts[op.script].error(code, op.span, message).help(help)
    }

    /// Listeners that are nowhere.
    fn listeners(&self) -> Option<Problem> {
        if !self.mentions("onUpdateReady") {
            let get = self.ops(|kind| kind == OpKind::Get).next()?;
            let message = "the app asks for the update manager and never listens to onUpdateReady";
            let help = "without it a downloaded version waits for the next cold start, and nobody is told";
            return Some(self.warning("update-no-ready", get, message, help));
        }
        let ready = self.ops(|kind| kind == OpKind::Listen(Event::Ready)).next()?;
        if self.mentions("onUpdateFailed") {
            return None;
        }
        let message = "the app listens to onUpdateReady and never to onUpdateFailed";
        let problem = self.walk.scripts[ready.script].note("update-no-failed", ready.span, message);
        Some(problem.help("a download that fails goes unnoticed: tell the person, or log it"))
    }

    /// Places from which alone `onUpdateReady` cannot be relied upon.
    fn late(&self) -> Vec<Problem> {
        let ready: Vec<&Op> = self.ops(|kind| kind == OpKind::Listen(Event::Ready)).collect();
        let reasons: Vec<_> = ready.iter().map(|op| (*op, self.doubt(op))).collect();
        if reasons.iter().any(|(_, doubt)| doubt.is_none()) {
            return Vec::new();
        }
        let places: BTreeSet<_> = reasons.iter().map(|(op, _)| (op.script, op.span.lo)).collect();
        let first = |place: &(usize, swc_core::common::BytePos)| {
            reasons.iter().find(|(op, _)| (op.script, op.span.lo) == *place)
        };
        let help = "register it in onLaunch, or as soon as the script is loaded: a listener that comes late is called \
                    at once, one that never comes is not";
        let problem = |(op, doubt): &(&Op, Option<String>)| {
            let doubt = doubt.as_deref().unwrap_or_default();
            self.warning(
                "update-ready-late",
                op,
                format!("onUpdateReady is only listened to {doubt}"),
                help,
            )
        };
        places.iter().filter_map(first).map(problem).collect()
    }

    /// Why a place may not be reached while the app runs.
    fn doubt(&self, op: &Op) -> Option<String> {
        if let Entry::Handler(name) = &op.entry
            && matches!(
                &**name,
                "onHide" | "onUnload" | "onError" | "onPageNotFound" | "onUnhandledRejection"
            )
        {
            return Some(format!("in {name}"));
        }
        if let Entry::PageHandler(name) = &op.entry
            && !self.is_called(name)
        {
            return Some(format!("in {name}, which runs when the person taps, if ever"));
        }
        op.frames.iter().find_map(|frame| match frame {
            Frame::Listener(Event::Ready) => Some("in a listener of onUpdateReady itself".to_owned()),
            Frame::Listener(Event::Failed) => Some("in onUpdateFailed, when there will be no update".to_owned()),
            Frame::If(Fact::HasUpdate(false)) => Some("when there is no update".to_owned()),
            Frame::Answer(_) | Frame::Person => Some("after the person has answered, who may not".to_owned()),
            Frame::Api(name, Outcome::Fail) => Some(format!("when {name} fails")),
            Frame::Api(name, _) if is_network(name) => Some(format!("after {name}, which may fail or take long")),
            Frame::Timer(ms) if *ms >= LONG_TIMER_MS => Some(format!("after {} s", ms / 1000.0)),
            _ => None,
        })
    }

    /// Whether some script calls a method of this name.
    fn is_called(&self, name: &str) -> bool {
        self.subject
            .scripts
            .iter()
            .any(|script| script.facts.called.iter().any(|known| &**known == name))
    }

    /// Calls of `applyUpdate` at the wrong time, or on the wrong answer.
    fn applied(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for op in self.ops(|kind| kind == OpKind::Apply) {
            found.extend(self.early(op));
            found.extend(self.answered_wrongly(op));
        }
        found
    }

    fn early(&self, op: &Op) -> Option<Problem> {
        let has = |event| op.frames.contains(&Frame::Listener(event));
        let help =
            "call it in a listener of onUpdateReady, or after one: before, it fails with \"update is not ready\"";
        if has(Event::Ready) {
            return None;
        }
        if has(Event::Failed) {
            let message = "applyUpdate in onUpdateFailed: there is no update to apply";
            return Some(self.error("update-apply-failed", op, message, help));
        }
        if has(Event::Check) {
            let message = "applyUpdate in onCheckForUpdate: the new version is not downloaded yet";
            return Some(self.error("update-apply-early", op, message, help));
        }
        let known_entry = matches!(
            op.entry,
            Entry::Module | Entry::Launch | Entry::Show | Entry::Page | Entry::PageShow
        );
        let unconditional = op.frames.iter().all(|frame| match frame {
            Frame::If(fact) => !matches!(fact, Fact::Other | Fact::Forced),
            Frame::Answer(_) | Frame::Timer(_) => true,
            _ => false,
        });
        (known_entry && unconditional).then(|| {
            let message = "applyUpdate without a listener of onUpdateReady around it";
            self.error("update-apply-early", op, message, help)
        })
    }

    fn answered_wrongly(&self, op: &Op) -> Option<Problem> {
        let modal = op.frames.iter().rev().find_map(|frame| match frame {
            Frame::Answer(modal) => Some(*modal),
            _ => None,
        })?;
        let at = op.frames.iter().rposition(|frame| *frame == Frame::Answer(modal))?;
        let behind = &op.frames[at..];
        let says = |yes: bool| behind.contains(&Frame::If(Fact::Confirm(modal, yes)));
        if says(false) && !says(true) {
            let message = "applyUpdate runs when the person has cancelled";
            let help = "ask for res.confirm; cancelling is a success of showModal too, with confirm false";
            return Some(self.error("update-confirm-inverted", op, message, help));
        }
        let asked = behind
            .iter()
            .any(|frame| matches!(frame, Frame::If(fact) if !matches!(fact, Fact::Guard | Fact::HasManager(_))));
        let can_cancel = self.walk.modals.get(modal).and_then(|modal| modal.can_cancel);
        if asked || can_cancel != Some(true) || behind.contains(&Frame::Unknown) {
            return None;
        }
        let message = "applyUpdate runs whatever the person answers";
        let help = "ask for res.confirm, or take the other button away with showCancel: false";
        Some(self.warning("update-confirm-unread", op, message, help))
    }

    /// An app that tells of an update and never applies it.
    fn never_applied(&self) -> Option<Problem> {
        if self.mentions("applyUpdate") {
            return None;
        }
        let shown = self.ops(|kind| matches!(kind, OpKind::Show(_)));
        let op = shown
            .into_iter()
            .find(|op| op.frames.contains(&Frame::Listener(Event::Ready)))?;
        let message = "the app tells of an update and calls applyUpdate nowhere";
        let help = "the new version comes with the next cold start only; call applyUpdate when the person agrees";
        Some(self.warning("update-never-applied", op, message, help))
    }

    /// Modals that come again with every return to the app.
    fn repeated(&self) -> Vec<Problem> {
        let again = |op: &&Op| {
            let once = op
                .frames
                .iter()
                .any(|frame| matches!(frame, Frame::If(Fact::Other | Fact::Forced)));
            let shows = matches!(op.entry, Entry::Show | Entry::PageShow);
            shows && !once && op.frames.contains(&Frame::Listener(Event::Ready))
        };
        let help = "each return to the app registers the listener once more, and a listener that comes late is called at \
                    once: register it in onLaunch, or remember that the person was asked";
        let shown = self.ops(|kind| matches!(kind, OpKind::Show(_))).filter(again);
        let asks = shown.filter(|op| self.modal_of(op).is_some_and(|modal| modal.can_cancel == Some(true)));
        let entry = |op: &Op| {
            if op.entry == Entry::Show {
                "the app's onShow"
            } else {
                "a page's onShow"
            }
        };
        asks.map(|op| {
            let message = format!(
                "registered in {}, this asks again every time the app is shown",
                entry(op)
            );
            self.warning("update-listener-repeated", op, message, help)
        })
        .collect()
    }

    fn modal_of(&self, op: &Op) -> Option<&Modal> {
        match op.kind {
            OpKind::Show(modal) => self.walk.modals.get(modal),
            _ => None,
        }
    }

    /// Modals with a button that they must not have, or that come up for nothing.
    fn modals(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for op in self.ops(|kind| matches!(kind, OpKind::Show(_))) {
            let ready = op.frames.contains(&Frame::Listener(Event::Ready));
            let cancel = self.modal_of(op).is_some_and(|modal| modal.can_cancel == Some(true));
            let forced = self.subject.options.forced || op.frames.contains(&Frame::If(Fact::Forced));
            if ready && cancel && forced {
                let message = "this update may not be put off, and the modal can be cancelled";
                let help = "add showCancel: false";
                found.push(self.warning("update-modal-cancel", op, message, help));
            }
            found.extend(self.for_nothing(op));
        }
        found
    }

    /// A modal in `onCheckForUpdate` that also comes when there is no update.
    fn for_nothing(&self, op: &Op) -> Option<Problem> {
        let at = op
            .frames
            .iter()
            .rposition(|frame| *frame == Frame::Listener(Event::Check))?;
        let behind = &op.frames[at + 1..];
        let started = matches!(op.entry, Entry::Module | Entry::Launch | Entry::Show);
        let by_itself = behind
            .iter()
            .all(|frame| matches!(frame, Frame::If(Fact::HasUpdate(false))));
        (started && by_itself).then(|| {
            let message = "a modal at every start, though there is no update";
            let help = "show it only if res.hasUpdate is true, or when the person has asked for a check";
            self.warning("update-modal-always", op, message, help)
        })
    }

    /// Storage that is cleared before the update is applied.
    fn cleared(&self) -> Vec<Problem> {
        let in_update = |op: &&Op| op.frames.iter().any(|frame| matches!(frame, Frame::Listener(_)));
        let help =
            "storage is kept over an update, and is gone even if applyUpdate fails: move it on after the restart";
        self.ops(|kind| kind == OpKind::Clear)
            .filter(in_update)
            .map(|op| {
                self.warning(
                    "update-storage-cleared",
                    op,
                    "the storage is cleared for an update",
                    help,
                )
            })
            .collect()
    }

    /// A look whether there is a manager that does not help.
    fn guards(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for op in self.ops(|kind| kind == OpKind::Get) {
            let says = |yes: bool| op.frames.contains(&Frame::If(Fact::HasManager(yes)));
            if says(false) && !says(true) {
                let message = "getUpdateManager is called where the base library has none";
                let help = "the condition is the wrong way round: nothing is registered where it could be";
                found.push(self.error("update-guard-inverted", op, message, help));
            } else if !says(true) && self.walk.asked.contains(&(op.script, op.within)) {
                let message = "getUpdateManager is called outside of the condition that looks for it";
                let help = "older base libraries do not have it, and the call throws: put it behind the condition";
                found.push(self.warning("update-guard-bypassed", op, message, help));
            }
        }
        found
    }

    /// Several modals that come up at once.
    fn asks_twice(&self) -> Option<Problem> {
        let by_itself = |op: &&Op| {
            let at = op
                .frames
                .iter()
                .position(|frame| *frame == Frame::Listener(Event::Ready));
            let started = matches!(
                op.entry,
                Entry::Module | Entry::Launch | Entry::Show | Entry::Page | Entry::PageShow
            );
            let sure = |frame: &Frame| {
                matches!(
                    frame,
                    Frame::Listener(_) | Frame::If(Fact::HasManager(true) | Fact::HasUpdate(true))
                )
            };
            started && at.is_some() && op.frames.iter().all(sure)
        };
        let mut shown: Vec<&Op> = self
            .ops(|kind| matches!(kind, OpKind::Show(_)))
            .filter(by_itself)
            .collect();
        shown.dedup_by_key(|op| op.kind);
        let second = shown.iter().find(|op| op.kind != shown[0].kind)?;
        let first = shown[0];
        let place = self.walk.scripts[first.script].place(first.span);
        let file = &self.walk.scripts[first.script].path;
        let message = format!(
            "a second modal for the same update: {file}:{} shows one too",
            place.line
        );
        Some(self.warning(
            "update-asks-twice",
            second,
            message,
            "ask in one place: every listener is called",
        ))
    }

    /// Restarts that do not end.
    fn restarts(&self) -> Vec<Problem> {
        let failed = |op: &&Op| op.frames.contains(&Frame::Listener(Event::Failed));
        let help = "after the restart the download fails again, and so on; tell the person instead";
        let restarts = self.ops(|kind| kind == OpKind::Restart).filter(failed);
        restarts
            .map(|op| {
                self.error(
                    "update-restart-loop",
                    op,
                    "a restart when the download has failed",
                    help,
                )
            })
            .collect()
    }
}

fn is_network(name: &str) -> bool {
    matches!(
        name,
        "request" | "downloadFile" | "uploadFile" | "login" | "connectSocket" | "getUserProfile" | "getLocation"
    )
}
