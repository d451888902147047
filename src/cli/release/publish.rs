//! `minirun release publish`.

use super::change::ModeArg;
use super::desk::{bad_input, now_ms, refused, user, valid_days, valid_ms};
use super::keys::signing_key;
use super::settings::ThresholdArgs;
use super::{AppId, diagnose, percent};
use crate::cli::input::{LimitArgs, make_store, open_source};
use crate::package::{CodePackage as _, SourcePackage};
use crate::registry::{Publication, WriteError, publish};
use crate::release::{Release, Rollout, VersionLabel};
use std::path::PathBuf;
use std::process::ExitCode;

/// Publish an app as the next release
#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub struct PublishArgs {
    /// Folder, .zip or packed file of the app
    pub source: PathBuf,
    /// The registry: a folder, or the URL of an object store
    #[arg(long, value_name = "DIR or URL")]
    pub store: String,
    /// The app; by default the appid in project.config.json
    #[arg(long, value_name = "ID")]
    pub app_id: Option<AppId>,
    /// The release's label; must be greater than every one before
    #[arg(long, value_name = "VERSION")]
    pub version: VersionLabel,
    /// Signing key (PKCS #8 PEM, ed25519); in a local store, by default keys/publisher.pem, made when missing, or what
    /// `release rotate` has made after it
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// What changed, for people
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub notes: String,
    /// Whether updating to it blocks the start of the app; by default the app's mode
    #[arg(long, value_enum)]
    pub mode: Option<ModeArg>,
    /// Share of users that get it
    #[arg(long, value_name = "PERCENT", default_value = "100", value_parser = percent)]
    pub rollout: u8,
    /// The lowest base library that it runs on
    #[arg(long, value_name = "VERSION")]
    pub base_library: Option<VersionLabel>,
    /// Days until devices take the manifest for stale
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = valid_days())]
    pub valid_days: u32,
    /// Print the release as JSON
    #[arg(long)]
    pub json: bool,
    /// Thresholds
    #[command(flatten, next_help_heading = "Thresholds; those of the app by default")]
    pub thresholds: ThresholdArgs,
    /// Size limits
    #[command(flatten, next_help_heading = "Size limits")]
    pub limits: LimitArgs,
}

pub async fn run(args: PublishArgs) -> anyhow::Result<ExitCode> {
    let source = match open_source(&args.source, &args.limits.limits()) {
        Ok(source) => source,
        Err(problems) => return refused(WriteError::Package(problems)),
    };
    diagnose::print(source.warnings());
    let Some(app) = args.app_id.clone().or_else(|| source.app_id().cloned()) else {
        eprintln!("error: project.config.json has no appid; name the app with --app-id");
        return Ok(ExitCode::from(2));
    };
    let store = match make_store(&args.store) {
        Ok(store) => store,
        Err(code) => return Ok(code),
    };
    let key = match signing_key(args.key.as_deref(), &store, &app, None).await {
        Ok(key) => key,
        Err(error) => return Ok(bad_input(&error)),
    };
    let what = publication(&args, app);
    match publish(&store, &source, &what, &key).await {
        Ok(release) => {
            print_release(&args, &what.app, &release, &source)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => refused(error),
    }
}

fn publication(args: &PublishArgs, app: AppId) -> Publication {
    Publication {
        notes: args.notes.clone(),
        mode: args.mode.map(ModeArg::mode),
        settings: args.thresholds.change(),
        rollout: Rollout { percent: args.rollout },
        base_library: args.base_library.clone(),
        limits: args.limits.limits(),
        by: user(),
        valid_ms: valid_ms(args.valid_days),
        ..Publication::new(app, args.version.clone(), now_ms())
    }
}

fn print_release(args: &PublishArgs, app: &AppId, release: &Release, source: &SourcePackage) -> anyhow::Result<()> {
    if args.json {
        println!("{}", serde_json::to_string(release)?);
        return Ok(());
    }
    let files = source.files().len();
    println!(
        "published {app} {} as release {} ({files} files)",
        release.version, release.id
    );
    for part in &release.parts {
        let delta = part.deltas.iter().map(|delta| delta.object.length).min();
        let delta = delta
            .map(|bytes| format!(", as delta from {bytes} bytes"))
            .unwrap_or_default();
        println!("  {}  {} bytes to download{delta}", part.name, part.whole.length);
    }
    Ok(())
}
