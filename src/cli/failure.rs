//! What a command says when it cannot do its work: what is wrong, where, and what to do.

use super::exit_code::Code;
use crate::package::{Problem, Problems};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};

/// The end of a command that could not do its work.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub code: Code,
    report: Report,
}

impl Failure {
    /// Bad input, with a hint at what to do.
    pub fn input(message: impl Into<String>, help: impl Into<String>) -> Self {
        let diagnostic = MietteDiagnostic::new(message).with_help(help);
        Self {
            code: Code::BadInput,
            report: Report::new(diagnostic),
        }
    }

    /// Any other failure, with its chain of causes.
    pub fn of(code: Code, error: &dyn std::error::Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            let text = inner.to_string();
            if !message.contains(&text) {
                message = format!("{message}: {text}");
            }
            cause = inner.source();
        }
        Self {
            code,
            report: Report::new(MietteDiagnostic::new(message)),
        }
    }

    /// The text for standard error.
    pub fn text(&self) -> String {
        let theme = match (colours(), unicode()) {
            (true, _) => GraphicalTheme::unicode(),
            (false, true) => GraphicalTheme::unicode_nocolor(),
            (false, false) => GraphicalTheme::none(),
        };
        let mut text = String::new();
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_width(100);
        // Writing to a string cannot fail.
        let _ = handler.render_report(&mut text, self.report.as_ref());
        text
    }
}

/// Problems of a package: the first one with its line, the others after it.
impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        let mut problems = problems.0.into_iter();
        let Some(first) = problems.next() else {
            return Self::input("the package cannot be read", "look at app.json");
        };
        let others: Vec<String> = problems.map(|problem| problem.to_string()).collect();
        Self {
            code: Code::BadInput,
            report: report(first, &others),
        }
    }
}

fn report(problem: Problem, others: &[String]) -> Report {
    let mut diagnostic = MietteDiagnostic::new(problem.message.clone());
    let mut help: Vec<String> = problem.help.clone().into_iter().collect();
    if !others.is_empty() {
        help.push(format!("there is more:\n{}", others.join("\n")));
    }
    if !help.is_empty() {
        diagnostic = diagnostic.with_help(help.join("\n"));
    }
    let Some(span) = problem.span.filter(|_| !problem.source.is_empty()) else {
        diagnostic.message = format!("{}: {}", problem.file, problem.message);
        return Report::new(diagnostic);
    };
    let label = LabeledSpan::at(span.offset..span.offset + span.length.max(1), "here");
    let source = NamedSource::new(&problem.file, problem.source.to_string());
    Report::new(diagnostic.with_label(label)).with_source_code(source)
}

/// Whether standard error takes colours.
fn colours() -> bool {
    console::colors_enabled_stderr()
}

fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    locale.is_none_or(|locale| locale.to_lowercase().replace('-', "").contains("utf8"))
}
