//! A clock that stands still until somebody sets it, or until all who work by it have nothing to do.

use super::clock::Clock;
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Virtual time. Clones share it.
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
    participants: usize,
    idle: usize,
}

/// Takes a sleeper's deadline out when it wakes or is dropped.
struct Sleeper {
    clock: VirtualClock,
    key: (u64, u64),
}

/// One of those who work by a virtual clock: an app's run, the checks of a host, a program that drives them.
/// While one of them does something, time stands still; when all wait, it jumps to the earliest
/// time that anybody waits for. Exact where all of them run on one thread.
#[derive(Debug)]
pub struct Participant(VirtualClock);

/// While it lives, its participant only waits.
struct Idle<'p>(&'p VirtualClock);

impl VirtualClock {
    /// A clock that shows `start_ms`.
    pub fn new(start_ms: f64) -> Self {
        let state = VirtualState {
            now: start_ms,
            deadlines: BTreeMap::new(),
            last_sleeper: 0,
            participants: 0,
            idle: 0,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            moved: Arc::default(),
        }
    }

    /// One more who works by this clock. It counts as working until it waits.
    #[must_use]
    pub fn join(&self) -> Participant {
        self.lock().participants += 1;
        Participant(self.clone())
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
        self.lock().next_deadline()
    }

    /// Jumps to the next deadline, if all wait. A deadline that is over belongs to a
    /// sleeper that has yet to wake up: first it does what it slept for.
    fn jump(&self) {
        let state = self.lock();
        let all_wait = state.idle == state.participants;
        let next = state.next_deadline().filter(|next| all_wait && *next > state.now);
        drop(state);
        if let Some(next) = next {
            self.advance_to(next);
        }
    }

    fn lock(&self) -> MutexGuard<'_, VirtualState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleeper(&self, at_ms: f64) -> Sleeper {
        let mut state = self.lock();
        state.last_sleeper += 1;
        // Rounded up, or a jump to this deadline would end before it.
        let key = ((at_ms * 1000.0).ceil().max(0.0) as u64, state.last_sleeper);
        state.deadlines.insert(key, ());
        Sleeper {
            clock: self.clone(),
            key,
        }
    }
}

impl VirtualState {
    fn next_deadline(&self) -> Option<f64> {
        self.deadlines.first_key_value().map(|(key, ())| key.0 as f64 / 1000.0)
    }
}

impl Participant {
    /// The clock.
    pub fn clock(&self) -> &VirtualClock {
        &self.0
    }

    /// Waits until the clock shows `at_ms`; infinity waits for ever. Dropped before, its participant works again.
    pub async fn idle_until(&self, at_ms: f64) {
        let clock = &self.0;
        let _sleeper = at_ms.is_finite().then(|| clock.sleeper(at_ms));
        let _idle = Idle::new(clock);
        loop {
            let moved = clock.moved.notified();
            tokio::pin!(moved);
            // Registered before the clock is read, so that a move in between is not missed.
            moved.as_mut().enable();
            // Whoever was just woken takes up its work first.
            tokio::task::yield_now().await;
            clock.jump();
            if clock.now_ms() >= at_ms {
                return;
            }
            moved.await;
        }
    }
}

impl<'p> Idle<'p> {
    fn new(clock: &'p VirtualClock) -> Self {
        clock.lock().idle += 1;
        Self(clock)
    }
}

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        self.0.lock().idle -= 1;
    }
}

impl Drop for Participant {
    fn drop(&mut self) {
        self.0.lock().participants -= 1;
        // It may have been the last one that the others waited for.
        self.0.moved.notify_waiters();
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.clock.lock().deadlines.remove(&self.key);
        self.clock.moved.notify_waiters();
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
                if sleeper.clock.now_ms() >= at_ms {
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

    /// Works at each of `times`, and notes when; a step of work lets all others run.
    async fn work(who: Participant, times: Vec<f64>, noted: Arc<Mutex<Vec<(f64, f64)>>>) {
        for at in times {
            who.idle_until(at).await;
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
            noted.lock().unwrap().push((at, who.clock().now_ms()));
        }
    }

    #[tokio::test]
    async fn time_waits_for_whoever_works() {
        let (clock, noted) = (VirtualClock::new(0.0), Arc::default());
        let first = work(clock.join(), vec![10.0, 20.5, 40.0], Arc::clone(&noted));
        let second = work(clock.join(), vec![10.0, 15.0, 1e9], Arc::clone(&noted));
        tokio::join!(first, second);
        let seen = noted.lock().unwrap().clone();
        assert_eq!(
            seen.iter().map(|(at, _)| *at).collect::<Vec<_>>(),
            [10.0, 10.0, 15.0, 20.5, 40.0, 1e9]
        );
        assert!(seen.iter().all(|(at, now)| at == now), "{seen:?}");
    }

    #[tokio::test]
    async fn one_who_leaves_holds_nobody_up() {
        let clock = VirtualClock::new(0.0);
        let (stays, leaves) = (clock.join(), clock.join());
        let waiting = tokio::spawn(async move { stays.idle_until(5.0).await });
        for _ in 0..5 {
            tokio::task::yield_now().await;
        }
        assert!(!waiting.is_finished());
        drop(leaves);
        waiting.await.unwrap();
    }

    #[tokio::test]
    async fn a_part_of_a_microsecond_ends_too() {
        let at = 1_767_225_600_000.000_7;
        let clock = VirtualClock::new(at - 1.0);
        clock.join().idle_until(at).await;
        assert!(clock.now_ms() >= at);
    }
}
