//! What a command says when it cannot do its work: what is wrong, where, and what to do.

use super::diagnose;
use super::exit_code::Code;
use crate::package::{Problem, Problems};

/// The end of a command that could not do its work.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub code: Code,
    problems: Vec<Problem>,
}

impl Failure {
    /// Bad input, with a hint at what to do. `place` is the file, argument or address at fault.
    pub fn input(place: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        let problem = Problem::error(place, message).help(help);
        Self {
            code: Code::BadInput,
            problems: vec![problem],
        }
    }

    /// An app that is not fit to run.
    pub fn refused(problems: Problems) -> Self {
        Self {
            code: Code::AppFailed,
            problems: problems.0,
        }
    }

    /// What is wrong.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Any other failure, with its chain of causes.
    pub fn of(code: Code, error: &dyn std::error::Error) -> Self {
        Self {
            code,
            problems: vec![Problem::error("minirun", with_causes(error))],
        }
    }

    /// Prints it to standard error.
    pub fn print(&self) {
        diagnose::print(&self.problems);
    }
}

/// An error and its causes; a cause that the error's own words have already is not said again.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if !message.contains(&text) {
            message = format!("{message}: {text}");
        }
        cause = inner.source();
    }
    message
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self {
            code: Code::BadInput,
            problems: problems.0,
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<Problems>() {
            Ok(problems) => problems.into(),
            Err(error) => Self::of(Code::BadInput, error.as_ref()),
        }
    }
}
