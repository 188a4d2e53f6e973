//! The keyring: one wrapped key per owner and compartment, in a mutable file outside the history.

use crate::seal::{self, Key, SealError, decrypt, derive, encrypt, random};
use rusqlite::{Connection, OptionalExtension, params};
use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use tip_domain::{Compartment, Sealed};

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Keyring {
    database: Arc<Mutex<Connection>>,
    master: Arc<Key>,
}

impl Keyring {
    /// Opens the keyring, making file and master key at first start. A keyring that holds keys is opened with the one that wrapped
    /// them, or not at all: with another, nothing that was told before could be read, and what is told from now on would be lost
    /// with the mistake.
    pub(crate) fn open(file: &Path, master_key_file: &Path) -> Result<Self, String> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|e| e.to_string())?;
        }
        let database = Connection::open(file).map_err(|e| format!("{}: {e}", file.display()))?;
        // `secure_delete`: a destroyed key leaves no trace in free pages.
        let schema = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             CREATE TABLE IF NOT EXISTS wraps (
                 owner TEXT NOT NULL, compartment TEXT NOT NULL, wrap BLOB,
                 PRIMARY KEY (owner, compartment)) STRICT;
             CREATE TABLE IF NOT EXISTS sms_outbox (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;";
        database.execute_batch(schema).map_err(|e| e.to_string())?;
        let wrapped = any_wrap(&database).map_err(|e| format!("{}: {e}", file.display()))?;
        if wrapped.is_none() {
            make_master_key(master_key_file)?;
        }
        let master = master_key(master_key_file)?;
        if let Some((owner, compartment, wrap)) = wrapped {
            let opened = decrypt(&master, wrap_data(&owner, &compartment).as_bytes(), &wrap);
            opened.map_err(|_| {
                let other = format!("不是 {} 的主密钥，请放回原来的密钥文件", file.display());
                about(master_key_file, &other)
            })?;
        }
        Ok(Self {
            database: Arc::new(Mutex::new(database)),
            master: Arc::new(master),
        })
    }

    /// A key for something that is not a compartment.
    pub(crate) fn subkey(&self, purpose: &str) -> Key {
        derive(&self.master, purpose)
    }

    /// Seals a text; the key's wrap is on disk before this returns, so no event can outlive its key by accident.
    pub(crate) fn seal(
        &self,
        owner: &str,
        compartment: Compartment,
        field: &str,
        text: &[u8],
    ) -> Result<Sealed, SealError> {
        let key = self.key_or_new(owner, compartment.code())?;
        Ok(seal::seal(&key, owner, compartment, field, text))
    }

    pub(crate) fn open_sealed(&self, owner: &str, sealed: &Sealed) -> Result<Vec<u8>, SealError> {
        let key = self
            .key(owner, sealed.compartment.code())?
            .ok_or(SealError::Erased)?;
        seal::open(&key, owner, sealed)
    }

    /// The key of an owner's compartment, made if there never was one. An erased one is not made again.
    pub(crate) fn key_or_new(&self, owner: &str, compartment: &str) -> Result<Key, SealError> {
        let wrap = encrypt(
            &self.master,
            wrap_data(owner, compartment).as_bytes(),
            &random::<32>(),
        );
        self.database()
            .execute(
                "INSERT OR IGNORE INTO wraps VALUES (?1, ?2, ?3)",
                params![owner, compartment, wrap],
            )
            .map_err(|e| SealError::Keyring(e.to_string()))?;
        self.key(owner, compartment)?.ok_or(SealError::Erased)
    }

    pub(crate) fn key(&self, owner: &str, compartment: &str) -> Result<Option<Key>, SealError> {
        let sql = "SELECT wrap FROM wraps WHERE owner = ?1 AND compartment = ?2";
        let wrap: Option<Option<Vec<u8>>> = self
            .database()
            .query_row(sql, params![owner, compartment], |row| row.get(0))
            .optional()
            .map_err(|e| SealError::Keyring(e.to_string()))?;
        let Some(wrap) = wrap.flatten() else {
            return Ok(None);
        };
        let key = decrypt(&self.master, wrap_data(owner, compartment).as_bytes(), &wrap)?;
        Key::try_from(key).map(Some).map_err(|_| SealError::Broken)
    }

    /// Destroys the key of a compartment, or sees to it that there never is one. What was sealed stays sealed for ever.
    pub(crate) fn destroy(&self, owner: &str, compartment: Compartment) -> Result<(), SealError> {
        let sql = "INSERT INTO wraps VALUES (?1, ?2, NULL) ON CONFLICT (owner, compartment) DO UPDATE SET wrap = NULL";
        let database = self.database();
        let destroyed = database.execute(sql, params![owner, compartment.code()]);
        destroyed.map_err(|e| SealError::Keyring(e.to_string()))?;
        // The log still holds the page as it was.
        let truncated = database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        truncated.map_err(|e| SealError::Keyring(e.to_string()))
    }

    pub(crate) fn database(&self) -> MutexGuard<'_, Connection> {
        self.database.lock().unwrap_or_else(|e| e.into_inner())
    }
}

fn wrap_data(owner: &str, compartment: &str) -> String {
    format!("wrap|{owner}|{compartment}")
}

/// Owner, compartment and wrap of some key that has not been destroyed.
fn any_wrap(database: &Connection) -> rusqlite::Result<Option<(String, String, Vec<u8>)>> {
    let sql = "SELECT owner, compartment, wrap FROM wraps WHERE wrap IS NOT NULL LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    database.query_row(sql, [], row).optional()
}

fn master_key(file: &Path) -> Result<Key, String> {
    let bytes = fs::read(file).map_err(|error| match error.kind() {
        ErrorKind::NotFound => about(
            file,
            &"主密钥不见了；没有它，已有的举报都打不开。请放回原来的密钥文件",
        ),
        _ => about(file, &error),
    })?;
    Key::try_from(bytes).map_err(|_| about(file, &"应为 32 字节"))
}

/// Makes the master key of the reporter data, 32 bytes only its owner may read, unless the file is there: another key in the
/// place of the old one would make every tip unreadable.
///
/// # Errors
/// If the file cannot be written.
pub fn make_master_key(file: &Path) -> Result<(), String> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|e| about(file, &e))?;
    }
    let mut options = fs::OpenOptions::new();
    let opened = options.write(true).create_new(true).mode(0o600).open(file);
    let mut new = match opened {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        opened => opened.map_err(|e| about(file, &e))?,
    };
    new.write_all(&random::<32>())
        .and_then(|()| new.sync_all())
        .map_err(|e| about(file, &e))
}

fn about(file: &Path, error: &dyn std::fmt::Display) -> String {
    format!("master_key_file {}: {error}", file.display())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn keyring(folder: &Path) -> Keyring {
        Keyring::open(&folder.join("keyring.sqlite"), &folder.join("master.key")).expect("a keyring")
    }

    #[test]
    fn keys_survive_a_restart_and_differ_by_compartment() {
        let folder = tempfile::tempdir().expect("a folder");
        let sealed = keyring(folder.path())
            .seal("tip-1", Compartment::Identity, "contact", b"somebody")
            .expect("sealed");
        let again = keyring(folder.path());
        assert_eq!(again.open_sealed("tip-1", &sealed), Ok(b"somebody".to_vec()));
        let identity = again.key_or_new("tip-1", "identity").expect("a key");
        let content = again.key_or_new("tip-1", "content").expect("a key");
        assert_ne!(identity, content);
    }
    #[test]
    fn a_keyring_is_not_opened_without_the_key_that_wrapped_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, master) = (
            folder.path().join("keyring.sqlite"),
            folder.path().join("master.key"),
        );
        let key = keyring(folder.path())
            .key_or_new("tip-1", "content")
            .expect("a key");
        let kept = fs::read(&master).expect("the master key");
        fs::remove_file(&master).expect("removed");
        let refused = Keyring::open(&file, &master).err().expect("refused");
        assert!(
            refused.contains("不见了") && refused.contains("master.key"),
            "{refused}"
        );
        assert!(!master.exists(), "and no other is made in its place");
        fs::write(&master, [7; 32]).expect("another key");
        let refused = Keyring::open(&file, &master).err().expect("refused");
        assert!(refused.contains("不是"), "{refused}");
        fs::write(&master, kept).expect("put back");
        assert_eq!(keyring(folder.path()).key_or_new("tip-1", "content"), Ok(key));
    }
    #[test]
    fn the_file_holds_no_key_in_clear() {
        let folder = tempfile::tempdir().expect("a folder");
        let ring = keyring(folder.path());
        let key = ring.key_or_new("tip-1", "content").expect("a key");
        drop(ring);
        for entry in fs::read_dir(folder.path()).expect("files") {
            let bytes = fs::read(entry.expect("a file").path()).expect("bytes");
            assert!(!bytes.windows(32).any(|window| window == key));
        }
    }
}
