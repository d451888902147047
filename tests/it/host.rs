//! The host API: a device and its apps in another program.

use async_trait::async_trait;
use bytes::Bytes;
use minirun::app::event::Event;
use minirun::app::instance::Control;
use minirun::app::launch::LaunchOptions;
use minirun::app::schedule::Schedule;
use minirun::app::timeline::Entry;
use minirun::host::{App, Code, Host, HostClock, HostConfig, HostError, Keep, Opening, RegistryAccess};
use minirun::package::{AppId, SourcePackage, is_code};
use minirun::registry::{InProcess, Publication, Store, publish};
use minirun::release::{SecretKey, VersionLabel};
use minirun::system::{
    Get, Http, HttpError, NetworkConditions, Participant, Response, VirtualClock, read_source_folder,
};
use minirun::wx::{Answer, Fixed};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

const BEGIN_MS: f64 = 1_767_225_600_000.0;
const MINUTE: f64 = 60_000.0;

fn package(app_js: &str) -> SourcePackage {
    let files = [
        ("app.json", r#"{"pages":["pages/a/a"]}"#),
        ("app.js", app_js),
        ("pages/a/a.js", "Page({})"),
    ];
    SourcePackage::open(files.map(|(name, text)| (name, Bytes::from(text.to_owned())))).unwrap()
}

fn in_virtual_time() -> Host {
    Host::open(HostConfig {
        clock: HostClock::virtual_at(BEGIN_MS),
        ..HostConfig::default()
    })
    .unwrap()
}

async fn rest(mut app: App) -> Vec<Entry> {
    let mut entries = Vec::new();
    while let Some(entry) = app.next().await {
        entries.push(entry);
    }
    entries
}

/// Entries until one that is looked for, which comes last.
async fn until(app: &mut App, found: impl Fn(&Event) -> bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    while let Some(entry) = app.next().await {
        let is_last = found(&entry.event());
        entries.push(entry);
        if is_last {
            return entries;
        }
    }
    panic!("the app ended before: {entries:#?}");
}

fn said(entries: &[Entry]) -> Vec<String> {
    let text = |entry: &Entry| match entry.event() {
        Event::Console { text, .. } => Some(format!("{} {text}", entry.at)),
        _ => None,
    };
    entries.iter().filter_map(text).collect()
}

#[tokio::test]
async fn an_app_goes_to_the_background_and_comes_back_and_stops() {
    let host = in_virtual_time();
    let mut app = host
        .start(Opening {
            keep: Keep::UntilStopped,
            ..Opening::new(Code::package("wx0", package("App({})")))
        })
        .unwrap();
    until(&mut app, |event| matches!(event, Event::PageReady { .. })).await;
    app.background();
    until(&mut app, |event| *event == Event::AppHide).await;
    app.foreground(LaunchOptions {
        scene: 1011,
        ..LaunchOptions::default()
    });
    let shown = until(&mut app, |event| matches!(event, Event::PageShow { .. })).await;
    assert!(matches!(shown[0].event(), Event::AppShow { options } if options.scene == 1011));
    app.stop();
    let last = until(&mut app, |event| matches!(event, Event::Exit { .. })).await;
    assert_eq!(
        last.last().unwrap().event(),
        Event::Exit {
            reason: "stopped".into()
        }
    );
    let report = app.end().await;
    assert_eq!((report.fault, report.cannot_open, report.errors), (None, None, 0));
}

#[tokio::test]
async fn two_apps_share_one_time() {
    let host = in_virtual_time();
    let script = |name: &str, times: &str| {
        let app_js = format!(
            "App({{ onLaunch() {{ for (const t of {times}) setTimeout(() => console.log(Date.now() - {BEGIN_MS}), t) }} }})"
        );
        host.start(Opening::new(Code::package(name, package(&app_js)))).unwrap()
    };
    let (first, second) = (script("wx1", "[10, 3000, 8000]"), script("wx2", "[10, 500, 9999]"));
    let (first, second) = tokio::join!(rest(first), rest(second));
    assert_eq!(said(&first), ["10 10", "3000 3000", "8000 8000"]);
    assert_eq!(said(&second), ["10 10", "500 500", "9999 9999"]);
}

#[tokio::test]
async fn two_users_of_one_app_keep_apart_on_one_device() {
    let folder = tempfile::tempdir().unwrap();
    let app_js = "App({ onLaunch({ query }) {
        if (query.name) wx.setStorageSync('name', query.name)
        console.log(wx.getStorageSync('name') || 'nobody')
    } })";
    let open = |host: &Host, user: &str, page: &str| {
        host.start(Opening {
            user: user.into(),
            launch: LaunchOptions::at(page),
            ..Opening::new(Code::package("wx0", package(app_js)))
        })
        .unwrap()
    };
    for kept in [None, Some(folder.path().to_owned())] {
        let host = Host::open(HostConfig {
            folder: kept,
            clock: HostClock::virtual_at(BEGIN_MS),
            ..HostConfig::default()
        })
        .unwrap();
        let ann = open(&host, "ann", "pages/a/a?name=Ann");
        let bob = open(&host, "bob", "pages/a/a");
        let (ann, bob) = tokio::join!(rest(ann), rest(bob));
        assert_eq!(
            (said(&ann), said(&bob)),
            (vec!["0 Ann".to_owned()], vec!["0 nobody".to_owned()])
        );
        assert_eq!(said(&rest(open(&host, "ann", "pages/a/a")).await), ["0 Ann"]);
    }
}

#[tokio::test]
async fn a_running_app_is_not_started_again_for_the_same_user() {
    let host = in_virtual_time();
    let open = || host.start(Opening::new(Code::package("wx0", package("App({})"))));
    let first = open().unwrap();
    let refused = open().err().unwrap();
    assert_eq!(refused.to_string(), "wx0 runs already for user");
    rest(first).await;
    rest(open().unwrap()).await;
}

#[tokio::test]
async fn an_app_that_nobody_holds_is_stopped() {
    let host = in_virtual_time();
    let open = || {
        host.start(Opening {
            keep: Keep::UntilStopped,
            ..Opening::new(Code::package("wx0", package("App({})")))
        })
    };
    drop(open().unwrap());
    while open().is_err_and(|error| matches!(error, HostError::Running { .. })) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn every_entry_of_the_timeline_has_its_type() {
    let host = in_virtual_time();
    for (name, version) in [
        ("notes", "1.1.0"),
        ("shop", "1.0.0"),
        ("reader", "1.1.0"),
        ("tasks-ts", "1.0.0"),
    ] {
        let app = host.start(Opening {
            ui: Arc::new(Fixed(Answer::CONFIRM)),
            schedule: Schedule::new([
                (Duration::from_secs(2), Control::Background),
                (Duration::from_secs(3), Control::Foreground(LaunchOptions::default())),
                (Duration::from_secs(4), Control::Background),
                (
                    Duration::from_secs(4000),
                    Control::Foreground(LaunchOptions::at("no/such/page")),
                ),
            ]),
            ..Opening::new(Code::package(name, fixture(name, version)))
        });
        let entries = rest(app.unwrap()).await;
        assert!(entries.len() > 20, "{entries:#?}");
        for entry in entries {
            let mut typed = serde_json::to_value(entry.event()).unwrap();
            typed["at"] = entry.at.into();
            assert_eq!(typed, serde_json::to_value(&entry).unwrap());
        }
    }
}

fn fixture(name: &str, version: &str) -> SourcePackage {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/apps")
        .join(name)
        .join(version);
    SourcePackage::open(read_source_folder(&folder, is_code).unwrap()).unwrap()
}

/// A device with a folder, and a registry that counts who asks it, in virtual time.
struct Bench {
    folder: tempfile::TempDir,
    store: Store,
    line: Arc<Line>,
    program: Participant,
}

/// The way to the registry.
struct Line {
    registry: InProcess,
    checks: AtomicUsize,
    /// Checks that are under way now, and the most there ever were.
    open: Mutex<(usize, usize)>,
    stuck: AtomicBool,
    asked: Notify,
}

#[async_trait]
impl Http for Line {
    async fn get(&self, get: Get) -> Result<Response, HttpError> {
        if !get.url.contains("/packages/") {
            let _counted = Counted::new(&self.open);
            self.checks.fetch_add(1, Ordering::SeqCst);
            self.asked.notify_one();
            if self.stuck.load(Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            return self.registry.get(get).await;
        }
        self.registry.get(get).await
    }
}

struct Counted<'l>(&'l Mutex<(usize, usize)>);

impl<'l> Counted<'l> {
    fn new(open: &'l Mutex<(usize, usize)>) -> Self {
        let mut now = open.lock().unwrap();
        now.0 += 1;
        now.1 = now.1.max(now.0);
        Self(open)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap().0 -= 1;
    }
}

fn released() -> AppId {
    AppId::parse("wxreleased").unwrap()
}

impl Bench {
    async fn new() -> Self {
        let store = Store::in_memory();
        let line = Line {
            registry: InProcess::new(store.clone()),
            checks: AtomicUsize::new(0),
            open: Mutex::default(),
            stuck: AtomicBool::new(false),
            asked: Notify::new(),
        };
        let bench = Self {
            folder: tempfile::tempdir().unwrap(),
            store,
            line: Arc::new(line),
            program: VirtualClock::new(BEGIN_MS).join(),
        };
        bench.publish("1.0.0").await;
        bench
    }

    async fn publish(&self, version: &str) {
        let package = package(&format!("App({{ onLaunch() {{ console.log('{version}') }} }})"));
        let label = VersionLabel::parse(version).unwrap();
        let what = Publication::new(released(), label, BEGIN_MS as u64);
        let key = SecretKey::from_seed(&[7; 32]);
        publish(&self.store, &package, &what, &key).await.unwrap();
    }

    fn host(&self) -> Host {
        let line: Arc<dyn Http> = Arc::clone(&self.line) as _;
        Host::open(HostConfig {
            folder: Some(self.folder.path().to_owned()),
            registry: Some(RegistryAccess::over(line, InProcess::URL)),
            clock: HostClock::Virtual(self.program.clock().clone()),
            ..HostConfig::default()
        })
        .unwrap()
    }

    /// A whole run; what the app said.
    async fn session(&self, host: &Host) -> Vec<String> {
        let app = host.start(Opening::new(Code::Release(released()))).unwrap();
        let end = rest(app);
        // The program only waits meanwhile.
        tokio::select! {
            biased;
            entries = end => said(&entries),
            () = self.program.idle_until(f64::INFINITY) => unreachable!("nobody sleeps for ever"),
        }
    }

    async fn pass(&self, minutes: f64) {
        let at = minutes.mul_add(MINUTE, minirun::system::Clock::now_ms(self.program.clock()));
        self.program.idle_until(at).await;
    }

    fn checks(&self) -> usize {
        self.line.checks.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn a_host_with_nothing_running_finds_a_release_and_the_next_start_has_it() {
    let bench = Bench::new().await;
    let host = bench.host();
    assert_eq!(bench.session(&host).await, ["0 1.0.0"]);
    bench.publish("2.0.0").await;
    let (asked, mut checks) = (bench.checks(), host.checks());
    bench.pass(29.0).await;
    assert_eq!(bench.checks(), asked);
    bench.pass(2.0).await;
    let check = checks.recv().await.unwrap();
    assert_eq!(check.outcome, Ok(Some(VersionLabel::parse("2.0.0").unwrap())));
    // What was found is not looked for again.
    let asked = bench.checks();
    bench.pass(600.0).await;
    assert_eq!(bench.checks(), asked);
    assert_eq!(bench.session(&host).await, ["0 2.0.0"]);
}

#[tokio::test]
async fn a_new_host_on_an_old_folder_checks_too() {
    let bench = Bench::new().await;
    bench.session(&bench.host()).await;
    bench.publish("2.0.0").await;
    let host = loop {
        // The old one lets go of the folder when its tasks have ended.
        tokio::task::yield_now().await;
        let line: Arc<dyn Http> = Arc::clone(&bench.line) as _;
        let opened = Host::open(HostConfig {
            folder: Some(bench.folder.path().to_owned()),
            registry: Some(RegistryAccess::over(line, InProcess::URL)),
            clock: HostClock::Virtual(bench.program.clock().clone()),
            ..HostConfig::default()
        });
        if let Ok(host) = opened {
            break host;
        }
    };
    let mut checks = host.checks();
    bench.pass(31.0).await;
    assert!(checks.recv().await.unwrap().outcome.unwrap().is_some());
}

#[tokio::test]
async fn an_app_that_runs_is_not_checked_and_a_destroyed_one_is_before_it_comes_back() {
    let bench = Bench::new().await;
    let host = bench.host();
    let seconds = Duration::from_secs;
    let mut app = host
        .start(Opening {
            keep: Keep::UntilStopped,
            schedule: Schedule::new([
                (seconds(3600), Control::Background),
                (seconds(7200), Control::Foreground(LaunchOptions::default())),
            ]),
            ..Opening::new(Code::Release(released()))
        })
        .unwrap();
    until(&mut app, |event| matches!(event, Event::UpdateCheck { .. })).await;
    let asked = bench.checks();
    bench.publish("2.0.0").await;
    bench.pass(89.0).await;
    assert_eq!(bench.checks(), asked);
    bench.pass(32.0).await;
    let entries = until(&mut app, |event| matches!(event, Event::Boot(_))).await;
    let silent = entries.iter().find(|entry| entry.kind == "update.silent").unwrap();
    assert_eq!(silent.at / 60_000, 90);
    let Event::Boot(boot) = entries.last().unwrap().event() else {
        unreachable!()
    };
    assert_eq!(
        (boot.label().as_str(), boot.reason.as_str()),
        ("2.0.0", "a periodic check has found a newer release")
    );
}

#[tokio::test]
async fn an_offline_host_asks_nobody_until_it_is_online() {
    let bench = Bench::new().await;
    let host = bench.host();
    bench.session(&host).await;
    bench.publish("2.0.0").await;
    host.network().set(NetworkConditions::OFFLINE);
    let (asked, mut checks) = (bench.checks(), host.checks());
    bench.pass(120.0).await;
    assert_eq!((bench.checks(), checks.try_recv().is_ok()), (asked, false));
    host.network().set(NetworkConditions::default());
    assert!(checks.recv().await.unwrap().outcome.unwrap().is_some());
}

#[tokio::test]
async fn a_check_that_fails_is_told_and_waits_for_its_turn() {
    let bench = Bench::new().await;
    let host = bench.host();
    bench.session(&host).await;
    let lost = NetworkConditions {
        drop: 1.0,
        ..NetworkConditions::default()
    };
    host.network().set(lost);
    let mut checks = host.checks();
    bench.pass(59.0).await;
    let outcome = checks.recv().await.unwrap().outcome;
    assert!(outcome.unwrap_err().ends_with("the connection was lost"));
    assert!(checks.try_recv().is_err());
    bench.pass(2.0).await;
    assert!(checks.recv().await.unwrap().outcome.is_err());
}

#[tokio::test]
async fn a_start_breaks_a_silent_check_off_and_no_two_checks_of_an_app_run_at_once() {
    let bench = Bench::new().await;
    let host = bench.host();
    bench.session(&host).await;
    bench.line.stuck.store(true, Ordering::SeqCst);
    let (asked, wait) = (bench.checks(), bench.program.idle_until(f64::INFINITY));
    tokio::select! {
        () = wait => unreachable!("nobody sleeps for ever"),
        () = async { while bench.checks() == asked { bench.line.asked.notified().await } } => {}
    }
    bench.line.stuck.store(false, Ordering::SeqCst);
    assert_eq!(bench.session(&host).await, ["0 1.0.0"]);
    assert_eq!(*bench.line.open.lock().unwrap(), (0, 1));
}

#[tokio::test]
async fn what_a_host_lacks_for_a_released_app_is_said() {
    let open = |host: &Host| host.start(Opening::new(Code::Release(released()))).err().unwrap();
    assert!(matches!(open(&in_virtual_time()), HostError::NoFolder(_)));
    let folder = tempfile::tempdir().unwrap();
    let without = Host::open(HostConfig {
        folder: Some(folder.path().to_owned()),
        ..HostConfig::default()
    });
    assert!(matches!(open(&without.unwrap()), HostError::NoRegistry(_)));
}

#[tokio::test]
async fn a_slow_network_takes_virtual_time_before_an_app_beside_it_and_without_it() {
    let bench = Bench::new().await;
    let host = bench.host();
    host.network().set("latency=300ms".parse().unwrap());
    let now = || minirun::system::Clock::now_ms(bench.program.clock()) - BEGIN_MS;
    let mut app = host.start(Opening::new(Code::Release(released()))).unwrap();
    let started = tokio::select! {
        biased;
        entries = until(&mut app, |event| matches!(event, Event::AppLaunch { .. })) => entries,
        () = bench.program.idle_until(f64::INFINITY) => unreachable!("nobody sleeps for ever"),
    };
    // Root, manifest and package, one after the other.
    assert_eq!((started[0].kind.as_str(), now()), ("update.download", 900.0));
    let entries = tokio::select! {
        biased;
        entries = rest(app) => entries,
        () = bench.program.idle_until(f64::INFINITY) => unreachable!("nobody sleeps for ever"),
    };
    assert!(entries.iter().any(|entry| entry.kind == "update.check"));
    host.network().set("latency=2s".parse().unwrap());
    bench.publish("2.0.0").await;
    let mut checks = host.checks();
    bench.pass(31.0).await;
    assert!(checks.recv().await.unwrap().outcome.unwrap().is_some());
}
