//! Starting an app on the device of a test.

use super::app_folder::{self, AppFiles};
use super::automation::Automation;
use super::device::TestDevice;
use super::lock;
use super::person::PersonAtScreen;
use super::record::Record;
use super::release::app_id;
use crate::app::launch::LaunchOptions;
use crate::app::plugins::WithPlugins;
use crate::app::run::RunReport;
use crate::app::source::{Boot, Development, Start};
use crate::host::{App, Code, Keep, Opening, Remote};
use crate::wx::EnvVersion;
use serde_json::{Map, Value};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::task::{AbortHandle, JoinHandle};

/// An app that was started and has not been closed.
pub struct Running {
    pub number: u64,
    pub automation: Automation,
    pub remote: Remote,
    pub killer: AbortHandle,
    ended: Arc<Mutex<Option<String>>>,
    watched: JoinHandle<()>,
}

impl Running {
    /// Why the app has ended, if it has.
    pub fn end(&self) -> Option<String> {
        lock(&self.ended).clone()
    }

    /// Ends the app as a person would.
    pub async fn stop(self) {
        self.remote.stop();
        self.over().await;
    }

    /// Returns when the run has ended.
    pub async fn over(self) {
        // A task that broke off has nothing to wait for.
        let _ = self.watched.await;
    }
}

/// How an app is to be started.
pub struct Launch {
    pub number: u64,
    pub user: String,
    code: Code,
    options: LaunchOptions,
}

/// Options of `launch` that mean something to the platform's tools, and nothing here.
const IDLE: [&str; 8] = [
    "cliPath",
    "port",
    "timeout",
    "args",
    "cwd",
    "account",
    "ticket",
    "trustProject",
];

/// Those that mean something.
const KNOWN: [&str; 9] = [
    "projectPath",
    "projectConfig",
    "app",
    "user",
    "page",
    "query",
    "scene",
    "settle",
    "wsEndpoint",
];

impl Launch {
    /// Reads the options of a launch.
    ///
    /// # Errors
    /// What is wrong with them, or with the app.
    pub fn parse(number: u64, options: &Value, beside: &Path) -> Result<Self, String> {
        let given = options.as_object().ok_or("launch needs { projectPath } or { app }")?;
        if let Some(odd) = given
            .keys()
            .find(|name| !IDLE.contains(&name.as_str()) && !KNOWN.contains(&name.as_str()))
        {
            return Err(format!("launch has no option {odd}: it takes {}", KNOWN.join(", ")));
        }
        let page = options["page"].as_str().unwrap_or_default();
        let mut launch = LaunchOptions::at(page);
        if let Some(query) = options["query"].as_object() {
            launch.query.extend(strings(query));
        }
        if let Some(scene) = options["scene"].as_u64() {
            launch.scene = u32::try_from(scene).map_err(|_| format!("there is no scene {scene}"))?;
        }
        Ok(Self {
            number,
            user: options["user"].as_str().unwrap_or("user").to_owned(),
            code: code(given, options, beside)?,
            options: launch,
        })
    }

    /// Starts the app and gives its id; it has begun when this returns, and is ready when its automation says so.
    ///
    /// # Errors
    /// It runs already for this user.
    pub fn start(
        self,
        device: &mut TestDevice,
        automation: Automation,
        (person, record): (&PersonAtScreen, &Record),
    ) -> Result<String, String> {
        let (number, user, app_id) = (self.number, self.user, self.code.app_id().to_owned());
        let (sees, record, whose) = (automation.watch(), record.clone(), user.clone());
        let opening = Opening {
            user,
            ui: person.before(number),
            launch: self.options,
            keep: Keep::UntilStopped,
            outside: automation.outside(),
            watch: Some(Arc::new(move |entry| {
                record.add(number, &whose, entry);
                sees(entry);
            })),
            ..Opening::new(self.code)
        };
        device.running.retain(|app| app.end().is_none());
        let app = device.host.start(opening).map_err(|error| error.to_string())?;
        automation.attach(app.remote());
        let ended: Arc<Mutex<Option<String>>> = Arc::default();
        let (remote, killer) = (app.remote(), app.killer());
        let watched = tokio::spawn(watch(app, automation.clone(), Arc::clone(&ended)));
        device.running.push(Running {
            number,
            automation,
            remote,
            killer,
            ended,
            watched,
        });
        Ok(app_id)
    }
}

/// Follows an app to its end, and tells whoever waits for it.
async fn watch(mut app: App, automation: Automation, ended: Arc<Mutex<Option<String>>>) {
    while app.next().await.is_some() {}
    let why = reason(&app.end().await);
    *lock(&ended) = Some(why.clone());
    automation.ended(&why);
}

fn reason(report: &RunReport) -> String {
    if let Some(reason) = &report.cannot_open {
        return format!("the app could not be opened: {reason}");
    }
    match &report.fault {
        Some(fault) => format!("the app has ended: {fault}"),
        None => "the app has ended".into(),
    }
}

fn code(given: &Map<String, Value>, options: &Value, beside: &Path) -> Result<Code, String> {
    let project = &options["projectConfig"];
    match (given.get("projectPath"), given.get("app")) {
        (Some(folder), None) => development(app_folder::open(folder, beside, project)?),
        (None, Some(Value::String(id))) => Ok(Code::Release(app_id(id)?)),
        (None, Some(app)) if app.get("files").is_none() && app["appId"].is_string() => {
            Ok(Code::Release(app_id(app["appId"].as_str().unwrap_or_default())?))
        }
        (None, Some(app)) => development(app_folder::open(app, beside, project)?),
        _ => Err(
            "launch needs projectPath, the folder of a development version, or app, the id of one that was published"
                .into(),
        ),
    }
}

fn development(app: AppFiles) -> Result<Code, String> {
    let Some(plugin) = app.plugin else {
        return Ok(Code::package(app.app_id, app.package));
    };
    let boot = Boot {
        app_id: app.app_id.clone(),
        release: None,
        version: None,
        env_version: EnvVersion::Develop,
        reason: "development version".into(),
    };
    let start = Start {
        package: Arc::new(app.package),
        boot,
        on_trial: false,
    };
    Ok(Code::Source {
        app_id: app.app_id,
        source: WithPlugins::over(Arc::new(Development(start)), &[plugin]),
    })
}

/// Parameters of a page are texts.
fn strings(query: &Map<String, Value>) -> impl Iterator<Item = (String, Value)> {
    query.iter().map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (name.clone(), text.into())
    })
}
