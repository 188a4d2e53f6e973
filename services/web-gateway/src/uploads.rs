//! Photos on their way in parts: whoever is cut off goes on where it broke off. Sealed in Redis, and gone soon.

use crate::random;
use crate::volatile::{Away, Volatile};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use std::collections::BTreeMap;
use uuid::Uuid;

/// No photo is larger; tip-intake takes none that is.
pub(crate) const LARGEST: u64 = 10 * 1024 * 1024;
/// Long enough to walk out of a dead spot, short enough that Redis does not become a store of photos.
const KEPT_SECONDS: u64 = 30 * 60;
/// After a photo has been kept: until its sender has certainly heard so, or asked again.
const KEPT_AFTERWARDS_SECONDS: u64 = 2 * 60;
const NONCE: usize = 24;

/// One photo of one session on its way. Redis holds neither its name nor its key: both come from the cookie.
pub(crate) struct Upload {
    name: String,
    cipher: XChaCha20Poly1305,
}

impl Upload {
    pub(crate) fn of(session_id: &str, upload_id: Uuid) -> Self {
        let derived =
            |purpose: &[u8]| random::keyed_hash(session_id.as_bytes(), &[purpose, upload_id.as_bytes()]);
        Self {
            name: format!("mingcha:upload:{}", hex::encode(derived(b"name of an upload"))),
            cipher: XChaCha20Poly1305::new(&derived(b"key of an upload").into()),
        }
    }

    fn seal(&self, part: Part, data: &[u8]) -> Vec<u8> {
        let nonce = random::bytes::<NONCE>();
        let named = part.field();
        let payload = Payload {
            msg: data,
            aad: named.as_bytes(),
        };
        // It fails for more than 256 GiB only.
        let sealed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload);
        [nonce.to_vec(), sealed.unwrap_or_default()].concat()
    }

    fn open(&self, part: Part, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let named = part.field();
        let payload = Payload {
            msg: sealed,
            aad: named.as_bytes(),
        };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).ok()
    }
}

/// Bytes of a photo: from which on, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    from: u64,
    length: u64,
}

impl Part {
    fn field(self) -> String {
        format!("{}+{}", self.from, self.length)
    }
    fn named(field: &str) -> Option<Self> {
        let (from, length) = field.split_once('+')?;
        Some(Self {
            from: from.parse().ok()?,
            length: length.parse().ok()?,
        })
    }
}

/// The parts that follow each other without a gap, in order.
fn contiguous<'a>(fields: impl IntoIterator<Item = &'a String>) -> Vec<Part> {
    let parts = fields.into_iter().filter_map(|field| Part::named(field));
    let by_start: BTreeMap<u64, u64> = parts.map(|part| (part.from, part.length)).collect();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(&length) = by_start.get(&from).filter(|length| **length > 0) {
        found.push(Part { from, length });
        from += length;
    }
    found
}

fn end_of(parts: &[Part]) -> u64 {
    parts.last().map_or(0, |last| last.from + last.length)
}

/// All photos on their way.
pub(crate) struct Uploads {
    volatile: Volatile,
}

impl Uploads {
    pub(crate) fn new(volatile: Volatile) -> Self {
        Self { volatile }
    }

    /// How many bytes from the first on are here.
    pub(crate) async fn received(&self, upload: &Upload) -> Result<u64, Away> {
        let fields: Vec<String> = self
            .volatile
            .ask(|mut connection| {
                let name = upload.name.clone();
                async move { redis::cmd("HKEYS").arg(name).query_async(&mut connection).await }
            })
            .await?;
        Ok(end_of(&contiguous(&fields)))
    }

    /// Keeps a part that goes on where the others end, and answers how much there is then. A part that does not is not
    /// kept: the answer says where to go on.
    pub(crate) async fn put(&self, upload: &Upload, from: u64, data: &[u8]) -> Result<u64, Away> {
        let received = self.received(upload).await?;
        if from != received || data.is_empty() {
            return Ok(received);
        }
        let part = Part {
            from,
            length: data.len() as u64,
        };
        let sealed = upload.seal(part, data);
        self.volatile
            .ask(|mut connection| {
                let (name, sealed) = (upload.name.clone(), sealed.clone());
                async move {
                    redis::pipe()
                        .atomic()
                        .cmd("HSET")
                        .arg(&name)
                        .arg(part.field())
                        .arg(sealed)
                        .ignore()
                        .cmd("EXPIRE")
                        .arg(&name)
                        .arg(KEPT_SECONDS)
                        .ignore()
                        .query_async::<()>(&mut connection)
                        .await
                }
            })
            .await?;
        Ok(received + part.length)
    }

    /// Everything that is here from the first byte on.
    pub(crate) async fn whole(&self, upload: &Upload) -> Result<Vec<u8>, Away> {
        let sealed: BTreeMap<String, Vec<u8>> = self
            .volatile
            .ask(|mut connection| {
                let name = upload.name.clone();
                async move { redis::cmd("HGETALL").arg(name).query_async(&mut connection).await }
            })
            .await?;
        let mut whole = Vec::new();
        for part in contiguous(sealed.keys()) {
            let Some(data) = sealed
                .get(&part.field())
                .and_then(|sealed| upload.open(part, sealed))
            else {
                break;
            };
            whole.extend(data);
        }
        Ok(whole)
    }

    /// The photo has been kept. If nobody hears of it, Redis forgets by itself.
    pub(crate) async fn done(&self, upload: &Upload) {
        let shortened = self.volatile.ask(|mut connection| {
            let name = upload.name.clone();
            async move {
                let mut expire = redis::cmd("EXPIRE");
                expire.arg(name).arg(KEPT_AFTERWARDS_SECONDS);
                expire.query_async::<()>(&mut connection).await
            }
        });
        let _ = shortened.await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHOTO: Uuid = Uuid::from_u128(1);

    fn parts(fields: &[&str]) -> Vec<(u64, u64)> {
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        let parts = contiguous(&fields).into_iter();
        parts.map(|part| (part.from, part.length)).collect()
    }

    #[test]
    fn what_follows_a_gap_has_not_been_received() {
        assert_eq!(parts(&["10+5", "0+10", "20+5"]), [(0, 10), (10, 5)]);
        assert_eq!(parts(&["5+5"]), []);
        assert_eq!(parts(&["0+0", "nonsense", "1"]), []);
    }
    #[test]
    fn a_part_opens_for_its_session_and_in_its_place_only() {
        let (part, moved) = (Part { from: 0, length: 5 }, Part { from: 5, length: 5 });
        let upload = Upload::of("a session", PHOTO);
        let sealed = upload.seal(part, b"photo");
        assert!(!sealed.windows(5).any(|window| window == b"photo"));
        assert_eq!(upload.open(part, &sealed).as_deref(), Some(&b"photo"[..]));
        assert_eq!(upload.open(moved, &sealed), None);
        assert_eq!(Upload::of("another", PHOTO).open(part, &sealed), None);
        assert_ne!(Upload::of("another", PHOTO).name, upload.name);
        assert_eq!(upload.open(part, b"short"), None);
    }
}
