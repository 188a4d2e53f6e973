//! One owner: at every instant after assignment exactly one unit has the case, and nobody else acts as if it had it.

use crate::event::Event;
use crate::{Circumstances, Extent, Fact, Found, Place, Rule};
use accountability_domain::{AccountabilityEvent, MoveReason};
use case_domain::CaseEvent;
use disposal_domain::DisposalEvent;
use jiff::Timestamp;
use jurisdiction::{CaseId, Obligation, Subject, UnitCode};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(crate) struct Owners {
    cases: BTreeMap<CaseId, Owned>,
    /// Running clocks of what only the owner can owe.
    clocks: BTreeMap<(CaseId, String), UnitCode>,
}

#[derive(Default)]
struct Owned {
    owner: Option<UnitCode>,
    /// The owner that the confirmation named. The disposal is ordered to it, and is handed over after the case: an order may
    /// be written when the case is elsewhere already.
    confirmed: Option<UnitCode>,
    /// Who disposes of the site.
    disposal: Option<UnitCode>,
    closed: bool,
    co_handlers: BTreeSet<UnitCode>,
    last: Place,
    at: Timestamp,
}

impl Rule for Owners {
    fn take(&mut self, fact: &Fact<'_>, event: &Event, _: &Circumstances<'_>, found: &mut Found<'_>) {
        match event {
            Event::Case(case, event) => {
                let owned = self.cases.entry(*case).or_default();
                owned.look(event, fact, found);
                owned.hand_over(event);
                owned.last = Place::of(fact);
                owned.at = owned.at.max(fact.at);
            }
            Event::Disposal(case, event) => {
                if let Some(owned) = self.cases.get_mut(case) {
                    owned.dispose(event, fact, found);
                }
            }
            Event::Accountability(event) => self.of_clock(event, fact),
            _ => {}
        }
    }

    fn end(&self, circumstances: &Circumstances<'_>, found: &mut Found<'_>) {
        if circumstances.extent == Extent::Streams {
            return;
        }
        let horizon = circumstances.horizon();
        for owned in self
            .cases
            .values()
            .filter(|owned| owned.at <= horizon && !owned.closed)
        {
            if let (Some(owner), Some(disposal)) = (&owned.owner, &owned.disposal)
                && owner != disposal
            {
                let says = format!("案件由 {owner} 承办，处置却还在 {disposal} 手里。");
                found.missing(&owned.last, says);
            }
        }
        for ((case, clock), unit) in &self.clocks {
            let Some(owned) = self.cases.get(case) else {
                continue;
            };
            let settled = owned.at <= horizon;
            if let Some(owner) = owned.owner.as_ref().filter(|owner| settled && *owner != unit) {
                let says = format!("案件由 {owner} 承办，{unit} 却还在计时（{clock}）。");
                found.missing(&owned.last, says);
            }
        }
    }
}

impl Owned {
    fn dispose(&mut self, event: &DisposalEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        let unit = match event {
            DisposalEvent::DisposalOrdered { unit, .. } => {
                let had = self.owner.iter().chain(&self.confirmed).any(|had| had == unit);
                if self.owner.is_some() && !had {
                    found.wrong(fact, format!("处置要求下给了 {unit}，案件却不在它手里。"));
                    return;
                }
                unit
            }
            DisposalEvent::DisposalHandedOver { to, .. } => to,
            _ => return,
        };
        self.disposal = Some(unit.clone());
        self.last = Place::of(fact);
        self.at = self.at.max(fact.at);
    }

    fn look(&self, event: &CaseEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        let acting = fact.actor.unit();
        let owner = self.owner.as_ref();
        match event {
            CaseEvent::CaseAcknowledged { .. } | CaseEvent::CaseReturned { .. } if owner.is_none() => {
                found.wrong(fact, "案件还没有责任单位，就被签收或退回。");
            }
            CaseEvent::CaseAcknowledged { .. } | CaseEvent::CaseReturned { .. } if acting != owner => {
                found.wrong(fact, "签收或退回案件的不是责任单位。");
            }
            CaseEvent::InspectionRecorded { .. }
                if acting != owner && !acting.is_some_and(|unit| self.co_handlers.contains(unit)) =>
            {
                found.wrong(fact, "现场核查的既不是责任单位，也不是协办单位。");
            }
            CaseEvent::CoHandlerAdded { unit, .. } if Some(unit) == owner => {
                found.wrong(fact, "责任单位同时成了协办单位。");
            }
            CaseEvent::CaseConfirmed { owner: confirmed, .. } if Some(confirmed) != owner => {
                found.wrong(fact, "确认时写明的责任单位与案件的责任单位不同。");
            }
            _ => {}
        }
    }

    fn hand_over(&mut self, event: &CaseEvent) {
        match event {
            CaseEvent::CaseConfirmed { owner, .. } => self.confirmed = Some(owner.clone()),
            CaseEvent::CaseClosed { .. } => self.closed = true,
            CaseEvent::CaseReopened { .. } => self.closed = false,
            CaseEvent::CaseAssigned { to, co_handlers, .. } => {
                self.owner = Some(to.clone());
                self.co_handlers.extend(co_handlers.iter().cloned());
            }
            CaseEvent::CaseReturned { to, .. }
            | CaseEvent::CaseDesignated { to, .. }
            | CaseEvent::CaseReassigned { to, .. } => self.owner = Some(to.clone()),
            CaseEvent::CoHandlerAdded { unit, .. } => {
                self.co_handlers.insert(unit.clone());
            }
            CaseEvent::CoHandlerRemoved { unit, .. } => {
                self.co_handlers.remove(unit);
            }
            _ => {}
        }
        if let Some(owner) = &self.owner {
            self.co_handlers.remove(owner);
        }
    }
}

impl Owners {
    fn of_clock(&mut self, event: &AccountabilityEvent, fact: &Fact<'_>) {
        match event {
            AccountabilityEvent::ClockStarted {
                clock,
                subject: Subject::Case(case),
                obligation,
                unit,
                ..
            } if only_the_owner_owes(*obligation) => {
                self.clocks.insert((*case, clock.to_string()), unit.clone());
            }
            AccountabilityEvent::ClockStopped { clock, .. } => {
                if let Some(case) = case_of(fact) {
                    self.clocks.remove(&(case, clock.to_string()));
                }
            }
            AccountabilityEvent::ClockMoved {
                clock,
                reason: MoveReason::Reassigned { unit, .. },
                ..
            } => {
                let key = case_of(fact).map(|case| (case, clock.to_string()));
                if let Some(of) = key.and_then(|key| self.clocks.get_mut(&key)) {
                    *of = unit.clone();
                }
            }
            _ => {}
        }
    }
}

/// What others than whoever has the case can owe, e.g. its superior a review, is not looked at.
fn only_the_owner_owes(obligation: Obligation) -> bool {
    matches!(
        obligation,
        Obligation::Acknowledge
            | Obligation::FirstInspection
            | Obligation::SafetyPlan
            | Obligation::ImmediateMeasure
            | Obligation::RemainingMeasures
    )
}

/// The case whose clocks a stream holds.
fn case_of(fact: &Fact<'_>) -> Option<CaseId> {
    fact.stream.strip_prefix("accountability-")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::Invariant::OneOwner;
    use crate::story::{Story, assigned, case_opened, disposal_ordered};
    use accountability_domain::StopReason;
    use case_domain::{CaseEvent, Class};
    use jurisdiction::Obligation::{Acknowledge, Review, SafetyPlan};
    use jurisdiction::sample::{COUNTY, COUNTY_ECOLOGY, OTHER_TOWNSHIP, TOWNSHIP};
    use jurisdiction::{CaseId, Role, Subject, TipId, UnitCode};

    const CASE: Subject = Subject::Case(CaseId::sample(7));

    fn given() -> Story {
        Story::new()
            .record("case-7", case_opened(TipId::sample(1)))
            .acting(Role::Dispatcher, COUNTY)
            .record("case-7", assigned(TOWNSHIP))
    }

    fn inspected() -> CaseEvent {
        let mut samples = case_domain::samples().into_iter();
        let inspected = samples.find(|sample| matches!(sample, CaseEvent::InspectionRecorded { .. }));
        inspected.expect("a sample")
    }

    #[test]
    fn the_owner_acts_and_others_do_not() {
        let acknowledged = CaseEvent::CaseAcknowledged {};
        given()
            .acting(Role::Handler, TOWNSHIP)
            .record("case-7", acknowledged.clone())
            .record("case-7", inspected())
            .holds(OneOwner);
        given()
            .acting(Role::Handler, OTHER_TOWNSHIP)
            .record("case-7", acknowledged)
            .breaks(OneOwner, "不是责任单位");
        given()
            .acting(Role::Handler, OTHER_TOWNSHIP)
            .record("case-7", inspected())
            .breaks(OneOwner, "也不是协办单位");
    }
    #[test]
    fn nobody_acknowledges_what_nobody_has() {
        Story::new()
            .record("case-7", case_opened(TipId::sample(1)))
            .acting(Role::Handler, TOWNSHIP)
            .record("case-7", CaseEvent::CaseAcknowledged {})
            .breaks(OneOwner, "还没有责任单位");
    }
    #[test]
    fn a_co_handler_may_inspect_but_is_never_the_owner() {
        let co_handler = |unit: &str| CaseEvent::CoHandlerAdded {
            unit: UnitCode::of(unit),
        };
        given()
            .record("case-7", co_handler(COUNTY_ECOLOGY))
            .acting(Role::Handler, COUNTY_ECOLOGY)
            .record("case-7", inspected())
            .holds(OneOwner);
        given()
            .record("case-7", co_handler(TOWNSHIP))
            .breaks(OneOwner, "同时成了协办单位");
    }
    #[test]
    fn the_disposal_is_the_owners() {
        given()
            .record(
                "disposal-7",
                disposal_ordered(disposal_domain::Class::C, TOWNSHIP),
            )
            .holds(OneOwner);
        given()
            .record(
                "disposal-7",
                disposal_ordered(disposal_domain::Class::C, OTHER_TOWNSHIP),
            )
            .breaks(OneOwner, "不在它手里");
    }
    /// The order is carried out a moment after the confirmation, and the case may have been taken away by then.
    #[test]
    fn a_disposal_that_was_ordered_follows_its_case() {
        let ordered = || disposal_ordered(disposal_domain::Class::C, TOWNSHIP);
        let taken = CaseEvent::CaseReassigned {
            to: UnitCode::of(OTHER_TOWNSHIP),
            reason: "原承办单位须回避".into(),
        };
        let left_behind = given()
            .record("case-7", confirmed(TOWNSHIP))
            .record("case-7", taken)
            .record("disposal-7", ordered());
        left_behind.clone().breaks(OneOwner, "处置却还在");
        let over = disposal_domain::DisposalEvent::DisposalHandedOver {
            to: UnitCode::of(OTHER_TOWNSHIP),
            reviews: vec![],
            reason: "原承办单位须回避".into(),
        };
        left_behind.record("disposal-7", over).holds(OneOwner);
    }

    fn confirmed(owner: &str) -> CaseEvent {
        CaseEvent::CaseConfirmed {
            class: Class::C,
            owner: UnitCode::of(owner),
            place: case_domain::Place::default(),
            summary: String::new(),
            urgency: jurisdiction::Urgency::Normal,
        }
    }

    #[test]
    fn the_confirmation_names_the_owner() {
        given().record("case-7", confirmed(TOWNSHIP)).holds(OneOwner);
        given()
            .record("case-7", confirmed(OTHER_TOWNSHIP))
            .breaks(OneOwner, "确认时写明");
    }
    #[test]
    fn no_clock_runs_on_for_whoever_has_lost_the_case() {
        let story = given().clock_started(CASE, Acknowledge, TOWNSHIP);
        story.clone().holds(OneOwner);
        given()
            .clock_started(CASE, SafetyPlan, OTHER_TOWNSHIP)
            .breaks(OneOwner, "却还在计时");
        given().clock_started(CASE, Review, COUNTY).holds(OneOwner);
        let lost = story.record("case-7", assigned(OTHER_TOWNSHIP));
        lost.clone().breaks(OneOwner, "却还在计时");
        lost.clock_stopped(CASE, Acknowledge, StopReason::Withdrawn)
            .holds(OneOwner);
    }
}
