//! What whoever looks after the system is shown: how far the events have come, and what was set aside.

use crate::grpc::DirectoryService;
use jurisdiction::{Actor, Role};
use mingcha_proto::directory::{
    ConsumerRow, DeadLetterRow, ListDeadLettersResponse, OperationsResponse, RetryDeadLetterResponse,
};
use platform::{Caller, DeadLetter, PlatformRefusal, invalid, refuse};
use std::time::Duration;
use tonic::Status;

/// More facts than this that wait are told as so many: that is enough to look after the relay.
const MOST_COUNTED: u64 = 10_000;
const PATIENCE: Duration = Duration::from_secs(5);

/// What NATS or the store says when it is away is for the log.
fn away(part: &str, reason: &str) -> Status {
    tracing::warn!(part, reason, "asked for by an administrator");
    platform::away(format!("{part}暂时联系不上，没有丢失任何记录。"), "请稍后再试。")
}

fn administers(caller: &Caller) -> Result<(), Status> {
    match &caller.actor {
        Actor::Staff {
            role: Role::Admin, ..
        } => Ok(()),
        _ => Err(refuse(PlatformRefusal::WrongRole)),
    }
}

/// The parts that are away say so in the answer; the others are shown.
pub(crate) async fn operations(
    service: &DirectoryService,
    caller: &Caller,
) -> Result<OperationsResponse, Status> {
    administers(caller)?;
    let context = service.context();
    let (head, broker) = tokio::join!(context.store.head(), context.nats.broker());
    for reason in head
        .as_ref()
        .err()
        .map(ToString::to_string)
        .iter()
        .chain(broker.as_ref().err())
    {
        tracing::warn!(reason, "a part is away");
    }
    let broker_reachable = broker.is_ok();
    let broker = broker.unwrap_or_default();
    let unpublished = if head.is_ok() && broker_reachable {
        let store = &context.store;
        store.unpublished(broker.published, MOST_COUNTED, PATIENCE).await
    } else {
        None
    };
    Ok(OperationsResponse {
        at: context.clock.now().to_string(),
        store_reachable: head.is_ok(),
        head_position: head.ok(),
        broker_reachable,
        published_position: broker.published,
        unpublished,
        consumers: broker
            .consumers
            .into_iter()
            .map(|consumer| ConsumerRow {
                title: title(&consumer.durable).to_owned(),
                service: consumer.durable,
                waiting: consumer.waiting,
                under_way: consumer.under_way,
                again: consumer.again,
            })
            .collect(),
    })
}

pub(crate) async fn dead_letters(
    service: &DirectoryService,
    caller: &Caller,
) -> Result<ListDeadLettersResponse, Status> {
    administers(caller)?;
    let letters = service.context().nats.dead_letters().await;
    let letters = letters.map_err(|reason| away("消息队列", &reason))?;
    Ok(ListDeadLettersResponse {
        dead_letters: letters.into_iter().map(row).collect(),
    })
}

pub(crate) async fn retry(
    service: &DirectoryService,
    caller: &Caller,
    letter: u64,
) -> Result<RetryDeadLetterResponse, Status> {
    administers(caller)?;
    let nats = &service.context().nats;
    let known = nats
        .dead_letters()
        .await
        .map_err(|reason| away("消息队列", &reason))?;
    if !known.iter().any(|one| one.sequence == letter) {
        return Err(invalid(
            "letter",
            "没有这条搁置的消息，可能已经有人重试过了，请刷新。",
        ));
    }
    let handed = nats.retry_dead_letter(letter).await;
    let handed = handed.map_err(|reason| away("消息队列", &reason))?;
    tracing::info!(by = %caller.actor, letter, service = handed.durable, event = handed.event, "a dead letter was handed back");
    Ok(RetryDeadLetterResponse {
        dead_letter: Some(row(handed)),
    })
}

/// Without the subject's number: an administrator keeps the system and sees no cases.
fn row(letter: DeadLetter) -> DeadLetterRow {
    let about = letter.stream.split_once('-').map_or("", |(kind, _)| kind);
    DeadLetterRow {
        letter: letter.sequence,
        title: title(&letter.durable).to_owned(),
        service: letter.durable,
        event: letter.event,
        about: about.to_owned(),
        error: letter.error,
    }
}

fn title(service: &str) -> &'static str {
    match service {
        "tip-intake" => "举报受理",
        "case-assignment" => "案件交办",
        "disposal-tracking" => "处置跟踪",
        "result-reporting" => "结果上报",
        "accountability-escalation" => "督促与问责",
        "notification" => "通知",
        _ => "其他",
    }
}
