//! No tip vanishes: somebody is to screen it, its case knows it, and its reporter is told.

use crate::event::Event;
use crate::{Circumstances, Extent, Fact, Found, Place, Rule};
use accountability_domain::{AccountabilityEvent, MoveReason};
use case_domain::{CaseEvent, Origin};
use decider::{Decider, Stamp};
use jiff::Timestamp;
use jurisdiction::{CaseId, Obligation, Subject, TipId};
use std::collections::{BTreeMap, BTreeSet};
use tip_domain::{Progress, Tip, TipEvent, TipState};

#[derive(Default)]
pub(crate) struct Tips {
    tips: BTreeMap<TipId, Known>,
    cases: BTreeMap<CaseId, Named>,
    /// Tips with a running clock for the screening.
    to_screen: BTreeSet<TipId>,
    /// Tips whose reporter was to be told, or was.
    to_tell: BTreeSet<TipId>,
    clocks: BTreeMap<String, (TipId, Obligation)>,
    /// Running clocks by stream, and since when they are these.
    running: BTreeMap<String, (BTreeSet<String>, Timestamp)>,
}

#[derive(Default)]
struct Known {
    state: TipState,
    last: Place,
    at: Timestamp,
}

/// What a case says of tips.
#[derive(Default)]
struct Named {
    tips: BTreeSet<TipId>,
    /// The last closing, and whom it names.
    closed: Option<(Place, Timestamp, Vec<TipId>)>,
    /// The last fact while it is open.
    open: Option<(Place, Timestamp)>,
}

impl Rule for Tips {
    fn take(&mut self, fact: &Fact<'_>, event: &Event, _: &Circumstances<'_>, found: &mut Found<'_>) {
        match event {
            Event::Tip(tip, event) => self.of_tip(*tip, event, fact, found),
            Event::Case(case, event) => self.of_case(*case, event, fact),
            Event::Accountability(event) => self.of_clock(event, fact),
            _ => {}
        }
    }

    fn end(&self, circumstances: &Circumstances<'_>, found: &mut Found<'_>) {
        if circumstances.extent == Extent::Streams {
            return;
        }
        let horizon = circumstances.horizon();
        for (tip, known) in self.tips.iter().filter(|(_, known)| known.at <= horizon) {
            match &known.state.progress {
                Progress::Received if !self.to_screen.contains(tip) => {
                    found.missing(&known.last, "线索等待甄审，却没有人的时限在走。");
                }
                Progress::Accepted { case, .. } => self.accepted(*tip, *case, known, circumstances, found),
                _ => {}
            }
        }
        self.open_cases(circumstances, found);
        for named in self.cases.values() {
            let Some((place, at, tips)) = &named.closed else {
                continue;
            };
            if *at <= horizon && tips.iter().any(|tip| !self.to_tell.contains(tip)) {
                found.missing(place, "案件已办结，却没有安排答复举报人。");
            }
        }
    }
}

impl Tips {
    fn of_tip(&mut self, tip: TipId, event: &TipEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        if fact.revision == 0 && !matches!(event, TipEvent::TipReceived { .. }) {
            found.wrong(fact, "线索没有收到的记录，却有后来的记录。");
        }
        if matches!(event, TipEvent::OutcomeTold { .. }) {
            self.to_tell.insert(tip);
        }
        let known = self.tips.entry(tip).or_default();
        let stamp = Stamp {
            at: fact.at,
            by: fact.actor.clone(),
        };
        Tip::evolve(&mut known.state, event, &stamp);
        known.last = Place::of(fact);
        known.at = fact.at;
    }

    fn of_case(&mut self, case: CaseId, event: &CaseEvent, fact: &Fact<'_>) {
        let named = self.cases.entry(case).or_default();
        match event {
            CaseEvent::CaseOpened {
                origin: Origin::Tip { tip },
                ..
            }
            | CaseEvent::TipLinked { tip, .. } => {
                named.tips.insert(*tip);
            }
            CaseEvent::TipUnlinked { tip } => {
                named.tips.remove(tip);
            }
            CaseEvent::CaseClosed { tips, .. } => {
                named.closed = Some((Place::of(fact), fact.at, tips.clone()));
            }
            CaseEvent::CaseReopened { .. } => named.closed = None,
            _ => {}
        }
        let over = named.closed.is_some();
        named.open = (!over).then(|| (Place::of(fact), fact.at));
    }

    fn of_clock(&mut self, event: &AccountabilityEvent, fact: &Fact<'_>) {
        let (running, since) = self.running.entry(fact.stream.to_owned()).or_default();
        *since = fact.at;
        match event {
            AccountabilityEvent::ClockStarted { clock, .. }
            | AccountabilityEvent::ClockMoved {
                clock,
                reason: MoveReason::Reassigned { .. } | MoveReason::Resumed { .. },
                ..
            } => {
                running.insert(clock.to_string());
            }
            AccountabilityEvent::ClockStopped { clock, .. } => {
                running.remove(clock.as_str());
            }
            _ => {}
        }
        match event {
            AccountabilityEvent::ClockStarted {
                clock,
                subject: Subject::Tip(tip),
                obligation,
                ..
            } => {
                self.clocks.insert(clock.to_string(), (*tip, *obligation));
                match obligation {
                    Obligation::ScreenTip => self.to_screen.insert(*tip),
                    Obligation::TellOutcome => self.to_tell.insert(*tip),
                    _ => false,
                };
            }
            AccountabilityEvent::ClockStopped { clock, .. } => {
                if let Some((tip, Obligation::ScreenTip)) = self.clocks.get(clock.as_str()) {
                    self.to_screen.remove(tip);
                }
            }
            _ => {}
        }
    }

    /// What its tips were about is somebody's until it is over.
    fn open_cases(&self, circumstances: &Circumstances<'_>, found: &mut Found<'_>) {
        // Told of every change of the directory, a history is known to be whole, its clocks included.
        if circumstances.extent < Extent::Everything || !found.contemporary {
            return;
        }
        let open = self
            .cases
            .iter()
            .filter_map(|(case, named)| Some((case, named.open.as_ref()?)));
        for (case, (place, at)) in open {
            let known = self.running.get(&format!("accountability-{case}"));
            let since = known.map_or(*at, |(_, since)| *since.max(at));
            let idle = known.is_none_or(|(running, _)| running.is_empty());
            if idle && since <= circumstances.horizon() {
                found.missing(place, "案件还没有办结，却没有任何时限在走。");
            }
        }
    }

    fn accepted(
        &self,
        tip: TipId,
        case: CaseId,
        known: &Known,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match self.cases.get(&case) {
            Some(named) if named.tips.contains(&tip) => {}
            Some(_) => found.missing(&known.last, "线索已受理，案件里却没有这条线索。"),
            // The chain of one case need not hold the others.
            None if circumstances.extent == Extent::Everything => {
                found.missing(&known.last, "线索已受理，却没有立案。");
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::story::{Story, case_opened, tip_accepted, tip_received};
    use crate::{Extent, Invariant::NoTipVanishes};
    use accountability_domain::StopReason;
    use case_domain::{CaseEvent, ClosingReason};
    use jurisdiction::Obligation::{AssignCase, ScreenTip};
    use jurisdiction::{CaseId, Subject, TipId};
    use tip_domain::TipEvent;

    const TIP: TipId = TipId::sample(1);
    const CASE: CaseId = CaseId::sample(7);

    fn received() -> Story {
        Story::new()
            .record("tip-1", tip_received())
            .clock_started(Subject::Tip(TIP), ScreenTip, "321300-AWB")
    }
    fn closed() -> CaseEvent {
        CaseEvent::CaseClosed {
            reason: ClosingReason::FoundClean,
            tips: vec![TIP],
            summary: "未发现".into(),
        }
    }

    #[test]
    fn a_tip_that_somebody_is_to_screen_is_not_lost() {
        received().holds(NoTipVanishes);
    }
    #[test]
    fn a_tip_for_which_no_clock_runs_is_lost() {
        Story::new()
            .record("tip-1", tip_received())
            .breaks(NoTipVanishes, "没有人的时限");
        received()
            .clock_stopped(Subject::Tip(TIP), ScreenTip, StopReason::Ended)
            .breaks(NoTipVanishes, "没有人的时限");
    }
    #[test]
    fn what_is_missing_is_not_yet_missed_within_the_grace() {
        Story::new()
            .record("tip-1", tip_received())
            .grace_minutes(10)
            .holds(NoTipVanishes);
    }
    #[test]
    fn an_accepted_tip_has_a_case_that_knows_it() {
        let accepted = || received().record("tip-1", tip_accepted(CASE));
        let opened = || accepted().record("case-7", case_opened(TIP));
        opened()
            .clock_started(Subject::Case(CASE), AssignCase, "321300-AWB")
            .contemporary()
            .holds(NoTipVanishes);
        opened().contemporary().breaks(NoTipVanishes, "没有任何时限");
        accepted().breaks(NoTipVanishes, "没有立案");
        accepted().extent(Extent::Chain).holds(NoTipVanishes);
        accepted()
            .record("case-7", case_opened(TipId::sample(2)))
            .breaks(NoTipVanishes, "没有这条线索");
    }
    #[test]
    fn a_tip_that_left_its_case_is_screened_again_or_lost() {
        let left = received()
            .record("tip-1", tip_accepted(CASE))
            .record("case-7", case_opened(TIP))
            .clock_stopped(Subject::Tip(TIP), ScreenTip, StopReason::Fulfilled)
            .record(
                "tip-1",
                TipEvent::Unlinked {
                    case: CASE,
                    reason: "是另一处".into(),
                },
            )
            .record("case-7", CaseEvent::TipUnlinked { tip: TIP });
        left.clone().breaks(NoTipVanishes, "没有人的时限");
        left.clock_started(Subject::Tip(TIP), ScreenTip, "321300-AWB")
            .holds(NoTipVanishes);
    }
    #[test]
    fn a_stream_without_its_beginning_is_a_tip_that_vanished() {
        Story::new()
            .record("tip-1", tip_accepted(CASE))
            .breaks(NoTipVanishes, "没有收到的记录");
    }
    #[test]
    fn whoever_reported_is_told() {
        let story = received()
            .record("tip-1", tip_accepted(CASE))
            .record("case-7", case_opened(TIP))
            .record("case-7", closed());
        story.clone().breaks(NoTipVanishes, "答复举报人");
        story
            .clock_started(
                Subject::Tip(TIP),
                jurisdiction::Obligation::TellOutcome,
                "321300-AWB",
            )
            .holds(NoTipVanishes);
    }
}
