//! The answer to an escalation: a clock of its own, one at a time, and silence climbs.

use super::*;
use crate::{JudgeExplanation, SubmitExplanation};

/// The inspection was made on Saturday 6 June, two days late: the work is done, the supervision order is not answered.
const DONE: &str = "2020-06-06T01:00:00Z";

fn done_late() -> Scenario<Accountability> {
    fired_at(DONE)
        .when(&stop(StopReason::Fulfilled, DONE))
        .then_done()
}
fn explain(rung: Rung) -> AccountabilityCommand {
    AccountabilityCommand::SubmitExplanation(SubmitExplanation {
        clock: first(),
        rung,
        text: "汛期道路中断".into(),
    })
}
fn judge(rung: Rung, accepted: bool) -> AccountabilityCommand {
    AccountabilityCommand::JudgeExplanation(JudgeExplanation {
        clock: first(),
        rung,
        accepted,
        note: "请写明每日的安排".into(),
    })
}
fn of(story: &Scenario<Accountability>, clock: &ClockId) -> Clock {
    story.state().clock(clock).expect("the clock").clone()
}
fn running_answers(story: &Scenario<Accountability>) -> Vec<ClockId> {
    let state = story.state();
    let running = state.running_clocks();
    let answers = running.filter(|clock| clock.obligation == Obligation::AnswerEscalation);
    answers.map(|clock| clock.clock.clone()).collect()
}
fn rungs_of(clock: &Clock) -> Vec<Rung> {
    clock.steps.iter().map(|step| step.rung).collect()
}

#[test]
fn of_one_missed_deadline_one_answer_is_owed_to_the_highest_rung() {
    assert_eq!(running_answers(&fired_at(DUE)), [answer_to(Rung::Reminder)]);
    let story = fired_at("2020-06-05T15:59:59Z");
    assert_eq!(running_answers(&story), [answer_to(Rung::SupervisionOrder)]);
    let story = referred();
    assert_eq!(running_answers(&story), [answer_to(Rung::Referral)]);
    let county = of(&story, &answer_to(Rung::Interview));
    assert_eq!(
        county.unit,
        UnitCode::of(sample::COUNTY),
        "whoever is addressed owes it"
    );
    assert_eq!(county.person, Some(StaffId::of("leader-321322")));
    assert_eq!(of(&story, &answer_to(Rung::Referral)).unit, township());
}

#[test]
fn work_done_late_leaves_the_answer_owed_and_silence_climbs_to_the_inspectors() {
    let story = done_late();
    assert!(!the_clock(&story).is_running());
    assert_eq!(running_answers(&story), [answer_to(Rung::SupervisionOrder)]);
    let answer = of(&story, &answer_to(Rung::SupervisionOrder));
    assert_eq!(
        (answer.due, answer.person),
        (at("2020-06-10T15:59:59Z"), Some(StaffId::of("leader-321322102")))
    );
    let silent = story.at("2020-06-24T15:59:59Z").when(&fire()).then_done();
    let answer = of(&silent, &answer_to(Rung::SupervisionOrder));
    assert!(answer.is_missed());
    assert_eq!(rungs_of(&answer), Rung::ALL);
    assert_eq!(
        rungs_of(&the_clock(&silent)),
        [Rung::Reminder, Rung::SupervisionOrder]
    );
    // The top never goes silent, and nobody is asked to explain a silence about a silence.
    assert_eq!(next_due(&silent), Some(at("2020-07-01T15:59:59Z")));
    assert_eq!(silent.state().clocks.len(), 3);
    let weeks = silent.at("2020-07-01T16:00:00Z").when(&fire()).then_done();
    assert_eq!(of(&weeks, &answer_to(Rung::SupervisionOrder)).steps.len(), 6);
}

/// Done in time and heard of too late: what was asked for meanwhile is not owed, and no clock ends before it began.
#[test]
fn an_answer_asked_for_before_it_was_known_that_all_was_done_ends_no_earlier_than_it_began() {
    let in_time = "2020-06-04T01:00:00Z";
    let asked = fired_at("2020-06-05T20:00:00Z");
    let began = of(&asked, &answer_to(Rung::SupervisionOrder)).started;
    let done = asked.when(&stop(StopReason::Fulfilled, in_time)).then_done();
    assert!(!the_clock(&done).is_missed());
    assert!(running_answers(&done).is_empty());
    let answer = of(&done, &answer_to(Rung::SupervisionOrder));
    assert_eq!(
        answer.stopped.map(|stopped| (stopped.by, stopped.at)),
        Some((StopReason::Ended, began))
    );
}

#[test]
fn an_answer_stops_its_clock_while_it_is_judged_and_for_good_if_it_is_accepted() {
    let story = done_late()
        .by(leader(sample::TOWNSHIP))
        .at("2020-06-09T01:00:00Z");
    let story = story.when(&explain(Rung::SupervisionOrder)).then_done();
    let answered = Some((StopReason::Withdrawn, at("2020-06-09T01:00:00Z")));
    assert_eq!(stopped(&story, &answer_to(Rung::SupervisionOrder)), answered);
    assert!(running_answers(&story).is_empty());
    let story = story.by(leader(sample::COUNTY)).at("2020-06-30T01:00:00Z");
    let story = story.when(&judge(Rung::SupervisionOrder, true)).then_done();
    let answer = of(&story, &answer_to(Rung::SupervisionOrder));
    assert_eq!(
        answer.stopped.as_ref().map(|stopped| stopped.by),
        Some(StopReason::Fulfilled)
    );
    assert!(!answer.is_missed(), "a slow judge makes nobody late");
    assert!(running_answers(&story).is_empty());
}

/// Answered on Tuesday with one working day left, refused on Friday: until Monday.
#[test]
fn an_answer_that_is_not_accepted_is_owed_again_with_the_working_days_that_were_left() {
    let story = done_late()
        .by(leader(sample::TOWNSHIP))
        .at("2020-06-09T01:00:00Z");
    let story = story.when(&explain(Rung::SupervisionOrder)).then_done();
    let story = story.by(leader(sample::COUNTY)).at("2020-06-12T01:00:00Z");
    let story = story.when(&judge(Rung::SupervisionOrder, false)).then_done();
    assert_eq!(next_due(&story), Some(at("2020-06-15T15:59:59Z")));
    let moves = of(&story, &answer_to(Rung::SupervisionOrder)).moves;
    let why: Vec<_> = moves.iter().map(|moved| moved.why).collect();
    assert_eq!(why, [crate::MovedBy::Resumed]);
    let silent = story
        .by(policy())
        .at("2020-06-15T15:59:59Z")
        .when(&fire())
        .then_done();
    let answer = of(&silent, &answer_to(Rung::SupervisionOrder));
    assert_eq!(rungs_of(&answer), [Rung::Reminder]);
}

#[test]
fn while_the_work_is_undone_a_refused_answer_yields_to_the_next_rung() {
    let story = fired_at(DUE).by(leader(sample::TOWNSHIP));
    let story = story.when(&explain(Rung::Reminder)).then_done();
    assert!(running_answers(&story).is_empty());
    let story = story
        .by(policy())
        .at("2020-06-05T15:59:59Z")
        .when(&fire())
        .then_done();
    assert_eq!(running_answers(&story), [answer_to(Rung::SupervisionOrder)]);
    let story = story
        .by(leader(sample::COUNTY))
        .when(&judge(Rung::Reminder, false))
        .then_done();
    assert_eq!(running_answers(&story), [answer_to(Rung::SupervisionOrder)]);
}

#[test]
fn work_that_proves_to_have_been_done_in_time_owes_no_answer() {
    let story = fired_at("2020-06-10T01:00:00Z")
        .when(&stop(StopReason::Fulfilled, DUE))
        .then_done();
    assert!(running_answers(&story).is_empty());
    assert_eq!(next_due(&story), None);
}

#[test]
fn a_rung_that_was_never_reached_gives_the_answer_back_to_the_one_below() {
    // The order of 5 June went out before it was known that the inspection had been made that morning.
    let known = fired_at("2020-06-06T01:00:00Z");
    let story = known
        .when(&stop(StopReason::Fulfilled, "2020-06-05T01:00:00Z"))
        .then_done();
    assert_eq!(running_answers(&story), [answer_to(Rung::Reminder)]);
    assert_eq!(
        of(&story, &answer_to(Rung::Reminder)).due,
        at("2020-06-10T15:59:59Z")
    );
    let story = story
        .by(leader(sample::TOWNSHIP))
        .when(&explain(Rung::Reminder))
        .then_done();
    assert!(running_answers(&story).is_empty());
}

#[test]
fn an_extension_that_was_granted_in_time_asks_for_no_answer() {
    let extension = shift(Move::Extension {
        to: at("2020-06-12T15:59:59Z"),
        granted: at("2020-06-03T01:00:00Z"),
    });
    let story = fired_at("2020-06-05T01:00:00Z").when(&extension).then_done();
    assert!(running_answers(&story).is_empty());
}

#[test]
fn a_case_that_is_over_still_owes_the_answer() {
    let over = AccountabilityCommand::StopClock(StopClock {
        which: Which::All,
        by: StopReason::Ended,
        at: at(DONE),
        fact: Uuid::nil(),
    });
    let story = fired_at(DONE).when(&over).then_done();
    assert!(!the_clock(&story).is_running());
    assert_eq!(running_answers(&story), [answer_to(Rung::SupervisionOrder)]);
}

#[test]
fn silence_about_an_answer_is_not_explained_but_broken() {
    let story = done_late().at("2020-06-12T01:00:00Z").when(&fire()).then_done();
    let pressed = AccountabilityCommand::SubmitExplanation(SubmitExplanation {
        clock: answer_to(Rung::SupervisionOrder),
        rung: Rung::Reminder,
        text: "忘了".into(),
    });
    let owed: Vec<_> = story
        .state()
        .awaiting_explanation()
        .map(|step| step.rung)
        .collect();
    assert_eq!(owed, [Rung::Reminder, Rung::SupervisionOrder]);
    let story = story.by(leader(sample::TOWNSHIP));
    story
        .when(&pressed)
        .then_refused(AccountabilityRefusal::NothingToExplain);
}

/// The inspectors look into the inspection: the answer about it need not be pressed for as well.
#[test]
fn an_inquiry_into_the_matter_quietens_the_top_of_the_silence_about_it() {
    let silent = done_late().at("2020-06-24T15:59:59Z").when(&fire()).then_done();
    let open = AccountabilityCommand::OpenInquiry(OpenInquiry {
        failure: None,
        clock: Some(first()),
        reason: "逾期且不说明".into(),
    });
    let story = silent.by(inspector()).when(&open).then_done();
    let inquiry = of(&story, &ClockId::new(Obligation::Inquiry, 1));
    assert_eq!(next_due(&story), Some(inquiry.due));
}

fn without_a_head() -> Scenario<Accountability> {
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.jurisdiction(|jurisdiction| {
        jurisdiction.staff.remove(&StaffId::of("leader-321322102"));
    });
    let story = story.when(&start(an_inspection())).then_done();
    story.at(DUE).when(&fire()).then_done()
}

#[test]
fn for_a_unit_without_a_head_the_nearest_one_above_is_named_and_can_answer() {
    let story = without_a_head();
    let step = &the_clock(&story).steps[0];
    assert_eq!(step.escalation.to.person, Some(StaffId::of("leader-321322")));
    let story = story
        .by(leader(sample::COUNTY))
        .when(&explain(Rung::Reminder))
        .then_done();
    // And not judge it: neither that person nor anybody of the same county.
    let story = story
        .when(&judge(Rung::Reminder, true))
        .then_refused(AccountabilityRefusal::JudgesOwn);
    let deputy = Actor::staff(StaffId::of("deputy"), UnitCode::of(sample::COUNTY), Role::Leader);
    let story = story
        .by(deputy)
        .when(&judge(Rung::Reminder, true))
        .then_refused(AccountabilityRefusal::NotAJudge);
    story
        .by(leader(sample::CITY))
        .when(&judge(Rung::Reminder, true))
        .then_done();
}

#[test]
fn whoever_heads_the_nearest_unit_by_now_can_answer_in_the_place_of_whoever_was_named() {
    let story = without_a_head().jurisdiction(|jurisdiction| {
        let old = StaffId::of("leader-321322");
        let mut successor = jurisdiction.staff.remove(&old).expect("the leader");
        successor.account = StaffId::of("leader-new");
        jurisdiction.staff.insert(successor.account.clone(), successor);
    });
    let successor = Actor::staff(
        StaffId::of("leader-new"),
        UnitCode::of(sample::COUNTY),
        Role::Leader,
    );
    let story = story
        .by(leader(sample::OTHER_COUNTY))
        .when(&explain(Rung::Reminder))
        .then_refused(AccountabilityRefusal::NotAddressed);
    story.by(successor).when(&explain(Rung::Reminder)).then_done();
}

/// Whoever the case turns out to be about answers nothing of it any more.
#[test]
fn what_must_be_hidden_from_whoever_was_addressed_is_answered_by_the_level_above() {
    let instead = AccountabilityCommand::MoveClock(MoveClock {
        which: Which::Of {
            obligation: Obligation::AnswerEscalation,
            unit: Some(township()),
        },
        by: Move::Reassigned {
            unit: UnitCode::of(sample::COUNTY),
            person: None,
        },
    });
    let explain = AccountabilityCommand::SubmitExplanation(SubmitExplanation {
        clock: first(),
        rung: Rung::Reminder,
        text: "已改由县区部门办理".into(),
    });
    let story = fired_at("2020-06-04T16:00:00Z").when(&instead).then_done();
    let story = story
        .by(leader(sample::TOWNSHIP))
        .when(&explain)
        .then_refused(AccountabilityRefusal::NotAddressed);
    story.by(leader(sample::COUNTY)).when(&explain).then_done();
}

/// Found by the simulation: a case turned out to be about the unit while its explanation was being judged.
#[test]
fn an_explanation_that_is_judged_is_owed_again_by_whoever_owes_it_instead() {
    let passed_on = AccountabilityCommand::MoveClock(MoveClock {
        which: Which::Of {
            obligation: Obligation::AnswerEscalation,
            unit: Some(township()),
        },
        by: Move::Reassigned {
            unit: UnitCode::of(sample::COUNTY),
            person: None,
        },
    });
    let rung = Rung::SupervisionOrder;
    let story = done_late().by(leader(sample::TOWNSHIP));
    let story = story.when(&explain(rung)).then_done().by(policy());
    let story = story.when(&passed_on).then_done();
    let resting = of(&story, &answer_to(rung));
    assert_eq!(resting.unit, UnitCode::of(sample::COUNTY));
    assert!(!resting.is_running(), "it is being judged");
    let story = story.when(&passed_on).then_nothing().by(inspector());
    let story = story.when(&judge(rung, false)).then_done();
    let owed = of(&story, &answer_to(rung));
    assert!(owed.is_running());
    assert_eq!(owed.unit, UnitCode::of(sample::COUNTY));
    let story = story.by(leader(sample::TOWNSHIP)).when(&explain(rung));
    let story = story.then_refused(AccountabilityRefusal::NotAddressed);
    story.by(leader(sample::COUNTY)).when(&explain(rung)).then_done();
}
