//! The programs beside us on a developer's machine: nats-server, redis-server, mail catcher. Started, awaited, stopped.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};

const START_LIMIT: Duration = Duration::from_secs(20);
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// A child process in a process group of its own, so that Ctrl-C reaches us first and it last.
pub(crate) struct Part {
    name: &'static str,
    child: Child,
}

impl Part {
    /// Starts `program` and waits until it listens at `address`.
    pub(crate) async fn start(
        name: &'static str,
        program: &Path,
        arguments: &[String],
        address: SocketAddr,
        log: &Path,
    ) -> Result<Self, String> {
        if std::net::TcpListener::bind(address).is_err() {
            return Err(format!(
                "{name}: {address} is taken: by another `make run`, or by a {name} of the system (systemctl stop it for now)"
            ));
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
        if !platform::wait_for_port(address, START_LIMIT).await {
            return Err(format!(
                "{name} does not listen at {address}; its log is {}",
                log.display()
            ));
        }
        Ok(Self { name, child })
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
