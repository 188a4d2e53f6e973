//! Tasks of the joint conference: given with a date, reported, accepted or returned; a missed one climbs the ladder.

use super::*;

const WEDNESDAY: &str = "2020-06-10T15:59:59Z";

fn office() -> Actor {
    sample::acting(Role::Dispatcher, sample::OFFICE)
}
fn handler() -> Actor {
    sample::acting(Role::Handler, sample::TOWNSHIP)
}
fn a_task() -> AssignTask {
    AssignTask {
        unit: township(),
        meeting: "市联席会议第二次会议".into(),
        text: "公布举报电话并张贴到村".into(),
        due: jiff::civil::Date::constant(2020, 6, 10),
    }
}
fn assign(command: AssignTask) -> AccountabilityCommand {
    AccountabilityCommand::AssignTask(command)
}
fn report(text: &str) -> AccountabilityCommand {
    AccountabilityCommand::ReportTask(ReportTask {
        task: 1,
        text: text.into(),
        evidence: vec![EvidenceId::sample(4)],
    })
}
fn accept(note: &str) -> AccountabilityCommand {
    AccountabilityCommand::AcceptTask(AcceptTask {
        task: 1,
        note: note.into(),
    })
}
fn send_back(reason: &str) -> AccountabilityCommand {
    AccountabilityCommand::ReturnTask(ReturnTask {
        task: 1,
        reason: reason.into(),
    })
}
fn clock() -> ClockId {
    ClockId::new(Obligation::ConferenceTask, 1)
}
fn assigned() -> Scenario<Accountability> {
    Scenario::new().by(office()).when(&assign(a_task())).then_done()
}

#[test]
fn a_task_has_a_unit_a_date_and_a_clock() {
    let story = Scenario::<Accountability>::new().by(office());
    story.when(&assign(a_task())).then([
        AccountabilityEvent::TaskAssigned {
            task: 1,
            unit: township(),
            meeting: "市联席会议第二次会议".into(),
            text: "公布举报电话并张贴到村".into(),
            due: at(WEDNESDAY),
            clock: clock(),
        },
        AccountabilityEvent::ClockStarted {
            clock: clock(),
            subject: Subject::Unit(township()),
            obligation: Obligation::ConferenceTask,
            unit: township(),
            person: Some(StaffId::of("leader-321322102")),
            urgency: Urgency::Normal,
            started: at(MONDAY),
            limit: None,
            due: at(WEDNESDAY),
            what: "联席会议任务：公布举报电话并张贴到村".into(),
            ladder: Some(jurisdiction::Ladder::default()),
        },
    ]);
}

#[test]
fn the_unit_reports_and_the_office_accepts() {
    let story = assigned().by(handler()).at("2020-06-08T01:00:00Z");
    let story = story.when(&report("二十个村全部张贴")).then_done();
    let story = story
        .by(office())
        .at("2020-06-12T01:00:00Z")
        .when(&accept(""))
        .then_done();
    let reported = at("2020-06-08T01:00:00Z");
    assert_eq!(stopped(&story, &clock()), Some((StopReason::Fulfilled, reported)));
    assert_eq!(story.state().tasks[0].standing(), "accepted");
    let story = story
        .when(&accept(""))
        .then_refused(AccountabilityRefusal::NothingAnswered);
    story
        .by(handler())
        .when(&report("再报"))
        .then_refused(AccountabilityRefusal::AlreadyAccepted);
}

#[test]
fn a_task_that_comes_back_has_the_time_that_was_left() {
    let story = assigned().by(handler()).at("2020-06-09T15:59:59Z");
    let story = story.when(&report("大部分村已张贴")).then_done();
    let story = story.by(office()).at("2020-06-12T01:00:00Z");
    let story = story.when(&send_back("缺三个村")).then_done();
    assert_eq!(story.state().tasks[0].standing(), "returned");
    // One working day was left, and the next is Monday.
    let resumed = story.state().clock(&clock()).expect("the clock").clone();
    let left = Some(Limit::WorkingDays(1));
    assert_eq!((resumed.due, resumed.limit), (at("2020-06-15T15:59:59Z"), left));
    let story = story
        .by(policy())
        .at("2020-06-15T15:59:59Z")
        .when(&fire())
        .then_done();
    let clock = story.state().clock(&clock()).expect("the clock").clone();
    assert!(clock.is_missed() && clock.steps.len() == 1);
}

#[test]
fn a_task_that_nobody_does_climbs_the_ladder() {
    let story = assigned()
        .by(policy())
        .at("2020-06-24T16:00:00Z")
        .when(&fire())
        .then_done();
    let steps = story.state().clock(&clock()).expect("the clock").steps.clone();
    assert_eq!(steps.iter().map(|step| step.rung).collect::<Vec<_>>(), Rung::ALL);
}

#[test]
fn only_the_office_gives_accepts_and_returns_tasks() {
    let others = [
        leader(sample::COUNTY),
        sample::acting(Role::Operator, sample::OFFICE),
        sample::acting(Role::Supervisor, sample::SUPERVISION),
        policy(),
    ];
    for by in others {
        let story = Scenario::<Accountability>::new().by(by.clone());
        story
            .when(&assign(a_task()))
            .then_refused(AccountabilityRefusal::NotTheOffice);
        let reported = assigned().by(handler()).when(&report("已办")).then_done().by(by);
        reported
            .when(&accept(""))
            .then_refused(AccountabilityRefusal::NotTheOffice)
            .when(&send_back("缺"))
            .then_refused(AccountabilityRefusal::NotTheOffice);
    }
    let city = Scenario::<Accountability>::new().by(leader(sample::CITY));
    city.when(&assign(a_task())).then_done();
}

/// What the city gave to the county, the county's own office would take back as done.
#[test]
fn the_office_of_a_county_is_not_the_conference_s() {
    let office = UnitCode::of("321322-AWB");
    let registered = |jurisdiction: &mut jurisdiction::Jurisdiction| {
        let mut unit = jurisdiction
            .unit(&UnitCode::of(sample::OFFICE))
            .expect("the office")
            .clone();
        unit.code = UnitCode::of("321322-AWB");
        unit.level = jurisdiction::Level::County;
        unit.parent = Some(UnitCode::of(sample::COUNTY));
        jurisdiction.units.insert(unit.code.clone(), unit);
    };
    let by = sample::acting(Role::Dispatcher, office.as_str());
    let story = Scenario::<Accountability>::new().jurisdiction(registered).by(by);
    story
        .when(&assign(a_task()))
        .then_refused(AccountabilityRefusal::NotTheOffice);
}

#[test]
fn a_task_is_refused_that_nobody_could_do() {
    let refused = |command: AssignTask, refusal| {
        let story = Scenario::<Accountability>::new().by(office());
        story.when(&assign(command)).then_refused(refusal);
    };
    let to = |unit: &str| AssignTask {
        unit: UnitCode::of(unit),
        ..a_task()
    };
    refused(to("999999"), AccountabilityRefusal::UnknownUnit);
    refused(to(sample::OFFICE), AccountabilityRefusal::TakesNoTasks);
    let yesterday = AssignTask {
        due: jiff::civil::Date::constant(2020, 5, 31),
        ..a_task()
    };
    refused(yesterday, AccountabilityRefusal::DueInThePast);
    let without_meeting = AssignTask {
        meeting: " ".into(),
        ..a_task()
    };
    refused(without_meeting, AccountabilityRefusal::MeetingMissing);
    let without_text = AssignTask {
        text: String::new(),
        ..a_task()
    };
    refused(without_text, AccountabilityRefusal::TaskMissing);
    let endless = AssignTask {
        text: "长".repeat(2001),
        ..a_task()
    };
    refused(endless, AccountabilityRefusal::TooLong);
}

#[test]
fn a_report_is_of_the_unit_s_own_task_and_one_at_a_time() {
    let story = assigned()
        .by(leader(sample::COUNTY))
        .when(&report("已办"))
        .then_refused(AccountabilityRefusal::NotTheUnitsTask)
        .by(handler())
        .when(&report(""))
        .then_refused(AccountabilityRefusal::AnswerMissing)
        .when(&AccountabilityCommand::ReportTask(ReportTask {
            task: 7,
            text: "已办".into(),
            evidence: vec![],
        }))
        .then_refused(AccountabilityRefusal::UnknownTask)
        .when(&report("已办"))
        .then_done()
        .when(&report("又办"))
        .then_refused(AccountabilityRefusal::AlreadyAnswered);
    story
        .by(office())
        .when(&send_back(" "))
        .then_refused(AccountabilityRefusal::NoteMissing);
}
