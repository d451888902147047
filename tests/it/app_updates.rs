//! What an app sees of an update, when its calls and the update's steps meet.

use async_trait::async_trait;
use bytes::Bytes;
use minirun::app::instance::Control;
use minirun::app::launch::LaunchOptions;
use minirun::app::schedule::Schedule;
use minirun::app::source::{Boot, CannotOpen, Source, Start};
use minirun::app::timeline::Entry;
use minirun::host::{Code, Host, HostClock, HostConfig, Opening, RegistryAccess};
use minirun::package::{AppId, SourcePackage};
use minirun::registry::{DEFAULT_VALID_MS, InProcess, Operator, Publication, SettingsChange, Store, publish};
use minirun::release::{Rollout, SecretKey, VersionLabel};
use minirun::system::VirtualClock;
use minirun::update::{Progress, UpdateEvent};
use minirun::wx::{Answer, EnvVersion, Fixed};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

const BEGIN_MS: f64 = 1_767_225_600_000.0;

fn package(app_js: &str) -> SourcePackage {
    let files = [
        ("app.json", r#"{"pages":["pages/a/a","pages/b/b"]}"#),
        ("app.js", app_js),
        ("pages/a/a.js", "Page({})"),
        ("pages/b/b.js", "Page({})"),
    ];
    SourcePackage::open(files.map(|(name, text)| (name, Bytes::from(text.to_owned())))).unwrap()
}

fn start(version: &str, app_js: &str) -> Start {
    Start {
        package: Arc::new(package(app_js)),
        boot: Boot {
            app_id: "wx0".into(),
            release: Some(version.into()),
            version: Some(version.into()),
            env_version: EnvVersion::Release,
            reason: "test".into(),
        },
        on_trial: false,
    }
}

fn check(forced: bool) -> UpdateEvent {
    UpdateEvent::Check {
        has_update: true,
        version: Some(VersionLabel::parse("2").unwrap()),
        forced,
    }
}

fn ready(forced: bool) -> UpdateEvent {
    UpdateEvent::Ready {
        version: VersionLabel::parse("2").unwrap(),
        forced,
    }
}

fn failed() -> UpdateEvent {
    UpdateEvent::Failed {
        reason: "made to fail".into(),
        version: None,
    }
}

/// 1 runs. The update's steps come all at once, as soon as the app runs; then 2 can be applied, `refusals` times not.
struct Scripted {
    app_js: String,
    steps: Mutex<Vec<UpdateEvent>>,
    refusals: AtomicUsize,
    /// After a refusal another release gets ready.
    ready_again: bool,
    events: Mutex<Option<UnboundedSender<UpdateEvent>>>,
}

#[async_trait]
impl Source for Scripted {
    async fn start(&self, _: &str, _: Progress<'_>, _: &UnboundedSender<UpdateEvent>) -> Result<Start, CannotOpen> {
        Ok(start("1", &self.app_js))
    }

    async fn background(&self, events: &UnboundedSender<UpdateEvent>) {
        *self.events.lock().unwrap() = Some(events.clone());
        for step in std::mem::take(&mut *self.steps.lock().unwrap()) {
            events.send(step).unwrap();
        }
    }

    async fn staged(&self) -> Option<Start> {
        None
    }

    async fn apply(&self) -> Result<Start, String> {
        if self.refusals.load(Ordering::SeqCst) > 0 {
            self.refusals.fetch_sub(1, Ordering::SeqCst);
            let events = self.events.lock().unwrap().clone().filter(|_| self.ready_again);
            if let Some(events) = events {
                events.send(ready(false)).unwrap();
            }
            return Err("not now".into());
        }
        Ok(start("2", "console.log('two'); App({})"))
    }

    async fn confirm(&self) {}

    async fn boot_failed(&self, _: &str) -> Result<Option<Start>, CannotOpen> {
        Ok(None)
    }

    async fn ended_before_ready(&self) {}
}

/// What the app says, and the kinds that tell of updates, restarts and dialogs.
fn story(entries: &[Entry]) -> Vec<String> {
    let told = |entry: &Entry| match entry.kind.as_str() {
        // What the engine warns of is told by the callbacks, too.
        "console" if entry.properties["level"] == "warn" => None,
        "console" => entry.properties["text"].as_str().map(str::to_owned),
        kind if kind.starts_with("update.") || kind.starts_with("modal.") || kind == "restart" => Some(kind.to_owned()),
        _ => None,
    };
    entries.iter().filter_map(told).collect()
}

async fn run_on(host: &Host, opening: Opening) -> Vec<Entry> {
    let mut app = host.start(opening).unwrap();
    let mut entries = Vec::new();
    while let Some(entry) = app.next().await {
        entries.push(entry);
    }
    entries
}

/// The story of an app whose update takes these steps.
async fn story_of(app_js: &str, steps: Vec<UpdateEvent>, refusals: usize) -> Vec<String> {
    story_after(app_js, steps, refusals, false).await
}

async fn story_after(app_js: &str, steps: Vec<UpdateEvent>, refusals: usize, ready_again: bool) -> Vec<String> {
    let host = Host::open(HostConfig {
        clock: HostClock::virtual_at(BEGIN_MS),
        ..HostConfig::default()
    });
    let source = Scripted {
        app_js: format!("const manager = wx.getUpdateManager(); const say = what => () => console.log(what); {app_js}"),
        steps: Mutex::new(steps),
        refusals: AtomicUsize::new(refusals),
        ready_again,
        events: Mutex::default(),
    };
    let opening = Opening {
        ui: Arc::new(Fixed(Answer::CONFIRM)),
        ..Opening::new(Code::Source {
            app_id: "wx0".into(),
            source: Arc::new(source),
        })
    };
    story(&run_on(&host.unwrap(), opening).await)
}

const APPLY: &str = "const apply = () => manager.applyUpdate({
    success: say('applied'), fail: res => console.log(res.errno || res.errMsg) });";

#[tokio::test]
async fn apply_inside_on_launch_is_refused_even_if_the_update_is_ready_a_moment_later() {
    let app = format!(
        "{APPLY} manager.onUpdateReady(say('ready')); App({{ onLaunch() {{ apply(); console.log('launched') }} }})"
    );
    let story = story_of(&app, vec![check(false), ready(false)], 0).await;
    let [before, after] = ["launched", "103102"].map(|line| story.iter().position(|said| said == line).unwrap());
    assert!(before < after, "{story:?}");
    assert_eq!(story.iter().filter(|said| *said == "ready").count(), 1);
    assert!(!story.contains(&"restart".to_owned()), "{story:?}");
}

#[tokio::test]
async fn apply_inside_the_check_listener_is_too_early_and_inside_the_ready_listener_works() {
    let app = format!("{APPLY} manager.onCheckForUpdate(apply); manager.onUpdateReady(apply); App({{}})");
    let story = story_of(&app, vec![check(false), ready(false)], 0).await;
    let expected = [
        "update.check",
        "103102",
        "update.ready",
        "update.apply",
        "restart",
        "two",
    ];
    assert_eq!(story, expected);
}

#[tokio::test]
async fn the_second_apply_of_a_turn_hears_that_it_is_the_second() {
    let app = format!("{APPLY} manager.onUpdateReady(() => {{ apply(); apply() }}); App({{}})");
    let story = story_of(&app, vec![check(false), ready(false)], 0).await;
    assert_eq!(
        story,
        [
            "update.check",
            "update.ready",
            "103101",
            "update.apply",
            "restart",
            "two"
        ]
    );
}

#[tokio::test]
async fn an_update_that_cannot_be_applied_is_told_and_the_next_one_that_is_ready_can_be() {
    let app = format!(
        "{APPLY} manager.onUpdateReady(apply); App({{}});
         manager.onUpdateFailed(() => {{ console.log('failed'); manager.onUpdateReady(say('late')); setTimeout(apply, 5) }})"
    );
    let story = story_of(&app, vec![check(false), ready(false)], 1).await;
    let expected = [
        "update.check",
        "update.ready",
        "update.apply",
        "update.failed",
        "failed",
        "late",
        "applyUpdate:fail not now",
        "103101",
    ];
    assert_eq!(story, expected);
    let app = format!(
        "{APPLY} App({{}}); manager.onUpdateFailed(say('failed')); manager.onUpdateReady(() => {{ apply(); setTimeout(apply, 5) }})"
    );
    let story = story_after(&app, vec![ready(false)], 1, true).await;
    let expected = [
        "update.ready",
        "update.apply",
        "update.failed",
        "failed",
        "applyUpdate:fail not now",
        "update.ready",
        "update.apply",
        "restart",
        "two",
    ];
    assert_eq!(story, expected);
}

#[tokio::test]
async fn an_app_that_never_registers_runs_on_and_one_that_registers_late_hears_everything_once() {
    let story = story_of("App({})", vec![check(false), ready(false)], 0).await;
    assert_eq!(story, ["update.check", "update.ready"]);
    let late = "App({}); setTimeout(() => {
        manager.onUpdateReady(say('ready')); manager.onCheckForUpdate(say('check')); manager.onUpdateFailed(say('failed'))
        manager.onUpdateReady(say('ready again')) }, 100)";
    let story = story_of(late, vec![check(false), ready(false)], 0).await;
    assert_eq!(story, ["update.check", "update.ready", "ready", "check", "ready again"]);
}

#[tokio::test]
async fn an_update_is_applied_over_an_open_dialog_whose_callbacks_never_come() {
    let app = format!(
        "{APPLY} App({{}}); wx.showModal({{ title: 'a' }}); manager.onUpdateReady(() => {{
           wx.showModal({{ title: 'b', complete: say('answered') }}); apply() }})"
    );
    let story = story_of(&app, vec![check(false), ready(false)], 0).await;
    assert_eq!(story.last().unwrap(), "two", "{story:?}");
    let restart = story.iter().position(|said| said == "restart").unwrap();
    assert!(!story[restart..].contains(&"answered".to_owned()), "{story:?}");
}

#[tokio::test]
async fn a_forced_update_asks_by_itself_once_and_the_app_hears_nothing_of_it() {
    let app = "App({}); for (const on of ['onCheckForUpdate', 'onUpdateReady', 'onUpdateFailed']) manager[on](say(on))";
    let story = story_of(app, vec![check(true), ready(true)], 0).await;
    let asked = [
        "update.check",
        "update.ready",
        "modal.show",
        "modal.answer",
        "update.apply",
        "restart",
        "two",
    ];
    assert_eq!(story, asked);
    assert_eq!(
        story_of(app, vec![check(true), failed()], 0).await,
        ["update.check", "update.failed"]
    );
    let twice = story_of(app, vec![check(true), ready(true), ready(true)], 0).await;
    assert_eq!(
        twice.iter().filter(|said| *said == "modal.show").count(),
        1,
        "{twice:?}"
    );
}

/// A registry in this process, and a device in virtual time.
struct Bench {
    folder: tempfile::TempDir,
    store: Store,
    key: SecretKey,
}

fn released() -> AppId {
    AppId::parse("wxreleased").unwrap()
}

impl Bench {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            store: Store::in_memory(),
            key: SecretKey::from_seed(&[7; 32]),
        }
    }

    async fn publish(&self, version: &str, percent: u8, app_js: &str) {
        let what = Publication {
            rollout: Rollout { percent },
            settings: SettingsChange {
                hot_check: Some(true),
                periodic_check_ms: Some(1),
                ..SettingsChange::default()
            },
            ..Publication::new(released(), VersionLabel::parse(version).unwrap(), BEGIN_MS as u64)
        };
        let app_js = format!("console.log('{version}'); {app_js}");
        publish(&self.store, &package(&app_js), &what, &self.key).await.unwrap();
    }

    fn operator(&self) -> Operator<'_> {
        Operator {
            store: &self.store,
            app: released(),
            key: &self.key,
            by: None,
            now_ms: BEGIN_MS as u64,
            valid_ms: DEFAULT_VALID_MS,
        }
    }

    fn host(&self) -> Host {
        self.host_at(VirtualClock::new(BEGIN_MS))
    }

    fn host_at(&self, clock: VirtualClock) -> Host {
        Host::open(HostConfig {
            folder: Some(self.folder.path().to_owned()),
            registry: Some(RegistryAccess::over(
                Arc::new(InProcess::new(self.store.clone())),
                InProcess::URL,
            )),
            clock: HostClock::Virtual(clock),
            ..HostConfig::default()
        })
        .unwrap()
    }

    fn opening() -> Opening {
        Opening::new(Code::Release(released()))
    }
}

#[tokio::test]
async fn a_restart_checks_again_and_runs_what_is_staged() {
    let bench = Bench::new();
    let app = "const manager = wx.getUpdateManager(), again = wx.getStorageSync('again');
        App({ onLaunch(options) { console.log(options.path) } });
        manager.onCheckForUpdate(res => {
          console.log('check ' + res.hasUpdate)
          if (!again) { wx.setStorageSync('again', 1); wx.restartMiniProgram({ path: '/pages/b/b' }) }
        })
        manager.onUpdateReady(() => wx.restartMiniProgram({ path: '/pages/b/b' }))";
    bench.publish("1.0.0", 100, app).await;
    let host = bench.host();
    let entries = run_on(&host, Bench::opening()).await;
    let once = ["1.0.0", "pages/a/a", "update.check", "check false"];
    let again = ["restart", "1.0.0", "pages/b/b", "update.check", "check false"];
    let downloaded = ["update.download"];
    assert_eq!(story(&entries), [&downloaded[..], &once, &again].concat());
    let reasons: Vec<_> = entries
        .iter()
        .filter(|entry| entry.kind == "boot")
        .map(|entry| &entry.properties["reason"])
        .collect();
    assert_eq!(reasons, ["nothing is installed", "the app was restarted"]);
    bench.publish("2.0.0", 100, app).await;
    let entries = run_on(&host, Bench::opening()).await;
    let first = [
        "1.0.0",
        "pages/a/a",
        "update.check",
        "check true",
        "update.download",
        "update.ready",
    ];
    let second = [
        "update.apply",
        "restart",
        "2.0.0",
        "pages/b/b",
        "update.check",
        "check false",
    ];
    assert_eq!(story(&entries), [&first[..], &second].concat());
}

#[tokio::test]
async fn what_was_withdrawn_while_the_app_runs_is_neither_applied_nor_restarted_into() {
    for leave in ["manager.applyUpdate()", "wx.restartMiniProgram({ path: '/pages/b/b' })"] {
        let bench = Bench::new();
        let app = format!(
            "const manager = wx.getUpdateManager(), again = wx.getStorageSync('again'); let shown = 0;
             manager.onUpdateReady(() => console.log('ready')); manager.onUpdateFailed(() => console.log('failed'));
             App({{ onShow() {{ if (++shown === 2 && !again) setTimeout(() => {{ wx.setStorageSync('again', 1); {leave} }}, 100) }} }})"
        );
        bench.publish("1.0.0", 100, &app).await;
        let clock = VirtualClock::new(BEGIN_MS);
        let host = bench.host_at(clock.clone());
        run_on(&host, Bench::opening()).await;
        // Time stands still while the operator decides.
        let operator = clock.join();
        bench.publish("2.0.0", 0, &app).await;
        bench.operator().whitelist_add(&["user".to_owned()]).await.unwrap();
        let foreground = Control::Foreground(LaunchOptions::default());
        let mut running = host
            .start(Opening {
                schedule: Schedule::new([
                    (Duration::from_secs(2), Control::Background),
                    (Duration::from_secs(4), foreground),
                ]),
                ..Bench::opening()
            })
            .unwrap();
        let mut entries = Vec::new();
        loop {
            let next = tokio::select! {
                biased;
                entry = running.next() => entry,
                () = operator.idle_until(f64::INFINITY) => unreachable!("nobody sleeps for ever"),
            };
            let Some(entry) = next else { break };
            if entry.kind == "update.ready" {
                bench.operator().revoke().await.unwrap();
            }
            entries.push(entry);
        }
        let story = story(&entries);
        assert!(
            story.contains(&"ready".to_owned()) && story.contains(&"failed".to_owned()),
            "{story:?}"
        );
        assert!(!story.contains(&"2.0.0".to_owned()), "{story:?}");
        let restarts = usize::from(leave.starts_with("wx"));
        assert_eq!(
            story.iter().filter(|said| *said == "restart").count(),
            restarts,
            "{story:?}"
        );
    }
}
