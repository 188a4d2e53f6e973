//! The alarm of immediate danger, on a way of its own: straight from the store, past NATS and whatever waits there.

use crate::reactor;
use platform::{Context, Followed, Recorded};
use std::time::Duration;

/// The fact that raises it.
const RAISED: &str = "tip.danger_raised.v1";
const PATIENCE: Duration = Duration::from_millis(250);
const LONGEST_PATIENCE: Duration = Duration::from_secs(5);

/// Writes to the duty contacts as soon as a danger is committed, until shutdown. What was raised before is looked at again
/// after every start: the same fact writes to the same addressee once, by whichever way it is heard.
pub(crate) async fn run(context: Context, console_url: String) {
    let watching = async {
        context.directory.ready().await;
        let mut followed = context.store.follow(None, &["tip-"]);
        while let Some(item) = followed.recv().await {
            if let Followed::Event(event) = item
                && event.name == RAISED
            {
                raise(&context, *event, &console_url).await;
            }
        }
    };
    tokio::select! {
        () = watching => tracing::error!("nobody watches for danger any more"),
        () = context.shutdown.cancelled() => {}
    }
}

/// Tries until it is recorded; the next danger does not wait for it.
async fn raise(context: &Context, event: Recorded, console_url: &str) {
    let (context, console_url) = (context.clone(), console_url.to_owned());
    tokio::spawn(async move {
        let mut patience = PATIENCE;
        while let Err(error) = reactor::write(&context, &event, &console_url).await {
            tracing::error!(position = event.position, %error, "an alarm could not be raised, trying again");
            tokio::select! {
                () = tokio::time::sleep(patience) => {}
                () = context.shutdown.cancelled() => return,
            }
            patience = (patience * 2).min(LONGEST_PATIENCE);
        }
    });
}
