//! Starts: what is staged is promoted, what is damaged or never got ready is
//! given up, and the policy says whether the registry is asked before or beside the app.

use super::apply::{ApplyError, promote};
use super::boot;
use super::check::check;
use super::client::Client;
use super::device::DeviceError;
use super::event::{Progress, UpdateEvent};
use super::explain::Step;
use super::load::{LoadError, load};
use super::policy::{
    Act, Background, Edition, Found, Got, Launch, Reason, Situation, after_check, after_install, at_launch, is_forced,
    newer, runs_on,
};
use super::recover::recover;
use super::updater::{Updater, check_event};
use crate::release::{
    Release, ReleaseId, ReleaseManifest, SignedManifest, SignedRelease, VerifiedPackage, VersionLabel,
};
use crate::system::before;

/// An app that is about to run.
#[derive(Debug, Clone)]
pub struct Start {
    /// Its code, verified.
    pub package: VerifiedPackage,
    /// The release.
    pub release: ReleaseId,
    /// Its label.
    pub version: VersionLabel,
    /// Why this one.
    pub reason: Reason,
    /// Whether it still has to prove itself: see [`Updater::confirm`].
    pub on_trial: bool,
    /// A release that was given up for this one.
    pub instead_of: Option<ReleaseId>,
    /// What [`Updater::background`] is to be called with once the app runs.
    pub background: Background,
    /// What the app is told at once.
    pub events: Vec<UpdateEvent>,
}

/// Why nothing can be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Nothing is installed, and the registry gave nothing: try again when it can be reached.
    #[error("{app} is not installed, and {cause}")]
    NotInstalled {
        /// The app.
        app: String,
        /// Why nothing could be got, with the address.
        cause: String,
    },
    /// What is installed is too old to run, and nothing newer could be got: try again.
    #[error("{app} {version} is below the minimum version, and {cause}")]
    BelowMinimum {
        /// The app.
        app: String,
        /// What is installed.
        version: String,
        /// Why nothing could be got.
        cause: String,
    },
    /// The release on trial failed, and the last good one is damaged, too: fetch either again.
    #[error("{app}: release {failed} failed to start, and the last good one is damaged: nothing can run")]
    NoneLeft {
        /// The app.
        app: String,
        /// The release that failed.
        failed: ReleaseId,
    },
    /// What is installed cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The device failed.
    #[error(transparent)]
    Device(#[from] DeviceError),
}

impl StartError {
    /// Whether the app is tried again by itself until it opens (row 9 of the
    /// policy); otherwise somebody has to ask for it again.
    pub fn keeps_trying(&self) -> bool {
        matches!(self, Self::BelowMinimum { .. })
    }
}

impl Updater {
    /// Starts the app after it was not running: promotes what is staged,
    /// checks and installs first where the policy says so.
    ///
    /// # Errors
    /// When nothing can run: see [`StartError`].
    pub async fn cold_start(&self, progress: Progress<'_>) -> Result<Start, StartError> {
        self.cold_start_at("", progress).await
    }

    /// As [`Updater::cold_start`], at a page: an installation gets the subpackage that it is in.
    ///
    /// # Errors
    /// When nothing can run: see [`StartError`].
    pub async fn cold_start_at(&self, page: &str, progress: Progress<'_>) -> Result<Start, StartError> {
        let _alone = self.in_flight.lock().await;
        recover(&self.client)?;
        self.take_seat()?;
        self.promote_staged()?;
        self.complete_active(page, progress).await?;
        let (package, given_up) = self.settle()?;
        let mut start = self.carry_out(package, page, progress).await?;
        start.instead_of = start.instead_of.or(given_up);
        Ok(start)
    }

    /// Starts a new instance right after the old one (`restartMiniProgram`): on
    /// the staged release where there is one. Never blocks.
    ///
    /// # Errors
    /// When nothing can run.
    pub fn restart(&self) -> Result<Start, StartError> {
        self.promote_staged()?;
        let (package, given_up) = self.settle()?;
        let background = self.launch_background(Launch::Restart)?;
        let mut start = self.begin(package, Reason::Restarted, background, told(background))?;
        start.instead_of = given_up;
        Ok(start)
    }

    /// The record becomes that of the user who starts the app. A change of
    /// users is rare, so it is a transaction of its own.
    pub(super) fn take_seat(&self) -> Result<(), DeviceError> {
        let Client { device, app, user, .. } = &self.client;
        let state = device.state(app)?;
        if state.user.as_ref().is_none_or(|last| last == user) {
            return Ok(());
        }
        let manifest = self.client.known(&state).manifest;
        let manifest = manifest.as_ref().map(SignedManifest::manifest);
        let recipient = self.client.recipient();
        device.change(app, |state| {
            let bad = state.bad.clone();
            state.seat(user, |release| {
                let meant = manifest.is_none_or(|manifest| manifest.is_listed_for(release.id, user));
                meant && runs_on(release, recipient) && !bad.contains(&release.id)
            });
        })
    }

    /// What the policy makes of a cold start, carried out.
    async fn carry_out(
        &self,
        package: Option<VerifiedPackage>,
        page: &str,
        progress: Progress<'_>,
    ) -> Result<Start, StartError> {
        let settings = self.judge(Launch::Cold, |situation| situation.settings())?;
        let first = self.decide((Step::Launch, Launch::Cold), at_launch)?;
        if let Act::RunLocal(background) = first.act {
            return self.begin(package, first.reason, background, told(background));
        }
        let waits = self.client.waits();
        #[expect(clippy::cast_precision_loss, reason = "budgets are far below 2^52 milliseconds")]
        let deadline = waits.now_ms() + settings.sync_budget_ms as f64;
        let checked = before(waits.as_ref(), deadline, check(&self.client)).await;
        let checked = checked.map_or_else(
            || Err("the check took too long".to_owned()),
            |c| c.map_err(|e| e.to_string()),
        );
        let second = self.decide((Step::Check, Launch::Cold), |situation| {
            let found = match &checked {
                Ok(_) => situation.newer().map_or(Found::Nothing, Found::Newer),
                Err(_) => Found::Failed,
            };
            after_check(situation, found)
        })?;
        let cause = checked.as_ref().err().cloned();
        match second.act {
            Act::RunLocal(background @ Background::Fetch) => {
                self.begin(package, Reason::PreferLocal, background, self.told_of_newer()?)
            }
            Act::RunLocal(background) => self.begin(package, second.reason, background, told(background)),
            Act::InstallFirst => {
                self.install_first(package, (first.reason, page), deadline, progress)
                    .await
            }
            _ => Err(self.refusal(cause.unwrap_or_else(|| self.nothing_offered()))),
        }
    }

    /// Gets the newer release before the start, within the time that a start may take.
    async fn install_first(
        &self,
        local: Option<VerifiedPackage>,
        (reason, page): (Reason, &str),
        deadline: f64,
        progress: Progress<'_>,
    ) -> Result<Start, StartError> {
        let state = self.client.state()?;
        let Some(manifest) = self.client.known(&state).manifest else {
            return Err(self.refusal(self.nothing_offered()));
        };
        let release = newer(&state, manifest.manifest(), self.client.recipient());
        let Some(release) = release.and_then(|release| manifest.find(release.id)) else {
            return Err(self.refusal(self.nothing_offered()));
        };
        // A first install has nothing to fall back to, so it takes the time that it takes.
        let is_first = state.active.is_none();
        let deadline = if is_first { f64::INFINITY } else { deadline };
        let waits = self.client.waits();
        let (got, cause) = match before(waits.as_ref(), deadline, self.get(&release, page, progress)).await {
            Some(Ok(())) => (Got::Staged, String::new()),
            Some(Err(error)) => (Got::Failed, error.to_string()),
            None => (Got::TimedOut, "the download took too long".to_owned()),
        };
        // As it was before the download, which may have changed what is installed.
        let situation = Situation {
            state: &state,
            manifest: Some(manifest.manifest()),
            recipient: self.client.recipient(),
            now_ms: self.client.now_ms(),
            launch: Launch::Cold,
            edition: Edition::Release,
        };
        let third = after_install(&situation, release.release(), got);
        self.explain(Step::Install, &situation, third);
        match third.act {
            Act::RunNew => {
                self.promote_staged()?;
                let (package, _) = self.settle()?;
                self.begin(package, reason, Background::NoUpdate, told(Background::NoUpdate))
            }
            Act::RunLocal(background) => self.begin(local, third.reason, background, self.told_of_newer()?),
            _ => Err(self.refusal(cause)),
        }
    }

    /// The active release is about to run; the attempt is counted.
    pub(super) fn begin(
        &self,
        package: Option<VerifiedPackage>,
        reason: Reason,
        background: Background,
        events: Vec<UpdateEvent>,
    ) -> Result<Start, StartError> {
        let package = package.ok_or_else(|| self.refusal("nothing is installed".to_owned()))?;
        let now = self.client.now_ms();
        let counted = self.client.change(|state| {
            state.last_used_ms = Some(now);
            state.user = Some(self.client.user.clone());
            boot::started(state)
        });
        let on_trial = match counted {
            Ok(on_trial) => on_trial,
            // A disk that takes nothing more is no reason not to run what is there.
            Err(error) => {
                tracing::warn!(%error, "the start could not be recorded");
                self.client.state()?.trial.is_some()
            }
        };
        self.set_running(package.release());
        Ok(Start {
            release: package.release().id(),
            version: package.version().clone(),
            package,
            reason,
            on_trial,
            instead_of: None,
            background,
            events,
        })
    }

    /// The active release, read back whole. One that never got ready or is
    /// damaged on the disk is given up for the last good one before.
    pub(super) fn settle(&self) -> Result<(Option<VerifiedPackage>, Option<ReleaseId>), StartError> {
        let mut state = self.client.state()?;
        let mut given_up = boot::settle(&mut state);
        if given_up.is_some() {
            self.client.change(boot::settle)?;
        }
        loop {
            let Some(active) = self.client.state()?.active else {
                return Ok((None, given_up));
            };
            let id = active.id;
            match load(&self.client.device, &self.recorded(active)) {
                Ok(package) => return Ok((Some(package), given_up)),
                Err(LoadError::Disk(error)) => return Err(LoadError::Disk(error).into()),
                Err(error) => {
                    tracing::warn!(%error, release = %id, "the installed release is not whole");
                    self.client.change(boot::lost)?;
                    given_up = given_up.or(Some(id));
                }
            }
        }
    }

    /// Step 0 of a start: what is staged and still allowed becomes active.
    fn promote_staged(&self) -> Result<(), StartError> {
        match self.drop_withdrawn() {
            Ok(()) => {}
            Err(ApplyError::NotReady) => return Ok(()),
            Err(ApplyError::Withdrawn { version }) => {
                tracing::info!(%version, "the staged release was withdrawn");
                return Ok(());
            }
            // It stays staged; what is installed runs.
            Err(error) => {
                tracing::warn!(%error, "the staged release could not be looked at");
                return Ok(());
            }
        }
        // With less than the installed release has, the app could do less offline: it is completed beside the app first.
        let pending = self.client.state()?.pending;
        if !pending.map_or(Ok(true), |pending| self.is_complete(&pending, ""))? {
            return Ok(());
        }
        // Reads it back whole before it is named.
        match promote(&self.client) {
            Ok(_) => Ok(()),
            // It stays staged or is fetched again; what is installed runs.
            Err(error) => {
                tracing::warn!(%error, "the staged release could not be promoted");
                Ok(())
            }
        }
    }

    /// What the app is told when it starts although a newer release is known.
    fn told_of_newer(&self) -> Result<Vec<UpdateEvent>, DeviceError> {
        let state = self.client.state()?;
        let manifest = self.client.known(&state).manifest;
        let manifest: Option<&ReleaseManifest> = manifest.as_ref().map(SignedManifest::manifest);
        let found = manifest.and_then(|manifest| newer(&state, manifest, self.client.recipient()));
        Ok(vec![check_event(
            found,
            found.is_some_and(|release| is_forced(&state, release)),
        )])
    }

    fn refusal(&self, cause: String) -> StartError {
        let active = self.client.state().ok().and_then(|state| state.active);
        let app = self.client.app.to_string();
        match active {
            Some(active) => StartError::BelowMinimum {
                app,
                version: active.version.to_string(),
                cause,
            },
            None => StartError::NotInstalled { app, cause },
        }
    }

    fn nothing_offered(&self) -> String {
        format!("{} offers no release that this user can run here", self.client.registry)
    }

    pub(super) fn recorded(&self, release: Release) -> SignedRelease {
        SignedRelease::recorded(self.client.app.clone(), release)
    }
}

/// What the app is told at once when it starts with this work beside it.
pub(super) fn told(background: Background) -> Vec<UpdateEvent> {
    match background {
        Background::NoUpdate => vec![UpdateEvent::NO_UPDATE],
        _ => Vec::new(),
    }
}
