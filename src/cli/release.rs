//! `minirun release`: what operators do with a registry. They work on the store itself, not through the server.

mod change;
mod desk;
mod keys;
mod list;
mod publish;

use super::diagnose;
use crate::package::AppId;
use std::process::ExitCode;

/// Publish releases of an app, and look after them
#[derive(Debug, clap::Args)]
pub struct ReleaseArgs {
    /// What to do
    #[command(subcommand)]
    pub command: ReleaseCommand,
}

/// The subcommands of `release`.
#[derive(Debug, clap::Subcommand)]
pub enum ReleaseCommand {
    /// Publish an app as the next release
    Publish(Box<publish::PublishArgs>),
    /// Give the gray release to more users, or to all of them
    Rollout(change::RolloutArgs),
    /// Withdraw the gray release: its users go back to the release before
    Revoke(change::RevokeArgs),
    /// Send everyone back to an earlier online version
    Rollback(change::RollbackArgs),
    /// Show or change the thresholds of the update policy
    Settings(Box<change::SettingsArgs>),
    /// Change whether updates block the start of the app
    Mode(change::ModeArgs),
    /// Name users who get gray releases first
    #[command(subcommand)]
    Whitelist(change::WhitelistCommand),
    /// List the releases of an app
    List(list::AppArgs),
    /// Show every decision that was made about an app
    Log(list::AppArgs),
    /// Make a signing key
    Keygen(keys::KeygenArgs),
    /// Show the keys that may sign an app's releases
    Keys(list::AppArgs),
    /// Change the keys that may sign an app's releases
    Rotate(keys::RotateArgs),
}

/// Runs the command. What the operator can put right gives exit code 2.
pub async fn run(args: ReleaseArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        ReleaseCommand::Publish(args) => publish::run(*args).await,
        ReleaseCommand::Rollout(args) => change::rollout(args).await,
        ReleaseCommand::Revoke(args) => change::revoke(args).await,
        ReleaseCommand::Rollback(args) => change::rollback(args).await,
        ReleaseCommand::Settings(args) => change::settings(*args).await,
        ReleaseCommand::Mode(args) => change::mode(args).await,
        ReleaseCommand::Whitelist(command) => change::whitelist(command).await,
        ReleaseCommand::List(args) => list::releases(args).await,
        ReleaseCommand::Log(args) => list::log(args).await,
        ReleaseCommand::Keygen(args) => keys::keygen(&args.file),
        ReleaseCommand::Keys(args) => keys::show(args).await,
        ReleaseCommand::Rotate(args) => keys::rotate(args).await,
    }
}

/// A share of the users. The platform's code for one that is none is in the message.
fn percent(text: &str) -> Result<u8, String> {
    let share = text.parse().ok().filter(|percent| *percent <= 100);
    share.ok_or_else(|| "85081: a share of the users is an integer from 0 to 100".to_owned())
}
