//! Finding files below a folder.

use std::io;
use std::path::{Path, PathBuf};

/// The files at or below `path` whose names end in one of `suffixes`, sorted. A file that is
/// named itself counts whatever it is called. `node_modules` and hidden folders are left out.
///
/// # Errors
/// `path` is not there, or a folder below it cannot be read; the error names which.
pub fn find_files(path: &Path, suffixes: &[&str]) -> io::Result<Vec<PathBuf>> {
    let at = |place: &Path| {
        let place = place.display().to_string();
        move |e: io::Error| io::Error::new(e.kind(), format!("{place}: {e}"))
    };
    if std::fs::metadata(path).map_err(at(path))?.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(at(&folder))? {
            let entry = entry.map_err(at(&folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().map_err(at(&entry.path()))?.is_dir() {
                if !name.starts_with('.') && name != "node_modules" {
                    folders.push(entry.path());
                }
            } else if suffixes.iter().any(|suffix| name.ends_with(suffix)) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_suffix_in_order_and_skips_dependencies() {
        let dir = tempfile::tempdir().unwrap();
        let files = [
            "b.test.js",
            "a/z.test.ts",
            "a/no.js",
            "node_modules/x.test.js",
            ".git/y.test.js",
        ];
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let found = find_files(dir.path(), &[".test.js", ".test.ts"]).unwrap();
        let expected: Vec<PathBuf> = ["a/z.test.ts", "b.test.js"]
            .iter()
            .map(|f| dir.path().join(f))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(find_files(&dir.path().join("a/no.js"), &[".test.js"]).unwrap().len(), 1);
        let missing = find_files(&dir.path().join("missing"), &[]).unwrap_err();
        assert!(missing.to_string().contains("missing"));
    }
}
