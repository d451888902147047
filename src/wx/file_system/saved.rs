//! Saved files: temporary ones that the app keeps, their list, and digests.

use super::fault::{Fault, on};
use super::folders::remove;
use super::path::{Area, Place, SCHEME, resolve};
use super::stats::seconds;
use crate::wx::{Args, Outcome, Wx, WxError, ok, ok_with};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Moves a temporary file to a path of the app, or to a name that the platform chooses.
pub fn save_file(wx: &mut Wx, args: &Args) -> Outcome {
    let temp = args.text("tempFilePath");
    let source = match wx.files.visible("open", temp)? {
        Place::Local(Area::Temp | Area::User, place) => place,
        _ => return Err(Fault::NoTempFile.into()),
    };
    let metadata = wx
        .files
        .folder
        .metadata(&source)
        .ok()
        .filter(std::fs::Metadata::is_file);
    let size = metadata.ok_or(Fault::NoTempFile)?.len();
    let (path, target) = match args.text_opt("filePath").filter(|path| !path.is_empty()) {
        Some(path) => (path.to_owned(), wx.files.writable("open", path)?),
        None => kept_name(wx, temp),
    };
    wx.files.reserve(&target, size)?;
    let moved = wx.files.folder.rename(&source, &target);
    wx.files.recount();
    moved.map_err(on("open", &path))?;
    ok_with(json!({ "savedFilePath": path }))
}

/// A name for a file that is kept: it follows from what is kept and when.
fn kept_name(wx: &Wx, temp: &str) -> (String, PathBuf) {
    let digest = Sha256::digest(format!("{temp} {}", wx.clock.now_ms()));
    let extension = Path::new(temp)
        .extension()
        .map(|extension| format!(".{}", extension.to_string_lossy()));
    let name = format!("store_{}{}", hex::encode(&digest[..16]), extension.unwrap_or_default());
    let place = Path::new(Area::Saved.folder()).join(&name);
    (format!("{SCHEME}{name}"), place)
}

pub fn get_saved_file_list(wx: &mut Wx, _: &Args) -> Outcome {
    wx.files.prepare()?;
    let folder = Path::new(Area::Saved.folder());
    let names = wx.files.folder.names(folder).map_err(on("scandir", "store"))?;
    let entry = |name: &String| {
        let metadata = wx.files.folder.metadata(&folder.join(name)).ok()?;
        Some(json!({
            "filePath": format!("{SCHEME}{name}"),
            "size": metadata.len(),
            "createTime": seconds(metadata.modified()),
        }))
    };
    let list: Vec<Value> = names.iter().filter_map(entry).collect();
    ok_with(json!({ "fileList": list }))
}

/// The place of a saved file that is there.
fn saved(wx: &mut Wx, path: &str) -> Result<PathBuf, WxError> {
    wx.files.prepare()?;
    match resolve(path) {
        Place::Local(Area::Saved, place) => {
            wx.files.folder.metadata(&place).map_err(on("open", path))?;
            Ok(place)
        }
        _ => Err(Fault::NotFound.at("open", path)),
    }
}

pub fn get_saved_file_info(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("filePath");
    let place = saved(wx, path)?;
    let metadata = wx.files.folder.metadata(&place).map_err(on("open", path))?;
    ok_with(json!({ "size": metadata.len(), "createTime": seconds(metadata.modified()) }))
}

pub fn remove_saved_file(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("filePath");
    let place = saved(wx, path)?;
    remove(wx, &place, path)?;
    ok()
}

pub fn get_file_info(wx: &mut Wx, args: &Args) -> Outcome {
    let bytes = wx.files.read(args.text("filePath"))?;
    let digest = match args.text("digestAlgorithm") {
        "md5" => hex::encode(md5::Md5::digest(&bytes)),
        "sha1" => hex::encode(sha1::Sha1::digest(&bytes)),
        "sha256" => hex::encode(Sha256::digest(&bytes)),
        other => return Err(WxError::parameter(format!("invalid digestAlgorithm \"{other}\""))),
    };
    ok_with(json!({ "size": bytes.len(), "digest": digest }))
}
