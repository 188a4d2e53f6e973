//! What must be true besides, as only a simulation can know it: of every tip that was filed, of every clock, of every state.

use crate::log::Kept;
use crate::world::World;
use accountability_domain::{Accountability, AccountabilityState};
use case_domain::{Case, Progress as CaseProgress};
use directory_domain::DirectoryEntry;
use disposal_domain::draw::Draw;
use disposal_domain::{Disposal, DisposalState};
use jurisdiction::{CaseId, Obligation, TipId};
use report_domain::Report;
use serde::Serialize;
use tip_domain::{Progress, Tip, TipState};

pub(crate) fn check(world: &mut World<'_>) {
    tips(world);
    cases(world);
    referrals(world);
    clocks(world);
    dead_letters(world);
    replays::<Tip>(world);
    replays::<Case>(world);
    replays::<Disposal>(world);
    replays::<Accountability>(world);
    replays::<Report>(world);
    replays::<Draw>(world);
    replays::<DirectoryEntry>(world);
}

/// Every tip that was filed exists once, and has come to an end or is on somebody's clock.
fn tips(world: &mut World<'_>) {
    let plan = world.plan;
    for report in &plan.reports {
        let stream = format!("tip-{}", report.id);
        let received = world
            .log
            .stream(&stream)
            .filter(|fact| fact.name.starts_with("tip.received."));
        let (received, state) = (received.count(), world.log.state::<Tip>(&stream).cloned());
        let Some(state) = state.filter(|_| received == 1) else {
            world.find(&stream, "no_tip_vanishes", "提交过的线索没有恰好收到一次。");
            continue;
        };
        if let Some(says) = lacks(world, report.id, &state) {
            world.find(&stream, "no_tip_vanishes", says);
        }
    }
}

fn lacks(world: &World<'_>, tip: TipId, state: &TipState) -> Option<&'static str> {
    match &state.progress {
        Progress::Absent => Some("线索没有内容。"),
        Progress::Rejected { .. } | Progress::Diverted { .. } => None,
        Progress::Received => {
            let screened = world.has_clock(&tip.to_string(), Obligation::ScreenTip);
            (!screened).then_some("线索等待甄审，却没有时限在走。")
        }
        Progress::Accepted { case } => {
            let known = world.log.state::<Case>(&format!("case-{case}"));
            let Some(known) = known else {
                return Some("线索已受理，却没有案件。");
            };
            let to_tell = || world.has_clock(&tip.to_string(), Obligation::TellOutcome);
            let over = known.progress == CaseProgress::Closed;
            (over && !state.outcome_told && !to_tell())
                .then_some("案件已办结，没有答复举报人，也没有安排答复。")
        }
    }
}

/// Every open case has a running clock; whatever is open is somebody's.
fn cases(world: &mut World<'_>) {
    let cases: Vec<CaseId> = world.sites.keys().copied().collect();
    for case in cases {
        let stream = format!("case-{case}");
        let Some(state) = world.log.state::<Case>(&stream) else {
            world.find(&stream, "no_tip_vanishes", "该立的案件没有立。");
            continue;
        };
        if state.progress == CaseProgress::Closed {
            continue;
        }
        let clocks = world
            .log
            .state::<Accountability>(&format!("accountability-{case}"));
        if clocks.is_none_or(|clocks| clocks.running_clocks().next().is_none()) {
            let says = format!("案件未办结（{:?}），却没有任何时限在走。", state.progress);
            world.find(&stream, "every_case_is_on_a_clock", &says);
        }
    }
}

/// Whoever was handed a party still owes the answer, whatever has become of the case.
fn referrals(world: &mut World<'_>) {
    let owed = |state: &DisposalState| {
        let mut referrals = state.referrals.iter();
        referrals.any(|referral| referral.result.is_none() && referral.receiver.is_some())
    };
    let owing = Disposal::states(&world.log)
        .iter()
        .filter(|(_, state)| owed(state));
    let streams: Vec<String> = owing.map(|(stream, _)| stream.clone()).collect();
    for stream in streams {
        let case = stream.trim_start_matches("disposal-");
        if !world.has_clock(case, Obligation::AnswerReferral) {
            world.find(
                &stream,
                "every_referral_is_on_a_clock",
                "移送没有答复，却没有时限在走。",
            );
        }
    }
}

/// Whatever was counted by a limit is due when the calendar of now says so.
fn clocks(world: &mut World<'_>) {
    let jurisdiction = world.jurisdiction();
    let mut wrong = Vec::new();
    for (stream, state) in Accountability::states(&world.log) {
        let AccountabilityState { clocks, .. } = state;
        for clock in clocks.iter().filter(|clock| clock.is_running()) {
            let Some(limit) = clock.limit else {
                continue;
            };
            let due = jurisdiction.due_within(limit, clock.obligation, clock.started);
            // What was missed on either calendar stays where it is.
            let settled = clock.is_missed() && due <= world.now;
            if due != clock.due && !settled {
                wrong.push((
                    stream.clone(),
                    format!("{} 应于 {due} 到期，却记作 {}。", clock.clock, clock.due),
                ));
            }
        }
    }
    for (stream, says) in wrong {
        world.find(&stream, "due_by_the_calendar", &says);
    }
}

/// Whatever was given up has been taken up again.
fn dead_letters(world: &mut World<'_>) {
    let dead = |consumer: &crate::consumers::Consumer| {
        let first = consumer.dead.first()?;
        Some((consumer.service, *first))
    };
    let left: Vec<_> = world.consumers.iter().filter_map(dead).collect();
    for (service, place) in left {
        let Some(fact) = world.log.facts().get(place) else {
            continue;
        };
        let (stream, name) = (fact.stream.clone(), fact.name.clone());
        let says = format!("{service:?} 始终无法处理 {name}（第 {} 条）。", fact.revision);
        world.find(&stream, "no_reaction_is_refused", &says);
    }
}

/// What is kept is what the facts alone lead to.
fn replays<D: Kept>(world: &mut World<'_>)
where
    D::State: Serialize,
{
    let mut wrong = Vec::new();
    for (stream, live) in D::states(&world.log) {
        let replayed = world.log.replayed::<D>(stream, u64::MAX);
        let spelled = |state: &D::State| serde_json::to_string(state).unwrap_or_default();
        if spelled(live) != spelled(&replayed) {
            wrong.push(stream.clone());
        }
    }
    for stream in wrong {
        world.find(&stream, "replay", "从头重放的状态与现有状态不同。");
    }
}
