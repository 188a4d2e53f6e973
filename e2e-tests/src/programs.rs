//! Where the programs are that a city is made of.

use std::path::{Path, PathBuf};

/// The binary under test: `MINGCHA_BIN`, or the one built beside this executable.
///
/// # Panics
/// If there is none.
pub fn mingcha() -> PathBuf {
    if let Some(named) = std::env::var_os("MINGCHA_BIN") {
        return PathBuf::from(named);
    }
    let own = std::env::current_exe().expect("path of this executable");
    // A test runs from `deps`, one folder below the binaries.
    let found = own
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("mingcha"))
        .find(|candidate| candidate.is_file());
    found.expect("no `mingcha` beside this executable; run `cargo build -p mingcha` or set MINGCHA_BIN")
}

/// A program of `.tools/bin` or of the PATH.
///
/// # Panics
/// If there is none.
pub(crate) fn tool(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(repository().join(".tools/bin")).chain(std::env::split_paths(&path));
    folders
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| panic!("{name} is not installed; run `make setup`"))
}

/// The top folder of the repository.
pub(crate) fn repository() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().map(Path::to_owned).unwrap_or_default()
}
