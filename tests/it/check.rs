//! `minirun check`: planted faults are found where they are, and apps without faults pass.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Apps with one planted fault each: folder, code, file, line.
const PLANTED: [(&str, &str, &str, u64); 43] = [
    ("answer-is-a-text", "update-confirm-text", "app.js", 10),
    ("answer-is-assigned", "update-confirm-assigned", "app.js", 10),
    ("applies-at-launch", "update-apply-early", "update.js", 12),
    ("applies-on-refusal", "update-confirm-inverted", "app.js", 10),
    ("case-of-a-name", "module-missing", "app.js", 2),
    ("code-from-text", "eval", "app.js", 3),
    ("code-from-text", "new-function", "app.js", 4),
    ("code-from-text", "string-timer", "app.js", 5),
    ("component-not-there", "component-missing", "pages/index/index.json", 3),
    ("font-stays-behind", "not-uploaded", "app.js", 4),
    ("forced-can-be-refused", "update-modal-cancel", "app.js", 8),
    ("listener-is-a-call", "update-listener-value", "app.js", 5),
    ("listener-is-assigned", "update-listener-assigned", "app.js", 5),
    ("listens-behind-the-network", "update-ready-late", "app.js", 7),
    ("listens-when-asked", "update-ready-late", "app.js", 10),
    ("method-misspelled", "update-unknown-member", "app.js", 5),
    ("never-applies", "update-never-applied", "app.js", 6),
    ("newer-than-stated", "wx-too-new", "app.js", 4),
    ("opens-a-tab", "route-to-tab", "pages/index/index.js", 3),
    ("opens-a-tab", "route-no-tab", "pages/index/index.wxml", 1),
    ("out-of-reach", "module-out-of-reach", "shop/list/list.js", 1),
    ("place-undeclared", "private-info", "pages/index/index.js", 3),
    ("says-that-there-is-none", "update-modal-always", "app.js", 6),
    ("templates-in-a-circle", "circular-include", "pages/index/part.wxml", 1),
    // Those that `scenarios` finds by running them.
    ("applies-at-check", "update-apply-early", "app.js", 6),
    ("applies-on-cancel", "update-confirm-unread", "app.js", 10),
    ("applies-when-failed", "update-apply-failed", "app.js", 18),
    ("asks-at-every-show", "update-listener-repeated", "app.js", 6),
    ("asks-for-ever", "update-asks-for-ever", "app.js", 14),
    ("asks-twice", "update-asks-twice", "pages/index/index.js", 5),
    ("button-too-long", "modal-text", "app.js", 6),
    ("clears-before-asking", "update-storage-cleared", "app.js", 6),
    ("failed-never-registered", "update-no-failed", "app.js", 5),
    ("inverted-guard", "update-guard-inverted", "app.js", 5),
    ("lost-this", "update-this-lost", "app.js", 7),
    ("misspelled-modal", "wx-unknown", "app.js", 6),
    ("ready-never-registered", "update-no-ready", "app.js", 4),
    ("registers-at-a-tap", "update-ready-late", "pages/index/index.js", 4),
    ("restarts-for-ever", "update-restart-loop", "app.js", 14),
    ("shadowed-result", "update-result-field", "app.js", 6),
    ("takes-callbacks-for-a-promise", "promise-with-callbacks", "app.js", 6),
    ("undeclared-manager", "update-undeclared", "app.js", 12),
    ("unguarded-call", "update-guard-bypassed", "app.js", 7),
];

fn apps() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/apps")
}

fn check(app: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minirun"));
    command.arg("check").arg(app).args(options).output().unwrap()
}

fn findings(app: &Path) -> Vec<Value> {
    let output = check(app, &["--json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_planted_fault_is_found_where_it_is() {
    for (app, code, file, line) in PLANTED {
        let found = findings(&apps().join("planted").join(app));
        let there = |found: &Value| found["code"] == code && found["file"] == file && found["line"] == line;
        assert!(found.iter().any(there), "{app}: {found:#?}");
    }
}

#[test]
fn apps_without_faults_have_no_errors_and_no_warnings() {
    let clean = [
        "bounce",
        "components",
        "late-listeners",
        "notes",
        "reader",
        "shop",
        "tasks-ts",
    ];
    for app in clean {
        for version in ["1.0.0", "1.1.0"] {
            let found = findings(&apps().join(app).join(version));
            let worse: Vec<_> = found.iter().filter(|found| found["severity"] != "note").collect();
            assert!(worse.is_empty(), "{app} {version}: {worse:#?}");
        }
    }
}

#[test]
fn planted_apps_that_are_right_have_nothing() {
    for app in ["next", "keeps-old-data"] {
        assert_eq!(
            findings(&apps().join("planted").join(app)),
            Vec::<Value>::new(),
            "{app}"
        );
    }
}

#[test]
fn an_archive_is_checked_like_its_folder() {
    let folder = apps().join("planted/applies-on-refusal");
    let place = tempfile::tempdir().unwrap();
    let packed = place.path().join("app.minirun");
    let mut pack = Command::new(env!("CARGO_BIN_EXE_minirun"));
    assert!(
        pack.arg("pack")
            .arg(&folder)
            .arg("-o")
            .arg(&packed)
            .output()
            .unwrap()
            .status
            .success()
    );
    assert_eq!(findings(&packed), findings(&folder));
    assert!(!findings(&folder).is_empty());
}

#[test]
fn the_exit_code_says_how_bad_it_is() {
    let planted = |app: &str| apps().join("planted").join(app);
    let code = |app: &Path, options: &[&str]| check(app, options).status.code();
    assert_eq!(code(&apps().join("notes/1.0.0"), &[]), Some(0));
    assert_eq!(code(&planted("applies-on-refusal"), &[]), Some(1));
    assert_eq!(
        code(&planted("applies-on-refusal"), &["--ignore", "update-confirm-inverted"]),
        Some(0)
    );
    assert_eq!(code(&planted("never-applies"), &[]), Some(0));
    assert_eq!(code(&planted("never-applies"), &["--strict"]), Some(1));
    assert_eq!(code(&planted("never-applies"), &["--ignore", "no-such-code"]), Some(2));
    assert_eq!(code(&apps().join("no-such-app"), &[]), Some(2));
    assert_eq!(code(&apps().join("broken/bad-app-json"), &[]), Some(1));
}

#[test]
fn an_app_for_forced_updates_must_not_offer_to_cancel() {
    let notes = apps().join("notes/1.0.0");
    let text = String::from_utf8(check(&notes, &["--forced", "--json"]).stdout).unwrap();
    assert!(text.contains("update-modal-cancel"), "{text}");
}

#[test]
fn a_finding_is_shown_with_its_line_and_what_to_do() {
    let folder = apps().join("planted/applies-on-refusal");
    let text = String::from_utf8(check(&folder, &[]).stdout).unwrap();
    insta::assert_snapshot!(text, @r"
    update-confirm-inverted

      × applyUpdate runs when the person has cancelled
        ╭─[app.js:10:27]
      9 │         success(res) {
     10 │           if (res.cancel) manager.applyUpdate()
        ·                           ───────────────────
     11 │         },
        ╰────
      help: ask for res.confirm; cancelling is a success of showModal too, with confirm false
    1 error, 0 warnings, 0 notes
    ");
}

#[test]
fn annotations_name_the_file_from_where_the_command_runs() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minirun"));
    let apps = apps();
    command
        .current_dir(&apps)
        .args(["check", "planted/method-misspelled", "--reporter", "github"]);
    let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let wanted = "::error file=planted/method-misspelled/app.js,line=5,col=5,title=update-unknown-member::";
    assert!(text.starts_with(wanted), "{text}");
}
