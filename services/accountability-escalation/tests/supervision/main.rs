//! The service as supervision groups, units and the conference's office see it: findings, tasks, special supervision.

use accountability_domain::{AccountabilityEvent, FailureKind};
use accountability_escalation::Config;
use jurisdiction::{Actor, CaseId, EvidenceId, Role, Subject, UnitCode, sample};
use mingcha_proto::accountability::accountability_client::AccountabilityClient;
use mingcha_proto::accountability::{
    AcceptTaskRequest, AnswerFindingRequest, AssignTaskRequest, CloseSpecialSupervisionRequest,
    JudgeFindingRequest, RecordFindingRequest, ReportTaskRequest, ReturnTaskRequest,
};
use mingcha_proto::common::CommandReply;
use platform::testkit::{Town, free_address, until};
use platform::{Context, ServeError, connect_lazily, wait_for_port};
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Code, Request, Response, Status};

const STREAM: &str = "accountability-321322102";

struct Service {
    town: Town,
    context: Context,
    running: JoinHandle<Result<(), ServeError>>,
    client: AccountabilityClient<Channel>,
}

impl Service {
    async fn start() -> Self {
        let town = Town::start().await;
        let context = town.context().await;
        let config = Config {
            listen: free_address(),
        };
        let address = config.listen;
        let running = tokio::spawn(accountability_escalation::serve(config, context.clone()));
        assert!(wait_for_port(address, std::time::Duration::from_secs(30)).await);
        let channel = connect_lazily(&format!("http://{address}")).expect("a channel");
        Self {
            town,
            context,
            running,
            client: AccountabilityClient::new(channel),
        }
    }
    async fn asks<T>(
        &self,
        who: &Actor,
        message: T,
        call: impl AsyncFnOnce(
            AccountabilityClient<Channel>,
            Request<T>,
        ) -> Result<Response<CommandReply>, Status>,
    ) -> Result<CommandReply, Status> {
        let request = self.town.calls().request(who, None, message);
        call(self.client.clone(), request).await.map(Response::into_inner)
    }
    async fn stop(self) {
        self.context.shutdown.cancel();
        self.running.await.expect("no panic").expect("a graceful end");
        self.town.stop().await;
    }
}

/// `asked!(service, who, record_finding(RecordFindingRequest { .. }))`
macro_rules! asked {
    ($service:expr, $who:expr, $method:ident($message:expr)) => {
        $service
            .asks($who, $message, async |mut client, request| {
                client.$method(request).await
            })
            .await
    };
}

// Behind the macro, which is known only from there on.
mod foreseen;

fn group() -> Actor {
    sample::acting(Role::Supervisor, sample::SUPERVISION)
}
fn leader() -> Actor {
    sample::acting(Role::Leader, sample::TOWNSHIP)
}
fn office() -> Actor {
    sample::acting(Role::Dispatcher, sample::OFFICE)
}
fn admin() -> Actor {
    sample::acting(Role::Admin, sample::OFFICE)
}
fn township() -> String {
    sample::TOWNSHIP.to_owned()
}

#[tokio::test]
async fn a_group_finds_the_unit_answers_and_the_group_judges() {
    let service = Service::start().await;
    let picture = EvidenceId::sample(3).to_string();
    let finding = || RecordFindingRequest {
        unit: township(),
        source: "city".into(),
        gravity: "grave".into(),
        text: "三处停产企业未翻墙三查".into(),
        evidence: vec![picture.clone()],
    };
    let refused = asked!(service, &leader(), record_finding(finding())).expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
    let strange = RecordFindingRequest {
        gravity: "terrible".into(),
        ..finding()
    };
    let invalid = asked!(service, &group(), record_finding(strange)).expect_err("invalid");
    assert_eq!(invalid.code(), Code::InvalidArgument);
    let reply = asked!(service, &group(), record_finding(finding())).expect("recorded");
    assert_eq!((reply.stream.as_str(), reply.facts), (STREAM, 2));

    let answer = || AnswerFindingRequest {
        unit: township(),
        finding: 1,
        text: "已全部补查".into(),
        evidence: vec![picture.clone()],
    };
    let judgement = |accepted| JudgeFindingRequest {
        unit: township(),
        finding: 1,
        accepted,
        note: "已到现场核实".into(),
    };
    asked!(service, &leader(), answer_finding(answer())).expect("answered");
    asked!(service, &group(), judge_finding(judgement(false))).expect("judged");
    asked!(service, &leader(), answer_finding(answer())).expect("answered again");
    asked!(service, &group(), judge_finding(judgement(true))).expect("accepted");
    let names = service.town.names(STREAM).await;
    let expected = [
        "accountability.finding_recorded.v1",
        "accountability.clock_started.v1",
        // The unit's clock rests while the group's runs.
        "accountability.clock_stopped.v1",
        "accountability.clock_started.v1",
        "accountability.finding_answered.v1",
        "accountability.finding_judged.v1",
        "accountability.clock_stopped.v1",
        "accountability.clock_moved.v1",
        "accountability.clock_stopped.v1",
        "accountability.clock_started.v1",
        "accountability.finding_answered.v1",
        "accountability.finding_judged.v1",
        "accountability.clock_stopped.v1",
        "accountability.clock_stopped.v1",
    ];
    assert_eq!(names, expected);
    service.stop().await;
}

#[tokio::test]
async fn the_conference_s_office_gives_a_task_and_takes_it_back_done() {
    let service = Service::start().await;
    let due = jurisdiction::campaign_time(service.town.now()).date();
    let task = || AssignTaskRequest {
        unit: township(),
        meeting: "市联席会议第二次会议".into(),
        text: "公布举报电话并张贴到村".into(),
        due: due.to_string(),
    };
    let strange = AssignTaskRequest {
        due: "下周".into(),
        ..task()
    };
    let invalid = asked!(service, &office(), assign_task(strange)).expect_err("invalid");
    assert_eq!(invalid.code(), Code::InvalidArgument);
    asked!(service, &office(), assign_task(task())).expect("assigned");
    let report = || ReportTaskRequest {
        unit: township(),
        task: 1,
        text: "二十个村全部张贴".into(),
        evidence: vec![],
    };
    let back = ReturnTaskRequest {
        unit: township(),
        task: 1,
        reason: "缺照片".into(),
    };
    let accepted = || AcceptTaskRequest {
        unit: township(),
        task: 1,
        note: String::new(),
    };
    let early = asked!(service, &office(), accept_task(accepted())).expect_err("nothing reported");
    assert_eq!(early.code(), Code::FailedPrecondition);
    asked!(service, &leader(), report_task(report())).expect("reported");
    asked!(service, &office(), return_task(back)).expect("returned");
    asked!(service, &leader(), report_task(report())).expect("reported again");
    let own = asked!(service, &leader(), accept_task(accepted())).expect_err("refused");
    assert_eq!(own.code(), Code::PermissionDenied);
    asked!(service, &office(), accept_task(accepted())).expect("accepted");
    let names = service.town.names(STREAM).await;
    assert_eq!(
        names.last().map(String::as_str),
        Some("accountability.clock_stopped.v1")
    );
    service.stop().await;
}

#[tokio::test]
async fn special_supervision_ends_only_when_the_numbers_have_fallen() {
    let service = Service::start().await;
    for number in 1..=3 {
        let subject = Subject::Case(CaseId::sample(number));
        let stream = format!("accountability-{}", subject.id());
        let failure = AccountabilityEvent::FailureRecorded {
            subject,
            kind: FailureKind::Relapse,
            cause: number.to_string(),
            unit: UnitCode::of(sample::TOWNSHIP),
            persons: vec![],
            note: "死灰复燃".into(),
            clock: None,
        };
        service.town.record(&stream, &[failure]).await;
    }
    let opened = async || !service.town.names(STREAM).await.is_empty();
    until("special supervision is opened", opened).await;
    let close = || CloseSpecialSupervisionRequest {
        unit: township(),
        note: "整改到位".into(),
    };
    let early = asked!(service, &group(), close_special_supervision(close())).expect_err("too early");
    assert_eq!(early.code(), Code::FailedPrecondition);
    // The failures are older than the window by then.
    let month = service.town.now() + jiff::SignedDuration::from_hours(31 * 24);
    service.town.advance_to(month).await;
    let closed = async || asked!(service, &group(), close_special_supervision(close())).is_ok();
    until("it is closed", closed).await;
    let names = service.town.names(STREAM).await;
    let expected = [
        "accountability.special_supervision_opened.v1",
        "accountability.special_supervision_closed.v1",
    ];
    assert_eq!(names, expected);
    service.stop().await;
}
