//! The environment over a folder of fixtures.

use super::*;
use crate::system::MemoryKeyValue;
use crate::wx::find;
use std::path::Path;
use std::sync::Arc;

fn fixtures(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn with(folder: &Path) -> Wx {
    let (mut wx, _) = Wx::for_test();
    wx.cloud = Cloud::new(Some(folder.to_owned()), Arc::new(MemoryKeyValue::default()));
    wx
}

fn call(wx: &mut Wx, api: &str, args: Value) -> Result<Value, WxError> {
    let Some(Run::Now(run)) = find(api).map(|row| row.run) else {
        panic!("{api}");
    };
    run(wx, &Wx::args(args)).map(|payload| payload.value())
}

#[test]
fn a_case_that_is_used_up_gives_way_to_the_next() {
    let cases = r#"[{ "times": 2, "error": { "errMsg": "busy" } }, { "result": 1 }]"#;
    let folder = fixtures(&[("functions/f.json", cases)]);
    let mut wx = with(folder.path());
    for _ in 0..2 {
        let error = call(&mut wx, "$cloud.function", json!({ "name": "f" })).unwrap_err();
        assert_eq!(error.code, Some(-504_002));
        assert_eq!(
            error.reason,
            "Error: errCode: -504002 functions execute fail | errMsg: busy"
        );
    }
    let answer = call(&mut wx, "$cloud.function", json!({ "name": "f" })).unwrap();
    assert_eq!(answer, json!({ "result": 1 }));
}

#[test]
fn names_do_not_lead_out_of_the_fixtures() {
    let folder = fixtures(&[
        ("in/cloud.json", "{}"),
        ("secret.json", r#"{ "result": 1 }"#),
        ("s.txt", "x"),
    ]);
    let mut wx = with(&folder.path().join("in"));
    for name in ["../../secret", "..", "", "a/b", "/etc/passwd"] {
        let error = call(&mut wx, "$cloud.function", json!({ "name": name })).unwrap_err();
        assert_eq!(error.code, Some(-501_000), "{name}");
        assert!(
            call(&mut wx, "$cloud.collection", json!({ "name": name })).is_err(),
            "{name}"
        );
    }
    for id in [
        "cloud://a.b/../../s.txt",
        "cloud://a.b//etc/passwd",
        "cloud://a.b/",
        "s.txt",
    ] {
        assert!(
            call(&mut wx, "$cloud.download", json!({ "fileID": id })).is_err(),
            "{id}"
        );
    }
}

#[test]
fn a_broken_fixture_is_named_with_its_line() {
    let folder = fixtures(&[("functions/f.json", "{\n \"reslt\": 1 }"), ("database/d.json", "[1]")]);
    let mut wx = with(folder.path());
    let error = call(&mut wx, "$cloud.function", json!({ "name": "f" })).unwrap_err();
    assert!(error.reason.contains("functions/f.json"), "{}", error.reason);
    let error = call(&mut wx, "$cloud.collection", json!({ "name": "d" })).unwrap_err();
    assert!(
        error.reason.contains("database/d.json: item 0 is no document"),
        "{}",
        error.reason
    );
}

#[test]
fn a_collection_may_be_one_document_a_line() {
    let folder = fixtures(&[
        ("database/d.json", "\u{feff}{\"_id\":\"1\"}\n{\"_id\":\"2\"}\n"),
        ("database/e.json", ""),
    ]);
    let wx = with(folder.path());
    assert_eq!(wx.cloud.collection("d").unwrap().unwrap().len(), 2);
    assert_eq!(wx.cloud.collection("e").unwrap(), Some(Vec::new()));
    assert_eq!(wx.cloud.collection("f").unwrap(), None);
}

#[test]
fn a_removed_file_stays_removed_and_the_fixture_is_untouched() {
    let folder = fixtures(&[("storage/a/b.txt", "fixture")]);
    let mut wx = with(folder.path());
    let id = "cloud://fixtures.fixtures-storage/a/b.txt";
    call(&mut wx, "$cloud.remove", json!({ "fileList": [id] })).unwrap();
    let error = call(&mut wx, "$cloud.download", json!({ "fileID": id })).unwrap_err();
    assert_eq!(error.code, Some(-503_003));
    let kept = std::fs::read(folder.path().join("storage/a/b.txt")).unwrap();
    assert_eq!(kept, b"fixture");
}
