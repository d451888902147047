//! Random histories of an app on a device, step by step beside a small model of what should come of them.
//!
//! `MINIRUN_MODEL_CASES` histories are drawn (of 40 to 80 steps each) from the seed `MINIRUN_MODEL_SEED`. One that goes
//! wrong is shortened as far as it still goes wrong, and printed.

mod actual;
mod expected;
mod history;
mod operator;
mod seen;

use actual::Actual;
use history::{History, Step};
use operator::Registry;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use proptest_state_machine::{ReferenceStateMachine as _, StateMachineTest};
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

struct Histories;

impl StateMachineTest for Histories {
    type SystemUnderTest = Actual;
    type Reference = History;

    fn init_test(_: &Registry) -> Actual {
        Actual::new()
    }

    fn apply(mut actual: Actual, decided: &Registry, step: Step) -> Actual {
        actual.take(&step, decided);
        actual
    }
}

fn from_env(name: &str, default: u32) -> u32 {
    let given = std::env::var(name).ok();
    given.map_or(default, |text| text.parse().unwrap())
}

#[test]
fn random_histories_end_as_the_model_says() {
    let config = Config {
        cases: from_env("MINIRUN_MODEL_CASES", 200),
        rng_seed: RngSeed::Fixed(from_env("MINIRUN_MODEL_SEED", 1).into()),
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..Config::default()
    };
    let taken = AtomicUsize::new(0);
    let histories = History::sequential_strategy(40..80);
    let done = TestRunner::new(config.clone()).run(&histories, |(initial, steps, seen)| {
        taken.fetch_add(steps.len(), Ordering::Relaxed);
        Histories::test_sequential(config.clone(), initial, steps, seen);
        Ok(())
    });
    done.unwrap_or_else(|error| panic!("{error}"));
    let taken = taken.into_inner();
    let _ = writeln!(std::io::stderr(), "{taken} steps in {} histories", config.cases);
    assert!(config.cases < 200 || taken >= 10_000, "only {taken} steps");
}
