//! The apps that come from the host's registry.

use super::RegistryAccess;
use crate::app::device::DeviceState;
use crate::app::released::Released;
use crate::package::AppId;
use crate::release::VersionLabel;
use crate::system::{Http, ShapedHttp};
use crate::update::{Client, Device, Updater};
use crate::wx::EnvVersion;
use std::sync::Arc;

/// Makes the update clients of a device, which share what they have under way.
pub(super) struct Registered {
    device: Device,
    http: Arc<dyn Http>,
    access: RegistryAccess,
    base_library: Option<VersionLabel>,
}

impl Registered {
    pub(super) fn new(device: Device, access: RegistryAccess, state: &DeviceState) -> Self {
        let (inner, network) = (Arc::clone(&access.http), state.network.clone());
        Self {
            device,
            http: Arc::new(ShapedHttp::new(inner, network, Arc::clone(&state.clock))),
            access,
            base_library: VersionLabel::parse(&state.profile.sdk_version).ok(),
        }
    }

    pub(super) fn device(&self) -> &Device {
        &self.device
    }

    pub(super) fn url(&self) -> &str {
        &self.access.url
    }

    /// The app as `user` opens it.
    pub(super) fn released(&self, app: &AppId, user: &str) -> Released {
        Released::new(self.updater(app, user), app.to_string(), EnvVersion::Release)
    }

    /// Updates the app of `user`.
    pub(super) fn updater(&self, app: &AppId, user: &str) -> Updater {
        Updater::new(Client {
            device: self.device.clone(),
            http: Arc::clone(&self.http),
            entropy: Arc::clone(&self.access.entropy),
            registry: self.access.url.clone(),
            app: app.clone(),
            user: user.to_owned(),
            base_library: self.base_library.clone(),
            root: self.access.trust.get(app).cloned(),
        })
    }
}
