//! All scenarios, in parallel; each of them lives by itself, so that their order means nothing.

use super::record::Record;
use super::run::{run, run_next, would_differ};
use super::space::{Person, Scenario, Selection, space};
use super::stage::{Stage, StageError};
use super::workers::each;
use crate::app::carrier::Carrier;
use std::sync::atomic::{AtomicUsize, Ordering};

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

/// Runs the wanted scenarios, `jobs` at a time, and says after each piece of work how many scenarios of how many are over.
///
/// # Errors
/// A scenario could not be set up.
pub fn explore(
    stage: &Stage,
    selection: &Selection,
    jobs: usize,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Explored, StageError> {
    let wanted: Vec<Scenario> = space()
        .into_iter()
        .filter(|scenario| selection.has(*scenario))
        .collect();
    let over = AtomicUsize::new(0);
    let tasks = [vec![Task::Next, Task::Plain], combinations(&wanted)].concat();
    let count = |records: &Vec<Record>| {
        let over = over.fetch_add(records.len(), Ordering::Relaxed) + records.len();
        // The two that others are compared with come on top.
        progress(over.saturating_sub(2), wanted.len());
    };
    // What waits for the end of a world lives in the runtime of its worker.
    let begin = || (stage.spec.carrier)();
    let mut done = each(
        jobs,
        tasks,
        begin,
        |carrier, task| carry_out(stage, carrier, task),
        count,
    )?
    .into_iter();
    let lost = || StageError::Thread(std::io::Error::other("a worker ended early"));
    let mut compared = || {
        done.next()
            .and_then(|records| records.into_iter().next())
            .ok_or_else(lost)
    };
    let (next, plain) = (compared()?, compared()?);
    let mut records: Vec<Record> = done.flatten().collect();
    records.sort_by_key(|record| record.scenario);
    Ok(Explored {
        ran: records.iter().filter(|record| record.same_as.is_none()).count(),
        records,
        plain,
        next,
    })
}

/// The longest ones first, so that no worker is left with one at the end.
fn combinations(wanted: &[Scenario]) -> Vec<Task> {
    let mut combinations: Vec<Vec<Scenario>> = Vec::new();
    for scenario in wanted {
        match combinations.last_mut() {
            Some(last) if last[0].with(scenario.person) == *scenario => last.push(*scenario),
            _ => combinations.push(vec![*scenario]),
        }
    }
    combinations.sort_by_key(|all| std::cmp::Reverse(all[0].delivers()));
    combinations.into_iter().map(Task::Persons).collect()
}

async fn carry_out(stage: &Stage, carrier: Carrier, task: Task) -> Result<Vec<Record>, StageError> {
    let scenarios = match task {
        Task::Next => return Ok(vec![run_next(stage, &carrier).await?]),
        Task::Plain => return Ok(vec![run(stage, &carrier, Scenario::PLAIN).await?]),
        Task::Persons(scenarios) => scenarios,
    };
    // Whether anybody is asked shows with any of them.
    let confirmed = run(stage, &carrier, scenarios[0].with(Person::Confirms)).await?;
    let mut records = Vec::with_capacity(scenarios.len());
    for scenario in scenarios {
        records.push(
            if would_differ(scenario.person, &confirmed) && scenario != confirmed.scenario {
                run(stage, &carrier, scenario).await?
            } else {
                confirmed.as_if(scenario)
            },
        );
    }
    Ok(records)
}
