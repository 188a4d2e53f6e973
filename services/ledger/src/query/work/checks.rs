//! The supervision group's desk: spot checks that were drawn, the draw itself, and what units answer.

use super::desk::Desk;
use crate::book::BookError;
use crate::query::conditions::Conditions;
use crate::rows;
use jurisdiction::Obligation;
use mingcha_proto::ledger::WorkItem;
use rusqlite::params_from_iter;
use tonic::Status;

/// Closed sites that the lot has not fallen on, or not since they failed: they are on the list of the next draw.
const ON_THE_NEXT_LIST: &str = "state = 'closed' AND closed_as = 'disposed' AND coalesce(spot_check, 'failed') = 'failed' \
    AND subject NOT IN (SELECT against.subject FROM against)";

impl Desk<'_> {
    pub(super) fn to_supervise(&self) -> Result<Vec<WorkItem>, Status> {
        let mut items = self.explanations()?;
        items.extend(self.failures()?);
        items.extend(super::reports::of_supervisor(self.moment)?);
        items.extend(self.finding_answers()?);
        items.extend(self.spot_checks()?);
        items.extend(self.draws()?);
        Ok(items)
    }

    /// Sites that the lot fell on and nobody has been to yet; what was taken up again since is closed first.
    fn spot_checks(&self) -> Result<Vec<WorkItem>, Status> {
        let mut pending = self.scope.cases();
        pending.and("spot_check = 'pending' AND state = 'closed'", []);
        let cases = rows::cases(self.moment.transaction, &pending, None)?;
        let items = cases.iter().map(|case| {
            let unit = case.owner.as_ref().map(ToString::to_string);
            let item = WorkItem {
                kind: "spot_check_to_make".to_owned(),
                title: "验收抽查".to_owned(),
                what: case.summary.clone(),
                urgent: case.urgency == "urgent",
                unit: unit.unwrap_or_default(),
                started: case.closed_at.map(|at| at.to_string()),
                ..WorkItem::default()
            };
            let subject = format!("case-{}", case.id);
            let due = self.due(&subject, Obligation::SpotCheck)?;
            self.about(item, &subject, due)
        });
        items.collect()
    }

    /// A draw whose seed is public by now; or one to be announced, once there are closed sites that none has been held over.
    fn draws(&self) -> Result<Vec<WorkItem>, Status> {
        let city = self.moment.today.city().map(|city| &city.code);
        if !city.is_some_and(|city| self.moment.today.covers(&self.unit, city)) {
            return Ok(vec![]);
        }
        let open = rows::awaiting(self.moment.transaction, &self.waiting("draw_to_make"))?;
        if !open.is_empty() {
            let ready = open.iter().filter(|draw| draw.since <= self.moment.now);
            let items = ready.map(|draw| {
                let mut item = self.item(draw, Obligation::MakeDraw.in_chinese());
                item.unit = self.unit.to_string();
                let due = self.due(&self.own_subject(), Obligation::MakeDraw)?;
                self.about(item, &draw.subject, due)
            });
            return items.collect();
        }
        let waiting = self.to_be_drawn_from()?;
        if waiting == 0 {
            return Ok(vec![]);
        }
        let item = WorkItem {
            kind: "draw_to_announce".to_owned(),
            title: Obligation::AnnounceDraw.in_chinese().to_owned(),
            what: format!("可以列入下一次抽签的点位 {waiting} 处"),
            sites: Some(waiting),
            unit: self.unit.to_string(),
            ..WorkItem::default()
        };
        let own = self.own_subject();
        let due = self.due(&own, Obligation::AnnounceDraw)?;
        Ok(vec![self.about(item, &own, due)?])
    }

    fn own_subject(&self) -> String {
        format!("unit-{}", self.unit)
    }

    fn to_be_drawn_from(&self) -> Result<u32, BookError> {
        let mut conditions: Conditions = self.scope.cases();
        conditions.and(ON_THE_NEXT_LIST, []);
        let sql = format!("SELECT count(*) FROM placed_cases WHERE {}", conditions.sql());
        let mut select = self.moment.transaction.prepare_cached(&sql)?;
        Ok(select.query_row(params_from_iter(conditions.values()), |row| row.get(0))?)
    }
}
