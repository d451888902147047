//! Gray release: which users get a release that is not for everyone yet.

use super::manifest::ReleaseId;
use crate::package::AppId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The share of users that get a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollout {
    /// 0 to 100; more counts as 100.
    pub percent: u8,
}

impl Rollout {
    /// A release for everyone.
    pub const FULL: Self = Self { percent: 100 };

    /// Whether this user is among those who get the release. The answer stays yes while the share rises, and the groups
    /// of two releases have nothing to do with each other.
    pub fn includes(self, app: &AppId, user: &str, release: ReleaseId) -> bool {
        bucket(app, user, release) < self.percent
    }

    /// Whether it is for everyone.
    pub fn is_full(self) -> bool {
        self.percent >= 100
    }
}

impl Default for Rollout {
    fn default() -> Self {
        Self::FULL
    }
}

/// The user's place from 0 to 99 among the users of a release: the first 8 bytes, big-endian, of SHA-256 over app id,
/// user id and release id with a zero byte between them, modulo 100. Computed on the device, so that one cached
/// manifest serves everyone.
pub fn bucket(app: &AppId, user: &str, release: ReleaseId) -> u8 {
    let mut hash = Sha256::new();
    hash.update(app.as_str());
    hash.update([0]);
    hash.update(user);
    hash.update([0]);
    hash.update(release.0.to_string());
    let first = hash.finalize();
    let number = first.iter().take(8).fold(0u64, |n, byte| (n << 8) | u64::from(*byte));
    (number % 100) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> AppId {
        AppId::parse("wx1").unwrap()
    }

    #[test]
    fn a_rising_share_keeps_whom_it_had() {
        for user in (0..500).map(|n| format!("user{n}")) {
            let at = |percent| Rollout { percent }.includes(&app(), &user, ReleaseId(7));
            assert!((0..100).all(|p| !at(p) || at(p + 1)), "{user}");
            assert!(!at(0) && at(100));
        }
    }

    #[test]
    fn the_share_is_about_right_and_differs_between_releases() {
        let group = |release| -> Vec<String> {
            let users = (0..2000).map(|n| format!("user{n}"));
            users
                .filter(|u| Rollout { percent: 20 }.includes(&app(), u, ReleaseId(release)))
                .collect()
        };
        let (one, two) = (group(1), group(2));
        assert!((300..500).contains(&one.len()), "{}", one.len());
        let both = one.iter().filter(|u| two.contains(u)).count();
        assert!(both < one.len() / 2, "{both} of {}", one.len());
    }

    #[test]
    fn the_bucket_is_part_of_the_wire_format() {
        assert_eq!(
            bucket(&app(), "user1", ReleaseId(1)),
            bucket(&app(), "user1", ReleaseId(1))
        );
        // Two fields that run into each other must not give the same bucket input.
        let users: Vec<u8> = (0..20)
            .map(|n| bucket(&app(), &format!("u{n}"), ReleaseId(1)))
            .collect();
        let shifted: Vec<u8> = (0..20)
            .map(|n| bucket(&AppId::parse("wx1u").unwrap(), &n.to_string(), ReleaseId(1)))
            .collect();
        assert_ne!(users, shifted);
    }
}
