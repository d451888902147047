//! Version labels: what a developer writes beside a release, and what base library requirements are written in.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// A version label such as `1.2.0`, `v2`, `2024.01.05`, `1.2.3.4` or `1.2.0-beta.1`.
///
/// Labels compare by their dotted integers, never as strings (WeChat, "lower version compatibility"); missing parts are
/// 0, so `1` equals `1.0.0`. The first three integers and a pre-release suffix follow semver's rules (a pre-release
/// comes before its release, what follows `+` does not count). Integers after the third are compared next, before
/// the suffix: `1.2.3 < 1.2.3.1 < 1.2.4`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VersionLabel {
    text: String,
    version: semver::Version,
    more: Vec<u64>,
}

/// The text is not a version label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a version such as 1.2.0: {reason}")]
pub struct VersionError {
    /// What was given.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl VersionLabel {
    /// Reads a label; the text is kept for display.
    pub fn parse(text: &str) -> Result<Self, VersionError> {
        let text = text.trim();
        let error = |reason| VersionError {
            text: text.chars().take(80).collect(),
            reason,
        };
        if text.len() > 80 {
            return Err(error("it is longer than 80 characters"));
        }
        let bare = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let bare = bare.split('+').next().unwrap_or(bare);
        let (numbers, suffix) = bare.split_once('-').map_or((bare, None), |(n, s)| (n, Some(s)));
        let integers = numbers.split('.').map(integer).collect::<Option<Vec<u64>>>();
        let integers = integers.ok_or_else(|| error("its parts must be integers"))?;
        let part = |index: usize| integers.get(index).copied().unwrap_or(0);
        let mut version = semver::Version::new(part(0), part(1), part(2));
        if let Some(suffix) = suffix {
            let pre = semver::Prerelease::new(suffix).ok().filter(|pre| !pre.is_empty());
            version.pre = pre.ok_or_else(|| error("its suffix is not a pre-release"))?;
        }
        let mut more: Vec<u64> = integers.into_iter().skip(3).collect();
        while more.last() == Some(&0) {
            more.pop();
        }
        Ok(Self {
            text: text.to_owned(),
            version,
            more,
        })
    }

    /// The label as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Digits only: `parse` alone would also take a sign.
fn integer(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

impl Ord for VersionLabel {
    fn cmp(&self, other: &Self) -> Ordering {
        let core = |v: &semver::Version| (v.major, v.minor, v.patch);
        core(&self.version)
            .cmp(&core(&other.version))
            .then_with(|| self.more.cmp(&other.more))
            .then_with(|| self.version.cmp_precedence(&other.version))
    }
}

impl PartialOrd for VersionLabel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for VersionLabel {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for VersionLabel {}

impl fmt::Display for VersionLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for VersionLabel {
    type Err = VersionError;
    fn from_str(text: &str) -> Result<Self, VersionError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for VersionLabel {
    type Error = VersionError;
    fn try_from(text: String) -> Result<Self, VersionError> {
        Self::parse(&text)
    }
}

impl From<VersionLabel> for String {
    fn from(label: VersionLabel) -> String {
        label.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_compare_by_their_integers() {
        use Ordering::{Equal, Greater, Less};
        let table = [
            ("1.9.0", "1.10.0", Less),
            ("2", "2.0.0", Equal),
            ("v1.2", "1.2.0", Equal),
            ("1.2.3.0", "1.2.3", Equal),
            ("1.2.3", "1.2.3.1", Less),
            ("1.2.3.9", "1.2.3.10", Less),
            ("1.2.4", "1.2.3.99", Greater),
            ("1.0.0-beta", "1.0.0", Less),
            ("1.0.0-beta.2", "1.0.0-beta.11", Less),
            ("1.2.3.4-rc", "1.2.3.4", Less),
            ("1.2.3.4-rc", "1.2.3", Greater),
            ("1.0.0+a", "1.0.0+b", Equal),
            ("2024.01.05", "2024.1.5", Equal),
            ("3.5.10", "3.5.9", Greater),
        ];
        for (a, b, order) in table {
            let (left, right) = (VersionLabel::parse(a).unwrap(), VersionLabel::parse(b).unwrap());
            assert_eq!(left.cmp(&right), order, "{a} against {b}");
            assert_eq!(left == right, order == Equal, "{a} against {b}");
        }
    }

    #[test]
    fn what_is_not_a_version_is_refused() {
        for bad in [
            "",
            "v",
            "x",
            "1.",
            ".1",
            "1..2",
            "1.-2",
            "+1",
            "1.a",
            "latest",
            "1.0.0-",
            "1.0.0-a..b",
            "99999999999999999999",
        ] {
            assert!(VersionLabel::parse(bad).is_err(), "{bad:?}");
        }
    }
}
