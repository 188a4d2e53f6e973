//! What may be the same site as a tip: suggestions only, the dispatcher decides.

use super::Moment;
use super::conditions::{Conditions, text};
use crate::rows::{self, Place, TipFacts};
use jurisdiction::Role;
use mingcha_proto::ledger::Similar;
use rusqlite::types::Value;
use tonic::Status;

/// domain.md §3: suggest what lies within 500 m.
const NEAR_METRES: f64 = 500.0;
const MOST: usize = 20;
const EARTH_RADIUS_METRES: f64 = 6_371_000.0;

/// Visible tips and cases near the tip, cases first; for those who screen, nobody else.
pub(crate) fn similar(moment: &Moment<'_>, tip: &TipFacts) -> Result<Vec<Similar>, Status> {
    if !(moment.actor.is(Role::Dispatcher) || moment.actor.is(Role::Inspector)) {
        return Ok(vec![]);
    }
    let mut found = Vec::new();
    let mut cases = moment.visible_cases()?;
    cases.and_all(perhaps(tip)).and(
        "case_id IS NOT ?",
        [tip.case.clone().map_or(Value::Null, Value::Text)],
    );
    for case in rows::cases(moment.transaction, &cases, None)? {
        let alike = alike(tip, &case.place, case.enterprise.as_deref());
        found.extend(alike.map(|(why, metres)| Similar {
            kind: "case".to_owned(),
            id: case.id.clone(),
            place: case.place.text.clone(),
            summary: case.summary.clone(),
            metres,
            why: why.to_owned(),
            state: case.state.clone(),
        }));
    }
    let mut tips = moment.visible_tips()?;
    tips.and_all(perhaps(tip)).and("tip <> ?", [text(&tip.id)]);
    for other in rows::tips(moment.transaction, &tips, None)? {
        let alike = alike(tip, &other.place, other.enterprise.as_deref());
        found.extend(alike.map(|(why, metres)| Similar {
            kind: "tip".to_owned(),
            id: other.id.clone(),
            place: other.place.text.clone(),
            summary: other.summary.clone().unwrap_or_default(),
            metres,
            why: why.to_owned(),
            state: other.progress.clone(),
        }));
    }
    found.truncate(MOST);
    Ok(found)
}

/// What may be alike at all: a box around the place, the same words, the same enterprise.
fn perhaps(tip: &TipFacts) -> Conditions {
    let mut alternatives = Vec::new();
    if let Some((latitude, longitude)) = tip.place.coordinates {
        let high = (NEAR_METRES / EARTH_RADIUS_METRES).to_degrees();
        let wide = high / latitude.to_radians().cos().abs().max(0.01);
        let mut near = Conditions::default();
        near.and(
            "latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?",
            [
                latitude - high,
                latitude + high,
                longitude - wide,
                longitude + wide,
            ]
            .map(Value::Real),
        );
        alternatives.push(near);
    }
    let names = [
        ("place", Some(&tip.place.text)),
        ("enterprise", tip.enterprise.as_ref()),
    ];
    for (column, name) in names {
        if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
            let mut same = Conditions::default();
            same.and(&format!("trim({column}) = ?"), [text(name.trim())]);
            alternatives.push(same);
        }
    }
    let mut perhaps = Conditions::default();
    perhaps.and_any(alternatives);
    perhaps
}

/// Why the two may be one, and how far apart they are.
fn alike(tip: &TipFacts, place: &Place, enterprise: Option<&str>) -> Option<(&'static str, Option<u32>)> {
    let apart = tip.place.coordinates.zip(place.coordinates);
    let metres = apart.map(|(one, other)| distance(one, other));
    let whole = metres.map(|metres| metres.round() as u32);
    let same = |one: &str, other: &str| !one.trim().is_empty() && one.trim() == other.trim();
    if metres.is_some_and(|metres| metres <= NEAR_METRES) {
        Some(("near", whole))
    } else if same(&tip.place.text, &place.text) {
        Some(("same_place", whole))
    } else if same(
        tip.enterprise.as_deref().unwrap_or_default(),
        enterprise.unwrap_or_default(),
    ) {
        Some(("same_enterprise", whole))
    } else {
        None
    }
}

/// Great-circle distance by the haversine formula.
fn distance((lat1, lon1): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    let (lat1, lon1, lat2, lon2) = (
        lat1.to_radians(),
        lon1.to_radians(),
        lat2.to_radians(),
        lon2.to_radians(),
    );
    let half = |a: f64, b: f64| ((b - a) / 2.0).sin().powi(2);
    let chord = half(lat1, lat2) + lat1.cos() * lat2.cos() * half(lon1, lon2);
    2.0 * EARTH_RADIUS_METRES * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_thousandth_of_a_degree_of_latitude_is_about_111_metres() {
        let metres = distance((34.1, 118.7), (34.101, 118.7));
        assert!((metres - 111.2).abs() < 0.5, "{metres}");
    }
}
