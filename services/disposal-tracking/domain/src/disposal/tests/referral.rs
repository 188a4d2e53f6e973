//! Referrals: to whom they go, and who answers.

use super::*;

fn refer(name: &str, to: Receiver) -> DisposalCommand {
    DisposalCommand::ReferParty(ReferParty {
        party: Party {
            role: PartyRole::Operator,
            name: name.into(),
        },
        to,
        grounds: "涉嫌非法储存危险物质".into(),
    })
}
fn answer(referral: u32, result: &str) -> DisposalCommand {
    DisposalCommand::AnswerReferral(AnswerReferral {
        referral,
        result: result.into(),
    })
}
fn at_work() -> Story {
    with_departments(ordered(Class::C, sample::TOWNSHIP)).by(handler(sample::TOWNSHIP))
}
fn referred() -> Story {
    at_work()
        .when(&refer("王五", Receiver::PublicSecurity))
        .then_done()
}
fn receivers(story: &Story) -> Vec<Option<String>> {
    let referrals = story.state().referrals.into_iter();
    referrals
        .map(|referral| referral.receiver.map(|unit| unit.to_string()))
        .collect()
}

#[test]
fn a_party_goes_to_the_nearest_department_that_is_competent() {
    let story = at_work()
        .when(&refer("王五", Receiver::PublicSecurity))
        .then_done();
    let story = story
        .when(&refer("王五", Receiver::MarketSupervision))
        .then_done();
    let story = story
        .when(&refer("赵六", Receiver::LandlordLiability))
        .then_done();
    let expected = [POLICE, MARKET, SAFETY].map(|unit| Some(unit.to_owned()));
    assert_eq!(receivers(&story), expected);
}

#[test]
fn a_department_that_the_case_is_about_receives_nothing() {
    let against = Against::unit(UnitCode::of(POLICE));
    let story = at_work().given([DisposalEvent::ConflictNoted { against }]);
    let story = story.when(&refer("王五", Receiver::PublicSecurity)).then_done();
    assert_eq!(receivers(&story), [Some(CITY_POLICE.to_owned())]);
}

#[test]
fn a_referral_has_a_party_grounds_and_somebody_to_receive_it() {
    let mut groundless = refer("王五", Receiver::PublicSecurity);
    if let DisposalCommand::ReferParty(command) = &mut groundless {
        command.grounds.clear();
    }
    let story = at_work().by(handler(sample::OTHER_TOWNSHIP));
    let story = story.when(&refer("王五", Receiver::PublicSecurity));
    let story = story.then_refused(DisposalRefusal::OutsideSubtree);
    let story = story
        .by(handler(sample::TOWNSHIP))
        .when(&refer(" ", Receiver::PublicSecurity));
    let story = story.then_refused(DisposalRefusal::PartyNameMissing);
    let story = story
        .when(&groundless)
        .then_refused(DisposalRefusal::GroundsMissing);
    let story = story.when(&refer("王五", Receiver::PublicSecurity)).then_done();
    let story = story.when(&refer("王五", Receiver::PublicSecurity));
    story.then_refused(DisposalRefusal::AlreadyReferred);
    let nobody = ordered(Class::C, sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let nobody = nobody.when(&refer("王五", Receiver::PublicSecurity));
    nobody.then_refused(DisposalRefusal::NoReceiver);
}

#[test]
fn only_the_receiver_says_what_came_of_it() {
    for stranger in [
        handler(sample::TOWNSHIP),
        leader(sample::COUNTY),
        handler(MARKET),
        sample::acting(Role::Dispatcher, POLICE),
    ] {
        let story = referred().by(stranger).when(&answer(1, "已立案"));
        story.then_refused(DisposalRefusal::NotReceiver);
    }
    let story = referred().when(&answer(3, "已立案"));
    let story = story.then_refused(DisposalRefusal::UnknownReferral);
    let story = story.by(handler(POLICE)).when(&answer(1, " "));
    let story = story.then_refused(DisposalRefusal::ResultMissing);
    let story = story.when(&answer(1, "已立案")).then_done();
    let story = story
        .by(leader(POLICE))
        .when(&answer(1, "已结案"))
        .then_refused(DisposalRefusal::AlreadyAnswered);
    assert_eq!(story.state().referrals[0].result.as_deref(), Some("已立案"));
}

#[test]
fn a_referral_from_before_receivers_were_looked_up_is_answered_as_before() {
    let old = DisposalEvent::PartyReferred {
        referral: 1,
        party: Party {
            role: PartyRole::Operator,
            name: "王五".into(),
        },
        to: Receiver::PublicSecurity,
        receiver: None,
        grounds: "涉嫌非法储存危险物质".into(),
    };
    let story = at_work().given([old]).by(leader(sample::COUNTY));
    story.when(&answer(1, "已立案")).then_done();
}

#[test]
fn the_answer_comes_after_closing_as_well() {
    let story = with_departments(worked_off(sample::TOWNSHIP)).by(handler(sample::TOWNSHIP));
    let story = story.when(&refer("王五", Receiver::PublicSecurity)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&PASS).then_done();
    story.by(handler(POLICE)).when(&answer(1, "判处罚金")).then_done();
}
