//! Units are merged into others of their kind, never with people or units left behind in them.

use super::*;
use jurisdiction::sample::{COUNTY, OTHER_TOWNSHIP, OTHER_VILLAGE, TOWNSHIP, VILLAGE};

fn merge(unit: &str, into: &str) -> Command {
    Command::MergeUnit {
        unit: UnitCode::of(unit),
        into: UnitCode::of(into),
        reason: "宿政复〔2020〕9号".into(),
    }
}

/// Nobody works in the village any more.
fn emptied() -> Scenario<DirectoryEntry> {
    admin().jurisdiction(|known| known.staff.retain(|_, member| member.unit.as_str() != VILLAGE))
}

#[test]
fn a_village_goes_on_as_a_part_of_another() {
    let merged = Event::UnitMerged {
        unit: UnitCode::of(VILLAGE),
        into: UnitCode::of(OTHER_VILLAGE),
        reason: "宿政复〔2020〕9号".into(),
    };
    let story = emptied()
        .when(&merge(VILLAGE, OTHER_VILLAGE))
        .then([merged.clone()]);
    let mut view = crate::DirectoryView {
        jurisdiction: sample::suqian(),
        ..crate::DirectoryView::default()
    };
    view.apply(&merged, "2020-06-01T01:00:00Z".parse().expect("a timestamp"));
    let (known, old) = (&view.jurisdiction, UnitCode::of(VILLAGE));
    assert!(known.is_within(&old, &UnitCode::of(OTHER_VILLAGE)));
    assert!(known.is_within(&old, &UnitCode::of(TOWNSHIP)));
    assert!(known.open_units().all(|unit| unit.code != old));
    assert_eq!(known.unit_name(&old), "示范一村", "history keeps the name");
    let story = story.jurisdiction(|known| known.merge(&UnitCode::of(VILLAGE), &UnitCode::of(OTHER_VILLAGE)));
    story.when(&merge(VILLAGE, OTHER_VILLAGE)).then_nothing();
}

#[test]
fn only_into_another_of_its_kind_and_with_nothing_left_behind() {
    for (command, refusal) in [
        (merge("321322999", OTHER_TOWNSHIP), Refusal::UnknownUnit),
        (merge(VILLAGE, TOWNSHIP), Refusal::MergeElsewhere),
        (merge(VILLAGE, VILLAGE), Refusal::MergeElsewhere),
        (merge(VILLAGE, "321322102999"), Refusal::MergeElsewhere),
        (merge(TOWNSHIP, OTHER_TOWNSHIP), Refusal::UnitHasLower),
        (merge(sample::CITY, COUNTY), Refusal::MergeElsewhere),
    ] {
        emptied().when(&command).then_refused(refusal);
    }
    let story = admin().when(&merge(VILLAGE, OTHER_VILLAGE));
    story.then_refused(Refusal::UnitHasStaff);
    let unexplained = Command::MergeUnit {
        unit: UnitCode::of(VILLAGE),
        into: UnitCode::of(OTHER_VILLAGE),
        reason: " ".into(),
    };
    emptied()
        .when(&unexplained)
        .then_refused(Refusal::MergeReasonMissing);
}

#[test]
fn nothing_is_registered_in_a_unit_that_is_no_more() {
    let merged =
        || emptied().jurisdiction(|known| known.merge(&UnitCode::of(VILLAGE), &UnitCode::of(OTHER_VILLAGE)));
    let known = sample::suqian();
    let unit = known.unit(&UnitCode::of(VILLAGE)).cloned().expect("the village");
    let story = merged().when(&Command::RegisterUnit(unit));
    story.then_refused(Refusal::UnitMerged);
    let member = known
        .staff
        .values()
        .find(|member| member.unit.as_str() == VILLAGE);
    let story = merged().when(&Command::RegisterStaff(member.cloned().expect("somebody of it")));
    story.then_refused(Refusal::UnitMerged);
}
