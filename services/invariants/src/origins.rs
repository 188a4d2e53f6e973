//! Every event has an actor and a cause: somebody or some rule did it, following from something that had happened.

use crate::event::Event;
use crate::{Circumstances, Extent, Fact, Found, Rule};
use jurisdiction::Actor;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Default)]
pub(crate) struct Origins {
    seen: BTreeSet<Uuid>,
    /// The last revision of each stream.
    revisions: BTreeMap<String, u64>,
}

impl Rule for Origins {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        if let Event::Unreadable = event {
            found.wrong(fact, "这条记录读不懂，其后的核对都不作数。");
        }
        let before = self.revisions.insert(fact.stream.to_owned(), fact.revision);
        // Where the beginning is at hand, the rest is as well.
        let follows = before.is_none_or(|before| fact.revision == before + 1);
        if !follows || !self.seen.insert(fact.id) {
            found.wrong(fact, "记录有缺号或重号。");
        }
        if fact.cause.is_nil() || fact.command.is_nil() {
            found.wrong(fact, "没有记明起因或命令。");
        }
        // Whatever a person does follows from their own command; a rule may fire by the clock alone.
        let own = fact.cause == fact.command;
        let reacts = fact.stream.starts_with("tip-") || fact.stream.starts_with("case-");
        if found.contemporary && own && reacts && fact.actor.is_system() {
            found.wrong(fact, "规则自行写入线索或案件，没有写明因何而起。");
        }
        if circumstances.extent == Extent::Everything && !own && !self.seen.contains(&fact.cause) {
            found.wrong(fact, format!("起因 {} 不在此前的记录里。", fact.cause));
        }
        match fact.actor {
            Actor::System { policy } if policy.trim().is_empty() => {
                found.wrong(fact, "没有写明是哪条规则所为。");
            }
            Actor::Citizen if !fact.stream.starts_with("tip-") => {
                found.wrong(fact, "群众只能向线索里写东西。");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Invariant::EveryEventHasActorAndCause;
    use crate::story::{Story, assigned, case_opened, tip_received};
    use crate::{Extent, Invariant};
    use jurisdiction::sample::TOWNSHIP;
    use jurisdiction::{Actor, TipId};
    use uuid::Uuid;

    const RULE: Invariant = EveryEventHasActorAndCause;

    fn received() -> Story {
        Story::new().by(Actor::Citizen).record("tip-1", tip_received())
    }

    #[test]
    fn a_reaction_names_what_it_follows_from() {
        let story = received();
        let cause = story.last_id();
        let opened = || case_opened(TipId::sample(1));
        let story = story.by(Actor::system("opens"));
        story
            .clone()
            .record_because("case-7", opened(), cause)
            .holds(RULE);
        let elsewhere = Uuid::from_u128(4711);
        story
            .clone()
            .record_because("case-7", opened(), elsewhere)
            .breaks(RULE, "不在此前的记录里");
        story
            .clone()
            .extent(Extent::Chain)
            .record_because("case-7", opened(), elsewhere)
            .holds(RULE);
        story
            .record_because("case-7", opened(), Uuid::nil())
            .breaks(RULE, "没有记明起因");
    }
    #[test]
    fn a_rule_writes_to_a_case_only_because_of_something() {
        received()
            .by(Actor::system("opens"))
            .record("case-7", case_opened(TipId::sample(1)))
            .contemporary()
            .breaks(RULE, "没有写明因何而起");
    }
    #[test]
    fn what_cannot_be_read_is_no_reason_for_silence() {
        Story::new()
            .by(Actor::Citizen)
            .record_raw("tip-1", "tip.unheard_of.v1", serde_json::json!({}))
            .breaks(RULE, "读不懂");
    }
    #[test]
    fn no_record_is_missing_within_a_stream() {
        let story = received().record("tip-1", tip_received());
        story.clone().holds(RULE);
        let gap = received()
            .record("tip-1", tip_received())
            .record("tip-1", tip_received());
        gap.without(1).breaks(RULE, "缺号");
    }
    #[test]
    fn a_rule_has_a_name_and_a_citizen_only_writes_to_tips() {
        Story::new()
            .by(Actor::system(" "))
            .record("case-7", assigned(TOWNSHIP))
            .breaks(RULE, "哪条规则");
        Story::new()
            .by(Actor::Citizen)
            .record("case-7", assigned(TOWNSHIP))
            .breaks(RULE, "群众");
    }
}
