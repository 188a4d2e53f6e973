//! The published numbers of the campaign, asked of the ledger at most once in a while: anybody may look, as often as they like.

use crate::edge::Edge;
use crate::problem::Problem;
use jurisdiction::Actor;
use mingcha_proto::ledger::{PublicFiguresRequest, PublicFiguresResponse};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Numbers change once a week; the clock of a demonstration may run faster.
const GOOD_FOR: Duration = Duration::from_secs(300);

/// The last answer of the ledger.
#[derive(Default)]
pub(crate) struct Results(Mutex<Option<(Instant, Arc<PublicFiguresResponse>)>>);

/// The numbers, the last ones known if the ledger is away.
///
/// # Errors
/// What the ledger says, if nothing is known yet.
pub(crate) async fn published(edge: &Edge) -> Result<Arc<PublicFiguresResponse>, Problem> {
    // Held while asking: many who look at once are one question.
    let mut known = edge.results.0.lock().await;
    if let Some((_, told)) = known.as_ref().filter(|(asked, _)| asked.elapsed() < GOOD_FOR) {
        return Ok(Arc::clone(told));
    }
    let request = edge
        .calls
        .request(&Actor::Citizen, None, PublicFiguresRequest::default());
    match edge.services.ledger().public_figures(request).await {
        Ok(answer) => {
            let told = Arc::new(answer.into_inner());
            *known = Some((Instant::now(), Arc::clone(&told)));
            Ok(told)
        }
        Err(status) => match known.as_ref() {
            Some((_, told)) => Ok(Arc::clone(told)),
            None => Err(status.into()),
        },
    }
}
