//! Sealing: XChaCha20-Poly1305 with the place of use as authenticated data, and a commitment to the key.

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use tip_domain::{Compartment, Sealed};

pub(crate) type Key = [u8; 32];

const FORMAT: u8 = 1;
const NONCE_LENGTH: usize = 24;

/// Why something could not be opened.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum SealError {
    #[error("the key has been destroyed")]
    Erased,
    #[error("the sealed text does not belong here or has been tampered with")]
    Broken,
    #[error("keyring: {0}")]
    Keyring(String),
}

/// Seals a text of a tip's compartment.
pub(crate) fn seal(key: &Key, owner: &str, compartment: Compartment, field: &str, text: &[u8]) -> Sealed {
    let sealed = encrypt(key, &associated(owner, compartment, field), text);
    Sealed {
        compartment,
        field: field.to_owned(),
        format: FORMAT,
        commitment: hex::encode(commitment(key, &sealed)),
        ciphertext: STANDARD.encode(sealed),
    }
}

/// Opens what [`seal`] sealed, for the same owner, compartment and field only.
pub(crate) fn open(key: &Key, owner: &str, sealed: &Sealed) -> Result<Vec<u8>, SealError> {
    let bytes = STANDARD
        .decode(&sealed.ciphertext)
        .map_err(|_| SealError::Broken)?;
    let pinned = hex::decode(&sealed.commitment).map_err(|_| SealError::Broken)?;
    committing_mac(key, &bytes)
        .verify_slice(&pinned)
        .map_err(|_| SealError::Broken)?;
    decrypt(key, &associated(owner, sealed.compartment, &sealed.field), &bytes)
}

/// nonce ‖ ciphertext ‖ tag.
pub(crate) fn encrypt(key: &Key, associated: &[u8], text: &[u8]) -> Vec<u8> {
    let nonce = random::<NONCE_LENGTH>();
    let cipher = <XChaCha20Poly1305 as chacha20poly1305::KeyInit>::new(key.into());
    let payload = Payload {
        msg: text,
        aad: associated,
    };
    // Encryption fails only beyond 256 GiB.
    let ciphertext = cipher
        .encrypt(XNonce::from_slice(&nonce), payload)
        .expect("a text of bounded length");
    [nonce.as_slice(), &ciphertext].concat()
}

pub(crate) fn decrypt(key: &Key, associated: &[u8], bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, ciphertext) = bytes.split_at_checked(NONCE_LENGTH).ok_or(SealError::Broken)?;
    let payload = Payload {
        msg: ciphertext,
        aad: associated,
    };
    let cipher = <XChaCha20Poly1305 as chacha20poly1305::KeyInit>::new(key.into());
    cipher
        .decrypt(XNonce::from_slice(nonce), payload)
        .map_err(|_| SealError::Broken)
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    // Without randomness nothing may be sealed; the operating system never fails here once booted.
    getrandom::fill(&mut bytes).expect("randomness from the operating system");
    bytes
}

/// A key for one purpose, derived from another.
pub(crate) fn derive(key: &Key, purpose: &str) -> Key {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("any length");
    mac.update(purpose.as_bytes());
    mac.finalize().into_bytes().into()
}

fn associated(owner: &str, compartment: Compartment, field: &str) -> Vec<u8> {
    format!("{owner}|{}|{field}|{FORMAT}", compartment.code()).into_bytes()
}

/// The cipher alone would open under a second key made for the purpose; the commitment pins the one key.
fn commitment(key: &Key, sealed: &[u8]) -> Key {
    committing_mac(key, sealed).finalize().into_bytes().into()
}

fn committing_mac(key: &Key, sealed: &[u8]) -> Hmac<Sha256> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&derive(key, "commitment")).expect("any length");
    mac.update(sealed);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = [7; 32];

    #[test]
    fn what_is_sealed_opens_again_and_shows_nothing() {
        let sealed = seal(
            &KEY,
            "tip-1",
            Compartment::Content,
            "narrative",
            "厂里有刺鼻气味".as_bytes(),
        );
        assert_eq!(
            open(&KEY, "tip-1", &sealed),
            Ok("厂里有刺鼻气味".as_bytes().to_vec())
        );
        assert!(!serde_json::to_string(&sealed).expect("JSON").contains("气味"));
    }
    #[test]
    fn it_opens_nowhere_else() {
        let sealed = seal(&KEY, "tip-1", Compartment::Content, "narrative", b"text");
        assert_eq!(open(&KEY, "tip-2", &sealed), Err(SealError::Broken));
        assert_eq!(open(&[8; 32], "tip-1", &sealed), Err(SealError::Broken));
        let moved = Sealed {
            compartment: Compartment::Identity,
            ..sealed.clone()
        };
        assert_eq!(open(&KEY, "tip-1", &moved), Err(SealError::Broken));
        let renamed = Sealed {
            field: "message".into(),
            ..sealed
        };
        assert_eq!(open(&KEY, "tip-1", &renamed), Err(SealError::Broken));
    }
    #[test]
    fn a_changed_byte_is_noticed() {
        let mut sealed = seal(&KEY, "tip-1", Compartment::Content, "narrative", b"text");
        sealed.ciphertext.replace_range(
            0..1,
            if sealed.ciphertext.starts_with('A') {
                "B"
            } else {
                "A"
            },
        );
        assert_eq!(open(&KEY, "tip-1", &sealed), Err(SealError::Broken));
    }
}
