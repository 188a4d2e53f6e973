//! Given/when/then of the draw.

use super::*;
use decider::scenario::Scenario;
use jurisdiction::{Actor, CaseId, UnitCode, sample};
use proptest::prelude::*;

type Story = Scenario<Draw>;

const SEED: &str = "03071219223005";

fn supervisor() -> Actor {
    sample::acting(Role::Supervisor, sample::SUPERVISION)
}
fn list() -> Strata {
    let cases = |range: std::ops::Range<u128>| range.map(CaseId::sample).collect();
    [
        (UnitCode::of(sample::COUNTY), cases(1..21)),
        (UnitCode::of(sample::OTHER_COUNTY), cases(21..24)),
    ]
    .into()
}
fn announcement(change: impl FnOnce(&mut AnnounceDraw)) -> DrawCommand {
    let mut command = AnnounceDraw {
        percent: 10,
        at_least: 1,
        source: "2020年8月3日双色球开奖号码".into(),
        digits: 14,
        seed_at: "2020-08-03T13:30:00Z".parse().expect("a timestamp"),
        from_position: 0,
        frozen: Frozen {
            list: list(),
            position: 77,
            round: 1,
            another_is_open: false,
        },
    };
    change(&mut command);
    DrawCommand::Announce(command)
}
fn make(seed: &str) -> DrawCommand {
    DrawCommand::Make(MakeDraw { seed: seed.into() })
}
fn before() -> Story {
    Story::new().by(supervisor()).at("2020-08-02T01:00:00Z")
}
fn announced() -> Story {
    before().when(&announcement(|_| {})).then_done()
}

#[test]
fn the_list_is_frozen_first_and_the_lot_follows_from_list_and_seed() {
    let story = announced();
    let state = story.state();
    assert_eq!(
        (state.digest.as_str(), state.position),
        (digest(&list()).as_str(), 77)
    );
    assert!(state.is_open() && state.is_true());
    let story = story.at("2020-08-03T13:30:00Z").when(&make(SEED));
    let story = story.then([DrawEvent::DrawMade {
        round: 1,
        seed: SEED.into(),
        chosen: choose(&list(), SEED, 10, 1),
    }]);
    let state = story.state();
    let sizes: Vec<usize> = state.chosen.values().map(|cases| cases.len()).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 3);
    assert!(state.is_true() && !state.is_open());
}

#[test]
fn a_lot_that_was_tampered_with_is_not_true() {
    let mut state = announced()
        .at("2020-08-03T13:30:00Z")
        .when(&make(SEED))
        .then_done()
        .state();
    let spared = state.chosen.clone();
    for cases in state.chosen.values_mut() {
        cases.clear();
    }
    assert!(!state.is_true());
    state.chosen = spared;
    for cases in state.list.values_mut() {
        cases.pop_last();
    }
    assert!(!state.is_true());
}

#[test]
fn the_seed_is_not_known_when_the_list_is_published_and_not_entered_before_it_is() {
    let known =
        announcement(|command| command.seed_at = "2020-08-02T01:00:00Z".parse().expect("a timestamp"));
    let story = before().when(&known).then_refused(DrawRefusal::SeedNotInFuture);
    drop(story);
    let story = announced().when(&make(SEED)).then_refused(DrawRefusal::TooEarly);
    let story = story.at("2020-08-03T14:00:00Z").when(&make(" "));
    let story = story.then_refused(DrawRefusal::SeedMissing);
    let story = story
        .when(&make(&"9".repeat(201)))
        .then_refused(DrawRefusal::TextTooLong);
    let story = story.when(&make(SEED)).then_done();
    let story = story.when(&make(SEED)).then_nothing();
    story.when(&make("1 2 3")).then_refused(DrawRefusal::AlreadyMade);
}

#[test]
fn there_is_one_way_to_write_the_seed() {
    let mut story = announced().at("2020-08-03T13:30:00Z");
    for spelling in [
        "03 07 12 19 22 30 05",
        "03,07,12,19,22,30,05",
        "０３０７１２１９２２３００５",
        "0307121922300",
        "030712192230050",
        "03071219223O05",
        "双色球0307121922300",
    ] {
        story = story
            .when(&make(spelling))
            .then_refused(DrawRefusal::SeedMalformed);
    }
    story.when(&make(" 03071219223005 ")).then_done();
}

#[test]
fn a_draw_that_was_announced_without_a_number_of_digits_takes_any_seed() {
    let announced = DrawEvent::DrawAnnounced {
        round: 1,
        list: list(),
        position: 77,
        digest: digest(&list()),
        percent: 10,
        at_least: 1,
        source: "2020年8月3日双色球开奖号码".into(),
        digits: None,
        seed_at: "2020-08-03T13:30:00Z".parse().expect("a timestamp"),
    };
    let story = before().given([announced]).at("2020-08-03T13:30:00Z");
    let story = story.when(&make("03 07 12 19 22 30 05")).then_done();
    assert!(story.state().is_true());
    let mut spelled_otherwise = story.state();
    spelled_otherwise.digits = Some(14);
    assert!(!spelled_otherwise.is_true());
}

#[test]
fn the_announcement_is_stored_with_its_number_of_digits() {
    let story = announced();
    assert_eq!(story.state().digits, Some(14));
    let mut announced = crate::draw_samples().swap_remove(0);
    if let DrawEvent::DrawAnnounced { digits, .. } = &mut announced {
        *digits = Some(14);
    }
    let (name, data) = decider::encode(&announced);
    assert_eq!(data["digits"], 14);
    assert_eq!(
        decider::decode::<DrawEvent>(&name, data).expect("an event"),
        announced
    );
}

#[test]
fn nobody_draws_twice_and_picks() {
    let story = announced().when(&announcement(|_| {}));
    story.then_refused(DrawRefusal::AlreadyAnnounced);
    let second = announcement(|command| command.frozen.another_is_open = true);
    before().when(&second).then_refused(DrawRefusal::AnotherIsOpen);
}

#[test]
fn only_the_citys_supervisors_draw() {
    for stranger in [
        sample::acting(Role::Leader, sample::CITY),
        sample::acting(Role::Leader, sample::COUNTY),
        Actor::Citizen,
    ] {
        let story = before().by(stranger.clone()).when(&announcement(|_| {}));
        story.then_refused(DrawRefusal::NotDrawer);
        let story = announced().by(stranger).when(&make(SEED));
        story.then_refused(DrawRefusal::NotDrawer);
    }
}

fn cancel(reason: &str) -> DrawCommand {
    DrawCommand::Cancel(CancelDraw {
        reason: reason.into(),
    })
}
fn office_leader() -> Actor {
    sample::acting(Role::Leader, sample::OFFICE)
}

#[test]
fn a_draw_that_cannot_be_made_is_called_off_with_a_public_reason() {
    let story = announced().when(&cancel(" "));
    let story = story.then_refused(DrawRefusal::ReasonMissing);
    let story = story.when(&cancel("该期停售")).then([DrawEvent::DrawCancelled {
        round: 1,
        reason: "该期停售".into(),
    }]);
    let state = story.state();
    assert!(!state.is_open() && state.is_true());
    let story = story
        .when(&cancel("该期停售"))
        .then_refused(DrawRefusal::Cancelled);
    let story = story.at("2020-08-03T13:30:00Z").when(&make(SEED));
    story.then_refused(DrawRefusal::Cancelled);
    before()
        .when(&cancel("该期停售"))
        .then_refused(DrawRefusal::NotAnnounced);
}

#[test]
fn who_draws_does_not_call_it_off_once_the_lot_can_be_known() {
    let known = || announced().at("2020-08-03T13:30:00Z");
    let story = known().when(&cancel("结果不理想"));
    story.then_refused(DrawRefusal::NotCanceller);
    for stranger in [
        sample::acting(Role::Leader, sample::COUNTY),
        sample::acting(Role::Leader, sample::POLITICAL_LEGAL),
        sample::acting(Role::Dispatcher, sample::OFFICE),
    ] {
        let story = known().by(stranger).when(&cancel("该期停售"));
        story.then_refused(DrawRefusal::NotCanceller);
    }
    let story = known().by(office_leader()).when(&cancel("该期停售")).then_done();
    drop(story);
    let story = known().when(&make(SEED)).then_done().by(office_leader());
    story
        .when(&cancel("结果不理想"))
        .then_refused(DrawRefusal::AlreadyMade);
}

#[test]
fn an_announcement_is_complete() {
    let refused = |change: fn(&mut AnnounceDraw), refusal| {
        before().when(&announcement(change)).then_refused(refusal);
    };
    refused(|c| c.percent = 0, DrawRefusal::PercentOutOfRange);
    refused(|c| c.percent = 101, DrawRefusal::PercentOutOfRange);
    refused(|c| c.digits = 0, DrawRefusal::DigitsOutOfRange);
    refused(|c| c.digits = 61, DrawRefusal::DigitsOutOfRange);
    refused(
        |c| c.seed_at = "2020-10-03T13:30:00Z".parse().expect("a timestamp"),
        DrawRefusal::SeedTooFarOff,
    );
    refused(|c| c.source = " ".into(), DrawRefusal::SourceMissing);
    refused(|c| c.frozen.list = Strata::new(), DrawRefusal::NothingToDraw);
    before().when(&make(SEED)).then_refused(DrawRefusal::NotAnnounced);
}

proptest! {
    /// Invariant: `evolve` is total; any sequence of facts, in any order, folds without panic, and can be judged.
    #[test]
    fn any_history_folds(picks in proptest::collection::vec(0usize..64, 0..40)) {
        let samples = crate::draw_samples();
        let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: Actor::Citizen };
        let mut state = DrawState::default();
        for pick in picks {
            Draw::evolve(&mut state, &samples[pick % samples.len()], &stamp);
            let _ = (state.is_open(), state.is_true());
        }
    }
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden-draw");
    decider::scenario::assert_golden(&folder, &crate::draw_samples());
}

#[test]
fn as_of_an_instant_a_draw_knows_nothing_of_what_came_later() {
    let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
    let made = announced()
        .at("2020-08-03T13:30:00Z")
        .when(&make(SEED))
        .then_done();
    let of = |instant: &str| made.state().as_of(at(instant));
    assert_eq!(of("2020-08-02T00:59:59Z"), None);
    assert_eq!(of("2020-08-03T13:29:59Z"), Some(announced().state()));
    assert_eq!(of("2020-08-03T13:30:00Z"), Some(made.state()));
}
