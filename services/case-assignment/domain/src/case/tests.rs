//! Given/when/then of the case.

mod assignment;
mod conflict;
mod decision;
mod denial;
mod extension;
mod handover;
mod inspection;
mod merging;
mod opening;
mod pressing;
mod properties;

use super::*;
use crate::{
    AbsorbCase, AcknowledgeCase, AddCoHandler, Answer, AssignCase, Check, Classification, ClassifySite,
    CloseDisposed, Deadline, DesignateCase, GrantExtension, IdentifySite, LinkTip, MergeCase, OpenCase,
    ReassignCase, RecordInspection, RefuseExtension, RemoveCoHandler, ReopenCase, RequestExtension,
    RequestIdentification, ReturnCase, ReviewCleanFinding, UnlinkTip,
};
use decider::scenario::Scenario;
use jurisdiction::{Role, sample};

type Story = Scenario<Case>;

fn policy() -> Actor {
    Actor::system("case-assignment/accepted-tip-opens-or-joins-case")
}
fn city() -> Actor {
    sample::acting(Role::Dispatcher, sample::OFFICE)
}
fn county() -> Actor {
    sample::acting(Role::Dispatcher, sample::COUNTY)
}
fn handler(unit: &str) -> Actor {
    sample::acting(Role::Handler, unit)
}
fn leader(unit: &str) -> Actor {
    sample::acting(Role::Leader, unit)
}

fn open_tip() -> OpenCase {
    OpenCase {
        origin: Origin::Tip {
            tip: TipId::sample(1),
        },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: Some("某建材厂".into()),
        place: Place {
            text: "胡集镇老砖瓦厂院内".into(),
            coordinates: None,
            division: Some(UnitCode::of(sample::TOWNSHIP)),
        },
        urgency: Urgency::Normal,
        confidential: false,
        against: Against::default(),
    }
}
fn assign(to: &str) -> CaseCommand {
    CaseCommand::Assign(AssignCase {
        to: UnitCode::of(to),
        instructions: "请于今夜突击检查".into(),
        co_handlers: vec![],
        urgent: false,
    })
}
fn give_back() -> CaseCommand {
    CaseCommand::Return(ReturnCase {
        reason: "位于邻镇地界".into(),
    })
}
fn designate(to: &str) -> CaseCommand {
    CaseCommand::Designate(DesignateCase {
        to: UnitCode::of(to),
        reason: "经勘界确定".into(),
    })
}
fn reassign(to: &str) -> CaseCommand {
    CaseCommand::Reassign(ReassignCase {
        to: UnitCode::of(to),
        reason: "原承办单位与厂主有利害关系".into(),
    })
}
fn co_handler(unit: &str) -> CaseCommand {
    CaseCommand::AddCoHandler(AddCoHandler {
        unit: UnitCode::of(unit),
    })
}
const ACKNOWLEDGE: CaseCommand = CaseCommand::Acknowledge(AcknowledgeCase {});
const CLOSE_DISPOSED: CaseCommand = CaseCommand::CloseDisposed(CloseDisposed {});

fn check(answer: Answer) -> Check {
    Check {
        answer,
        note: "已查看台账和现场".into(),
        evidence: vec![],
    }
}
fn an_inspection(finding: Finding) -> RecordInspection {
    let found = if finding == Finding::Clean {
        Answer::No
    } else {
        Answer::Yes
    };
    RecordInspection {
        went: vec!["张三（安监办）".into()],
        inspected_at: "2020-06-01T01:00:00Z".parse().expect("a timestamp"),
        coordinates: Some(Coordinates {
            latitude: 34.1312,
            longitude: 118.7735,
        }),
        no_coordinates: String::new(),
        method: Method::TipVerification,
        premises: Premises::BrickKiln,
        five: FiveChecks {
            missed_enterprise: check(Answer::No),
            changed_scope: check(Answer::NotApplicable),
            borrowed_name: check(Answer::No),
            idle_premises: check(Answer::No),
            hidden_workshop: check(found),
        },
        three: None,
        parties: vec![],
        finding,
        note: String::new(),
        // What is shown of a site at work, nobody shows again of a clean one.
        evidence: vec![EvidenceId::sample(if finding == Finding::Clean { 2 } else { 1 })],
        elsewhere: vec![],
    }
}
fn inspect(finding: Finding) -> CaseCommand {
    CaseCommand::RecordInspection(an_inspection(finding))
}
fn request() -> CaseCommand {
    CaseCommand::RequestIdentification(RequestIdentification {
        doubt: "无法界定是否属于化工生产".into(),
    })
}
fn identify(small_chemical: bool, class: Option<Class>) -> CaseCommand {
    CaseCommand::Identify(IdentifySite {
        small_chemical,
        class,
        basis: "现场检测结论".into(),
        refer_to: None,
    })
}
fn classify(class: Classification) -> CaseCommand {
    CaseCommand::Classify(ClassifySite {
        class,
        basis: "无证无照".into(),
        refer_to: None,
    })
}
fn review(agreed: bool) -> CaseCommand {
    CaseCommand::ReviewCleanFinding(ReviewCleanFinding {
        agreed,
        note: "已核对照片".into(),
    })
}
fn reopen() -> CaseCommand {
    CaseCommand::Reopen(ReopenCase {
        reason: "举报人反映仍在夜间生产".into(),
    })
}

fn opened() -> Story {
    Story::new()
        .by(policy())
        .when(&CaseCommand::Open(open_tip()))
        .then_done()
}
fn assigned(to: &str) -> Story {
    opened().by(city()).when(&assign(to)).then_done()
}
fn acknowledged(by: &str) -> Story {
    assigned(by).by(handler(by)).when(&ACKNOWLEDGE).then_done()
}
fn inspected(by: &str, finding: Finding) -> Story {
    acknowledged(by).when(&inspect(finding)).then_done()
}
fn with_the_county() -> Story {
    inspected(sample::TOWNSHIP, Finding::Suspected)
        .when(&request())
        .then_done()
}
fn confirmed() -> Story {
    inspected(sample::TOWNSHIP, Finding::ConfirmedActivity)
        .when(&classify(Classification::C))
        .then_done()
}
fn returned_twice() -> Story {
    let story = assigned(sample::TOWNSHIP)
        .by(handler(sample::TOWNSHIP))
        .when(&give_back())
        .then_done();
    let story = story.by(city()).when(&assign(sample::OTHER_TOWNSHIP)).then_done();
    story
        .by(handler(sample::OTHER_TOWNSHIP))
        .when(&give_back())
        .then_done()
}

fn owner(story: &Story) -> String {
    story
        .state()
        .owner
        .map(|unit| unit.to_string())
        .unwrap_or_default()
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    decider::scenario::assert_golden(&folder, &crate::samples());
}
