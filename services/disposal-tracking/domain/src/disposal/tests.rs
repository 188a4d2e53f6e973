//! Given/when/then of the disposal.

mod class;
mod conflict;
mod exposure;
mod handover;
mod pictures;
mod properties;
mod referral;
mod review;
mod watch;
mod work;

use super::*;
use crate::{
    AnswerReferral, ApproveSafetyPlan, CompleteMeasure, Coordinates, DrawSpotCheck, FailReview,
    FailSpotCheck, HandOver, MergeDisposal, NoteConflict, OrderDisposal, PartyRole, PassRecheck, PassReview,
    PassSpotCheck, ProposeExposure, PublishExposure, RaiseRecheck, ReferParty, RejectSafetyPlan,
    ReportRelapse, SubmitSafetyPlan, TakeApart, WithdrawExposure, prescribed,
};
use decider::scenario::Scenario;
use jurisdiction::{Actor, Department, Role, Unit, UnitKind, sample};

type Story = Scenario<Disposal>;

const POLICE: &str = "321322-GA";
const CITY_POLICE: &str = "321300-GA";
const MARKET: &str = "321300-SJ";
const SAFETY: &str = "321300-YJ";

const APPROVE: DisposalCommand = DisposalCommand::ApproveSafetyPlan(ApproveSafetyPlan {});
const PASS: DisposalCommand = DisposalCommand::PassReview(PassReview {});

fn policy() -> Actor {
    Actor::system("disposal-tracking/confirmed-case-is-disposed-of")
}
fn handler(unit: &str) -> Actor {
    sample::acting(Role::Handler, unit)
}
fn leader(unit: &str) -> Actor {
    sample::acting(Role::Leader, unit)
}
fn supervisor() -> Actor {
    sample::acting(Role::Supervisor, sample::SUPERVISION)
}

fn order(class: Class, unit: &str) -> DisposalCommand {
    DisposalCommand::Order(OrderDisposal {
        class,
        unit: UnitCode::of(unit),
        place: "胡集镇老砖瓦厂院内".into(),
        summary: "砖瓦厂内生产化工产品".into(),
        urgency: Urgency::Normal,
        against: Against::default(),
    })
}
fn a_plan() -> SubmitSafetyPlan {
    SubmitSafetyPlan {
        risks: "残留易燃溶剂".into(),
        measures: "先通风置换，再由有资质的队伍拆除".into(),
        responsible: "张三（胡集镇副镇长）".into(),
    }
}
fn submit() -> DisposalCommand {
    DisposalCommand::SubmitSafetyPlan(a_plan())
}
fn reject_plan() -> DisposalCommand {
    DisposalCommand::RejectSafetyPlan(RejectSafetyPlan {
        reason: "没有写明残液去向".into(),
    })
}
fn proof_of(measure: Measure) -> CompleteMeasure {
    CompleteMeasure {
        measure,
        before: vec![EvidenceId::sample(1)],
        after: vec![fresh_picture()],
        note: "已拆表".into(),
        elsewhere: vec![],
    }
}
/// One that nobody has handed in yet.
fn fresh_picture() -> EvidenceId {
    thread_local!(static TAKEN: std::cell::Cell<u32> = const { std::cell::Cell::new(0x1000) });
    let number = TAKEN.replace(TAKEN.get() + 1);
    EvidenceId::parse(&format!("{number:064x}")).expect("64 hexadecimal digits")
}
fn complete(measure: Measure) -> DisposalCommand {
    DisposalCommand::CompleteMeasure(proof_of(measure))
}
fn fail_review(measures: &[Measure]) -> DisposalCommand {
    DisposalCommand::FailReview(FailReview {
        reason: "后院仍有原料桶".into(),
        measures: measures.to_vec(),
    })
}
fn draw(round: u32) -> DisposalCommand {
    DisposalCommand::DrawSpotCheck(DrawSpotCheck {
        seed: "2020-08-03 03 07 12".into(),
        round,
    })
}
fn fail_spot_check(measures: &[Measure]) -> DisposalCommand {
    DisposalCommand::FailSpotCheck(FailSpotCheck {
        measures: measures.to_vec(),
        finding: "反应釜只移到隔壁仓库".into(),
        evidence: vec![],
        elsewhere: vec![],
    })
}
fn pass_spot_check() -> DisposalCommand {
    DisposalCommand::PassSpotCheck(PassSpotCheck {
        note: "厂房已清空，电表已拆".into(),
        evidence: vec![EvidenceId::sample(4)],
        elsewhere: vec![],
    })
}
fn raise_recheck(after_days: u16) -> DisposalCommand {
    DisposalCommand::RaiseRecheck(RaiseRecheck { after_days })
}
fn pass_recheck(after_days: u16) -> DisposalCommand {
    DisposalCommand::PassRecheck(PassRecheck {
        after_days,
        note: "厂房空置".into(),
        evidence: vec![EvidenceId::sample(3)],
        elsewhere: vec![],
    })
}
fn relapse(number: u128, link: RelapseLink) -> DisposalCommand {
    DisposalCommand::ReportRelapse(ReportRelapse {
        new_case: CaseId::sample(number),
        link,
        note: "同一厂主在邻村重开".into(),
        place: (link != RelapseLink::Site).then(next_village),
        enterprise: None,
    })
}

fn next_village() -> Place {
    Place {
        text: "邻村养殖场".into(),
        coordinates: None,
        division: Some(UnitCode::of(sample::OTHER_TOWNSHIP)),
    }
}
/// The police of the county, and those of the city with the two other departments that parties are referred to.
fn with_departments(story: Story) -> Story {
    story.jurisdiction(|jurisdiction| {
        for (code, parent, department) in [
            (POLICE, sample::COUNTY, Department::PublicSecurity),
            (CITY_POLICE, sample::CITY, Department::PublicSecurity),
            (MARKET, sample::CITY, Department::MarketSupervision),
            (SAFETY, sample::CITY, Department::Emergency),
        ] {
            let unit = Unit {
                code: UnitCode::of(code),
                name: code.into(),
                level: jurisdiction.level(&UnitCode::of(parent)).expect("a level"),
                kind: UnitKind::Department,
                parent: Some(UnitCode::of(parent)),
                department: Some(department),
                email: None,
            };
            jurisdiction.units.insert(unit.code.clone(), unit);
        }
    })
}
fn ordered(class: Class, unit: &str) -> Story {
    Story::new().by(policy()).when(&order(class, unit)).then_done()
}
/// Class C in a village, with an approved safety plan.
fn planned(unit: &str) -> Story {
    let story = ordered(Class::C, unit).by(handler(unit)).when(&submit());
    let approver = match unit {
        sample::COUNTY => leader(sample::CITY),
        _ => leader(sample::COUNTY),
    };
    story.then_done().by(approver).when(&APPROVE).then_done()
}
/// Class C with every measure proved.
fn worked_off(unit: &str) -> Story {
    let story = planned(unit).by(handler(unit));
    prescribed(Class::C).iter().fold(story, |story, measure| {
        story.when(&complete(*measure)).then_done()
    })
}
fn closed() -> Story {
    worked_off(sample::TOWNSHIP)
        .by(leader(sample::COUNTY))
        .when(&PASS)
        .then_done()
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    decider::scenario::assert_golden(&folder, &crate::samples());
}
