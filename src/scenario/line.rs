//! The network between the device and the registry: answers take their time, and go wrong as a scenario says.

use super::space::{Moment, Outcome};
use crate::registry::{InProcess, Store};
use crate::system::{Clock, FaultyHttp, Get, Http, HttpError, NetFault, Response, VirtualClock};
use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is in the address of a package, and of no document.
const PACKAGES: &str = "/packages/";

/// What is in the address of the manifest.
const MANIFEST: &str = "/manifest.json";

/// More fetches than any scenario makes.
const ALWAYS: usize = 200;

/// How long documents and packages take, in milliseconds. Odd numbers, so that no timer of an app is due at the same time.
#[derive(Debug, Clone, Copy)]
struct Latency {
    document: f64,
    package: f64,
}

/// The registry as a device reaches it in a scenario.
pub struct Line {
    good: InProcess,
    bad: FaultyHttp,
    stalls: bool,
    latency: Latency,
    clock: VirtualClock,
    faulty: AtomicBool,
}

impl Line {
    /// A line to the registry over `store`, on which nothing goes wrong yet. `forged` is that of somebody else,
    /// who has none of the publisher's keys.
    pub fn new((store, forged): (&Store, &Store), clock: &VirtualClock, outcome: Outcome, moment: Moment) -> Self {
        let good = InProcess::new(store.clone());
        let inner = match outcome {
            Outcome::BadSignature => InProcess::new(forged.clone()),
            _ => good.clone(),
        };
        let bad = FaultyHttp::new(Arc::new(inner));
        let (part, faults) = faults(outcome);
        bad.plan(part, faults);
        let latency = match moment {
            // Longer than the app takes to be suspended.
            Moment::Background => Latency {
                document: 7_013.0,
                package: 1_007.0,
            },
            _ => Latency {
                document: 307.0,
                package: 719.0,
            },
        };
        Self {
            good,
            bad,
            stalls: outcome == Outcome::DownloadStalls,
            latency,
            clock: clock.clone(),
            faulty: AtomicBool::new(false),
        }
    }

    /// From now on it goes wrong, or from now on everything works.
    pub fn set_faulty(&self, faulty: bool) {
        self.faulty.store(faulty, Ordering::SeqCst);
    }

    /// The head comes, and then nothing more.
    fn stalled(&self, mut response: Response) -> Response {
        let clock = self.clock.clone();
        let for_ever = async move {
            // Somebody has to let time pass until the client gives up.
            clock.pause_until(f64::from(u32::MAX) + clock.now_ms()).await;
            Err(HttpError::broken("", "nothing more comes"))
        };
        response.body = stream::once(for_ever).boxed();
        response
    }
}

fn faults(outcome: Outcome) -> (&'static str, Vec<NetFault>) {
    let always = |fault: NetFault| vec![fault; ALWAYS];
    match outcome {
        Outcome::CheckFails => (MANIFEST, always(NetFault::Offline)),
        Outcome::DownloadFails => (PACKAGES, always(NetFault::Offline)),
        // What has come is kept, and the rest never comes.
        Outcome::DownloadBreaks => {
            let later = always(NetFault::Offline);
            (PACKAGES, [vec![NetFault::ResetAt(8)], later].concat())
        }
        Outcome::Corrupted => (PACKAGES, always(NetFault::Flip(40))),
        _ => (PACKAGES, Vec::new()),
    }
}

#[async_trait]
impl Http for Line {
    async fn get(&self, request: Get) -> Result<Response, HttpError> {
        let package = request.url.contains(PACKAGES);
        let latency = if package {
            self.latency.package
        } else {
            self.latency.document
        };
        self.clock.pause_until(self.clock.now_ms() + latency).await;
        if !self.faulty.load(Ordering::SeqCst) {
            return self.good.get(request).await;
        }
        let response = self.bad.get(request).await?;
        Ok(if package && self.stalls {
            self.stalled(response)
        } else {
            response
        })
    }
}
