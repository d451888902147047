//! What the app went through in a scenario: which versions ran, what it was told, what the person was asked.

use super::dialogs::Whose;
use super::instances::{Instance, News, instances};
use super::record::{Record, Session};
use serde::Serialize;

/// The facts of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// The version that ran first; none where the app did not open.
    pub start: Option<String>,
    /// The version that ran in the end.
    pub end: Option<String>,
    /// The version that the next cold start comes to.
    pub next_start: Option<String>,
    /// What the update mechanism said while the app ran, in order.
    pub told: Vec<Heard>,
    /// What the person was asked, in order.
    pub dialogs: Vec<Asked>,
    /// How often the app was restarted.
    pub restarts: usize,
    /// Whether a version that failed to start gave way to the one before.
    pub rolled_back: bool,
    /// Uncaught errors, those of the next cold start included.
    pub errors: usize,
}

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heard {
    /// `check: update`, `check: none`, `ready` or `failed`.
    pub news: &'static str,
    /// Whether a listener of the app was called.
    pub heard: bool,
}

/// One dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// `app`, `platform` or `system`.
    pub by: &'static str,
    /// Title and content.
    pub text: String,
    /// `confirm` or `cancel`; none where it was open to the end.
    pub answer: Option<&'static str>,
}

/// The facts of a record.
pub fn facts(record: &Record) -> Facts {
    let all = instances(&record.first);
    let count = |kind: &str, sessions: &[&Session]| {
        let entries = sessions.iter().flat_map(|session| &session.entries);
        entries.filter(|entry| entry.kind == kind).count()
    };
    let owned = |version: &str| version.to_owned();
    Facts {
        start: record.first.versions().next().map(owned),
        end: record.first.versions().last().map(owned),
        next_start: started(&record.next).map(owned),
        told: all.iter().flat_map(told).collect(),
        dialogs: all.iter().flat_map(asked).collect(),
        restarts: count("restart", &[&record.first]),
        rolled_back: count("rollback", &record.sessions()) > 0,
        errors: count("error", &record.sessions()),
    }
}

/// The version that a cold start comes to, before the app itself restarts.
pub fn started(session: &Session) -> Option<&str> {
    let start = session.entries.iter().take_while(|entry| entry.kind != "restart");
    let boots = start.filter(|entry| entry.kind == "boot");
    boots.last().map(|boot| Session::text(boot, "version"))
}

fn told(instance: &Instance<'_>) -> Vec<Heard> {
    let news = |news| match news {
        News::Check(true) => "check: update",
        News::Check(false) => "check: none",
        News::Ready => "ready",
        News::Failed => "failed",
    };
    let heard = instance.told.iter().map(|told| Heard {
        news: news(told.news),
        heard: !told.forced && instance.listens(told.news),
    });
    heard.collect()
}

fn asked(instance: &Instance<'_>) -> Vec<Asked> {
    let dialogs = instance.dialogs.iter().map(|dialog| Asked {
        by: match dialog.whose {
            Whose::App => "app",
            Whose::Platform => "platform",
            Whose::System => "system",
        },
        text: dialog.text.clone(),
        answer: dialog
            .answer
            .map(|(_, confirmed)| if confirmed { "confirm" } else { "cancel" }),
    });
    dialogs.collect()
}
