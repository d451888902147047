//! Users who get a gray release before its share reaches them, named so that a manifest does not tell who they are.

use crate::package::AppId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Stands for a user of an app: the first 8 bytes, in hex, of SHA-256 over app id, `whitelist` and user id with a zero
/// byte between them. Who has a list of user ids can still find out which of them are meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserMark(String);

impl UserMark {
    /// The mark of a user.
    pub fn of(app: &AppId, user: &str) -> Self {
        let mut hash = Sha256::new();
        for field in [app.as_str(), "\0whitelist\0", user] {
            hash.update(field);
        }
        Self(
            hash.finalize()
                .iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_name_users_and_differ_between_apps() {
        let mark = |app: &str| serde_json::to_string(&UserMark::of(&AppId::parse(app).unwrap(), "anna")).unwrap();
        assert_eq!(mark("wx1").len(), 18);
        assert!(!mark("wx1").contains("anna"));
        assert_ne!(mark("wx1"), mark("wx2"));
    }
}
