//! The programs beside us on a developer's machine: nats-server, redis-server, mail catcher. Started, awaited, stopped.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::process::{Child, Command};

const START_LIMIT: Duration = Duration::from_secs(20);
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// Process ids of the parts that run now.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Kills every part that still runs, for a process that is about to end without waiting: nobody would stop them later.
pub(crate) fn kill_all() {
    for id in running().iter() {
        let _ = std::process::Command::new("kill")
            .arg("-KILL")
            .arg(id.to_string())
            .status();
    }
}

/// Keeps a child's id among those that run.
struct Noted(Option<u32>);

impl Noted {
    fn new(child: &Child) -> Self {
        let id = child.id();
        running().extend(id);
        Self(id)
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        if let Some(id) = self.0 {
            running().remove(&id);
        }
    }
}

/// A child process in a process group of its own, so that Ctrl-C reaches us first and it last.
pub(crate) struct Part {
    name: &'static str,
    _noted: Noted,
    child: Child,
}

impl Part {
    /// Starts `program` and waits until it listens at every address; each comes with the argument of `mingcha dev` that sets it.
    pub(crate) async fn start(
        name: &'static str,
        program: &Path,
        arguments: &[String],
        addresses: &[(SocketAddr, &str)],
        log: &Path,
    ) -> Result<Self, String> {
        for (address, argument) in addresses {
            is_free(name, *address, argument)?;
        }
        let output = std::fs::File::create(log).map_err(|e| format!("{}: {e}", log.display()))?;
        let errors = output.try_clone().map_err(|e| e.to_string())?;
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| format!("{name} ({}): {e}", program.display()))?;
        let noted = Noted::new(&child);
        for (address, _) in addresses {
            if !platform::wait_for_port(*address, START_LIMIT).await {
                return Err(format!(
                    "{name} does not listen at {address}; its log is {}",
                    log.display()
                ));
            }
        }
        Ok(Self {
            name,
            _noted: noted,
            child,
        })
    }

    /// Asks it to stop, and insists after a while.
    pub(crate) async fn stop(mut self) {
        if let Some(id) = self.child.id() {
            let _ = Command::new("kill")
                .arg("-TERM")
                .arg(id.to_string())
                .status()
                .await;
        }
        if tokio::time::timeout(STOP_LIMIT, self.child.wait()).await.is_err() {
            tracing::warn!(part = self.name, "does not stop, killing it");
            let _ = self.child.kill().await;
        }
    }
}

fn is_free(name: &str, address: SocketAddr, argument: &str) -> Result<(), String> {
    let taken = |_| {
        format!(
            "{name}: {address} is taken: by another `make run`, or by a {name} of the system (systemctl stop it for \
             now); `mingcha dev {argument} PORT` takes another"
        )
    };
    std::net::TcpListener::bind(address).map(drop).map_err(taken)
}

/// Looks for a program in `.tools/bin` and on the PATH.
pub(crate) fn find(program: &str) -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(PathBuf::from(".tools/bin")).chain(std::env::split_paths(&path));
    folders
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
        .and_then(|found| found.canonicalize().ok())
        .ok_or_else(|| format!("{program} is not installed; run `make setup`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[tokio::test]
    async fn who_ends_at_once_leaves_no_part_behind() {
        let mut child = Command::new("sleep")
            .arg("600")
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .expect("it starts");
        let noted = Noted::new(&child);
        kill_all();
        let ended = tokio::time::timeout(STOP_LIMIT, child.wait()).await;
        let status = ended.expect("at once").expect("it ended");
        assert_eq!(status.signal(), Some(9));
        drop(noted);
        assert!(running().is_empty());
    }

    #[test]
    fn a_taken_port_names_the_argument_that_takes_another() {
        let holder = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = holder.local_addr().expect("an address");
        let told = is_free("nats-server", address, "--nats-port").expect_err("taken");
        assert!(told.contains("--nats-port"), "{told}");
    }
}
