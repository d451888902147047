//! Gets the parts of a release that are wanted and that the device lacks,
//! verified: as a delta where one is served for what is installed, whole where
//! there is none or the delta comes to nothing.

use super::client::Client;
use super::device::DeviceError;
use super::download::{DownloadError, download};
use super::event::{DownloadKind, Progress, UpdateEvent};
use super::load::load_part;
use crate::package::{Digest, PartName, write_archive};
use crate::release::{Delta, Object, Part, SignedRelease, VerifiedPackage, VerifiedPart, VerifyError};
use bytes::Bytes;
use std::collections::BTreeSet;

/// Why a release could not be got. The variants part what happens to the release.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It did not arrive as it was signed: tried again at the next check.
    #[error(transparent)]
    Download(#[from] DownloadError),
    /// It arrived as it was signed and cannot be used: not taken again.
    #[error("release {version} cannot be used: {source}")]
    Unusable {
        /// The release's label.
        version: String,
        /// Why not.
        source: VerifyError,
    },
    /// The device failed.
    #[error(transparent)]
    Device(#[from] DeviceError),
}

/// Parts of one release in memory, with the signed bytes, and making an app together.
#[derive(Debug)]
pub struct VerifiedRelease {
    release: SignedRelease,
    parts: Vec<VerifiedPart>,
}

impl VerifiedRelease {
    /// The release.
    pub fn release(&self) -> &SignedRelease {
        &self.release
    }

    /// Its parts.
    pub fn parts(&self) -> &[VerifiedPart] {
        &self.parts
    }

    /// Gets more parts of the release.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub(super) async fn add(
        &mut self,
        client: &Client,
        names: &BTreeSet<PartName>,
        progress: Progress<'_>,
    ) -> Result<(), FetchError> {
        for part in self
            .release
            .release()
            .parts
            .iter()
            .filter(|part| names.contains(&part.name))
        {
            let turn = client.device.turn(&part.digest);
            let _alone = turn.lock().await;
            self.parts
                .push(fetch_part(client, &self.release, part, progress).await?);
        }
        // Together they must make an app, or it would fail at every start.
        let whole = VerifiedPackage::assemble(&self.release, self.parts.clone());
        whole.map(|_| ()).map_err(|source| unusable(&self.release, source))
    }
}

/// Gets these parts of `release`.
///
/// # Errors
/// See [`FetchError`].
pub async fn fetch(
    client: &Client,
    release: &SignedRelease,
    names: &BTreeSet<PartName>,
    progress: Progress<'_>,
) -> Result<VerifiedRelease, FetchError> {
    let mut verified = VerifiedRelease {
        release: release.clone(),
        parts: Vec::new(),
    };
    verified.add(client, names, progress).await?;
    Ok(verified)
}

/// Gets a part, unless the device has it. Only for whoever has the part's turn: two would write one file.
pub(super) async fn fetch_part(
    client: &Client,
    release: &SignedRelease,
    part: &Part,
    progress: Progress<'_>,
) -> Result<VerifiedPart, FetchError> {
    if let Ok(at_hand) = load_part(&client.device, release, &part.name) {
        return Ok(at_hand);
    }
    let tell = |kind, bytes| {
        progress(UpdateEvent::Download {
            kind,
            part: part.name.to_string(),
            bytes,
        });
    };
    if let Some((delta, base)) = installed_base(client, part)? {
        match fetch_delta(client, release, part, delta, &base, progress).await {
            Ok((verified, bytes)) => {
                tell(DownloadKind::Delta, bytes);
                return Ok(verified);
            }
            Err(error) => {
                tracing::debug!(%error, part = %part.name, "the delta came to nothing, the part is fetched whole")
            }
        }
    }
    let whole = download(client, part.whole, &meter(part, part.whole, progress)).await?;
    let verified = release.open_whole(&part.name, whole.bytes());
    let verified = verified.map_err(|source| unusable(release, source))?;
    tell(DownloadKind::Whole, whole.received());
    Ok(verified)
}

fn meter<'a>(part: &'a Part, object: Object, progress: Progress<'a>) -> impl Fn(u64) + Send + Sync + 'a {
    move |done| {
        progress(UpdateEvent::Transfer {
            part: part.name.to_string(),
            done,
            total: object.length,
        });
    }
}

async fn fetch_delta(
    client: &Client,
    release: &SignedRelease,
    part: &Part,
    delta: Delta,
    base: &Bytes,
    progress: Progress<'_>,
) -> Result<(VerifiedPart, u64), FetchError> {
    let downloaded = download(client, delta.object, &meter(part, delta.object, progress)).await?;
    let verified = release.open_delta(&part.name, base, downloaded.bytes());
    let verified = verified.map_err(|source| unusable(release, source))?;
    Ok((verified, downloaded.received()))
}

/// A delta whose base is on the device, whole, and the base's archive.
fn installed_base(client: &Client, part: &Part) -> Result<Option<(Delta, Bytes)>, DeviceError> {
    let installed = client.state()?.digests();
    let mut served: Vec<_> = part
        .deltas
        .iter()
        .filter(|delta| installed.contains(&delta.base))
        .collect();
    served.sort_by_key(|delta| delta.object.length);
    Ok(served
        .into_iter()
        .find_map(|delta| Some((*delta, archive(client, &delta.base)?))))
}

/// The archive of an installed part, if its files are still the signed ones.
fn archive(client: &Client, digest: &Digest) -> Option<Bytes> {
    let folder = client.device.version(digest);
    let files = super::load::read_tree(client.device.disk(), &folder).ok()?.ok()?;
    let archive = write_archive(&files);
    (Digest::of(&archive) == *digest).then_some(archive)
}

fn unusable(release: &SignedRelease, source: VerifyError) -> FetchError {
    FetchError::Unusable {
        version: release.release().version.to_string(),
        source,
    }
}
