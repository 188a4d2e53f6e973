//! One of each event, for golden files, property tests and the tests of other crates.

use crate::{
    Answer, CaseEvent, Check, Class, Classification, ClosingReason, Competent, Coordinates, Finding,
    FiveChecks, Method, Origin, Party, PartyRole, Place, Premises, ThreeChecks,
};
use jiff::Timestamp;
use jurisdiction::{Against, CaseId, EvidenceId, Obligation, TipId, UnitCode, Urgency};

/// One of each event.
pub fn samples() -> Vec<CaseEvent> {
    let mut events = vec![
        CaseEvent::CaseOpened {
            origin: Origin::Tip {
                tip: TipId::sample(1),
            },
            summary: "砖瓦厂内疑似生产化工产品".into(),
            enterprise: Some("某建材厂".into()),
            place: place(),
            urgency: Urgency::Urgent,
            confidential: true,
            against: Against::default(),
        },
        CaseEvent::TipLinked {
            tip: TipId::sample(2),
        },
        CaseEvent::TipUnlinked {
            tip: TipId::sample(2),
        },
        CaseEvent::ConflictNoted {
            against: Against::unit(UnitCode::of("321322102")),
        },
        CaseEvent::MadeConfidential {},
        CaseEvent::MadeUrgent {},
        CaseEvent::CasesMerged {
            into: CaseId::sample(9),
            reason: "同一砖瓦厂".into(),
        },
        inspection(),
    ];
    events.extend(of_the_assignment());
    events.extend(of_the_extensions());
    events.extend(of_the_decision());
    events
}

fn of_the_extensions() -> Vec<CaseEvent> {
    let due = Timestamp::constant(1_591_286_399, 0);
    let to = Timestamp::constant(1_591_718_399, 0);
    let clock = || "first_inspection#00000000-0000-0000-0000-000000000001".to_owned();
    let obligation = Obligation::FirstInspection;
    vec![
        CaseEvent::ExtensionRequested {
            clock: clock(),
            obligation,
            unit: UnitCode::of("321322102"),
            due,
            to,
            reason: "连日暴雨，道路中断".into(),
        },
        CaseEvent::ExtensionGranted {
            clock: clock(),
            obligation,
            due,
            to,
            reason: "连日暴雨，道路中断".into(),
        },
        CaseEvent::ExtensionRefused {
            clock: clock(),
            obligation,
            reason: "道路已经恢复".into(),
        },
    ]
}

fn of_the_assignment() -> Vec<CaseEvent> {
    let township = UnitCode::of("321322102");
    let county = UnitCode::of("321322");
    let ecology = UnitCode::of("321322-HJ");
    vec![
        CaseEvent::CaseAssigned {
            to: township.clone(),
            instructions: "请于今夜突击检查".into(),
            co_handlers: vec![ecology.clone()],
        },
        CaseEvent::CoHandlerAdded {
            unit: ecology.clone(),
        },
        CaseEvent::CoHandlerRemoved {
            unit: ecology,
            reason: "检测已经完成".into(),
        },
        CaseEvent::CaseAcknowledged {},
        CaseEvent::CaseReturned {
            to: county,
            reason: "位于邻镇地界".into(),
        },
        CaseEvent::CaseDesignated {
            to: township.clone(),
            reason: "经勘界属胡集镇".into(),
        },
        CaseEvent::CaseReassigned {
            to: township,
            reason: "原承办单位与厂主有利害关系".into(),
        },
    ]
}

fn of_the_decision() -> Vec<CaseEvent> {
    vec![
        CaseEvent::IdentificationRequested {
            doubt: "无法界定是否属于化工生产".into(),
        },
        CaseEvent::SiteIdentified {
            small_chemical: true,
            class: Some(Class::C),
            basis: "现场检出化工原料，无营业执照".into(),
            refer_to: None,
        },
        CaseEvent::SiteClassified {
            class: Classification::C,
            basis: "无证无照".into(),
            refer_to: None,
        },
        CaseEvent::ClassCorrected {
            class: Class::B,
            basis: "有营业执照，超经营范围生产".into(),
        },
        CaseEvent::SiteFoundClean {},
        CaseEvent::CleanFindingReviewed {
            agreed: false,
            note: "照片看不出厂房内部".into(),
        },
        CaseEvent::CaseConfirmed {
            class: Class::C,
            owner: UnitCode::of("321322102"),
            place: place(),
            summary: "砖瓦厂内疑似生产化工产品".into(),
            urgency: Urgency::Urgent,
        },
        CaseEvent::CaseClosed {
            reason: ClosingReason::NotSmallChemical {
                refer_to: Some(Competent::Beyond("县市场监督管理局".into())),
            },
            tips: vec![TipId::sample(1), TipId::sample(2)],
            summary: "经核查不属于“小化工”，已转县市场监督管理局处理。".into(),
        },
        CaseEvent::CaseReopened {
            reason: "举报人反映仍在夜间生产".into(),
        },
    ]
}

fn inspection() -> CaseEvent {
    CaseEvent::InspectionRecorded {
        went: vec!["张三（胡集镇安监办）".into(), "李四（派出所）".into()],
        inspected_at: Timestamp::constant(1_591_108_200, 0),
        coordinates: place().coordinates,
        no_coordinates: String::new(),
        method: Method::NightRaid,
        premises: Premises::IdlePlant,
        five: FiveChecks {
            missed_enterprise: no("不在名单企业范围"),
            changed_scope: check(Answer::NotApplicable),
            borrowed_name: no("无租赁合同"),
            idle_premises: check(Answer::Yes),
            hidden_workshop: check(Answer::Yes),
        },
        three: Some(ThreeChecks {
            equipment: check(Answer::Yes),
            materials: check(Answer::Yes),
            private_lines: no("电表箱完好"),
        }),
        parties: vec![Party {
            role: PartyRole::Landlord,
            name: "王五".into(),
        }],
        finding: Finding::ConfirmedActivity,
        note: "反应釜两台，原料桶二十余只".into(),
        evidence: vec![EvidenceId::sample(1)],
    }
}

fn place() -> Place {
    Place {
        text: "胡集镇老砖瓦厂院内".into(),
        coordinates: Some(Coordinates {
            latitude: 34.1,
            longitude: 118.7,
        }),
        division: Some(UnitCode::of("321322102")),
    }
}

fn check(answer: Answer) -> Check {
    Check {
        answer,
        note: String::new(),
        evidence: vec![],
    }
}

fn no(note: &str) -> Check {
    Check {
        note: note.into(),
        ..check(Answer::No)
    }
}
