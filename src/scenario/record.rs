//! What happened in a scenario.

use super::person::Asked;
use super::space::Scenario;
use crate::app::timeline::Entry;
use serde::Serialize;

/// One run of the app, from a cold start to its end.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Its timeline.
    pub entries: Vec<Entry>,
    /// Why the app could not be opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cannot_open: Option<String>,
}

/// A scenario that was run: the session in which it happens, and the next cold start of the device.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Which one.
    pub scenario: Scenario,
    /// The session.
    pub first: Session,
    /// The next cold start, an hour later, over a network that works.
    pub next: Session,
    /// What the person was asked.
    pub asked: Asked,
    /// The scenario whose run this is, where it was not run itself.
    pub same_as: Option<Scenario>,
}

impl Record {
    /// Both sessions.
    pub fn sessions(&self) -> [&Session; 2] {
        [&self.first, &self.next]
    }

    /// The same run as it would have been with somebody else. Nobody was asked, so that it would have been the same.
    #[must_use]
    pub fn as_if(&self, scenario: Scenario) -> Self {
        let same_as = (scenario != self.scenario).then_some(self.scenario);
        Self {
            scenario,
            same_as,
            ..self.clone()
        }
    }
}

impl Session {
    /// The text property of an entry.
    pub fn text<'e>(entry: &'e Entry, name: &str) -> &'e str {
        let value = entry.properties.get(name);
        value.and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    /// The versions that it ran, in order.
    pub fn versions(&self) -> impl Iterator<Item = &str> {
        let boots = self.entries.iter().filter(|entry| entry.kind == "boot");
        boots.map(|entry| Self::text(entry, "version"))
    }
}
