//! Makes the staged release the active one.

use super::boot;
use super::client::Client;
use super::device::DeviceError;
use super::load::{LoadError, load};
use super::state::AppState;
use crate::release::{SignedRelease, VerifiedPackage, VersionLabel};

/// Why nothing was applied. The running release goes on.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// Nothing is staged.
    #[error("update is not ready")]
    NotReady,
    /// The operator has revoked or rolled back what was staged. It is no longer staged.
    #[error("version {version} was withdrawn")]
    Withdrawn {
        /// Its label.
        version: VersionLabel,
    },
    /// The staged release is not whole; it is no longer staged, and will be fetched again.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The device failed.
    #[error(transparent)]
    Device(#[from] DeviceError),
}

/// Promotes the staged release, on trial, and counts its first start in the same
/// transaction: the app waits for every one.
///
/// # Errors
/// See [`ApplyError`].
pub fn apply(client: &Client) -> Result<VerifiedPackage, ApplyError> {
    promote_with(client, |state| boot::promote(state) && boot::started(state))
}

/// Promotes the staged release, on trial; its start is counted when it begins.
///
/// # Errors
/// See [`ApplyError`].
pub(super) fn promote(client: &Client) -> Result<VerifiedPackage, ApplyError> {
    promote_with(client, boot::promote)
}

/// The release is read back whole before it is named.
fn promote_with(client: &Client, change: impl FnOnce(&mut AppState) -> bool) -> Result<VerifiedPackage, ApplyError> {
    let pending = client.state()?.pending.ok_or(ApplyError::NotReady)?;
    let signed = SignedRelease::recorded(client.app.clone(), pending);
    let package = match load(&client.device, &signed) {
        Ok(package) => package,
        Err(LoadError::Disk(error)) => return Err(LoadError::Disk(error).into()),
        Err(error) => {
            drop_pending(client)?;
            return Err(error.into());
        }
    };
    client.change(change)?;
    Ok(package)
}

/// Forgets the staged release.
pub(super) fn drop_pending(client: &Client) -> Result<(), DeviceError> {
    client.change(|state| state.pending = None)
}
