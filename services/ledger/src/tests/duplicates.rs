//! Suggestions of the same site: found by place, distance, enterprise and summary, likeliest first, and never what is hidden.

use super::History;
use crate::query::tips;
use case_domain::{CaseEvent, Coordinates, Place};
use jurisdiction::sample::{COUNTY, OFFICE, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Against, CaseId, Role, TipId, UnitCode};
use mingcha_proto::ledger::{GetTipRequest, Similar};
use serde_json::json;

/// A tip that has just come in.
fn received(history: &mut History, number: u128, place: &str, at: Option<(f64, f64)>) {
    let mut fact = super::goldens::golden_of("tip.received.v1");
    fact["place"] = json!({ "text": place, "coordinates": null, "division": VILLAGE });
    if let Some((latitude, longitude)) = at {
        fact["place"]["coordinates"] = json!({ "latitude": latitude, "longitude": longitude });
    }
    history.stored(&format!("tip-{}", TipId::sample(number)), "tip.received.v1", fact);
}

struct Site<'a> {
    place: &'a str,
    enterprise: Option<&'a str>,
    summary: &'a str,
    at: Option<(f64, f64)>,
    against: &'a [&'a str],
}

const PLAIN: Site<'_> = Site {
    place: "",
    enterprise: None,
    summary: "疑似生产",
    at: None,
    against: &[],
};

fn opened(history: &mut History, number: u128, site: &Site<'_>) {
    let event = CaseEvent::CaseOpened {
        origin: case_domain::Origin::Sweep {
            method: case_domain::Method::NightRaid,
        },
        summary: site.summary.to_owned(),
        enterprise: site.enterprise.map(str::to_owned),
        place: Place {
            text: site.place.to_owned(),
            coordinates: site
                .at
                .map(|(latitude, longitude)| Coordinates { latitude, longitude }),
            division: Some(UnitCode::of(VILLAGE)),
        },
        urgency: jurisdiction::Urgency::Normal,
        confidential: false,
        against: Against {
            units: site.against.iter().map(|unit| UnitCode::of(unit)).collect(),
            ..Against::default()
        },
    };
    history.add(&super::case_stream(number), &event);
}

fn suggested(history: &History, role: Role, unit: &str, tip: u128) -> Vec<Similar> {
    let request = GetTipRequest {
        tip_id: TipId::sample(tip).to_string(),
        ..GetTipRequest::default()
    };
    let answer = history.ledger().ask(&acting(role, unit), &request, tips::get);
    answer.expect("a tip").similar
}
fn cases(found: &[Similar]) -> Vec<&str> {
    found
        .iter()
        .filter(|one| one.kind == "case")
        .map(|one| one.id.as_str())
        .collect()
}

#[test]
fn all_reasons_are_shown_and_the_likeliest_comes_first() {
    let mut history = History::new();
    received(&mut history, 1, "胡集镇老砖瓦厂院内", Some((34.1, 118.7)));
    let case = |place, enterprise, at| Site {
        place,
        enterprise,
        at,
        ..PLAIN
    };
    opened(&mut history, 1, &case("废弃面粉厂", None, Some((34.103, 118.7))));
    opened(
        &mut history,
        2,
        &case("胡集镇老瓦砖厂院内", None, Some((34.1001, 118.7))),
    );
    opened(&mut history, 3, &case("胡集镇养殖场", None, None));
    opened(&mut history, 4, &case("胡集镇老砖瓦厂院内", None, None));
    opened(&mut history, 5, &case("桥南轮胎厂", None, Some((34.2, 118.7))));
    let found = suggested(&history, Role::Dispatcher, OFFICE, 1);
    let ids = [2, 4, 1].map(|number| CaseId::sample(number).to_string());
    assert_eq!(cases(&found), ids, "neither another place nor one far away");
    let best = &found[0];
    assert_eq!(best.reasons, ["near", "like_place"]);
    assert_eq!((best.why.as_str(), best.metres), ("near", Some(11)));
    assert_eq!(best.explained, "相距 11 米；地点文字相近（83%）");
    assert_eq!(found[1].reasons, ["same_place"]);
    assert_eq!(
        (found[2].reasons.as_slice(), found[2].metres),
        (&["near".to_owned()][..], Some(334))
    );
    assert!(found.iter().all(|one| one.likeness > 0.0 && one.likeness < 1.0));
}

#[test]
fn two_characters_more_or_in_another_order_are_found_and_another_place_is_not() {
    let mut history = History::new();
    received(&mut history, 1, "胡集镇老砖瓦厂院内", None);
    for (number, place) in (1..).zip([
        "老砖瓦厂大院里",
        "胡集镇瓦砖老厂院内",
        "胡集镇老砖瓦厂的院子内",
        "胡集镇老轮窑厂",
        "胡集镇水泥厂院内",
        "示范二村卫生院内",
    ]) {
        opened(&mut history, number, &Site { place, ..PLAIN });
    }
    let found = suggested(&history, Role::Dispatcher, OFFICE, 1);
    let mut numbers = cases(&found);
    numbers.sort_unstable();
    assert_eq!(
        numbers,
        [1, 2, 3].map(|number| CaseId::sample(number).to_string())
    );
}

#[test]
fn enterprises_and_summaries_count_once_a_tip_has_been_screened() {
    let mut history = History::new();
    received(&mut history, 1, "桥北宏发新型建材院内", None);
    let enterprise = Some("宿迁市宏发新型建材有限公司");
    opened(
        &mut history,
        1,
        &Site {
            place: "工业路 8 号",
            enterprise,
            ..PLAIN
        },
    );
    opened(
        &mut history,
        2,
        &Site {
            place: "工业路 9 号",
            enterprise: Some("恒通化工有限公司"),
            ..PLAIN
        },
    );
    let found = suggested(&history, Role::Dispatcher, OFFICE, 1);
    assert_eq!(cases(&found), [CaseId::sample(1).to_string()]);
    assert_eq!(found[0].reasons, ["enterprise_named"]);
    let mut accepted = super::goldens::golden_of("tip.accepted.v1");
    accepted["case"] = json!(CaseId::sample(9));
    accepted["place"] = json!({ "text": "桥北", "coordinates": null, "division": VILLAGE });
    accepted["enterprise"] = json!("宏发新型建材厂");
    accepted["summary"] = json!("夜间在仓库内分装不明液体");
    history.stored(&format!("tip-{}", TipId::sample(1)), "tip.accepted.v1", accepted);
    let summary = "夜间在仓库里分装不明液体";
    opened(
        &mut history,
        3,
        &Site {
            place: "开发区",
            summary,
            ..PLAIN
        },
    );
    let found = suggested(&history, Role::Dispatcher, OFFICE, 1);
    let reasons: Vec<_> = found.iter().map(|one| one.reasons.as_slice()).collect();
    assert_eq!(
        reasons,
        [["like_enterprise".to_owned()], ["like_summary".to_owned()]]
    );
}

#[test]
fn what_is_about_the_asker_or_out_of_the_area_is_never_suggested_nor_to_anybody_else_than_screeners() {
    let mut history = History::new();
    received(&mut history, 1, "胡集镇老砖瓦厂院内", None);
    let against = [TOWNSHIP];
    opened(
        &mut history,
        1,
        &Site {
            place: "胡集镇老瓦砖厂院内",
            against: &against,
            ..PLAIN
        },
    );
    let mut about = super::goldens::golden_of("tip.received.v1");
    about["place"] = json!({ "text": "胡集镇老砖瓦厂院内", "coordinates": null, "division": VILLAGE });
    about["against"] = json!({ "units": [TOWNSHIP] });
    history.stored(&format!("tip-{}", TipId::sample(2)), "tip.received.v1", about);
    assert_eq!(suggested(&history, Role::Dispatcher, COUNTY, 1).len(), 2);
    assert!(suggested(&history, Role::Dispatcher, TOWNSHIP, 1).is_empty());
    assert!(
        suggested(&history, Role::Leader, COUNTY, 1).is_empty(),
        "leaders do not screen"
    );
}

#[test]
fn so_many_are_shown_and_no_more() {
    let mut history = History::new();
    received(&mut history, 1, "老砖瓦厂院内", None);
    for number in 1..60 {
        opened(
            &mut history,
            number,
            &Site {
                place: "老砖瓦厂院内",
                ..PLAIN
            },
        );
    }
    assert_eq!(suggested(&history, Role::Dispatcher, OFFICE, 1).len(), 20);
}
