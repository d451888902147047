//! All scenarios, in parallel; each of them lives by itself, so that their order means nothing.

use super::record::Record;
use super::run::{run, run_next, would_differ};
use super::space::{Person, Scenario, Selection, space};
use super::stage::{Stage, StageError};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// What came of the scenarios.
pub struct Explored {
    /// One for each scenario that was wanted, in order. Those that nobody's answer could change are copies.
    pub records: Vec<Record>,
    /// The app without an update, whether it was wanted or not.
    pub plain: Record,
    /// The next version by itself.
    pub next: Record,
    /// How many scenarios were really run.
    pub ran: usize,
}

/// One piece of work: a combination with all its persons, or one of the two runs that others are compared with.
#[derive(Debug, Clone)]
enum Task {
    Next,
    Plain,
    Persons(Vec<Scenario>),
}

/// What a piece of work came to.
#[derive(Default)]
struct Done {
    records: Vec<Record>,
    plain: Option<Record>,
    next: Option<Record>,
    ran: usize,
}

/// Runs the wanted scenarios, `jobs` at a time, and says after each piece of work how many scenarios are over.
///
/// # Errors
/// A scenario could not be set up.
pub fn explore(
    stage: &Stage,
    selection: &Selection,
    jobs: usize,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Explored, StageError> {
    let wanted: Vec<Scenario> = space().into_iter().filter(|scenario| selection.has(*scenario)).collect();
    let total = wanted.len();
    let tasks = Mutex::new(tasks(&wanted));
    let over = Mutex::new(Done::default());
    let work = || -> Result<(), StageError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        while let Some(task) = lock(&tasks).pop_front() {
            let done = runtime.block_on(carry_out(stage, task))?;
            let mut over = lock(&over);
            over.records.extend(done.records);
            over.plain = over.plain.take().or(done.plain);
            over.next = over.next.take().or(done.next);
            over.ran += done.ran;
            progress(over.records.len(), total);
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    let mut done = over.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.records.sort_by_key(|record| record.scenario);
    let lost = || StageError::Thread(std::io::Error::other("a worker ended early"));
    Ok(Explored {
        records: done.records,
        plain: done.plain.ok_or_else(lost)?,
        next: done.next.ok_or_else(lost)?,
        ran: done.ran,
    })
}

/// The longest ones first, so that no worker is left with one at the end.
fn tasks(wanted: &[Scenario]) -> VecDeque<Task> {
    let mut combinations: Vec<Vec<Scenario>> = Vec::new();
    for scenario in wanted {
        match combinations.last_mut() {
            Some(last) if last[0].with(scenario.person) == *scenario => last.push(*scenario),
            _ => combinations.push(vec![*scenario]),
        }
    }
    combinations.sort_by_key(|all| std::cmp::Reverse(all[0].delivers()));
    let compared = [Task::Next, Task::Plain];
    compared.into_iter().chain(combinations.into_iter().map(Task::Persons)).collect()
}

async fn carry_out(stage: &Stage, task: Task) -> Result<Done, StageError> {
    let mut done = Done::default();
    match task {
        Task::Next => done.next = Some(run_next(stage).await?),
        Task::Plain => done.plain = Some(run(stage, Scenario::PLAIN).await?),
        Task::Persons(scenarios) => {
            // Whether anybody is asked shows with any of them.
            let confirmed = run(stage, scenarios[0].with(Person::Confirms)).await?;
            done.ran += 1;
            for scenario in scenarios {
                done.records.push(if would_differ(scenario.person, &confirmed) && scenario != confirmed.scenario {
                    done.ran += 1;
                    run(stage, scenario).await?
                } else {
                    confirmed.as_if(scenario)
                });
            }
        }
    }
    Ok(done)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
