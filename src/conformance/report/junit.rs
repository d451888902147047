//! JUnit's XML, as servers read it: a suite for each file.

use super::{Event, Failure, Reporter, details};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::time::Duration;

/// One document, at the end.
pub struct Junit {
    report: Report,
    suite: Vec<TestCase>,
}

impl Default for Junit {
    fn default() -> Self {
        Self {
            report: Report::new("minirun"),
            suite: Vec::new(),
        }
    }
}

impl Junit {
    fn case(&mut self, file: &str, name: &str, ms: u64, status: TestCaseStatus) {
        let name = if name.is_empty() { "the file itself" } else { name };
        let mut case = TestCase::new(name, status);
        case.set_classname(file).set_time(Duration::from_millis(ms));
        self.suite.push(case);
    }
}

impl Reporter for Junit {
    fn event(&mut self, event: &Event) -> String {
        match event {
            Event::Passed {
                file, name, wall_ms, ..
            } => self.case(file, name, *wall_ms, TestCaseStatus::success()),
            Event::Failed {
                file,
                name,
                wall_ms,
                failure,
                ..
            } => self.case(file, name, *wall_ms, failed(name, failure)),
            Event::Skipped { file, name, .. } => self.case(file, name, 0, TestCaseStatus::skipped()),
            Event::FileFinished { file, wall_ms } => {
                let mut suite = TestSuite::new(file.as_str());
                suite.set_time(Duration::from_millis(*wall_ms));
                suite.add_test_cases(self.suite.drain(..));
                self.report.add_test_suite(suite);
            }
            Event::Finished(totals) => {
                self.report.set_time(Duration::from_millis(totals.wall_ms));
                return self.report.to_string().unwrap_or_default();
            }
            Event::Listed { .. }
            | Event::AppError { .. }
            | Event::Console { .. }
            | Event::Started { .. }
            | Event::Snapshots { .. } => {}
        }
        String::new()
    }
}

/// A file that could not be run is an error; a test that failed is a failure.
fn failed(name: &str, failure: &Failure) -> TestCaseStatus {
    let kind = if name.is_empty() {
        NonSuccessKind::Error
    } else {
        NonSuccessKind::Failure
    };
    let mut status = TestCaseStatus::non_success(kind);
    let first = failure.message.lines().next().unwrap_or_default();
    status.set_message(first).set_description(details(failure));
    status
}
