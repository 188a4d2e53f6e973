//! What may be the same site as a tip: suggestions only, the dispatcher decides.
//!
//! Compared are places, enterprises and summaries, never what a reporter told (domain.md §7).

use super::Moment;
use super::conditions::{Conditions, text};
use super::likeness::{Alike, NEAR_METRES, Site, compare};
use super::names::Names;
use crate::book::BookError;
use crate::rows::{self, Place, TipFacts};
use crate::search;
use case_domain::EARTH_RADIUS_METRES;
use jurisdiction::Role;
use mingcha_proto::ledger::Similar;
use rusqlite::types::Value;
use tonic::Status;

/// So many are shown.
const MOST: usize = 20;
/// So many of each kind are looked at: the best of those with words in common, and what is near or spelled alike.
const MOST_CANDIDATES: u32 = 200;

/// Visible tips and cases that may be the same, likeliest first; for those who screen, nobody else.
pub(crate) fn similar(moment: &Moment<'_>, tip: &TipFacts) -> Result<Vec<Similar>, Status> {
    if !(moment.actor.is(Role::Dispatcher) || moment.actor.is(Role::Inspector)) {
        return Ok(vec![]);
    }
    let names = Names::of(moment.jurisdiction);
    let site = site(&tip.place, tip.enterprise.as_deref(), tip.summary.as_deref());
    let perhaps = perhaps(tip, &in_common(moment, tip, &names)?);
    let limit = Some(MOST_CANDIDATES * 2);
    let mut found = Vec::new();
    let mut cases = moment.visible_cases()?;
    cases.and_all(perhaps.clone()).and(
        "case_id IS NOT ?",
        [tip.case.clone().map_or(Value::Null, Value::Text)],
    );
    for case in rows::cases(moment.transaction, &cases, limit)? {
        let other = self::site(&case.place, case.enterprise.as_deref(), Some(&case.summary));
        let row = Similar {
            kind: "case".to_owned(),
            id: case.id.clone(),
            place: case.place.text.clone(),
            summary: case.summary.clone(),
            state: case.state.clone(),
            enterprise: case.enterprise.clone(),
            ..Similar::default()
        };
        found.extend(compare(&site, &other, &names).map(|alike| explained(row, &alike)));
    }
    let mut tips = moment.visible_tips()?;
    tips.and_all(perhaps).and("tip <> ?", [text(&tip.id)]);
    for other in rows::tips(moment.transaction, &tips, limit)? {
        let of_other = self::site(
            &other.place,
            other.enterprise.as_deref(),
            other.summary.as_deref(),
        );
        let row = Similar {
            kind: "tip".to_owned(),
            id: other.id.clone(),
            place: other.place.text.clone(),
            summary: other.summary.clone().unwrap_or_default(),
            state: other.progress.clone(),
            enterprise: other.enterprise.clone(),
            ..Similar::default()
        };
        found.extend(compare(&site, &of_other, &names).map(|alike| explained(row, &alike)));
    }
    // Of two that are equally likely the case comes first, and then always the same.
    found.sort_by(|one, other| {
        let by_likeness = other.likeness.total_cmp(&one.likeness);
        by_likeness
            .then_with(|| (&one.kind, one.metres, &one.id).cmp(&(&other.kind, other.metres, &other.id)))
    });
    found.truncate(MOST);
    Ok(found)
}

fn site<'a>(place: &'a Place, enterprise: Option<&'a str>, summary: Option<&'a str>) -> Site<'a> {
    Site {
        place: &place.text,
        coordinates: place.coordinates,
        enterprise: enterprise.unwrap_or_default(),
        summary: summary.unwrap_or_default(),
    }
}

fn explained(row: Similar, alike: &Alike) -> Similar {
    Similar {
        metres: alike.metres,
        why: alike
            .reasons
            .first()
            .map(|reason| reason.code().to_owned())
            .unwrap_or_default(),
        reasons: alike
            .reasons
            .iter()
            .map(|reason| reason.code().to_owned())
            .collect(),
        likeness: alike.likeness(),
        explained: alike.in_chinese(),
        ..row
    }
}

/// Subjects with the most words in common. What does not exist for the caller takes nobody's place.
fn in_common(moment: &Moment<'_>, tip: &TipFacts, names: &Names) -> Result<Vec<String>, BookError> {
    let summary = tip.summary.as_deref().unwrap_or_default();
    let enterprise = tip.enterprise.as_deref().unwrap_or_default();
    let texts = [tip.place.text.as_str(), enterprise, summary].map(|text| names.without(text));
    let Some(query) = search::any_pair_of(texts.iter().map(String::as_str)) else {
        return Ok(vec![]);
    };
    let mut select = moment.transaction.prepare_cached(
        "SELECT subject FROM search WHERE search MATCH ?1 AND subject NOT IN (SELECT hidden.subject FROM hidden) \
         ORDER BY rank, rowid DESC LIMIT ?2",
    )?;
    let found = select.query_map((query, MOST_CANDIDATES), |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What may be alike at all: a box around the place, the same words, the same enterprise, or words in common.
fn perhaps(tip: &TipFacts, in_common: &[String]) -> Conditions {
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
    if !in_common.is_empty() {
        let mut words = Conditions::default();
        let subjects = serde_json::to_string(in_common).unwrap_or_default();
        words.and("subject IN (SELECT value FROM json_each(?))", [text(&subjects)]);
        alternatives.push(words);
    }
    let mut perhaps = Conditions::default();
    perhaps.and_any(alternatives);
    perhaps
}
