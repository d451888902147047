//! The steps of a history, and how they are drawn.

use super::operator::{Decision, Kind, Mode, Registry, Wish};
use crate::system::Failure;
use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;

/// What happens on or around the device.
#[derive(Debug, Clone)]
pub enum Step {
    Operate(Decision),
    /// A cold start; an app that ran was killed before.
    Start,
    /// The first page is ready.
    Ready,
    /// The work beside the running app.
    Background,
    /// `applyUpdate`.
    Apply,
    /// `restartMiniProgram`.
    Restart,
    /// The app ends in order.
    Exit,
    Kill,
    /// While the app does not run.
    PeriodicCheck,
    User(u8),
    /// So many hours pass; fewer than none while the app does not run.
    Wait(i32),
    Net(Net),
    Corrupt(Which),
    ClearCache,
    Collect,
    /// The process dies in a step, at so many disk operations from its beginning on.
    Crash(Dying, u8, Failure),
}

/// How the network is, from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Net {
    Up,
    Down,
    /// Packages are not served.
    NoPackages,
    /// A byte of each package is another.
    FlippedPackages,
    /// The manifest is the one before the last decision.
    Replayed,
}

/// Whose files are spoiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Active,
    Pending,
    Previous,
}

/// The steps in which a process can die.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dying {
    Start,
    Ready,
    Background,
    Apply,
    Restart,
    Exit,
    PeriodicCheck,
    Collect,
}

impl From<Dying> for Step {
    fn from(dying: Dying) -> Self {
        match dying {
            Dying::Start => Self::Start,
            Dying::Ready => Self::Ready,
            Dying::Background => Self::Background,
            Dying::Apply => Self::Apply,
            Dying::Restart => Self::Restart,
            Dying::Exit => Self::Exit,
            Dying::PeriodicCheck => Self::PeriodicCheck,
            Dying::Collect => Self::Collect,
        }
    }
}

fn wish() -> impl Strategy<Value = Wish> {
    let mode = prop_oneof![4 => Just(Mode::Default), 1 => Just(Mode::Async), 2 => Just(Mode::Sync)];
    let min = prop_oneof![3 => Just(None), 1 => (0..3_u32).prop_map(Some)];
    // Never below the minimum: the registry refuses that.
    (mode, min, any::<bool>()).prop_map(|(mode, min_below, prefers)| Wish {
        mode,
        min_below,
        prefer_below: prefers.then(|| min_below.unwrap_or(1).min(1)),
    })
}

fn decision() -> impl Strategy<Value = Decision> {
    let kind = prop_oneof![6 => Just(Kind::Good), 2 => Just(Kind::Throws), 1 => Just(Kind::NoApp)];
    let percent = prop_oneof![3 => Just(100_u8), 2 => 0..100_u8];
    let publish = (kind, wish(), percent);
    prop_oneof![
        6 => publish.prop_map(|(kind, wish, percent)| Decision::Publish { kind, wish, percent }),
        3 => prop_oneof![Just(50_u8), Just(100)].prop_map(Decision::Rollout),
        1 => Just(Decision::Revoke),
        1 => Just(Decision::Rollback),
        1 => wish().prop_map(Decision::Change),
    ]
}

fn net() -> impl Strategy<Value = Net> {
    prop_oneof![
        4 => Just(Net::Up),
        1 => Just(Net::Down),
        1 => Just(Net::NoPackages),
        1 => Just(Net::FlippedPackages),
        1 => Just(Net::Replayed),
    ]
}

fn crash() -> impl Strategy<Value = Step> {
    let dying = prop_oneof![
        4 => Just(Dying::Start),
        1 => Just(Dying::Ready),
        4 => Just(Dying::Background),
        2 => Just(Dying::Apply),
        1 => Just(Dying::Restart),
        1 => Just(Dying::Exit),
        1 => Just(Dying::PeriodicCheck),
        1 => Just(Dying::Collect),
    ];
    let failure = prop_oneof![Just(Failure::Kill), Just(Failure::PowerLoss)];
    (dying, 0..60_u8, failure).prop_map(|(dying, at, failure)| Step::Crash(dying, at, failure))
}

/// Histories; their state is what the operator has decided.
pub struct History;

impl ReferenceStateMachine for History {
    type State = Registry;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Registry> {
        Just(Registry::default()).boxed()
    }

    fn transitions(_: &Registry) -> BoxedStrategy<Step> {
        let which = prop_oneof![Just(Which::Active), Just(Which::Pending), Just(Which::Previous)];
        let hours = prop_oneof![3 => Just(7), 2 => Just(11 * 24 + 1), 1 => Just(-20 * 365 * 24)];
        prop_oneof![
            20 => decision().prop_map(Step::Operate),
            22 => Just(Step::Start),
            14 => Just(Step::Ready),
            18 => Just(Step::Background),
            10 => Just(Step::Apply),
            3 => Just(Step::Restart),
            5 => Just(Step::Exit),
            3 => Just(Step::Kill),
            5 => Just(Step::PeriodicCheck),
            3 => (0..3_u8).prop_map(Step::User),
            4 => hours.prop_map(Step::Wait),
            7 => net().prop_map(Step::Net),
            3 => which.prop_map(Step::Corrupt),
            1 => Just(Step::ClearCache),
            1 => Just(Step::Collect),
            14 => crash(),
        ]
        .boxed()
    }

    fn preconditions(registry: &Registry, step: &Step) -> bool {
        match step {
            Step::Operate(decision) => registry.allows(decision),
            _ => true,
        }
    }

    fn apply(mut registry: Registry, step: &Step) -> Registry {
        if let Step::Operate(decision) = step {
            registry.decide(decision);
        }
        registry
    }
}
