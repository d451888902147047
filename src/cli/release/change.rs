//! The commands that decide about releases that are there.

use super::desk::{DeskArgs, refused};
use super::percent;
use crate::release::{ReleaseId, UpdateMode, VersionLabel};
use std::process::ExitCode;

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

pub async fn mode(args: ModeArgs) -> anyhow::Result<ExitCode> {
    let release = args.release.map(ReleaseId);
    match args.desk.open(None).await? {
        Ok(desk) => desk.tell(desk.operator().mode(args.mode.mode(), release).await),
        Err(code) => Ok(code),
    }
}
