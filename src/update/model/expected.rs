//! The model: what a device should know and run, in a few lines and without a disk.
//!
//! A step is a row of commits. A process that dies in it leaves the state after any of them, so a step gives every state
//! on its way, and the last one.

mod seats;

pub use seats::Seat;

use super::history::{Net, Step, Which};
use super::operator::{Kind, Manifest, Mode, Rel};
use crate::update::thresholds::LIMITS;
use std::collections::{BTreeMap, BTreeSet};

const LONG_UNUSED_MS: i64 = 10 * 24 * 3_600_000;

/// What the device records, what is on its disk, and what runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    pub active: Option<Rel>,
    pub pending: Option<Rel>,
    pub previous: Option<Rel>,
    pub attempts: Option<u32>,
    pub bad: BTreeSet<u64>,
    pub floor: u64,
    pub found: Option<u64>,
    pub known: Option<Manifest>,
    pub last_used: Option<i64>,
    /// Packages with a spoiled file.
    pub spoiled: BTreeSet<u32>,
    /// Packages of which something may be left from a download.
    pub leftover: BTreeSet<u32>,
    pub session: Option<Session>,
    /// Whose releases these are, and those of the others.
    pub user: Option<String>,
    pub others: BTreeMap<String, Seat>,
}

/// The running app.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Session {
    pub running: Rel,
    pub is_ready: bool,
    pub work: Work,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    Nothing,
    Check,
    Fetch,
}

/// What is outside of the device.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub user: &'a str,
    pub now: i64,
    pub net: Net,
    /// What the registry serves now, and what it served before.
    pub served: (&'a Manifest, &'a Manifest),
    /// Whether what is left of a download is enough to do without the network.
    pub luck: bool,
}

/// What can be seen of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The release that runs after a start, a restart or applyUpdate, and whether it is on trial; none: nothing can.
    pub ran: Option<Option<(u64, bool)>>,
    /// What the app and the log are told.
    pub told: Vec<String>,
}

/// A step under way.
pub struct Way<'a> {
    around: Around<'a>,
    pub state: Expected,
    pub commits: Vec<Expected>,
    pub seen: Seen,
}

impl<'a> Way<'a> {
    /// Does a step.
    pub fn of(state: Expected, step: &Step, around: Around<'a>) -> Self {
        let commits = vec![state.clone()];
        let mut way = Self {
            around,
            state,
            commits,
            seen: Seen::default(),
        };
        way.take(step);
        way
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Start => {
                self.state.session = None;
                let ran = self.start();
                self.begun(ran);
            }
            Step::Ready => self.ready(),
            Step::Background => self.background(),
            Step::Apply => self.apply(),
            Step::Restart if self.state.session.is_some() => {
                self.promote_staged();
                self.settle();
                let ran = self.begin(Work::Check);
                self.begun(ran);
            }
            Step::Exit => self.exit(),
            Step::Kill => self.state.session = None,
            Step::PeriodicCheck => self.periodic_check(),
            Step::Corrupt(which) => {
                let release = match which {
                    Which::Active => &self.state.active,
                    Which::Pending => &self.state.pending,
                    Which::Previous => &self.state.previous,
                };
                let version = release.as_ref().map(|rel| rel.version);
                self.state.spoiled.extend(version);
            }
            Step::ClearCache if self.state.session.is_none() => self.state = Expected::default(),
            _ => {}
        }
    }

    /// One durable change.
    fn commit(&mut self, change: impl FnOnce(&mut Expected)) {
        change(&mut self.state);
        // What nobody has used is whoever's comes first.
        let user = self.around.user;
        self.state.user.get_or_insert_with(|| user.to_owned());
        self.commits.push(self.state.clone());
    }

    fn tell(&mut self, what: &str) {
        self.seen.told.push(what.to_owned());
    }

    // What is known.

    fn newer(&self) -> Option<Rel> {
        let offered = self.state.known.as_ref()?.meant_for(self.around.user)?;
        let later = match &self.state.active {
            Some(active) => offered.id > active.id && offered.version != active.version,
            None => true,
        };
        (later && !self.state.bad.contains(&offered.id)).then(|| offered.clone())
    }

    /// The release whose mode and thresholds hold.
    fn speaker(&self) -> Option<&Rel> {
        let known = self.state.known.as_ref();
        known
            .and_then(|known| known.meant_for(self.around.user))
            .or(self.state.active.as_ref())
    }

    fn is_below(&self, minimum: Option<u32>) -> bool {
        let active = self.state.active.as_ref();
        minimum
            .zip(active)
            .is_some_and(|(minimum, active)| active.version < minimum)
    }

    fn names(&self, version: u32) -> bool {
        let own = [&self.state.active, &self.state.pending, &self.state.previous];
        let others = self.state.others.values();
        let others = others.flat_map(|seat| [&seat.active, &seat.pending, &seat.previous]);
        let named = own.into_iter().chain(others).flatten();
        named.into_iter().any(|named| named.version == version)
    }

    /// As far as is known, the release is still offered to the user.
    fn is_meant(&self, rel: &Rel) -> bool {
        let (known, user) = (self.state.known.as_ref(), self.around.user);
        let listed = known.is_none_or(|known| known.find(rel.id).is_some_and(|rel| rel.is_for(user)));
        listed && !self.state.bad.contains(&rel.id)
    }

    fn is_too_old_for(&self, newer: &Rel) -> bool {
        self.is_below(newer.minimum())
    }

    fn is_whole(&self, rel: &Rel) -> bool {
        !self.state.spoiled.contains(&rel.version)
    }

    fn tell_check(&mut self) {
        let found = self.newer();
        let forced = found.as_ref().is_some_and(|rel| self.is_below(rel.minimum()));
        let forced = if forced { " forced" } else { "" };
        self.tell(&format!("check {}{forced}", found.is_some()));
    }

    // Starts.

    fn start(&mut self) -> Option<(u64, bool)> {
        self.take_seat();
        self.promote_staged();
        self.settle();
        if !self.blocks() {
            return self.begin(Work::Check);
        }
        let checked = self.check();
        if self.state.active.is_none() {
            return if checked { self.install_first() } else { None };
        }
        if !checked {
            return if self.newer().is_some_and(|newer| self.is_too_old_for(&newer)) {
                None
            } else {
                self.begin(Work::Check)
            };
        }
        let Some(newer) = self.newer() else {
            self.tell("check false");
            return self.begin(Work::Nothing);
        };
        let installed = self.state.active.as_ref().map(|rel| rel.version);
        let is_preferred = newer.preferred().is_some_and(|prefer| installed >= Some(prefer));
        if is_preferred && !self.is_too_old_for(&newer) {
            self.tell_check();
            return self.begin(Work::Fetch);
        }
        self.install_first()
    }

    fn blocks(&self) -> bool {
        if self.state.active.is_none() {
            return true;
        }
        let found = self.state.found;
        let found = found.is_some_and(|found| self.newer().is_some_and(|rel| rel.id >= found));
        let unused = self.state.last_used.map(|used| self.around.now - used);
        match self.speaker().map_or(Mode::Default, |rel| rel.wish.mode) {
            Mode::Async => false,
            Mode::Sync => true,
            Mode::Default => found || unused.is_some_and(|unused| unused > LONG_UNUSED_MS),
        }
    }

    fn install_first(&mut self) -> Option<(u64, bool)> {
        let newer = self.newer()?;
        if self.get(&newer) {
            self.promote_staged();
            self.settle();
            self.tell("check false");
            return self.begin(Work::Nothing);
        }
        if self.state.active.is_none() || self.is_below(newer.minimum()) {
            return None;
        }
        self.tell_check();
        self.begin(Work::Fetch)
    }

    fn promote_staged(&mut self) {
        let Some(pending) = self.state.pending.clone() else {
            return;
        };
        if self.is_meant(&pending) && self.is_whole(&pending) {
            self.commit(Expected::promote);
        } else {
            self.commit(|state| state.pending = None);
        }
    }

    fn settle(&mut self) {
        if self.state.attempts >= Some(LIMITS.unfinished_starts) && self.state.previous.is_some() {
            self.commit(Expected::fail);
        }
        while let Some(active) = self.state.active.clone()
            && !self.is_whole(&active)
        {
            self.commit(|state| {
                state.active = state.previous.take();
                state.attempts = None;
            });
        }
    }

    fn begin(&mut self, work: Work) -> Option<(u64, bool)> {
        let running = self.state.active.clone()?;
        let now = self.around.now;
        self.commit(|state| {
            state.last_used = Some(now);
            state.attempts = state.attempts.map(|attempts| attempts + 1);
        });
        let id = running.id;
        self.state.session = Some(Session {
            running,
            is_ready: false,
            work,
        });
        Some((id, self.state.attempts.is_some()))
    }

    /// A release that throws gives way to the last good one, in the same run.
    fn begun(&mut self, mut ran: Option<(u64, bool)>) {
        let throws = |session: &Session| session.running.kind == Kind::Throws;
        if ran.is_none() {
            self.state.session = None;
        } else if self.state.session.as_ref().is_some_and(throws) {
            self.state.session = None;
            if self.state.previous.is_some() && self.state.attempts.is_some() {
                self.commit(Expected::fail);
                self.settle();
                ran = self.begin(Work::Check);
            } else {
                ran = None;
            }
        }
        self.seen.ran = Some(ran);
    }

    // The registry.

    fn check(&mut self) -> bool {
        let served = match self.around.net {
            Net::Down => return false,
            Net::Replayed => self.around.served.1,
            _ => self.around.served.0,
        };
        if served.seq == 0 || served.seq < self.state.floor {
            return false;
        }
        let served = served.clone();
        self.commit(|state| {
            state.floor = served.seq;
            state.known = Some(served);
        });
        true
    }

    fn get(&mut self, rel: &Rel) -> bool {
        if self.state.pending.as_ref() == Some(rel) {
            return true;
        }
        let state = &self.state;
        let at_hand = self.names(rel.version) && self.is_whole(rel);
        let served = matches!(self.around.net, Net::Up | Net::Replayed);
        let left = self.around.luck && state.leftover.contains(&rel.version);
        if !(at_hand || served || left) {
            return false;
        }
        self.state.leftover.insert(rel.version);
        self.commits.push(self.state.clone());
        if rel.kind == Kind::NoApp {
            self.commit(|state| {
                state.bad.insert(rel.id);
            });
            return false;
        }
        // Its files are written before the record names them.
        self.commit(|state| {
            state.spoiled.remove(&rel.version);
        });
        self.commit(|state| {
            if state.found == Some(rel.id) {
                state.found = None;
            }
            if state.active.is_some() {
                state.pending = Some(rel.clone());
            } else {
                state.active = Some(rel.clone());
                state.attempts = Some(0);
            }
        });
        true
    }

    fn periodic_check(&mut self) {
        if self.state.session.is_some() {
            return;
        }
        self.take_seat();
        if self.check() {
            self.forget_withdrawn();
            let found = self.newer().map(|rel| rel.id);
            self.commit(|state| state.found = found);
        }
    }

    /// What is staged and no longer offered.
    fn forget_withdrawn(&mut self) {
        if self
            .state
            .pending
            .as_ref()
            .is_some_and(|pending| !self.is_meant(pending))
        {
            self.commit(|state| state.pending = None);
        }
    }

    // The running app.

    fn background(&mut self) {
        let Some(session) = &mut self.state.session else {
            return;
        };
        match std::mem::replace(&mut session.work, Work::Nothing) {
            Work::Nothing => return,
            Work::Check if self.check() => {
                self.forget_withdrawn();
                self.tell_check();
            }
            Work::Check => {
                self.tell("check failed");
                self.tell("check false");
                return;
            }
            Work::Fetch => {}
        }
        if let Some(newer) = self.newer() {
            let got = self.get(&newer);
            self.tell(if got { "ready" } else { "failed" });
        }
    }

    fn apply(&mut self) {
        let (Some(_), Some(pending)) = (&self.state.session, self.state.pending.clone()) else {
            return;
        };
        if !self.is_meant(&pending) || !self.is_whole(&pending) {
            return self.commit(|state| state.pending = None);
        }
        self.commit(|state| {
            state.promote();
            state.attempts = Some(1);
        });
        self.state.session = Some(Session {
            running: pending.clone(),
            is_ready: false,
            work: Work::Check,
        });
        self.begun(Some((pending.id, true)));
    }

    fn ready(&mut self) {
        let Some(session) = &mut self.state.session else {
            return;
        };
        session.is_ready = true;
        let running = session.running.id;
        self.commit(|state| {
            if state.active.as_ref().is_some_and(|active| active.id == running) {
                state.attempts = None;
                state.previous = None;
            }
        });
    }

    fn exit(&mut self) {
        let Some(session) = self.state.session.take() else {
            return;
        };
        if !session.is_ready {
            self.commit(|state| {
                if state
                    .active
                    .as_ref()
                    .is_some_and(|active| active.id == session.running.id)
                {
                    state.attempts = state.attempts.map(|attempts| attempts.saturating_sub(1));
                }
            });
        }
    }
}

impl Expected {
    fn promote(&mut self) {
        let old = std::mem::replace(&mut self.active, self.pending.take());
        if self.attempts.is_none() {
            self.previous = old;
        }
        self.attempts = Some(0);
    }

    fn fail(&mut self) {
        let bad = std::mem::replace(&mut self.active, self.previous.take());
        self.attempts = None;
        if let Some(bad) = bad {
            self.bad.insert(bad.id);
            self.pending.take_if(|pending| pending.id == bad.id);
        }
    }
}
