//! Area reports that wait for somebody: to draft, to sign, to seal, to file.

use crate::query::{Moment, drafts};
use jurisdiction::{Jurisdiction, Level, UnitCode, UnitKind, campaign_time};
use mingcha_proto::ledger::WorkItem;
use tonic::Status;

/// Reports of stages that have come to their last day and are not drafted yet, and those that were sent back.
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
        let Some(last) = stage.to.filter(|last| *last <= today) else {
            continue;
        };
        let title = match drafts::report(moment, unit, &stage.code)?.state.as_str() {
            "absent" => "起草结果报告",
            "returned" => "重新起草被退回的结果报告",
            _ => continue,
        };
        let mut item = item("report_to_draft", title, unit, &stage.code);
        item.what = format!("{}阶段，{last} 结束", stage.name);
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
        match own.state.as_str() {
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
