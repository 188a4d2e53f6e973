//! Area reports that wait for somebody: to guarantee, to draft, to sign, to seal, to file, to accept.

use super::{Moment, drafts};
use jurisdiction::{Jurisdiction, Level, StageDuty, UnitCode, UnitKind};
use mingcha_proto::ledger::WorkItem;
use tonic::Status;

/// What a leader of `unit` can do next on the reports of each stage.
pub(super) fn of_leader(moment: &Moment<'_>, unit: &UnitCode) -> Result<Vec<WorkItem>, Status> {
    let mut items = Vec::new();
    for stage in &moment.jurisdiction.stages {
        let own = drafts::report(moment, unit, &stage.code)?;
        let of_county = moment.jurisdiction.level(unit) == Some(Level::County);
        if own.guarantee_due_at.is_some() && own.guaranteed_at.is_none() {
            items.push(item("guarantee_to_give", "签订责任保证", unit, &stage.code));
        }
        match own.state.as_str() {
            "absent" if own.due_at.is_some() => {
                items.push(item("report_to_draft", "起草上报", unit, &stage.code));
            }
            "returned" => items.push(item("report_to_draft", "退回后重新起草", unit, &stage.code)),
            "drafted" if own.outdated > 0 => {
                items.push(item(
                    "report_to_draft",
                    "列入新确认的点位后重新起草",
                    unit,
                    &stage.code,
                ));
            }
            "drafted" => items.push(item("report_to_sign", "签字上报", unit, &stage.code)),
            "signed" if of_county => items.push(item("report_to_seal", "县区盖章", unit, &stage.code)),
            _ => {}
        }
        if files(unit, moment.jurisdiction) {
            for county in counties(moment.jurisdiction) {
                if drafts::report(moment, county, &stage.code)?.state == "sealed" {
                    items.push(item("report_to_file", "市级备案", county, &stage.code));
                }
            }
        }
    }
    Ok(items)
}

/// What handlers of `unit` can do: a report is drafted by whoever keeps the ledger, and signed by the leader.
pub(super) fn of_handler(moment: &Moment<'_>, unit: &UnitCode) -> Result<Vec<WorkItem>, Status> {
    let mut items = of_leader(moment, unit)?;
    items.retain(|item| item.kind == "report_to_draft");
    Ok(items)
}

/// What a supervision group has to give its verdict on.
pub(super) fn of_supervisor(moment: &Moment<'_>) -> Result<Vec<WorkItem>, Status> {
    let mut items = Vec::new();
    let stages = moment.jurisdiction.stages.iter();
    for stage in stages.filter(|stage| stage.duty() == StageDuty::Acceptance) {
        for county in counties(moment.jurisdiction) {
            if drafts::report(moment, county, &stage.code)?.state == "filed" {
                items.push(item("report_to_accept", "验收", county, &stage.code));
            }
        }
    }
    Ok(items)
}

/// The city and its office take reports on file.
fn files(unit: &UnitCode, jurisdiction: &Jurisdiction) -> bool {
    jurisdiction.unit(unit).is_some_and(|unit| {
        unit.level == Level::City && matches!(unit.kind, UnitKind::Government | UnitKind::Office)
    })
}

fn counties(jurisdiction: &Jurisdiction) -> impl Iterator<Item = &UnitCode> {
    let units = jurisdiction.units.values();
    units
        .filter(|unit| unit.level == Level::County && unit.kind == UnitKind::Government)
        .map(|unit| &unit.code)
}

fn item(kind: &str, title: &str, unit: &UnitCode, stage: &str) -> WorkItem {
    WorkItem {
        kind: kind.to_owned(),
        title: title.to_owned(),
        subject: format!("unit-{unit}"),
        report: Some(format!("{unit}-{stage}")),
        unit: unit.to_string(),
        ..WorkItem::default()
    }
}
