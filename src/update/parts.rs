//! Which parts of a release a device needs, and those that come later than the release itself.
//!
//! A subpackage is fetched when it is first used, and always that of the release that runs. It needs no entry in the
//! record: the record names the release with all its parts, and a part is here when its folder is.

use super::device::DeviceError;
use super::event::Progress;
use super::stage::install_part;
use super::start::StartError;
use super::updater::Updater;
use super::verify::{FetchError, fetch_part};
use crate::package::{AppJson, FileTree, PartName};
use crate::release::{Release, SignedRelease, VerifiedPart};
use bytes::Bytes;
use std::collections::BTreeSet;

/// Why a part of the running release is not there.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// Nothing of the app runs.
    #[error("the app does not run")]
    NotRunning,
    /// The release has no such part.
    #[error("release {version} has no part {part}")]
    NotListed {
        /// The release's label.
        version: String,
        /// The part.
        part: PartName,
    },
    /// It could not be got: a later try may do better.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The device failed.
    #[error(transparent)]
    Device(#[from] DeviceError),
}

impl Updater {
    /// A part of the release that runs, fetched unless it is here.
    ///
    /// # Errors
    /// See [`PartError`]; nothing has changed then.
    pub async fn part(&self, name: &PartName, progress: Progress<'_>) -> Result<VerifiedPart, PartError> {
        let running = self.running().ok_or(PartError::NotRunning)?;
        self.install(&running, name, progress).await
    }

    /// The staged release gets the same part, so that an app that is offline after the update can do what it could before.
    pub async fn part_of_staged(&self, name: &PartName, progress: Progress<'_>) {
        let staged = self.client.state().ok().and_then(|state| state.pending);
        let Some(staged) = staged.filter(|staged| staged.part(name).is_some()) else {
            return;
        };
        if let Err(error) = self.install(&self.recorded(staged), name, progress).await {
            tracing::debug!(%error, part = %name, "the staged release stays without the part");
        }
    }

    /// A part that was used between the last look at what is wanted and the record that names the release.
    pub(super) async fn complete_staged(
        &self,
        release: &SignedRelease,
        page: &str,
        progress: Progress<'_>,
    ) -> Result<(), DeviceError> {
        let held = self.client.device.parts(release.release())?;
        for name in self.wanted(release.release(), page)?.difference(&held) {
            if let Err(error) = self.install(release, name, progress).await {
                tracing::debug!(%error, part = %name, "the release is completed beside the app at the next start");
            }
        }
        Ok(())
    }

    async fn install(
        &self,
        release: &SignedRelease,
        name: &PartName,
        progress: Progress<'_>,
    ) -> Result<VerifiedPart, PartError> {
        let part = release.release().part(name).ok_or_else(|| PartError::NotListed {
            version: release.release().version.to_string(),
            part: name.clone(),
        })?;
        let turn = self.client.device.turn(&part.digest);
        let _alone = turn.lock().await;
        let verified = fetch_part(&self.client, release, part, progress).await?;
        install_part(&self.client.device, release, &verified).map_err(DeviceError::from)?;
        Ok(verified)
    }

    /// The parts of `release` that this device needs when the app is opened at `page`: the main package, the subpackage
    /// of that page, and every subpackage that the installed release has been used with.
    pub(super) fn wanted(&self, release: &Release, page: &str) -> Result<BTreeSet<PartName>, DeviceError> {
        let state = self.client.state()?;
        let device = &self.client.device;
        let installed = state.active.as_ref().map(|active| device.parts(active)).transpose()?;
        let installed = installed.unwrap_or_default();
        let opened = part_of_page(release, page);
        let alone = starts_alone(release, page) && !installed.contains(&PartName::Main);
        let is_wanted = |name: &PartName| match name {
            PartName::Main => !alone,
            sub => self.all_parts || installed.contains(sub) || opened == *sub,
        };
        let names = release.parts.iter().map(|part| &part.name);
        Ok(names.filter(|name| is_wanted(name)).cloned().collect())
    }

    /// Whether everything that is wanted of a staged release is here.
    pub(super) fn is_complete(&self, release: &Release, page: &str) -> Result<bool, DeviceError> {
        Ok(self
            .wanted(release, page)?
            .is_subset(&self.client.device.parts(release)?))
    }

    /// An app that was only ever opened at an independent subpackage gets its main package when another page is opened.
    pub(super) async fn complete_active(&self, page: &str, progress: Progress<'_>) -> Result<(), StartError> {
        let Some(active) = self.client.state()?.active else {
            return Ok(());
        };
        if active.config.is_none()
            || self.client.device.parts(&active)?.contains(&PartName::Main)
            || starts_alone(&active, page)
        {
            return Ok(());
        }
        let got = self.install(&self.recorded(active), &PartName::Main, progress).await;
        got.map(|_| ()).map_err(|error| StartError::NotInstalled {
            app: self.client.app.to_string(),
            cause: error.to_string(),
        })
    }

    /// Beside an app that started without its main package, this is fetched.
    pub(super) async fn complete_running(&self, progress: Progress<'_>) {
        let Some(running) = self.running() else { return };
        let held = self.client.device.parts(running.release());
        if running.release().config.is_none() || held.is_ok_and(|held| held.contains(&PartName::Main)) {
            return;
        }
        if let Err(error) = self.install(&running, &PartName::Main, progress).await {
            tracing::debug!(%error, "the main package will be fetched when it is needed");
        }
    }
}

/// The part that a page lies in.
fn part_of_page(release: &Release, page: &str) -> PartName {
    let page = page.trim_start_matches('/');
    let inside = |name: &&PartName| match name {
        PartName::Main => false,
        PartName::Sub(root) => page
            .strip_prefix(root.as_str())
            .is_some_and(|rest| rest.starts_with('/')),
    };
    let names = release.parts.iter().map(|part| &part.name);
    names.clone().find(inside).cloned().unwrap_or(PartName::Main)
}

/// Whether a page runs without the main package.
fn starts_alone(release: &Release, page: &str) -> bool {
    let app = release.config.as_ref().and_then(|text| {
        let file = FileTree::from_names([(crate::package::APP_JSON, Bytes::from(text.clone()))]).ok()?;
        AppJson::of(&file).ok()
    });
    app.is_some_and(|app| {
        let sub = app.subpackage_of(page.trim_start_matches('/'));
        sub.is_some_and(|sub| sub.independent)
    })
}

#[cfg(test)]
#[path = "parts_tests.rs"]
mod tests;
