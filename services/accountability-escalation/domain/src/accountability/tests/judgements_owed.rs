//! Whoever has to judge has a clock as well: nobody ends a matter by never looking at the answer.

use super::answers::{explain, judge};
use super::*;

fn judgements(story: &Scenario<Accountability>) -> Vec<Clock> {
    let state = story.state();
    let clocks = state.clocks.iter();
    clocks
        .filter(|clock| clock.obligation == Obligation::JudgeAnswer)
        .cloned()
        .collect()
}
fn explained() -> Scenario<Accountability> {
    let story = fired_at("2020-06-05T15:59:59Z").by(leader(sample::TOWNSHIP));
    story
        .at("2020-06-08T01:00:00Z")
        .when(&explain(Rung::SupervisionOrder))
        .then_done()
}

#[test]
fn an_explanation_is_to_be_judged_by_the_level_above_in_three_working_days() {
    let story = explained();
    let [clock] = &judgements(&story)[..] else {
        panic!("one judgement is owed: {:?}", judgements(&story));
    };
    assert_eq!(clock.unit.as_str(), sample::COUNTY);
    assert_eq!(clock.due, at("2020-06-11T15:59:59Z"));
    assert!(clock.is_running());
    let story = story.by(leader(sample::COUNTY)).at("2020-06-09T01:00:00Z");
    let story = story.when(&judge(Rung::SupervisionOrder, true)).then_done();
    let stopped = judgements(&story)[0].stopped.clone().expect("stopped");
    assert_eq!(stopped.by, StopReason::Fulfilled);
}

/// A friendly superior who never looks is pressed as anybody else.
#[test]
fn a_judgement_that_is_never_given_climbs_the_ladder() {
    let story = explained().by(policy()).at("2020-06-28T01:00:00Z");
    let story = story.when(&fire()).then_done();
    let clock = judgements(&story)[0].clone();
    assert!(clock.is_missed());
    let rungs: Vec<_> = clock.steps.iter().map(|step| step.rung).collect();
    assert_eq!(rungs, Rung::ALL);
    let reminder = &clock.steps[0].escalation;
    assert_eq!(reminder.to.unit.as_str(), sample::COUNTY);
}

#[test]
fn another_explanation_is_another_judgement() {
    let story = explained().by(leader(sample::COUNTY));
    let story = story.when(&judge(Rung::SupervisionOrder, false)).then_done();
    let story = story.by(leader(sample::TOWNSHIP));
    let story = story.when(&explain(Rung::SupervisionOrder)).then_done();
    let running: Vec<_> = judgements(&story).iter().map(Clock::is_running).collect();
    assert_eq!(running, [false, true]);
}

/// After a referral the inspectors judge, and of what stands above everybody as well.
#[test]
fn after_a_referral_it_is_the_inspectors() {
    let story = referred().by(leader(sample::TOWNSHIP));
    let story = story.when(&explain(Rung::Referral)).then_done();
    assert_eq!(judgements(&story)[0].unit.as_str(), sample::DISCIPLINE);
}

/// A calendar that was wrong: on the right date nothing was missed, and there is nothing to judge.
#[test]
fn what_nobody_asks_for_any_more_is_not_judged() {
    let story = explained().by(policy());
    let story = story.when(&stop(StopReason::Fulfilled, "2020-06-04T01:00:00Z"));
    let story = story.then_done();
    let standing = the_clock(&story).standing_steps().count();
    let judgement = judgements(&story)[0].stopped.clone();
    assert_eq!(
        (standing, judgement.map(|stopped| stopped.by)),
        (0, Some(StopReason::Ended))
    );
}
