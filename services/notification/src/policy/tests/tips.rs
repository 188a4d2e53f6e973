//! Letters about tips.

use super::*;
use jurisdiction::Against;

fn tip_about(unit: &str) -> TipState {
    TipState {
        against: Against::unit(UnitCode::of(unit)),
        ..TipState::default()
    }
}

#[test]
fn given_immediate_danger_then_the_dispatchers_on_duty_are_alarmed() {
    let mut suqian = sample::suqian();
    let alarm = |suqian: &Jurisdiction| {
        let event = TipEvent::DangerRaised {};
        on_tip(TipId::sample(1), &event, &TipState::default(), desk(suqian))
    };
    assert_eq!(to(&alarm(&suqian)), ["dispatcher-321300-AWB"]);
    let lies_in_the_county = TipState {
        place: tip_domain::Place {
            division: Some(UnitCode::of(sample::VILLAGE)),
            ..tip_domain::Place::default()
        },
        ..TipState::default()
    };
    let alarmed = |after: &TipState| {
        let event = TipEvent::DangerRaised {};
        to(&on_tip(TipId::sample(1), &event, after, desk(&suqian)))
    };
    let county = format!("dispatcher-{}", sample::COUNTY);
    assert_eq!(
        alarmed(&lies_in_the_county),
        ["dispatcher-321300-AWB".to_owned(), county],
        "whoever is nearest as well"
    );
    let about_the_county = TipState {
        against: Against::unit(UnitCode::of(sample::COUNTY)),
        ..lies_in_the_county
    };
    assert_eq!(alarmed(&about_the_county)[0], "dispatcher-321300-AWB");
    assert!(
        alarmed(&about_the_county)
            .iter()
            .all(|to| !to.contains(sample::COUNTY))
    );
    suqian.staff.remove(&StaffId::of("dispatcher-321300-AWB"));
    assert_eq!(to(&alarm(&suqian)), ["unit 321300-AWB"]);
    let told = TipEvent::OutcomeTold {
        text: "已答复".into(),
        interim: false,
    };
    assert!(on_tip(TipId::sample(1), &told, &TipState::default(), desk(&suqian)).is_empty());
}

#[test]
fn given_danger_that_is_learnt_of_later_then_the_alarm_says_what_is_to_be_done_now() {
    let suqian = sample::suqian();
    let says = |progress| {
        let after = TipState {
            progress,
            danger_came_later: true,
            ..TipState::default()
        };
        let letters = on_tip(
            TipId::sample(1),
            &TipEvent::DangerRaised {},
            &after,
            desk(&suqian),
        );
        letters[0].body.clone()
    };
    assert!(says(tip_domain::Progress::Received).contains("15 分钟内完成甄审"));
    let case = CaseId::sample(7);
    let screened = says(tip_domain::Progress::Accepted { case });
    assert!(screened.contains("告知承办单位") && !screened.contains("15 分钟"));
}

#[test]
fn given_danger_and_officials_then_those_who_screen_are_alarmed_and_never_those_it_is_about() {
    let suqian = sample::suqian();
    let alarmed = |unit: &str| {
        let event = TipEvent::DangerRaised {};
        to(&on_tip(TipId::sample(1), &event, &tip_about(unit), desk(&suqian)))
    };
    assert_eq!(
        alarmed(sample::TOWNSHIP),
        ["dispatcher-321300-AWB", "dispatcher-321322"]
    );
    assert_eq!(alarmed(sample::CITY), ["inspector-321300-JW"]);
    assert_eq!(alarmed(sample::OFFICE), ["inspector-321300-JW"]);
}

#[test]
fn given_a_tip_about_officials_then_the_level_above_and_the_political_and_legal_committee_are_told() {
    let suqian = sample::suqian();
    let told = |unit: &str| {
        let after = tip_about(unit);
        let noted = TipEvent::ConflictNoted {
            against: after.against.clone(),
        };
        on_tip(TipId::sample(1), &noted, &after, desk(&suqian))
    };
    assert_eq!(
        to(&told(sample::TOWNSHIP)),
        ["dispatcher-321322", "unit 321300-ZFW"]
    );
    // The committee is the city's: of what is about the city only the inspectors hear.
    assert_eq!(to(&told(sample::CITY)), ["inspector-321300-JW"]);
    for letter in told(sample::TOWNSHIP) {
        assert!(!letter.body.contains("胡集镇"), "mail travels in the open");
    }
}
