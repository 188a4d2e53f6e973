//! Copies what cannot be made again, while everything runs; and puts it back while nothing does.

use crate::dev::KEPT_SECRETS;
use crate::settings::Settings;
use rusqlite::Connection;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Under the name by which the store opens it.
const HISTORY: &str = "events.db";
const CREDENTIALS: &str = "credentials.sqlite";
const KEYRING: &str = "keyring.sqlite";
const EVIDENCE: &str = "evidence";

/// History, evidence and password hashes into one folder, the keys of reporter data into another.
///
/// The copy of the keys takes the place of the last one: an older one would give back what reporters have had destroyed.
///
/// # Errors
/// What cannot be read or written; what was copied before stays.
pub(crate) fn back_up(to: &Path, keys_to: &Path, settings: &Settings) -> Result<(), String> {
    if to == keys_to {
        return Err("the keys must lie apart: name another folder with --keys-to".to_owned());
    }
    let history = to.join(HISTORY);
    if history.exists() {
        let fresh = "is there already: name a fresh folder with --to, e.g. one of the day";
        return Err(format!("{} {fresh}", history.display()));
    }
    for folder in [to, keys_to] {
        let mut builder = fs::DirBuilder::new();
        let made = builder.recursive(true).mode(0o700).create(folder);
        made.map_err(|error| told(folder, &error))?;
    }
    let report = event_store::backup(&settings.event_store.data_dir, &history).map_err(|e| e.to_string())?;
    println!("{}: {report}", history.display());
    database(&settings.directory.credentials_file, &to.join(CREDENTIALS))?;
    let pictures = files(&settings.tip_intake.evidence_dir, &to.join(EVIDENCE))?;
    println!("{}: {pictures} files", to.join(EVIDENCE).display());
    // The keys last: a tip that came in meanwhile has its key in the copy, needed or not.
    database(&settings.tip_intake.keyring_file, &keys_to.join(KEYRING))?;
    for key in keys(settings) {
        copy(&key, &keys_to.join(name_of(&key)?))?;
    }
    for secret in kept_secrets(settings) {
        copy_if_there(&secret, &keys_to.join(name_of(&secret)?))?;
    }
    println!("{}: keys; keep them apart from the history", keys_to.display());
    Ok(())
}

/// Puts a backup back where the configuration says.
///
/// # Errors
/// If there is a history in its place, or something cannot be copied.
pub(crate) fn restore(from: &Path, keys_from: &Path, settings: &Settings) -> Result<(), String> {
    let history = settings.event_store.data_dir.join(HISTORY);
    for there in [&history, &settings.tip_intake.keyring_file] {
        if there.exists() {
            let aside = "is there already: stop everything and move the old data folder away first";
            return Err(format!("{} {aside}", there.display()));
        }
    }
    let report = event_store::verify(from).map_err(|e| e.to_string())?;
    if !report.is_sound() {
        return Err(format!("the backup is damaged: {report}"));
    }
    copy(&from.join(HISTORY), &history)?;
    copy(&from.join(CREDENTIALS), &settings.directory.credentials_file)?;
    files(&from.join(EVIDENCE), &settings.tip_intake.evidence_dir)?;
    copy(&keys_from.join(KEYRING), &settings.tip_intake.keyring_file)?;
    for key in keys(settings) {
        copy(&keys_from.join(name_of(&key)?), &key)?;
    }
    for secret in kept_secrets(settings) {
        copy_if_there(&keys_from.join(name_of(&secret)?), &secret)?;
    }
    println!("{}: {report}", history.display());
    println!(
        "Start everything again. Ledger and NATS find out by themselves that this is another history, and begin anew."
    );
    Ok(())
}

fn keys(settings: &Settings) -> [PathBuf; 3] {
    [
        settings.tip_intake.master_key_file.clone(),
        settings.identity.signing_key_file.clone(),
        settings.identity.verifying_key_file.clone(),
    ]
}

/// Where `mingcha dev` keeps what it made at first start: without the old password nobody could sign in to a restored city.
fn kept_secrets(settings: &Settings) -> [PathBuf; 2] {
    let folder = settings.identity.signing_key_file.parent();
    KEPT_SECRETS.map(|name| folder.unwrap_or(Path::new("")).join(name))
}

fn name_of(file: &Path) -> Result<&std::ffi::OsStr, String> {
    file.file_name()
        .ok_or_else(|| format!("{} names no file", file.display()))
}

/// A database that may be in use, as of one moment.
fn database(from: &Path, to: &Path) -> Result<(), String> {
    if !from.is_file() {
        return Err(format!("{} does not exist", from.display()));
    }
    let partial = to.with_extension("partial");
    let failed = |error: rusqlite::Error| format!("{}: {error}", from.display());
    match fs::remove_file(&partial) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(told(&partial, &error)),
        _ => {}
    }
    let connection = Connection::open(from).map_err(failed)?;
    connection
        .execute("VACUUM INTO ?1", [partial.to_string_lossy()])
        .map_err(failed)?;
    // Whoever may not read the database may not read its copy.
    let readers = fs::metadata(from)
        .map_err(|error| told(from, &error))?
        .permissions();
    fs::set_permissions(&partial, readers).map_err(|error| told(&partial, &error))?;
    fs::rename(&partial, to).map_err(|error| told(to, &error))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    }
    fs::copy(from, to).map(drop).map_err(|error| told(from, &error))
}

/// Only a demonstration has some files.
fn copy_if_there(from: &Path, to: &Path) -> Result<(), String> {
    if from.is_file() { copy(from, to) } else { Ok(()) }
}

/// Every file in the folder that is not there yet: blobs never change.
fn files(from: &Path, to: &Path) -> Result<usize, String> {
    fs::create_dir_all(to).map_err(|error| told(to, &error))?;
    let mut count = 0;
    for entry in fs::read_dir(from).map_err(|error| told(from, &error))? {
        let entry = entry.map_err(|error| told(from, &error))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            count += files(&source, &target)?;
        } else {
            if !target.exists() {
                copy(&source, &target)?;
            }
            count += 1;
        }
    }
    Ok(count)
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stopped city with all that every city has to back up.
    fn city(folder: &Path) -> Settings {
        let mut settings = Settings::default();
        settings.keep_everything_in(&folder.join("data"));
        let (engine, _) = event_store::Engine::open(&settings.event_store).expect("a history");
        engine.close();
        fs::create_dir_all(&settings.tip_intake.evidence_dir).expect("a folder");
        fs::create_dir_all(folder.join("data/directory")).expect("a folder");
        fs::create_dir_all(folder.join("data/keys")).expect("a folder");
        for file in [
            &settings.directory.credentials_file,
            &settings.tip_intake.keyring_file,
        ] {
            let database = Connection::open(file).expect("a database");
            database
                .execute_batch("CREATE TABLE kept (id INTEGER)")
                .expect("a table");
        }
        for key in keys(&settings) {
            fs::write(key, "a key").expect("written");
        }
        settings
    }

    /// Backs the city up, moves its data away, and puts the backup back.
    fn lost_and_restored(folder: &Path, settings: &Settings) {
        let (to, keys_to) = (folder.join("backup"), folder.join("keys-elsewhere"));
        back_up(&to, &keys_to, settings).expect("backed up");
        fs::rename(folder.join("data"), folder.join("aside")).expect("moved away");
        restore(&to, &keys_to, settings).expect("restored");
    }

    #[test]
    fn what_a_demonstration_keeps_beside_its_keys_comes_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = city(folder.path());
        for name in ["demonstration-password", "sms-hook-secret"] {
            fs::write(folder.path().join("data/keys").join(name), name).expect("written");
        }
        lost_and_restored(folder.path(), &settings);
        for name in ["demonstration-password", "sms-hook-secret"] {
            let back = fs::read_to_string(folder.path().join("data/keys").join(name));
            assert_eq!(back.expect("it is back"), name);
        }
    }

    #[test]
    fn a_city_that_is_no_demonstration_has_nothing_else_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = city(folder.path());
        lost_and_restored(folder.path(), &settings);
        let there = fs::read_dir(folder.path().join("data/keys")).expect("the keys");
        assert_eq!(there.count(), keys(&settings).len());
        assert!(settings.directory.credentials_file.is_file());
        assert!(settings.tip_intake.keyring_file.is_file());
    }
}
