//! An app that comes from a registry: starts and updates through the update client.

use super::source::{Boot, CannotOpen, Source, Start};
use crate::package::{CodePackage, PartName};
use crate::release::{VerifiedPackage, VerifiedPart};
use crate::update::explain::Explain;
use crate::update::{self, Background, Progress, StartError, UpdateEvent, Updater};
use crate::wx::EnvVersion;
use async_trait::async_trait;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc::UnboundedSender;

/// A released app on a device.
pub struct Released {
    updater: Updater,
    app_id: String,
    env_version: EnvVersion,
    // What begins once the app runs, and what it is told before.
    beside: Mutex<(Background, Vec<UpdateEvent>)>,
    /// What runs, with the parts that came later.
    package: Mutex<Option<VerifiedPackage>>,
    shown: Option<Shown>,
}

/// Shows a person how what they wait for comes.
pub type Shown = Arc<dyn Fn(&UpdateEvent) + Send + Sync>;

impl Released {
    /// The app of `updater`. `app_id` and `env_version` are what the app itself is told.
    pub fn new(updater: Updater, app_id: String, env_version: EnvVersion) -> Self {
        Self {
            updater,
            app_id,
            env_version,
            beside: Mutex::new((Background::Nothing, Vec::new())),
            package: Mutex::default(),
            shown: None,
        }
    }

    /// The same, showing the downloads that somebody waits for.
    #[must_use]
    pub fn showing(self, shown: Shown) -> Self {
        Self {
            shown: Some(shown),
            ..self
        }
    }

    /// Tells `to` and whoever watches.
    fn watched<'a>(&'a self, to: Progress<'a>) -> impl Fn(UpdateEvent) + Send + Sync + 'a {
        move |event| {
            if let Some(shown) = &self.shown {
                shown(&event);
            }
            to(event);
        }
    }

    /// A cold start after which `work` is what goes on beside the app, whatever the policy says.
    ///
    /// # Errors
    /// Nothing can run.
    pub async fn start_with(&self, work: Background, seen: Progress<'_>) -> Result<Start, CannotOpen> {
        let start = self.updater.cold_start(seen).await;
        let start = start.map_err(|error| refusal(&error))?;
        Ok(self.opened(update::Start {
            background: work,
            events: Vec::new(),
            ..start
        }))
    }

    fn with_part(&self, part: VerifiedPart) -> Result<VerifiedPackage, String> {
        let mut package = self.package.lock().unwrap_or_else(PoisonError::into_inner);
        let runs = package.as_ref().ok_or("the app does not run")?;
        let more = runs.with(part).map_err(|error| error.to_string())?;
        Ok(package.insert(more).clone())
    }

    fn opened(&self, start: update::Start) -> Start {
        *self.beside.lock().unwrap_or_else(PoisonError::into_inner) = (start.background, start.events);
        *self.package.lock().unwrap_or_else(PoisonError::into_inner) = Some(start.package.clone());
        Start {
            on_trial: start.on_trial,
            ..self.described(start.package, start.reason.to_string())
        }
    }

    fn described(&self, package: VerifiedPackage, reason: String) -> Start {
        let boot = Boot {
            app_id: self.app_id.clone(),
            release: Some(package.release().id().to_string()),
            version: Some(package.version().to_string()),
            env_version: self.env_version,
            reason,
        };
        Start {
            package: Arc::new(package),
            boot,
            on_trial: false,
        }
    }
}

#[async_trait]
impl Source for Released {
    async fn start(
        &self,
        page: &str,
        seen: Progress<'_>,
        _: &UnboundedSender<UpdateEvent>,
    ) -> Result<Start, CannotOpen> {
        let start = self.updater.cold_start_at(page, &self.watched(seen)).await;
        let start = start.map_err(|error| refusal(&error))?;
        Ok(self.opened(start))
    }

    async fn part(&self, name: &PartName, progress: Progress<'_>) -> Result<Arc<dyn CodePackage>, String> {
        let part = self.updater.part(name, &self.watched(progress)).await;
        let package = self.with_part(part.map_err(|error| error.to_string())?)?;
        Ok(Arc::new(package))
    }

    async fn part_used(&self, name: &PartName, progress: Progress<'_>) {
        self.updater.part_of_staged(name, progress).await;
    }

    async fn background(&self, events: &UnboundedSender<UpdateEvent>) {
        let nothing = (Background::Nothing, Vec::new());
        let beside = std::mem::replace(
            &mut *self.beside.lock().unwrap_or_else(PoisonError::into_inner),
            nothing,
        );
        let (work, told) = beside;
        let tell = tell(events);
        told.into_iter().for_each(&tell);
        self.updater.background(work, &tell).await;
    }

    async fn staged(&self) -> Option<Start> {
        let package = self.updater.staged()?;
        Some(self.described(package, String::new()))
    }

    async fn apply(&self) -> Result<Start, String> {
        self.updater
            .apply()
            .map(|start| self.opened(start))
            .map_err(|error| error.to_string())
    }

    async fn restart(&self) -> Option<Start> {
        match self.updater.restart() {
            Ok(start) => Some(self.opened(start)),
            Err(error) => {
                tracing::warn!(%error, "the app is restarted as it is");
                None
            }
        }
    }

    async fn returned(&self, events: &UnboundedSender<UpdateEvent>) {
        match self.updater.hot_start() {
            // Where nothing is decided, nothing is done: the app's own downloads may be under way.
            Ok(Background::Nothing | Background::NoUpdate) => {}
            Ok(work) => self.updater.background(work, &tell(events)).await,
            Err(error) => tracing::warn!(%error, "whether to check could not be decided"),
        }
    }

    fn explain_to(&self, explain: Explain) {
        self.updater.explain_to(explain);
    }

    async fn used(&self) {
        if let Err(error) = self.updater.touch_last_used() {
            tracing::warn!(%error, "the use could not be recorded");
        }
    }

    async fn confirm(&self) {
        if let Err(error) = self.updater.confirm() {
            tracing::warn!(%error, "the release that runs could not be confirmed");
        }
    }

    async fn boot_failed(&self, reason: &str) -> Result<Option<Start>, CannotOpen> {
        let start = self.updater.boot_failed(reason);
        let start = start.map_err(|error| refusal(&error))?;
        Ok(start.map(|start| self.opened(start)))
    }

    async fn ended_before_ready(&self) {
        if let Err(error) = self.updater.ended_before_ready() {
            tracing::warn!(%error, "the early end could not be recorded");
        }
    }
}

fn refusal(error: &StartError) -> CannotOpen {
    CannotOpen {
        reason: error.to_string(),
        keeps_trying: error.keeps_trying(),
    }
}

/// The run may be over before the update is; then nobody hears the rest.
fn tell(events: &UnboundedSender<UpdateEvent>) -> impl Fn(UpdateEvent) + Send + Sync + use<> {
    let events = events.clone();
    move |event| {
        let _ = events.send(event);
    }
}
