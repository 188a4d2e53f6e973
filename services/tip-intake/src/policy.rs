//! What follows for tips from what happens to cases. Pure.

use case_domain::{CaseEvent, CaseState, ClosingReason, Progress};
use jurisdiction::TipId;
use tip_domain::{TellOutcome, TipCommand};

/// Every reporter of a closed case is told the outcome.
pub(crate) const CLOSED_CASE_IS_TOLD: &str = "tip-intake/closed-case-is-told";
/// And of a confirmed one, what was verified: disposal takes weeks, and the order does not let the reporter wait for it.
pub(crate) const CONFIRMED_SITE_IS_TOLD: &str = "tip-intake/confirmed-site-is-told";

/// Commands on tips that follow from a fact of a case.
pub(crate) fn react(event: &CaseEvent) -> Vec<(TipId, TipCommand)> {
    let CaseEvent::CaseClosed {
        reason,
        tips,
        summary,
    } = event
    else {
        return vec![];
    };
    let text = outcome(reason, summary);
    tips.iter()
        .map(|tip| (*tip, TipCommand::TellOutcome(TellOutcome { text: text.clone() })))
        .collect()
}

/// Commands on the tips of a verified case, when it is verified and when another tip joins it: `after` is the case right after
/// the event. Of a site that is confirmed once more the reporters hear again; it is another finding.
pub(crate) fn on_verified(event: &CaseEvent, after: &CaseState) -> Vec<(TipId, TipCommand)> {
    let tips = match event {
        CaseEvent::CaseConfirmed { .. } => after.tips.as_slice(),
        CaseEvent::TipLinked { tip } if after.progress == Progress::Confirmed => std::slice::from_ref(tip),
        _ => return vec![],
    };
    let text = "您举报的点位经核查属实，正在依法处置。处置完成并逐级复核销号后，会再次向您反馈结果。";
    let tell = |tip: &TipId| {
        (
            *tip,
            TipCommand::TellOutcome(TellOutcome {
                text: text.to_owned(),
            }),
        )
    };
    tips.iter().map(tell).collect()
}

/// In words for the reporter: what was found and done, and what the reporter can still do.
fn outcome(reason: &ClosingReason, summary: &str) -> String {
    let what = match reason {
        ClosingReason::Disposed => "您举报的点位经核查属实，已依法处置并逐级复核销号。".to_owned(),
        // Its reporters hear of the outcome of the case that goes on; nobody is told here.
        ClosingReason::Merged { .. } => "您举报的点位已与同一点位的另一案件并案办理。".to_owned(),
        ClosingReason::FoundClean => {
            "您举报的点位经现场核查，未发现违法违规小化工，核查结论已由上级复核。".to_owned()
        }
        ClosingReason::NotSmallChemical { refer_to: None } => {
            "您举报的点位经核查，不属于违法违规小化工。".to_owned()
        }
        ClosingReason::NotSmallChemical {
            refer_to: Some(department),
        } => {
            format!("您举报的点位经核查，不属于违法违规小化工，已转请{department}依法处理。")
        }
    };
    let more = "如果您认为问题没有解决，可以凭查询码补充情况。感谢您的监督。";
    if summary.trim().is_empty() {
        format!("{what}{more}")
    } else {
        format!(
            "{what}{summary}。{more}",
            summary = summary.trim_end_matches('。')
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(reason: ClosingReason) -> CaseEvent {
        CaseEvent::CaseClosed {
            reason,
            tips: vec![TipId::sample(1), TipId::sample(2)],
            summary: String::new(),
        }
    }

    #[test]
    fn given_a_closed_case_then_every_reporter_is_told() {
        let commands = react(&closed(ClosingReason::Disposed));
        let tips: Vec<_> = commands.iter().map(|(tip, _)| *tip).collect();
        assert_eq!(tips, [TipId::sample(1), TipId::sample(2)]);
    }
    #[test]
    fn given_another_department_is_competent_then_it_is_named() {
        let refer_to = Some("市生态环境局".to_owned());
        let commands = react(&closed(ClosingReason::NotSmallChemical { refer_to }));
        assert!(
            matches!(&commands[0].1, TipCommand::TellOutcome(tell) if tell.text.contains("市生态环境局"))
        );
    }
    #[test]
    fn given_a_confirmed_site_then_every_reporter_is_told_what_was_verified_and_that_more_will_follow() {
        let confirmed = CaseEvent::CaseConfirmed {
            class: case_domain::Class::C,
            owner: jurisdiction::UnitCode::of("321322102"),
            place: case_domain::Place::default(),
            summary: String::new(),
            urgency: jurisdiction::Urgency::Normal,
        };
        let mut after = CaseState {
            tips: vec![TipId::sample(1), TipId::sample(2)],
            progress: Progress::Confirmed,
            ..CaseState::default()
        };
        let commands = on_verified(&confirmed, &after);
        let tips: Vec<_> = commands.iter().map(|(tip, _)| *tip).collect();
        assert_eq!(tips, [TipId::sample(1), TipId::sample(2)]);
        assert!(commands.iter().all(|(_, command)| {
            matches!(command, TipCommand::TellOutcome(tell) if tell.text.contains("核查属实") && tell.text.contains("再次"))
        }));
        let linked = CaseEvent::TipLinked {
            tip: TipId::sample(3),
        };
        let commands = on_verified(&linked, &after);
        assert_eq!(
            (commands.len(), commands[0].0),
            (1, TipId::sample(3)),
            "and whoever joins later"
        );
        after.progress = Progress::Acknowledged;
        for nothing_verified in [linked, CaseEvent::CaseAcknowledged {}] {
            assert!(on_verified(&nothing_verified, &after).is_empty());
        }
    }
    #[test]
    fn given_anything_else_then_nobody_is_told() {
        assert!(react(&CaseEvent::CaseAcknowledged {}).is_empty());
    }
}
