//! How an archive travels: zstd, whole or with an older archive as prefix (a delta). Decompression is bounded by the
//! length that was signed, so that a bomb costs no more memory than the archive that it pretends to be.

use bytes::Bytes;
use std::io::{self, Read, Write};

/// How hard to try to make an object small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For objects that many devices will download: compressed once, slowly.
    Thorough,
    /// For objects that never leave this process, and of which nobody minds the size.
    Quick,
}

impl Effort {
    /// As a level of zstd.
    fn level(self) -> i32 {
        match self {
            Self::Thorough => 19,
            Self::Quick => 1,
        }
    }
}

/// The smallest and the largest window that is asked for, as powers of two.
const WINDOW_LOG: std::ops::RangeInclusive<u32> = 17..=27;

/// Why an object does not give its archive.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// Not zstd, cut off, or made for another base.
    #[error("failed to decompress: {0}")]
    Corrupt(#[from] io::Error),
    /// It would give more bytes than signed.
    #[error("decompresses to more than the signed {signed} bytes")]
    TooLong {
        /// The archive's signed length.
        signed: u64,
    },
    /// It gives fewer bytes than signed.
    #[error("decompresses to {found} bytes instead of {signed}")]
    TooShort {
        /// The archive's signed length.
        signed: u64,
        /// What came out.
        found: u64,
    },
}

/// Compresses `archive`; with a `base`, which the receiver must have, into a delta.
pub fn compress(archive: &[u8], base: Option<&[u8]>, effort: Effort) -> io::Result<Bytes> {
    let base = base.unwrap_or_default();
    let mut encoder = zstd::stream::write::Encoder::with_ref_prefix(Vec::new(), effort.level(), base)?;
    encoder.set_pledged_src_size(Some(archive.len() as u64))?;
    encoder.include_checksum(true)?;
    // The window must reach from the archive's end back to the prefix's start.
    encoder.window_log(window_log(archive.len() + base.len()))?;
    encoder.long_distance_matching(!base.is_empty())?;
    encoder.write_all(archive)?;
    Ok(encoder.finish()?.into())
}

/// Decompresses an object into exactly `signed` bytes; never allocates for more.
pub fn decompress(object: &[u8], base: Option<&[u8]>, signed: u64) -> Result<Bytes, TransportError> {
    let mut decoder = zstd::stream::read::Decoder::with_ref_prefix(object, base.unwrap_or_default())?;
    decoder.window_log_max(*WINDOW_LOG.end())?;
    let mut archive = Vec::with_capacity(usize::try_from(signed).unwrap_or(0).min(1 << 26));
    let found = decoder
        .by_ref()
        .take(signed.saturating_add(1))
        .read_to_end(&mut archive)? as u64;
    match found {
        _ if found > signed => Err(TransportError::TooLong { signed }),
        _ if found < signed => Err(TransportError::TooShort { signed, found }),
        _ => Ok(archive.into()),
    }
}

fn window_log(bytes: usize) -> u32 {
    let needed = usize::BITS - bytes.leading_zeros();
    needed.clamp(*WINDOW_LOG.start(), *WINDOW_LOG.end())
}
