//! A fixed small number of simulated years: everything holds, every cheat was refused, and a seed is a history.

use simulation::{Settings, Year, simulate};
use std::collections::BTreeSet;

const SEEDS: [u64; 3] = [4, 7, 9];

/// What the campaign's order forbids is tried, by somebody who gains from it, and refused for the right reason.
const CHEATS: [&str; 101] = [
    "accountability.already_accepted",
    "accountability.already_answered",
    "accountability.due_in_the_past",
    "accountability.evidence_missing",
    "accountability.judges_own",
    "accountability.not_a_supervisor",
    "accountability.not_addressed",
    "accountability.not_supervised",
    "accountability.not_the_office",
    "accountability.not_the_units_leader",
    "accountability.not_the_units_task",
    "accountability.not_under_special_supervision",
    "accountability.nothing_answered",
    "accountability.still_above_thresholds",
    "accountability.takes_no_tasks",
    "case.bare_no",
    "case.clean_after_identification",
    "case.clean_needs_photo",
    "case.co_handler_unfit",
    "case.conflict_of_interest",
    "case.deadline_expired",
    "case.designated_cannot_return",
    "case.doubtful_goes_to_county",
    "case.extended_before",
    "case.extension_too_long",
    "case.inspected_in_future",
    "case.no_extension_requested",
    "case.not_a_co_handler",
    "case.not_acknowledged",
    "case.not_assigner",
    "case.not_county",
    "case.not_extension_approver",
    "case.not_found",
    "case.not_inspector",
    "case.not_owner",
    "case.not_reassigner",
    "case.not_reviewer",
    "disposal.already_answered",
    "disposal.already_exposed",
    "disposal.already_referred",
    "disposal.evidence_used",
    "disposal.level_skipped",
    "disposal.measures_open",
    "disposal.names_a_person",
    "disposal.no_exposure_proposed",
    "disposal.not_an_enterprise",
    "disposal.not_exposed",
    "disposal.not_exposer",
    "disposal.not_receiver",
    "disposal.not_reviewer",
    "disposal.not_to_be_exposed",
    "disposal.outside_subtree",
    "disposal.own_work",
    "disposal.plan_not_approved",
    "disposal.same_evidence",
    "draw.already_made",
    "draw.cancelled",
    "draw.not_canceller",
    "draw.seed_malformed",
    "draw.too_early",
    "outdated",
    "report.accepted_already",
    "report.already_guaranteed",
    "report.digest_differs",
    "report.filed_already",
    "report.lower_report_changed",
    "report.not_a_supervisor",
    "report.not_drafted",
    "report.not_filed",
    "report.not_filer",
    "report.not_first_responsible",
    "report.not_level_above",
    "report.not_of_acceptance",
    "report.not_sealed",
    "report.not_sealer",
    "report.not_signed",
    "report.signed_above",
    "report.signed_already",
    "report.stage_not_over",
    "tip.already_screened",
    "tip.erased",
    "tip.no_reveal_pending",
    "tip.no_reward_proposed",
    "tip.not_custodian",
    "tip.not_dispatcher",
    "tip.not_eraser",
    "tip.not_reviewer",
    "tip.not_reward_approver",
    "tip.not_second_custodian",
    "tip.own_reward",
    "tip.reveal_expired",
    "tip.reveal_not_approved",
    "tip.reveal_not_yours",
    "tip.reveal_own_request",
    "tip.reveal_pending",
    "tip.reveal_same_post",
    "tip.reward_not_approved",
    "tip.reward_not_first",
    "tip.reward_pending",
    "tip.rewarded_stays",
    "tip.under_review",
];

/// A year in which nothing was late, reopened or contradicted would prove little.
const EVENTFUL: [&str; 47] = [
    "accountability.clock_moved.v1",
    "accountability.explanation_judged.v1",
    "accountability.failure_explained.v1",
    "accountability.failure_recorded.v1",
    "accountability.finding_judged.v1",
    "accountability.inquiry_closed.v1",
    "accountability.referred_to_discipline.v1",
    "accountability.special_supervision_closed.v1",
    "accountability.special_supervision_opened.v1",
    "accountability.task_accepted.v1",
    "accountability.task_returned.v1",
    "calendar.year_set.v1",
    "case.co_handler_added.v1",
    "case.co_handler_removed.v1",
    "case.designated.v1",
    "case.extension_granted.v1",
    "case.extension_refused.v1",
    "case.merged.v1",
    "case.reopened.v1",
    "case.tip_unlinked.v1",
    "disposal.exposure_published.v1",
    "disposal.exposure_withdrawn.v1",
    "disposal.merged.v1",
    "disposal.recheck_passed.v1",
    "disposal.referral_answered.v1",
    "disposal.relapse_found.v1",
    "disposal.review_failed.v1",
    "disposal.spot_check_failed.v1",
    "draw.cancelled.v1",
    "report.acceptance_refused.v1",
    "report.accepted.v1",
    "report.contradicted.v1",
    "report.filed.v1",
    "report.guarantee_given.v1",
    "report.returned.v1",
    "tip.danger_raised.v1",
    "tip.diverted.v1",
    "tip.identity_reveal_refused.v1",
    "tip.identity_revealed.v1",
    "tip.not_fixed_said.v1",
    "tip.outcome_told.v1",
    "tip.reporter_erased.v1",
    "tip.reward_paid.v1",
    "tip.reward_refused.v1",
    "tip.screening_objected.v1",
    "tip.screening_reconsidered.v1",
    "unit.handed_over.v1",
];

/// What goes wrong with machines and messages in every year.
const MISHAPS: [&str; 7] = [
    "clocks jumped",
    "crashed before acknowledging",
    "crashed half-way",
    "dead letter",
    "heard from the beginning",
    "killed",
    "redelivered",
];

fn settings() -> Settings {
    Settings {
        tips: 120,
        look_every: jiff::SignedDuration::from_hours(24 * 7),
        ..Settings::default()
    }
}

fn years(seeds: &[u64]) -> Vec<Year> {
    let year = |seed: &u64| {
        let seed = *seed;
        std::thread::spawn(move || simulate(seed, settings()))
    };
    let begun: Vec<_> = seeds.iter().map(year).collect();
    let ended = begun.into_iter().map(|year| year.join().expect("a year ends"));
    ended.collect()
}

#[test]
fn years_hold_and_are_hard_enough() {
    let years = years(&SEEDS);
    for year in &years {
        let failures: Vec<String> = year.failures.iter().map(ToString::to_string).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
    for year in &years {
        let happened = |what: &&&str| year.mishaps.get(**what).is_some_and(|count| *count > 0);
        let missing: Vec<_> = MISHAPS.iter().filter(|what| !happened(what)).collect();
        assert!(missing.is_empty(), "seed {}: never {missing:?}", year.seed);
    }
    let refused: BTreeSet<&str> = years
        .iter()
        .flat_map(|year| year.refusals.keys().copied())
        .collect();
    let missing: Vec<_> = CHEATS.iter().filter(|code| !refused.contains(*code)).collect();
    assert!(missing.is_empty(), "never refused: {missing:?}, only {refused:?}");
    let names = years.iter().flat_map(|year| year.names.keys());
    let happened: BTreeSet<&str> = names.map(String::as_str).collect();
    let missing: Vec<_> = EVENTFUL.iter().filter(|name| !happened.contains(*name)).collect();
    assert!(missing.is_empty(), "never happened: {missing:?}");
}

#[test]
fn the_same_seed_is_the_same_history_and_another_seed_is_not() {
    let digests: Vec<String> = years(&[7, 7, 8]).into_iter().map(|year| year.digest).collect();
    assert_eq!(digests[0], digests[1]);
    assert_ne!(digests[0], digests[2]);
}
