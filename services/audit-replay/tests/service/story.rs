//! A case from the tip to the disposal, with a clock that was missed, mail, and a report that it contradicted.

use crate::support::Town;
use accountability_domain::{AccountabilityEvent, ClockId, StopReason};
use audit_replay::Config;
use case_domain::{CaseEvent, Origin};
use disposal_domain::{Class, DisposalEvent, prescribed, required_reviews};
use jiff::SignedDuration;
use jurisdiction::sample::{OFFICE, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Actor, CaseId, Level, Obligation, Role, StaffId, Subject, TipId, UnitCode, Urgency};
use mingcha_proto::audit::audit_client::AuditClient;
use notification_domain::{Addressee, Channel as By, NotificationEvent};
use report_domain::{Digest, ReportEvent};
use tip_domain::{Authenticity, Channel, Compartment, Place, Sealed, Seen, TipEvent};
use tonic::transport::Channel as Connection;
use uuid::Uuid;

pub const CASE: CaseId = CaseId::sample(0xca5e);
/// Opened when the site was found at work again.
pub const RELAPSE: CaseId = CaseId::sample(0xde7a);
pub const TIP: TipId = TipId::sample(0x719);

/// Starts the service.
pub async fn audit(town: &Town) -> AuditClient<Connection> {
    let channel = town
        .run(|listen, context| audit_replay::serve(Config { listen }, context))
        .await;
    AuditClient::new(channel)
}

/// Lets it all happen.
pub async fn happens(town: &mut Town) {
    let (accepted, chain) = tip(town).await;
    let opened = the_case(town, accepted, chain).await;
    the_clock(town, opened, chain).await;
    the_rest(town, opened, chain).await;
}

/// A tip as it arrives.
pub fn received() -> TipEvent {
    TipEvent::TipReceived {
        channel: Channel::Web,
        line: None,
        authenticity: Authenticity::Unsigned,
        place: place(),
        seen: vec![Seen::Smell, Seen::NightWork],
        seen_when: "每天夜里".into(),
        evidence: vec![],
        confidential: true,
        wants_answer: true,
        danger: false,
        receipt_hash: "ab".repeat(32),
        identity: None,
        content: Some(sealed()),
        against: jurisdiction::Against::default(),
    }
}

async fn tip(town: &mut Town) -> (Uuid, Uuid) {
    let stream = format!("tip-{TIP}");
    let chain = town.next_command();
    town.caused(&stream, &[received()], &Actor::Citizen, chain, chain)
        .await;
    town.later(12);
    let accepted = TipEvent::TipAccepted {
        case: CASE,
        opens_case: true,
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: place(),
        urgency: Urgency::Normal,
        confidential: true,
        against: jurisdiction::Against::default(),
    };
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let cause = town.next_command();
    let (_, id) = town.caused(&stream, &[accepted], &dispatcher, cause, chain).await;
    (id, chain)
}

async fn the_case(town: &mut Town, accepted: Uuid, chain: Uuid) -> Uuid {
    let stream = format!("case-{CASE}");
    let opened = CaseEvent::CaseOpened {
        origin: Origin::Tip { tip: TIP },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: case_domain::Place {
            text: "胡集镇老砖瓦厂院内".into(),
            coordinates: None,
            division: Some(UnitCode::of(VILLAGE)),
        },
        urgency: Urgency::Normal,
        confidential: true,
        against: jurisdiction::Against::default(),
    };
    let policy = Actor::system("case-assignment/accepted-tip-opens-or-joins-case");
    let (_, id) = town.caused(&stream, &[opened], &policy, accepted, chain).await;
    town.later(8);
    let assigned = CaseEvent::CaseAssigned {
        to: UnitCode::of(TOWNSHIP),
        instructions: "请于今夜突击检查".into(),
        co_handlers: vec![],
    };
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let cause = town.next_command();
    town.caused(&stream, &[assigned], &dispatcher, cause, chain).await;
    id
}

async fn the_clock(town: &mut Town, opened: Uuid, chain: Uuid) {
    let stream = format!("accountability-{CASE}");
    let started: jiff::Timestamp = "2020-06-01T01:20:00Z".parse().expect("a timestamp");
    let due = started + SignedDuration::from_hours(24);
    let clock = ClockId::new(Obligation::Acknowledge, 1);
    let policy = Actor::system("accountability-escalation/clocks-follow-the-facts");
    let begun = AccountabilityEvent::ClockStarted {
        clock: clock.clone(),
        subject: Subject::Case(CASE),
        obligation: Obligation::Acknowledge,
        unit: UnitCode::of(TOWNSHIP),
        person: None,
        urgency: Urgency::Normal,
        started,
        limit: None,
        due,
        what: "胡集镇老砖瓦厂院内".into(),
        ladder: None,
    };
    town.caused(&stream, &[begun], &policy, opened, chain).await;
    town.later(24 * 60);
    let missed = AccountabilityEvent::DeadlineMissed {
        clock,
        due,
        unit: UnitCode::of(TOWNSHIP),
        person: None,
    };
    town.caused(&stream, &[missed], &policy, opened, chain).await;
}

async fn the_rest(town: &mut Town, opened: Uuid, chain: Uuid) {
    town.later(90);
    let handler = acting(Role::Handler, TOWNSHIP);
    let cause = town.next_command();
    let acknowledged = CaseEvent::CaseAcknowledged {};
    let (_, acknowledged) = town
        .caused(&format!("case-{CASE}"), &[acknowledged], &handler, cause, chain)
        .await;
    let stopped = AccountabilityEvent::ClockStopped {
        clock: ClockId::new(Obligation::Acknowledge, 1),
        by: StopReason::Fulfilled,
        at: "2020-06-02T02:50:00Z".parse().expect("a timestamp"),
    };
    let policy = Actor::system("accountability-escalation/clocks-follow-the-facts");
    let stream = format!("accountability-{CASE}");
    town.caused(&stream, &[stopped], &policy, acknowledged, chain)
        .await;
    letter(town, (9, Subject::Case(CASE)), opened, chain).await;
    town.later(60);
    let ordered = DisposalEvent::DisposalOrdered {
        class: Class::C,
        unit: UnitCode::of(TOWNSHIP),
        measures: prescribed(Class::C).to_vec(),
        reviews: required_reviews(Level::Township).to_vec(),
        place: "胡集镇老砖瓦厂院内".into(),
        summary: "砖瓦厂内疑似生产化工产品".into(),
        urgency: Urgency::Normal,
        against: jurisdiction::Against::default(),
    };
    let policy = Actor::system("disposal-tracking/confirmed-case-orders-disposal");
    town.caused(&format!("disposal-{CASE}"), &[ordered], &policy, opened, chain)
        .await;
    let contradicted = ReportEvent::ReportContradicted {
        case: CASE,
        place: "胡集镇老砖瓦厂院内".into(),
        signed_by: StaffId::of("leader-321322102201"),
    };
    report(town, contradicted).await;
}

async fn letter(town: &mut Town, (number, about): (u128, Subject), cause: Uuid, chain: Uuid) {
    let stream = format!("notification-{}", Uuid::from_u128(number));
    let mail = NotificationEvent::NotificationRequested {
        channel: By::Mail,
        addressee: Addressee::Unit {
            unit: UnitCode::of(TOWNSHIP),
        },
        template: "reminder".into(),
        subject: "催办".into(),
        body: "请尽快签收。".into(),
        about,
    };
    let policy = Actor::system("notification/letters-follow-the-facts");
    town.caused(&stream, &[mail], &policy, cause, chain).await;
}

/// Found to be at work again after all: what follows goes on in the old chain, in a case of its own with a letter of its own.
pub async fn relapses(town: &mut Town) {
    let chain = town.next_command();
    let found = DisposalEvent::RelapseFound {
        new_case: RELAPSE,
        link: disposal_domain::RelapseLink::Site,
        note: "又在生产。".into(),
        place: None,
        enterprise: None,
    };
    let handler = acting(Role::Handler, TOWNSHIP);
    let stream = format!("disposal-{CASE}");
    let (_, found) = town.caused(&stream, &[found], &handler, chain, chain).await;
    let opened = CaseEvent::CaseOpened {
        origin: Origin::Relapse {
            of: CASE,
            link: case_domain::RelapseLink::Site,
            note: "又在生产。".into(),
        },
        summary: "死灰复燃".into(),
        enterprise: None,
        place: case_domain::Place::default(),
        urgency: Urgency::Urgent,
        confidential: true,
        against: jurisdiction::Against::default(),
    };
    let policy = Actor::system("case-assignment/relapse-opens-case");
    let stream = format!("case-{RELAPSE}");
    let (_, opened) = town.caused(&stream, &[opened], &policy, found, chain).await;
    letter(town, (10, Subject::Case(RELAPSE)), opened, chain).await;
    letter(town, (11, Subject::Case(CASE)), found, chain).await;
}

/// The village's report says nothing of the site; only that it was contradicted belongs to the case.
async fn report(town: &mut Town, contradicted: ReportEvent) {
    let stream = format!("report-{VILLAGE}-sweep");
    let drafted = ReportEvent::ReportDrafted {
        report: format!("{VILLAGE}-sweep").parse().expect("a report"),
        position: 1,
        digest: Digest::sample(1),
        list: vec![],
        lower: vec![],
    };
    let leader = acting(Role::Leader, VILLAGE);
    town.add(&stream, &[drafted], &leader).await;
    let policy = Actor::system("result-reporting/confirmed-site-contradicts-signed-reports");
    town.add(&stream, &[contradicted], &policy).await;
}

fn place() -> Place {
    Place {
        text: "胡集镇老砖瓦厂院内".into(),
        coordinates: None,
        division: Some(UnitCode::of(VILLAGE)),
    }
}

fn sealed() -> Sealed {
    Sealed {
        compartment: Compartment::Content,
        field: "narrative".into(),
        format: 1,
        ciphertext: "c2VhbGVk".into(),
        commitment: "00".repeat(32),
    }
}
