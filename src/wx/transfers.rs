//! What the network APIs share: ten slots each with a queue, timeouts, the domains that an app may reach, and
//! the pause while it is in the background.
//!
//! A transfer is aborted by dropping its future: whatever it holds goes back.

use super::domains::Domains;
use super::{Args, Busy, Outbox, Outcome, WxError};
use crate::system::{Clock, Network, RealWeb, Web};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{oneshot, watch};
use url::Url;

/// Transfers of one app and one API at the same time; more wait.
const SLOTS: usize = 10;
/// Milliseconds that a transfer may take where neither the call nor app.json says otherwise.
const DEFAULT_TIMEOUT: f64 = 60_000.0;
/// Milliseconds for which a transfer may go on after the app went to the background.
const BACKGROUND_GRACE: f64 = 5_000.0;

/// The network APIs, each with limits of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `wx.request`.
    Request,
    /// `wx.uploadFile`.
    Upload,
    /// `wx.downloadFile`.
    Download,
    /// `wx.connectSocket`.
    Socket,
}

/// The transfers of one app instance.
pub struct Transfers {
    /// The device's network.
    pub network: Network,
    pub(super) config: TransferConfig,
    pub(super) web: Arc<dyn Web>,
    slots: [Arc<Mutex<Slots>>; 3],
    /// Since when the app is in the background, in milliseconds since 1970.
    background: watch::Sender<Option<f64>>,
}

/// What the network APIs know of the app.
#[derive(Debug, Clone, Default)]
pub struct TransferConfig {
    referer: String,
    timeouts: Value,
    domains: Option<Arc<Domains>>,
}

#[derive(Debug)]
struct Slots {
    free: usize,
    queue: VecDeque<oneshot::Sender<Slot>>,
}

/// The right to use the network. The next in the queue gets it when it is dropped.
#[derive(Debug)]
pub struct Slot {
    /// Where it goes back to; `None` when it has been given back.
    slots: Option<Arc<Mutex<Slots>>>,
    outbox: Outbox,
    /// Held while work is under way; given up while simulated time has to pass.
    pub busy: Option<Busy>,
}

/// One transfer, from the call to its end.
pub struct Transfer {
    slot: SlotWait,
    clock: Arc<dyn Clock>,
    background: watch::Receiver<Option<f64>>,
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
            domains: None,
        }
    }

    /// The same for an app that may reach these domains only.
    #[must_use]
    pub fn limited_to(mut self, domains: Option<Arc<Domains>>) -> Self {
        self.domains = domains;
        self
    }

    /// Whether the app may go there; `text` is the address as it wrote it.
    ///
    /// # Errors
    /// Its domain is not on the API's list.
    pub fn allow(&self, kind: Kind, text: &str, url: &Url) -> Result<(), WxError> {
        match &self.domains {
            Some(domains) if !domains.allow(kind, text, url) => Err(WxError::coded("url not in domain list", 600_002)),
            _ => Ok(()),
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
    pub fn new(config: TransferConfig, network: Network, web: Arc<dyn Web>) -> Self {
        let slots = || {
            Arc::new(Mutex::new(Slots {
                free: SLOTS,
                queue: VecDeque::new(),
            }))
        };
        Self {
            network,
            config,
            web,
            slots: [slots(), slots(), slots()],
            background: watch::Sender::new(None),
        }
    }

    /// The app has gone to the background (with the time, in milliseconds since 1970) or is
    /// back. New transfers are refused meanwhile; those under way have five seconds more.
    pub fn set_background(&self, since_ms: Option<f64>) {
        self.background.send_replace(since_ms);
    }

    /// A place for one more transfer.
    ///
    /// # Errors
    /// The app is in the background.
    pub fn enter(&self, kind: Kind, outbox: &Outbox, clock: &Arc<dyn Clock>) -> Result<Transfer, WxError> {
        Ok(Transfer {
            background: self.foreground()?,
            slot: self.slot(kind, outbox),
            clock: Arc::clone(clock),
        })
    }

    /// Since when the app is in the background, for whoever must not go on then.
    ///
    /// # Errors
    /// It is there now.
    pub fn foreground(&self) -> Result<watch::Receiver<Option<f64>>, WxError> {
        match *self.background.borrow() {
            Some(_) => Err(interrupted()),
            None => Ok(self.background.subscribe()),
        }
    }

    fn slot(&self, kind: Kind, outbox: &Outbox) -> SlotWait {
        let of_kind = match kind {
            Kind::Request | Kind::Socket => &self.slots[0],
            Kind::Upload => &self.slots[1],
            Kind::Download => &self.slots[2],
        };
        let mut slots = lock(of_kind);
        if slots.free == 0 {
            let (sender, slot) = oneshot::channel();
            slots.queue.push_back(sender);
            return SlotWait::Queued(slot);
        }
        slots.free -= 1;
        SlotWait::Ready(Slot {
            slots: Some(Arc::clone(of_kind)),
            outbox: outbox.clone(),
            busy: Some(outbox.busy()),
        })
    }
}

impl Default for Transfers {
    /// The transfers of an app without a name over a good network.
    fn default() -> Self {
        let config = TransferConfig::new("touristappid", None, &Value::Null);
        Self::new(config, Network::default(), Arc::new(RealWeb))
    }
}

impl Transfer {
    /// Waits for a slot and does `work` in it, unless the app is in the background for too long.
    ///
    /// # Errors
    /// Those of `work`, or the interruption.
    pub async fn run(self, work: impl AsyncFnOnce(Slot) -> Outcome) -> Outcome {
        let Self {
            slot,
            clock,
            background,
        } = self;
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
            () = too_long(background, clock) => Err(interrupted()),
            outcome = all => outcome,
        }
    }
}

/// Returns when the app has been in the background for longer than a transfer may go on.
pub async fn too_long(mut background: watch::Receiver<Option<f64>>, clock: Arc<dyn Clock>) {
    loop {
        let since = *background.borrow_and_update();
        let over = async {
            match since {
                Some(since) => clock.sleep_until(since + BACKGROUND_GRACE).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = over => return,
            changed = background.changed() => {
                // Without its app a transfer has nobody to interrupt it.
                if changed.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let Some(slots) = self.slots.take() else { return };
        let mut next = Self {
            slots: Some(Arc::clone(&slots)),
            outbox: self.outbox.clone(),
            busy: Some(self.outbox.busy()),
        };
        loop {
            let waiting = lock(&slots).queue.pop_front();
            let Some(waiting) = waiting else { break };
            match waiting.send(next) {
                Ok(()) => return,
                // It ended while it waited.
                Err(back) => next = back,
            }
        }
        next.slots = None;
        lock(&slots).free += 1;
    }
}

fn interrupted() -> WxError {
    WxError::coded("interrupted", 600_003)
}

fn lock(slots: &Mutex<Slots>) -> MutexGuard<'_, Slots> {
    slots.lock().unwrap_or_else(PoisonError::into_inner)
}
