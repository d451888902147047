//! What the benchmarks put on stage: generated packages, and runs whose timeline is timed.

use bytes::Bytes;
use minirun::app::carrier::Carrier;
use minirun::app::device::{DeviceState, Person};
use minirun::app::instance::Control;
use minirun::app::launch::LaunchOptions;
use minirun::app::presence::Presence;
use minirun::app::run::{RunConfig, run};
use minirun::app::schedule::Schedule;
use minirun::app::source::{Boot, Source, Start};
use minirun::app::timeline::Timeline;
use minirun::app::worlds::Worlds;
use minirun::engine::protocol::{Limits, WorldSpec};
use minirun::package::SourcePackage;
use minirun::system::RealClock;
use minirun::wx::EnvVersion;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// A file of a package: its name and its text.
pub type File = (String, String);

/// About `kilobytes` of the code that apps are made of, the same at every call.
pub fn module(kilobytes: usize) -> String {
    let mut text = String::with_capacity(kilobytes * 1100);
    let mut at = 0;
    while text.len() < kilobytes * 1000 {
        let _ = write!(
            text,
            "// Totals of group {at}, by month and by person.
function group{at}(list, options) {{
  const limit = options && options.limit || {at}, seen = {{}};
  let total = 0;
  for (let i = 0; i < list.length && i < limit; i++) {{
    const item = list[i], key = item.month + '-' + (item.name || 'none');
    if (seen[key]) seen[key].count += 1; else seen[key] = {{ key, count: 1, rows: [item.id, i, {at}] }};
    total += item.price * (item.discount ? 1 - item.discount / 100 : 1);
  }}
  return Object.keys(seen).map((key) => Object.assign({{ share: total ? seen[key].count / total : 0 }}, seen[key]));
}}
exports.group{at} = group{at};
"
        );
        at += 1;
    }
    text
}

/// An app with one page, whose app.js is `start` after it has required `modules`.
pub fn app(start: &str, modules: &[File]) -> Vec<File> {
    let requires = modules.iter().map(|(name, _)| format!("require('./{name}');\n"));
    let mut files = vec![
        ("app.json".to_owned(), r#"{"pages":["pages/index/index"]}"#.to_owned()),
        ("app.js".to_owned(), requires.collect::<String>() + start),
        ("pages/index/index.js".to_owned(), "Page({ data: { n: 0 } })".to_owned()),
    ];
    files.extend(modules.iter().cloned());
    files
}

/// A start of the package made of these files.
pub fn start(files: &[File], version: &str) -> Start {
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), Bytes::from(text.clone())));
    Start {
        package: Arc::new(SourcePackage::open(files).expect("the package is sound")),
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
    trace_wx: false,
    limits: Limits {
        loop_iterations: 200_000_000,
        recursion: 4096,
        nesting: 1000,
        memory: 1 << 30,
    },
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
        explain: false,
        virtual_clock: None,
        stay_ms: None,
        schedule: Schedule::default(),
        timeline: Timeline::new(Box::new(sink)),
        device: Arc::new(DeviceState::new(Arc::new(RealClock))),
        person: Person::default(),
        presence: Presence::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(run(config, source, control));
    match *times.lock().expect("nobody panics with the lock") {
        (Some(from), Some(to)) => to - from,
        _ => panic!("the run ended before {to}"),
    }
}
