//! What must hold of every history, whoever wrote it: named invariants over recorded facts, for live data and simulation.
//!
//! The rules here are stated over the facts and do not ask the deciders whether they would have allowed them: a decider that
//! lets something slip is found out by its own history.

mod clocks;
mod conflict;
mod custody;
mod erasure;
mod event;
mod lots;
mod measures;
mod origins;
mod own;
mod owner;
mod rewards;
mod rungs;
mod secrecy;
mod signatures;
mod tips;

#[cfg(test)]
mod story;

use event::Event;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, Jurisdiction};
use serde_json::Value;
use uuid::Uuid;

/// One recorded fact, borrowed from whoever keeps it.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    pub id: Uuid,
    pub stream: &'a str,
    /// From 0, within its stream.
    pub revision: u64,
    /// Of the commit, over all streams.
    pub position: u64,
    /// As stored, e.g. `case.assigned.v1`.
    pub name: &'a str,
    pub data: &'a Value,
    pub at: Timestamp,
    pub actor: &'a Actor,
    /// The event, or else the command, that it follows from.
    pub cause: Uuid,
    pub command: Uuid,
}

/// Something that must hold of every history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Invariant {
    NoTipVanishes,
    OneOwner,
    NoClockReset,
    NoSkippedSignature,
    NoClosingWithMeasureMissing,
    EveryMissedDeadlineHasItsRung,
    EveryEventHasActorAndCause,
    NoReporterDataInClear,
    NobodyInConflict,
    IdentityOpenedByTwo,
    ErasedStaysErased,
    OneRewardForASite,
    DrawsAsAnnounced,
    NobodyDecidesOwn,
}

impl Invariant {
    pub const ALL: [Self; 14] = [
        Self::NoTipVanishes,
        Self::OneOwner,
        Self::NoClockReset,
        Self::NoSkippedSignature,
        Self::NoClosingWithMeasureMissing,
        Self::EveryMissedDeadlineHasItsRung,
        Self::EveryEventHasActorAndCause,
        Self::NoReporterDataInClear,
        Self::NobodyInConflict,
        Self::IdentityOpenedByTwo,
        Self::ErasedStaysErased,
        Self::OneRewardForASite,
        Self::DrawsAsAnnounced,
        Self::NobodyDecidesOwn,
    ];
    /// Stable, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoTipVanishes => "no_tip_vanishes",
            Self::OneOwner => "one_owner",
            Self::NoClockReset => "no_clock_reset",
            Self::NoSkippedSignature => "no_skipped_signature",
            Self::NoClosingWithMeasureMissing => "no_closing_with_measure_missing",
            Self::EveryMissedDeadlineHasItsRung => "every_missed_deadline_has_its_rung",
            Self::EveryEventHasActorAndCause => "every_event_has_actor_and_cause",
            Self::NoReporterDataInClear => "no_reporter_data_in_clear",
            Self::NobodyInConflict => "nobody_in_conflict",
            Self::IdentityOpenedByTwo => "identity_opened_by_two",
            Self::ErasedStaysErased => "erased_stays_erased",
            Self::OneRewardForASite => "one_reward_for_a_site",
            Self::DrawsAsAnnounced => "draws_as_announced",
            Self::NobodyDecidesOwn => "nobody_decides_own",
        }
    }
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::NoTipVanishes => "线索不丢失",
            Self::OneOwner => "责任单位唯一",
            Self::NoClockReset => "时限不被重置",
            Self::NoSkippedSignature => "签字不越级不代签",
            Self::NoClosingWithMeasureMissing => "措施不齐不销号",
            Self::EveryMissedDeadlineHasItsRung => "超期必有督办",
            Self::EveryEventHasActorAndCause => "凡事有人有因",
            Self::NoReporterDataInClear => "举报人信息不落明文",
            Self::NobodyInConflict => "被反映者回避",
            Self::IdentityOpenedByTwo => "查看身份须经两人",
            Self::ErasedStaysErased => "已销毁的不再出现",
            Self::OneRewardForASite => "一处只奖首报一次",
            Self::DrawsAsAnnounced => "抽签依公告",
            Self::NobodyDecidesOwn => "不得自批自评",
        }
    }
}

/// A place where an invariant does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub invariant: Invariant,
    pub stream: String,
    /// Of the fact at fault; of the last one before, if a fact is missing.
    pub revision: u64,
    pub position: u64,
    /// What is the matter, in Chinese.
    pub says: String,
    /// Something is missing that may yet come: a reaction under way, a clock about to fire. Once everything has come to rest
    /// it is as grave as any other.
    pub pending: bool,
}

/// How much of the history is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Some streams by themselves: nothing is expected of others.
    Streams,
    /// Everything about a case. Causes may lie outside.
    Chain,
    /// All there is.
    Everything,
}

/// What a history is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'c> {
    pub jurisdiction: &'c Jurisdiction,
    /// The campaign's time.
    pub now: Timestamp,
    /// What is younger is not yet expected to have had its consequences; zero once everything has come to rest.
    pub grace: SignedDuration,
    pub extent: Extent,
    /// What reporters said of themselves, if it is known as in a simulation: found nowhere in any fact.
    pub secrets: &'c [String],
}

impl Circumstances<'_> {
    /// Whatever is as old has had its consequences.
    fn horizon(&self) -> Timestamp {
        self.now.saturating_sub(self.grace).unwrap_or(self.now)
    }
}

/// Watches a history go by, in the order of commit.
pub struct Watch<'c> {
    circumstances: Circumstances<'c>,
    rules: Vec<Box<dyn Rule + Send>>,
    violations: Vec<Violation>,
    contemporary: bool,
}

/// One invariant at work. What it keeps is no more than it needs to judge what comes.
trait Rule {
    /// Looks at one fact.
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    );
    /// What is missing at the end.
    fn end(&self, _circumstances: &Circumstances<'_>, _found: &mut Found<'_>) {}
}

/// Where a rule puts what it found.
struct Found<'v> {
    invariant: Invariant,
    /// The circumstances are those of the fact, not those of today.
    contemporary: bool,
    violations: &'v mut Vec<Violation>,
}

/// The place of a fact, for what is missing after it.
#[derive(Clone, Debug, Default)]
struct Place {
    stream: String,
    revision: u64,
    position: u64,
}

impl Place {
    fn of(fact: &Fact<'_>) -> Self {
        Self {
            stream: fact.stream.to_owned(),
            revision: fact.revision,
            position: fact.position,
        }
    }
}

impl Found<'_> {
    /// A fact that must not be.
    fn wrong(&mut self, fact: &Fact<'_>, says: impl Into<String>) {
        self.add(&Place::of(fact), says.into(), false);
    }
    /// Something is missing after a fact.
    fn missing(&mut self, after: &Place, says: impl Into<String>) {
        self.add(after, says.into(), true);
    }
    fn add(&mut self, place: &Place, says: String, pending: bool) {
        self.violations.push(Violation {
            invariant: self.invariant,
            stream: place.stream.clone(),
            revision: place.revision,
            position: place.position,
            says,
            pending,
        });
    }
}

impl<'c> Watch<'c> {
    pub fn new(circumstances: Circumstances<'c>) -> Self {
        Self {
            circumstances,
            rules: Invariant::ALL.into_iter().map(rule).collect(),
            violations: Vec::new(),
            contemporary: false,
        }
    }
    /// What follows happened under this directory. Whoever says so at every change, from the first fact on, has each fact
    /// judged by the calendar and the limits of its own day.
    pub fn judge_by(&mut self, jurisdiction: &'c Jurisdiction) {
        self.circumstances.jurisdiction = jurisdiction;
        self.contemporary = true;
    }
    /// From now on so young a fact need not have had its consequences.
    pub fn allow(&mut self, grace: SignedDuration) {
        self.circumstances.grace = grace;
    }
    /// Looks at the next fact.
    pub fn take(&mut self, fact: &Fact<'_>) {
        let event = Event::of(fact);
        for (rule, invariant) in self.rules.iter_mut().zip(Invariant::ALL) {
            let violations = &mut self.violations;
            let mut found = Found {
                invariant,
                contemporary: self.contemporary,
                violations,
            };
            rule.take(fact, &event, &self.circumstances, &mut found);
        }
    }
    /// Everything found so far, and what is missing as of `now`. The history may go on afterwards.
    pub fn violations(&self, now: Timestamp) -> Vec<Violation> {
        let circumstances = Circumstances {
            now,
            ..self.circumstances
        };
        let mut violations = self.violations.clone();
        for (rule, invariant) in self.rules.iter().zip(Invariant::ALL) {
            let mut found = Found {
                invariant,
                contemporary: self.contemporary,
                violations: &mut violations,
            };
            rule.end(&circumstances, &mut found);
        }
        violations
    }
}

fn rule(invariant: Invariant) -> Box<dyn Rule + Send> {
    match invariant {
        Invariant::NoTipVanishes => Box::<tips::Tips>::default(),
        Invariant::OneOwner => Box::<owner::Owners>::default(),
        Invariant::NoClockReset => Box::<clocks::Clocks>::default(),
        Invariant::NoSkippedSignature => Box::<signatures::Signatures>::default(),
        Invariant::NoClosingWithMeasureMissing => Box::<measures::Measures>::default(),
        Invariant::EveryMissedDeadlineHasItsRung => Box::<rungs::Rungs>::default(),
        Invariant::EveryEventHasActorAndCause => Box::<origins::Origins>::default(),
        Invariant::NoReporterDataInClear => Box::<secrecy::Secrecy>::default(),
        Invariant::NobodyInConflict => Box::<conflict::Conflicts>::default(),
        Invariant::IdentityOpenedByTwo => Box::<custody::Custody>::default(),
        Invariant::ErasedStaysErased => Box::<erasure::Erasure>::default(),
        Invariant::OneRewardForASite => Box::<rewards::Rewards>::default(),
        Invariant::DrawsAsAnnounced => Box::<lots::Lots>::default(),
        Invariant::NobodyDecidesOwn => Box::<own::Own>::default(),
    }
}

/// Every violation in a history, given in the order of commit.
pub fn check<'f>(
    facts: impl IntoIterator<Item = Fact<'f>>,
    circumstances: Circumstances<'_>,
) -> Vec<Violation> {
    let mut watch = Watch::new(circumstances);
    for fact in facts {
        watch.take(&fact);
    }
    watch.violations(circumstances.now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invariant_has_a_code_and_a_name_of_its_own() {
        let codes: std::collections::BTreeSet<_> = Invariant::ALL.map(Invariant::code).into();
        let names: std::collections::BTreeSet<_> = Invariant::ALL.map(Invariant::in_chinese).into();
        assert_eq!((codes.len(), names.len()), (14, 14));
    }
}
