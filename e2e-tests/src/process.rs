//! One child process: started with a log, stopped politely or killed, never left behind.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::wait::eventually;

const STOP_LIMIT: Duration = Duration::from_secs(30);

/// What to run, so that it can be run again.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    /// Everything with a relative path ends up here.
    pub(crate) folder: PathBuf,
    pub(crate) log: PathBuf,
}

/// A running child. It stays in our own process group on purpose: whoever ends the test run ends the children too.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
}

impl Recipe {
    pub(crate) fn start(&self) -> Running {
        let output = append(&self.log);
        let errors = output.try_clone().expect("a second handle on the log");
        let child = Command::new(&self.program)
            .args(&self.arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", self.program.display()));
        Running { child }
    }
}

fn append(log: &Path) -> File {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .unwrap_or_else(|error| panic!("{}: {error}", log.display()))
}

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<String> {
        self.child
            .try_wait()
            .ok()
            .flatten()
            .map(|status| status.to_string())
    }
    /// SIGTERM, and patience.
    pub(crate) async fn stop(mut self, name: &str) {
        self.signal("-TERM");
        eventually(&format!("{name} stops when asked"), STOP_LIMIT, || {
            let ended = self.ended();
            async move { ended }
        })
        .await;
    }
    /// SIGINT, as Ctrl-C sends it, and patience; answers with how it ended.
    pub(crate) async fn interrupt(mut self) -> String {
        self.signal("-INT");
        eventually("it stops when interrupted", STOP_LIMIT, || {
            let ended = self.ended();
            async move { ended }
        })
        .await
    }
    /// SIGKILL: no time to tidy up.
    pub(crate) fn kill(mut self) {
        self.end_now();
    }
    /// SIGSTOP: alive and silent, the worst way to be away.
    pub(crate) fn pause(&self) {
        self.signal("-STOP");
    }
    pub(crate) fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let done = Command::new("kill")
            .arg(signal)
            .arg(self.id().to_string())
            .status();
        assert!(done.is_ok_and(|status| status.success()), "kill {signal}");
    }
    fn end_now(&mut self) {
        // It may be gone already; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end_now();
    }
}
