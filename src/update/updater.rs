//! What the app's loop uses: starts, the work beside the running app, and what
//! becomes of a release after it was started.

use super::apply::{ApplyError, apply, drop_pending};
use super::boot;
use super::check::{CheckError, check};
use super::client::Client;
use super::device::{DeviceError, InFlight};
use super::event::{Progress, UpdateEvent};
use super::explain::{Explain, Explanation, Step};
use super::garbage;
use super::load::load;
use super::policy::{
    Act, Background, Decision, Edition, Launch, Reason, Situation, at_launch, is_forced, may_promote, newer,
};
use super::silent;
use super::stage::stage;
use super::start::{Start, StartError, told};
use super::verify::{FetchError, VerifiedRelease, fetch};
use crate::release::{Release, ReleaseId, SignedManifest, SignedRelease, VerifiedPackage, VersionLabel};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Updates and starts one app of one user on a device. Clones share what is
/// under way, so that one can work beside the app while another answers it.
#[derive(Clone)]
pub struct Updater {
    pub(super) client: Client,
    // Every part of a release is fetched with it, as a developer's tool does.
    pub(super) all_parts: bool,
    running: Arc<Mutex<Option<SignedRelease>>>,
    // One check and one download of an app are in flight at a time.
    pub(super) in_flight: InFlight,
    explain: Arc<Mutex<Option<Explain>>>,
}

/// Why a newer release was not staged.
#[derive(Debug, thiserror::Error)]
pub(super) enum GetError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    Device(#[from] DeviceError),
}

impl Updater {
    /// An updater of `client`'s app.
    pub fn new(client: Client) -> Self {
        Self {
            all_parts: false,
            running: Arc::default(),
            explain: Arc::default(),
            in_flight: client.device.in_flight(&client.app),
            client,
        }
    }

    /// Tells `explain` each decision from now on, with the facts that it rested on.
    pub fn explain_to(&self, explain: Explain) {
        *self.explain.lock().unwrap_or_else(PoisonError::into_inner) = Some(explain);
    }

    /// The same, fetching every subpackage with its release.
    #[must_use]
    pub fn with_all_parts(self) -> Self {
        Self {
            all_parts: true,
            ..self
        }
    }

    /// The app, its user, its device and its registry.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// `applyUpdate`: starts the staged release.
    ///
    /// # Errors
    /// When nothing is staged, it is not whole or was withdrawn: the running release goes on.
    pub fn apply(&self) -> Result<Start, ApplyError> {
        self.drop_withdrawn()?;
        let package = apply(&self.client)?;
        self.set_running(package.release());
        let background = self.launch_background(Launch::Restart)?;
        Ok(Start {
            release: package.release().id(),
            version: package.version().clone(),
            package,
            reason: Reason::Restarted,
            on_trial: true,
            instead_of: None,
            events: told(background),
            background,
        })
    }

    /// The staged release, read back whole, for a world that is prepared aside;
    /// `None` where there is none or it cannot be read, which [`Updater::apply`] reports.
    pub fn staged(&self) -> Option<VerifiedPackage> {
        let pending = self.client.state().ok()?.pending?;
        load(&self.client.device, &self.recorded(pending)).ok()
    }

    /// The background work of a hot start.
    ///
    /// # Errors
    /// When the device fails.
    pub fn hot_start(&self) -> Result<Background, DeviceError> {
        self.launch_background(Launch::Hot)
    }

    /// Checks, and gets what is newer, beside the running app. Every outcome is an event.
    pub async fn background(&self, work: Background, progress: Progress<'_>) {
        // Whoever comes second waits: the app is told something in any case.
        let _alone = self.in_flight.lock().await;
        self.complete_running(progress).await;
        let offered = match work {
            Background::Nothing | Background::NoUpdate => return,
            Background::Check => match check(&self.client).await {
                Ok(checked) => {
                    self.forget_withdrawn();
                    self.offered(&checked.manifest, progress, true)
                }
                Err(error) => {
                    tell_check_failed(&error, progress);
                    return;
                }
            },
            Background::Fetch => match self.known_manifest() {
                Ok(Some(manifest)) => self.offered(&manifest, progress, false),
                _ => return,
            },
        };
        if let Some((release, forced)) = offered {
            self.get_and_tell(&release, forced, progress).await;
        }
        self.collect();
    }

    /// Checks while the app does not run. Finding something makes its next
    /// cold start update before it starts. Gives the label of what was found.
    ///
    /// # Errors
    /// When the check comes to nothing.
    pub async fn periodic_check(&self) -> Result<Option<VersionLabel>, CheckError> {
        let _alone = self.in_flight.lock().await;
        self.take_seat()?;
        let checked = check(&self.client).await?;
        self.forget_withdrawn();
        let found = self.client.change(|state| {
            let found = newer(state, checked.manifest.manifest(), self.client.recipient());
            state.found = found.map(|release| release.id);
            found.map(|release| release.version.clone())
        })?;
        Ok(found)
    }

    /// When the next periodic check is due, in milliseconds since 1970; `tried_ms` is when the last one began.
    ///
    /// # Errors
    /// When the device fails.
    pub fn next_periodic_check(&self, tried_ms: Option<f64>) -> Result<Option<f64>, DeviceError> {
        self.judge(Launch::Cold, |situation| silent::next_check(situation, tried_ms))
    }

    /// The first page of the running release is ready: it is good.
    ///
    /// # Errors
    /// When the device fails; the release then stays on trial.
    pub fn confirm(&self) -> Result<(), DeviceError> {
        if let Some(running) = self.running_id() {
            self.client.change(|state| boot::confirmed(state, running))?;
            self.collect();
        }
        Ok(())
    }

    /// The running release did not get ready: the last good one starts, and
    /// the failed one is not taken again. `None` when there is nothing to go
    /// back to, or the release was confirmed before.
    ///
    /// # Errors
    /// When the device fails or the last good release cannot be read.
    pub fn boot_failed(&self, reason: &str) -> Result<Option<Start>, StartError> {
        let failed = self.running_id();
        match self.client.change(boot::failed) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(error) => return self.roll_back_unrecorded(&error),
        }
        tracing::warn!(app = %self.client.app, release = ?failed, reason, "the release failed to start, back to the last good one");
        let (package, _) = self.settle()?;
        if let (None, Some(failed)) = (&package, failed) {
            let app = self.client.app.to_string();
            return Err(StartError::NoneLeft { app, failed });
        }
        let background = self.launch_background(Launch::Restart)?;
        let mut start = self.begin(package, Reason::RolledBack, background, told(background))?;
        start.instead_of = failed;
        Ok(Some(start))
    }

    /// A disk that takes nothing more is no reason not to run the last good
    /// release. The failed one is tried again at the next start.
    fn roll_back_unrecorded(&self, error: &DeviceError) -> Result<Option<Start>, StartError> {
        let mut state = self.client.state()?;
        let failed = self.running_id();
        let Some(good) = boot::failed(&mut state).then_some(state.active).flatten() else {
            return Ok(None);
        };
        tracing::warn!(%error, "the way back to the last good release could not be recorded");
        let package = load(&self.client.device, &self.recorded(good))?;
        self.set_running(package.release());
        Ok(Some(Start {
            release: package.release().id(),
            version: package.version().clone(),
            package,
            reason: Reason::RolledBack,
            on_trial: false,
            instead_of: failed,
            background: Background::Nothing,
            events: vec![UpdateEvent::NO_UPDATE],
        }))
    }

    /// The app ended in order before it was ready: no mark against the release.
    ///
    /// # Errors
    /// When the device fails.
    pub fn ended_before_ready(&self) -> Result<(), DeviceError> {
        if let Some(running) = self.running_id() {
            self.client.change(|state| boot::ended_before_ready(state, running))?;
        }
        Ok(())
    }

    /// The app was used until now. A use that was noted less than a minute ago
    /// is not worth another transaction: thresholds are in days.
    ///
    /// # Errors
    /// When the device fails.
    pub fn touch_last_used(&self) -> Result<(), DeviceError> {
        let now = self.client.now_ms();
        let noted = self.client.state()?.last_used_ms;
        if noted.is_some_and(|noted| (now - noted).abs() < 60_000.0) {
            return Ok(());
        }
        self.client.change(|state| state.last_used_ms = Some(now))
    }

    /// Asks the policy about a launch as things now are.
    pub(super) fn judge<T>(&self, launch: Launch, ask: impl FnOnce(&Situation<'_>) -> T) -> Result<T, DeviceError> {
        let state = self.client.state()?;
        let manifest = self.client.known(&state).manifest;
        Ok(ask(&Situation {
            state: &state,
            manifest: manifest.as_ref().map(SignedManifest::manifest),
            recipient: self.client.recipient(),
            now_ms: self.client.now_ms(),
            launch,
            edition: Edition::Release,
        }))
    }

    /// Decides about a launch as things now are, and explains it.
    pub(super) fn decide(
        &self,
        (step, launch): (Step, Launch),
        decide: impl FnOnce(&Situation<'_>) -> Decision,
    ) -> Result<Decision, DeviceError> {
        self.judge(launch, |situation| {
            let decision = decide(situation);
            self.explain(step, situation, decision);
            decision
        })
    }

    pub(super) fn explain(&self, step: Step, situation: &Situation<'_>, decision: Decision) {
        let explain = self.explain.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(explain) = explain {
            explain(&Explanation::of(step, situation, decision));
        }
    }

    pub(super) fn launch_background(&self, launch: Launch) -> Result<Background, DeviceError> {
        Ok(match self.decide((Step::Launch, launch), at_launch)?.act {
            Act::RunLocal(background) => background,
            _ => Background::Nothing,
        })
    }

    /// Gives a staged release up that was revoked or rolled back meanwhile.
    pub(super) fn drop_withdrawn(&self) -> Result<(), ApplyError> {
        let state = self.client.state()?;
        let manifest = self.client.known(&state).manifest;
        let manifest = manifest.as_ref().map(SignedManifest::manifest);
        let Some(pending) = state.pending.as_ref() else {
            return Err(ApplyError::NotReady);
        };
        if may_promote(&state, manifest, &self.client.user) {
            return Ok(());
        }
        let version = pending.version.clone();
        drop_pending(&self.client)?;
        Err(ApplyError::Withdrawn { version })
    }

    /// After a check. What could not be given up now is looked at again before it is applied.
    fn forget_withdrawn(&self) {
        if let Err(ApplyError::Withdrawn { version }) = self.drop_withdrawn() {
            tracing::info!(%version, "the staged release was withdrawn");
        }
    }

    pub(super) fn known_manifest(&self) -> Result<Option<SignedManifest>, DeviceError> {
        let state = self.client.state()?;
        Ok(self.client.known(&state).manifest)
    }

    /// The newer release for this user, if any, and whether its restart is
    /// forced; with `tell`, as a check event.
    fn offered(&self, manifest: &SignedManifest, progress: Progress<'_>, tell: bool) -> Option<(SignedRelease, bool)> {
        let state = self.client.state().ok()?;
        let found = newer(&state, manifest.manifest(), self.client.recipient());
        let forced = found.is_some_and(|release| is_forced(&state, release));
        if tell {
            progress(check_event(found, forced));
        }
        Some((manifest.find(found?.id)?, forced))
    }

    /// Gets a release and tells how that ended.
    async fn get_and_tell(&self, release: &SignedRelease, forced: bool, progress: Progress<'_>) {
        let version = release.release().version.clone();
        match self.get(release, "", progress).await {
            Ok(()) => progress(UpdateEvent::Ready { version, forced }),
            Err(error) => progress(UpdateEvent::Failed {
                reason: error.to_string(),
                version: Some(version),
            }),
        }
    }

    /// Downloads what a start at `page` needs, verifies and stages it, unless it is staged already.
    pub(super) async fn get(
        &self,
        release: &SignedRelease,
        page: &str,
        progress: Progress<'_>,
    ) -> Result<(), GetError> {
        let pending = self.client.state()?.pending;
        if pending.is_some_and(|pending| pending == *release.release()) && self.is_complete(release.release(), page)? {
            return Ok(());
        }
        match self.fetch_wanted(release, page, progress).await {
            Ok(verified) => {
                stage(&self.client, verified)?;
                self.complete_staged(release, page, progress).await?;
                Ok(())
            }
            Err(error) => {
                if matches!(error, FetchError::Unusable { .. }) {
                    // The signed bytes themselves are at fault: they would be tomorrow, too.
                    let id = release.id();
                    self.client.change(|state| state.bad.insert(id))?;
                }
                Err(error.into())
            }
        }
    }

    /// What is wanted may grow meanwhile: the app that runs may use another subpackage.
    async fn fetch_wanted(
        &self,
        release: &SignedRelease,
        page: &str,
        progress: Progress<'_>,
    ) -> Result<VerifiedRelease, FetchError> {
        let wanted = self.wanted(release.release(), page)?;
        let mut verified = fetch(&self.client, release, &wanted, progress).await?;
        loop {
            let got: BTreeSet<_> = verified.parts().iter().map(|part| part.name().clone()).collect();
            let more: BTreeSet<_> = self
                .wanted(release.release(), page)?
                .difference(&got)
                .cloned()
                .collect();
            if more.is_empty() {
                return Ok(verified);
            }
            verified.add(&self.client, &more, progress).await?;
        }
    }

    /// The release that runs.
    pub(super) fn running(&self) -> Option<SignedRelease> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn running_id(&self) -> Option<ReleaseId> {
        self.running().map(|running| running.id())
    }

    pub(super) fn set_running(&self, release: &SignedRelease) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(release.clone());
    }

    /// Garbage only costs space, so a failure is no more than logged.
    pub(super) fn collect(&self) {
        if let Err(error) = garbage::collect(&self.client.device) {
            tracing::warn!(%error, "garbage could not be collected");
        }
    }
}

pub(super) fn check_event(found: Option<&Release>, forced: bool) -> UpdateEvent {
    UpdateEvent::Check {
        has_update: found.is_some(),
        version: found.map(|release| release.version.clone()),
        forced,
    }
}

/// A failed check is told apart in the log only: apps that wait for the answer must not hang.
fn tell_check_failed(error: &CheckError, progress: Progress<'_>) {
    progress(UpdateEvent::CheckFailed {
        reason: error.to_string(),
    });
    progress(UpdateEvent::NO_UPDATE);
}

#[cfg(test)]
#[path = "updater_bench.rs"]
pub(super) mod bench;

#[cfg(test)]
#[path = "updater_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "updater_fault_tests.rs"]
mod fault_tests;

#[cfg(test)]
#[path = "updater_device_tests.rs"]
mod device_tests;

#[cfg(test)]
#[path = "crash_tests.rs"]
mod crash_tests;

#[cfg(test)]
#[path = "crash_verb_tests.rs"]
mod crash_verb_tests;
