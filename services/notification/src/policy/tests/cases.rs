//! Letters about a case: handed over, changing hands in disposal, passed on, and confidential.

use super::*;
use case_domain::{ClosingReason, Competent};

#[test]
fn given_a_case_handed_over_then_its_unit_reads_where_what_and_until_when_to_acknowledge() {
    let letters = handed_over(false, assigned());
    assert_eq!(to(&letters), ["unit 321322102"]);
    for part in [
        "地点：胡集镇老砖瓦厂",
        "案情：砖瓦厂内疑似生产化工产品",
        "要求：请今日到场",
        "请最迟签收：2020年6月2日 23:59（北京时间）",
    ] {
        assert!(letters[0].body.contains(part), "{part}");
    }
    let designated = CaseEvent::CaseDesignated {
        to: township(),
        reason: "两次退回".into(),
    };
    assert!(handed_over(false, designated)[0].body.contains("不得再退回"));
}

#[test]
fn given_a_confirmed_case_that_changes_hands_then_nothing_is_to_be_acknowledged() {
    let suqian = sample::suqian();
    let by = sample::acting(Role::Dispatcher, sample::COUNTY);
    let confirmed = CaseEvent::CaseConfirmed {
        class: case_domain::Class::C,
        owner: UnitCode::of(sample::OTHER_TOWNSHIP),
        place: Place::default(),
        summary: String::new(),
        urgency: Urgency::Normal,
    };
    let reassigned = CaseEvent::CaseReassigned {
        to: township(),
        reason: "原承办单位须回避".into(),
    };
    let facts = [
        (by.clone(), opened(false)),
        (by.clone(), confirmed),
        (by, reassigned.clone()),
    ];
    let state = after::<Case>(&facts);
    let letters = on_case(CaseId::sample(7), &reassigned, &state, at(DUE), desk(&suqian));
    assert_eq!(to(&letters), ["unit 321322102"]);
    assert_eq!(letters[0].template, "disposal_handed_over");
    assert!(!letters[0].body.contains("签收") && letters[0].body.contains("胡集镇老砖瓦厂"));
}

#[test]
fn given_a_site_that_is_none_of_ours_then_whoever_is_competent_reads_of_it() {
    let suqian = sample::suqian();
    let closed = |refer_to| CaseEvent::CaseClosed {
        reason: ClosingReason::NotSmallChemical { refer_to },
        tips: vec![],
        summary: String::new(),
    };
    let told = |confidential, event: &CaseEvent| {
        let by = sample::acting(Role::Dispatcher, sample::COUNTY);
        let state = after::<Case>(&[(by.clone(), opened(confidential)), (by, event.clone())]);
        on_case(CaseId::sample(7), event, &state, at(DUE), desk(&suqian))
    };
    let ecology = Competent::Unit {
        unit: UnitCode::of(sample::COUNTY_ECOLOGY),
        name: "生态环境局".into(),
    };
    let letters = told(false, &closed(Some(ecology.clone())));
    assert_eq!(to(&letters), [format!("unit {}", sample::COUNTY_ECOLOGY)]);
    assert!(
        letters[0].body.contains("地点：胡集镇老砖瓦厂"),
        "{}",
        letters[0].body
    );
    let letters = told(true, &closed(Some(ecology.clone())));
    for secret in ["砖瓦厂", "举报"] {
        assert!(!letters[0].body.contains(secret), "{}", letters[0].body);
    }
    // Whom it is about hears nothing, whatever stands in the fact.
    let against = CaseEvent::ConflictNoted {
        against: jurisdiction::Against::unit(UnitCode::of(sample::COUNTY_ECOLOGY)),
    };
    let by = sample::acting(Role::Dispatcher, sample::COUNTY);
    let event = closed(Some(ecology));
    let facts = [opened(false), against, event.clone()].map(|fact| (by.clone(), fact));
    let state = after::<Case>(&facts);
    assert!(on_case(CaseId::sample(7), &event, &state, at(DUE), desk(&suqian)).is_empty());
    // Nobody can be written to of whom no more than a name is known.
    let beyond = Competent::Beyond("海事部门".into());
    assert!(told(false, &closed(Some(beyond))).is_empty());
    assert!(told(false, &closed(None)).is_empty());
}

#[test]
fn given_a_confidential_case_then_the_mail_says_only_that_there_is_one() {
    let letters = handed_over(true, assigned());
    for secret in ["砖瓦厂", "化工", "今日到场"] {
        assert!(!letters[0].body.contains(secret) && !letters[0].subject.contains(secret));
    }
}
