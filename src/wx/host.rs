//! What an API may touch on the host, and how it speaks to the app.

use super::{
    AppInfo, Args, Cloud, Datagrams, DialogQueue, Files, LaidAnswers, Nobody, Outcome, Payload, PhoneMemory,
    PhoneState, PluginStorages, Profile, Sockets, Storage, Transfers, Ui, UiState,
};
use crate::system::Clock;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{Notify, mpsc, oneshot};

/// The host's state of one running app instance, as the API families see it.
///
/// It lives as long as the instance: a restart makes a new one over the same
/// storage and files, so nothing of the old instance can answer the new one.
pub struct Wx {
    /// The way to the app and to the timeline.
    pub outbox: Outbox,
    /// The only source of time.
    pub clock: Arc<dyn Clock>,
    /// Which app runs, and how it was opened.
    pub app: AppInfo,
    /// The simulated device.
    pub profile: Profile,
    /// What the app has switched on of it.
    pub phone: PhoneState,
    /// What outlives the instance without being stored.
    pub memory: DeviceMemory,
    /// Who answers dialogs.
    pub ui: Arc<dyn Ui>,
    /// What the person has been told to answer to other questions.
    pub laid: LaidAnswers,
    /// The dialogs that are open or wait for their turn.
    pub dialogs: DialogQueue,
    /// What is on the screen around the pages.
    pub ui_state: UiState,
    /// What `wx.setStorage` keeps.
    pub storage: Storage,
    /// What it keeps for plugins.
    pub plugin_storages: PluginStorages,
    /// The files that the app can reach.
    pub files: Files,
    /// The network APIs' transfers.
    pub network: Transfers,
    /// The app's cloud environment.
    pub cloud: Cloud,
    /// The WebSockets that are there.
    pub sockets: Sockets,
    /// Its sockets for datagrams.
    pub datagrams: Datagrams,
}

/// What the device remembers over an app's restart, and no longer than the run.
#[derive(Debug, Clone, Default)]
pub struct DeviceMemory {
    /// What the clipboard holds.
    pub clipboard: String,
    /// Whether the app has a session of the person's account.
    pub logged_in: bool,
    /// What the phone and its person remember of the app.
    pub phone: PhoneMemory,
}

/// Something that the app's loop has to do for an API.
#[derive(Debug)]
pub enum HostCommand {
    /// A page route: `kind` is the API's name (`navigateTo`, ...), `params` its option object.
    Route {
        /// `navigateTo`, `redirectTo`, `navigateBack`, `reLaunch` or `switchTab`.
        kind: String,
        /// The option object.
        params: Value,
        /// The call's id, by which the JS half finds the event channel of the call.
        call: u64,
        /// Answered when the new page has run onLoad and onShow.
        reply: oneshot::Sender<Outcome>,
    },
    /// `UpdateManager.applyUpdate`.
    ApplyUpdate {
        /// Answered only when nothing restarts.
        reply: oneshot::Sender<Outcome>,
    },
    /// `wx.restartMiniProgram`.
    Restart {
        /// Page path with an optional query.
        path: String,
        /// Answered only when nothing restarts.
        reply: oneshot::Sender<Outcome>,
    },
    /// `wx.loadSubpackage` and its like.
    Subpackage {
        /// Name or root; none is the workers' package.
        name: Option<String>,
        /// The call's id, under which its task hears of the progress.
        call: u64,
        /// Answered when the part is at hand.
        reply: oneshot::Sender<Outcome>,
    },
    /// `wx.exitMiniProgram`: the host sends the app to the background.
    Exit,
    /// Another app of the same device.
    OtherApp {
        /// What is asked.
        request: OtherApp,
        /// Answered when it is done, or cannot be.
        reply: oneshot::Sender<Outcome>,
    },
    /// The person presses the phone's back key.
    Back,
    /// Something of the phone's own happens later, while the app is there to see it.
    At {
        /// When, in milliseconds since 1970.
        at_ms: f64,
        /// What.
        run: fn(&mut Wx),
    },
}

/// What an app asks about another one.
#[derive(Debug)]
pub enum OtherApp {
    /// Whether there is one of this id.
    Find {
        /// The id.
        app_id: String,
    },
    /// Open it in front of the one that asks.
    Open {
        /// The options of the call.
        params: Value,
        /// On half of the screen.
        embedded: bool,
        /// Time stands still until the other app has begun.
        busy: Busy,
    },
    /// Go back to the app that opened this one.
    Back {
        /// The options of the call.
        params: Value,
    },
}

/// An event for the JS half (`name` as its listeners know it).
#[derive(Debug, Clone)]
pub struct Event {
    /// For example `"appShow"`, `"update"`, or `"task"` with the call's id in the payload.
    pub name: String,
    /// What comes with it.
    pub payload: Payload,
}

/// What leaves the API families: events for the world, commands for the app's
/// loop, notes for the timeline.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// To the world.
    Event(Event),
    /// To the app's loop.
    Command(HostCommandCell),
    /// To the timeline: kind and properties.
    Note(String, Value),
}

/// A command that is taken out once.
pub type HostCommandCell = Arc<std::sync::Mutex<Option<HostCommand>>>;

/// The sending end that families hold; cheap to clone into a future.
#[derive(Debug, Clone)]
pub struct Outbox {
    sender: mpsc::UnboundedSender<Outgoing>,
    work: Arc<Work>,
    lines: Arc<AtomicUsize>,
}

/// The pieces of work that the host has under way.
#[derive(Debug, Default)]
struct Work {
    pieces: AtomicUsize,
    done: Notify,
}

/// While one of these lives, the host has work under way: virtual time stands
/// still and the run does not end. A modal that waits for a person who is not
/// there holds none.
#[derive(Debug)]
pub struct Busy(Arc<Work>);

/// While one of these lives, a line from outside is open: in real time a run waits for what may come.
#[derive(Debug)]
pub struct Listening(Arc<AtomicUsize>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Outbox {
    /// A new outbox and its receiving end.
    pub fn new() -> (Self, mpsc::UnboundedReceiver<Outgoing>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (
            Self {
                sender,
                work: Arc::default(),
                lines: Arc::default(),
            },
            receiver,
        )
    }

    /// Sends an event to the JS half.
    pub fn emit(&self, name: &str, payload: Payload) {
        self.send(Outgoing::Event(Event {
            name: name.to_owned(),
            payload,
        }));
    }

    /// Asks the app's loop for something.
    pub fn command(&self, command: HostCommand) {
        self.send(Outgoing::Command(Arc::new(std::sync::Mutex::new(Some(command)))));
    }

    /// Puts an entry on the timeline, for example `("modal.show", {"title": ...})`.
    pub fn note(&self, kind: &str, properties: Value) {
        self.send(Outgoing::Note(kind.to_owned(), properties));
    }

    /// Marks the host as busy for as long as the guard lives.
    #[must_use]
    pub fn busy(&self) -> Busy {
        self.work.pieces.fetch_add(1, Ordering::SeqCst);
        Busy(Arc::clone(&self.work))
    }

    /// Whether any work is under way.
    pub fn is_busy(&self) -> bool {
        self.work.pieces.load(Ordering::SeqCst) > 0
    }

    /// Marks a line as open on which something may arrive at any time. Unlike work it lets time pass.
    #[must_use]
    pub fn listen(&self) -> Listening {
        self.lines.fetch_add(1, Ordering::SeqCst);
        Listening(Arc::clone(&self.lines))
    }

    /// Whether anything may still arrive from outside.
    pub fn is_listening(&self) -> bool {
        self.lines.load(Ordering::SeqCst) > 0
    }

    /// Returns when no work is under way; for one waiter at a time.
    pub async fn idle(&self) {
        while self.is_busy() {
            self.work.done.notified().await;
        }
    }

    /// The receiver is gone only when the instance is; then there is nobody to tell.
    fn send(&self, outgoing: Outgoing) {
        let _ = self.sender.send(outgoing);
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        if self.0.pieces.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.done.notify_one();
        }
    }
}

impl Wx {
    /// A new instance's state: nobody at the screen, the default device, an app without a name.
    pub fn new(outbox: Outbox, clock: Arc<dyn Clock>) -> Self {
        Self {
            outbox,
            clock,
            app: AppInfo::default(),
            profile: Profile::default(),
            phone: PhoneState::default(),
            memory: DeviceMemory::default(),
            ui: Arc::new(Nobody),
            laid: LaidAnswers::default(),
            dialogs: DialogQueue::default(),
            ui_state: UiState::default(),
            storage: Storage::default(),
            plugin_storages: PluginStorages::default(),
            files: Files::default(),
            network: Transfers::default(),
            cloud: Cloud::default(),
            sockets: Sockets::default(),
            datagrams: Datagrams::default(),
        }
    }

    /// Takes over what outlives an instance. What has happened to the phone is not undone by a restart of the app.
    pub fn remember(&mut self, memory: DeviceMemory) {
        if let Some(profile) = &memory.phone.profile {
            self.profile = (**profile).clone();
        }
        self.memory = memory;
    }

    /// The arguments' id is what the JS half calls the task; an event of it goes out under `"task"`.
    pub fn task_event(outbox: &Outbox, args_id: u64, event: &str, payload: Payload) {
        let mut value = payload.value();
        if let Value::Object(object) = &mut value {
            object.insert("$task".into(), args_id.into());
            object.insert("$event".into(), event.into());
        }
        outbox.emit(
            "task",
            Payload {
                json: value.to_string(),
                buffers: payload.buffers,
            },
        );
    }

    /// An instance on the machine's clock that keeps nothing, and the receiving end of its outbox.
    #[cfg(test)]
    pub fn for_test() -> (Self, mpsc::UnboundedReceiver<Outgoing>) {
        let (outbox, receiver) = Outbox::new();
        (Self::new(outbox, Arc::new(crate::system::RealClock)), receiver)
    }

    /// Arguments that a test or another family makes up.
    pub fn args(value: Value) -> Args {
        Args {
            value,
            ..Args::default()
        }
    }
}
