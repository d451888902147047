//! `minirun check`: what is wrong with an app, without running it.

use super::diagnose;
use super::exit_code::Code;
use super::failure::Failure;
use super::input::{LimitArgs, survey_source};
use crate::check::{CODES, Options, check};
use crate::package::{Problem, Severity, Survey};
use clap::{Args, ValueEnum};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What `--help` says of exit codes.
pub const HELP: &str = "Exit codes:
  0  no errors (there may be warnings and notes)
  1  errors, or with --strict warnings
  2  bad arguments, or there is no app to look at";

/// The arguments of `minirun check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Folder, .zip or packed file of the app
    #[arg(required_unless_present = "codes")]
    app: Option<PathBuf>,
    /// One JSON object a line; the same as --reporter json
    #[arg(long)]
    json: bool,
    /// How findings are written
    #[arg(long, value_enum, default_value = "pretty")]
    reporter: Reporter,
    /// Updates of this app may not be put off (a minimum version, or a forced update)
    #[arg(long)]
    forced: bool,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// Leave out findings of this code; may be repeated
    #[arg(long, value_name = "CODE")]
    ignore: Vec<String>,
    /// List the codes and what they are about
    #[arg(long)]
    codes: bool,
    /// Size limits
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reporter {
    /// For people, with the lines
    Pretty,
    /// One JSON object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// Runs the command.
pub fn run(args: &CheckArgs) -> Result<Code, Failure> {
    let Some(app) = args.app.as_deref().filter(|_| !args.codes) else {
        print!("{}", list_of_codes());
        return Ok(Code::Done);
    };
    known_codes(&args.ignore)?;
    let (mut found, root) = findings(app, args)?;
    found.retain(|problem| !args.ignore.iter().any(|code| code == problem.code));
    match args.reporter {
        Reporter::Json => print_json(&found),
        Reporter::Pretty if args.json => print_json(&found),
        Reporter::Pretty => print_pretty(&found),
        Reporter::Github => print_github(&found, &root),
    }
    let counts = |problem: &Problem| match problem.severity {
        Severity::Error => true,
        Severity::Warning => args.strict,
        Severity::Note => false,
    };
    Ok(if found.iter().any(counts) {
        Code::AppFailed
    } else {
        Code::Done
    })
}

/// The findings, and the folder that their files are in.
fn findings(app: &Path, args: &CheckArgs) -> Result<(Vec<Problem>, String), Failure> {
    let options = Options {
        limits: args.limits.limits(),
        forced: args.forced,
    };
    match survey_source(app, &options.limits) {
        Ok(survey) => Ok((check(&survey, &options), folder_of(app, &survey))),
        // What cannot be read at all is no finding about an app.
        Err(problems)
            if problems
                .0
                .iter()
                .any(|problem| ["unreadable", "package"].contains(&problem.code)) =>
        {
            Err(problems.into())
        }
        Err(problems) => Ok((problems.0, folder_of(app, &Survey::default()))),
    }
}

/// The files of an archive have no folder.
fn folder_of(app: &Path, survey: &Survey) -> String {
    if !app.is_dir() {
        return String::new();
    }
    let base = app.display().to_string();
    let base = base.trim_start_matches("./").trim_end_matches('/');
    let root = survey.project.miniprogram_root.as_ref().map(ToString::to_string);
    let parts = [base.to_owned(), root.unwrap_or_default()];
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    parts.iter().map(|part| format!("{part}/")).collect()
}

fn known_codes(codes: &[String]) -> Result<(), Failure> {
    match codes
        .iter()
        .find(|code| !CODES.iter().any(|known| known.name == code.as_str()))
    {
        Some(code) => Err(Failure::input(
            "--ignore",
            format!("there is no code {code:?}"),
            "minirun check --codes lists them",
        )),
        None => Ok(()),
    }
}

fn list_of_codes() -> String {
    let width = CODES.iter().map(|code| code.name.len()).max().unwrap_or(0);
    CODES
        .iter()
        .map(|code| format!("{:width$}  {}\n", code.name, code.about))
        .collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn print_json(found: &[Problem]) {
    for problem in found {
        let place = problem.span;
        println!(
            "{}",
            serde_json::json!({
                "code": problem.code, "severity": word(problem.severity), "file": problem.file,
                "line": place.map(|span| span.line), "column": place.map(|span| span.column),
                "length": place.map(|span| span.length), "message": problem.message, "help": problem.help,
            })
        );
    }
}

fn print_pretty(found: &[Problem]) {
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for problem in found {
        match problem.severity {
            // Notes are many and short: a line each.
            Severity::Note => println!("note {}: {problem}", problem.code),
            _ => print!("{}", diagnose::render_with_code(problem, colours)),
        }
    }
    let count = |severity: Severity| {
        let count = found.iter().filter(|problem| problem.severity == severity).count();
        format!("{count} {}{}", word(severity), if count == 1 { "" } else { "s" })
    };
    println!(
        "{}, {}, {}",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    );
}

fn print_github(found: &[Problem], root: &str) {
    let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let in_property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
    for problem in found {
        let kind = match problem.severity {
            Severity::Note => "notice",
            other => word(other),
        };
        let place = problem
            .span
            .map_or_else(String::new, |span| format!(",line={},col={}", span.line, span.column));
        let help = problem
            .help
            .as_ref()
            .map_or_else(String::new, |help| format!("\n{help}"));
        println!(
            "::{kind} file={}{place},title={}::{}",
            in_property(&format!("{root}{}", problem.file)),
            in_property(problem.code),
            escaped(&format!("{}{help}", problem.message))
        );
    }
}
