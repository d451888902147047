//! One instance of an app: a world, the host's half of `wx`, the page stack,
//! and the loop that lets them speak.
//!
//! An instance ends with a value ([`Exit`]); what follows from it, such as
//! booting the next world, is the caller's.

mod answers;
mod back_key;
mod background;
mod container;
mod drain;
mod other_apps;
mod parts;
mod preload;
mod routes;
mod start;
mod turn;
mod updates;
mod view;
mod worker;

pub use parts::{Fetch, Tell};
pub use updates::restart_modal;

use super::carrier::{CarrierError, WorldHandle};
use super::launch::LaunchOptions;
use super::neighbours::Neighbours;
use super::outside::Outside;
use super::pages::{Pages, RouteTable};
use super::schedule::Schedule;
use super::source::News;
use super::timeline::Timeline;
use super::worker::Worker;
use super::world_spec::role_of;
use super::worlds::Worlds;
use crate::engine::protocol::WorldFault;
use crate::package::CodePackage;
use crate::system::Participant;
use crate::update::UpdateEvent;
use crate::wx::{HostCommand, Modal, Outcome, Outgoing, Wx};
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// What the host tells a running instance.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// Send the app to the background.
    Background,
    /// Bring it back: a hot start, at this page or, where the path is empty, where it was.
    Foreground(LaunchOptions),
    /// The same for an app that is in front as well: the person has been elsewhere and opens it from there.
    Reopen(LaunchOptions),
    /// An event for the JS half, once the first page is ready.
    Emit(String, Value),
    /// What the update mechanism would report.
    Update(UpdateEvent),
    /// Something happens to the device, in the words of its profile.
    Device(Value),
    /// Another one's dialog comes up, such as the system's own; the app hears nothing of its answer.
    Dialog(Box<Modal>),
    /// End the run.
    Stop,
}

/// What an instance is made of.
pub struct InstanceSpec {
    /// The code.
    pub package: Arc<dyn CodePackage>,
    /// How it is opened.
    pub launch: LaunchOptions,
    /// A world that has this package already, if there is one.
    pub world: Option<WorldHandle>,
    /// Where another one comes from.
    pub worlds: Arc<Worlds>,
    /// How long one turn of the world may take, in real time.
    pub watchdog: Duration,
    /// Ask for the state at the end.
    pub wants_dump: bool,
    /// Ask for the tree of the page on the screen at the end.
    pub wants_tree: bool,
    /// The release has not shown a first page here: a start that fails ends it.
    pub on_trial: bool,
    /// Told when the first page is ready.
    pub trial: Option<oneshot::Sender<()>>,
    /// Called with the modules in use when a newer release is staged.
    pub prepare: Option<Prepare>,
    /// Promotes the staged release.
    pub apply: Apply,
    /// Called when the app comes back to the front.
    pub returned: Box<dyn Fn() + Send + Sync>,
    /// Gets a part of the release that is not at hand.
    pub fetch: Fetch,
    /// The run's part in virtual time, where time is virtual.
    pub virtual_time: Option<Arc<Participant>>,
    /// How long timers keep the run going, in milliseconds of the app's time; `None` for ever.
    pub stay_ms: Option<f64>,
    /// What the host does to the app later.
    pub schedule: Schedule,
    /// The other apps of the device.
    pub neighbours: Arc<dyn Neighbours>,
    /// The program that runs the app.
    pub outside: Arc<dyn Outside>,
    /// Where the timeline goes.
    pub timeline: Timeline,
    /// The update mechanism's reports.
    pub updates: mpsc::UnboundedReceiver<UpdateEvent>,
    /// From when on the app hears of them.
    pub news: News,
}

/// Prepares the next world aside, with these modules.
pub type Prepare = Box<dyn Fn(Vec<String>) + Send + Sync>;

/// Promotes the staged release, or says why it cannot.
pub type Apply = Box<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// Why an instance ended.
#[derive(Debug)]
pub enum Exit {
    /// Nothing is left to do.
    Done,
    /// The app was in the background for too long; the host may open it anew.
    Destroyed,
    /// The host said so.
    Stopped,
    /// The app asked for a restart: `applyUpdate`, `restartMiniProgram`, or a forced update.
    Restart {
        /// How the next instance is opened.
        launch: LaunchOptions,
    },
    /// The world ended.
    Fault(WorldFault),
    /// app.js or App.onLaunch of a release on trial threw; the error is on the timeline already.
    StartFailed(WorldFault),
    /// The code of the first page could not be got, and why.
    NotFetched(String),
    /// No world could be started.
    NoWorld(CarrierError),
}

/// What is known of an instance when it has ended.
pub struct Ended {
    /// Why.
    pub exit: Exit,
    /// The state for `--dump`, where the world could still give it.
    pub dump: Option<Value>,
    /// The tree of the page that was on the screen, as text.
    pub tree: Option<String>,
    /// The host's half, for the state that outlives the world.
    pub wx: Wx,
    /// The line from whoever drives the app.
    pub control: mpsc::UnboundedReceiver<Control>,
    /// What the host still has to do.
    pub schedule: Schedule,
}

/// A finished call on its way into the world.
type Finished = (u64, Outcome);

/// A running app.
pub struct Instance {
    spec: InstanceSpec,
    world: WorldHandle,
    world_is_loaded: bool,
    wx: Wx,
    outgoing: mpsc::UnboundedReceiver<Outgoing>,
    held: VecDeque<Outgoing>,
    control: mpsc::UnboundedReceiver<Control>,
    early: VecDeque<Control>,
    tasks: FuturesUnordered<BoxFuture<'static, Option<Finished>>>,
    arrived: VecDeque<Option<Finished>>,
    aborts: HashMap<u64, oneshot::Sender<()>>,
    pages: Pages,
    #[cfg(feature = "view")]
    views: view::Views,
    /// Pages that show a container.
    containers: BTreeSet<u64>,
    routes: VecDeque<routes::Waiting>,
    commands: VecDeque<HostCommand>,
    later: Vec<drain::Later>,
    parts: parts::Parts,
    worker: Option<Worker>,
    workers_made: u64,
    wake_at: Option<f64>,
    started: bool,
    launch_failed: Option<String>,
    end_at: f64,
    background: background::Background,
    update: UpdateState,
    dump: Option<Value>,
    tree: Option<String>,
    loaded: BTreeSet<String>,
    doing: String,
    /// One clone for each call to the program outside that has not been answered.
    asks: Arc<()>,
}

/// What the app may do with the update mechanism.
#[derive(Debug, Default)]
struct UpdateState {
    ready: bool,
    applied: bool,
    forced: bool,
    /// The framework's own dialog was shown.
    asked: bool,
}

/// Ends the instance; carried by `?` through the loop.
pub(super) type Flow<T = ()> = Result<T, Exit>;

impl Instance {
    /// Starts a world for the instance; nothing of the app runs yet.
    ///
    /// # Errors
    /// The system has no thread or process to give.
    pub fn new(
        mut spec: InstanceSpec,
        wx: Wx,
        outgoing: mpsc::UnboundedReceiver<Outgoing>,
        control: mpsc::UnboundedReceiver<Control>,
    ) -> Result<Self, CarrierError> {
        view::expect_components(&spec);
        let (world, world_is_loaded) = match spec.world.take() {
            Some(world) => (world, true),
            None => (spec.worlds.take(role_of(spec.package.as_ref()))?, false),
        };
        let app_json = serde_json::to_value(spec.package.app_json()).unwrap_or_default();
        Ok(Self {
            pages: Pages::new(RouteTable::from_app_json(&app_json)),
            spec,
            world,
            world_is_loaded,
            wx,
            outgoing,
            #[cfg(feature = "view")]
            views: view::Views::default(),
            containers: BTreeSet::new(),
            held: VecDeque::new(),
            control,
            early: VecDeque::new(),
            tasks: FuturesUnordered::new(),
            arrived: VecDeque::new(),
            aborts: HashMap::new(),
            routes: VecDeque::new(),
            commands: VecDeque::new(),
            later: Vec::new(),
            parts: parts::Parts::default(),
            worker: None,
            workers_made: 0,
            wake_at: None,
            started: false,
            launch_failed: None,
            end_at: f64::INFINITY,
            background: background::Background::default(),
            update: UpdateState::default(),
            dump: None,
            tree: None,
            loaded: BTreeSet::new(),
            doing: String::new(),
            asks: Arc::default(),
        })
    }

    fn now(&self) -> f64 {
        self.wx.clock.now_ms()
    }

    /// A mini game has no pages; it has started when game.js has run.
    fn is_game(&self) -> bool {
        self.spec.package.app_json().is_game
    }

    fn note(&self, kind: &str, properties: Value) {
        self.spec.timeline.add(self.now(), kind, properties);
    }
}
