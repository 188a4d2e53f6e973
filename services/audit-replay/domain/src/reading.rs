//! The record of readings of one thing: state, decision, evolution.

use crate::{ReadingCommand, ReadingEvent, ReadingRefusal, RecordReading};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::StaffId;
use serde::Serialize;
use std::collections::BTreeMap;

/// Who has read it so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReadingState {
    pub times: u32,
    /// When each reader last did.
    pub readers: BTreeMap<StaffId, Timestamp>,
}

/// The aggregate.
#[derive(Debug)]
pub struct Reading;

impl Decider for Reading {
    const CATEGORY: &'static str = "reading";
    type State = ReadingState;
    type Command = ReadingCommand;
    type Event = ReadingEvent;
    type Refusal = ReadingRefusal;

    fn decide(
        _: &ReadingState,
        command: &ReadingCommand,
        given: Given<'_>,
    ) -> Result<Vec<ReadingEvent>, ReadingRefusal> {
        let ReadingCommand::Record(RecordReading { reading }) = command;
        if given.by.person().is_none() {
            return Err(ReadingRefusal::NotAPerson);
        }
        if reading.instant().is_some_and(|at| at > given.at) {
            return Err(ReadingRefusal::InstantToCome);
        }
        // Read twice is read twice.
        Ok(vec![reading.clone()])
    }

    fn evolve(state: &mut ReadingState, _: &ReadingEvent, stamp: &Stamp) {
        state.times += 1;
        if let Some(reader) = stamp.by.person() {
            state.readers.insert(reader.clone(), stamp.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decider::scenario::Scenario;
    use jiff::SignedDuration;
    use jurisdiction::sample::{DISCIPLINE, acting};
    use jurisdiction::{Actor, CaseId, Role, TipId};

    fn asked(at: Option<&str>) -> ReadingEvent {
        ReadingEvent::CaseReplayed {
            case: CaseId::sample(7),
            at: at.map(|at| at.parse().expect("a timestamp")),
        }
    }
    fn record(reading: ReadingEvent) -> ReadingCommand {
        ReadingCommand::Record(RecordReading { reading })
    }
    fn inspector() -> Scenario<Reading> {
        Scenario::new().by(acting(Role::Inspector, DISCIPLINE))
    }

    #[test]
    fn whoever_reads_is_recorded_each_time() {
        let read = inspector()
            .when(&record(asked(None)))
            .then([asked(None)])
            .later(SignedDuration::from_mins(1))
            .when(&record(asked(None)))
            .then([asked(None)]);
        let state = read.state();
        assert_eq!((state.times, state.readers.len()), (2, 1));
    }
    #[test]
    fn nobody_reads_without_a_name() {
        for nobody in [Actor::Citizen, Actor::system("curious")] {
            Scenario::<Reading>::new()
                .by(nobody)
                .when(&record(asked(None)))
                .then_refused(ReadingRefusal::NotAPerson);
        }
    }
    #[test]
    fn nobody_reads_what_has_not_happened_yet() {
        inspector()
            .when(&record(asked(Some("2020-06-01T01:00:00Z"))))
            .then_done()
            .when(&record(asked(Some("2020-06-01T01:00:01Z"))))
            .then_refused(ReadingRefusal::InstantToCome);
    }
    #[test]
    fn readings_are_filed_under_what_was_read() {
        assert_eq!(asked(None).subject(), format!("case-{}", CaseId::sample(7)));
        let tip = TipId::sample(1);
        assert_eq!(
            ReadingEvent::ContentOpened { tip }.subject(),
            format!("tip-{tip}")
        );
        let mut subjects: Vec<_> = crate::events::samples()
            .iter()
            .map(ReadingEvent::subject)
            .collect();
        subjects.dedup();
        assert!(subjects.iter().all(|subject| !subject.is_empty()), "{subjects:?}");
    }
    #[test]
    fn what_is_stored_can_be_read_for_ever() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        decider::scenario::assert_golden(&folder, &crate::events::samples());
    }
}
