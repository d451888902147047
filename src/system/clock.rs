//! Time as a dependency, and the real clock.

use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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

/// Another clock, so much ahead of it.
#[derive(Clone)]
pub struct ShiftedClock {
    inner: Arc<dyn Clock>,
    ahead_ms: f64,
}

impl ShiftedClock {
    /// A clock that is `ahead_ms` ahead of `inner`; behind it, where that is negative.
    pub fn new(inner: Arc<dyn Clock>, ahead_ms: f64) -> Self {
        Self { inner, ahead_ms }
    }
}

impl Clock for ShiftedClock {
    fn now_ms(&self) -> f64 {
        self.inner.now_ms() + self.ahead_ms
    }

    fn sleep_until(&self, at_ms: f64) -> BoxFuture<'static, ()> {
        self.inner.sleep_until(at_ms - self.ahead_ms)
    }
}
