//! Given what a matter is about, then whom its letters may reach and what may stand in them.

use super::*;
use jurisdiction::Against;

fn about(units: &[&str], persons: &[&str]) -> Discretion {
    Discretion {
        against: Against {
            units: units.iter().map(|unit| UnitCode::of(unit)).collect(),
            persons: persons.iter().map(|person| StaffId::of(person)).collect(),
        },
        confidential: false,
    }
}
fn rung_of(rung: Rung, to: Addressed) -> [(Actor, AccountabilityEvent); 2] {
    let rule = || Actor::system("test");
    let event = AccountabilityEvent::escalation(rung, escalation(to, 0));
    [(rule(), started()), (rule(), event)]
}
fn concealment() -> [(Actor, AccountabilityEvent); 1] {
    let event = AccountabilityEvent::FailureRecorded {
        subject: Subject::Case(CaseId::sample(7)),
        kind: FailureKind::Concealment,
        cause: "1".into(),
        unit: township(),
        persons: vec![StaffId::of("handler-321322102")],
        note: "曾被认定未发现的点位后经查实：胡集镇老砖瓦厂".into(),
        clock: Some(ClockId::new(Obligation::ExplainFailure, 1)),
    };
    [(Actor::system("test"), event)]
}

#[test]
fn given_a_case_about_a_township_then_neither_its_desk_nor_its_people_are_written_to_but_whoever_handles_it()
{
    let township = about(&[sample::TOWNSHIP], &[]);
    let person = named(sample::TOWNSHIP, Some("leader-321322102"));
    let told = discreet(&rung_of(Rung::Reminder, person), &township);
    assert_eq!(to(&told), ["dispatcher-321322"]);
    assert!(told[0].subject.starts_with("【回避】") && told[0].body.contains("不得透露"));
    let told = discreet(&concealment(), &township);
    assert_eq!(to(&told), ["inspector-321300-JW", "dispatcher-321322"]);
    // Whoever serves in a village of it is below it.
    let village = named(sample::VILLAGE, None);
    let told = discreet(&rung_of(Rung::Reminder, village), &township);
    assert_eq!(to(&told), ["dispatcher-321322"]);
}

#[test]
fn given_a_case_about_an_official_then_that_person_is_not_written_to_wherever_they_serve_now() {
    let head = about(&[sample::TOWNSHIP], &["leader-321322"]);
    let county = named(sample::COUNTY, Some("leader-321322"));
    let told = discreet(&rung_of(Rung::Interview, county), &head);
    assert!(
        !to(&told).contains(&"leader-321322".to_owned()),
        "{:?}",
        to(&told)
    );
    assert_eq!(told.len(), 1, "and it does not become silent");
}

#[test]
fn given_a_confidential_case_then_mail_says_only_that_there_is_one() {
    let confidential = Discretion {
        confidential: true,
        ..Discretion::default()
    };
    let person = named(sample::TOWNSHIP, Some("leader-321322102"));
    let told = [
        discreet(&rung_of(Rung::SupervisionOrder, person), &confidential),
        discreet(&concealment(), &confidential),
    ]
    .concat();
    assert_eq!(told.len(), 4);
    for letter in told {
        assert!(!letter.body.contains("老砖瓦厂"), "{}", letter.body);
        assert!(letter.body.contains("保密事项，请登录查看"), "{}", letter.body);
    }
}
