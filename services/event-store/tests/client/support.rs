//! A store on a free loopback port, clients for it, and events to write.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use event_store::{Config, Engine, Error, EventStore, StartReport};
use kurrentdb::{
    AppendToStreamOptions, Client, EventData, ReadStream, ReadStreamOptions, ResolvedEvent, StreamState,
    WriteResult,
};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// A running store in a folder of its own.
pub struct Store {
    pub port: u16,
    pub config: Config,
    pub engine: Arc<Engine>,
    pub report: StartReport,
    stop: oneshot::Sender<()>,
    served: JoinHandle<Result<(), Error>>,
    folder: TempDir,
}

impl Store {
    /// With the defaults.
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// With changed settings.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::in_folder(folder, 0, change).await
    }

    /// With changed settings, on what a folder already holds.
    pub async fn in_folder(folder: TempDir, port: u16, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            listen: ([127, 0, 0, 1], port).into(),
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        change(&mut config);
        let store = EventStore::open(&config).expect("the store opens");
        let listener = store.bind().await.expect("the store binds");
        let port = listener.local_addr().expect("an address").port();
        let engine = Arc::clone(store.engine());
        let report = store.start_report().clone();
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(store.serve_on(listener, async {
            let _ = stopped.await;
        }));
        Self {
            port,
            config,
            engine,
            report,
            stop,
            served,
            folder,
        }
    }

    /// A client, connected at its first call.
    pub fn client(&self) -> Client {
        self.client_with("")
    }

    /// A client with credentials in front of the host, such as `user:password@`.
    pub fn client_with(&self, credentials: &str) -> Client {
        client_of(self.port, credentials)
    }

    /// Stops as a signal would, and gives the folder back.
    pub async fn stop(self) -> TempDir {
        let _ = self.stop.send(());
        drop(self.engine);
        let result = self.served.await.expect("the server does not panic");
        result.expect("the server ends well");
        self.folder
    }

    /// Stops and starts again on the same port.
    pub async fn restart(self) -> Self {
        let port = self.port;
        let config = self.config.clone();
        let folder = self.stop().await;
        Self::in_folder(folder, port, |new| {
            *new = config;
            new.listen.set_port(port);
        })
        .await
    }

    pub fn data_dir(&self) -> &Path {
        self.folder.path()
    }
}

/// Time-ordered ids, as the services make them.
pub fn id() -> Uuid {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock");
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&(now.as_millis() as u64).to_be_bytes()[2..]);
    bytes[8..].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    Uuid::new_v8(bytes)
}

/// An event with a number in it.
pub fn event(number: u64) -> EventData {
    event_of("tested.v1", number)
}

/// An event of a type, with a number in it.
pub fn event_of(kind: &str, number: u64) -> EventData {
    EventData::json(kind, &serde_json::json!({ "number": number }))
        .expect("JSON")
        .id(id())
}

/// An event with a known id.
pub fn event_with(id: Uuid) -> EventData {
    event(0).id(id)
}

/// Several events.
pub fn events(numbers: std::ops::Range<u64>) -> Vec<EventData> {
    numbers.map(event).collect()
}

/// Appends with an expectation.
pub async fn append(
    client: &Client,
    stream: &str,
    expected: StreamState,
    events: Vec<EventData>,
) -> kurrentdb::Result<WriteResult> {
    let options = AppendToStreamOptions::default().stream_state(expected);
    client.append_to_stream(stream, &options, events).await
}

/// All of a stream.
pub async fn read_stream(client: &Client, stream: &str) -> kurrentdb::Result<Vec<ResolvedEvent>> {
    let options = ReadStreamOptions::default();
    drain(client.read_stream(stream, &options).await?).await
}

/// Everything a read returns.
pub async fn drain(mut read: ReadStream) -> kurrentdb::Result<Vec<ResolvedEvent>> {
    let mut all = Vec::new();
    while let Some(event) = read.next().await? {
        all.push(event);
    }
    Ok(all)
}

/// The numbers in events made by [`event`].
pub fn numbers(events: &[ResolvedEvent]) -> Vec<u64> {
    events.iter().map(number).collect()
}

/// The number in an event made by [`event`].
pub fn number(event: &ResolvedEvent) -> u64 {
    let value: serde_json::Value = event.get_original_event().as_json().expect("JSON");
    value["number"].as_u64().expect("a number")
}

/// The store as a process of its own.
pub struct Program {
    child: Child,
    pub port: u16,
}

impl Program {
    /// Starts the program on a free port and waits until it says that it listens.
    pub fn start(data_dir: &Path) -> Self {
        Self::started(command(data_dir))
    }

    /// As [`Program::start`], for a process that only sees the error when a write goes beyond its limit, and is not killed for it.
    pub fn start_with_limits(data_dir: &Path) -> Self {
        let program = command(data_dir);
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
        shell.arg(program.get_program()).args(program.get_args());
        Self::started(shell)
    }

    fn started(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let out = child.stdout.take().expect("piped");
        let mut line = String::new();
        BufReader::new(out)
            .read_line(&mut line)
            .expect("it says something");
        let port = line
            .trim()
            .strip_prefix("event-store listening on 127.0.0.1:")
            .and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("unexpected first line: {line:?}"));
        Self { child, port }
    }

    /// A client, connected at its first call.
    pub fn client(&self) -> Client {
        client_of(self.port, "")
    }

    /// From now on the kernel fails every write behind so many bytes of a file; `None` lifts that.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let pid = self.child.id().to_string();
        let most = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
        let limited = Command::new("prlimit")
            .args(["--pid", &pid, &format!("--fsize={most}:unlimited")])
            .status();
        assert!(limited.expect("prlimit runs").success());
    }

    /// As the kernel does when memory is short: without any warning.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Asks it to end, and waits until it has; clients must be able to let go meanwhile.
    pub async fn terminate(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(asked.expect("kill runs").success());
        let gone = tokio::task::spawn_blocking(move || self.child.wait());
        gone.await.expect("no panic").expect("gone")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with a data directory and a free port.
pub fn command(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_event-store"));
    command.args(["--listen", "127.0.0.1:0", "--data-dir"]);
    command.arg(data_dir);
    command
}

fn client_of(port: u16, credentials: &str) -> Client {
    let address = format!("esdb://{credentials}127.0.0.1:{port}?tls=false");
    Client::new(address.parse().expect("a connection string")).expect("a client")
}
