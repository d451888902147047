//! Why nothing was written to a registry.

use super::log::LogError;
use super::refusal::Refusal;
use super::roots::RootError;
use super::store::StoreError;
use crate::package::Problems;
use crate::release::TrustError;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The package is not fit: fix the sources.
    #[error(transparent)]
    Package(#[from] Problems),
    /// The rules do not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The key does not speak for the app.
    #[error(transparent)]
    Root(#[from] RootError),
    /// Somebody else was first: try again.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An object in the store is not what the log says.
    #[error("{path}: {reason}")]
    Damaged {
        /// The object.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// Our own document does not pass the check that devices make.
    #[error("the signed document would not be accepted by devices: {0}")]
    Unacceptable(#[from] TrustError),
}

impl WriteError {
    /// Whether the operator can put it right with other arguments or another try, as opposed to a store that fails.
    pub fn is_operators(&self) -> bool {
        match self {
            Self::Package(_) | Self::Refused(_) => true,
            Self::Root(root) => matches!(root, RootError::NotAKeyOf { .. }),
            Self::Log(log) => matches!(log, LogError::Conflict { .. }),
            Self::Store(_) | Self::Damaged { .. } | Self::Unacceptable(_) => false,
        }
    }
}
