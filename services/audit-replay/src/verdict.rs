//! The outcome of a verification as text for the terminal.

use mingcha_proto::audit::{VerifyChainResponse, VerifyFinding};
use std::fmt::Write;

/// What was looked at, how each invariant fared, and every finding with its place.
pub fn render_verdict(verdict: &VerifyChainResponse) -> String {
    let mut text = String::new();
    let outcome = if verdict.whole {
        "历史完整"
    } else {
        "历史有问题"
    };
    let _ = writeln!(
        text,
        "{outcome}：核对 {} 个记录流、{} 条记录，至位置 {}",
        verdict.streams, verdict.events, verdict.position
    );
    for fared in &verdict.invariants {
        let mark = if fared.findings == 0 { "✓" } else { "✗" };
        let _ = write!(text, "  {mark} {}", fared.title);
        if fared.findings > 0 {
            let _ = write!(text, "：{} 处", fared.findings);
        }
        if fared.pending > 0 {
            let _ = write!(text, "（另有 {} 处尚待后续）", fared.pending);
        }
        text.push('\n');
    }
    let (pending, found): (Vec<_>, Vec<_>) = verdict.findings.iter().partition(|finding| finding.pending);
    list(&mut text, "问题", &found);
    list(&mut text, "尚待后续，不计为问题", &pending);
    text
}

fn list(text: &mut String, heading: &str, findings: &[&VerifyFinding]) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{heading}");
    for finding in findings {
        let rule = finding.invariant.as_ref();
        let rule = rule.map_or_else(String::new, |rule| format!("{rule}："));
        let _ = writeln!(
            text,
            "  {}@{}  位置 {}  {rule}{}",
            finding.stream, finding.revision, finding.position, finding.says
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_proto::audit::VerifiedInvariant;

    #[test]
    fn findings_are_told_with_their_place_and_what_may_yet_come_apart() {
        let finding = |pending| VerifyFinding {
            code: "one_owner".into(),
            stream: "case-7".into(),
            revision: 3,
            position: 99,
            says: "签收的不是责任单位。".into(),
            invariant: Some("责任单位唯一".into()),
            pending,
        };
        let verdict = VerifyChainResponse {
            events: 12,
            streams: 6,
            position: 99,
            findings: vec![finding(false), finding(true)],
            invariants: vec![VerifiedInvariant {
                code: "one_owner".into(),
                title: "责任单位唯一".into(),
                findings: 1,
                pending: 1,
            }],
            ..VerifyChainResponse::default()
        };
        let expected = "历史有问题：核对 6 个记录流、12 条记录，至位置 99\n  ✗ 责任单位唯一：1 处（另有 1 处尚待后续）\n\n\
                        问题\n  case-7@3  位置 99  责任单位唯一：签收的不是责任单位。\n\n\
                        尚待后续，不计为问题\n  case-7@3  位置 99  责任单位唯一：签收的不是责任单位。\n";
        assert_eq!(render_verdict(&verdict), expected);
    }
}
