//! Time as a dependency: the real clock, and one that moves only when it is told to.

use futures_util::future::BoxFuture;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Notify;

/// The only source of time. Every wait goes through it.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z, with fractions.
    fn now_ms(&self) -> f64;
    /// Returns when the clock shows `at_ms` or later.
    fn sleep_until(&self, at_ms: f64) -> BoxFuture<'static, ()>;
    /// The same for work that waits for nothing but the time, such as a pause between two tries: where
    /// time is virtual, it can pass although the work is under way.
    fn pause_until(&self, at_ms: f64) -> BoxFuture<'static, ()> {
        self.sleep_until(at_ms)
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealClock;

impl Clock for RealClock {
    fn now_ms(&self) -> f64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0.0, |d| d.as_secs_f64() * 1000.0)
    }

    fn sleep_until(&self, at_ms: f64) -> BoxFuture<'static, ()> {
        let wait = (at_ms - self.now_ms()).clamp(0.0, 1e12);
        Box::pin(tokio::time::sleep(Duration::from_secs_f64(wait / 1000.0)))
    }
}

/// A clock that stands still until somebody sets it.
#[derive(Debug, Clone)]
pub struct VirtualClock {
    state: Arc<Mutex<VirtualState>>,
    moved: Arc<Notify>,
    paused: Arc<Notify>,
}

#[derive(Debug)]
struct VirtualState {
    now: f64,
    /// What sleepers wait for, in microseconds since 1970, so that they order exactly.
    deadlines: BTreeMap<(u64, u64), ()>,
    /// Those among them that are pauses.
    pauses: BTreeSet<(u64, u64)>,
    last_sleeper: u64,
}

/// Takes a sleeper's deadline out when it wakes or is dropped.
struct Sleeper {
    clock: VirtualClock,
    key: (u64, u64),
}

impl VirtualClock {
    /// A clock that shows `start_ms`.
    pub fn new(start_ms: f64) -> Self {
        let state = VirtualState {
            now: start_ms,
            deadlines: BTreeMap::new(),
            pauses: BTreeSet::new(),
            last_sleeper: 0,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            moved: Arc::default(),
            paused: Arc::default(),
        }
    }

    /// Waits until some work pauses, and gives the time until which the first of it does. For one waiter at a time.
    pub async fn paused(&self) -> f64 {
        loop {
            let first = self.lock().pauses.first().copied();
            if let Some((micros, _)) = first {
                return micros as f64 / 1000.0;
            }
            self.paused.notified().await;
        }
    }

    /// Moves the clock forward to `at_ms`; it never goes back.
    pub fn advance_to(&self, at_ms: f64) {
        let mut state = self.lock();
        state.now = state.now.max(at_ms);
        drop(state);
        self.moved.notify_waiters();
    }

    /// The earliest time that somebody sleeps until.
    pub fn next_deadline(&self) -> Option<f64> {
        self.lock()
            .deadlines
            .first_key_value()
            .map(|(key, ())| key.0 as f64 / 1000.0)
    }

    fn lock(&self) -> MutexGuard<'_, VirtualState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleeper(&self, at_ms: f64) -> Sleeper {
        let mut state = self.lock();
        state.last_sleeper += 1;
        let key = (micros(at_ms), state.last_sleeper);
        state.deadlines.insert(key, ());
        Sleeper {
            clock: self.clone(),
            key,
        }
    }
}

fn micros(ms: f64) -> u64 {
    (ms * 1000.0).round().max(0.0) as u64
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        let mut state = self.clock.lock();
        state.deadlines.remove(&self.key);
        state.pauses.remove(&self.key);
    }
}

impl Clock for VirtualClock {
    fn now_ms(&self) -> f64 {
        self.lock().now
    }

    fn sleep_until(&self, at_ms: f64) -> BoxFuture<'static, ()> {
        Box::pin(self.sleeper(at_ms).sleep())
    }

    fn pause_until(&self, at_ms: f64) -> BoxFuture<'static, ()> {
        let sleeper = self.sleeper(at_ms);
        self.lock().pauses.insert(sleeper.key);
        self.paused.notify_one();
        Box::pin(sleeper.sleep())
    }
}

impl Sleeper {
    async fn sleep(self) {
        loop {
            let moved = self.clock.moved.notified();
            tokio::pin!(moved);
            // Registered before the clock is read, so that a move in between is not missed.
            moved.as_mut().enable();
            // Compared as deadlines are kept: whoever moves the clock to one wakes its sleeper, whatever its fractions are.
            if micros(self.clock.now_ms()) >= self.key.0 {
                return;
            }
            moved.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn a_clock_that_is_moved_to_the_next_deadline_wakes_its_sleeper_whatever_its_fractions_are() {
        for part in 0..1000 {
            let clock = VirtualClock::new(1_767_225_600_000.0);
            let sleep = clock.pause_until(clock.now_ms() + f64::from(part) * 0.777_131 / 3.0);
            assert_eq!(clock.next_deadline(), clock.paused().now_or_never());
            clock.advance_to(clock.paused().await);
            assert!(sleep.now_or_never().is_some(), "{part}");
            assert!(clock.paused().now_or_never().is_none());
        }
    }
}
