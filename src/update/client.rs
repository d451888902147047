//! Who updates what from where: what every step of an update is given.

use super::device::{Device, DeviceError};
use super::policy::Recipient;
use super::state::AppState;
use crate::package::AppId;
use crate::release::{SignedManifest, TrustedKeys, VersionLabel};
use crate::system::{Clock, Entropy, Http};
use std::sync::Arc;

/// One app of one user on a device, and the registry that it comes from.
#[derive(Clone)]
pub struct Client {
    /// The device.
    pub device: Device,
    /// How the registry is reached.
    pub http: Arc<dyn Http>,
    /// Spreads retries.
    pub entropy: Arc<dyn Entropy>,
    /// The registry's address.
    pub registry: String,
    /// The app.
    pub app: AppId,
    /// The user: decides about gray releases, and stays on the device.
    pub user: String,
    /// The base library of the host: releases that need a newer one are not taken. `None` takes any.
    pub base_library: Option<VersionLabel>,
    /// The signed root document to trust; `None` trusts the registry's at first use.
    pub root: Option<Vec<u8>>,
}

/// What the device already knows for certain.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The keys that speak for the app.
    pub keys: Option<TrustedKeys>,
    /// The newest manifest that was accepted.
    pub manifest: Option<SignedManifest>,
    /// From where sequence numbers count, if the keys say so and are newer than those that the record has.
    pub restart: Option<u64>,
}

impl Client {
    /// Whom a release would go to.
    pub(super) fn recipient(&self) -> Recipient<'_> {
        Recipient {
            user: &self.user,
            base_library: self.base_library.as_ref(),
        }
    }

    /// What the device knows of the app, as its user sees it. Another user may
    /// have used the app since; theirs is kept apart.
    pub(super) fn state(&self) -> Result<AppState, DeviceError> {
        let mut state = self.device.state(&self.app)?;
        state.seat(&self.user, |_| false);
        Ok(state)
    }

    /// Changes that in one durable transaction.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut AppState) -> T) -> Result<T, DeviceError> {
        self.device.change(&self.app, |state| {
            state.seat(&self.user, |_| false);
            change(state)
        })
    }

    /// The clock that waiting for the registry goes by.
    pub(super) fn waits(&self) -> Arc<dyn Clock> {
        self.http.own_clock().unwrap_or_else(|| Arc::clone(self.device.clock()))
    }

    /// The time in milliseconds since 1970.
    pub(super) fn now_ms(&self) -> f64 {
        self.device.clock().now_ms()
    }

    /// The address of a path below the registry's.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.registry.trim_end_matches('/'))
    }

    /// Takes the signed documents of `state` up again; what no longer verifies counts as unknown.
    pub(super) fn known(&self, state: &AppState) -> Known {
        let pin = |envelope: &[u8]| TrustedKeys::pin(&self.app, envelope).ok();
        let kept = state.root.as_ref().and_then(|root| pin(root.as_bytes()));
        let given = self.root.as_deref().and_then(pin);
        let known_version = kept.as_ref().map_or(0, TrustedKeys::version);
        let keys = match (kept, given) {
            (Some(kept), Some(given)) if given.version() < kept.version() => Some(kept),
            (kept, given) => given.or(kept),
        };
        let cached = state.manifest.as_ref().zip(keys.as_ref());
        let manifest = cached.and_then(|(cached, keys)| SignedManifest::verify(cached.envelope.as_bytes(), keys).ok());
        let newer = keys.as_ref().filter(|keys| keys.version() > known_version);
        let restart = newer.and_then(|keys| keys.root().floor);
        Known {
            keys,
            manifest,
            restart,
        }
    }
}
