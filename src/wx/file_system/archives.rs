//! Compressed files: unzip, readZipEntry, readCompressedFile.

use super::content::{data, part};
use super::encoding::Encoding;
use super::fault::{Fault, on};
use crate::wx::{Args, Outcome, Payload, Wx, WxError, ok};
use serde_json::{Map, Value, json};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// Bytes that a compressed file may unfold to; more would not fit into the quota anyway.
const UNFOLDED_LIMIT: u64 = 200 * 1024 * 1024;

type Archive = ZipArchive<Cursor<Vec<u8>>>;

fn archive(wx: &mut Wx, path: &str) -> Result<Archive, WxError> {
    let bytes = wx.files.read(path)?;
    Ok(ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::Unzip)?)
}

/// Reads no more than fits, whatever the archive says of its sizes.
fn unfold(source: impl Read, failure: Fault) -> Result<Vec<u8>, WxError> {
    let mut bytes = Vec::new();
    let mut limited = source.take(UNFOLDED_LIMIT + 1);
    limited.read_to_end(&mut bytes).map_err(|_| failure)?;
    match bytes.len() as u64 > UNFOLDED_LIMIT {
        true => Err(Fault::Full.into()),
        false => Ok(bytes),
    }
}

pub fn unzip(wx: &mut Wx, args: &Args) -> Outcome {
    let mut archive = archive(wx, args.text("zipFilePath"))?;
    let target = args.text("targetPath").trim_end_matches('/').to_owned();
    let base = user_folder(wx, &target)?;
    wx.files.folder.make_all(&base).map_err(on("open", &target))?;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| Fault::UnzipEntry)?;
        // An entry that leads out of the folder, or is a link, spoils the whole archive.
        let name = entry
            .enclosed_name()
            .filter(|_| !entry.is_symlink())
            .ok_or(Fault::UnzipEntry)?;
        let folder = if entry.is_dir() {
            Some(name.as_path())
        } else {
            name.parent()
        };
        if let Some(folder) = folder {
            wx.files
                .folder
                .make_all(&base.join(folder))
                .map_err(on("open", &target))?;
        }
        if entry.is_file() {
            let bytes = unfold(entry, Fault::UnzipEntry)?;
            let path = format!("{target}/{}", slashes(&name));
            let now = wx.clock.now_ms();
            wx.files.write(&path, &bytes, false, now)?;
        }
    }
    ok()
}

/// The user folder itself may be unzipped into, though not be written.
fn user_folder(wx: &mut Wx, target: &str) -> Result<PathBuf, WxError> {
    let inside = wx.files.writable("open", &format!("{target}/x"))?;
    Ok(inside.parent().unwrap_or(Path::new("")).to_owned())
}

fn slashes(path: &Path) -> String {
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<_>>().join("/")
}

/// Each entry is the result of reading it. Binary ones leave beside the JSON, by their index.
pub fn read_zip_entry(wx: &mut Wx, args: &Args) -> Outcome {
    let mut archive = archive(wx, args.text("filePath"))?;
    let wanted = match args.value.get("entries") {
        Some(Value::Array(entries)) => entries.clone(),
        Some(Value::String(all)) if all == "all" => everything(&mut archive, args),
        _ => {
            return Err(WxError::parameter(
                "parameter error: parameter.entries should be Array or \"all\"",
            ));
        }
    };
    let (mut entries, mut payload) = (Map::new(), Payload::default());
    for entry in wanted {
        let path = entry.get("path").and_then(Value::as_str).unwrap_or_default().to_owned();
        let read = read_entry(&mut archive, &path, &Wx::args(entry));
        let result = match read {
            Ok(mut part) => {
                let mut result = part.value();
                if let Some(bytes) = part.buffers.remove("data") {
                    let name = format!("entry{}", payload.buffers.len());
                    result["buffer"] = name.clone().into();
                    payload.buffers.insert(name, bytes);
                }
                result["errMsg"] = "readZipEntry:ok".into();
                result
            }
            Err(fault) => json!({ "errMsg": format!("readZipEntry:fail {}", fault.reason) }),
        };
        entries.insert(path, result);
    }
    payload.json = json!({ "entries": entries }).to_string();
    Ok(payload)
}

fn everything(archive: &mut Archive, args: &Args) -> Vec<Value> {
    let names: Vec<String> = (0..archive.len())
        .filter_map(|index| {
            let entry = archive.by_index(index).ok()?;
            entry
                .is_file()
                .then(|| entry.enclosed_name().map(|name| slashes(&name)))?
        })
        .collect();
    let encoding = args.value.get("encoding").cloned().unwrap_or_default();
    names
        .into_iter()
        .map(|path| json!({ "path": path, "encoding": encoding }))
        .collect()
}

fn read_entry(archive: &mut Archive, path: &str, options: &Args) -> Outcome {
    let encoding = Encoding::of(options)?;
    let entry = archive.by_name(path).map_err(|_| Fault::NotFound.at("open", path))?;
    let bytes = unfold(entry, Fault::UnzipEntry)?;
    Ok(data(encoding, part(options, bytes)?))
}

pub fn read_compressed_file(wx: &mut Wx, args: &Args) -> Outcome {
    let algorithm = args.text("compressionAlgorithm");
    if algorithm != "br" {
        return Err(WxError::parameter(format!(
            "invalid compressionAlgorithm \"{algorithm}\""
        )));
    }
    let bytes = wx.files.read(args.text("filePath"))?;
    let unfolded = unfold(
        brotli_decompressor::Decompressor::new(bytes.as_slice(), 4096),
        Fault::Brotli,
    )?;
    Ok(data(None, unfolded))
}
