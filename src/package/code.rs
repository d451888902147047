//! What an app is loaded from, whether it comes from a folder or from a registry.

use super::app_json::AppJson;
use super::file_tree::FileTree;
use super::part::PartName;

/// The code of an app, ready to be loaded: all files of the parts at hand, and app.json as it was read.
pub trait CodePackage: Send + Sync {
    /// The files, by path from the package's root.
    fn files(&self) -> &FileTree;
    /// app.json.
    fn app_json(&self) -> &AppJson;

    /// Whether the files of a part are among them. A development package has every part.
    fn has(&self, _part: &PartName) -> bool {
        true
    }

    /// Bytes of a part's archive, where it came in one.
    fn size_of(&self, _part: &PartName) -> u64 {
        0
    }

    /// Whether the app may reach registered domains only. A developer can do without; a release never does.
    fn checks_domains(&self) -> bool {
        true
    }
}
