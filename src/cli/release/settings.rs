//! `minirun release settings`, and the thresholds on any command line.

use super::desk::DeskArgs;
use super::list::state_of;
use crate::cli::time_of_run::parse_duration;
use crate::registry::SettingsChange;
use crate::release::{ReleaseId, VersionLabel};
use std::process::ExitCode;
use std::time::Duration;

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

pub async fn run(args: SettingsArgs) -> anyhow::Result<ExitCode> {
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
