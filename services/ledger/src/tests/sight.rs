//! Who sees what: role × subtree.

use super::History;
use crate::query::{cases, progress, report, tips};
use case_domain::{CaseEvent, ClosingReason};
use jurisdiction::sample::{
    CITY, COUNTY, COUNTY_ECOLOGY, DISCIPLINE, OFFICE, OTHER_COUNTY, SUPERVISION, TOWNSHIP, VILLAGE, acting,
    suqian,
};
use jurisdiction::{Actor, CaseId, CaseLies, EvidenceId, Obligation, Role, Scope, TipId, UnitCode};
use mingcha_proto::ledger::{
    GetCaseRequest, GetTipRequest, ListCasesRequest, ListTipsRequest, PublicProgressRequest, ReportRequest,
};
use tip_domain::{Authenticity, Channel, Place, Seen, TipEvent};
use tonic::Code;

/// Case 1 in the village with the township, case 2 in the other county, case 3 nowhere yet.
fn history() -> History {
    let mut history = History::new();
    history.case(1, Some(VILLAGE), Some(TOWNSHIP));
    history.case(2, Some(OTHER_COUNTY), Some(OTHER_COUNTY));
    history.case(3, None, None);
    history
}

fn seen(actor: &Actor) -> Result<Vec<u128>, Code> {
    let list = history()
        .ledger()
        .ask(actor, &ListCasesRequest::default(), cases::list);
    let list = list.map_err(|status| status.code())?;
    let mut numbers: Vec<u128> = list
        .cases
        .iter()
        .map(|case| case.case_id.parse::<CaseId>().expect("an id").0.as_u128())
        .collect();
    numbers.sort_unstable();
    Ok(numbers)
}

#[test]
fn everybody_sees_their_own_part_of_the_city() {
    let sees = |role, unit| seen(&acting(role, unit));
    for (role, unit) in [
        (Role::Inspector, DISCIPLINE),
        (Role::Supervisor, SUPERVISION),
        (Role::Leader, CITY),
        (Role::Dispatcher, OFFICE),
    ] {
        assert_eq!(sees(role, unit), Ok(vec![1, 2, 3]), "{role:?}");
    }
    assert_eq!(sees(Role::Leader, COUNTY), Ok(vec![1]));
    assert_eq!(sees(Role::Dispatcher, TOWNSHIP), Ok(vec![1]));
    assert_eq!(sees(Role::Leader, VILLAGE), Ok(vec![1]), "the site is theirs");
    assert_eq!(sees(Role::Handler, TOWNSHIP), Ok(vec![1]));
    assert_eq!(
        sees(Role::Handler, COUNTY),
        Ok(vec![]),
        "handlers see their own unit's work only"
    );
    assert_eq!(
        sees(Role::Leader, COUNTY_ECOLOGY),
        Ok(vec![]),
        "a department has no subtree"
    );
}

#[test]
fn administrators_operators_and_citizens_see_no_case() {
    for actor in [
        acting(Role::Admin, OFFICE),
        acting(Role::Operator, OFFICE),
        Actor::Citizen,
    ] {
        assert_eq!(seen(&actor), Err(Code::PermissionDenied), "{actor}");
    }
}

/// Whom the audit names as having been able to see a case is who had it in their list.
#[test]
fn lists_and_audits_go_by_one_rule() {
    let mut history = history();
    let unit = UnitCode::of(COUNTY_ECOLOGY);
    history.add(&super::case_stream(1), &CaseEvent::CoHandlerAdded { unit });
    history.clock(2, Obligation::Identify, COUNTY, 48);
    let (ledger, suqian) = (history.ledger(), suqian());
    let unit = UnitCode::of;
    let (village, county, township) = (unit(VILLAGE), unit(OTHER_COUNTY), unit(TOWNSHIP));
    let (ecology, owing) = ([unit(COUNTY_ECOLOGY)], [unit(COUNTY)]);
    let placed = [
        CaseLies {
            division: Some(&village),
            owner: Some(&township),
            co_handlers: &ecology,
            owing: &[],
        },
        CaseLies {
            division: Some(&county),
            owner: Some(&county),
            co_handlers: &[],
            owing: &owing,
        },
        CaseLies::default(),
    ];
    for member in suqian.staff.values() {
        for role in &member.roles {
            let actor = Actor::staff(member.account.clone(), member.unit.clone(), *role);
            let listed = ledger.ask(&actor, &ListCasesRequest::default(), cases::list);
            let listed = listed.ok().map(|list| list.cases.len());
            let scope = Scope::of_cases(&actor, &suqian);
            let sees = |scope: Scope| {
                let seen = placed
                    .iter()
                    .filter(|case| scope.sees_case(**case, &suqian).is_some());
                seen.count()
            };
            assert_eq!(listed, scope.map(sees), "{actor}");
        }
    }
}

#[test]
fn a_co_handler_and_whoever_owes_something_may_open_the_case() {
    let open = |history: &History| {
        let request = GetCaseRequest {
            case_id: CaseId::sample(1).to_string(),
            ..GetCaseRequest::default()
        };
        let handler = acting(Role::Handler, COUNTY_ECOLOGY);
        let answer = history.ledger().ask(&handler, &request, cases::get);
        answer.map(|answer| answer.state_json).map_err(|s| s.code())
    };
    let mut history = history();
    assert_eq!(open(&history), Err(Code::PermissionDenied));
    history.clock(1, Obligation::Identify, COUNTY_ECOLOGY, 48);
    assert!(open(&history).is_ok());
    let mut history = self::history();
    let unit = UnitCode::of(COUNTY_ECOLOGY);
    history.add(
        &super::case_stream(1),
        &case_domain::CaseEvent::CoHandlerAdded { unit },
    );
    assert!(
        open(&history)
            .expect("opened")
            .contains("\"co_handlers\":[\"321322-HJ\"]")
    );
}

fn confidential_tip(history: &mut History) -> String {
    let tip = TipId::sample(5);
    let received = TipEvent::TipReceived {
        channel: Channel::Phone,
        line: None,
        authenticity: Authenticity::Operator,
        place: Place {
            text: "我家隔壁第三户".into(),
            coordinates: None,
            division: Some(UnitCode::of(VILLAGE)),
        },
        seen: vec![Seen::Smell],
        seen_when: "夜里两点".into(),
        evidence: vec![EvidenceId::sample(1)],
        confidential: true,
        wants_answer: false,
        danger: false,
        receipt_hash: String::new(),
        identity: None,
        content: None,
        against: jurisdiction::Against::default(),
    };
    history.add(&format!("tip-{tip}"), &received);
    let accepted = TipEvent::TipAccepted {
        case: CaseId::sample(1),
        opens_case: false,
        summary: "村内疑似小化工".into(),
        enterprise: None,
        place: Place {
            text: "我家隔壁第三户".into(),
            coordinates: None,
            division: Some(UnitCode::of(VILLAGE)),
        },
        urgency: jurisdiction::Urgency::Normal,
        confidential: true,
        against: jurisdiction::Against::default(),
    };
    history.add(&format!("tip-{tip}"), &accepted);
    history.add(&super::case_stream(1), &CaseEvent::TipLinked { tip });
    tip.to_string()
}

#[test]
fn handlers_learn_of_a_confidential_tip_no_more_than_that_there_is_one() {
    let mut history = history();
    let tip_id = confidential_tip(&mut history);
    let ledger = history.ledger();
    let handler = acting(Role::Handler, TOWNSHIP);
    let request = GetTipRequest {
        tip_id,
        ..GetTipRequest::default()
    };
    let tip = ledger.ask(&handler, &request, tips::get).expect("a tip");
    let told = serde_json::to_string(&tip).expect("JSON");
    for word in ["隔壁", "夜里", "smell", "phone"] {
        assert!(!told.contains(word), "{word} was told: {told}");
    }
    let row = tip.tip.expect("a row");
    assert_eq!((row.photos, row.messages), (0, 0), "not even how many");
    let search = ListTipsRequest {
        text: "隔壁".into(),
        ..ListTipsRequest::default()
    };
    let found = |actor| ledger.ask(&actor, &search, tips::list).expect("tips").total;
    assert_eq!(
        found(handler),
        0,
        "words that are not shown must not be found either"
    );
    assert_eq!(found(acting(Role::Dispatcher, COUNTY)), 1);
    assert_eq!(found(acting(Role::Dispatcher, OTHER_COUNTY)), 0);
    assert_eq!(found(acting(Role::Operator, OFFICE)), 1);
}

#[test]
fn the_public_sees_steps_and_dates_and_no_names() {
    let mut history = history();
    history.clock(1, Obligation::FirstInspection, TOWNSHIP, 72);
    let request = PublicProgressRequest {
        case_id: CaseId::sample(1).to_string(),
        ..PublicProgressRequest::default()
    };
    let ledger = history.ledger();
    let answer = ledger.ask(&Actor::Citizen, &request, progress::progress);
    let answer = answer.expect("progress");
    let steps: Vec<_> = answer
        .steps
        .iter()
        .map(|step| (step.code.as_str(), step.level.as_deref()))
        .collect();
    assert_eq!(steps, [("opened", None), ("assigned", Some("township"))]);
    assert_eq!(answer.next_due.as_deref(), Some("2020-06-04T01:00:00Z"));
    let told = serde_json::to_string(&answer).expect("JSON");
    assert!(!told.contains(TOWNSHIP) && !told.contains("砖瓦厂"), "{told}");
    let staff = ledger.ask(&acting(Role::Handler, VILLAGE), &request, progress::progress);
    assert_eq!(
        staff.expect_err("refused").code(),
        Code::PermissionDenied,
        "no way around the area"
    );
}

/// Case 1, which has a tip, goes on in case 2, where more time is granted.
fn merged() -> History {
    let mut history = history();
    let (tip, into) = (TipId::sample(5), CaseId::sample(2));
    let (absorbed, survivor) = (super::case_stream(1), super::case_stream(2));
    history.add(&absorbed, &CaseEvent::TipLinked { tip });
    let reason = "同一点位".to_owned();
    history
        .later(1)
        .add(&absorbed, &CaseEvent::CasesMerged { into, reason });
    let closed = CaseEvent::CaseClosed {
        reason: ClosingReason::Merged { into },
        tips: vec![],
        summary: String::new(),
    };
    history.add(&absorbed, &closed);
    history.add(&survivor, &CaseEvent::TipLinked { tip });
    let at = |text: &str| text.parse().expect("a timestamp");
    let extended = CaseEvent::ExtensionGranted {
        clock: "first_inspection#1".into(),
        obligation: Obligation::FirstInspection,
        due: at("2020-06-04T01:00:00Z"),
        to: at("2020-06-08T01:00:00Z"),
        reason: "连日暴雨，道路中断".into(),
    };
    history.later(1).add(&survivor, &extended);
    history.clock(2, Obligation::FirstInspection, OTHER_COUNTY, 96);
    history
}

#[test]
fn the_reporter_of_a_merged_case_follows_it_into_the_other_and_reads_why_it_takes_longer() {
    let request = PublicProgressRequest {
        case_id: CaseId::sample(1).to_string(),
        ..PublicProgressRequest::default()
    };
    let answer = merged()
        .ledger()
        .ask(&Actor::Citizen, &request, progress::progress)
        .expect("progress");
    let steps: Vec<_> = answer
        .steps
        .iter()
        .map(|step| (step.code.as_str(), step.note.as_deref()))
        .collect();
    let expected = [
        ("opened", None),
        ("assigned", None),
        ("merged", None),
        ("extended", Some("连日暴雨，道路中断")),
    ];
    assert_eq!(steps, expected);
    assert_eq!((answer.case_id, answer.closed_as), (request.case_id, None));
    assert!(answer.next_due.is_some());
}

#[test]
fn a_county_gets_no_table_of_another() {
    let ledger = history().ledger();
    let of = |unit: &str| ReportRequest {
        unit: Some(unit.to_owned()),
        ..ReportRequest::default()
    };
    let leader = acting(Role::Leader, COUNTY);
    assert_eq!(
        ledger
            .ask(&leader, &of(TOWNSHIP), report::report)
            .expect("own")
            .rows
            .len(),
        3
    );
    let other = ledger.ask(&leader, &of(OTHER_COUNTY), report::report);
    assert_eq!(other.expect_err("refused").code(), Code::PermissionDenied);
}

#[test]
fn a_condition_that_nothing_can_meet_is_a_mistake() {
    let ledger = history().ledger();
    let request = ListCasesRequest {
        state: Some("lost".into()),
        ..ListCasesRequest::default()
    };
    let refused = ledger.ask(&acting(Role::Leader, CITY), &request, cases::list);
    assert!(
        refused
            .expect_err("refused")
            .message()
            .contains("clean_awaiting_review")
    );
}
