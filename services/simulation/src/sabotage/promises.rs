//! Faults in what is promised to reporters, to the public and to those who are judged.

use super::forge;
use crate::city;
use crate::log::Kept;
use crate::world::World;
use accountability_domain::{Accountability, AccountabilityEvent};
use case_domain::Case;
use disposal_domain::draw::{Draw, DrawEvent, Strata, choose, digest};
use jiff::SignedDuration;
use jurisdiction::{CaseId, UnitCode};
use tip_domain::{Compartment, Tip, TipEvent};

/// The stream of the first tip of a case.
fn tip_of(world: &World<'_>, case: CaseId) -> Option<String> {
    let state = world.log.state::<Case>(&format!("case-{case}"))?;
    Some(format!("tip-{}", state.tips.first()?))
}

pub(super) fn open_alone(world: &mut World<'_>, case: CaseId) -> bool {
    let reason = "核实情况".to_owned();
    let events = [
        TipEvent::IdentityRevealRequested {
            request: 1,
            reason: reason.clone(),
        },
        TipEvent::IdentityRevealed { request: 1, reason },
    ];
    on_a_tip(world, case, events)
}

pub(super) fn read_what_is_erased(world: &mut World<'_>, case: CaseId) -> bool {
    let reason = "举报人凭查询码要求销毁".to_owned();
    let events = [
        TipEvent::ReporterErased {
            compartments: vec![Compartment::Identity],
            reason: reason.clone(),
        },
        TipEvent::IdentityRevealRequested { request: 1, reason },
    ];
    on_a_tip(world, case, events)
}

pub(super) fn pay_unasked(world: &mut World<'_>, case: CaseId) -> bool {
    on_a_tip(world, case, [TipEvent::RewardPaid { amount_fen: 300_000 }])
}

fn on_a_tip(world: &mut World<'_>, case: CaseId, events: impl IntoIterator<Item = TipEvent>) -> bool {
    let Some(stream) = tip_of(world, case) else {
        return false;
    };
    let by = city::dispatcher();
    let mut events = events.into_iter();
    events.all(|event| forge::<Tip>(world, &stream, &by, None, event))
}

pub(super) fn draw_what_was_cancelled(world: &mut World<'_>, case: CaseId) -> bool {
    let stream = format!("draw-{}", world.people.uuid());
    let county = UnitCode::of("321302");
    let list: Strata = [(county, [case].into())].into();
    let seed = "0".repeat(12);
    let chosen = choose(&list, &seed, 100, 1);
    let events = [
        DrawEvent::DrawAnnounced {
            round: 1,
            digest: digest(&list),
            list,
            position: 1,
            percent: 100,
            at_least: 1,
            source: "双色球开奖号码".into(),
            digits: Some(12),
            seed_at: world.now + SignedDuration::from_mins(1),
        },
        DrawEvent::DrawCancelled {
            round: 1,
            reason: "该期停售".into(),
        },
        DrawEvent::DrawMade {
            round: 1,
            seed,
            chosen,
        },
    ];
    let by = city::supervisor();
    events
        .into_iter()
        .all(|event| forge::<Draw>(world, &stream, &by, None, event))
}

/// The first unit that has answered a finding and waits.
pub(super) fn judge_own(world: &mut World<'_>) -> bool {
    let answered = Accountability::states(&world.log)
        .iter()
        .find_map(|(stream, state)| {
            let mut findings = state.findings.iter();
            let finding = findings.find(|finding| finding.standing() == "answered")?;
            Some((stream.clone(), finding.number, finding.unit.clone()))
        });
    let Some((stream, finding, unit)) = answered else {
        return false;
    };
    let judged = AccountabilityEvent::FindingJudged {
        finding,
        accepted: true,
        note: "已复查".into(),
    };
    let Some(leader) = world.leader(&unit) else {
        return false;
    };
    forge::<Accountability>(world, &stream, &leader, None, judged)
}
