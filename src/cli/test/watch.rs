//! Runs tests again when files change.

use super::{Code, Failure, TestArgs, find, once, orphaned};
use crate::conformance::{AppLauncher, TestFile};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::mpsc::{self, UnboundedReceiver};

/// How long nothing more must change before the tests run: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// Runs all tests, and then those that a change concerns, until the program is interrupted.
///
/// # Errors
/// The system cannot watch files, or the arguments are bad.
pub async fn watch(args: &TestArgs, files: Vec<TestFile>, launcher: &AppLauncher) -> Result<Code, Failure> {
    let (sender, mut changes) = mpsc::unbounded_channel();
    let failed = |error: notify::Error| Failure::of(Code::Internal, &error);
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        for path in event.into_iter().flat_map(changed_paths) {
            // Nobody listens any more when the program ends.
            let _ = sender.send(path);
        }
    });
    let mut watched = Watched {
        watcher: watcher.map_err(failed)?,
        roots: BTreeSet::new(),
    };
    watched.add(args, &files).map_err(failed)?;
    let mut due = files;
    loop {
        if !due.is_empty() {
            once(args, &due, launcher).await?;
            orphaned(args, &due);
            eprintln!("\nwatching {} for changes; Ctrl-C ends", watched.told());
        }
        let changed = next_changes(&mut changes).await;
        // A file that is gone or cannot be read just now is there again with the next change.
        let files = find(args).unwrap_or_default();
        watched.add(args, &files).map_err(failed)?;
        due = concerned(files, &changed);
    }
}

/// The paths of a change that may matter.
fn changed_paths(event: Event) -> Vec<PathBuf> {
    if matches!(event.kind, EventKind::Access(_) | EventKind::Other) {
        return Vec::new();
    }
    event.paths.into_iter().filter(|path| !is_by_the_way(path)).collect()
}

/// What the tests themselves, the tools and the editors write.
fn is_by_the_way(path: &Path) -> bool {
    let names = path.iter().map(|name| name.to_string_lossy());
    let mut found = names.filter(|name| name.as_ref() == "__snapshots__" || name.as_ref() == "node_modules");
    let file = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    found.next().is_some() || file.starts_with('.') || file.ends_with('~') || file.ends_with(".swp")
}

/// Waits for a change, and for the rest of it.
async fn next_changes(changes: &mut UnboundedReceiver<PathBuf>) -> BTreeSet<PathBuf> {
    let mut changed: BTreeSet<PathBuf> = changes.recv().await.into_iter().collect();
    while let Ok(Some(path)) = tokio::time::timeout(QUIET, changes.recv()).await {
        changed.insert(path);
    }
    changed
}

/// What is watched: the folders of the tests, and of their apps.
struct Watched {
    watcher: RecommendedWatcher,
    roots: BTreeSet<PathBuf>,
}

impl Watched {
    fn add(&mut self, args: &TestArgs, files: &[TestFile]) -> notify::Result<()> {
        let apps = files.iter().flat_map(|file| [&file.app, &file.cloud]).flatten();
        for path in args.paths.iter().chain(apps) {
            let folder = if path.is_file() {
                path.parent().unwrap_or(path)
            } else {
                path
            };
            let root = real(folder);
            if root.is_dir() && self.roots.iter().all(|known| !root.starts_with(known)) {
                self.watcher.watch(&root, RecursiveMode::Recursive)?;
                self.roots.insert(root);
            }
        }
        Ok(())
    }

    fn told(&self) -> String {
        let names: Vec<String> = self.roots.iter().map(|root| root.display().to_string()).collect();
        names.join(", ")
    }
}

/// The files whose text, app or cloud has changed. A change of anything else may concern every file.
fn concerned(files: Vec<TestFile>, changed: &BTreeSet<PathBuf>) -> Vec<TestFile> {
    // Tests often lie within the folder of their app, and are none of it.
    let tests: BTreeSet<PathBuf> = files.iter().map(|file| real(&file.path)).collect();
    let hit = |file: &TestFile, path: &Path| {
        if tests.contains(path) {
            return real(&file.path) == path;
        }
        let folders = [&file.app, &file.cloud].into_iter().flatten();
        folders.into_iter().any(|folder| path.starts_with(real(folder)))
    };
    let of_nobody = changed.iter().any(|path| files.iter().all(|file| !hit(file, path)));
    let due = |file: &TestFile| of_nobody || changed.iter().any(|path| hit(file, path));
    files.into_iter().filter(due).collect()
}

/// A path as the system names it when it tells of changes.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_change_concerns() {
        let dir = tempfile::tempdir().unwrap();
        let root = real(dir.path());
        for (name, text) in [
            ("a.test.js", ""),
            ("app/app.js", ""),
            ("app/tests/c.test.js", "// app: .."),
            ("b.test.js", "// app: ./app"),
        ] {
            std::fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            std::fs::write(root.join(name), text).unwrap();
        }
        let files = crate::conformance::discover(std::slice::from_ref(&root)).unwrap();
        let names = |changed: &str| -> Vec<String> {
            let changed = BTreeSet::from([root.join(changed)]);
            concerned(files.clone(), &changed)
                .iter()
                .map(TestFile::module)
                .collect()
        };
        assert_eq!(names("a.test.js"), ["a.test.js"]);
        assert_eq!(names("app/app.js"), ["c.test.js", "b.test.js"]);
        assert_eq!(names("app/tests/c.test.js"), ["c.test.js"]);
        assert_eq!(names("data/users.json"), ["a.test.js", "c.test.js", "b.test.js"]);
    }

    #[test]
    fn what_tools_write_is_by_the_way() {
        for path in [
            "t/__snapshots__/a.test.js.snap",
            "t/.a.js.swp",
            "t/a.js~",
            "t/node_modules/x/index.js",
        ] {
            assert!(is_by_the_way(Path::new(path)), "{path}");
        }
        assert!(!is_by_the_way(Path::new("t/a.test.js")));
    }
}
