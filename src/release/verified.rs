//! Packages whose bytes are the signed ones. Their fields are private and these functions are their only makers, so
//! that code which takes a [`VerifiedPackage`] cannot be given anything else.

use super::manifest::{Part, ReleaseId};
use super::signed::SignedRelease;
use super::version::VersionLabel;
use crate::package::{
    APP_JSON, AppId, AppJson, ArchiveError, Clash, CodePackage, Digest, FileTree, PackageLimits, PartName, Problem,
    TransportError, decompress, read_archive, write_archive,
};
use bytes::Bytes;

/// Why bytes are not the part that was signed. All but `NotListed` and `WrongBase` mean that the bytes must go.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The release has no such part.
    #[error("release {release} has no part {part}")]
    NotListed {
        /// The release.
        release: ReleaseId,
        /// The part.
        part: PartName,
    },
    /// The archive at hand is not the one that a served delta starts from: fetch the part whole.
    #[error("{part}: no delta is served from base {base}")]
    WrongBase {
        /// The part.
        part: PartName,
        /// Digest of the archive at hand.
        base: Digest,
    },
    /// More or fewer bytes than signed.
    #[error("{part}: {found} bytes instead of the signed {signed}")]
    Length {
        /// The part.
        part: PartName,
        /// What was signed.
        signed: u64,
        /// What came.
        found: u64,
    },
    /// Other bytes than signed.
    #[error("{part}: digest {found} instead of the signed {signed}")]
    Digest {
        /// The part.
        part: PartName,
        /// What was signed.
        signed: Digest,
        /// What came.
        found: Digest,
    },
    /// The bytes are the signed ones and still do not decompress.
    #[error("{part}: {error}")]
    Transport {
        /// The part.
        part: PartName,
        /// Why not.
        error: TransportError,
    },
    /// The archive is the signed one and still must not be unpacked.
    #[error("{part}: {error}")]
    Archive {
        /// The part.
        part: PartName,
        /// Why not.
        error: ArchiveError,
    },
    /// A file lies outside of its subpackage's root.
    #[error("{part}: {path} is outside of its root")]
    Outside {
        /// The part.
        part: PartName,
        /// The file.
        path: String,
    },
    /// Two parts cannot be laid over each other.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// The main package is not among the parts.
    #[error("the main package of release {0} is missing")]
    NoMain(ReleaseId),
    /// A part of another release.
    #[error("{part} belongs to release {found}, not to {expected}")]
    OtherRelease {
        /// The part.
        part: PartName,
        /// The release that is put together.
        expected: ReleaseId,
        /// The part's release.
        found: ReleaseId,
    },
    /// The release's own copy of app.json is none.
    #[error("the release's app.json: {0}")]
    Config(String),
    /// app.json cannot be read.
    #[error(transparent)]
    AppJson(#[from] Box<Problem>),
}

/// One part of a release, unpacked in memory, with the signed bytes.
#[derive(Debug, Clone)]
pub struct VerifiedPart {
    release: ReleaseId,
    name: PartName,
    digest: Digest,
    archive: Bytes,
    files: FileTree,
}

impl VerifiedPart {
    /// Which part.
    pub fn name(&self) -> &PartName {
        &self.name
    }

    /// The digest of its archive.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The canonical archive: the base of a later delta.
    pub fn archive(&self) -> &Bytes {
        &self.archive
    }

    /// Its files.
    pub fn files(&self) -> &FileTree {
        &self.files
    }
}

impl SignedRelease {
    /// Verifies a part that travelled whole: length and digest of the object before it is decompressed, then those of the
    /// archive before it is read.
    pub fn open_whole(&self, name: &PartName, object: &[u8]) -> Result<VerifiedPart, VerifyError> {
        let part = self.listed(name)?;
        check(name, object, part.whole.length, part.whole.digest)?;
        self.open_archive(name, inflate(part, object, None)?)
    }

    /// Verifies a part that travelled as a delta, on top of the archive at hand.
    pub fn open_delta(&self, name: &PartName, base: &[u8], object: &[u8]) -> Result<VerifiedPart, VerifyError> {
        let part = self.listed(name)?;
        let from = Digest::of(base);
        let delta = part.delta_from(&from).ok_or_else(|| VerifyError::WrongBase {
            part: name.clone(),
            base: from,
        })?;
        check(name, object, delta.object.length, delta.object.digest)?;
        self.open_archive(name, inflate(part, object, Some(base))?)
    }

    /// Verifies a canonical archive, such as one that the device has kept.
    pub fn open_archive(&self, name: &PartName, archive: Bytes) -> Result<VerifiedPart, VerifyError> {
        let part = self.listed(name)?;
        check(name, &archive, part.length, part.digest)?;
        let files = read_archive(&archive, PackageLimits::default().files).map_err(|error| VerifyError::Archive {
            part: name.clone(),
            error,
        })?;
        self.verified(part, archive, files)
    }

    /// Verifies files that were unpacked before, such as a version folder on the device: packs them again, which gives
    /// the same bytes exactly if no file was changed, added or lost.
    pub fn open_files(&self, name: &PartName, files: FileTree) -> Result<VerifiedPart, VerifyError> {
        let part = self.listed(name)?;
        let archive = write_archive(&files);
        check(name, &archive, part.length, part.digest)?;
        self.verified(part, archive, files)
    }

    fn verified(&self, part: &Part, archive: Bytes, files: FileTree) -> Result<VerifiedPart, VerifyError> {
        if let Some(path) = files.paths().find(|path| !part.name.may_hold(path)) {
            return Err(VerifyError::Outside {
                part: part.name.clone(),
                path: path.to_string(),
            });
        }
        Ok(VerifiedPart {
            release: self.id(),
            name: part.name.clone(),
            digest: part.digest,
            archive,
            files,
        })
    }

    fn listed(&self, name: &PartName) -> Result<&Part, VerifyError> {
        self.release().part(name).ok_or_else(|| VerifyError::NotListed {
            release: self.id(),
            part: name.clone(),
        })
    }
}

fn inflate(part: &Part, object: &[u8], base: Option<&[u8]>) -> Result<Bytes, VerifyError> {
    decompress(object, base, part.length).map_err(|error| VerifyError::Transport {
        part: part.name.clone(),
        error,
    })
}

fn check(part: &PartName, bytes: &[u8], signed: u64, digest: Digest) -> Result<(), VerifyError> {
    if bytes.len() as u64 != signed {
        return Err(VerifyError::Length {
            part: part.clone(),
            signed,
            found: bytes.len() as u64,
        });
    }
    match Digest::of(bytes) {
        found if found == digest => Ok(()),
        found => Err(VerifyError::Digest {
            part: part.clone(),
            signed: digest,
            found,
        }),
    }
}

/// The code of a release, ready to run: its main package and those of its subpackages that are at hand.
#[derive(Debug, Clone)]
pub struct VerifiedPackage {
    release: SignedRelease,
    app_json: AppJson,
    files: FileTree,
    parts: Vec<PartName>,
}

impl VerifiedPackage {
    /// Puts parts of one release together. Without the main package the release's own copy of app.json counts.
    pub fn assemble(release: &SignedRelease, parts: Vec<VerifiedPart>) -> Result<Self, VerifyError> {
        let mut package = Self {
            release: release.clone(),
            app_json: AppJson::default(),
            files: FileTree::default(),
            parts: Vec::with_capacity(parts.len()),
        };
        for part in parts {
            package.add(part)?;
        }
        if !package.parts.contains(&PartName::Main) {
            let config = release.release().config.clone().filter(|_| !package.parts.is_empty());
            let config = config.ok_or(VerifyError::NoMain(release.id()))?;
            package.files = package.files.merge(app_json_file(config)?)?;
        }
        package.app_json = AppJson::of(&package.files)?;
        Ok(package)
    }

    /// The same with one more part of the release.
    pub fn with(&self, part: VerifiedPart) -> Result<Self, VerifyError> {
        let mut package = self.clone();
        if package.parts.contains(&part.name) {
            return Ok(package);
        }
        let is_main = part.name == PartName::Main;
        if is_main {
            // The file itself takes the place of what stood in for it.
            (_, package.files) = package.files.partition(|path| path.as_str() == APP_JSON);
        }
        package.add(part)?;
        if is_main {
            package.app_json = AppJson::of(&package.files)?;
        }
        Ok(package)
    }

    fn add(&mut self, part: VerifiedPart) -> Result<(), VerifyError> {
        if part.release != self.release.id() {
            return Err(VerifyError::OtherRelease {
                part: part.name,
                expected: self.release.id(),
                found: part.release,
            });
        }
        self.files = std::mem::take(&mut self.files).merge(part.files)?;
        self.parts.push(part.name);
        Ok(())
    }

    /// The release that it is.
    pub fn release(&self) -> &SignedRelease {
        &self.release
    }

    /// The app.
    pub fn app_id(&self) -> &AppId {
        self.release.app_id()
    }

    /// The release's label.
    pub fn version(&self) -> &VersionLabel {
        &self.release.release().version
    }

    /// The parts that are at hand.
    pub fn parts(&self) -> &[PartName] {
        &self.parts
    }
}

fn app_json_file(text: String) -> Result<FileTree, VerifyError> {
    FileTree::from_names([(APP_JSON, Bytes::from(text))]).map_err(|error| VerifyError::Config(error.to_string()))
}

impl CodePackage for VerifiedPackage {
    fn files(&self) -> &FileTree {
        &self.files
    }

    fn has(&self, part: &PartName) -> bool {
        // What the release does not list cannot be fetched either; its files are then missing as in any package.
        self.parts.contains(part) || self.release.release().part(part).is_none()
    }

    fn size_of(&self, part: &PartName) -> u64 {
        self.release.release().part(part).map_or(0, |part| part.length)
    }

    fn app_json(&self) -> &AppJson {
        &self.app_json
    }
}
