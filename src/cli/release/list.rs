//! What is in a registry, for people and as JSON.

use super::AppId;
use crate::cli::input::open_store;
use crate::cli::timestamp::utc;
use crate::registry::{AppState, Event, GRAY_MS, LogEntry, Status, failures, read_log};
use crate::release::{KeyId, Release, ReleaseId, Settings};
use std::process::ExitCode;

/// Names an app in a registry.
#[derive(Debug, clap::Args)]
pub struct AppArgs {
    /// The app
    pub app_id: AppId,
    /// The registry: a folder, or the URL of an object store
    #[arg(long, value_name = "DIR or URL")]
    pub store: String,
    /// Print one JSON value a line
    #[arg(long)]
    pub json: bool,
}

/// The log; what cannot be found is reported.
async fn log_of(app: &AppId, location: &str) -> anyhow::Result<Option<Vec<LogEntry>>> {
    let Ok(store) = open_store(location) else {
        return Ok(None);
    };
    let log = read_log(&store, app).await?;
    if log.is_empty() {
        eprintln!("error: {app} is not in {location}");
        return Ok(None);
    }
    Ok(Some(log))
}

/// The state; what cannot be found is reported.
pub async fn state_of(app: &AppId, location: &str) -> anyhow::Result<Option<AppState>> {
    Ok(log_of(app, location).await?.map(|log| AppState::of(&log)))
}

pub async fn releases(args: AppArgs) -> anyhow::Result<ExitCode> {
    let Some(state) = state_of(&args.app_id, &args.store).await? else {
        return Ok(ExitCode::from(2));
    };
    let Ok(store) = open_store(&args.store) else {
        return Ok(ExitCode::from(2));
    };
    for release in state.releases.iter().rev() {
        let failed = failures(&store, &args.app_id, release.id).await?;
        if args.json {
            let mut value = serde_json::to_value(release)?;
            value["status"] = serde_json::to_value(state.status(release.id))?;
            value["failedDevices"] = failed.into();
            println!("{value}");
            continue;
        }
        let bytes: u64 = release.parts.iter().map(|part| part.whole.length).sum();
        let (id, version, at) = (release.id.0, release.version.as_str(), utc(release.released_at));
        let (status, mode) = (status(&state, release), release.mode);
        let failed = match failed {
            0 => String::new(),
            count => format!("failed to start on {count}  "),
        };
        println!(
            "{id:>4}  {version:<14} {at}  {status:<10} {mode:?}  {bytes} bytes  {failed}{}",
            release.notes
        );
    }
    if let Some(gray) = state.gray.filter(|_| !args.json) {
        let until = utc(gray.since.saturating_add(GRAY_MS));
        println!("the next change after {until} makes the gray release full");
    }
    Ok(ExitCode::SUCCESS)
}

fn status(state: &AppState, release: &Release) -> String {
    match (state.status(release.id), release.rollout.percent) {
        (Status::Online, _) => "online".to_owned(),
        (Status::Gray, 0) => "whitelist".to_owned(),
        (Status::Gray, percent) => format!("gray {percent} %"),
        (Status::Earlier, _) => "earlier".to_owned(),
        (Status::Withdrawn, _) => "withdrawn".to_owned(),
    }
}

pub async fn log(args: AppArgs) -> anyhow::Result<ExitCode> {
    let Some(log) = log_of(&args.app_id, &args.store).await? else {
        return Ok(ExitCode::from(2));
    };
    for entry in &log {
        if args.json {
            println!("{}", serde_json::to_string(entry)?);
            continue;
        }
        let by = entry.by.as_deref().unwrap_or("-");
        println!(
            "{:>4}  {}  {by:<12} {}",
            entry.seq,
            utc(entry.at),
            describe(&entry.event)
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// A decision in words.
pub fn describe(event: &Event) -> String {
    match event {
        Event::Publish { release } if release.rollout.is_full() => format!("publish {}", release.version),
        Event::Publish { release } => format!("publish {} for {} %", release.version, release.rollout.percent),
        Event::Rollout {
            release,
            percent,
            automatic,
        } => {
            let why = if *automatic { ", as its 15 days are over" } else { "" };
            format!("rollout of release {release} to {percent} %{why}")
        }
        Event::Revoke { revoked, release } => {
            format!("revoke release {revoked}, back to {}", release.version)
        }
        Event::Rollback { to, release } => format!("rollback to {} (release {to})", release.version),
        Event::Settings { release, settings } => {
            format!("settings of {}: {}", target(*release), unusual(settings))
        }
        Event::Mode { release, mode } => format!("mode of {}: {mode:?}", target(*release)),
        Event::WhitelistAdd { users } => format!("whitelist add {}", users.join(" ")),
        Event::WhitelistRemove { users } => format!("whitelist remove {}", users.join(" ")),
        Event::Rotate {
            version,
            added,
            removed,
            ..
        } => format!("root {version}{}{}", keys(", added", added), keys(", removed", removed)),
    }
}

/// The thresholds that are not the usual ones.
fn unusual(settings: &Settings) -> String {
    let fields = |settings: &Settings| match serde_json::to_value(settings) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let usual = fields(&Settings::default());
    let mut texts: Vec<String> = Vec::new();
    for (name, value) in fields(settings) {
        if usual.get(&name) != Some(&value) {
            texts.push(format!("{name} {value}"));
        }
    }
    if texts.is_empty() {
        "defaults".to_owned()
    } else {
        texts.join(", ")
    }
}

fn target(release: Option<ReleaseId>) -> String {
    release.map_or_else(|| "releases to come".to_owned(), |id| format!("release {id}"))
}

fn keys(what: &str, ids: &[KeyId]) -> String {
    ids.iter().map(|id| format!("{what} {id}")).collect()
}
