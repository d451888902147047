//! One scenario, from the start of the app to the next cold start of the device.

use super::dialogs;
use super::line::Line;
use super::offered::Offered;
use super::person::Someone;
use super::record::{Record, Session};
use super::space::{Moment, Outcome, Person, Policy, Scenario};
use super::stage::{Bench, INSTALLED_MS, Stage, StageError};
use crate::app::carrier::Carrier;
use crate::app::instance::Control;
use crate::app::launch::LaunchOptions;
use crate::app::released::Released;
use crate::app::schedule::Schedule;
use crate::app::source::Source;
use crate::host::{Code, Host, HostClock, HostConfig, Keep, Opening};
use crate::system::{Clock, VirtualClock};
use crate::wx::{EnvVersion, Nobody, Ui};
use std::sync::Arc;
use std::time::Duration;

const HOUR_MS: f64 = 3_600_000.0;

/// The absence after which a release of mode default updates before the start.
const ABSENCE_MS: f64 = 11.0 * 24.0 * HOUR_MS;

/// So many restarts are no accident.
pub const RESTARTS: usize = 6;

/// How long timers keep the first session going, and the next one.
const STAYS: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(3)];

/// Runs a scenario.
///
/// # Errors
/// The device or its host cannot be used.
pub async fn run(stage: &Stage, carrier: &Carrier, scenario: Scenario) -> Result<Record, StageError> {
    let bench = stage.bench(scenario.policy, scenario.outcome);
    let absence = match scenario.policy {
        Policy::Absent | Policy::Async => ABSENCE_MS,
        _ => HOUR_MS,
    };
    play(stage, carrier, (&bench, absence), scenario).await
}

/// Runs the next version as the only one that there is.
///
/// # Errors
/// As [`run`].
pub async fn run_next(stage: &Stage, carrier: &Carrier) -> Result<Record, StageError> {
    play(stage, carrier, (&stage.bench_of_next(), HOUR_MS), Scenario::PLAIN).await
}

async fn play(
    stage: &Stage,
    carrier: &Carrier,
    (bench, absence): (&Bench, f64),
    scenario: Scenario,
) -> Result<Record, StageError> {
    #[expect(clippy::cast_precision_loss, reason = "a time of this century")]
    let clock = VirtualClock::new(INSTALLED_MS as f64 + absence);
    let (store, forged) = &bench.stores;
    let line = Line::new((store, forged), &clock, scenario.outcome, scenario.moment);
    let line = Arc::new(line);
    let http = Arc::clone(&line) as Arc<dyn crate::system::Http>;
    let updater = stage.spec.updater((&bench.disk, &bench.user), &clock, http)?;
    let released = Released::new(updater, stage.spec.app_id.to_string(), EnvVersion::Release);
    let device = Used {
        stage,
        host: host(stage, carrier, &clock)?,
        source: Arc::new(Offered::new(released, scenario.moment)),
        user: bench.user.clone(),
    };
    let someone = Someone::new(scenario.person, &clock);
    line.set_faulty(true);
    let visits = Schedule::new(visits(scenario));
    let first = device.session(Arc::new(someone.clone()), STAYS[0], visits).await;
    line.set_faulty(false);
    clock.advance_to(clock.now_ms() + HOUR_MS);
    let next = device.session(Arc::new(Nobody), STAYS[1], Schedule::default()).await;
    Ok(Record {
        scenario,
        first,
        next,
        asked: someone.asked(),
        same_as: None,
    })
}

fn host(stage: &Stage, carrier: &Carrier, clock: &VirtualClock) -> Result<Host, StageError> {
    let config = HostConfig {
        clock: HostClock::Virtual(clock.clone()),
        traffic: stage.spec.traffic.clone(),
        profile: stage.spec.profile.clone(),
        cloud_fixtures: stage.spec.cloud_fixtures.clone(),
        plugins: stage.spec.plugins.clone(),
        carrier: carrier.clone(),
        note_places: true,
        view: stage.spec.view,
        ..HostConfig::default()
    };
    Ok(Host::open(config)?)
}

/// A device on which the app is used.
struct Used<'s> {
    stage: &'s Stage,
    host: Host,
    source: Arc<dyn Source>,
    user: String,
}

impl Used<'_> {
    async fn session(&self, ui: Arc<dyn Ui>, stays: Duration, schedule: Schedule) -> Session {
        let code = Code::Source {
            app_id: self.stage.spec.app_id.to_string(),
            source: Arc::clone(&self.source),
        };
        let opening = Opening {
            user: self.user.clone(),
            ui,
            keep: Keep::For(stays),
            schedule,
            ..Opening::new(code)
        };
        let mut session = Session::default();
        let mut app = match self.host.start(opening) {
            Ok(app) => app,
            Err(error) => {
                session.cannot_open = Some(error.to_string());
                return session;
            }
        };
        let mut restarts = 0;
        while let Some(entry) = app.next().await {
            restarts += usize::from(entry.kind == "restart");
            if restarts < RESTARTS || entry.kind == "restart" && restarts == RESTARTS {
                session.entries.push(entry);
            }
            if restarts == RESTARTS {
                app.stop();
            }
        }
        session.cannot_open = app.end().await.cannot_open;
        session
    }
}

/// What happens to the app besides the update: the person leaves and comes back, twice, once all is over.
fn visits(scenario: Scenario) -> Vec<(Duration, Control)> {
    let mut orders = Vec::new();
    let mut order = |ms: u64, what: Control| orders.push((Duration::from_millis(ms), what));
    let back = || Control::Foreground(LaunchOptions::default());
    match scenario.moment {
        Moment::Dialog => order(101, Control::Dialog(Box::new(dialogs::others()))),
        Moment::Background => {
            order(101, Control::Background);
            order(20_011, back());
        }
        _ => {}
    }
    let settled = match scenario.outcome {
        // Four tries of a quarter of a minute each, whole and as a delta, before the start and beside the app.
        Outcome::DownloadStalls => 300_000,
        _ => 40_000,
    };
    for visit in 0..2 {
        order(settled + visit * 20_000, Control::Background);
        order(settled + visit * 20_000 + 10_009, back());
    }
    orders
}

/// Those who are worth running: what nobody was asked, nobody else would have answered otherwise.
pub fn would_differ(person: Person, confirmed: &Record) -> bool {
    match person {
        Person::Confirms => true,
        Person::Cancels => confirmed.asked.choice,
        Person::Silent => confirmed.asked.anything,
    }
}
