//! What the site is in law, and when a case is over: identification, classification, review, closing, reopening.

use super::{CaseState, Decision, Denial, Progress, not_now, rights, words, wordy};
use crate::{
    Answer, CaseEvent, CaseRefusal, Class, ClassifySite, ClosingReason, Competent, CorrectClass, Finding,
    IdentifySite, ReopenCase, RequestIdentification, ReviewCleanFinding,
};
use decider::Given;
use jurisdiction::{Level, Role, UnitCode};

pub fn request_identification(
    state: &CaseState,
    command: &RequestIdentification,
    given: Given<'_>,
) -> Decision {
    if !rights::at_owners_desk(state, given) {
        return Err(CaseRefusal::NotOwner);
    }
    if state.progress != Progress::Inspected {
        return Err(not_now(state.progress));
    }
    if state.identified {
        return Err(CaseRefusal::AlreadyIdentified);
    }
    let level = state
        .owner
        .as_ref()
        .and_then(|owner| given.jurisdiction.level(owner));
    if !matches!(level, Some(Level::Township | Level::Village)) {
        return Err(CaseRefusal::CountyDecidesItself);
    }
    Ok(vec![CaseEvent::IdentificationRequested {
        doubt: words(&command.doubt, CaseRefusal::DoubtMissing)?,
    }])
}

pub fn identify(state: &CaseState, command: &IdentifySite, given: Given<'_>) -> Decision {
    if rights::judging_unit(state, given).map(|unit| unit.level) != Some(Level::County) {
        return Err(CaseRefusal::NotCounty);
    }
    if state.progress != Progress::Identification {
        return Err(CaseRefusal::NoIdentificationRequested);
    }
    if !command.small_chemical && command.class.is_some() {
        return Err(CaseRefusal::ClassContradicts);
    }
    let refer_to = match command.small_chemical {
        true => None,
        false => referred(state, command.refer_to.as_deref(), given)?,
    };
    let mut events = vec![CaseEvent::SiteIdentified {
        small_chemical: command.small_chemical,
        class: command.class,
        basis: words(&command.basis, CaseRefusal::BasisMissing)?,
        refer_to: refer_to.clone(),
    }];
    match command.class {
        Some(class) => events.push(confirmed(state, class)?),
        None if command.small_chemical => {}
        None => events.push(denied(state, refer_to, given)?),
    }
    Ok(events)
}

pub fn classify(state: &CaseState, command: &ClassifySite, given: Given<'_>) -> Decision {
    let unit = rights::judging_unit(state, given).ok_or(CaseRefusal::NotClassifier)?;
    if unit.level == Level::Village {
        return Err(CaseRefusal::VillagesNeverClassify);
    }
    if state.progress != Progress::Inspected {
        return Err(not_now(state.progress));
    }
    let class = command.class.class();
    if unit.level == Level::Township && state.is_doubtful() {
        return Err(CaseRefusal::DoubtfulGoesToCounty);
    }
    if class.is_none() && state.identified {
        return Err(CaseRefusal::ClassContradicts);
    }
    // The class fixes the measures, so it rests on what was found, or on the county's word.
    if class.is_some_and(|class| !state.shows(class)) && !state.identified {
        return Err(CaseRefusal::ClassNotFound);
    }
    // Otherwise a township could close what it should have inspected, without the review of a clean finding.
    if class.is_none() && unit.level == Level::Township {
        return Err(CaseRefusal::NotSmallChemicalIsForCounty);
    }
    let refer_to = match class {
        Some(_) => None,
        None => referred(state, command.refer_to.as_deref(), given)?,
    };
    let classified = CaseEvent::SiteClassified {
        class: command.class,
        basis: words(&command.basis, CaseRefusal::BasisMissing)?,
        refer_to: refer_to.clone(),
    };
    let follows = match class {
        Some(class) => confirmed(state, class)?,
        None => denied(state, refer_to, given)?,
    };
    Ok(vec![classified, follows])
}

pub fn review_clean_finding(state: &CaseState, command: &ReviewCleanFinding, given: Given<'_>) -> Decision {
    may_review(state, given)?;
    let note = if command.agreed {
        wordy(&command.note)?
    } else {
        words(&command.note, CaseRefusal::NoteMissing)?
    };
    let mut events = vec![CaseEvent::CleanFindingReviewed {
        agreed: command.agreed,
        note,
    }];
    let denial = state.denials.last().filter(|_| state.denied);
    if command.agreed {
        events.push(match denial {
            Some(denial) => closed_as_not_small_chemical(state, still_told(state, denial, given)),
            None => closed_as_clean(state),
        });
    }
    Ok(events)
}

pub fn close_disposed(state: &CaseState, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(CaseRefusal::NotForPeople);
    }
    match (state.progress, state.class) {
        (Progress::Confirmed, Some(class)) => {
            let told = format!("查实存在违法违规“小化工”，{}。", done(class));
            Ok(vec![closed(state, ClosingReason::Disposed, told)])
        }
        (Progress::Closed, _) if state.closed == Some(ClosingReason::Disposed) => Ok(vec![]),
        _ => Err(CaseRefusal::NotConfirmed),
    }
}

/// The class of a case is that of its disposal. Closed in the meantime, it is named rightly all the same.
pub fn correct_class(state: &CaseState, command: &CorrectClass, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(CaseRefusal::NotForPeople);
    }
    Ok(match state.class {
        Some(class) if class != command.class => vec![CaseEvent::ClassCorrected {
            class: command.class,
            basis: command.basis.clone(),
        }],
        _ => vec![],
    })
}

pub fn reopen(state: &CaseState, command: &ReopenCase, given: Given<'_>) -> Decision {
    let merged = matches!(state.closed, Some(ClosingReason::Merged { .. }));
    let reopens = match given.by.role() {
        Some(Role::Dispatcher) if merged => rights::dispatches(state, given),
        Some(Role::Dispatcher | Role::Leader | Role::Supervisor) => rights::covers_owner(state, given),
        _ => given.by.is_system(),
    };
    if !reopens {
        return Err(CaseRefusal::NotReopener);
    }
    match &state.closed {
        // Two cases merged into each other are taken apart by whoever notices first.
        None if given.by.is_system() => Ok(vec![]),
        None => Err(CaseRefusal::NotClosed),
        // A failed spot check takes a disposal up again; whatever comes back later is a relapse.
        Some(ClosingReason::Disposed) if !given.by.is_system() => Err(CaseRefusal::RelapseIsANewCase),
        Some(_) => Ok(vec![CaseEvent::CaseReopened {
            reason: words(&command.reason, CaseRefusal::ReasonMissing)?,
        }]),
    }
}

/// A leader of the level above whose word it is, who has neither been at the site nor given that word.
fn may_review(state: &CaseState, given: Given<'_>) -> Result<(), CaseRefusal> {
    if state.progress != Progress::CleanAwaitingReview {
        return Err(CaseRefusal::NothingToReview);
    }
    let unit = state.under_review_of().ok_or(CaseRefusal::NothingToReview)?;
    if !rights::leads_above(unit, given) {
        return Err(CaseRefusal::NotReviewer);
    }
    let inspectors = state.inspections.iter().map(|inspection| &inspection.recorded_by);
    let mut took_part = inspectors.chain(state.denials.iter().map(|denial| &denial.by));
    if took_part.any(|actor| actor.person() == given.by.person()) {
        return Err(CaseRefusal::OwnWork);
    }
    Ok(())
}

/// “Not a small chemical works” closes a case as “found clean” does: on a picture, by somebody answerable for it. Over the
/// word of whoever found it at work, and on the word of those whose own case it is or who were at the site, it closes only once
/// the level above agrees.
fn denied(
    state: &CaseState,
    refer_to: Option<Competent>,
    given: Given<'_>,
) -> Result<CaseEvent, CaseRefusal> {
    if !rights::may_deny(state, given) {
        return Err(CaseRefusal::NotSmallChemicalIsForHandlers);
    }
    if !state.visits().any(super::Inspection::is_shown) {
        return Err(CaseRefusal::NotSmallChemicalNeedsPhoto);
    }
    if state.was_found(Finding::ConfirmedActivity) || is_own_work(state, given) {
        return Ok(CaseEvent::SiteFoundClean {});
    }
    Ok(closed_as_not_small_chemical(state, refer_to))
}

/// Whether the actor's unit handles the case, or the actor was at the site.
fn is_own_work(state: &CaseState, given: Given<'_>) -> bool {
    let handles = given.by.unit().is_some_and(|unit| state.is_handled_by(unit));
    let mut inspectors = state.inspections.iter().map(|inspection| &inspection.recorded_by);
    handles || inspectors.any(|inspector| inspector.person() == given.by.person())
}

impl CaseState {
    /// Whether what the class is about was found on a visit that counts: A is an enterprise that the list of 2017 missed, B one
    /// that changed its scope without leave; C is everything else.
    fn shows(&self, class: Class) -> bool {
        let mut visits = self.visits();
        match class {
            Class::A => visits.any(|visit| visit.five.missed_enterprise.answer == Answer::Yes),
            Class::B => visits.any(|visit| visit.five.changed_scope.answer == Answer::Yes),
            Class::C => true,
        }
    }
}

fn confirmed(state: &CaseState, class: Class) -> Result<CaseEvent, CaseRefusal> {
    Ok(CaseEvent::CaseConfirmed {
        class,
        owner: state.owner.clone().ok_or(CaseRefusal::NotAssignedYet)?,
        place: state.place.clone(),
        summary: state.summary.clone(),
        urgency: state.urgency,
    })
}

/// A unit of the directory is written to and is named as it is called; whom the case is about is not told of it.
fn referred(state: &CaseState, to: Option<&str>, given: Given<'_>) -> Result<Option<Competent>, CaseRefusal> {
    let said = to.map(wordy).transpose()?.filter(|name| !name.is_empty());
    let Some(said) = said else {
        return Ok(None);
    };
    // A name is no code: what reads like one and is none is a slip of the hand.
    let Ok(code) = said.parse::<UnitCode>() else {
        return Ok(Some(Competent::Beyond(said)));
    };
    let known = given.jurisdiction.unit(&code);
    let unit = known.filter(|unit| !given.jurisdiction.is_merged(&unit.code));
    let unit = unit.ok_or(CaseRefusal::CompetentUnknown)?;
    if state.against.holds_unit(&unit.code, given.jurisdiction) {
        return Err(CaseRefusal::CompetentInConflict);
    }
    Ok(Some(Competent::Unit {
        unit: unit.code.clone(),
        name: unit.name.clone(),
    }))
}

/// Whom the case turned out to be about while the denial was looked at hears nothing of it, and nobody is told that they did.
fn still_told(state: &CaseState, denial: &Denial, given: Given<'_>) -> Option<Competent> {
    let reaches = |unit: &UnitCode| state.against.holds_unit(unit, given.jurisdiction);
    let told = denial.refer_to.clone();
    told.filter(|competent| !competent.unit().is_some_and(reaches))
}

fn closed_as_not_small_chemical(state: &CaseState, refer_to: Option<Competent>) -> CaseEvent {
    let told = match &refer_to {
        Some(competent) => format!("经核查不属于“小化工”，已转{}处理。", competent.name()),
        None => "经核查不属于“小化工”。".to_owned(),
    };
    closed(state, ClosingReason::NotSmallChemical { refer_to }, told)
}

fn closed_as_clean(state: &CaseState) -> CaseEvent {
    let told = "经现场核查并经上级复核，未发现违法违规“小化工”行为。";
    closed(state, ClosingReason::FoundClean, told.to_owned())
}

fn closed(state: &CaseState, reason: ClosingReason, summary: String) -> CaseEvent {
    CaseEvent::CaseClosed {
        reason,
        tips: state.tips.clone(),
        summary,
    }
}

/// What was done, in the words of the order.
fn done(class: Class) -> &'static str {
    match class {
        Class::A => "已依法关闭",
        Class::B => "已责令停产并拆除非法化工生产装置",
        Class::C => "已彻底断水断电、拆除生产设备、清理厂房、清理生产原材料和产品",
    }
}
