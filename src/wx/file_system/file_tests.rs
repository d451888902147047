//! What an app does with files, against a real folder.

use super::testing::{Package, archive, binary, call, call_with, device, reason, text, write};
use super::*;
use crate::wx::WxError;
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn nothing_is_on_disk_before_a_file_is_used() {
    let (mut wx, folder) = device();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    call(&mut wx, "readdir", json!({ "dirPath": "wxfile://usr" })).unwrap();
    // One for each kind of file, and one for those that are still arriving.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 4);
}

#[test]
fn temporary_files_end_with_their_instance() {
    let root = FilesRoot::default();
    for expected in [true, false] {
        let (mut wx, _) = Wx::for_test();
        wx.files = Files::new(root.clone(), Arc::new(Package));
        if expected {
            wx.files.create_temp("x", b"").unwrap();
        }
        let found = call(&mut wx, "access", json!({ "path": "wxfile://tmp_x" }));
        assert_eq!(found.is_ok(), expected);
    }
}

#[test]
fn what_arrives_counts_and_what_does_not_arrive_whole_leaves_nothing() {
    let (mut wx, folder) = device();
    call(&mut wx, "mkdir", json!({ "dirPath": "wxfile://usr/d" })).unwrap();
    let mut file = wx.files.incoming(1, Some("wxfile://usr/d/a"), 0.0).unwrap();
    file.write(b"whole").unwrap();
    assert_eq!(file.finish("").unwrap(), ("filePath", "wxfile://usr/d/a".to_owned()));
    assert_eq!(text(&mut wx, "wxfile://usr/d/a"), "whole");
    let mut half = wx.files.incoming(2, None, 0.0).unwrap();
    half.write(b"half").unwrap();
    drop(half);
    for area in ["partial", "tmp"] {
        assert_eq!(
            std::fs::read_dir(folder.path().join(area)).unwrap().count(),
            0,
            "{area}"
        );
    }
    // 200 MB are full with these, and the next byte is refused; the files take no room on the disk.
    let limit = 200 * 1024 * 1024;
    call(
        &mut wx,
        "writeFile",
        json!({ "filePath": "wxfile://usr/b", "data": "" }),
    )
    .unwrap();
    call(
        &mut wx,
        "truncate",
        json!({ "filePath": "wxfile://usr/b", "length": limit - 5 }),
    )
    .unwrap();
    let mut more = wx.files.incoming(3, Some("wxfile://usr/c"), 0.0).unwrap();
    more.write(b"x").unwrap();
    assert_eq!(more.finish("").unwrap_err().errno, Some(1_300_202));
    let mut temporary = wx.files.incoming(4, None, 0.0).unwrap();
    temporary.write(b"x").unwrap();
    assert!(
        temporary.finish(".txt").unwrap().1.ends_with(".txt"),
        "temporary files are not kept"
    );
}

#[test]
fn the_next_instance_finds_the_files_of_the_last() {
    let root = FilesRoot::default();
    for expected in [false, true] {
        let (mut wx, _) = Wx::for_test();
        wx.files = Files::new(root.clone(), Arc::new(Package));
        assert_eq!(
            call(&mut wx, "access", json!({ "path": "wxfile://usr/a" })).is_ok(),
            expected
        );
        write(&mut wx, "wxfile://usr/a", "");
    }
}

#[test]
fn what_is_written_is_read() {
    let (mut wx, _folder) = device();
    write(&mut wx, "wxfile://usr/a.txt", "hello");
    call(
        &mut wx,
        "appendFile",
        json!({ "filePath": "wxfile://usr/a.txt", "data": "IQ==", "encoding": "base64" }),
    )
    .unwrap();
    assert_eq!(text(&mut wx, "wxfile://usr/a.txt"), "hello!");
    call_with(
        &mut wx,
        "writeFile",
        &binary(json!({ "filePath": "wxfile://usr/b" }), &[0, 255]),
    )
    .unwrap();
    let bytes = call(&mut wx, "readFile", json!({ "filePath": "wxfile://usr/b" })).unwrap();
    assert_eq!(&bytes.buffers["data"][..], [0, 255]);
    call(
        &mut wx,
        "truncate",
        json!({ "filePath": "wxfile://usr/a.txt", "length": 2 }),
    )
    .unwrap();
    call(
        &mut wx,
        "copyFile",
        json!({ "srcPath": "wxfile://usr/a.txt", "destPath": "wxfile://usr/c" }),
    )
    .unwrap();
    assert_eq!(text(&mut wx, "wxfile://usr/c"), "he");
}

#[test]
fn a_part_of_a_file_is_read() {
    let (mut wx, _folder) = device();
    write(&mut wx, "wxfile://usr/a", "0123456789");
    for (position, length, expected) in [
        (json!(2), json!(3), Ok("234")),
        (json!(8), json!(5), Ok("89")),
        (json!(null), json!(4), Ok("0123")),
        (json!(10), json!(null), Err(1_301_009)),
        (json!(-1), json!(null), Err(1_301_009)),
        (json!(0), json!(0), Err(1_301_006)),
        (json!(0), json!(11), Err(1_301_006)),
    ] {
        let options =
            json!({ "filePath": "wxfile://usr/a", "encoding": "ascii", "position": position, "length": length });
        let read = call(&mut wx, "readFile", options);
        let read = read
            .map(|payload| payload.value()["data"].clone())
            .map_err(|fault| fault.errno.unwrap());
        assert_eq!(read, expected.map(Value::from), "{position} {length}");
    }
}

#[test]
fn folders_are_made_listed_and_removed() {
    let (mut wx, _folder) = device();
    call(
        &mut wx,
        "mkdir",
        json!({ "dirPath": "wxfile://usr/a/b", "recursive": true }),
    )
    .unwrap();
    write(&mut wx, "wxfile://usr/a/z", "");
    let list = call(&mut wx, "readdir", json!({ "dirPath": "wxfile://usr/a" })).unwrap();
    assert_eq!(list.value()["files"], json!(["b", "z"]));
    call(
        &mut wx,
        "rename",
        json!({ "oldPath": "wxfile://usr/a", "newPath": "wxfile://usr/c" }),
    )
    .unwrap();
    call(&mut wx, "access", json!({ "path": "wxfile://usr/c/b" })).unwrap();
    call(
        &mut wx,
        "rmdir",
        json!({ "dirPath": "wxfile://usr/c", "recursive": true }),
    )
    .unwrap();
    assert!(call(&mut wx, "access", json!({ "path": "wxfile://usr/c" })).is_err());
}

#[test]
fn the_package_is_there_to_read_only() {
    let (mut wx, _folder) = device();
    assert_eq!(text(&mut wx, "/data/a.json"), "{\"a\":1}");
    assert_eq!(text(&mut wx, "data/a.json"), "{\"a\":1}");
    let list = call(&mut wx, "readdir", json!({ "dirPath": "/" })).unwrap();
    assert_eq!(list.value()["files"], json!(["app.json", "data"]));
    call(
        &mut wx,
        "copyFile",
        json!({ "srcPath": "app.json", "destPath": "wxfile://usr/app.json" }),
    )
    .unwrap();
    assert!(call(&mut wx, "unlink", json!({ "filePath": "app.json" })).is_err());
    let stat = call(&mut wx, "stat", json!({ "path": "data", "recursive": true })).unwrap();
    assert_eq!(stat.value()["stats"][1]["path"], "/a.json");
}

#[test]
fn stats_tell_size_and_the_apps_time() {
    let (mut wx, _folder) = device();
    wx.clock = Arc::new(crate::system::VirtualClock::new(1_700_000_000_000.0));
    call(&mut wx, "mkdir", json!({ "dirPath": "wxfile://usr/d" })).unwrap();
    write(&mut wx, "wxfile://usr/d/f", "123");
    let stats = call(&mut wx, "stat", json!({ "path": "wxfile://usr/d/f" }))
        .unwrap()
        .value()["stats"]
        .clone();
    assert_eq!(
        (&stats["size"], &stats["lastModifiedTime"]),
        (&json!(3), &json!(1_700_000_000_u64))
    );
    let tree = call(&mut wx, "stat", json!({ "path": "wxfile://usr", "recursive": true }))
        .unwrap()
        .value();
    let paths: Vec<&Value> = tree["stats"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["path"])
        .collect();
    assert_eq!(paths, ["/", "/d", "/d/f"]);
}

#[test]
fn open_files_keep_their_position() {
    let (mut wx, _folder) = device();
    let open = |wx: &mut Wx, flag: &str| {
        let opened = call(wx, "open", json!({ "filePath": "wxfile://usr/a", "flag": flag })).unwrap();
        opened.value()["fd"].as_str().unwrap().to_owned()
    };
    let fd = open(&mut wx, "w+");
    call(&mut wx, "write", json!({ "fd": fd, "data": "hello" })).unwrap();
    call_with(
        &mut wx,
        "write",
        &binary(json!({ "fd": fd, "offset": 1, "length": 2 }), b"xyz"),
    )
    .unwrap();
    call(&mut wx, "write", json!({ "fd": fd, "data": "J", "position": 0 })).unwrap();
    let read = call(
        &mut wx,
        "read",
        json!({ "fd": fd, "size": 10, "length": 10, "position": 0 }),
    )
    .unwrap();
    assert_eq!(
        (&read.buffers["data"][..], read.value()["bytesRead"].clone()),
        (&b"Jelloyz"[..], json!(7))
    );
    let rest = call(&mut wx, "read", json!({ "fd": fd, "size": 10, "length": 10 })).unwrap();
    assert_eq!(rest.value()["bytesRead"], 0);
    call(&mut wx, "ftruncate", json!({ "fd": fd, "length": 3 })).unwrap();
    assert_eq!(
        call(&mut wx, "fstat", json!({ "fd": fd })).unwrap().value()["stats"]["size"],
        3
    );
    call(&mut wx, "close", json!({ "fd": fd })).unwrap();
    let fd = open(&mut wx, "r");
    assert_eq!(
        reason(call(&mut wx, "write", json!({ "fd": fd, "data": "x" }))).1,
        1_302_001
    );
    assert_eq!(
        reason(call(&mut wx, "read", json!({ "fd": fd, "size": 4, "offset": 5 }))).1,
        1_301_007
    );
    assert_eq!(
        reason(call(&mut wx, "read", json!({ "fd": fd, "size": 4, "length": 5 }))).1,
        1_301_006
    );
    let fd = open(&mut wx, "a");
    call(&mut wx, "write", json!({ "fd": fd, "data": "!" })).unwrap();
    assert_eq!(text(&mut wx, "wxfile://usr/a"), "Jel!");
}

#[test]
fn temporary_files_are_kept_on_request() {
    let (mut wx, _folder) = device();
    let temp = wx.files.create_temp("1.png", b"png").unwrap();
    let saved = call(&mut wx, "saveFile", json!({ "tempFilePath": temp }))
        .unwrap()
        .value()["savedFilePath"]
        .clone();
    assert!(saved.as_str().unwrap().starts_with("wxfile://store_") && saved.as_str().unwrap().ends_with(".png"));
    assert!(
        call(&mut wx, "access", json!({ "path": temp })).is_err(),
        "it was moved"
    );
    let list = call(&mut wx, "getSavedFileList", json!({})).unwrap().value();
    assert_eq!(
        (&list["fileList"][0]["filePath"], &list["fileList"][0]["size"]),
        (&saved, &json!(3))
    );
    assert_eq!(
        call(&mut wx, "getSavedFileInfo", json!({ "filePath": saved }))
            .unwrap()
            .value()["size"],
        3
    );
    call(&mut wx, "removeSavedFile", json!({ "filePath": saved })).unwrap();
    assert_eq!(
        call(&mut wx, "getSavedFileList", json!({})).unwrap().value()["fileList"],
        json!([])
    );
    let temp = wx.files.create_temp("2.txt", b"txt").unwrap();
    call(
        &mut wx,
        "saveFile",
        json!({ "tempFilePath": temp, "filePath": "wxfile://usr/kept.txt" }),
    )
    .unwrap();
    assert_eq!(text(&mut wx, "wxfile://usr/kept.txt"), "txt");
}

#[test]
fn digests_are_those_of_the_algorithms() {
    let (mut wx, _folder) = device();
    write(&mut wx, "wxfile://usr/a", "abc");
    for (algorithm, digest) in [
        ("md5", "900150983cd24fb0d6963f7d28e17f72"),
        ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "sha256",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
    ] {
        let options = json!({ "filePath": "wxfile://usr/a", "digestAlgorithm": algorithm });
        assert_eq!(
            call(&mut wx, "getFileInfo", options).unwrap().value(),
            json!({ "size": 3, "digest": digest })
        );
    }
}

#[test]
fn archives_are_unzipped_and_read() {
    let (mut wx, _folder) = device();
    let bytes = archive(&[("a.txt", "one"), ("d/b.txt", "two")]);
    call_with(
        &mut wx,
        "writeFile",
        &binary(json!({ "filePath": "wxfile://usr/x.zip" }), &bytes),
    )
    .unwrap();
    call(
        &mut wx,
        "unzip",
        json!({ "zipFilePath": "wxfile://usr/x.zip", "targetPath": "wxfile://usr/out" }),
    )
    .unwrap();
    assert_eq!(text(&mut wx, "wxfile://usr/out/d/b.txt"), "two");
    let entries = json!([{ "path": "a.txt", "encoding": "utf8", "position": 1, "length": 2 }, { "path": "d/b.txt" }, { "path": "x" }]);
    let read = call(
        &mut wx,
        "readZipEntry",
        json!({ "filePath": "wxfile://usr/x.zip", "entries": entries }),
    )
    .unwrap();
    let entries = read.value()["entries"].clone();
    assert_eq!(entries["a.txt"], json!({ "data": "ne", "errMsg": "readZipEntry:ok" }));
    assert_eq!(
        &read.buffers[entries["d/b.txt"]["buffer"].as_str().unwrap()][..],
        b"two"
    );
    assert!(
        entries["x"]["errMsg"]
            .as_str()
            .unwrap()
            .starts_with("readZipEntry:fail no such file")
    );
    let all = json!({ "filePath": "wxfile://usr/x.zip", "entries": "all", "encoding": "utf8" });
    assert_eq!(
        call(&mut wx, "readZipEntry", all).unwrap().value()["entries"]["d/b.txt"]["data"],
        "two"
    );
}

#[test]
fn brotli_files_are_read() {
    let (mut wx, _folder) = device();
    // "hello" as one uncompressed meta-block and an empty last one.
    let bytes = [0x21, 0x10, 0x00, 0x04, b'h', b'e', b'l', b'l', b'o', 0x03];
    call_with(
        &mut wx,
        "writeFile",
        &binary(json!({ "filePath": "wxfile://usr/a.br" }), &bytes),
    )
    .unwrap();
    let options = json!({ "filePath": "wxfile://usr/a.br", "compressionAlgorithm": "br" });
    let read = call(&mut wx, "readCompressedFile", options.clone()).unwrap();
    assert_eq!(&read.buffers["data"][..], b"hello");
    write(&mut wx, "wxfile://usr/a.br", "\u{1}nonsense");
    assert_eq!(
        call(&mut wx, "readCompressedFile", options),
        Err(WxError::coded("brotli decompress fail", 1_301_111))
    );
}
