//! How an app is opened, and where its code comes from.

use super::{Host, HostError};
use crate::app::launch::LaunchOptions;
use crate::app::outside::{NobodyOutside, Outside};
use crate::app::released::Shown;
use crate::app::schedule::Schedule;
use crate::app::source::{Boot, Development, Source, Start};
use crate::app::timeline::Entry;
use crate::package::{AppId, CodePackage};
use crate::wx::{EnvVersion, Nobody, Ui};
use std::sync::Arc;
use std::time::Duration;

/// How an app is opened.
#[derive(Clone)]
pub struct Opening {
    /// Where its code comes from.
    pub code: Code,
    /// The person; storage, files and gray releases go by it.
    pub user: String,
    /// Who answers its dialogs.
    pub ui: Arc<dyn Ui>,
    /// Page, query and scene.
    pub launch: LaunchOptions,
    /// How long it runs by itself.
    pub keep: Keep,
    /// What is done to it at set times.
    pub schedule: Schedule,
    /// Put every decision about updates on the timeline, with the facts that it rested on.
    pub explain: bool,
    /// Shows the downloads from the host's registry that the app waits for.
    pub shown: Option<Shown>,
    /// Ask for the state at the end: [`RunReport::dump`](crate::app::run::RunReport::dump).
    pub wants_dump: bool,
    /// Ask for the tree of the page on the screen at the end.
    pub wants_tree: bool,
    /// The program that drives it.
    pub outside: Arc<dyn Outside>,
    /// Sees each entry of the timeline at the moment at which it is made.
    pub watch: Option<Watch>,
}

/// Sees entries of a timeline.
pub type Watch = Arc<dyn Fn(&Entry) + Send + Sync>;

impl Opening {
    /// The main entry of the app, for a user who answers nothing, for 10 seconds of the app's time.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            user: "user".into(),
            ui: Arc::new(Nobody),
            launch: LaunchOptions::default(),
            keep: Keep::For(Duration::from_secs(10)),
            schedule: Schedule::default(),
            explain: false,
            shown: None,
            wants_dump: false,
            wants_tree: false,
            outside: Arc::new(NobodyOutside),
            watch: None,
        }
    }
}

/// How long an app runs by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Until nothing is left to do but timers that are due later than this after its start or return, in its own time.
    For(Duration),
    /// Until it is stopped. Destroyed in the background, it waits to be opened again.
    UntilStopped,
}

impl Keep {
    pub(super) fn stay_ms(self) -> Option<f64> {
        match self {
            Self::For(time) => Some(time.as_secs_f64() * 1000.0),
            Self::UntilStopped => None,
        }
    }
}

/// Where an app's code comes from, and where newer code of it would come from.
#[derive(Clone)]
pub enum Code {
    /// The host's registry: installed in the host's folder, and kept up to date.
    Release(AppId),
    /// An update provider of the program's own.
    Source {
        /// The app.
        app_id: String,
        /// Gives and updates its code.
        source: Arc<dyn Source>,
    },
}

impl Code {
    /// This package, as a development version: it has no version and no updates.
    pub fn package(app_id: impl Into<String>, package: impl CodePackage + 'static) -> Self {
        Self::package_as(EnvVersion::Develop, app_id, package)
    }

    /// This package, as a development or a trial version, which have no updates.
    pub fn package_as(env_version: EnvVersion, app_id: impl Into<String>, package: impl CodePackage + 'static) -> Self {
        let app_id = app_id.into();
        let boot = Boot {
            app_id: app_id.clone(),
            release: None,
            version: None,
            env_version,
            reason: match env_version {
                EnvVersion::Trial => "trial version",
                _ => "development version",
            }
            .into(),
        };
        let start = Start {
            package: Arc::new(package),
            boot,
            on_trial: false,
        };
        Self::Source {
            app_id,
            source: Arc::new(Development(start)),
        }
    }

    /// The app.
    pub fn app_id(&self) -> &str {
        match self {
            Self::Release(app) => app.as_str(),
            Self::Source { app_id, .. } => app_id,
        }
    }
}

impl Host {
    /// The code of an app that another one opens.
    pub(super) fn code_of(&self, app_id: &str) -> Option<Code> {
        let known = self.0.config.apps.get(app_id).cloned();
        let released = || AppId::parse(app_id).ok().filter(|_| self.0.registered.is_some());
        known.or_else(|| released().map(Code::Release))
    }

    /// The source behind an opening.
    pub(super) fn source(&self, opening: &Opening) -> Result<Arc<dyn Source>, HostError> {
        let app = match &opening.code {
            Code::Source { source, .. } => return Ok(Arc::clone(source)),
            Code::Release(app) => app,
        };
        let Some(registered) = &self.0.registered else {
            return Err(match self.0.folder {
                Some(_) => HostError::NoRegistry(app.clone()),
                None => HostError::NoFolder(app.clone()),
            });
        };
        let released = registered.released(app, &opening.user);
        Ok(Arc::new(match &opening.shown {
            Some(shown) => released.showing(Arc::clone(shown)),
            None => released,
        }))
    }
}
