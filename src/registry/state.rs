//! What the log of an app says, folded.

use super::event::Event;
use super::log::LogEntry;
use crate::package::AppId;
use crate::release::{Release, ReleaseId, ReleaseManifest, Rollout, Settings, UpdateMode, UserMark, VersionLabel};
use std::collections::BTreeSet;

/// Releases that a manifest lists: the newest, and those before it that a device may have staged.
const LISTED: usize = 6;
/// Versions that a rollback can go to (WeChat: any of the last 5).
const EARLIER: usize = 5;
/// How long a release can be gray (WeChat: 15 days, then it is full).
pub const GRAY_MS: u64 = 15 * 24 * 3_600_000;

/// The state of an app in the registry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AppState {
    /// The number of the last entry; 0 for an app without any.
    pub seq: u64,
    /// When that entry was written, milliseconds since 1970.
    pub changed_at: u64,
    /// All releases, in the order in which they were made.
    pub releases: Vec<Release>,
    /// Those that were for everyone, in that order; the last one is online.
    pub online: Vec<ReleaseId>,
    /// The gray release, while there is one.
    pub gray: Option<Gray>,
    /// Releases that nobody gets any more: revoked while gray, or rolled back from.
    pub withdrawn: BTreeSet<ReleaseId>,
    /// Whether what is online came by a rollback.
    pub is_rolled_back: bool,
    /// The mode of releases to come.
    pub mode: UpdateMode,
    /// The thresholds of releases to come.
    pub settings: Settings,
    /// Users who get gray releases first.
    pub whitelist: BTreeSet<String>,
    /// The signed root documents after the first one, in order.
    pub roots: Vec<String>,
}

/// A gray release under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gray {
    /// Which.
    pub release: ReleaseId,
    /// When it was published, milliseconds since 1970.
    pub since: u64,
}

/// Whom a release is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// For everyone.
    Online,
    /// For a share of the users, which is 0 at first where only the whitelist gets it.
    Gray,
    /// A later release has taken its place.
    Earlier,
    /// Revoked, or rolled back from.
    Withdrawn,
}

impl AppState {
    /// Folds entries in order.
    pub fn of(log: &[LogEntry]) -> Self {
        log.iter().fold(Self::default(), Self::apply)
    }

    fn apply(mut self, entry: &LogEntry) -> Self {
        self.seq = entry.seq;
        self.changed_at = entry.at;
        match &entry.event {
            Event::Publish { release } => self.published(release, entry.at),
            Event::Rollout { release, percent, .. } => self.rolled_out(*release, *percent),
            Event::Revoke { revoked, release } => self.revoked(*revoked, release),
            Event::Rollback { to, release } => self.rolled_back(*to, release),
            Event::Settings { release, settings } => match release {
                Some(id) => self.change(*id, |release| release.settings.clone_from(settings)),
                None => self.settings.clone_from(settings),
            },
            Event::Mode { release, mode } => match release {
                Some(id) => self.change(*id, |release| release.mode = *mode),
                None => self.mode = *mode,
            },
            Event::WhitelistAdd { users } => self.whitelist.extend(users.iter().cloned()),
            Event::WhitelistRemove { users } => self.whitelist.retain(|user| !users.contains(user)),
            Event::Rotate { root, .. } => self.roots.push(root.clone()),
        }
        self
    }

    fn published(&mut self, release: &Release, at: u64) {
        self.releases.push(release.clone());
        if release.rollout.is_full() {
            self.full(release.id);
        } else {
            self.gray = Some(Gray {
                release: release.id,
                since: at,
            });
        }
    }

    fn rolled_out(&mut self, id: ReleaseId, percent: u8) {
        self.change(id, |release| release.rollout = Rollout { percent });
        if percent >= 100 {
            self.full(id);
        }
    }

    fn full(&mut self, id: ReleaseId) {
        self.gray = None;
        self.online.push(id);
        self.is_rolled_back = false;
    }

    /// What is online stays online under another number, so it is not an online version more.
    fn revoked(&mut self, revoked: ReleaseId, release: &Release) {
        self.gray = None;
        self.withdrawn.insert(revoked);
        self.releases.push(release.clone());
        self.online.pop();
        self.online.push(release.id);
    }

    fn rolled_back(&mut self, to: ReleaseId, release: &Release) {
        let later = self.releases.iter().map(|release| release.id).filter(|id| *id > to);
        self.withdrawn.extend(later);
        self.releases.push(release.clone());
        self.full(release.id);
        self.is_rolled_back = true;
    }

    fn change(&mut self, id: ReleaseId, change: impl FnOnce(&mut Release)) {
        if let Some(release) = self.releases.iter_mut().find(|release| release.id == id) {
            change(release);
        }
    }

    /// The release with this number.
    pub fn find(&self, id: ReleaseId) -> Option<&Release> {
        self.releases.iter().find(|release| release.id == id)
    }

    /// The release that is for everyone.
    pub fn online(&self) -> Option<&Release> {
        self.find(*self.online.last()?)
    }

    /// The gray release.
    pub fn gray(&self) -> Option<&Release> {
        self.find(self.gray?.release)
    }

    /// The newest release that somebody gets.
    pub fn newest(&self) -> Option<&Release> {
        self.gray().or_else(|| self.online())
    }

    /// The greatest label that was ever used. A label means one thing for ever, also when it was withdrawn.
    pub fn greatest_version(&self) -> Option<&VersionLabel> {
        self.releases.iter().map(|release| &release.version).max()
    }

    /// What a rollback can go to, the latest first: earlier online releases with a label of their own.
    pub fn earlier(&self) -> Vec<&Release> {
        let mut seen: Vec<&VersionLabel> = self.online().map(|release| &release.version).into_iter().collect();
        let mut earlier = Vec::new();
        for release in self.online.iter().rev().filter_map(|id| self.find(*id)) {
            if !seen.contains(&&release.version) && earlier.len() < EARLIER {
                seen.push(&release.version);
                earlier.push(release);
            }
        }
        earlier
    }

    /// The gray release whose time is over.
    pub fn overdue(&self, now_ms: u64) -> Option<Gray> {
        self.gray.filter(|gray| now_ms.saturating_sub(gray.since) >= GRAY_MS)
    }

    /// Whom a release is for.
    pub fn status(&self, id: ReleaseId) -> Status {
        if self.withdrawn.contains(&id) {
            return Status::Withdrawn;
        }
        match self.newest() {
            Some(newest) if newest.id == id && self.gray.is_some() => Status::Gray,
            _ if self.online.last() == Some(&id) => Status::Online,
            _ => Status::Earlier,
        }
    }

    /// What devices are told, valid for `valid_ms` milliseconds from now on.
    pub fn manifest(&self, app: &AppId, now_ms: u64, valid_ms: u64, root_version: u64) -> ReleaseManifest {
        let allowed = self.releases.iter().rev().filter(|r| !self.withdrawn.contains(&r.id));
        ReleaseManifest {
            app_id: app.clone(),
            seq: self.seq,
            issued_at: now_ms,
            expires_at: now_ms.saturating_add(valid_ms),
            root_version,
            whitelist: self.whitelist.iter().map(|user| UserMark::of(app, user)).collect(),
            releases: allowed.take(LISTED).cloned().collect(),
        }
    }
}
