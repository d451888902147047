//! A registry with its operator, for the tests of this room.

use super::*;
use crate::package::{APP_JSON, AppId, SourcePackage};
use crate::release::{ReleaseId, Rollout, SecretKey, SignedManifest, TrustedKeys, VersionLabel, paths};
use bytes::Bytes;

pub const T0: u64 = 1_800_000_000_000;
pub const DAY: u64 = 24 * 3_600_000;

pub fn app() -> AppId {
    AppId::parse("wx1").unwrap()
}

pub fn key(n: u8) -> SecretKey {
    SecretKey::from_seed(&[n; 32])
}

pub fn label(text: &str) -> VersionLabel {
    text.parse().unwrap()
}

/// A registry, its operator's key and clock.
pub struct Bench {
    pub store: Store,
    pub key: SecretKey,
    pub now: u64,
}

impl Bench {
    pub fn new() -> Self {
        Self {
            store: Store::in_memory(),
            key: key(1),
            now: T0,
        }
    }

    /// These versions, one after the other, for everyone.
    pub async fn with(versions: &[&str]) -> Self {
        let bench = Self::new();
        for version in versions {
            bench.publish(version, 100).await.unwrap();
        }
        bench
    }

    pub fn operator(&self) -> Operator<'_> {
        Operator {
            store: &self.store,
            app: app(),
            key: &self.key,
            by: None,
            now_ms: self.now,
            valid_ms: DEFAULT_VALID_MS,
        }
    }

    pub async fn publish(&self, version: &str, percent: u8) -> Result<ReleaseId, WriteError> {
        self.publish_with(version, |what| what.rollout = Rollout { percent })
            .await
    }

    pub async fn publish_with(
        &self,
        version: &str,
        with: impl FnOnce(&mut Publication),
    ) -> Result<ReleaseId, WriteError> {
        let filler: String = (0..2000).map(|n| format!("exports.f{n} = {n};\n")).collect();
        let source = SourcePackage::open([
            (APP_JSON, Bytes::from_static(b"{\"pages\": [\"p\"]}")),
            ("app.js", Bytes::from(format!("App({{ version: '{version}' }})"))),
            ("p.js", Bytes::from(filler)),
        ]);
        let mut what = Publication::new(app(), label(version), self.now);
        with(&mut what);
        Ok(publish(&self.store, &source.unwrap(), &what, &self.key).await?.id)
    }

    pub async fn state(&self) -> AppState {
        AppState::of(&read_log(&self.store, &app()).await.unwrap())
    }

    pub async fn served(&self) -> SignedManifest {
        let root = self.store.get(&paths::latest_root(&app())).await.unwrap().unwrap();
        let keys = TrustedKeys::pin(&app(), &root).unwrap();
        let manifest = self.store.get(&paths::manifest(&app())).await.unwrap().unwrap();
        SignedManifest::verify(&manifest, &keys).unwrap()
    }

    /// The version that each of 200 users gets.
    pub async fn offers(&self) -> Vec<String> {
        let served = self.served().await;
        let offer = |user: String| served.release_for(&user).unwrap().release().version.to_string();
        (0..200).map(|n| offer(format!("user{n}"))).collect()
    }
}

/// What was refused: the platform's code, and the beginning of the reason.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, WriteError>) -> (Option<u32>, String) {
    match outcome.unwrap_err() {
        WriteError::Refused(refusal) => (refusal.platform_code(), refusal.to_string()),
        error => panic!("{error}"),
    }
}
