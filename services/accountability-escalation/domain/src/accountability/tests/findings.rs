//! Findings of supervision groups: recorded, answered in time, judged; what is not accepted gains no time.

use super::*;

const TUESDAY: &str = "2020-06-02T01:00:00Z";

fn group() -> Actor {
    sample::acting(Role::Supervisor, sample::SUPERVISION)
}
fn picture() -> EvidenceId {
    EvidenceId::sample(3)
}
fn a_finding() -> RecordFinding {
    RecordFinding {
        unit: township(),
        source: FindingSource::City,
        gravity: Gravity::Ordinary,
        text: " 三处停产企业未翻墙三查 ".into(),
        evidence: vec![],
    }
}
fn record(command: RecordFinding) -> AccountabilityCommand {
    AccountabilityCommand::RecordFinding(command)
}
fn answer(text: &str, evidence: &[EvidenceId]) -> AccountabilityCommand {
    AccountabilityCommand::AnswerFinding(AnswerFinding {
        finding: 1,
        text: text.into(),
        evidence: evidence.to_vec(),
    })
}
fn judge(accepted: bool, note: &str) -> AccountabilityCommand {
    AccountabilityCommand::JudgeFinding(JudgeFinding {
        finding: 1,
        accepted,
        note: note.into(),
    })
}
fn clock() -> ClockId {
    ClockId::new(Obligation::AnswerFinding, 1)
}
fn found(command: RecordFinding) -> Scenario<Accountability> {
    Scenario::new().by(group()).when(&record(command)).then_done()
}
fn grave() -> RecordFinding {
    RecordFinding {
        gravity: Gravity::Grave,
        evidence: vec![picture(), picture()],
        ..a_finding()
    }
}
fn of_clock(story: &Scenario<Accountability>) -> Clock {
    story.state().clock(&clock()).expect("the clock").clone()
}

#[test]
fn a_finding_starts_the_clock_for_its_answer_in_the_same_breath() {
    let story = Scenario::<Accountability>::new().by(group());
    let story = story.when(&record(a_finding())).then([
        AccountabilityEvent::FindingRecorded {
            finding: 1,
            unit: township(),
            source: FindingSource::City,
            gravity: Gravity::Ordinary,
            text: "三处停产企业未翻墙三查".into(),
            evidence: vec![],
            clock: clock(),
        },
        AccountabilityEvent::ClockStarted {
            clock: clock(),
            subject: Subject::Unit(township()),
            obligation: Obligation::AnswerFinding,
            unit: township(),
            person: Some(StaffId::of("leader-321322102")),
            urgency: Urgency::Normal,
            started: at(MONDAY),
            limit: Some(Limit::WorkingDays(3)),
            due: at(DUE),
            what: "市督导组发现问题：三处停产企业未翻墙三查".into(),
            ladder: Some(jurisdiction::Ladder::default()),
        },
    ]);
    // The next has a number and a clock of its own; a grave one is urgent and keeps each picture once.
    let state = story.when(&record(grave())).then_done().state();
    assert_eq!((state.findings.len(), state.clocks.len()), (2, 2));
    assert_eq!(state.findings[1].evidence, [picture()]);
    assert_eq!(state.clocks[1].due, at("2020-06-02T15:59:59Z"));
}

#[test]
fn what_the_province_finds_is_a_failure_at_once() {
    let story = found(RecordFinding {
        source: FindingSource::Province,
        ..a_finding()
    });
    let failures = story.state().failures;
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].kind, FailureKind::ProvincialFinding);
    assert_eq!(failures[0].persons, [StaffId::of("leader-321322102")]);
    assert!(found(a_finding()).state().failures.is_empty());
}

#[test]
fn only_supervision_groups_record_findings_against_units_they_supervise() {
    let refused = |by: Actor, command: RecordFinding, refusal| {
        let story = Scenario::<Accountability>::new().by(by);
        story.when(&record(command)).then_refused(refusal);
    };
    for by in [leader(sample::COUNTY), inspector(), policy(), Actor::Citizen] {
        refused(by, a_finding(), AccountabilityRefusal::NotASupervisor);
    }
    // A county's group does not supervise its neighbours.
    let of_county = Actor::staff(
        StaffId::of("supervisor-321302"),
        UnitCode::of(sample::OTHER_COUNTY),
        Role::Supervisor,
    );
    refused(of_county, a_finding(), AccountabilityRefusal::NotASupervisor);
    let against = |unit: &str| RecordFinding {
        unit: UnitCode::of(unit),
        ..a_finding()
    };
    refused(group(), against("999999"), AccountabilityRefusal::UnknownUnit);
    refused(
        group(),
        against(sample::SUPERVISION),
        AccountabilityRefusal::NotSupervised,
    );
    refused(
        group(),
        RecordFinding {
            text: "  ".into(),
            ..a_finding()
        },
        AccountabilityRefusal::FindingMissing,
    );
    refused(
        group(),
        RecordFinding {
            evidence: vec![],
            ..grave()
        },
        AccountabilityRefusal::EvidenceMissing,
    );
    refused(
        group(),
        RecordFinding {
            evidence: (0..21).map(EvidenceId::sample).collect(),
            ..a_finding()
        },
        AccountabilityRefusal::TooMuchEvidence,
    );
    let other = found(a_finding()).when(&record(against(sample::COUNTY)));
    other.then_refused(AccountabilityRefusal::SubjectDiffers);
}

#[test]
fn the_unit_s_leader_answers_and_the_group_accepts() {
    let story = found(grave()).by(leader(sample::TOWNSHIP)).at(TUESDAY);
    let story = story.when(&answer("已补查", &[picture()])).then_done();
    assert_eq!(
        stopped(&story, &clock()),
        Some((StopReason::Withdrawn, at(TUESDAY)))
    );
    assert!(story.state().findings[0].is_open());
    let later = "2020-06-20T01:00:00Z";
    let story = story.by(group()).at(later).when(&judge(true, "属实")).then_done();
    assert_eq!(
        stopped(&story, &clock()),
        Some((StopReason::Fulfilled, at(TUESDAY)))
    );
    assert!(!story.state().findings[0].is_open());
    assert!(!of_clock(&story).is_missed(), "a slow judge makes nobody late");
    let story = story
        .when(&judge(true, "属实"))
        .then_refused(AccountabilityRefusal::NothingAnswered);
    story
        .by(leader(sample::TOWNSHIP))
        .when(&answer("再答", &[picture()]))
        .then_refused(AccountabilityRefusal::AlreadyAccepted);
}

#[test]
fn an_answer_that_is_not_accepted_gains_no_time() {
    let story = found(a_finding()).by(leader(sample::TOWNSHIP)).at(TUESDAY);
    let story = story.when(&answer("正在研究", &[])).then_done();
    let story = story.by(group()).at("2020-06-08T01:00:00Z");
    let story = story.when(&judge(false, "没有写明做了什么")).then_done();
    // Two working days were left.
    let clock = of_clock(&story);
    let left = Some(Limit::WorkingDays(2));
    assert_eq!((clock.due, clock.limit), (at("2020-06-10T15:59:59Z"), left));
    assert!(of_clock(&story).is_running());
    assert_eq!(story.state().findings[0].standing(), "returned");
    let all = AccountabilityCommand::MoveClock(MoveClock {
        which: Which::All,
        by: Move::CalendarChange,
    });
    let story = story.by(policy()).when(&all).then_nothing();
    let story = story
        .at("2020-06-11T01:00:00Z")
        .by(policy())
        .when(&fire())
        .then_done();
    assert!(of_clock(&story).is_missed());
}

#[test]
fn an_answer_after_the_deadline_leaves_the_miss_and_a_rejection_resumes_the_ladder() {
    let story = found(a_finding()).by(leader(sample::TOWNSHIP));
    let story = story
        .at("2020-06-05T16:30:00Z")
        .when(&answer("已办", &[]))
        .then_done();
    let rungs = |story: &Scenario<Accountability>| -> Vec<Rung> {
        of_clock(story).steps.iter().map(|step| step.rung).collect()
    };
    assert!(of_clock(&story).is_missed(), "nothing had fired before");
    assert_eq!(rungs(&story), [Rung::Reminder, Rung::SupervisionOrder]);
    let story = story
        .at("2020-06-08T01:00:00Z")
        .by(policy())
        .when(&fire())
        .then_nothing();
    let story = story.by(group()).when(&judge(false, "没有证据")).then_done();
    // Two working days were left until the interview when it was answered; while others judged, none of them passed.
    let story = story
        .at("2020-06-11T01:00:00Z")
        .by(policy())
        .when(&fire())
        .then_done();
    assert_eq!(of_clock(&story).due, at(DUE));
    assert_eq!(rungs(&story).last(), Some(&Rung::Interview));
}

#[test]
fn nobody_else_answers_and_nobody_else_judges() {
    let township_handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let story = found(grave());
    for by in [leader(sample::COUNTY), township_handler, group()] {
        let other = found(grave()).by(by).when(&answer("已补查", &[picture()]));
        other.then_refused(AccountabilityRefusal::NotTheUnitsLeader);
    }
    let story = story
        .by(leader(sample::TOWNSHIP))
        .when(&answer("已补查", &[]))
        .then_refused(AccountabilityRefusal::EvidenceMissing)
        .when(&answer(" ", &[picture()]))
        .then_refused(AccountabilityRefusal::AnswerMissing)
        .when(&AccountabilityCommand::AnswerFinding(AnswerFinding {
            finding: 2,
            text: "已补查".into(),
            evidence: vec![],
        }))
        .then_refused(AccountabilityRefusal::UnknownFinding)
        .when(&answer("已补查", &[picture()]))
        .then_done()
        .when(&answer("又补查", &[picture()]))
        .then_refused(AccountabilityRefusal::AlreadyAnswered)
        .when(&judge(true, "自己认定"))
        .then_refused(AccountabilityRefusal::NotASupervisor);
    story
        .by(group())
        .when(&judge(true, ""))
        .then_refused(AccountabilityRefusal::NoteMissing);
}

#[test]
fn what_the_city_found_no_countys_group_finds_settled() {
    let of_county = sample::acting(Role::Supervisor, sample::COUNTY);
    let answered = |source| {
        let by = if source == FindingSource::County {
            of_county.clone()
        } else {
            group()
        };
        let command = RecordFinding {
            source,
            ..a_finding()
        };
        let story = Scenario::<Accountability>::new().by(by);
        let story = story.when(&record(command)).then_done();
        let story = story.by(leader(sample::TOWNSHIP));
        story.when(&answer("已整改", &[picture()])).then_done()
    };
    for source in [FindingSource::City, FindingSource::Province] {
        let story = answered(source).by(of_county.clone());
        story
            .when(&judge(true, "属实"))
            .then_refused(AccountabilityRefusal::NotASupervisor);
    }
    let own = answered(FindingSource::County).by(of_county.clone());
    own.when(&judge(true, "属实")).then_done();
}

#[test]
fn a_finding_nobody_answers_climbs_the_ladder() {
    let story = found(a_finding())
        .by(policy())
        .at(REFERRAL)
        .when(&fire())
        .then_done();
    let rungs: Vec<_> = of_clock(&story).steps.iter().map(|step| step.rung).collect();
    assert_eq!(rungs, Rung::ALL);
}

/// Answered before the October holiday, refused in the middle of it: of three working days two were left.
#[test]
fn an_answer_refused_over_the_october_holiday_has_the_working_days_that_were_left() {
    let story = Scenario::<Accountability>::new()
        .by(group())
        .jurisdiction(|jurisdiction| {
            jurisdiction.calendar.set_year(2020, super::moves::october());
        });
    let story = story
        .at("2020-09-28T01:00:00Z")
        .when(&record(a_finding()))
        .then_done();
    assert_eq!(of_clock(&story).due, at("2020-10-09T15:59:59Z"));
    let story = story.by(leader(sample::TOWNSHIP)).at("2020-09-29T01:00:00Z");
    let story = story.when(&answer("正在研究", &[])).then_done();
    let story = story.by(group()).at("2020-10-02T01:00:00Z");
    let story = story.when(&judge(false, "没有写明做了什么")).then_done();
    // Friday the 9th and the make-up Saturday, not some hour in the holiday.
    assert_eq!(of_clock(&story).due, at("2020-10-10T15:59:59Z"));
    assert_eq!(of_clock(&story).limit, Some(Limit::WorkingDays(2)));
    let story = story.by(policy()).jurisdiction(|jurisdiction| {
        let mut corrected = super::moves::october();
        corrected.make_up_workdays.clear();
        jurisdiction.calendar.set_year(2020, corrected);
    });
    let all = AccountabilityCommand::MoveClock(MoveClock {
        which: Which::All,
        by: Move::CalendarChange,
    });
    let story = story.when(&all).then_done();
    assert_eq!(
        of_clock(&story).due,
        at("2020-10-12T15:59:59Z"),
        "a correction moves it as well"
    );
}
