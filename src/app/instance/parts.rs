//! Parts of the running release that are not at hand: who waits for them, and what
//! becomes of that when they arrive. A development package has every part, and nobody waits.

use super::{Control, Exit, Flow, Instance};
use crate::app::device::package_files;
use crate::app::pages::OpenType;
use crate::app::world_spec;
use crate::package::{AppJson, CodePackage, PackagePath, PartName};
use crate::update::UpdateEvent;
use crate::wx::{Busy, NetworkType, Outcome, Payload, Wx, WxError, ok};
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// Gets a part of the running release: the package with it, or why not.
pub type Fetch = Box<dyn Fn(PartName, Tell) -> BoxFuture<'static, Result<Arc<dyn CodePackage>, String>> + Send + Sync>;

/// Who hears how a part comes.
pub type Tell = Arc<dyn Fn(UpdateEvent) + Send + Sync>;

/// Calls that hear of the progress.
type Listeners = Arc<Mutex<Vec<u64>>>;

/// The parts on their way.
#[derive(Default)]
pub(super) struct Parts {
    under_way: FuturesUnordered<BoxFuture<'static, Arrived>>,
    arrived: VecDeque<Arrived>,
    waiting: BTreeMap<PartName, Waiting>,
    /// What the pages of a part have had loaded ahead, for the limit that they share.
    pub(super) ahead: BTreeMap<PartName, BTreeSet<PartName>>,
}

#[derive(Default)]
struct Waiting {
    calls: Vec<oneshot::Sender<Outcome>>,
    listeners: Listeners,
}

/// What a fetch came to. The host is busy until it is dealt with.
struct Arrived {
    part: PartName,
    package: Result<Arc<dyn CodePackage>, String>,
    _busy: Busy,
}

impl Parts {
    pub(super) fn is_waiting(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// Waits for the next one; it is dealt with in its turn.
    pub(super) async fn wait(&mut self) {
        if let Some(arrived) = self.under_way.next().await {
            self.arrived.push_back(arrived);
        }
    }

    async fn next(&mut self) -> Option<Arrived> {
        match self.arrived.pop_front() {
            Some(arrived) => Some(arrived),
            None => self.under_way.next().await,
        }
    }
}

/// The part that a page or a file lies in.
pub(super) fn part_of(app: &AppJson, path: &str) -> PartName {
    let root = app.subpackage_of(path).map(|sub| sub.root.as_str());
    let root = root.and_then(|root| PackagePath::parse(root).ok());
    root.map_or(PartName::Main, PartName::Sub)
}

impl Instance {
    /// The parts that a page needs and that are not at hand.
    fn missing(&self, path: &str) -> Vec<PartName> {
        let package = &self.spec.package;
        let alone = package
            .app_json()
            .subpackage_of(path)
            .is_some_and(|sub| sub.independent);
        let mut needed = vec![part_of(package.app_json(), path)];
        if !alone && needed[0] != PartName::Main {
            needed.insert(0, PartName::Main);
        }
        needed.retain(|part| !package.has(part));
        needed
    }

    /// Whether the route in front has to wait; what it waits for is then on its way.
    pub(super) fn route_waits(&mut self) -> bool {
        let missing = self.missing_for_route();
        for part in &missing {
            self.want(part);
        }
        !missing.is_empty()
    }

    fn missing_for_route(&self) -> Vec<PartName> {
        let Some(route) = self.routes.front() else {
            return Vec::new();
        };
        let url = route.params["url"].as_str().unwrap_or_default();
        let page = OpenType::of_api(&route.kind).and_then(|kind| self.pages.target(kind, url));
        page.map_or_else(Vec::new, |page| self.missing(&page.path))
    }

    /// Has a part fetched, unless it is on its way.
    pub(super) fn want(&mut self, part: &PartName) {
        if self.parts.waiting.contains_key(part) {
            return;
        }
        tracing::debug!(%part, "a part is wanted");
        let waiting = Waiting::default();
        let fetched = if self.wx.profile.network == NetworkType::None {
            std::future::ready(Err("the device is offline".to_owned())).boxed()
        } else {
            (self.spec.fetch)(part.clone(), self.teller(&waiting.listeners))
        };
        self.parts.waiting.insert(part.clone(), waiting);
        let (busy, part) = (self.wx.outbox.busy(), part.clone());
        let arrival = async move {
            Arrived {
                part,
                package: fetched.await,
                _busy: busy,
            }
        };
        self.parts.under_way.push(arrival.boxed());
    }

    fn teller(&self, listeners: &Listeners) -> Tell {
        let (timeline, clock) = (self.spec.timeline.clone(), Arc::clone(&self.wx.clock));
        let (outbox, listeners) = (self.wx.outbox.clone(), Arc::clone(listeners));
        Arc::new(move |event| {
            let UpdateEvent::Transfer { done, total, .. } = &event else {
                timeline.add(clock.now_ms(), event.kind(), json!(event));
                return;
            };
            let progress = json!({
                "progress": done * 100 / (*total).max(1), "totalBytesWritten": done, "totalBytesExpectedToWrite": total,
            });
            for call in lock(&listeners).iter() {
                Wx::task_event(&outbox, *call, "ProgressUpdate", Payload::json(&progress));
            }
        })
    }

    /// A call that ends when the part is at hand; `listener` hears of the progress under this number.
    pub(super) fn part_for_call(&mut self, part: &PartName, listener: Option<u64>, reply: oneshot::Sender<Outcome>) {
        if self.spec.package.has(part) {
            self.part_runs(&inside(part));
            // The receiver goes away only with the instance.
            let _ = reply.send(ok());
            return;
        }
        self.want(part);
        if let Some(waiting) = self.parts.waiting.get_mut(part) {
            waiting.calls.push(reply);
            lock(&waiting.listeners).extend(listener);
        }
    }

    /// `require` in its asynchronous forms: the part with this root, the main package without one.
    pub(super) fn part_for_module(&mut self, root: &str) -> BoxFuture<'static, Outcome> {
        let part = PackagePath::parse(root).map_or(PartName::Main, PartName::Sub);
        let (reply, answer) = oneshot::channel();
        self.part_for_call(&part, None, reply);
        answer
            .map(|reply| reply.unwrap_or_else(|_| Err(WxError::new("interrupted"))))
            .boxed()
    }

    /// `wx.loadSubpackage` and `wx.preDownloadSubpackage`: by name, then by root; no name is the workers' package.
    pub(super) fn load_subpackage(&mut self, name: Option<&str>, call: u64, reply: oneshot::Sender<Outcome>) {
        let app = self.spec.package.app_json();
        let part = match name {
            Some(name) => named_part(app, name),
            // Code of workers travels in the main package.
            None => app.workers.as_ref().map(|_| PartName::Main),
        };
        match part {
            Some(part) => self.part_for_call(&part, Some(call), reply),
            None => drop(reply.send(Err(WxError::new("module not found")))),
        }
    }

    /// Fetches what a page needs before anything else goes on.
    pub(super) async fn bring(&mut self, path: &str) -> Flow<Result<(), String>> {
        loop {
            let missing = self.missing(path);
            if missing.is_empty() {
                return Ok(Ok(()));
            }
            for part in &missing {
                self.want(part);
            }
            let Some(arrived) = self.next_part().await? else {
                return Ok(Err(format!("{path} is not at hand")));
            };
            let failed = arrived
                .package
                .as_ref()
                .err()
                .filter(|_| missing.contains(&arrived.part));
            let failed = failed.map(|reason| format!("{path} cannot be opened: {reason}"));
            self.part_arrived(arrived).await?;
            if let Some(reason) = failed {
                return Ok(Err(reason));
            }
        }
    }

    /// Waits for a part, while nothing else of the app goes on. What the host says meanwhile is kept.
    async fn next_part(&mut self) -> Flow<Option<Arrived>> {
        loop {
            let alarm = self.alarm_while_busy(None);
            tokio::select! {
                biased;
                control = self.control.recv() => match control {
                    None | Some(Control::Stop) => return Err(Exit::Stopped),
                    Some(control) => self.early.push_back(control),
                },
                arrived = self.parts.next() => return Ok(arrived),
                () = alarm => {}
            }
        }
    }

    /// The route in front, which stands in for a page that is not there, gets what it waits for.
    pub(super) async fn bring_for_route(&mut self) -> Flow {
        while self.route_waits() {
            let Some(arrived) = self.next_part().await? else {
                return Ok(());
            };
            self.part_arrived(arrived).await?;
        }
        Ok(())
    }

    /// Deals with a part that is there, or failed; whether there was one.
    pub(super) async fn deliver_part(&mut self) -> Flow<bool> {
        let Some(Some(arrived)) = self.parts.next().now_or_never() else {
            return Ok(false);
        };
        self.part_arrived(arrived).await?;
        Ok(true)
    }

    async fn part_arrived(&mut self, arrived: Arrived) -> Flow {
        let Arrived { part, package, _busy } = arrived;
        let waiting = self.parts.waiting.remove(&part).unwrap_or_default();
        let outcome = match package {
            Ok(package) => {
                self.spec.package = package;
                self.wx.files.set_package(package_files(&self.spec.package));
                // What was fetched ahead runs when somebody asks for it.
                if !waiting.calls.is_empty() {
                    self.part_runs(&inside(&part));
                }
                if self.world_is_loaded {
                    let late = world_spec::late(self.spec.package.as_ref());
                    self.event("subpackage", &late).await?;
                }
                ok()
            }
            Err(reason) => {
                self.note("subpackage.failed", json!({ "part": part, "reason": reason }));
                let outcome = Err(WxError::new(format!("loadSubPackage: fail, subPackage: {part}")));
                if self.missing_for_route().contains(&part)
                    && let Some(route) = self.routes.pop_front()
                {
                    let _ = route.reply.send(outcome.clone());
                }
                outcome
            }
        };
        for call in waiting.calls {
            let _ = call.send(outcome.clone());
        }
        Ok(())
    }
}

/// A path in a part, whatever is there.
fn inside(part: &PartName) -> String {
    match part {
        PartName::Sub(root) => format!("{root}/"),
        PartName::Main => String::new(),
    }
}

/// The part that `preloadRule` and the APIs mean by a name.
pub(super) fn named_part(app: &AppJson, name: &str) -> Option<PartName> {
    if name == crate::package::MAIN_NAME {
        return Some(PartName::Main);
    }
    let subs = &app.subpackages;
    let root = name.trim_matches('/');
    let named = subs.iter().find(|sub| sub.name.as_deref() == Some(name));
    let sub = named.or_else(|| subs.iter().find(|sub| sub.root == root))?;
    PackagePath::parse(&sub.root).ok().map(PartName::Sub)
}

fn lock(listeners: &Listeners) -> std::sync::MutexGuard<'_, Vec<u64>> {
    listeners.lock().unwrap_or_else(PoisonError::into_inner)
}
