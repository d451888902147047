//! What a code package is: paths, app.json, the canonical archive, digests, deltas, limits. Bytes in, values out.

mod app_id;
mod app_json;
mod archive;
mod bundle;
mod code;
mod digest;
mod file_tree;
mod inspect;
mod json_text;
mod limits;
mod npm;
mod pack;
mod page_json;
mod part;
mod path;
mod plugin;
mod problem;
mod project;
mod source;
mod transport;
mod zip_input;

#[cfg(test)]
mod source_tests;
#[cfg(test)]
mod tests;

pub use app_id::{AppId, AppIdError};
pub use app_json::{APP_JSON, AppJson, GAME_JSON, NetworkTimeout, PreloadRule, Subpackage, Tab, TabBar};
pub use archive::{ArchiveError, read_archive, write_archive};
pub use bundle::{Bundle, BundleError, read_bundle, write_bundle};
pub use code::CodePackage;
pub use digest::{Digest, DigestError};
pub use file_tree::{FileTree, TreeError};
pub use json_text::{Step, find_key, find_value, parse_json, text_of};
pub use limits::PackageLimits;
pub use npm::{BUILT_FOLDER, BuiltFolder, BuiltPackage, How, Installed, NpmBuild, build_npm};
pub use pack::{PackedPart, is_packed, pack, size_problems, split};
pub use page_json::PageJson;
pub use part::{MAIN_NAME, PartName};
pub use path::{Clash, MAX_PATH_BYTES, MAX_SEGMENT_BYTES, PackagePath, PathError, normalised};
pub use plugin::{DEV_VERSION, PLUGIN_FOLDER, PLUGIN_JSON, PluggedPackage, Plugin};
pub use problem::{Problem, Problems, Severity, Span};
pub use project::{IgnoreRule, NpmRelation, NpmSettings, PRIVATE_PROJECT_JSON, PROJECT_JSON, ProjectConfig};
pub use source::{SourcePackage, Survey, is_code};
pub use transport::{Effort, TransportError, compress, decompress};
pub use zip_input::{MAX_ZIP_CONTENT_BYTES, MAX_ZIP_ENTRIES, ZipError, read_zip};
