//! Makes the keys of a city: the pair that identities are signed with, and the master key of reporter data.

use platform::IdentityConfig;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct GenerateArguments {
    folder: PathBuf,
    /// Only the pair, where tip intake keeps its master key elsewhere.
    #[arg(long)]
    identities_only: bool,
}

/// Makes what is missing in the folder; what is there stays as it is.
///
/// Tip intake would make its master key at its first start. systemd, however, hides a file from the other services only if it
/// is there when they start.
///
/// # Errors
/// If a file cannot be written.
pub(crate) fn generate(arguments: &GenerateArguments) -> Result<(), String> {
    let folder = &arguments.folder;
    let config = IdentityConfig {
        signing_key_file: folder.join("identity.pem"),
        verifying_key_file: folder.join("identity.pub.pem"),
    };
    platform::generate_keys(&config).map_err(|e| e.to_string())?;
    println!("{}", config.signing_key_file.display());
    println!("{}", config.verifying_key_file.display());
    if !arguments.identities_only {
        let master = folder.join("keyring.key");
        tip_intake::make_master_key(&master)?;
        println!("{}", master.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    fn made(folder: &Path, identities_only: bool) {
        let folder = folder.to_owned();
        generate(&GenerateArguments {
            folder,
            identities_only,
        })
        .expect("made");
    }

    #[test]
    fn a_second_run_changes_no_key() {
        const NAMES: [&str; 3] = ["identity.pem", "identity.pub.pem", "keyring.key"];
        let folder = tempfile::tempdir().expect("a folder");
        let keys = folder.path().join("keys");
        let read = || NAMES.map(|name| fs::read(keys.join(name)).expect("it is there"));
        made(&keys, false);
        let first = read();
        assert_eq!(first[2].len(), 32);
        let master = fs::metadata(keys.join("keyring.key")).expect("the master key");
        assert_eq!(master.permissions().mode() & 0o777, 0o600);
        made(&keys, false);
        assert_eq!(read(), first);
    }

    #[test]
    fn who_signs_identities_is_given_no_master_key() {
        let folder = tempfile::tempdir().expect("a folder");
        made(folder.path(), true);
        assert!(folder.path().join("identity.pem").is_file());
        assert!(!folder.path().join("keyring.key").exists());
    }
}
