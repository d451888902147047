//! Removes what no record names. Whatever a crash leaves undone, the next collection does.

use super::device::{Device, DeviceError};
use super::state::AppState;
use crate::package::AppId;
use crate::release::Part;
use std::collections::BTreeSet;

/// Removes unused version folders, half-written ones, and downloads of objects
/// that no known manifest offers any more.
///
/// # Errors
/// When the disk fails; what is in use stays whole.
pub fn collect(device: &Device) -> Result<(), DeviceError> {
    let _held = device.hold_files();
    let (mut versions, mut objects) = (BTreeSet::new(), BTreeSet::new());
    for app in device.apps()? {
        let state = device.state(&app)?;
        versions.extend(state.digests().iter().map(ToString::to_string));
        objects.extend(offered(&app, &state));
    }
    let disk = device.disk();
    for name in disk.list(&device.versions())? {
        if versions.contains(&name) {
            continue;
        }
        let folder = device.versions().join(&name);
        // Renamed first: a folder that is half removed must not have a part's name.
        let doomed = device
            .versions()
            .join(format!("tmp-{}", name.trim_start_matches("tmp-")));
        if doomed != folder {
            disk.remove(&doomed)?;
            disk.rename(&folder, &doomed)?;
        }
        disk.remove(&doomed)?;
    }
    for name in disk.list(&device.partials())? {
        if !objects.contains(name.trim_end_matches(".etag")) {
            disk.remove(&device.partials().join(name))?;
        }
    }
    Ok(())
}

/// The digests of all objects that the app's known manifest offers, and of those that the releases here are made of:
/// a subpackage of what runs may be on its way although nobody is offered that release any more.
fn offered(app: &AppId, state: &AppState) -> Vec<String> {
    let manifest = state.known_manifest(app);
    let offered = manifest.iter().flat_map(|manifest| &manifest.manifest().releases);
    let parts = offered.chain(state.releases()).flat_map(|release| &release.parts);
    parts
        .flat_map(Part::objects)
        .map(|object| object.digest.to_string())
        .collect()
}
