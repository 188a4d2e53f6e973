//! A case until it is known what the site is: assigned, acknowledged or returned, inspected, identified, classified.

use crate::city;
use crate::plan::Truth;
use crate::world::World;
use case_domain::{
    AcknowledgeCase, Answer, AssignCase, Case, CaseCommand, CaseState, Check, Class, Classification,
    ClassifySite, DesignateCase, Finding, FiveChecks, IdentifySite, Method, Premises, Progress,
    RecordInspection, RequestIdentification, ReturnCase, ReviewCleanFinding,
};
use jurisdiction::{CaseId, Level, UnitCode, UnitKind};

impl World<'_> {
    pub fn handle_case(&mut self, case: CaseId, state: &CaseState) {
        let stream = format!("case-{case}");
        match state.progress {
            Progress::Opened | Progress::Returned => self.assign(case, &stream, state),
            Progress::AwaitingDesignation => self.designate(&stream, state),
            Progress::Assigned => self.take_on(case, &stream, state),
            Progress::Acknowledged => self.inspect(case, &stream, state),
            Progress::Inspected => self.judge(case, &stream, state),
            Progress::Identification => self.identify(case, &stream, state),
            Progress::CleanAwaitingReview => self.review_clean(case, &stream, state),
            Progress::Absent | Progress::Confirmed | Progress::Closed => {}
        }
    }

    /// To the township or village it lies in; after a return to another one of the county.
    fn assign(&mut self, case: CaseId, stream: &str, state: &CaseState) {
        let Some(division) = state.place.division.clone() else {
            return;
        };
        let to = match (self.out_of_sight(state), state.returned_by.last()) {
            (Some(department), _) => department,
            (None, None) => division,
            (None, Some(returned)) => self.neighbour(returned),
        };
        if self.tries(case, "outside_subtree", 3) {
            self.assign_elsewhere(stream, &to);
        }
        let assign = CaseCommand::Assign(AssignCase {
            to,
            instructions: "限期核查".into(),
            co_handlers: vec![],
            urgent: false,
        });
        self.work::<Case>(Some(city::dispatcher()), stream, &assign);
    }

    fn designate(&mut self, stream: &str, state: &CaseState) {
        let Some(division) = state.place.division.clone() else {
            return;
        };
        let designate = CaseCommand::Designate(DesignateCase {
            to: division,
            reason: "点位在其辖区内".into(),
        });
        self.work::<Case>(Some(city::dispatcher()), stream, &designate);
    }

    fn take_on(&mut self, case: CaseId, stream: &str, state: &CaseState) {
        let Some(owner) = state.owner.clone() else {
            return;
        };
        self.cheat_before_acknowledging(case, stream, &owner);
        let never_returned = !state.returned_by.contains(&owner);
        let returns = !state.designated && never_returned && state.against.is_empty();
        if returns && !self.calm && self.people.percent(12) {
            let reason = "不在本辖区".to_owned();
            let give_back = CaseCommand::Return(ReturnCase { reason });
            self.work::<Case>(self.leader(&owner), stream, &give_back);
            return;
        }
        if !never_returned || state.designated {
            self.return_endlessly(case, stream, &owner);
        }
        let acknowledge = CaseCommand::Acknowledge(AcknowledgeCase {});
        self.work::<Case>(self.leader(&owner), stream, &acknowledge);
    }

    fn inspect(&mut self, case: CaseId, stream: &str, state: &CaseState) {
        let Some(owner) = state.owner.clone() else {
            return;
        };
        self.play_for_time(case, stream, &owner);
        self.ask_for_help(case, stream, state, &owner);
        if self.tries(case, "clean_unseen", 10) {
            self.mark_clean_without_looking(stream, &owner);
        }
        let finding = match self.truth(case) {
            // Looked at with one eye closed; the level above may still see it.
            Truth::Works(_) if state.inspections.is_empty() && self.people.percent(10) => Finding::Clean,
            Truth::Works(_) if self.people.percent(60) => Finding::ConfirmedActivity,
            Truth::Works(_) | Truth::SomethingElse => Finding::Suspected,
            Truth::Nothing => Finding::Clean,
        };
        let photo = self.photo();
        let visit = shown(self.visit(finding, vec![photo]), self.truth(case));
        let by = self.who_goes(state, &owner);
        self.work::<Case>(by, stream, &visit);
    }

    pub fn visit(&self, finding: Finding, evidence: Vec<jurisdiction::EvidenceId>) -> CaseCommand {
        let check = || Check {
            answer: Answer::No,
            note: "逐间查看，没有".into(),
            evidence: vec![],
        };
        let mut five = FiveChecks {
            missed_enterprise: check(),
            changed_scope: check(),
            borrowed_name: check(),
            idle_premises: check(),
            hidden_workshop: check(),
        };
        if finding != Finding::Clean {
            five.hidden_workshop.answer = Answer::Yes;
        }
        CaseCommand::RecordInspection(RecordInspection {
            went: vec!["演示·核查员".into()],
            inspected_at: self.a_moment_ago(),
            coordinates: None,
            no_coordinates: "院墙内没有信号".into(),
            method: Method::TipVerification,
            premises: Premises::BrickKiln,
            five,
            three: None,
            parties: vec![],
            finding,
            note: String::new(),
            evidence,
            elsewhere: vec![],
        })
    }

    /// Villages never classify, townships not what is doubtful, and only the county says that it is something else.
    fn judge(&mut self, case: CaseId, stream: &str, state: &CaseState) {
        let Some(owner) = state.owner.clone() else {
            return;
        };
        self.let_go(case, stream, state);
        let level = self.jurisdiction().level(&owner);
        let low = matches!(level, Some(Level::Township | Level::Village));
        if low && state.is_doubtful() {
            self.classify_beyond_power(case, stream, &owner);
            let doubt = "现场有化工原料，性质待定".to_owned();
            let request = CaseCommand::RequestIdentification(RequestIdentification { doubt });
            self.work::<Case>(self.leader(&owner), stream, &request);
            return;
        }
        // The county has said what it is; now a visit finds nothing.
        if state.identified && self.tries(case, "clean_after_all", 60) {
            let photo = self.photo();
            let visit = self.visit(Finding::Clean, vec![photo]);
            let codes = ["case.clean_after_identification", "case.not_found"];
            self.cheat::<Case>(self.leader(&owner), stream, &visit, &codes);
        }
        let classify = CaseCommand::Classify(ClassifySite {
            class: class_of(self.truth(case)),
            basis: "现场核查记录".into(),
            refer_to: None,
        });
        let judge = match level {
            Some(Level::Village) => self.government(&owner, Level::Township),
            _ => Some(owner),
        };
        let by = judge.and_then(|unit| self.leader(&unit));
        self.work::<Case>(by, stream, &classify);
    }

    fn identify(&mut self, case: CaseId, stream: &str, state: &CaseState) {
        let Some(owner) = state.owner.clone() else {
            return;
        };
        let class = match self.truth(case) {
            Truth::Works(class) => Some(class),
            _ => None,
        };
        let identify = CaseCommand::Identify(IdentifySite {
            small_chemical: class.is_some(),
            class: class.filter(|_| self.people.percent(70)),
            basis: "县级甄别会商纪要".into(),
            refer_to: None,
        });
        if self.tries(case, "identify_below", 10) {
            let by = self.leader(&owner);
            self.cheat::<Case>(by, stream, &identify, &["case.not_county"]);
        }
        let county = self.government(&owner, Level::County);
        let by = county.and_then(|county| self.leader(&county));
        self.work::<Case>(by, stream, &identify);
    }

    fn review_clean(&mut self, case: CaseId, stream: &str, state: &CaseState) {
        let Some(owner) = state.owner.clone() else {
            return;
        };
        let agreed = !matches!(self.truth(case), Truth::Works(_)) || self.people.percent(40);
        let review = CaseCommand::ReviewCleanFinding(ReviewCleanFinding {
            agreed,
            note: "抽看照片和走访记录".into(),
        });
        if self.tries(case, "review_own", 15) {
            let by = self.leader(&owner);
            self.cheat::<Case>(by, stream, &review, &["case.not_reviewer", "case.own_work"]);
        }
        let by = self.level_above(&owner).and_then(|above| self.leader(&above));
        self.work::<Case>(by, stream, &review);
    }

    /// The government that a unit answers to.
    pub fn superior(&self, unit: &UnitCode) -> Option<UnitCode> {
        let jurisdiction = self.jurisdiction();
        let parent = jurisdiction.parent(unit)?;
        Some(jurisdiction.seat(&parent.code)?.code.clone())
    }
    /// The government of the level above: of a county's department the city's.
    pub fn level_above(&self, unit: &UnitCode) -> Option<UnitCode> {
        let level = self.jurisdiction().level(unit)?;
        self.government(unit, level.above().unwrap_or(level))
    }
    pub fn government(&self, unit: &UnitCode, level: Level) -> Option<UnitCode> {
        Some(self.jurisdiction().government_at(unit, level)?.code.clone())
    }
    /// Another township of the same county.
    pub fn neighbour(&mut self, unit: &UnitCode) -> UnitCode {
        let jurisdiction = self.jurisdiction();
        let county = jurisdiction.government_at(unit, Level::County);
        let others: Vec<&UnitCode> = jurisdiction
            .units
            .values()
            .filter(|other| other.level == Level::Township && other.kind == UnitKind::Government)
            .filter(|other| other.parent.as_ref() == county.map(|county| &county.code))
            .map(|other| &other.code)
            .filter(|other| *other != unit)
            .collect();
        self.people
            .pick(&others)
            .map_or_else(|| unit.clone(), |other| (*other).clone())
    }
}

/// The check that the class is about, answered as it is, where something was found.
fn shown(visit: CaseCommand, truth: Truth) -> CaseCommand {
    let CaseCommand::RecordInspection(mut visit) = visit else {
        return visit;
    };
    if visit.finding != Finding::Clean {
        match truth {
            Truth::Works(Class::A) => visit.five.missed_enterprise.answer = Answer::Yes,
            Truth::Works(Class::B) => visit.five.changed_scope.answer = Answer::Yes,
            _ => {}
        }
    }
    CaseCommand::RecordInspection(visit)
}

fn class_of(truth: Truth) -> Classification {
    match truth {
        Truth::Works(Class::A) => Classification::A,
        Truth::Works(Class::B) => Classification::B,
        Truth::Works(Class::C) => Classification::C,
        Truth::SomethingElse | Truth::Nothing => Classification::NotSmallChemical,
    }
}
