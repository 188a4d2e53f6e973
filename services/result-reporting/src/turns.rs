//! Whose turn it is to report or to guarantee, and since when: worked out from stages, units and what was reported. Pure.

use decider::decode;
use directory_domain::DirectoryEvent;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use jurisdiction::{
    Jurisdiction, Level, Obligation, Stage, StageDuty, UnitCode, UnitKind, Urgency, end_of_day,
};
use platform::Recorded;
use report_domain::{ReportEvent, ReportId, Turn};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const PREFIXES: [&str; 3] = ["campaign-", "unit-", "report-"];

/// A turn that has come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Due {
    pub since: Timestamp,
    pub report: ReportId,
    pub turn: Turn,
}

/// Rebuilt from the store at every start; nothing in it is kept anywhere else.
#[derive(Default)]
pub(crate) struct Board {
    /// Since when it has been known that a stage ends on that day.
    announced: BTreeMap<String, (Option<Date>, Timestamp)>,
    registered: BTreeMap<UnitCode, Timestamp>,
    settled: BTreeSet<(ReportId, Turn)>,
    complete: bool,
}

impl Board {
    /// Takes in one fact. One that this program cannot read keeps no other from being seen.
    pub(crate) fn take(&mut self, event: &Recorded) {
        if event.stream.starts_with("report-") {
            let fact = decode::<ReportEvent>(&event.name, event.data.clone());
            if let (Ok(report), Ok(fact)) = (event.subject().parse(), fact) {
                self.reported(report, &fact);
            }
            return;
        }
        let at = event.metadata.at;
        match decode::<DirectoryEvent>(&event.name, event.data.clone()) {
            Ok(DirectoryEvent::StagesSet { stages }) => self.announce(&stages, at),
            Ok(DirectoryEvent::UnitRegistered { unit }) => {
                self.registered.entry(unit.code).or_insert(at);
            }
            _ => {}
        }
    }
    pub(crate) fn complete(&mut self) {
        self.complete = true;
    }
    /// Half a history would ask for what was long given.
    pub(crate) fn is_complete(&self) -> bool {
        self.complete
    }
    /// It has been raised, here or elsewhere, or was not needed any more.
    pub(crate) fn settled(&mut self, due: &Due) {
        self.settled.insert((due.report.clone(), due.turn));
    }

    fn reported(&mut self, report: ReportId, fact: &ReportEvent) {
        let turn = match fact {
            ReportEvent::ReportDue { .. } | ReportEvent::ReportDrafted { .. } => Turn::Report,
            ReportEvent::GuaranteeDue { .. } | ReportEvent::GuaranteeGiven { .. } => Turn::Guarantee,
            _ => return,
        };
        self.settled.insert((report, turn));
    }

    /// A stage that is set again with the same end was announced when it was first set so.
    fn announce(&mut self, stages: &[Stage], at: Timestamp) {
        let mut now = BTreeMap::new();
        for stage in stages {
            let before = self.announced.get(&stage.code);
            let since = before.filter(|(to, _)| *to == stage.to).map(|(_, since)| *since);
            now.insert(stage.code.clone(), (stage.to, since.unwrap_or(at)));
        }
        self.announced = now;
    }

    /// Everything that has come by now and was not raised yet, the earliest first.
    pub(crate) fn due(&self, jurisdiction: &Jurisdiction, now: Timestamp) -> Vec<Due> {
        let mut due = Vec::new();
        for stage in &jurisdiction.stages {
            let Some((Some(to), announced)) = self.announced.get(&stage.code) else {
                continue;
            };
            let (turn, turns) = turns(stage, *to, jurisdiction);
            let areas = jurisdiction.open_units();
            for unit in areas.filter(|unit| unit.kind == UnitKind::Government && unit.level != Level::City) {
                let Some(registered) = self.registered.get(&unit.code) else {
                    continue;
                };
                let known = *registered.max(announced);
                let since = turns(unit.level).max(known);
                let report = ReportId {
                    unit: unit.code.clone(),
                    stage: stage.code.clone(),
                };
                // Nobody is asked for a stage that was over before they knew of it.
                let asked = known <= end_of_day(*to) && since <= now;
                if asked && !self.settled.contains(&(report.clone(), turn)) {
                    due.push(Due { since, report, turn });
                }
            }
        }
        due.sort();
        due
    }
}

/// What a stage asks for, and when the turn of each level comes. A guarantee is asked of all on the first day. Reports are
/// asked for on the last, from below upwards: each level has its time once the one below has had its own.
fn turns(stage: &Stage, to: Date, jurisdiction: &Jurisdiction) -> (Turn, impl Fn(Level) -> Timestamp) {
    let turn = match stage.duty() {
        StageDuty::Guarantee => Turn::Guarantee,
        StageDuty::Report | StageDuty::Acceptance => Turn::Report,
    };
    let after = |since| jurisdiction.due(Obligation::AreaReport, Urgency::Normal, since);
    let (village, township, county) = match turn {
        Turn::Guarantee => {
            let all = beginning_of(stage.from);
            (all, all, all)
        }
        Turn::Report => {
            let village = beginning_of(to);
            let township = after(village);
            (village, township, after(township))
        }
    };
    let of_level = move |level| match level {
        Level::Village => village,
        Level::Township => township,
        Level::County | Level::City => county,
    };
    (turn, of_level)
}

fn beginning_of(day: Date) -> Timestamp {
    end_of_day(day.saturating_sub(1.day())) + SignedDuration::from_secs(1)
}

#[cfg(test)]
mod tests;
