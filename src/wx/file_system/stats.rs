//! `stat`: what a file or folder is. The JS half gives the result its `isFile()` and `isDirectory()`.

use super::fault::{Fault, on};
use super::files::{Files, below};
use super::path::Place;
use crate::wx::{Args, Outcome, Wx, WxError, ok_with};
use serde_json::{Value, json};
use std::fs::Metadata;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// POSIX modes of what cannot be changed: a folder and a file.
const READ_ONLY_FOLDER: u32 = 0o040_555;
const READ_ONLY_FILE: u32 = 0o100_444;

pub fn stat(wx: &mut Wx, args: &Args) -> Outcome {
    let (path, recursive) = (args.text("path"), args.truthy("recursive"));
    let stats = match wx.files.visible("stat", path)? {
        Place::Local(_, place) => {
            let metadata = wx.files.folder.metadata(&place).map_err(on("stat", path))?;
            if recursive && metadata.is_dir() {
                let mut list = vec![named("/", of(&metadata))];
                tree(&wx.files, &place, "", &mut list).map_err(on("stat", path))?;
                list.into()
            } else {
                of(&metadata)
            }
        }
        Place::Package(inner) => {
            package(&wx.files, &inner, recursive).ok_or_else(|| Fault::NotFound.at("stat", path))?
        }
        Place::Outside => return Err(Fault::NotFound.at("stat", path)),
    };
    ok_with(json!({ "stats": stats }))
}

/// The `Stats` of a file on disk; times are whole seconds since 1970.
pub fn of(metadata: &Metadata) -> Value {
    stats(
        mode(metadata),
        metadata.len(),
        seconds(metadata.accessed()),
        seconds(metadata.modified()),
    )
}

/// When a file was last changed, in whole seconds since 1970.
pub fn seconds(time: std::io::Result<SystemTime>) -> u64 {
    time.ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_secs())
}

fn stats(mode: u32, size: u64, accessed: u64, modified: u64) -> Value {
    json!({ "mode": mode, "size": size, "lastAccessedTime": accessed, "lastModifiedTime": modified })
}

#[cfg(unix)]
fn mode(metadata: &Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::mode(metadata)
}

#[cfg(not(unix))]
fn mode(metadata: &Metadata) -> u32 {
    if metadata.is_dir() { 0o040_755 } else { 0o100_644 }
}

fn named(path: &str, stats: Value) -> Value {
    json!({ "path": path, "stats": stats })
}

/// Everything below a folder, by its path from there, parents first.
fn tree(files: &Files, place: &Path, prefix: &str, list: &mut Vec<Value>) -> std::io::Result<()> {
    for name in files.folder.names(place)? {
        let (place, path) = (place.join(&name), format!("{prefix}/{name}"));
        let metadata = files.folder.metadata(&place)?;
        list.push(named(&path, of(&metadata)));
        if metadata.is_dir() {
            tree(files, &place, &path, list)?;
        }
    }
    Ok(())
}

fn package(files: &Files, inner: &str, recursive: bool) -> Option<Value> {
    let of_file = |path: &str| Some(stats(READ_ONLY_FILE, files.package.read(path)?.len() as u64, 0, 0));
    if let Some(stats) = of_file(inner) {
        return Some(stats);
    }
    if !files.is_package_folder(inner) {
        return None;
    }
    let folder = stats(READ_ONLY_FOLDER, 0, 0, 0);
    if !recursive {
        return Some(folder);
    }
    let mut list = vec![named("/", folder)];
    for path in files.package.paths() {
        if let (Some(rest), Some(stats)) = (below(&path, inner), of_file(&path)) {
            list.push(named(&format!("/{rest}"), stats));
        }
    }
    Some(list.into())
}

/// The `Stats` of an open file.
///
/// # Errors
/// Those of the disk.
pub fn of_open(metadata: std::io::Result<Metadata>) -> Result<Value, WxError> {
    Ok(of(&metadata.map_err(|fault| Fault::of(&fault))?))
}
