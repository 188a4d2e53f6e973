//! Whose work list it is, and how an item is written down.

use crate::area::Scope;
use crate::book::BookError;
use crate::messages::{beside, obligation_title, rung_title};
use crate::query::Moment;
use crate::query::conditions::{Conditions, text};
use crate::rows::{self, ClockFacts, EscalationFacts};
use jiff::Timestamp;
use jurisdiction::{Obligation, Role, StaffId, StaffMember, UnitCode};
use mingcha_proto::ledger::WorkItem;
use rusqlite::OptionalExtension;
use tonic::Status;

/// What the dispatcher's desk owes.
pub(super) const OF_DISPATCHERS: [Obligation; 3] = [
    Obligation::ScreenTip,
    Obligation::AssignCase,
    Obligation::TellOutcome,
];
/// What takes a leader's name. Identification is shown to the leader and to the handlers of the county.
pub(super) const OF_LEADERS: [Obligation; 5] = [
    Obligation::Guarantee,
    Obligation::Review,
    Obligation::AnswerFinding,
    Obligation::ExplainFailure,
    Obligation::Identify,
];

/// Place, enterprise and case.
type Site = (String, Option<String>, Option<String>);

/// Whoever asks, at the unit and in the role in which that is done.
pub(super) struct Desk<'a> {
    pub(super) moment: &'a Moment<'a>,
    pub(super) unit: UnitCode,
    pub(super) role: Role,
    pub(super) scope: Scope,
    person: Option<StaffId>,
}

/// What is done at the site or at a desk, without a leader's name.
pub(super) fn of_handlers(obligation: Obligation) -> bool {
    let others = OF_DISPATCHERS.contains(&obligation)
        || OF_LEADERS.contains(&obligation)
        || obligation.is_of_accountability();
    !others || obligation == Obligation::Identify
}

impl<'a> Desk<'a> {
    /// # Errors
    /// `PermissionDenied` for those who have no work list: citizens and administrators.
    pub(super) fn of(moment: &'a Moment<'a>) -> Result<Self, Status> {
        let scope = moment.scope()?;
        let (Some(unit), Some(role)) = (moment.actor.unit(), moment.actor.role()) else {
            return Err(platform::refuse(platform::PlatformRefusal::WrongRole));
        };
        Ok(Self {
            moment,
            unit: unit.clone(),
            role,
            scope,
            person: moment.actor.person().cloned(),
        })
    }

    /// Whether this names the person who asks.
    pub(super) fn is_me(&self, account: Option<&str>) -> bool {
        let me = self.person.as_ref().map(StaffId::as_str);
        me.is_some() && me == account
    }
    pub(super) fn me(&self) -> &str {
        self.person.as_ref().map_or("", StaffId::as_str)
    }

    /// What a unit's handlers do: everything that is neither the dispatcher's nor the leader's.
    pub(super) fn to_handle(&self) -> Result<Vec<WorkItem>, Status> {
        let mut items = self.obligations(of_handlers)?;
        items.extend(super::reports::to_draft(self.moment, &self.unit)?);
        Ok(items)
    }

    /// Whether anybody handles cases at the caller's unit; where nobody does, its leader sees to what is due.
    pub(super) fn has_handlers(&self) -> bool {
        let handles =
            |member: &StaffMember| member.unit == self.unit && member.roles.contains(&Role::Handler);
        self.moment.today.staff.values().any(handles)
    }

    /// Until when the running clock of a subject with that obligation has it; `None` if there is none.
    pub(super) fn due(&self, subject: &str, obligation: Obligation) -> Result<Option<Timestamp>, Status> {
        let clocks = self.running(subject, obligation)?;
        Ok(clocks.first().map(|clock| clock.due))
    }

    /// The running clocks of a subject with that obligation.
    pub(super) fn running(&self, subject: &str, obligation: Obligation) -> Result<Vec<ClockFacts>, Status> {
        let mut of_it = Conditions::default();
        let code = text(obligation.code());
        of_it.and("subject = ? AND obligation = ?", [text(subject), code]);
        Ok(rows::running_clocks(self.moment.transaction, &of_it)?)
    }

    /// The running clocks of the caller's own unit with certain obligations.
    pub(super) fn obligations(&self, wanted: impl Fn(Obligation) -> bool) -> Result<Vec<WorkItem>, Status> {
        let mut own = Conditions::default();
        own.and("unit = ?", [text(self.unit.as_str())]);
        let clocks = rows::running_clocks(self.moment.transaction, &own)?;
        let wanted = |clock: &&ClockFacts| {
            let mut all = Obligation::ALL.into_iter();
            all.find(|obligation| obligation.code() == clock.obligation)
                .is_some_and(&wanted)
        };
        clocks
            .iter()
            .filter(wanted)
            .map(|clock| self.obligation(clock))
            .collect()
    }

    pub(super) fn obligation(&self, clock: &ClockFacts) -> Result<WorkItem, Status> {
        let kind = match clock.obligation.as_str() {
            "screen_tip" => "tip_to_screen",
            "assign_case" => "case_to_assign",
            _ => "obligation",
        };
        let item = WorkItem {
            kind: kind.to_owned(),
            title: obligation_title(&clock.obligation).to_owned(),
            clock: Some(clock.clock.clone()),
            obligation: Some(clock.obligation.clone()),
            rung: clock.rung.clone(),
            what: beside(&clock.what, &clock.obligation).to_owned(),
            urgent: clock.urgent,
            unit: clock.unit.clone(),
            started: Some(clock.started.to_string()),
            mine: self.is_me(clock.person.as_ref().map(StaffId::as_str)),
            ..WorkItem::default()
        };
        self.about(item, &clock.subject, Some(clock.due))
    }

    pub(super) fn escalation(
        &self,
        kind: &str,
        action: &str,
        step: &EscalationFacts,
        due: Option<Timestamp>,
    ) -> Result<WorkItem, Status> {
        let owed = obligation_title(&step.obligation);
        // A case or a tip has its place beside it; of a unit there may be many of the same kind.
        let more = beside(&step.what, &step.obligation);
        let what = match step.subject.starts_with("unit-") && !more.is_empty() {
            true => format!("{owed}：{more}"),
            false => owed.to_owned(),
        };
        let item = WorkItem {
            kind: kind.to_owned(),
            title: format!("{}：{action}", rung_title(&step.rung)),
            clock: Some(step.clock.clone()),
            obligation: Some(step.obligation.clone()),
            rung: Some(step.rung.clone()),
            what,
            unit: step.answerer_unit.clone(),
            started: Some(step.reached.to_string()),
            number: Some(step.repetition),
            judgement_note: step
                .judgement_note
                .clone()
                .filter(|_| step.explanation == "not_accepted"),
            mine: kind == "escalation_to_answer" && self.is_me(step.answerer_person.as_deref()),
            ..WorkItem::default()
        };
        self.about(item, &step.subject, due)
    }

    /// Completes an item with its subject and the time left.
    pub(super) fn about(
        &self,
        mut item: WorkItem,
        subject: &str,
        due: Option<Timestamp>,
    ) -> Result<WorkItem, Status> {
        let now = self.moment.now;
        subject.clone_into(&mut item.subject);
        if let Some(case) = subject.strip_prefix("case-") {
            item.case_id = Some(case.to_owned());
            if let Some((place, enterprise, _)) = self.site("cases WHERE case_id", case)? {
                (item.place, item.enterprise) = (place, enterprise);
            }
            if item.what == item.place {
                item.what.clear();
            }
        } else if let Some(tip) = subject.strip_prefix("tip-") {
            item.tip_id = Some(tip.to_owned());
            if let Some((place, enterprise, case)) = self.site("tips WHERE tip", tip)? {
                (item.place, item.enterprise, item.case_id) = (place, enterprise, case);
            }
        }
        if let Some(due) = due {
            item.overdue = due < now;
            item.due = Some(due.to_string());
            item.seconds_left = Some(due.duration_since(now).as_secs());
            item.working_days_left = Some(self.moment.working_days_until(due));
        }
        Ok(item)
    }

    /// Place, enterprise and case of a row.
    fn site(&self, from: &str, id: &str) -> Result<Option<Site>, Status> {
        let sql = format!("SELECT place, enterprise, case_id FROM {from} = ?1");
        let read = || {
            let mut select = self.moment.transaction.prepare_cached(&sql)?;
            select
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        };
        Ok(read().map_err(BookError::from)?)
    }
}
