//! Time as a dependency: the real clock, and one that moves only when it is told to.

use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Notify;

/// The only source of time. Every wait goes through it.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z, with fractions.
    fn now_ms(&self) -> f64;
    /// Returns when the clock shows `at_ms` or later.
    fn sleep_until(&self, at_ms: f64) -> BoxFuture<'static, ()>;
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
}

#[derive(Debug)]
struct VirtualState {
    now: f64,
    /// What sleepers wait for, in microseconds since 1970, so that they order exactly.
    deadlines: BTreeMap<(u64, u64), ()>,
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
            last_sleeper: 0,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            moved: Arc::default(),
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
        let key = (microseconds(at_ms), state.last_sleeper);
        state.deadlines.insert(key, ());
        Sleeper {
            clock: self.clone(),
            key,
        }
    }
}

fn microseconds(ms: f64) -> u64 {
    (ms * 1000.0).round().max(0.0) as u64
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.clock.lock().deadlines.remove(&self.key);
    }
}

impl Clock for VirtualClock {
    fn now_ms(&self) -> f64 {
        self.lock().now
    }

    fn sleep_until(&self, at_ms: f64) -> BoxFuture<'static, ()> {
        let sleeper = self.sleeper(at_ms);
        Box::pin(async move {
            loop {
                let moved = sleeper.clock.moved.notified();
                tokio::pin!(moved);
                // Registered before the clock is read, so that a move in between is not missed.
                moved.as_mut().enable();
                // Compared as it was registered: a fraction of a microsecond would never be reached.
                if microseconds(sleeper.clock.now_ms()) >= sleeper.key.0 {
                    return;
                }
                moved.await;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fraction_of_a_microsecond_is_reached() {
        let clock = VirtualClock::new(1_767_225_600_000.0);
        for fraction in [0.000_3, 0.097_656_25, 0.333_333_3] {
            let asleep = tokio::spawn(clock.sleep_until(clock.now_ms() + fraction));
            clock.advance_to(clock.next_deadline().unwrap());
            asleep.await.unwrap();
        }
    }
}
