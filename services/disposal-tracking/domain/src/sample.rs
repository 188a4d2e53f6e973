//! One of each event, for golden files, property tests and the tests of other crates.

use crate::draw::{DrawEvent, choose, digest};
use crate::{Class, DisposalEvent, Measure, Party, PartyRole, Receiver, RelapseLink, prescribed};
use jiff::Timestamp;
use jurisdiction::{Against, CaseId, EvidenceId, Level, UnitCode, Urgency};

/// One of each event.
pub fn samples() -> Vec<DisposalEvent> {
    let mut events = of_the_work();
    events.extend(of_the_reviews());
    events.extend(of_the_watch());
    events
}

/// One of each event of a draw.
pub fn draw_samples() -> Vec<DrawEvent> {
    let county = UnitCode::of("321322");
    let list = [(county, [1, 2, 3].map(CaseId::sample).into())].into();
    let seed = "03 07 12 19 22 30 05";
    vec![
        DrawEvent::DrawAnnounced {
            round: 1,
            position: 1234,
            digest: digest(&list),
            percent: 10,
            at_least: 1,
            source: "2020年8月3日双色球开奖号码".into(),
            digits: None,
            seed_at: Timestamp::constant(1_596_461_400, 0),
            list: list.clone(),
        },
        DrawEvent::DrawCancelled {
            round: 1,
            reason: "该期彩票停售，号码不再公布".into(),
        },
        DrawEvent::DrawMade {
            round: 1,
            seed: seed.into(),
            chosen: choose(&list, seed, 10, 1),
        },
    ]
}

fn of_the_work() -> Vec<DisposalEvent> {
    vec![
        DisposalEvent::DisposalOrdered {
            class: Class::C,
            unit: UnitCode::of("321322102201"),
            measures: prescribed(Class::C).to_vec(),
            reviews: vec![Level::Township, Level::County],
            place: "胡集镇老砖瓦厂院内".into(),
            summary: "砖瓦厂内疑似生产化工产品".into(),
            urgency: Urgency::Urgent,
            against: Against::default(),
        },
        DisposalEvent::ConflictNoted {
            against: Against::unit(UnitCode::of("321322102")),
        },
        DisposalEvent::DisposalHandedOver {
            to: UnitCode::of("321322-HJ"),
            reviews: vec![Level::County, Level::City],
            reason: "原承办单位须回避".into(),
        },
        DisposalEvent::DisposalMerged {
            into: CaseId::sample(9),
        },
        DisposalEvent::DisposalUnmerged {},
        DisposalEvent::DisposalAbsorbed {
            from: CaseId::sample(9),
            measures: vec![Measure::ClearMaterials],
        },
        DisposalEvent::DisposalReclassified {
            class: Class::C,
            measures: prescribed(Class::C).to_vec(),
            basis: "现场查实没有营业执照，属无证无照".into(),
        },
        DisposalEvent::MadeUrgent {},
        DisposalEvent::SafetyPlanSubmitted {
            risks: "残留易燃溶剂".into(),
            measures: "先通风置换，再由有资质的队伍拆除".into(),
            responsible: "张三（胡集镇副镇长）".into(),
        },
        DisposalEvent::SafetyPlanApproved {},
        DisposalEvent::SafetyPlanRejected {
            reason: "没有写明残液去向".into(),
        },
        DisposalEvent::MeasureCompleted {
            measure: Measure::CutWaterAndPower,
            before: vec![EvidenceId::sample(1)],
            after: vec![EvidenceId::sample(2)],
            note: "供电所已拆表".into(),
        },
        DisposalEvent::MeasureReopened {
            measure: Measure::ClearMaterials,
            reason: "后院仍有原料桶".into(),
        },
        DisposalEvent::PartyReferred {
            referral: 1,
            party: Party {
                role: PartyRole::Operator,
                name: "王五".into(),
            },
            to: Receiver::PublicSecurity,
            receiver: None,
            grounds: "涉嫌非法储存危险物质".into(),
        },
        DisposalEvent::ReferralAnswered {
            referral: 1,
            result: "已立案侦查".into(),
        },
    ]
}

fn of_the_reviews() -> Vec<DisposalEvent> {
    vec![
        DisposalEvent::ReviewPassed {
            level: Level::Township,
        },
        DisposalEvent::ReviewFailed {
            level: Level::County,
            reason: "后院仍有原料桶".into(),
            measures: vec![Measure::ClearMaterials],
        },
        DisposalEvent::DisposalClosed {},
    ]
}

fn of_the_watch() -> Vec<DisposalEvent> {
    vec![
        DisposalEvent::SpotCheckDrawn {
            seed: "2020-08-03 双色球 03 07 12 19 22 30 05".into(),
            round: 1,
        },
        DisposalEvent::SpotCheckPassed {
            note: String::new(),
            evidence: vec![],
        },
        DisposalEvent::SpotCheckFailed {
            measures: vec![Measure::DismantleEquipment],
            finding: "反应釜只移到隔壁仓库".into(),
            evidence: vec![],
        },
        DisposalEvent::DisposalReopened {
            reason: "举报人反映问题没有解决".into(),
            measures: vec![Measure::DismantleEquipment],
        },
        DisposalEvent::RecheckDue { after_days: 30 },
        DisposalEvent::RecheckPassed {
            after_days: 30,
            note: "厂房空置，电表已拆".into(),
            evidence: vec![EvidenceId::sample(3)],
        },
        DisposalEvent::RelapseFound {
            new_case: CaseId::sample(8),
            link: RelapseLink::Person,
            note: "同一厂主在邻村重开".into(),
            place: None,
            enterprise: None,
        },
        DisposalEvent::RelapseConfirmed {
            new_case: CaseId::sample(8),
        },
        DisposalEvent::ExposureProposed {
            enterprise: "某建材厂".into(),
            facts: "经营者张某租用砖瓦厂非法生产化工产品，已依法取缔。".into(),
        },
        DisposalEvent::ExposurePublished {
            enterprise: "某建材厂".into(),
            area: UnitCode::of("321322102"),
            facts: "经营者张某租用砖瓦厂非法生产化工产品，已依法取缔。".into(),
        },
        DisposalEvent::ExposureWithdrawn {
            reason: "复议撤销".into(),
        },
    ]
}
