//! Draws as announced: the lot follows from list and number, a cancelled draw selects nobody, no site is checked but by lot.

use crate::event::Event;
use crate::{Circumstances, Extent, Fact, Found, Rule};
use case_domain::CaseEvent;
use decider::{Decider, Stamp};
use disposal_domain::DisposalEvent;
use disposal_domain::draw::{Draw, DrawEvent, DrawState};
use jurisdiction::CaseId;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(crate) struct Lots {
    draws: BTreeMap<String, DrawState>,
    /// Cases that are about somebody: they are on no public list, and are all checked.
    hidden: BTreeSet<CaseId>,
}

impl Rule for Lots {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match event {
            Event::Draw(event) => self.of_draw(event, fact, found),
            Event::Case(
                case,
                CaseEvent::CaseOpened { against, .. } | CaseEvent::ConflictNoted { against },
            ) if !against.is_empty() => {
                self.hidden.insert(*case);
            }
            // A chain of one case does not hold the draws.
            Event::Disposal(case, DisposalEvent::SpotCheckDrawn { seed, round })
                if circumstances.extent == Extent::Everything =>
            {
                let chosen = |draw: &DrawState| {
                    draw.round == *round
                        && draw.seed.as_ref() == Some(seed)
                        && draw.cancelled.is_none()
                        && draw.chosen.values().any(|cases| cases.contains(case))
                };
                if !self.hidden.contains(case) && !self.draws.values().any(chosen) {
                    found.wrong(fact, "没有哪次抽签抽中这个点位，却列入了抽查。");
                }
            }
            _ => {}
        }
    }
}

impl Lots {
    fn of_draw(&mut self, event: &DrawEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        let draw = self.draws.entry(fact.stream.to_owned()).or_default();
        let before = draw.clone();
        let stamp = Stamp {
            at: fact.at,
            by: fact.actor.clone(),
        };
        Draw::evolve(draw, event, &stamp);
        match event {
            DrawEvent::DrawAnnounced { .. } if before.announced_at.is_some() => {
                found.wrong(fact, "同一次抽签公告了两次。");
            }
            DrawEvent::DrawAnnounced { seed_at, .. } if *seed_at <= fact.at => {
                found.wrong(fact, "公告抽签时，号码已经可以知道。");
            }
            DrawEvent::DrawAnnounced { .. } => {}
            DrawEvent::DrawCancelled { .. } if before.seed.is_some() => {
                found.wrong(fact, "已经抽出的结果被撤销。");
            }
            DrawEvent::DrawCancelled { .. } => {}
            DrawEvent::DrawMade { .. } => {
                if before.cancelled.is_some() {
                    found.wrong(fact, "已经撤销的抽签又抽了点位。");
                }
                if before.seed.is_some() {
                    found.wrong(fact, "同一次抽签抽了两次。");
                }
                if before.seed_at.is_none_or(|seed_at| fact.at < seed_at) {
                    found.wrong(fact, "没有公告，或者号码还没有公布，就抽了点位。");
                }
                if !draw.is_true() {
                    found.wrong(fact, "抽中的点位不是由公告的清单和号码得出的。");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Extent;
    use crate::Invariant::DrawsAsAnnounced;
    use crate::story::{Story, disposal_ordered, instant};
    use case_domain::CaseEvent;
    use disposal_domain::draw::{DrawEvent, Strata, choose, digest};
    use disposal_domain::{Class, DisposalEvent};
    use jurisdiction::sample::{COUNTY, SUPERVISION, TOWNSHIP, VILLAGE};
    use jurisdiction::{Against, CaseId, Role, UnitCode};

    const SEED: &str = "030712";
    const DRAW: &str = "draw-5";

    fn list() -> Strata {
        [(UnitCode::of(COUNTY), [CaseId::sample(7)].into())].into()
    }
    fn announced() -> Story {
        let announced = DrawEvent::DrawAnnounced {
            round: 1,
            list: list(),
            position: 1,
            digest: digest(&list()),
            percent: 100,
            at_least: 1,
            source: "双色球开奖号码".into(),
            digits: Some(6),
            seed_at: instant(24),
        };
        Story::new()
            .record("disposal-7", disposal_ordered(Class::C, TOWNSHIP))
            .acting(Role::Supervisor, SUPERVISION)
            .record(DRAW, announced)
    }
    fn made() -> DrawEvent {
        DrawEvent::DrawMade {
            round: 1,
            seed: SEED.into(),
            chosen: choose(&list(), SEED, 100, 1),
        }
    }
    fn cancelled() -> DrawEvent {
        DrawEvent::DrawCancelled {
            round: 1,
            reason: "该期停售".into(),
        }
    }
    fn drawn(seed: &str) -> DisposalEvent {
        DisposalEvent::SpotCheckDrawn {
            seed: seed.into(),
            round: 1,
        }
    }
    fn known() -> Story {
        announced().hours_later(24)
    }

    #[test]
    fn the_lot_follows_from_list_and_number() {
        known().record(DRAW, made()).holds(DrawsAsAnnounced);
        announced()
            .record(DRAW, made())
            .breaks(DrawsAsAnnounced, "还没有公布");
        let spared = DrawEvent::DrawMade {
            round: 1,
            seed: SEED.into(),
            chosen: Strata::new(),
        };
        known()
            .record(DRAW, spared)
            .breaks(DrawsAsAnnounced, "不是由公告");
        known()
            .record(DRAW, made())
            .record(DRAW, made())
            .breaks(DrawsAsAnnounced, "抽了两次");
    }
    #[test]
    fn a_cancelled_draw_selects_nobody() {
        announced().record(DRAW, cancelled()).holds(DrawsAsAnnounced);
        known()
            .record(DRAW, cancelled())
            .record(DRAW, made())
            .breaks(DrawsAsAnnounced, "已经撤销");
        known()
            .record(DRAW, made())
            .record(DRAW, cancelled())
            .breaks(DrawsAsAnnounced, "被撤销");
    }
    #[test]
    fn no_site_is_checked_but_by_lot() {
        let drew = || known().record(DRAW, made());
        drew().record("disposal-7", drawn(SEED)).holds(DrawsAsAnnounced);
        drew()
            .record("disposal-7", drawn("999999"))
            .breaks(DrawsAsAnnounced, "没有哪次抽签");
        drew()
            .record("disposal-8", drawn(SEED))
            .breaks(DrawsAsAnnounced, "没有哪次抽签");
        drew()
            .extent(Extent::Chain)
            .record("disposal-8", drawn(SEED))
            .holds(DrawsAsAnnounced);
    }
    #[test]
    fn what_is_on_no_public_list_is_checked_without_a_lot() {
        let noted = CaseEvent::ConflictNoted {
            against: Against::unit(UnitCode::of(VILLAGE)),
        };
        Story::new()
            .record("case-7", noted)
            .record("disposal-7", disposal_ordered(Class::C, TOWNSHIP))
            .record("disposal-7", drawn("须回避"))
            .holds(DrawsAsAnnounced);
    }
}
