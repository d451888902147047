//! A worker of an app: a second world on a carrier of its own, and the task that serves it.

use super::carrier::WorldHandle;
use super::world_spec::source_of;
use crate::engine::protocol::{HostMessage, WorldFault, WorldMessage};
use crate::package::CodePackage;
use crate::wx::{Busy, Outcome, Payload, WxError, ok};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::AbortHandle;
use tokio::time::timeout;

/// The app's end of the line to a worker. Dropped, it ends the worker wherever that is.
pub struct Worker {
    /// Names the worker among those of its app.
    pub id: u64,
    /// The script that it was made with.
    pub entry: String,
    /// When its earliest timer is due.
    pub wake_at: Option<f64>,
    working: usize,
    orders: UnboundedSender<Order>,
    said: UnboundedReceiver<Said>,
    task: AbortHandle,
}

/// What a worker says to its app.
pub enum Said {
    /// An entry for the timeline.
    Note(String, String),
    /// A message.
    Posted(Payload),
    /// It has dealt with an order.
    Idle {
        /// When its earliest timer is due.
        wake_at: Option<f64>,
        /// The host was busy until now.
        busy: Busy,
    },
    /// It is gone, by a fault or because the system took it away. The host was busy until now.
    Ended(Option<WorldFault>, Option<Busy>),
}

/// A message for the worker's world; the host is busy until it is dealt with.
struct Order(HostMessage, Busy);

impl Worker {
    /// Serves `world`, which has been booted.
    pub fn new(
        (id, entry): (u64, String),
        world: WorldHandle,
        package: Arc<dyn CodePackage>,
        watchdog: Duration,
    ) -> Self {
        let (orders, received) = mpsc::unbounded_channel();
        let (sender, said) = mpsc::unbounded_channel();
        let served = Served {
            world,
            package,
            watchdog,
            said: sender,
            killed: false,
        };
        Self {
            id,
            entry,
            wake_at: None,
            working: 0,
            orders,
            said,
            task: tokio::spawn(served.serve(received)).abort_handle(),
        }
    }

    /// Gives it something to do.
    pub fn order(&mut self, message: HostMessage, busy: Busy) {
        self.working += 1;
        self.wake_at = None;
        // A worker that is gone says so in its turn.
        let _ = self.orders.send(Order(message, busy));
    }

    /// Whether it has not dealt with everything yet.
    pub fn is_working(&self) -> bool {
        self.working > 0
    }

    /// It has dealt with an order.
    pub fn rested(&mut self, wake_at: Option<f64>) {
        self.working = self.working.saturating_sub(1);
        self.wake_at = wake_at;
    }

    /// What it says next; `None` when it is gone.
    pub async fn hear(&mut self) -> Option<Said> {
        self.said.recv().await
    }

    /// What it has said already.
    pub fn heard(&mut self) -> Option<Said> {
        self.said.try_recv().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The task's side.
struct Served {
    world: WorldHandle,
    package: Arc<dyn CodePackage>,
    watchdog: Duration,
    said: UnboundedSender<Said>,
    killed: bool,
}

impl Served {
    async fn serve(mut self, mut orders: UnboundedReceiver<Order>) {
        loop {
            let order = tokio::select! {
                biased;
                order = orders.recv() => order,
                // A world that nobody asked says nothing: it is gone.
                _ = self.world.receive() => {
                    self.say(Said::Ended(None, None));
                    return;
                }
            };
            let Some(Order(message, busy)) = order else { return };
            self.world.send(message);
            match self.turn().await {
                Ok(_) if self.killed => return self.say(Said::Ended(None, Some(busy))),
                Ok(wake_at) => self.say(Said::Idle { wake_at, busy }),
                Err(mut fault) => {
                    let words = self.world.kill().await;
                    if let Some(words) = words.filter(|_| fault.message.is_empty()) {
                        fault.message = words;
                    }
                    // The app may have ended meanwhile.
                    let _ = self.said.send(Said::Ended(Some(fault), Some(busy)));
                    return;
                }
            }
        }
    }

    /// The app may have ended the worker meanwhile.
    fn say(&self, what: Said) {
        let _ = self.said.send(what);
    }

    /// Serves the world until it is idle.
    async fn turn(&mut self) -> Result<Option<f64>, WorldFault> {
        loop {
            let received = timeout(self.watchdog, self.world.receive()).await;
            let message = received.map_err(|_| self.hung())?;
            match message.ok_or_else(WorldFault::default)? {
                WorldMessage::Idle { wake_at } => return Ok(wake_at),
                WorldMessage::Fatal(fault) => return Err(fault),
                WorldMessage::Note { kind, json } => self.say(Said::Note(kind, json)),
                WorldMessage::Call { api, args } => {
                    let outcome = self.answer(&api, args);
                    self.world.send(HostMessage::Answer(outcome));
                }
                // This is for carriers.
                WorldMessage::Parsed { .. } => {}
                // The forms of `require` that wait are the only such calls, and nothing of a worker comes later.
                WorldMessage::Start { .. } => {}
            }
        }
    }

    fn answer(&mut self, api: &str, args: Payload) -> Outcome {
        match api {
            "$source" => source_of(self.package.as_ref(), &args).1,
            "$post" => {
                self.say(Said::Posted(args));
                ok()
            }
            "$kill" => {
                self.killed = true;
                ok()
            }
            _ => Err(WxError::new("not supported")),
        }
    }

    fn hung(&self) -> WorldFault {
        WorldFault {
            message: format!(
                "the worker did not come back within {} s (an endless loop?)",
                self.watchdog.as_secs_f64()
            ),
            ..WorldFault::default()
        }
    }
}
