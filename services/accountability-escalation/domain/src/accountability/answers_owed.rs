//! The answer to an escalation is an obligation of its own: of the person addressed, with a clock, whose silence climbs.

use super::{AccountabilityState, Step, answers_in_time, firing, judgements_owed};
use crate::{AccountabilityEvent, Addressee, ClockId, MoveReason, StopReason};
use decider::Given;
use jiff::Timestamp;
use jurisdiction::Obligation;

/// What brings the clocks of answers in line with what a clock has come to. Of one missed deadline one answer is owed at a
/// time, to the highest rung that stands: a higher one asks the same of somebody higher, and once the work is done late the
/// last one is still to be answered. `at` is the instant from which that is so.
pub(super) fn settle(
    state: &AccountabilityState,
    of: &ClockId,
    at: Timestamp,
    given: Given<'_>,
) -> Vec<AccountabilityEvent> {
    let Some(clock) = state.clock(of) else {
        return vec![];
    };
    // Whoever is silent about having been silent is not asked a third time; the ladder climbs.
    if clock.obligation.is_of_accountability() {
        return vec![];
    }
    let last = clock.standing_steps().next_back();
    let owed = last.filter(|step| !step.is_answered());
    let owed_by = owed.map(Step::answering);
    let over = state
        .running_clocks()
        .filter(|answer| base(&answer.clock).is_some_and(|base| base == of.as_str()))
        .filter(|answer| Some(&answer.clock) != owed_by.as_ref());
    let mut events = Vec::new();
    for answer in over {
        // The work was done in time and that was heard of too late: it was asked for until now.
        let over = at.max(answer.counted_from);
        // What was reached until it was over is recorded first.
        events.extend(firing::fire(state, given, over, Some(&answer.clock)));
        events.push(answers_in_time::stopped(&answer.clock, StopReason::Ended, over));
    }
    // Nor is an answer judged that nobody asks for any more.
    let asked = |answer: &ClockId| {
        let mut standing = clock.standing_steps().map(Step::answering);
        base(answer).is_none_or(|base| base != of.as_str()) || standing.any(|step| step == *answer)
    };
    events.extend(judgements_owed::end(state, asked, given));
    if let (Some(step), Some(id)) = (owed, owed_by) {
        events.extend(owe(state, (of, step), &id, given));
    }
    events
}

fn owe(
    state: &AccountabilityState,
    (of, step): (&ClockId, &Step),
    id: &ClockId,
    given: Given<'_>,
) -> Option<AccountabilityEvent> {
    let clock = state.clock(of)?;
    let jurisdiction = given.jurisdiction;
    let obligation = Obligation::AnswerEscalation;
    let limit = jurisdiction.limit_on(obligation, clock.urgency, given.at);
    // With the rung itself that is the date in it. Of a rung from before answers had clocks the time counts from now: nobody
    // was told that it ran.
    let due = jurisdiction.due_within(limit, obligation, given.at);
    match state.clock(id) {
        None => {
            let answerer = step.answerer();
            Some(AccountabilityEvent::ClockStarted {
                clock: id.clone(),
                subject: state.subject.clone()?,
                obligation,
                unit: answerer.unit.clone(),
                person: answerer.person.clone(),
                urgency: clock.urgency,
                started: given.at,
                limit: Some(limit),
                due,
                what: format!("就{}作出说明：{}", step.rung.in_chinese(), clock.what),
                ladder: Some(jurisdiction.ladder_on(given.at).clone()),
            })
        }
        // A higher rung had taken its place, and then turned out never to have been reached.
        Some(answer)
            if answer
                .stopped
                .as_ref()
                .is_some_and(|stopped| stopped.by == StopReason::Ended) =>
        {
            Some(AccountabilityEvent::ClockMoved {
                clock: id.clone(),
                from: answer.due,
                to: due,
                reason: MoveReason::Resumed {
                    since: Some(given.at),
                    limit: Some(limit),
                },
            })
        }
        Some(_) => None,
    }
}

/// While it is judged, an answer is owed to nobody.
pub(super) fn rest(state: &AccountabilityState, step: &Step, given: Given<'_>) -> Vec<AccountabilityEvent> {
    answers_in_time::rest(state, &step.answering(), given)
}

/// Accepted, it was given when it was given. If it was not, it is owed again with the time that was left, unless a higher rung
/// asks by now.
pub(super) fn judged(
    state: &AccountabilityState,
    of: &ClockId,
    step: &Step,
    accepted: bool,
    given: Given<'_>,
) -> Option<AccountabilityEvent> {
    let id = step.answering();
    let resting = state.clock(&id)?.stopped.as_ref()?;
    if resting.by != StopReason::Withdrawn {
        return None;
    }
    let last = state.clock(of)?.standing_steps().next_back()?;
    let still_asked = last.answering() == id;
    (accepted || still_asked).then(|| answers_in_time::judged(state, &id, resting.at, accepted, given))?
}

/// Another unit than was addressed, if the answer is that one's by now: whoever must not know of the matter answers nothing.
pub(super) fn owed_instead(state: &AccountabilityState, step: &Step) -> Option<Addressee> {
    let answer = state.clock(&step.answering())?;
    (answer.unit != step.answerer().unit).then(|| Addressee {
        unit: answer.unit.clone(),
        person: answer.person.clone(),
        name: None,
    })
}

impl Step {
    /// The clock of the answer that it asks for, named after the clock whose ladder this is; rungs from before answers had
    /// clocks have none of that name.
    pub fn answering(&self) -> ClockId {
        let escalation = &self.escalation;
        ClockId::answering(
            &escalation.clock,
            escalation.deadline,
            self.rung,
            escalation.repetition,
        )
    }
}

/// The clock whose ladder an answer is owed to.
pub(super) fn base(answer: &ClockId) -> Option<&str> {
    let name = answer
        .as_str()
        .strip_prefix(Obligation::AnswerEscalation.code())?
        .strip_prefix('#')?;
    name.rsplitn(4, '/').nth(3)
}
