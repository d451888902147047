//! What is wrong with a package, where, and what to do about it.

use std::fmt;

/// A place in a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Bytes from the start of the file.
    pub offset: usize,
    /// Bytes that are marked.
    pub length: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Span {
    /// The span of `length` bytes at `offset` of `text`.
    pub fn at(text: &str, offset: usize, length: usize) -> Self {
        let offset = offset.min(text.len());
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        Self {
            offset,
            length: length.min(text.len() - offset),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The package cannot be opened or published.
    Error,
    /// It can, and somebody should look.
    Warning,
    /// Worth knowing; there may be nothing to do.
    Note,
}

/// One thing that is wrong, with the file that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Names what kind of problem it is, for programs and for people who look it up; it never changes.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file, as a path from the package's root.
    pub file: String,
    /// Where in the file; `None` when the file as a whole is meant.
    pub span: Option<Span>,
    /// The text of the file, for showing the line with a caret; empty when there is none to show.
    pub source: std::sync::Arc<str>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// An error about a file.
    pub fn error(file: &str, message: impl Into<String>) -> Self {
        Self {
            code: "package",
            severity: Severity::Error,
            file: file.to_owned(),
            span: None,
            source: "".into(),
            message: message.into(),
            help: None,
        }
    }

    /// A warning about a file.
    pub fn warning(file: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(file, message)
        }
    }

    /// Something about a file that is worth knowing.
    pub fn note(file: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::error(file, message)
        }
    }

    /// Says of what kind it is.
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// Marks a place in the file's text.
    pub fn at(mut self, source: &std::sync::Arc<str>, span: Option<Span>) -> Self {
        self.span = span;
        self.source = source.clone();
        self
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it keeps the package from being opened or published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(span) = self.span {
            write!(f, ":{}:{}", span.line, span.column)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Problem {}

/// Everything that keeps a package from being opened or published; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl From<Box<Problem>> for Problems {
    fn from(problem: Box<Problem>) -> Self {
        Self(vec![*problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
