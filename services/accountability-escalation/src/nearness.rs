//! How far each county and township is from special supervision 专项督查 as things stand, for those who may look at it.

use crate::preview::{being_rebuilt, figures};
use crate::tally::SharedTally;
use accountability_domain::SeenNumbers;
use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, Scope, UnitCode};
use mingcha_proto::accountability::{ListSupervisionNumbersResponse, SupervisionNumbersRow};
use platform::{PlatformRefusal, invalid, refuse};
use tonic::Status;

/// The units that something counts against, nearest to special supervision first.
///
/// # Errors
/// `unit` is unknown or out of sight; the actor looks at no content; the history is still being read.
pub(crate) fn listed(
    tally: &SharedTally,
    jurisdiction: &Jurisdiction,
    actor: &Actor,
    now: Timestamp,
    within: Option<&str>,
) -> Result<ListSupervisionNumbersResponse, Status> {
    let scope = Scope::of_cases(actor, jurisdiction).ok_or_else(|| refuse(PlatformRefusal::WrongRole))?;
    let within = within.map(|unit| known(unit, jurisdiction)).transpose()?;
    let asked = |unit: &UnitCode| {
        within
            .as_ref()
            .is_none_or(|within| jurisdiction.is_within(unit, within))
            && scope.sees_unit(unit, jurisdiction)
    };
    let rows = tally.whole(|tally| {
        let areas = tally.areas(jurisdiction, now).into_iter();
        let seen = areas.filter(|(unit, _)| asked(unit));
        let mut seen: Vec<_> = seen
            .map(|(unit, seen)| (tally.standing(&unit).is_open, unit, seen))
            .collect();
        // Units come in the order of their codes, and stay so where they are equally near.
        seen.sort_by_key(|(_, _, seen)| std::cmp::Reverse(seen.numbers.nearness(&seen.thresholds)));
        seen
    });
    let rows = rows.ok_or_else(being_rebuilt)?.into_iter();
    let rows = rows
        .map(|(open, unit, seen)| row(&unit, open, &seen, jurisdiction))
        .collect();
    Ok(ListSupervisionNumbersResponse { rows })
}

fn known(unit: &str, jurisdiction: &Jurisdiction) -> Result<UnitCode, Status> {
    let code: UnitCode = unit.parse().map_err(|rule| invalid("unit", rule))?;
    match jurisdiction.unit(&code) {
        Some(_) => Ok(code),
        None => Err(invalid("unit", "没有这个单位。")),
    }
}

fn row(
    unit: &UnitCode,
    open: bool,
    seen: &SeenNumbers,
    jurisdiction: &Jurisdiction,
) -> SupervisionNumbersRow {
    SupervisionNumbersRow {
        unit: unit.to_string(),
        unit_name: jurisdiction.unit_name(unit),
        numbers: Some(figures(&seen.numbers)),
        thresholds: Some(figures(&seen.thresholds)),
        since: seen.since.to_string(),
        open,
        reached: seen.numbers.reach(&seen.thresholds),
    }
}
