//! Changing the keys of an app, one signed root document after the other.
//!
//! A rotation takes two steps. [`Operator::add_key`] makes a root with the old keys and the new one, signed by both
//! sides; from then on manifests are signed with the new key, and the old one still counts for whoever has it.
//! [`Operator::remove_key`] ends this overlap. The manifest names the root that it was signed under, so every device
//! that gets it follows the roots up to that one, however many it has missed, and no longer believes the old key. Nor
//! does it hold on to sequence numbers that only the old key has vouched for: the root says from which one to count.

use super::error::WriteError;
use super::event::Event;
use super::log::LogEntry;
use super::operator::Operator;
use super::refusal::Refusal;
use crate::release::{KeyId, RootDocument, SecretKey, TrustedKeys};

impl Operator<'_> {
    /// Lets a new key sign beside the ones that are there, and signs the manifest with it.
    pub async fn add_key(&self, new: &SecretKey) -> Result<LogEntry, WriteError> {
        let (state, keys) = self.open().await?;
        if keys.contains(&new.public()) {
            return Err(Refusal::KeyThere(new.public().id()).into());
        }
        let mut root = next(&keys);
        root.keys.push(new.public());
        let event = rotation(&keys, &root, &[self.key, new])?;
        let signer = Operator {
            key: new,
            ..self.clone()
        };
        signer.write(&state, event).await
    }

    /// Takes a key away: what it signed counts for nothing any more.
    pub async fn remove_key(&self, key: KeyId) -> Result<LogEntry, WriteError> {
        let (state, keys) = self.open().await?;
        let mut root = next(&keys);
        root.keys.retain(|kept| kept.id() != key);
        // The manifest of this very decision is the first that counts.
        root.floor = Some(state.seq + 1);
        if root.keys.len() == keys.root().keys.len() {
            return Err(Refusal::NoSuchKey(key).into());
        }
        if self.key.public().id() == key {
            return Err(Refusal::RemovesSigner(key).into());
        }
        if root.keys.len() < root.threshold {
            let threshold = root.threshold;
            return Err(Refusal::TooFewKeys { threshold }.into());
        }
        let event = rotation(&keys, &root, &[self.key])?;
        self.write(&state, event).await
    }
}

/// The root document that follows, still with the same keys.
fn next(keys: &TrustedKeys) -> RootDocument {
    RootDocument {
        version: keys.version().saturating_add(1),
        floor: None,
        ..keys.root().clone()
    }
}

/// The entry of a new root, if devices would follow to it.
fn rotation(old: &TrustedKeys, root: &RootDocument, signers: &[&SecretKey]) -> Result<Event, WriteError> {
    let sealed = root.seal(signers);
    old.advance(&sealed)?;
    let ids = |keys: &RootDocument| -> Vec<KeyId> { keys.keys.iter().map(|key| key.id()).collect() };
    let (before, after) = (ids(old.root()), ids(root));
    let missing = |from: &[KeyId], of: &[KeyId]| of.iter().copied().filter(|id| !from.contains(id)).collect();
    Ok(Event::Rotate {
        version: root.version,
        added: missing(&before, &after),
        removed: missing(&after, &before),
        // Signed documents are JSON.
        root: String::from_utf8_lossy(&sealed).into_owned(),
    })
}
