//! The publisher at the other end: a registry in this process, and what it decides.

use super::app_folder::{AppFiles, throwing};
use super::faults::{Faults, FaultyRegistry};
use super::release_words::{Broken, parse, publish_words, settings_words, version};
use crate::host::RegistryAccess;
use crate::package::{AppId, Effort, PackageLimits};
use crate::registry::{InProcess, Operator, Publication, Store, WriteError, publish};
use crate::release::{Release, ReleaseId, Rollout, SecretKey, UpdateMode};
use crate::system::{Clock, NetFault, SeededEntropy, VirtualClock};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A registry of one test.
#[derive(Clone)]
pub struct Publisher {
    store: Store,
    clock: VirtualClock,
    faults: Faults,
}

impl Publisher {
    pub fn new(clock: VirtualClock, faults: Faults) -> Self {
        Self {
            store: Store::in_memory().with_effort(Effort::Quick),
            clock,
            faults,
        }
    }

    /// How a device reaches it.
    pub fn access(&self) -> RegistryAccess {
        let way = FaultyRegistry {
            inner: Arc::new(InProcess::new(self.store.clone())),
            faults: self.faults.clone(),
        };
        RegistryAccess {
            // The same test retries at the same times.
            entropy: Arc::new(SeededEntropy::new(1)),
            ..RegistryAccess::over(Arc::new(way), InProcess::URL)
        }
    }

    /// Publishes an app. Gives what a test wants to know of the release.
    ///
    /// # Errors
    /// The words or the package are not fit, or the registry refuses.
    pub async fn publish(&self, app: AppFiles, words: &Value) -> Result<Value, String> {
        let words = publish_words(words)?;
        let label = words
            .version
            .as_deref()
            .ok_or("publish needs a version, such as { version: '1.1.0' }")?;
        let label = version(label)?;
        let id = app_id(words.app_id.as_deref().unwrap_or(&app.app_id))?;
        let package = match words.broken {
            Some(Broken::Throws) => throwing(&app.package)?,
            _ => app.package,
        };
        let mut settings = words.settings.change()?;
        if words.forced {
            settings.min_version = Some(Some(label.clone()));
        }
        let what = Publication {
            notes: words.notes,
            mode: words.mode,
            settings,
            rollout: Rollout {
                percent: words.rollout.unwrap_or(100),
            },
            base_library: words.base_library.as_deref().map(version).transpose()?,
            limits: PackageLimits {
                package_bytes: u64::MAX,
                total_bytes: u64::MAX,
                ..PackageLimits::default()
            },
            ..Publication::new(id.clone(), label, self.now())
        };
        let release = publish(&self.store, &package, &what, &key(&id)).await;
        let release = release.map_err(|error| refusal(&error))?;
        if words.broken == Some(Broken::Corrupt) {
            self.spoil(&release);
        }
        Ok(described(&id, &release))
    }

    /// Its packages arrive with a wrong byte, always.
    fn spoil(&self, release: &Release) {
        for part in &release.parts {
            let deltas = part.deltas.iter().map(|delta| delta.object.digest);
            for digest in deltas.chain([part.whole.digest]) {
                self.faults.add(&digest.to_string(), NetFault::Flip(0), None);
            }
        }
    }

    /// A decision about what is published: `{act, appId, ...}`.
    ///
    /// # Errors
    /// The words do not fit, or the registry refuses.
    pub async fn decide(&self, words: &Value) -> Result<Value, String> {
        let id = app_id(words["appId"].as_str().unwrap_or_default())?;
        let key = key(&id);
        let operator = Operator {
            store: &self.store,
            app: id.clone(),
            key: &key,
            by: Some("test".into()),
            now_ms: self.now(),
            valid_ms: crate::registry::DEFAULT_VALID_MS,
        };
        let release = words["release"].as_u64().map(ReleaseId);
        let done = match words["act"].as_str().unwrap_or_default() {
            "rollout" => operator.rollout(percent(&words["percent"])?).await,
            "revoke" => operator.revoke().await,
            "rollback" => {
                let to = words["to"].as_str().map(version).transpose()?;
                operator.rollback(to.as_ref()).await
            }
            "settings" => {
                let change = settings_words(&words["settings"])?;
                operator.settings(&change, release).await
            }
            "mode" => {
                let mode: UpdateMode = parse("mode", &words["mode"])?;
                operator.mode(mode, release).await
            }
            "whitelist" => {
                let users: Vec<String> = parse("whitelist", &words["users"])?;
                operator.whitelist_add(&users).await
            }
            other => return Err(format!("no such decision: {other}")),
        };
        let entry = done.map_err(|error| refusal(&error))?;
        Ok(json!({ "seq": entry.seq }))
    }

    fn now(&self) -> u64 {
        #[expect(clippy::cast_sign_loss, reason = "virtual time begins after 1970")]
        let now = self.clock.now_ms() as u64;
        now
    }
}

/// The key of an app's publisher, the same in every run.
fn key(app: &AppId) -> SecretKey {
    SecretKey::from_seed(&Sha256::digest(app.as_str()).into())
}

/// An app id as a test names it.
///
/// # Errors
/// It is none.
pub fn app_id(text: &str) -> Result<AppId, String> {
    AppId::parse(text).map_err(|error| format!("app id {text:?}: {error}"))
}

fn percent(value: &Value) -> Result<u8, String> {
    let percent = value.as_u64().and_then(|n| u8::try_from(n).ok());
    percent.ok_or_else(|| format!("{value} is no percentage"))
}

fn refusal(error: &WriteError) -> String {
    error.to_string()
}

fn described(app: &AppId, release: &Release) -> Value {
    let bytes: u64 = release.parts.iter().map(|part| part.whole.length).sum();
    json!({
        "appId": app.as_str(), "version": release.version.as_str(), "id": release.id.0,
        "rollout": release.rollout.percent, "bytes": bytes,
    })
}
