//! Time as a dependency: the real clock, and one that moves only when it is told to.

use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex, PoisonError};
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
    now: Arc<Mutex<f64>>,
    moved: Arc<Notify>,
}

impl VirtualClock {
    /// A clock that shows `start_ms`.
    pub fn new(start_ms: f64) -> Self {
        Self {
            now: Arc::new(Mutex::new(start_ms)),
            moved: Arc::default(),
        }
    }

    /// Moves the clock forward to `at_ms`; it never goes back.
    pub fn advance_to(&self, at_ms: f64) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.max(at_ms);
        drop(now);
        self.moved.notify_waiters();
    }
}

impl Clock for VirtualClock {
    fn now_ms(&self) -> f64 {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep_until(&self, at_ms: f64) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move {
            loop {
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
