//! What can be wrong: one code for each kind, with how bad it is.

use crate::app::timeline::Entry;
use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// People are harmed: data, trust, or an app that does not come up.
    Error,
    /// It is likely not what was meant.
    Warning,
    /// Worth knowing; many apps mean it so.
    Note,
}

/// Codes with their severities and what they mean.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident: $words:literal;)+) => {
        /// A kind of finding. The codes stay as they are; new ones may be added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $words] $name,)+
        }

        impl Code {
            /// All of them, the worst first.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its name in output and on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// What it means, for a person.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)+ }
            }
        }
    };
}

codes! {
    UncaughtError = "uncaught-error", Error: "an error that does not come without an update";
    NextFails = "next-fails", Error: "the next version does not start on a device that had the old one";
    DoesNotOpen = "does-not-open", Error: "the app does not open although it could";
    NotUpdated = "not-updated", Error: "the next cold start still runs the old version";
    BelowMinimum = "below-minimum", Error: "a version below the minimum goes on although the newer one is there";
    ApplyBeforeReady = "apply-before-ready", Error: "applyUpdate is called when nothing is ready, and does nothing";
    AppliedAgainstWill = "applied-against-will", Error: "the person says no, and the app restarts all the same";
    ConfirmedNotApplied = "confirmed-not-applied", Error: "the person says yes, and the update is not applied";
    DialogRefused = "dialog-refused", Error: "showModal fails, and nobody is asked";
    AsksForEver = "asks-for-ever", Error: "whatever the person says, the app asks again at once";
    RestartsForEver = "restarts-for-ever", Error: "the app restarts again and again";
    ReadyUnheard = "ready-unheard", Warning: "the app asks for updates and does not listen for the one that is ready";
    ReadyIgnored = "ready-ignored", Warning: "the app hears that the update is ready, and neither asks nor applies it";
    AskedAgain = "asked-again", Warning: "the person says no, and is asked again in the same run";
    DoubleDialog = "double-dialog", Warning: "a second dialog about the update is put behind an open one";
    AppliedTwice = "applied-twice", Warning: "applyUpdate is called twice";
    LoadingStays = "loading-stays", Warning: "a loading mark that came with the update never goes away";
    StuckPage = "stuck-page", Warning: "the app stays on a page that it leaves where there is no update";
    StorageCleared = "storage-cleared", Warning: "the storage is cleared, and the old version goes on without it";
    NeverReached = "never-reached", Warning: "there is code that listens for updates, and no scenario comes to it";
    NeverListens = "never-listens", Note: "the app does not listen for updates: they come at the next cold start";
    FailedUnheard = "failed-unheard", Note: "the app does not listen for updates that fail";
    RestartsUnasked = "restarts-unasked", Note: "the app restarts without asking";
    ErrorAnyway = "error-anyway", Note: "an error that comes without an update as well";
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A place in the app's source, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The version of the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Path in the package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
}

impl Place {
    /// The place that an entry names.
    pub fn of(entry: &Entry) -> Self {
        let number = |name| entry.properties.get(name).and_then(serde_json::Value::as_u64);
        let file = entry.properties.get("file").and_then(serde_json::Value::as_str);
        Self {
            version: None,
            file: file.map(str::to_owned),
            line: number("line"),
            column: number("column"),
        }
    }

    /// The same place, in this version.
    #[must_use]
    pub fn in_version(mut self, version: &str) -> Self {
        self.version = Some(version.to_owned()).filter(|_| self.file.is_some());
        self
    }

    /// `app.js:10`; empty where it is not known.
    pub fn text(&self) -> String {
        let Some(file) = &self.file else {
            return String::new();
        };
        match self.line {
            Some(line) => format!("{file}:{line}"),
            None => file.clone(),
        }
    }
}

/// Something that is wrong in one scenario.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What happened, the same words in every scenario in which it does.
    pub message: String,
}

impl Finding {
    /// A finding in the words of its code.
    pub fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            place,
            message: code.words().to_owned(),
        }
    }

    /// The same with these words.
    #[must_use]
    pub fn saying(self, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_have_names_of_their_own_and_the_worst_come_first() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(Code::ALL.is_sorted_by_key(|code| code.severity()));
    }
}
