//! Randomness and digests of the edge: session ids, tokens, request ids, command ids.

use base64::Engine;
use hmac::{Hmac, Mac};
use jurisdiction::CommandId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Random bytes from the operating system.
pub(crate) fn bytes<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0u8; LENGTH];
    // Without randomness there is no security left to preserve; the operating system never fails here once booted.
    getrandom::fill(&mut bytes).expect("randomness from the operating system");
    bytes
}

/// 256 random bits in hexadecimal.
pub(crate) fn token() -> String {
    hex::encode(bytes::<32>())
}

pub(crate) fn uuid() -> Uuid {
    uuid::Builder::from_random_bytes(bytes()).into_uuid()
}

pub(crate) fn command_id() -> CommandId {
    CommandId(uuid())
}

pub(crate) fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

/// As content security policies spell a digest.
pub(crate) fn sha256_base64(text: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text))
}

/// HMAC-SHA256 over length-prefixed parts, so that no two lists of parts are read as the same text.
pub(crate) fn keyed_hash(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Compares without telling by the time taken how much agrees.
pub(crate) fn same(left: &str, right: &str) -> bool {
    // The digests of two texts agree or differ at a place that nobody can steer.
    Sha256::digest(left) == Sha256::digest(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        let key = b"key";
        assert_ne!(keyed_hash(key, &[b"ab", b"c"]), keyed_hash(key, &[b"a", b"bc"]));
    }
    #[test]
    fn equality_is_equality() {
        assert!(same("a", "a"));
        assert!(!same("a", "b"));
    }
}
