//! Two cases of one site: opened by oversight, merged when somebody notices, at times into each other, at times taken apart.

use crate::city;
use crate::world::{Task, World};
use case_domain::{Case, CaseCommand, CaseState, ClosingReason, MergeCase, Progress, ReopenCase};
use jurisdiction::CaseId;

impl World<'_> {
    /// It is noticed days later that both are the same site.
    pub fn merge(&mut self, double: CaseId, first: CaseId) {
        let (Some(known), Some(survivor)) = (self.case(double), self.case(first)) else {
            return;
        };
        // One is being disposed of; at times it is noticed only when the other is as well.
        let confirmed = |case: &CaseState| case.progress == Progress::Confirmed;
        let open = known.is_open() && survivor.is_open();
        if open && confirmed(&known) != confirmed(&survivor) && self.people.percent(70) {
            let pause = self.people.hours(24, 96);
            self.after(pause, Task::Merge(double, first));
            return;
        }
        if !is_mergeable(&known, &survivor) {
            // The one that has found out more goes on.
            if is_mergeable(&survivor, &known) {
                self.work::<Case>(Some(city::dispatcher()), &stream(first), &into(double, known));
            }
            return;
        }
        let at_once = is_mergeable(&survivor, &known) && self.people.percent(20) && !self.calm;
        self.work::<Case>(Some(city::dispatcher()), &stream(double), &into(first, survivor));
        // Two dispatchers at the same instant, each of whom saw the other case open.
        if at_once {
            self.work::<Case>(Some(city::dispatcher()), &stream(first), &into(double, known));
        } else if self.people.percent(60) {
            let pause = self.people.hours(4, 60);
            self.after(pause, Task::TakeApart(double));
        }
    }

    /// It was another site after all.
    pub fn take_apart(&mut self, double: CaseId) {
        let Some(ClosingReason::Merged { into }) = self.case(double).and_then(|state| state.closed) else {
            return;
        };
        // What has been closed meanwhile is told as one matter.
        if self
            .case(into)
            .is_none_or(|state| state.progress == Progress::Closed)
        {
            return;
        }
        let reason = "两处点位相距一公里".to_owned();
        let reopen = CaseCommand::Reopen(ReopenCase { reason });
        self.work::<Case>(Some(city::dispatcher()), &stream(double), &reopen);
    }

    fn case(&self, case: CaseId) -> Option<CaseState> {
        self.log.state::<Case>(&stream(case)).cloned()
    }
}

/// Confirmed cases go on in one of the same class only, and no case in one that knows less of the site or is younger.
fn is_mergeable(case: &CaseState, survivor: &CaseState) -> bool {
    if case.goes_on_rather_than(survivor).is_some() {
        return false;
    }
    match (case.progress, survivor.progress) {
        (Progress::Closed | Progress::Absent, _) | (_, Progress::Closed | Progress::Absent) => false,
        (Progress::Confirmed, Progress::Confirmed) => case.class == survivor.class,
        (Progress::Confirmed, _) => false,
        _ => true,
    }
}

fn into(into: CaseId, survivor: CaseState) -> CaseCommand {
    CaseCommand::Merge(MergeCase {
        into,
        reason: "同一点位".into(),
        survivor: Some(Box::new(survivor)),
    })
}

fn stream(case: CaseId) -> String {
    format!("case-{case}")
}
