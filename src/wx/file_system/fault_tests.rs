//! What the file family refuses, with the platform's texts and numbers.

use super::testing::{archive, binary, call, call_with, device, reason, write};
use serde_json::json;

#[test]
fn faults_have_the_platforms_texts_and_numbers() {
    let (mut wx, _folder) = device();
    write(&mut wx, "wxfile://usr/file", "");
    call(
        &mut wx,
        "mkdir",
        json!({ "dirPath": "wxfile://usr/dir/sub", "recursive": true }),
    )
    .unwrap();
    for (api, options, text, errno) in [
        (
            "readFile",
            json!({ "filePath": "wxfile://usr/x" }),
            "no such file or directory, open \"wxfile://usr/x\"",
            1_300_002,
        ),
        (
            "writeFile",
            json!({ "filePath": "wxfile://usr/x/y", "data": "" }),
            "no such file or directory, open \"wxfile://usr/x/y\"",
            1_300_002,
        ),
        (
            "appendFile",
            json!({ "filePath": "wxfile://usr/x", "data": "" }),
            "no such file or directory, open \"wxfile://usr/x\"",
            1_300_002,
        ),
        (
            "access",
            json!({ "path": "wxfile://usr/x" }),
            "no such file or directory, access \"wxfile://usr/x\"",
            1_300_002,
        ),
        (
            "unlink",
            json!({ "filePath": "wxfile://usr/x" }),
            "no such file or directory, unlink \"wxfile://usr/x\"",
            1_300_002,
        ),
        (
            "unlink",
            json!({ "filePath": "wxfile://usr/dir" }),
            "operation not permitted, unlink \"wxfile://usr/dir\"",
            1_300_001,
        ),
        (
            "writeFile",
            json!({ "filePath": "a.json", "data": "" }),
            "permission denied, open \"a.json\"",
            1_300_013,
        ),
        (
            "writeFile",
            json!({ "filePath": "wxfile://usr/../x", "data": "" }),
            "permission denied, open \"wxfile://usr/../x\"",
            1_300_013,
        ),
        (
            "writeFile",
            json!({ "filePath": "wxfile://tmp_x", "data": "" }),
            "permission denied, open \"wxfile://tmp_x\"",
            1_300_013,
        ),
        (
            "readFile",
            json!({ "filePath": "wxfile://usr/../../x" }),
            "permission denied, open \"wxfile://usr/../../x\"",
            1_300_013,
        ),
        (
            "readFile",
            json!({ "filePath": "/etc/passwd" }),
            "no such file or directory, open \"/etc/passwd\"",
            1_300_002,
        ),
        (
            "writeFile",
            json!({ "filePath": "wxfile://usr/dir", "data": "" }),
            "illegal operation on a directory, open \"wxfile://usr/dir\"",
            1_301_003,
        ),
        (
            "readFile",
            json!({ "filePath": "wxfile://usr/dir" }),
            "illegal operation on a directory, open \"wxfile://usr/dir\"",
            1_301_003,
        ),
        (
            "mkdir",
            json!({ "dirPath": "wxfile://usr/dir" }),
            "file already exists wxfile://usr/dir",
            1_301_005,
        ),
        (
            "mkdir",
            json!({ "dirPath": "wxfile://usr" }),
            "file already exists wxfile://usr",
            1_301_005,
        ),
        (
            "rmdir",
            json!({ "dirPath": "wxfile://usr/dir" }),
            "directory not empty",
            1_300_066,
        ),
        (
            "rmdir",
            json!({ "dirPath": "wxfile://usr" }),
            "permission denied, rmdir \"wxfile://usr\"",
            1_300_013,
        ),
        (
            "readdir",
            json!({ "dirPath": "wxfile://usr/file" }),
            "not a directory, scandir \"wxfile://usr/file\"",
            1_300_020,
        ),
        (
            "readdir",
            json!({ "dirPath": "wxfile://" }),
            "permission denied, scandir \"wxfile://\"",
            1_300_013,
        ),
        (
            "writeFile",
            json!({ "filePath": "wxfile://usr/y", "data": "?", "encoding": "base64" }),
            "base64 encode error",
            1_300_203,
        ),
        (
            "open",
            json!({ "filePath": "wxfile://usr/y", "flag": "q" }),
            "invalid flag",
            1_302_003,
        ),
        (
            "open",
            json!({ "filePath": "wxfile://usr/file", "flag": "wx" }),
            "file already exists wxfile://usr/file",
            1_301_005,
        ),
        ("close", json!({ "fd": "99" }), "bad file descriptor", 1_300_009),
        (
            "saveFile",
            json!({ "tempFilePath": "wxfile://tmp_none" }),
            "tempFilePath file not exist",
            1_301_112,
        ),
    ] {
        assert_eq!(
            reason(call(&mut wx, api, options.clone())),
            (text.to_owned(), errno),
            "{api} {options}"
        );
    }
}

#[test]
fn more_than_200_mb_are_refused() {
    let (mut wx, _folder) = device();
    write(&mut wx, "wxfile://usr/a", "");
    let mb = 1024 * 1024;
    call(
        &mut wx,
        "truncate",
        json!({ "filePath": "wxfile://usr/a", "length": 200 * mb }),
    )
    .unwrap();
    let full = (
        "the maximum size of the file storage limit is exceeded".to_owned(),
        1_300_202,
    );
    assert_eq!(
        reason(call(
            &mut wx,
            "writeFile",
            json!({ "filePath": "wxfile://usr/b", "data": "x" })
        )),
        full
    );
    assert_eq!(
        reason(call(
            &mut wx,
            "appendFile",
            json!({ "filePath": "wxfile://usr/a", "data": "x" })
        )),
        full
    );
    call(&mut wx, "unlink", json!({ "filePath": "wxfile://usr/a" })).unwrap();
    write(&mut wx, "wxfile://usr/b", "x");
}

#[test]
fn an_archive_that_leads_out_of_its_folder_is_refused() {
    let (mut wx, _folder) = device();
    let bytes = archive(&[("../../evil.txt", "x")]);
    call_with(
        &mut wx,
        "writeFile",
        &binary(json!({ "filePath": "wxfile://usr/x.zip" }), &bytes),
    )
    .unwrap();
    let options = json!({ "zipFilePath": "wxfile://usr/x.zip", "targetPath": "wxfile://usr/out" });
    assert_eq!(
        reason(call(&mut wx, "unzip", options)),
        ("unzip entry fail".to_owned(), 1_301_103)
    );
    write(&mut wx, "wxfile://usr/x.zip", "no archive");
    let options = json!({ "zipFilePath": "wxfile://usr/x.zip", "targetPath": "wxfile://usr/out" });
    assert_eq!(reason(call(&mut wx, "unzip", options)).1, 1_301_102);
}
