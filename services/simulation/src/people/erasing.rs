//! 销毁: reporters with their receipt, or the inspectors by a decision, have what was sealed destroyed; others try to.

use crate::city;
use crate::world::World;
use jurisdiction::{Actor, UnitCode};
use tip_domain::{AddEvidence, Compartment, EraseReporter, Sealed, Tip, TipCommand, WriteAsReporter};

impl World<'_> {
    /// A reporter writes once more, then wants to be forgotten; or the inspectors decide so.
    pub fn erase(&mut self, number: usize) {
        let stream = format!("tip-{}", self.plan.reports[number].id);
        let Some(state) = self.log.state::<Tip>(&stream) else {
            return;
        };
        if !state.is_erased(Compartment::Content) {
            self.work::<Tip>(Some(Actor::Citizen), &stream, &message());
        }
        let compartments = match self.people.below(4) {
            0 => vec![Compartment::Content],
            1 => Compartment::ALL.to_vec(),
            _ => vec![Compartment::Identity],
        };
        let erase = TipCommand::EraseReporter(EraseReporter {
            compartments: compartments.clone(),
            reason: "举报人凭查询码要求销毁".into(),
        });
        // Whoever handles a tip does not make it disappear.
        let handlers = [
            Some(city::dispatcher()),
            self.leader(&UnitCode::of(city::OFFICE)),
            Some(Actor::system("sabotage")),
        ];
        for by in handlers {
            self.cheat::<Tip>(by, &stream, &erase, &["tip.not_eraser"]);
        }
        let by = match self.people.percent(30) {
            true => city::inspector(),
            false => Actor::Citizen,
        };
        self.work::<Tip>(Some(by.clone()), &stream, &erase);
        match self.ask::<Tip>(&by, &stream, &erase) {
            Ok(0) => {}
            _ => self.find(&stream, "repetition", "已经销毁的又销毁了一次。"),
        }
        if compartments.contains(&Compartment::Content) {
            self.bring_back(&stream);
        }
        self.look_into_identity(number);
    }

    /// Nothing is sealed under a key that is gone: it would be another one under the old name.
    fn bring_back(&mut self, stream: &str) {
        let photo = self.photo();
        let add = TipCommand::AddEvidence(AddEvidence {
            evidence: vec![photo],
        });
        for again in [message(), add] {
            self.cheat::<Tip>(Some(Actor::Citizen), stream, &again, &["tip.erased"]);
        }
    }
}

fn message() -> TipCommand {
    TipCommand::WriteAsReporter(WriteAsReporter {
        message: Sealed::sample(Compartment::Content, "message"),
    })
}
