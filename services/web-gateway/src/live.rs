//! Server-sent events: an open screen is told when the work list behind it has become another one, and of new notices.
//!
//! Each event is the whole of what is told, so a stream that is lost and taken up again has lost nothing.

use crate::edge::Edge;
use crate::guard;
use crate::problem::Problem;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::poll_fn;
use jurisdiction::Actor;
use mingcha_proto::ledger::{WatchWorkRequest, WatchWorkResponse};
use mingcha_proto::notification::ListOwnNotificationsRequest;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;
use tonic::{Status, Streaming};

/// What a proxy in between must not hold back, and nobody may keep.
const HEADERS: [(HeaderName, &str); 2] = [
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("x-accel-buffering"), "no"),
];
/// Something is said at least so often, so that a dead line is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// After so long a browser comes back.
const RETRY: Duration = Duration::from_secs(2);
/// After so long the ledger is asked again.
const PATIENCE: Duration = Duration::from_millis(500);

/// How many streams everybody has open.
pub(crate) struct Streams {
    most: usize,
    open: Mutex<HashMap<String, usize>>,
}

/// One of them; given back when it is dropped.
struct Slot {
    streams: Arc<Streams>,
    account: String,
}

impl Streams {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            most,
            open: Mutex::default(),
        })
    }
    fn take(self: &Arc<Self>, account: &str) -> Result<Slot, Problem> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(account.to_owned()).or_default();
        if *count >= self.most {
            return Err(too_many(self.most));
        }
        *count += 1;
        Ok(Slot {
            streams: Arc::clone(self),
            account: account.to_owned(),
        })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.account);
            }
        }
    }
}

/// Whose stream it is, looked at again and again while it is open.
pub(crate) struct Watcher {
    pub(crate) session_id: String,
    pub(crate) account: String,
    pub(crate) actor: Actor,
}

/// The stream of somebody's work list. Without the ledger it begins all the same and says how things stand once it is back.
///
/// # Errors
/// If the ledger refuses, or the person has too many streams open.
pub(crate) async fn work(edge: Edge, watcher: Watcher) -> Result<Response, Problem> {
    let slot = edge.streams.take(&watcher.account)?;
    let upstream = match watch(&edge, &watcher).await {
        Ok(upstream) => Some(upstream),
        Err(status) if platform::is_away(&status) => None,
        Err(status) => return Err(status.into()),
    };
    let (sender, mut receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let said_goodbye = follow(&edge, &watcher, upstream, &sender).await;
        if let Some(event) = said_goodbye {
            let _ = sender.send(event).await;
        }
        drop(slot);
    });
    let events = poll_fn(move |context| {
        receiver
            .poll_recv(context)
            .map(|event| event.map(Ok::<_, Infallible>))
    });
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    Ok((HEADERS, stream).into_response())
}

/// Passes on what the ledger says; answers with the last thing to be said, if there is still somebody to hear it.
async fn follow(
    edge: &Edge,
    watcher: &Watcher,
    mut upstream: Option<Streaming<WatchWorkResponse>>,
    sender: &mpsc::Sender<Event>,
) -> Option<Event> {
    let every = Duration::from_secs(edge.config.session.recheck_seconds.max(1));
    // What there is when somebody begins to listen, their screen reads by itself.
    let mut newest = newest_notice(edge, watcher).await;
    let mut looks = tokio::time::interval(every);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let told = tokio::select! {
            told = next(edge, watcher, &mut upstream) => Some(told),
            _ = looks.tick() => None,
            () = sender.closed() => return None,
            () = edge.shutdown.cancelled() => return Some(closing()),
        };
        // Whoever has signed out meanwhile, or serves elsewhere now, learns nothing more.
        if let Err(problem) = guard::still(edge, watcher).await {
            return Some(ended(&problem));
        }
        let event = match told {
            Some(Ok(Some(changed))) => event(&changed),
            Some(Err(status)) => return Some(ended(&status.into())),
            Some(Ok(None)) => continue,
            None => match newest_notice(edge, watcher).await {
                Some(notice) if newest.as_ref() != Some(&notice) => {
                    newest = Some(notice);
                    Event::default().event("notices").data("{}")
                }
                _ => continue,
            },
        };
        let sent = tokio::select! {
            sent = sender.send(event) => sent,
            () = edge.shutdown.cancelled() => return Some(closing()),
        };
        sent.ok()?;
    }
}

/// The latest that was sent to somebody or to their unit; `None` if there is none, or nobody to ask just now.
async fn newest_notice(edge: &Edge, watcher: &Watcher) -> Option<String> {
    let latest = ListOwnNotificationsRequest {
        limit: 1,
        ..ListOwnNotificationsRequest::default()
    };
    let request = edge.calls.request(&watcher.actor, None, latest);
    let mut notifications = edge.services.notification();
    let asked = notifications.list_own_notifications(request);
    // Whoever does not answer keeps nobody from hearing of their work.
    let answer = tokio::time::timeout(PATIENCE, asked).await.ok()?;
    let notices = answer.ok()?.into_inner().notifications;
    notices.into_iter().next().map(|notice| notice.notification_id)
}

/// The next word of the ledger; `None` if it had to be asked anew. It begins with how things stand, so nothing is missed.
async fn next(
    edge: &Edge,
    watcher: &Watcher,
    upstream: &mut Option<Streaming<WatchWorkResponse>>,
) -> Result<Option<WatchWorkResponse>, Status> {
    match upstream {
        Some(open) => match open.message().await {
            Ok(Some(changed)) => return Ok(Some(changed)),
            Ok(None) => *upstream = None,
            Err(status) if refuses(&status) => return Err(status),
            Err(_) => *upstream = None,
        },
        None => {
            tokio::time::sleep(PATIENCE).await;
            match watch(edge, watcher).await {
                Ok(open) => *upstream = Some(open),
                Err(status) if refuses(&status) => return Err(status),
                Err(_) => {}
            }
        }
    }
    Ok(None)
}

/// Everything else passes: a service that stops, starts, or breaks off in the middle.
fn refuses(status: &Status) -> bool {
    use tonic::Code;
    matches!(
        status.code(),
        Code::PermissionDenied | Code::InvalidArgument | Code::Unimplemented
    )
}

async fn watch(edge: &Edge, watcher: &Watcher) -> Result<Streaming<WatchWorkResponse>, Status> {
    let request = edge.calls.request(&watcher.actor, None, WatchWorkRequest {});
    let answer = edge.services.ledger().watch_work(request).await;
    answer.map(tonic::Response::into_inner)
}

fn event(changed: &WatchWorkResponse) -> Event {
    let event = Event::default().event("work").id(changed.position.to_string());
    event
        .retry(RETRY)
        .data(serde_json::to_string(changed).unwrap_or_default())
}

/// We stop, and are back in a moment.
fn closing() -> Event {
    Event::default().event("closing").retry(RETRY).data("{}")
}

/// There is no point in coming back before something else has been done.
fn ended(problem: &Problem) -> Event {
    let problem = serde_json::to_string(problem.details()).unwrap_or_default();
    Event::default().event("ended").data(problem)
}

fn too_many(most: usize) -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "gateway.too_many_streams",
        format!("您已经在 {most} 个窗口里打开了自动更新的待办，不能再多了。"),
    )
    .remedy("请关闭不用的窗口，稍等片刻再刷新；不自动更新的待办不受影响。")
    .retry_after(KEEP_ALIVE.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_one_persons_and_comes_back() {
        let streams = Streams::new(2);
        let slots = (streams.take("a").ok(), streams.take("a").ok());
        assert!(slots.0.is_some() && slots.1.is_some());
        let refused = streams.take("a").err().expect("refused");
        assert_eq!(refused.details().code, "gateway.too_many_streams");
        assert!(streams.take("b").is_ok(), "another person's are another person's");
        drop(slots);
        assert!(streams.take("a").is_ok());
        assert!(
            streams.open.lock().expect("lock").is_empty(),
            "nothing is left behind"
        );
    }
}
