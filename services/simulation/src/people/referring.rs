//! 移送: a party is handed to the department that is to pursue it; that department answers, and nobody for it.

use crate::city;
use crate::world::{Task, World};
use disposal_domain::{
    AnswerReferral, Disposal, DisposalCommand, DisposalState, Party, PartyRole, Receiver, ReferParty,
    Referral,
};
use jurisdiction::{CaseId, UnitCode};

/// A person: never named to the public.
pub const OPERATOR: &str = "演示·经营者甲";

impl World<'_> {
    /// While the work goes on, whoever does it has somebody pursued.
    pub fn may_refer(&mut self, case: CaseId, stream: &str, state: &DisposalState, unit: &UnitCode) {
        if !self.tries(case, "referral", 35) {
            return;
        }
        let (role, to) = match self.people.below(3) {
            0 => (PartyRole::Operator, Receiver::PublicSecurity),
            1 => (PartyRole::LegalRepresentative, Receiver::MarketSupervision),
            _ => (PartyRole::Landlord, Receiver::LandlordLiability),
        };
        let refer = DisposalCommand::ReferParty(ReferParty {
            party: Party {
                role,
                name: OPERATOR.to_owned(),
            },
            to,
            grounds: "现场查获无证生产".into(),
        });
        // Whoever watches does not pursue.
        let codes = ["disposal.outside_subtree"];
        self.cheat::<Disposal>(Some(city::supervisor()), stream, &refer, &codes);
        if !state.against.is_empty() || !self.work::<Disposal>(self.leader(unit), stream, &refer) {
            return;
        }
        let codes = ["disposal.already_referred"];
        self.cheat::<Disposal>(self.leader(unit), stream, &refer, &codes);
        self.see_to_referral(case);
    }

    fn see_to_referral(&mut self, case: CaseId) {
        let pause = match self.people.below(8) {
            0 => self.people.days(15, 40),
            _ => self.people.hours(5, 12 * 24),
        };
        self.after(pause, Task::Referral(case));
    }

    /// The receivers answer what is open, wherever the case has gone meanwhile.
    pub fn answer_referrals(&mut self, case: CaseId) {
        let stream = format!("disposal-{case}");
        let Some(state) = self.log.state::<Disposal>(&stream).cloned() else {
            return;
        };
        for referral in state
            .referrals
            .iter()
            .filter(|referral| referral.result.is_none())
        {
            self.answer_referral(&stream, &state, referral);
        }
    }

    fn answer_referral(&mut self, stream: &str, state: &DisposalState, referral: &Referral) {
        let (Some(receiver), Some(unit)) = (&referral.receiver, &state.unit) else {
            return;
        };
        let answer = DisposalCommand::AnswerReferral(AnswerReferral {
            referral: referral.referral,
            result: "已立案侦查".into(),
        });
        // Whoever handed it over does not say what came of it, unless it is the department competent for it itself.
        if unit != receiver {
            let codes = ["disposal.not_receiver", "disposal.not_found"];
            self.cheat::<Disposal>(self.leader(unit), stream, &answer, &codes);
        }
        let by = self.leader(receiver);
        // For whom it is about there is no such disposal.
        if state.against.holds_unit(receiver, self.jurisdiction()) {
            self.cheat::<Disposal>(by, stream, &answer, &["disposal.not_found"]);
            return;
        }
        self.work::<Disposal>(by.clone(), stream, &answer);
        self.cheat::<Disposal>(by, stream, &answer, &["disposal.already_answered"]);
    }
}
