//! Opening a case, and the tips that lead to it.

use super::*;
use crate::{Coordinates, RelapseLink};
use jurisdiction::CaseId;

fn sweep() -> OpenCase {
    OpenCase {
        origin: Origin::Sweep {
            method: Method::NightRaid,
        },
        ..open_tip()
    }
}
fn supervision_finding() -> OpenCase {
    OpenCase {
        origin: Origin::SupervisionFinding {
            note: "督导组夜查发现".into(),
        },
        ..open_tip()
    }
}
fn open(command: OpenCase) -> CaseCommand {
    CaseCommand::Open(command)
}

#[test]
fn an_accepted_tip_opens_a_case() {
    let story = Story::new()
        .by(policy())
        .when(&open(open_tip()))
        .then([CaseEvent::CaseOpened {
            origin: open_tip().origin,
            summary: "砖瓦厂内疑似生产化工产品".into(),
            enterprise: Some("某建材厂".into()),
            place: open_tip().place,
            urgency: Urgency::Normal,
            confidential: false,
            against: Against::default(),
        }]);
    let state = story.state();
    assert_eq!((state.progress, state.owner), (Progress::Opened, None));
    assert_eq!(state.tips, [TipId::sample(1)]);
}

#[test]
fn nothing_that_may_be_a_reporters_is_written_into_a_case_by_hand() {
    const NUMBER: &str = "请联系举报人19900000077";
    let refused = |change: fn(&mut OpenCase), refusal| {
        let mut command = sweep();
        change(&mut command);
        let story = Story::new().by(county());
        story.when(&open(command)).then_refused(refusal);
    };
    refused(|case| case.summary = NUMBER.into(), CaseRefusal::PersonInSummary);
    refused(
        |case| case.enterprise = Some(NUMBER.into()),
        CaseRefusal::PersonInEnterprise,
    );
    refused(|case| case.place.text = NUMBER.into(), CaseRefusal::PersonInPlace);
    let note = |case: &mut OpenCase| case.origin = Origin::SupervisionFinding { note: NUMBER.into() };
    refused(note, CaseRefusal::PersonInOrigin);
    let story = Story::new().by(policy()).when(&open(open_tip())).then_done();
    let assign = CaseCommand::Assign(AssignCase {
        to: UnitCode::of(sample::TOWNSHIP),
        instructions: NUMBER.into(),
        co_handlers: vec![],
        urgent: false,
    });
    let story = story.by(county()).when(&assign);
    story.then_refused(CaseRefusal::PersonInInstructions);
}

#[test]
fn a_relapse_opens_a_new_case_that_names_the_old_one() {
    let origin = Origin::Relapse {
        of: CaseId::sample(7),
        link: RelapseLink::Person,
        note: "同一厂主在邻村重开".into(),
    };
    let relapse = OpenCase {
        origin: origin.clone(),
        ..open_tip()
    };
    let story = Story::new().by(county()).when(&open(relapse.clone()));
    let story = story.then_refused(CaseRefusal::OriginIsForPolicies);
    let story = story.by(policy()).when(&open(relapse)).then_done();
    assert_eq!(story.state().origin, Some(origin));
}

#[test]
fn a_dispatcher_opens_what_a_sweep_found_in_the_own_subtree() {
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    let story = Story::new().by(elsewhere).when(&open(sweep()));
    let story = story.then_refused(CaseRefusal::OutsideSubtree);
    story.by(county()).when(&open(sweep())).then_done();
}

#[test]
fn a_place_without_division_is_the_citys() {
    let mut somewhere = sweep();
    somewhere.place.division = None;
    let story = Story::new().by(county()).when(&open(somewhere.clone()));
    let story = story.then_refused(CaseRefusal::OutsideSubtree);
    story.by(city()).when(&open(somewhere)).then_done();
}

#[test]
fn supervisors_open_only_what_they_found() {
    let supervisor = sample::acting(Role::Supervisor, sample::SUPERVISION);
    let story = Story::new().by(supervisor).when(&open(sweep()));
    let story = story.then_refused(CaseRefusal::NotOpener);
    story.when(&open(supervision_finding())).then_done();
}

#[test]
fn every_origin_is_opened_by_whom_it_concerns_and_says_where_it_comes_from() {
    let text = || "省督导组暗访发现".to_owned();
    let supervisor = sample::acting(Role::Supervisor, sample::SUPERVISION);
    let said = [
        Origin::NightLoad { note: text() },
        Origin::ListMatching {
            list: "2017 四个一批".into(),
            entry: "第 17 行".into(),
        },
        Origin::DepartmentTransfer {
            from: "市生态环境局".into(),
            note: text(),
        },
        Origin::SupervisionFinding { note: text() },
        Origin::ProvincialSupervision { note: text() },
    ];
    for origin in said {
        let command = open(OpenCase {
            origin: origin.clone(),
            ..open_tip()
        });
        let story = Story::new().by(handler(sample::TOWNSHIP)).when(&command);
        let story = story.then_refused(CaseRefusal::NotOpener);
        let story = story.by(city()).when(&command).then_done();
        assert_eq!(story.state().origin, Some(origin));
    }
    let mute = [
        Origin::NightLoad { note: " ".into() },
        Origin::ListMatching {
            list: "2017 四个一批".into(),
            entry: String::new(),
        },
        Origin::DepartmentTransfer {
            from: String::new(),
            note: text(),
        },
        Origin::ProvincialSupervision { note: String::new() },
    ];
    for origin in mute {
        let command = open(OpenCase { origin, ..open_tip() });
        let story = Story::new().by(city()).when(&command);
        story.then_refused(CaseRefusal::OriginMissing);
    }
    let provincial = open(OpenCase {
        origin: Origin::ProvincialSupervision { note: text() },
        ..open_tip()
    });
    let story = Story::new().by(county()).when(&provincial);
    let story = story.then_refused(CaseRefusal::ProvincialIsForTheCity);
    story.by(supervisor).when(&provincial).then_done();
}

#[test]
fn all_five_ways_of_sweeping_open_a_case_and_following_up_a_tip_is_none() {
    let by = |method| {
        open(OpenCase {
            origin: Origin::Sweep { method },
            ..open_tip()
        })
    };
    let ways = [
        Method::GeneralSurvey,
        Method::OpenAndCovert,
        Method::NightRaid,
        Method::LookBack,
        Method::CrossCheck,
    ];
    for method in ways {
        Story::new().by(county()).when(&by(method)).then_done();
    }
    let story = Story::new().by(county()).when(&by(Method::TipVerification));
    story.then_refused(CaseRefusal::NotASweepMethod);
}

#[test]
fn handlers_and_citizens_open_no_case() {
    let story = Story::new()
        .by(handler(sample::TOWNSHIP))
        .when(&open(sweep()))
        .then_refused(CaseRefusal::NotOpener);
    let story = story.by(Actor::Citizen).when(&open(sweep()));
    story.then_refused(CaseRefusal::NotOpener);
}

#[test]
fn a_case_needs_a_summary_and_a_place() {
    let refused = |change: fn(&mut OpenCase), refusal| {
        let mut command = open_tip();
        change(&mut command);
        let story = Story::new().by(policy()).when(&open(command));
        story.then_refused(refusal);
    };
    refused(|c| c.summary = " ".into(), CaseRefusal::SummaryMissing);
    refused(|c| c.summary = "长".repeat(2001), CaseRefusal::TextTooLong);
    refused(|c| c.place = Place::default(), CaseRefusal::PlaceMissing);
    refused(|c| c.place.text = "长".repeat(201), CaseRefusal::PlaceTooLong);
    refused(
        |c| c.place.division = Some(UnitCode::of("999")),
        CaseRefusal::UnknownDivision,
    );
    let off_the_map = |c: &mut OpenCase| {
        c.place.coordinates = Some(Coordinates {
            latitude: 133.0,
            longitude: 33.0,
        });
    };
    refused(off_the_map, CaseRefusal::CoordinatesOutOfRange);
}

#[test]
fn an_unknown_division_is_refused_to_a_dispatcher_too() {
    let mut nowhere = sweep();
    nowhere.place.division = Some(UnitCode::of("999"));
    let story = Story::new().by(city()).when(&open(nowhere));
    story.then_refused(CaseRefusal::UnknownDivision);
}

#[test]
fn a_case_is_opened_once() {
    opened()
        .when(&open(open_tip()))
        .then_refused(CaseRefusal::AlreadyOpened);
}

#[test]
fn nothing_can_be_done_to_a_case_that_does_not_exist() {
    let story = Story::new().by(city()).when(&assign(sample::TOWNSHIP));
    story.then_refused(CaseRefusal::NotOpened);
}

#[test]
fn tips_join_once_and_only_by_policy() {
    let link = |number| {
        CaseCommand::LinkTip(LinkTip {
            tip: TipId::sample(number),
            against: Against::default(),
            urgency: Urgency::Normal,
            confidential: false,
        })
    };
    let story = opened().when(&link(1)).then_nothing();
    let story = story.when(&link(2)).then([CaseEvent::TipLinked {
        tip: TipId::sample(2),
    }]);
    assert_eq!(story.state().tips, [TipId::sample(1), TipId::sample(2)]);
    let story = story.by(city()).when(&link(3));
    story.then_refused(CaseRefusal::NotForPeople);
}

#[test]
fn what_becomes_known_of_a_tip_reaches_its_case_and_never_brings_back_one_that_left() {
    let learn = |number| {
        CaseCommand::LearnOfTip(LinkTip {
            tip: TipId::sample(number),
            against: Against::default(),
            urgency: Urgency::Urgent,
            confidential: false,
        })
    };
    let calm = OpenCase {
        urgency: Urgency::Normal,
        ..open_tip()
    };
    let story = Story::new().by(policy()).when(&open(calm)).then_done();
    let story = story.when(&learn(2)).then_nothing();
    let story = story.when(&learn(1)).then([CaseEvent::MadeUrgent {}]);
    let story = story.when(&learn(1)).then_nothing();
    story
        .by(city())
        .when(&learn(1))
        .then_refused(CaseRefusal::NotForPeople);
}

#[test]
fn commands_are_read_from_json_and_know_their_fields() {
    let json = serde_json::json!({
        "origin": {"kind": "sweep", "method": "night_raid"},
        "summary": "夜查发现反应釜",
        "place": {"text": "胡集镇老砖瓦厂院内", "division": "321322102"},
    });
    let command: OpenCase = serde_json::from_value(json.clone()).expect("a command");
    assert_eq!(command.urgency, Urgency::Normal);
    let mut mistyped = json;
    mistyped["origin"]["metod"] = "night_raid".into();
    assert!(serde_json::from_value::<OpenCase>(mistyped).is_err());
}
