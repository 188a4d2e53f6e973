//! The one way in which a list is written down before it is hashed, so that anybody can recompute the digest.

use crate::{LowerReport, ReportId, ReportLine};
use serde::Serialize;

/// UTF-8 JSON without blanks, fields in this order, lines by case, lower reports by unit; its SHA-256 is the digest.
pub fn canonical_list(
    report: &ReportId,
    position: u64,
    list: &[ReportLine],
    lower: &[LowerReport],
) -> String {
    #[derive(Serialize)]
    struct Canonical<'a> {
        report: &'a ReportId,
        position: u64,
        list: Vec<&'a ReportLine>,
        lower: Vec<&'a LowerReport>,
    }
    let mut canonical = Canonical {
        report,
        position,
        list: list.iter().collect(),
        lower: lower.iter().collect(),
    };
    canonical.list.sort_by_key(|line| line.case);
    canonical.lower.sort_by_key(|report| &report.unit);
    // Plain structs with text keys always serialise.
    serde_json::to_string(&canonical).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Digest;
    use jurisdiction::{CaseId, StaffId, UnitCode};

    fn line(case: u128) -> ReportLine {
        ReportLine {
            case: CaseId::sample(case),
            state: "closed".into(),
            class: Some("C".into()),
            place: "老砖瓦厂".into(),
        }
    }
    fn lower(unit: &str) -> LowerReport {
        LowerReport {
            unit: UnitCode::of(unit),
            digest: Digest::sample(1),
            signed_by: Some(StaffId::of("leader")),
        }
    }
    fn report() -> ReportId {
        "321322102-sweep".parse().expect("a report")
    }

    #[test]
    fn the_order_of_the_list_does_not_matter_and_every_field_does() {
        let write = |list: &[ReportLine], below: &[LowerReport]| canonical_list(&report(), 7, list, below);
        let (a, b) = (lower("321322102201"), lower("321322102202"));
        let text = write(&[line(1), line(2)], &[a.clone(), b.clone()]);
        assert_eq!(text, write(&[line(2), line(1)], &[b.clone(), a.clone()]));
        let mut other = line(2);
        other.class = None;
        assert_ne!(text, write(&[line(1), other], &[a.clone(), b]));
        assert_ne!(text, write(&[line(1), line(2)], &[a]));
    }

    #[test]
    fn the_spelling_is_fixed_for_ever() {
        assert_eq!(
            canonical_list(&report(), 7, &[line(1)], &[]),
            r#"{"report":{"unit":"321322102","stage":"sweep"},"position":7,"list":[{"case":"00000000-0000-0000-0000-000000000001","state":"closed","class":"C","place":"老砖瓦厂"}],"lower":[]}"#
        );
    }
}
