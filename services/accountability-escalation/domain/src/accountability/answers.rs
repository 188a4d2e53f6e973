//! What people answer to escalations: explanations and their judgement.

use super::{AccountabilityState, Explanation, Judgement, Step, answers_owed, judgements_owed, words};
use crate::{
    AccountabilityEvent, AccountabilityRefusal, Addressee, ClockId, JudgeExplanation, SubmitExplanation,
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
        // Whoever is pressed for an answer gives that answer.
        .filter(|_| !clock.obligation.is_of_accountability())
        .rfind(|step| step.rung == command.rung)
        .ok_or(AccountabilityRefusal::NothingToExplain)?;
    let instead = answers_owed::owed_instead(state, step);
    let answerer = instead.as_ref().unwrap_or_else(|| step.answerer());
    if !may_answer(answerer, given) {
        return Err(AccountabilityRefusal::NotAddressed);
    }
    if step.is_answered() {
        return Err(AccountabilityRefusal::AlreadyExplained);
    }
    let text = words(&command.text, AccountabilityRefusal::TextMissing)?;
    let referred = step.rung == Rung::Referral;
    let judge = judgements_owed::judge_of(&answerer.unit, referred, given.jurisdiction);
    let mut events = answers_owed::rest(state, step, given);
    let asked = step.answering();
    events.extend(judgements_owed::owe(
        state,
        &asked,
        step.explanations.len(),
        judge,
        given,
    ));
    events.push(AccountabilityEvent::ExplanationSubmitted {
        clock: command.clock.clone(),
        deadline: step.escalation.deadline,
        rung: step.rung,
        repetition: step.escalation.repetition,
        text,
    });
    Ok(events)
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
    let authors = step.explanations.iter().map(|explanation| &explanation.by);
    may_judge(&step.answerer().unit, authors, step.rung == Rung::Referral, given)?;
    let mut events = vec![AccountabilityEvent::ExplanationJudged {
        clock: command.clock.clone(),
        deadline: step.escalation.deadline,
        rung: step.rung,
        repetition: step.escalation.repetition,
        accepted: command.accepted,
        note: words(&command.note, AccountabilityRefusal::NoteMissing)?,
    }];
    let accepted = command.accepted;
    let (asked, before) = (step.answering(), step.explanations.len() - 1);
    events.extend(judgements_owed::judged(state, &asked, before, given));
    events.extend(answers_owed::judged(state, &command.clock, step, accepted, given));
    Ok(events)
}

/// The person addressed, or the leader of the unit addressed. Whoever is named where a unit has no head of its own is the
/// head of the nearest unit above that has one; if that person has changed, it is the new one's.
pub(super) fn may_answer(answerer: &Addressee, given: Given<'_>) -> bool {
    let actor = given.by;
    let in_person = actor.person().is_some() && actor.person() == answerer.person.as_ref();
    let leads = actor.is(Role::Leader) && actor.unit() == Some(&answerer.unit);
    let stands_in = || {
        let head = given.jurisdiction.first_responsible(&answerer.unit);
        actor.is(Role::Leader) && head.is_some_and(|head| Some(&head.account) == actor.person())
    };
    in_person || leads || stands_in()
}

/// An inspector, a supervisor of another unit than a supervision group, or a leader of the level above; never whoever explained, and nobody below whoever explained.
/// After a referral inspectors only.
pub(super) fn may_judge<'a>(
    unit: &UnitCode,
    authors: impl Iterator<Item = &'a Actor>,
    referred: bool,
    given: Given<'_>,
) -> Result<(), AccountabilityRefusal> {
    let (Some(person), Some(own), Some(role)) = (given.by.person(), given.by.unit(), given.by.role()) else {
        return Err(AccountabilityRefusal::NotAJudge);
    };
    let authors: Vec<&Actor> = authors.collect();
    if authors.iter().any(|author| author.person() == Some(person)) {
        return Err(AccountabilityRefusal::JudgesOwn);
    }
    // The head of a unit above may have answered for one that has no head.
    let from_above = authors.iter().filter_map(|author| author.unit());
    let mut from_above =
        from_above.filter(|author| *author != unit && given.jurisdiction.covers(author, unit));
    let may = match role {
        Role::Inspector => true,
        _ if referred => false,
        // The city's group: what a group itself owed is not judged within it, nor a county by its own.
        Role::Supervisor => {
            let judged = given.jurisdiction.unit(unit);
            given.jurisdiction.actor_covers_city(given.by)
                && judged.is_none_or(|unit| unit.kind != UnitKind::Supervision)
        }
        Role::Leader => is_above(own, unit, given) && from_above.all(|author| is_above(own, author, given)),
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
