//! From `applyUpdate` to the new `App.onLaunch`, in worlds that are processes, beside the bare cost of the same
//! package: a new context of the engine that evaluates the same files. One round measures each once.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod runs;
mod stage;

use async_trait::async_trait;
use boa_engine::{Context, Script, Source as Text};
use minirun::app::carrier::Carrier;
use minirun::app::source::{CannotOpen, Source, Start};
use minirun::release::VersionLabel;
use minirun::update::{Progress, UpdateEvent};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;

const ROUNDS: usize = 9;

/// The app applies an update some time after it is ready: there is time to prepare, or not to prepare.
const APP: &str = "const m = wx.getUpdateManager();
m.onUpdateReady(() => setTimeout(() => m.applyUpdate(), 1200));
App({ onLaunch() {} })";

/// An update that is there at once.
struct Updating {
    first: Start,
    next: Start,
    prepare: bool,
    told: AtomicBool,
}

#[async_trait]
impl Source for Updating {
    async fn start(&self, _: &str, _: Progress<'_>, _: &UnboundedSender<UpdateEvent>) -> Result<Start, CannotOpen> {
        Ok(self.first.clone())
    }

    async fn background(&self, events: &UnboundedSender<UpdateEvent>) {
        if self.told.swap(true, Ordering::SeqCst) {
            return;
        }
        let version = VersionLabel::parse("1.1.0").expect("a label");
        let _ = events.send(UpdateEvent::Check {
            has_update: true,
            version: Some(version.clone()),
            forced: false,
        });
        let _ = events.send(UpdateEvent::Ready { version, forced: false });
    }

    async fn staged(&self) -> Option<Start> {
        self.prepare.then(|| self.next.clone())
    }

    async fn apply(&self) -> Result<Start, String> {
        Ok(self.next.clone())
    }

    async fn confirm(&self) {}

    async fn boot_failed(&self, _: &str) -> Result<Option<Start>, CannotOpen> {
        Ok(None)
    }

    async fn ended_before_ready(&self) {}
}

fn restart(files: &[stage::File], prepare: bool) -> Duration {
    let source = Updating {
        first: runs::start(files, "1.0.0"),
        next: runs::start(files, "1.1.0"),
        prepare,
        told: AtomicBool::new(false),
    };
    let program = env!("CARGO_BIN_EXE_minirun").into();
    runs::between(
        Carrier::Process { program },
        Arc::new(source),
        "update.apply",
        "app.launch",
    )
}

/// A new context, the package's scripts as modules, and `App.onLaunch` called.
fn bare(files: &[stage::File]) -> Duration {
    let begun = Instant::now();
    let mut context = Context::default();
    let mut run = |text: &str| {
        let script = Script::parse(Text::from_bytes(text), None, &mut context).expect("it parses");
        script.evaluate(&mut context).expect("it runs");
    };
    run("const all = {}; const require = (name) => all[name];
         const App = (app) => app.onLaunch();
         const wx = { getUpdateManager: () => ({ onUpdateReady() {} }) };");
    let scripts = || {
        files
            .iter()
            .filter(|(name, _)| name.ends_with(".js") && !name.starts_with("pages/"))
    };
    let order = scripts().filter(|(name, _)| name != "app.js");
    for (name, text) in order.chain(scripts().filter(|(name, _)| name == "app.js")) {
        run(&format!(
            "{{ const module = {{ exports: {{}} }};
             (function(require,module,exports){{{text}\n}})(require, module, module.exports);
             all['./{name}'] = module.exports }}"
        ));
    }
    begun.elapsed()
}

fn main() {
    // Asked by `cargo test` for its list of tests: there is none.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    println!("applyUpdate to App.onLaunch, medians of {ROUNDS} rounds, as ratios to the bare cost of each round\n");
    println!(
        "{:>10} {:>12} {:>22} {:>22}",
        "package", "bare", "unprepared", "prepared"
    );
    for kilobytes in [0, 100, 500] {
        let modules: Vec<_> = (0..kilobytes / 25)
            .map(|at| (format!("m{at}.js"), stage::module(25)))
            .collect();
        compare(kilobytes, &stage::app(APP, &modules));
    }
}

fn compare(kilobytes: usize, files: &[stage::File]) {
    let mut rounds: Vec<[f64; 3]> = Vec::new();
    for _ in 0..ROUNDS {
        let round = [bare(files), restart(files, false), restart(files, true)];
        rounds.push(round.map(|time| time.as_secs_f64() * 1000.0));
    }
    let median = |of: &dyn Fn(&[f64; 3]) -> f64| {
        let mut values: Vec<f64> = rounds.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let shown = |at: usize| {
        format!(
            "{:.1} ms ({:.2})",
            median(&|round| round[at]),
            median(&|round| round[at] / round[0])
        )
    };
    let bare = format!("{:.1} ms", median(&|round| round[0]));
    println!("{:>7} KB {bare:>12} {:>22} {:>22}", kilobytes, shown(1), shown(2));
}
