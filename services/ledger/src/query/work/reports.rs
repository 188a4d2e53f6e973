//! Area reports that wait for somebody: to guarantee, to draft, to sign, to seal, to file, to accept.

use crate::query::{Moment, drafts};
use jurisdiction::{Jurisdiction, Level, StageDuty, UnitCode, UnitKind, campaign_time};
use mingcha_proto::ledger::WorkItem;
use tonic::Status;

/// Reports that are not drafted yet, of stages that have come to their last day or that are asked for; those that were sent
/// back, and drafts that lack a site by now.
pub(super) fn to_draft(moment: &Moment<'_>, unit: &UnitCode) -> Result<Vec<WorkItem>, Status> {
    let reports = moment
        .jurisdiction
        .unit(unit)
        .is_some_and(|unit| unit.kind == UnitKind::Government && unit.level != Level::City);
    let mut items = Vec::new();
    if !reports {
        return Ok(items);
    }
    let today = campaign_time(moment.now).date();
    for stage in &moment.jurisdiction.stages {
        let own = drafts::report(moment, unit, &stage.code)?;
        let ends = stage.duty() != StageDuty::Guarantee && stage.to.is_some_and(|last| last <= today);
        let title = match own.state.as_str() {
            "absent" if ends || own.due_at.is_some() => "起草结果报告",
            "returned" => "重新起草被退回的结果报告",
            "drafted" if own.outdated > 0 => "列入新确认的点位后重新起草",
            _ => continue,
        };
        let mut item = item("report_to_draft", title, unit, &stage.code);
        let last = stage
            .to
            .map(|last| format!("，{}结束", last.strftime("%Y年%-m月%-d日")));
        item.what = format!("{}阶段{}", stage.name, last.unwrap_or_default());
        items.push(item);
    }
    Ok(items)
}

/// What a leader of `unit` can do next on the reports of each stage.
pub(super) fn of_leader(moment: &Moment<'_>, unit: &UnitCode) -> Result<Vec<WorkItem>, Status> {
    let mut items = Vec::new();
    for stage in &moment.jurisdiction.stages {
        let own = drafts::report(moment, unit, &stage.code)?;
        let of_county = moment.jurisdiction.level(unit) == Some(Level::County);
        if own.guarantee_due_at.is_some() && own.guaranteed_at.is_none() {
            items.push(item("guarantee_to_give", "作出责任保证", unit, &stage.code));
        }
        match own.state.as_str() {
            "drafted" if own.outdated == 0 => {
                items.push(item("report_to_sign", "签字上报", unit, &stage.code))
            }
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

/// What a supervision group has to give its verdict on.
pub(super) fn of_supervisor(moment: &Moment<'_>) -> Result<Vec<WorkItem>, Status> {
    let mut items = Vec::new();
    let stages = moment.jurisdiction.stages.iter();
    for stage in stages.filter(|stage| stage.duty() == StageDuty::Acceptance) {
        for county in counties(moment.jurisdiction) {
            if drafts::report(moment, county, &stage.code)?.state == "filed" {
                items.push(item("report_to_accept", "验收结果报告", county, &stage.code));
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
    let units = jurisdiction.open_units();
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
