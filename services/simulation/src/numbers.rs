//! The numbers by which units are put under special supervision, kept and looked at as the scheduler does it.

use crate::reactions::Service;
use crate::world::{Task, World};
use accountability_domain::{Accountability, AccountabilityCommand, OpenSpecialSupervision, SeenNumbers};
use accountability_escalation::special::OPENS;
use accountability_escalation::tally::Tally;
use case_domain::Case;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, Jurisdiction, UnitCode};
use platform::{Envelope, derived_command};
use std::collections::BTreeSet;
use tip_domain::Tip;
use uuid::Uuid;

/// The tally, as far as it has read.
#[derive(Default)]
pub(crate) struct Numbers {
    tally: Tally,
    read: usize,
    supervised: BTreeSet<UnitCode>,
}

impl Numbers {
    /// Who is under special supervision.
    pub fn supervised(&self) -> Vec<UnitCode> {
        let standing = |unit: &&UnitCode| self.tally.standing(unit).is_open;
        self.supervised.iter().filter(standing).cloned().collect()
    }
    pub fn seen(&self, unit: &UnitCode, jurisdiction: &Jurisdiction, now: Timestamp) -> SeenNumbers {
        self.tally.seen(unit, jurisdiction, now)
    }
}

impl World<'_> {
    /// Opens special supervision wherever the numbers say so; those who are under it try to get out.
    pub fn look_at_numbers(&mut self) {
        self.count_up();
        let (jurisdiction, now) = (self.jurisdiction(), self.now);
        let areas = self.numbers.tally.areas(jurisdiction, now).into_iter();
        let reached = areas.filter(|(_, seen)| seen.numbers.reach(&seen.thresholds));
        for (unit, seen) in reached.collect::<Vec<_>>() {
            let standing = self.numbers.tally.standing(&unit);
            if !standing.is_open {
                self.open_special_supervision(unit, seen, standing.openings);
            }
        }
        self.count_up();
        self.look_at_special_supervision();
        self.after(SignedDuration::from_hours(30), Task::Numbers);
    }

    fn open_special_supervision(&mut self, unit: UnitCode, seen: SeenNumbers, openings: usize) {
        let envelope = Envelope {
            command_id: derived_command(Uuid::nil(), &format!("{OPENS}/{unit}"), openings),
            actor: Actor::system(OPENS),
            at: self.clock_of(Service::Accountability),
            causation: None,
            correlation: None,
            traceparent: None,
            seen: None,
        };
        let stream = format!("accountability-{unit}");
        let open = OpenSpecialSupervision {
            unit: unit.clone(),
            seen,
        };
        let command = AccountabilityCommand::OpenSpecialSupervision(open);
        let jurisdiction = self.jurisdiction();
        // A second replica saw the same.
        for _ in 0..2 {
            match self
                .log
                .execute::<Accountability>(jurisdiction, &stream, &envelope, &command)
            {
                Ok(new) => self.settle(new),
                Err(error) => self.find(&stream, "numbers_open", &error.to_string()),
            }
        }
        self.numbers.supervised.insert(unit);
    }

    /// Takes in what has been committed since: what streams amount to, and whom they are about.
    fn count_up(&mut self) {
        let new = self.log.facts().get(self.numbers.read..).unwrap_or_default();
        let streams: BTreeSet<String> = new.iter().map(|fact| fact.stream.clone()).collect();
        self.numbers.read = self.log.facts().len();
        for stream in streams {
            let Some((category, id)) = stream.split_once('-') else {
                continue;
            };
            let against = match category {
                "accountability" => {
                    if let Some(state) = self.log.state::<Accountability>(&stream) {
                        self.numbers.tally.take(&stream, state);
                    }
                    None
                }
                "case" => self.log.state::<Case>(&stream).map(|state| &state.against),
                "tip" => self.log.state::<Tip>(&stream).map(|state| &state.against),
                _ => None,
            };
            if let Some(against) = against.filter(|against| !against.is_empty()) {
                self.numbers.tally.about(id, against.clone());
            }
        }
    }
}
