//! Waiting for something to become true, by looking again and again, never by sleeping and hoping.

use std::time::{Duration, Instant};

/// Long enough for a slow machine; a story that passes never waits so long.
pub const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(100);

/// Looks until there is something to see.
///
/// # Panics
/// If nothing was seen within `limit`; says what was waited for.
pub async fn eventually<T, W>(what: &str, limit: Duration, mut look: impl FnMut() -> W) -> T
where
    W: Future<Output = Option<T>>,
{
    let end = Instant::now() + limit;
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(
            Instant::now() < end,
            "waited {} s in vain: {what}",
            limit.as_secs()
        );
        tokio::time::sleep(PAUSE).await;
    }
}
