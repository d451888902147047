//! What is under way for a while: each thing arrives after its time, and none overtakes another.

use crate::system::{Clock, NetworkConditions};
use futures_util::future::BoxFuture;
use std::collections::VecDeque;

/// One direction of a connection over the device's network.
#[derive(Debug)]
pub struct Delay<T> {
    queue: VecDeque<(f64, T)>,
    /// When the last thing has left the line.
    free_at: f64,
}

impl<T> Default for Delay<T> {
    fn default() -> Self {
        Self {
            queue: VecDeque::new(),
            free_at: 0.0,
        }
    }
}

impl<T> Delay<T> {
    /// Something of this many bytes sets out now.
    pub fn push(&mut self, thing: T, bytes: usize, conditions: NetworkConditions, now: f64) {
        self.free_at = self.free_at.max(now) + conditions.transfer_ms(bytes);
        self.queue.push_back((self.free_at + conditions.latency_ms, thing));
    }

    /// Returns when the first thing has arrived; never where there is none.
    pub fn due(&self, clock: &dyn Clock) -> BoxFuture<'static, ()> {
        match self.queue.front() {
            Some(_) if self.is_due(clock) => Box::pin(std::future::ready(())),
            Some((at, _)) => clock.sleep_until(*at),
            None => Box::pin(std::future::pending()),
        }
    }

    /// The first thing has arrived.
    pub fn is_due(&self, clock: &dyn Clock) -> bool {
        self.queue.front().is_some_and(|(at, _)| *at <= clock.now_ms())
    }

    /// Takes the first thing.
    pub fn pop(&mut self) -> Option<T> {
        self.queue.pop_front().map(|(_, thing)| thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::VirtualClock;

    #[tokio::test]
    async fn what_follows_neither_waits_for_the_latency_nor_overtakes() {
        let clock = VirtualClock::new(0.0);
        let conditions: NetworkConditions = "latency=100ms,rate=1KB/s".parse().unwrap();
        let mut line = Delay::default();
        line.push("long", 1024, conditions, 0.0);
        line.push("short", 0, conditions, 0.0);
        for (at, expected) in [(1_100.0, "long"), (1_100.0, "short")] {
            let due = tokio::spawn(line.due(&clock));
            tokio::task::yield_now().await;
            assert_eq!(due.is_finished(), expected == "short");
            clock.advance_to(at);
            due.await.unwrap();
            assert_eq!(line.pop(), Some(expected));
        }
        assert_eq!(line.pop(), None);
    }
}
