//! A session as the instances that it was made of, with what each of them was told, asked and did about the update.

use super::dialogs::{Whose, whose};
use super::finding::Place;
use super::record::Session;
use crate::app::timeline::Entry;
use serde_json::Value;

/// One call of the app that was noted with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Its number among the entries of the instance.
    pub index: usize,
    /// The function.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Why it failed, if it did.
    pub error: Option<String>,
}

/// One dialog.
#[derive(Debug, Clone, PartialEq)]
pub struct Dialog {
    /// The number of its entry.
    pub index: usize,
    /// Whose it is.
    pub whose: Whose,
    /// Title and content.
    pub text: String,
    /// Whether there is something to choose.
    pub choice: bool,
    /// Whether it was confirmed, and the number of the entry that says so.
    pub answer: Option<(usize, bool)>,
}

/// What the update mechanism said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The version request is answered: whether there is a newer version.
    Check(bool),
    /// The newer version is there.
    Ready,
    /// It could not be got.
    Failed,
}

/// What it said, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The number of its entry.
    pub index: usize,
    /// What.
    pub news: News,
    /// The app's listeners are not called: the platform itself asks.
    pub forced: bool,
}

/// From one boot to the next.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Instance<'s> {
    /// Its entries.
    pub entries: Vec<&'s Entry>,
    /// The version that ran.
    pub version: String,
    /// Calls of the app.
    pub calls: Vec<Call>,
    /// Dialogs in the order in which they came up.
    pub dialogs: Vec<Dialog>,
    /// What the update mechanism said.
    pub told: Vec<Told>,
    /// It ended with a restart.
    pub restarted: bool,
}

/// The instances of a session.
pub fn instances(session: &Session) -> Vec<Instance<'_>> {
    let mut all: Vec<Instance<'_>> = Vec::new();
    for entry in &session.entries {
        match entry.kind.as_str() {
            "boot" => all.push(Instance {
                version: Session::text(entry, "version").to_owned(),
                ..Instance::default()
            }),
            "restart" | "rollback" => {
                if let Some(last) = all.last_mut() {
                    last.restarted = true;
                }
            }
            _ => {}
        }
        if let Some(last) = all.last_mut() {
            last.add(entry);
        }
    }
    all
}

impl<'s> Instance<'s> {
    fn add(&mut self, entry: &'s Entry) {
        let index = self.entries.len();
        self.entries.push(entry);
        let is = |name: &str| entry.properties.get(name) == Some(&Value::Bool(true));
        // Once the platform asks, the app hears nothing more.
        let forced = is("forced") || self.told.iter().any(|told| told.forced);
        let tell = |news| Told { index, news, forced };
        match entry.kind.as_str() {
            "wx.call" => self.calls.push(Call {
                index,
                name: Session::text(entry, "name").to_owned(),
                place: Place::of(entry),
                error: Some(Session::text(entry, "error").to_owned()).filter(|error| !error.is_empty()),
            }),
            "modal.show" => self.dialogs.push(Dialog {
                index,
                whose: whose(entry),
                text: [Session::text(entry, "title"), Session::text(entry, "content")].join(": "),
                choice: is("showCancel"),
                answer: None,
            }),
            "modal.answer" => {
                if let Some(open) = self.dialogs.iter_mut().find(|dialog| dialog.answer.is_none()) {
                    open.answer = Some((index, is("confirm")));
                }
            }
            "update.check" => self.told.push(tell(News::Check(is("hasUpdate")))),
            "update.ready" => self.told.push(tell(News::Ready)),
            "update.failed" => self.told.push(tell(News::Failed)),
            _ => {}
        }
    }

    /// Calls of a function.
    pub fn calls_of<'i>(&'i self, name: &'i str) -> impl Iterator<Item = &'i Call> {
        self.calls.iter().filter(move |call| call.name == name)
    }

    /// Whether the app listens for this news at any time of the instance: a late listener hears it, too.
    pub fn listens(&self, news: News) -> bool {
        self.calls_of(match news {
            News::Check(_) => "onCheckForUpdate",
            News::Ready => "onUpdateReady",
            News::Failed => "onUpdateFailed",
        })
        .next()
        .is_some()
    }

    /// When the app's listeners could be called for a version that is ready.
    pub fn ready(&self) -> Option<usize> {
        let ready = self.told.iter().find(|told| told.news == News::Ready && !told.forced);
        ready.map(|told| told.index)
    }

    /// When the app first heard of an update.
    pub fn news_of_update(&self) -> Option<usize> {
        let news = self.told.iter().find(|told| told.news != News::Check(false));
        news.map(|told| told.index)
    }

    /// Entries of a kind.
    pub fn of<'i>(&'i self, kind: &'i str) -> impl Iterator<Item = (usize, &'s Entry)> + 'i {
        let all = self.entries.iter().enumerate();
        all.filter(move |(_, entry)| entry.kind == kind)
            .map(|(index, entry)| (index, *entry))
    }

    /// The app's own dialogs.
    pub fn own_dialogs(&self) -> impl Iterator<Item = &Dialog> {
        self.dialogs.iter().filter(|dialog| dialog.whose == Whose::App)
    }
}
