//! An identity is opened by two: one asks, another of another post agrees, the first opens, once and in time (domain.md §7).

use crate::event::Event;
use crate::{Circumstances, Fact, Found, Rule};
use jiff::Timestamp;
use jurisdiction::{Actor, TipId};
use std::collections::BTreeMap;
use tip_domain::TipEvent;

#[derive(Default)]
pub(crate) struct Custody {
    /// The newest request of each tip.
    requests: BTreeMap<TipId, Request>,
}

struct Request {
    number: u32,
    by: Actor,
    standing: Standing,
}

enum Standing {
    Waiting,
    Agreed { until: Timestamp },
    Over,
}

impl Rule for Custody {
    fn take(&mut self, fact: &Fact<'_>, event: &Event, _: &Circumstances<'_>, found: &mut Found<'_>) {
        let Event::Tip(tip, event) = event else {
            return;
        };
        if let TipEvent::IdentityRevealRequested { request, .. } = event {
            let asked = Request {
                number: *request,
                by: fact.actor.clone(),
                standing: Standing::Waiting,
            };
            self.requests.insert(*tip, asked);
            return;
        }
        let (TipEvent::IdentityRevealApproved { request, .. }
        | TipEvent::IdentityRevealRefused { request, .. }
        | TipEvent::IdentityRevealed { request, .. }) = event
        else {
            return;
        };
        match self
            .requests
            .get_mut(tip)
            .filter(|asked| asked.number == *request)
        {
            Some(asked) => asked.look(event, fact, found),
            None => found.wrong(fact, "没有人申请查看，却有查看身份的后续记录。"),
        }
    }
}

impl Request {
    fn look(&mut self, event: &TipEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        match event {
            TipEvent::IdentityRevealApproved { until, .. } => {
                self.answered(fact, found);
                self.standing = Standing::Agreed { until: *until };
            }
            TipEvent::IdentityRevealRefused { .. } => {
                self.answered(fact, found);
                self.standing = Standing::Over;
            }
            TipEvent::IdentityRevealed { .. } => {
                match self.standing {
                    Standing::Agreed { until } if fact.at < until => {}
                    Standing::Agreed { .. } => found.wrong(fact, "批准已经过期，仍查看了举报人身份。"),
                    Standing::Waiting | Standing::Over => {
                        found.wrong(fact, "没有有效的批准，就查看了举报人身份。");
                    }
                }
                if self.by.person() != fact.actor.person() {
                    found.wrong(fact, "查看举报人身份的不是申请人。");
                }
                self.standing = Standing::Over;
            }
            _ => {}
        }
    }

    fn answered(&self, fact: &Fact<'_>, found: &mut Found<'_>) {
        if !matches!(self.standing, Standing::Waiting) {
            found.wrong(fact, "查看身份的申请已经答复过。");
        }
        let person = fact.actor.person();
        if person.is_none() || person == self.by.person() {
            found.wrong(fact, "查看身份由申请人自己批准，或者没有人批准。");
        }
        let post = |actor: &Actor| (actor.unit().cloned(), actor.role());
        if post(fact.actor) == post(&self.by) {
            found.wrong(fact, "查看身份由同一岗位的人批准。");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Invariant::IdentityOpenedByTwo;
    use crate::story::{Story, instant, tip_received};
    use jurisdiction::sample::{DISCIPLINE, OFFICE};
    use jurisdiction::{Actor, Role, StaffId, UnitCode};
    use tip_domain::TipEvent;

    const REASON: &str = "核实打击报复";

    fn asked() -> Story {
        Story::new()
            .record("tip-1", tip_received())
            .acting(Role::Dispatcher, OFFICE)
            .record("tip-1", requested(1))
    }
    fn requested(request: u32) -> TipEvent {
        TipEvent::IdentityRevealRequested {
            request,
            reason: REASON.into(),
        }
    }
    fn approved() -> TipEvent {
        TipEvent::IdentityRevealApproved {
            request: 1,
            until: instant(24),
        }
    }
    fn opened() -> TipEvent {
        TipEvent::IdentityRevealed {
            request: 1,
            reason: REASON.into(),
        }
    }
    fn agreed() -> Story {
        let story = asked().acting(Role::Inspector, DISCIPLINE);
        story.record("tip-1", approved()).acting(Role::Dispatcher, OFFICE)
    }

    #[test]
    fn one_asks_another_agrees_the_first_opens_once_and_in_time() {
        agreed().record("tip-1", opened()).holds(IdentityOpenedByTwo);
        asked()
            .record("tip-1", opened())
            .breaks(IdentityOpenedByTwo, "没有有效的批准");
        agreed()
            .hours_later(24)
            .record("tip-1", opened())
            .breaks(IdentityOpenedByTwo, "已经过期");
        agreed()
            .record("tip-1", opened())
            .record("tip-1", opened())
            .breaks(IdentityOpenedByTwo, "没有有效的批准");
        agreed()
            .acting(Role::Inspector, DISCIPLINE)
            .record("tip-1", opened())
            .breaks(IdentityOpenedByTwo, "不是申请人");
        Story::new()
            .record("tip-1", opened())
            .breaks(IdentityOpenedByTwo, "没有人申请");
    }
    #[test]
    fn an_approval_is_of_one_request() {
        agreed()
            .record("tip-1", requested(2))
            .record("tip-1", opened())
            .breaks(IdentityOpenedByTwo, "没有人申请");
        let refused = TipEvent::IdentityRevealRefused {
            request: 1,
            reason: "不必查看".into(),
        };
        let refused = asked()
            .acting(Role::Inspector, DISCIPLINE)
            .record("tip-1", refused);
        refused
            .clone()
            .record("tip-1", approved())
            .breaks(IdentityOpenedByTwo, "已经答复过");
        refused
            .acting(Role::Dispatcher, OFFICE)
            .record("tip-1", opened())
            .breaks(IdentityOpenedByTwo, "没有有效的批准");
    }
    #[test]
    fn nobody_is_two() {
        asked()
            .record("tip-1", approved())
            .breaks(IdentityOpenedByTwo, "自己批准");
        asked()
            .by(Actor::system("rule"))
            .record("tip-1", approved())
            .breaks(IdentityOpenedByTwo, "没有人批准");
        let colleague = Actor::staff(
            StaffId::of("dispatcher-2"),
            UnitCode::of(OFFICE),
            Role::Dispatcher,
        );
        asked()
            .by(colleague)
            .record("tip-1", approved())
            .breaks(IdentityOpenedByTwo, "同一岗位");
    }
}
