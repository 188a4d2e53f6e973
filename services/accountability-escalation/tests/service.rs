//! The service as others see it: who may explain, who may judge, who may inquire.

use accountability_domain::{AccountabilityEvent, Addressee, ClockId, Escalation, FailureKind};
use accountability_escalation::Config;
use case_domain::CaseEvent;
use jurisdiction::{Actor, Against, CaseId, Obligation, Role, StaffId, Subject, UnitCode, Urgency, sample};
use mingcha_proto::accountability::accountability_client::AccountabilityClient;
use mingcha_proto::accountability::{
    CloseInquiryRequest, DecideInquiryRequest, ExplainFailureRequest, JudgeExplanationRequest,
    JudgeFailureRequest, OpenInquiryRequest, SubmitExplanationRequest,
};
use platform::testkit::{Town, free_address};
use platform::{Calls, Context, ServeError, connect_lazily, wait_for_port};
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Code, Request};

struct People {
    calls: Calls,
    client: AccountabilityClient<Channel>,
    context: Context,
    service: JoinHandle<Result<(), ServeError>>,
}

impl People {
    /// The service over all that has been recorded so far.
    async fn served(town: &Town) -> Self {
        let context = town.context().await;
        let config = Config {
            listen: free_address(),
        };
        let address = config.listen;
        let service = tokio::spawn(accountability_escalation::serve(config, context.clone()));
        assert!(wait_for_port(address, std::time::Duration::from_secs(30)).await);
        Self {
            calls: town.calls(),
            client: AccountabilityClient::new(
                connect_lazily(&format!("http://{address}")).expect("a channel"),
            ),
            context,
            service,
        }
    }
    async fn leave(self) {
        self.context.shutdown.cancel();
        self.service.await.expect("no panic").expect("a graceful end");
    }
    fn asks<T>(&self, who: &Actor, message: T) -> (AccountabilityClient<Channel>, Request<T>) {
        (self.client.clone(), self.calls.request(who, None, message))
    }
}

/// A case of which the township has missed the first inspection, up to the supervision order.
async fn escalated(town: &Town) -> (String, ClockId) {
    let case = CaseId::sample(7);
    let clock = ClockId::new(Obligation::FirstInspection, 1);
    let unit = UnitCode::of(sample::TOWNSHIP);
    let person = Some(StaffId::of("leader-321322102"));
    let to = Addressee {
        unit: unit.clone(),
        person: person.clone(),
        name: Some("张三".into()),
    };
    let due = town.now();
    let events = [
        AccountabilityEvent::ClockStarted {
            clock: clock.clone(),
            subject: Subject::Case(case),
            obligation: Obligation::FirstInspection,
            unit: unit.clone(),
            person: person.clone(),
            urgency: Urgency::Normal,
            started: due,
            limit: None,
            due,
            what: "老砖瓦厂：首次现场核查".into(),
            ladder: None,
        },
        AccountabilityEvent::DeadlineMissed {
            clock: clock.clone(),
            due,
            unit,
            person,
        },
        AccountabilityEvent::SupervisionOrdered(Escalation {
            clock: clock.clone(),
            deadline: due,
            repetition: 0,
            reached: due,
            to: to.clone(),
            about: to,
            answer_due: due,
        }),
    ];
    town.record(&format!("accountability-{case}"), &events).await;
    (case.to_string(), clock)
}

#[tokio::test]
async fn an_addressed_person_explains_the_level_above_judges_and_inspectors_inquire() {
    let town = Town::start().await;
    let (subject_id, clock) = escalated(&town).await;
    let people = People::served(&town).await;
    let leader = sample::acting(Role::Leader, sample::TOWNSHIP);
    let county = sample::acting(Role::Leader, sample::COUNTY);
    let inspector = sample::acting(Role::Inspector, sample::DISCIPLINE);
    let explanation = || SubmitExplanationRequest {
        subject_id: subject_id.clone(),
        clock: clock.to_string(),
        rung: "supervision_order".into(),
        text: "连续暴雨，道路不通，已改为今日到场。".into(),
    };

    let anonymous = people.client.clone().submit_explanation(explanation()).await;
    assert_eq!(anonymous.expect_err("refused").code(), Code::Unauthenticated);
    let (mut client, request) = people.asks(&county, explanation());
    let refused = client.submit_explanation(request).await.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
    let (mut client, request) = people.asks(&leader, explanation());
    assert_eq!(
        client
            .submit_explanation(request)
            .await
            .expect("explained")
            .into_inner()
            .facts,
        1
    );

    let judgement = || JudgeExplanationRequest {
        subject_id: subject_id.clone(),
        clock: clock.to_string(),
        rung: "supervision_order".into(),
        accepted: true,
        note: "情况属实。".into(),
    };
    let (mut client, request) = people.asks(&leader, judgement());
    assert!(client.judge_explanation(request).await.is_err());
    let (mut client, request) = people.asks(&county, judgement());
    client.judge_explanation(request).await.expect("judged");

    let (mut client, request) = people.asks(
        &inspector,
        OpenInquiryRequest {
            failure: None,
            subject_id: subject_id.clone(),
            clock: Some(clock.to_string()),
            reason: "核查是否存在推诿。".into(),
        },
    );
    client.open_inquiry(request).await.expect("opened");
    let decision = DecideInquiryRequest {
        subject_id: subject_id.clone(),
        inquiry: 1,
        against: "official".into(),
        name: "张三".into(),
        person: Some("leader-321322102".into()),
        basis: "《宿迁市安全生产事故隐患排查治理责任追究办法（试行）》".into(),
        decision: "提醒谈话".into(),
    };
    let (mut client, request) = people.asks(&inspector, decision);
    client.decide_inquiry(request).await.expect("decided");
    let (mut client, request) = people.asks(
        &inspector,
        CloseInquiryRequest {
            subject_id: subject_id.clone(),
            inquiry: 1,
            note: "结案。".into(),
        },
    );
    client.close_inquiry(request).await.expect("closed");
    let names = town.names(&format!("accountability-{subject_id}")).await;
    let said: Vec<_> = names
        .iter()
        .filter(|name| name.contains("expl") || name.contains("inquiry"))
        .collect();
    assert_eq!(said.len(), 5, "{names:?}");

    people.leave().await;
    town.stop().await;
}

/// A case that turned out to be about the county, with a failure of the township below it that somebody else explains.
async fn about_the_county(town: &Town) -> String {
    let case = CaseId::sample(8);
    let unit = UnitCode::of(sample::CITY);
    let failed = AccountabilityEvent::FailureRecorded {
        subject: Subject::Case(case),
        kind: FailureKind::Concealment,
        cause: "case-1@2".into(),
        unit,
        persons: vec![],
        note: "原认定没有问题的点位查实".into(),
        clock: None,
    };
    town.record(&format!("accountability-{case}"), &[failed]).await;
    let noted = CaseEvent::ConflictNoted {
        against: Against::unit(UnitCode::of(sample::COUNTY)),
    };
    town.record(&format!("case-{case}"), &[noted]).await;
    case.to_string()
}

#[tokio::test]
async fn whom_a_case_is_about_neither_judges_in_it_nor_learns_of_it() {
    let town = Town::start().await;
    let about = about_the_county(&town).await;
    let nowhere = CaseId::sample(9).to_string();
    let people = People::served(&town).await;
    let explain = async |who: &Actor, subject: &str| {
        let message = ExplainFailureRequest {
            subject_id: subject.to_owned(),
            failure: 1,
            text: "已经整改。".into(),
        };
        let (mut client, request) = people.asks(who, message);
        client.explain_failure(request).await.expect_err("refused")
    };
    let judge = async |who: &Actor, subject: &str| {
        let message = JudgeFailureRequest {
            subject_id: subject.to_owned(),
            failure: 1,
            accepted: true,
            note: "情况属实。".into(),
        };
        let (mut client, request) = people.asks(who, message);
        client.judge_failure(request).await.expect_err("refused")
    };
    let told = |status: tonic::Status| (status.code(), status.message().to_owned());
    for who in [
        sample::acting(Role::Leader, sample::COUNTY),
        sample::acting(Role::Leader, sample::TOWNSHIP),
    ] {
        assert_eq!(
            told(explain(&who, &about).await),
            told(explain(&who, &nowhere).await)
        );
        assert_eq!(told(judge(&who, &about).await), told(judge(&who, &nowhere).await));
    }
    let elsewhere = sample::acting(Role::Leader, sample::OTHER_COUNTY);
    assert_ne!(
        told(explain(&elsewhere, &about).await),
        told(explain(&elsewhere, &nowhere).await)
    );

    people.leave().await;
    town.stop().await;
}
