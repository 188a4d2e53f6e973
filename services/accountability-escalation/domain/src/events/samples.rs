//! One of each event, for golden files and property tests.

use super::*;

pub(crate) fn samples() -> Vec<AccountabilityEvent> {
    let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
    let due = at("2020-06-04T15:59:59Z");
    let clock = ClockId::new(Obligation::FirstInspection, "1");
    let subject = Subject::Case(jurisdiction::CaseId::sample(7));
    let unit = UnitCode::of("321322102");
    let leader = Some(StaffId::of("leader-321322102"));
    let person = || Addressee {
        unit: unit.clone(),
        person: leader.clone(),
        name: Some("演示·胡集镇负责人".into()),
    };
    let mut samples = vec![
        AccountabilityEvent::ClockStarted {
            clock: clock.clone(),
            subject: subject.clone(),
            obligation: Obligation::FirstInspection,
            unit: unit.clone(),
            person: leader.clone(),
            urgency: Urgency::Normal,
            started: at("2020-06-01T01:00:00Z"),
            limit: Some(Limit::WorkingDays(3)),
            due,
            what: "胡集镇老砖瓦厂首次现场核查".into(),
            ladder: None,
        },
        AccountabilityEvent::DeadlineMissed {
            clock: clock.clone(),
            due,
            unit: unit.clone(),
            person: leader.clone(),
        },
        AccountabilityEvent::ClockMoved {
            clock: clock.clone(),
            from: due,
            to: at("2020-06-09T15:59:59Z"),
            reason: MoveReason::Extension {
                granted: at("2020-06-03T01:00:00Z"),
            },
        },
        AccountabilityEvent::ClockStopped {
            clock: clock.clone(),
            by: StopReason::Fulfilled,
            at: at("2020-06-08T01:00:00Z"),
        },
        AccountabilityEvent::FailureRecorded {
            subject,
            kind: FailureKind::Relapse,
            cause: "disposal-7#12".into(),
            unit: unit.clone(),
            persons: leader.clone().into_iter().collect(),
            note: "回头看发现设备重新进场".into(),
            clock: None,
        },
        AccountabilityEvent::FailureExplained {
            failure: 1,
            text: "回头看之后没有再巡查，已恢复每周巡查".into(),
        },
        AccountabilityEvent::FailureJudged {
            failure: 1,
            accepted: false,
            note: "没有说明设备从哪里进场".into(),
        },
        AccountabilityEvent::ExplanationSubmitted {
            clock: clock.clone(),
            deadline: due,
            rung: Rung::SupervisionOrder,
            repetition: 0,
            text: "汛期道路中断，已于次日补查。".into(),
        },
        AccountabilityEvent::ExplanationJudged {
            clock: clock.clone(),
            deadline: due,
            rung: Rung::SupervisionOrder,
            repetition: 0,
            accepted: false,
            note: "没有提供道路中断的材料。".into(),
        },
        AccountabilityEvent::InquiryOpened {
            inquiry: 1,
            clock: Some(clock.clone()),
            failure: None,
            reason: "逾期十日未核查".into(),
        },
        AccountabilityEvent::InquiryDecided {
            inquiry: 1,
            against: Accountable::Official,
            name: "演示·胡集镇负责人".into(),
            person: leader.clone(),
            basis: "《宿迁市安全生产事故隐患排查治理责任追究办法（试行）》".into(),
            decision: "诫勉谈话".into(),
        },
        AccountabilityEvent::InquiryClosed {
            inquiry: 1,
            note: "已送达本人".into(),
        },
    ];
    samples.extend(of_supervision());
    samples.extend(Rung::ALL.map(|rung| {
        AccountabilityEvent::escalation(
            rung,
            Escalation {
                clock: clock.clone(),
                deadline: due,
                repetition: 0,
                reached: due,
                to: person(),
                about: person(),
                answer_due: at("2020-06-09T15:59:59Z"),
            },
        )
    }));
    samples
}

fn of_supervision() -> Vec<AccountabilityEvent> {
    let unit = UnitCode::of("321322102");
    let picture = || EvidenceId::sample(3);
    let seen = |overdue| SeenNumbers {
        numbers: SupervisionNumbers {
            open_findings: 1,
            grave_findings: 1,
            failures: 0,
            overdue,
        },
        thresholds: jurisdiction::SupervisionThresholds::default().township,
        since: "2020-05-02T01:00:00Z".parse().expect("a timestamp"),
    };
    vec![
        AccountabilityEvent::FindingRecorded {
            finding: 1,
            unit: unit.clone(),
            source: FindingSource::City,
            gravity: Gravity::Grave,
            text: "三处停产企业未翻墙三查".into(),
            evidence: vec![picture()],
            clock: ClockId::new(Obligation::AnswerFinding, 1),
        },
        AccountabilityEvent::FindingAnswered {
            finding: 1,
            text: "三处均已补查，发现一处堆放原料".into(),
            evidence: vec![picture()],
        },
        AccountabilityEvent::FindingJudged {
            finding: 1,
            accepted: true,
            note: "现场核实属实".into(),
        },
        AccountabilityEvent::TaskAssigned {
            task: 1,
            unit: unit.clone(),
            meeting: "市联席会议第二次会议".into(),
            text: "公布乡镇举报电话并张贴到村".into(),
            due: "2020-06-10T15:59:59Z".parse().expect("a timestamp"),
            clock: ClockId::new(Obligation::ConferenceTask, 1),
        },
        AccountabilityEvent::TaskReported {
            task: 1,
            text: "二十个村全部张贴".into(),
            evidence: vec![picture()],
        },
        AccountabilityEvent::TaskReturned {
            task: 1,
            reason: "缺三个村的照片".into(),
        },
        AccountabilityEvent::TaskAccepted {
            task: 1,
            note: String::new(),
        },
        AccountabilityEvent::SpecialSupervisionOpened {
            supervision: 1,
            unit,
            seen: seen(12),
        },
        AccountabilityEvent::SpecialSupervisionClosed {
            supervision: 1,
            seen: seen(2),
            note: "整改到位".into(),
        },
    ]
}
