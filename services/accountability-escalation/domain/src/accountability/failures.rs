//! Failures that need no clock 问责事项: recorded by rule, explained by the unit's first responsible person, judged from above.

use super::{
    AccountabilityState, Answer, Failure, Judgement, addressing, answers, answers_in_time, by_policy, clocks,
    judgements_owed, words,
};
use crate::{
    AccountabilityEvent, AccountabilityRefusal, Addressee, ClockId, ExplainFailure, JudgeFailure,
    RecordFailure,
};
use decider::{Given, Stamp};
use jurisdiction::{Obligation, Urgency};

type Decided = Result<Vec<AccountabilityEvent>, AccountabilityRefusal>;

pub(super) fn record(state: &AccountabilityState, command: &RecordFailure, given: Given<'_>) -> Decided {
    by_policy(given)?;
    clocks::same_subject(state, &command.subject)?;
    let known = |failure: &Failure| failure.kind == command.kind && failure.cause == command.cause;
    if state.failures.iter().any(known) {
        return Ok(vec![]);
    }
    Ok(recorded(state, command, given))
}

/// The failure and the clock for its explanation are one decision: there is none that nobody has to explain.
pub(super) fn recorded(
    state: &AccountabilityState,
    command: &RecordFailure,
    given: Given<'_>,
) -> Vec<AccountabilityEvent> {
    let number = state.failures.len() as u32 + 1;
    let clock = ClockId::new(Obligation::ExplainFailure, number);
    let unit = &command.unit;
    let mut persons = command.persons.clone();
    if persons.is_empty() {
        persons.extend(clocks::person_or_responsible(None, unit, given));
    }
    let note = command.note.trim().to_owned();
    let what = format!("{}：{note}", command.kind.in_chinese());
    vec![
        AccountabilityEvent::FailureRecorded {
            subject: command.subject.clone(),
            kind: command.kind,
            cause: command.cause.clone(),
            unit: unit.clone(),
            persons,
            note,
            clock: Some(clock.clone()),
        },
        answers_in_time::start(
            clock,
            command.subject.clone(),
            (unit, Obligation::ExplainFailure, Urgency::Normal),
            None,
            what,
            given,
        ),
    ]
}

/// By whoever answers for the unit, which is not always whoever failed; the clock rests until it has been judged.
pub(super) fn explain(state: &AccountabilityState, command: &ExplainFailure, given: Given<'_>) -> Decided {
    let failure = failure(state, command.failure)?;
    if !answers::may_answer(&answerer(state, failure, given), given) {
        return Err(AccountabilityRefusal::NotHeldAgainst);
    }
    answers_in_time::may_answer(&failure.answers)?;
    let text = words(&command.text, AccountabilityRefusal::TextMissing)?;
    let clock = failure.clock.as_ref();
    let mut events = clock.map_or_else(Vec::new, |clock| answers_in_time::rest(state, clock, given));
    let judge = judgements_owed::judge_of(&answerer(state, failure, given).unit, false, given.jurisdiction);
    let before = failure.answers.len();
    events.extend(clock.and_then(|clock| judgements_owed::owe(state, clock, before, judge, given)));
    events.push(AccountabilityEvent::FailureExplained {
        failure: failure.number,
        text,
    });
    Ok(events)
}

/// By an inspector, a supervision group, or a leader of the level above; never by whoever explained.
pub(super) fn judge(state: &AccountabilityState, command: &JudgeFailure, given: Given<'_>) -> Decided {
    let failure = failure(state, command.failure)?;
    let explained = answers_in_time::awaiting_judgement(&failure.answers)?;
    let authors = failure.answers.iter().map(|answer| &answer.by);
    answers::may_judge(&failure.unit, authors, false, given)?;
    let mut events = vec![AccountabilityEvent::FailureJudged {
        failure: failure.number,
        accepted: command.accepted,
        note: words(&command.note, AccountabilityRefusal::NoteMissing)?,
    }];
    if let Some(clock) = &failure.clock {
        let accepted = command.accepted;
        let before = failure.answers.len() - 1;
        events.extend(judgements_owed::judged(state, clock, before, given));
        events.extend(answers_in_time::judged(
            state,
            clock,
            explained.at,
            accepted,
            given,
        ));
    }
    Ok(events)
}

/// The unit and whoever the clock names by now: of what must be hidden from the unit itself, the level above.
fn answerer(state: &AccountabilityState, failure: &Failure, given: Given<'_>) -> Addressee {
    let clock = failure.clock.as_ref().and_then(|clock| state.clock(clock));
    let unit = clock.map_or(&failure.unit, |clock| &clock.unit);
    let person = clock.and_then(|clock| clock.person.clone());
    Addressee {
        unit: unit.clone(),
        person: person.or_else(|| addressing::responsible(unit, given.jurisdiction).person),
        name: None,
    }
}

fn failure(state: &AccountabilityState, number: u32) -> Result<&Failure, AccountabilityRefusal> {
    let mut failures = state.failures.iter();
    failures
        .find(|failure| failure.number == number)
        .ok_or(AccountabilityRefusal::UnknownFailure)
}

pub(super) fn evolve(state: &mut AccountabilityState, event: &AccountabilityEvent, stamp: &Stamp) {
    match event {
        AccountabilityEvent::FailureRecorded {
            subject,
            kind,
            cause,
            unit,
            persons,
            note,
            clock,
        } => {
            state.subject.get_or_insert_with(|| subject.clone());
            state.failures.push(Failure {
                number: state.failures.len() as u32 + 1,
                at: stamp.at,
                kind: *kind,
                cause: cause.clone(),
                unit: unit.clone(),
                persons: persons.clone(),
                note: note.clone(),
                clock: clock.clone(),
                answers: vec![],
            });
        }
        AccountabilityEvent::FailureExplained { failure, text } => {
            if let Some(failure) = state.failure_mut(*failure) {
                failure.answers.push(Answer {
                    at: stamp.at,
                    by: stamp.by.clone(),
                    text: text.clone(),
                    evidence: vec![],
                    judged: None,
                });
            }
        }
        AccountabilityEvent::FailureJudged {
            failure,
            accepted,
            note,
        } => {
            let failure = state.failure_mut(*failure);
            if let Some(answer) = failure.and_then(|failure| failure.answers.last_mut()) {
                answer.judged = Some(Judgement {
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
