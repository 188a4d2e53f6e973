//! How often one source may report or ask; counted in Redis, in this process while Redis is away.

use crate::config::{LimitsConfig, Window};
use crate::problem::Problem;
use crate::source::Source;
use crate::volatile::Volatile;
use redis::Script;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

/// Counts one more and answers with the count and the milliseconds left of the window.
static COUNT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local count = redis.call('INCR', KEYS[1])
         if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
         return {count, redis.call('PTTL', KEYS[1])}",
    )
});

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Bucket {
    Reports,
    /// Reports of danger beyond the share of reports.
    Danger,
    /// Reports by a form without a proof of work.
    Unproven,
    Lookups,
    WrongReceipts,
}

impl Bucket {
    fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Danger => "danger",
            Self::Unproven => "unproven",
            Self::Lookups => "lookups",
            Self::WrongReceipts => "wrong-receipts",
        }
    }
}

pub(crate) struct Limits {
    config: LimitsConfig,
    volatile: Volatile,
    local: Mutex<HashMap<(Bucket, Source), LocalWindow>>,
}

struct LocalWindow {
    ends: Instant,
    count: u32,
}

impl Limits {
    pub(crate) fn new(config: LimitsConfig, volatile: Volatile) -> Self {
        Self {
            config,
            volatile,
            local: Mutex::default(),
        }
    }

    /// Counts one request of `source`.
    ///
    /// # Errors
    /// 429 with the time to wait once there were too many.
    pub(crate) async fn take(&self, bucket: Bucket, source: &Source) -> Result<(), Problem> {
        let window = self.window(bucket);
        let (count, left) = match self.count_shared(bucket, source, window, true).await {
            Some(counted) => counted,
            None => self.count_locally(bucket, source, window, true),
        };
        verdict(count, left, window)
    }

    /// Whether `source` has used up its share, without counting.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub(crate) async fn check(&self, bucket: Bucket, source: &Source) -> Result<(), Problem> {
        let window = self.window(bucket);
        let (count, left) = match self.count_shared(bucket, source, window, false).await {
            Some(counted) => counted,
            None => self.count_locally(bucket, source, window, false),
        };
        // The next one would be one too many.
        verdict(count.saturating_add(1), left, window)
    }

    fn window(&self, bucket: Bucket) -> Window {
        match bucket {
            Bucket::Danger | Bucket::Reports => self.config.reports,
            Bucket::Unproven => self.config.unproven,
            Bucket::Lookups => self.config.lookups,
            Bucket::WrongReceipts => self.config.wrong_receipts,
        }
    }

    async fn count_shared(
        &self,
        bucket: Bucket,
        source: &Source,
        window: Window,
        add: bool,
    ) -> Option<(u32, Duration)> {
        let name = format!("mingcha:limit:{}:{}", bucket.name(), source.as_str());
        let milliseconds = window.seconds.saturating_mul(1000);
        let counted = self.volatile.ask(|mut connection| {
            let name = name.clone();
            async move {
                if add {
                    let mut call = COUNT.prepare_invoke();
                    call.key(name).arg(milliseconds);
                    call.invoke_async::<(u32, i64)>(&mut connection).await
                } else {
                    let (count, left): (Option<u32>, i64) = redis::pipe()
                        .cmd("GET")
                        .arg(&name)
                        .cmd("PTTL")
                        .arg(&name)
                        .query_async(&mut connection)
                        .await?;
                    Ok((count.unwrap_or_default(), left))
                }
            }
        });
        let (count, left) = counted.await.ok()?;
        Some((
            count,
            Duration::from_millis(u64::try_from(left).unwrap_or(milliseconds)),
        ))
    }

    fn count_locally(&self, bucket: Bucket, source: &Source, window: Window, add: bool) -> (u32, Duration) {
        let now = Instant::now();
        let mut local = self.local.lock().unwrap_or_else(|e| e.into_inner());
        if local.len() >= self.config.remembered_sources {
            local.retain(|_, window| window.ends > now);
        }
        // Still full: somebody sends from very many addresses, and forgetting all is kinder than refusing all.
        if local.len() >= self.config.remembered_sources {
            local.clear();
        }
        let fresh = || LocalWindow {
            ends: now + Duration::from_secs(window.seconds),
            count: 0,
        };
        let entry = local.entry((bucket, source.clone())).or_insert_with(fresh);
        if entry.ends <= now {
            *entry = fresh();
        }
        if add {
            entry.count = entry.count.saturating_add(1);
        }
        (entry.count, entry.ends.saturating_duration_since(now))
    }
}

fn verdict(count: u32, left: Duration, window: Window) -> Result<(), Problem> {
    if count > window.most {
        return Err(Problem::too_often(left.as_secs() + 1));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(most: u32) -> Limits {
        // Nothing listens on port 1, so these are the limits of a city without Redis.
        let volatile = Volatile::connect_lazily("redis://127.0.0.1:1").expect("address");
        let config = LimitsConfig {
            reports: Window { most, seconds: 60 },
            remembered_sources: 3,
            ..LimitsConfig::default()
        };
        Limits::new(config, volatile)
    }

    #[tokio::test]
    async fn without_redis_a_local_limit_goes_on() {
        let limits = limits(2);
        let source = Source::sample("a");
        assert!(limits.take(Bucket::Reports, &source).await.is_ok());
        assert!(limits.take(Bucket::Reports, &source).await.is_ok());
        let problem = limits.take(Bucket::Reports, &source).await.expect_err("too many");
        assert_eq!(problem.details().status, 429);
        assert!(problem.details().retry_after.is_some_and(|seconds| seconds <= 61));
        assert!(limits.take(Bucket::Reports, &Source::sample("b")).await.is_ok());
        assert!(limits.take(Bucket::Lookups, &source).await.is_ok());
    }
    #[tokio::test]
    async fn looking_does_not_count() {
        let limits = limits(1);
        let source = Source::sample("a");
        for _ in 0..3 {
            assert!(limits.check(Bucket::Reports, &source).await.is_ok());
        }
    }
    #[tokio::test]
    async fn memory_is_bounded() {
        let limits = limits(1);
        for number in 0..50 {
            let _ = limits
                .take(Bucket::Reports, &Source::sample(&number.to_string()))
                .await;
        }
        assert!(limits.local.lock().expect("lock").len() <= 3);
    }
}
