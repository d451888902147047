//! `minirun device`: what a device folder holds, and what can be done to it.

mod show;

use super::explain::ago;
use super::time_of_run::parse_duration;
use crate::app::device::{DATA, remove_data};
use crate::package::AppId;
use crate::system::{Clock, RealClock, RealDisk, ShiftedClock};
use crate::update::{Device, advance_clock, clock_ahead_ms, collect, reset_clock};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Show, age or clear a device folder
#[derive(Debug, clap::Args)]
pub struct DeviceArgs {
    /// What to do
    #[command(subcommand)]
    pub command: DeviceCommand,
}

/// The subcommands of `device`.
#[derive(Debug, clap::Subcommand)]
pub enum DeviceCommand {
    /// Show the apps on a device: what runs, what is staged, what failed, what the next start does
    Show(show::ShowArgs),
    /// Let time pass on a device: later runs find its clock ahead by so much more
    Advance(AdvanceArgs),
    /// Remove everything from a device, or what it has of an app or a user
    Clear(ClearArgs),
}

/// Let time pass on a device
#[derive(Debug, clap::Args)]
pub struct AdvanceArgs {
    /// The device folder
    pub dir: PathBuf,
    /// How much: 10d, 31m
    #[arg(value_name = "TIME", value_parser = parse_duration, required_unless_present = "reset")]
    pub time: Option<Duration>,
    /// Set the clock to the machine's again
    #[arg(long, conflicts_with = "time")]
    pub reset: bool,
}

/// Remove everything from a device, or what it has of an app or a user
#[derive(Debug, clap::Args)]
pub struct ClearArgs {
    /// The device folder
    pub dir: PathBuf,
    /// Only this app: its releases, storage and files, those of all users
    #[arg(long, value_name = "ID")]
    pub app: Option<AppId>,
    /// Only what belongs to this user
    #[arg(long, value_name = "ID")]
    pub user: Option<String>,
}

/// The least that a clock is moved: a world does not take a smaller difference for another time.
const LEAST: Duration = Duration::from_secs(60);

/// How far ahead a clock can be: in times much later a number has no room for single milliseconds.
const MOST: Duration = Duration::from_secs(100 * 366 * 86_400);

/// Runs the command.
///
/// # Errors
/// When the folder is no device, is in use, or cannot be read.
pub fn run(args: &DeviceArgs) -> anyhow::Result<ExitCode> {
    match &args.command {
        DeviceCommand::Show(args) => show::run(args)?,
        DeviceCommand::Advance(args) => advance(args)?,
        DeviceCommand::Clear(args) => clear(args)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens a device that is there, with its own clock.
fn open(dir: &Path) -> anyhow::Result<Device> {
    let clock: Arc<dyn Clock> = match clock_ahead_ms(dir, &RealDisk) {
        0.0 => Arc::new(RealClock),
        ahead => Arc::new(ShiftedClock::new(Arc::new(RealClock), ahead)),
    };
    Ok(Device::open_existing(dir, clock, Arc::new(RealDisk))?)
}

fn advance(args: &AdvanceArgs) -> anyhow::Result<()> {
    let Some(time) = args.time else {
        return Ok(reset_clock(&args.dir, &RealDisk)?);
    };
    anyhow::ensure!(time >= LEAST, "a clock is moved by a minute at least");
    let by_ms = time.as_secs_f64() * 1000.0;
    let ahead = clock_ahead_ms(&args.dir, &RealDisk) + by_ms;
    anyhow::ensure!(
        ahead <= MOST.as_secs_f64() * 1000.0,
        "a clock can be 100 years ahead at most"
    );
    let ahead = advance_clock(&args.dir, &RealDisk, by_ms)?;
    println!("the device's clock is {} ahead", ago(ahead));
    Ok(())
}

fn clear(args: &ClearArgs) -> anyhow::Result<()> {
    if args.app.is_none() && args.user.is_none() {
        return Ok(Device::clear(&args.dir, &RealDisk, &DATA)?);
    }
    let device = open(&args.dir)?;
    for app in device.apps()? {
        if args.app.as_ref().is_none_or(|only| *only == app) {
            device.change(&app, |state| state.forget(args.user.as_deref()))?;
        }
    }
    collect(&device)?;
    let app = args.app.as_ref().map(AppId::as_str);
    Ok(remove_data(&RealDisk, &args.dir, app, args.user.as_deref())?)
}
