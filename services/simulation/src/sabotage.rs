//! Faults that the program does not have, put into it to see that the invariants find them.

mod promises;

use crate::city;
use crate::log::Kept;
use crate::world::World;
use accountability_domain::{Accountability, AccountabilityEvent, MoveReason};
use case_domain::{Case, CaseEvent};
use decider::{StoredEvent, encode};
use disposal_domain::{Disposal, DisposalEvent, Progress};
use invariants::Invariant;
use jiff::SignedDuration;
use jurisdiction::{Actor, Against, CaseId, Level};
use platform::{Metadata, NewEvent, event_id};
use uuid::Uuid;

/// One way in which the program might be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Every n-th reaction is lost.
    DropReactions(usize),
    /// An acceptance never reaches the cases.
    SwallowAcceptances,
    /// No supervision order is ever recorded.
    SkipRung,
    /// A clock is moved for a calendar that has not changed.
    FalseCalendarChange,
    /// What a reporter said of themselves gets into a summary.
    SecretInSummary,
    /// Another unit acts as if it had the case.
    SecondOwner,
    /// A disposal is closed with measures open.
    CloseTooEarly,
    /// Somebody signs for a level that is not theirs.
    SkipSignature,
    /// A fact follows from nothing.
    NoCause,
    /// A case turns out to be about whoever has it, and nothing follows.
    IgnoreConflict,
    /// An identity is opened though nobody agreed.
    OpenAlone,
    /// Somebody wants to read what was erased.
    ReadErased,
    /// A reward is paid that nobody agreed to.
    PayUnasked,
    /// A cancelled draw selects sites all the same.
    DrawCancelled,
    /// A unit finds its own answer to be good.
    JudgeOwn,
}

impl Sabotage {
    pub const ALL: [Self; 15] = [
        Self::DropReactions(40),
        Self::SwallowAcceptances,
        Self::SkipRung,
        Self::FalseCalendarChange,
        Self::SecretInSummary,
        Self::SecondOwner,
        Self::CloseTooEarly,
        Self::SkipSignature,
        Self::NoCause,
        Self::IgnoreConflict,
        Self::OpenAlone,
        Self::ReadErased,
        Self::PayUnasked,
        Self::DrawCancelled,
        Self::JudgeOwn,
    ];
    /// Who has to find it.
    pub fn is_found_by(self) -> Invariant {
        match self {
            Self::DropReactions(_) | Self::SwallowAcceptances => Invariant::NoTipVanishes,
            Self::SkipRung => Invariant::EveryMissedDeadlineHasItsRung,
            Self::FalseCalendarChange => Invariant::NoClockReset,
            Self::SecretInSummary => Invariant::NoReporterDataInClear,
            Self::SecondOwner => Invariant::OneOwner,
            Self::CloseTooEarly => Invariant::NoClosingWithMeasureMissing,
            Self::SkipSignature => Invariant::NoSkippedSignature,
            Self::NoCause => Invariant::EveryEventHasActorAndCause,
            Self::IgnoreConflict => Invariant::NobodyInConflict,
            Self::OpenAlone => Invariant::IdentityOpenedByTwo,
            Self::ReadErased => Invariant::ErasedStaysErased,
            Self::PayUnasked => Invariant::OneRewardForASite,
            Self::DrawCancelled => Invariant::DrawsAsAnnounced,
            Self::JudgeOwn => Invariant::NobodyDecidesOwn,
        }
    }
}

/// Forges a fact the first time that somebody works on a case of which it can be forged.
pub(crate) fn strike(world: &mut World<'_>, case: CaseId) {
    let Some(sabotage) = world.plan.settings.sabotage else {
        return;
    };
    if world.struck {
        return;
    }
    world.struck = match sabotage {
        Sabotage::FalseCalendarChange => move_a_clock(world, case),
        Sabotage::SecondOwner => acknowledge_for_another(world, case),
        Sabotage::CloseTooEarly => close_with_measures_open(world, case),
        Sabotage::SkipSignature => sign_for_another_level(world, case),
        Sabotage::NoCause => follow_from_nothing(world, case),
        Sabotage::IgnoreConflict => turn_against_the_owner(world, case),
        Sabotage::OpenAlone => promises::open_alone(world, case),
        Sabotage::ReadErased => promises::read_what_is_erased(world, case),
        Sabotage::PayUnasked => promises::pay_unasked(world, case),
        Sabotage::DrawCancelled => promises::draw_what_was_cancelled(world, case),
        Sabotage::JudgeOwn => promises::judge_own(world),
        _ => false,
    };
}

fn move_a_clock(world: &mut World<'_>, case: CaseId) -> bool {
    let stream = format!("accountability-{case}");
    let state = world.log.state::<Accountability>(&stream);
    let Some(clock) = state.and_then(|state| state.running_clocks().next()).cloned() else {
        return false;
    };
    let moved = AccountabilityEvent::ClockMoved {
        clock: clock.clock.clone(),
        from: clock.due,
        to: clock.due + SignedDuration::from_hours(24 * 30),
        reason: MoveReason::CalendarChange,
    };
    forge::<Accountability>(world, &stream, &Actor::system("sabotage"), None, moved)
}

fn acknowledge_for_another(world: &mut World<'_>, case: CaseId) -> bool {
    let stream = format!("case-{case}");
    let state = world.log.state::<Case>(&stream);
    let owned = state.is_some_and(|state| state.progress == case_domain::Progress::Assigned);
    owned
        && forge::<Case>(
            world,
            &stream,
            &city::supervisor(),
            None,
            CaseEvent::CaseAcknowledged {},
        )
}

fn close_with_measures_open(world: &mut World<'_>, case: CaseId) -> bool {
    let stream = format!("disposal-{case}");
    let state = world.log.state::<Disposal>(&stream);
    let open = state.is_some_and(|state| state.progress == Progress::InProgress);
    open && forge::<Disposal>(
        world,
        &stream,
        &city::supervisor(),
        None,
        DisposalEvent::DisposalClosed {},
    )
}

fn sign_for_another_level(world: &mut World<'_>, case: CaseId) -> bool {
    let stream = format!("disposal-{case}");
    let state = world.log.state::<Disposal>(&stream);
    let level = state
        .filter(|state| state.progress == Progress::AwaitingReview)
        .and_then(|state| state.next_review())
        .filter(|level| *level != Level::City);
    let Some(level) = level else {
        return false;
    };
    let signed = DisposalEvent::ReviewPassed { level };
    forge::<Disposal>(world, &stream, &city::supervisor(), None, signed)
}

fn follow_from_nothing(world: &mut World<'_>, case: CaseId) -> bool {
    let stream = format!("case-{case}");
    let removed = CaseEvent::CoHandlerRemoved {
        unit: jurisdiction::UnitCode::of(city::OFFICE),
        reason: "无".into(),
    };
    let nowhere = Some(Uuid::from_u128(4711));
    forge::<Case>(world, &stream, &city::dispatcher(), nowhere, removed)
}

/// Nothing follows: see where reactions are lost.
fn turn_against_the_owner(world: &mut World<'_>, case: CaseId) -> bool {
    let stream = format!("case-{case}");
    let state = world.log.state::<Case>(&stream);
    let assigned = state.filter(|state| state.progress == case_domain::Progress::Assigned);
    let Some(owner) = assigned.and_then(|state| state.owner.clone()) else {
        return false;
    };
    let against = Against::unit(owner);
    let noted = CaseEvent::ConflictNoted { against };
    forge::<Case>(world, &stream, &city::dispatcher(), None, noted)
}

fn forge<D: Kept>(
    world: &mut World<'_>,
    stream: &str,
    actor: &Actor,
    cause: Option<Uuid>,
    event: D::Event,
) -> bool
where
    D::Event: StoredEvent,
{
    let command_id = world.people.uuid();
    let (name, data) = encode(&event);
    let metadata = Metadata {
        correlation: command_id,
        causation: cause.unwrap_or(command_id),
        command_id,
        at: world.now,
        actor: actor.clone(),
        traceparent: None,
        previous: None,
    };
    let event = NewEvent {
        id: event_id(world.now, command_id, 0),
        name,
        data,
        metadata,
    };
    let Ok(new) = world.log.append::<D>(stream, vec![event]) else {
        return false;
    };
    world.settle(new);
    true
}
