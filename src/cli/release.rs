//! `minirun release`: what operators do with a registry. They work on the store itself, not through the server.

use super::diagnose;
use super::input::{LimitArgs, open_source, open_store};
use super::timestamp::utc;
use crate::package::{AppId, Problems, SourcePackage};
use crate::registry::{AppState, Event, LogEntry, LogError, Publication, PublishError, Store, publish, read_log};
use crate::release::{Release, Rollout, SecretKey, Settings, UpdateMode, VersionLabel};
use crate::system::{Clock as _, RealClock};
use anyhow::{Context as _, bail};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Publish and list the releases of a registry
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
    Publish(Box<PublishArgs>),
    /// List the releases of an app
    List(AppArgs),
    /// Show every decision that was made about an app
    Log(AppArgs),
    /// Make a signing key
    Keygen(KeygenArgs),
}

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
    /// The release's label; must be greater than the newest one
    #[arg(long, value_name = "VERSION")]
    pub version: VersionLabel,
    /// Signing key (PKCS #8 PEM, ed25519); in a local store, by default keys/publisher.pem, made when missing
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// What changed, for people
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub notes: String,
    /// Whether updating to it blocks the start of the app
    #[arg(long, value_enum, default_value = "default")]
    pub mode: ModeArg,
    /// Devices below this version may not go on without an update
    #[arg(long, value_name = "VERSION")]
    pub min_version: Option<VersionLabel>,
    /// A blocking update starts an installed version from this one on at once
    #[arg(long, value_name = "VERSION")]
    pub prefer_local: Option<VersionLabel>,
    /// Share of users that get it
    #[arg(long, value_name = "PERCENT", default_value_t = 100, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub rollout: u8,
    /// The lowest base library that it runs on
    #[arg(long, value_name = "VERSION")]
    pub base_library: Option<VersionLabel>,
    /// Days until devices take the manifest for stale
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    pub valid_days: u32,
    /// Print the release as JSON
    #[arg(long)]
    pub json: bool,
    /// Size limits
    #[command(flatten)]
    pub limits: LimitArgs,
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

/// Names an app in a registry.
#[derive(Debug, clap::Args)]
pub struct AppArgs {
    /// The app
    pub app_id: AppId,
    /// The registry: a folder, or the URL of an object store
    #[arg(long, value_name = "DIR or URL")]
    pub store: String,
    /// Print one JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// Make a signing key
#[derive(Debug, clap::Args)]
pub struct KeygenArgs {
    /// The file to write; it must not be there
    pub file: PathBuf,
}

/// Runs the command. What the operator can put right gives exit code 2.
pub async fn run(args: ReleaseArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        ReleaseCommand::Publish(args) => run_publish(*args).await,
        ReleaseCommand::List(args) => list(args).await,
        ReleaseCommand::Log(args) => log(args).await,
        ReleaseCommand::Keygen(args) => keygen(&args.file),
    }
}

async fn run_publish(args: PublishArgs) -> anyhow::Result<ExitCode> {
    let source = match open_source(&args.source, &args.limits.limits()) {
        Ok(source) => source,
        Err(problems) => return Ok(refused(&problems)),
    };
    diagnose::print(source.warnings());
    let Some(app) = args.app_id.clone().or_else(|| source.app_id().cloned()) else {
        eprintln!("error: project.config.json has no appid; name the app with --app-id");
        return Ok(ExitCode::from(2));
    };
    let store = match open_store(&args.store) {
        Ok(store) => store,
        Err(code) => return Ok(code),
    };
    let key = match signing_key(args.key.as_deref(), &store) {
        Ok(key) => key,
        Err(error) => {
            eprintln!("error: {error:#}");
            return Ok(ExitCode::from(2));
        }
    };
    let what = publication(&args, app);
    match publish(&store, &source, &what, &key).await {
        Ok(release) => {
            print_release(&args, &what.app, &release, &source)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(PublishError::Package(problems)) => Ok(refused(&problems)),
        Err(error) if is_operators(&error) => {
            eprintln!("error: {error}");
            Ok(ExitCode::from(2))
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(problems: &Problems) -> ExitCode {
    diagnose::print(&problems.0);
    ExitCode::from(2)
}

/// Whether the operator can put it right with other arguments or another try, as opposed to a store that fails.
fn is_operators(error: &PublishError) -> bool {
    use PublishError::{Damaged, FirstIsGray, Log, NotNewer, Package, Root, Settings, Store, Unacceptable};
    match error {
        Package(_) | NotNewer { .. } | Settings(_) | FirstIsGray(_) => true,
        Root(root) => matches!(root, crate::registry::RootError::NotAKeyOf { .. }),
        Log(log) => matches!(log, LogError::Conflict { .. }),
        Store(_) | Damaged { .. } | Unacceptable(_) => false,
    }
}

fn publication(args: &PublishArgs, app: AppId) -> Publication {
    Publication {
        notes: args.notes.clone(),
        mode: match args.mode {
            ModeArg::Default => UpdateMode::Default,
            ModeArg::Async => UpdateMode::Async,
            ModeArg::Sync => UpdateMode::Sync,
        },
        settings: Settings {
            min_version: args.min_version.clone(),
            prefer_local: args.prefer_local.clone(),
            ..Settings::default()
        },
        rollout: Rollout { percent: args.rollout },
        base_library: args.base_library.clone(),
        limits: args.limits.limits(),
        by: std::env::var("USER").ok().filter(|user| !user.is_empty()),
        valid_ms: u64::from(args.valid_days) * 24 * 3_600_000,
        ..Publication::new(app, args.version.clone(), RealClock.now_ms() as u64)
    }
}

fn print_release(args: &PublishArgs, app: &AppId, release: &Release, source: &SourcePackage) -> anyhow::Result<()> {
    use crate::package::CodePackage as _;
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

/// The key that was named, or the local store's own, which is made when it is missing.
fn signing_key(named: Option<&Path>, store: &Store) -> anyhow::Result<SecretKey> {
    if let Some(file) = named {
        return read_key(file);
    }
    let Some(folder) = store.folder() else {
        bail!("a store that is not a local folder needs --key FILE (make one with `minirun release keygen`)");
    };
    let file = folder.join("keys").join("publisher.pem");
    if file.exists() {
        return read_key(&file);
    }
    std::fs::create_dir_all(folder.join("keys"))
        .with_context(|| format!("failed to make {}/keys", folder.display()))?;
    let key = make_key(&file)?;
    eprintln!(
        "note: made signing key {}; keep it secret, and use --key for a registry that others can read",
        file.display()
    );
    Ok(key)
}

fn read_key(file: &Path) -> anyhow::Result<SecretKey> {
    let pem = std::fs::read_to_string(file).with_context(|| format!("failed to read key {}", file.display()))?;
    SecretKey::from_pem(&pem).with_context(|| format!("failed to read key {}", file.display()))
}

fn make_key(file: &Path) -> anyhow::Result<SecretKey> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).context("failed to get random bytes")?;
    let key = SecretKey::from_seed(&seed);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options
        .open(file)
        .with_context(|| format!("failed to make {}", file.display()))?;
    out.write_all(key.to_pem()?.as_bytes())
        .and_then(|()| out.sync_all())
        .with_context(|| format!("failed to write {}", file.display()))?;
    Ok(key)
}

fn keygen(file: &Path) -> anyhow::Result<ExitCode> {
    if file.exists() {
        eprintln!("error: {} is there already", file.display());
        return Ok(ExitCode::from(2));
    }
    let key = make_key(file)?;
    println!("{} key {}", file.display(), key.public().id());
    Ok(ExitCode::SUCCESS)
}

async fn log_of(args: &AppArgs) -> anyhow::Result<Option<Vec<LogEntry>>> {
    let Ok(store) = open_store(&args.store) else {
        return Ok(None);
    };
    let log = read_log(&store, &args.app_id).await?;
    if log.is_empty() {
        eprintln!("error: {} is not in {}", args.app_id, args.store);
        return Ok(None);
    }
    Ok(Some(log))
}

async fn list(args: AppArgs) -> anyhow::Result<ExitCode> {
    let Some(log) = log_of(&args).await? else {
        return Ok(ExitCode::from(2));
    };
    for release in AppState::of(&log).releases.iter().rev() {
        if args.json {
            println!("{}", serde_json::to_string(release)?);
            continue;
        }
        let bytes: u64 = release.parts.iter().map(|part| part.whole.length).sum();
        let (id, version, at) = (release.id.0, release.version.as_str(), utc(release.released_at));
        let (percent, mode) = (release.rollout.percent, release.mode);
        println!(
            "{id:>4}  {version:<14} {at}  {percent:>3} %  {mode:?}  {bytes} bytes  {}",
            release.notes
        );
    }
    Ok(ExitCode::SUCCESS)
}

async fn log(args: AppArgs) -> anyhow::Result<ExitCode> {
    let Some(log) = log_of(&args).await? else {
        return Ok(ExitCode::from(2));
    };
    for entry in &log {
        if args.json {
            println!("{}", serde_json::to_string(entry)?);
            continue;
        }
        let what = match &entry.event {
            Event::Publish { release } => format!("publish {}", release.version),
        };
        let by = entry.by.as_deref().unwrap_or("-");
        println!("{:>4}  {}  {by:<12} {what}", entry.seq, utc(entry.at));
    }
    Ok(ExitCode::SUCCESS)
}
