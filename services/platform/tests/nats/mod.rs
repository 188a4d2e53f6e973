//! A real nats-server on a free port, and events in it.

// Every test program that includes this uses its own part of it.
#![allow(dead_code)]

use platform::testkit::free_address;
use platform::{EVENTS, Nats, Recorded, subject_of};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

/// It ends with this.
pub struct Server {
    running: Child,
    address: SocketAddr,
    folder: PathBuf,
}

impl Server {
    /// A server that keeps its things in a folder of its own.
    pub async fn start(folder: &Path) -> (Self, Nats) {
        let address = free_address();
        let server = Self {
            running: launched(address, folder).await,
            address,
            folder: folder.to_owned(),
        };
        let nats = Nats::connect(&format!("nats://{address}")).await;
        (server, nats.expect("an address"))
    }
    pub fn kill(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
    /// Where it was, with what it had.
    pub async fn start_again(&mut self) {
        self.kill();
        self.running = launched(self.address, &self.folder).await;
    }
}

async fn launched(address: SocketAddr, folder: &Path) -> Child {
    let server = Command::new(program())
        .args(["-a", "127.0.0.1", "-p", &address.port().to_string(), "-js", "-sd"])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("nats-server starts");
    let listens = platform::wait_for_port(address, LIMIT).await;
    assert!(listens, "nats-server listens");
    server
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The first event of a stream.
pub fn an_event(name: &str, stream: &str, position: u64) -> Recorded {
    let id = uuid::Uuid::from_u128(position.into());
    let metadata = serde_json::json!({
        "$correlationId": id, "$causationId": id, "command_id": id,
        "at": "2020-06-01T00:00:00Z", "actor": { "kind": "citizen" },
    });
    Recorded {
        id,
        stream: stream.to_owned(),
        revision: 0,
        position,
        name: name.to_owned(),
        data: serde_json::json!({}),
        metadata: serde_json::from_value(metadata).expect("metadata"),
    }
}

/// As the relay does.
pub async fn publish(nats: &Nats, event: &Recorded) {
    nats.stream(EVENTS).await.expect("the stream");
    let (headers, body) = event.to_message();
    let sent = nats
        .jetstream
        .publish_with_headers(subject_of(&event.name), headers, body.into())
        .await;
    sent.expect("published").await.expect("acknowledged");
}

fn program() -> PathBuf {
    let own = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../.tools/bin/nats-server"
    ));
    if own.is_file() {
        own
    } else {
        PathBuf::from("nats-server")
    }
}
