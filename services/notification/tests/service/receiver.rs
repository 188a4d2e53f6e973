//! A real SMTP receiver on this machine, and the mails that it took.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running mail catcher; ended when dropped.
pub struct Receiver {
    process: Child,
    folder: PathBuf,
    pub port: u16,
}

impl Receiver {
    /// Listens at `port`, a free one if 0, and refuses some addresses for good.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn start(folder: &Path, port: u16, refused: &[&str]) -> Self {
        let mut command = Command::new(program());
        command
            .arg("--dir")
            .arg(folder)
            .arg("--port")
            .arg(port.to_string());
        for address in refused {
            command.arg("--fail-rcpt").arg(address);
        }
        let mut process = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the mail catcher starts");
        let mut said = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut said).expect("a line");
        let port = said.trim().rsplit(':').next().and_then(|port| port.parse().ok());
        Self {
            port: port.unwrap_or_else(|| panic!("no port in “{said}”")),
            process,
            folder: folder.to_owned(),
        }
    }

    /// The mails to one address, headers decoded only as far as this test needs.
    pub fn mails(&self, to: &str) -> Vec<String> {
        mails(&self.folder, to)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The mails in a folder to one address.
pub fn mails(folder: &Path, to: &str) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return vec![];
    };
    let mut mails: Vec<(PathBuf, String)> = files
        .filter_map(|file| {
            let path = file.ok()?.path();
            (path.extension()? == "eml").then_some(())?;
            let text = String::from_utf8_lossy(&std::fs::read(&path).ok()?).into_owned();
            Some((path, text))
        })
        .filter(|(_, mail)| header(mail, "X-Envelope-To") == Some(to))
        .collect();
    mails.sort();
    mails.into_iter().map(|(_, mail)| mail).collect()
}

/// One header of a mail.
pub fn header<'a>(mail: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = mail.lines().take_while(|line| !line.is_empty());
    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim))
}

/// The catcher, installed by the project's own script if it is missing.
fn program() -> PathBuf {
    static INSTALLING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(|e| e.into_inner());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let program = root.join(".tools/bin/mail-catcher");
    if !program.exists() {
        let script = root.join("deploy/setup/mail-catcher.sh");
        let installed = Command::new("bash").arg(script).status();
        assert!(
            installed.is_ok_and(|status| status.success()),
            "deploy/setup/mail-catcher.sh failed"
        );
    }
    program
}
