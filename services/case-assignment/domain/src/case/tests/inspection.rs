//! Inspection on site, and the defences against rubber-stamping.

use super::*;
use crate::{Party, PartyRole, ThreeChecks};

fn record(command: RecordInspection) -> CaseCommand {
    CaseCommand::RecordInspection(command)
}
fn refused(finding: Finding, change: impl FnOnce(&mut RecordInspection), refusal: CaseRefusal) {
    let mut command = an_inspection(finding);
    change(&mut command);
    let story = acknowledged(sample::TOWNSHIP).when(&record(command));
    story.then_refused(refusal);
}

#[test]
fn the_owner_inspects_after_acknowledging() {
    let command = inspect(Finding::Suspected);
    let story = opened().by(handler(sample::TOWNSHIP)).when(&command);
    story.then_refused(CaseRefusal::NotAssignedYet);
    let story = assigned(sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&command).then_refused(CaseRefusal::NotAcknowledged);
    let story = story.when(&ACKNOWLEDGE).then_done();
    let story = story.when(&command).then_done();
    let state = story.state();
    assert_eq!(state.progress, Progress::Inspected);
    assert_eq!(state.finding, Some(Finding::Suspected));
    assert_eq!(state.evidence, [EvidenceId::sample(1)]);
}

#[test]
fn co_handlers_inspect_too_and_nobody_else() {
    let command = inspect(Finding::Suspected);
    for stranger in [
        handler(sample::OTHER_TOWNSHIP),
        handler(sample::COUNTY_ECOLOGY),
        sample::acting(Role::Dispatcher, sample::TOWNSHIP),
        Actor::Citizen,
    ] {
        let story = acknowledged(sample::TOWNSHIP).by(stranger).when(&command);
        story.then_refused(CaseRefusal::NotInspector);
    }
    let story = acknowledged(sample::TOWNSHIP).by(county());
    let story = story.when(&co_handler(sample::COUNTY_ECOLOGY)).then_done();
    let story = story.by(handler(sample::COUNTY_ECOLOGY)).when(&command);
    story.then_done();
}

#[test]
fn a_visit_has_people_and_a_past() {
    refused(Finding::Suspected, |c| c.went.clear(), CaseRefusal::NobodyWent);
    refused(
        Finding::Suspected,
        |c| c.went.push(" ".into()),
        CaseRefusal::NobodyWent,
    );
    let tomorrow = "2020-06-02T01:00:00Z".parse().expect("a timestamp");
    refused(
        Finding::Suspected,
        |c| c.inspected_at = tomorrow,
        CaseRefusal::InspectedInFuture,
    );
    let off_the_map = Coordinates {
        latitude: 33.0,
        longitude: f64::NAN,
    };
    refused(
        Finding::Suspected,
        |c| c.coordinates = Some(off_the_map),
        CaseRefusal::CoordinatesOutOfRange,
    );
    let nameless = Party {
        role: PartyRole::Landlord,
        name: String::new(),
    };
    refused(
        Finding::Suspected,
        |c| c.parties.push(nameless),
        CaseRefusal::PartyNameMissing,
    );
    refused(
        Finding::Suspected,
        |c| c.evidence = (0..51).map(EvidenceId::sample).collect(),
        CaseRefusal::TooMuchEvidence,
    );
    refused(
        Finding::Suspected,
        |c| c.note = "长".repeat(2001),
        CaseRefusal::TextTooLong,
    );
}

#[test]
fn a_no_rests_on_a_note_or_on_evidence() {
    let bare = Check {
        note: " ".into(),
        ..check(Answer::No)
    };
    let shown = Check {
        evidence: vec![EvidenceId::sample(9)],
        ..bare.clone()
    };
    let with = |check: Check| {
        let mut command = an_inspection(Finding::Suspected);
        command.five.borrowed_name = check;
        record(command)
    };
    let story = acknowledged(sample::TOWNSHIP).when(&with(bare));
    let story = story.then_refused(CaseRefusal::BareNo);
    let story = story.when(&with(shown)).then_done();
    assert!(story.state().evidence.contains(&EvidenceId::sample(9)));
}

#[test]
fn walls_are_climbed_at_stopped_enterprises_and_idle_plants() {
    for premises in [Premises::StoppedEnterprise, Premises::IdlePlant] {
        refused(
            Finding::Suspected,
            |c| c.premises = premises,
            CaseRefusal::ThreeChecksMissing,
        );
    }
    let three = |private_lines: Check| {
        let mut command = an_inspection(Finding::Suspected);
        command.premises = Premises::IdlePlant;
        command.three = Some(ThreeChecks {
            equipment: check(Answer::Yes),
            materials: check(Answer::No),
            private_lines,
        });
        record(command)
    };
    let bare = Check {
        note: String::new(),
        ..check(Answer::No)
    };
    let story = acknowledged(sample::TOWNSHIP).when(&three(bare));
    let story = story.then_refused(CaseRefusal::BareNo);
    story.when(&three(check(Answer::No))).then_done();
}

#[test]
fn clean_needs_a_photo_and_nothing_to_the_contrary() {
    refused(
        Finding::Clean,
        |c| c.evidence.clear(),
        CaseRefusal::CleanNeedsPhoto,
    );
    refused(
        Finding::Clean,
        |c| c.five.idle_premises = check(Answer::Yes),
        CaseRefusal::CleanContradicted,
    );
}

#[test]
fn clean_is_not_what_nobody_has_looked_for() {
    let idle = || check(Answer::NotApplicable);
    let ask_nothing = |c: &mut RecordInspection| {
        c.five.missed_enterprise = idle();
        c.five.changed_scope = idle();
        c.five.borrowed_name = idle();
        c.five.idle_premises = idle();
        c.five.hidden_workshop = idle();
    };
    refused(Finding::Clean, ask_nothing, CaseRefusal::NothingChecked);
    let mut one = an_inspection(Finding::Clean);
    ask_nothing(&mut one);
    one.five.hidden_workshop = check(Answer::No);
    acknowledged(sample::TOWNSHIP).when(&record(one)).then_done();
}

#[test]
fn beyond_doubt_is_what_was_found_and_shown_for_it_spares_the_county() {
    let activity = Finding::ConfirmedActivity;
    let nothing_found = |c: &mut RecordInspection| c.five.hidden_workshop = check(Answer::No);
    refused(activity, nothing_found, CaseRefusal::ActivityUnproven);
    refused(activity, |c| c.evidence.clear(), CaseRefusal::ActivityUnproven);
    let mut shown_at_the_check = an_inspection(activity);
    shown_at_the_check.five.hidden_workshop.evidence = std::mem::take(&mut shown_at_the_check.evidence);
    let story = acknowledged(sample::TOWNSHIP).when(&record(shown_at_the_check));
    story.then_done();
}

#[test]
fn a_visit_before_the_case_answers_nothing() {
    let before = "2020-06-01T00:59:59Z".parse().expect("a timestamp");
    refused(
        Finding::Suspected,
        |c| c.inspected_at = before,
        CaseRefusal::InspectedBeforeOpened,
    );
}

#[test]
fn whoever_is_sent_to_look_again_does_not_hand_in_the_old_visit() {
    let story = inspected(sample::TOWNSHIP, Finding::Clean).by(leader(sample::COUNTY));
    let story = story.at("2020-06-02T01:00:00Z").when(&review(false)).then_done();
    let story = story.by(handler(sample::TOWNSHIP)).when(&inspect(Finding::Clean));
    let story = story.then_refused(CaseRefusal::InspectedBeforeOpened);
    let mut again = an_inspection(Finding::Clean);
    again.inspected_at = "2020-06-02T03:00:00Z".parse().expect("a timestamp");
    let story = story.at("2020-06-02T04:00:00Z");
    let story = story.when(&record(again.clone()));
    let story = story.then_refused(CaseRefusal::OldPicture);
    again.evidence = vec![EvidenceId::sample(3)];
    story.when(&record(again)).then_done();
}

/// On the screen a time has minutes, and a case may be opened in the middle of one.
#[test]
fn a_visit_of_the_same_minute_counts() {
    let story = inspected(sample::TOWNSHIP, Finding::Clean).by(leader(sample::COUNTY));
    let story = story.at("2020-06-02T01:00:30Z").when(&review(false)).then_done();
    let mut again = an_inspection(Finding::Clean);
    again.evidence = vec![EvidenceId::sample(3)];
    let story = story.by(handler(sample::TOWNSHIP)).at("2020-06-02T01:02:00Z");
    again.inspected_at = "2020-06-02T00:59:59Z".parse().expect("a timestamp");
    let story = story.when(&record(again.clone()));
    let story = story.then_refused(CaseRefusal::InspectedBeforeOpened);
    // Whatever is found on it counts as well: from then on no clean visit closes the case.
    let found = RecordInspection {
        inspected_at: "2020-06-02T01:00:00Z".parse().expect("a timestamp"),
        ..an_inspection(Finding::Suspected)
    };
    let story = story.when(&record(found)).then_done();
    again.inspected_at = "2020-06-02T01:01:00Z".parse().expect("a timestamp");
    let story = story.when(&record(again)).then_done();
    assert_eq!(story.state().progress, Progress::Inspected);
}

#[test]
fn clean_is_shown_by_pictures_of_this_visit_and_of_this_site() {
    let of_another_case = RecordInspection {
        elsewhere: vec![EvidenceId::sample(2)],
        ..an_inspection(Finding::Clean)
    };
    let story = acknowledged(sample::TOWNSHIP).when(&record(of_another_case));
    story.then_refused(CaseRefusal::OldPicture);
    let story = inspected(sample::TOWNSHIP, Finding::Suspected);
    let seen_before = RecordInspection {
        evidence: vec![EvidenceId::sample(1)],
        ..an_inspection(Finding::Clean)
    };
    let story = story.when(&record(seen_before));
    let story = story.then_refused(CaseRefusal::OldPicture);
    // What was found may be shown as often as it helps.
    story.when(&inspect(Finding::Suspected)).then_done();
}

#[test]
fn a_visit_has_its_coordinates_or_the_reason_why_not() {
    refused(
        Finding::Suspected,
        |c| c.coordinates = None,
        CaseRefusal::CoordinatesMissing,
    );
    let mut indoors = an_inspection(Finding::Suspected);
    indoors.coordinates = None;
    indoors.no_coordinates = "地下室内没有卫星信号".into();
    acknowledged(sample::TOWNSHIP).when(&record(indoors)).then_done();
}

#[test]
fn a_visit_far_from_the_site_says_why() {
    let at = |latitude| {
        Some(Coordinates {
            latitude,
            longitude: 118.7735,
        })
    };
    let of_a_site = || {
        let mut open = open_tip();
        open.place.coordinates = at(34.1312);
        let story = Story::new().by(policy()).when(&CaseCommand::Open(open));
        let story = story.then_done().by(city());
        let story = story.when(&assign(sample::TOWNSHIP)).then_done();
        let story = story.by(handler(sample::TOWNSHIP)).when(&ACKNOWLEDGE);
        story.then_done()
    };
    let visit = |latitude, note: &str| RecordInspection {
        coordinates: at(latitude),
        note: note.into(),
        ..an_inspection(Finding::Suspected)
    };
    // Some hundred metres are a yard's other gate, or a telephone's error.
    let near = of_a_site().when(&record(visit(34.1352, ""))).then_done();
    assert_eq!(near.state().inspections[0].coordinates, at(34.1352));
    let story = of_a_site().when(&record(visit(34.3312, " ")));
    let story = story.then_refused(CaseRefusal::VisitElsewhere);
    let explained = record(visit(34.3312, "举报人定位在县城，实际地点在胡集镇"));
    story.when(&explained).then_done();
}

#[test]
fn what_the_owner_finds_clean_awaits_review_and_no_more_inspections() {
    let story = inspected(sample::TOWNSHIP, Finding::Clean);
    assert_eq!(story.state().progress, Progress::CleanAwaitingReview);
    story
        .when(&inspect(Finding::Suspected))
        .then_refused(CaseRefusal::UnderReview);
}

#[test]
fn what_a_co_handler_finds_clean_closes_nothing() {
    let story = acknowledged(sample::TOWNSHIP).by(county());
    let story = story.when(&co_handler(sample::VILLAGE)).then_done();
    let story = story.by(handler(sample::VILLAGE)).when(&inspect(Finding::Clean));
    let story = story.then_done();
    assert_eq!(story.state().progress, Progress::Inspected);
    assert!(story.state().is_doubtful());
}

/// Townships and villages can never decide what is doubtful, not by going again either.
#[test]
fn once_something_was_found_a_later_clean_visit_closes_nothing() {
    for found in [Finding::Suspected, Finding::ConfirmedActivity] {
        let story = inspected(sample::VILLAGE, found);
        let story = story.when(&inspect(Finding::Clean)).then_done();
        assert_eq!(story.state().progress, Progress::Inspected);
        let story = story.by(leader(sample::TOWNSHIP)).when(&review(true));
        let story = story.then_refused(CaseRefusal::NothingToReview);
        let story = story.when(&classify(Classification::C));
        let story = story.then_refused(CaseRefusal::DoubtfulGoesToCounty);
        let story = story.by(handler(sample::VILLAGE)).when(&request()).then_done();
        assert_eq!(story.state().progress, Progress::Identification);
    }
}

#[test]
fn what_a_co_handler_found_the_owner_does_not_find_away() {
    let story = acknowledged(sample::TOWNSHIP).by(county());
    let story = story.when(&co_handler(sample::COUNTY_ECOLOGY)).then_done();
    let story = story.by(handler(sample::COUNTY_ECOLOGY));
    let story = story.when(&inspect(Finding::ConfirmedActivity)).then_done();
    let story = story.by(handler(sample::TOWNSHIP));
    let story = story.when(&inspect(Finding::Clean)).then_done();
    assert_eq!(story.state().progress, Progress::Inspected);
}

#[test]
fn what_the_county_has_identified_nobody_finds_clean() {
    let story = with_the_county().by(handler(sample::COUNTY));
    let story = story.when(&identify(true, None)).then_done();
    let story = story.by(handler(sample::TOWNSHIP)).when(&inspect(Finding::Clean));
    let story = story.then_refused(CaseRefusal::CleanAfterIdentification);
    story.when(&inspect(Finding::Suspected)).then_done();
}

/// Only what was found since the site was last to be looked at anew counts.
#[test]
fn looked_at_anew_a_site_may_be_found_clean() {
    let story = inspected(sample::TOWNSHIP, Finding::Suspected).by(leader(sample::COUNTY));
    let none = CaseCommand::Classify(ClassifySite {
        class: Classification::NotSmallChemical,
        basis: "食品加工作坊".into(),
        refer_to: None,
    });
    let story = story.when(&none).then_done();
    let story = story.at("2020-06-02T01:00:00Z").when(&reopen()).then_done();
    let story = story.by(handler(sample::TOWNSHIP)).when(&ACKNOWLEDGE).then_done();
    let mut again = an_inspection(Finding::Clean);
    again.inspected_at = "2020-06-02T03:00:00Z".parse().expect("a timestamp");
    let story = story.at("2020-06-02T04:00:00Z").when(&record(again)).then_done();
    assert_eq!(story.state().progress, Progress::CleanAwaitingReview);
}

#[test]
fn the_site_may_be_visited_again_while_the_county_ponders() {
    let story = with_the_county().when(&inspect(Finding::Clean)).then_done();
    assert_eq!(story.state().progress, Progress::Identification);
    assert_eq!(story.state().inspections.len(), 2);
}

#[test]
fn after_confirmation_the_disposal_looks_after_the_site() {
    let story = confirmed().when(&inspect(Finding::Suspected));
    story.then_refused(CaseRefusal::AlreadyConfirmed);
}

#[test]
fn an_inspection_is_read_from_json() {
    let no = serde_json::json!({"answer": "no", "note": "已查看"});
    let yes = serde_json::json!({"answer": "yes"});
    let command: RecordInspection = serde_json::from_value(serde_json::json!({
        "went": ["张三"],
        "inspected_at": "2020-06-01T01:00:00Z",
        "coordinates": {"latitude": 34.1312, "longitude": 118.7735},
        "method": "night_raid",
        "premises": "idle_plant",
        "five": {"missed_enterprise": no, "changed_scope": {"answer": "not_applicable"}, "borrowed_name": no,
                 "idle_premises": yes, "hidden_workshop": no},
        "three": {"equipment": yes, "materials": yes, "private_lines": no},
        "parties": [{"role": "landlord", "name": "王五"}],
        "finding": "confirmed_activity",
        "evidence": [EvidenceId::sample(1)],
    }))
    .expect("a command");
    acknowledged(sample::TOWNSHIP).when(&record(command)).then_done();
}
