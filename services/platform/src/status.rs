//! From refusal or fault to gRPC status: code, Chinese sentence, and `google.rpc.ErrorInfo` for machines.

use crate::{ExecuteError, PlatformRefusal, StoreError};
use decider::{Kind, Reason, Refusal};
use std::collections::HashMap;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

const DOMAIN: &str = "mingcha";

/// A refusal without further detail.
pub fn refuse(refusal: impl Refusal) -> Status {
    status_of(refusal.reason(), None)
}

/// A refusal whose sentence is completed by what exactly is wrong.
pub fn refuse_with(refusal: impl Refusal, detail: &str) -> Status {
    status_of(refusal.reason(), Some(("", detail)))
}

/// A malformed request: names the field and the rule.
pub fn invalid(field: &str, rule: &str) -> Status {
    status_of(PlatformRefusal::BadShape.reason(), Some((field, rule)))
}

/// The status for a reason; `detail` is (field, what exactly).
pub fn status_of(reason: &'static Reason, detail: Option<(&str, &str)>) -> Status {
    let code = match reason.kind {
        Kind::Invalid => Code::InvalidArgument,
        Kind::NotFound => Code::NotFound,
        Kind::Forbidden => Code::PermissionDenied,
        Kind::Conflict => Code::FailedPrecondition,
    };
    let (field, detail) = detail.unwrap_or(("", ""));
    let field = if field.is_empty() { reason.field } else { field };
    let message = if detail.is_empty() {
        reason.says.to_owned()
    } else {
        format!("{}{detail}", reason.says)
    };
    with_info(
        code,
        reason.code,
        message,
        [
            ("field", field),
            ("remedy", reason.remedy),
            ("source", reason.source),
        ],
    )
}

fn with_info<'a>(
    code: Code,
    reason: &str,
    message: String,
    metadata: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Status {
    let metadata: HashMap<String, String> = metadata
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    Status::with_error_details(
        code,
        message,
        ErrorDetails::with_error_info(reason, DOMAIN, metadata),
    )
}

impl From<ExecuteError> for Status {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Refused(reason) => status_of(reason, None),
            ExecuteError::Contended => refuse(PlatformRefusal::StaleRevision),
            ExecuteError::Outdated { seen, now } => outdated(seen, now),
            ExecuteError::Store(error) => error.into(),
            ExecuteError::Unreadable(error) => unreadable(&error.to_string()),
        }
    }
}

impl From<StoreError> for Status {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => refuse(PlatformRefusal::StaleRevision),
            StoreError::TooLarge => refuse(PlatformRefusal::TooLarge),
            StoreError::Unavailable(reason) => {
                tracing::error!(%reason, "event store unavailable");
                let says = "系统暂时无法保存，您的操作还没有生效。".to_owned();
                let remedy = ("remedy", "请稍等一分钟再试；如仍不行，请联系系统管理员。");
                with_info(Code::Unavailable, "platform.store_unavailable", says, [remedy])
            }
            StoreError::Refused(reason) => unreadable(&reason),
            error @ StoreError::Unreadable { .. } => unreadable(&error.to_string()),
        }
    }
}

/// What the caller saw is no longer so: a status of its own, because sending the same again will not help.
fn outdated(seen: u64, now: Option<u64>) -> Status {
    let reason = PlatformRefusal::OutdatedView.reason();
    let now = now.map_or_else(String::new, |now| now.to_string());
    let told = [
        ("field", reason.field),
        ("remedy", reason.remedy),
        ("source", reason.source),
        ("seen_revision", &seen.to_string()),
        ("revision", &now),
    ];
    with_info(Code::Aborted, reason.code, reason.says.to_owned(), told)
}

/// What cannot be answered just now: in words for people, who wait and try again. A bare status would not reach them.
pub fn away(says: impl Into<String>, remedy: &str) -> Status {
    with_info(
        Code::Unavailable,
        "platform.not_ready",
        says.into(),
        [("remedy", remedy)],
    )
}

/// A fault of ours, in words for people; what exactly is wrong is for the log.
pub fn broken(says: &str, remedy: &str) -> Status {
    with_info(
        Code::Internal,
        "platform.internal",
        says.to_owned(),
        [("remedy", remedy)],
    )
}

/// The service has not read the directory yet.
pub(crate) fn starting() -> Status {
    let says = "系统正在启动，您的操作还没有生效。".to_owned();
    let remedy = ("remedy", "请稍等几秒钟再试。");
    with_info(Code::Unavailable, "platform.starting", says, [remedy])
}

/// A fault of ours, not of the caller: logged in full, told in brief.
fn unreadable(reason: &str) -> Status {
    tracing::error!(reason, "history cannot be read or written");
    broken("系统内部出错，您的操作没有生效。", "请把出错时间告诉系统管理员。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_says_too_much_is_told_so() {
        let status = Status::from(StoreError::TooLarge);
        let info = status.get_details_error_info().expect("a reason");
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_eq!(info.reason, PlatformRefusal::TooLarge.reason().code);
    }
    #[test]
    fn what_cannot_be_answered_just_now_is_said_in_words() {
        let status = away("照片库暂时不可用。", "请稍后再试。");
        let info = status.get_details_error_info().expect("a reason");
        assert_eq!(
            (status.code(), status.message()),
            (Code::Unavailable, "照片库暂时不可用。")
        );
        assert_eq!(
            info.metadata.get("remedy").map(String::as_str),
            Some("请稍后再试。")
        );
    }
    #[test]
    fn who_was_overtaken_is_told_to_look_again() {
        for status in [
            Status::from(ExecuteError::Contended),
            Status::from(StoreError::Conflict),
        ] {
            let info = status.get_details_error_info().expect("a reason");
            assert_eq!(status.code(), Code::FailedPrecondition);
            assert_eq!(info.reason, PlatformRefusal::StaleRevision.reason().code);
        }
    }
}
