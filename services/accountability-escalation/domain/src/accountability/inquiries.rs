//! Inquiries 问责调查 of the discipline inspectors: opened, decided, closed, each with a clock of its own.

use super::{AccountabilityState, Clock, Decision, Inquiry, answers_in_time, firing, words};
use crate::{
    AccountabilityEvent, AccountabilityRefusal, Accountable, ClockId, CloseInquiry, DecideInquiry,
    InquiryNumber, OpenInquiry, StopReason,
};
use decider::{Given, Stamp};
use jurisdiction::{Obligation, Role, Urgency};

type Decided = Result<Vec<AccountabilityEvent>, AccountabilityRefusal>;

pub(super) fn open(state: &AccountabilityState, command: &OpenInquiry, given: Given<'_>) -> Decided {
    by_inspector(given)?;
    let subject = state.subject.clone().ok_or(AccountabilityRefusal::NotFound)?;
    if let Some(clock) = &command.clock {
        state.clock(clock).ok_or(AccountabilityRefusal::UnknownClock)?;
    }
    if let Some(failure) = command.failure {
        let known = state.failures.iter().any(|known| known.number == failure);
        known.then_some(()).ok_or(AccountabilityRefusal::UnknownFailure)?;
    }
    let of_something = command.clock.is_some() || command.failure.is_some();
    let is_the_same =
        |inquiry: &Inquiry| (&inquiry.clock, inquiry.failure) == (&command.clock, command.failure);
    if of_something && state.open_inquiries().any(is_the_same) {
        return Err(AccountabilityRefusal::InquiryAlreadyOpen);
    }
    let last = state.inquiries.iter().map(|inquiry| inquiry.number).max();
    let number = last.unwrap_or(0).saturating_add(1);
    let unit = given.by.unit().ok_or(AccountabilityRefusal::NotInspector)?;
    Ok(vec![
        AccountabilityEvent::InquiryOpened {
            inquiry: number,
            clock: command.clock.clone(),
            failure: command.failure,
            reason: words(&command.reason, AccountabilityRefusal::ReasonMissing)?,
        },
        // What is looked into says nothing to the clock's readers; that it is looked into in time does.
        answers_in_time::start(
            ClockId::new(Obligation::Inquiry, number),
            subject,
            (unit, Obligation::Inquiry, Urgency::Normal),
            None,
            format!("问责调查第 {number} 号：作出决定并结案"),
            given,
        ),
    ])
}

pub(super) fn decide(state: &AccountabilityState, command: &DecideInquiry, given: Given<'_>) -> Decided {
    by_inspector(given)?;
    opened(state, command.inquiry)?;
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

pub(super) fn close(state: &AccountabilityState, command: &CloseInquiry, given: Given<'_>) -> Decided {
    by_inspector(given)?;
    if opened(state, command.inquiry)?.decisions.is_empty() {
        return Err(AccountabilityRefusal::NotDecided);
    }
    let note = words(&command.note, AccountabilityRefusal::NoteMissing)?;
    let clock = ClockId::new(Obligation::Inquiry, command.inquiry);
    let mut events = Vec::new();
    // Those from before there was a limit have no clock.
    if state.clock(&clock).is_some_and(Clock::is_running) {
        events.extend(firing::fire(state, given, given.at, Some(&clock)));
        events.push(answers_in_time::stopped(&clock, StopReason::Fulfilled, given.at));
    }
    events.push(AccountabilityEvent::InquiryClosed {
        inquiry: command.inquiry,
        note,
    });
    Ok(events)
}

fn by_inspector(given: Given<'_>) -> Result<(), AccountabilityRefusal> {
    if given.by.is(Role::Inspector) {
        Ok(())
    } else {
        Err(AccountabilityRefusal::NotInspector)
    }
}

fn opened(state: &AccountabilityState, number: InquiryNumber) -> Result<&Inquiry, AccountabilityRefusal> {
    let inquiry = state.inquiries.iter().find(|inquiry| inquiry.number == number);
    match inquiry {
        None => Err(AccountabilityRefusal::UnknownInquiry),
        Some(inquiry) if inquiry.closed.is_some() => Err(AccountabilityRefusal::InquiryIsClosed),
        Some(inquiry) => Ok(inquiry),
    }
}

pub(super) fn evolve(state: &mut AccountabilityState, event: &AccountabilityEvent, stamp: &Stamp) {
    match event {
        AccountabilityEvent::InquiryOpened {
            inquiry,
            clock,
            failure,
            reason,
        } => state.inquiries.push(Inquiry {
            number: *inquiry,
            opened: stamp.at,
            clock: clock.clone(),
            failure: *failure,
            reason: reason.clone(),
            decisions: vec![],
            closed: None,
            closing_note: None,
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
        AccountabilityEvent::InquiryClosed { inquiry, note } => {
            if let Some(inquiry) = state.inquiry_mut(*inquiry) {
                inquiry.closed = Some(stamp.at);
                inquiry.closing_note = Some(note.clone());
            }
        }
        _ => {}
    }
}
