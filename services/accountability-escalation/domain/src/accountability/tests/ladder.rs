//! The ladder after a missed deadline: every rung once, in order, to the right person, and no silence at the top.

use super::*;

fn inquiry(clock: Option<ClockId>) -> AccountabilityCommand {
    AccountabilityCommand::OpenInquiry(crate::OpenInquiry {
        failure: None,
        clock,
        reason: "逾期十日未核查".into(),
    })
}
fn explain() -> AccountabilityCommand {
    AccountabilityCommand::SubmitExplanation(crate::SubmitExplanation {
        clock: first(),
        rung: Rung::Referral,
        text: "已组织补查".into(),
    })
}
fn judge(accepted: bool) -> AccountabilityCommand {
    AccountabilityCommand::JudgeExplanation(crate::JudgeExplanation {
        clock: first(),
        rung: Rung::Referral,
        accepted,
        note: "已核".into(),
    })
}
fn addressee(unit: &str, role: Role, name: &str) -> Addressee {
    let person = StaffId::of(&format!("{}-{unit}", role.code()));
    Addressee {
        unit: UnitCode::of(unit),
        person: Some(person),
        name: Some(format!("演示·{name}{}", role.in_chinese())),
    }
}
/// To whom each rung went, for a clock of `unit`.
fn addressees(unit: &str) -> Vec<Addressee> {
    let command = StartClock {
        unit: Some(UnitCode::of(unit)),
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(command)).then_done();
    let story = story.at("2020-07-01T01:00:00Z").when(&fire()).then_done();
    let steps = the_clock(&story).steps;
    steps.into_iter().map(|step| step.escalation.to).collect()
}

#[test]
fn what_the_inspectors_owe_nobody_else_is_told_of() {
    for to in addressees(sample::DISCIPLINE) {
        assert_eq!(to.unit.as_str(), sample::DISCIPLINE);
    }
}

#[test]
fn a_missed_deadline_reminds_the_unit_at_once() {
    let deadline = at(DUE);
    let story = running().at("2020-06-04T15:59:58Z").when(&fire()).then_nothing();
    let story = story.at(DUE).when(&fire()).then([
        AccountabilityEvent::DeadlineMissed {
            clock: first(),
            due: deadline,
            unit: township(),
            person: Some(StaffId::of("leader-321322102")),
        },
        AccountabilityEvent::ReminderIssued(Escalation {
            clock: first(),
            deadline,
            repetition: 0,
            reached: deadline,
            to: addressee(sample::TOWNSHIP, Role::Leader, "胡集镇"),
            about: addressee(sample::TOWNSHIP, Role::Leader, "胡集镇"),
            answer_due: at("2020-06-09T15:59:59Z"),
        }),
        // To say why is an obligation of its own.
        AccountabilityEvent::ClockStarted {
            clock: answer_to(Rung::Reminder),
            subject: case(),
            obligation: Obligation::AnswerEscalation,
            unit: township(),
            person: Some(StaffId::of("leader-321322102")),
            urgency: Urgency::Normal,
            started: deadline,
            limit: Some(Limit::WorkingDays(3)),
            due: at("2020-06-09T15:59:59Z"),
            what: "就催办作出说明：老砖瓦厂首次现场核查".into(),
            ladder: Some(jurisdiction::Ladder::default()),
        },
    ]);
    assert_eq!(next_of_the_work(&story), Some(at("2020-06-05T15:59:59Z")));
}

/// Two replicas fire the same instant: whoever comes second finds it done.
#[test]
fn firing_again_at_the_same_instant_yields_nothing() {
    for instant in [DUE, "2020-06-12T01:00:00Z", REFERRAL, "2020-12-01T01:00:00Z"] {
        fired_at(instant).when(&fire()).then_nothing();
    }
}

/// Whatever the outage: all rungs reached, in order, each once; one letter of the top, not one for every silent week.
#[test]
fn firing_late_after_an_outage_records_every_rung_once() {
    let story = fired_at("2020-12-01T01:00:00Z");
    assert_eq!(rungs(&story), Rung::ALL.map(|rung| (rung, 0)));
    let clock = the_clock(&story);
    assert!(
        clock
            .steps
            .is_sorted_by_key(|step| (step.escalation.reached, step.rung))
    );
    assert_eq!(clock.steps[4].escalation.reached, at(REFERRAL));
    // The time to answer counts from when it could be read.
    assert_eq!(clock.steps[0].escalation.answer_due, at("2020-12-04T15:59:59Z"));
    assert_eq!(next_of_the_work(&story), Some(at("2020-12-08T01:00:00Z")));
}

#[test]
fn firing_step_by_step_and_firing_late_reach_the_same_rungs() {
    let mut story = running();
    while let Some(next) = next_of_the_work(&story).filter(|next| *next <= at("2020-06-20T00:00:00Z")) {
        story = story.at(&next.to_string()).when(&fire()).then_done();
    }
    assert_eq!(rungs(&story), rungs(&fired_at("2020-06-20T00:00:00Z")));
}

#[test]
fn rungs_of_several_clocks_are_recorded_in_the_order_of_time() {
    let acknowledgement = StartClock {
        clock: ClockId::new(Obligation::Acknowledge, 1),
        obligation: Obligation::Acknowledge,
        ..an_inspection()
    };
    let story = running().when(&start(acknowledgement)).then_done();
    let jurisdiction = sample::suqian();
    let by = policy();
    let given = Given {
        at: at("2020-06-30T01:00:00Z"),
        by: &by,
        jurisdiction: &jurisdiction,
    };
    let events = Accountability::decide(&story.state(), &fire(), given).expect("no refusal");
    let of_answers = |event: &&AccountabilityEvent| {
        matches!(
            event,
            AccountabilityEvent::ClockStarted { .. } | AccountabilityEvent::ClockStopped { .. }
        )
    };
    let reached: Vec<_> = events
        .iter()
        .filter(|event| !of_answers(event))
        .map(|event| match (event, event.as_escalation()) {
            (AccountabilityEvent::DeadlineMissed { due, .. }, _) => *due,
            (_, Some((_, escalation))) => escalation.reached,
            _ => panic!("neither a miss nor a rung: {event:?}"),
        })
        .collect();
    assert!(reached.is_sorted());
    assert_eq!(reached.len(), 2 * (1 + Rung::ALL.len()));
}

#[test]
fn every_rung_names_whom_it_addresses() {
    let unit = addressee(sample::TOWNSHIP, Role::Leader, "胡集镇");
    let county = addressee(sample::COUNTY, Role::Leader, "沭阳县");
    let discipline = addressee(sample::DISCIPLINE, Role::Inspector, "市纪委监委");
    assert_eq!(
        addressees(sample::TOWNSHIP),
        [
            unit,
            addressee(sample::TOWNSHIP, Role::Leader, "胡集镇"),
            county.clone(),
            county.clone(),
            discipline.clone(),
        ]
    );
    let of_county = addressees(sample::COUNTY);
    assert_eq!(of_county[1..4], [county.clone(), county.clone(), county]);
    let of_city_unit = addressees(sample::OFFICE);
    let office = addressee(sample::OFFICE, Role::Leader, "市安委办");
    assert_eq!(
        of_city_unit[1..],
        [office.clone(), office.clone(), office, discipline]
    );
}

#[test]
fn a_unit_that_the_directory_does_not_know_still_finds_a_person() {
    let office = StaffId::of("leader-321300-AWB");
    for to in &addressees("321399")[1..4] {
        assert_eq!(to.person, Some(office.clone()));
    }
}

#[test]
fn without_inspectors_the_top_rung_reaches_the_office() {
    let story = running()
        .jurisdiction(|jurisdiction| {
            jurisdiction.units.remove(&UnitCode::of(sample::DISCIPLINE));
        })
        .at(REFERRAL)
        .when(&fire())
        .then_done();
    assert_eq!(
        the_clock(&story).steps[4].escalation.to,
        addressee(sample::OFFICE, Role::Leader, "市安委办")
    );
}

#[test]
fn the_one_named_at_the_start_is_named_in_the_miss_until_officials_rotate() {
    let handler = StaffId::of("handler-321322102");
    let command = StartClock {
        person: Some(handler.clone()),
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(command)).then_done().at(DUE);
    let stayed = story.when(&fire()).then_done();
    assert_eq!(the_clock(&stayed).misses[0].person, Some(handler.clone()));

    let command = StartClock {
        person: Some(handler.clone()),
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(command)).then_done().at(DUE);
    let left = story.jurisdiction(|jurisdiction| {
        jurisdiction.staff.remove(&handler);
    });
    let left = left.when(&fire()).then_done();
    assert_eq!(
        the_clock(&left).misses[0].person,
        Some(StaffId::of("leader-321322102"))
    );
}

#[test]
fn a_stopped_clock_stays_missed_climbs_no_further_and_still_awaits_its_explanations() {
    let story = fired_at("2020-06-06T01:00:00Z")
        .when(&stop(StopReason::Fulfilled, "2020-06-06T01:00:00Z"))
        .then_done();
    assert!(the_clock(&story).is_missed());
    assert_eq!(next_of_the_work(&story), None);
    assert_eq!(story.state().awaiting_explanation().count(), 2);
    let story = story.at("2020-12-01T01:00:00Z").when(&fire()).then_done();
    assert_eq!(rungs(&story), [(Rung::Reminder, 0), (Rung::SupervisionOrder, 0)]);
}

/// Fault of comparable systems: escalation stops silently at its top level.
#[test]
fn the_top_rung_repeats_weekly_and_an_explanation_alone_does_not_silence_undone_work() {
    let mut story = fired_at(REFERRAL);
    for week in 1..=8 {
        story = story
            .by(leader(sample::TOWNSHIP))
            .when(&explain())
            .then_done()
            .by(inspector())
            .when(&judge(true))
            .then_done()
            .by(policy());
        let next = next_of_the_work(&story).expect("a repetition");
        assert_eq!(next, at(REFERRAL) + SignedDuration::from_hours(week * 7 * 24));
        story = story.at(&next.to_string()).when(&fire()).then_done();
    }
    assert_eq!(rungs(&story).last(), Some(&(Rung::Referral, 8)));
}

#[test]
fn an_open_inquiry_quietens_the_top_rung_until_it_closes_with_the_work_undone() {
    let story = fired_at(REFERRAL).by(inspector());
    // An inquiry into something else does not.
    let story = story.when(&inquiry(None)).then_done();
    assert!(next_of_the_work(&story).is_some());
    let story = story.when(&inquiry(Some(first()))).then_done();
    assert_eq!(next_of_the_work(&story), None);
    let closed = AccountabilityEvent::InquiryClosed {
        inquiry: 2,
        note: "已处理".into(),
    };
    let story = story.at("2020-07-20T01:00:00Z").given([closed]);
    let story = story.by(policy()).when(&fire()).then_done();
    assert_eq!(rungs(&story).last(), Some(&(Rung::Referral, 1)));
    let story = story
        .when(&stop(StopReason::Fulfilled, "2020-07-20T01:00:00Z"))
        .then_done();
    assert_eq!(next_of_the_work(&story), None);
}

#[test]
fn done_late_the_top_rung_repeats_until_it_is_answered() {
    let late = "2020-06-19T01:00:00Z";
    let story = fired_at(late)
        .when(&stop(StopReason::Fulfilled, late))
        .then_done();
    assert_eq!(next_of_the_work(&story), Some(at("2020-06-26T01:00:00Z")));
    let story = story.at("2020-06-26T01:00:00Z").when(&fire()).then_done();
    assert_eq!(rungs(&story).last(), Some(&(Rung::Referral, 1)));
    let story = story.by(leader(sample::TOWNSHIP)).when(&explain()).then_done();
    assert_eq!(next_of_the_work(&story), None);
    let story = story.by(inspector()).when(&judge(false)).then_done();
    assert_eq!(next_of_the_work(&story), Some(at("2020-07-03T01:00:00Z")));
    let story = story.by(leader(sample::TOWNSHIP)).when(&explain()).then_done();
    let story = story.by(inspector()).when(&judge(true)).then_done();
    assert_eq!(next_of_the_work(&story), None);
}

#[test]
fn a_referral_that_proves_moot_is_not_repeated() {
    // Fired before the news came that the work had been done after the criticism.
    let story = fired_at("2020-06-20T01:00:00Z")
        .when(&stop(StopReason::Fulfilled, "2020-06-15T01:00:00Z"))
        .then_done();
    assert_eq!(next_of_the_work(&story), None);
    assert_eq!(story.state().awaiting_explanation().count(), 4);
}

#[test]
fn a_ladder_configured_out_of_order_still_climbs_rung_by_rung() {
    let story = running()
        .jurisdiction(|jurisdiction| jurisdiction.ladder.interview_after = 0)
        .at("2020-06-30T01:00:00Z")
        .when(&fire())
        .then_done();
    assert_eq!(rungs(&story), Rung::ALL.map(|rung| (rung, 0)));
    let steps = the_clock(&story).steps;
    assert!(steps.is_sorted_by_key(|step| step.escalation.reached));
}
