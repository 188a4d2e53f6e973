//! Sessions of staff: a random id in a cookie, its digest and what belongs to it in Redis.

use crate::config::SessionConfig;
use crate::random;
use crate::volatile::{Away, Volatile};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The name of the cookie.
pub(crate) const COOKIE: &str = "mingcha_session";

/// What is kept of a session; roles and unit are not, they are looked up at every request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub account: String,
    pub csrf_token: String,
    pub signed_in_at: Timestamp,
}

/// Why there is no session.
#[derive(Debug)]
pub(crate) enum NoSession {
    /// There is none, or none any more.
    Ended,
    /// Redis does not answer.
    Away,
}

impl From<Away> for NoSession {
    fn from(_: Away) -> Self {
        Self::Away
    }
}

pub(crate) struct Sessions {
    config: SessionConfig,
    volatile: Volatile,
}

impl Sessions {
    pub(crate) fn new(config: SessionConfig, volatile: Volatile) -> Self {
        Self { config, volatile }
    }

    /// Begins a session and answers with the id for the cookie.
    pub(crate) async fn begin(&self, account: &str) -> Result<(String, Session), Away> {
        let id = random::token();
        let session = Session {
            account: account.to_owned(),
            csrf_token: random::token(),
            signed_in_at: Timestamp::now(),
        };
        let text = serde_json::to_string(&session).unwrap_or_default();
        let (name, idle) = (name_of(&id), self.config.idle_seconds);
        self.volatile
            .ask(|mut connection| {
                let (name, text) = (name.clone(), text.clone());
                async move {
                    let mut set = redis::cmd("SET");
                    set.arg(name).arg(text).arg("EX").arg(idle);
                    set.query_async::<()>(&mut connection).await
                }
            })
            .await?;
        Ok((id, session))
    }

    /// The session of an id; being used keeps it from ending for idleness.
    pub(crate) async fn find(&self, id: &str) -> Result<Session, NoSession> {
        self.read(id, true).await
    }

    /// The session of an id, if it has not ended: a screen that is merely open is not used.
    pub(crate) async fn look(&self, id: &str) -> Result<Session, NoSession> {
        self.read(id, false).await
    }

    async fn read(&self, id: &str, is_used: bool) -> Result<Session, NoSession> {
        let (name, idle) = (name_of(id), self.config.idle_seconds);
        let found: Option<String> = self
            .volatile
            .ask(|mut connection| {
                let name = name.clone();
                async move {
                    let mut get = redis::cmd(if is_used { "GETEX" } else { "GET" });
                    get.arg(name);
                    if is_used {
                        get.arg("EX").arg(idle);
                    }
                    get.query_async(&mut connection).await
                }
            })
            .await?;
        let session: Session = found
            .and_then(|text| serde_json::from_str(&text).ok())
            .ok_or(NoSession::Ended)?;
        let over = Timestamp::now() >= self.ends_at(&session);
        if over || self.ended_since(&session).await? {
            self.end(id).await?;
            return Err(NoSession::Ended);
        }
        Ok(session)
    }

    /// When the session ends however much it is used.
    pub(crate) fn ends_at(&self, session: &Session) -> Timestamp {
        let longest = i64::try_from(self.config.longest_seconds).unwrap_or(i64::MAX);
        session
            .signed_in_at
            .checked_add(SignedDuration::from_secs(longest))
            .unwrap_or(Timestamp::MAX)
    }

    pub(crate) async fn end(&self, id: &str) -> Result<(), Away> {
        let name = name_of(id);
        self.volatile
            .ask(|mut connection| {
                let name = name.clone();
                async move {
                    redis::cmd("DEL")
                        .arg(name)
                        .query_async::<()>(&mut connection)
                        .await
                }
            })
            .await
    }

    /// Ends every session of an account that began before now, e.g. because its password was changed.
    pub(crate) async fn end_all_of(&self, account: &str) -> Result<(), Away> {
        let name = ended_name_of(account);
        let (now, longest) = (Timestamp::now().as_microsecond(), self.config.longest_seconds);
        self.volatile
            .ask(|mut connection| {
                let name = name.clone();
                async move {
                    let mut set = redis::cmd("SET");
                    set.arg(name).arg(now).arg("EX").arg(longest.max(1));
                    set.query_async::<()>(&mut connection).await
                }
            })
            .await
    }

    async fn ended_since(&self, session: &Session) -> Result<bool, Away> {
        let name = ended_name_of(&session.account);
        let ended: Option<i64> = self
            .volatile
            .ask(|mut connection| {
                let name = name.clone();
                async move { redis::cmd("GET").arg(name).query_async(&mut connection).await }
            })
            .await?;
        Ok(ended.is_some_and(|at| session.signed_in_at.as_microsecond() <= at))
    }
}

/// Whoever reads Redis finds nothing to put into a cookie.
fn name_of(id: &str) -> String {
    format!("mingcha:session:{}", random::sha256_hex(id))
}

fn ended_name_of(account: &str) -> String {
    format!("mingcha:sessions-ended:{account}")
}

/// The cookie that carries `id`, or takes it away if empty.
pub(crate) fn cookie(id: &str, secure: bool) -> String {
    let lifetime = if id.is_empty() { "; Max-Age=0" } else { "" };
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Strict{lifetime}{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_other_sites_never_see_the_cookie() {
        let text = cookie("abc", true);
        for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
            assert!(text.contains(part), "{part}");
        }
        assert!(cookie("", false).contains("Max-Age=0"));
    }
    #[test]
    fn redis_does_not_hold_the_id() {
        assert!(!name_of("abc").contains("abc"));
    }
}
