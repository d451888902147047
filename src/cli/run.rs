//! `minirun run`: runs an app and prints its timeline.

use super::exit_code::Code;
use super::failure::Failure;
use super::input::open_source;
use super::person::ModalChoice;
use super::simulate::{Simulation, left_behind, simulated};
use super::time_of_run::{order, parse_duration};
use super::timeline_text;
use super::traffic::TrafficArgs;
use crate::app::carrier::Carrier;
use crate::app::device::DeviceState;
use crate::app::instance::Control;
use crate::app::launch::{LaunchOptions, SCENE_MAIN_ENTRY};
use crate::app::released::Released;
use crate::app::run::{RunConfig, RunReport, run as run_app};
use crate::app::schedule::Schedule;
use crate::app::source::{Boot, Development, Source, Start};
use crate::app::timeline::{Entry, Timeline};
use crate::app::worlds::Worlds;
use crate::engine::protocol::{Limits, WorldSpec};
use crate::package::{AppId, PackageLimits, SourcePackage};
use crate::release::VersionLabel;
use crate::system::{Clock, NetworkConditions, RealClock, RealDisk, RealEntropy, RealHttp, ShapedHttp, VirtualClock};
use crate::update::{Client, Device, Updater};
use crate::wx::{EnvVersion, NetworkType};
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// The arguments of `minirun run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A folder with an app.json, a .zip of one, a file of `minirun pack`, or an app id with --registry.
    app: PathBuf,
    /// Offer this package as an update while the app runs; or `fail-check`, `fail-download`.
    #[arg(long, value_name = "NEXT")]
    simulate_update: Option<String>,
    /// The address of a release registry; <APP> is then an app id.
    #[arg(long, value_name = "URL", conflicts_with = "simulate_update")]
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
    /// What the host does at a time counted from the first boot: 2s:background, 5s:foreground or
    /// 5s:foreground=pages/x/x?a=1. Can be given several times.
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
    /// Write the final state (globalData, page stack, storage) to this file as JSON.
    #[arg(long, value_name = "FILE")]
    dump: Option<PathBuf>,
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
enum CarrierChoice {
    Process,
    Thread,
}

/// Runs the command.
///
/// # Errors
/// The app cannot be read.
pub async fn run(args: RunArgs) -> Result<Code, Failure> {
    let config = config(&args)?;
    let timeline = config.timeline.clone();
    let ended = run_to_end(&args, config).await;
    if args.json
        && let Err(failure) = &ended
    {
        note_refusal(failure, &timeline);
    }
    ended
}

async fn run_to_end(args: &RunArgs, config: RunConfig) -> Result<Code, Failure> {
    let source = source(args, &config.device).await?;
    let (stop, control) = mpsc::unbounded_channel();
    stop_on_interrupt(stop);
    let timeline = config.timeline.clone();
    let report = run_app(config, source, control).await;
    finish(args, &timeline, report)
}

/// A person sees on standard error why an app was not opened; a program reads it where it reads everything else.
fn note_refusal(failure: &Failure, timeline: &Timeline) {
    if failure.code != Code::AppFailed {
        return;
    }
    for problem in failure.problems() {
        let (line, column) = (problem.span.map(|span| span.line), problem.span.map(|span| span.column));
        let entry = serde_json::json!({
            "message": problem.message, "file": problem.file, "line": line, "column": column, "origin": "open",
        });
        timeline.add(RealClock.now_ms(), "error", entry);
    }
}

async fn source(args: &RunArgs, device: &DeviceState) -> Result<Arc<dyn Source>, Failure> {
    if let Some(registry) = &args.registry {
        return Ok(Arc::new(registered(args, registry, device)?));
    }
    let package = open(&args.app)?;
    for warning in package.warnings() {
        eprintln!("warning: {warning}");
    }
    let id = app_id(&package, &args.app);
    let clock = Arc::clone(&device.clock);
    if let Some(simulation) = &args.simulate_update {
        let simulation = Simulation::parse(simulation);
        let source = simulated(&package, (&id, &args.app), &simulation, args.device.as_deref(), clock).await?;
        return Ok(Arc::new(source));
    }
    if let Some(folder) = &args.device
        && let Some(source) = left_behind(&package, &id, folder, clock)?
    {
        return Ok(Arc::new(source));
    }
    let boot = Boot {
        app_id: id,
        release: None,
        version: None,
        env_version: EnvVersion::Develop,
        reason: "development version".into(),
    };
    Ok(Arc::new(Development(Start {
        package: Arc::new(package),
        boot,
        on_trial: false,
    })))
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

/// An app that is installed and updated from a registry.
fn registered(args: &RunArgs, registry: &str, device: &DeviceState) -> Result<Released, Failure> {
    let id = args.app.to_string_lossy();
    let app = AppId::parse(&id).map_err(|error| {
        Failure::input(
            "<APP>",
            error.to_string(),
            "with --registry, <APP> is the id under which the app was published",
        )
    })?;
    let folder = args.device.as_deref().ok_or_else(|| {
        Failure::input(
            "--device",
            "an app from a registry is installed on a device",
            "add --device DIR",
        )
    })?;
    if args.clock == ClockChoice::Virtual && (args.network.latency_ms > 0.0 || args.network.rate.is_some()) {
        return Err(Failure::input(
            "--clock",
            "virtual time stands still while a registry is asked, so a slow network would take for ever",
            "use --clock real, or leave latency and rate out of --network",
        ));
    }
    let input = |error: &dyn std::error::Error| Failure::of(Code::BadInput, error);
    let http = RealHttp::new().map_err(|error| Failure::of(Code::Internal, &error))?;
    let root = args
        .trust
        .as_ref()
        .map(std::fs::read)
        .transpose()
        .map_err(|error| input(&error))?;
    let clock = Arc::clone(&device.clock);
    let client = Client {
        http: Arc::new(ShapedHttp::new(
            Arc::new(http),
            device.network.clone(),
            Arc::clone(&clock),
        )),
        device: Device::open(folder, clock, Arc::new(RealDisk)).map_err(|error| input(&error))?,
        entropy: Arc::new(RealEntropy),
        registry: registry.to_owned(),
        app,
        user: args.user.clone(),
        base_library: VersionLabel::parse(&device.profile.sdk_version).ok(),
        root,
    };
    Ok(Released::new(
        Updater::new(client),
        id.into_owned(),
        EnvVersion::Release,
    ))
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

fn config(args: &RunArgs) -> Result<RunConfig, Failure> {
    // Without a past that a device would keep, virtual time begins at the same moment in every run.
    let begin = if args.device.is_some() {
        RealClock.now_ms()
    } else {
        VIRTUAL_BEGIN_MS
    };
    let virtual_clock = (args.clock == ClockChoice::Virtual).then(|| VirtualClock::new(begin));
    let clock: Arc<dyn Clock> = match &virtual_clock {
        Some(clock) => Arc::new(clock.clone()),
        None => Arc::new(RealClock),
    };
    Ok(RunConfig {
        launch: LaunchOptions {
            scene: args.scene,
            ..LaunchOptions::at(&args.page)
        },
        worlds: Arc::new(worlds(args, virtual_clock.is_some())?),
        watchdog: args.watchdog,
        wants_dump: args.dump.is_some(),
        device: device(args, clock)?,
        virtual_clock,
        stay_ms: (!args.stay).then_some(args.keep.as_secs_f64() * 1000.0),
        schedule: Schedule::new(args.at.clone()),
        timeline: Timeline::new(printer(args.json)),
    })
}

/// Loops are counted because the count, unlike the watchdog, names the line.
fn limits(args: &RunArgs) -> Limits {
    Limits {
        loop_iterations: args.loop_limit,
        memory: args.memory,
        ..Limits::default()
    }
}

/// The first world is begun at once: it takes as long as everything before it is needed.
fn worlds(args: &RunArgs, virtual_time: bool) -> Result<Worlds, Failure> {
    let spec = WorldSpec {
        limits: limits(args),
        trace_wx: args.trace_wx,
        virtual_time,
        utc_offset_minutes: 480,
    };
    let worlds = Worlds::new(carrier(args.carrier)?, spec);
    worlds.make_ready();
    Ok(worlds)
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

fn device(args: &RunArgs, clock: Arc<dyn Clock>) -> Result<DeviceState, Failure> {
    let traffic = args.traffic.open()?;
    let mut device = DeviceState::new(Arc::clone(&clock));
    device.web = traffic.web(&clock);
    device.domains = traffic.domains;
    device.folder.clone_from(&args.device);
    device.user.clone_from(&args.user);
    device.ui = ModalChoice::provider(args.modal.clone());
    device.network.set(args.network);
    if args.network.offline {
        device.profile.network = NetworkType::None;
    }
    Ok(device)
}

fn printer(json: bool) -> Box<dyn FnMut(&Entry) + Send> {
    Box::new(move |entry| {
        let line = if json {
            serde_json::to_string(entry).unwrap_or_default()
        } else {
            timeline_text::line(entry)
        };
        // A reader that went away is no reason to stop the app.
        let _ = writeln!(std::io::stdout(), "{line}");
    })
}

fn stop_on_interrupt(stop: mpsc::UnboundedSender<Control>) {
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = stop.send(Control::Stop);
        }
        // The line stays open as long as the run: its end would stop the app.
        std::future::pending::<()>().await;
    });
}

fn finish(args: &RunArgs, timeline: &Timeline, report: RunReport) -> Result<Code, Failure> {
    if let Some(reason) = report.cannot_open {
        return Err(Failure::of(Code::AppFailed, &crate::app::source::CannotOpen(reason)));
    }
    if let (Some(file), Some(dump)) = (&args.dump, &report.dump) {
        let text = serde_json::to_string_pretty(dump).unwrap_or_default();
        std::fs::write(file, text + "\n").map_err(|error| {
            Failure::input(
                "--dump",
                format!("failed to write {}: {error}", file.display()),
                "name a file that can be written",
            )
        })?;
    }
    Ok(if timeline.errors() > 0 {
        Code::AppFailed
    } else {
        Code::Done
    })
}

/// `256MB`, `1GB`, `64KB`; a bare number is bytes.
fn parse_size(text: &str) -> Result<u64, String> {
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor: u64 = match unit {
        "" | "B" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        _ => return Err("expected a size such as 256MB or 1GB".into()),
    };
    let number: u64 = number
        .parse()
        .map_err(|_| "expected a size such as 256MB or 1GB".to_owned())?;
    Ok(number.saturating_mul(factor))
}
