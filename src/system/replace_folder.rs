//! A folder with everything in it, put in the place of another one at once.

use bytes::Bytes;
use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::{Component, Path};

/// Writes `files` aside, as a sibling of `target`, and puts them in its place when all of them are there: whoever looks
/// sees the old folder or the new one. Folders above are made.
///
/// # Errors
/// Those of the disk, or `target` is no folder; what was there is then still there.
pub fn replace_folder<'f>(target: &Path, files: impl IntoIterator<Item = (&'f str, &'f Bytes)>) -> Result<()> {
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    if fs::symlink_metadata(target).is_ok_and(|there| there.is_file()) {
        return Err(Error::new(ErrorKind::NotADirectory, "there is a file of that name"));
    }
    let aside = tempfile::Builder::new().prefix(".replacing-").tempdir_in(parent)?;
    let fresh = aside.path().join("new");
    fs::create_dir(&fresh)?;
    for (name, bytes) in files {
        let name = Path::new(name);
        if !name.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Error::from(ErrorKind::InvalidFilename));
        }
        let file = fresh.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&fresh))?;
        fs::write(file, bytes)?;
    }
    if fs::symlink_metadata(target).is_err() {
        return fs::rename(&fresh, target);
    }
    // What was there goes with the folder aside.
    swap(&fresh, target, &aside.path().join("old"))
}

#[cfg(target_os = "linux")]
fn swap(fresh: &Path, target: &Path, old: &Path) -> Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems cannot exchange.
        Err(_) => swap_in_two_steps(fresh, target, old),
    }
}

#[cfg(not(target_os = "linux"))]
fn swap(fresh: &Path, target: &Path, old: &Path) -> Result<()> {
    swap_in_two_steps(fresh, target, old)
}

fn swap_in_two_steps(fresh: &Path, target: &Path, old: &Path) -> Result<()> {
    fs::rename(target, old)?;
    fs::rename(fresh, target).inspect_err(|_| {
        // The old one goes back; where that fails too, the first fault is the one to tell.
        let _ = fs::rename(old, target);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_of_the_old_folder_stays() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("above/built");
        let bytes = Bytes::from("x");
        replace_folder(&target, [("a/b.js", &bytes), ("c.js", &bytes)]).unwrap();
        assert_eq!(names(&target), ["a", "c.js"]);
        replace_folder(&target, [("d.js", &bytes)]).unwrap();
        assert_eq!(names(&target), ["d.js"]);
        assert_eq!(names(&place.path().join("above")), ["built"]);
    }

    #[test]
    fn in_two_steps_the_new_one_is_there_too() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        for (folder, file) in [("new", "n"), ("target", "o")] {
            fs::create_dir(at(folder)).unwrap();
            fs::write(at(folder).join(file), "").unwrap();
        }
        swap_in_two_steps(&at("new"), &at("target"), &at("old")).unwrap();
        assert_eq!(names(&at("target")), ["n"]);
        assert!(swap_in_two_steps(&at("gone"), &at("target"), &at("aside")).is_err());
        assert_eq!(names(&at("target")), ["n"]);
    }

    #[test]
    fn a_fault_leaves_what_was_there() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("built");
        let bytes = Bytes::from("x");
        replace_folder(&target, [("a.js", &bytes)]).unwrap();
        assert!(replace_folder(&target, [("b.js", &bytes), ("../out.js", &bytes)]).is_err());
        assert_eq!(names(&target), ["a.js"]);
        assert_eq!(names(place.path()), ["built"]);
        let file = place.path().join("file");
        fs::write(&file, "mine").unwrap();
        assert!(replace_folder(&file, [("a.js", &bytes)]).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}
