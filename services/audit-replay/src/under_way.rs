//! Verifications of everything that are under way: how far each has come, for whoever waits for it.

use jiff::Timestamp;
use mingcha_proto::audit::VerificationUnderWay;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All of them.
#[derive(Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<Board>>);

#[derive(Default)]
struct Board {
    started: u64,
    running: BTreeMap<u64, VerificationUnderWay>,
}

/// One of them; it ends with this.
pub(crate) struct Ticket {
    board: UnderWay,
    number: u64,
}

impl UnderWay {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins one, towards the position of the last fact.
    pub(crate) fn begin(&self, last_position: u64) -> Ticket {
        let mut board = self.board();
        board.started += 1;
        let number = board.started;
        let begun = VerificationUnderWay {
            started_at: Timestamp::now().to_string(),
            last_position,
            ..VerificationUnderWay::default()
        };
        board.running.insert(number, begun);
        Ticket {
            board: self.clone(),
            number,
        }
    }

    pub(crate) fn list(&self) -> Vec<VerificationUnderWay> {
        self.board().running.values().cloned().collect()
    }
}

impl Ticket {
    /// Tells how far it has come.
    pub(crate) fn reached(&self, events: u64, position: u64) {
        if let Some(running) = self.board.board().running.get_mut(&self.number) {
            (running.events, running.position) = (events, position);
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.board.board().running.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::UnderWay;

    #[test]
    fn each_is_listed_until_it_ends() {
        let board = UnderWay::default();
        let (first, second) = (board.begin(10), board.begin(20));
        second.reached(7, 9);
        let told: Vec<_> = board
            .list()
            .iter()
            .map(|running| (running.events, running.position, running.last_position))
            .collect();
        assert_eq!(told, [(0, 0, 10), (7, 9, 20)]);
        drop(first);
        assert_eq!(board.list().len(), 1);
        drop(second);
        assert!(board.list().is_empty());
    }
}
