//! Redis: what may vanish at any time. Every call is short, and its failure an ordinary case.

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisResult};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A request must not wait long for what it can do without.
const TIME_LIMIT: Duration = Duration::from_millis(800);
/// After a failure nobody waits for Redis again until so much later.
const REST: Duration = Duration::from_secs(1);

/// Redis did not answer in time, or not at all.
#[derive(Debug)]
pub(crate) struct Away;

/// A connection that is made when first used and again whenever it is lost.
#[derive(Clone)]
pub(crate) struct Volatile {
    connection: ConnectionManager,
    started: Instant,
    /// Milliseconds after `started` until which Redis counts as away.
    away_until: Arc<AtomicU64>,
}

impl Volatile {
    pub(crate) fn connect_lazily(url: &str) -> RedisResult<Self> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(TIME_LIMIT))
            .set_response_timeout(Some(TIME_LIMIT))
            .set_number_of_retries(0);
        let connection = ConnectionManager::new_lazy_with_config(Client::open(url)?, config)?;
        Ok(Self {
            connection,
            started: Instant::now(),
            away_until: Arc::default(),
        })
    }

    /// Does `work`, once more if the first connection turned out to be dead.
    ///
    /// # Errors
    /// If Redis does not answer. The work may have been done none, one or two times: it must bear that.
    pub(crate) async fn ask<T, F, W>(&self, work: F) -> Result<T, Away>
    where
        F: Fn(ConnectionManager) -> W,
        W: Future<Output = RedisResult<T>>,
    {
        if self.milliseconds() < self.away_until.load(Ordering::Relaxed) {
            return Err(Away);
        }
        for last in [false, true] {
            match tokio::time::timeout(TIME_LIMIT * 2, work(self.connection.clone())).await {
                Ok(Ok(done)) => return Ok(done),
                Ok(Err(error)) if last => tracing::warn!(kind = ?error.kind(), "redis is away"),
                Ok(Err(_)) => {}
                Err(_) => {
                    tracing::warn!("redis does not answer in time");
                    break;
                }
            }
        }
        let until = self.milliseconds() + REST.as_millis() as u64;
        self.away_until.store(until, Ordering::Relaxed);
        Err(Away)
    }

    pub(crate) async fn is_there(&self) -> bool {
        let ping = |mut connection: ConnectionManager| async move {
            redis::cmd("PING").query_async::<String>(&mut connection).await
        };
        self.ask(ping).await.is_ok()
    }

    fn milliseconds(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }
}
