//! Sign-in, who am I, sign-out.

use crate::edge::Edge;
use crate::guard::{self, SignedIn};
use crate::handling::{self, Asked, NoFields};
use crate::problem::Problem;
use crate::query::Shape;
use crate::routes::{Access, AnswerDoc, Entry, Section};
use crate::sessions::{self, Session};
use crate::sign_in::sign_in_away;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jurisdiction::{Actor, Role, StaffMember};
use mingcha_proto::directory::VerifyPasswordRequest;
use serde::Serialize;
use tonic::{Code, Status};
use utoipa::ToSchema;

const POLICY: &str = "web-gateway/sign-in";
const PATH: &str = "/api/v1/session";

/// 当前登录的人员
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// 账号
    account: String,
    /// 姓名
    name: String,
    /// 单位代码
    unit: String,
    /// 单位名称
    unit_name: String,
    /// city | county | township | village
    unit_level: Option<String>,
    /// 单位第一责任人
    first_responsible: bool,
    /// 可用的角色
    roles: Vec<RoleView>,
    /// 每次提交都要放在请求头 X-CSRF-Token 里
    csrf_token: String,
    /// 最迟在此时须重新登录（RFC 3339，系统时间）
    ends_at: String,
    /// 业务时间（RFC 3339）；演示环境可能被向前拨过
    now: String,
    /// 是否可以拨动时钟
    clock_is_simulated: bool,
}

/// 角色
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleView {
    /// 代码
    code: String,
    /// 名称
    name: String,
}

pub(crate) fn entries() -> Vec<Entry> {
    let open = Section::of("登录", Access::Open);
    let staff = Section::staff("登录", &Role::ALL);
    let view = || AnswerDoc::Json(StatusCode::OK, Box::new(Shape::of::<SessionView>()));
    vec![
        open.post(PATH, "登录").works(view(), sign_in),
        staff.get(PATH, "当前登录的人员").works(view(), who_am_i),
        staff.delete(PATH, "退出登录").works(AnswerDoc::Nothing, sign_out),
    ]
}

async fn sign_in(edge: Edge, asked: Asked<VerifyPasswordRequest>) -> Result<Response, Problem> {
    for (field, text) in [
        ("account", &asked.message.account),
        ("password", &asked.message.password),
    ] {
        if text.is_empty() {
            return Err(Problem::invalid(field, "请填写账号和密码。"));
        }
    }
    if !edge.directory.is_ready() {
        return Err(guard::directory_not_ready());
    }
    let typed = asked.message.account.clone();
    edge.attempts.begin(&typed, &asked.source).await?;
    let request = edge.calls.request(&Actor::system(POLICY), None, asked.message);
    let answer = edge.services.directory().verify_password(request).await;
    let account = match answer {
        Ok(reply) => reply.into_inner().account,
        Err(status) if is_about_the_password(&status) => return Err(wrong_password()),
        Err(status) => {
            edge.attempts.take_back(&typed, &asked.source).await;
            return Err(status.into());
        }
    };
    edge.attempts.take_back(&typed, &asked.source).await;
    let member = member(&edge, &account).ok_or_else(wrong_password)?;
    // Whoever signs in anew leaves no older session behind in this browser.
    if let Some(old) = guard::cookie_of(&asked.headers) {
        let _ = edge.sessions.end(&old).await;
    }
    let begun = edge.sessions.begin(&account).await;
    let (id, session) = begun.map_err(|_| sign_in_away())?;
    let mut response = handling::json(StatusCode::OK, &view(&edge, &member, &session));
    set_cookie(&mut response, &id, edge.config.secure_cookies());
    Ok(response)
}

fn is_about_the_password(status: &Status) -> bool {
    matches!(
        status.code(),
        Code::Unauthenticated | Code::NotFound | Code::InvalidArgument
    )
}

async fn who_am_i(edge: Edge, asked: Asked<NoFields>) -> Result<Response, Problem> {
    let SignedIn { session, member, .. } = asked.signed_in.ok_or_else(Problem::internal)?;
    Ok(handling::json(StatusCode::OK, &view(&edge, &member, &session)))
}

async fn sign_out(edge: Edge, asked: Asked<NoFields>) -> Result<Response, Problem> {
    let person = asked.signed_in.ok_or_else(Problem::internal)?;
    let ended = edge.sessions.end(&person.session_id).await;
    ended.map_err(|_| guard::sessions_away())?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&mut response, "", edge.config.secure_cookies());
    Ok(response)
}

fn member(edge: &Edge, account: &str) -> Option<StaffMember> {
    let account = account.parse().ok()?;
    edge.directory.current().staff.get(&account).cloned()
}

fn view(edge: &Edge, member: &StaffMember, session: &Session) -> SessionView {
    let jurisdiction = edge.directory.current();
    let level = jurisdiction.level(&member.unit);
    let level = level.and_then(|level| serde_json::to_value(level).ok());
    SessionView {
        account: member.account.to_string(),
        name: member.name.clone(),
        unit: member.unit.to_string(),
        unit_name: jurisdiction.unit_name(&member.unit),
        unit_level: level.and_then(|level| level.as_str().map(str::to_owned)),
        first_responsible: member.first_responsible,
        roles: member.roles.iter().copied().map(role_view).collect(),
        csrf_token: session.csrf_token.clone(),
        ends_at: edge.sessions.ends_at(session).to_string(),
        now: edge.clock.now().to_string(),
        clock_is_simulated: edge.clock.is_simulated(),
    }
}

fn role_view(role: Role) -> RoleView {
    RoleView {
        code: role.code().to_owned(),
        name: role.in_chinese().to_owned(),
    }
}

fn set_cookie(response: &mut Response, id: &str, secure: bool) {
    if let Ok(value) = HeaderValue::from_str(&sessions::cookie(id, secure)) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
}

/// Says the same whether the account or the password was wrong.
fn wrong_password() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "gateway.wrong_password",
        "账号或密码不正确。",
    )
    .remedy("请核对后重试；忘记密码请联系系统管理员重设。")
}
