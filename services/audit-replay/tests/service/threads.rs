//! Threads beyond a case, both halves of a merged one, who held it, who could see it.

use crate::story::{CASE, TIP, audit, happens};
use crate::support::Town;
use case_domain::{CaseEvent, ClosingReason};
use disposal_domain::draw_samples;
use jurisdiction::sample::{
    COUNTY, COUNTY_ECOLOGY, DISCIPLINE, OFFICE, OTHER_COUNTY, OTHER_TOWNSHIP, SUPERVISION, TOWNSHIP, VILLAGE,
    acting,
};
use jurisdiction::{Actor, Against, CaseId, Role, StaffId, UnitCode};
use mingcha_proto::audit::{
    GetCaseSightRequest, GetCaseSightResponse, GetTipSightRequest, GetTipSightResponse, PrintThreadRequest,
    ReplayCaseRequest, ReplayThreadRequest, ReplayThreadResponse,
};
use reading_domain::ReadingEvent;
use report_domain::{Digest, ReportEvent};
use tip_domain::TipEvent;
use tonic::{Code, Status};

const AFTER: &str = "2020-06-03T00:00:00Z";

fn inspector() -> Actor {
    acting(Role::Inspector, DISCIPLINE)
}

async fn thread(town: &Town, actor: &Actor, subject: &str) -> Result<ReplayThreadResponse, Status> {
    let request = ReplayThreadRequest {
        subject: subject.to_owned(),
        at: Some(AFTER.to_owned()),
    };
    let answer = audit(town).await.replay_thread(town.by(actor, request)).await;
    answer.map(tonic::Response::into_inner)
}

fn names(history: &ReplayThreadResponse) -> Vec<&str> {
    history.events.iter().map(|event| event.name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tips_units_and_draws_have_a_thread_of_their_own() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let mut drawn = draw_samples().into_iter();
    let announced = drawn.next().expect("the announcement");
    let made = drawn.next_back().expect("the draw");
    let policy = Actor::system("disposal-tracking/draw");
    town.add("draw-1", &[announced], &policy).await;
    town.add("draw-1", &[made], &policy).await;
    let tip = thread(&town, &inspector(), &format!("tip-{TIP}"))
        .await
        .expect("a tip");
    assert_eq!(names(&tip), ["tip.received.v1", "tip.accepted.v1"]);
    let state = tip.states.first().expect("a state");
    assert!(state.state_json.contains("accepted"), "{}", state.state_json);
    let unit = thread(&town, &inspector(), &format!("unit-{TOWNSHIP}"))
        .await
        .expect("a unit");
    assert_eq!(unit.title, "胡集镇的问责情况");
    assert_eq!(names(&unit), ["unit.registered.v1"]);
    let draw = thread(&town, &inspector(), "draw-1").await.expect("a draw");
    assert_eq!(names(&draw), ["draw.announced.v1", "draw.made.v1"]);
    assert!(draw.events.iter().all(|event| event.lane == "draw"));
    assert!(draw.states[0].state_json.contains("chosen"));
    let case = thread(&town, &inspector(), &format!("case-{CASE}"))
        .await
        .expect("a case");
    assert!(case.events.len() > 8);
    for (subject, code) in [
        ("tip-00000000-0000-0000-0000-0000000000ff", Code::NotFound),
        ("unit-999999", Code::NotFound),
        ("draw-9", Code::NotFound),
        ("site-1", Code::InvalidArgument),
    ] {
        let refused = thread(&town, &inspector(), subject).await.expect_err("refused");
        assert_eq!(refused.code(), code, "{subject}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_are_for_those_whose_area_it_is_and_units_for_those_who_watch() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let tip = format!("tip-{TIP}");
    assert!(thread(&town, &acting(Role::Leader, COUNTY), &tip).await.is_ok());
    let elsewhere = thread(&town, &acting(Role::Leader, OTHER_COUNTY), &tip).await;
    assert_eq!(elsewhere.expect_err("refused").code(), Code::PermissionDenied);
    let unit = format!("unit-{TOWNSHIP}");
    assert!(
        thread(&town, &acting(Role::Supervisor, SUPERVISION), &unit)
            .await
            .is_ok()
    );
    let itself = thread(&town, &acting(Role::Leader, TOWNSHIP), &unit).await;
    assert_eq!(itself.expect_err("refused").code(), Code::PermissionDenied);
    let noted = CaseEvent::ConflictNoted {
        against: Against::unit(UnitCode::of(TOWNSHIP)),
    };
    town.add(&format!("case-{CASE}"), &[noted], &Actor::system("conflict"))
        .await;
    let hidden = thread(&town, &acting(Role::Leader, TOWNSHIP), &tip).await;
    assert_eq!(hidden.expect_err("refused").code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_halves_of_a_merged_case_are_one_history() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let other = CaseId::sample(0xca5f);
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let opened = CaseEvent::CaseOpened {
        origin: case_domain::Origin::SupervisionFinding {
            note: "督导发现".into(),
        },
        summary: "老砖瓦厂异味".into(),
        enterprise: None,
        place: case_domain::Place::default(),
        urgency: jurisdiction::Urgency::Normal,
        confidential: false,
        against: Against::default(),
    };
    let merged = CaseEvent::CasesMerged {
        into: CASE,
        reason: "同一地点".into(),
    };
    let closed = CaseEvent::CaseClosed {
        reason: ClosingReason::Merged { into: CASE },
        tips: vec![],
        summary: "并入另案办理".into(),
    };
    let stream = format!("case-{other}");
    town.add(&stream, &[opened], &dispatcher).await;
    town.add(&stream, &[merged, closed], &dispatcher).await;
    let mut audit = audit(&town).await;
    let mut streams = Vec::new();
    for case in [CASE, other] {
        let request = ReplayCaseRequest {
            case_id: case.to_string(),
            at: None,
        };
        let history = audit
            .replay_case(town.by(&acting(Role::Supervisor, SUPERVISION), request))
            .await;
        let history = history.expect("a history").into_inner();
        let of_both = history.events.iter().map(|event| event.stream.clone());
        streams.push(of_both.collect::<std::collections::BTreeSet<_>>());
        let holders: Vec<_> = history.holders.iter().map(|held| held.unit.as_str()).collect();
        let expected: &[&str] = if case == CASE { &[TOWNSHIP] } else { &[] };
        assert_eq!(holders, expected, "each has its own holders");
    }
    assert_eq!(streams[0], streams[1]);
    assert!(streams[0].contains(&format!("case-{CASE}")) && streams[0].contains(&stream));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_held_it_is_told_by_person_too() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let request = ReplayCaseRequest {
        case_id: CASE.to_string(),
        at: Some(AFTER.to_owned()),
    };
    let history = audit(&town)
        .await
        .replay_case(town.by(&inspector(), request))
        .await;
    let history = history.expect("a history").into_inner();
    let persons: Vec<_> = history.holders[0]
        .persons
        .iter()
        .map(|person| (person.kind.as_str(), person.account.clone(), person.from.as_str()))
        .collect();
    assert_eq!(
        persons,
        [
            (
                "responsible",
                format!("leader-{TOWNSHIP}"),
                "2020-06-01T01:20:00Z"
            ),
            ("handler", format!("handler-{TOWNSHIP}"), "2020-06-02T02:50:00Z"),
        ]
    );
}

async fn sight(town: &Town, at: &str) -> GetCaseSightResponse {
    let request = GetCaseSightRequest {
        case_id: CASE.to_string(),
        at: Some(at.to_owned()),
    };
    let seen = audit(town)
        .await
        .get_case_sight(town.by(&inspector(), request))
        .await;
    seen.expect("an answer").into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_could_see_a_case_follows_from_its_holder_its_place_and_conflicts() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let whys = |seen: &GetCaseSightResponse, unit: &str| -> Vec<String> {
        let units = seen.units.iter().filter(|seen| seen.unit == unit);
        units.map(|unit| unit.why.clone()).collect()
    };
    let before = sight(&town, "2020-06-01T01:13:00Z").await;
    assert_eq!(whys(&before, TOWNSHIP), ["area"], "not yet its owner");
    let after = sight(&town, AFTER).await;
    assert_eq!(whys(&after, TOWNSHIP), ["owner", "area"]);
    assert_eq!(whys(&after, COUNTY), ["area"]);
    assert_eq!(whys(&after, OFFICE), ["whole_city"]);
    assert!(whys(&after, OTHER_TOWNSHIP).is_empty() && whys(&after, COUNTY_ECOLOGY).is_empty());
    assert!(sight(&town, "2020-05-01T00:00:00Z").await.units.is_empty());
    let noted = CaseEvent::ConflictNoted {
        against: Against::unit(UnitCode::of(TOWNSHIP)),
    };
    town.add(&format!("case-{CASE}"), &[noted], &Actor::system("conflict"))
        .await;
    let hidden = sight(&town, AFTER).await;
    assert!(whys(&hidden, TOWNSHIP).is_empty());
    assert_eq!(hidden.against_units, [TOWNSHIP]);
    let supervisor = acting(Role::Supervisor, SUPERVISION);
    let request = GetCaseSightRequest {
        case_id: CASE.to_string(),
        at: None,
    };
    let refused = audit(&town)
        .await
        .get_case_sight(town.by(&supervisor, request.clone()))
        .await;
    assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
    let now = audit(&town)
        .await
        .get_case_sight(town.by(&inspector(), request))
        .await;
    let now = now.expect("an answer").into_inner();
    assert!(
        now.readings
            .iter()
            .all(|reading| reading.name == "reading.sight_examined.v1"),
        "and who did look is told"
    );
    assert_eq!(now.readings.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_read_a_report_before_the_case_began_did_not_look_at_the_case() {
    let mut town = Town::start().await;
    let report = format!("{VILLAGE}-sweep");
    let stream = format!("reading-report-{report}");
    let read = ReadingEvent::ReportRead { report, at: None };
    let reads = |leader: &str| acting(Role::Leader, leader);
    // The report itself is older than the case, and so is who read it.
    let drafted = ReportEvent::ReportDrafted {
        report: format!("{VILLAGE}-sweep").parse().expect("a report"),
        position: 1,
        digest: Digest::sample(2),
        list: vec![],
        lower: vec![],
    };
    let of_the_report = format!("report-{VILLAGE}-sweep");
    town.add(&of_the_report, &[drafted], &reads(VILLAGE)).await;
    town.add(&stream, std::slice::from_ref(&read), &reads(COUNTY))
        .await;
    town.later(10);
    happens(&mut town).await;
    town.add(&stream, &[read], &reads(TOWNSHIP)).await;
    let seen = sight(&town, AFTER).await;
    let looked: Vec<_> = seen
        .readings
        .iter()
        .filter_map(|reading| reading.actor.as_ref()?.account.clone())
        .collect();
    assert_eq!(looked, [format!("leader-{TOWNSHIP}")]);
}

async fn tip_sight(town: &Town, at: Option<&str>) -> Result<GetTipSightResponse, Status> {
    let request = GetTipSightRequest {
        tip_id: TIP.to_string(),
        at: at.map(str::to_owned),
    };
    let asked = town.by(&inspector(), request);
    let seen = audit(town).await.get_tip_sight(asked).await;
    seen.map(tonic::Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_could_see_a_tip_follows_from_its_place_its_case_and_conflicts() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let whys = |seen: &GetTipSightResponse, unit: &str| -> Vec<String> {
        let units = seen.units.iter().filter(|seen| seen.unit == unit);
        units.map(|unit| unit.why.clone()).collect()
    };
    let received = tip_sight(&town, Some("2020-06-01T01:00:00Z"))
        .await
        .expect("an answer");
    assert!(!whys(&received, OFFICE).is_empty(), "{received:?}");
    let of_township = received.units.iter().filter(|seen| seen.unit == TOWNSHIP);
    let roles: Vec<_> = of_township
        .flat_map(|seen| seen.persons.iter().flat_map(|person| person.roles.clone()))
        .collect();
    assert!(
        !roles.contains(&"承办人".to_owned()),
        "before there is a case: {roles:?}"
    );
    let after = tip_sight(&town, Some(AFTER)).await.expect("an answer");
    assert!(whys(&after, TOWNSHIP).contains(&"owner".to_owned()), "{after:?}");
    assert!(whys(&after, OTHER_COUNTY).is_empty() && whys(&after, OTHER_TOWNSHIP).is_empty());
    let before = tip_sight(&town, Some("2020-05-01T00:00:00Z"))
        .await
        .expect("an answer");
    assert!(before.units.is_empty(), "there was nothing to be seen");
    // Through the case, too, it is about somebody who then sees nothing of it.
    let noted = CaseEvent::ConflictNoted {
        against: Against::unit(UnitCode::of(TOWNSHIP)),
    };
    town.add(&format!("case-{CASE}"), &[noted], &Actor::system("conflict"))
        .await;
    let hidden = tip_sight(&town, None).await.expect("an answer");
    assert!(whys(&hidden, TOWNSHIP).is_empty());
    assert_eq!(hidden.against_units, [TOWNSHIP]);
    let looked: Vec<_> = hidden
        .readings
        .iter()
        .map(|reading| reading.name.as_str())
        .collect();
    assert_eq!(looked, ["reading.tip_sight_examined.v1"; 3]);
    let unknown = GetTipSightRequest {
        tip_id: "00000000-0000-0000-0000-0000000000ff".into(),
        at: None,
    };
    let mut audit = audit(&town).await;
    let refused = audit.get_tip_sight(town.by(&inspector(), unknown.clone())).await;
    assert_eq!(refused.expect_err("refused").code(), Code::NotFound);
    let supervisor = acting(Role::Supervisor, SUPERVISION);
    let refused = audit.get_tip_sight(town.by(&supervisor, unknown)).await;
    assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_whom_a_tip_is_about_is_told_of_none_and_nothing_is_on_record() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let persons = inspector().person().cloned().into_iter();
    let noted = TipEvent::ConflictNoted {
        against: Against {
            persons: persons.collect(),
            ..Against::default()
        },
    };
    town.add(&format!("tip-{TIP}"), &[noted], &Actor::system("conflict"))
        .await;
    let refused = tip_sight(&town, None).await.expect_err("refused");
    assert_eq!(refused.code(), Code::NotFound);
    let stream = format!("reading-tip-{TIP}");
    let readings = town.context.store.read_stream(&stream).await;
    assert!(readings.expect("the store").is_empty(), "nothing was shown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_that_became_no_case_is_printed_and_the_printing_stands_on_record() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let request = PrintThreadRequest {
        subject: format!("tip-{TIP}"),
        at: None,
    };
    let handler = Actor::staff(StaffId::of("somebody"), UnitCode::of(TOWNSHIP), Role::Handler);
    let refused = audit(&town)
        .await
        .print_thread(town.by(&handler, request.clone()))
        .await;
    assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
    let printed = audit(&town)
        .await
        .print_thread(town.by(&inspector(), request))
        .await;
    let html = printed.expect("a dossier").into_inner().html;
    assert!(
        html.contains("收到举报线索") && html.contains(&format!("tip-{TIP}@0")),
        "{html}"
    );
    assert!(html.contains("历史核验：完整"), "{html}");
    let seen = tip_sight(&town, None).await.expect("an answer");
    let names: Vec<_> = seen
        .readings
        .iter()
        .map(|reading| reading.name.as_str())
        .collect();
    assert!(names.contains(&"reading.thread_printed.v1"), "{names:?}");
}
