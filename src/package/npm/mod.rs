//! Packages from npm, made into `miniprogram_npm` as the developer tools do.
//!
//! A package that is made for mini programs has a folder of files (`miniprogram` in its package.json, else
//! `miniprogram_dist`), which is copied. Of any other one the script that `main` names becomes one `index.js`, with all
//! files of the package that it requires. Only dependencies are built, and theirs, where npm has installed them:
//! `node_modules/a/node_modules/b` becomes `miniprogram_npm/a/miniprogram_npm/b`.
//!
//! [`build_npm`] plans ([`plan`]), looks for the packages ([`tree`]), and copies or bundles each one ([`bundle`]). It
//! reads through [`Installed`] and writes nothing.

mod build;
mod bundle;
mod exports;
mod manifest;
mod module;
mod paths;
mod plan;
mod source_map;
#[cfg(test)]
mod tests;
mod tree;

pub use build::{BuiltFolder, BuiltPackage, How, NpmBuild, build_npm};

use super::problem::Problem;
use bytes::Bytes;

/// The folder that packages are built into.
pub const BUILT_FOLDER: &str = "miniprogram_npm";
/// The folder that npm installs into.
const INSTALLED_FOLDER: &str = "node_modules";
const PACKAGE_JSON: &str = "package.json";

/// The files of a project and of the packages that are installed for it. Paths have `/` and count from the project's
/// folder; those of files beside it begin with `..`.
pub trait Installed {
    /// Whether there is such a file, or a link to one.
    fn is_file(&self, path: &str) -> bool;

    /// Whether there is such a folder, or a link to one.
    fn is_folder(&self, path: &str) -> bool;

    /// A whole file.
    ///
    /// # Errors
    /// It cannot be read.
    fn read(&self, path: &str) -> Result<Bytes, Box<Problem>>;

    /// All files below a folder, as sorted paths from there. Folders named `node_modules` and links to folders are not
    /// entered.
    ///
    /// # Errors
    /// A folder cannot be read.
    fn files_below(&self, folder: &str) -> Result<Vec<String>, Box<Problem>>;
}
