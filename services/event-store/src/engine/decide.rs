//! May these events be appended? The rules of expected revisions and of repeated requests.

use uuid::Uuid;

use super::heads::Head;

/// What a writer believes about the stream it appends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Nothing.
    Any,
    /// It holds no event.
    NoStream,
    /// It exists.
    StreamExists,
    /// This is its last revision.
    Revision(u64),
}

impl Expected {
    /// The number the protocol's texts use for this expectation.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Any => -2,
            Self::NoStream => -1,
            Self::StreamExists => -4,
            Self::Revision(revision) => i64::try_from(revision).unwrap_or(i64::MAX),
        }
    }
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Any => f.write_str("any revision"),
            Self::NoStream => f.write_str("no stream"),
            Self::StreamExists => f.write_str("an existing stream"),
            Self::Revision(revision) => write!(f, "revision {revision}"),
        }
    }
}

/// Where an event already stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) revision: u64,
    pub(crate) position: u64,
}

/// What must happen with an append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Write the events after the last revision.
    Append,
    /// All of them are stored already; the last one stands here.
    Already(Place),
    /// The expectation does not hold.
    WrongExpected,
    /// The stream is tombstoned.
    Deleted,
}

/// What the decision must look up in the stream's past.
pub(crate) trait Past {
    /// How a look-up fails.
    type Error;
    /// The event at a revision.
    fn at(&self, revision: u64) -> Result<Option<(Uuid, Place)>, Self::Error>;
    /// The newest event with an id.
    fn find(&self, id: Uuid) -> Result<Option<Place>, Self::Error>;
}

/// Applies the rules. `ids` are the proposed events' ids, in order.
pub(crate) fn decide<P: Past>(
    head: &Head,
    expected: Expected,
    ids: &[Uuid],
    past: &P,
) -> Result<Decision, P::Error> {
    if head.tombstoned {
        return Ok(Decision::Deleted);
    }
    match expected {
        Expected::Any => by_id(ids, past, Decision::Append),
        Expected::StreamExists => {
            let exists = head.exists() && !head.soft_deleted();
            let otherwise = if exists {
                Decision::Append
            } else {
                Decision::WrongExpected
            };
            by_id(ids, past, otherwise)
        }
        Expected::NoStream => match head.last {
            None => Ok(Decision::Append),
            // A soft-deleted stream counts as absent, unless this is a repetition.
            Some(_) => match repetition(0, ids, past)? {
                Repetition::All(place) => Ok(Decision::Already(place)),
                Repetition::None if head.soft_deleted() => Ok(Decision::Append),
                Repetition::None | Repetition::Partial => Ok(Decision::WrongExpected),
            },
        },
        Expected::Revision(revision) => match head.last {
            Some(last) if revision == last => Ok(Decision::Append),
            Some(last) if revision < last => match repetition(revision + 1, ids, past)? {
                Repetition::All(place) => Ok(Decision::Already(place)),
                Repetition::None | Repetition::Partial => Ok(Decision::WrongExpected),
            },
            Some(_) | None => Ok(Decision::WrongExpected),
        },
    }
}

/// Without an expected revision only the ids can tell a repetition from a new append.
fn by_id<P: Past>(ids: &[Uuid], past: &P, otherwise: Decision) -> Result<Decision, P::Error> {
    let mut place = None;
    for (index, id) in ids.iter().enumerate() {
        match past.find(*id)? {
            Some(found) => place = Some(found),
            None if index == 0 => return Ok(otherwise),
            None => return Ok(Decision::WrongExpected),
        }
    }
    Ok(place.map_or(otherwise, Decision::Already))
}

enum Repetition {
    All(Place),
    Partial,
    None,
}

/// Compares the ids with what stands from `first` on.
fn repetition<P: Past>(first: u64, ids: &[Uuid], past: &P) -> Result<Repetition, P::Error> {
    let mut result = Repetition::None;
    for (revision, id) in (first..).zip(ids) {
        match past.at(revision)? {
            Some((stored, place)) if stored == *id => result = Repetition::All(place),
            _ if revision == first => return Ok(Repetition::None),
            _ => return Ok(Repetition::Partial),
        }
    }
    Ok(result)
}
