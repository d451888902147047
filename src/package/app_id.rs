//! The id of a mini program.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of a mini program, such as `wx1234567890abcdef`: 1 to 64 ASCII letters, digits, `-` and `_`.
/// It becomes a folder name and a part of URLs, which is why it is parsed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AppId(String);

/// The text is not an app id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an app id: 1 to 64 ASCII letters, digits, - and _")]
pub struct AppIdError(String);

impl AppId {
    /// Checks `text` and keeps it as it is.
    pub fn parse(text: &str) -> Result<Self, AppIdError> {
        let good = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if text.is_empty() || text.len() > 64 || !text.bytes().all(good) {
            return Err(AppIdError(text.chars().take(80).collect()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for AppId {
    type Err = AppIdError;
    fn from_str(text: &str) -> Result<Self, AppIdError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for AppId {
    type Error = AppIdError;
    fn try_from(text: String) -> Result<Self, AppIdError> {
        Self::parse(&text)
    }
}

impl From<AppId> for String {
    fn from(id: AppId) -> String {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_id_is_safe_as_a_folder_name() {
        for good in ["wx1234567890abcdef", "touristappid", "a", "A-b_9"] {
            assert_eq!(AppId::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "..", "a/b", "a.b", "a b", "é", &"a".repeat(65)] {
            assert!(AppId::parse(bad).is_err(), "{bad:?}");
        }
    }
}
