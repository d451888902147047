//! `minirun run`: runs an app and prints its timeline.

use super::device_file::DeviceFileArgs;
use super::downloads::Downloads;
use super::exit_code::Code;
use super::failure::Failure;
use super::input::open_source;
use super::person::ModalChoice;
use super::printer::Printer;
use super::simulate::{Simulation, left_behind, simulated};
use super::size::parse_size;
use super::surroundings::SurroundingsArgs;
use super::time_of_run::{order, parse_duration};
use super::traffic::TrafficArgs;
use crate::app::carrier::Carrier;
use crate::app::instance::Control;
use crate::app::launch::{LaunchOptions, SCENE_MAIN_ENTRY};
use crate::app::run::RunReport;
use crate::app::schedule::Schedule;
use crate::engine::protocol::Limits;
use crate::host::{
    Code as AppCode, Host, HostClock, HostConfig, HostError, Keep, Opening, RegistryAccess, Remote, SilentChecks,
};
use crate::package::{AppId, PackageLimits, SourcePackage};
use crate::release::TrustedKeys;
use crate::system::{Clock, NetworkConditions, RealClock, RealDisk};
use crate::update::clock_ahead_ms;
use crate::wx::{EnvVersion, Profile};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The arguments of `minirun run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A folder with an app.json, a .zip of one, a file of `minirun pack`, or an app id with --registry.
    app: PathBuf,
    /// Offer this package as an update while the app runs; or `fail-check`, `fail-download`.
    #[arg(long, value_name = "NEXT")]
    simulate_update: Option<String>,
    /// The address of a release registry; <APP> is then an app id.
    #[arg(long, value_name = "URL", conflicts_with = "simulate_update", value_parser = registry_url)]
    registry: Option<String>,
    /// The signed root document of the app's keys; without it the first one seen is trusted.
    #[arg(long, value_name = "FILE", requires = "registry")]
    trust: Option<PathBuf>,
    /// Who answers dialogs: confirm, cancel, ask, none or text='...' [default: ask on a terminal, else none].
    #[arg(long, value_name = "ANSWER")]
    modal: Option<ModalChoice>,
    /// The folder that keeps the device: installed releases, storage, files. Without it nothing is kept.
    #[arg(long, value_name = "DIR")]
    device: Option<PathBuf>,
    /// The person who uses the device; storage and gray releases go by it.
    #[arg(long, value_name = "ID", default_value = "user")]
    user: String,
    /// An app that others may open by its id: a folder, a .zip or a packed file. Can be given several times.
    #[arg(long, value_name = "APPID=APP", value_parser = mini_program)]
    mini_program: Vec<(String, PathBuf)>,
    /// The network: online, offline, or any of latency=300ms,rate=50KB/s,drop=0.1.
    #[arg(long, value_name = "CONDITIONS", default_value = "online")]
    network: NetworkConditions,
    #[command(flatten)]
    traffic: TrafficArgs,
    /// The page to open, with its query: 'pages/x/x?a=1'.
    #[arg(long, value_name = "URL", default_value = "")]
    page: String,
    /// The scene value of the launch.
    #[arg(long, value_name = "NUMBER", default_value_t = SCENE_MAIN_ENTRY)]
    scene: u32,
    /// What is left to chance on the device follows from this: lost transfers and Math.random
    /// [default: lost transfers the same in every run, Math.random in virtual time only]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[command(flatten)]
    device_file: DeviceFileArgs,
    #[command(flatten)]
    around: SurroundingsArgs,
    /// What happens at a time counted from the first boot: 2s:background, 5s:foreground,
    /// 5s:foreground=pages/x/x?a=1, 5s:share=pages/x/x, or a word of a device file: 2s:theme=dark,
    /// 2s:location.latitude=31.2, 2s:memoryWarning=10, 2s:screenshot, 2s:touch=100,200 (mini games). Can be given several times.
    #[arg(long, value_name = "TIME:EVENT", value_parser = order)]
    at: Vec<(Duration, Control)>,
    /// How long timers keep the app running after its start or return, in the app's time: 10s, 500ms, 2m.
    #[arg(long = "for", value_name = "TIME", default_value = "10s", value_parser = parse_duration)]
    keep: Duration,
    /// Run until interrupted.
    #[arg(long)]
    stay: bool,
    /// Real time, or virtual time that jumps over every wait.
    #[arg(long, value_enum, default_value_t = ClockChoice::Real)]
    clock: ClockChoice,
    /// One JSON object a line instead of text.
    #[arg(long)]
    json: bool,
    /// Put every wx call on the timeline.
    #[arg(long)]
    trace_wx: bool,
    /// Run the app for its pages' callbacks only: no node trees, and no components in them.
    #[arg(long)]
    no_view: bool,
    /// Put every decision about updates on the timeline: what was decided, why, and the facts that it rested on.
    #[arg(long)]
    explain: bool,
    /// What a folder, a .zip or a packed file counts as. Neither has a version or updates.
    #[arg(long, value_enum, default_value_t = EnvChoice::Develop, conflicts_with = "registry")]
    env: EnvChoice,
    /// Write the final state (globalData, page stack, storage) to this file as JSON.
    #[arg(long, value_name = "FILE")]
    dump: Option<PathBuf>,
    /// At the end, print the tree of the page on the screen, one node a line.
    #[arg(long, conflicts_with = "no_view")]
    print_tree: bool,
    /// At the end, write that tree to this file.
    #[arg(long, value_name = "FILE", conflicts_with = "no_view")]
    tree_at_end: Option<PathBuf>,
    /// What carries the app: a process of its own, or a thread (no hard limits).
    #[arg(long, value_enum, default_value_t = CarrierChoice::Process, hide = true)]
    carrier: CarrierChoice,
    /// How long one turn of the app may take before it is stopped.
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = parse_duration)]
    watchdog: Duration,
    /// How much memory the app may use: 256MB, 1GB.
    #[arg(long, value_name = "SIZE", default_value = "1GB", value_parser = parse_size)]
    memory: u64,
    /// How often a loop may go round; the line of one that is stopped for it is told, as the watchdog cannot.
    #[arg(long, value_name = "NUMBER", default_value_t = 50_000_000)]
    loop_limit: u64,
}

/// Where virtual time begins: 2026-01-01T00:00:00Z, in milliseconds since 1970.
const VIRTUAL_BEGIN_MS: f64 = 1_767_225_600_000.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ClockChoice {
    Real,
    Virtual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EnvChoice {
    Develop,
    Trial,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CarrierChoice {
    Process,
    Thread,
}

/// Runs the command.
///
/// # Errors
/// The app cannot be read.
pub async fn run(args: RunArgs) -> Result<Code, Failure> {
    let downloads = Downloads::on_terminal();
    let mut printer = Printer {
        json: args.json,
        last_at: 0,
        downloads: downloads.clone(),
    };
    let ended = run_to_end(&args, &mut printer).await;
    downloads.clear();
    if let Err(failure) = &ended {
        printer.refusal(failure);
    }
    ended
}

async fn run_to_end(args: &RunArgs, printer: &mut Printer) -> Result<Code, Failure> {
    let file = args.device_file.read().map_err(|error| {
        let help = "its words are those of `device.set` in tests; the README has an example";
        Failure::input("--device-profile", error, help)
    })?;
    let config = HostConfig {
        apps: mini_programs(args)?,
        ..host_config(args, file.profile)?
    };
    let host = Host::open(config).map_err(refused)?;
    let code = code(args, &host).await?;
    let downloads = printer.downloads.clone();
    let opening = Opening {
        shown: Some(Arc::new(move |event| downloads.show(event))),
        ..opening(args, file.later, code)
    };
    let mut app = host.start(opening).map_err(refused)?;
    stop_on_interrupt(app.remote());
    while let Some(entry) = app.next().await {
        printer.print(&entry);
    }
    let report = app.end().await;
    if args.print_tree
        && let Some(tree) = &report.tree
    {
        printer.tree(tree);
    }
    finish(args, report)
}

/// What the host lacks, said with the options that give it.
fn refused(error: HostError) -> Failure {
    let (place, help) = match &error {
        HostError::NoFolder(_) => ("--device", "add --device DIR"),
        HostError::NoRegistry(_) => ("--registry", "add --registry URL"),
        HostError::Device(_) | HostError::Running { .. } => return Failure::of(Code::BadInput, &error),
    };
    Failure::input(place, error.to_string(), help)
}

/// Where the app's code comes from.
async fn code(args: &RunArgs, host: &Host) -> Result<AppCode, Failure> {
    if args.registry.is_some() {
        return Ok(AppCode::Release(app_in_registry(args)?));
    }
    let package = open(&args.app)?;
    for warning in package.warnings() {
        eprintln!("warning: {warning}");
    }
    let app_id = app_id(&package, &args.app);
    if let Some(simulation) = &args.simulate_update {
        let simulation = Simulation::parse(simulation);
        let source = Arc::new(simulated(&package, (&app_id, &args.app), &simulation, host).await?);
        return Ok(AppCode::Source { app_id, source });
    }
    if let Some(device) = host.device()
        && let Some(source) = left_behind(&package, &app_id, device)?
    {
        let source = Arc::new(source);
        return Ok(AppCode::Source { app_id, source });
    }
    let env_version = match args.env {
        EnvChoice::Develop => EnvVersion::Develop,
        EnvChoice::Trial => EnvVersion::Trial,
    };
    Ok(AppCode::package_as(env_version, app_id, package))
}

/// `APPID=APP`.
fn mini_program(text: &str) -> Result<(String, PathBuf), String> {
    let (app_id, app) = text.split_once('=').ok_or("expected APPID=APP")?;
    let app_id = AppId::parse(app_id).map_err(|error| error.to_string())?;
    Ok((app_id.to_string(), PathBuf::from(app)))
}

/// What `--mini-program` names.
fn mini_programs(args: &RunArgs) -> Result<BTreeMap<String, AppCode>, Failure> {
    let open = |(app_id, app): &(String, PathBuf)| {
        let package = open(app)?;
        Ok((app_id.clone(), AppCode::package(app_id.clone(), package)))
    };
    args.mini_program.iter().map(open).collect()
}

/// An app that is there and not fit to run has failed; one that is not there is a bad argument.
fn open(app: &Path) -> Result<SourcePackage, Failure> {
    let help = "name a folder with an app.json, a .zip of one, or an app id with --registry URL";
    if !app.exists() {
        return Err(Failure::input(
            &app.display().to_string(),
            "no such file or folder",
            help,
        ));
    }
    open_source(app, &PackageLimits::default()).map_err(Failure::refused)
}

/// With a registry, `<APP>` is an id.
fn app_in_registry(args: &RunArgs) -> Result<AppId, Failure> {
    AppId::parse(&args.app.to_string_lossy()).map_err(|error| {
        Failure::input(
            "<APP>",
            error.to_string(),
            "with --registry, <APP> is the id under which the app was published",
        )
    })
}

fn registry(args: &RunArgs) -> Result<Option<RegistryAccess>, Failure> {
    let Some(url) = &args.registry else { return Ok(None) };
    let mut access = RegistryAccess::at(url).map_err(|error| Failure::of(Code::Internal, &error))?;
    if let Some(file) = &args.trust {
        access.trust.insert(app_in_registry(args)?, root_document(args, file)?);
    }
    Ok(Some(access))
}

/// What `--trust` names: a document that does not verify would protect from nothing.
fn root_document(args: &RunArgs, file: &Path) -> Result<Vec<u8>, Failure> {
    let refuse = |message: String| {
        let help = "give the root.json that the app's publisher hands out: apps/<APP>/root.json in the store";
        Failure::input(&format!("--trust {}", file.display()), message, help)
    };
    let root = std::fs::read(file).map_err(|error| refuse(error.to_string()))?;
    TrustedKeys::pin(&app_in_registry(args)?, &root).map_err(|error| refuse(error.to_string()))?;
    Ok(root)
}

/// `--registry`: an address that can be asked.
fn registry_url(text: &str) -> Result<String, String> {
    let expected = "expected an address such as http://127.0.0.1:8480";
    let url = url::Url::parse(text).map_err(|error| format!("{expected}: {error}"))?;
    if matches!(url.scheme(), "http" | "https") {
        Ok(text.to_owned())
    } else {
        Err(format!("{expected}; {}: is not fetched", url.scheme()))
    }
}

/// Folders without an app id still need a name for their storage.
fn app_id(package: &SourcePackage, path: &Path) -> String {
    match package.app_id() {
        Some(id) => id.to_string(),
        None => path
            .file_stem()
            .map_or_else(|| "touristappid".into(), |name| name.to_string_lossy().into_owned()),
    }
}

fn host_config(args: &RunArgs, profile: Profile) -> Result<HostConfig, Failure> {
    Ok(HostConfig {
        folder: args.device.clone(),
        registry: registry(args)?,
        clock: clock(args),
        network: args.network,
        seed: args.seed,
        traffic: args.traffic.open()?,
        profile,
        cloud_fixtures: args.around.cloud_fixtures()?,
        plugins: args.around.plugins(Some(&args.app))?,
        carrier: carrier(args.carrier)?,
        limits: limits(args),
        watchdog: args.watchdog,
        trace_wx: args.trace_wx,
        view: !args.no_view,
        silent: silent(args),
        ..HostConfig::default()
    })
}

/// A run that ends by itself looks after its own app, which was used last; one that stays, after the device.
fn silent(args: &RunArgs) -> SilentChecks {
    if args.stay {
        SilentChecks::default()
    } else {
        SilentChecks { apps: 1 }
    }
}

fn clock(args: &RunArgs) -> HostClock {
    match (args.clock, &args.device) {
        (ClockChoice::Real, _) => HostClock::Real,
        (ClockChoice::Virtual, Some(folder)) => {
            HostClock::virtual_at(RealClock.now_ms() + clock_ahead_ms(folder, &RealDisk))
        }
        // Without a past that a device would keep, virtual time begins at the same moment in every run.
        (ClockChoice::Virtual, None) => HostClock::virtual_at(VIRTUAL_BEGIN_MS),
    }
}

fn opening(args: &RunArgs, later: Vec<(Duration, Control)>, code: AppCode) -> Opening {
    Opening {
        user: args.user.clone(),
        ui: ModalChoice::provider(args.modal.clone()),
        launch: LaunchOptions {
            scene: args.scene,
            ..LaunchOptions::at(&args.page)
        },
        keep: if args.stay {
            Keep::UntilStopped
        } else {
            Keep::For(args.keep)
        },
        schedule: Schedule::new(later.into_iter().chain(args.at.clone())),
        wants_dump: args.dump.is_some(),
        wants_tree: args.print_tree || args.tree_at_end.is_some(),
        explain: args.explain,
        ..Opening::new(code)
    }
}

/// Loops are counted because the count, unlike the watchdog, names the line.
fn limits(args: &RunArgs) -> Limits {
    Limits {
        loop_iterations: args.loop_limit,
        memory: args.memory,
        ..Limits::default()
    }
}

/// What `--carrier` means.
fn carrier(choice: CarrierChoice) -> Result<Carrier, Failure> {
    match choice {
        CarrierChoice::Thread => Ok(Carrier::Thread),
        CarrierChoice::Process => {
            let program = std::env::current_exe().map_err(|error| Failure::of(Code::Internal, &error))?;
            Ok(Carrier::Process { program })
        }
    }
}

fn stop_on_interrupt(app: Remote) {
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            app.stop();
        }
    });
}

fn finish(args: &RunArgs, report: RunReport) -> Result<Code, Failure> {
    if let Some(reason) = report.cannot_open {
        return Err(Failure::of(
            Code::AppFailed,
            &crate::app::source::CannotOpen::new(reason),
        ));
    }
    if let (Some(file), Some(dump)) = (&args.dump, &report.dump) {
        let text = serde_json::to_string_pretty(dump).unwrap_or_default();
        write("--dump", file, &(text + "\n"))?;
    }
    let tree = report.tree.unwrap_or_default();
    if let Some(file) = &args.tree_at_end {
        write("--tree-at-end", file, &tree)?;
    }
    Ok(if report.errors > 0 { Code::AppFailed } else { Code::Done })
}

fn write(option: &str, file: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(file, text).map_err(|error| {
        let message = format!("failed to write {}: {error}", file.display());
        Failure::input(option, message, "name a file that can be written")
    })
}
