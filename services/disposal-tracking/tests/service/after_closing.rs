//! What comes after the closing: exposure, answers of those to whom a party was referred, checks with proof.

use super::*;

#[tokio::test]
async fn an_exposure_is_public_once_a_second_person_agrees() {
    let served = Served::start().await;
    let case = CaseId::sample(40);
    closed(&served.town, case).await;
    let id = case.to_string();
    let proposal = |facts: &str| ProposeExposureRequest {
        case_id: id.clone(),
        enterprise: "某建材厂".to_owned(),
        facts: facts.to_owned(),
    };
    let private = proposal("联系电话19900000001");
    let private = ask!(served, &county(), propose_exposure(private));
    refused(private, Code::InvalidArgument, "disposal.names_a_person");
    let proper = proposal("经营者张某非法生产化工产品，已依法取缔。");
    ask!(served, &county(), propose_exposure(proper)).expect("proposed");
    let publishing = || PublishExposureRequest { case_id: id.clone() };
    let own = ask!(served, &county(), publish_exposure(publishing()));
    refused(own, Code::PermissionDenied, "disposal.not_exposer");
    let office = sample::acting(Role::Leader, sample::OFFICE);
    ask!(served, &office, publish_exposure(publishing())).expect("published");
    until("anybody reads it", async || {
        let listed = ask!(
            served,
            &Actor::Citizen,
            list_exposures(ListExposuresRequest::default())
        );
        let listed = listed.expect("a list").into_inner().exposures;
        listed
            .iter()
            .any(|exposure| exposure.area_name == "胡集镇" && exposure.facts.contains("张某"))
    })
    .await;
    let before = served.town.now();
    let withdrawal = WithdrawExposureRequest {
        case_id: id.clone(),
        reason: "名称有误".to_owned(),
    };
    ask!(served, &office, withdraw_exposure(withdrawal)).expect("withdrawn");
    until("nobody reads it any more", async || {
        let listed = ask!(
            served,
            &Actor::Citizen,
            list_exposures(ListExposuresRequest::default())
        );
        listed.expect("a list").into_inner().exposures.is_empty()
    })
    .await;
    let then = ListExposuresRequest {
        as_of: Some(before.to_string()),
    };
    let public = ask!(served, &Actor::Citizen, list_exposures(then.clone()));
    assert_eq!(public.expect_err("withdrawn").code(), Code::PermissionDenied);
    let listed = ask!(served, &county(), list_exposures(then)).expect("a list");
    assert_eq!(listed.into_inner().exposures.len(), 1, "it stood there");
    let tomorrow = ListExposuresRequest {
        as_of: Some("2999-01-01".to_owned()),
    };
    let refused = ask!(served, &Actor::Citizen, list_exposures(tomorrow)).expect_err("refused");
    assert_eq!(refused.code(), Code::InvalidArgument);
    served.stop().await;
}

#[tokio::test]
async fn only_who_received_a_party_answers_and_only_a_check_with_proof_passes() {
    let served = Served::start().await;
    let case = CaseId::sample(50);
    let id = case.to_string();
    closed(&served.town, case).await;
    let referring = ReferPartyRequest {
        case_id: id.clone(),
        party: Some(Party {
            role: "operator".to_owned(),
            name: "王五".to_owned(),
        }),
        to: "public_security".to_owned(),
        grounds: "涉嫌非法储存危险物质".to_owned(),
    };
    // The sample city has no police.
    let nobody = ask!(served, &handler(), refer_party(referring));
    refused(nobody, Code::FailedPrecondition, "disposal.no_receiver");
    let referred = DisposalEvent::PartyReferred {
        referral: 1,
        party: disposal_domain::Party {
            role: disposal_domain::PartyRole::Operator,
            name: "王五".to_owned(),
        },
        to: disposal_domain::Receiver::PublicSecurity,
        receiver: Some(UnitCode::of(sample::COUNTY_ECOLOGY)),
        grounds: "涉嫌非法储存危险物质".to_owned(),
    };
    let drawn = DisposalEvent::SpotCheckDrawn {
        seed: "03 07".to_owned(),
        round: 1,
    };
    served
        .town
        .record(&format!("disposal-{case}"), &[referred, drawn])
        .await;
    let answering = || AnswerReferralRequest {
        case_id: id.clone(),
        referral: 1,
        result: "已立案".to_owned(),
    };
    let oneself = ask!(served, &handler(), answer_referral(answering()));
    refused(oneself, Code::PermissionDenied, "disposal.not_receiver");
    let receiver = sample::acting(Role::Handler, sample::COUNTY_ECOLOGY);
    ask!(served, &receiver, answer_referral(answering())).expect("answered");

    let passing = |evidence: &[EvidenceId]| PassSpotCheckRequest {
        case_id: id.clone(),
        note: "厂房已清空".to_owned(),
        evidence: evidence.iter().map(EvidenceId::to_string).collect(),
    };
    let unproven = ask!(served, &supervisor(), pass_spot_check(passing(&[])));
    refused(unproven, Code::InvalidArgument, "disposal.spot_check_unproven");
    let proven = passing(&[EvidenceId::sample(1)]);
    ask!(served, &supervisor(), pass_spot_check(proven)).expect("passed");
    served.stop().await;
}

#[tokio::test]
async fn whom_the_inspectors_met_is_not_exposed() {
    let served = Served::start().await;
    let case = CaseId::sample(51);
    closed(&served.town, case).await;
    let samples = case_domain::samples().into_iter();
    let seen = |event: &case_domain::CaseEvent| {
        use case_domain::CaseEvent::{CaseOpened, InspectionRecorded};
        matches!(event, CaseOpened { .. } | InspectionRecorded { .. })
    };
    let facts: Vec<_> = samples.filter(seen).collect();
    let met = facts.iter().find_map(|event| match event {
        case_domain::CaseEvent::InspectionRecorded { parties, .. } => parties.first(),
        _ => None,
    });
    let met = met.expect("somebody was met").name.clone();
    served.town.record(&format!("case-{case}"), &facts).await;
    let exposing = ProposeExposureRequest {
        case_id: case.to_string(),
        enterprise: "某建材厂".to_owned(),
        facts: format!("{met}非法生产化工产品"),
    };
    let named = ask!(served, &county(), propose_exposure(exposing));
    refused(named, Code::InvalidArgument, "disposal.names_a_person");
    served.stop().await;
}

#[tokio::test]
async fn one_picture_of_an_empty_hall_passes_one_recheck() {
    let served = Served::start().await;
    let sites = [CaseId::sample(60), CaseId::sample(61)];
    let due = DisposalEvent::RecheckDue { after_days: 30 };
    for case in sites {
        closed(&served.town, case).await;
        let stream = format!("disposal-{case}");
        served.town.record(&stream, std::slice::from_ref(&due)).await;
    }
    let above = sample::acting(Role::Handler, sample::COUNTY);
    let hall = EvidenceId::sample(77).to_string();
    let looking = |case: CaseId| PassRecheckRequest {
        case_id: case.to_string(),
        after_days: 30,
        note: "厂房空置".to_owned(),
        evidence: vec![hall.clone()],
    };
    let passed = ask!(served, &above, pass_recheck(looking(sites[0]))).expect("passed");
    // A list that holds the first re-check waits until the board knows its picture.
    let announcing = AnnounceDrawRequest {
        draw_id: CaseId::sample(160).to_string(),
        percent: 40,
        at_least: 1,
        source: "次日双色球开奖号码".to_owned(),
        digits: 14,
        seed_at: (served.town.now() + SignedDuration::from_hours(24)).to_string(),
        from_position: passed.get_ref().position,
    };
    ask!(served, &supervisor(), announce_draw(announcing)).expect("announced");
    let again = ask!(served, &above, pass_recheck(looking(sites[1])));
    refused(again, Code::InvalidArgument, "disposal.old_picture");
    served.stop().await;
}
