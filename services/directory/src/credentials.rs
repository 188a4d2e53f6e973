//! Password hashes: argon2id, in a mutable file of their own, never in the history.

use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Compared against when an account is unknown, so that the time taken does not tell.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bWluZ2NoYS1kZWNveQ$4Iv1nJnD2e0Yh6CWJ8m0m2b6dR8m3yP5aU4hZ8m1b2c";

#[derive(Clone)]
pub(crate) struct Credentials {
    database: Arc<Mutex<Connection>>,
}

impl Credentials {
    pub(crate) fn open(file: &Path) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let database = Connection::open(file)?;
        database.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             CREATE TABLE IF NOT EXISTS credentials (account TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;",
        )?;
        Ok(Self {
            database: Arc::new(Mutex::new(database)),
        })
    }

    /// Hashes and stores a password. Slow by design; runs on a thread for blocking work.
    pub(crate) async fn set(&self, account: &str, password: &str) -> Result<(), String> {
        let (this, account, password) = (self.clone(), account.to_owned(), password.to_owned());
        let work = move || {
            let salt = SaltString::generate(&mut OsRng);
            let hash = Argon2::default()
                .hash_password(password.as_bytes(), &salt)
                .map_err(|e| e.to_string())?;
            let sql =
                "INSERT INTO credentials VALUES (?1, ?2) ON CONFLICT DO UPDATE SET hash = excluded.hash";
            let database = this.database.lock().map_err(|e| e.to_string())?;
            database
                .execute(sql, params![account, hash.to_string()])
                .map_err(|e| e.to_string())?;
            Ok(())
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| e.to_string())?
    }

    /// Whether the password is right. Unknown accounts take as long as known ones.
    pub(crate) async fn verify(&self, account: &str, password: &str) -> Result<bool, String> {
        let (this, account, password) = (self.clone(), account.to_owned(), password.to_owned());
        let work = move || {
            let known = this.hash(&account)?;
            let hash = known.as_deref().unwrap_or(DECOY);
            let hash = PasswordHash::new(hash).map_err(|e| e.to_string())?;
            let right = Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok();
            Ok(right && known.is_some())
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| e.to_string())?
    }

    fn hash(&self, account: &str) -> Result<Option<String>, String> {
        let database = self.database.lock().map_err(|e| e.to_string())?;
        let sql = "SELECT hash FROM credentials WHERE account = ?1";
        database
            .query_row(sql, [account], |row| row.get(0))
            .optional()
            .map_err(|e| e.to_string())
    }

    /// A retired account can never sign in again.
    pub(crate) fn forget(&self, account: &str) -> Result<(), String> {
        let database = self.database.lock().map_err(|e| e.to_string())?;
        let done = database.execute("DELETE FROM credentials WHERE account = ?1", [account]);
        done.map(|_| ()).map_err(|e| e.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_verified_changed_and_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let credentials = Credentials::open(&folder.path().join("c.sqlite")).expect("opened");
        assert_eq!(credentials.verify("admin", "any").await, Ok(false));
        credentials.set("admin", "first password").await.expect("set");
        assert_eq!(credentials.verify("admin", "first password").await, Ok(true));
        credentials.set("admin", "second password").await.expect("set");
        assert_eq!(credentials.verify("admin", "first password").await, Ok(false));
        credentials.forget("admin").expect("forgotten");
        assert_eq!(credentials.verify("admin", "second password").await, Ok(false));
    }
}
