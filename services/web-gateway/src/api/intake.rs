//! Staff entries of tip-intake: screening, answering, tips taken by telephone, evidence.

use crate::routes::{AnswerDoc, Entry, Section};
use crate::rpc;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jurisdiction::Role;
use mingcha_proto::intake::{
    AcceptTipRequest, AddRecordingRequest, ApproveRevealRequest, ApproveRewardRequest, DivertTipRequest,
    EraseReporterRequest, GetEvidenceRequest, GetEvidenceResponse, GetRecordingRequest, GetRecordingResponse,
    LinkTipRequest, NoteTipConflictRequest, PlaceTipRequest, ProposeRewardRequest, PutEvidenceRequest,
    RaiseDangerRequest, ReadCustodyRequest, ReadTipContentRequest, ReceiveTipRequest, ReconsiderTipRequest,
    RecordRewardPaidRequest, RecordTranscriptRequest, RefuseRevealRequest, RefuseRewardRequest,
    RejectTipRequest, RequestRevealRequest, RevealIdentityRequest, SendReplyRequest, TellOutcomeRequest,
    UnlinkTipRequest,
};

use super::public::Receipt;

/// What is about the city itself, discipline inspectors screen; the service decides which.
const SCREENING: &[Role] = &[Role::Dispatcher, Role::Inspector];
/// Those above who screens; the service decides which.
const REVIEWERS: &[Role] = &[Role::Dispatcher, Role::Inspector, Role::Leader];
const CALL_DESK: &[Role] = &[Role::Operator, Role::Dispatcher];
/// Whoever hears of it at a desk where tips are taken or screened.
const ALARM: &[Role] = &[Role::Operator, Role::Dispatcher, Role::Inspector];
/// The service decides which of them: those of the city.
const CUSTODIANS: &[Role] = &[Role::Inspector, Role::Dispatcher];
const SECOND_CUSTODIANS: &[Role] = &[Role::Inspector, Role::Leader];
const CUSTODY: &[Role] = &[Role::Inspector, Role::Leader, Role::Dispatcher];
const CITY_LEADERS: &[Role] = &[Role::Leader];
const ERASERS: &[Role] = &[Role::Inspector];
/// Whoever may see cases may see their pictures; the service decides which.
pub(super) const EVIDENCE: &[Role] = &[
    Role::Handler,
    Role::Dispatcher,
    Role::Leader,
    Role::Supervisor,
    Role::Inspector,
    Role::Operator,
];

/// Ten photos of 10 MiB would not fit into one message in base64; so many fit.
pub(crate) const TIP_WITH_PHOTOS: usize = 56 * 1024 * 1024;
/// One photo of 10 MiB in base64, with its JSON.
const ONE_PHOTO: usize = 14 * 1024 * 1024;
/// One recording of 20 MiB, likewise.
const ONE_RECORDING: usize = 28 * 1024 * 1024;

pub(crate) fn entries() -> Vec<Entry> {
    let tips = Section::staff("线索", SCREENING);
    let evidence = Section::staff("证据", EVIDENCE);
    let identity = Section::staff("举报人身份", CUSTODIANS);
    vec![
        tips.post("/api/v1/staff/tips", "登记电话或窗口举报")
            .roles(CALL_DESK)
            .limiting("channel", &["phone", "counter"])
            .largest_body(TIP_WITH_PHOTOS)
            .creates::<Receipt, _, _, _, _>(rpc!(tip_intake.receive_tip(ReceiveTipRequest))),
        tips.post("/api/v1/tips/{tip_id}/accept", "受理线索：立案，或并入已有案件")
            .calls(rpc!(tip_intake.accept_tip(AcceptTipRequest))),
        tips.post("/api/v1/tips/{tip_id}/reject", "不予受理，理由告知举报人")
            .calls(rpc!(tip_intake.reject_tip(RejectTipRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/divert",
            "转交有管辖权的部门，理由告知举报人",
        )
        .calls(rpc!(tip_intake.divert_tip(DivertTipRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/reconsider",
            "复核甄审：上一级重新甄审不予受理或者转交的线索",
        )
        .roles(REVIEWERS)
        .calls(rpc!(tip_intake.reconsider_tip(ReconsiderTipRequest))),
        tips.post("/api/v1/tips/{tip_id}/link", "把线索关联到已有案件")
            .calls(rpc!(tip_intake.link_tip(LinkTipRequest))),
        tips.post("/api/v1/tips/{tip_id}/unlink", "解除线索与案件的关联，重新甄审")
            .calls(rpc!(tip_intake.unlink_tip(UnlinkTipRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/conflict",
            "注明反映的单位或干部：对其回避，由上一级甄审",
        )
        .calls(rpc!(tip_intake.note_tip_conflict(NoteTipConflictRequest))),
        tips.post("/api/v1/tips/{tip_id}/outcome", "向举报人告知结果")
            .calls(rpc!(tip_intake.tell_outcome(TellOutcomeRequest))),
        tips.post("/api/v1/tips/{tip_id}/reply", "向举报人提问或答复")
            .calls(rpc!(tip_intake.send_reply(SendReplyRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/danger",
            "收到举报后得知现场有险情：立即向值班人员报警",
        )
        .roles(ALARM)
        .calls(rpc!(tip_intake.raise_danger(RaiseDangerRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/transcript",
            "整理电话举报的通话记录，密封保存",
        )
        .roles(CALL_DESK)
        .calls(rpc!(tip_intake.record_transcript(RecordTranscriptRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/place",
            "按短信、录音的内容补记地点（举报人没有写明所在地区、尚未甄审的）",
        )
        .roles(CALL_DESK)
        .calls(rpc!(tip_intake.place_tip(PlaceTipRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/recordings",
            "补存一段通话录音：JSON（base64）或表单（字段 recording），密封保存",
        )
        .roles(CALL_DESK)
        .takes_file("recording")
        .largest_body(ONE_RECORDING)
        .calls(rpc!(tip_intake.add_recording(AddRecordingRequest))),
        tips.get(
            "/api/v1/tips/{tip_id}/recordings/{recording_id}",
            "听通话录音（甄审人员和话务员），听取记录在案",
        )
        .roles(ALARM)
        .calls_and_answers(
            rpc!(tip_intake.get_recording(GetRecordingRequest)),
            AnswerDoc::Recording,
            played,
        ),
        tips.get(
            "/api/v1/tips/{tip_id}/content",
            "查看举报原文（甄审人员；话务员限来电）",
        )
        .roles(ALARM)
        .calls(rpc!(tip_intake.read_tip_content(ReadTipContentRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/reward",
            "对同一点位最先的有效举报提出奖励，金额按收到举报当日的标准计算",
        )
        .calls(rpc!(tip_intake.propose_reward(ProposeRewardRequest))),
        tips.post("/api/v1/tips/{tip_id}/reward/approve", "市级负责人批准奖励")
            .roles(CITY_LEADERS)
            .calls(rpc!(tip_intake.approve_reward(ApproveRewardRequest))),
        tips.post(
            "/api/v1/tips/{tip_id}/reward/refuse",
            "市级负责人不同意奖励，理由告知举报人",
        )
        .roles(CITY_LEADERS)
        .calls(rpc!(tip_intake.refuse_reward(RefuseRewardRequest))),
        tips.post("/api/v1/tips/{tip_id}/reward/paid", "登记奖励已经发放")
            .calls(rpc!(tip_intake.record_reward_paid(RecordRewardPaidRequest))),
        identity
            .post(
                "/api/v1/tips/{tip_id}/reveal",
                "申请查看举报人身份，理由举报人会看到",
            )
            .calls(rpc!(tip_intake.request_reveal(RequestRevealRequest))),
        identity
            .post(
                "/api/v1/tips/{tip_id}/reveal/approve",
                "另一岗位的保管人批准查看举报人身份",
            )
            .roles(SECOND_CUSTODIANS)
            .calls(rpc!(tip_intake.approve_reveal(ApproveRevealRequest))),
        identity
            .post(
                "/api/v1/tips/{tip_id}/reveal/refuse",
                "另一岗位的保管人不同意查看举报人身份",
            )
            .roles(SECOND_CUSTODIANS)
            .calls(rpc!(tip_intake.refuse_reveal(RefuseRevealRequest))),
        identity
            .post(
                "/api/v1/tips/{tip_id}/reveal/open",
                "查看举报人身份：批准后由申请人查看一次，先记录后解密",
            )
            .calls(rpc!(tip_intake.reveal_identity(RevealIdentityRequest))),
        identity
            .get(
                "/api/v1/tips/{tip_id}/custody",
                "查看身份的申请和举报奖励的办理情况",
            )
            .roles(CUSTODY)
            .calls(rpc!(tip_intake.read_custody(ReadCustodyRequest))),
        identity
            .post(
                "/api/v1/tips/{tip_id}/erase",
                "纪委监委决定销毁举报人的身份或内容",
            )
            .roles(ERASERS)
            .calls(rpc!(tip_intake.erase_reporter(EraseReporterRequest))),
        evidence
            .post("/api/v1/evidence", "上传照片：JSON（base64）或表单（字段 photo）")
            .takes_file("photo")
            .largest_body(ONE_PHOTO)
            .calls(rpc!(tip_intake.put_evidence(PutEvidenceRequest))),
        evidence
            .get("/api/v1/evidence/{evidence_id}", "查看照片")
            .calls_and_answers(
                rpc!(tip_intake.get_evidence(GetEvidenceRequest)),
                AnswerDoc::Picture,
                picture,
            ),
    ]
}

/// Only what browsers merely play, and never keep.
fn played(reply: GetRecordingResponse) -> Response {
    let content_type = match reply.content_type.as_str() {
        "audio/mpeg" => "audio/mpeg",
        "audio/wav" => "audio/wav",
        "audio/mp4" => "audio/mp4",
        "audio/ogg" => "audio/ogg",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, reply.data).into_response()
}

/// Only what browsers merely show; anything else would be a page under our name.
fn picture(reply: GetEvidenceResponse) -> Response {
    let content_type = match reply.content_type.as_str() {
        "image/jpeg" => "image/jpeg",
        "image/png" => "image/png",
        "image/webp" => "image/webp",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, content_type),
        // Computers at desks are shared.
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, reply.data).into_response()
}
