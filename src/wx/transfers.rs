//! What the network APIs share: ten slots with a queue, timeouts, and the pause while the app is in the background.
//!
//! A transfer is aborted by dropping its future: whatever it holds goes back.

use super::{Args, Busy, Outbox, Outcome, WxError};
use crate::system::{Network, Web};
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Transfers of one app at the same time; more wait.
const SLOTS: usize = 10;
/// Milliseconds that a transfer may take where neither the call nor app.json says otherwise.
const DEFAULT_TIMEOUT: f64 = 60_000.0;

/// The transfers of one app instance.
#[derive(Debug)]
pub struct Transfers {
    /// The device's network.
    pub network: Network,
    pub(super) config: TransferConfig,
    pub(super) web: Arc<Web>,
    shared: Arc<Mutex<Shared>>,
}

/// What the network APIs know of the app.
#[derive(Debug, Clone, Default)]
pub struct TransferConfig {
    referer: String,
    timeouts: Value,
}

#[derive(Debug)]
struct Shared {
    free: usize,
    queue: VecDeque<oneshot::Sender<Slot>>,
    running: HashMap<u64, oneshot::Sender<Busy>>,
    suspended: bool,
}

/// The right to use the network. The next in the queue gets it when it is dropped.
#[derive(Debug)]
pub struct Slot {
    /// Where it goes back to; `None` when it has been given back.
    shared: Option<Arc<Mutex<Shared>>>,
    outbox: Outbox,
    /// Held while work is under way; given up while simulated time has to pass.
    pub busy: Option<Busy>,
}

/// One transfer, from the call to its end.
#[derive(Debug)]
pub struct Transfer {
    id: u64,
    shared: Arc<Mutex<Shared>>,
    interrupted: oneshot::Receiver<Busy>,
    slot: SlotWait,
}

#[derive(Debug)]
enum SlotWait {
    Ready(Slot),
    Queued(oneshot::Receiver<Slot>),
}

impl TransferConfig {
    /// For this app; a development version has no version number and is told as `0`.
    pub fn new(app_id: &str, version: Option<&str>, app_json: &Value) -> Self {
        let version = version.filter(|version| !version.is_empty()).unwrap_or("0");
        Self {
            referer: format!("https://servicewechat.com/{app_id}/{version}/page-frame.html"),
            timeouts: app_json.get("networkTimeout").cloned().unwrap_or_default(),
        }
    }

    /// The `referer` header of every transfer; the app cannot change it.
    pub fn referer(&self) -> &str {
        &self.referer
    }

    /// Milliseconds: the call's own timeout, else that of app.json for this API, else a minute.
    pub fn timeout_ms(&self, args: &Args, api: &str) -> f64 {
        let of_app = || self.timeouts.get(api).and_then(Value::as_f64);
        let positive = |ms: &f64| *ms > 0.0;
        args.number("timeout")
            .filter(positive)
            .or_else(|| of_app().filter(positive))
            .unwrap_or(DEFAULT_TIMEOUT)
    }
}

impl Transfers {
    /// The transfers of an app instance over the device's network and clients.
    pub fn new(config: TransferConfig, network: Network, web: Arc<Web>) -> Self {
        let shared = Shared {
            free: SLOTS,
            queue: VecDeque::new(),
            running: HashMap::new(),
            suspended: false,
        };
        Self {
            network,
            config,
            web,
            shared: Arc::new(Mutex::new(shared)),
        }
    }

    /// The app has been in the background for five seconds: what is under way ends as
    /// interrupted, and so does every new transfer until [`Transfers::resume`].
    pub fn suspend(&self, outbox: &Outbox) {
        let mut shared = lock(&self.shared);
        shared.suspended = true;
        for (_, interrupt) in shared.running.drain() {
            // A transfer that has just ended needs no interrupting.
            let _ = interrupt.send(outbox.busy());
        }
    }

    /// The app is back.
    pub fn resume(&self) {
        lock(&self.shared).suspended = false;
    }

    /// A place for the call with this id.
    ///
    /// # Errors
    /// The app is in the background.
    pub fn enter(&self, outbox: &Outbox, id: u64) -> Result<Transfer, WxError> {
        let mut shared = lock(&self.shared);
        if shared.suspended {
            return Err(interrupted());
        }
        let (sender, interrupted) = oneshot::channel();
        shared.running.insert(id, sender);
        let slot = if shared.free > 0 {
            shared.free -= 1;
            SlotWait::Ready(Slot {
                shared: Some(Arc::clone(&self.shared)),
                outbox: outbox.clone(),
                busy: Some(outbox.busy()),
            })
        } else {
            let (sender, slot) = oneshot::channel();
            shared.queue.push_back(sender);
            SlotWait::Queued(slot)
        };
        Ok(Transfer {
            id,
            shared: Arc::clone(&self.shared),
            interrupted,
            slot,
        })
    }
}

impl Default for Transfers {
    /// The transfers of an app without a name over a good network.
    fn default() -> Self {
        let config = TransferConfig::new("touristappid", None, &Value::Null);
        Self::new(config, Network::default(), Arc::default())
    }
}

impl Transfer {
    /// Waits for a slot and does `work` in it, unless the transfer is interrupted.
    ///
    /// # Errors
    /// Those of `work`, or the interruption.
    pub async fn run(mut self, work: impl AsyncFnOnce(Slot) -> Outcome) -> Outcome {
        let slot = std::mem::replace(&mut self.slot, SlotWait::Queued(oneshot::channel().1));
        let all = async {
            match slot {
                SlotWait::Ready(slot) => work(slot).await,
                // The queue ends only with the app.
                SlotWait::Queued(slot) => match slot.await {
                    Ok(slot) => work(slot).await,
                    Err(_) => Err(interrupted()),
                },
            }
        };
        tokio::select! {
            biased;
            Ok(_busy) = &mut self.interrupted => Err(interrupted()),
            outcome = all => outcome,
        }
    }
}

impl Drop for Transfer {
    fn drop(&mut self) {
        lock(&self.shared).running.remove(&self.id);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let Some(shared) = self.shared.take() else { return };
        let mut next = Self {
            shared: Some(Arc::clone(&shared)),
            outbox: self.outbox.clone(),
            busy: Some(self.outbox.busy()),
        };
        loop {
            let waiting = lock(&shared).queue.pop_front();
            let Some(waiting) = waiting else { break };
            match waiting.send(next) {
                Ok(()) => return,
                // It ended while it waited.
                Err(back) => next = back,
            }
        }
        next.shared = None;
        lock(&shared).free += 1;
    }
}

fn interrupted() -> WxError {
    WxError::coded("interrupted", 600_003)
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
