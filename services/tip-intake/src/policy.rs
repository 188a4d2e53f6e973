//! What follows for tips from what happens to cases. Pure.

use case_domain::{CaseEvent, CaseState, ClosingReason, Progress};
use jurisdiction::{CaseId, TipId};
use platform::Follow;
use tip_domain::{FoundCase, MoveTip, NoteConflict, TellOutcome, TipCommand};

/// Every reporter of a closed case is told the outcome.
pub const CLOSED_CASE_IS_TOLD: &str = "tip-intake/closed-case-is-told";
/// And of a confirmed one, what was verified: disposal takes weeks, and the order does not let the reporter wait for it.
pub const CONFIRMED_SITE_IS_TOLD: &str = "tip-intake/confirmed-site-is-told";

/// So is the reporter of a tip that reaches its case only after that.
pub const LATE_TIP_IS_TOLD: &str = "tip-intake/late-tip-is-told";
/// Whoever may not know of a case may not know of its tips.
pub const CONFLICT: &str = "tip-intake/conflict-of-a-case-is-its-tips";

/// A tip is of the case in which its site is handled, also after merging and taking apart.
pub const TIPS_GO_ALONG: &str = "tip-intake/tips-go-along-with-their-case";

/// A command on a tip, with the policy that says so.
pub type Follows = Vec<(&'static str, TipId, TipCommand)>;

/// Whether anything follows from a fact of a case.
pub fn concerns_tips(event: &CaseEvent) -> bool {
    matches!(
        event,
        CaseEvent::CaseConfirmed { .. }
            | CaseEvent::CaseClosed { .. }
            | CaseEvent::CasesMerged { .. }
            | CaseEvent::CaseReopened { .. }
            | CaseEvent::TipLinked { .. }
            | CaseEvent::ConflictNoted { .. }
    )
}

/// All that follows from a fact of a case, in the order in which it is done; one numbering for all policies.
pub fn reactions(case: CaseId, event: &CaseEvent, after: &CaseState) -> Vec<Follow<TipCommand>> {
    let one = |(index, (policy, tip, command)): (usize, (&'static str, TipId, TipCommand))| Follow {
        policy,
        index,
        stream: format!("tip-{tip}"),
        command,
    };
    react(case, event, after)
        .into_iter()
        .enumerate()
        .map(one)
        .collect()
}

/// What follows from a fact of a case. `after` is the case right after it.
pub fn react(case: CaseId, event: &CaseEvent, after: &CaseState) -> Follows {
    let mut follows = moves(case, event, after);
    follows.extend(verified(case, event, after));
    follows.extend(telling(case, event, after));
    follows
}

/// Only the tips that are still of the case move; the domain sees to that.
fn moves(case: CaseId, event: &CaseEvent, after: &CaseState) -> Follows {
    let (from, to) = match (event, after.merged, after.unmerged_from) {
        (CaseEvent::CasesMerged { .. } | CaseEvent::TipLinked { .. }, Some((into, _)), _) => (case, into),
        (CaseEvent::CaseReopened { .. }, _, Some(from)) => (from, case),
        _ => return vec![],
    };
    let go = |tip: &TipId| (TIPS_GO_ALONG, *tip, TipCommand::Move(MoveTip { from, to }));
    after.tips.iter().map(go).collect()
}

fn telling(case: CaseId, event: &CaseEvent, after: &CaseState) -> Follows {
    let told = |text: String| {
        let of = Some(case);
        TipCommand::TellOutcome(TellOutcome {
            text,
            of,
            interim: false,
            case: FoundCase::default(),
        })
    };
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

/// What was verified, when it is and when another tip joins the case after that. Of a site that is confirmed once more the
/// reporters hear again; it is another finding.
fn verified(case: CaseId, event: &CaseEvent, after: &CaseState) -> Follows {
    let tips = match event {
        CaseEvent::CaseConfirmed { .. } => after.tips.as_slice(),
        CaseEvent::TipLinked { tip } if after.progress == Progress::Confirmed => std::slice::from_ref(tip),
        _ => return vec![],
    };
    let text = "您举报的点位经核查属实，正在依法处置。处置完毕并经上级检查确认后，会再次向您反馈结果。";
    let tell = |tip: &TipId| {
        let told = TellOutcome {
            text: text.to_owned(),
            of: Some(case),
            interim: true,
            case: FoundCase::default(),
        };
        (CONFIRMED_SITE_IS_TOLD, *tip, TipCommand::TellOutcome(told))
    };
    tips.iter().map(tell).collect()
}

/// In words for the reporter: what was found and done, and what the reporter can still do.
fn outcome(reason: &ClosingReason, summary: &str) -> String {
    let what = match reason {
        ClosingReason::Disposed => {
            "您举报的点位经核查属实，已依法处置完毕，并经上级逐级检查确认。".to_owned()
        }
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
            let department = department.name();
            format!("您举报的点位经核查，不属于违法违规小化工，已转请{department}依法处理。")
        }
    };
    let more = "如果您认为问题没有解决，可以凭查询码或者打举报电话要求重新办理。感谢您的监督。";
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

    const CASE: CaseId = CaseId::sample(7);

    fn closed(reason: ClosingReason) -> CaseEvent {
        CaseEvent::CaseClosed {
            reason,
            tips: vec![TipId::sample(1), TipId::sample(2)],
            summary: String::new(),
        }
    }

    #[test]
    fn given_a_closed_case_then_every_reporter_is_told() {
        let commands = react(CASE, &closed(ClosingReason::Disposed), &CaseState::default());
        let tips: Vec<_> = commands.iter().map(|(_, tip, _)| *tip).collect();
        assert_eq!(tips, [TipId::sample(1), TipId::sample(2)]);
    }
    #[test]
    fn given_another_department_is_competent_then_it_is_named() {
        let refer_to = Some(case_domain::Competent::Beyond("市生态环境局".to_owned()));
        let commands = react(
            CASE,
            &closed(ClosingReason::NotSmallChemical { refer_to }),
            &CaseState::default(),
        );
        assert!(
            matches!(&commands[0].2, TipCommand::TellOutcome(tell) if tell.text.contains("市生态环境局"))
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
        let commands = react(CASE, &confirmed, &after);
        let tips: Vec<_> = commands.iter().map(|(_, tip, _)| *tip).collect();
        assert_eq!(tips, [TipId::sample(1), TipId::sample(2)]);
        assert!(commands.iter().all(|(_, _, command)| {
            matches!(command, TipCommand::TellOutcome(tell) if tell.text.contains("核查属实") && tell.text.contains("再次"))
        }));
        let linked = CaseEvent::TipLinked {
            tip: TipId::sample(3),
        };
        let commands = react(CASE, &linked, &after);
        assert_eq!(
            (commands.len(), commands[0].1),
            (1, TipId::sample(3)),
            "and whoever joins later"
        );
        after.progress = Progress::Acknowledged;
        for nothing_verified in [linked, CaseEvent::CaseAcknowledged {}] {
            assert!(react(CASE, &nothing_verified, &after).is_empty());
        }
    }
    #[test]
    fn given_anything_else_then_nobody_is_told() {
        assert!(react(CASE, &CaseEvent::CaseAcknowledged {}, &CaseState::default()).is_empty());
    }
    #[test]
    fn given_a_tip_that_reaches_a_closed_case_then_its_reporter_is_told_at_once() {
        let linked = CaseEvent::TipLinked {
            tip: TipId::sample(3),
        };
        let mut after = CaseState::default();
        assert!(
            react(CASE, &linked, &after).is_empty(),
            "an open case tells when it closes"
        );
        after.closed = Some(ClosingReason::FoundClean);
        let commands = react(CASE, &linked, &after);
        let [(LATE_TIP_IS_TOLD, tip, TipCommand::TellOutcome(tell))] = &commands[..] else {
            panic!("{commands:?}")
        };
        assert_eq!(*tip, TipId::sample(3));
        assert!(tell.text.contains("未发现违法违规小化工"));
        let into = CaseId::sample(9);
        after.closed = Some(ClosingReason::Merged { into });
        assert!(
            react(CASE, &linked, &after).is_empty(),
            "it goes on in the other case"
        );
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
        let commands = react(CASE, &noted, &after);
        assert_eq!(commands.len(), 2);
        assert!(commands.iter().all(|(_, _, command)| {
            matches!(command, TipCommand::NoteConflict(note) if note.units == against.units)
        }));
    }
    #[test]
    fn given_merged_cases_then_their_tips_are_of_the_surviving_one_until_they_are_taken_apart() {
        let (tip, into) = (TipId::sample(1), CaseId::sample(9));
        let mut after = CaseState {
            tips: vec![tip],
            merged: Some((into, case_domain::Progress::Opened)),
            ..CaseState::default()
        };
        let merged = CaseEvent::CasesMerged {
            into,
            reason: "同一砖瓦厂".into(),
        };
        for event in [merged, CaseEvent::TipLinked { tip }] {
            let commands = react(CASE, &event, &after);
            assert!(matches!(
                &commands[..],
                [(TIPS_GO_ALONG, moved, TipCommand::Move(go))]
                    if *moved == tip && (go.from, go.to) == (CASE, into)
            ));
        }
        (after.merged, after.unmerged_from) = (None, Some(into));
        let reopened = CaseEvent::CaseReopened {
            reason: "并案有误".into(),
        };
        let commands = react(CASE, &reopened, &after);
        assert!(matches!(
            &commands[..],
            [(_, _, TipCommand::Move(go))] if (go.from, go.to) == (into, CASE)
        ));
        after.unmerged_from = None;
        assert!(react(CASE, &reopened, &after).is_empty(), "it was not merged");
    }
}
