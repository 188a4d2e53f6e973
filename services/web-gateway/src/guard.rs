//! Who a staff request comes from, checked anew every time: session, CSRF token, account, role.

use crate::edge::Edge;
use crate::live::Watcher;
use crate::problem::Problem;
use crate::random;
use crate::sessions::{COOKIE, NoSession, Session};
use axum::http::{HeaderMap, Method, StatusCode, header};
use jurisdiction::{Actor, Role, StaffMember};

const CSRF_HEADER: &str = "x-csrf-token";
const ROLE_HEADER: &str = "x-mingcha-role";

/// A person with a session, as the directory knows them now.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub session: Session,
    pub session_id: String,
    pub member: StaffMember,
}

/// The person behind a request; a request that changes anything must also carry the session's CSRF token.
///
/// # Errors
/// 401 without a valid session, 403 without the token, 503 while sessions cannot be read.
pub(crate) async fn signed_in(
    edge: &Edge,
    method: &Method,
    headers: &HeaderMap,
) -> Result<SignedIn, Problem> {
    let session_id = cookie_of(headers).ok_or_else(not_signed_in)?;
    let session = match edge.sessions.find(&session_id).await {
        Ok(session) => session,
        Err(NoSession::Ended) => return Err(session_ended()),
        Err(NoSession::Away) => return Err(sessions_away()),
    };
    if !method.is_safe() {
        check_csrf(&session, headers)?;
    }
    if !edge.directory.is_ready() {
        return Err(directory_not_ready());
    }
    let jurisdiction = edge.directory.current();
    let account = session.account.parse().ok();
    let member = account.and_then(|account| jurisdiction.staff.get(&account));
    let member = member.ok_or_else(account_retired)?.clone();
    Ok(SignedIn {
        session,
        session_id,
        member,
    })
}

/// Whether somebody who was let in is still signed in and still serves there in that role.
///
/// # Errors
/// What has become of it.
pub(crate) async fn still(edge: &Edge, watcher: &Watcher) -> Result<(), Problem> {
    match edge.sessions.look(&watcher.session_id).await {
        Ok(session) if session.account == watcher.account => {}
        Ok(_) | Err(NoSession::Ended) => return Err(session_ended()),
        Err(NoSession::Away) => return Err(sessions_away()),
    }
    let jurisdiction = edge.directory.current();
    let account = watcher.account.parse().ok();
    let member = account.and_then(|account| jurisdiction.staff.get(&account));
    let member = member.ok_or_else(account_retired)?;
    let role = watcher.actor.role().filter(|role| member.roles.contains(role));
    match role {
        Some(_) if watcher.actor.unit() == Some(&member.unit) => Ok(()),
        _ => Err(serves_elsewhere()),
    }
}

/// The actor in the role that is asked for, or else in the first allowed role that the person holds.
///
/// # Errors
/// 403 if the person holds no such role.
pub(crate) fn acting(member: &StaffMember, allowed: &[Role], headers: &HeaderMap) -> Result<Actor, Problem> {
    let held = |role: &Role| member.roles.contains(role);
    let role = match headers.get(ROLE_HEADER) {
        Some(wanted) => return acting_as(member, allowed, wanted.to_str().unwrap_or_default()),
        None => allowed.iter().copied().find(|role| held(role)),
    };
    let role = role.ok_or_else(|| wrong_role(allowed))?;
    Ok(Actor::staff(member.account.clone(), member.unit.clone(), role))
}

/// The actor in a role, by its code.
///
/// # Errors
/// 400 if there is no such role, 403 if the person does not hold it or it is not allowed here.
pub(crate) fn acting_as(member: &StaffMember, allowed: &[Role], wanted: &str) -> Result<Actor, Problem> {
    let wanted: Role = wanted
        .parse()
        .map_err(|rule| Problem::malformed(format!("角色（请求头 X-Mingcha-Role）：{rule}。")))?;
    if !(member.roles.contains(&wanted) && allowed.contains(&wanted)) {
        return Err(wrong_role(allowed));
    }
    Ok(Actor::staff(member.account.clone(), member.unit.clone(), wanted))
}

fn check_csrf(session: &Session, headers: &HeaderMap) -> Result<(), Problem> {
    let sent = headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    if sent.is_some_and(|sent| random::same(sent, &session.csrf_token)) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "gateway.csrf_token",
        "页面凭证不对，操作没有生效。",
    )
    .remedy("请刷新页面后再提交。"))
}

/// The value of our cookie.
pub(crate) fn cookie_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE);
    cookies
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

fn not_signed_in() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "gateway.not_signed_in",
        "您还没有登录。",
    )
    .remedy("请先登录。")
}

fn session_ended() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "gateway.session_ended",
        "登录已过期或已退出。",
    )
    .remedy("请重新登录，已填写的内容不会丢失。")
}

fn account_retired() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "gateway.account_retired",
        "这个账号已经停用。",
    )
    .remedy("如有疑问，请联系系统管理员。")
}

fn serves_elsewhere() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "gateway.serves_elsewhere",
        "您的单位或角色已经变动，这份待办不再自动更新。",
    )
    .remedy("请刷新页面，以现在的身份继续办理。")
}

pub(crate) fn sessions_away() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "gateway.sessions_away",
        "登录服务暂时连不上，您的操作没有生效。",
    )
    .remedy("请稍等一分钟再试；群众举报不受影响。")
}

pub(crate) fn directory_not_ready() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "gateway.directory_not_ready",
        "系统正在启动，机构和人员名册还没有读完。",
    )
    .remedy("请稍等一分钟再试。")
}

fn wrong_role(allowed: &[Role]) -> Problem {
    let names: Vec<_> = allowed.iter().map(|role| role.in_chinese()).collect();
    Problem::new(
        StatusCode::FORBIDDEN,
        "gateway.wrong_role",
        format!("这项操作由{}办理，您现在的角色不能进行。", names.join("、")),
    )
    .remedy("请由有相应职责的人员办理。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use jurisdiction::sample;

    fn member(roles: &[Role]) -> StaffMember {
        let jurisdiction = sample::suqian();
        let mut member = jurisdiction.staff.values().next().expect("somebody").clone();
        member.roles = roles.iter().copied().collect();
        member
    }
    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).expect("header"));
        headers
    }

    #[test]
    fn the_first_allowed_role_is_taken() {
        let actor = acting(
            &member(&[Role::Leader, Role::Dispatcher]),
            &[Role::Dispatcher, Role::Leader],
            &HeaderMap::new(),
        );
        assert!(actor.expect("actor").is(Role::Dispatcher));
    }
    #[test]
    fn a_wanted_role_must_be_held_and_allowed() {
        let member = member(&[Role::Leader, Role::Dispatcher]);
        let allowed = [Role::Dispatcher, Role::Leader, Role::Admin];
        let wanting = |role: &str| acting(&member, &allowed, &headers(ROLE_HEADER, role));
        assert!(wanting("leader").expect("actor").is(Role::Leader));
        assert_eq!(wanting("admin").expect_err("not held").details().status, 403);
        assert_eq!(wanting("king").expect_err("unknown").details().status, 400);
        assert_eq!(
            acting(&member, &[Role::Admin], &HeaderMap::new())
                .expect_err("not allowed")
                .details()
                .code,
            "gateway.wrong_role"
        );
    }
    #[test]
    fn csrf_needs_the_very_token() {
        let session = Session {
            account: "a".to_owned(),
            csrf_token: "right".to_owned(),
            signed_in_at: jiff::Timestamp::now(),
        };
        assert!(check_csrf(&session, &headers(CSRF_HEADER, "right")).is_ok());
        assert!(check_csrf(&session, &headers(CSRF_HEADER, "wrong")).is_err());
        assert!(check_csrf(&session, &HeaderMap::new()).is_err());
    }
    #[test]
    fn our_cookie_is_found_among_others() {
        let found = cookie_of(&headers("cookie", "a=b; mingcha_session=xyz; c=d"));
        assert_eq!(found.as_deref(), Some("xyz"));
        assert_eq!(cookie_of(&headers("cookie", "mingcha_session=")), None);
    }
}
