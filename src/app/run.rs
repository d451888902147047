//! A run: instance after instance of one app, until it ends for good.
//!
//! A restart is a value of the instance that ended; here it becomes the next one.

mod open;

use super::aside::Aside;
use super::carrier::WorldHandle;
use super::instance::{Apply, Control, Ended, Exit, Fetch, Instance, InstanceSpec};
use super::launch::LaunchOptions;
use super::prepare::Prepared;
use super::presence::Present;
pub use super::run_config::{RunConfig, RunReport};
use super::schedule::Schedule;
use super::source::{CannotOpen, Source, Start};
use crate::engine::protocol::WorldFault;
use crate::system::Participant;
use crate::update::UpdateEvent;
use crate::wx::{DeviceMemory, Outbox, UiState, Wx, changed};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc, oneshot};
use tracing::Instrument;

/// Runs an app from its cold start to its end. The app is present, and virtual time takes the run into
/// account, from this call on, not from when the future is first polled.
pub fn run(
    config: RunConfig,
    source: Arc<dyn Source>,
    control: mpsc::UnboundedReceiver<Control>,
) -> impl Future<Output = RunReport> + Send {
    let run = Run {
        virtual_time: config.virtual_clock.as_ref().map(|clock| Arc::new(clock.join())),
        config: Arc::new(config),
        source,
    };
    let present = run.config.presence.enter();
    async move {
        let timeline = run.config.timeline.clone();
        let report = run.whole(present, control).await;
        RunReport {
            errors: timeline.errors(),
            ..report
        }
    }
}

struct Run {
    config: Arc<RunConfig>,
    source: Arc<dyn Source>,
    virtual_time: Option<Arc<Participant>>,
}

type Events = mpsc::UnboundedSender<UpdateEvent>;
type Updates = mpsc::UnboundedReceiver<UpdateEvent>;

/// What one instance starts with.
struct Opening {
    present: Present,
    start: Start,
    launch: LaunchOptions,
    world: Option<WorldHandle>,
    control: mpsc::UnboundedReceiver<Control>,
    schedule: Schedule,
    memory: DeviceMemory,
    events: (Events, Updates),
}

/// What one instance led to.
enum Next {
    End(Box<RunReport>),
    Again(Box<Opening>),
}

impl Next {
    fn end(report: RunReport) -> Self {
        Self::End(Box::new(report))
    }
}

impl Run {
    async fn whole(self, present: Present, control: mpsc::UnboundedReceiver<Control>) -> RunReport {
        if self.config.explain {
            self.source.explain_to(self.explain());
        }
        match self.cold_start(present, self.config.launch.clone(), control).await {
            Ok(mut opening) => {
                let start_ms = self.config.timeline.started_at();
                let start_ms = start_ms.unwrap_or_else(|| self.config.device.clock.now_ms());
                opening.schedule = self.config.schedule.starting_at(start_ms);
                self.instances(opening).await
            }
            Err(refused) => cannot_open(refused.to_string()),
        }
    }

    async fn instances(self, mut opening: Opening) -> RunReport {
        loop {
            match self.instance(opening).await {
                Next::End(report) => return *report,
                Next::Again(next) => opening = *next,
            }
        }
    }

    async fn instance(&self, opening: Opening) -> Next {
        let Opening {
            present,
            start,
            launch,
            world,
            control,
            schedule,
            memory,
            events: (events, updates),
        } = opening;
        self.note("boot", json!(start.boot));
        let (outbox, outgoing) = Outbox::new();
        let mut wx = self.config.device.wx(outbox.clone(), &start, &self.config.person);
        wx.remember(memory);
        wx.ui_state = UiState::new(&json!(start.package.app_json()));
        let (trial, confirmed) = oneshot::channel();
        let prepared_world = world.is_some();
        let prepared = Arc::new(Prepared::default());
        let applied = Arc::new(Mutex::new(None));
        let aside = Aside::begin(&self.source, &outbox, events);
        let spec = InstanceSpec {
            package: Arc::clone(&start.package),
            launch: launch.clone(),
            world,
            worlds: Arc::clone(&self.config.worlds),
            watchdog: self.config.watchdog,
            wants_dump: self.config.wants_dump,
            wants_tree: self.config.wants_tree,
            on_trial: start.on_trial,
            trial: Some(trial),
            prepare: Some(prepared.starter(&self.config, &self.source)),
            apply: self.applier(&applied),
            returned: aside.on_return(),
            fetch: self.fetcher(outbox.clone()),
            virtual_time: self.virtual_time.clone(),
            stay_ms: self.config.stay_ms,
            schedule,
            neighbours: Arc::clone(&self.config.neighbours),
            outside: Arc::clone(&self.config.outside),
            timeline: self.config.timeline.clone(),
            updates,
            news: self.source.news(),
        };
        let instance = match Instance::new(spec, wx, outgoing, control) {
            Ok(instance) => instance,
            Err(error) => return Next::end(cannot_open(error.to_string())),
        };
        let confirm = tokio::spawn(confirm(Arc::clone(&self.source), confirmed));
        let boot = &start.boot;
        let span = tracing::info_span!("instance", app = %boot.app_id, version = %boot.label());
        tracing::info!(parent: &span, reason = %boot.reason, prepared = prepared_world, "boot");
        let ended = instance.run().instrument(span.clone()).await;
        tracing::info!(parent: &span, exit = ?ended.exit, "end");
        self.config.outside.world_ended();
        aside.end().await;
        let confirmed = confirm.await.unwrap_or(false);
        let opened = Opened {
            present,
            start,
            confirmed,
            applied: applied.lock().await.take(),
            prepared,
        };
        self.after(ended, opened).await
    }

    /// Promotes the staged release while the old one still runs, so that a promotion that fails changes nothing.
    fn applier(&self, applied: &Arc<Mutex<Option<Start>>>) -> Apply {
        let (source, applied) = (Arc::clone(&self.source), Arc::clone(applied));
        Box::new(move || {
            let (source, applied) = (Arc::clone(&source), Arc::clone(&applied));
            Box::pin(async move {
                let start = source.apply().await?;
                *applied.lock().await = Some(start);
                Ok(())
            })
        })
    }

    /// Gets parts while the app runs. The run does not end before a staged release has them too.
    fn fetcher(&self, outbox: Outbox) -> Fetch {
        let source = Arc::clone(&self.source);
        Box::new(move |part, tell| {
            let (source, busy) = (Arc::clone(&source), outbox.busy());
            Box::pin(async move {
                let package = source.part(&part, &|event| tell(event)).await?;
                tokio::spawn(async move {
                    source.part_used(&part, &|event| tell(event)).await;
                    drop(busy);
                });
                Ok(package)
            })
        })
    }

    async fn after(&self, ended: Ended, opened: Opened) -> Next {
        let Ended {
            exit,
            dump,
            tree,
            wx,
            control,
            schedule,
        } = ended;
        match exit {
            Exit::Restart { launch } => {
                let from = opened.start.boot.clone();
                let start = match opened.applied {
                    Some(applied) => applied,
                    None => self.source.restart().await.unwrap_or(opened.start),
                };
                // What was prepared is the world of the staged release, and not of the one that runs again.
                let is_another = (&start.boot.release, &start.boot.version) != (&from.release, &from.version);
                let world = if is_another {
                    opened.prepared.take(start.package.as_ref()).await
                } else {
                    None
                };
                self.note("restart", json!({ "from": from.label(), "to": start.boot.label() }));
                let app_json = start.package.app_json();
                let launch = launch.for_package(|page| app_json.all_pages().iter().any(|known| known == page));
                Next::Again(Box::new(Opening {
                    present: opened.present,
                    start,
                    launch,
                    world,
                    control,
                    schedule,
                    memory: wx.memory,
                    events: mpsc::unbounded_channel(),
                }))
            }
            Exit::Fault(fault) => {
                self.note(
                    "error",
                    json!({
                        "message": fault.message, "file": fault.file, "line": fault.line, "column": fault.column,
                        "stack": fault.stack, "fatal": true,
                    }),
                );
                self.failed(fault, opened, (control, schedule)).await
            }
            Exit::StartFailed(fault) => self.failed(fault, opened, (control, schedule)).await,
            Exit::NotFetched(reason) => {
                if !opened.confirmed {
                    self.source.ended_before_ready().await;
                }
                Next::end(cannot_open(reason))
            }
            Exit::NoWorld(error) => Next::end(cannot_open(error.to_string())),
            Exit::Done | Exit::Stopped | Exit::Destroyed => {
                if !opened.confirmed {
                    self.source.ended_before_ready().await;
                }
                self.source.used().await;
                if let Err(error) = wx.storage.flush() {
                    tracing::error!(%error, "the app's storage could not be written");
                }
                drop(opened.present);
                if matches!(exit, Exit::Destroyed)
                    && let Some(next) = self.opened_again(control, schedule, wx.memory.clone()).await
                {
                    return next;
                }
                let reason = if matches!(exit, Exit::Stopped) {
                    "stopped"
                } else {
                    "done"
                };
                self.note("exit", json!({ "reason": reason }));
                Next::end(RunReport {
                    dump: dump.map(|state| final_state(state, &wx)),
                    tree,
                    ..RunReport::default()
                })
            }
        }
    }

    /// A release that fell on its trial gives way to the last good one, in the same run.
    async fn failed(
        &self,
        fault: WorldFault,
        opened: Opened,
        (control, schedule): (mpsc::UnboundedReceiver<Control>, Schedule),
    ) -> Next {
        let other = if opened.start.on_trial && !opened.confirmed {
            self.source.boot_failed(&fault.message).await
        } else {
            Ok(None)
        };
        if let Err(refused) = &other {
            let message = refused.to_string();
            self.note("error", json!({ "message": message, "stack": "", "fatal": true }));
        }
        if let Ok(Some(start)) = other {
            let (from, to) = (opened.start.boot.label(), start.boot.label());
            self.note("rollback", json!({ "from": from, "to": to, "reason": fault.message }));
            let launch = self.config.launch.clone();
            return Next::Again(Box::new(Opening {
                present: opened.present,
                start,
                launch,
                world: None,
                control,
                schedule,
                memory: DeviceMemory::default(),
                events: mpsc::unbounded_channel(),
            }));
        }
        self.note("exit", json!({ "reason": "fault" }));
        Next::end(RunReport {
            fault: Some(fault),
            ..RunReport::default()
        })
    }

    /// A destroyed app that somebody opens later starts cold. None: nobody does.
    async fn opened_again(
        &self,
        mut control: mpsc::UnboundedReceiver<Control>,
        mut schedule: Schedule,
        mut memory: DeviceMemory,
    ) -> Option<Next> {
        let opened = match schedule.take_opening() {
            Some((at, options)) => {
                self.until(at, until_stopped(&mut control)).await?;
                options
            }
            None if self.config.stay_ms.is_some() => return None,
            None => self.until_opened(&mut control, &mut memory).await?,
        };
        let launch = if opened.path.is_empty() {
            self.config.launch.clone()
        } else {
            opened
        };
        let next = match self.cold_start(self.config.presence.enter(), launch, control).await {
            Ok(opening) => Next::Again(Box::new(Opening {
                schedule,
                memory,
                ..opening
            })),
            Err(refused) => Next::end(cannot_open(refused.to_string())),
        };
        Some(next)
    }

    /// Nothing of the app is there until `at`. None: `stopped` ends before.
    async fn until(&self, at: f64, stopped: impl Future<Output = ()>) -> Option<()> {
        let clock = &self.config.device.clock;
        let alarm = async {
            match &self.virtual_time {
                Some(time) => time.idle_until(at).await,
                None => clock.sleep_until(at).await,
            }
        };
        tokio::select! {
            biased;
            () = stopped => None,
            () = alarm => Some(()),
        }
    }

    /// What the host says to an app that is not there means nothing, but that it is to open or to stop.
    async fn until_opened(
        &self,
        control: &mut mpsc::UnboundedReceiver<Control>,
        memory: &mut DeviceMemory,
    ) -> Option<LaunchOptions> {
        let mut opened = None;
        let heard = async {
            while let Some(control) = control.recv().await {
                match control {
                    Control::Foreground(options) | Control::Reopen(options) => {
                        opened = Some(options);
                        return;
                    }
                    Control::Stop => return,
                    // The phone goes on without the app; what it can learn of that it finds when it starts.
                    Control::Device(words) => {
                        let known = memory.phone.profile.take();
                        memory.phone.profile = known.map(|phone| Box::new(changed(&phone, &words).unwrap_or(*phone)));
                    }
                    _ => {}
                }
            }
        };
        self.until(f64::INFINITY, heard).await;
        opened
    }

    fn note(&self, kind: &str, properties: Value) {
        self.config
            .timeline
            .add(self.config.device.clock.now_ms(), kind, properties);
    }
}

/// What is known of an instance besides how it ended.
struct Opened {
    present: Present,
    start: Start,
    confirmed: bool,
    applied: Option<Start>,
    prepared: Arc<Prepared>,
}

async fn until_stopped(control: &mut mpsc::UnboundedReceiver<Control>) {
    while control.recv().await.is_some_and(|control| control != Control::Stop) {}
}

async fn confirm(source: Arc<dyn Source>, ready: oneshot::Receiver<()>) -> bool {
    let ready = ready.await.is_ok();
    if ready {
        source.confirm().await;
    }
    ready
}

fn cannot_open(reason: String) -> RunReport {
    RunReport {
        cannot_open: Some(reason),
        ..RunReport::default()
    }
}

/// `--dump`: what the world knows, and what the host keeps for it.
fn final_state(mut state: Value, wx: &Wx) -> Value {
    if let Value::Object(object) = &mut state {
        object.insert("storage".into(), json!(wx.storage.dump().unwrap_or_default()));
        object.insert("screen".into(), json!(wx.ui_state));
    }
    state
}
