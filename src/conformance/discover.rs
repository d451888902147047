//! Which test files there are, and the app that each one wants.

use crate::system::find_files;
use std::path::{Path, PathBuf};

const SUFFIXES: &[&str] = &[".test.js", ".test.ts", ".spec.js", ".spec.ts"];

/// One test file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub source: String,
    /// The app to run in (`// app: <folder>` in the header, from the working folder, or from the
    /// test file's where it begins with a dot); none is a bare app.
    pub app: Option<PathBuf>,
    /// Its cloud fixtures (`// cloud: <folder>`, as with the app).
    pub cloud: Option<PathBuf>,
    /// The app's subpackages come only when they are used (`// subpackages: late`).
    pub late_parts: bool,
}

impl TestFile {
    /// Its path, as reports name it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Its name as a module of the app that it runs in.
    pub fn module(&self) -> String {
        let name = self.path.file_name();
        name.map_or_else(|| "test.js".into(), |name| name.to_string_lossy().into_owned())
    }

    /// A file that asks for nothing.
    #[cfg(test)]
    pub fn in_bare_app(path: &str, source: &str) -> Self {
        Self {
            path: PathBuf::from(path),
            source: source.to_owned(),
            app: None,
            cloud: None,
            late_parts: false,
        }
    }
}

/// Why the test files are not known.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// A path that was given, or something below it, cannot be read.
    #[error("cannot read test files: {0}")]
    Unreadable(#[from] std::io::Error),
}

/// The test files at and below `paths`, in the order of the paths, each file once.
///
/// # Errors
/// [`DiscoverError::Unreadable`].
pub fn discover(paths: &[PathBuf]) -> Result<Vec<TestFile>, DiscoverError> {
    let mut files: Vec<TestFile> = Vec::new();
    for path in paths {
        for file in find_files(path, SUFFIXES)? {
            if files.iter().all(|known| known.path != file) {
                files.push(read(&file)?);
            }
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<TestFile, DiscoverError> {
    let source =
        std::fs::read_to_string(path).map_err(|e| std::io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
    Ok(TestFile {
        path: path.to_owned(),
        app: header(&source, "app").map(|app| locate(app, path)),
        cloud: header(&source, "cloud").map(|folder| locate(folder, path)),
        late_parts: header(&source, "subpackages") == Some("late"),
        source,
    })
}

fn locate(app: &str, test_file: &Path) -> PathBuf {
    match test_file.parent() {
        Some(folder) if app.starts_with('.') => folder.join(app),
        _ => PathBuf::from(app),
    }
}

/// The value of `// key: value` among the comment lines with which the file begins.
fn header<'a>(source: &'a str, key: &str) -> Option<&'a str> {
    let comments = source.lines().map_while(|line| line.trim().strip_prefix("//"));
    let mut values = comments.filter_map(|line| line.trim().strip_prefix(key)?.trim_start().strip_prefix(':'));
    values.next().map(str::trim).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_with_a_dot_is_beside_the_test() {
        let test_file = Path::new("tests/wx/a.test.js");
        assert_eq!(locate("../apps/x", test_file), Path::new("tests/wx/../apps/x"));
        assert_eq!(locate("fixtures/apps/x", test_file), Path::new("fixtures/apps/x"));
    }

    #[test]
    fn headers() {
        let rows = [
            ("// app: fixtures/apps/x/1.0.0\ntest()", Some("fixtures/apps/x/1.0.0")),
            ("// Rests on: docs\n//app:y\n", Some("y")),
            ("test()\n// app: late", None),
            ("// application: z", None),
            ("// app:", None),
            ("", None),
        ];
        for (source, expected) in rows {
            assert_eq!(header(source, "app"), expected, "{source:?}");
        }
    }
}
