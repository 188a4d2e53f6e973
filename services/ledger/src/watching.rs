//! A work list that tells when it has become another one: after every fact, and every minute for deadlines that pass.

use crate::grpc::LedgerService;
use crate::query::{Moment, work};
use futures::stream::{BoxStream, StreamExt, poll_fn};
use jurisdiction::Actor;
use mingcha_proto::ledger::{WatchWorkResponse, WorkItem};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Duration;
use tokio::sync::mpsc;
use tonic::Status;

/// What a caller is answered with.
pub(crate) type Watching = BoxStream<'static, Result<WatchWorkResponse, Status>>;

/// Deadlines pass and working days end without any fact.
const TICK: Duration = Duration::from_secs(60);
/// Between two looks, so that a flood of facts does not become a flood of questions.
const BREATH: Duration = Duration::from_millis(250);

/// A list as it was seen: what is told of it, and what it is recognised by.
struct Seen {
    told: WatchWorkResponse,
    is: u64,
}

/// Tells how the list stands now, and again whenever it has changed, until the caller leaves or the service stops.
///
/// # Errors
/// Like a question for the list itself.
pub(crate) async fn watch(service: LedgerService, actor: Actor) -> Result<Watching, Status> {
    service.wait_for(None).await?;
    let first = service.look(actor.clone(), (), look).await?;
    let (sender, mut receiver) = mpsc::channel(1);
    tokio::spawn(follow(service, actor, first, sender));
    Ok(poll_fn(move |context| receiver.poll_recv(context)).boxed())
}

async fn follow(
    service: LedgerService,
    actor: Actor,
    first: Seen,
    sender: mpsc::Sender<Result<WatchWorkResponse, Status>>,
) {
    let mut standing = service.standing.clone();
    // What has come since the first look is looked at in any case.
    standing.mark_changed();
    let mut is = first.is;
    if sender.send(Ok(first.told)).await.is_err() {
        return;
    }
    loop {
        // The follower may stop before we hear of it: the caller is told the same.
        let stops = tokio::select! {
            changed = standing.changed() => changed.is_err(),
            () = tokio::time::sleep(TICK) => false,
            () = sender.closed() => return,
            () = service.context.shutdown.cancelled() => true,
        };
        if stops {
            let _ = sender
                .send(Err(platform::away(
                    "台账正在停止，数据没有丢失。",
                    "请稍后重新连接。",
                )))
                .await;
            return;
        }
        let seen = match service.look(actor.clone(), (), look).await {
            Ok(seen) => seen,
            Err(status) => {
                let _ = sender.send(Err(status)).await;
                return;
            }
        };
        if seen.is != is {
            is = seen.is;
            if sender.send(Ok(seen.told)).await.is_err() {
                return;
            }
        }
        tokio::time::sleep(BREATH).await;
    }
}

fn look(moment: &Moment<'_>, (): &()) -> Result<Seen, Status> {
    let items = work::everything(moment)?;
    let overdue = items.iter().filter(|item| item.overdue).count();
    let mut hasher = DefaultHasher::new();
    for item in &items {
        recognise(item, &mut hasher);
    }
    Ok(Seen {
        told: WatchWorkResponse {
            position: moment.position,
            total: u32::try_from(items.len()).unwrap_or(u32::MAX),
            overdue: u32::try_from(overdue).unwrap_or(u32::MAX),
        },
        is: hasher.finish(),
    })
}

/// Everything that a screen shows of an item, but for the seconds, which pass by themselves.
fn recognise(item: &WorkItem, hasher: &mut DefaultHasher) {
    (&item.id, &item.title, &item.what, &item.place, &item.enterprise).hash(hasher);
    (&item.unit, &item.unit_name, &item.rung, &item.due, &item.started).hash(hasher);
    (item.urgent, item.overdue, item.mine, item.working_days_left).hash(hasher);
}
