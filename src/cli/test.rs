//! `minirun test`: runs JavaScript tests inside the engine.

mod outputs;
mod progress;
mod watch;

use super::device_file::DeviceFileArgs;
use super::exit_code::Code;
use super::failure::Failure;
use super::size::parse_size;
use super::surroundings::SurroundingsArgs;
use super::time_of_run::parse_duration;
use super::traffic::TrafficArgs;
use crate::app::carrier::{Carrier, Zygotes};
use crate::conformance::{AppLauncher, Options, Shard, SnapshotMode, TestFile, Totals, discover, orphans, run};
use crate::engine::protocol::Limits;
use clap::{Args, ValueEnum};
use outputs::{Outputs, ReporterArg};
use progress::Progress;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Run *.test.js and *.test.ts files inside an app's world
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Files or folders with tests
    #[arg(default_value = "tests")]
    pub paths: Vec<PathBuf>,
    /// Only tests whose full name contains this
    #[arg(short = 't', long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// The app of test files that name none by a line `// app: <folder>`
    #[arg(long, value_name = "APP")]
    app: Option<PathBuf>,
    /// A file that runs before each test file, in its world: hooks, matchers. Can be given several times
    #[arg(long, value_name = "FILE")]
    setup: Vec<PathBuf>,
    /// How results are told: pretty, json, junit, tap, github. With =FILE into a file; several can be given.
    /// Without one that prints, pretty prints.
    #[arg(long, value_name = "NAME[=FILE]")]
    reporter: Vec<ReporterArg>,
    /// Write a summary in Markdown, as for a pull request; on GitHub it also goes to the step's summary
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// Begin no more files after this many failures (1 without a number)
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "1")]
    bail: Option<usize>,
    /// How many worlds run at the same time [default: as many as the machine has cores]
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
    /// Only this share of the files, for one of several machines: 1/3
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Say which tests there are, and run none
    #[arg(long)]
    list: bool,
    /// Run again what a change of a file concerns, until interrupted
    #[arg(long, conflicts_with = "list")]
    watch: bool,
    /// Replace snapshots that differ, and remove those that no test asks for
    #[arg(short, long)]
    update_snapshots: bool,
    /// Write no new snapshots: a test without one fails. Goes without saying where the variable CI is set
    #[arg(long, conflicts_with = "update_snapshots")]
    ci: bool,
    /// How often a test that failed is tried again, where it does not say so itself
    #[arg(long, value_name = "N", default_value_t = 0)]
    retry: u64,
    /// Time for each test, in milliseconds of the world's time, which is virtual
    #[arg(long, value_name = "MS", default_value_t = 300_000)]
    timeout: u64,
    /// Time for each file, on the machine's clock; one that takes longer is killed
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = parse_duration)]
    file_timeout: Duration,
    /// How long one turn of an app or a test may take before its world is killed
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    watchdog: Duration,
    /// How much memory each world may use: 256MB, 1GB
    #[arg(long, value_name = "SIZE", default_value = "1GB", value_parser = parse_size)]
    memory: u64,
    /// What Math.random and lost transfers follow from
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Run apps for their pages' callbacks only: no node trees, and no components in them.
    #[arg(long)]
    no_view: bool,
    /// What carries the worlds.
    #[arg(long, value_enum, default_value_t = CarrierChoice::Forked, hide = true)]
    carrier: CarrierChoice,
    #[command(flatten)]
    device_file: DeviceFileArgs,
    #[command(flatten)]
    around: SurroundingsArgs,
    #[command(flatten)]
    traffic: TrafficArgs,
}

/// What carries the worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CarrierChoice {
    /// A process for each, forked from one that has made a world.
    Forked,
    /// A process for each, which is started.
    Process,
}

/// Runs the command and returns the exit code.
///
/// # Errors
/// Bad arguments or input.
pub async fn test(args: TestArgs) -> Result<Code, Failure> {
    let files = find(&args)?;
    let launcher = launcher(&args)?;
    if args.watch {
        return watch::watch(&args, files, &launcher).await;
    }
    let totals = once(&args, &files, &launcher).await?;
    nothing_ran(&args, &files, totals);
    orphaned(&args, &files);
    Ok(exit_code(totals))
}

/// The files that the arguments name.
fn find(args: &TestArgs) -> Result<Vec<TestFile>, Failure> {
    if let Some(missing) = args.paths.iter().find(|path| !path.exists()) {
        let help = "name files or folders with tests; `minirun init APP` writes a first one";
        let message = "there is no such file or folder";
        return Err(Failure::input(&missing.display().to_string(), message, help));
    }
    let mut files = discover(&args.paths).map_err(|error| Failure::of(Code::BadInput, &error))?;
    for file in &mut files {
        file.app = file.app.take().or_else(|| args.app.clone());
    }
    Ok(match args.shard {
        Some(shard) => shard.of(files),
        None => files,
    })
}

/// Runs these files and tells of it.
async fn once(args: &TestArgs, files: &[TestFile], launcher: &AppLauncher) -> Result<Totals, Failure> {
    let mut outputs = Outputs::open(&args.reporter, args.summary.as_deref())?;
    let progress = Progress::of(files.len(), outputs.are_for_people());
    let mut options = options(args)?;
    options.live = Some(progress.live());
    let totals = run(files, launcher, &options, |event| {
        progress.event(event);
        progress.around(|| outputs.event(event));
    });
    let totals = totals.await;
    progress.end();
    outputs.close()?;
    Ok(totals)
}

fn options(args: &TestArgs) -> Result<Options, Failure> {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Ok(Options {
        filter: args.filter.clone(),
        bail: args.bail.filter(|most| *most > 0),
        jobs: args.jobs.filter(|jobs| *jobs > 0).unwrap_or_else(cores),
        timeout_ms: args.timeout,
        file_limit: args.file_timeout,
        retry: args.retry,
        setup: args
            .setup
            .iter()
            .map(|file| setup_file(file))
            .collect::<Result<_, _>>()?,
        snapshots: snapshot_mode(args, std::env::var("CI").ok().as_deref()),
        list: args.list,
        live: None,
    })
}

/// Where a file is, as it is named from anywhere.
fn setup_file(file: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(file)
        .ok()
        .filter(|path| path.is_file())
        .ok_or_else(|| {
            let message = format!("{} is no file", file.display());
            Failure::input("--setup", message, "name a file, from the working folder")
        })
}

/// Servers set `CI`, and mostly to `true`.
fn snapshot_mode(args: &TestArgs, ci: Option<&str>) -> SnapshotMode {
    let on_server = ci.is_some_and(|ci| !matches!(ci, "" | "0" | "false"));
    if args.update_snapshots {
        SnapshotMode::All
    } else if args.ci || on_server {
        SnapshotMode::Never
    } else {
        SnapshotMode::New
    }
}

/// Tells of snapshot files whose tests are gone, or removes them. Only a whole run knows.
fn orphaned(args: &TestArgs, files: &[TestFile]) {
    if args.filter.is_some() || args.list {
        return;
    }
    for file in orphans(files) {
        let removed = args.update_snapshots && std::fs::remove_file(&file).is_ok();
        let name = file.display();
        if removed {
            eprintln!("note: removed {name}, whose test file is gone");
        } else {
            eprintln!("note: {name} is obsolete: its test file is gone (--update-snapshots removes it)");
        }
    }
}

/// Says why no test ran.
fn nothing_ran(args: &TestArgs, files: &[TestFile], totals: Totals) {
    if !matches!(exit_code(totals), Code::NoTests) {
        return;
    }
    match &args.filter {
        _ if files.is_empty() => {
            let paths: Vec<_> = args.paths.iter().map(|path| path.display().to_string()).collect();
            eprintln!(
                "no test files (*.test.js, *.test.ts, *.spec.js, *.spec.ts) in {}",
                paths.join(", ")
            );
        }
        Some(filter) if totals.skipped == 0 => eprintln!("no test has {filter:?} in its name; --list shows the names"),
        _ => eprintln!("all tests are skipped"),
    }
}

fn exit_code(totals: Totals) -> Code {
    match totals {
        Totals { failed: 1.., .. } => Code::TestsFailed,
        Totals {
            passed: 0, listed: 0, ..
        } => Code::NoTests,
        _ => Code::Done,
    }
}

/// What boots worlds for test files.
fn launcher(args: &TestArgs) -> Result<AppLauncher, Failure> {
    let traffic = args.traffic.open()?;
    let profile = args
        .device_file
        .read()
        .map_err(|error| Failure::from(anyhow::anyhow!(error)))?
        .profile;
    let cloud_fixtures = args.around.cloud_fixtures()?;
    let plugins = args.around.plugins(None)?;
    let internal = |error: std::io::Error| Failure::of(Code::Internal, &error);
    Ok(AppLauncher {
        carrier: carrier(args.carrier).map_err(internal)?,
        traffic,
        profile,
        cloud_fixtures,
        plugins,
        watchdog: args.watchdog,
        seed: args.seed,
        view: !args.no_view,
        limits: Limits {
            memory: args.memory,
            ..Limits::default()
        },
    })
}

fn carrier(choice: CarrierChoice) -> std::io::Result<Carrier> {
    let program = std::env::current_exe()?;
    Ok(match choice {
        CarrierChoice::Forked => Carrier::Forked(Zygotes::of(program, &["testing"])),
        CarrierChoice::Process => Carrier::Process { program },
    })
}

#[cfg(test)]
#[path = "test/tests.rs"]
mod tests;
