//! Text encodings of the file APIs.

use super::fault::Fault;
use crate::wx::{Args, WxError, base64};

/// How text and bytes turn into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Ascii,
    Latin1,
    Utf16,
    Hex,
    Base64,
}

impl Encoding {
    /// The encoding that the call names; `None` where it names none.
    ///
    /// # Errors
    /// It names one that is unknown.
    pub fn of(args: &Args) -> Result<Option<Self>, WxError> {
        args.text_opt("encoding")
            .filter(|name| !name.is_empty())
            .map(Self::named)
            .transpose()
    }

    /// The encoding of this name.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn named(name: &str) -> Result<Self, WxError> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "utf8" | "utf-8" => Self::Utf8,
            "ascii" => Self::Ascii,
            "latin1" | "binary" => Self::Latin1,
            "ucs2" | "ucs-2" | "utf16le" | "utf-16le" => Self::Utf16,
            "hex" => Self::Hex,
            "base64" => Self::Base64,
            _ => return Err(WxError::parameter(format!("invalid encoding \"{name}\""))),
        })
    }

    /// The bytes of a text.
    ///
    /// # Errors
    /// The text is not base64; a data URI is none.
    pub fn bytes(self, text: &str) -> Result<Vec<u8>, WxError> {
        Ok(match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Ascii | Self::Latin1 => text.encode_utf16().map(|unit| unit.to_le_bytes()[0]).collect(),
            Self::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Hex => unhex(text),
            Self::Base64 => base64::to_bytes(text).map_err(|_| Fault::Base64)?,
        })
    }

    /// The text of these bytes.
    pub fn text(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            Self::Ascii => bytes.iter().map(|byte| char::from(byte & 0x7F)).collect(),
            Self::Latin1 => bytes.iter().copied().map(char::from).collect(),
            Self::Utf16 => {
                let pairs = bytes.chunks_exact(2);
                let units: Vec<u16> = pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                String::from_utf16_lossy(&units)
            }
            Self::Hex => hex::encode(bytes),
            Self::Base64 => base64::to_text(bytes),
        }
    }
}

/// As many pairs of digits as the text begins with.
fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .map_while(|c| c.to_digit(16))
        .map(|d| d.to_le_bytes()[0])
        .collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_goes_both_ways() {
        for (name, text, bytes) in [
            ("utf8", "中a", &b"\xE4\xB8\xADa"[..]),
            ("utf-8", "", b""),
            ("ascii", "abc", b"abc"),
            ("latin1", "\u{e9}", b"\xE9"),
            ("binary", "\u{ff}\u{0}", b"\xFF\x00"),
            ("ucs2", "中", b"\x2D\x4E"),
            ("utf16le", "a", b"a\x00"),
            ("hex", "00ff", b"\x00\xFF"),
            ("base64", "aGVsbG8=", b"hello"),
        ] {
            let encoding = Encoding::named(name).unwrap();
            assert_eq!(encoding.bytes(text).unwrap(), bytes, "{name}");
            assert_eq!(encoding.text(bytes), text, "{name}");
        }
    }

    #[test]
    fn what_is_no_encoding_or_not_encoded_is_refused() {
        assert!(Encoding::named("utf7").is_err());
        let fault = Encoding::Base64.bytes("data:image/png;base64,aGVsbG8=").unwrap_err();
        assert_eq!(fault, WxError::coded("base64 encode error", 1_300_203));
    }
}
