//! One process per data directory: an operating system lock that dies with its holder.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::error::Error;

/// Holds the lock until dropped.
#[derive(Debug)]
pub(crate) struct DirectoryLock {
    _file: File,
}

impl DirectoryLock {
    /// Creates the directory if needed and locks it, or says that somebody else has.
    pub(crate) fn take(directory: &Path) -> Result<Self, Error> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::Directory { path, source }
        };
        create(directory).map_err(failed(directory))?;
        let path = directory.join("lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::Locked(directory.to_owned())),
            Err(TryLockError::Error(source)) => Err(failed(&path)(source)),
        }
    }
}

/// Creates the directory so that a power cut cannot take it away again, events and all.
fn create(directory: &Path) -> std::io::Result<()> {
    let directory = std::path::absolute(directory)?;
    let missing: Vec<_> = directory.ancestors().take_while(|a| !a.exists()).collect();
    std::fs::create_dir_all(&directory)?;
    // A new folder is an entry in its parent, which has to reach the disk as well.
    for parent in missing.into_iter().filter_map(Path::parent) {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}
