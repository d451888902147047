//! The judgement: what happened in a scenario, and what is wrong with it. Pure.
//!
//! Each rule looks at one instance of the app or at the whole record. What also happens without an update is no
//! finding: the baseline knows what that is.

mod asking;
mod baseline;
mod running;

pub use baseline::{Baseline, stable};

use super::finding::Finding;
use super::instances::instances;
use super::record::Record;

/// What a rule is given besides the record.
pub struct Case<'c> {
    /// The record.
    pub record: &'c Record,
    /// What happens without an update.
    pub baseline: &'c Baseline,
    /// The labels of the old version and of the new one.
    pub versions: (&'c str, &'c str),
}

/// Everything that is wrong in a scenario, in order, each thing once.
pub fn judge(case: &Case<'_>) -> Vec<Finding> {
    let mut found = running::rules(case);
    for session in case.record.sessions() {
        let all = instances(session);
        for instance in &all {
            let wrong = asking::rules(case, instance);
            let version = |finding: Finding| Finding {
                place: finding.place.clone().in_version(&instance.version),
                ..finding
            };
            found.extend(wrong.into_iter().map(version));
        }
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests;
