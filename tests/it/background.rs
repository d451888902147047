//! Background and foreground at set times, in virtual time.

use bytes::Bytes;
use minirun::app::carrier::Carrier;
use minirun::app::device::{DeviceState, Person};
use minirun::app::instance::Control;
use minirun::app::launch::LaunchOptions;
use minirun::app::neighbours::Alone;
use minirun::app::outside::NobodyOutside;
use minirun::app::presence::Presence;
use minirun::app::run::{RunConfig, run};
use minirun::app::schedule::Schedule;
use minirun::app::source::{Boot, CannotOpen, Development, Source, Start};
use minirun::app::timeline::Timeline;
use minirun::app::worlds::Worlds;
use minirun::engine::protocol::{Limits, Role, WorldSpec};
use minirun::package::SourcePackage;
use minirun::system::VirtualClock;
use minirun::update::{Progress, UpdateEvent};
use minirun::wx::EnvVersion;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::{self, UnboundedSender};

const BACKGROUND: Control = Control::Background;

fn foreground(page: &str) -> Control {
    Control::Foreground(LaunchOptions::at(page))
}

fn start(app_js: &str) -> Start {
    let files = [
        ("app.json", r#"{"pages":["pages/a/a","pages/b/b"]}"#),
        ("app.js", app_js),
        ("pages/a/a.js", "Page({})"),
        ("pages/b/b.js", "Page({})"),
    ];
    let files = files.map(|(name, text)| (name, Bytes::from(text.to_owned())));
    Start {
        package: Arc::new(SourcePackage::open(files).unwrap()),
        boot: Boot {
            app_id: "wx0".into(),
            release: None,
            version: None,
            env_version: EnvVersion::Develop,
            reason: "test".into(),
        },
        on_trial: false,
    }
}

fn config(orders: Vec<(u64, Control)>, timeline: Timeline) -> RunConfig {
    let clock = VirtualClock::new(1_767_225_600_000.0);
    RunConfig {
        launch: LaunchOptions::default(),
        worlds: Arc::new(Worlds::new(
            Carrier::Thread,
            WorldSpec {
                limits: Limits::default(),
                trace_wx: false,
                note_places: false,
                virtual_time: true,
                view: false,
                seed: Some(0),
                framework: false,
                utc_offset_minutes: 0,
                role: Role::App,
            },
        )),
        watchdog: Duration::from_secs(60),
        wants_dump: false,
        wants_tree: false,
        explain: false,
        device: Arc::new(DeviceState::new(Arc::new(clock.clone()))),
        person: Person::default(),
        presence: Presence::default(),
        neighbours: Arc::new(Alone),
        outside: Arc::new(NobodyOutside),
        virtual_clock: Some(clock),
        stay_ms: Some(10_000.0),
        schedule: Schedule::new(orders.into_iter().map(|(at, what)| (Duration::from_millis(at), what))),
        timeline,
    }
}

/// What an app says and goes through, `at what` each, without the pages' own steps.
async fn timeline_of(app_js: &str, orders: Vec<(u64, Control)>) -> Vec<String> {
    let entries = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&entries);
    let timeline = Timeline::new(Box::new(move |entry| {
        let text = entry.properties.get("text").and_then(|text| text.as_str());
        if !entry.kind.starts_with("page.") {
            seen.lock()
                .unwrap()
                .push(format!("{} {}", entry.at, text.unwrap_or(&entry.kind)));
        }
    }));
    // The sender lives as long as the run: its end would stop the app.
    let (_sender, control) = mpsc::unbounded_channel();
    run(config(orders, timeline), Arc::new(Development(start(app_js))), control).await;
    let seen = entries.lock().unwrap().clone();
    let start = ["0 boot", "0 app.launch", "0 app.show"];
    assert_eq!(seen[..3], start);
    seen[3..].to_vec()
}

#[tokio::test]
async fn timers_stand_still_5_s_after_the_app_left_and_run_when_it_is_back() {
    let app = "App({}); const say = (ms) => setTimeout(() => console.log('timer ' + ms), ms);
               say(9000); say(4000); say(30000)";
    let said = timeline_of(app, vec![(2_000, BACKGROUND), (20_000, foreground(""))]).await;
    let expected = [
        "2000 app.hide",
        "4000 timer 4000",
        "20000 app.show",
        "20000 timer 9000",
        "30000 timer 30000",
        "30000 exit",
    ];
    assert_eq!(said, expected);
}

#[tokio::test]
async fn what_a_call_came_to_reaches_a_suspended_app_when_it_is_back() {
    let app = "App({ onHide() { setTimeout(() => wx.getNetworkType({ success: () => console.log('type') }), 5000) } })";
    let said = timeline_of(app, vec![(1_000, BACKGROUND), (60_000, foreground(""))]).await;
    assert_eq!(said, ["1000 app.hide", "60000 app.show", "60000 type", "60000 exit"]);
}

#[tokio::test]
async fn an_app_that_nobody_brings_back_is_not_waited_for() {
    let app = "App({}); setInterval(() => console.log('tick'), 2000)";
    let said = timeline_of(app, vec![(1_000, BACKGROUND)]).await;
    assert_eq!(said, ["1000 app.hide", "2000 tick", "4000 tick", "6000 exit"]);
}

#[tokio::test]
async fn an_app_is_destroyed_after_30_minutes_and_opened_anew() {
    let app = "App({}); console.log(typeof globalThis.kept); globalThis.kept = 1";
    let orders = vec![
        (1_000, BACKGROUND),
        (1_900_000, BACKGROUND),
        (2_000_000, foreground("pages/b/b?x=1")),
    ];
    let said = timeline_of(app, orders).await;
    let expected = [
        "0 undefined",
        "1000 app.hide",
        "1801000 app.destroy",
        "2000000 boot",
        "2000000 app.launch",
        "2000000 app.show",
        "2000000 undefined",
        "2000000 exit",
    ];
    assert_eq!(said, expected);
}

/// A development version beside which a download goes on for ever.
struct Downloads {
    inner: Development,
    begun: Arc<Mutex<Vec<&'static str>>>,
}

struct Broken(Arc<Mutex<Vec<&'static str>>>);

impl Drop for Broken {
    fn drop(&mut self) {
        self.0.lock().unwrap().push("broken off");
    }
}

#[async_trait::async_trait]
impl Source for Downloads {
    async fn start(
        &self,
        page: &str,
        seen: Progress<'_>,
        events: &UnboundedSender<UpdateEvent>,
    ) -> Result<Start, CannotOpen> {
        self.inner.start(page, seen, events).await
    }

    async fn background(&self, _: &UnboundedSender<UpdateEvent>) {
        self.begun.lock().unwrap().push("begun");
        let _broken = Broken(Arc::clone(&self.begun));
        std::future::pending::<()>().await;
    }

    async fn staged(&self) -> Option<Start> {
        None
    }

    async fn apply(&self) -> Result<Start, String> {
        Err("nothing is staged".into())
    }

    async fn confirm(&self) {}

    async fn boot_failed(&self, _: &str) -> Result<Option<Start>, CannotOpen> {
        Ok(None)
    }

    async fn ended_before_ready(&self) {}
}

/// Real time that passes only when everybody waits for it.
async fn let_time_pass(clock: VirtualClock) {
    loop {
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        match clock.next_deadline() {
            Some(next) => clock.advance_to(next),
            // The worlds are threads of their own.
            None => tokio::time::sleep(Duration::from_millis(1)).await,
        }
    }
}

#[tokio::test]
async fn an_app_that_is_destroyed_while_it_downloads_goes_on_with_that_when_it_is_opened() {
    let begun = Arc::new(Mutex::new(Vec::new()));
    let kinds = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&kinds);
    let timeline = Timeline::new(Box::new(move |entry| seen.lock().unwrap().push(entry.kind.clone())));
    let orders = vec![
        (1_000, BACKGROUND),
        (2_000_000, foreground("")),
        (2_001_000, Control::Stop),
    ];
    let config = config(orders, timeline);
    let clock = config.virtual_clock.clone().unwrap();
    let config = RunConfig {
        virtual_clock: None,
        ..config
    };
    let source = Downloads {
        inner: Development(start("App({})")),
        begun: Arc::clone(&begun),
    };
    let (_sender, control) = mpsc::unbounded_channel();
    tokio::select! {
        _ = run(config, Arc::new(source), control) => {}
        () = let_time_pass(clock) => unreachable!("time passes for ever"),
    }
    let kinds = kinds.lock().unwrap();
    assert_eq!(kinds.iter().filter(|kind| *kind == "boot").count(), 2, "{kinds:?}");
    assert!(kinds.contains(&"app.destroy".to_owned()), "{kinds:?}");
    assert_eq!(*begun.lock().unwrap(), ["begun", "broken off", "begun", "broken off"]);
}

#[tokio::test]
async fn times_count_from_the_first_boot_and_outlive_a_restart() {
    let app = "const again = wx.getStorageSync('again'); wx.setStorageSync('again', 1); App({});
               if (!again) setTimeout(() => wx.restartMiniProgram({ path: '/pages/b/b' }), 3000)";
    let said = timeline_of(app, vec![(4_000, BACKGROUND), (5_000, foreground("pages/a/a"))]).await;
    let expected = [
        "3000 restart",
        "3000 boot",
        "3000 app.launch",
        "3000 app.show",
        "4000 app.hide",
        "5000 app.show",
        "5000 exit",
    ];
    assert_eq!(said, expected);
}

#[tokio::test]
async fn timers_get_their_time_anew_after_a_return() {
    let app = "App({}); setTimeout(() => console.log('late'), 28000)";
    let said = timeline_of(app, vec![(1_000, BACKGROUND), (20_000, foreground(""))]).await;
    assert_eq!(said, ["1000 app.hide", "20000 app.show", "28000 late", "28000 exit"]);
}
