//! What holds of every history.

use super::*;
use proptest::prelude::*;

proptest! {
    /// Invariant: `evolve` is total; any sequence of facts, in any order, folds without panic.
    #[test]
    fn any_history_folds(picks in proptest::collection::vec(0usize..64, 0..40)) {
        let samples = crate::events::samples();
        let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: Actor::Citizen };
        let mut state = TipState::default();
        for pick in picks {
            Tip::evolve(&mut state, &samples[pick % samples.len()], &stamp);
        }
    }
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    decider::scenario::assert_golden(&folder, &crate::events::samples());
}
