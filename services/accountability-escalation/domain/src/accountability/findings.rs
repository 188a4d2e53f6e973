//! Findings of supervision groups 督导组: recorded against a unit, answered in time, judged by the groups.

use super::{
    AccountabilityState, Answer, Finding, Judgement, answers_in_time, failures, judgements_owed, words,
};
use crate::{
    AccountabilityEvent, AccountabilityRefusal, AnswerFinding, ClockId, FailureKind, FindingSource, Gravity,
    JudgeFinding, RecordFailure, RecordFinding,
};
use decider::{Given, Stamp};
use jurisdiction::{EvidenceId, Obligation, Role, Subject, UnitKind, Urgency};

type Decided = Result<Vec<AccountabilityEvent>, AccountabilityRefusal>;

const MOST_EVIDENCE: usize = 20;

/// The finding and the clock for its answer are one decision: there is no finding that nobody has to answer.
pub(super) fn record(state: &AccountabilityState, command: &RecordFinding, given: Given<'_>) -> Decided {
    may_supervise(command, given)?;
    let subject = Subject::Unit(command.unit.clone());
    if state.subject.as_ref().is_some_and(|known| *known != subject) {
        return Err(AccountabilityRefusal::SubjectDiffers);
    }
    let text = words(&command.text, AccountabilityRefusal::FindingMissing)?;
    let evidence = pictures(&command.evidence)?;
    if command.gravity == Gravity::Grave && evidence.is_empty() {
        return Err(AccountabilityRefusal::EvidenceMissing);
    }
    let number = state.findings.len() as u32 + 1;
    let urgency = match command.gravity {
        Gravity::Grave => Urgency::Urgent,
        Gravity::Ordinary => Urgency::Normal,
    };
    let clock = ClockId::new(Obligation::AnswerFinding, number);
    let mut events = vec![
        AccountabilityEvent::FindingRecorded {
            finding: number,
            unit: command.unit.clone(),
            source: command.source,
            gravity: command.gravity,
            text: text.clone(),
            evidence,
            clock: clock.clone(),
        },
        answers_in_time::start(
            clock,
            subject,
            (&command.unit, Obligation::AnswerFinding, urgency),
            None,
            format!("{}发现问题：{text}", command.source.in_chinese()),
            given,
        ),
    ];
    if command.source == FindingSource::Province {
        events.extend(failures::recorded(
            state,
            &RecordFailure {
                subject: Subject::Unit(command.unit.clone()),
                kind: FailureKind::ProvincialFinding,
                cause: format!("finding-{number}"),
                unit: command.unit.clone(),
                persons: vec![],
                note: text,
            },
            given,
        ));
    }
    Ok(events)
}

/// By the unit's leader; the clock rests until the group has judged it.
pub(super) fn answer(state: &AccountabilityState, command: &AnswerFinding, given: Given<'_>) -> Decided {
    let finding = finding(state, command.finding)?;
    let leads = given.by.is(Role::Leader) && given.by.unit() == Some(&finding.unit);
    if !leads {
        return Err(AccountabilityRefusal::NotTheUnitsLeader);
    }
    answers_in_time::may_answer(&finding.answers)?;
    let text = words(&command.text, AccountabilityRefusal::AnswerMissing)?;
    let evidence = pictures(&command.evidence)?;
    if finding.gravity == Gravity::Grave && evidence.is_empty() {
        return Err(AccountabilityRefusal::EvidenceMissing);
    }
    let mut events = answers_in_time::rest(state, &finding.clock, given);
    let (group, before) = (finding.by.unit(), finding.answers.len());
    events.extend(judgements_owed::owe(state, &finding.clock, before, group, given));
    events.push(AccountabilityEvent::FindingAnswered {
        finding: finding.number,
        text,
        evidence,
    });
    Ok(events)
}

/// By a supervision group. What is not accepted is awaited again, with the time that was left.
pub(super) fn judge(state: &AccountabilityState, command: &JudgeFinding, given: Given<'_>) -> Decided {
    let finding = finding(state, command.finding)?;
    // What the city or the province found, no county's group finds settled.
    let theirs = finding.source == FindingSource::County || given.jurisdiction.actor_covers_city(given.by);
    let supervises =
        given.by.is(Role::Supervisor) && theirs && given.jurisdiction.actor_covers(given.by, &finding.unit);
    if !supervises {
        return Err(AccountabilityRefusal::NotASupervisor);
    }
    let answered = answers_in_time::awaiting_judgement(&finding.answers)?;
    let mut events = vec![AccountabilityEvent::FindingJudged {
        finding: finding.number,
        accepted: command.accepted,
        note: words(&command.note, AccountabilityRefusal::NoteMissing)?,
    }];
    let before = finding.answers.len() - 1;
    events.extend(judgements_owed::judged(state, &finding.clock, before, given));
    events.extend(answers_in_time::judged(
        state,
        &finding.clock,
        answered.at,
        command.accepted,
        given,
    ));
    Ok(events)
}

fn may_supervise(command: &RecordFinding, given: Given<'_>) -> Result<(), AccountabilityRefusal> {
    if !given.by.is(Role::Supervisor) {
        return Err(AccountabilityRefusal::NotASupervisor);
    }
    let unit = given
        .jurisdiction
        .unit(&command.unit)
        .ok_or(AccountabilityRefusal::UnknownUnit)?;
    if !given.jurisdiction.actor_covers(given.by, &command.unit) {
        return Err(AccountabilityRefusal::NotASupervisor);
    }
    match unit.kind {
        UnitKind::Government | UnitKind::Department | UnitKind::Office => Ok(()),
        _ => Err(AccountabilityRefusal::NotSupervised),
    }
}

fn finding(state: &AccountabilityState, number: u32) -> Result<&Finding, AccountabilityRefusal> {
    let mut findings = state.findings.iter();
    findings
        .find(|finding| finding.number == number)
        .ok_or(AccountabilityRefusal::UnknownFinding)
}

pub(super) fn pictures(evidence: &[EvidenceId]) -> Result<Vec<EvidenceId>, AccountabilityRefusal> {
    let mut once: Vec<EvidenceId> = Vec::new();
    for id in evidence {
        if !once.contains(id) {
            once.push(id.clone());
        }
    }
    match once.len() {
        0..=MOST_EVIDENCE => Ok(once),
        _ => Err(AccountabilityRefusal::TooMuchEvidence),
    }
}

pub(super) fn evolve(state: &mut AccountabilityState, event: &AccountabilityEvent, stamp: &Stamp) {
    match event {
        AccountabilityEvent::FindingRecorded {
            finding,
            unit,
            source,
            gravity,
            text,
            evidence,
            clock,
        } => {
            state.subject.get_or_insert_with(|| Subject::Unit(unit.clone()));
            state.findings.push(Finding {
                number: *finding,
                at: stamp.at,
                by: stamp.by.clone(),
                unit: unit.clone(),
                source: *source,
                gravity: *gravity,
                text: text.clone(),
                evidence: evidence.clone(),
                clock: clock.clone(),
                answers: vec![],
            });
        }
        AccountabilityEvent::FindingAnswered {
            finding,
            text,
            evidence,
        } => {
            if let Some(finding) = state.finding_mut(*finding) {
                finding.answers.push(Answer {
                    at: stamp.at,
                    by: stamp.by.clone(),
                    text: text.clone(),
                    evidence: evidence.clone(),
                    judged: None,
                });
            }
        }
        AccountabilityEvent::FindingJudged {
            finding,
            accepted,
            note,
        } => {
            let finding = state.finding_mut(*finding);
            if let Some(answer) = finding.and_then(|finding| finding.answers.last_mut()) {
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
