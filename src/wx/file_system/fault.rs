//! Error texts and numbers of the file APIs.

use crate::wx::WxError;
use std::io::{Error, ErrorKind};

/// What went wrong, as the platform numbers it: 1300000 and the POSIX number, or a number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    NotPermitted,
    NotFound,
    Io,
    BadDescriptor,
    Denied,
    NotADirectory,
    Invalid,
    NameTooLong,
    NotEmpty,
    System,
    Full,
    Base64,
    Directory,
    Exists,
    LengthRange,
    OffsetRange,
    PositionRange,
    NoTempFile,
    Unzip,
    UnzipEntry,
    Brotli,
    DescriptorDenied,
    TooManyDescriptors,
    Flag,
}

impl Fault {
    const fn code(self) -> (u32, &'static str) {
        match self {
            Self::NotPermitted => (1_300_001, "operation not permitted"),
            Self::NotFound => (1_300_002, "no such file or directory"),
            Self::Io => (1_300_005, "Input/output error"),
            Self::BadDescriptor => (1_300_009, "bad file descriptor"),
            Self::Denied => (1_300_013, "permission denied"),
            Self::NotADirectory => (1_300_020, "not a directory"),
            Self::Invalid => (1_300_022, "Invalid argument"),
            Self::NameTooLong => (1_300_036, "File name too long"),
            Self::NotEmpty => (1_300_066, "directory not empty"),
            Self::System => (1_300_201, "system error"),
            Self::Full => (1_300_202, "the maximum size of the file storage limit is exceeded"),
            Self::Base64 => (1_300_203, "base64 encode error"),
            Self::Directory => (1_301_003, "illegal operation on a directory"),
            Self::Exists => (1_301_005, "file already exists"),
            Self::LengthRange => (1_301_006, "value of length is out of range"),
            Self::OffsetRange => (1_301_007, "value of offset is out of range"),
            Self::PositionRange => (1_301_009, "value of position is out of range"),
            Self::NoTempFile => (1_301_112, "tempFilePath file not exist"),
            Self::Unzip => (1_301_102, "unzip open file fail"),
            Self::UnzipEntry => (1_301_103, "unzip entry fail"),
            Self::Brotli => (1_301_111, "brotli decompress fail"),
            Self::DescriptorDenied => (1_302_001, "permission denied"),
            Self::TooManyDescriptors => (1_302_002, "excced max concurrent fd limit"),
            Self::Flag => (1_302_003, "invalid flag"),
        }
    }

    /// The failure of `operation` (the system call's name) on `path`.
    pub fn at(self, operation: &str, path: &str) -> WxError {
        let (errno, text) = self.code();
        match self {
            Self::Exists => WxError::coded(format!("{text} {path}"), errno),
            Self::NotFound | Self::NotPermitted | Self::Denied | Self::NotADirectory | Self::Directory => {
                WxError::coded(format!("{text}, {operation} \"{path}\""), errno)
            }
            _ => self.into(),
        }
    }

    /// What a fault of the disk is here.
    pub fn of(fault: &Error) -> Self {
        match fault.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::AlreadyExists => Self::Exists,
            ErrorKind::NotADirectory => Self::NotADirectory,
            ErrorKind::IsADirectory => Self::Directory,
            ErrorKind::DirectoryNotEmpty => Self::NotEmpty,
            ErrorKind::InvalidInput => Self::Invalid,
            ErrorKind::InvalidFilename => Self::NameTooLong,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::UnexpectedEof | ErrorKind::WriteZero => Self::Io,
            _ => Self::System,
        }
    }
}

impl From<Fault> for WxError {
    fn from(fault: Fault) -> Self {
        let (errno, text) = fault.code();
        Self::coded(text, errno)
    }
}

/// For `map_err`: a fault of the disk in `operation` on `path`.
pub fn on<'a>(operation: &'a str, path: &'a str) -> impl Fn(Error) -> WxError + 'a {
    move |fault| Fault::of(&fault).at(operation, path)
}
