//! Exposure: two persons, no private names, no place closer than the township.

use super::*;

const PUBLISH: DisposalCommand = DisposalCommand::PublishExposure(PublishExposure { parties: vec![] });

fn propose(enterprise: &str, facts: &str) -> DisposalCommand {
    DisposalCommand::ProposeExposure(ProposeExposure {
        enterprise: enterprise.into(),
        facts: facts.into(),
        parties: vec![],
    })
}
fn proper() -> DisposalCommand {
    propose("某建材厂", "经营者王某租用砖瓦厂非法生产化工产品，已依法取缔。")
}
fn withdraw(reason: &str) -> DisposalCommand {
    DisposalCommand::WithdrawExposure(WithdrawExposure {
        reason: reason.into(),
    })
}
fn refer(name: &str) -> DisposalCommand {
    DisposalCommand::ReferParty(ReferParty {
        party: Party {
            role: PartyRole::Operator,
            name: name.into(),
        },
        to: Receiver::PublicSecurity,
        grounds: "涉嫌非法储存危险物质".into(),
    })
}
fn city_office() -> Actor {
    leader(sample::OFFICE)
}
fn proposed() -> Story {
    closed().by(leader(sample::COUNTY)).when(&proper()).then_done()
}

#[test]
fn one_proposes_and_the_leader_of_the_citys_office_publishes_the_township_and_no_closer() {
    let story = ordered(Class::C, sample::VILLAGE).by(leader(sample::COUNTY));
    let story = story.when(&proper()).then_done().by(city_office());
    let story = story.when(&PUBLISH).then([DisposalEvent::ExposurePublished {
        enterprise: "某建材厂".into(),
        area: UnitCode::of(sample::TOWNSHIP),
        facts: "经营者王某租用砖瓦厂非法生产化工产品，已依法取缔。".into(),
    }]);
    let story = story
        .when(&PUBLISH)
        .then_refused(DisposalRefusal::NoExposureProposed);
    let story = story
        .when(&proper())
        .then_refused(DisposalRefusal::AlreadyExposed);
    let story = story
        .when(&withdraw(" "))
        .then_refused(DisposalRefusal::ReasonMissing);
    let story = story.when(&withdraw("复议撤销")).then_done();
    let story = story
        .when(&withdraw("复议撤销"))
        .then_refused(DisposalRefusal::NotExposed);
    story.when(&proper()).then_done();
}

#[test]
fn nobody_publishes_what_they_proposed_and_only_the_city_publishes() {
    let own = closed().by(city_office()).when(&proper()).then_done();
    own.when(&PUBLISH).then_refused(DisposalRefusal::OwnWork);
    for stranger in [
        leader(sample::COUNTY),
        handler(sample::TOWNSHIP),
        supervisor(),
        leader(sample::POLITICAL_LEGAL),
    ] {
        let story = proposed().by(stranger).when(&PUBLISH);
        let story = story.then_refused(DisposalRefusal::NotExposer);
        story
            .when(&withdraw("不妥"))
            .then_refused(DisposalRefusal::NotExposer);
    }
    let story = closed().by(handler(sample::OTHER_TOWNSHIP)).when(&proper());
    story.then_refused(DisposalRefusal::OutsideSubtree);
    let story = closed().by(city_office()).when(&PUBLISH);
    story.then_refused(DisposalRefusal::NoExposureProposed);
}

#[test]
fn private_persons_are_not_exposed() {
    let refused = |enterprise: &str, facts: &str, refusal| {
        let story = with_departments(closed()).by(leader(sample::COUNTY));
        let story = story.when(&refer("王五")).then_done();
        story.when(&propose(enterprise, facts)).then_refused(refusal);
    };
    refused("王五", "非法生产", DisposalRefusal::NotAnEnterprise);
    refused("王五化工厂", "非法生产", DisposalRefusal::NamesAPerson);
    refused("某建材厂", "经营者王五非法生产", DisposalRefusal::NamesAPerson);
    refused("某建材厂", "联系电话19900000001", DisposalRefusal::NamesAPerson);
    refused("某建材厂", "联系电话138-0011-2233", DisposalRefusal::NamesAPerson);
    refused("某建材厂", "经营者王 五非法生产", DisposalRefusal::NamesAPerson);
    refused(" ", "非法生产", DisposalRefusal::EnterpriseMissing);
    refused("某建材厂", " ", DisposalRefusal::FactsMissing);
    let story = with_departments(closed()).by(leader(sample::COUNTY));
    let story = story.when(&propose("某建材厂", "经营者王五非法生产")).then_done();
    let story = story.when(&refer("王五")).then_done();
    let story = story.by(city_office()).when(&PUBLISH);
    story.then_refused(DisposalRefusal::NamesAPerson);
}

#[test]
fn whom_the_inspectors_met_is_not_exposed_either() {
    let met = || vec!["某建材厂".to_owned(), "王五".to_owned(), " ".to_owned()];
    let proposal = |facts: &str, parties| {
        DisposalCommand::ProposeExposure(ProposeExposure {
            enterprise: "某建材厂".into(),
            facts: facts.into(),
            parties,
        })
    };
    let story = closed().by(leader(sample::COUNTY));
    let story = story.when(&proposal("经营者王五非法生产", met()));
    let story = story.then_refused(DisposalRefusal::NamesAPerson);
    story.when(&proposal("经营者王某非法生产", met())).then_done();
    // Met after it was proposed.
    let story = closed().by(leader(sample::COUNTY));
    let story = story.when(&proposal("经营者王五非法生产", vec![])).then_done();
    let publish = DisposalCommand::PublishExposure(PublishExposure { parties: met() });
    let story = story.by(city_office()).when(&publish);
    story.then_refused(DisposalRefusal::NamesAPerson);
}

#[test]
fn what_somebody_must_not_learn_of_is_not_told_to_everybody() {
    let about = DisposalCommand::NoteConflict(NoteConflict {
        against: Against::unit(UnitCode::of(sample::OTHER_TOWNSHIP)),
    });
    let story = proposed().by(policy()).when(&about).then_done();
    let story = story.by(city_office()).when(&PUBLISH);
    let story = story.then_refused(DisposalRefusal::NotToBeExposed);
    story
        .when(&proper())
        .then_refused(DisposalRefusal::NotToBeExposed);
}

#[test]
fn what_was_published_before_a_merger_can_be_withdrawn_after_it() {
    let story = ordered(Class::C, sample::TOWNSHIP).by(leader(sample::COUNTY));
    let story = story.when(&proper()).then_done().by(city_office());
    let story = story.when(&PUBLISH).then_done();
    let into = CaseId::sample(9);
    let story = story.given([DisposalEvent::DisposalMerged { into }]);
    story.when(&withdraw("复议撤销")).then_done();
}
