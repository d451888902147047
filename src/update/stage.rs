//! Puts a verified release onto the disk. Its parts are durable under their
//! final names before the record names them.

use super::client::Client;
use super::device::{Device, DeviceError};
use super::load::load_part;
use super::verify::VerifiedRelease;
use crate::package::{PackagePath, PartName};
use crate::release::{Part, SignedRelease, VerifiedPart};
use crate::system::DiskError;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A release that is on the disk and in the record.
#[derive(Debug)]
pub struct Staged {
    release: SignedRelease,
}

impl Staged {
    /// The release.
    pub fn release(&self) -> &SignedRelease {
        &self.release
    }
}

/// Writes the parts that are not there yet and records the release as staged
/// (as installed, where nothing was). A part that is there and damaged is replaced.
///
/// # Errors
/// When the disk fails; the record is then unchanged.
pub fn stage(client: &Client, verified: VerifiedRelease) -> Result<Staged, DeviceError> {
    let device = &client.device;
    let release = verified.release().clone();
    let held = device.hold_files();
    for part in verified.parts() {
        if load_part(device, &release, part.name()).is_err() {
            write_part(device, part)?;
        }
    }
    client.change(|state| state.stage(release.release().clone()))?;
    drop(held);
    for part in verified.parts() {
        forget_partials(device, &release, part.name());
    }
    Ok(Staged { release })
}

/// Writes a part of a release that the record names already: it is at hand as soon as its folder has its name.
///
/// # Errors
/// When the disk fails; the part is then missing as before.
pub(super) fn install_part(device: &Device, release: &SignedRelease, part: &VerifiedPart) -> Result<(), DiskError> {
    let held = device.hold_files();
    if load_part(device, release, part.name()).is_err() {
        write_part(device, part)?;
    }
    drop(held);
    forget_partials(device, release, part.name());
    Ok(())
}

fn write_part(device: &Device, part: &VerifiedPart) -> Result<(), DiskError> {
    let disk = device.disk();
    let target = device.version(part.digest());
    let temp = device.versions().join(format!("tmp-{}", part.digest()));
    disk.remove(&temp)?;
    disk.create_dir(&temp)?;
    for (path, bytes) in part.files().iter() {
        let file = temp.join(path.as_str());
        disk.create_dir(file.parent().unwrap_or(&temp))?;
        disk.write(&file, bytes)?;
    }
    for folder in folders(&temp, part.files().paths()) {
        disk.sync_dir(&folder)?;
    }
    disk.remove(&target)?;
    disk.rename(&temp, &target)?;
    disk.sync_dir(&device.versions())
}

/// Every folder of the tree, the innermost first.
fn folders<'p>(root: &Path, paths: impl Iterator<Item = &'p PackagePath>) -> Vec<PathBuf> {
    let mut all = BTreeSet::from([root.to_owned()]);
    for path in paths {
        let file = root.join(path.as_str());
        all.extend(
            file.ancestors()
                .skip(1)
                .take_while(|dir| *dir != root)
                .map(Path::to_owned),
        );
    }
    all.into_iter().rev().collect()
}

/// What was downloaded for the part is no longer needed. What stays behind here is collected later.
fn forget_partials(device: &Device, release: &SignedRelease, name: &PartName) {
    for object in release.release().part(name).into_iter().flat_map(Part::objects) {
        let path = device.partials().join(object.digest.to_hex());
        let _ = device.disk().remove(&path.with_extension("etag"));
        let _ = device.disk().remove(&path);
    }
}
