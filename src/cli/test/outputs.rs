//! Where the reports of a test run go: standard output, and files.

use crate::cli::failure::Failure;
use crate::cli::timeline_text;
use crate::conformance::Event;
use crate::conformance::report::{GitHub, Json, Junit, Pretty, Reporter, Summary, Tap};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The reporters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Pretty,
    Json,
    Junit,
    Tap,
    GitHub,
}

/// `junit=report.xml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReporterArg {
    name: Name,
    file: Option<PathBuf>,
}

impl FromStr for ReporterArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("expected a file after the =, such as junit=report.xml".into()),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let name = match name {
            "pretty" => Name::Pretty,
            "json" => Name::Json,
            "junit" => Name::Junit,
            "tap" => Name::Tap,
            "github" => Name::GitHub,
            _ => return Err("expected pretty, json, junit, tap or github, with =FILE to write into a file".into()),
        };
        Ok(Self { name, file })
    }
}

impl Name {
    fn reporter(self, color: bool) -> Box<dyn Reporter> {
        match self {
            Self::Pretty => Box::new(Pretty::new(color, timeline_text::line)),
            Self::Json => Box::new(Json),
            Self::Junit => Box::new(Junit::default()),
            Self::Tap => Box::new(Tap::default()),
            Self::GitHub => Box::new(GitHub),
        }
    }
}

/// Every report of a run.
pub struct Outputs {
    printed: Vec<Box<dyn Reporter>>,
    files: Vec<Written>,
    for_people: bool,
}

struct Written {
    reporter: Box<dyn Reporter>,
    file: File,
    path: PathBuf,
    error: Option<std::io::Error>,
}

impl Outputs {
    /// Opens the files, so that one that cannot be written is known before the tests run.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn open(reporters: &[ReporterArg], summary: Option<&Path>) -> Result<Self, Failure> {
        let mut printed: Vec<Name> = reporters
            .iter()
            .filter(|arg| arg.file.is_none())
            .map(|arg| arg.name)
            .collect();
        if printed.is_empty() {
            printed.push(Name::Pretty);
            if std::env::var_os("GITHUB_ACTIONS").is_some() {
                printed.push(Name::GitHub);
            }
        }
        let mut files = Vec::new();
        for arg in reporters {
            if let Some(path) = &arg.file {
                files.push(Written::open(arg.name.reporter(false), path, "--reporter", false)?);
            }
        }
        if let Some(path) = summary {
            files.push(Written::open(Box::new(Summary::default()), path, "--summary", false)?);
        }
        if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) {
            // Other steps write to it too.
            let summary = Box::new(Summary::default());
            files.push(Written::open(summary, Path::new(&path), "GITHUB_STEP_SUMMARY", true)?);
        }
        Ok(Self {
            for_people: printed == [Name::Pretty],
            printed: printed
                .iter()
                .map(|name| name.reporter(console::colors_enabled()))
                .collect(),
            files,
        })
    }

    /// Whether nothing but text for people is printed.
    pub fn are_for_people(&self) -> bool {
        self.for_people
    }

    /// Tells every report of an event.
    pub fn event(&mut self, event: &Event) {
        let mut out = std::io::stdout().lock();
        for reporter in &mut self.printed {
            // A reader that went away is no reason to stop: the exit code still tells.
            let _ = out.write_all(reporter.event(event).as_bytes());
        }
        let _ = out.flush();
        for written in &mut self.files {
            let text = written.reporter.event(event);
            if let Err(error) = written.file.write_all(text.as_bytes()) {
                written.error = Some(error);
            }
        }
    }

    /// Says whether all could be written.
    ///
    /// # Errors
    /// The first file that could not.
    pub fn close(self) -> Result<(), Failure> {
        for written in self.files {
            if let Some(error) = written.error {
                return Err(unwritable("the report", &written.path, &error));
            }
        }
        Ok(())
    }
}

impl Written {
    fn open(reporter: Box<dyn Reporter>, path: &Path, place: &str, append: bool) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.create(true).write(true).append(append).truncate(!append);
        let file = options.open(path).map_err(|error| unwritable(place, path, &error))?;
        Ok(Self {
            reporter,
            file,
            path: path.to_owned(),
            error: None,
        })
    }
}

fn unwritable(place: &str, path: &Path, error: &std::io::Error) -> Failure {
    let message = format!("cannot write {}: {error}", path.display());
    Failure::input(place, message, "name a file in a folder that is there")
}
