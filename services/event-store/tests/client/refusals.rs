//! What the store does not accept: sizes, strangers, other processes, public addresses.

use event_store::{Config, Credentials, Error as StoreFault, EventStore};
use kurrentdb::{Error, StreamState};

use crate::support::{Store, append, events};

#[tokio::test]
async fn an_append_beyond_the_limit_is_refused_whole() {
    let store = Store::with(|config| config.max_append_bytes = 1_000).await;
    let client = store.client();
    match append(&client, "s", StreamState::Any, events(0..500)).await {
        Err(Error::Grpc { code, message }) => {
            assert_eq!(format!("{code:?}"), "InvalidArgument");
            assert!(message.contains("1000 bytes"), "{message}");
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
    assert_eq!(store.engine.head(), 0);
    append(&client, "s", StreamState::NoStream, events(0..5))
        .await
        .expect("within the limit");
}

#[tokio::test]
async fn a_full_queue_refuses_with_its_reason() {
    let store = Store::with(|config| config.max_queued_bytes = 1).await;
    let client = store.client();
    let appends = (0..64).map(|n| {
        let client = client.clone();
        async move { append(&client, &format!("s-{n}"), StreamState::Any, events(0..1)).await }
    });
    let results = futures::future::join_all(appends).await;
    let (done, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert!(!done.is_empty());
    assert_eq!(done.len() as u64, store.engine.head());
    for refusal in refused {
        let Err(Error::Grpc { code, message }) = refusal else {
            panic!("unexpected: {refusal:?}");
        };
        assert_eq!(format!("{code:?}"), "ResourceExhausted");
        assert!(message.contains("wait to be written"), "{message}");
    }
}

#[tokio::test]
async fn credentials_are_checked_where_they_are_configured() {
    let store = Store::with(|config| {
        config.credentials = Some(Credentials {
            user: "city".into(),
            password: "secret".into(),
        });
    })
    .await;
    let right = store.client_with("city:secret@");
    append(&right, "s", StreamState::Any, events(0..1))
        .await
        .expect("appended");
    for wrong in ["", "city:guess@", "other:secret@"] {
        let client = store.client_with(wrong);
        let result = append(&client, "s", StreamState::Any, events(0..1)).await;
        assert!(matches!(result, Err(Error::AccessDenied)), "{wrong}");
    }
}

#[tokio::test]
async fn without_configured_credentials_any_are_accepted() {
    let store = Store::start().await;
    let client = store.client_with("admin:changeit@");
    append(&client, "s", StreamState::Any, events(0..1))
        .await
        .expect("appended");
}

#[tokio::test]
async fn clients_learn_a_version_that_keeps_them_on_this_protocol() {
    let store = Store::start().await;
    let info = store.client().server_info().await.expect("known");
    assert!(info.version() >= (24, 10) && info.version() < (25, 0));
    assert!(info.contains_features(kurrentdb::operations::Features::BATCH_APPEND));
}

#[tokio::test]
async fn a_cluster_client_finds_the_one_node() {
    let store = Store::start().await;
    let address = format!(
        "esdb://127.0.0.1:{port},127.0.0.1:{port}?tls=false&nodePreference=leader",
        port = store.port
    );
    let client = kurrentdb::Client::new(address.parse().expect("an address")).expect("a client");
    append(&client, "s", StreamState::Any, events(0..1))
        .await
        .expect("appended");
}

#[tokio::test]
async fn a_shutdown_does_not_wait_for_a_silent_client() {
    let store = Store::with(|config| config.drain_seconds = 0).await;
    let silent = tokio::net::TcpStream::connect(("127.0.0.1", store.port)).await;
    let silent = silent.expect("connected");
    append(&store.client(), "s", StreamState::Any, events(0..1))
        .await
        .expect("appended");
    let _folder = store.stop().await;
    drop(silent);
}

#[tokio::test]
async fn two_stores_cannot_share_a_folder() {
    let store = Store::start().await;
    let second = EventStore::open(&store.config);
    assert!(matches!(second, Err(StoreFault::Locked(_))), "{second:?}");
    let folder = store.stop().await;
    let config = Config {
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    EventStore::open(&config).expect("free again");
}

#[tokio::test]
async fn a_public_address_must_be_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config {
        listen: ([192, 0, 2, 1], 2113).into(),
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    let served = event_store::serve(config, async {}).await;
    assert!(matches!(served, Err(StoreFault::PublicListen(_))), "{served:?}");
}

#[test]
fn unknown_settings_are_refused_and_the_password_is_not_shown() {
    let config: Config = serde_json::from_str(r#"{"max_append_bytes": 5}"#).expect("valid");
    assert_eq!(config.max_append_bytes, 5);
    assert_eq!(config.listen.to_string(), "127.0.0.1:2113");
    assert!(serde_json::from_str::<Config>(r#"{"max_apend_bytes": 5}"#).is_err());
    let credentials = Credentials {
        user: "city".into(),
        password: "secret".into(),
    };
    assert!(!format!("{credentials:?}").contains("secret"));
}
