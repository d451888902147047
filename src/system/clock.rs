//! Time as a dependency: the real clock, and one that moves only when it is told to.

use futures_util::future::BoxFuture;
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
    state: Arc<Mutex<State>>,
    moved: Arc<Notify>,
}

#[derive(Debug)]
struct State {
    now: f64,
    /// What the sleepers wait for.
    deadlines: Vec<f64>,
}

/// One sleeper, until it has gone on or was dropped.
struct Sleeper(VirtualClock, f64);

impl VirtualClock {
    /// A clock that shows `start_ms`.
    pub fn new(start_ms: f64) -> Self {
        Self {
            state: Arc::new(Mutex::new(State {
                now: start_ms,
                deadlines: Vec::new(),
            })),
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

    /// The earliest time for which somebody waits, in milliseconds since 1970. One that is
    /// past belongs to a sleeper that is awake and has not run yet: there is work to do.
    pub fn next_deadline(&self) -> Option<f64> {
        self.lock().deadlines.iter().copied().min_by(f64::total_cmp)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sleeper {
    fn new(clock: VirtualClock, at_ms: f64) -> Self {
        clock.lock().deadlines.push(at_ms);
        Self(clock, at_ms)
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        if let Some(index) = state.deadlines.iter().position(|at| at.total_cmp(&self.1).is_eq()) {
            state.deadlines.swap_remove(index);
        }
    }
}

impl Clock for VirtualClock {
    fn now_ms(&self) -> f64 {
        self.lock().now
    }

    fn sleep_until(&self, at_ms: f64) -> BoxFuture<'static, ()> {
        let sleeper = Sleeper::new(self.clone(), at_ms);
        Box::pin(async move {
            loop {
                let clock = &sleeper.0;
                let moved = clock.moved.notified();
                tokio::pin!(moved);
                // Registered before the clock is read, so that a move in between is not missed.
                moved.as_mut().enable();
                if clock.now_ms() >= at_ms {
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
    async fn a_virtual_clock_knows_the_earliest_of_those_who_wait() {
        let clock = VirtualClock::new(0.0);
        let (late, early) = (clock.sleep_until(20.0), clock.sleep_until(10.0));
        assert_eq!(clock.next_deadline(), Some(10.0));
        clock.advance_to(10.0);
        assert_eq!(clock.next_deadline(), Some(10.0));
        early.await;
        assert_eq!(clock.next_deadline(), Some(20.0));
        drop(late);
        assert_eq!(clock.next_deadline(), None);
    }
}
