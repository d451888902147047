//! Signing keys: where they are in a local store, and how they are changed.

use super::AppId;
use super::desk::{DeskArgs, bad_input};
use super::list::AppArgs;
use crate::cli::input::open_store;
use crate::registry::{AppState, Store, keys_of, read_log};
use crate::release::{KeyId, SecretKey, TrustedKeys};
use anyhow::{Context as _, bail};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Make a signing key
#[derive(Debug, clap::Args)]
pub struct KeygenArgs {
    /// The file to write; it must not be there
    pub file: PathBuf,
}

/// Change the keys that may sign an app's releases
#[derive(Debug, clap::Args)]
pub struct RotateArgs {
    /// The app, its registry and the key that signs the change: an old one, or with --remove one that stays
    #[command(flatten)]
    pub desk: DeskArgs,
    /// The new key's file; in a local store, by default one that is made in its keys folder
    #[arg(long, value_name = "FILE", conflicts_with = "remove")]
    pub new_key: Option<PathBuf>,
    /// Remove a key, named by its id or the beginning of it (`release keys` shows them)
    #[arg(long, value_name = "ID")]
    pub remove: Option<String>,
}

pub fn keygen(file: &Path) -> anyhow::Result<ExitCode> {
    if file.exists() {
        eprintln!("error: {} is there already", file.display());
        return Ok(ExitCode::from(2));
    }
    let key = make_key(file)?;
    println!("{} key {}", file.display(), key.public().id());
    Ok(ExitCode::SUCCESS)
}

pub async fn show(args: AppArgs) -> anyhow::Result<ExitCode> {
    let store = match open_store(&args.store) {
        Ok(store) => store,
        Err(code) => return Ok(code),
    };
    let Some(keys) = trusted(&store, &args.app_id).await? else {
        eprintln!("error: {} is not in {}", args.app_id, args.store);
        return Ok(ExitCode::from(2));
    };
    for key in &keys.root().keys {
        if args.json {
            println!("{}", serde_json::json!({ "root": keys.version(), "key": key.id() }));
        } else {
            println!("root {}  key {}", keys.version(), key.id());
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn rotate(args: RotateArgs) -> anyhow::Result<ExitCode> {
    let store = match open_store(&args.desk.store) {
        Ok(store) => store,
        Err(code) => return Ok(code),
    };
    let Some(keys) = trusted(&store, &args.desk.app_id).await? else {
        eprintln!("error: {} is not in {}", args.desk.app_id, args.desk.store);
        return Ok(ExitCode::from(2));
    };
    let Some(id) = &args.remove else {
        return add(&args, &keys).await;
    };
    let id = match named(id, &keys) {
        Ok(id) => id,
        Err(error) => return Ok(bad_input(&error)),
    };
    match args.desk.open(Some(id)).await? {
        Ok(desk) => desk.tell(desk.operator().remove_key(id).await),
        Err(code) => Ok(code),
    }
}

async fn add(args: &RotateArgs, keys: &TrustedKeys) -> anyhow::Result<ExitCode> {
    let desk = match args.desk.open(None).await? {
        Ok(desk) => desk,
        Err(code) => return Ok(code),
    };
    let new = match &args.new_key {
        Some(file) => read_key(file),
        None => next_key(&desk.store, &args.desk.app_id, keys),
    };
    match new {
        Ok(new) => desk.tell(desk.operator().add_key(&new).await),
        Err(error) => Ok(bad_input(&error)),
    }
}

/// The key that an id, or its beginning, names.
fn named(id: &str, keys: &TrustedKeys) -> anyhow::Result<KeyId> {
    let ids = keys.root().keys.iter().map(|key| key.id());
    let found: Vec<KeyId> = ids.filter(|key| key.to_string().starts_with(id)).collect();
    match found.as_slice() {
        [one] if !id.is_empty() => Ok(*one),
        [] => bail!("no key's id begins with {id:?}; `release keys` shows them"),
        _ => bail!("several keys' ids begin with {id:?}; `release keys` shows them"),
    }
}

async fn trusted(store: &Store, app: &AppId) -> anyhow::Result<Option<TrustedKeys>> {
    let state = AppState::of(&read_log(store, app).await?);
    Ok(keys_of(store, app, &state).await?)
}

/// The key that was named, or the local store's own: the newest one that counts for the app and is not `not`. The first
/// one is made when it is missing.
pub async fn signing_key(
    named: Option<&Path>,
    store: &Store,
    app: &AppId,
    not: Option<KeyId>,
) -> anyhow::Result<SecretKey> {
    if let Some(file) = named {
        return read_key(file);
    }
    let Some(folder) = store.folder() else {
        bail!("a store that is not a local folder needs --key FILE (make one with `minirun release keygen`)");
    };
    let known = trusted(store, app).await?;
    if let Some(keys) = &known {
        for version in (2..=keys.version()).rev() {
            let file = rotated(folder, app, version);
            if file.exists() {
                let key = read_key(&file)?;
                if keys.contains(&key.public()) && Some(key.public().id()) != not {
                    return Ok(key);
                }
            }
        }
    }
    let file = folder.join("keys").join("publisher.pem");
    if file.exists() {
        return read_key(&file);
    }
    if known.is_some() {
        bail!(
            "{} is not there, and a new key would not count for {app}: name one with --key FILE",
            file.display()
        );
    }
    let key = make_in(folder, &file)?;
    eprintln!(
        "note: made signing key {}; keep it secret, and use --key for a registry that others can read",
        file.display()
    );
    Ok(key)
}

/// The key that a local store's next root lets in. A rotation that was cut short has left it.
fn next_key(store: &Store, app: &AppId, keys: &TrustedKeys) -> anyhow::Result<SecretKey> {
    let Some(folder) = store.folder() else {
        bail!("a store that is not a local folder needs --new-key FILE (make one with `minirun release keygen`)");
    };
    let file = rotated(folder, app, keys.version().saturating_add(1));
    if file.exists() {
        return read_key(&file);
    }
    make_in(folder, &file)
}

/// The key that came with this root. The store's other apps go on with theirs.
fn rotated(folder: &Path, app: &AppId, version: u64) -> PathBuf {
    folder.join("keys").join(format!("{app}-{version}.pem"))
}

fn make_in(folder: &Path, file: &Path) -> anyhow::Result<SecretKey> {
    std::fs::create_dir_all(folder.join("keys"))
        .with_context(|| format!("failed to make {}/keys", folder.display()))?;
    make_key(file)
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
