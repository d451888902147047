//! What all commands that write have in common: the store, the key, who it is, and how the outcome is told.

use super::keys::signing_key;
use super::list::describe;
use super::{AppId, diagnose};
use crate::cli::input::open_store;
use crate::registry::{LogEntry, Operator, Store, WriteError};
use crate::release::{KeyId, SecretKey};
use crate::system::{Clock as _, RealClock};
use std::path::PathBuf;
use std::process::ExitCode;

/// Names an app, its registry and the key.
#[derive(Debug, clap::Args)]
pub struct DeskArgs {
    /// The app
    pub app_id: AppId,
    /// The registry: a folder, or the URL of an object store
    #[arg(long, value_name = "DIR or URL")]
    pub store: String,
    /// Signing key (PKCS #8 PEM, ed25519); in a local store, by default the newest one in its keys folder
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Days until devices take the manifest for stale
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = valid_days())]
    pub valid_days: u32,
    /// Print the outcome as JSON: the log entry, if there is a new one
    #[arg(long)]
    pub json: bool,
}

/// An open registry and the key to write to it.
pub struct Desk {
    pub store: Store,
    pub key: SecretKey,
    app: AppId,
    valid_days: u32,
    json: bool,
}

impl DeskArgs {
    /// Opens the registry; what is wrong with the arguments is reported, and gives an exit code.
    pub async fn open(&self, not: Option<KeyId>) -> anyhow::Result<Result<Desk, ExitCode>> {
        let store = match open_store(&self.store) {
            Ok(store) => store,
            Err(code) => return Ok(Err(code)),
        };
        let key = match signing_key(self.key.as_deref(), &store, &self.app_id, not).await {
            Ok(key) => key,
            Err(error) => return Ok(Err(bad_input(&error))),
        };
        Ok(Ok(Desk {
            store,
            key,
            app: self.app_id.clone(),
            valid_days: self.valid_days,
            json: self.json,
        }))
    }
}

impl Desk {
    /// Who decides.
    pub fn operator(&self) -> Operator<'_> {
        Operator {
            store: &self.store,
            app: self.app.clone(),
            key: &self.key,
            by: user(),
            now_ms: now_ms(),
            valid_ms: valid_ms(self.valid_days),
        }
    }

    /// Prints what was decided, or why it was not.
    pub fn tell(&self, decided: Result<LogEntry, WriteError>) -> anyhow::Result<ExitCode> {
        match decided {
            Ok(entry) if self.json => println!("{}", serde_json::to_string(&entry)?),
            Ok(entry) => println!("{} {}: {}", self.app, entry.seq, describe(&entry.event)),
            Err(error) => return refused(error),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Reports what the operator can put right; the rest is a failure.
pub fn refused(error: WriteError) -> anyhow::Result<ExitCode> {
    match error {
        WriteError::Package(problems) => {
            diagnose::print(&problems.0);
            Ok(ExitCode::from(2))
        }
        error if error.is_operators() => Ok(bad_input(&error.into())),
        error => Err(error.into()),
    }
}

pub fn bad_input(error: &anyhow::Error) -> ExitCode {
    eprintln!("error: {error:#}");
    ExitCode::from(2)
}

/// Who works here, for the log.
pub fn user() -> Option<String> {
    std::env::var("USER").ok().filter(|user| !user.is_empty())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the time since 1970 in whole milliseconds"
)]
pub fn now_ms() -> u64 {
    RealClock.now_ms() as u64
}

/// A manifest that is stale at once would keep every device from updating.
pub fn valid_days() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=36_500)
}

pub fn valid_ms(days: u32) -> u64 {
    u64::from(days) * 24 * 3_600_000
}
