//! Whoever a case turns out to be about is asked for nothing any more.

use super::*;
use jurisdiction::Against;

const RESTS: &str = "case withdrawn all but answer_referral";
/// What the township was asked to explain or to judge, its county explains and judges.
const EXPLAINED_ABOVE: [&str; 3] = [
    "answer_escalation of 321322102 to 321322",
    "explain_failure of 321322102 to 321322",
    "judge_answer of 321322102 to 321322",
];

fn noted(code: &str) -> (Actor, CaseEvent) {
    let against = Against::unit(unit(code));
    (
        Actor::system("case-assignment/test"),
        CaseEvent::ConflictNoted { against },
    )
}
fn reassigned(to: &str) -> (Actor, CaseEvent) {
    let event = CaseEvent::CaseReassigned {
        to: unit(to),
        reason: "原承办单位须回避".into(),
    };
    (dispatcher(), event)
}
/// Without the handing over of explanations, which is the same for all.
fn clocks(facts: &Facts) -> Vec<String> {
    let mut follows = then(facts);
    follows.retain(|line| !line.contains("owed instead"));
    follows
}

#[test]
fn given_a_case_about_its_owner_then_nothing_runs_for_it_and_the_level_above_has_to_give_it_away() {
    let expected = [RESTS, "case start assign_case @321322 urgent"];
    let facts = and(with_township(), [noted(sample::TOWNSHIP)]);
    assert_eq!(clocks(&facts), expected);
    let answers: Vec<_> = then(&facts).into_iter().skip(2).collect();
    assert_eq!(answers.len(), 3);
    for (line, expected) in answers.iter().zip(EXPLAINED_ABOVE) {
        assert_eq!(*line, format!("case owed instead {expected}"));
    }
    // Whose village has it, knows of it as little.
    let village = given([assigned(sample::VILLAGE), acknowledged(), noted(sample::TOWNSHIP)]);
    assert_eq!(clocks(&village), expected);
    assert!(clocks(&and(with_township(), [noted(sample::OTHER_TOWNSHIP)])).is_empty());
    let about_the_city = and(with_township(), [noted(sample::CITY)]);
    assert_eq!(
        clocks(&about_the_city)[1],
        "case start assign_case @321300-JW urgent"
    );
}

#[test]
fn given_a_case_that_nobody_has_yet_then_it_lies_on_the_desk_above() {
    let expected = [RESTS, "case start assign_case @321322 urgent"];
    assert_eq!(clocks(&given([noted(sample::TOWNSHIP)])), expected);
}

#[test]
fn given_a_confirmed_case_about_its_owner_then_it_is_given_away_as_well() {
    let confirmed = and(
        with_township(),
        [
            inspected(Finding::ConfirmedActivity),
            confirmed(),
            noted(sample::TOWNSHIP),
        ],
    );
    assert_eq!(
        clocks(&confirmed),
        [RESTS, "case start assign_case @321322 urgent"]
    );
    let given_away = and(confirmed, [reassigned(sample::COUNTY_ECOLOGY)]);
    assert_eq!(then(&given_away), ["case done assign_case"]);
}

#[test]
fn given_a_closed_case_then_no_clock_begins() {
    assert!(clocks(&and(with_township(), [closed(), noted(sample::TOWNSHIP)])).is_empty());
}

#[test]
fn given_a_reopened_case_about_its_owner_then_it_is_first_given_to_somebody_else() {
    let reopened = by_handler(CaseEvent::CaseReopened {
        reason: "复核发现遗漏".into(),
    });
    let facts = and(with_township(), [closed(), noted(sample::TOWNSHIP), reopened]);
    assert_eq!(
        then(&facts).last().map(String::as_str),
        Some("case start assign_case @321322 urgent")
    );
}

#[test]
fn given_a_failure_of_whom_the_case_is_about_then_the_level_above_explains_it() {
    let found_clean_before = [
        inspected(Finding::Clean),
        noted(sample::TOWNSHIP),
        reassigned(sample::COUNTY_ECOLOGY),
        confirmed(),
    ];
    let facts = and(with_township(), found_clean_before);
    let failures: Vec<_> = then(&facts)
        .into_iter()
        .filter(|line| line.contains("failure"))
        .collect();
    assert_eq!(failures, ["case failure Concealment @321322 []"]);
    let (by, event) = facts.last().expect("a fact");
    let state = after::<Case>(&facts);
    let jurisdiction = sample::suqian();
    let fact = Fact {
        id: id(),
        at: at(),
        by,
        jurisdiction: &jurisdiction,
    };
    let notes: Vec<_> = on_case(case(), event, &state, fact)
        .into_iter()
        .filter_map(|(_, command)| match command {
            Command::RecordFailure(failure) => Some(failure.note),
            _ => None,
        })
        .collect();
    let whose = jurisdiction.unit_name(&unit(sample::TOWNSHIP));
    assert!(
        notes[0].contains(&whose) && notes[0].contains("由上级说明"),
        "{notes:?}"
    );
}
