//! Ordering, safety plan, measures.

use super::*;

#[test]
fn a_confirmed_case_is_ordered_with_what_its_class_prescribes() {
    let story = Story::new().by(policy());
    let story = story
        .when(&order(Class::C, sample::VILLAGE))
        .then([DisposalEvent::DisposalOrdered {
            class: Class::C,
            unit: UnitCode::of(sample::VILLAGE),
            measures: vec![
                Measure::CutWaterAndPower,
                Measure::DismantleEquipment,
                Measure::ClearPremises,
                Measure::ClearMaterials,
            ],
            reviews: vec![Level::Township, Level::County],
            place: "胡集镇老砖瓦厂院内".into(),
            summary: "砖瓦厂内生产化工产品".into(),
            urgency: Urgency::Normal,
            against: Against::default(),
        }]);
    assert_eq!(story.state().progress, Progress::InProgress);
    assert_eq!(story.state().open_measures().count(), 4);
}

#[test]
fn every_class_has_its_measures_and_the_immediate_one_needs_no_plan() {
    assert_eq!(prescribed(Class::A), [Measure::Close]);
    assert_eq!(
        prescribed(Class::B),
        [Measure::StopProduction, Measure::DismantleUnits]
    );
    for class in [Class::A, Class::B, Class::C] {
        let (now, later) = prescribed(class).split_first().expect("a measure");
        assert!(now.is_immediate());
        assert!(later.iter().all(|measure| measure.needs_safety_plan()));
    }
}

#[test]
fn only_a_policy_orders_and_once() {
    let command = order(Class::A, sample::TOWNSHIP);
    let story = Story::new().by(leader(sample::COUNTY)).when(&command);
    let story = story.then_refused(DisposalRefusal::NotForPeople);
    let story = story.by(policy()).when(&order(Class::A, "nowhere"));
    let story = story.then_refused(DisposalRefusal::UnknownUnit);
    let story = story.when(&command).then_done();
    story.when(&command).then_refused(DisposalRefusal::AlreadyOrdered);
}

#[test]
fn nothing_can_be_done_to_a_disposal_that_does_not_exist() {
    let story = Story::new().by(handler(sample::TOWNSHIP)).when(&submit());
    story.then_refused(DisposalRefusal::NotOrdered);
}

#[test]
fn a_safety_plan_names_risks_measures_and_a_responsible_person() {
    let blanks: [fn(&mut SubmitSafetyPlan); 3] = [
        |plan| plan.risks.clear(),
        |plan| plan.measures.clear(),
        |plan| plan.responsible = "  ".into(),
    ];
    for blank in blanks {
        let mut plan = a_plan();
        blank(&mut plan);
        let story = ordered(Class::C, sample::VILLAGE).by(handler(sample::VILLAGE));
        let story = story.when(&DisposalCommand::SubmitSafetyPlan(plan));
        story.then_refused(DisposalRefusal::PlanIncomplete);
    }
    let endless = DisposalCommand::SubmitSafetyPlan(SubmitSafetyPlan {
        risks: "长".repeat(2001),
        ..a_plan()
    });
    let story = ordered(Class::C, sample::VILLAGE).by(handler(sample::VILLAGE));
    let story = story.when(&endless).then_refused(DisposalRefusal::TextTooLong);
    story.when(&submit()).then([DisposalEvent::SafetyPlanSubmitted {
        risks: a_plan().risks,
        measures: a_plan().measures,
        responsible: a_plan().responsible,
    }]);
}

#[test]
fn the_unit_submits_one_plan_at_a_time() {
    let story = ordered(Class::C, sample::VILLAGE).by(handler(sample::TOWNSHIP));
    let story = story.when(&submit()).then_refused(DisposalRefusal::NotOwner);
    let story = story.by(leader(sample::VILLAGE)).when(&submit()).then_done();
    let story = story
        .when(&submit())
        .then_refused(DisposalRefusal::PlanAlreadySubmitted);
    let story = story.by(leader(sample::COUNTY)).when(&reject_plan()).then_done();
    let story = story.by(leader(sample::VILLAGE)).when(&submit()).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&APPROVE).then_done();
    let story = story.by(leader(sample::VILLAGE)).when(&submit());
    story.then_refused(DisposalRefusal::PlanAlreadyApproved);
    let story = ordered(Class::A, sample::VILLAGE).by(handler(sample::VILLAGE));
    let story = story.when(&submit());
    story.then_refused(DisposalRefusal::PlanNotNeeded);
    let story = closed().by(handler(sample::TOWNSHIP)).when(&submit());
    story.then_refused(DisposalRefusal::AlreadyClosed);
}

#[test]
fn the_county_decides_on_the_plan() {
    for stranger in [
        leader(sample::TOWNSHIP),
        leader(sample::OTHER_COUNTY),
        leader(sample::COUNTY_ECOLOGY),
        leader(sample::CITY),
        handler(sample::COUNTY),
        supervisor(),
        policy(),
    ] {
        let story = ordered(Class::C, sample::VILLAGE).by(handler(sample::VILLAGE));
        let story = story.when(&submit()).then_done().by(stranger);
        story
            .when(&APPROVE)
            .then_refused(DisposalRefusal::NotPlanApprover);
    }
    let mute = DisposalCommand::RejectSafetyPlan(RejectSafetyPlan { reason: " ".into() });
    let story = ordered(Class::C, sample::VILLAGE).by(leader(sample::COUNTY));
    let story = story.when(&APPROVE).then_refused(DisposalRefusal::NoPlanToDecide);
    let story = story.by(handler(sample::VILLAGE)).when(&submit()).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&mute);
    let story = story.then_refused(DisposalRefusal::ReasonMissing);
    let story = story.when(&APPROVE).then([DisposalEvent::SafetyPlanApproved {}]);
    assert!(story.state().plan_is_approved());
}

#[test]
fn a_countys_own_plan_is_approved_by_the_city_or_for_a_department_by_the_county() {
    let submitted = |unit| {
        let story = ordered(Class::C, unit).by(handler(unit));
        story.when(&submit()).then_done()
    };
    let story = submitted(sample::COUNTY)
        .by(leader(sample::COUNTY))
        .when(&APPROVE);
    let story = story.then_refused(DisposalRefusal::NotPlanApprover);
    story.by(leader(sample::CITY)).when(&APPROVE).then_done();
    let story = submitted(sample::COUNTY_ECOLOGY).by(leader(sample::COUNTY));
    story.when(&APPROVE).then_done();
}

#[test]
fn nobody_approves_the_plan_they_wrote() {
    let moved = Actor::staff(
        handler(sample::VILLAGE).person().expect("a person").clone(),
        UnitCode::of(sample::COUNTY),
        Role::Leader,
    );
    let story = ordered(Class::C, sample::VILLAGE).by(handler(sample::VILLAGE));
    let story = story.when(&submit()).then_done().by(moved);
    story.when(&APPROVE).then_refused(DisposalRefusal::OwnWork);
}

#[test]
fn water_and_power_are_cut_before_the_plan_and_nothing_is_dismantled() {
    let story = ordered(Class::C, sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    for measure in &prescribed(Class::C)[1..] {
        let story = ordered(Class::C, sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
        let story = story.when(&complete(*measure));
        let story = story.then_refused(DisposalRefusal::PlanNotApproved);
        let story = story.when(&submit()).then_done();
        let story = story.when(&complete(*measure));
        story.then_refused(DisposalRefusal::PlanNotApproved);
    }
    let story = story.when(&complete(Measure::CutWaterAndPower)).then_done();
    assert_eq!(story.state().open_measures().count(), 3);
    let story = ordered(Class::A, sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    story.when(&complete(Measure::Close)).then_done();
}

#[test]
fn a_measure_is_complete_only_with_before_and_after() {
    let refused = |change: fn(&mut CompleteMeasure), refusal| {
        let mut proof = proof_of(Measure::CutWaterAndPower);
        change(&mut proof);
        let story = ordered(Class::C, sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
        let story = story.when(&DisposalCommand::CompleteMeasure(proof));
        story.then_refused(refusal);
    };
    refused(|proof| proof.before.clear(), DisposalRefusal::BeforeMissing);
    refused(|proof| proof.after.clear(), DisposalRefusal::AfterMissing);
    refused(
        |proof| proof.after = proof.before.clone(),
        DisposalRefusal::SameEvidence,
    );
    refused(
        |proof| proof.after = (2..60).map(EvidenceId::sample).collect(),
        DisposalRefusal::TooMuchEvidence,
    );
    refused(
        |proof| proof.note = "长".repeat(2001),
        DisposalRefusal::TextTooLong,
    );
}

#[test]
fn only_prescribed_measures_once_each_by_the_unit() {
    let story = planned(sample::VILLAGE).by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::CutWaterAndPower));
    let story = story.then_refused(DisposalRefusal::NotOwner);
    let story = story.by(handler(sample::VILLAGE)).when(&complete(Measure::Close));
    let story = story.then_refused(DisposalRefusal::MeasureNotPrescribed);
    let story = story.when(&complete(Measure::ClearPremises)).then_done();
    let story = story.when(&complete(Measure::ClearPremises));
    story.then_refused(DisposalRefusal::AlreadyCompleted);
    let story = closed().by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::ClearPremises));
    story.then_refused(DisposalRefusal::AlreadyClosed);
}

#[test]
fn commands_are_read_from_json_and_know_their_fields() {
    let json = serde_json::json!({
        "measure": "cut_water_and_power",
        "before": [EvidenceId::sample(1)],
        "after": [EvidenceId::sample(2)],
    });
    let proof: CompleteMeasure = serde_json::from_value(json.clone()).expect("a command");
    assert_eq!(proof.measure, Measure::CutWaterAndPower);
    let mut rectified = json.clone();
    rectified["measure"] = "rectification".into();
    assert!(serde_json::from_value::<CompleteMeasure>(rectified).is_err());
    let mut mistyped = json;
    mistyped["befor"] = serde_json::json!([]);
    assert!(serde_json::from_value::<CompleteMeasure>(mistyped).is_err());
}

#[test]
fn after_a_reopening_a_new_version_of_the_plan_may_be_submitted() {
    let story = worked_off(sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&submit());
    let story = story.then_refused(DisposalRefusal::PlanAlreadyApproved);
    let story = story.by(leader(sample::COUNTY));
    let story = story.when(&fail_review(&[Measure::ClearPremises])).then_done();
    // The approved one stands until there is a new version; then that has to be approved first.
    assert!(story.state().plan_is_approved());
    let story = story.by(handler(sample::TOWNSHIP)).when(&submit()).then_done();
    let story = story.when(&complete(Measure::ClearPremises));
    let story = story.then_refused(DisposalRefusal::PlanNotApproved);
    let story = story.when(&submit());
    let story = story.then_refused(DisposalRefusal::PlanAlreadySubmitted);
    let story = story.by(leader(sample::COUNTY)).when(&APPROVE).then_done();
    let story = story.by(handler(sample::TOWNSHIP));
    story.when(&complete(Measure::ClearPremises)).then_done();
}
