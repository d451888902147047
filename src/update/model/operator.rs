//! What the registry says in a random history: a few releases, and the operator's decisions about them.

use crate::release::{ReleaseId, UpdateMode, bucket};
use crate::update::testing::app;

/// What becomes of a release that is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Good,
    /// It throws before its first page is ready.
    Throws,
    /// Its signed package has no app.json.
    NoApp,
}

/// [`UpdateMode`] with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    Default,
    Async,
    Sync,
}

impl From<Mode> for UpdateMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Default => Self::Default,
            Mode::Async => Self::Async,
            Mode::Sync => Self::Sync,
        }
    }
}

/// What a release says; the label of version 3 is `3.0.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wish {
    pub mode: Mode,
    /// The minimum is so many versions below the release's own.
    pub min_below: Option<u32>,
    /// As `min_below`, for the version that is preferred to the network.
    pub prefer_below: Option<u32>,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rel {
    pub id: u64,
    /// The label, and the package: a rollback gives both a new id.
    pub version: u32,
    pub kind: Kind,
    pub wish: Wish,
    pub percent: u8,
}

impl Rel {
    pub fn minimum(&self) -> Option<u32> {
        Some(self.version.saturating_sub(self.wish.min_below?))
    }

    pub fn preferred(&self) -> Option<u32> {
        Some(self.version.saturating_sub(self.wish.prefer_below?))
    }

    pub fn is_for(&self, user: &str) -> bool {
        bucket(&app(), user, ReleaseId(self.id)) < self.percent
    }
}

/// One signed state of the registry.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Manifest {
    pub seq: u64,
    /// The newest first.
    pub releases: Vec<Rel>,
}

impl Manifest {
    pub fn meant_for(&self, user: &str) -> Option<&Rel> {
        self.releases
            .iter()
            .filter(|rel| rel.is_for(user))
            .max_by_key(|rel| rel.id)
    }

    pub fn find(&self, id: u64) -> Option<&Rel> {
        self.releases.iter().find(|rel| rel.id == id)
    }
}

/// What an operator decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Publish { kind: Kind, wish: Wish, percent: u8 },
    Rollout(u8),
    Revoke,
    Rollback,
    Change(Wish),
}

/// The registry: what it serves, what it served before, and how many versions there ever were.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    pub now: Manifest,
    pub before: Manifest,
    pub versions: u32,
}

/// How many releases a manifest lists.
const LISTED: usize = 6;

impl Registry {
    fn newest(&self) -> Option<&Rel> {
        self.now.releases.first()
    }

    fn is_gray(&self) -> bool {
        self.newest().is_some_and(|rel| rel.percent < 100)
    }

    /// The release that a rollback goes to.
    fn earlier(&self) -> Option<&Rel> {
        let online = self.newest()?.version;
        self.now.releases.iter().find(|rel| rel.version < online)
    }

    /// Whether the platforms' rules let the operator decide this now.
    pub fn allows(&self, decision: &Decision) -> bool {
        match decision {
            Decision::Publish { percent, .. } => !self.is_gray() && (*percent == 100 || self.newest().is_some()),
            Decision::Rollout(percent) => self.is_gray() && self.newest().is_some_and(|rel| rel.percent < *percent),
            Decision::Revoke => self.is_gray(),
            Decision::Rollback => !self.is_gray() && self.earlier().is_some(),
            Decision::Change(_) => self.newest().is_some(),
        }
    }

    pub fn decide(&mut self, decision: &Decision) {
        self.before = self.now.clone();
        self.now.seq += 1;
        let id = self.now.seq;
        match *decision {
            Decision::Publish { kind, wish, percent } => {
                self.versions += 1;
                let version = self.versions;
                self.now.releases.insert(
                    0,
                    Rel {
                        id,
                        version,
                        kind,
                        wish,
                        percent,
                    },
                );
            }
            Decision::Rollout(percent) => self.now.releases[0].percent = percent,
            Decision::Revoke => {
                self.now.releases.remove(0);
                let again = self.now.releases[0].clone();
                self.now.releases.insert(0, Rel { id, ..again });
            }
            Decision::Rollback => {
                let to = self.earlier().cloned();
                self.now
                    .releases
                    .retain(|rel| to.as_ref().is_some_and(|to| rel.id <= to.id));
                self.now.releases.splice(0..0, to.map(|to| Rel { id, ..to }));
            }
            Decision::Change(wish) => self.now.releases[0].wish = wish,
        }
        self.now.releases.truncate(LISTED);
    }
}
