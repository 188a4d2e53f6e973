//! Tips that were turned down: reporters who object, inspectors who look for themselves, and who screens then.

use crate::city;
use crate::world::{Task, World};
use jurisdiction::Actor;
use tip_domain::{ObjectToScreening, ReconsiderTip, RejectTip, RejectionReason, Tip, TipCommand};

impl World<'_> {
    /// Who has to screen it: what the city's desk turned down is screened again above the city.
    pub fn screener(&self, stream: &str) -> Actor {
        let state = self.log.state::<Tip>(stream);
        match state.is_some_and(|state| state.is_under_review()) {
            true => city::inspector(),
            false => city::dispatcher(),
        }
    }

    /// Some reporters do not agree, and the inspectors read some of what was turned down.
    pub fn may_be_reviewed(&mut self, number: usize, stream: &str) {
        let reviewed = |world: &Self| {
            let state = world.log.state::<Tip>(stream);
            state.is_some_and(|state| state.review.is_some())
        };
        if reviewed(self) || !self.people.percent(50) {
            return;
        }
        let object = TipCommand::ObjectToScreening(ObjectToScreening { message: None });
        let reconsider = TipCommand::Reconsider(ReconsiderTip {
            reason: "照片里有反应釜，应当核查".into(),
        });
        // Who turned it down does not look at it again.
        let codes = ["tip.not_reviewer"];
        self.cheat::<Tip>(Some(city::dispatcher()), stream, &reconsider, &codes);
        let (by, command) = match self.people.percent(50) {
            true => (Actor::Citizen, object),
            false => (city::inspector(), reconsider),
        };
        self.work::<Tip>(Some(by), stream, &command);
        if !reviewed(self) {
            return;
        }
        let reject = TipCommand::Reject(RejectTip {
            reason: RejectionReason::NotChemical,
            explanation: "已经答复过".into(),
        });
        let codes = ["tip.under_review"];
        self.cheat::<Tip>(Some(city::dispatcher()), stream, &reject, &codes);
        let pause = self.people.hours(1, 30);
        self.after(pause, Task::Screen(number));
    }
}
