//! What administrators are shown of a change before it is made, and how near units are to special supervision.

use super::*;
use mingcha_proto::accountability::{
    ListSupervisionNumbersRequest, PreviewCalendarYearRequest, PreviewSupervisionRequest,
    SupervisionNumbersRow,
};
use mingcha_proto::directory::SupervisionThresholds as Thresholds;

/// The board of clocks follows the store a moment later.
#[tokio::test]
async fn an_administrator_sees_what_a_calendar_would_move_before_it_is_set() {
    let service = Service::start().await;
    // Far from the end of a year, whose calendar says nothing of the days after it.
    let spring: jiff::Timestamp = "2031-03-03T01:00:00Z".parse().expect("a timestamp");
    service.town.advance_to(spring).await;
    let finding = RecordFindingRequest {
        unit: township(),
        source: "city".into(),
        gravity: "ordinary".into(),
        text: "三处停产企业未翻墙三查".into(),
        evidence: vec![],
    };
    asked!(service, &group(), record_finding(finding)).expect("recorded");
    let facts = service.town.names(STREAM).await.len();
    let start = jurisdiction::campaign_time(service.town.now()).date();
    let preview = |who: Actor, holidays: Vec<String>| {
        let asked = PreviewCalendarYearRequest {
            year: start.year().into(),
            holidays,
            make_up_workdays: vec![],
        };
        let request = service.town.calls().request(&who, None, asked);
        let mut client = service.client.clone();
        async move {
            client
                .preview_calendar_year(request)
                .await
                .map(Response::into_inner)
        }
    };
    let refused = preview(group(), vec![]).await.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
    let strange = preview(admin(), vec!["tomorrow".into()])
        .await
        .expect_err("invalid");
    assert_eq!(strange.code(), Code::InvalidArgument);
    // Everything that is not over by then is a day off.
    let off = (1..=30).map(|days| (start + jiff::Span::new().days(days)).to_string());
    let off: Vec<String> = off.collect();
    let foreseen = async || {
        let foreseen = preview(admin(), off.clone()).await.ok();
        foreseen.and_then(|foreseen| foreseen.clocks).unwrap_or_default()
    };
    until("the clock is known", async || foreseen().await.running == 1).await;
    let seen = foreseen().await;
    assert_eq!((seen.later, seen.sooner), (1, 0), "{seen:?}");
    let moved = &seen.moved[0];
    assert_eq!(
        (moved.unit.as_str(), moved.obligation.as_str()),
        (sample::TOWNSHIP, "answer_finding")
    );
    assert!(
        moved.to > moved.from && !moved.obligation_title.is_ascii(),
        "{moved:?}"
    );
    assert_eq!(
        service.town.names(STREAM).await.len(),
        facts,
        "nothing has changed"
    );
    service.stop().await;
}

#[tokio::test]
async fn an_administrator_sees_whom_thresholds_would_reach_before_they_are_set() {
    let service = Service::start().await;
    for number in 1..=2 {
        let finding = RecordFindingRequest {
            unit: township(),
            source: "city".into(),
            gravity: "ordinary".into(),
            text: format!("第 {number} 处停产企业未翻墙三查"),
            evidence: vec![],
        };
        asked!(service, &group(), record_finding(finding)).expect("recorded");
    }
    let preview = |open_findings| {
        let most = Thresholds {
            open_findings,
            grave_findings: 100,
            failures: 100,
            overdue: 100,
        };
        let asked = PreviewSupervisionRequest {
            window_days: 30,
            county: Some(Thresholds {
                open_findings: 100,
                ..most
            }),
            township: Some(most),
        };
        let request = service.town.calls().request(&admin(), None, asked);
        let mut client = service.client.clone();
        async move {
            client
                .preview_supervision(request)
                .await
                .map(Response::into_inner)
        }
    };
    until("both findings are counted", async || {
        preview(2).await.is_ok_and(|seen| seen.opened.len() == 1)
    })
    .await;
    let seen = preview(2).await.expect("a preview");
    assert_eq!(
        (seen.opened[0].unit.as_str(), seen.open_now),
        (sample::TOWNSHIP, 0)
    );
    assert_eq!(
        seen.opened[0].numbers.map(|numbers| numbers.open_findings),
        Some(2)
    );
    assert!(preview(3).await.expect("a preview").opened.is_empty());
    service.stop().await;
}

#[tokio::test]
async fn everybody_sees_how_near_their_own_units_are_to_special_supervision() {
    let service = Service::start().await;
    for number in 1..=2 {
        let finding = RecordFindingRequest {
            unit: township(),
            source: "city".into(),
            gravity: "ordinary".into(),
            text: format!("第 {number} 处停产企业未翻墙三查"),
            evidence: vec![],
        };
        asked!(service, &group(), record_finding(finding)).expect("recorded");
    }
    let numbers = |who: Actor, unit: Option<&str>| {
        let asked = ListSupervisionNumbersRequest {
            unit: unit.map(str::to_owned),
        };
        let request = service.town.calls().request(&who, None, asked);
        let mut client = service.client.clone();
        async move {
            let answer = client.list_supervision_numbers(request).await?;
            let rows = answer.into_inner().rows.into_iter();
            let open = |row: &SupervisionNumbersRow| row.numbers.map_or(0, |numbers| numbers.open_findings);
            Ok::<_, Status>(rows.map(|row| (open(&row), row.unit)).collect::<Vec<_>>())
        }
    };
    until("both findings are counted", async || {
        let seen = numbers(group(), None).await;
        seen.is_ok_and(|rows| rows.contains(&(2, township())))
    })
    .await;
    let both = vec![(2, township()), (2, sample::COUNTY.to_owned())];
    assert_eq!(
        numbers(group(), None).await.expect("rows"),
        both,
        "a township has less room than its county"
    );
    assert_eq!(
        numbers(group(), Some(sample::TOWNSHIP)).await.expect("rows"),
        both[..1]
    );
    assert_eq!(
        numbers(leader(), None).await.expect("rows"),
        both[..1],
        "a township does not look at its county"
    );
    let elsewhere = sample::acting(Role::Leader, sample::OTHER_COUNTY);
    let elsewhere = numbers(elsewhere, None).await;
    assert_eq!(elsewhere.expect("rows"), []);
    let unknown = numbers(group(), Some("321399")).await.expect_err("no such unit");
    assert_eq!(unknown.code(), Code::InvalidArgument);
    let refused = numbers(admin(), None).await.expect_err("no business of theirs");
    assert_eq!(refused.code(), Code::PermissionDenied);
    service.stop().await;
}
