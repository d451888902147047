//! Runs of the benchmarks' packages, whose timeline is timed.

use crate::stage::{File, package};
use minirun::app::carrier::Carrier;
use minirun::app::device::{DeviceState, Person};
use minirun::app::instance::Control;
use minirun::app::launch::LaunchOptions;
use minirun::app::neighbours::Alone;
use minirun::app::outside::NobodyOutside;
use minirun::app::presence::Presence;
use minirun::app::run::{RunConfig, run};
use minirun::app::schedule::Schedule;
use minirun::app::source::{Boot, Source, Start};
use minirun::app::timeline::Timeline;
use minirun::app::worlds::Worlds;
use minirun::engine::protocol::{Limits, Role, WorldSpec};
use minirun::system::RealClock;
use minirun::wx::EnvVersion;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// A start of the package made of these files.
pub fn start(files: &[File], version: &str) -> Start {
    Start {
        package: Arc::new(package(files)),
        boot: Boot {
            app_id: "wx0000000000000001".into(),
            release: None,
            version: Some(version.into()),
            env_version: EnvVersion::Release,
            reason: "benchmark".into(),
        },
        on_trial: false,
    }
}

/// How the worlds of every benchmark are made.
pub const SPEC: WorldSpec = WorldSpec {
    virtual_time: false,
    utc_offset_minutes: 480,
    seed: None,
    trace_wx: false,
    note_places: false,
    limits: Limits {
        loop_iterations: 200_000_000,
        recursion: 4096,
        nesting: 1000,
        memory: 1 << 30,
    },
    role: Role::App,
    view: false,
    framework: false,
};

/// Runs an app until its timeline has an entry `to` after an entry `from`, and gives the time between them.
/// An empty `from` is the beginning of the run.
pub fn between(carrier: Carrier, source: Arc<dyn Source>, from: &'static str, to: &'static str) -> Duration {
    let (stop, control) = mpsc::unbounded_channel();
    let times = Arc::new(Mutex::new((from.is_empty().then(Instant::now), None)));
    let seen = Arc::clone(&times);
    let sink = move |entry: &minirun::app::timeline::Entry| {
        let mut times = seen.lock().expect("nobody panics with the lock");
        if entry.kind == from {
            times.0 = Some(Instant::now());
        } else if entry.kind == to && times.0.is_some() && times.1.is_none() {
            times.1 = Some(Instant::now());
            let _ = stop.send(Control::Stop);
        }
        assert_ne!(entry.kind, "error", "{:?}", entry.properties);
    };
    let config = RunConfig {
        launch: LaunchOptions::default(),
        worlds: Arc::new(Worlds::new(carrier, SPEC)),
        watchdog: Duration::from_secs(60),
        wants_dump: false,
        wants_tree: false,
        explain: false,
        virtual_clock: None,
        stay_ms: None,
        schedule: Schedule::default(),
        timeline: Timeline::new(Box::new(sink)),
        device: Arc::new(DeviceState::new(Arc::new(RealClock))),
        person: Person::default(),
        presence: Presence::default(),
        neighbours: Arc::new(Alone),
        outside: Arc::new(NobodyOutside),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(run(config, source, control));
    match *times.lock().expect("nobody panics with the lock") {
        (Some(from), Some(to)) => to - from,
        _ => panic!("the run ended before {to}"),
    }
}
