//! The throttle of sign-in: every wrong password makes the next attempt wait longer, per account and per source.

use crate::problem::{Problem, wait_in_words};
use crate::random;
use crate::source::Source;
use crate::volatile::{Away, Volatile};
use axum::http::StatusCode;
use redis::Script;
use std::sync::LazyLock;

/// Wrong passwords of one account before anybody has to wait.
const FREE_FOR_ACCOUNT: u32 = 4;
/// A whole office may sit behind one address.
const FREE_FOR_SOURCE: u32 = 20;
/// Anybody can lock somebody else's account this way, so not for long.
const LONGEST_WAIT_MILLISECONDS: u64 = 5 * 60 * 1000;
const FORGOTTEN_AFTER_MILLISECONDS: u64 = 60 * 60 * 1000;

/// Counts an attempt before the password is looked at, so that many at once count as many; answers with the
/// milliseconds still to wait, and then counts nothing.
static ATTEMPT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local wait = math.max(redis.call('PTTL', KEYS[1]), redis.call('PTTL', KEYS[3]))
         if wait > 0 then return wait end
         for at, free in pairs({[1] = tonumber(ARGV[1]), [3] = tonumber(ARGV[2])}) do
           local count = redis.call('INCR', KEYS[at + 1])
           redis.call('PEXPIRE', KEYS[at + 1], ARGV[4])
           if count > free then
             local delay = math.min(tonumber(ARGV[3]), 1000 * 2 ^ math.min(count - free, 20))
             redis.call('SET', KEYS[at], 1, 'PX', string.format('%d', delay))
           end
         end
         return 0",
    )
});

/// Takes the attempt back once the password was right.
static SUCCESS: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
         if redis.call('DECR', KEYS[4]) <= 0 then redis.call('DEL', KEYS[4]) end
         return 0",
    )
});

pub(crate) struct Attempts {
    volatile: Volatile,
}

impl Attempts {
    pub(crate) fn new(volatile: Volatile) -> Self {
        Self { volatile }
    }

    /// Counts an attempt.
    ///
    /// # Errors
    /// 429 with the time to wait, 503 without Redis: unthrottled guessing is not offered.
    pub(crate) async fn begin(&self, account: &str, source: &Source) -> Result<(), Problem> {
        let names = names(account, source);
        let wait: u64 = self
            .volatile
            .ask(|mut connection| {
                let mut call = ATTEMPT.prepare_invoke();
                names.iter().for_each(|name| {
                    call.key(name);
                });
                call.arg(FREE_FOR_ACCOUNT)
                    .arg(FREE_FOR_SOURCE)
                    .arg(LONGEST_WAIT_MILLISECONDS)
                    .arg(FORGOTTEN_AFTER_MILLISECONDS);
                async move { call.invoke_async(&mut connection).await }
            })
            .await
            .map_err(|Away| sign_in_away())?;
        if wait > 0 {
            return Err(too_many_attempts(wait.div_ceil(1000)));
        }
        Ok(())
    }

    /// The password was right, or could not be looked at: nobody waits for our faults.
    pub(crate) async fn take_back(&self, account: &str, source: &Source) {
        let names = names(account, source);
        let forgotten = self.volatile.ask(|mut connection| {
            let mut call = SUCCESS.prepare_invoke();
            names.iter().for_each(|name| {
                call.key(name);
            });
            async move { call.invoke_async::<i64>(&mut connection).await }
        });
        // If this is lost, somebody waits a little longer next time.
        let _ = forgotten.await;
    }
}

/// People type passwords into the wrong box: what was typed as account is kept as a digest only.
fn names(account: &str, source: &Source) -> [String; 4] {
    let account = random::sha256_hex(account);
    let source = source.as_str();
    [
        format!("mingcha:sign-in:wait:account:{account}"),
        format!("mingcha:sign-in:count:account:{account}"),
        format!("mingcha:sign-in:wait:source:{source}"),
        format!("mingcha:sign-in:count:source:{source}"),
    ]
}

fn too_many_attempts(seconds: u64) -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "gateway.too_many_attempts",
        format!("密码输错次数太多，请{}再试。", wait_in_words(seconds)),
    )
    .remedy("忘记密码请联系系统管理员重设。")
    .retry_after(seconds)
}

pub(crate) fn sign_in_away() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "gateway.sign_in_away",
        "登录服务暂时连不上，现在不能登录。",
    )
    .remedy("请稍等一分钟再试；如仍不行，请联系系统管理员。群众举报不受影响。")
}
