//! The newest records in memory, and the signal that there are newer ones.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;

use super::record::Record;

const MAX_RECORDS: usize = 16_384;
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// What the ring can say about the records after a position.
#[derive(Debug)]
pub(crate) enum TailRead {
    /// The next records; none if the position is the newest.
    Records(Vec<Arc<Record>>),
    /// The next record has already left the ring: read it from disk.
    Behind,
}

/// The ring of newest records. The writer fills it after each commit.
#[derive(Debug)]
pub(crate) struct Tail {
    ring: RwLock<Ring>,
    head: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Ring {
    records: VecDeque<Arc<Record>>,
    bytes: usize,
}

impl Tail {
    pub(crate) fn new(head: u64) -> Self {
        Self {
            ring: RwLock::new(Ring::default()),
            head: watch::Sender::new(head),
        }
    }

    /// The position of the newest committed record.
    pub(crate) fn head(&self) -> u64 {
        *self.head.borrow()
    }

    /// Wakes whenever the head moves.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    /// Starts anew at a head that was found on disk after a commit whose outcome was unknown.
    pub(crate) fn reset(&self, head: u64) {
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Ring::default();
        self.head.send_replace(head);
    }

    /// Adds committed records, in order and without a gap, and wakes the subscribers.
    pub(crate) fn publish(&self, records: Vec<Record>) {
        let Some(head) = records.last().map(|record| record.position) else {
            return;
        };
        {
            let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
            for record in records {
                ring.bytes += record.weight();
                ring.records.push_back(Arc::new(record));
            }
            while ring.records.len() > MAX_RECORDS || ring.bytes > MAX_BYTES {
                let Some(oldest) = ring.records.pop_front() else {
                    break;
                };
                ring.bytes -= oldest.weight();
            }
        }
        self.head.send_replace(head);
    }

    /// Up to `max` records after `position`.
    pub(crate) fn after(&self, position: u64, max: usize) -> TailRead {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let Some(newest) = ring.records.back().map(|record| record.position) else {
            return if position >= self.head() {
                TailRead::Records(Vec::new())
            } else {
                TailRead::Behind
            };
        };
        if position >= newest {
            return TailRead::Records(Vec::new());
        }
        // Positions have no gaps, so the place in the ring follows from the newest.
        let wanted = (newest - position) as usize;
        if wanted > ring.records.len() {
            return TailRead::Behind;
        }
        let first = ring.records.len() - wanted;
        TailRead::Records(ring.records.iter().skip(first).take(max).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use uuid::Uuid;

    fn record(position: u64, size: usize) -> Record {
        Record {
            position,
            stream: "s".into(),
            revision: position - 1,
            id: Uuid::from_u128(position.into()),
            kind: "t".into(),
            json: false,
            created: 0,
            metadata: Bytes::new(),
            data: Bytes::from(vec![0; size]),
        }
    }

    fn positions(read: TailRead) -> Vec<u64> {
        match read {
            TailRead::Records(records) => records.iter().map(|r| r.position).collect(),
            TailRead::Behind => panic!("the ring should hold these"),
        }
    }

    #[test]
    fn gives_what_follows_a_position() {
        let tail = Tail::new(4);
        assert!(matches!(tail.after(3, 10), TailRead::Behind));
        assert!(positions(tail.after(4, 10)).is_empty());
        tail.publish(vec![record(5, 1), record(6, 1), record(7, 1)]);
        assert_eq!(positions(tail.after(4, 2)), [5, 6]);
        assert_eq!(positions(tail.after(6, 10)), [7]);
        assert!(positions(tail.after(7, 10)).is_empty());
        assert!(matches!(tail.after(3, 10), TailRead::Behind));
        assert_eq!(tail.head(), 7);
    }

    #[test]
    fn forgets_the_oldest_beyond_its_bounds() {
        let tail = Tail::new(0);
        tail.publish((1..=40).map(|p| record(p, 1024 * 1024)).collect());
        assert!(matches!(tail.after(0, 1), TailRead::Behind));
        assert_eq!(positions(tail.after(39, 10)), [40]);
    }
}
