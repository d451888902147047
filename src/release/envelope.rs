//! The signed envelope, DSSE version 1: the payload's bytes are signed together with their type, so that neither needs
//! a canonical form, and a signature for one kind of document is worth nothing for another.

use super::keys::{KeyId, PublicKey, SecretKey};
use super::trust::TrustError;
use crate::package::Digest;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The longest envelope that is looked at, in bytes.
pub const MAX_ENVELOPE_BYTES: usize = 1 << 20;
/// More signatures than any rotation needs.
const MAX_SIGNATURES: usize = 64;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    payload_type: String,
    payload: String,
    signatures: Vec<Signed>,
}

#[derive(Serialize, Deserialize)]
struct Signed {
    #[serde(default)]
    keyid: String,
    sig: String,
}

/// What a kind of document is called in its envelope, and how many signatures by which keys it needs.
pub(super) struct Requirement<'a> {
    /// The payload type.
    pub payload_type: &'static str,
    /// The keys that count.
    pub keys: &'a BTreeMap<KeyId, PublicKey>,
    /// How many of them must have signed, at least one.
    pub threshold: usize,
}

/// Signs `payload` with each of `keys`.
pub(super) fn seal(payload_type: &str, payload: &[u8], keys: &[&SecretKey]) -> Vec<u8> {
    let message = pre_authentication(payload_type, payload);
    let sign = |key: &&SecretKey| Signed {
        keyid: key.public().id().to_string(),
        sig: STANDARD.encode(key.sign(&message)),
    };
    let envelope = Envelope {
        payload_type: payload_type.to_owned(),
        payload: STANDARD.encode(payload),
        signatures: keys.iter().map(sign).collect(),
    };
    // Strings and lists of strings always have a JSON form.
    serde_json::to_vec(&envelope).unwrap_or_default()
}

/// The payload without any check, for finding out which keys it asks to be checked with.
pub(super) fn peek(envelope: &[u8], payload_type: &'static str) -> Result<Vec<u8>, TrustError> {
    Ok(read(envelope, payload_type)?.1)
}

/// The payload, if enough trusted keys have signed it. Signatures by other keys are ignored, and a key counts once.
pub(super) fn open(envelope: &[u8], need: &Requirement<'_>) -> Result<(Vec<u8>, Vec<KeyId>), TrustError> {
    let (signatures, payload) = read(envelope, need.payload_type)?;
    if signatures.is_empty() {
        return Err(TrustError::Unsigned);
    }
    let message = pre_authentication(need.payload_type, &payload);
    let (mut good, mut bad) = (BTreeSet::new(), None);
    for signed in &signatures {
        let Some((id, key)) = trusted(&signed.keyid, need.keys) else {
            continue;
        };
        if decode(&signed.sig).is_some_and(|signature| key.has_signed(&message, &signature)) {
            good.insert(id);
        } else {
            bad = Some(id);
        }
    }
    match (good.len(), bad) {
        (count, _) if count >= need.threshold.max(1) => Ok((payload, good.into_iter().collect())),
        (_, Some(key)) => Err(TrustError::BadSignature { key }),
        (0, None) => Err(TrustError::ForeignKey),
        (found, None) => Err(TrustError::TooFewSignatures {
            found,
            needed: need.threshold,
        }),
    }
}

/// Reads a verified payload. Nesting is bounded by the JSON reader (128 levels).
pub(super) fn parse<T: DeserializeOwned>(payload: &[u8], document: &'static str) -> Result<T, TrustError> {
    serde_json::from_slice(payload).map_err(|error| TrustError::Malformed {
        document,
        reason: error.to_string(),
    })
}

fn read(envelope: &[u8], payload_type: &'static str) -> Result<(Vec<Signed>, Vec<u8>), TrustError> {
    if envelope.len() > MAX_ENVELOPE_BYTES {
        return Err(TrustError::TooBig {
            length: envelope.len(),
            limit: MAX_ENVELOPE_BYTES,
        });
    }
    let envelope: Envelope = parse(envelope, "envelope")?;
    if envelope.payload_type != payload_type {
        return Err(TrustError::WrongType {
            expected: payload_type,
            found: envelope.payload_type.chars().take(80).collect(),
        });
    }
    let malformed = |reason: &str| TrustError::Malformed {
        document: "envelope",
        reason: reason.to_owned(),
    };
    if envelope.signatures.len() > MAX_SIGNATURES {
        return Err(malformed("too many signatures"));
    }
    let payload = decode(&envelope.payload).ok_or_else(|| malformed("the payload is not base64"))?;
    Ok((envelope.signatures, payload))
}

fn trusted<'k>(keyid: &str, keys: &'k BTreeMap<KeyId, PublicKey>) -> Option<(KeyId, &'k PublicKey)> {
    let id = KeyId(Digest::parse(keyid).ok()?);
    Some((id, keys.get(&id)?))
}

/// The specification allows both alphabets.
fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}

/// DSSE's PAE: lengths in front of both fields, so that no pair of them reads like another.
fn pre_authentication(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signed_bytes_are_those_of_the_specification() {
        let message = pre_authentication("http://example.com/HelloWorld", b"hello world");
        assert_eq!(message, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }
}
