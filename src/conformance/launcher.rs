//! Boots worlds for test files: the file joins its app's package, runs after the first
//! page is ready, in virtual time, on a device of its own.

use super::echo_server;
use super::late_parts::{LateParts, Tested};
use super::run::{FileRun, Launcher, WorldEnd};
use crate::app::carrier::Carrier;
use crate::app::device::{DeviceState, Person};
use crate::app::instance::Control;
use crate::app::launch::LaunchOptions;
use crate::app::neighbours::Alone;
use crate::app::plugins::{WithPlugins, plugin_of_project};
use crate::app::presence::Presence;
use crate::app::run::{RunConfig, run};
use crate::app::schedule::Schedule;
use crate::app::source::{Boot, CannotOpen, Development, Source, Start};
use crate::app::timeline::{Entry, Timeline};
use crate::app::traffic::Traffic;
use crate::app::worlds::Worlds;
use crate::driver::{DeviceSetup, Session, normal};
use crate::engine::protocol::{Limits, Role, WorldSpec};
use crate::package::{CodePackage, FileTree, PartName, Plugin, SourcePackage, is_code};
use crate::release::VersionLabel;
use crate::system::{Clock, VirtualClock, on_own_thread, read_source_folder};
use crate::update::{Progress, UpdateEvent};
use crate::wx::{EnvVersion, LaidAnswers, Profile};
use async_trait::async_trait;
use bytes::Bytes;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{self, UnboundedSender};

/// Where virtual time begins: 2026-01-01T00:00:00Z, in milliseconds since 1970.
const EPOCH_MS: f64 = 1_767_225_600_000.0;

/// How much time a test can let pass: a hundred years, in milliseconds.
const LONGEST_MS: f64 = 36_525.0 * 86_400_000.0;

/// Boots each file's app in a world of its own, whose host has a thread of its own.
#[derive(Clone)]
pub struct AppLauncher {
    /// What carries the worlds.
    pub carrier: Carrier,
    /// Who answers the network APIs.
    pub traffic: Traffic,
    /// The device that each file begins with.
    pub profile: Profile,
    /// The cloud fixtures of files that name none.
    pub cloud_fixtures: Option<PathBuf>,
    /// The plugins that apps may declare.
    pub plugins: Vec<Plugin>,
    /// How long one turn of an app may take before it is killed.
    pub watchdog: Duration,
    /// What `Math.random` and lost transfers follow from.
    pub seed: u64,
    /// Pages have trees, and components run in them.
    pub view: bool,
    /// Bounds for what the code of an app and of its tests may use.
    pub limits: Limits,
}

#[async_trait]
impl Launcher for AppLauncher {
    async fn run_file(&self, test: FileRun<'_>) -> WorldEnd {
        let (launcher, file) = (self.clone(), test.file.clone());
        let (details, heard) = (test.details, test.heard);
        let run = move || async move {
            let file = &file;
            launcher.run_here(FileRun { file, details, heard }).await
        };
        let ended = on_own_thread(&test.file.name(), run).await;
        ended.unwrap_or_else(|error| WorldEnd::never_began(error.to_string()))
    }
}

impl AppLauncher {
    async fn run_here(&self, test: FileRun<'_>) -> WorldEnd {
        let opened = package(&test).and_then(|package| Ok((package, self.plugins(&test)?)));
        let ((package, code), plugins) = match opened {
            Ok(opened) => opened,
            Err(fault) => return WorldEnd::never_began(fault),
        };
        let server = match echo_server::start().await {
            Ok(url) => url,
            Err(error) => return WorldEnd::never_began(format!("the test server does not start: {error}")),
        };
        let (control, orders) = mpsc::unbounded_channel();
        let mut details = test.details.clone();
        let told = json!({
            "path": test.file.module(), "server": server, "app": test.file.app.as_deref().map(absolute),
            "appRoot": code.as_deref().map(absolute),
            "folder": test.file.path.parent().map(absolute), "workingFolder": absolute(Path::new("")),
        });
        if let (Value::Object(details), Value::Object(told)) = (&mut details, told) {
            details.extend(told);
        }
        // The run has not begun, so the line is open.
        let _ = control.send(Control::Emit("test".into(), details));
        let clock = VirtualClock::new(EPOCH_MS);
        let session = Session::new(self.device(&test, &clock), control.clone());
        let timeline = Timeline::new(listener(Arc::clone(&test.heard), control));
        let boot = Boot {
            app_id: "wx0000000000000000".into(),
            release: None,
            version: None,
            env_version: EnvVersion::Develop,
            reason: "test".into(),
        };
        let start = Start {
            package: Arc::new(package.clone()),
            boot,
            on_trial: false,
        };
        let source = Tried(Development(start), LateParts::of(package));
        let source = WithPlugins::over(Arc::new(source), &plugins);
        let report = run(self.config(timeline, (&test, clock), &session), source, orders).await;
        session.end().await;
        match report.cannot_open {
            Some(reason) => WorldEnd::never_began(reason),
            None => WorldEnd { fault: report.fault },
        }
    }

    /// Those that the command was given, and the one that is developed beside the app.
    fn plugins(&self, test: &FileRun<'_>) -> Result<Vec<Plugin>, String> {
        let developed = test.file.app.as_deref().map_or(Ok(None), plugin_of_project)?;
        Ok(self.plugins.iter().cloned().chain(developed).collect())
    }

    /// The device on which the test starts apps. Its clock, its person and what they are told to answer are those of the
    /// test's own world.
    fn device(&self, test: &FileRun<'_>, clock: &VirtualClock) -> DeviceSetup {
        let beside = test.file.path.parent();
        DeviceSetup {
            clock: clock.clone(),
            carrier: self.carrier.clone(),
            traffic: self.traffic.clone(),
            profile: self.profile.clone(),
            laid: LaidAnswers::default(),
            cloud_fixtures: test.file.cloud.as_ref().or(self.cloud_fixtures.as_ref()).cloned(),
            plugins: self.plugins.clone(),
            watchdog: self.watchdog,
            beside: beside.map_or_else(PathBuf::new, Path::to_owned),
            seen: Arc::clone(&test.heard),
            view: self.view,
        }
    }

    fn config(&self, timeline: Timeline, (test, clock): (&FileRun<'_>, VirtualClock), session: &Session) -> RunConfig {
        let time: Arc<dyn Clock> = Arc::new(clock.clone());
        let mut device = DeviceState::new(Arc::clone(&time));
        device.web = session.web(self.traffic.web(&time));
        device.domains.clone_from(&self.traffic.domains);
        device.profile = self.profile.clone();
        device.cloud_fixtures = test.file.cloud.as_ref().or(self.cloud_fixtures.as_ref()).cloned();
        device.laid = session.laid();
        RunConfig {
            device: Arc::new(device),
            person: Person {
                ui: session.person(),
                ..Person::default()
            },
            presence: Presence::default(),
            neighbours: Arc::new(Alone),
            outside: Arc::new(session.clone()),
            launch: LaunchOptions::default(),
            worlds: Arc::new(Worlds::new(
                self.carrier.clone(),
                WorldSpec {
                    seed: Some(self.seed),
                    limits: self.limits,
                    trace_wx: false,
                    note_places: false,
                    virtual_time: true,
                    utc_offset_minutes: 480,
                    role: Role::App,
                    view: self.view,
                    framework: false,
                },
            )),
            watchdog: self.watchdog,
            wants_dump: false,
            wants_tree: false,
            explain: false,
            virtual_clock: Some(clock),
            stay_ms: Some(LONGEST_MS),
            schedule: Schedule::default(),
            timeline,
        }
    }
}

/// What `device.update` in a test makes the update mechanism report.
fn reported_update(order: &Value) -> Option<UpdateEvent> {
    let version = order["version"]
        .as_str()
        .and_then(|label| VersionLabel::parse(label).ok());
    let forced = order["forced"] == true;
    match order["kind"].as_str()? {
        "check" => Some(UpdateEvent::Check {
            has_update: order["hasUpdate"] == true,
            version,
            forced,
        }),
        "ready" => Some(UpdateEvent::Ready {
            version: version?,
            forced,
        }),
        _ => Some(UpdateEvent::Failed {
            reason: order["reason"].as_str()?.to_owned(),
            version,
        }),
    }
}

/// The app of a test: a development version on which `device.update` may report updates,
/// and none of them can be applied.
struct Tried(Development, LateParts);

#[async_trait]
impl Source for Tried {
    async fn start(
        &self,
        page: &str,
        seen: Progress<'_>,
        events: &UnboundedSender<UpdateEvent>,
    ) -> Result<Start, CannotOpen> {
        self.0.start(page, seen, events).await
    }

    async fn part(&self, part: &PartName, progress: Progress<'_>) -> Result<Arc<dyn CodePackage>, String> {
        self.1.with(part, progress)
    }

    async fn background(&self, _: &UnboundedSender<UpdateEvent>) {}

    async fn staged(&self) -> Option<Start> {
        None
    }

    async fn apply(&self) -> Result<Start, String> {
        Err("a test has no release to apply".into())
    }

    async fn confirm(&self) {}

    async fn boot_failed(&self, _: &str) -> Result<Option<Start>, CannotOpen> {
        Ok(None)
    }

    async fn ended_before_ready(&self) {}
}

/// Hands every entry on, and does what the tests order.
fn listener(
    heard: Arc<dyn Fn(&Entry) + Send + Sync>,
    control: mpsc::UnboundedSender<Control>,
) -> crate::app::timeline::Sink {
    Box::new(move |entry| {
        if entry.kind == "test.update" {
            let order = Value::Object(entry.properties.clone());
            // What is ordered after the end is for nobody.
            let _ = reported_update(&order).map(|event| control.send(Control::Update(event)));
            return;
        }
        heard(entry);
        if entry.kind == "test.end" {
            // A run that is over needs no order to stop.
            let _ = control.send(Control::Stop);
        }
    })
}

/// A path as a test may name it from anywhere.
fn absolute(path: &Path) -> PathBuf {
    std::env::current_dir().map_or_else(|_| path.to_owned(), |folder| normal(&folder.join(path)))
}

/// The app with the test in it, and the folder of the app's code.
fn package(test: &FileRun<'_>) -> Result<(Tested, Option<PathBuf>), String> {
    let app = match &test.file.app {
        Some(folder) => opened(folder)?,
        None => SourcePackage::open(bare()).map_err(|problems| problems.to_string())?,
    };
    let below = app.project().miniprogram_root.as_ref().map_or("", |root| root.as_str());
    let code = test.file.app.as_ref().map(|folder| folder.join(below));
    let name = test.file.module();
    let module = FileTree::from_names([(name, Bytes::from(test.file.source.clone()))]);
    let module = module.map_err(|error| error.to_string())?;
    let files = app.files().clone().merge(module).map_err(|error| error.to_string())?;
    let tested = Tested::whole(files, app.app_json().clone(), app.checks_domains());
    let tested = if test.file.late_parts {
        tested.without_subpackages()
    } else {
        tested
    };
    Ok((tested, code))
}

/// The app in a folder, as it is.
fn opened(folder: &Path) -> Result<SourcePackage, String> {
    let shown = normal(folder);
    let shown = shown.display();
    if !folder.is_dir() {
        return Err(format!(
            "there is no app in {shown}: the line `// app: <folder>` of a test counts from the working folder, or from \
             the test file where it begins with a dot"
        ));
    }
    let files = read_source_folder(folder, is_code).map_err(|error| error.to_string())?;
    SourcePackage::open(files).map_err(|problems| format!("the app in {shown} is not fit to run: {problems}"))
}

/// The app of a test that names none: one empty page.
fn bare() -> [(&'static str, Bytes); 3] {
    [
        ("app.json", r#"{"pages":["pages/index/index"]}"#),
        ("app.js", "App({ globalData: {} })"),
        ("pages/index/index.js", "Page({})"),
    ]
    .map(|(name, text)| (name, Bytes::from_static(text.as_bytes())))
}
