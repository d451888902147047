//! The world's job queue and timers: promise jobs run to the end of each turn,
//! timers wait until the host says that their time has come.

use boa_engine::job::{Job, JobExecutor};
use boa_engine::{Context, JsResult};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::rc::Rc;

/// When a timer is due: microseconds since 1970, then the order in which it was set.
type Due = (u64, u64);

/// Promise jobs in order, and timers by time. boa's own executor polls and
/// waits; this one never does, because waiting is the host's.
#[derive(Default)]
pub struct Jobs {
    queue: RefCell<VecDeque<Job>>,
    timers: RefCell<BTreeMap<Due, u32>>,
    by_id: RefCell<HashMap<u32, Due>>,
    sequence: Cell<u64>,
}

impl Jobs {
    /// Sets timer `id` for `at_ms`; a timer of the same id is replaced.
    pub fn set_timer(&self, id: u32, at_ms: f64) {
        self.clear_timer(id);
        self.sequence.set(self.sequence.get() + 1);
        let due = (micros(at_ms), self.sequence.get());
        self.timers.borrow_mut().insert(due, id);
        self.by_id.borrow_mut().insert(id, due);
    }

    /// Takes timer `id` out, if it is still there.
    pub fn clear_timer(&self, id: u32) {
        if let Some(due) = self.by_id.borrow_mut().remove(&id) {
            self.timers.borrow_mut().remove(&due);
        }
    }

    /// Takes the next timer that is due at `now_ms`.
    pub fn take_due(&self, now_ms: f64) -> Option<u32> {
        let mut timers = self.timers.borrow_mut();
        let entry = timers.first_entry()?;
        if entry.key().0 > micros(now_ms) {
            return None;
        }
        let id = entry.remove();
        self.by_id.borrow_mut().remove(&id);
        Some(id)
    }

    /// When the earliest timer is due, in milliseconds since 1970.
    pub fn next_due(&self) -> Option<f64> {
        self.timers
            .borrow()
            .first_key_value()
            .map(|(due, _)| due.0 as f64 / 1000.0)
    }
}

/// Whole microseconds order exactly; floating milliseconds would not round-trip.
fn micros(ms: f64) -> u64 {
    (ms * 1000.0).round().max(0.0) as u64
}

impl JobExecutor for Jobs {
    fn enqueue_job(self: Rc<Self>, job: Job, _: &mut Context) {
        self.queue.borrow_mut().push_back(job);
    }

    /// Runs promise jobs until none is left. An error here is one that no
    /// JavaScript can catch; the rest of the queue stays for nobody.
    fn run_jobs(self: Rc<Self>, context: &mut Context) -> JsResult<()> {
        loop {
            let Some(job) = self.queue.borrow_mut().pop_front() else {
                break;
            };
            match job {
                Job::PromiseJob(job) => job.call(context)?,
                Job::GenericJob(job) => job.call(context)?,
                // Nothing in a world starts async or timed engine jobs, and
                // clean-up of finalization registries is optional.
                _ => continue,
            };
        }
        context.clear_kept_objects();
        Ok(())
    }
}
