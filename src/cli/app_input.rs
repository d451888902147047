//! `<APP>`: a folder, a zip, or a packed file, read into a development package.

use super::failure::Failure;
use crate::package::{PackageLimits, SourcePackage, is_code};
use crate::system::read_source_folder;
use bytes::Bytes;
use std::path::Path;

/// Reads the package at `path`.
///
/// # Errors
/// Bad input: what is wrong with it, with file and line where there is one.
pub fn read_package(path: &Path) -> Result<SourcePackage, Failure> {
    if path.is_dir() {
        let files = read_source_folder(path, is_code).map_err(|error| Failure::of(super::Code::BadInput, &error))?;
        return Ok(SourcePackage::open(files)?);
    }
    let bytes = std::fs::read(path).map_err(|error| {
        let help =
            "give a folder with an app.json, a .zip of one, a file of `minirun pack`, or an app id with --registry";
        Failure::input(format!("failed to read {}: {error}", path.display()), help)
    })?;
    if bytes.starts_with(b"PK") {
        return Ok(SourcePackage::from_zip(&bytes)?);
    }
    Ok(SourcePackage::from_bundle(
        &Bytes::from(bytes),
        &PackageLimits::default(),
    )?)
}
