//! Given facts of tips and cases, then commands on cases.

use super::*;
use jurisdiction::Against;

fn accepted(opens_case: bool) -> TipEvent {
    TipEvent::TipAccepted {
        case: CaseId::sample(7),
        opens_case,
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: tip_domain::Place {
            text: "老砖瓦厂".into(),
            ..Default::default()
        },
        urgency: Urgency::Normal,
        confidential: true,
        against: Against::unit(jurisdiction::UnitCode::of("321322102")),
    }
}

#[test]
fn given_an_accepted_tip_then_its_case_opens_with_its_confidentiality() {
    let (case, command) = on_tip(TipId::sample(1), accepted(true), &TipState::default()).expect("a command");
    assert_eq!(case, CaseId::sample(7));
    let CaseCommand::Open(open) = command else {
        panic!("{command:?}")
    };
    assert_eq!(
        open.against,
        Against::unit(jurisdiction::UnitCode::of("321322102"))
    );
    assert_eq!(
        (open.origin, open.confidential),
        (
            Origin::Tip {
                tip: TipId::sample(1)
            },
            true
        )
    );
}
#[test]
fn given_another_tip_of_the_site_then_it_is_linked() {
    let (_, command) = on_tip(TipId::sample(2), accepted(false), &TipState::default()).expect("a command");
    assert!(matches!(command, CaseCommand::LinkTip(LinkTip { tip, .. }) if tip == TipId::sample(2)));
}
#[test]
fn given_a_tip_that_turns_out_to_be_about_somebody_then_its_case_is_as_well() {
    let against = Against::unit(jurisdiction::UnitCode::of("321322102"));
    let noted = || TipEvent::ConflictNoted {
        against: against.clone(),
    };
    let waiting = TipState::default();
    assert!(
        on_tip(TipId::sample(1), noted(), &waiting).is_none(),
        "it has no case yet"
    );
    let case = CaseId::sample(7);
    let after = TipState {
        progress: tip_domain::Progress::Accepted { case },
        against: against.clone(),
        ..TipState::default()
    };
    let (to, command) = on_tip(TipId::sample(1), noted(), &after).expect("a command");
    assert_eq!(to, case);
    assert!(matches!(command, CaseCommand::LearnOfTip(link) if link.against == against));
}
#[test]
fn given_danger_that_comes_later_then_the_case_is_urgent() {
    let case = CaseId::sample(7);
    let after = TipState {
        progress: tip_domain::Progress::Accepted { case },
        urgent: true,
        ..TipState::default()
    };
    let danger = || TipEvent::DangerRaised {};
    let (to, command) = on_tip(TipId::sample(1), danger(), &after).expect("a command");
    assert_eq!(to, case);
    assert!(matches!(command, CaseCommand::LearnOfTip(tip) if tip.urgency == Urgency::Urgent));
    assert!(on_tip(TipId::sample(1), danger(), &TipState::default()).is_none());
}
#[test]
fn given_a_tip_that_is_joined_or_separated_then_its_case_knows() {
    let (tip, case) = (TipId::sample(1), CaseId::sample(8));
    let linked = on_tip(tip, TipEvent::LinkedToCase { case }, &TipState::default());
    assert!(matches!(
        linked,
        Some((to, CaseCommand::LinkTip(link))) if to == case && link.tip == tip
    ));
    let reason = "是另一处".into();
    let unlinked = on_tip(tip, TipEvent::Unlinked { case, reason }, &TipState::default());
    assert!(matches!(
        unlinked,
        Some((from, CaseCommand::UnlinkTip(unlink))) if from == case && unlink.tip == tip
    ));
}
#[test]
fn given_a_reporter_who_sees_it_is_not_fixed_then_a_case_that_was_found_clean_is_taken_up_again() {
    let closed = |reason| CaseState {
        closed: reason,
        ..CaseState::default()
    };
    let said_at = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(1);
    let reopens = |case: CaseState| matches!(on_not_fixed(&case, said_at), Some(CaseCommand::Reopen(_)));
    let reopened = |reason| reopens(closed(reason));
    let closed_since = CaseState {
        closed_at: Some(said_at + jiff::SignedDuration::from_hours(1)),
        ..closed(Some(ClosingReason::FoundClean))
    };
    assert!(!reopens(closed_since), "that was said of what was told before");
    assert!(reopened(Some(ClosingReason::FoundClean)));
    assert!(reopened(Some(ClosingReason::NotSmallChemical { refer_to: None })));
    assert!(
        !reopened(Some(ClosingReason::Disposed)),
        "its disposal is reopened first"
    );
    assert!(!reopened(None), "somebody is at it");
    let taken_up = DisposalEvent::DisposalReopened {
        reason: "举报人反映问题没有解决".into(),
        measures: vec![],
    };
    assert!(matches!(on_disposal(&taken_up), Some(CaseCommand::Reopen(_))));
}
#[test]
fn given_merged_cases_then_the_tips_go_over_and_come_back_when_they_are_taken_apart() {
    let mut after = CaseState {
        tips: vec![TipId::sample(1), TipId::sample(2)],
        against: Against::unit(jurisdiction::UnitCode::of("321322102")),
        urgency: Urgency::Urgent,
        confidential: true,
        owner: Some(jurisdiction::UnitCode::of("321322103")),
        co_handlers: vec![jurisdiction::UnitCode::of("321322-HJ")],
        merged: Some((CaseId::sample(9), case_domain::Progress::Opened)),
        ..CaseState::default()
    };
    let merged = CaseEvent::CasesMerged {
        into: CaseId::sample(9),
        reason: "同一砖瓦厂".into(),
    };
    let commands = on_case(&merged, &after);
    assert!(matches!(
        &commands[..],
        [(case, CaseCommand::Absorb(absorbed))]
            if *case == CaseId::sample(9)
                && absorbed.tips == after.tips
                && absorbed.against == after.against
                && (absorbed.urgency, absorbed.confidential) == (Urgency::Urgent, true)
                && absorbed.co_handlers == ["321322103", "321322-HJ"].map(jurisdiction::UnitCode::of)
    ));
    let reopened = CaseEvent::CaseReopened {
        reason: "并案有误".into(),
    };
    assert!(on_case(&reopened, &after).is_empty());
    (after.merged, after.unmerged_from) = (None, Some(CaseId::sample(9)));
    let commands = on_case(&reopened, &after);
    assert!(matches!(
        &commands[..],
        [(_, CaseCommand::UnlinkTip(_)), (case, CaseCommand::UnlinkTip(_))] if *case == CaseId::sample(9)
    ));
}
/// What is said of the survivor is true of the same site under its other number: whoever it is about must not find that.
#[test]
fn given_a_survivor_about_somebody_then_the_cases_that_go_on_in_it_are_about_them_as_well() {
    let township = || Against::unit(jurisdiction::UnitCode::of("321322102"));
    let heard = |event, absorbed: &[u128], survivor_against| {
        let follows = reactions(Heard::Case(CaseHeard {
            case: CaseId::sample(9),
            event,
            after: Box::new(CaseState {
                against: township(),
                ..CaseState::default()
            }),
            absorbed: absorbed.iter().copied().map(CaseId::sample).collect(),
            survivor_against,
            circle: vec![],
            left_goes_on_in: None,
            strangers: vec![],
        }));
        let learns = follows.into_iter().filter(|follow| follow.policy == ABSORBED);
        let told = learns.map(|follow| match follow.command {
            CaseCommand::Absorb(absorb) => (follow.stream, absorb.against, absorb.tips.len()),
            other => panic!("{other:?}"),
        });
        told.collect::<Vec<_>>()
    };
    let noted = CaseEvent::ConflictNoted { against: township() };
    let stream = |number| format!("case-{}", CaseId::sample(number));
    assert_eq!(
        heard(noted, &[1, 2], Against::default()),
        [(stream(1), township(), 0), (stream(2), township(), 0)]
    );
    let merged = || CaseEvent::CasesMerged {
        into: CaseId::sample(3),
        reason: "同一砖瓦厂".into(),
    };
    assert_eq!(heard(merged(), &[], township()), [(stream(9), township(), 0)]);
    assert!(heard(merged(), &[], Against::default()).is_empty());
}
/// While both were one, a tip turned out to be of a third site.
#[test]
fn given_a_case_taken_apart_then_it_lets_go_of_the_tip_that_went_elsewhere() {
    let (case, left) = (CaseId::sample(7), CaseId::sample(9));
    let of = |case| TipState {
        progress: tip_domain::Progress::Accepted { case },
        ..TipState::default()
    };
    assert!(!is_stranger(&of(case), case, left));
    assert!(!is_stranger(&of(left), case, left), "it is on its way back");
    assert!(is_stranger(&of(CaseId::sample(8)), case, left));
    let after = CaseState {
        tips: vec![TipId::sample(1), TipId::sample(2)],
        unmerged_from: Some(left),
        ..CaseState::default()
    };
    let heard = |left_goes_on_in| {
        reactions(Heard::Case(CaseHeard {
            case,
            event: CaseEvent::CaseReopened {
                reason: "并案有误".into(),
            },
            after: Box::new(after.clone()),
            absorbed: vec![],
            survivor_against: Against::default(),
            circle: vec![],
            left_goes_on_in,
            strangers: vec![TipId::sample(2)],
        }))
    };
    let follows = heard(None);
    let last = follows.last().expect("a command");
    assert_eq!((last.stream.clone(), last.index), (format!("case-{case}"), 1));
    assert!(matches!(&last.command, CaseCommand::UnlinkTip(unlink) if unlink.tip == TipId::sample(2)));
    assert_eq!(follows.len(), 3, "and both leave the other case");
}
#[test]
fn given_what_a_merged_case_learns_later_then_it_is_passed_on() {
    let linked = CaseEvent::TipLinked {
        tip: TipId::sample(3),
    };
    let mut after = CaseState {
        tips: vec![TipId::sample(3)],
        ..CaseState::default()
    };
    assert!(on_case(&linked, &after).is_empty());
    after.closed = Some(ClosingReason::Merged {
        into: CaseId::sample(9),
    });
    for event in [linked, CaseEvent::MadeUrgent {}, CaseEvent::MadeConfidential {}] {
        let commands = on_case(&event, &after);
        assert!(matches!(
            &commands[..],
            [(case, CaseCommand::Absorb(absorbed))]
                if *case == CaseId::sample(9) && absorbed.tips == [TipId::sample(3)]
        ));
    }
}
#[test]
fn given_a_circle_of_merged_cases_then_the_first_of_them_goes_on() {
    let circle = [CaseId::sample(9), CaseId::sample(7), CaseId::sample(8)];
    let (case, command) = untangled(&circle).expect("a command");
    assert_eq!(case, CaseId::sample(7));
    assert!(matches!(command, CaseCommand::Reopen(_)));
    assert!(untangled(&[]).is_none());
}
#[test]
fn given_another_tip_that_is_urgent_and_confidential_then_its_case_learns_both() {
    let mut event = accepted(false);
    if let TipEvent::TipAccepted { urgency, .. } = &mut event {
        *urgency = Urgency::Urgent;
    }
    let (_, command) = on_tip(TipId::sample(2), event, &TipState::default()).expect("a command");
    assert!(matches!(
        command,
        CaseCommand::LinkTip(LinkTip {
            urgency: Urgency::Urgent,
            confidential: true,
            ..
        })
    ));
}
/// Every fact of a tip that was ever written.
#[test]
fn given_a_fact_that_is_not_looked_into_then_no_case_would_have_learned_of_it() {
    let after = TipState {
        progress: tip_domain::Progress::Accepted {
            case: CaseId::sample(7),
        },
        ..TipState::default()
    };
    let (mut looked_into, mut left) = (0, 0);
    for (name, event) in platform::testkit::goldens::<TipEvent>("tip-intake") {
        if goes_to_cases(&event) {
            looked_into += 1;
        } else {
            left += 1;
            assert!(on_tip(TipId::sample(1), event, &after).is_none(), "{name}");
        }
    }
    assert!(looked_into >= 6 && left > looked_into, "{looked_into} and {left}");
}
#[test]
fn given_a_rejected_tip_then_nothing_follows() {
    let rejected = TipEvent::OutcomeTold {
        text: "已答复".into(),
        interim: false,
    };
    assert!(on_tip(TipId::sample(1), rejected, &TipState::default()).is_none());
}
