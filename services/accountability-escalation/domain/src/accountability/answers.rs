//! What people answer: explanations and their judgement, inquiries and their decisions.

use super::{AccountabilityState, Decision, Explanation, Inquiry, Judgement, Step, words};
use crate::{
    AccountabilityEvent, AccountabilityRefusal, Accountable, ClockId, CloseInquiry, DecideInquiry,
    InquiryNumber, JudgeExplanation, OpenInquiry, SubmitExplanation,
};
use decider::{Given, Stamp};
use jurisdiction::{Actor, Role, Rung, UnitCode, UnitKind};

type Decided = Result<Vec<AccountabilityEvent>, AccountabilityRefusal>;

pub(super) fn submit(state: &AccountabilityState, command: &SubmitExplanation, given: Given<'_>) -> Decided {
    let clock = state
        .clock(&command.clock)
        .ok_or(AccountabilityRefusal::UnknownClock)?;
    let step = clock
        .standing_steps()
        .rfind(|step| step.rung == command.rung)
        .ok_or(AccountabilityRefusal::NothingToExplain)?;
    if !may_answer(step, given.by) {
        return Err(AccountabilityRefusal::NotAddressed);
    }
    if step.is_answered() {
        return Err(AccountabilityRefusal::AlreadyExplained);
    }
    Ok(vec![AccountabilityEvent::ExplanationSubmitted {
        clock: command.clock.clone(),
        deadline: step.escalation.deadline,
        rung: step.rung,
        repetition: step.escalation.repetition,
        text: words(&command.text, AccountabilityRefusal::TextMissing)?,
    }])
}

pub(super) fn judge(state: &AccountabilityState, command: &JudgeExplanation, given: Given<'_>) -> Decided {
    let clock = state
        .clock(&command.clock)
        .ok_or(AccountabilityRefusal::UnknownClock)?;
    let step = clock
        .steps
        .iter()
        .rfind(|step| step.rung == command.rung && step.awaits_judgement())
        .ok_or(AccountabilityRefusal::NothingToJudge)?;
    may_judge(step, given)?;
    Ok(vec![AccountabilityEvent::ExplanationJudged {
        clock: command.clock.clone(),
        deadline: step.escalation.deadline,
        rung: step.rung,
        repetition: step.escalation.repetition,
        accepted: command.accepted,
        note: words(&command.note, AccountabilityRefusal::NoteMissing)?,
    }])
}

pub(super) fn open_inquiry(state: &AccountabilityState, command: &OpenInquiry, given: Given<'_>) -> Decided {
    by_inspector(given)?;
    if state.subject.is_none() {
        return Err(AccountabilityRefusal::NotFound);
    }
    if let Some(clock) = &command.clock {
        state.clock(clock).ok_or(AccountabilityRefusal::UnknownClock)?;
        if state
            .open_inquiries()
            .any(|inquiry| inquiry.clock.as_ref() == Some(clock))
        {
            return Err(AccountabilityRefusal::InquiryAlreadyOpen);
        }
    }
    let last = state.inquiries.iter().map(|inquiry| inquiry.number).max();
    Ok(vec![AccountabilityEvent::InquiryOpened {
        inquiry: last.unwrap_or(0).saturating_add(1),
        clock: command.clock.clone(),
        reason: words(&command.reason, AccountabilityRefusal::ReasonMissing)?,
    }])
}

pub(super) fn decide_inquiry(
    state: &AccountabilityState,
    command: &DecideInquiry,
    given: Given<'_>,
) -> Decided {
    by_inspector(given)?;
    open(state, command.inquiry)?;
    match &command.person {
        Some(_) if command.against != Accountable::Official => {
            return Err(AccountabilityRefusal::NotAnOfficial);
        }
        Some(person) if !given.jurisdiction.staff.contains_key(person) => {
            return Err(AccountabilityRefusal::UnknownPerson);
        }
        _ => {}
    }
    Ok(vec![AccountabilityEvent::InquiryDecided {
        inquiry: command.inquiry,
        against: command.against,
        name: words(&command.name, AccountabilityRefusal::NameMissing)?,
        person: command.person.clone(),
        basis: words(&command.basis, AccountabilityRefusal::BasisMissing)?,
        decision: words(&command.decision, AccountabilityRefusal::DecisionMissing)?,
    }])
}

pub(super) fn close_inquiry(
    state: &AccountabilityState,
    command: &CloseInquiry,
    given: Given<'_>,
) -> Decided {
    by_inspector(given)?;
    if open(state, command.inquiry)?.decisions.is_empty() {
        return Err(AccountabilityRefusal::NotDecided);
    }
    Ok(vec![AccountabilityEvent::InquiryClosed {
        inquiry: command.inquiry,
        note: words(&command.note, AccountabilityRefusal::NoteMissing)?,
    }])
}

/// The person addressed, or the leader of the unit addressed.
fn may_answer(step: &Step, actor: &Actor) -> bool {
    let answerer = step.answerer();
    let in_person = actor.person().is_some() && actor.person() == answerer.person.as_ref();
    in_person || (actor.is(Role::Leader) && actor.unit() == Some(&answerer.unit))
}

/// An inspector, a supervisor, or a leader of the level above; never whoever explained. After a referral inspectors only.
fn may_judge(step: &Step, given: Given<'_>) -> Result<(), AccountabilityRefusal> {
    let (Some(person), Some(unit), Some(role)) = (given.by.person(), given.by.unit(), given.by.role()) else {
        return Err(AccountabilityRefusal::NotAJudge);
    };
    let own = |explanation: &Explanation| explanation.by.person() == Some(person);
    if step.explanations.iter().any(own) {
        return Err(AccountabilityRefusal::JudgesOwn);
    }
    let may = match role {
        Role::Inspector => true,
        _ if step.rung == Rung::Referral => false,
        Role::Supervisor => true,
        Role::Leader => is_above(unit, &step.answerer().unit, given),
        _ => false,
    };
    may.then_some(()).ok_or(AccountabilityRefusal::NotAJudge)
}

/// Whether `authority` is a government (or the office acting for one) above `unit`. Departments have nobody below them.
fn is_above(authority: &UnitCode, unit: &UnitCode, given: Given<'_>) -> bool {
    let jurisdiction = given.jurisdiction;
    let governs = jurisdiction
        .unit(authority)
        .is_some_and(|unit| matches!(unit.kind, UnitKind::Government | UnitKind::Office));
    let seat = jurisdiction.seat(authority).map(|seat| &seat.code);
    governs && authority != unit && seat != Some(unit) && jurisdiction.covers(authority, unit)
}

fn by_inspector(given: Given<'_>) -> Result<(), AccountabilityRefusal> {
    if given.by.is(Role::Inspector) {
        Ok(())
    } else {
        Err(AccountabilityRefusal::NotInspector)
    }
}

fn open(state: &AccountabilityState, number: InquiryNumber) -> Result<&Inquiry, AccountabilityRefusal> {
    let inquiry = state.inquiries.iter().find(|inquiry| inquiry.number == number);
    match inquiry {
        None => Err(AccountabilityRefusal::UnknownInquiry),
        Some(inquiry) if inquiry.closed.is_some() => Err(AccountabilityRefusal::InquiryIsClosed),
        Some(inquiry) => Ok(inquiry),
    }
}

pub(super) fn evolve(state: &mut AccountabilityState, event: &AccountabilityEvent, stamp: &Stamp) {
    match event {
        AccountabilityEvent::ExplanationSubmitted {
            clock,
            deadline,
            rung,
            repetition,
            text,
        } => {
            if let Some(step) = step_mut(state, clock, (*deadline, *rung, *repetition)) {
                step.explanations.push(Explanation {
                    at: stamp.at,
                    by: stamp.by.clone(),
                    text: text.clone(),
                    judged: None,
                });
            }
        }
        AccountabilityEvent::ExplanationJudged {
            clock,
            deadline,
            rung,
            repetition,
            accepted,
            note,
        } => {
            let step = step_mut(state, clock, (*deadline, *rung, *repetition));
            if let Some(explanation) = step.and_then(|step| step.explanations.last_mut()) {
                explanation.judged = Some(Judgement {
                    at: stamp.at,
                    by: stamp.by.clone(),
                    accepted: *accepted,
                    note: note.clone(),
                });
            }
        }
        AccountabilityEvent::InquiryOpened {
            inquiry,
            clock,
            reason,
        } => state.inquiries.push(Inquiry {
            number: *inquiry,
            opened: stamp.at,
            clock: clock.clone(),
            reason: reason.clone(),
            decisions: vec![],
            closed: None,
        }),
        AccountabilityEvent::InquiryDecided {
            inquiry,
            against,
            name,
            person,
            basis,
            decision,
        } => {
            if let Some(inquiry) = state.inquiry_mut(*inquiry) {
                inquiry.decisions.push(Decision {
                    at: stamp.at,
                    against: *against,
                    name: name.clone(),
                    person: person.clone(),
                    basis: basis.clone(),
                    decision: decision.clone(),
                });
            }
        }
        AccountabilityEvent::InquiryClosed { inquiry, .. } => {
            if let Some(inquiry) = state.inquiry_mut(*inquiry) {
                inquiry.closed = Some(stamp.at);
            }
        }
        _ => {}
    }
}

fn step_mut<'s>(
    state: &'s mut AccountabilityState,
    clock: &ClockId,
    which: (jiff::Timestamp, Rung, u32),
) -> Option<&'s mut Step> {
    state.clock_mut(clock)?.steps.iter_mut().find(|step| {
        let escalation = &step.escalation;
        (escalation.deadline, step.rung, escalation.repetition) == which
    })
}
