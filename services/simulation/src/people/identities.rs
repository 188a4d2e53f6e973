//! 身份保管: a custodian asks to open a reporter's identity, another one agrees or refuses, the first opens in time, once.

use crate::city;
use crate::reactions::Service;
use crate::world::{Task, World};
use jurisdiction::{Actor, Role, UnitCode};
use tip_domain::{Compartment, RefuseReveal, RequestReveal, Reveal, Tip, TipCommand};

const REASON: &str = "核实举报人遭打击报复的情况";

impl World<'_> {
    /// Somebody looks at where the opening of an identity stands, and does the next thing.
    pub fn look_into_identity(&mut self, number: usize) {
        let stream = format!("tip-{}", self.plan.reports[number].id);
        let Some(state) = self.log.state::<Tip>(&stream) else {
            return;
        };
        let last = state.reveals.last().cloned();
        if state.is_erased(Compartment::Identity) {
            self.open_what_is_erased(&stream, last.as_ref());
            return;
        }
        match last {
            Some(reveal) if reveal.is_pending() => self.answer_request(number, &stream, &reveal),
            Some(reveal) if reveal.may_be_opened_until().is_some() => {
                self.open_identity(number, &stream, &reveal);
            }
            // Once is enough, unless it was refused or came too late.
            Some(reveal) if reveal.opened_at.is_some() || self.calm => {}
            Some(reveal) if reveal.request > 2 => {}
            _ => self.request_identity(number, &stream),
        }
    }

    fn request_identity(&mut self, number: usize, stream: &str) {
        let asker = match self.people.below(10) {
            0..=4 => city::dispatcher(),
            5 | 6 => city::dispatching_leader(Role::Dispatcher),
            _ => city::inspector(),
        };
        let outsider = city::acting(self.jurisdiction(), &UnitCode::of("321302"), Role::Dispatcher);
        let codes = ["tip.not_custodian", "tip.not_found"];
        self.cheat::<Tip>(outsider, stream, &request(), &codes);
        // Nobody asked and nobody agreed, or it was agreed to long ago, or to somebody else.
        let open = TipCommand::RevealIdentity;
        let codes = [
            "tip.reveal_not_approved",
            "tip.reveal_expired",
            "tip.reveal_not_yours",
        ];
        self.cheat::<Tip>(Some(asker.clone()), stream, &open, &codes);
        if self.work::<Tip>(Some(asker.clone()), stream, &request()) {
            let again = ["tip.reveal_pending"];
            self.cheat::<Tip>(Some(asker), stream, &request(), &again);
            let pause = self.people.hours(1, 60);
            self.after(pause, Task::Identity(number));
        }
    }

    fn answer_request(&mut self, number: usize, stream: &str, reveal: &Reveal) {
        let asker = &reveal.requested_by;
        let approve = TipCommand::ApproveReveal;
        self.approve_own(stream, asker);
        let open = TipCommand::RevealIdentity;
        self.cheat::<Tip>(Some(asker.clone()), stream, &open, &["tip.reveal_not_approved"]);
        let second = match asker.is(Role::Inspector) || self.people.percent(30) {
            true => self.leader(&UnitCode::of(city::OFFICE)),
            false => Some(city::second_inspector()),
        };
        let agrees = self.people.percent(75);
        let refuse = TipCommand::RefuseReveal(RefuseReveal {
            reason: "可以凭查询码联系，不必查看身份".into(),
        });
        let answer = if agrees { &approve } else { &refuse };
        if !self.work::<Tip>(second.clone(), stream, answer) {
            return;
        }
        // It was answered once.
        let codes = ["tip.no_reveal_pending"];
        self.cheat::<Tip>(second, stream, &approve, &codes);
        if !agrees {
            self.cheat::<Tip>(Some(asker.clone()), stream, &open, &["tip.reveal_not_approved"]);
        }
        let pause = match self.people.percent(75) {
            true => self.people.hours(1, 20),
            false => self.people.hours(20, 60),
        };
        self.after(pause, Task::Identity(number));
    }

    /// One person for two: in the same post, in another one, or with a colleague of the same post.
    fn approve_own(&mut self, stream: &str, asker: &Actor) {
        let approve = TipCommand::ApproveReveal;
        let codes = ["tip.not_second_custodian", "tip.reveal_own_request"];
        self.cheat::<Tip>(Some(asker.clone()), stream, &approve, &codes);
        if asker.is(Role::Inspector) {
            let colleague = Some(city::second_inspector());
            self.cheat::<Tip>(colleague, stream, &approve, &["tip.reveal_same_post"]);
        }
        let leader = city::dispatching_leader(Role::Leader);
        if asker.person() == leader.person() {
            self.cheat::<Tip>(Some(leader), stream, &approve, &["tip.reveal_own_request"]);
        }
    }

    fn open_identity(&mut self, number: usize, stream: &str, reveal: &Reveal) {
        let asker = Some(reveal.requested_by.clone());
        let open = TipCommand::RevealIdentity;
        let until = reveal.may_be_opened_until();
        if until.is_some_and(|until| self.clock_of(Service::TipIntake) >= until) {
            self.cheat::<Tip>(asker, stream, &open, &["tip.reveal_expired"]);
            if self.people.percent(50) {
                self.request_identity(number, stream);
            }
            return;
        }
        // Agreed to somebody else's request is not agreed to one's own.
        let codes = ["tip.reveal_not_yours", "tip.not_custodian"];
        self.cheat::<Tip>(reveal.answered_by.clone(), stream, &open, &codes);
        self.work::<Tip>(asker.clone(), stream, &open);
        self.cheat::<Tip>(asker, stream, &open, &["tip.reveal_not_approved"]);
    }

    /// What is destroyed nobody opens: not by a new request, nor by one from before.
    fn open_what_is_erased(&mut self, stream: &str, last: Option<&Reveal>) {
        let erased = ["tip.erased"];
        self.cheat::<Tip>(Some(city::inspector()), stream, &request(), &erased);
        let asker = last.map_or_else(city::inspector, |reveal| reveal.requested_by.clone());
        let open = TipCommand::RevealIdentity;
        self.cheat::<Tip>(Some(asker), stream, &open, &erased);
        if last.is_some_and(|reveal| reveal.is_pending() && !reveal.requested_by.is(Role::Inspector)) {
            let second = Some(city::second_inspector());
            self.cheat::<Tip>(second, stream, &TipCommand::ApproveReveal, &erased);
        }
    }
}

fn request() -> TipCommand {
    TipCommand::RequestReveal(RequestReveal {
        reason: REASON.into(),
    })
}
