//! Follows the store and keeps the views up to date, many facts in one transaction while catching up.

use crate::book::{Book, BookError, Reached};
use platform::{Context, Followed};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Streams that the views are made of.
pub(crate) const PREFIXES: [&str; 6] = [
    "tip-",
    "case-",
    "disposal-",
    "draw-",
    "accountability-",
    "report-",
];
const LARGEST_BATCH: usize = 500;
const PATIENCE: Duration = Duration::from_secs(1);

/// What those who wait for a position look at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    pub(crate) reached: Reached,
    /// Everything that was in the store at the start is in the views; before, every number would be too small.
    pub(crate) complete: bool,
}

/// Runs until shutdown.
pub(crate) async fn follow(context: Context, book: Arc<Book>, standing: watch::Sender<Standing>) {
    let from = tokio::select! {
        from = beginning(&context, &book) => from,
        () = context.shutdown.cancelled() => return,
    };
    standing.send_modify(|now| now.reached = from);
    let from = from.position;
    let mut followed = context.store.follow(from, &PREFIXES);
    loop {
        let batch = tokio::select! {
            batch = next_batch(&mut followed) => batch,
            () = context.shutdown.cancelled() => return,
        };
        if batch.is_empty() {
            return;
        }
        let batch = Arc::new(batch);
        // A full disk passes; facts do not come twice.
        let reached = loop {
            match apply(&book, &batch).await {
                Ok(reached) => break reached,
                Err(error) => tracing::error!(%error, "the ledger cannot be written, trying again"),
            }
            tokio::select! {
                () = tokio::time::sleep(PATIENCE) => {}
                () = context.shutdown.cancelled() => return,
            }
        };
        let caught_up = batch.iter().any(|item| matches!(item, Followed::CaughtUp));
        standing.send_modify(|now| {
            now.reached = reached;
            now.complete |= caught_up;
        });
    }
}

/// Where to go on. A store put back from an older backup is not the one that the views were made of: what lies between would
/// be missing, and what is gone would stay, so they are made anew.
async fn beginning(context: &Context, book: &Arc<Book>) -> Reached {
    loop {
        match begin(context, book).await {
            Ok(reached) => return reached,
            Err(reason) => tracing::warn!(reason, "the ledger cannot be compared with the store yet"),
        }
        tokio::time::sleep(PATIENCE).await;
    }
}

async fn begin(context: &Context, book: &Arc<Book>) -> Result<Reached, String> {
    let known = Arc::clone(book);
    let known =
        tokio::task::spawn_blocking(move || Ok::<_, BookError>((known.reached()?, known.last_fact()?)));
    let (reached, last) = known
        .await
        .map_err(|e| e.to_string())?
        .map_err(|e| e.to_string())?;
    let head = context.store.head().await.map_err(|e| e.to_string())?;
    let mut is_of_it = reached.position.is_none_or(|position| position <= head);
    if let Some((position, stream, revision, name)) = last {
        let stored = context
            .store
            .event_at(position)
            .await
            .map_err(|e| e.to_string())?;
        is_of_it &=
            stored.is_some_and(|fact| (fact.stream, fact.revision, fact.name) == (stream, revision, name));
    }
    if is_of_it {
        return Ok(reached);
    }
    tracing::warn!(
        ?reached,
        head,
        "the ledger is of another history than the store's: it is built anew"
    );
    let emptied = Arc::clone(book);
    let emptied = tokio::task::spawn_blocking(move || emptied.empty());
    emptied
        .await
        .map_err(|e| e.to_string())?
        .map_err(|e| e.to_string())?;
    Ok(Reached::default())
}

/// Whatever is there already, at least one item; empty once the subscription is over.
async fn next_batch(followed: &mut mpsc::Receiver<Followed>) -> Vec<Followed> {
    let mut batch = Vec::new();
    followed.recv_many(&mut batch, LARGEST_BATCH).await;
    batch
}

async fn apply(book: &Arc<Book>, batch: &Arc<Vec<Followed>>) -> Result<Reached, BookError> {
    let (book, batch) = (Arc::clone(book), Arc::clone(batch));
    tokio::task::spawn_blocking(move || book.apply(&batch))
        .await
        .map_err(|error| BookError::Worker(error.to_string()))?
}
