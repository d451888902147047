//! The commands that decide about releases that are there.

use super::desk::{DeskArgs, refused};
use super::list::{AppArgs, state_of};
use super::percent;
use crate::cli::time_of_run::parse_duration;
use crate::registry::SettingsChange;
use crate::release::{ReleaseId, UpdateMode, VersionLabel};
use std::process::ExitCode;
use std::time::Duration;

/// Give the gray release to more users, or to all of them
#[derive(Debug, clap::Args)]
pub struct RolloutArgs {
    /// The app, its registry and the key
    #[command(flatten)]
    pub desk: DeskArgs,
    /// The share of the users: an integer from 0 to 100 (85081)
    #[arg(value_parser = percent, allow_negative_numbers = true)]
    pub percent: u8,
}

/// Withdraw the gray release: its users go back to the release before
#[derive(Debug, clap::Args)]
pub struct RevokeArgs {
    /// The app, its registry and the key
    #[command(flatten)]
    pub desk: DeskArgs,
}

/// Send everyone back to an earlier online version
#[derive(Debug, clap::Args)]
pub struct RollbackArgs {
    /// The app, its registry and the key
    #[command(flatten)]
    pub desk: DeskArgs,
    /// Any of the last 5 online versions; by default the one before
    #[arg(long, value_name = "VERSION")]
    pub to: Option<VersionLabel>,
}

/// Show or change the thresholds of the update policy
#[derive(Debug, clap::Args)]
pub struct SettingsArgs {
    /// The app, its registry and the key
    #[command(flatten)]
    pub desk: DeskArgs,
    /// Change this release, by its number in `release list`, instead of the releases to come
    #[arg(long, value_name = "NUMBER")]
    pub release: Option<u64>,
    /// Thresholds
    #[command(flatten, next_help_heading = "Thresholds")]
    pub thresholds: ThresholdArgs,
}

/// Thresholds on the command line.
#[derive(Debug, Clone, clap::Args)]
pub struct ThresholdArgs {
    /// Devices below this version may not go on without an update: they do not start where the update comes before the
    /// start, and are made to restart otherwise. Not above the release itself. `none` removes it
    #[arg(long, value_name = "VERSION", value_parser = version_or_none)]
    pub min_version: Option<VersionOrNone>,
    /// Where the update comes before the start, an installed version from this one on starts at once and is updated
    /// beside. Not below the minimum version. `none` removes it
    #[arg(long, value_name = "VERSION", value_parser = version_or_none)]
    pub prefer_local: Option<VersionOrNone>,
    /// An app that was not used for so long updates before it starts [default of an app: 10d]
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub long_unused: Option<Duration>,
    /// How often a recently used app is checked while it does not run [default of an app: 30m]
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub periodic_check: Option<Duration>,
    /// A start sooner than this after the last check does not check [default of an app: 0]
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub min_check_interval: Option<Duration>,
    /// How long an update before the start may take until the installed version starts [default of an app: 10s]
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub sync_budget: Option<Duration>,
    /// Whether a running app that comes back to the front checks, too [default of an app: false]
    #[arg(long, value_name = "BOOL")]
    pub hot_check: Option<bool>,
}

/// A version, or its removal.
#[derive(Debug, Clone)]
pub struct VersionOrNone(Option<VersionLabel>);

fn version_or_none(text: &str) -> Result<VersionOrNone, String> {
    if text == "none" {
        return Ok(VersionOrNone(None));
    }
    let version = text.parse().map_err(|error| format!("{error}, and not `none`"));
    version.map(|version| VersionOrNone(Some(version)))
}

impl ThresholdArgs {
    /// What they change.
    pub fn change(&self) -> SettingsChange {
        let ms = |time: Option<Duration>| time.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        SettingsChange {
            long_unused_ms: ms(self.long_unused),
            periodic_check_ms: ms(self.periodic_check),
            min_check_interval_ms: ms(self.min_check_interval),
            sync_budget_ms: ms(self.sync_budget),
            hot_check: self.hot_check,
            min_version: self.min_version.clone().map(|version| version.0),
            prefer_local: self.prefer_local.clone().map(|version| version.0),
        }
    }
}

/// Change whether updates block the start of the app
#[derive(Debug, clap::Args)]
pub struct ModeArgs {
    /// The app, its registry and the key
    #[command(flatten)]
    pub desk: DeskArgs,
    /// The mode
    #[arg(value_enum)]
    pub mode: ModeArg,
    /// Change this release, by its number in `release list`, instead of the releases to come
    #[arg(long, value_name = "NUMBER")]
    pub release: Option<u64>,
}

/// The update mode on the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum ModeArg {
    /// In the background, but blocking after a long absence
    Default,
    /// Always in the background
    Async,
    /// Always before the app starts
    Sync,
}

impl ModeArg {
    /// The mode that it stands for.
    pub fn mode(self) -> UpdateMode {
        match self {
            Self::Default => UpdateMode::Default,
            Self::Async => UpdateMode::Async,
            Self::Sync => UpdateMode::Sync,
        }
    }
}

/// Name users who get gray releases first
#[derive(Debug, clap::Subcommand)]
pub enum WhitelistCommand {
    /// These users get every gray release at once, whatever its share
    Add(WhitelistArgs),
    /// These users get gray releases like everyone else again; one that they have got stays with them
    Remove(WhitelistArgs),
    /// Show who is on it
    List(AppArgs),
}

/// Names users. The manifest carries hashes of their ids only; the log has the ids.
#[derive(Debug, clap::Args)]
pub struct WhitelistArgs {
    /// The app, its registry and the key
    #[command(flatten)]
    pub desk: DeskArgs,
    /// User ids, as devices know them
    #[arg(required = true)]
    pub users: Vec<String>,
}

pub async fn rollout(args: RolloutArgs) -> anyhow::Result<ExitCode> {
    match args.desk.open(None).await? {
        Ok(desk) => desk.tell(desk.operator().rollout(args.percent).await),
        Err(code) => Ok(code),
    }
}

pub async fn revoke(args: RevokeArgs) -> anyhow::Result<ExitCode> {
    match args.desk.open(None).await? {
        Ok(desk) => desk.tell(desk.operator().revoke().await),
        Err(code) => Ok(code),
    }
}

pub async fn rollback(args: RollbackArgs) -> anyhow::Result<ExitCode> {
    match args.desk.open(None).await? {
        Ok(desk) => desk.tell(desk.operator().rollback(args.to.as_ref()).await),
        Err(code) => Ok(code),
    }
}

pub async fn renew(args: DeskArgs) -> anyhow::Result<ExitCode> {
    let desk = match args.open(None).await? {
        Ok(desk) => desk,
        Err(code) => return Ok(code),
    };
    match desk.operator().renew().await {
        Ok(seq) if args.json => println!("{}", serde_json::json!({ "seq": seq })),
        Ok(seq) => println!("{} {seq}: renewed for {} days", args.app_id, args.valid_days),
        Err(error) => return refused(error),
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn settings(args: SettingsArgs) -> anyhow::Result<ExitCode> {
    let (change, release) = (args.thresholds.change(), args.release.map(ReleaseId));
    if change == SettingsChange::default() {
        return show_settings(&args.desk, release).await;
    }
    match args.desk.open(None).await? {
        Ok(desk) => desk.tell(desk.operator().settings(&change, release).await),
        Err(code) => Ok(code),
    }
}

async fn show_settings(desk: &DeskArgs, release: Option<ReleaseId>) -> anyhow::Result<ExitCode> {
    let Some(state) = state_of(&desk.app_id, &desk.store).await? else {
        return Ok(ExitCode::from(2));
    };
    let settings = match release {
        None => Some(&state.settings),
        Some(id) => state.find(id).map(|release| &release.settings),
    };
    let Some(settings) = settings else {
        eprintln!(
            "error: {} has no such release; `release list` shows the numbers",
            desk.app_id
        );
        return Ok(ExitCode::from(2));
    };
    if desk.json {
        println!("{}", serde_json::to_string(settings)?);
    } else {
        println!("{}", serde_json::to_string_pretty(settings)?);
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn mode(args: ModeArgs) -> anyhow::Result<ExitCode> {
    let release = args.release.map(ReleaseId);
    match args.desk.open(None).await? {
        Ok(desk) => desk.tell(desk.operator().mode(args.mode.mode(), release).await),
        Err(code) => Ok(code),
    }
}

pub async fn whitelist(command: WhitelistCommand) -> anyhow::Result<ExitCode> {
    match command {
        WhitelistCommand::Add(args) => match args.desk.open(None).await? {
            Ok(desk) => desk.tell(desk.operator().whitelist_add(&args.users).await),
            Err(code) => Ok(code),
        },
        WhitelistCommand::Remove(args) => match args.desk.open(None).await? {
            Ok(desk) => desk.tell(desk.operator().whitelist_remove(&args.users).await),
            Err(code) => Ok(code),
        },
        WhitelistCommand::List(args) => {
            let Some(state) = state_of(&args.app_id, &args.store).await? else {
                return Ok(ExitCode::from(2));
            };
            for user in &state.whitelist {
                if args.json {
                    println!("{}", serde_json::to_string(user)?);
                } else {
                    println!("{user}");
                }
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}
