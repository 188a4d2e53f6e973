//! Dated configuration: when closed sites are looked at again, what first tips earn, how long an approval holds.

use super::*;

#[test]
fn the_watch_after_closing_never_ends() {
    let story = admin();
    let set = |days: &[u16]| Command::SetRecheckDays(RecheckDays::new(days.iter().copied()));
    let story = story.when(&set(&[])).then_refused(Refusal::RecheckDays);
    let story = story.when(&set(&[0, 30])).then_refused(Refusal::RecheckDays);
    let story = story.when(&set(&[3651])).then_refused(Refusal::RecheckDays);
    let story = story.when(&set(&[60, 30])).then([Event::RecheckDaysSet {
        days: RecheckDays::new([30, 60]),
    }]);
    story.when(&set(&[30, 60])).then_nothing();
}

#[test]
fn rewards_follow_rules_that_are_dated_and_bounded() {
    let of_2018 = || {
        let rules = RewardRules::default();
        rules.iter().next().expect("a rule").clone()
    };
    let changed = |change: fn(&mut RewardRule)| {
        let mut rule = of_2018();
        change(&mut rule);
        Command::SetRewardRules(vec![rule])
    };
    let mut story = admin();
    for (command, refusal) in [
        (Command::SetRewardRules(vec![]), Refusal::RewardVersionMissing),
        (
            changed(|rule| rule.version = " ".into()),
            Refusal::RewardVersionMissing,
        ),
        (
            Command::SetRewardRules(vec![of_2018(), of_2018()]),
            Refusal::RewardVersionTwice,
        ),
        (changed(|rule| rule.least_yuan = 0), Refusal::RewardBounds),
        (changed(|rule| rule.most_yuan = 2_999), Refusal::RewardBounds),
        (changed(|rule| rule.share_percent = 101), Refusal::RewardShare),
        (changed(|rule| rule.insider_percent = 99), Refusal::InsiderFactor),
    ] {
        story = story.when(&command).then_refused(refusal);
    }
    let rules = Command::SetRewardRules(vec![of_2018()]);
    let story = story.when(&rules).then_done();
    story.when(&rules).then_nothing();
}

#[test]
fn an_approval_to_open_an_identity_holds_for_hours_and_not_for_ever() {
    let hours = |approval_hours| Command::SetCustody(Custody { approval_hours });
    let story = admin().when(&hours(0)).then_refused(Refusal::ApprovalHours);
    let story = story.when(&hours(169)).then_refused(Refusal::ApprovalHours);
    story.when(&hours(12)).then_done();
}
