//! Filters and words: what is asked for is found, page after page.

use super::History;
use crate::query::cases;
use jurisdiction::sample::{CITY, COUNTY, OTHER_COUNTY, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{CaseId, Obligation, Role};
use mingcha_proto::ledger::{ListCasesRequest, ListCasesResponse};
use tonic::{Code, Status};

fn history() -> History {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), Some(TOWNSHIP))
        .clock(1, Obligation::FirstInspection, TOWNSHIP, 24);
    history.later(24 * 31).case(2, Some(OTHER_COUNTY), None);
    history.case(3, Some(VILLAGE), None).close(3);
    history
}

fn ask(request: ListCasesRequest) -> Result<ListCasesResponse, Status> {
    history()
        .ledger()
        .ask(&acting(Role::Leader, CITY), &request, cases::list)
}

fn numbers(request: ListCasesRequest) -> Vec<u128> {
    let list = ask(request).expect("a list");
    assert_eq!(list.total as usize, list.cases.len());
    let number = |id: &str| id.parse::<CaseId>().expect("an id").0.as_u128();
    let mut numbers: Vec<u128> = list.cases.iter().map(|case| number(&case.case_id)).collect();
    numbers.sort_unstable();
    numbers
}

fn any() -> ListCasesRequest {
    ListCasesRequest::default()
}
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn two_characters_are_enough_to_find_a_case() {
    let words = |text: &str| {
        numbers(ListCasesRequest {
            text: text.to_owned(),
            ..any()
        })
    };
    assert_eq!(words("砖瓦"), [1, 2, 3]);
    assert_eq!(words("2号"), [] as [u128; 0], "a blank stands between them");
    assert_eq!(words("2 号"), [2]);
    assert_eq!(words("第 3 处 砖瓦"), [3], "summary and place together");
    assert_eq!(words("瓦砖"), [] as [u128; 0]);
    assert_eq!(words(&CaseId::sample(2).to_string()), [2], "by number");
    assert_eq!(words("——"), [] as [u128; 0]);
}

#[test]
fn periods_are_days_in_suqian_with_the_last_one_included() {
    let between = |from: &str, until: &str| {
        numbers(ListCasesRequest {
            from: some(from),
            until: some(until),
            ..any()
        })
    };
    assert_eq!(between("2020-06-01", "2020-06-01"), [1]);
    assert_eq!(between("2020-06-02", "2020-07-02"), [2, 3]);
    assert_eq!(between("2020-06-01T01:00:00Z", "2020-07-02T01:00:00Z"), [1]);
    let stage = |stage: &str| {
        numbers(ListCasesRequest {
            stage: some(stage),
            ..any()
        })
    };
    assert_eq!(stage("sweep"), [1]);
    assert_eq!(stage("rectification"), [2, 3]);
    let closed = ListCasesRequest {
        closed_from: some("2020-07-01"),
        ..any()
    };
    assert_eq!(numbers(closed), [3]);
    for request in [
        ListCasesRequest {
            from: some("June"),
            ..any()
        },
        ListCasesRequest {
            stage: some("winter"),
            ..any()
        },
    ] {
        assert_eq!(ask(request).expect_err("refused").code(), Code::InvalidArgument);
    }
}

#[test]
fn conditions_hold_together() {
    let request = ListCasesRequest {
        unit: some(COUNTY),
        state: some("open"),
        overdue: Some(true),
        obligation: some("first_inspection"),
        origin: some("sweep"),
        class: some("none"),
        ..any()
    };
    assert_eq!(numbers(request.clone()), [1]);
    let in_time = ListCasesRequest {
        overdue: Some(false),
        ..request
    };
    assert_eq!(numbers(in_time), [] as [u128; 0]);
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let mut history = History::new();
    for number in 1..=7u32 {
        // Some of the same instant, as facts of one command are.
        history
            .later(i64::from(number % 3 == 0))
            .case(number.into(), None, None);
    }
    let ledger = history.ledger();
    let leader = acting(Role::Leader, CITY);
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let request = ListCasesRequest {
            limit: 2,
            after: after.clone(),
            ..any()
        };
        let page = ledger.ask(&leader, &request, cases::list).expect("a page");
        assert_eq!(page.total, 7);
        seen.extend(page.cases.into_iter().map(|case| (case.opened_at, case.case_id)));
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(seen.len(), 7);
    assert!(
        seen.windows(2)
            .all(|two| two[0].0 > two[1].0 || (two[0].0 == two[1].0 && two[0].1 < two[1].1)),
        "newest first, then by number"
    );
    let garbage = ListCasesRequest {
        after: "garbage".to_owned(),
        ..any()
    };
    assert!(ledger.ask(&leader, &garbage, cases::list).is_err());
}
