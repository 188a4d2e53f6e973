//! Receipts 查询码: 16 digits that only the reporter has. We keep a keyed hash, and find the tip by it.

use crate::seal::{Key, derive};
use hmac::{Hmac, Mac};
use jurisdiction::{CommandId, TipId};
use sha2::Sha256;
use uuid::Uuid;

const DIGITS: u64 = 10_000_000_000_000_000;

/// Makes receipts and recognises them.
pub(crate) struct Receipts {
    issuing: Key,
    locating: Key,
    hashing: Key,
}

/// A well-formed receipt: 16 digits.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Receipt(String);

impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Receipt(…)")
    }
}

impl Receipt {
    /// Accepts 16 digits, full-width ones too, with spaces or hyphens between.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits: Option<String> = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '—'))
            .map(|c| match c {
                '0'..='9' => Some(c),
                '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
                _ => None,
            })
            .collect();
        digits.filter(|digits| digits.len() == 16).map(Self)
    }
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
    /// In groups of four, to be read out.
    pub(crate) fn grouped(&self) -> String {
        [&self.0[..4], &self.0[4..8], &self.0[8..12], &self.0[12..]].join(" ")
    }
}

impl Receipts {
    pub(crate) fn new(key: Key) -> Self {
        Self {
            issuing: derive(&key, "issue"),
            locating: derive(&key, "locate"),
            hashing: derive(&key, "hash"),
        }
    }
    /// The receipt of a command. Command ids are random; the same command has the same receipt, so that a
    /// repeated submission is answered alike and makes no second tip.
    pub(crate) fn issue(&self, command: CommandId) -> Receipt {
        let bytes = mac(&self.issuing, command.0.as_bytes());
        let number = u64::from_be_bytes(bytes[..8].try_into().unwrap_or_default()) % DIGITS;
        Receipt(format!("{number:016}"))
    }
    /// The tip that belongs to a receipt, whether it exists or not.
    pub(crate) fn tip(&self, receipt: &Receipt) -> TipId {
        let bytes = mac(&self.locating, receipt.0.as_bytes());
        TipId(Uuid::new_v8(bytes[..16].try_into().unwrap_or_default()))
    }
    /// What the history keeps of a receipt.
    pub(crate) fn hash(&self, receipt: &Receipt) -> String {
        hex::encode(mac(&self.hashing, receipt.0.as_bytes()))
    }
}

fn mac(key: &Key, data: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(data);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_repeatable_and_leads_to_its_tip_only() {
        let receipts = Receipts::new([1; 32]);
        let (a, b) = (
            receipts.issue(CommandId::sample(1)),
            receipts.issue(CommandId::sample(2)),
        );
        assert_eq!(a, receipts.issue(CommandId::sample(1)));
        assert_ne!(a, b);
        assert_ne!(receipts.tip(&a), receipts.tip(&b));
        assert!(!receipts.hash(&a).contains(a.as_str()));
    }
    #[test]
    fn people_type_receipts_in_many_ways() {
        for text in [
            "1234567890123456",
            " 1234 5678 9012 3456 ",
            "1234-5678-9012-3456",
            "１２３４５６７８９０１２３４５６",
        ] {
            assert_eq!(Receipt::parse(text).expect(text).grouped(), "1234 5678 9012 3456");
        }
        for text in ["", "123", "12345678901234567", "123456789012345x"] {
            assert_eq!(Receipt::parse(text), None, "{text}");
        }
    }
}
