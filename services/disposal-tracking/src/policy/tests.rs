//! Given what happens to cases, tips and draws, then what becomes of disposals.

use super::*;
use decider::{Decider, Stamp};
use disposal_domain::draw::Strata;
use disposal_domain::{DisposalEvent, Measure, prescribed};
use jurisdiction::{Against, UnitCode, Urgency};

#[test]
fn given_a_confirmed_case_then_its_owner_is_ordered_to_dispose_of_it() {
    let confirmed = CaseEvent::CaseConfirmed {
        class: case_domain::Class::C,
        owner: UnitCode::of("321322102"),
        place: case_domain::Place {
            text: "老砖瓦厂".into(),
            ..Default::default()
        },
        summary: "无证生产".into(),
        urgency: Urgency::Urgent,
    };
    let after = CaseState {
        against: Against::unit(UnitCode::of("321322103")),
        ..CaseState::default()
    };
    let Some(DisposalCommand::Order(order)) = react(confirmed, &after) else {
        panic!("an order")
    };
    assert_eq!(order.against, after.against);
    assert_eq!(
        (order.class, order.unit, order.place.as_str()),
        (Class::C, UnitCode::of("321322102"), "老砖瓦厂")
    );
}
#[test]
fn given_anything_else_then_nothing_follows() {
    let acknowledged = CaseEvent::CaseAcknowledged {};
    assert!(on_conflict(&acknowledged).is_none());
    assert!(react(acknowledged, &CaseState::default()).is_none());
}
#[test]
fn given_a_conflict_of_the_case_then_the_disposal_has_it_too() {
    let against = Against::unit(UnitCode::of("321322103"));
    let noted = CaseEvent::ConflictNoted {
        against: against.clone(),
    };
    assert!(matches!(
        on_conflict(&noted),
        Some(DisposalCommand::NoteConflict(note)) if note.against == against
    ));
}
#[test]
fn given_a_confirmed_case_that_changes_hands_then_its_disposal_goes_along() {
    let reassigned = CaseEvent::CaseReassigned {
        to: UnitCode::of("321322-HJ"),
        reason: "原承办单位须回避".into(),
    };
    let standing = |progress| CaseState {
        progress,
        ..CaseState::default()
    };
    assert!(matches!(
        follows_case(&reassigned, &standing(Progress::Confirmed)),
        Some(DisposalCommand::HandOver(over)) if over.to == UnitCode::of("321322-HJ")
    ));
    assert!(follows_case(&reassigned, &standing(Progress::Assigned)).is_none());
}
#[test]
fn given_a_confirmed_case_that_is_merged_then_its_disposal_is_too_and_comes_back_with_it() {
    let confirmed = CaseState {
        progress: Progress::Confirmed,
        ..CaseState::default()
    };
    let merged = CaseEvent::CasesMerged {
        into: CaseId::sample(9),
        reason: "同一砖瓦厂".into(),
    };
    assert!(matches!(
        follows_case(&merged, &confirmed),
        Some(DisposalCommand::Merge(merge)) if merge.into == CaseId::sample(9)
    ));
    let reopened = CaseEvent::CaseReopened {
        reason: "并案有误".into(),
    };
    // A failed spot check reopens its measures by itself.
    assert!(follows_case(&reopened, &confirmed).is_none());
    let apart = CaseState {
        unmerged_from: Some(CaseId::sample(9)),
        ..confirmed
    };
    assert!(matches!(
        follows_case(&reopened, &apart),
        Some(DisposalCommand::TakeApart(_))
    ));
}
#[test]
fn given_a_reporter_who_sees_it_is_not_fixed_then_what_was_disposed_of_is_reopened() {
    let closed = |reason| CaseState {
        closed: reason,
        ..CaseState::default()
    };
    let said_at = Timestamp::UNIX_EPOCH;
    let follows = |reason| on_not_fixed(&closed(reason), said_at).is_some();
    let closed_since = CaseState {
        closed_at: Some(said_at + jiff::SignedDuration::from_hours(1)),
        ..closed(Some(ClosingReason::Disposed))
    };
    assert!(
        on_not_fixed(&closed_since, said_at).is_none(),
        "that was said of what was told before"
    );
    assert!(follows(Some(ClosingReason::Disposed)));
    assert!(!follows(Some(ClosingReason::FoundClean)), "there is no disposal");
    assert!(!follows(None), "somebody is at it");
}
#[test]
fn given_a_draw_then_every_chosen_site_is_checked_with_its_seed() {
    let chosen: Strata = [
        (UnitCode::of("321302"), [CaseId::sample(1)].into()),
        (UnitCode::of("321322"), [2, 3].map(CaseId::sample).into()),
    ]
    .into();
    let made = DrawEvent::DrawMade {
        round: 4,
        seed: "03 07".into(),
        chosen,
    };
    let commands = on_draw(&made);
    assert_eq!(commands.len(), 3);
    assert!(commands.iter().all(|(_, command)| matches!(
        command,
        DisposalCommand::DrawSpotCheck(draw) if draw.round == 4 && draw.seed == "03 07"
    )));
}

fn heard(event: CaseEvent, after: CaseState, disposal: DisposalState) -> Vec<(String, DisposalCommand)> {
    let heard = Heard::Case(CaseId::sample(7), event, Box::new(after), Box::new(disposal));
    let follows = reactions(heard).into_iter();
    follows.map(|follow| (follow.stream, follow.command)).collect()
}
fn confirmed() -> CaseState {
    CaseState {
        progress: Progress::Confirmed,
        ..CaseState::default()
    }
}
/// Class C, with so many of its measures done.
fn disposal(done: usize) -> DisposalState {
    let ordered = DisposalEvent::DisposalOrdered {
        class: Class::C,
        unit: UnitCode::of("321322102"),
        measures: prescribed(Class::C).to_vec(),
        reviews: vec![],
        place: String::new(),
        summary: String::new(),
        urgency: Urgency::Normal,
        against: Against::default(),
    };
    let completed = |measure: &Measure| DisposalEvent::MeasureCompleted {
        measure: *measure,
        before: vec![],
        after: vec![],
        note: String::new(),
    };
    let done = prescribed(Class::C).iter().take(done).map(completed);
    folded(std::iter::once(ordered).chain(done))
}
fn folded(events: impl IntoIterator<Item = DisposalEvent>) -> DisposalState {
    let mut state = DisposalState::default();
    fold_on(&mut state, events);
    state
}
fn fold_on(state: &mut DisposalState, events: impl IntoIterator<Item = DisposalEvent>) {
    for event in events {
        let stamp = Stamp {
            at: jiff::Timestamp::UNIX_EPOCH,
            by: jurisdiction::Actor::system("test"),
        };
        disposal_domain::Disposal::evolve(state, &event, &stamp);
    }
}

#[test]
fn given_a_merger_then_what_is_undone_there_is_undone_in_the_surviving_disposal() {
    let merged = || CaseEvent::CasesMerged {
        into: CaseId::sample(9),
        reason: "同一砖瓦厂".into(),
    };
    let follows = heard(merged(), confirmed(), disposal(2));
    assert_eq!(follows.len(), 2);
    assert!(follows.iter().any(|(stream, command)| matches!(
        command,
        DisposalCommand::Absorb(absorb)
            if absorb.from == CaseId::sample(7)
            && absorb.measures == [Measure::ClearPremises, Measure::ClearMaterials]
            && *stream == format!("disposal-{}", CaseId::sample(9))
    )));
    let nothing_open = heard(merged(), confirmed(), disposal(4));
    assert!(matches!(
        nothing_open.as_slice(),
        [(_, DisposalCommand::Merge(_))]
    ));
}

#[test]
fn given_a_case_that_becomes_urgent_then_its_disposal_does_once_there_is_one() {
    let follows = heard(CaseEvent::MadeUrgent {}, confirmed(), disposal(0));
    assert!(matches!(
        follows.as_slice(),
        [(_, DisposalCommand::MakeUrgent(_))]
    ));
    let follows = heard(
        CaseEvent::MadeUrgent {},
        CaseState::default(),
        DisposalState::default(),
    );
    assert!(follows.is_empty(), "the order will say so");
}

#[test]
fn given_a_confirmed_relapse_then_the_old_disposal_learns_of_it() {
    let event = CaseEvent::CaseConfirmed {
        class: case_domain::Class::C,
        owner: UnitCode::of("321322102"),
        place: case_domain::Place::default(),
        summary: String::new(),
        urgency: Urgency::Urgent,
    };
    let after = CaseState {
        origin: Some(case_domain::Origin::Relapse {
            of: CaseId::sample(3),
            link: case_domain::RelapseLink::Site,
            note: "又在生产".into(),
        }),
        ..confirmed()
    };
    let follows = heard(event, after, DisposalState::default());
    assert!(follows.iter().any(|(stream, command)| matches!(
        command,
        DisposalCommand::ConfirmRelapse(confirm)
            if confirm.new_case == CaseId::sample(7)
            && *stream == format!("disposal-{}", CaseId::sample(3))
    )));
}

#[test]
fn given_a_closed_site_that_is_on_no_public_list_then_it_is_checked_without_a_draw() {
    let closed = || CaseEvent::CaseClosed {
        reason: ClosingReason::Disposed,
        tips: vec![],
        summary: String::new(),
    };
    let about = |against| CaseState {
        progress: Progress::Closed,
        against,
        ..CaseState::default()
    };
    let somebody = || Against::unit(UnitCode::of("321322103"));
    let mut state = disposal(4);
    fold_on(&mut state, [DisposalEvent::DisposalClosed {}]);
    assert!(
        heard(closed(), about(Against::default()), state.clone()).is_empty(),
        "it is drawn by lot"
    );
    let follows = heard(closed(), about(somebody()), state.clone());
    let [(_, DisposalCommand::DrawSpotCheck(first))] = follows.as_slice() else {
        panic!("a check")
    };
    // Noted only after the closing: the same.
    let noted = || CaseEvent::ConflictNoted { against: somebody() };
    let follows = heard(noted(), about(somebody()), state.clone());
    assert!(matches!(
        follows.as_slice(),
        [
            (_, DisposalCommand::NoteConflict(_)),
            (_, DisposalCommand::DrawSpotCheck(_))
        ]
    ));
    // Drawn already, by lot or without: once is enough, until it fails and is closed again.
    let (seed, round) = (first.seed.clone(), first.round);
    fold_on(&mut state, [DisposalEvent::SpotCheckDrawn { seed, round }]);
    assert!(heard(closed(), about(somebody()), state.clone()).is_empty());
    let failed = DisposalEvent::SpotCheckFailed {
        measures: vec![],
        finding: "设备又装回来了".into(),
        evidence: vec![],
    };
    fold_on(&mut state, [failed, DisposalEvent::DisposalClosed {}]);
    let follows = heard(closed(), about(somebody()), state);
    assert!(matches!(
        follows.as_slice(),
        [(_, DisposalCommand::DrawSpotCheck(second))] if second.round != round
    ));
}
