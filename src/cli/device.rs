//! `minirun device`: what a device folder holds.

use super::timestamp::utc;
use crate::package::AppId;
use crate::release::Release;
use crate::system::{RealClock, RealDisk};
use crate::update::Device;
use crate::update::state::AppState;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Show or clear a device folder
#[derive(Debug, clap::Args)]
pub struct DeviceArgs {
    /// What to do
    #[command(subcommand)]
    pub command: DeviceCommand,
}

/// The subcommands of `device`.
#[derive(Debug, clap::Subcommand)]
pub enum DeviceCommand {
    /// Show the apps on a device: what runs, what is staged, what failed
    Show(ShowArgs),
    /// Remove everything from a device: apps, storage and files
    Clear(ClearArgs),
}

/// Show the apps on a device
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// The device folder
    pub dir: PathBuf,
    /// Print one JSON object an app
    #[arg(long)]
    pub json: bool,
}

/// Remove everything from a device
#[derive(Debug, clap::Args)]
pub struct ClearArgs {
    /// The device folder
    pub dir: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// When the folder is no device, is in use, or cannot be read.
pub fn run(args: &DeviceArgs) -> anyhow::Result<ExitCode> {
    match &args.command {
        DeviceCommand::Show(show) => print_apps(show)?,
        DeviceCommand::Clear(clear) => Device::clear(&clear.dir, &RealDisk)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn print_apps(args: &ShowArgs) -> anyhow::Result<()> {
    let device = Device::open_existing(&args.dir, Arc::new(RealClock), Arc::new(RealDisk))?;
    let apps = device.apps()?;
    for app in &apps {
        let state = device.state(app)?;
        let parts = state.active.as_ref().map(|active| device.parts(active)).transpose()?;
        let parts: Vec<_> = parts.iter().flatten().map(ToString::to_string).collect();
        if args.json {
            println!("{}", as_json(app, &state, &parts));
        } else {
            print!("{}", as_text(app, &state, &parts));
        }
    }
    if apps.is_empty() && !args.json {
        println!("no app was started on this device");
    }
    Ok(())
}

fn as_json(app: &AppId, state: &AppState, parts: &[String]) -> serde_json::Value {
    let release = |release: &Option<Release>| {
        let release = release.as_ref();
        release.map(|release| serde_json::json!({ "id": release.id, "version": release.version }))
    };
    serde_json::json!({
        "app": app,
        "active": release(&state.active),
        "parts": parts,
        "pending": release(&state.pending),
        "previous": release(&state.previous),
        "trialAttempts": state.trial.map(|trial| trial.attempts),
        "bad": state.bad,
        "floor": state.floor,
        "lastUsed": state.last_used_ms,
        "lastCheck": state.last_check_ms,
    })
}

fn as_text(app: &AppId, state: &AppState, parts: &[String]) -> String {
    let mut text = format!("{app}\n");
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            text += &format!("  {name:<10} {value}\n");
        }
    };
    let release = |release: &Option<Release>| {
        let release = release.as_ref();
        release.map(|release| format!("{} (release {})", release.version, release.id))
    };
    let on_trial = |trial: crate::update::state::Trial| format!("yes, started {} times", trial.attempts);
    line("runs", release(&state.active).or(Some("nothing".to_owned())));
    let all = state.active.as_ref().map_or(0, |active| active.parts.len());
    // One part alone is no news.
    line(
        "parts",
        (all > 1).then(|| format!("{} ({} of {all})", parts.join(", "), parts.len())),
    );
    line("on trial", state.trial.map(on_trial));
    line("staged", release(&state.pending));
    line("last good", release(&state.previous));
    let bad: Vec<_> = state.bad.iter().map(ToString::to_string).collect();
    line(
        "failed",
        (!bad.is_empty()).then(|| format!("release {}", bad.join(", "))),
    );
    line("manifest", Some(state.floor.to_string()));
    line("last used", state.last_used_ms.map(timestamp));
    line("last check", state.last_check_ms.map(timestamp));
    text
}

fn timestamp(ms: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds; the cast saturates"
    )]
    utc(ms as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::ReleaseId;
    use crate::update::state::Trial;

    #[test]
    fn an_app_is_shown_with_what_is_known_of_it() {
        let state = AppState {
            bad: [ReleaseId(3), ReleaseId(5)].into(),
            trial: Some(Trial { attempts: 2 }),
            floor: 7,
            last_used_ms: Some(1_798_761_600_000.0),
            ..AppState::default()
        };
        insta::assert_snapshot!(as_text(&AppId::parse("wx1").unwrap(), &state, &[]), @r"
        wx1
          runs       nothing
          on trial   yes, started 2 times
          failed     release 3, 5
          manifest   7
          last used  2027-01-01 00:00:00Z
        ");
    }
}
