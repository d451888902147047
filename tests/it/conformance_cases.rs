//! The trace cases, where they lie beside the checkout: what the platform's own frameworks print.

use crate::program::setup;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance/cases");
    beside.is_dir().then_some(beside)
}

/// From `T> ` on, up to the last line of the trace.
fn trace(printed: &[&str]) -> String {
    let mut lines = String::new();
    for text in printed.iter().flat_map(|text| text.lines()) {
        if let Some(at) = text.find("T> ") {
            lines.push_str(&text[at..]);
            lines.push('\n');
        }
        if text.ends_with("T> END") {
            break;
        }
    }
    lines
}

/// The texts of which one is right.
fn answers(case: &Path, names: [&str; 2]) -> Vec<String> {
    let read = |name: &str| std::fs::read_to_string(case.join(name)).ok();
    names.into_iter().filter_map(read).collect()
}

/// What is wrong with one case.
fn differences(case: &Path) -> Vec<String> {
    let (dir, cmd) = setup();
    let tree = dir.at("tree.txt");
    let name = case.display();
    let mut wrong = Vec::new();
    let (timeline, output) = cmd.timeline(&name.to_string(), &["--tree-at-end", &tree]);
    let got = trace(&timeline.console());
    if !answers(case, ["expected.txt", "expected.alt.txt"]).contains(&got) {
        wrong.push(format!("{name}:\n{got}\n{output}"));
    }
    let got = std::fs::read_to_string(&tree).unwrap_or_default();
    if !answers(case, ["expected.tree.txt", "expected.tree.alt.txt"]).contains(&got) {
        wrong.push(format!("{name}, its tree:\n{got}"));
    }
    wrong
}

#[test]
fn apps_print_what_the_frameworks_of_the_platform_print_and_have_their_trees() {
    let Some(folder) = folder() else {
        eprintln!("skipped: no conformance cases beside the checkout");
        return;
    };
    let cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(cases.len() >= 51, "{cases:?}");
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let parts = cases.chunks(cases.len().div_ceil(4));
        let running: Vec<_> = parts
            .map(|part| scope.spawn(|| part.iter().flat_map(|case| differences(case)).collect::<Vec<_>>()))
            .collect();
        running.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
