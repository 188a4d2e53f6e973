//! What follows for tips from what happens to cases. Pure.

use case_domain::{CaseEvent, CaseState, ClosingReason};
use jurisdiction::TipId;
use tip_domain::{NoteConflict, TellOutcome, TipCommand};

/// Every reporter of a closed case is told the outcome.
pub(crate) const CLOSED_CASE_IS_TOLD: &str = "tip-intake/closed-case-is-told";

/// So is the reporter of a tip that reaches its case only after that.
pub(crate) const LATE_TIP_IS_TOLD: &str = "tip-intake/late-tip-is-told";
/// Whoever may not know of a case may not know of its tips.
pub(crate) const CONFLICT: &str = "tip-intake/conflict-of-a-case-is-its-tips";

/// Commands on tips that follow from a fact of a case, with the policy that says so. `after` is the case right after it.
pub(crate) fn react(event: &CaseEvent, after: &CaseState) -> Vec<(&'static str, TipId, TipCommand)> {
    match event {
        CaseEvent::CaseClosed {
            reason,
            tips,
            summary,
        } => {
            let tell = |tip: &TipId| (CLOSED_CASE_IS_TOLD, *tip, told(outcome(reason, summary)));
            tips.iter().map(tell).collect()
        }
        CaseEvent::TipLinked { tip } => match &after.closed {
            // The tip goes on with the surviving case.
            None | Some(ClosingReason::Merged { .. }) => vec![],
            Some(reason) => vec![(LATE_TIP_IS_TOLD, *tip, told(outcome(reason, "")))],
        },
        CaseEvent::ConflictNoted { against } => {
            let note = |tip: &TipId| {
                let note = NoteConflict {
                    units: against.units.clone(),
                    persons: against.persons.clone(),
                };
                (CONFLICT, *tip, TipCommand::NoteConflict(note))
            };
            after.tips.iter().map(note).collect()
        }
        _ => vec![],
    }
}

fn told(text: String) -> TipCommand {
    TipCommand::TellOutcome(TellOutcome { text })
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
    use jurisdiction::{Against, CaseId, UnitCode};

    fn closed(reason: ClosingReason) -> CaseEvent {
        CaseEvent::CaseClosed {
            reason,
            tips: vec![TipId::sample(1), TipId::sample(2)],
            summary: String::new(),
        }
    }

    #[test]
    fn given_a_closed_case_then_every_reporter_is_told() {
        let commands = react(&closed(ClosingReason::Disposed), &CaseState::default());
        let tips: Vec<_> = commands.iter().map(|(_, tip, _)| *tip).collect();
        assert_eq!(tips, [TipId::sample(1), TipId::sample(2)]);
    }
    #[test]
    fn given_another_department_is_competent_then_it_is_named() {
        let refer_to = Some("市生态环境局".to_owned());
        let commands = react(
            &closed(ClosingReason::NotSmallChemical { refer_to }),
            &CaseState::default(),
        );
        assert!(
            matches!(&commands[0].2, TipCommand::TellOutcome(tell) if tell.text.contains("市生态环境局"))
        );
    }
    #[test]
    fn given_anything_else_then_nobody_is_told() {
        assert!(react(&CaseEvent::CaseAcknowledged {}, &CaseState::default()).is_empty());
    }
    #[test]
    fn given_a_tip_that_reaches_a_closed_case_then_its_reporter_is_told_at_once() {
        let linked = CaseEvent::TipLinked {
            tip: TipId::sample(3),
        };
        let mut after = CaseState::default();
        assert!(
            react(&linked, &after).is_empty(),
            "an open case tells when it closes"
        );
        after.closed = Some(ClosingReason::FoundClean);
        let commands = react(&linked, &after);
        let [(LATE_TIP_IS_TOLD, tip, TipCommand::TellOutcome(tell))] = &commands[..] else {
            panic!("{commands:?}")
        };
        assert_eq!(*tip, TipId::sample(3));
        assert!(tell.text.contains("未发现违法违规小化工"));
        let into = CaseId::sample(9);
        after.closed = Some(ClosingReason::Merged { into });
        assert!(react(&linked, &after).is_empty(), "it goes on in the other case");
    }
    #[test]
    fn given_a_conflict_of_a_case_then_all_its_tips_are_kept_from_the_same_people() {
        let against = Against::unit(UnitCode::of("321322102"));
        let after = CaseState {
            tips: vec![TipId::sample(1), TipId::sample(2)],
            ..CaseState::default()
        };
        let noted = CaseEvent::ConflictNoted {
            against: against.clone(),
        };
        let commands = react(&noted, &after);
        assert_eq!(commands.len(), 2);
        assert!(commands.iter().all(|(_, _, command)| {
            matches!(command, TipCommand::NoteConflict(note) if note.units == against.units)
        }));
    }
}
