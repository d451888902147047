//! What the app does without an update: its errors, its dialogs, where it comes to.

use super::super::instances::{Instance, instances};
use super::super::record::{Record, Session};
use super::super::stage::BROKEN;
use crate::app::timeline::Entry;
use std::collections::BTreeSet;

/// What is there without an update, in either version.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    errors: BTreeSet<(String, String)>,
    dialogs: BTreeSet<String>,
    loadings: BTreeSet<String>,
    clears: bool,
    /// The page that the old version comes to.
    pub page: Option<String>,
}

/// Whether an error is the scenario's own, and no app's.
pub fn is_planted(entry: &Entry) -> bool {
    Session::text(entry, "message").contains(BROKEN)
}

impl Baseline {
    /// What happens in these records: the app without an update, and the next version by itself.
    pub fn of(plain: &Record, next: &Record) -> Self {
        let mut baseline = Self {
            page: plain.first.last_page(),
            ..Self::default()
        };
        for session in plain.sessions().into_iter().chain(next.sessions()) {
            for instance in instances(session) {
                baseline.add(&instance);
            }
        }
        baseline
    }

    fn add(&mut self, instance: &Instance<'_>) {
        let errors = instance.of("error").map(|(_, entry)| key(&instance.version, entry));
        self.errors.extend(errors);
        self.dialogs
            .extend(instance.own_dialogs().map(|dialog| dialog.text.clone()));
        let loadings = instance
            .of("loading.show")
            .map(|(_, entry)| Session::text(entry, "title"));
        self.loadings.extend(loadings.map(str::to_owned));
        self.clears |= instance.calls.iter().any(|call| call.name.starts_with("clearStorage"));
    }

    /// Whether this error comes without an update, too.
    pub fn has_error(&self, version: &str, entry: &Entry) -> bool {
        self.errors.contains(&key(version, entry))
    }

    /// Whether this dialog has nothing to do with the update.
    pub fn has_dialog(&self, text: &str) -> bool {
        self.dialogs.contains(text)
    }

    /// Whether this loading mark has nothing to do with the update.
    pub fn has_loading(&self, title: &str) -> bool {
        self.loadings.contains(title)
    }

    /// Whether the app clears its storage anyway.
    pub fn clears(&self) -> bool {
        self.clears
    }
}

impl Session {
    /// The page that is shown in the end.
    pub fn last_page(&self) -> Option<String> {
        let mut shown = self.entries.iter().rev().filter(|entry| entry.kind == "page.show");
        shown.next().map(|entry| Self::text(entry, "path").to_owned())
    }
}

/// An error as one tells it from another: version and place, and what it says without numbers that change.
fn key(version: &str, entry: &Entry) -> (String, String) {
    let line = entry
        .properties
        .get("line")
        .map(ToString::to_string)
        .unwrap_or_default();
    let place = format!("{version} {}:{line}", Session::text(entry, "file"));
    (place, stable(Session::text(entry, "message")))
}

/// A message without its digits: ids and times in it differ from run to run.
pub fn stable(message: &str) -> String {
    message.chars().filter(|c| !c.is_ascii_digit()).collect()
}
