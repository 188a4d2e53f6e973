//! 警示曝光: proposed by one person, published by another of the city, withdrawn; never with a person's name, nor by oneself.

use super::referring::OPERATOR;
use crate::city;
use crate::world::{Task, World};
use disposal_domain::{
    Disposal, DisposalCommand, DisposalState, ExposureStanding, ProposeExposure, PublishExposure,
    WithdrawExposure,
};
use jurisdiction::{Actor, CaseId, UnitCode};

const ENTERPRISE: &str = "某建材厂";
const FACTS: &str = "无证生产化工产品，已依法取缔";

impl World<'_> {
    /// What was found is to be told to everybody.
    pub fn may_expose(&mut self, case: CaseId, stream: &str, state: &DisposalState) {
        let Some(unit) = state.unit.clone().filter(|_| self.tries(case, "exposure", 30)) else {
            return;
        };
        let by = match self.people.percent(30) {
            true => self.leader(&UnitCode::of(city::CITY)),
            false => self.leader(&unit),
        };
        if !state.against.is_empty() {
            let codes = ["disposal.not_to_be_exposed", "disposal.not_found"];
            self.cheat::<Disposal>(by, stream, &propose(ENTERPRISE, FACTS), &codes);
            return;
        }
        self.expose_a_person(stream, state, by.clone());
        let publish = DisposalCommand::PublishExposure(publication());
        let nothing = ["disposal.no_exposure_proposed"];
        self.cheat::<Disposal>(self.leader(&UnitCode::of(city::CITY)), stream, &publish, &nothing);
        if self.work::<Disposal>(by.clone(), stream, &propose(ENTERPRISE, FACTS)) {
            let codes = ["disposal.own_work", "disposal.not_exposer"];
            self.cheat::<Disposal>(by, stream, &publish, &codes);
            let pause = self.people.hours(3, 10 * 24);
            self.after(pause, Task::Expose(case));
        }
    }

    fn expose_a_person(&mut self, stream: &str, state: &DisposalState, by: Option<Actor>) {
        let person = propose("演示·经营者甲本人", FACTS);
        self.cheat::<Disposal>(by.clone(), stream, &person, &["disposal.not_an_enterprise"]);
        let by_name = format!("{OPERATOR}{FACTS}");
        let by_number = format!("{FACTS}，电话19900000001");
        let names = ["disposal.names_a_person"];
        if state
            .referrals
            .iter()
            .any(|referral| referral.party.name == OPERATOR)
        {
            self.cheat::<Disposal>(by.clone(), stream, &propose(ENTERPRISE, &by_name), &names);
        }
        self.cheat::<Disposal>(by, stream, &propose(ENTERPRISE, &by_number), &names);
    }

    /// The city publishes, or thinks better of it.
    pub fn see_exposure_through(&mut self, case: CaseId) {
        let stream = format!("disposal-{case}");
        let Some(state) = self.log.state::<Disposal>(&stream).cloned() else {
            return;
        };
        let Some(exposure) = state.exposure.as_ref() else {
            return;
        };
        match exposure.standing {
            ExposureStanding::Proposed => self.publish(case, &stream, &state),
            ExposureStanding::Published { .. } => self.withdraw(&stream, &state),
            ExposureStanding::Withdrawn { .. } => {}
        }
    }

    fn publish(&mut self, case: CaseId, stream: &str, state: &DisposalState) {
        let publish = DisposalCommand::PublishExposure(publication());
        let office = self.leader(&UnitCode::of(city::OFFICE));
        for by in [Some(city::dispatcher()), self.leader(&UnitCode::of("321302"))] {
            let codes = ["disposal.not_exposer", "disposal.not_found", "disposal.merged"];
            self.cheat::<Disposal>(by, stream, &publish, &codes);
        }
        // It became known whom the case is about, or that it is another one, since it was proposed.
        if !state.against.is_empty() || state.merged.is_some() {
            let codes = ["disposal.not_to_be_exposed", "disposal.merged"];
            self.cheat::<Disposal>(office, stream, &publish, &codes);
            return;
        }
        if self.people.percent(20) {
            self.withdraw(stream, state);
            return;
        }
        if self.work::<Disposal>(office.clone(), stream, &publish) {
            self.cheat::<Disposal>(office, stream, &publish, &["disposal.no_exposure_proposed"]);
            let unit = state.unit.as_ref().and_then(|unit| self.leader(unit));
            let again = propose(ENTERPRISE, "补充曝光");
            self.cheat::<Disposal>(unit, stream, &again, &["disposal.already_exposed"]);
            if self.people.percent(50) {
                let pause = self.people.days(2, 30);
                self.after(pause, Task::Expose(case));
            }
        }
    }

    fn withdraw(&mut self, stream: &str, state: &DisposalState) {
        let withdraw = DisposalCommand::WithdrawExposure(WithdrawExposure {
            reason: "企业名称有误".into(),
        });
        let unit = state.unit.as_ref().and_then(|unit| self.leader(unit));
        let codes = ["disposal.not_exposer", "disposal.not_found"];
        self.cheat::<Disposal>(unit, stream, &withdraw, &codes);
        let office = self.leader(&UnitCode::of(city::OFFICE));
        self.work::<Disposal>(office.clone(), stream, &withdraw);
        self.cheat::<Disposal>(office.clone(), stream, &withdraw, &["disposal.not_exposed"]);
        let publish = DisposalCommand::PublishExposure(publication());
        let codes = ["disposal.no_exposure_proposed", "disposal.merged"];
        self.cheat::<Disposal>(office, stream, &publish, &codes);
    }
}

fn propose(enterprise: &str, facts: &str) -> DisposalCommand {
    DisposalCommand::ProposeExposure(ProposeExposure {
        enterprise: enterprise.to_owned(),
        facts: facts.to_owned(),
        parties: vec![],
    })
}

fn publication() -> PublishExposure {
    PublishExposure {
        parties: vec![OPERATOR.to_owned()],
    }
}
