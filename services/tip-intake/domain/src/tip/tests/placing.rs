//! An SMS and a recorded call say where in words that nobody has read yet.

use super::*;
use crate::{PlaceTip, TipEvent};

fn an_sms() -> Scenario<Tip> {
    let sms = ReceiveTip {
        channel: Channel::Sms,
        place: Place {
            text: "短信举报，地点见内容".into(),
            ..Place::default()
        },
        ..a_report()
    };
    let story = Scenario::<Tip>::new().by(Actor::Citizen);
    story.when(&TipCommand::Receive(sms)).then_done()
}
fn operator() -> Actor {
    sample::acting(Role::Operator, sample::OFFICE)
}
fn the_kiln(division: Option<&str>) -> Place {
    Place {
        text: "胡集镇老砖瓦厂院内".into(),
        coordinates: None,
        division: division.map(UnitCode::of),
    }
}
fn at(place: Place) -> TipCommand {
    TipCommand::Place(PlaceTip { place })
}

#[test]
fn whoever_takes_calls_says_where_it_is_and_may_say_it_better() {
    let placed = |unit: &str| TipEvent::TipPlaced {
        place: the_kiln(Some(unit)),
    };
    let story = an_sms().by(operator());
    let story = story.when(&at(the_kiln(Some(sample::TOWNSHIP))));
    let story = story.then([placed(sample::TOWNSHIP)]);
    assert_eq!(story.state().place, the_kiln(Some(sample::TOWNSHIP)));
    let story = story.when(&at(the_kiln(Some(sample::TOWNSHIP)))).then_nothing();
    let story = story.by(sample::acting(Role::Dispatcher, sample::COUNTY));
    let story = story.when(&at(the_kiln(Some(sample::VILLAGE))));
    story.then([placed(sample::VILLAGE)]);
}

#[test]
fn a_place_is_an_area_that_exists_and_lies_with_whoever_says_it() {
    let story = an_sms().by(operator());
    let story = story.when(&at(the_kiln(None)));
    let story = story.then_refused(TipRefusal::DivisionMissing);
    let story = story.when(&at(the_kiln(Some("nowhere"))));
    let story = story.then_refused(TipRefusal::UnknownDivision);
    let story = story.when(&at(Place::default()));
    let story = story.then_refused(TipRefusal::PlaceMissing);
    // Of the city's until it is placed; then of the county that it lies in, which moves it nowhere else.
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let story = story
        .by(county.clone())
        .when(&at(the_kiln(Some(sample::TOWNSHIP))));
    let story = story.then_refused(TipRefusal::OutsideSubtree);
    let story = story.by(operator()).when(&at(the_kiln(Some(sample::TOWNSHIP))));
    let story = story.then_done().by(county);
    let story = story.when(&at(the_kiln(Some(sample::OTHER_COUNTY))));
    let story = story.then_refused(TipRefusal::PlaceElsewhere);
    let story = story.by(sample::acting(Role::Handler, sample::TOWNSHIP));
    let story = story.when(&at(the_kiln(Some(sample::VILLAGE))));
    story.then_refused(TipRefusal::NotTranscriber);
}

#[test]
fn what_the_reporter_said_and_what_is_screened_stays() {
    let told = received()
        .by(operator())
        .when(&at(the_kiln(Some(sample::VILLAGE))));
    told.then_refused(TipRefusal::PlaceTold);
    let mut acceptance = an_acceptance();
    acceptance.place = Some(the_kiln(Some(sample::TOWNSHIP)));
    let story = an_sms().by(sample::acting(Role::Dispatcher, sample::OFFICE));
    let story = story
        .when(&TipCommand::Accept(acceptance))
        .then_done()
        .by(operator());
    let story = story.when(&at(the_kiln(Some(sample::VILLAGE))));
    story.then_refused(TipRefusal::AlreadyScreened);
}
