//! `minirun release`: what operators do with a registry. They work on the store itself, not through the server.

mod change;
mod desk;
mod keys;
mod list;
mod publish;
mod settings;
mod whitelist;

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
    ///
    /// The app's update mode and thresholds (`release mode`, `release settings`) are copied into the release, where the
    /// options here do not say something else, and stay with it.
    ///
    /// With --rollout below 100 it begins as a gray release: that share of the users gets it, and always the same ones
    /// while the share rises; with 0 only the whitelist gets it. Until it is made full (`release rollout`) or withdrawn
    /// (`release revoke`) nothing else can be published or rolled back. After 15 days it is made full by the next
    /// command that changes anything about the app. An app's first release cannot be gray (85079).
    Publish(Box<publish::PublishArgs>),
    /// Give the gray release to more users, or to all of them
    ///
    /// The share only rises (85082), so that nobody loses what they have; users who have the release at 5 % have it at
    /// 20 %. At 100 it is online, and the next release can be published.
    Rollout(change::RolloutArgs),
    /// Withdraw the gray release: its users go back to the release before
    ///
    /// For them that is an update like any other, with a higher release number and the older version. For all others
    /// nothing changes. The label of the withdrawn release cannot be used again.
    Revoke(change::RevokeArgs),
    /// Send everyone back to an earlier online version
    ///
    /// For devices that is an update like any other, with a higher release number and the older version. Refused while
    /// a release is gray (87011), without an earlier online version, and directly after another rollback (87012).
    Rollback(change::RollbackArgs),
    /// Show or change the thresholds of the update policy
    ///
    /// Without a threshold it shows them. Changes hold for the releases to come: each release is published with a copy
    /// of the app's thresholds and keeps it. With --release they change that release at once, for example to make
    /// devices leave an old version that turned out to be harmful.
    Settings(Box<settings::SettingsArgs>),
    /// Change whether updates block the start of the app
    ///
    /// Holds for the releases to come: each release is published with the app's mode, or its own (`release publish
    /// --mode`), and keeps it. Devices obey the mode of the newest release that they know of. With --release it changes
    /// that release at once.
    Mode(change::ModeArgs),
    /// Name users who get gray releases first
    ///
    /// They get every gray release as soon as it is published, also at a share of 0 %. The manifest names them by
    /// hashes of their ids only; the log has the ids.
    #[command(subcommand)]
    Whitelist(whitelist::WhitelistCommand),
    /// Sign the manifest anew, for longer
    ///
    /// Devices take a manifest for stale after --valid-days. Every command that changes something renews it, and this
    /// one does without a change. It also makes a gray release full whose 15 days are over: run once a day by a
    /// schedule, it keeps that time.
    Renew(desk::DeskArgs),
    /// List the releases of an app
    List(list::AppArgs),
    /// Show every decision that was made about an app
    Log(list::AppArgs),
    /// Make a signing key
    Keygen(keys::KeygenArgs),
    /// Show the keys that may sign an app's releases
    Keys(list::AppArgs),
    /// Change the keys that may sign an app's releases
    ///
    /// Takes two steps. Without --remove a new key is let in beside the old one, and signs from then on; devices learn
    /// of it with their next check, however long they were away. With --remove, once every operator has the new key,
    /// the old one goes, and devices refuse what it signs as soon as they have checked once more. A stolen key is
    /// replaced by doing one right after the other.
    Rotate(keys::RotateArgs),
}

/// Runs the command. What the operator can put right gives exit code 2.
pub async fn run(args: ReleaseArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        ReleaseCommand::Publish(args) => publish::run(*args).await,
        ReleaseCommand::Rollout(args) => change::rollout(args).await,
        ReleaseCommand::Revoke(args) => change::revoke(args).await,
        ReleaseCommand::Rollback(args) => change::rollback(args).await,
        ReleaseCommand::Settings(args) => settings::run(*args).await,
        ReleaseCommand::Mode(args) => change::mode(args).await,
        ReleaseCommand::Whitelist(command) => whitelist::run(command).await,
        ReleaseCommand::Renew(args) => change::renew(args).await,
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
