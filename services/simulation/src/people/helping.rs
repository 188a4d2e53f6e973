//! 协办: other units are asked to help with a case, go and look, and are let go; nobody helps unasked, nor in own matters.

use crate::city;
use crate::world::World;
use case_domain::{AddCoHandler, Case, CaseCommand, CaseState, Finding, RemoveCoHandler};
use jurisdiction::{Actor, CaseId, Level, UnitCode};

impl World<'_> {
    /// The desk asks the county's emergency department to help.
    pub fn ask_for_help(&mut self, case: CaseId, stream: &str, state: &CaseState, owner: &UnitCode) {
        let Some(helper) = self.helper_of(owner).filter(|helper| helper != owner) else {
            return;
        };
        if !self.tries(case, "co_handler", 15) {
            return;
        }
        let add = |unit: &UnitCode| CaseCommand::AddCoHandler(AddCoHandler { unit: unit.clone() });
        let desk = Some(city::dispatcher());
        // Unasked.
        if !state.co_handlers.contains(&helper) {
            let by = self.leader(&helper);
            let codes = ["case.not_assigner", "case.not_found"];
            self.cheat::<Case>(by, stream, &add(&helper), &codes);
            let remove = removal(&helper);
            self.cheat::<Case>(desk.clone(), stream, &remove, &["case.not_a_co_handler"]);
        }
        let codes = ["case.co_handler_unfit"];
        self.cheat::<Case>(desk.clone(), stream, &add(owner), &codes);
        if let Some(about) = state.against.units.first().cloned() {
            let codes = ["case.conflict_of_interest"];
            self.cheat::<Case>(desk.clone(), stream, &add(&about), &codes);
        }
        self.work::<Case>(desk, stream, &add(&helper));
    }

    /// Who goes and looks: the owner, or a unit that helps.
    pub fn who_goes(&mut self, state: &CaseState, owner: &UnitCode) -> Option<Actor> {
        let helper = state.co_handlers.first().filter(|_| self.people.percent(40));
        let able = helper.filter(|helper| !state.against.holds_unit(helper, self.jurisdiction()));
        self.leader(able.unwrap_or(owner))
    }

    /// Help is no longer needed; whoever was let go does not go on.
    pub fn let_go(&mut self, case: CaseId, stream: &str, state: &CaseState) {
        let Some(helper) = state.co_handlers.first().cloned() else {
            return;
        };
        if !self.tries(case, "let_go", 50) {
            return;
        }
        if !self.work::<Case>(Some(city::dispatcher()), stream, &removal(&helper)) {
            return;
        }
        let photo = self.photo();
        let visit = self.visit(Finding::Suspected, vec![photo]);
        let codes = ["case.not_inspector", "case.not_found"];
        self.cheat::<Case>(self.leader(&helper), stream, &visit, &codes);
    }

    fn helper_of(&self, owner: &UnitCode) -> Option<UnitCode> {
        let county = self.government(owner, Level::County)?;
        Some(UnitCode::of(&format!("{county}-YJ")))
    }
}

fn removal(unit: &UnitCode) -> CaseCommand {
    CaseCommand::RemoveCoHandler(RemoveCoHandler {
        unit: unit.clone(),
        reason: "已协助完毕".into(),
    })
}
