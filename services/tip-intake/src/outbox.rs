//! Outgoing SMS: sealed until a carrier adapter takes them, then gone.

use crate::keyring::Keyring;
use crate::seal::{SealError, decrypt, encrypt};
use serde::{Deserialize, Serialize};

const PURPOSE: &str = "sms-outbox";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OutgoingSms {
    pub(crate) number: String,
    pub(crate) text: String,
}

pub(crate) struct Outbox {
    keyring: Keyring,
}

impl Outbox {
    pub(crate) fn new(keyring: Keyring) -> Self {
        Self { keyring }
    }
    pub(crate) fn put(&self, sms: &OutgoingSms) -> Result<(), SealError> {
        let text = serde_json::to_vec(sms).map_err(|e| SealError::Keyring(e.to_string()))?;
        let sealed = encrypt(&self.keyring.subkey(PURPOSE), PURPOSE.as_bytes(), &text);
        let done = self
            .keyring
            .database()
            .execute("INSERT INTO sms_outbox (sealed) VALUES (?1)", [sealed]);
        done.map(|_| ()).map_err(|e| SealError::Keyring(e.to_string()))
    }
    /// Takes back what waits for a number.
    pub(crate) fn forget(&self, number: &str) -> Result<(), SealError> {
        let failed = |e: rusqlite::Error| SealError::Keyring(e.to_string());
        let key = self.keyring.subkey(PURPOSE);
        let database = self.keyring.database();
        let mut statement = database
            .prepare_cached("SELECT id, sealed FROM sms_outbox")
            .map_err(failed)?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(failed)?;
        let rows: Vec<(i64, Vec<u8>)> = rows.collect::<Result<_, _>>().map_err(failed)?;
        for (id, sealed) in rows {
            let text = decrypt(&key, PURPOSE.as_bytes(), &sealed)?;
            let sms: OutgoingSms = serde_json::from_slice(&text).map_err(|_| SealError::Broken)?;
            if sms.number == number {
                let deleted = database.execute("DELETE FROM sms_outbox WHERE id = ?1", [id]);
                deleted.map_err(failed)?;
            }
        }
        Ok(())
    }
    /// Takes the oldest messages out for good.
    pub(crate) fn take(&self, most: u32) -> Result<Vec<OutgoingSms>, SealError> {
        let sql = "DELETE FROM sms_outbox WHERE id IN (SELECT id FROM sms_outbox ORDER BY id LIMIT ?1) RETURNING id, sealed";
        let failed = |e: rusqlite::Error| SealError::Keyring(e.to_string());
        let mut rows: Vec<(i64, Vec<u8>)> = {
            let database = self.keyring.database();
            let mut statement = database.prepare_cached(sql).map_err(failed)?;
            let rows = statement
                .query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))
                .map_err(failed)?;
            rows.collect::<Result<_, _>>().map_err(failed)?
        };
        rows.sort_unstable_by_key(|(id, _)| *id);
        let key = self.keyring.subkey(PURPOSE);
        let open = |(_, sealed): (i64, Vec<u8>)| {
            let text = decrypt(&key, PURPOSE.as_bytes(), &sealed)?;
            serde_json::from_slice(&text).map_err(|_| SealError::Broken)
        };
        rows.into_iter().map(open).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_leave_in_order_and_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let outbox = Outbox::new(crate::keyring::tests::keyring(folder.path()));
        let sms = |text: &str| OutgoingSms {
            number: "19900000001".into(),
            text: text.into(),
        };
        for text in ["one", "two", "three"] {
            outbox.put(&sms(text)).expect("put");
        }
        assert_eq!(outbox.take(2).expect("taken"), [sms("one"), sms("two")]);
        assert_eq!(outbox.take(2).expect("taken"), [sms("three")]);
        assert_eq!(outbox.take(2).expect("taken"), []);
    }
}
