//! BatchAppend: many appends over one call.

use kurrentdb::{Error, StreamState};

use crate::support::{Store, events, numbers, read_stream};

#[tokio::test]
async fn appends_of_one_call_are_answered_one_by_one() {
    let store = Store::start().await;
    let client = store.client();
    let batch = client.batch_append(&Default::default()).await.expect("open");
    for round in 0..5 {
        let stream = format!("s-{round}");
        let written = batch
            .append_to_stream(stream.as_str(), StreamState::NoStream, events(0..3))
            .await
            .expect("appended");
        assert_eq!(written.current_revision(), Some(2));
        assert_eq!(
            written.current_position().map(|position| position.commit),
            Some((round + 1) * 3)
        );
        let all = read_stream(&client, &stream).await.expect("read");
        assert_eq!(numbers(&all), [0, 1, 2]);
    }
}

#[tokio::test]
async fn a_refusal_carries_the_code_of_its_kind() {
    let store = Store::with(|config| config.max_append_bytes = 1_000).await;
    let client = store.client();
    let refusal = |expected, count| {
        let client = client.clone();
        async move {
            // The client gives up on a call after its first refusal.
            let batch = client.batch_append(&Default::default()).await.expect("open");
            match batch.append_to_stream("s", expected, events(0..count)).await {
                Err(Error::Grpc { code, message }) => (format!("{code:?}"), message),
                other => panic!("expected a refusal, got {other:?}"),
            }
        }
    };
    let (code, text) = refusal(StreamState::StreamRevision(3), 1).await;
    assert_eq!(code, "AlreadyExists");
    assert!(text.contains("Expected version: 3, Actual version: -1"), "{text}");
    let (code, text) = refusal(StreamState::Any, 500).await;
    assert_eq!(code, "InvalidArgument");
    assert!(text.contains("1000 bytes"), "{text}");
    assert_eq!(store.engine.head(), 0);
}
