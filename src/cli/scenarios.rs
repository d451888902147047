//! `minirun scenarios`: everything that can become of an update, gone through with an app.

mod html;
mod lanes;
mod matrix;

use super::device_file::DeviceFileArgs;
use super::exit_code::Code;
use super::failure::Failure;
use super::input::open_source;
use super::simulate::labels;
use super::surroundings::SurroundingsArgs;
use crate::app::carrier::{Carrier, Zygotes};
use crate::app::traffic::Traffic;
use crate::package::{AppId, CodePackage, PackageLimits, SourcePackage};
use crate::scenario::{
    Code as FindingCode, Explored, Report, Selection, Severity, Stage, StageError, StageSpec, all_left_out, explore,
    report, space,
};
use crate::system::Fixtures;
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The arguments of `minirun scenarios`.
#[derive(Debug, Args)]
pub struct ScenariosArgs {
    /// A folder with an app.json, a .zip of one, or a file of `minirun pack`.
    #[arg(required_unless_present = "list")]
    app: Option<PathBuf>,
    /// Its next version.
    #[arg(long, required_unless_present = "list")]
    next: Option<PathBuf>,
    /// Only scenarios of these words: ready/cancels, default/none/launch, ... Can be given several times.
    #[arg(long, value_name = "WORDS")]
    only: Vec<String>,
    /// List the scenarios, and what is left out and why, and run none.
    #[arg(long)]
    list: bool,
    /// One JSON object instead of text.
    #[arg(long)]
    json: bool,
    /// Write a page with the timeline of every scenario to this file.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Findings of this code do not count for the exit code. Can be given several times.
    #[arg(long, value_name = "CODE", value_parser = finding_code)]
    allow: Vec<FindingCode>,
    /// How many scenarios run at the same time [default: one for each core].
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
    /// Answer the app's requests from the .json files in this folder; without it there is no other network.
    #[arg(long, value_name = "DIR")]
    network_fixtures: Option<PathBuf>,
    #[command(flatten)]
    around: SurroundingsArgs,
    #[command(flatten)]
    device_file: DeviceFileArgs,
    /// Leave the trees of pages out: quicker, and components do not run.
    #[arg(long)]
    no_view: bool,
    /// What carries the app: a process of its own, forked or started, or a thread (no hard limits).
    #[arg(long, value_enum, default_value_t = CarrierChoice::Forked, hide = true)]
    carrier: CarrierChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CarrierChoice {
    Forked,
    Process,
    Thread,
}

fn finding_code(text: &str) -> Result<FindingCode, String> {
    let found = FindingCode::ALL.iter().find(|code| code.name() == text);
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = FindingCode::ALL.iter().map(|code| code.name()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

/// Runs the command.
///
/// # Errors
/// The packages are not fit, or the page cannot be written.
pub fn run(args: &ScenariosArgs) -> Result<Code, Failure> {
    let selection = Selection::parse(args.only.iter().map(String::as_str)).map_err(|error| {
        let help = "`minirun scenarios --list` shows them, with their words between the slashes";
        Failure::input("--only", error.to_string(), help)
    })?;
    if args.list {
        print(&listed(&selection, args.json));
        return Ok(Code::Done);
    }
    if !space().into_iter().any(|scenario| selection.has(scenario)) {
        let help = "`minirun scenarios --list` shows which there are, and why others are left out";
        return Err(Failure::input("--only", "no scenario has all of these words", help));
    }
    let jobs = args
        .jobs
        .or_else(|| std::thread::available_parallelism().ok().map(Into::into))
        .unwrap_or(1);
    let stage = Stage::prepare(spec(args)?, jobs).map_err(not_prepared)?;
    let explored = explore(&stage, &selection, jobs, progress).map_err(not_prepared)?;
    if std::io::stderr().is_terminal() {
        eprint!("\r\u{1b}[K");
    }
    let report = report(&stage.spec, &explored);
    show(args, &report, &explored)?;
    Ok(exit_code(&report, &args.allow))
}

fn show(args: &ScenariosArgs, report: &Report, explored: &Explored) -> Result<(), Failure> {
    if args.json {
        let text = serde_json::to_string_pretty(report).map_err(|error| Failure::of(Code::Internal, &error))?;
        print(&(text + "\n"));
    } else {
        print(&matrix::text(report));
    }
    let Some(file) = &args.html else { return Ok(()) };
    std::fs::write(file, html::page(report, explored)).map_err(|error| {
        let problem = format!("failed to write {}: {error}", file.display());
        Failure::input("--html", problem, "name a file that can be written")
    })
}

/// A reader that went away is no reason to stop: the exit code still tells.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// For a person who waits.
fn progress(over: usize, total: usize) {
    if std::io::stderr().is_terminal() {
        eprint!("\r{over} of {total} scenarios");
    }
}

fn exit_code(report: &Report, allowed: &[FindingCode]) -> Code {
    let counts = |severity| severity != Severity::Note;
    let wrong = report
        .findings
        .iter()
        .any(|group| counts(group.severity) && !allowed.contains(&group.code));
    if wrong { Code::AppFailed } else { Code::Done }
}

fn listed(selection: &Selection, json: bool) -> String {
    let wanted: Vec<_> = space()
        .into_iter()
        .filter(|scenario| selection.has(*scenario))
        .collect();
    let left_out = all_left_out();
    if json {
        let all = serde_json::json!({ "scenarios": wanted, "leftOut": left_out });
        return format!("{all:#}\n");
    }
    matrix::list(&wanted, &left_out)
}

fn spec(args: &ScenariosArgs) -> Result<StageSpec, Failure> {
    let (Some(app_path), Some(next_path)) = (&args.app, &args.next) else {
        // The parser does not let this happen.
        return Err(Failure::input(
            "--next",
            "it is missing",
            "name the next version of the app",
        ));
    };
    let (app, next) = (open("<APP>", app_path)?, open("--next", next_path)?);
    let app_id = common_id(&app, &next)?;
    if app.files() == next.files() {
        let help = "change something in the next version: an update to the same code is none";
        return Err(Failure::input("--next", "both packages have the same files", help));
    }
    let file = args.device_file.read().map_err(|error| {
        Failure::input(
            "--device-profile",
            error,
            "its words are those of `device.set` in tests; the README has an example",
        )
    })?;
    Ok(StageSpec {
        app,
        next,
        app_id,
        versions: labels(app_path, Some(next_path))?,
        view: !args.no_view,
        carrier: carrier(args.carrier)?,
        traffic: traffic(args.network_fixtures.as_deref())?,
        profile: file.profile,
        cloud_fixtures: args.around.cloud_fixtures()?,
        plugins: args.around.plugins(Some(app_path))?,
    })
}

fn open(place: &str, path: &Path) -> Result<SourcePackage, Failure> {
    if !path.exists() {
        let help = "name a folder with an app.json, a .zip of one, or a file of `minirun pack`";
        return Err(Failure::input(
            place,
            format!("{}: no such file or folder", path.display()),
            help,
        ));
    }
    Ok(open_source(path, &PackageLimits::default())?)
}

/// An app without an id is as good as any other; two ids are two apps.
fn common_id(app: &SourcePackage, next: &SourcePackage) -> Result<AppId, Failure> {
    if let (Some(app), Some(next)) = (app.app_id(), next.app_id())
        && app != next
    {
        let help = "name two versions of one app; their ids stand in project.config.json";
        return Err(Failure::input(
            "--next",
            format!("{next} is another app than {app}"),
            help,
        ));
    }
    match app.app_id().or(next.app_id()) {
        Some(id) => Ok(id.clone()),
        None => AppId::parse("touristappid").map_err(|error| Failure::of(Code::Internal, &error)),
    }
}

/// How each thread that runs scenarios gets its worlds.
fn carrier(choice: CarrierChoice) -> Result<Box<dyn Fn() -> Carrier + Send + Sync>, Failure> {
    let program = std::env::current_exe().map_err(|error| Failure::of(Code::Internal, &error))?;
    Ok(Box::new(move || match choice {
        CarrierChoice::Thread => Carrier::Thread,
        CarrierChoice::Process => Carrier::Process {
            program: program.clone(),
        },
        CarrierChoice::Forked => Carrier::Forked(Zygotes::of(program.clone(), &[])),
    }))
}

/// Two explorations of an app must come to the same, so that no real server answers.
fn traffic(folder: Option<&Path>) -> Result<Traffic, Failure> {
    let Some(folder) = folder else {
        return Ok(Traffic::over(Arc::new(crate::scenario::NoServers), None));
    };
    let fixtures = Fixtures::read(folder).map_err(|error| {
        let help = "the README says what a fixture looks like; `minirun run --record DIR` writes them";
        Failure::input("--network-fixtures", error.to_string(), help)
    })?;
    Ok(Traffic::fixtures(Arc::new(fixtures), None))
}

fn not_prepared(error: StageError) -> Failure {
    match error {
        StageError::Package(problems) => problems.into(),
        StageError::NotLater { .. } => Failure::input(
            "--next",
            error.to_string(),
            "swap the two, or name another next version",
        ),
        StageError::Publish(_) => Failure::of(Code::BadInput, &error),
        _ => Failure::of(Code::Internal, &error),
    }
}
