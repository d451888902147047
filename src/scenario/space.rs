//! The space of scenarios: four things that vary, and which combinations of them mean something.

use serde::{Serialize, Serializer};
use std::fmt;

/// A dimension whose values have names.
macro_rules! dimension {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $value:ident = $word:literal: $words:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $words] $value,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$value,)+];

            /// Its name on the command line and in JSON.
            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }

            /// What it means, for a person.
            pub fn words(self) -> &'static str {
                match self { $(Self::$value => $words,)+ }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

dimension! {
    /// What becomes of the update.
    Outcome {
        None = "none": "there is no newer version",
        Ready = "ready": "the newer version is downloaded",
        CheckFails = "check-fails": "the registry cannot be reached",
        DownloadFails = "download-fails": "every download fails at once",
        DownloadBreaks = "download-breaks": "the download breaks midway and cannot be taken up again",
        DownloadStalls = "download-stalls": "the download stands still until it times out",
        Corrupted = "corrupted": "other bytes come than were signed",
        BadSignature = "bad-signature": "the manifest is signed by a key that is not the publisher's",
        BrokenNext = "broken-next": "the newer version throws at the end of its app.js",
    }
}

dimension! {
    /// When the app hears of it.
    Moment {
        BeforeApp = "before-app": "known before the app's first line",
        Launch = "launch": "while App.onLaunch runs",
        FirstPage = "first-page": "a second after the first page is ready",
        Dialog = "dialog": "while a dialog of the system is open",
        Background = "background": "while the app is suspended in the background",
    }
}

dimension! {
    /// How the release wants to reach devices.
    Policy {
        Default = "default": "beside the app",
        Absent = "absent": "the same after 11 days without use: before the start",
        Async = "async": "mode async, after 11 days without use: beside the app all the same",
        Sync = "sync": "mode sync: before the start",
        MinVersion = "min-version": "mode sync, and the installed version is below the minimum: no start without it",
        PreferLocal = "prefer-local": "mode sync, and the installed version may start first",
        GrayIn = "gray-in": "for half of the users, and this is one of them",
        GrayOut = "gray-out": "for half of the users, and this is none of them",
        Forced = "forced": "mode async, and the installed version is below the minimum: the platform asks for the restart",
    }
}

dimension! {
    /// What the person does with the app's dialogs.
    Person {
        Confirms = "confirms": "presses the confirm button",
        Cancels = "cancels": "presses the cancel button, where there is one",
        Silent = "silent": "answers nothing",
    }
}

/// One combination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scenario {
    /// How the release wants to reach devices.
    pub policy: Policy,
    /// What becomes of the update.
    pub outcome: Outcome,
    /// When the app hears of it.
    pub moment: Moment,
    /// What the person does.
    pub person: Person,
}

impl Scenario {
    /// No update, in the plainest circumstances: what all others are compared with.
    pub const PLAIN: Self = Self {
        policy: Policy::Default,
        outcome: Outcome::None,
        moment: Moment::FirstPage,
        person: Person::Confirms,
    };

    /// The same with another person.
    #[must_use]
    pub fn with(self, person: Person) -> Self {
        Self { person, ..self }
    }

    fn words(self) -> [&'static str; 4] {
        [
            self.policy.name(),
            self.outcome.name(),
            self.moment.name(),
            self.person.name(),
        ]
    }

    /// Whether the device ends up with the newer version staged or running, whatever the app does.
    pub fn delivers(self) -> bool {
        self.outcome == Outcome::Ready && self.policy != Policy::GrayOut
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join("/"))
    }
}

impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a combination is left out; `None` for one that means something. This is the one place that says so.
pub fn left_out(policy: Policy, outcome: Outcome, moment: Moment) -> Option<&'static str> {
    use Moment::{Background, Dialog, FirstPage};
    use Outcome::{BrokenNext, CheckFails, DownloadFails, DownloadStalls, None as NoUpdate, Ready};
    let explored: &[Outcome] = match policy {
        Policy::Default => Outcome::ALL,
        Policy::Absent => &[Ready, CheckFails, DownloadFails],
        Policy::Async | Policy::PreferLocal => &[Ready, DownloadFails],
        Policy::Sync => &[NoUpdate, Ready, CheckFails, DownloadFails, DownloadStalls, BrokenNext],
        Policy::MinVersion => &[Ready, DownloadFails, DownloadStalls, BrokenNext],
        Policy::GrayIn | Policy::GrayOut => &[Ready],
        Policy::Forced => &[Ready, DownloadFails, BrokenNext],
    };
    if !explored.contains(&outcome) {
        return Some(match policy {
            Policy::GrayIn | Policy::GrayOut => "the share of users decides only whether there is an update",
            _ => "what the app meets does not depend on the policy here: see default",
        });
    }
    if moment == FirstPage {
        return None;
    }
    match (policy, outcome) {
        (Policy::Default, NoUpdate | Ready | DownloadFails) => None,
        (Policy::Default, CheckFails | Outcome::BadSignature) => {
            Some("the app is told the same as without an update: see none")
        }
        (Policy::Default, BrokenNext) => Some("until the restart it is as any other version: see ready"),
        (Policy::Default, _) => Some("the app is told the same as where the download fails at once, only later"),
        (Policy::Forced, Ready) if matches!(moment, Dialog | Background) => None,
        (Policy::Forced, _) => Some("the app is told nothing: the platform asks"),
        (Policy::Sync | Policy::MinVersion | Policy::Absent, _) => Some("the update comes before the start"),
        _ => Some("the policy does not decide when the app hears: see default"),
    }
}

/// Every combination that means something, in order.
pub fn space() -> Vec<Scenario> {
    let mut all = Vec::new();
    for &policy in Policy::ALL {
        for &outcome in Outcome::ALL {
            for &moment in Moment::ALL {
                if left_out(policy, outcome, moment).is_some() {
                    continue;
                }
                let scenario = |&person| Scenario {
                    policy,
                    outcome,
                    moment,
                    person,
                };
                all.extend(Person::ALL.iter().map(scenario));
            }
        }
    }
    all
}

/// Which scenarios are wanted: alternatives, each of words that must all be the scenario's.
#[derive(Debug, Clone, Default)]
pub struct Selection(Vec<Vec<&'static str>>);

/// A word that names nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no outcome, moment, policy or person")]
pub struct SelectionError(String);

impl Selection {
    /// Reads `ready/cancels`, `default/none/launch/confirms`, ...; no text selects all.
    ///
    /// # Errors
    /// A word that names nothing.
    pub fn parse<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Self, SelectionError> {
        let known: Vec<&'static str> = space().into_iter().flat_map(Scenario::words).collect();
        let word = |word: &str| {
            let found = known.iter().find(|known| **known == word);
            found.copied().ok_or_else(|| SelectionError(word.to_owned()))
        };
        let words = |text: &'t str| text.split('/').map(word).collect::<Result<Vec<_>, _>>();
        Ok(Self(texts.into_iter().map(words).collect::<Result<_, _>>()?))
    }

    /// Whether a scenario is wanted.
    pub fn has(&self, scenario: Scenario) -> bool {
        let is = |words: &Vec<&'static str>| words.iter().all(|word| scenario.words().contains(word));
        self.0.is_empty() || self.0.iter().any(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_value_is_explored_and_every_scenario_has_a_name_of_its_own() {
        let all = space();
        let names: BTreeSet<String> = all.iter().map(Scenario::to_string).collect();
        assert_eq!(names.len(), all.len());
        let words: BTreeSet<&str> = all.iter().flat_map(|scenario| scenario.words()).collect();
        let values = Outcome::ALL.len() + Moment::ALL.len() + Policy::ALL.len() + Person::ALL.len();
        // Two dimensions must not share a word, or a selection could mean either.
        assert_eq!(words.len(), values);
        assert!(all.contains(&Scenario::PLAIN));
    }

    #[test]
    fn a_selection_is_alternatives_of_words() {
        let selected = |texts: &[&str]| {
            let selection = Selection::parse(texts.iter().copied()).unwrap();
            space().into_iter().filter(|scenario| selection.has(*scenario)).count()
        };
        assert_eq!(selected(&[]), space().len());
        assert_eq!(selected(&["default/ready/launch/cancels"]), 1);
        assert_eq!(selected(&["default/ready/cancels"]), 5);
        assert_eq!(selected(&["default/ready/cancels", "gray-in/silent"]), 6);
        assert_eq!(
            Selection::parse(["ready/soon"]).unwrap_err(),
            SelectionError("soon".into())
        );
    }

    #[test]
    fn what_is_left_out_has_a_reason() {
        let mut left = 0;
        for &policy in Policy::ALL {
            for &outcome in Outcome::ALL {
                for &moment in Moment::ALL {
                    left += usize::from(left_out(policy, outcome, moment).is_some_and(|why| !why.is_empty()));
                }
            }
        }
        let all = Policy::ALL.len() * Outcome::ALL.len() * Moment::ALL.len();
        assert_eq!(left * 3 + space().len(), all * 3);
    }
}
