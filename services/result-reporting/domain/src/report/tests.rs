//! Given/when/then of the area report: guarantee, draft, and what holds for every history.

use super::*;
use crate::*;
use decider::scenario::Scenario;
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Role, StaffId, sample};
use proptest::prelude::*;

mod acceptance;
mod ends;
mod finds;
mod merged;
mod turns;
mod upwards;

/// The last day of the sweep, on which it is reported.
const LAST_DAY: &str = "2020-06-30T01:00:00Z";

fn at_the_end() -> Scenario<Report> {
    Scenario::new().at(LAST_DAY)
}
fn leader(unit: &str) -> Actor {
    sample::acting(Role::Leader, unit)
}
fn handler(unit: &str) -> Actor {
    sample::acting(Role::Handler, unit)
}
fn policy() -> Actor {
    Actor::system("result-reporting/test")
}
fn lower(unit: &str) -> LowerReport {
    LowerReport {
        unit: UnitCode::of(unit),
        digest: Digest::sample(9),
        signed_by: Some(StaffId::of(&format!("leader-{unit}"))),
    }
}
fn a_draft(unit: &str) -> DraftReport {
    a_draft_of(unit, "sweep")
}
fn a_draft_of(unit: &str, stage: &str) -> DraftReport {
    let below: &[&str] = match unit {
        sample::TOWNSHIP => &[sample::VILLAGE, sample::OTHER_VILLAGE],
        sample::COUNTY => &[sample::TOWNSHIP, sample::OTHER_TOWNSHIP],
        _ => &[],
    };
    DraftReport {
        report: ReportId {
            unit: UnitCode::of(unit),
            stage: stage.into(),
        },
        position: 4711,
        digest: Digest::sample(1),
        list: vec![line(7)],
        lower: below.iter().map(|unit| lower(unit)).collect(),
    }
}
fn line(case: u128) -> ReportLine {
    ReportLine {
        case: CaseId::sample(case),
        state: "confirmed".into(),
        class: Some("C".into()),
        place: "老砖瓦厂".into(),
    }
}
fn draft(command: DraftReport) -> ReportCommand {
    ReportCommand::Draft(command)
}
fn sign() -> ReportCommand {
    signing(lowest())
}
fn signing(lower: Vec<LowerReport>) -> ReportCommand {
    ReportCommand::Sign(SignReport {
        digest: Digest::sample(1),
        lower,
        signed_further_down: vec![],
    })
}
/// Every report below, signed by whoever it takes.
fn lowest() -> Vec<LowerReport> {
    let units = [
        sample::VILLAGE,
        sample::OTHER_VILLAGE,
        sample::TOWNSHIP,
        sample::OTHER_TOWNSHIP,
    ];
    units.map(lower).into()
}
fn seal() -> ReportCommand {
    ReportCommand::Seal(SealReport {
        digest: Digest::sample(1),
    })
}
fn file() -> ReportCommand {
    ReportCommand::File(FileReport {
        number: "宿安备〔2020〕3号".into(),
    })
}
fn send_back() -> ReportCommand {
    sending_back(Progress::Absent)
}
fn sending_back(above: Progress) -> ReportCommand {
    ReportCommand::Return(ReturnReport {
        reason: "示范二村的底数与供电清单不符".into(),
        above,
    })
}
fn accept() -> ReportCommand {
    ReportCommand::Accept(AcceptReport { note: String::new() })
}
fn refuse_acceptance() -> ReportCommand {
    ReportCommand::RefuseAcceptance(RefuseAcceptance {
        reason: "抽查的三处点位没有清理到位".into(),
    })
}
fn contradict(case: u128) -> ReportCommand {
    contradict_by(case, &[])
}
/// By a case in which others go on.
fn contradict_by(case: u128, merged: &[u128]) -> ReportCommand {
    ReportCommand::Contradict(ContradictReport {
        case: CaseId::sample(case),
        place: "废弃养殖场".into(),
        merged: merged.iter().copied().map(CaseId::sample).collect(),
    })
}
fn guarantee(unit: &str, text: &str) -> ReportCommand {
    ReportCommand::GiveGuarantee(GiveGuarantee {
        unit: UnitCode::of(unit),
        stage: "sweep".into(),
        text: text.into(),
    })
}

fn drafted(unit: &str) -> Scenario<Report> {
    let story = at_the_end().by(handler(unit));
    story.when(&draft(a_draft(unit))).then_done()
}
fn signed(unit: &str) -> Scenario<Report> {
    drafted(unit).by(leader(unit)).when(&sign()).then_done()
}
fn sealed() -> Scenario<Report> {
    signed(sample::COUNTY).when(&seal()).then_done()
}
fn filed() -> Scenario<Report> {
    sealed().by(leader(sample::OFFICE)).when(&file()).then_done()
}

#[test]
fn the_first_responsible_person_gives_the_guarantee_once() {
    let story = at_the_end().by(leader(sample::VILLAGE));
    let story =
        story
            .when(&guarantee(sample::VILLAGE, " 保证不漏一户 "))
            .then([ReportEvent::GuaranteeGiven {
                report: a_draft(sample::VILLAGE).report,
                text: "保证不漏一户".into(),
            }]);
    let given = story.state().guarantee.expect("a guarantee");
    assert_eq!(given.by, Some(StaffId::of("leader-321322102201")));
    story
        .when(&guarantee(sample::VILLAGE, "再次保证"))
        .then_refused(ReportRefusal::AlreadyGuaranteed);
}

#[test]
fn a_guarantee_is_given_in_words_and_in_person() {
    let village = at_the_end().by(leader(sample::VILLAGE));
    let village = village
        .when(&guarantee(sample::VILLAGE, " "))
        .then_refused(ReportRefusal::GuaranteeMissing);
    village
        .when(&guarantee(sample::VILLAGE, &"保".repeat(2001)))
        .then_refused(ReportRefusal::TooLong);
    for other in [
        leader(sample::TOWNSHIP),
        leader(sample::OTHER_VILLAGE),
        handler(sample::VILLAGE),
        policy(),
    ] {
        let story = at_the_end().by(other);
        story
            .when(&guarantee(sample::VILLAGE, "保证"))
            .then_refused(ReportRefusal::NotFirstResponsible);
    }
}

#[test]
fn only_areas_report_and_only_on_stages_that_exist() {
    for unit in [sample::CITY, sample::OFFICE, sample::COUNTY_ECOLOGY, "321399"] {
        let story = at_the_end().by(leader(unit));
        story
            .when(&draft(a_draft(unit)))
            .then_refused(ReportRefusal::NotAnArea);
    }
    let mut strange = a_draft(sample::VILLAGE);
    strange.report.stage = "summer".into();
    at_the_end()
        .by(leader(sample::VILLAGE))
        .when(&draft(strange))
        .then_refused(ReportRefusal::UnknownStage);
}

#[test]
fn a_stream_belongs_to_one_report() {
    let mut other = a_draft(sample::VILLAGE);
    other.report.stage = "rectification".into();
    drafted(sample::VILLAGE)
        .when(&draft(other))
        .then_refused(ReportRefusal::OtherReport);
}

#[test]
fn a_draft_holds_list_position_and_digest() {
    let command = a_draft(sample::VILLAGE);
    let story = at_the_end().by(handler(sample::VILLAGE));
    let story = story
        .when(&draft(command.clone()))
        .then([ReportEvent::ReportDrafted {
            report: command.report.clone(),
            position: 4711,
            digest: Digest::sample(1),
            list: vec![line(7)],
            lower: vec![],
        }]);
    let story = story.when(&draft(command.clone())).then_nothing();
    let newer = DraftReport {
        position: 4712,
        digest: Digest::sample(2),
        list: vec![],
        ..command
    };
    let story = story.when(&draft(newer)).then_done();
    assert_eq!(story.state().draft.expect("a draft").position, 4712);
}

#[test]
fn only_the_unit_itself_drafts() {
    let elsewhere = [
        handler(sample::OTHER_VILLAGE),
        leader(sample::TOWNSHIP),
        sample::acting(Role::Dispatcher, sample::VILLAGE),
        Actor::Citizen,
    ];
    for actor in elsewhere {
        let story = at_the_end().by(actor);
        story
            .when(&draft(a_draft(sample::VILLAGE)))
            .then_refused(ReportRefusal::NotDrafter);
    }
    for actor in [leader(sample::VILLAGE), policy()] {
        let story = at_the_end().by(actor);
        story.when(&draft(a_draft(sample::VILLAGE))).then_done();
    }
}

#[test]
fn a_site_is_listed_once() {
    let twice = DraftReport {
        list: vec![line(7), line(7)],
        ..a_draft(sample::VILLAGE)
    };
    at_the_end()
        .by(handler(sample::VILLAGE))
        .when(&draft(twice))
        .then_refused(ReportRefusal::RepeatedSite);
}

#[test]
fn a_township_needs_every_village_and_a_county_every_township() {
    for unit in [sample::TOWNSHIP, sample::COUNTY] {
        let mut one_missing = a_draft(unit);
        one_missing.lower.pop();
        let mut one_unsigned = a_draft(unit);
        one_unsigned.lower[1].signed_by = None;
        for command in [one_missing, one_unsigned] {
            let story = at_the_end().by(handler(unit));
            story
                .when(&draft(command))
                .then_refused(ReportRefusal::LowerReportMissing);
        }
        drafted(unit);
    }
}

#[test]
fn a_township_without_villages_needs_none() {
    drafted(sample::OTHER_TOWNSHIP);
}

#[test]
fn nothing_but_the_level_directly_below_is_attached() {
    let mut foreign = a_draft(sample::TOWNSHIP);
    foreign.lower.push(lower(sample::OTHER_TOWNSHIP));
    let mut twice = a_draft(sample::TOWNSHIP);
    twice.lower.push(lower(sample::VILLAGE));
    for command in [foreign, twice] {
        let story = at_the_end().by(handler(sample::TOWNSHIP));
        story
            .when(&draft(command))
            .then_refused(ReportRefusal::ForeignLowerReport);
    }
}

#[test]
fn a_report_is_named_as_in_its_stream() {
    let report = a_draft(sample::COUNTY).report;
    assert_eq!(report.to_string(), "321322-sweep");
    assert_eq!(report.to_string().parse(), Ok(report));
    let zone: ReportId = "321300-HB-sweep".parse().expect("a report");
    assert_eq!(zone.unit, UnitCode::of("321300-HB"));
    assert!("321322".parse::<ReportId>().is_err());
    assert!("321322-".parse::<ReportId>().is_err());
}

#[test]
fn what_people_send_is_read_from_json_and_unknown_fields_are_refused() {
    let digest = "0".repeat(64);
    let command: SignReport =
        serde_json::from_str(&format!(r#"{{"digest":"{digest}"}}"#)).expect("a command");
    assert_eq!(command.digest, Digest::sample(0));
    assert!(serde_json::from_str::<SignReport>(r#"{"digest":"0"}"#).is_err());
    let strange = format!(r#"{{"digest":"{digest}","for":"321322"}}"#);
    assert!(serde_json::from_str::<SignReport>(&strange).is_err());
}

proptest! {
    /// Invariant: `evolve` is total; any sequence of facts, in any order, folds without panic.
    #[test]
    fn any_history_folds(picks in proptest::collection::vec(0usize..12, 0..40)) {
        let samples = crate::events::samples();
        let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: Actor::Citizen };
        let mut state = ReportState::default();
        for pick in picks {
            Report::evolve(&mut state, &samples[pick % samples.len()], &stamp);
        }
    }

    /// Whatever is tried, in whatever order, by whomever: what is signed is what was drafted, and what is sealed or filed
    /// was signed before.
    #[test]
    fn nothing_goes_up_without_a_signature(tries in proptest::collection::vec((0usize..8, 0usize..5), 0..60)) {
        let drafted = a_draft_of(sample::COUNTY, "acceptance");
        let commands = [
            draft(drafted), sign(), send_back(), seal(), file(), contradict(8), accept(), refuse_acceptance(),
        ];
        let supervisor = sample::acting(Role::Supervisor, sample::SUPERVISION);
        let actors = [handler(sample::COUNTY), leader(sample::COUNTY), leader(sample::OFFICE), policy(), supervisor];
        let jurisdiction = sample::suqian();
        let at: Timestamp = "2020-08-31T01:00:00Z".parse().expect("a timestamp");
        let mut state = ReportState::default();
        for (command, actor) in tries {
            let stamp = Stamp { at, by: actors[actor].clone() };
            let given = Given { at: stamp.at, by: &stamp.by, jurisdiction: &jurisdiction };
            for event in Report::decide(&state, &commands[command], given).unwrap_or_default() {
                Report::evolve(&mut state, &event, &stamp);
            }
            prop_assert_eq!(state.progress.is_signed(), state.signature.is_some());
            let drafted = state.draft.as_ref().map(|draft| &draft.digest);
            let signed = state.signature.as_ref().map(|signature| &signature.digest);
            prop_assert!(signed.is_none() || signed == drafted);
            prop_assert!(state.filing.is_none() || state.sealed_at.is_some());
            prop_assert!(state.progress != Progress::Accepted || state.filing.is_some());
        }
    }
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    decider::scenario::assert_golden(&folder, &crate::events::samples());
}
