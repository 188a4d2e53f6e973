//! The entry that stays open: events of the work list.

use super::ledger::WORKING;
use crate::edge::Edge;
use crate::guard;
use crate::handling::Asked;
use crate::live::{self, Watcher};
use crate::problem::Problem;
use crate::query::Shape;
use crate::routes::{AnswerDoc, Entry, Section};
use axum::response::Response;
use mingcha_proto::ledger::WatchWorkResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 订阅待办
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct StreamWork {
    /// 以哪个角色办理；浏览器的 EventSource 不能带请求头 X-Mingcha-Role，故也可写在网址里
    role: Option<String>,
}

pub(crate) fn entries() -> Vec<Entry> {
    let events = AnswerDoc::Events(Box::new(Shape::of::<WatchWorkResponse>()));
    let summary = "我的待办有变化时得到通知（Server-Sent Events）；连上先收到现状，断线重连不会遗漏";
    vec![
        Section::staff("台账", WORKING)
            .get("/api/v1/work/stream", summary)
            .works(events, stream),
    ]
}

async fn stream(edge: Edge, asked: Asked<StreamWork>) -> Result<Response, Problem> {
    let person = asked.signed_in.ok_or_else(Problem::internal)?;
    let actor = match &asked.message.role {
        Some(role) => guard::acting_as(&person.member, WORKING, role)?,
        None => asked.actor,
    };
    let watcher = Watcher {
        session_id: person.session_id,
        account: person.session.account,
        actor,
    };
    live::work(edge, watcher).await
}
