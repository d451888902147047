//! What a code package is: paths, app.json, the canonical archive, digests, deltas, limits. Bytes in, values out.

mod app_id;
mod app_json;
mod archive;
mod code;
mod digest;
mod file_tree;
mod json_text;
mod limits;
mod part;
mod path;
mod problem;
mod transport;

pub use app_id::{AppId, AppIdError};
pub use app_json::{APP_JSON, AppJson, NetworkTimeout, PreloadRule, Subpackage, Tab, TabBar};
pub use archive::{ArchiveError, read_archive, write_archive};
pub use code::CodePackage;
pub use digest::{Digest, DigestError};
pub use file_tree::{FileTree, TreeError};
pub use limits::PackageLimits;
pub use part::{MAIN_NAME, PartName};
pub use path::{Clash, MAX_PATH_BYTES, MAX_SEGMENT_BYTES, PackagePath, PathError};
pub use problem::{Problem, Problems, Severity, Span};
pub use transport::{TransportError, compress, decompress};
