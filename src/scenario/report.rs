//! The report: findings first, each with the scenarios in which it comes, then the facts of every scenario.

use super::explore::Explored;
use super::facts::{Facts, facts};
use super::finding::{Code, Finding, Place, Severity};
use super::instances::{News, instances};
use super::judge::{Baseline, Case, judge, stable};
use super::record::Record;
use super::space::{Scenario, left_out};
use super::stage::StageSpec;
use crate::package::CodePackage;
use serde::Serialize;
use std::collections::BTreeMap;

/// One finding, wherever it comes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Its letter in the matrix.
    pub mark: String,
    /// What kind.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What happened.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// In which scenarios.
    pub scenarios: Vec<Scenario>,
}

/// One scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Its name.
    pub id: Scenario,
    /// The scenario whose run this is: nobody was asked what could have made a difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<Scenario>,
    /// What happened in it.
    #[serde(flatten)]
    pub facts: Facts,
    /// The letters of its findings.
    pub findings: Vec<String>,
}

/// What is left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Policy, outcome and moment.
    pub combination: String,
    /// Why it means nothing by itself.
    pub why: &'static str,
}

/// Everything that is told of an exploration.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The app's id.
    pub app_id: String,
    /// Its version.
    pub version: String,
    /// The label of the next one.
    pub next_version: String,
    /// What is wrong, the worst first.
    pub findings: Vec<Group>,
    /// Every scenario that was wanted.
    pub scenarios: Vec<Row>,
    /// How many were run; the others could not have differed, as nobody was asked.
    pub ran: usize,
}

/// Judges every record.
pub fn report(spec: &StageSpec, explored: &Explored) -> Report {
    let (old, new) = (spec.versions.0.to_string(), spec.versions.1.to_string());
    let baseline = Baseline::of(&explored.plain, &explored.next);
    let mut groups: BTreeMap<Finding, (Finding, Vec<Scenario>)> = BTreeMap::new();
    for record in &explored.records {
        let case = Case {
            record,
            baseline: &baseline,
            versions: (&old, &new),
        };
        for finding in judge(&case) {
            // Ids and times in an error's words do not make it another one.
            let key = finding.clone().saying(stable(&finding.message));
            let (_, scenarios) = groups.entry(key).or_insert_with(|| (finding, Vec::new()));
            if scenarios.last() != Some(&record.scenario) {
                scenarios.push(record.scenario);
            }
        }
    }
    if let Some(finding) = never_listens(spec, &explored.records) {
        let all = explored.records.iter().map(|record| record.scenario);
        groups.insert(finding.clone(), (finding, all.collect()));
    }
    let findings: Vec<Group> = groups.into_values().enumerate().map(group).collect();
    let row = |record: &Record| {
        let marks = findings
            .iter()
            .filter(|group| group.scenarios.contains(&record.scenario));
        Row {
            id: record.scenario,
            same_as: record.same_as,
            facts: facts(record),
            findings: marks.map(|group| group.mark.clone()).collect(),
        }
    };
    Report {
        app_id: spec.app_id.to_string(),
        scenarios: explored.records.iter().map(row).collect(),
        version: old,
        next_version: new,
        findings,
        ran: explored.ran,
    }
}

fn group((number, (finding, scenarios)): (usize, (Finding, Vec<Scenario>))) -> Group {
    Group {
        mark: mark(number),
        code: finding.code,
        severity: finding.code.severity(),
        message: finding.message,
        place: finding.place,
        scenarios,
    }
}

/// A to Z, then A1 to Z1 and so on.
fn mark(number: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(number % 26).unwrap_or_default());
    match number / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// An app that listens to nothing in any scenario may have code for it that is never reached.
fn never_listens(spec: &StageSpec, records: &[Record]) -> Option<Finding> {
    let old = spec.versions.0.to_string();
    let listening = records
        .iter()
        .flat_map(|record| instances(&record.first))
        .any(|instance| {
            let news = [News::Check(true), News::Ready, News::Failed];
            instance.version == old && news.into_iter().any(|news| instance.listens(news))
        });
    if listening || records.is_empty() {
        return None;
    }
    Some(match mention(spec) {
        Some(place) => Finding::new(Code::NeverReached, place.in_version(&old)),
        None => Finding::new(Code::NeverListens, Place::default()),
    })
}

/// The first line of the app's scripts that speaks of the listener.
fn mention(spec: &StageSpec) -> Option<Place> {
    let scripts = spec.app.files().iter();
    let mut scripts = scripts.filter(|(path, _)| path.as_str().ends_with(".js") || path.as_str().ends_with(".ts"));
    scripts.find_map(|(path, bytes)| {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.lines().enumerate();
        let (number, _) =
            lines.find(|(_, line)| line.contains("onUpdateReady") && !line.trim_start().starts_with("//"))?;
        Some(Place {
            file: Some(path.as_str().to_owned()),
            line: Some(number as u64 + 1),
            ..Place::default()
        })
    })
}

/// Every combination that is left out, with the reason.
pub fn all_left_out() -> Vec<LeftOut> {
    use super::space::{Moment, Outcome, Policy};
    let mut all = Vec::new();
    for &policy in Policy::ALL {
        for &outcome in Outcome::ALL {
            for &moment in Moment::ALL {
                if let Some(why) = left_out(policy, outcome, moment) {
                    let combination = [policy.name(), outcome.name(), moment.name()].join("/");
                    all.push(LeftOut { combination, why });
                }
            }
        }
    }
    all
}
