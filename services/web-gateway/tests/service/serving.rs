//! The service as the binary starts it: listening, not ready without the directory, ending when told.

use crate::redis_server::free_port;
use platform::{CommonConfig, Context, IdentityConfig, generate_keys, wait_for_port};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use web_gateway::{Config, serve};

async fn context(folder: &std::path::Path) -> (Context, IdentityConfig) {
    let identity = IdentityConfig {
        signing_key_file: folder.join("key.pem"),
        verifying_key_file: folder.join("key.pub.pem"),
    };
    generate_keys(&identity).expect("keys");
    let mut config = CommonConfig {
        identity: identity.clone(),
        ..CommonConfig::default()
    };
    // Nothing listens on port 1.
    config.store.url = "kurrentdb://127.0.0.1:1?tls=false".to_owned();
    config.nats.url = "nats://127.0.0.1:1".to_owned();
    let context = Context::connect(&config, CancellationToken::new()).await;
    (context.expect("context"), identity)
}

#[tokio::test]
async fn it_serves_until_told_to_stop_and_is_not_ready_without_the_directory() {
    let folder = tempfile::tempdir().expect("folder");
    let (context, identity) = context(folder.path()).await;
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()));
    // Whatever else runs on this machine, it is none of the tests'.
    let mut config = Config {
        listen,
        redis_url: "redis://127.0.0.1:1".to_owned(),
        ..Config::default()
    };
    config.services.ledger = "http://127.0.0.1:1".to_owned();
    let shutdown = context.shutdown.clone();
    let running = tokio::spawn(serve(config, context, identity));
    assert!(wait_for_port(listen, Duration::from_secs(10)).await);
    let mut stream = TcpStream::connect(listen).await.expect("connection");
    let request = b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    stream.write_all(request).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answer");
    assert!(
        answer.starts_with("HTTP/1.1 503") && answer.contains("\"directory_view\":false"),
        "{answer}"
    );
    for name in ["event-store", "nats", "redis", "ledger"] {
        assert!(
            answer.contains(&format!("\"{name}\"")),
            "{name} is away: {answer}"
        );
    }
    shutdown.cancel();
    running.await.expect("no panic").expect("a clean end");
}

#[tokio::test]
async fn it_refuses_to_listen_to_the_world() {
    let folder = tempfile::tempdir().expect("folder");
    let (context, identity) = context(folder.path()).await;
    let config = Config {
        listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, free_port())),
        ..Config::default()
    };
    let error = serve(config, context, identity).await.expect_err("refused");
    assert!(error.to_string().contains("loopback"), "{error}");
}
