//! The periodic checks of a host: the recently used apps that do not run are looked after.

use super::registered::Registered;
use super::{HostConfig, Running, SilentChecks, lock};
use crate::app::presence::Presences;
use crate::package::AppId;
use crate::release::VersionLabel;
use crate::system::{Clock, Network, Participant};
use crate::update::silent::{Candidate, choose};
use crate::update::{DeviceError, Updater};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::broadcast;

/// What a periodic check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentCheck {
    /// The app.
    pub app: AppId,
    /// The label of a newer release, before which its next start does not begin; or why nobody knows.
    pub outcome: Result<Option<VersionLabel>, String>,
}

/// Looks after the apps of one device. It takes part in virtual time.
pub(super) struct Checker {
    registered: Arc<Registered>,
    settings: SilentChecks,
    presences: Presences,
    running: Running,
    network: Network,
    clock: Arc<dyn Clock>,
    virtual_time: Option<Participant>,
    told: broadcast::Sender<SilentCheck>,
    /// When a check of an app began last.
    tried: HashMap<AppId, f64>,
}

impl Checker {
    pub(super) fn new(
        registered: &Arc<Registered>,
        config: &HostConfig,
        (presences, network): (&Presences, &Network),
        running: &Running,
        told: &broadcast::Sender<SilentCheck>,
    ) -> Self {
        Self {
            registered: Arc::clone(registered),
            settings: config.silent,
            presences: presences.clone(),
            running: Arc::clone(running),
            network: network.clone(),
            clock: config.clock.shared(),
            virtual_time: config.clock.virtual_clock().map(|clock| clock.join()),
            told: told.clone(),
            tried: HashMap::new(),
        }
    }

    /// Checks whatever is due, for ever.
    pub(super) async fn run(mut self) {
        loop {
            // Watched from before the choice is made, so that no change in between is missed.
            let mut changes = self.presences.changes();
            let next = self.next().unwrap_or_else(|error| {
                tracing::warn!(%error, "the apps to check could not be found out");
                None
            });
            let now = self.clock.now_ms();
            match next {
                Some((app, at)) if at <= now && !self.network.conditions().offline => {
                    self.tried.insert(app.clone(), now);
                    if let Err(error) = self.check(&app).await {
                        tracing::warn!(%app, %error, "the periodic check could not be made");
                    }
                }
                next => {
                    let due = self.due(next.map(|(_, at)| at));
                    tokio::select! {
                        biased;
                        // The sender lives as long as this does.
                        _ = changes.changed() => {}
                        () = due => {}
                    }
                }
            }
        }
    }

    /// The app that is to be checked next. One whose record cannot be read is left to its start, which reports it.
    fn next(&self) -> Result<Option<(AppId, f64)>, DeviceError> {
        let apps = self.registered.device().apps()?;
        let candidate = |app: AppId| match self.candidate(&app) {
            Ok(candidate) => candidate,
            Err(error) => {
                tracing::warn!(%app, %error, "the app is not checked");
                None
            }
        };
        Ok(choose(apps.into_iter().filter_map(candidate).collect(), self.settings))
    }

    /// What is known of an app of this registry that was used.
    fn candidate(&self, app: &AppId) -> Result<Option<Candidate>, DeviceError> {
        let state = self.registered.device().state(app)?;
        let is_ours = state.registry.as_deref() == Some(self.registered.url());
        let Some(last_used_ms) = state.last_used_ms.filter(|_| is_ours) else {
            return Ok(None);
        };
        let tried = self.tried.get(app).copied();
        Ok(Some(Candidate {
            due_ms: self.updater(app, state.user).next_periodic_check(tried)?,
            runs: self.presences.has(app.as_str()),
            last_used_ms,
            app: app.clone(),
        }))
    }

    /// Returns when `at` is there, and a network to check over.
    async fn due(&self, at: Option<f64>) {
        let at = at.unwrap_or(f64::INFINITY);
        let online = self.network.online();
        match &self.virtual_time {
            Some(time) => {
                time.idle_until(at).await;
                // Without a network nothing is due; others may let time pass.
                tokio::select! {
                    biased;
                    () = online => {}
                    () = time.idle_until(f64::INFINITY) => {}
                }
            }
            None if at.is_finite() => {
                self.clock.sleep_until(at).await;
                online.await;
            }
            None => std::future::pending().await,
        }
    }

    /// The app for whoever used it last.
    fn updater(&self, app: &AppId, last_user: Option<String>) -> Updater {
        self.registered.updater(app, &last_user.unwrap_or_default())
    }

    /// Checks an app that does not run. Its start breaks the check off, for it has a check of its own.
    async fn check(&self, app: &AppId) -> Result<(), DeviceError> {
        let last_user = self.registered.device().state(app)?.user;
        let updater = self.updater(app, last_user);
        let checked = tokio::select! {
            biased;
            () = self.presences.until(app.as_str()) => return Ok(()),
            checked = self.ask(&updater) => checked,
        };
        self.tell(app, checked);
        Ok(())
    }

    async fn ask(&self, updater: &Updater) -> Result<Option<VersionLabel>, String> {
        let asked = match &self.virtual_time {
            Some(time) => time.pausing_with(updater.periodic_check()).await,
            None => updater.periodic_check().await,
        };
        asked.map_err(|error| error.to_string())
    }

    fn tell(&self, app: &AppId, outcome: Result<Option<VersionLabel>, String>) {
        tracing::info!(%app, ?outcome, "periodic check");
        for ((id, _), timeline) in lock(&self.running).iter() {
            if id == app.as_str() {
                timeline.add(self.clock.now_ms(), "update.silent", noted(&outcome));
            }
        }
        // Nobody may be listening.
        let _ = self.told.send(SilentCheck {
            app: app.clone(),
            outcome,
        });
    }
}

fn noted(outcome: &Result<Option<VersionLabel>, String>) -> Value {
    match outcome {
        Ok(Some(version)) => json!({ "hasUpdate": true, "version": version }),
        Ok(None) => json!({ "hasUpdate": false }),
        Err(reason) => json!({ "hasUpdate": false, "reason": reason }),
    }
}
