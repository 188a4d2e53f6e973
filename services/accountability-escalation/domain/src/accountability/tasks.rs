//! Tasks of the joint conference 联席会议: what it decided, given to a unit with a date, reported done, accepted.

use super::{
    AccountabilityState, Answer, Judgement, Task, addressing, answers_in_time, findings::pictures,
    judgements_owed, words,
};
use crate::{
    AcceptTask, AccountabilityEvent, AccountabilityRefusal, AssignTask, ClockId, ReportTask, ReturnTask,
};
use decider::{Given, Stamp};
use jurisdiction::{Level, Obligation, Role, Subject, Unit, UnitKind, Urgency, end_of_day};

type Decided = Result<Vec<AccountabilityEvent>, AccountabilityRefusal>;

/// The task and its clock are one decision.
pub(super) fn assign(state: &AccountabilityState, command: &AssignTask, given: Given<'_>) -> Decided {
    by_the_office(given)?;
    let unit = given
        .jurisdiction
        .unit(&command.unit)
        .ok_or(AccountabilityRefusal::UnknownUnit)?;
    if !matches!(
        unit.kind,
        UnitKind::Government | UnitKind::Department | UnitKind::PoliticalLegal
    ) {
        return Err(AccountabilityRefusal::TakesNoTasks);
    }
    let subject = Subject::Unit(command.unit.clone());
    if state.subject.as_ref().is_some_and(|known| *known != subject) {
        return Err(AccountabilityRefusal::SubjectDiffers);
    }
    let due = end_of_day(command.due);
    if due <= given.at {
        return Err(AccountabilityRefusal::DueInThePast);
    }
    let meeting = words(&command.meeting, AccountabilityRefusal::MeetingMissing)?;
    let text = words(&command.text, AccountabilityRefusal::TaskMissing)?;
    let number = state.tasks.len() as u32 + 1;
    let clock = ClockId::new(Obligation::ConferenceTask, number);
    Ok(vec![
        AccountabilityEvent::TaskAssigned {
            task: number,
            unit: command.unit.clone(),
            meeting,
            text: text.clone(),
            due,
            clock: clock.clone(),
        },
        answers_in_time::start(
            clock,
            subject,
            (&command.unit, Obligation::ConferenceTask, Urgency::Normal),
            Some(due),
            format!("联席会议任务：{text}"),
            given,
        ),
    ])
}

/// By the unit; the clock rests until the office has looked at it.
pub(super) fn report(state: &AccountabilityState, command: &ReportTask, given: Given<'_>) -> Decided {
    let task = task(state, command.task)?;
    let works = given.by.is(Role::Leader) || given.by.is(Role::Handler);
    if !works || given.by.unit() != Some(&task.unit) {
        return Err(AccountabilityRefusal::NotTheUnitsTask);
    }
    answers_in_time::may_answer(&task.reports)?;
    let text = words(&command.text, AccountabilityRefusal::AnswerMissing)?;
    let evidence = pictures(&command.evidence)?;
    let mut events = answers_in_time::rest(state, &task.clock, given);
    let (office, before) = (addressing::desk(given.jurisdiction), task.reports.len());
    events.extend(judgements_owed::owe(state, &task.clock, before, office, given));
    events.push(AccountabilityEvent::TaskReported {
        task: task.number,
        text,
        evidence,
    });
    Ok(events)
}

pub(super) fn accept(state: &AccountabilityState, command: &AcceptTask, given: Given<'_>) -> Decided {
    by_the_office(given)?;
    let task = task(state, command.task)?;
    let reported = answers_in_time::awaiting_judgement(&task.reports)?;
    let note = match command.note.trim() {
        "" => String::new(),
        note => words(note, AccountabilityRefusal::NoteMissing)?,
    };
    let mut events = vec![AccountabilityEvent::TaskAccepted {
        task: task.number,
        note,
    }];
    events.extend(judgements_owed::judged(
        state,
        &task.clock,
        task.reports.len() - 1,
        given,
    ));
    events.extend(answers_in_time::judged(
        state,
        &task.clock,
        reported.at,
        true,
        given,
    ));
    Ok(events)
}

/// Not done: it goes back with the time that was left.
pub(super) fn send_back(state: &AccountabilityState, command: &ReturnTask, given: Given<'_>) -> Decided {
    by_the_office(given)?;
    let task = task(state, command.task)?;
    let reported = answers_in_time::awaiting_judgement(&task.reports)?;
    let mut events = vec![AccountabilityEvent::TaskReturned {
        task: task.number,
        reason: words(&command.reason, AccountabilityRefusal::NoteMissing)?,
    }];
    events.extend(judgements_owed::judged(
        state,
        &task.clock,
        task.reports.len() - 1,
        given,
    ));
    events.extend(answers_in_time::judged(
        state,
        &task.clock,
        reported.at,
        false,
        given,
    ));
    Ok(events)
}

/// A leader or dispatcher of the conference's office, or of the city itself. The office of a county acts for the county, which is
/// given tasks and accepts none.
fn by_the_office(given: Given<'_>) -> Result<(), AccountabilityRefusal> {
    let role = given.by.is(Role::Leader) || given.by.is(Role::Dispatcher);
    let unit = given.by.unit().and_then(|unit| given.jurisdiction.unit(unit));
    let city = given.jurisdiction.city().map(|city| &city.code);
    let is_office = |unit: &Unit| unit.kind == UnitKind::Office && unit.level == Level::City;
    let office = unit.is_some_and(|unit| is_office(unit) || Some(&unit.code) == city);
    (role && office)
        .then_some(())
        .ok_or(AccountabilityRefusal::NotTheOffice)
}

fn task(state: &AccountabilityState, number: u32) -> Result<&Task, AccountabilityRefusal> {
    let mut tasks = state.tasks.iter();
    tasks
        .find(|task| task.number == number)
        .ok_or(AccountabilityRefusal::UnknownTask)
}

pub(super) fn evolve(state: &mut AccountabilityState, event: &AccountabilityEvent, stamp: &Stamp) {
    match event {
        AccountabilityEvent::TaskAssigned {
            task,
            unit,
            meeting,
            text,
            due,
            clock,
        } => {
            state.subject.get_or_insert_with(|| Subject::Unit(unit.clone()));
            state.tasks.push(Task {
                number: *task,
                at: stamp.at,
                by: stamp.by.clone(),
                unit: unit.clone(),
                meeting: meeting.clone(),
                text: text.clone(),
                due: *due,
                clock: clock.clone(),
                reports: vec![],
            });
        }
        AccountabilityEvent::TaskReported { task, text, evidence } => {
            if let Some(task) = state.task_mut(*task) {
                task.reports.push(Answer {
                    at: stamp.at,
                    by: stamp.by.clone(),
                    text: text.clone(),
                    evidence: evidence.clone(),
                    judged: None,
                });
            }
        }
        AccountabilityEvent::TaskAccepted { task, note } => judge(state, *task, true, note, stamp),
        AccountabilityEvent::TaskReturned { task, reason } => judge(state, *task, false, reason, stamp),
        _ => {}
    }
}

fn judge(state: &mut AccountabilityState, task: u32, accepted: bool, note: &str, stamp: &Stamp) {
    let task = state.task_mut(task);
    if let Some(report) = task.and_then(|task| task.reports.last_mut()) {
        report.judged = Some(Judgement {
            at: stamp.at,
            by: stamp.by.clone(),
            accepted,
            note: note.to_owned(),
        });
    }
}
