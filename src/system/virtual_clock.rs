//! A clock that stands still until somebody sets it, or until all who work by it have nothing to do.

use super::clock::Clock;
use futures_util::future::BoxFuture;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, OwnedMutexGuard};

/// Virtual time. Clones share it.
#[derive(Debug, Clone)]
pub struct VirtualClock {
    state: Arc<Mutex<VirtualState>>,
    moved: Arc<Notify>,
    paused: Arc<Notify>,
    turns: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug)]
struct VirtualState {
    now: f64,
    /// What sleepers wait for, in microseconds since 1970, so that they order exactly.
    deadlines: BTreeMap<(u64, u64), ()>,
    /// Those among them that are pauses.
    pauses: BTreeSet<(u64, u64)>,
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
            pauses: BTreeSet::new(),
            last_sleeper: 0,
            participants: 0,
            idle: 0,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            moved: Arc::default(),
            paused: Arc::default(),
            turns: Arc::default(),
        }
    }

    /// Waits until some work pauses, and gives the time until which the first of it does.
    pub async fn paused(&self) -> f64 {
        loop {
            let paused = self.paused.notified();
            tokio::pin!(paused);
            // Registered before the pauses are read, so that one that begins in between is not missed.
            paused.as_mut().enable();
            let first = self.lock().pauses.first().copied();
            if let Some((micros, _)) = first {
                return micros as f64 / 1000.0;
            }
            paused.await;
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
        let next = state.next_deadline();
        let next = next.filter(|next| all_wait && micros(*next) > micros(state.now));
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

    /// Waits for its turn, which lasts as long as what this gives: what several do at the same time of the clock is
    /// done one after the other, and in the same order whenever it is done again.
    pub async fn turn(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.0.turns).lock_owned().await
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
            if micros(clock.now_ms()) >= micros(at_ms) {
                // Deadlines are kept in microseconds, and whoever waited asks whether its own time has come exactly.
                clock.advance_to(at_ms);
                return;
            }
            moved.await;
        }
    }
}

impl Participant {
    /// Work is under way, and time may pass only while some of it pauses: waits for the end of a pause, or for `at_ms`
    /// where that comes before.
    pub async fn idle_while_paused(&self, at_ms: f64) {
        let over = self.0.paused().await;
        self.idle_until(over.min(at_ms)).await;
    }

    /// Does `work`, which may pause.
    pub async fn pausing_with<T>(&self, work: impl Future<Output = T>) -> T {
        tokio::pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                () = self.idle_while_paused(f64::INFINITY) => {}
            }
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
        let mut state = self.clock.lock();
        state.deadlines.remove(&self.key);
        state.pauses.remove(&self.key);
        drop(state);
        self.clock.moved.notify_waiters();
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
        self.paused.notify_waiters();
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

    #[tokio::test]
    async fn whoever_waits_alone_finds_its_time_come_whatever_its_fractions_are() {
        for part in 0..1000 {
            let clock = VirtualClock::new(1_767_225_600_000.0);
            let at = clock.now_ms() + f64::from(part) * 0.777_131 / 3.0;
            clock.join().idle_until(at).await;
            assert!(clock.now_ms() >= at, "{part}");
        }
    }
}
