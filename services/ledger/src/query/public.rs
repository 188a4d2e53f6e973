//! What is published of the campaign: numbers of the city and its counties, week by week, none that could point at a report.

use super::Moment;
use super::bulletin::monday_before;
use super::figures::{Column, columns};
use super::report::{count, descend};
use jiff::Timestamp;
use jurisdiction::{Actor, Level, Unit, campaign_time};
use mingcha_proto::ledger::{PublicArea, PublicFigure, PublicFiguresRequest, PublicFiguresResponse};
use tonic::Status;

/// What is told, with its title for people who know no ledger. None is the sum of others, so that none follows from others.
const PUBLISHED: [(&str, &str); 5] = [
    ("tips", "收到群众举报"),
    ("cases", "立案核查"),
    ("disposals_ordered", "认定并下达处置"),
    ("cases_disposed", "处置完毕"),
    ("relapses", "死灰复燃再查处"),
];

/// Fewer than so many are not told: who knows of one works and one quarrel could guess who reported.
const FEWEST: u32 = 5;

/// The last Sunday that is over.
pub(crate) fn last_day(now: Timestamp) -> Option<String> {
    let monday = monday_before(campaign_time(now).date());
    monday.yesterday().ok().map(|sunday| sunday.to_string())
}

pub(crate) fn figures(
    moment: &Moment<'_>,
    _: &PublicFiguresRequest,
) -> Result<PublicFiguresResponse, Status> {
    // Counted for the whole city by its own office; what is about anybody is not there to be counted, see `Hidden`.
    let office = Actor::system("public-figures");
    let moment = &Moment {
        actor: &office,
        hidden: moment.hidden.clone(),
        ..*moment
    };
    let mut areas: Vec<&Unit> = Vec::new();
    if let Some(city) = moment.jurisdiction.city() {
        descend(&city.code, Level::County, moment.jurisdiction, &mut areas);
    }
    let columns = published();
    let codes: Vec<&str> = areas.iter().map(|area| area.code.as_str()).collect();
    let counts = count(moment, &columns, &codes)?;
    let value = |area: &Unit, column: usize| {
        let values = counts.get(area.code.as_str());
        values
            .and_then(|values| values.get(column).copied())
            .unwrap_or_default()
    };
    let told: Vec<Vec<Option<u32>>> = (0..columns.len())
        .map(|column| {
            let values: Vec<u32> = areas.iter().map(|area| value(area, column)).collect();
            withheld(&values)
        })
        .collect();
    let areas = areas.iter().enumerate().map(|(row, area)| PublicArea {
        name: area.name.clone(),
        level: crate::columns::code(&area.level),
        figures: (PUBLISHED.iter().zip(&told))
            .map(|((code, title), values)| PublicFigure {
                code: (*code).to_owned(),
                title: (*title).to_owned(),
                value: values[row],
            })
            .collect(),
    });
    Ok(PublicFiguresResponse {
        until: campaign_time(moment.now).date().to_string(),
        areas: areas.collect(),
        position: moment.position,
    })
}

/// The table's own columns, in the order in which they are published.
fn published() -> Vec<Column> {
    let all = columns("");
    let find = |code: &str| all.iter().find(|column| column.code == code).cloned();
    PUBLISHED.iter().filter_map(|(code, _)| find(code)).collect()
}

/// One column, the whole first: small values are left out, and as many more, the smallest first, as it takes that those left
/// out cannot be worked out from the whole and the rest.
fn withheld(values: &[u32]) -> Vec<Option<u32>> {
    let Some((whole, parts)) = values.split_first() else {
        return Vec::new();
    };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|part| parts[*part]);
    let mut told: Vec<Option<u32>> = parts.iter().copied().map(Some).collect();
    let (mut left_out, mut together) = (0, 0);
    for part in order {
        let is_told = parts[part] >= FEWEST;
        let is_enough = left_out == 0 || (left_out > 1 && (together == 0 || together >= FEWEST));
        if is_told && is_enough {
            break;
        }
        told[part] = None;
        left_out += 1;
        together += parts[part];
    }
    let whole = Some(*whole).filter(|whole| *whole >= FEWEST);
    std::iter::once(whole).chain(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_number_is_one_of_the_table() {
        assert_eq!(published().len(), PUBLISHED.len());
    }
    #[test]
    fn small_numbers_are_left_out_and_cannot_be_worked_out() {
        assert_eq!(withheld(&[30, 10, 20]), [Some(30), Some(10), Some(20)]);
        // One alone would be the whole less the others: the next smallest goes with it.
        assert_eq!(withheld(&[33, 3, 10, 20]), [Some(33), None, None, Some(20)]);
        // Together they are one: somebody reported, in one of two counties; so a third goes with them.
        assert_eq!(
            withheld(&[31, 0, 1, 10, 20]),
            [Some(31), None, None, None, Some(20)]
        );
        // Nothing at all tells of nobody.
        assert_eq!(withheld(&[20, 0, 0, 20]), [Some(20), None, None, Some(20)]);
        assert_eq!(withheld(&[4, 4, 0]), [None, None, None]);
        assert!(withheld(&[]).is_empty());
    }
    #[test]
    fn a_week_is_published_when_it_is_over() {
        let day = |at: &str| last_day(at.parse().expect("a timestamp"));
        // Sunday, 23:59 in Suqian, then the minute after.
        assert_eq!(day("2020-06-07T15:59:00Z").as_deref(), Some("2020-05-31"));
        assert_eq!(day("2020-06-07T16:00:00Z").as_deref(), Some("2020-06-07"));
    }
}
