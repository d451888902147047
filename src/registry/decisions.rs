//! What an operator decides about releases that are there.

use super::error::WriteError;
use super::event::Event;
use super::log::LogEntry;
use super::objects::store_again;
use super::operator::Operator;
use super::refusal::Refusal;
use super::rules;
use super::settings::{SettingsChange, check_settings};
use super::state::{AppState, Status};
use crate::release::{Release, ReleaseId, Rollout, UpdateMode, VersionLabel};

/// Users on the whitelist: their marks are in every manifest.
const MAX_WHITELIST: usize = 1000;

impl Operator<'_> {
    /// Gives the gray release to this share of the users; 100 makes it full.
    pub async fn rollout(&self, percent: u8) -> Result<LogEntry, WriteError> {
        let (state, _) = self.open().await?;
        let release = rules::may_roll_out(&state, &self.app, percent)?.id;
        let event = Event::Rollout {
            release,
            percent,
            automatic: false,
        };
        self.write(&state, event).await
    }

    /// Withdraws the gray release: its users go back to the release before.
    pub async fn revoke(&self) -> Result<LogEntry, WriteError> {
        let (state, _) = self.open().await?;
        let (gray, before) = rules::may_revoke(&state, &self.app)?;
        let event = Event::Revoke {
            revoked: gray.id,
            release: Box::new(self.anew(&state, before).await?),
        };
        self.write(&state, event).await
    }

    /// Sends everyone back to the online version before, or to an earlier one.
    pub async fn rollback(&self, to: Option<&VersionLabel>) -> Result<LogEntry, WriteError> {
        let (state, _) = self.open().await?;
        let earlier = rules::may_roll_back(&state, &self.app, to)?;
        let event = Event::Rollback {
            to: earlier.id,
            release: Box::new(self.anew(&state, earlier).await?),
        };
        self.write(&state, event).await
    }

    /// An older release as a new decision: its number is higher than all before, so that devices take it although its
    /// label is not.
    async fn anew(&self, state: &AppState, older: &Release) -> Result<Release, WriteError> {
        Ok(Release {
            id: ReleaseId(state.seq + 1),
            released_at: self.now_ms,
            rollout: Rollout::FULL,
            parts: store_again(self.store, &self.app, state, older).await?,
            ..older.clone()
        })
    }

    /// Changes the thresholds of releases to come, or those of one release at once. Releases keep what they were
    /// published with otherwise.
    pub async fn settings(&self, change: &SettingsChange, release: Option<ReleaseId>) -> Result<LogEntry, WriteError> {
        let (state, _) = self.open().await?;
        let of = self.known(&state, release)?;
        let settings = change.of(of.map_or(&state.settings, |release| &release.settings));
        if let Some(current) = of.or_else(|| state.newest()) {
            check_settings(&settings, &current.version)?;
        }
        self.write(&state, Event::Settings { release, settings }).await
    }

    /// Changes the update mode of releases to come, or that of one release at once.
    pub async fn mode(&self, mode: UpdateMode, release: Option<ReleaseId>) -> Result<LogEntry, WriteError> {
        let (state, _) = self.open().await?;
        self.known(&state, release)?;
        self.write(&state, Event::Mode { release, mode }).await
    }

    fn known<'s>(&self, state: &'s AppState, release: Option<ReleaseId>) -> Result<Option<&'s Release>, Refusal> {
        let Some(id) = release else { return Ok(None) };
        let known = state.find(id).filter(|_| state.status(id) != Status::Withdrawn);
        known.map(Some).ok_or_else(|| Refusal::NoSuchRelease {
            app: self.app.clone(),
            release: id,
        })
    }

    /// Puts users on the whitelist.
    pub async fn whitelist_add(&self, users: &[String]) -> Result<LogEntry, WriteError> {
        let (state, _) = self.open().await?;
        if let Some(user) = users.iter().find(|user| state.whitelist.contains(*user)) {
            return Err(Refusal::Whitelisted(user.clone()).into());
        }
        if state.whitelist.len() + users.len() > MAX_WHITELIST {
            return Err(Refusal::WhitelistFull(MAX_WHITELIST).into());
        }
        let users = users.to_vec();
        self.write(&state, Event::WhitelistAdd { users }).await
    }

    /// Takes users off the whitelist. A gray release that they have got stays with them.
    pub async fn whitelist_remove(&self, users: &[String]) -> Result<LogEntry, WriteError> {
        let (state, _) = self.open().await?;
        if let Some(user) = users.iter().find(|user| !state.whitelist.contains(*user)) {
            return Err(Refusal::NotWhitelisted(user.clone()).into());
        }
        let users = users.to_vec();
        self.write(&state, Event::WhitelistRemove { users }).await
    }
}
