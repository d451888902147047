//! Where an app's code comes from, and where newer code of it would come from.

use crate::package::{CodePackage, PartName};
use crate::update::explain::{Explain, Explanation};
use crate::update::{Progress, UpdateEvent};
use crate::wx::EnvVersion;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

/// What a start runs.
#[derive(Clone)]
pub struct Start {
    /// The code.
    pub package: Arc<dyn CodePackage>,
    /// What the timeline says of it.
    pub boot: Boot,
    /// The release has not yet shown a first page here.
    pub on_trial: bool,
}

/// The entry `boot` of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Boot {
    /// The app.
    pub app_id: String,
    /// The release's id; none for a development version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// The release's label; none for a development version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The kind of package.
    pub env_version: EnvVersion,
    /// Why this package runs.
    pub reason: String,
}

impl Boot {
    /// What a person calls it: the version, or the kind of package.
    pub fn label(&self) -> String {
        self.version.clone().unwrap_or_else(|| "develop".to_owned())
    }
}

/// Why an app cannot be opened.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{reason}")]
pub struct CannotOpen {
    /// Why.
    pub reason: String,
    /// It is tried again by itself, for as long as the run lasts.
    pub keeps_trying: bool,
}

impl CannotOpen {
    /// Somebody has to ask for the app again.
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            keeps_trying: false,
        }
    }
}

/// From when on an app hears what comes of the work that goes on beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum News {
    /// It is known before the app's first line runs.
    BeforeApp,
    /// It becomes known while `App.onLaunch` runs, and is heard right after.
    AtLaunch,
    /// Its first page is ready by then.
    #[default]
    AfterStart,
}

/// The code of one app on one device, and its update mechanism.
#[async_trait]
pub trait Source: Send + Sync {
    /// Decides at a cold start at `page` (empty: the entry page) what runs; blocks where the policy
    /// says so. What happens before the app runs goes to `seen`, what the app is told later to `events`.
    ///
    /// # Errors
    /// Nothing can run.
    async fn start(
        &self,
        page: &str,
        seen: Progress<'_>,
        events: &UnboundedSender<UpdateEvent>,
    ) -> Result<Start, CannotOpen>;

    /// Gets a part of the release that runs, which its package says it does not have; gives the package with it.
    ///
    /// # Errors
    /// Why it cannot be had now.
    async fn part(&self, part: &PartName, _: Progress<'_>) -> Result<Arc<dyn CodePackage>, String> {
        Err(format!("there is no part {part}"))
    }

    /// The work that goes on while the app runs: check, download, stage.
    async fn background(&self, events: &UnboundedSender<UpdateEvent>);

    /// When the app that was started last hears of that work. Before its first page is ready, the start waits for it.
    fn news(&self) -> News {
        News::default()
    }

    /// A part came while the app ran: what is staged gets it, too.
    async fn part_used(&self, _: &PartName, _: Progress<'_>) {}

    /// The staged package, for a world that is prepared aside.
    async fn staged(&self) -> Option<Start>;

    /// Makes the staged release the one that runs.
    ///
    /// # Errors
    /// Why it stays as it is.
    async fn apply(&self) -> Result<Start, String>;

    /// What a new instance right after the old one runs, where nothing was applied. `None`: the same again.
    async fn restart(&self) -> Option<Start> {
        None
    }

    /// The running app came back to the front: a hot start, which may check.
    async fn returned(&self, _: &UnboundedSender<UpdateEvent>) {}

    /// Tells `explain` each decision about updates from now on, with the facts that it rested on.
    fn explain_to(&self, _: Explain) {}

    /// The app was used until now.
    async fn used(&self) {}

    /// The first page of a release on trial is ready.
    async fn confirm(&self);

    /// A release on trial could not start: what runs instead; none where there never was another.
    ///
    /// # Errors
    /// What should run instead cannot either.
    async fn boot_failed(&self, reason: &str) -> Result<Option<Start>, CannotOpen>;

    /// The run ends before the first page was ready, and not by a fault.
    async fn ended_before_ready(&self);
}

/// A development version: one package, no version, no updates (as on the platforms).
pub struct Development(pub Start);

#[async_trait]
impl Source for Development {
    async fn start(&self, _: &str, _: Progress<'_>, _: &UnboundedSender<UpdateEvent>) -> Result<Start, CannotOpen> {
        Ok(self.0.clone())
    }

    async fn background(&self, _: &UnboundedSender<UpdateEvent>) {}

    fn explain_to(&self, explain: Explain) {
        explain(&Explanation::of_development());
    }

    async fn staged(&self) -> Option<Start> {
        None
    }

    async fn apply(&self) -> Result<Start, String> {
        Ok(self.0.clone())
    }

    async fn confirm(&self) {}

    async fn boot_failed(&self, _: &str) -> Result<Option<Start>, CannotOpen> {
        Ok(None)
    }

    async fn ended_before_ready(&self) {}
}
