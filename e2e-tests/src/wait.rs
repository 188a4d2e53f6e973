//! Waiting for something to become true, by looking again and again, never by sleeping and hoping.

use std::time::{Duration, Instant};

/// Long enough for a slow machine; a story that passes never waits so long.
pub const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(100);

/// Looks until there is something to see.
///
/// # Panics
/// If nothing was seen within `limit`; says what was waited for.
pub async fn eventually<T, W>(what: &str, limit: Duration, look: impl FnMut() -> W) -> T
where
    W: Future<Output = Option<T>>,
{
    let seen = soon(limit, look).await;
    seen.unwrap_or_else(|| panic!("waited {} s in vain: {what}", limit.as_secs()))
}

/// Looks until there is something to see, or until `limit`.
pub async fn soon<T, W>(limit: Duration, mut look: impl FnMut() -> W) -> Option<T>
where
    W: Future<Output = Option<T>>,
{
    let end = Instant::now() + limit;
    loop {
        let seen = look().await;
        if seen.is_some() || Instant::now() >= end {
            return seen;
        }
        tokio::time::sleep(PAUSE).await;
    }
}
