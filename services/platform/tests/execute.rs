//! The same command id is one fact, however often and however concurrently it is sent.

use directory_domain::{DirectoryCommand, DirectoryEntry, stream_of};
use futures::future::join_all;
use jurisdiction::{Actor, CommandId};
use platform::testkit::Town;
use platform::{Envelope, ExecuteError, Executed, execute};
use std::collections::{BTreeMap, BTreeSet};

/// Not idempotent in the domain: only the command id tells a repetition.
const ADVANCE: DirectoryCommand = DirectoryCommand::AdvanceClock { seconds: 60 };

fn envelope(town: &Town, id: u128) -> Envelope {
    Envelope {
        command_id: CommandId::sample(id),
        actor: Actor::system("test"),
        at: town.now(),
        causation: None,
        correlation: None,
        traceparent: None,
        seen: None,
    }
}

async fn send(town: &Town, envelope: &Envelope) -> Result<Executed, ExecuteError> {
    let jurisdiction = town.own.directory.current();
    let stream = stream_of(&ADVANCE, "2020");
    execute::<DirectoryEntry>(&town.store, &jurisdiction, &stream, envelope, &ADVANCE).await
}

async fn advance(town: &Town, id: u128) -> (u128, Result<Executed, ExecuteError>) {
    (id, send(town, &envelope(town, id)).await)
}

#[tokio::test]
async fn a_command_for_another_revision_than_the_newest_changes_nothing() {
    let town = Town::start().await;
    let as_seen = async |id: u128, seen: Option<u64>| {
        let envelope = Envelope {
            seen,
            ..envelope(&town, id)
        };
        send(&town, &envelope).await
    };
    // Nobody can have seen a revision of what does not exist.
    let outdated = as_seen(1, Some(0)).await.expect_err("outdated");
    assert!(matches!(outdated, ExecuteError::Outdated { seen: 0, now: None }));
    as_seen(2, None).await.expect("done");
    as_seen(3, Some(0)).await.expect("done at the newest");
    let outdated = as_seen(4, Some(0)).await.expect_err("outdated");
    assert!(matches!(
        outdated,
        ExecuteError::Outdated {
            seen: 0,
            now: Some(1)
        }
    ));
    // A repetition is recognised before its revision is looked at: what was answered once is answered again.
    assert_eq!(as_seen(3, Some(0)).await.expect("repeated").facts, 0);
    assert_eq!(town.stream(&stream_of(&ADVANCE, "2020")).await.len(), 2);
    town.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_command_id_is_one_fact() {
    let town = Town::start().await;
    // A caller whose attempts are used up is told so and sends again: until every one of them has an answer.
    let mut waiting: Vec<u128> = [1, 2, 1, 3, 2, 1, 4, 4, 5, 1].into();
    let mut positions: BTreeMap<u128, BTreeSet<u64>> = BTreeMap::new();
    while !waiting.is_empty() {
        let answers = join_all(waiting.drain(..).map(|id| advance(&town, id))).await;
        for (id, answer) in answers {
            match answer {
                Ok(done) => {
                    positions.entry(id).or_default().insert(done.position);
                }
                Err(ExecuteError::Contended) => waiting.push(id),
                Err(error) => panic!("{error}"),
            }
        }
    }
    let facts = town.stream(&stream_of(&ADVANCE, "2020")).await;
    assert_eq!(facts.len(), 5);
    // Every repetition was answered with the position of the one fact.
    assert!(
        positions.values().all(|of_one| of_one.len() == 1),
        "{positions:?}"
    );
    let ids: BTreeSet<_> = facts.iter().map(|fact| fact.metadata.command_id).collect();
    assert_eq!(ids.len(), 5);
    town.stop().await;
}
