//! The engine against a model of its rules, over random histories, repetitions and restarts.

use std::collections::HashMap;

use bytes::Bytes;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::error::StoreError;

#[derive(Debug, Clone)]
enum Step {
    Append {
        stream: u8,
        expected: Expected,
        ids: Vec<u8>,
    },
    Restart,
}

/// Few streams and few ids, so that conflicts and repetitions are common.
fn step() -> impl Strategy<Value = Step> {
    let expected = prop_oneof![
        Just(Expected::Any),
        Just(Expected::NoStream),
        Just(Expected::StreamExists),
        (0_u64..6).prop_map(Expected::Revision),
        Just(Expected::Revision(u64::MAX)),
    ];
    let ids = prop::collection::vec(0_u8..12, 0..4);
    prop_oneof![
        30 => (0_u8..3, expected, ids).prop_map(|(stream, expected, ids)| Step::Append {
            stream,
            expected,
            ids,
        }),
        1 => Just(Step::Restart),
    ]
}

#[derive(Debug, PartialEq)]
enum Outcome {
    Append,
    Already(u64, u64),
    Wrong,
}

/// What was written to a stream: ids with their positions.
type Stream = Vec<(u8, u64)>;

fn model(stream: &Stream, expected: Expected, ids: &[u8]) -> Outcome {
    let last = stream.len() as i128 - 1;
    let at_revision = |revision: i128| {
        if revision >= last {
            return if revision == last {
                Outcome::Append
            } else {
                Outcome::Wrong
            };
        }
        let first = (revision + 1) as usize;
        let stored = stream.iter().skip(first).take(ids.len());
        let same = stored.map(|(id, _)| *id).eq(ids.iter().copied());
        match ids.len() {
            0 => Outcome::Wrong,
            count if same => {
                let end = first + count - 1;
                Outcome::Already(end as u64, stream[end].1)
            }
            _ => Outcome::Wrong,
        }
    };
    let by_id = |otherwise: Outcome| {
        let places: Vec<Option<usize>> = ids
            .iter()
            .map(|id| stream.iter().rposition(|(stored, _)| stored == id))
            .collect();
        match (places.first(), places.last()) {
            (Some(Some(_)), Some(Some(end))) if places.iter().all(Option::is_some) => {
                Outcome::Already(*end as u64, stream[*end].1)
            }
            (Some(Some(_)), _) => Outcome::Wrong,
            _ => otherwise,
        }
    };
    match expected {
        Expected::Any => by_id(Outcome::Append),
        Expected::StreamExists if stream.is_empty() => by_id(Outcome::Wrong),
        Expected::StreamExists => by_id(Outcome::Append),
        Expected::NoStream => at_revision(-1),
        Expected::Revision(revision) => at_revision(revision.into()),
    }
}

fn proposed(id: u8) -> Proposed {
    Proposed {
        id: Uuid::from_u128(id.into()),
        kind: format!("kind-{id}"),
        json: id.is_multiple_of(2),
        metadata: Bytes::from(vec![id]),
        data: Bytes::from(vec![id; 3]),
    }
}

fn name(stream: u8) -> Arc<str> {
    format!("s-{stream}").into()
}

/// Everything in the store must be what the model holds, in the order of positions.
async fn compare(engine: &Engine, streams: &HashMap<u8, Stream>, last: u64) {
    let range = Range {
        low: 1,
        high: engine.head(),
        direction: Direction::Forwards,
    };
    let all = engine.readers().all(range, PAGE).await.expect("readable");
    let positions: Vec<u64> = all.records.iter().map(|record| record.position).collect();
    assert_eq!(positions, (1..=last).collect::<Vec<u64>>());
    assert!(all.records.is_sorted_by_key(|record| record.created));
    for (stream, events) in streams {
        let stored: Vec<&Record> = all
            .records
            .iter()
            .filter(|record| record.stream == name(*stream))
            .collect();
        assert_eq!(stored.len(), events.len());
        for (revision, (record, (id, position))) in stored.iter().zip(events).enumerate() {
            let wanted = proposed(*id);
            assert_eq!((record.revision, record.position), (revision as u64, *position));
            assert_eq!((record.id, &record.kind), (wanted.id, &wanted.kind));
            assert_eq!((&record.metadata, &record.data), (&wanted.metadata, &wanted.data));
        }
    }
}

async fn play(steps: Vec<Step>) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config {
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    let open = || Engine::open(&config).expect("opens").0;
    let mut engine = open();
    let mut streams: HashMap<u8, Stream> = HashMap::new();
    let mut last = 0;
    for step in steps {
        let Step::Append {
            stream,
            expected,
            ids,
        } = step
        else {
            engine.close();
            engine = open();
            continue;
        };
        let known = streams.entry(stream).or_default();
        let events = ids.iter().map(|id| proposed(*id)).collect();
        let answer = engine.append(name(stream), expected, events).await;
        match model(known, expected, &ids) {
            Outcome::Append => {
                for id in &ids {
                    last += 1;
                    known.push((*id, last));
                }
                let written = answer.expect("appended");
                assert_eq!(written.revision, known.len().checked_sub(1).map(|r| r as u64));
                assert_eq!(written.position, (!ids.is_empty()).then_some(last));
            }
            Outcome::Already(revision, position) => {
                let written = answer.expect("repeated");
                assert_eq!(written.revision, Some(revision));
                assert_eq!(written.position, Some(position));
            }
            Outcome::Wrong => {
                let current = known.len().checked_sub(1).map(|r| r as u64);
                let stream = name(stream).to_string();
                assert_eq!(
                    answer,
                    Err(StoreError::WrongExpectedVersion {
                        stream,
                        expected,
                        current
                    })
                );
            }
        }
    }
    compare(&engine, &streams, last).await;
    engine.close();
    assert!(verify(folder.path()).expect("readable").is_sound());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_history_follows_the_rules(steps in prop::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(play(steps));
    }
}

#[tokio::test]
async fn commands_of_one_transaction_see_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config {
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    let (engine, _) = Engine::open(&config).expect("opens");
    // Queued without waiting: most of them share a transaction.
    let waiting: Vec<_> = (0..100_u8)
        .map(|number| {
            let expected = match number {
                0 => Expected::NoStream,
                n => Expected::Revision(u64::from(n) - 1),
            };
            let command = Command::Append {
                stream: name(0),
                expected,
                events: vec![proposed(number)],
            };
            engine.submit(command).expect("queued")
        })
        .collect();
    for (number, answer) in (0_u64..).zip(waiting) {
        let written = wait_for(answer).await.expect("appended");
        assert_eq!(written.revision, Some(number));
    }
    assert_eq!(engine.head(), 100);
}

#[tokio::test]
async fn a_full_queue_refuses_and_a_closed_one_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config {
        data_dir: folder.path().to_owned(),
        queue_depth: 1,
        ..Config::default()
    };
    let (engine, _) = Engine::open(&config).expect("opens");
    let submit = |number: u8| {
        engine.submit(Command::Append {
            stream: name(number),
            expected: Expected::Any,
            events: vec![proposed(number)],
        })
    };
    let results: Vec<_> = (0..200).map(submit).collect();
    let refusal = results.iter().find_map(|result| result.as_ref().err());
    let text = refusal.expect("the queue holds one").to_string();
    assert!(text.contains("already wait"), "{text}");
    let mut accepted = 0;
    for answer in results.into_iter().flatten() {
        wait_for(answer).await.expect("appended");
        accepted += 1;
    }
    assert_eq!(engine.head(), accepted);
    engine.close();
    assert!(matches!(submit(0), Err(StoreError::Unavailable { .. })));
}
