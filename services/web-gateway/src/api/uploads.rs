//! Entries for photos that are sent in parts, over lines that break off.

use super::intake::EVIDENCE;
use crate::edge::Edge;
use crate::handling::{self, Asked};
use crate::large::permit_for;
use crate::problem::Problem;
use crate::query::Shape;
use crate::routes::{AnswerDoc, Entry, Section};
use crate::uploads::{LARGEST, Upload};
use crate::volatile::Away;
use axum::http::StatusCode;
use axum::response::Response;
use mingcha_proto::intake::{Attachment, PutEvidenceRequest, PutEvidenceResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A part of 1 MiB in base64, with its JSON.
const ONE_PART: usize = 3 * 1024 * 1024 / 2;
const MEBIBYTE: u64 = 1024 * 1024;

/// 查询分段上传的照片收到多少
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadRequest {
    /// 这张照片的编号，由上传的一方选定（UUID）
    upload_id: String,
}

/// 分段上传照片的一段
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartRequest {
    /// 这张照片的编号，由上传的一方选定（UUID）；每一段都一样
    upload_id: String,
    /// 这一段从照片的第几个字节开始，从 0 起
    from: u64,
    /// 这一段的内容，最大 1 MB
    part: Attachment,
}

/// 分段上传完毕
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinishUploadRequest {
    /// 这张照片的编号
    upload_id: String,
    /// 整张照片应有多少字节
    bytes: u64,
}

/// 分段上传的照片收到多少
#[derive(Serialize, ToSchema)]
pub(crate) struct UploadView {
    /// 从头起已经收到多少字节：下一段从这里开始。半小时没有新的一段，或者重新登录以后，从 0 开始
    received: u64,
}

/// Whoever may bring a photo may bring it in parts.
pub(crate) fn entries() -> Vec<Entry> {
    let evidence = Section::staff("证据", EVIDENCE);
    let view = || AnswerDoc::Json(StatusCode::OK, Box::new(Shape::of::<UploadView>()));
    let kept = AnswerDoc::Json(StatusCode::OK, Box::new(Shape::of::<PutEvidenceResponse>()));
    vec![
        evidence
            .get(
                "/api/v1/evidence/uploads/{upload_id}",
                "分段上传的照片收到多少：断线以后从那里接着传",
            )
            .works(view(), received),
        evidence
            .post(
                "/api/v1/evidence/uploads/{upload_id}/parts/{from}",
                "上传照片的一段：JSON（base64）或表单（字段 part）",
            )
            .takes_file("part")
            .largest_body(ONE_PART)
            .works(view(), put),
        evidence
            .post(
                "/api/v1/evidence/uploads/{upload_id}/finish",
                "分段上传完毕：合成一张照片存证",
            )
            .works(kept, finish),
    ]
}

async fn received(edge: Edge, asked: Asked<UploadRequest>) -> Result<Response, Problem> {
    let upload = of(&asked, &asked.message.upload_id)?;
    let received = edge.uploads.received(&upload).await.map_err(away)?;
    Ok(handling::json(StatusCode::OK, &UploadView { received }))
}

async fn put(edge: Edge, asked: Asked<PartRequest>) -> Result<Response, Problem> {
    let PartRequest {
        upload_id,
        from,
        part,
    } = &asked.message;
    let length = part.data.len() as u64;
    if length == 0 || length > MEBIBYTE {
        return Err(Problem::invalid("part", "每一段应有内容，最大 1 MB。"));
    }
    if from.saturating_add(length) > LARGEST {
        return Err(Problem::too_large(LARGEST as usize));
    }
    let upload = of(&asked, upload_id)?;
    let received = edge.uploads.put(&upload, *from, &part.data).await.map_err(away)?;
    Ok(handling::json(StatusCode::OK, &UploadView { received }))
}

async fn finish(edge: Edge, asked: Asked<FinishUploadRequest>) -> Result<Response, Problem> {
    let FinishUploadRequest { upload_id, bytes } = &asked.message;
    let (upload, bytes) = (of(&asked, upload_id)?, *bytes);
    let _permit = permit_for(&edge, bytes)?;
    let data = edge.uploads.whole(&upload).await.map_err(away)?;
    if data.len() as u64 != bytes {
        return Err(incomplete(data.len(), bytes));
    }
    let photo = Some(Attachment { data });
    let request = edge
        .calls
        .request(&asked.actor, asked.command_id, PutEvidenceRequest { photo });
    let reply = edge.services.tip_intake().put_evidence(request).await?;
    edge.uploads.done(&upload).await;
    Ok(handling::json(StatusCode::OK, &reply.into_inner()))
}

fn of<Q>(asked: &Asked<Q>, upload_id: &str) -> Result<Upload, Problem> {
    let person = asked.signed_in.as_ref().ok_or_else(Problem::internal)?;
    let upload_id = Uuid::parse_str(upload_id).map_err(|_| Problem::invalid("upload_id", "应是 UUID。"))?;
    Ok(Upload::of(&person.session_id, upload_id))
}

fn away(_: Away) -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "gateway.parts_away",
        "现在不能分段上传照片。",
    )
    .remedy("请整张上传，或者稍后再试。")
}

fn incomplete(received: usize, expected: u64) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "gateway.upload_incomplete",
        format!("照片没有完整到达：应有 {expected} 字节，收到 {received} 字节。"),
    )
    .remedy("请查询收到多少，从那里接着上传；超过半小时的从头上传。")
}
