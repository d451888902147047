//! Names and folders: access, mkdir, readdir, rename, rmdir, unlink.

use super::fault::{Fault, on};
use super::files::below;
use super::path::Place;
use crate::wx::{Args, Outcome, Wx, WxError, ok, ok_with};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::ErrorKind;

pub fn access(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("path");
    match wx.files.visible("access", path)? {
        Place::Local(_, place) => {
            wx.files.folder.metadata(&place).map_err(on("access", path))?;
        }
        Place::Package(inner) if !wx.files.is_package_folder(&inner) && wx.files.package.read(&inner).is_none() => {
            return Err(Fault::NotFound.at("access", path));
        }
        _ => {}
    }
    ok()
}

/// A folder that is there already is an error, with `recursive` too.
pub fn mkdir(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("dirPath");
    let place = match wx.files.visible("mkdir", path)? {
        // The user folder itself is always there.
        Place::Local(super::path::Area::User, place) if place.components().count() == 1 => {
            return Err(Fault::Exists.at("mkdir", path));
        }
        _ => wx.files.writable("mkdir", path)?,
    };
    if args.truthy("recursive")
        && let Some(parent) = place.parent()
    {
        let made = wx.files.folder.make_all(parent);
        made.map_err(|fault| match fault.kind() {
            ErrorKind::AlreadyExists => Fault::NotADirectory.at("mkdir", path),
            _ => on("mkdir", path)(fault),
        })?;
    }
    wx.files.folder.make(&place).map_err(on("mkdir", path))?;
    ok()
}

pub fn readdir(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("dirPath");
    let files = match wx.files.visible("scandir", path)? {
        Place::Local(_, place) => wx.files.folder.names(&place).map_err(on("scandir", path))?,
        Place::Package(inner) if wx.files.is_package_folder(&inner) => names(&wx.files.package.paths(), &inner),
        Place::Package(inner) if wx.files.package.read(&inner).is_some() => {
            return Err(Fault::NotADirectory.at("scandir", path));
        }
        _ => return Err(Fault::NotFound.at("scandir", path)),
    };
    ok_with(json!({ "files": files }))
}

/// The names directly in a folder of the package.
fn names(paths: &[String], folder: &str) -> Vec<String> {
    let inside = paths.iter().filter_map(|path| below(path, folder));
    let first = inside.filter_map(|rest| rest.split('/').next());
    let names: BTreeSet<&str> = first.collect();
    names.into_iter().map(str::to_owned).collect()
}

pub fn rename(wx: &mut Wx, args: &Args) -> Outcome {
    let (old, new) = (args.text("oldPath"), args.text("newPath"));
    let (from, to) = (wx.files.writable("rename", old)?, wx.files.writable("rename", new)?);
    wx.files.folder.metadata(&from).map_err(on("rename", old))?;
    wx.files.folder.rename(&from, &to).map_err(on("rename", new))?;
    wx.files.recount();
    ok()
}

pub fn rmdir(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("dirPath");
    let place = wx.files.writable("rmdir", path)?;
    let metadata = wx.files.folder.metadata(&place).map_err(on("rmdir", path))?;
    if !metadata.is_dir() {
        return Err(Fault::NotADirectory.at("rmdir", path));
    }
    let folder = &wx.files.folder;
    let removed = match args.truthy("recursive") {
        true => folder.remove_all(&place),
        false => folder.remove_folder(&place),
    };
    removed.map_err(on("rmdir", path))?;
    wx.files.recount();
    ok()
}

pub fn unlink(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("filePath");
    let place = wx.files.writable("unlink", path)?;
    remove(wx, &place, path)?;
    ok()
}

/// Removes a file; a folder is not removed this way.
///
/// # Errors
/// It is not a file, or not there.
pub fn remove(wx: &mut Wx, place: &std::path::Path, path: &str) -> Result<(), WxError> {
    let metadata = wx.files.folder.metadata(place).map_err(on("unlink", path))?;
    if metadata.is_dir() {
        return Err(Fault::NotPermitted.at("unlink", path));
    }
    wx.files.folder.remove_file(place).map_err(on("unlink", path))?;
    wx.files.recount();
    Ok(())
}
