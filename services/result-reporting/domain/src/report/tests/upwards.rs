//! The way up: signature, return, seal, filing.

use super::*;

#[test]
fn the_first_responsible_person_signs_what_was_read() {
    let unread = ReportCommand::Sign(SignReport {
        digest: Digest::sample(2),
        lower: lowest(),
        signed_further_down: vec![],
    });
    let story = drafted(sample::TOWNSHIP).by(leader(sample::TOWNSHIP));
    let story = story.when(&unread).then_refused(ReportRefusal::DigestDiffers);
    let story = story.when(&sign()).then([ReportEvent::ReportSigned {
        digest: Digest::sample(1),
        signed_by: StaffId::of("leader-321322102"),
        level: Level::Township,
    }]);
    assert_eq!(story.state().progress, Progress::Signed);
}

#[test]
fn nobody_signs_for_somebody_else() {
    let another_role = Actor::staff(
        StaffId::of("leader-321322102"),
        UnitCode::of(sample::TOWNSHIP),
        Role::Handler,
    );
    let another_leader = Actor::staff(
        StaffId::of("deputy"),
        UnitCode::of(sample::TOWNSHIP),
        Role::Leader,
    );
    let borrowed_seat = Actor::staff(
        StaffId::of("leader-321322"),
        UnitCode::of(sample::TOWNSHIP),
        Role::Leader,
    );
    for actor in [
        another_role,
        another_leader,
        borrowed_seat,
        leader(sample::COUNTY),
        leader(sample::VILLAGE),
        handler(sample::TOWNSHIP),
        policy(),
    ] {
        let story = drafted(sample::TOWNSHIP).by(actor).when(&sign());
        story.then_refused(ReportRefusal::NotFirstResponsible);
    }
}

#[test]
fn a_deputy_does_not_sign() {
    let deputy = StaffId::of("deputy-321322102");
    let story = drafted(sample::TOWNSHIP).jurisdiction(|jurisdiction| {
        let first = jurisdiction.staff[&StaffId::of("leader-321322102")].clone();
        let second = jurisdiction::StaffMember {
            account: deputy.clone(),
            first_responsible: false,
            ..first
        };
        jurisdiction.staff.insert(deputy.clone(), second);
    });
    let actor = Actor::staff(deputy, UnitCode::of(sample::TOWNSHIP), Role::Leader);
    let story = story.by(actor).when(&sign());
    story.then_refused(ReportRefusal::NotFirstResponsible);
}

#[test]
fn nobody_signs_for_two_levels() {
    let mut command = a_draft(sample::TOWNSHIP);
    command.lower[0].signed_by = Some(StaffId::of("leader-321322102"));
    let story = at_the_end().by(leader(sample::TOWNSHIP));
    let story = story.when(&draft(command)).then_done();
    story.when(&sign()).then_refused(ReportRefusal::SignsTwoLevels);
    // Nor two levels apart.
    let as_villager = ReportCommand::Sign(SignReport {
        digest: Digest::sample(1),
        lower: lowest(),
        signed_further_down: vec![StaffId::of("leader-321322")],
    });
    let story = drafted(sample::COUNTY).by(leader(sample::COUNTY));
    let story = story
        .when(&as_villager)
        .then_refused(ReportRefusal::SignsTwoLevels);
    story.when(&sign()).then_done();
}

#[test]
fn what_rests_on_a_report_that_was_returned_since_is_not_signed() {
    let mut changed = lowest();
    changed[0].digest = Digest::sample(8);
    let mut by_another = lowest();
    by_another[1].signed_by = Some(StaffId::of("deputy"));
    let without = lowest().split_off(1);
    for standing in [changed, by_another, without] {
        let story = drafted(sample::TOWNSHIP).by(leader(sample::TOWNSHIP));
        let story = story
            .when(&signing(standing))
            .then_refused(ReportRefusal::LowerReportChanged);
        story.when(&sign()).then_done();
    }
}

#[test]
fn what_the_level_above_has_signed_on_is_not_returned_from_under_it() {
    for above in [
        Progress::Signed,
        Progress::Sealed,
        Progress::Filed,
        Progress::Accepted,
    ] {
        let story = signed(sample::TOWNSHIP).by(leader(sample::COUNTY));
        story
            .when(&sending_back(above))
            .then_refused(ReportRefusal::SignedAbove);
    }
    for open in [Progress::Absent, Progress::Drafted, Progress::Returned] {
        let story = signed(sample::TOWNSHIP).by(leader(sample::COUNTY));
        story.when(&sending_back(open)).then_done();
    }
}

#[test]
fn a_signed_report_is_never_edited() {
    let other = DraftReport {
        digest: Digest::sample(2),
        ..a_draft(sample::COUNTY)
    };
    for story in [signed(sample::COUNTY), sealed(), filed()] {
        let story = story.by(leader(sample::COUNTY));
        let story = story
            .when(&draft(other.clone()))
            .then_refused(ReportRefusal::SignedAlready);
        story.when(&sign()).then_refused(ReportRefusal::SignedAlready);
    }
}

#[test]
fn the_level_above_returns_with_reasons_and_it_is_drafted_anew() {
    let story = signed(sample::TOWNSHIP).by(leader(sample::COUNTY));
    let story = story.when(&send_back()).then([ReportEvent::ReportReturned {
        reason: "示范二村的底数与供电清单不符".into(),
    }]);
    assert!(story.state().signature.is_none());
    let story = story.by(leader(sample::TOWNSHIP));
    let story = story.when(&sign()).then_refused(ReportRefusal::NotDrafted);
    let story = story.when(&draft(a_draft(sample::TOWNSHIP))).then_done();
    let story = story.when(&sign()).then_done();
    assert_eq!(story.state().returns.len(), 1);
}

#[test]
fn only_a_leader_directly_above_returns() {
    let not_above = [
        leader(sample::TOWNSHIP),
        leader(sample::OTHER_COUNTY),
        leader(sample::COUNTY_ECOLOGY),
        leader(sample::CITY),
        handler(sample::COUNTY),
        policy(),
    ];
    for actor in not_above {
        let story = signed(sample::TOWNSHIP).by(actor).when(&send_back());
        story.then_refused(ReportRefusal::NotLevelAbove);
    }
    for actor in [leader(sample::CITY), leader(sample::OFFICE)] {
        signed(sample::COUNTY).by(actor).when(&send_back()).then_done();
    }
}

#[test]
fn a_return_needs_a_signature_and_a_reason_and_comes_before_filing() {
    let mute = ReportCommand::Return(ReturnReport {
        reason: "".into(),
        above: Progress::Absent,
    });
    let story = signed(sample::TOWNSHIP).by(leader(sample::COUNTY));
    story.when(&mute).then_refused(ReportRefusal::ReasonMissing);
    let story = drafted(sample::TOWNSHIP).by(leader(sample::COUNTY));
    story.when(&send_back()).then_refused(ReportRefusal::NotSigned);
    filed()
        .when(&send_back())
        .then_refused(ReportRefusal::FiledAlready);
    let story = sealed().by(leader(sample::OFFICE));
    let story = story.when(&send_back()).then_done();
    assert_eq!(story.state().sealed_at, None);
}

#[test]
fn a_county_seals_what_was_signed_and_the_city_files_it() {
    let story = signed(sample::COUNTY);
    let story = story.when(&seal()).then([ReportEvent::ReportSealed {
        digest: Digest::sample(1),
    }]);
    let story = story.when(&seal()).then_nothing();
    let story = story.by(sample::acting(Role::Dispatcher, sample::OFFICE));
    let story = story.when(&file()).then([ReportEvent::ReportFiled {
        number: "宿安备〔2020〕3号".into(),
    }]);
    assert_eq!(story.state().progress, Progress::Filed);
    let story = story.when(&file()).then_refused(ReportRefusal::FiledAlready);
    story
        .by(leader(sample::COUNTY))
        .when(&seal())
        .then_refused(ReportRefusal::FiledAlready);
}

#[test]
fn only_counties_are_sealed_and_filed() {
    for unit in [sample::VILLAGE, sample::TOWNSHIP] {
        let story = signed(unit);
        let story = story.when(&seal()).then_refused(ReportRefusal::NotACounty);
        let story = story.by(leader(sample::OFFICE));
        story.when(&file()).then_refused(ReportRefusal::NotACounty);
    }
}

#[test]
fn the_seal_is_the_countys_own_and_comes_after_the_signature() {
    let other = ReportCommand::Seal(SealReport {
        digest: Digest::sample(2),
    });
    let story = signed(sample::COUNTY)
        .when(&other)
        .then_refused(ReportRefusal::DigestDiffers);
    for actor in [leader(sample::CITY), handler(sample::COUNTY), policy()] {
        let story = signed(sample::COUNTY).by(actor).when(&seal());
        story.then_refused(ReportRefusal::NotSealer);
    }
    story.when(&seal()).then_done();
    let story = drafted(sample::COUNTY).by(leader(sample::COUNTY));
    story.when(&seal()).then_refused(ReportRefusal::NotSigned);
}

#[test]
fn the_city_files_what_is_sealed_under_a_number() {
    let mute = ReportCommand::File(FileReport { number: "  ".into() });
    for actor in [leader(sample::COUNTY), handler(sample::CITY), policy()] {
        let story = sealed().by(actor).when(&file());
        story.then_refused(ReportRefusal::NotFiler);
    }
    let office = || leader(sample::OFFICE);
    let story = sealed().by(office()).when(&mute);
    story.then_refused(ReportRefusal::NumberMissing);
    let story = signed(sample::COUNTY).by(office()).when(&file());
    story.then_refused(ReportRefusal::NotSealed);
    let story = drafted(sample::COUNTY).by(office()).when(&file());
    story.then_refused(ReportRefusal::NotSigned);
}

#[test]
fn nothing_can_be_done_to_a_report_that_does_not_exist() {
    for command in [sign(), send_back(), seal(), file(), accept(), refuse_acceptance()] {
        let story = at_the_end().by(leader(sample::COUNTY));
        story.when(&command).then_refused(ReportRefusal::NotReported);
    }
    let story = at_the_end().by(leader(sample::VILLAGE));
    let story = story.when(&guarantee(sample::VILLAGE, "保证")).then_done();
    story.when(&sign()).then_refused(ReportRefusal::NotDrafted);
}
