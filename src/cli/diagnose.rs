//! Shows what is wrong with a package: message, line with a caret, and what to do.

use crate::package::{Problem, Severity, Span};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use std::fmt;
use std::io::IsTerminal;

/// A problem as miette wants to see it.
#[derive(Debug)]
struct Shown<'p> {
    problem: &'p Problem,
    with_code: bool,
    source: NamedSource<String>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // With the line shown, its place is shown too.
        match self.span() {
            Some(_) => f.write_str(&self.problem.message),
            None => self.problem.fmt(f),
        }
    }
}

impl Shown<'_> {
    /// The place, unless its line is one that nobody reads: that of a minified file.
    fn span(&self) -> Option<Span> {
        const LONGEST: usize = 400;
        let text = &self.problem.source;
        let shown = |span: &Span| {
            let line = text.lines().nth(span.line.saturating_sub(1)).unwrap_or_default();
            line.len() <= LONGEST
        };
        self.problem.span.filter(shown)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.with_code
            .then(|| Box::new(self.problem.code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.problem.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem
            .help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.span().map(|_| &self.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span()?;
        Some(Box::new(std::iter::once(LabeledSpan::new(
            None,
            span.offset,
            span.length,
        ))))
    }
}

/// The problem as text of several lines.
pub fn render(problem: &Problem, colours: bool) -> String {
    drawn(problem, colours, false)
}

/// As [`render`], with the problem's code.
pub fn render_with_code(problem: &Problem, colours: bool) -> String {
    drawn(problem, colours, true)
}

fn drawn(problem: &Problem, colours: bool, with_code: bool) -> String {
    let theme = if colours {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let shown = Shown {
        problem,
        with_code,
        source: NamedSource::new(&problem.file, problem.source.to_string()),
    };
    let mut text = String::new();
    match GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .render_report(&mut text, &shown)
    {
        Ok(()) => text,
        Err(_) => problem.to_string(),
    }
}

/// Prints problems to standard error.
pub fn print<'p>(problems: impl IntoIterator<Item = &'p Problem>) {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for problem in problems {
        eprint!("{}", render(problem, colours));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::SourcePackage;

    #[test]
    fn a_problem_shows_its_line_and_a_caret() {
        let app = "{\n  \"pages\": [\"pages/a/a\", \"pages/b/b\"]\n}";
        let files = [("app.json", app), ("app.js", ""), ("pages/a/a.js", "")];
        let files = files.map(|(name, text)| (name, bytes::Bytes::from(text.to_owned())));
        let problems = SourcePackage::open(files).unwrap_err();
        insta::assert_snapshot!(render(&problems.0[0], false), @r#"
          × page "pages/b/b" has no script
           ╭─[app.json:2:26]
         1 │ {
         2 │   "pages": ["pages/a/a", "pages/b/b"]
           ·                          ───────────
         3 │ }
           ╰────
          help: create pages/b/b.js, or take the page out of app.json
        "#);
    }
}
