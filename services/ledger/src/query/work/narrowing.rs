//! A work list narrowed to a unit's area or to cases of a kind, by the same conditions as the lists of cases and tips.

use crate::query::{Moment, cases, known_unit, tips};
use crate::rows;
use jurisdiction::UnitCode;
use mingcha_proto::ledger::{ListCasesRequest, ListTipsRequest, WorkItem, WorkListRequest};
use std::collections::HashSet;
use tonic::Status;

/// What an item must be about; `None` lets everything through.
#[derive(Default)]
pub(super) struct Narrowing {
    unit: Option<UnitCode>,
    cases: Option<HashSet<String>>,
    tips: Option<HashSet<String>>,
    /// Whether something of a case is asked for: then what is of no case does not fit.
    of_cases: bool,
}

impl Narrowing {
    /// # Errors
    /// `InvalidArgument` for a condition that nothing can meet.
    pub(super) fn of(moment: &Moment<'_>, request: &WorkListRequest) -> Result<Self, Status> {
        let conditions = ListCasesRequest {
            unit: request.unit.clone(),
            state: request.state.clone(),
            class: request.class.clone(),
            origin: request.origin.clone(),
            stage: request.stage.clone(),
            ..ListCasesRequest::default()
        };
        if conditions == ListCasesRequest::default() {
            return Ok(Self::default());
        }
        let of_cases = conditions
            != ListCasesRequest {
                unit: request.unit.clone(),
                ..ListCasesRequest::default()
            };
        let mut visible = moment.visible_cases()?;
        visible.and_all(cases::filter(moment, &conditions)?);
        let cases = rows::ids(moment.transaction, "placed_cases", "case_id", &visible)?;
        let unit = request.unit.as_ref();
        let unit = unit.map(|unit| known_unit("unit", unit, moment.jurisdiction));
        let mut tips = None;
        if !of_cases {
            let area = ListTipsRequest {
                unit: request.unit.clone(),
                ..ListTipsRequest::default()
            };
            let mut visible = moment.visible_tips()?;
            visible.and_all(tips::filter(moment, &area)?);
            tips = Some(rows::ids(moment.transaction, "placed_tips", "tip", &visible)?);
        }
        Ok(Self {
            unit: unit.transpose()?,
            cases: Some(cases),
            tips,
            of_cases,
        })
    }

    pub(super) fn holds(&self, item: &WorkItem, moment: &Moment<'_>) -> bool {
        let Some(cases) = &self.cases else {
            return true;
        };
        let among =
            |id: &Option<String>, ids: &HashSet<String>| id.as_ref().is_some_and(|id| ids.contains(id));
        if among(&item.case_id, cases) || self.tips.as_ref().is_some_and(|tips| among(&item.tip_id, tips)) {
            return true;
        }
        // What is of no case and no tip, e.g. a report, is the unit's whose work it is.
        let unit: Option<UnitCode> = item.unit.parse().ok();
        let within = |area: &UnitCode| {
            unit.as_ref()
                .is_some_and(|unit| moment.jurisdiction.is_within(unit, area))
        };
        let of_nothing = item.case_id.is_none() && item.tip_id.is_none();
        !self.of_cases && of_nothing && self.unit.as_ref().is_some_and(within)
    }
}
