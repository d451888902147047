//! A folder and a package of files, and calls of the file family, for the tests of this folder.

use super::*;
use crate::wx::{Outcome, Run};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use std::sync::Arc;
use tempfile::TempDir;

pub struct Package;

impl PackageFiles for Package {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        (path == "data/a.json" || path == "app.json").then(|| b"{\"a\":1}".to_vec())
    }
    fn paths(&self) -> Vec<String> {
        vec!["app.json".into(), "data/a.json".into()]
    }
}

pub fn device() -> (Wx, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (mut wx, _) = Wx::for_test();
    wx.files = Files::new(FilesRoot::at(folder.path()), Arc::new(Package));
    (wx, folder)
}

pub fn call(wx: &mut Wx, name: &str, options: Value) -> Outcome {
    call_with(wx, name, &Wx::args(options))
}

pub fn call_with(wx: &mut Wx, name: &str, args: &Args) -> Outcome {
    let full = format!("FileSystemManager.{name}");
    match APIS
        .iter()
        .find(|api| api.name == full || api.name == name)
        .unwrap()
        .run
    {
        Run::Now(run) => run(wx, args),
        Run::Later(_) | Run::Js => unreachable!("{name} answers at once"),
    }
}

pub fn binary(options: Value, bytes: &[u8]) -> Args {
    let mut args = Wx::args(options);
    args.buffers.insert("data".into(), bytes.to_vec().into());
    args
}

pub fn write(wx: &mut Wx, path: &str, data: &str) {
    call(wx, "writeFile", json!({ "filePath": path, "data": data })).unwrap();
}

pub fn text(wx: &mut Wx, path: &str) -> Value {
    call(wx, "readFile", json!({ "filePath": path, "encoding": "utf8" }))
        .unwrap()
        .value()["data"]
        .clone()
}

pub fn reason(outcome: Outcome) -> (String, u32) {
    let fault = outcome.unwrap_err();
    (fault.reason, fault.errno.unwrap_or_default())
}

pub fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
