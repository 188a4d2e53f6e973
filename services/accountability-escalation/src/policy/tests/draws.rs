//! Clocks of draws.

use super::*;
use disposal_domain::draw::{DrawEvent, Strata};

const GROUP: &str = "321300-DDZ";

fn announced() -> DrawEvent {
    DrawEvent::DrawAnnounced {
        round: 2,
        list: Strata::new(),
        position: 9,
        digest: String::new(),
        percent: 10,
        at_least: 1,
        source: "双色球".into(),
        digits: Some(14),
        seed_at: "2020-06-03T13:30:00Z".parse().expect("a timestamp"),
    }
}
fn follows(event: &DrawEvent) -> Follows {
    let jurisdiction = sample::suqian();
    on_draw(
        event,
        Fact {
            id: id(),
            at: at(),
            by: &handler(),
            jurisdiction: &jurisdiction,
        },
    )
}

#[test]
fn given_an_announcement_then_the_draw_is_to_be_made_once_its_number_is_known() {
    let follows = follows(&announced());
    let [
        (_, Command::StopClock(stop)),
        (subject, Command::StartClock(make)),
    ] = follows.as_slice()
    else {
        panic!("{follows:?}")
    };
    assert!(matches!(
        stop.which,
        Which::Of {
            obligation: Obligation::AnnounceDraw,
            ..
        }
    ));
    assert_eq!(
        (subject, make.obligation),
        (&Subject::Unit(unit(GROUP)), Obligation::MakeDraw)
    );
    let seed_at = "2020-06-03T13:30:00Z".parse().expect("a timestamp");
    let due = sample::suqian().due(Obligation::MakeDraw, Urgency::Normal, seed_at);
    assert!(due > seed_at);
    assert_eq!((make.started, make.due), (at(), Some(due)));
}

#[test]
fn given_a_draw_that_was_made_then_its_clock_stops_and_one_called_off_is_to_be_followed_by_another() {
    let made = DrawEvent::DrawMade {
        round: 2,
        seed: "03071219223005".into(),
        chosen: Strata::new(),
    };
    let then = |event: &DrawEvent| follow(&handler(), |fact| on_draw(event, fact));
    assert_eq!(then(&made), ["321300-DDZ done make_draw"]);
    let cancelled = DrawEvent::DrawCancelled {
        round: 2,
        reason: "该期停售".into(),
    };
    assert_eq!(
        then(&cancelled),
        [
            "321300-DDZ ended make_draw",
            "321300-DDZ start announce_draw @321300-DDZ"
        ]
    );
}
