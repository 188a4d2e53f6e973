//! Clocks of a case until it is confirmed or over: assignment, acknowledgement, inspection, classification, review.

mod conflict;
mod desks;

use super::{Duty, Fact, Follows, tips::tell_outcome};
use accountability_domain::{
    AccountabilityCommand, ClockId, FailureKind, Move, MoveClock, StopReason, Which,
};
use case_domain::{CaseEvent, CaseState, ClosingReason, Finding, Origin, Place, Progress};
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Obligation, StaffId, Subject, UnitCode};

/// `after` is the case right after the event.
pub fn on_case(case: CaseId, event: &CaseEvent, after: &CaseState, fact: Fact<'_>) -> Follows {
    let told = Told {
        subject: Subject::Case(case),
        after,
        fact,
    };
    match event {
        CaseEvent::CaseOpened { .. }
        | CaseEvent::CaseAssigned { .. }
        | CaseEvent::CaseDesignated { .. }
        | CaseEvent::CaseReassigned { .. }
        | CaseEvent::CaseReturned { .. }
        | CaseEvent::CaseAcknowledged {} => told.on_ownership(event),
        CaseEvent::TipLinked { .. } | CaseEvent::CaseClosed { .. } | CaseEvent::CaseReopened { .. } => {
            told.on_ends(event)
        }
        CaseEvent::ExtensionGranted { clock, to, .. } => vec![told.extended(clock, *to)],
        CaseEvent::ConflictNoted { .. } => told.conflict(),
        CaseEvent::CoHandlerAdded { .. }
        | CaseEvent::CoHandlerRemoved { .. }
        | CaseEvent::TipUnlinked { .. }
        // What has begun keeps its limit; what begins from now on has the urgent one.
        | CaseEvent::MadeConfidential {}
        | CaseEvent::MadeUrgent {}
        | CaseEvent::CasesMerged { .. }
        | CaseEvent::ExtensionRequested { .. }
        | CaseEvent::ExtensionRefused { .. } => vec![],
        _ => told.on_finding(event),
    }
}

/// One event of a case and what surrounds it.
struct Told<'a> {
    subject: Subject,
    after: &'a CaseState,
    fact: Fact<'a>,
}

impl Told<'_> {
    /// Whose case it is.
    fn on_ownership(&self, event: &CaseEvent) -> Follows {
        match event {
            CaseEvent::CaseOpened { .. } => vec![self.start(Obligation::AssignCase, self.opening_desk())],
            // Passing it down answers the assignment, having it taken away does not.
            CaseEvent::CaseAssigned { to, .. } => self.handed_over(to, StopReason::Fulfilled),
            // The disposal goes along with its clocks; see there.
            CaseEvent::CaseDesignated { .. } | CaseEvent::CaseReassigned { .. }
                if self.after.progress == Progress::Confirmed =>
            {
                vec![self.done(Obligation::AssignCase)]
            }
            CaseEvent::CaseDesignated { to, .. } | CaseEvent::CaseReassigned { to, .. } => {
                self.handed_over(to, StopReason::Withdrawn)
            }
            CaseEvent::CaseReturned { to, reason } => self.returned(to, reason),
            CaseEvent::CaseAcknowledged {} => {
                let mut follows = vec![
                    self.done(Obligation::AssignCase),
                    self.done(Obligation::Acknowledge),
                ];
                // Whoever takes over an inspected site need not begin at the gate again.
                follows.push(match self.after.finding {
                    Some(_) => self.start(Obligation::Classify, self.classifier()),
                    None => self.start(Obligation::FirstInspection, self.after.owner.clone()),
                });
                follows
            }
            _ => vec![],
        }
    }

    /// The units before lose what they had not done; the new owner has to acknowledge.
    fn handed_over(&self, to: &UnitCode, acknowledgement: StopReason) -> Follows {
        vec![
            self.done(Obligation::AssignCase),
            self.fact
                .stop(&self.subject, Obligation::Acknowledge, acknowledgement),
            self.withdrawn(Obligation::FirstInspection),
            self.withdrawn(Obligation::Classify),
            // The new owner asks anew what the county was asked, and shows anew what was under review.
            self.withdrawn(Obligation::Identify),
            self.withdrawn(Obligation::Review),
            self.start(Obligation::Acknowledge, Some(to.clone())),
        ]
    }

    /// A return answers the assignment, and puts the case back on a desk that has a clock as well.
    fn returned(&self, to: &UnitCode, reason: &str) -> Follows {
        let disputed = self.after.progress == Progress::AwaitingDesignation;
        let desk = if disputed {
            self.designator()
        } else {
            Some(to.clone())
        };
        let mut follows = vec![
            self.done(Obligation::Acknowledge),
            self.withdrawn(Obligation::FirstInspection),
            self.start(Obligation::AssignCase, desk),
        ];
        if let (true, Some(unit)) = (disputed, self.after.returned_by.last()) {
            let note = format!("同一案件第二次被退回，退回理由：{reason}");
            follows.push(self.failure(FailureKind::SecondReturn, unit.clone(), vec![], note));
        }
        follows
    }

    /// What the site is.
    fn on_finding(&self, event: &CaseEvent) -> Follows {
        match event {
            CaseEvent::InspectionRecorded { finding, .. } => {
                let mut follows = vec![self.done(Obligation::FirstInspection)];
                // What is found clean and does not go to review is nobody's last word.
                let to_review = *finding == Finding::Clean && self.after.may_close_on_clean_of(self.fact.by);
                if !to_review && self.after.progress == Progress::Inspected {
                    follows.push(self.start(Obligation::Classify, self.classifier()));
                }
                follows
            }
            CaseEvent::IdentificationRequested { .. } => vec![
                self.withdrawn(Obligation::Classify),
                self.start(Obligation::Identify, self.county()),
            ],
            CaseEvent::SiteIdentified {
                small_chemical,
                class,
                ..
            } => {
                let mut follows = vec![self.done(Obligation::Identify)];
                if *small_chemical && class.is_none() {
                    follows.push(self.start(Obligation::Classify, self.classifier()));
                }
                follows
            }
            CaseEvent::SiteClassified { .. } => vec![self.done(Obligation::Classify)],
            // Should the review disagree, the time for classifying goes on where it was.
            CaseEvent::SiteFoundClean {} => vec![
                self.withdrawn(Obligation::Classify),
                self.start(Obligation::Review, self.reviewer()),
            ],
            CaseEvent::CleanFindingReviewed { agreed, .. } => {
                let mut follows = vec![self.done(Obligation::Review)];
                // A visit that is not believed gains no time.
                if !agreed {
                    let owner = self.after.owner.clone();
                    follows.push(self.resume(Obligation::FirstInspection, owner));
                    follows.extend(self.walked_through());
                }
                follows
            }
            CaseEvent::CaseConfirmed { .. } => {
                let mut follows = vec![self.done(Obligation::Classify), self.done(Obligation::Identify)];
                // It is verified: whoever reported it hears so long before the disposal is over, and of that again.
                let tips = self.after.tips.iter();
                follows.extend(tips.map(|tip| tell_outcome(*tip, &self.after.against, self.fact)));
                follows.extend(self.concealment());
                follows.extend(self.provincial_finding());
                follows
            }
            _ => vec![],
        }
    }

    /// When it is over, and when it is not over after all.
    fn on_ends(&self, event: &CaseEvent) -> Follows {
        match event {
            // A merged case has nothing to tell: the surviving one will.
            CaseEvent::TipLinked { tip } if self.is_over() || self.after.progress == Progress::Confirmed => {
                vec![tell_outcome(*tip, &self.after.against, self.fact)]
            }
            // Merged and taken apart again, a case goes on with the time that was left.
            CaseEvent::CaseClosed {
                reason: ClosingReason::Merged { .. },
                ..
            } => vec![self.fact.stop_which(
                &self.subject,
                Which::AllBut(Obligation::AnswerReferral),
                StopReason::Withdrawn,
            )],
            CaseEvent::CaseClosed { tips, .. } => {
                let mut follows = vec![self.fact.all_over(&self.subject)];
                follows.extend(
                    tips.iter()
                        .map(|tip| tell_outcome(*tip, &self.after.against, self.fact)),
                );
                follows
            }
            CaseEvent::CaseReopened { .. } => {
                let nothing_to_tell_yet = |tip| {
                    let tip = Subject::Tip(tip);
                    self.fact.stop(&tip, Obligation::TellOutcome, StopReason::Ended)
                };
                let mut follows: Follows = self.after.tips.iter().copied().map(nothing_to_tell_yet).collect();
                follows.extend(self.taken_up_again());
                follows
            }
            _ => vec![],
        }
    }

    fn is_over(&self) -> bool {
        let merged = matches!(self.after.closed, Some(ClosingReason::Merged { .. }));
        self.after.progress == Progress::Closed && !merged
    }

    /// What is to be done next where the case stands. Back in disposal, the reopened measures have clocks of their own.
    fn taken_up_again(&self) -> Option<(Subject, AccountabilityCommand)> {
        let owner = || self.after.owner.clone();
        let (obligation, unit) = match self.after.progress {
            Progress::Absent | Progress::Confirmed | Progress::Closed => return None,
            Progress::Opened => (Obligation::AssignCase, self.authority()),
            Progress::Returned => (Obligation::AssignCase, owner()),
            Progress::AwaitingDesignation => (Obligation::AssignCase, self.designator()),
            Progress::Assigned => (Obligation::Acknowledge, owner()),
            Progress::Acknowledged => (Obligation::FirstInspection, owner()),
            Progress::Inspected => (Obligation::Classify, self.classifier()),
            Progress::Identification => (Obligation::Identify, self.county()),
            Progress::CleanAwaitingReview => (Obligation::Review, self.reviewer()),
        };
        Some(self.start(obligation, unit))
    }

    /// That clock and no other.
    fn extended(&self, clock: &str, to: Timestamp) -> (Subject, AccountabilityCommand) {
        let which = Which::Clock(ClockId::named(clock));
        let granted = self.fact.at;
        let by = Move::Extension { to, granted };
        let command = AccountabilityCommand::MoveClock(MoveClock { which, by });
        (self.subject.clone(), command)
    }

    /// 瞒报: the site was found clean before, or said to be none of ours. Whoever agreed to it at the level above is named as well.
    fn concealment(&self) -> Option<(Subject, AccountabilityCommand)> {
        let words = self.words_that_there_is_nothing();
        let last = words.last()?;
        let unit = last.unit().or(self.after.owner.as_ref())?.clone();
        let mut persons: Vec<StaffId> = Vec::new();
        let agreed = self.after.clean_agreed.iter();
        for person in words.iter().copied().chain(agreed).filter_map(Actor::person) {
            if !persons.contains(person) {
                persons.push(person.clone());
            }
        }
        let note = format!(
            "曾被认定“未发现”或者不属于“小化工”的点位后经查实：{}",
            place_words(&self.after.place)
        );
        Some(self.failure(FailureKind::Concealment, unit, persons, note))
    }

    /// 核查走过场: once may be an oversight.
    fn walked_through(&self) -> Option<(Subject, AccountabilityCommand)> {
        let times = self.after.clean_refused;
        let words = self.words_that_there_is_nothing();
        let last = words.last().filter(|_| times > 1)?;
        let unit = last.unit().or(self.after.owner.as_ref())?.clone();
        let persons = last.person().cloned().into_iter().collect();
        let place = place_words(&self.after.place);
        let note = format!("同一点位第 {times} 次认定“未发现”或者不属于“小化工”，上级复核都不认可：{place}");
        Some(self.failure(FailureKind::CleanRefusedAgain, unit, persons, note))
    }

    /// By whom it was said, oldest first.
    fn words_that_there_is_nothing(&self) -> Vec<&Actor> {
        let clean = |inspection: &&case_domain::Inspection| inspection.finding == Finding::Clean;
        let inspections = self.after.inspections.iter().filter(clean);
        let mut words: Vec<_> = inspections
            .map(|inspection| (inspection.inspected_at, &inspection.recorded_by))
            .chain(self.after.denials.iter().map(|denial| (denial.at, &denial.by)))
            .collect();
        words.sort_by_key(|(at, _)| *at);
        words.into_iter().map(|(_, by)| by).collect()
    }

    /// 省级专项督查发现的问题: the province found what the unit should have found (the order, 五(二)).
    fn provincial_finding(&self) -> Option<(Subject, AccountabilityCommand)> {
        let Some(Origin::ProvincialSupervision { note }) = &self.after.origin else {
            return None;
        };
        let jurisdiction = self.jurisdiction();
        // Where it lies answers for it; the owner may be a department that was sent there.
        let division = self.after.place.division.as_ref();
        let division = division.and_then(|division| jurisdiction.seat(division));
        let unit = division.map(|division| division.code.clone());
        let unit = unit.or_else(|| self.after.owner.clone())?;
        let note = format!(
            "省级督查发现并查实：{}（{}）",
            place_words(&self.after.place),
            note.trim()
        );
        Some(self.failure(FailureKind::ProvincialFinding, unit, vec![], note))
    }

    fn start(&self, obligation: Obligation, unit: Option<UnitCode>) -> (Subject, AccountabilityCommand) {
        self.fact.start(&self.subject, self.duty(obligation, unit))
    }
    fn resume(&self, obligation: Obligation, unit: Option<UnitCode>) -> (Subject, AccountabilityCommand) {
        self.fact.resume(&self.subject, self.duty(obligation, unit))
    }
    /// Nothing is asked of whom it is about: somebody above has to give it to others first.
    fn duty(&self, obligation: Obligation, unit: Option<UnitCode>) -> Duty {
        let (obligation, unit) = match unit {
            Some(unit) if self.held(&unit) => (Obligation::AssignCase, self.authority()),
            unit => (obligation, unit),
        };
        Duty {
            obligation,
            unit,
            urgency: self.after.urgency,
            what: format!("{}：{}", place_words(&self.after.place), obligation.in_chinese()),
        }
    }
    fn done(&self, obligation: Obligation) -> (Subject, AccountabilityCommand) {
        self.fact.done(&self.subject, obligation)
    }
    fn withdrawn(&self, obligation: Obligation) -> (Subject, AccountabilityCommand) {
        self.fact.withdrawn(&self.subject, obligation)
    }
    fn failure(
        &self,
        kind: FailureKind,
        unit: UnitCode,
        persons: Vec<StaffId>,
        note: String,
    ) -> (Subject, AccountabilityCommand) {
        let against = &self.after.against;
        self.fact
            .failure_unless_hidden(&self.subject, against, kind, (unit, persons), note)
    }
}

pub(super) fn place_words(place: &Place) -> String {
    match place.coordinates {
        Some(at) if place.text.trim().is_empty() => {
            format!("北纬 {:.5}，东经 {:.5}", at.latitude, at.longitude)
        }
        _ => place.text.trim().to_owned(),
    }
}
