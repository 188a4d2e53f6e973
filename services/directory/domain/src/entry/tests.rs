//! Given/when/then of the directory.

use super::*;
use decider::scenario::Scenario;
use jiff::Timestamp;
use jiff::civil::Date;
use jurisdiction::{
    Custody, Hotline, Ladder, Level, Limit, Obligation, ObligationLimits, RecheckDays, RewardRule, Scheduled,
    Setting, StaffId, Stage, SupervisionNumbers, SupervisionThresholds, YearCalendar, sample,
};
use std::collections::BTreeMap;

mod hotlines;
mod mergers;
mod own_account;
mod passwords;
mod properties;
mod repeating;
mod settings;

fn admin() -> Scenario<DirectoryEntry> {
    Scenario::new().by(sample::acting(Role::Admin, sample::OFFICE))
}
/// The directory has taken in these facts of 1 June 2020, as every service does.
fn knowing(story: Scenario<DirectoryEntry>, facts: &[Event]) -> Scenario<DirectoryEntry> {
    knowing_at(story, "2020-06-01T01:00:00Z", facts)
}
fn knowing_at(story: Scenario<DirectoryEntry>, at: &str, facts: &[Event]) -> Scenario<DirectoryEntry> {
    let at: Timestamp = at.parse().expect("a timestamp");
    story.jurisdiction(|known| {
        let mut view = crate::DirectoryView {
            jurisdiction: std::mem::take(known),
            clock_offset_seconds: 0,
        };
        for fact in facts {
            view.apply(fact, at);
        }
        *known = view.jurisdiction;
    })
}
fn a_village() -> Unit {
    Unit {
        code: UnitCode::of("321322102203"),
        name: "示范三村".into(),
        level: Level::Village,
        kind: UnitKind::Government,
        parent: Some(UnitCode::of(sample::TOWNSHIP)),
        department: None,
        email: None,
    }
}
fn a_person() -> StaffMember {
    StaffMember {
        account: StaffId::of("handler-new"),
        name: "演示·新承办人".into(),
        unit: UnitCode::of(sample::VILLAGE),
        roles: [Role::Handler].into(),
        email: Some("handler-new@mingcha.example".into()),
        first_responsible: false,
    }
}

#[test]
fn registering_the_same_unit_twice_records_it_once() {
    let register = Command::RegisterUnit(a_village());
    let story = admin()
        .when(&register)
        .then([Event::UnitRegistered { unit: a_village() }]);
    let story = knowing(story, &[Event::UnitRegistered { unit: a_village() }]);
    let story = story.when(&register).then_nothing();
    let renamed = Unit {
        name: "示范三村（并入）".into(),
        ..a_village()
    };
    let story = story.when(&Command::RegisterUnit(renamed)).then_done();
    story.when(&register).then_done();
}

#[test]
fn only_admins_and_the_system_keep_the_directory() {
    let dispatcher = sample::acting(Role::Dispatcher, sample::OFFICE);
    let story = admin().by(dispatcher).when(&Command::RegisterUnit(a_village()));
    story.then_refused(Refusal::NotAdmin);
}

#[test]
fn a_unit_hangs_from_the_level_above() {
    let orphan = Unit {
        parent: Some(UnitCode::of("999999")),
        ..a_village()
    };
    let rootless = Unit {
        parent: None,
        ..a_village()
    };
    let skipping = Unit {
        parent: Some(UnitCode::of(sample::COUNTY)),
        ..a_village()
    };
    let second_group = Unit {
        level: Level::County,
        kind: UnitKind::Supervision,
        parent: Some(UnitCode::of(sample::COUNTY)),
        ..a_village()
    };
    let nameless = Unit {
        name: " ".into(),
        ..a_village()
    };
    let story = admin()
        .when(&Command::RegisterUnit(orphan))
        .then_refused(Refusal::UnknownParent);
    let story = story
        .when(&Command::RegisterUnit(rootless))
        .then_refused(Refusal::UnknownParent);
    let story = story
        .when(&Command::RegisterUnit(skipping))
        .then_refused(Refusal::ParentLevelMismatch);
    let story = story
        .when(&Command::RegisterUnit(second_group))
        .then_refused(Refusal::CityOnly);
    story
        .when(&Command::RegisterUnit(nameless))
        .then_refused(Refusal::NameMissing);
}

#[test]
fn a_person_has_a_unit_and_a_role() {
    let register = |member| Command::RegisterStaff(member);
    let lost = StaffMember {
        unit: UnitCode::of("999999"),
        ..a_person()
    };
    let idle = StaffMember {
        roles: [].into(),
        ..a_person()
    };
    let unreachable = StaffMember {
        email: Some("nowhere".into()),
        ..a_person()
    };
    for role in [Role::Supervisor, Role::Inspector] {
        let in_a_township = StaffMember {
            roles: [Role::Handler, role].into(),
            ..a_person()
        };
        let refused = admin().when(&register(in_a_township));
        refused.then_refused(Refusal::RoleOfAnotherOffice);
    }
    let story = admin().when(&register(lost)).then_refused(Refusal::UnknownUnit);
    let story = story.when(&register(idle)).then_refused(Refusal::RolesMissing);
    let story = story.when(&register(unreachable)).then_refused(Refusal::BadEmail);
    story.when(&register(a_person())).then_done();
}

#[test]
fn a_unit_has_one_first_responsible_person() {
    let second = StaffMember {
        first_responsible: true,
        ..a_person()
    };
    admin()
        .when(&Command::RegisterStaff(second))
        .then_refused(Refusal::AnotherFirstResponsible);
}

#[test]
fn retiring_somebody_unknown_is_refused() {
    let retire = Command::RetireStaff {
        account: StaffId::of("nobody"),
        reason: "调离".into(),
    };
    admin().when(&retire).then_refused(Refusal::UnknownStaff);
}

#[test]
fn dates_must_make_sense() {
    let day = Date::constant(2020, 10, 1);
    let backwards = Stage {
        code: "x".into(),
        name: "x".into(),
        from: day,
        to: Some(Date::constant(2020, 9, 1)),
        owes: None,
        caps_measures: None,
    };
    let both = YearCalendar {
        holidays: [day].into(),
        make_up_workdays: [day].into(),
    };
    let story = admin()
        .when(&Command::SetStages(vec![backwards]))
        .then_refused(Refusal::StageEndsBeforeStart);
    let story = story
        .when(&Command::SetYear {
            year: 2020,
            calendar: both,
            basis: String::new(),
        })
        .then_refused(Refusal::DayBothWays);
    let foreign = YearCalendar {
        holidays: [day].into(),
        ..YearCalendar::default()
    };
    story
        .when(&Command::SetYear {
            year: 2021,
            calendar: foreign,
            basis: String::new(),
        })
        .then_refused(Refusal::DayBothWays);
}

#[test]
fn a_calendar_that_is_known_is_corrected_on_a_document() {
    let first = YearCalendar {
        holidays: [Date::constant(2020, 10, 1)].into(),
        ..YearCalendar::default()
    };
    let set = |calendar: &YearCalendar, basis: &str| Command::SetYear {
        year: 2020,
        calendar: calendar.clone(),
        basis: basis.into(),
    };
    let recorded = |calendar: &YearCalendar, basis: &str| Event::YearSet {
        year: 2020,
        calendar: calendar.clone(),
        basis: basis.into(),
    };
    let story = admin().when(&set(&first, "")).then([recorded(&first, "")]);
    let story = knowing(story, &[recorded(&first, "")]);
    let longer = YearCalendar {
        holidays: [Date::constant(2020, 10, 1), Date::constant(2020, 10, 2)].into(),
        ..YearCalendar::default()
    };
    let story = story.when(&set(&first, "")).then_nothing();
    let story = story
        .when(&set(&longer, " "))
        .then_refused(Refusal::CalendarBasisMissing);
    let notice = "国办发明电〔2019〕16号";
    story
        .when(&set(&longer, notice))
        .then([recorded(&longer, notice)]);
}

#[test]
fn hotlines_are_numbers_and_clocks_run_forward() {
    let words = Hotline {
        number: "call me".into(),
        name: "举报电话".into(),
        hours: String::new(),
        by_sms: false,
    };
    let story = admin()
        .when(&Command::PublishHotline(words))
        .then_refused(Refusal::HotlineNumber);
    let story = story
        .when(&Command::AdvanceClock { seconds: -1 })
        .then_refused(Refusal::OnlyForward);
    let story = story.when(&Command::AdvanceClock { seconds: 60 }).then_done();
    story.when(&Command::AdvanceClock { seconds: 60 }).then_done();
}

#[test]
fn the_view_is_the_fold_of_the_facts() {
    let mut view = crate::DirectoryView::default();
    view.apply(
        &Event::UnitRegistered { unit: a_village() },
        Timestamp::UNIX_EPOCH,
    );
    view.apply(
        &Event::StaffRegistered { member: a_person() },
        Timestamp::UNIX_EPOCH,
    );
    view.apply(&Event::ClockAdvanced { seconds: 60 }, Timestamp::UNIX_EPOCH);
    view.apply(&Event::ClockAdvanced { seconds: 30 }, Timestamp::UNIX_EPOCH);
    assert!(
        view.jurisdiction
            .holds(&StaffId::of("handler-new"), Role::Handler)
    );
    assert_eq!(view.clock_offset_seconds, 90);
    view.apply(
        &Event::StaffRetired {
            account: StaffId::of("handler-new"),
            reason: "调离".into(),
        },
        Timestamp::UNIX_EPOCH,
    );
    assert!(view.jurisdiction.staff.is_empty());
}

/// Two leaders serve in the township; one of them is the first responsible person.
fn with_a_successor() -> Jurisdiction {
    let mut jurisdiction = sample::suqian();
    let successor = StaffMember {
        account: StaffId::of("leader-new"),
        unit: UnitCode::of(sample::TOWNSHIP),
        roles: [Role::Leader].into(),
        ..a_person()
    };
    jurisdiction.staff.insert(successor.account.clone(), successor);
    jurisdiction
}

fn hand_over(to: &str, reason: &str) -> Command {
    Command::HandOver {
        unit: UnitCode::of(sample::TOWNSHIP),
        to: StaffId::of(to),
        reason: reason.into(),
    }
}

#[test]
fn a_successor_takes_over_and_the_predecessor_stays_named() {
    let handed_over = Event::HandedOver {
        unit: UnitCode::of(sample::TOWNSHIP),
        from: Some(StaffId::of("leader-321322102")),
        to: StaffId::of("leader-new"),
        reason: "县委任免通知".into(),
    };
    admin()
        .jurisdiction(|known| *known = with_a_successor())
        .when(&hand_over("leader-new", " 县委任免通知 "))
        .then([handed_over.clone()]);
    let mut view = crate::DirectoryView {
        jurisdiction: with_a_successor(),
        clock_offset_seconds: 0,
    };
    view.apply(&handed_over, Timestamp::UNIX_EPOCH);
    let township = UnitCode::of(sample::TOWNSHIP);
    let now = view.jurisdiction.first_responsible(&township).expect("somebody");
    assert_eq!(now.account, StaffId::of("leader-new"));
    let responsible = view.jurisdiction.staff.values();
    let responsible = responsible.filter(|member| member.first_responsible && member.unit == township);
    assert_eq!(responsible.count(), 1);
    admin()
        .jurisdiction(|known| *known = view.jurisdiction)
        .when(&hand_over("leader-new", "再报一次"))
        .then_nothing();
}

#[test]
fn only_a_leader_of_the_unit_takes_over_and_the_reason_is_written() {
    let story = || admin().jurisdiction(|known| *known = with_a_successor());
    story()
        .when(&hand_over("nobody", "任免通知"))
        .then_refused(Refusal::UnknownSuccessor);
    for elsewhere in ["leader-321322", "handler-321322102"] {
        story()
            .when(&hand_over(elsewhere, "任免通知"))
            .then_refused(Refusal::SuccessorElsewhere);
    }
    story()
        .when(&hand_over("leader-new", " "))
        .then_refused(Refusal::HandoverReasonMissing);
}
