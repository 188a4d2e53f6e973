//! What every disposal and draw amounts to, in memory: re-checks by the day they fall due, and what a draw is to be made of.

use case_domain::{CaseEvent, pictures_of};
use decider::{Decider, StoredEvent};
use disposal_domain::draw::{Draw, DrawState, Frozen, Strata};
use disposal_domain::{Disposal, DisposalCommand, DisposalState, Exposure, ExposureStanding, RaiseRecheck};
use jiff::Timestamp;
use jurisdiction::{CaseId, CommandId, EvidenceId, Jurisdiction, Level, RecheckHistory, UnitCode};
use platform::{Recorded, derived_command};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

/// The policy by which re-checks are raised.
pub const RECHECKS: &str = "disposal-tracking/rechecks-fall-due";
/// Whose facts it is rebuilt from; of cases, their inspections have pictures.
pub const PREFIXES: [&str; 3] = ["disposal-", "draw-", "case-"];
const INSPECTION: &str = "case.inspection_recorded.";

/// What a disposal exposes to everybody, where and since when.
pub fn exposed(state: &DisposalState) -> Option<(&Exposure, &UnitCode, Timestamp)> {
    let exposure = state.exposure.as_ref().filter(|_| state.against.is_empty())?;
    match &exposure.standing {
        ExposureStanding::Published { area, at } => Some((exposure, area, *at)),
        _ => None,
    }
}

/// A re-check that is to be raised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recheck {
    pub due: Timestamp,
    pub case: CaseId,
    pub after_days: u16,
}

impl Recheck {
    pub fn stream(&self) -> String {
        format!("disposal-{}", self.case)
    }
    pub fn command(&self) -> DisposalCommand {
        let after_days = self.after_days;
        DisposalCommand::RaiseRecheck(RaiseRecheck { after_days })
    }
    /// From case, day and number of days: two replicas that raise the same re-check give the same command.
    pub fn command_id(&self) -> CommandId {
        let name = format!("{RECHECKS}/{}/{}/{}", self.stream(), self.due, self.after_days);
        derived_command(Uuid::nil(), &name, 0)
    }
}

/// Rebuilt from the store at every start; nothing in it is kept anywhere else.
#[derive(Debug, Default)]
pub struct Board {
    days: RecheckHistory,
    disposals: BTreeMap<CaseId, DisposalState>,
    draws: BTreeMap<String, DrawState>,
    /// Every picture of an inspection.
    inspected: HashSet<EvidenceId>,
    rechecks: BTreeSet<Recheck>,
    position: u64,
    caught_up: bool,
}

impl Board {
    /// How many days after closing a site is looked at again: as it was decided when it was closed. What was raised stays raised.
    pub fn look_again_after(&mut self, days: RecheckHistory) {
        if self.days == days {
            return;
        }
        self.days = days;
        let cases: Vec<_> = self.disposals.keys().copied().collect();
        for case in cases {
            self.queue(case);
        }
    }

    /// Takes in one fact. One that this program cannot read keeps no other from being seen.
    pub fn take(&mut self, event: &Recorded) {
        self.position = self.position.max(event.position);
        match event.stream.split_once('-') {
            Some(("disposal", id)) => {
                if let Ok(case) = id.parse() {
                    evolve::<Disposal>(self.disposals.entry(case).or_default(), event);
                    self.queue(case);
                }
            }
            Some(("draw", id)) => evolve::<Draw>(self.draws.entry(id.to_owned()).or_default(), event),
            Some(("case", _)) if event.name.starts_with(INSPECTION) => self.take_inspection(event),
            _ => {}
        }
    }
    fn take_inspection(&mut self, event: &Recorded) {
        match decider::decode::<CaseEvent>(&event.name, event.data.clone()) {
            Ok(fact) => self.inspected.extend(pictures_of(&fact).into_iter().cloned()),
            Err(error) => tracing::error!(stream = %event.stream, %error, "a fact is unreadable"),
        }
    }
    /// Everything up to there has been looked at.
    pub fn reached(&mut self, position: u64) {
        self.position = self.position.max(position);
    }
    pub fn complete(&mut self) {
        self.caught_up = true;
    }
    /// Half a history is no history.
    pub fn is_complete(&self) -> bool {
        self.caught_up
    }

    pub fn position(&self) -> u64 {
        self.position
    }

    /// The re-checks that have fallen due, oldest first.
    pub fn due(&self, now: Timestamp) -> Vec<Recheck> {
        let due = self.rechecks.iter().take_while(|recheck| recheck.due <= now);
        due.cloned().collect()
    }
    pub fn next_due(&self) -> Option<Timestamp> {
        self.rechecks.first().map(|recheck| recheck.due)
    }
    /// It has been raised, here or elsewhere; the fact itself comes by the subscription.
    pub fn settled(&mut self, recheck: &Recheck) {
        self.rechecks.remove(recheck);
    }

    /// What a draw that is announced now is made of.
    pub fn frozen(&self, jurisdiction: &Jurisdiction) -> Frozen {
        let mut list = Strata::new();
        let waiting = self.disposals.iter().filter(|(_, state)| state.awaits_draw());
        for (case, state) in waiting {
            if let Some(county) = state.unit.as_ref().and_then(|unit| stratum(unit, jurisdiction)) {
                list.entry(county).or_default().insert(*case);
            }
        }
        let rounds = self.draws.values().map(|draw| draw.round).max();
        Frozen {
            list,
            position: self.position,
            round: rounds.unwrap_or_default() + 1,
            another_is_open: self.draws.values().any(DrawState::is_open),
        }
    }
    /// All draws, the newest first.
    pub fn draws(&self) -> Vec<(String, DrawState)> {
        let mut draws: Vec<_> = self.draws.clone().into_iter().collect();
        draws.sort_by_key(|(_, draw)| std::cmp::Reverse(draw.round));
        draws
    }

    /// Everything that is exposed, the newest first.
    pub fn exposures(&self) -> Vec<(&Exposure, &UnitCode, Timestamp)> {
        let mut exposed: Vec<_> = self.disposals.values().filter_map(exposed).collect();
        exposed.sort_by_key(|(_, _, at)| std::cmp::Reverse(*at));
        exposed
    }

    /// Those of whom anything was ever proposed to be exposed, unless it is about anybody: that is never published.
    pub fn ever_exposed(&self) -> Vec<CaseId> {
        let open = self
            .disposals
            .iter()
            .filter(|(_, state)| state.against.is_empty());
        open.filter(|(_, state)| state.exposure.is_some())
            .map(|(case, _)| *case)
            .collect()
    }

    /// Those of the pictures that another disposal or any inspection has shown, as far as the board has come. What an inspection
    /// saw is what was there before anything was done.
    pub fn shown_elsewhere(&self, case: &str, pictures: &[EvidenceId]) -> Vec<EvidenceId> {
        let others = || {
            self.disposals
                .iter()
                .filter(|(other, _)| other.to_string() != case)
        };
        let shown = |picture: &&EvidenceId| {
            self.inspected.contains(*picture) || others().any(|(_, state)| state.shown.contains(*picture))
        };
        pictures.iter().filter(shown).cloned().collect()
    }

    fn queue(&mut self, case: CaseId) {
        self.rechecks.retain(|recheck| recheck.case != case);
        let Some(state) = self.disposals.get(&case) else {
            return;
        };
        let Some(closed_at) = state.closed_at else {
            return;
        };
        let after = self.days.on(closed_at).days().iter().copied();
        self.rechecks.extend(after.filter_map(|after_days| {
            let due = state.recheck_due(after_days)?;
            Some(Recheck {
                due,
                case,
                after_days,
            })
        }));
    }
}

/// The county of a unit; the city itself for what its own departments did.
fn stratum(unit: &UnitCode, jurisdiction: &Jurisdiction) -> Option<UnitCode> {
    let county = jurisdiction.government_at(unit, Level::County);
    let stratum = county.or_else(|| jurisdiction.government_at(unit, Level::City))?;
    Some(stratum.code.clone())
}

fn evolve<D: Decider>(state: &mut D::State, event: &Recorded)
where
    D::Event: StoredEvent,
{
    match decider::decode::<D::Event>(&event.name, event.data.clone()) {
        Ok(fact) => D::evolve(state, &fact, &event.stamp()),
        Err(error) => tracing::error!(stream = %event.stream, %error, "a fact is unreadable"),
    }
}

#[cfg(test)]
mod tests;
