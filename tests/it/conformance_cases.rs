//! The trace cases that need no view, where they lie beside the checkout.

use crate::program::setup;
use std::path::PathBuf;

const CASES: [&str; 8] = ["200", "202", "204", "206", "208", "30", "32", "122"];

fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance/cases");
    beside.is_dir().then_some(beside)
}

/// From `T> ` on, up to the last line of the trace.
fn trace(printed: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    for text in printed.iter().flat_map(|text| text.lines()) {
        if let Some(at) = text.find("T> ") {
            lines.push(text[at..].to_owned());
        }
        if text.ends_with("T> END") {
            break;
        }
    }
    lines
}

#[test]
fn apps_print_what_the_frameworks_of_the_platform_print() {
    let Some(folder) = folder() else {
        eprintln!("skipped: no conformance cases beside the checkout");
        return;
    };
    let mut ran = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let case = entry.unwrap().path();
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        if !CASES.contains(&name.split('-').next().unwrap_or_default()) {
            continue;
        }
        let (_dir, cmd) = setup();
        let (timeline, output) = cmd.timeline(&case.display().to_string(), &[]);
        let printed = trace(&timeline.console());
        let answers = ["expected.txt", "expected.alt.txt"].map(|file| std::fs::read_to_string(case.join(file)));
        let right = answers.iter().flatten().any(|answer| answer.lines().eq(printed.iter()));
        assert!(right, "{name}: {printed:#?}\n{output}");
        ran += 1;
    }
    assert_eq!(ran, CASES.len());
}
