//! Asks the ledger for the list that a report is drafted from, and recomputes its digest.

use hex::encode;
use jurisdiction::{CaseId, UnitCode};
use mingcha_proto::ledger::ledger_client::LedgerClient;
use mingcha_proto::ledger::{DraftListRequest, DraftListResponse};
use mingcha_proto::reporting::DraftReportRequest;
use platform::connect_lazily;
use report_domain::{Digest, DraftReport, LowerReport, ReportId, ReportLine, canonical_list};
use sha2::{Digest as _, Sha256};
use tonic::transport::Channel;
use tonic::{Request, Status};

/// What passes on unchanged from whoever asks: the ledger decides by itself what that person may see.
const PASSED_ON: [&str; 2] = ["authorization", "traceparent"];

/// The ledger, wherever it is.
#[derive(Clone)]
pub(crate) struct Ledger {
    client: LedgerClient<Channel>,
}

impl Ledger {
    /// # Errors
    /// If the address is malformed.
    pub(crate) fn at(address: &str) -> Result<Self, tonic::transport::Error> {
        let channel = connect_lazily(address)?;
        let client = LedgerClient::new(channel).max_decoding_message_size(platform::LARGEST_MESSAGE);
        Ok(Self { client })
    }

    /// The command that drafts a report from what the ledger knows.
    ///
    /// # Errors
    /// If the ledger is away or refuses, or its digest is not that of its list.
    pub(crate) async fn draft(
        &self,
        report: &ReportId,
        asked: &Request<DraftReportRequest>,
    ) -> Result<DraftReport, Status> {
        let mut request = Request::new(DraftListRequest {
            unit: report.unit.to_string(),
            stage: report.stage.clone(),
            wait_for_position: asked.get_ref().wait_for_position,
        });
        for name in PASSED_ON {
            if let Some(value) = asked.metadata().get(name) {
                request.metadata_mut().insert(name, value.clone());
            }
        }
        let drawn = self.client.clone().draft_list(request).await;
        let drawn = drawn.map_err(|status| told(&status))?.into_inner();
        checked(report, &drawn).map_err(|reason| {
            tracing::error!(%report, reason, "the ledger's list cannot be drafted from");
            platform::broken("台账给出的清单与其摘要不一致，没有起草。", "请联系系统管理员。")
        })
    }
}

/// A ledger that is away is our trouble; what it refuses, it refuses to whoever asked.
fn told(status: &Status) -> Status {
    if platform::is_away(status) {
        tracing::warn!(%status, "the ledger is away");
        return platform::away("台账暂时不可用，没有起草。", "请稍等一分钟再试。");
    }
    let details = status.details().to_vec().into();
    Status::with_details(status.code(), status.message(), details)
}

/// The draft, if list, position and lower reports are exactly what the digest stands for.
fn checked(report: &ReportId, drawn: &DraftListResponse) -> Result<DraftReport, String> {
    let lines = drawn.lines.iter().map(|line| {
        Ok(ReportLine {
            case: line.case_id.parse::<CaseId>().map_err(|e| e.to_string())?,
            state: line.state.clone(),
            class: line.class.clone(),
            place: line.place.clone(),
        })
    });
    let list = lines.collect::<Result<Vec<_>, String>>()?;
    let lower = drawn.lower.iter().map(|below| {
        let digest = below.digest.as_deref().and_then(Digest::parse);
        let signed_by = below.signed_by.as_deref().map(str::parse).transpose();
        Ok(LowerReport {
            unit: below.unit.parse::<UnitCode>()?,
            digest: digest.ok_or("下级上报没有摘要")?,
            signed_by: signed_by?,
        })
    });
    let lower = lower.collect::<Result<Vec<_>, String>>()?;
    let canonical = canonical_list(report, drawn.list_position, &list, &lower);
    let digest = encode(Sha256::digest(canonical.as_bytes()));
    if digest != drawn.digest {
        return Err(format!(
            "digest {} of the ledger, {digest} of its list",
            drawn.digest
        ));
    }
    Ok(DraftReport {
        report: report.clone(),
        position: drawn.list_position,
        digest: Digest::parse(&digest).ok_or("no digest")?,
        list,
        lower,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_proto::ledger::DraftLine;

    fn report() -> ReportId {
        "321322102-sweep".parse().expect("a report")
    }
    fn drawn() -> DraftListResponse {
        let case = CaseId::sample(7);
        let line = ReportLine {
            case,
            state: "confirmed".into(),
            class: Some("C".into()),
            place: "老砖瓦厂".into(),
        };
        let lower = LowerReport {
            unit: UnitCode::of("321322102201"),
            digest: Digest::sample(1),
            signed_by: Some(jurisdiction::StaffId::of("leader-321322102201")),
        };
        let canonical = canonical_list(&report(), 41, &[line], &[lower]);
        DraftListResponse {
            lines: vec![DraftLine {
                case_id: case.to_string(),
                state: "confirmed".into(),
                class: Some("C".into()),
                place: "老砖瓦厂".into(),
                state_title: "处置中".into(),
            }],
            lower: vec![mingcha_proto::ledger::LowerReport {
                unit: "321322102201".into(),
                digest: Some(Digest::sample(1).as_str().into()),
                signed_by: Some("leader-321322102201".into()),
                ..Default::default()
            }],
            digest: encode(Sha256::digest(canonical.as_bytes())),
            list_position: 41,
            ..Default::default()
        }
    }

    #[test]
    fn a_list_under_its_own_digest_is_drafted() {
        let draft = checked(&report(), &drawn()).expect("a draft");
        assert_eq!((draft.position, draft.list.len(), draft.lower.len()), (41, 1, 1));
        assert_eq!(draft.digest.as_str(), drawn().digest);
    }
    #[test]
    fn a_ledger_that_dies_in_the_middle_of_its_answer_is_away() {
        let broken = Status::from_error(Box::new(std::io::Error::other("h2 protocol error")));
        assert_eq!(told(&broken).code(), tonic::Code::Unavailable);
        let refused = Status::permission_denied("没有这个权限");
        assert_eq!(told(&refused).code(), tonic::Code::PermissionDenied);
    }
    #[test]
    fn a_list_that_differs_in_anything_is_not() {
        let changes: [fn(&mut DraftListResponse); 5] = [
            |drawn| drawn.lines.clear(),
            |drawn| drawn.lines[0].place = "另一处".into(),
            |drawn| drawn.lower.clear(),
            |drawn| drawn.list_position += 1,
            |drawn| drawn.digest = Digest::sample(2).as_str().into(),
        ];
        for change in changes {
            let mut altered = drawn();
            change(&mut altered);
            assert!(checked(&report(), &altered).is_err());
        }
    }
}
