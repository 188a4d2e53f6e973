//! A real redis-server on a free loopback port, gone with the test.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const HOW_TO_INSTALL: &str = "no redis-server: run `deploy/setup/redis-server.sh`, or install redis-server or \
                              valkey-server, or point MINGCHA_REDIS_SERVER to one";

pub struct RedisServer {
    pub url: String,
    process: Child,
    _folder: tempfile::TempDir,
}

impl RedisServer {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let port = free_port();
        let process = Command::new(binary())
            .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", ""])
            .args(["--appendonly", "no", "--dir"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect(HOW_TO_INSTALL);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listening = platform::wait_for_port(address, Duration::from_secs(10)).await;
        assert!(listening, "redis-server does not listen at {address}");
        Self {
            url: format!("redis://{address}"),
            process,
            _folder: folder,
        }
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("address").port()
}

fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("MINGCHA_REDIS_SERVER") {
        return path.into();
    }
    let tools = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../.tools/bin/redis-server"
    ));
    if tools.exists() {
        return tools;
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .flat_map(|folder| [folder.join("redis-server"), folder.join("valkey-server")])
        .find(|path| path.exists())
        .expect(HOW_TO_INSTALL)
}
