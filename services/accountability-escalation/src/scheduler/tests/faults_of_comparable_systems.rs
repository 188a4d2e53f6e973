//! Faults of comparable systems that lie in how clocks are found: whoever reads "the oldest 100" starves the rest.

use super::*;

const CLOCKS: u128 = 500;

/// DIGIT reads the oldest hundred of each state; the others wait for ever.
#[tokio::test]
async fn every_one_of_five_hundred_clocks_fires_after_a_restart_and_once() {
    let town = Town::start().await;
    let mut due = town.now();
    for number in 1..=CLOCKS {
        due = due.max(start(&town, number).await);
    }
    town.advance_to(due).await;
    // The first replica is stopped in the middle of its work.
    let replica = Replica::start(&town).await;
    reaches(&town, 1, 3).await;
    replica.stop().await;
    let replica = Replica::start(&town).await;
    for number in 1..=CLOCKS {
        reaches(&town, number, 3).await;
    }
    replica.stop().await;
    // A third finds nothing left to do: a later clock shows that it has looked.
    let replica = Replica::start(&town).await;
    let other = start(&town, CLOCKS + 1).await;
    town.advance_to(other).await;
    reaches(&town, CLOCKS + 1, 3).await;
    replica.stop().await;
    for number in 1..=CLOCKS {
        let names = town.names(&stream(number)).await;
        assert_eq!(names[..3], ALL_RUNGS[..3], "case {number}");
        let mut once = names.clone();
        once.dedup();
        assert_eq!(once, names, "case {number}: nothing comes twice");
    }
    town.stop().await;
}
