//! From a source tree to the archives of its parts.

use super::app_json::{APP_JSON, AppJson};
use super::archive::write_archive;
use super::code::CodePackage;
use super::digest::Digest;
use super::file_tree::FileTree;
use super::limits::PackageLimits;
use super::part::PartName;
use super::path::PackagePath;
use super::problem::{Problem, Problems};
use super::source::SourcePackage;
use bytes::Bytes;

/// One part of an app, packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedPart {
    /// Which part.
    pub name: PartName,
    /// SHA-256 of the archive.
    pub digest: Digest,
    /// The canonical archive.
    pub archive: Bytes,
    /// How many files are in it.
    pub files: usize,
    /// Bytes of their contents: what the size limits are about.
    pub content_bytes: u64,
}

/// Types of files that are packed: what is compiled, and WeChat's list for uploads ("in the project folder ... only files
/// with these suffixes can be uploaded; others can be reached in the developer tools only").
const PACKED_TYPES: &[&str] = &[
    "js", "ts", "json", "wxml", "wxss", "wxs", "png", "jpg", "jpeg", "gif", "svg", "cer", "cert", "mp3", "aac", "m4a",
    "mp4", "wav", "ogg", "silk", "wasm", "br",
];

/// Whether a file of a source tree becomes part of a release. A development run sees the others too.
pub fn is_packed(path: &PackagePath) -> bool {
    let path = path.as_str();
    let kind = path.rsplit_once('.').map_or("", |(_, kind)| kind);
    PACKED_TYPES.contains(&kind.to_ascii_lowercase().as_str()) && !path.ends_with(".d.ts")
}

/// What is larger than it may be once it is packed.
pub fn size_problems(app: &AppJson, files: &FileTree, limits: &PackageLimits) -> Vec<Problem> {
    let (packed, _) = files.clone().partition(is_packed);
    too_large(&split(app, packed), limits)
}

/// Packs the main package, then each subpackage in the order of app.json.
pub fn pack(source: &SourcePackage, limits: &PackageLimits) -> Result<Vec<PackedPart>, Problems> {
    let (packed, _) = source.files().clone().partition(is_packed);
    let parts = split(source.app_json(), packed);
    let problems = too_large(&parts, limits);
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    Ok(parts.into_iter().map(|(name, files)| pack_part(name, &files)).collect())
}

fn pack_part(name: PartName, files: &FileTree) -> PackedPart {
    let archive = write_archive(files);
    PackedPart {
        name,
        digest: Digest::of(&archive),
        files: files.len(),
        content_bytes: files.total_bytes(),
        archive,
    }
}

/// Gives every file to the part that it belongs to: files below a subpackage's root to that subpackage, all others to
/// the main package.
pub fn split(app: &AppJson, files: FileTree) -> Vec<(PartName, FileTree)> {
    let mut rest = files;
    let mut subs = Vec::new();
    for root in app
        .subpackages
        .iter()
        .filter_map(|sub| PackagePath::parse(&sub.root).ok())
    {
        let (inside, outside) = rest.partition(|path| path.below(&root).is_some());
        rest = outside;
        subs.push((PartName::Sub(root), inside));
    }
    subs.insert(0, (PartName::Main, rest));
    subs
}

fn too_large(parts: &[(PartName, FileTree)], limits: &PackageLimits) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, files) in parts {
        if files.total_bytes() > limits.package_bytes {
            let what = match name {
                PartName::Main => "the main package".to_owned(),
                PartName::Sub(root) => format!("subpackage {root}"),
            };
            let sizes = over(files.total_bytes(), limits.package_bytes);
            let problem = Problem::error(APP_JSON, format!("{what} has {sizes}")).code("package-size");
            problems.push(problem.help(largest(files)));
        }
    }
    let total: u64 = parts.iter().map(|(_, files)| files.total_bytes()).sum();
    if total > limits.total_bytes {
        let sizes = over(total, limits.total_bytes);
        let problem = Problem::error(APP_JSON, format!("all packages together have {sizes}"));
        problems.push(problem.code("package-size"));
    }
    let count: usize = parts.iter().map(|(_, files)| files.len()).sum();
    if count > limits.files {
        let problem = Problem::error(
            APP_JSON,
            format!("{count} files are over the limit of {}", limits.files),
        );
        problems.push(problem.code("package-size"));
    }
    problems
}

fn over(bytes: u64, limit: u64) -> String {
    format!("{} KB, over the limit of {} KB", bytes.div_ceil(1024), limit / 1024)
}

fn largest(files: &FileTree) -> String {
    let mut sizes: Vec<_> = files.iter().map(|(path, bytes)| (bytes.len(), path.as_str())).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let top: Vec<_> = sizes
        .iter()
        .take(3)
        .map(|(size, path)| format!("{path} ({} KB)", size / 1024))
        .collect();
    format!(
        "the largest files are {}; move files into a subpackage, or leave them out",
        top.join(", ")
    )
}
