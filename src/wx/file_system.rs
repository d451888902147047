//! `wx.getFileSystemManager()`: the files of the app, in a sandbox.
//!
//! An app sees its own folder (`wxfile://usr`), temporary and saved files, and,
//! read only, its code package. `js/file_system.js` adds what a table cannot
//! say: `Stats` objects and the methods whose `Sync` form takes an object.

mod archives;
mod content;
mod descriptors;
mod encoding;
mod fault;
mod files;
mod folders;
mod incoming;
mod path;
mod quota;
mod saved;
mod stats;

pub use files::{Files, FilesRoot, PackageFiles};
pub use incoming::Incoming;

use super::{Api, Args, Outcome, Param, Wx};
use serde_json::Value;

const PATH: Param = Param::required("path", "String");
const FILE_PATH: Param = Param::required("filePath", "String");
const DIR_PATH: Param = Param::required("dirPath", "String");
const FD: Param = Param::required("fd", "String");
const DATA: Param = Param::required("data", "String|ArrayBuffer");
const ENCODING: Param = Param::optional("encoding", "String|Undefined|Null");
const RECURSIVE: Param = Param::optional("recursive", "*");
const LENGTH: Param = Param::optional("length", "Number|Undefined|Null");
const OFFSET: Param = Param::optional("offset", "Number|Undefined|Null");
const POSITION: Param = Param::optional("position", "*");
const DIGEST: Param = Param::default("digestAlgorithm", "String", "\"md5\"");

type Now = fn(&mut Wx, &Args) -> Outcome;

/// Reads, writes and moves; the `Sync` form takes the same values in this order.
const fn both(name: &'static str, returns: &'static str, params: &'static [Param], run: Now) -> Api {
    Api::both(name, returns, params, run).since("1.9.9")
}

/// The file family.
pub const APIS: &[Api] = &[
    Api::js("env").noted("USER_DATA_PATH is wxfile://usr"),
    both("FileSystemManager.access", "", &[PATH], folders::access),
    both(
        "FileSystemManager.appendFile",
        "",
        &[FILE_PATH, DATA, ENCODING],
        content::append_file,
    )
    .since("2.1.0"),
    both("FileSystemManager.close", "", &[FD], descriptors::close).since("2.16.1"),
    both(
        "FileSystemManager.copyFile",
        "",
        &[SOURCE, Param::required("destPath", "String")],
        content::copy_file,
    ),
    both("FileSystemManager.fstat", "stats", &[FD], descriptors::fstat).since("2.16.1"),
    both("FileSystemManager.ftruncate", "", &[FD, LENGTH], descriptors::ftruncate).since("2.16.1"),
    Api::now(
        "FileSystemManager.getFileInfo",
        &[FILE_PATH, DIGEST],
        saved::get_file_info,
    )
    .since("1.9.9"),
    Api::now("FileSystemManager.getSavedFileList", &[], saved::get_saved_file_list).since("1.9.9"),
    both("FileSystemManager.mkdir", "", &[DIR_PATH, RECURSIVE], folders::mkdir),
    both(
        "FileSystemManager.open",
        "fd",
        &[FILE_PATH, Param::default("flag", "String", "\"r\"")],
        descriptors::open,
    )
    .since("2.16.1"),
    both(
        "FileSystemManager.read",
        "",
        &[
            FD,
            Param::required("arrayBuffer", "ArrayBuffer"),
            OFFSET,
            LENGTH,
            POSITION,
        ],
        descriptors::read,
    )
    .since("2.16.1"),
    both(
        "FileSystemManager.readCompressedFile",
        "data",
        &[FILE_PATH, Param::required("compressionAlgorithm", "String")],
        archives::read_compressed_file,
    )
    .since("2.21.1"),
    both("FileSystemManager.readdir", "files", &[DIR_PATH], folders::readdir),
    both(
        "FileSystemManager.readFile",
        "data",
        &[FILE_PATH, ENCODING, POSITION, LENGTH],
        content::read_file,
    ),
    Api::now(
        "FileSystemManager.readZipEntry",
        &[FILE_PATH, ENCODING, Param::required("entries", "String|Array")],
        archives::read_zip_entry,
    )
    .since("2.17.3"),
    Api::now(
        "FileSystemManager.removeSavedFile",
        &[FILE_PATH],
        saved::remove_saved_file,
    )
    .since("1.9.9"),
    both(
        "FileSystemManager.rename",
        "",
        &[
            Param::required("oldPath", "String"),
            Param::required("newPath", "String"),
        ],
        folders::rename,
    ),
    both("FileSystemManager.rmdir", "", &[DIR_PATH, RECURSIVE], folders::rmdir),
    both(
        "FileSystemManager.saveFile",
        "savedFilePath",
        &[TEMP_PATH, OPTIONAL_PATH],
        saved::save_file,
    ),
    both("FileSystemManager.stat", "stats", &[PATH, RECURSIVE], stats::stat),
    both(
        "FileSystemManager.truncate",
        "",
        &[FILE_PATH, LENGTH],
        content::truncate,
    )
    .since("2.16.1"),
    both("FileSystemManager.unlink", "", &[FILE_PATH], folders::unlink),
    Api::now(
        "FileSystemManager.unzip",
        &[
            Param::required("zipFilePath", "String"),
            Param::required("targetPath", "String"),
        ],
        archives::unzip,
    )
    .since("1.9.9"),
    both(
        "FileSystemManager.write",
        "",
        &[FD, DATA, OFFSET, LENGTH, ENCODING, POSITION],
        descriptors::write,
    )
    .since("2.16.1"),
    both(
        "FileSystemManager.writeFile",
        "",
        &[FILE_PATH, DATA, ENCODING],
        content::write_file,
    ),
    Api::js("getFileSystemManager").since("1.9.9"),
    Api::now("getFileInfo", &[FILE_PATH, DIGEST], saved::get_file_info).since("1.4.0"),
    Api::now("getSavedFileInfo", &[FILE_PATH], saved::get_saved_file_info),
    Api::now("getSavedFileList", &[], saved::get_saved_file_list),
    Api::now("removeSavedFile", &[FILE_PATH], saved::remove_saved_file),
    Api::now("saveFile", &[TEMP_PATH, OPTIONAL_PATH], saved::save_file),
];

const SOURCE: Param = Param::required("srcPath", "String");
const TEMP_PATH: Param = Param::required("tempFilePath", "String");
const OPTIONAL_PATH: Param = Param::optional("filePath", "String|Undefined|Null");

/// A property that is a whole number from 0 on; `None` where it is absent or something else.
fn whole(args: &Args, name: &str) -> Option<u64> {
    let number = args
        .value
        .get(name)
        .and_then(Value::as_f64)
        .filter(|number| *number >= 0.0)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "negative ones are gone"
    )]
    let whole = number as u64;
    Some(whole)
}

#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod file_tests;
#[cfg(test)]
mod testing;
